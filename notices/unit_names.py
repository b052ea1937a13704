"""Units and persons by their own names: where a name begins and where it ends."""

from __future__ import annotations

import re
from dataclasses import dataclass

from domain.patterns import grouped
from notices import lexicon as lex
from notices.name_words import SYLLABLES, goes_on
from notices.plain import LOWER, UPPER, compiled

MAX_WORDS = 16  # of a name; a longer one is a sentence that was misread


@dataclass(frozen=True)
class Unit:
    """A unit or a group as written.

    Args:
        name: as written; parts of a shared list with their shared beginning ("UBND phường An Hải").
        group: whether it is named by its kind only.
        excepted: units of the group that are not meant, as written.
    """

    name: str
    group: bool = False
    excepted: tuple[str, ...] = ()


@dataclass(frozen=True)
class Units:
    """Units that stand together: where they begin and end in the text."""

    names: tuple[Unit, ...]
    start: int
    end: int


# The longest first: "cấp ủy đảng" before "cấp".
KINDS = rf"(?:{grouped('|'.join(sorted(lex.KIND.split('|'), key=len, reverse=True)))})(?!\w)"
PLURAL = rf"(?:{lex.PLURAL}) "
BODIES = rf"(?:(?!(?:{grouped(lex.NOT_BODY)})(?!\w))(?:{grouped(lex.BODY)})(?!\w))"
PERSONS = rf"(?:{grouped(lex.PERSON)})(?!\w)"
# Bodies that each commune, district or village has: "Trạm Y tế các xã".
OVER = (
    r"(?:ubnd|ủy ban nhân dân|hđnd|hội đồng nhân dân|công an|đảng ủy|ủy ban mttq|"
    r"ủy ban mặt trận tổ quốc(?: việt nam)?|mttq|quân sự|trường|ban chỉ huy quân sự|bch quân sự|"
    r"hội nông dân|hội cựu chiến binh|hội liên hiệp phụ nữ|hội phụ nữ|hội|đoàn thanh niên|đoàn|thanh tra|trạm y tế|"
    r"ủy ban bầu cử|ban nhân dân|ban công tác mặt trận|"
    r"trung tâm phục vụ hành chính công)"
)
NAMED = compiled(rf"(?:(?:{PERSONS}) )*{BODIES}")
PERSON = compiled(rf"{PERSONS}")
OFFICE_OF = compiled(
    r"văn phòng(?: (?:đoàn đbqh|hđnd|hội đồng nhân dân|ubnd|ủy ban nhân dân|huyện ủy|tỉnh ủy|"
    r"đảng ủy)(?:\s*(?:và|&|,|-)\s*(?=đoàn đbqh|hđnd|hội đồng nhân dân|ubnd|"
    r"ủy ban nhân dân))?)+"
)
VERB = compiled(grouped(rf"(?:{lex.VERB}|{lex.STOP})(?!\w)"))
KEEPS = compiled(
    r"(?:công trình|chương trình|công lập|dân lập|tư lập|đầu tư xây dựng|quản lý dự án|quản lý (?:đô thị|"
    r"chợ|rừng|bảo vệ|cụm|khu|đất|quỹ|thị trường|chất lượng|các|di|bến|vận|khai thác|môi trường)|"
    r"phát triển (?:quỹ đất|nông thôn|đô thị|kinh tế|công nghiệp|khoa học)|"
    r"đầu tư (?:phát triển|công|nước ngoài|và|xây)|xây dựng (?:nông thôn|công trình|và|cơ bản|đảng)|"
    r"bầu cử|điều tra cơ bản|"
    r"kiểm tra (?:đảng|đảng ủy)|việc làm|công lập|hỗ trợ (?:nông dân|phát triển|doanh nghiệp)|"
    r"xúc tiến (?:đầu tư|thương mại)|khai thác (?:công trình|thủy lợi|hạ tầng)|ứng dụng (?:tiến bộ|"
    r"công nghệ)|kết nối cung|giới thiệu việc|đào tạo (?:nghề|và)|"
    r"bồi dưỡng chính trị|đăng ký (?:đất|giao dịch|quyền)|"
    r"bảo vệ (?:thực vật|rừng|môi trường|chăm)|giải phóng mặt bằng|chuyển đổi số|"
    r"chiếu sáng|cải cách|an toàn|kiểm soát bệnh|giám sát và|thi công|tư vấn)(?!\w)"
)
WORD = re.compile(r"\w+|[^\w\s]")
PORTFOLIO = compiled(rf"(?:{lex.PORTFOLIOS})(?!\w)")


