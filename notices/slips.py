"""Slips of recognition mended before a scan is read: lost marks, odd numerals, letters among digits, stray rules.

Only forms and the vocabulary of administration are known here, no names of places or people. A digit is never turned
into another one. Whatever was changed is told, so that a deadline with a mended word in it is shown with a warning.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise

from domain.spelling import SYLLABLE, edits, folded_word, syllable
from notices import lexicon
from notices.paragraphs import Paragraph

VOCABULARY = (
    "cộng hòa xã hội chủ nghĩa việt nam|độc lập|tự do|hạnh phúc|đảng cộng sản việt nam|"
    "ủy ban nhân dân|hội đồng nhân dân|ubnd tỉnh|hđnd tỉnh|nhân dân tỉnh|địa bàn tỉnh|cấp tỉnh|toàn tỉnh|tỉnh ủy|"
    "ubnd huyện|ubnd thành phố|ubnd thị xã|ubnd xã|ubnd phường|nhân dân huyện|nhân dân thành phố|"
    "thông báo|kết luận|chỉ thị|công điện|quyết định|kế hoạch|công văn|nghị quyết|nghị định|thông tư|tờ trình|"
    "kính gửi|nơi nhận|như trên|căn cứ|xét đề nghị|văn phòng|văn thư|lưu trữ|phòng chống|"
    "trước ngày|chậm nhất|muộn nhất|hết ngày|kể từ ngày|ngày làm việc|hằng ngày|hằng tuần|hằng tháng|hằng quý|"
    "hằng năm|định kỳ|thường xuyên|thời hạn|thời gian|tiến độ|đầu năm|cuối năm|cuối tháng|đầu tháng|cuối quý|"
    "tháng đầu năm|ngày ký|ban hành|nguyên đán|giao nhiệm vụ|nhiệm vụ|giải pháp|trọng tâm|chủ trì|phối hợp|"
    "cơ quan|đơn vị|địa phương|chính quyền|thủ trưởng|lãnh đạo|chủ tịch|phó chủ tịch|giám đốc|phó giám đốc|"
    "chánh văn phòng|bí thư|đồng chí|tài chính|nội vụ|tư pháp|công thương|y tế|nông nghiệp|môi trường|"
    "tài nguyên|khoa học|công nghệ|giáo dục|đào tạo|văn hóa|thể thao|thể dục|du lịch|dân tộc|tôn giáo|"
    "bưu chính|viễn thông|bưu điện|truyền thông|thông tin|giao thông|vận tải|kiến trúc|quy hoạch|đô thị|hạ tầng|"
    "kinh tế|xã hội|quốc phòng|an ninh|quân sự|công an|thanh tra|kiểm toán|kho bạc|ngân sách|thuế|hải quan|"
    "đầu tư công|giải ngân|nguồn vốn|kinh phí|dự toán|quyết toán|đấu thầu|đấu giá|đất đai|xây dựng|nhà ở|"
    "thủ tục hành chính|cải cách hành chính|dịch vụ công|chuyển đổi số|hồ sơ|danh mục|biểu mẫu|phụ lục|"
    "tổng hợp|tham mưu|đề xuất|hướng dẫn|kiểm tra|giám sát|đôn đốc|rà soát|báo cáo|tổ chức|thực hiện|triển khai|"
    "hoàn thành|khẩn trương|xử lý|khắc phục|tháo gỡ|khó khăn|vướng mắc|tồn tại|hạn chế|trách nhiệm|thẩm quyền|"
    "quy định|pháp luật|nhà nước|chính phủ|thủ tướng|quốc hội|mặt trận tổ quốc|nông thôn mới|giảm nghèo|"
    "khu công nghiệp|cụm công nghiệp|khoáng sản|phòng cháy|chữa cháy|an toàn thực phẩm|trật tự|tai nạn|"
    "bảo hiểm xã hội|bảo hiểm y tế|trường học|học sinh|bệnh viện|trung tâm"
)
# Marked the other way, these are words too, or parts of longer ones.
BOTH_WAYS = frozenset({"cộng tác", "bao cao", "hàng ngày", "hàng tuần", "hàng tháng", "hàng quý", "hàng năm"})
SEEN = {"thẻ dực": "thể dục", "thể dực": "thể dục", "thẻ dục": "thể dục"}  # met in scans, beyond the forms below
TONE = re.compile("[\u0300\u0301\u0303\u0309\u0323]")
LONGEST = 7  # syllables
TITLE = 90  # characters; a longer paragraph that begins with a stroke is the first of a list
MAX_EDITS = 2  # letters of a syllable that is none

WORD = re.compile(r"[^\W_]+")
RULES = re.compile(r"(?:(?<=\s)|^)[|¦│║_=~^`´'°·•.…]{1,}(?=\s|$)|[¦│║|](?=\s|$)|(?:(?<=\s)|^)[¦│║|](?=\D)")
DOTTED = re.compile(r"\.{4,}|…{2,}|_{3,}|-{3,}")
BULLET = re.compile(r"^\s*[~¬=«»•*—–](?:\s+)(?=\S)")
PLUS = re.compile(r"^\s*[†‡](?:\s*)(?=\S)")
ONE = re.compile(r"^\s*[lI|](?=\.\d{1,2}[.\s])|^\s*l(?=\.\s+[A-ZĐÀ-Ỹ])")
COMMA = re.compile(r"^\s*(?P<number>\d{1,2}(?:\.\d{1,2}){0,3}|[a-zđ]),(?=\s+[A-ZĐÀ-Ỹ])")  # no sentence begins so
NUMERAL = re.compile(r"^\s*(?P<signs>[IVXLHTÌÍỊl1|]{1,6})(?P<point>[.,]|(?<=.L))\s+(?=[A-ZĐÀ-Ỹ])")
ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")
LIKE_ROMAN = str.maketrans({"L": "I", "l": "I", "T": "I", "1": "I", "|": "I", "Ì": "I", "Í": "I", "Ị": "I", "H": "II"})

# Letters among digits. Each needs a digit beside it or a word of time before it: a Roman quarter stays what it is.
SIGN = r"[0-9lI|Oo]"
DATES = (
    re.compile(rf"(?<![\w/]){SIGN}{{1,2}}[/.-]{SIGN}{{1,2}}[/.-]{SIGN}{{4}}(?!\w)"),
    re.compile(rf"(?<![\w/])(?={SIGN}?\d){SIGN}{{1,2}}/(?={SIGN}?\d){SIGN}{{1,2}}(?![\w/])"),
    re.compile(rf"(?<![\w/])(?=[lI|Oo]*\d){SIGN}{{1,2}}/(?={SIGN}*\d){SIGN}{{4}}(?!\w)"),
    re.compile(rf"(?<=ngày ){SIGN}{{1,2}}(?=\s+tháng\s)"),
    re.compile(rf"(?<=tháng ){SIGN}{{1,2}}(?=\s+năm\s|/{SIGN})"),
    re.compile(rf"(?<=năm )(?={SIGN}*\d{SIGN}*){SIGN}{{4}}(?!\w)"),
    re.compile(rf"(?<!\w)(?=[lI|Oo]*\d){SIGN}{{1,3}}(?=\s+(?:ngày|tháng|giờ|tuần)(?!\w))"),
    re.compile(rf"(?<!\w)(?={SIGN}?\d){SIGN}{{1,2}}\s?(?:h|giờ)\s?{SIGN}{{2}}(?!\w)"),
)
AS_DIGIT = str.maketrans({"l": "1", "I": "1", "|": "1", "O": "0", "o": "0"})
QUARTER = re.compile(r"(?P<word>[Qq]uý )(?P<signs>[IlH|]{1,3}|[Il|]?V)(?=[\s/.,;)]|$)")
SHOUTED = re.compile(r"(?<=[a-zà-ỹ,;] )(?P<word>[CSVXUƯƠÓÒỎÕỌÔỐỒỔỖỘỚỜỞỠỢÚÙỦŨỤ]{2,3})(?= \w?[a-zà-ỹ])")


@dataclass(frozen=True)
class Mended:
    """A text without slips.

    Args:
        text: as it is read from now on.
        changed: the words that are not as recognised, as they now stand.
    """

    text: str
    changed: tuple[str, ...] = ()


def mended_paragraphs(paragraphs: Sequence[Paragraph]) -> tuple[list[Paragraph], tuple[str, ...]]:
    """The paragraphs of a scan without slips, and the words that were changed."""
    kept: list[Paragraph] = []
    changed: list[str] = []
    heading = 0
    for paragraph in paragraphs:
        text, heading = _numeral(paragraph.text, heading)
        better = mended(text)
        changed += better.changed
        if better.text.strip():
            kept.append(replace(paragraph, text=better.text.strip()))
    numbered = [replace(p, index=i) for i, p in enumerate(kept, 1)]
    return numbered, tuple(dict.fromkeys(changed))


NATION = re.compile(r"(?<=\S) (?=(?:CỘNG H\w{2} XÃ HỘI|Độc lập\s*[-–]\s*Tự do|ĐẢNG CỘNG SẢN VIỆT NAM))")
PLACE = re.compile(r"(?<=^)(?P<number>\s*Số\s*:.{1,40}?\S) (?P<place>[A-ZĐÀ-Ỹ][^,\d]{1,40}, ngày [\d\s.…]*tháng)")
HEADER_LINES = 14


def parted(paragraphs: Sequence[Paragraph]) -> list[Paragraph]:
    """The paragraphs of a scan with the two columns of the letterhead apart, where they stand close to each other."""
    head = [
        replace(paragraph, text=PLACE.sub(r"\g<number>   \g<place>", NATION.sub("   ", paragraph.text)))
        for paragraph in paragraphs[:HEADER_LINES]
    ]
    return [*head, *paragraphs[HEADER_LINES:]]


def mended(text: str) -> Mended:
    """One text without slips."""
    text = _without_rules(text)
    changed: list[str] = []
    for pattern in DATES:
        text = pattern.sub(lambda m: _noted(m[0], m[0].translate(AS_DIGIT), changed), text)
    text = QUARTER.sub(lambda m: _noted(m[0], m["word"] + _quarter(m["signs"]), changed), text)
    text = SHOUTED.sub(lambda m: m["word"].capitalize() if m["word"] == "SỞ" else m["word"].lower(), text)
    return Mended(_in_known_words(text, changed), tuple(changed))


def _noted(before: str, after: str, changed: list[str]) -> str:
    """``after``, told when it differs."""
    if after != before:
        changed.append(after)
    return after


def _quarter(signs: str) -> str:
    looks = signs.translate(LIKE_ROMAN)
    return looks if looks in ROMAN[:4] else signs


def _without_rules(text: str) -> str:
    """Without the rules of tables and dotted lines; signs that open a paragraph as the bullet they were."""
    text = re.sub(r"(?<=\w)/?[⁄/](?=\d)", "/", text)
    text = BULLET.sub("- ", text)
    text = PLUS.sub("+ ", text)
    text = ONE.sub("1", text)
    text = COMMA.sub(lambda m: m["number"] + (")" if m["number"].isalpha() else "."), text)
    text = DOTTED.sub(" ", text)
    text = RULES.sub(" ", text)
    return re.sub(r"(?<=\S)  (?=\S)", " ", text)


def _numeral(text: str, heading: int) -> tuple[str, int]:
    """A heading's Roman numeral as it follows on the one before; and how many headings there have been."""
    match = NUMERAL.match(text)
    if match is None:
        return text, heading
    signs = match["signs"]
    if signs in ROMAN and match["point"] == ".":
        return text, ROMAN.index(signs) + 1
    due = ROMAN[min(heading, len(ROMAN) - 1)]
    looks = signs.translate(LIKE_ROMAN)
    alike = looks == due or (len(signs) > 1 and due.strip("I") == looks.strip("I") and abs(len(due) - len(looks)) < 2)
    if signs.isdigit() or not alike or (len(signs) == 1 and len(text) > TITLE):
        return text, heading
    return f"{due}. {text[match.end() :]}", heading + 1