NUMBERED = compiled(r"số \d{1,3}(?!\w)")
BODY_AT = compiled(rf"(?:{BODIES}|{PERSONS})")


def proper(text: str, low: str, at: int) -> tuple[int, int] | None:
    """A proper name without its kind: a portfolio, or words with capitals."""
    whole = PORTFOLIO.match(low, at) or NUMBERED.match(low, at)
    if whole:
        return whole.span()
    end = last = at
    count = 0
    for word in WORD.finditer(text, at):
        if word.start() > last and not text[last : word.start()].isspace():
            break
        first, last = word[0][0], word.end()
        if word[0] == "-" and end > at and text[word.end() : word.end() + 2].strip()[:1].isupper():
            continue
        if not (
            first.isupper() or first.isdigit() or (end > at and first.isalpha() and inside_name(low, word.start()))
        ):
            break
        if first.islower() and not goes_on(text[at:end], low[word.start() :], count):
            break
        count += 1
        if starts_unit(text, low, word.start()) and end > at:
            break
        end = word.end()
    return (at, end) if end > at else None


def inside_name(low: str, at: int) -> bool:
    """A small letter in a proper name: not a verb, not a small word, not a conjunction."""
    return not VERB.match(low, at) and not re.match(r"(?:và|cùng|hoặc|có|các|những)\b", low[at : at + 8])


def starts_unit(text: str, low: str, at: int) -> bool:
    """Whether a unit begins here: "vụ" in small letters is a word, "Vụ" or "vụ Pháp chế" is a body."""
    named = NAMED.match(low, at)
    if named and (text[at].isupper() or text[named.end() :].lstrip()[:1].isupper()):
        return True
    return _GROUP_START.match(low, at) is not None


_GROUP_START = compiled(
    rf"(?:(?:{PERSONS}) )?(?:{PLURAL})(?:{OVER} )?{KINDS}|(?:{PERSONS}) (?:{PLURAL})?{KINDS}|"
    rf"(?:{OVER}) (?:các|cấp) |(?:cơ quan|đơn vị|địa phương|chính quyền|chủ đầu tư)(?!\w)"
)


def named(text: str, low: str, at: int) -> Units | None:
    """A unit by its own name, or a person by the office held."""
    office = OFFICE_OF.match(low, at)
    match = office or NAMED.match(low, at)
    if match is None:
        return _abbreviated(text, low, at) or _person(text, low, at) or _place(text, low, at)
    end = _name_end(text, low, at, match.end())
    everywhere = EVERYWHERE.match(low, end)
    if everywhere and not re.match(r"\s*:|\s+[^\W_a-zà-ỹđ]", text[everywhere.end() : everywhere.end() + 3]):
        return Units((Unit(text[at : everywhere.end()], group=True),), at, everywhere.end())
    name = BRACKET.sub("", text[at:end].strip(" ,-"))
    lower = not office and text[at : match.end()].islower()
    if lower and (end == match.end() or not _LOWER_NAME.match(text, match.end())):
        return None  # in small letters only "phòng Nội vụ", "chi cục thuế huyện"
    return Units((Unit(name),), at, at + len(text[at:end].rstrip(" ,-")))


# "Sở Y tế các tỉnh, thành phố": one in each of them.
_IN_EACH = r"(?:tỉnh|thành phố|huyện|thị xã|quận|xã|phường|thị trấn|đặc khu)(?!\w)"
EVERYWHERE = compiled(rf" (?:của |tại )?các {_IN_EACH}(?:(?:\s*,\s*| và ){_IN_EACH})*")
BRACKET = re.compile(r"\s*\((?!chủ trì\)|phối hợp\))[^)]*\)$", re.IGNORECASE)
# "P.TNMT", "TTYT huyện", "CA xã": a body by its letters. Topics of office work and kinds of papers have letters too.
LETTERS = re.compile(
    rf"(?!(?:{lex.TOPICS})(?![\w/&]))(?:(?:P|TT|VP|CA|CC|CT|Cty|TYT|BV|BCH|QS|KB)\.\s?[A-ZĐƯƠ][\wĐƯƠ&]*|"
    r"[A-ZĐƯƠ]{2,10}(?:&[A-ZĐƯƠ]{1,4})?)(?![\w/&])"
)


def _abbreviated(text: str, low: str, at: int) -> Units | None:
    """ "P.TNMT", "TTYT huyện", "CA xã An Lung"."""
    match = LETTERS.match(text, at)
    if match is None or (at and text[at - 1].isalnum()) or text.isupper():
        return None
    place = _PLACE_AFTER.match(low, match.end())
    own = _place(text, low, place.start("place")) if place else None
    end = own.end if own else place.end() if place else match.end()
    if len(match[0]) < 3 and place is None:
        return None
    return Units((Unit(text[at:end]),), at, end)


_PLACE_AFTER = compiled(r" (?P<place>huyện|tỉnh|xã|phường|thị trấn|thị xã|thành phố|quận|đặc khu|trung ương)(?!\w)")
# "Xã An Lung", "thôn Đồi": a place by its name.
PLACE_NAME = compiled(
    r"(?:xã|phường|thị trấn|đặc khu|huyện|thị xã|thành phố|tp\.?|quận|tỉnh|thôn|bản|ấp|khu phố|tổ dân phố) "
)


def _place(text: str, low: str, at: int) -> Units | None:
    match = PLACE_NAME.match(low, at)
    if match is None or not (text[match.end() : match.end() + 1].isupper() or NUMBERED.match(low, match.end())):
        return None
    own = proper(text, low, match.end())
    return Units((Unit(text[at : own[1]]),), at, own[1]) if own else None


_LOWER_NAME = re.compile(
    r"(?<=[Ll]ực lượng)\s+(?:kiểm lâm|công an|dân quân|quân sự|biên phòng|quân đội|y tế|dân phòng|quản lý thị trường)|"
    r"\s+(?:[^\Wa-zà-ỹđ]|(?:\w+\s+){0,4}(?:huyện|tỉnh|xã|phường|thành phố|thị trấn|thị xã|trung ương)\b)"
)


def _person(text: str, low: str, at: int) -> Units | None:
    match = PERSON.match(low, at)
    if match is None:
        return None
    end = match.end()
    if _SAID_OF_ACTS.fullmatch(match[0]) and not re.match(
        r"\s+(?:các|ubnd|ủy|sở|phòng|ban|huyện|tỉnh|đơn|cơ)", low[end : end + 8]
    ):
        return None  # "Lãnh đạo, chỉ đạo thực hiện": a verb here
    if CALLED.fullmatch(match[0]) and not text[end:].lstrip()[:1].isupper():
        return None  # "anh em", "ông này"
    while (more := re.compile(r"\s+(?:phụ trách\s+)?").match(text, end)) and (again := PERSON.match(low, more.end())):
        end = again.end()
    rest = re.compile(r"\s+").match(text, end)
    own = proper(text, low, rest.end()) if rest and text[rest.end() : rest.end() + 1].isupper() else None
    end = own[1] if own else _name_end(text, low, at, end)
    charge = IN_CHARGE.match(low, end)
    end = charge.end() if charge else end
    while own and (title := re.compile(r"\s*[,-]\s*").match(low, end)) and _is_title(low, title.end()):
        office = named(text, low, title.end()) or _person(text, low, title.end())
        if office is None:
            break
        end = office.end
    charge = IN_CHARGE.match(low, end)
    end = charge.end() if charge else end
    return Units((Unit(BRACKET.sub("", text[at:end].strip())),), at, end)