# --- known words ---


@cache
def _vocabulary() -> dict[tuple[str, ...], tuple[str, ...]]:
    """Phrases by their folded syllables; those that two phrases share are left out."""
    found: dict[tuple[str, ...], tuple[str, ...]] = {}
    shared: set[tuple[str, ...]] = set()
    for phrase in _phrases():
        parts = tuple(syllable(word) for word in WORD.findall(phrase))
        key = tuple(folded_word(part) for part in parts)
        if found.setdefault(key, parts) != parts:
            shared.add(key)
    return {key: parts for key, parts in found.items() if key not in shared}


def _phrases() -> Iterator[str]:
    """Our own, and those that the reader itself looks for."""
    sources = (VOCABULARY, lexicon.BODY, lexicon.PERSON, lexicon.KIND, lexicon.VERB, lexicon.GIVE)
    for phrase in "|".join(sources).split("|"):
        if phrase not in BOTH_WAYS and re.fullmatch(r"[^\W\d_]+(?: [^\W\d_]+)+", phrase):
            yield phrase


@cache
def _own() -> frozenset[tuple[str, ...]]:
    return frozenset(tuple(syllable(word) for word in WORD.findall(phrase)) for phrase in VOCABULARY.split("|"))


@cache
def _with_a_gap() -> dict[tuple[str, ...], tuple[tuple[str, ...], ...]]:
    """Phrases by their folded syllables with one of them left open ("")."""
    found: dict[tuple[str, ...], list[tuple[str, ...]]] = {}
    for key, parts in _vocabulary().items():
        for place in range(len(key)):
            found.setdefault((*key[:place], "", *key[place + 1 :]), []).append(parts)
    return {key: tuple(phrases) for key, phrases in found.items()}