def _is_title(low: str, at: int) -> bool:
    """ "…, Phó Chủ tịch UBND xã" goes on with who it is; "…, chị Hoa" is another one."""
    match = PERSON.match(low, at)
    return match is not None and not CALLED.fullmatch(match[0])


def _name_end(text: str, low: str, start: int, end: int) -> int:
    """Where a name ends that has begun with a kind of body."""
    words = 0
    while words < MAX_WORDS:
        space = re.compile(r"\s*").match(text, end)
        place = space.end() if space else end
        portfolio = PORTFOLIO.match(low, place)
        if portfolio and words == 0:
            end, words = portfolio.end(), words + 2
            continue
        step = _name_step(text, low, start, end, place, words)
        if step is None:
            return end
        end, words = step, words + 1
    return end


SHORT_PLACE = re.compile(r"\b(?:TP|Tp|Q|P|H|TX|TT)$")  # "UBND TP. …", "UBND Q.1"
ROLES = ("(chủ trì)", "(phối hợp)")


def _name_step(text: str, low: str, start: int, end: int, place: int, words: int) -> int | None:
    """One word further, or None where the name has ended."""
    word = WORD.match(text, place)
    if word is None:
        return None
    written = word[0]
    if written in "-&/":
        after = text[word.end() :].lstrip()
        return word.end() if after[:1].isupper() else None
    if written == "(":
        close = text.find(")", place)
        goes_on = 0 < close < place + 60 and re.match(r"\s*(?:,|và|;|chủ|phối|tham|có)", low[close + 1 : close + 12])
        return close + 1 if goes_on or low[place : close + 1] in ROLES else None
    if written == ",":
        return _over_comma(text, low, word.end())
    if written == "." and SHORT_PLACE.search(text, start, place):
        return word.end() if re.match(r"\s?[^\W_a-zà-ỹđ]", text[word.end() : word.end() + 2]) else None
    if not written[0].isalnum():
        return None
    if low[place : word.end()] == "và":
        begin = word.end() + len(text[word.end() :]) - len(text[word.end() :].lstrip())
        if text[begin : begin + 1].islower():
            return _over_and(text, low, start, place, begin)
        another = not text[begin : begin + 1].isupper() or starts_unit(text, low, begin)
        return None if another or not words else word.end()
    return _over_word(text, low, start, place, word.end(), words)


FIELD = re.compile(r"(\w+) (\w+)(?!\w)")


def _over_and(text: str, low: str, start: int, place: int, begin: int) -> int | None:
    """ "Trung tâm Kỹ thuật tài nguyên và môi trường": two fields in small letters; not after a whole name."""
    name = low[start:place].rstrip()
    if not text[:place].rstrip()[-1:].islower() or PLACED.search(text, start, place) or PORTFOLIO_END.search(name):
        return None
    return _field(text, low, begin)


def _field(text: str, low: str, at: int) -> int | None:
    """Where a field of work in two small words ends; None for a verb, a body or anything else."""
    found = FIELD.match(low, at)
    if found is None or not (found[1] in SYLLABLES and found[2] in SYLLABLES) or text[at : found.end()] != found[0]:
        return None
    if (VERB.match(low, at) and not KEEPS.match(low, at)) or BODY_AT.match(low, at) or starts_unit(text, low, at):
        return None
    return None if KIND_AT.match(low, at) else found.end()