@cache
def _pairs() -> frozenset[tuple[str, str]]:
    return frozenset(pair for parts in _vocabulary().values() for pair in pairwise(parts))


def is_known(before: str, word: str, after: str) -> bool:
    """Whether a word and one beside it are a phrase of administration, and so are hardly misread."""
    first, middle, last = (syllable(w) for w in (before, word, after))
    return (first, middle) in _pairs() or (middle, last) in _pairs()


def _in_known_words(text: str, changed: list[str]) -> str:
    """The text with phrases of administration as they are spelled."""
    words = list(WORD.finditer(text))
    pieces: list[str] = []
    done = at = 0
    while at < len(words):
        size, right = _known_at(text, words, at)
        if right:
            for word, part in zip(words[at : at + size], right, strict=True):
                pieces += [text[done : word.start()], _in_case(word[0], part)]
                done = word.end()
            changed.append(" ".join(_in_case(w[0], p) for w, p in zip(words[at : at + size], right, strict=True)))
        at += size
    return "".join([*pieces, text[done:]])


def _known_at(text: str, words: Sequence[re.Match[str]], at: int) -> tuple[int, tuple[str, ...] | None]:
    """How many words to go on by, and their right spelling where it is another."""
    for size in range(min(LONGEST, len(words) - at), 1, -1):
        some = words[at : at + size]
        if not _is_one_phrase(text, some):
            continue
        written = tuple(syllable(word[0]) for word in some)
        right = _spelled(written, some)
        if right == written:
            return size, None
        if right is not None and not _is_name(some) and not _is_of_another(written, words, at):
            return size, right
    return 1, None


def _is_one_phrase(text: str, some: Sequence[re.Match[str]]) -> bool:
    """Words with nothing but a space between them; three spaces part columns."""
    return all(text[a.end() : b.start()] in {" ", "  "} for a, b in pairwise(some))


def _spelled(written: tuple[str, ...], some: Sequence[re.Match[str]]) -> tuple[str, ...] | None:
    folded = tuple(folded_word(part) for part in written)
    if (slip := SEEN.get(" ".join(written))) is not None:
        return tuple(slip.split())
    if (right := _vocabulary().get(folded)) is not None:
        return right if right == written or _has_lost_marks(written, right) else None
    odd = [i for i, part in enumerate(folded) if not SYLLABLE.fullmatch(part)]
    if len(odd) != 1 or some[odd[0]][0].isupper() or not folded[odd[0]].isalpha() or len(folded[odd[0]]) < 2:
        return None
    open_key = (*folded[: odd[0]], "", *folded[odd[0] + 1 :])
    near = [
        parts
        for parts in _with_a_gap().get(open_key, ())
        if edits(folded[odd[0]], folded_word(parts[odd[0]])) <= MAX_EDITS
    ]
    return near[0] if len(near) == 1 else None


def _has_lost_marks(written: tuple[str, ...], right: tuple[str, ...]) -> bool:
    """Whether a phrase is one of ours with marks gone, or with one tone taken for another.

    Marks are seldom added in recognition: "cần đối chiếu" is not "cân đối" misread.
    """
    phrase = " ".join(written)
    if phrase in BOTH_WAYS:
        return False
    seen, meant = (unicodedata.normalize("NFD", " ".join(parts).replace("đ", "d\u0335")) for parts in (written, right))
    letters = iter(meant)
    if all(letter in letters for letter in seen):
        return True
    toneless = [TONE.sub("", form) for form in (seen, meant)]
    another = len(seen) == len(meant) and toneless[0] == toneless[1] and edits(seen, meant) == 1
    return right in _own() and another


def _is_of_another(written: tuple[str, ...], words: Sequence[re.Match[str]], at: int) -> bool:
    """Whether an end of it is a phrase with the word beside it: "tại chính quyền" is not "tài chính" misread."""
    after = syllable(words[at + len(written)][0]) if at + len(written) < len(words) else ""
    before = syllable(words[at - 1][0]) if at else ""
    return (written[-1], after) in _pairs() or (before, written[0]) in _pairs()


def _is_name(some: Sequence[re.Match[str]]) -> bool:
    """Whether a later word has a capital of its own: "Đoàn Thế" is somebody, in "phần Công" a name begins."""
    return any(word[0][0].isupper() and not word[0].isupper() for word in some[1:]) and not (
        len(some) > 2 and some[0][0][0].isupper()
    )


def _in_case(written: str, part: str) -> str:
    """A syllable in capitals where it was written so; the tone stays where the writer puts it, if only that differs."""
    if syllable(written) == part:
        return written
    if written.isupper() and len(written) > 1:
        return part.upper()
    return part[:1].upper() + part[1:] if written[:1].isupper() else part