KIND_AT = compiled(KINDS)


def _over_comma(text: str, low: str, after: int) -> int | None:
    """A comma inside a name: "Hội Khoa học, Kỹ thuật và …"; only when "và" and another capital follow."""
    rest = re.match(r"\s+([^\s,;:.()]+(?:\s+[^\s,;:.()]+){0,3}?)\s+và\s+(\S)", text[after:])
    if rest and rest[1][0].islower():
        begin = after + rest.start(1)
        fields = _field(text, low, begin) == after + rest.end(1) and _field(text, low, after + rest.start(2))
        return after + rest.end(1) if fields and text[:after].rstrip(",")[-1:].islower() else None
    if rest is None or not rest[1][0].isupper() or not rest[2].isupper():
        return None
    begin = after + rest.start(1)
    return (
        None if starts_unit(text, low, begin) or starts_unit(text, low, after + rest.start(2)) else after + rest.end(1)
    )


def _over_word(text: str, low: str, at: int, place: int, word_end: int, words: int) -> int | None:
    keeps = KEEPS.match(low, place)
    if keeps and (
        words == 0
        or text[place].isupper()
        or keeps[0].startswith(
            (
                "công trình",
                "chiếu sáng",
                "chương trình",
                "dân lập",
                "tư lập",
                "đầu tư",
                "việc",
                "công lập",
                "quỹ",
                "phát triển",
                "xây dựng",
                "bồi dưỡng",
                "đăng ký",
                "giải phóng",
            )
        )
    ):
        joined = keeps[0].endswith("và") and starts_unit(text, low, keeps.end() + 1)
        return keeps.end() - (len(" và") if joined else 0)
    if text[place].isupper() or PARTY.search(low, at, word_end):
        return word_end
    if VERB.match(low, place) and not (words == 0 and keeps):
        return None
    if PLACED.search(text, at, place) or (PORTFOLIO_END.search(low, at, place) and not PLACE.match(low, place)):
        return None  # after "huyện", "xã An Hòa" or a whole portfolio no name goes on in small letters
    if re.match(r"(?:các|những|có|cùng|hoặc|đồng chí)\b", low[place : place + 10]):
        manages = low[at:place].rstrip().endswith(("quản lý", "dự án", "khai thác", "đầu tư xây dựng"))
        return word_end if (words == 0 or manages) and low[place:].startswith("các") else None
    return word_end if goes_on(text[at:place], low[place:], words) else None


_PLACE = "huyện|tỉnh|xã|phường|thị trấn|thị xã|thành phố|quận|đặc khu|trung ương|cấp (?=xã|huyện|tỉnh|cơ sở|ủy)"
PLACE = compiled(rf"(?:{_PLACE}|khu vực|liên|số|trực thuộc|thuộc|của)(?!\w)")
PLACED = re.compile(
    r"(?:^|\s)(?:[Hh]uyện|[Tt]ỉnh|[Xx]ã|[Pp]hường|[Tt]hị trấn|[Tt]hị xã|[Tt]hành phố|[Qq]uận|[Tt]rung ương|"
    r"(?:[Hh]uyện|[Tt]ỉnh|[Tt]hành|[Tt]hị|[Qq]uận) ủy)"
    rf"(?:\s+[{UPPER}][{LOWER}]*|\s+\d+)*\s*$"
)
PARTY = compiled(r"\b(?:huyện|tỉnh|thành|thị|quận|đảng|xã|phường) ủy$")
PORTFOLIO_END = compiled(rf"(?:^|\s)(?:{lex.PORTFOLIOS})\s*$")


_SAID_OF_ACTS = compiled(r"lãnh đạo")
IN_CHARGE = compiled(r"(?:\s*[-,])? phụ trách(?: \w+){1,6}(?=\s*:)")
CALLED = compiled(r"ông|bà|anh|chị|thầy|cô|em")
