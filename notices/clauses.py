"""A clause that gives a task: who is given it, who helps."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from domain.patterns import at_word_start, grouped
from notices import lexicon as lex
from notices.plain import compiled, plain
from notices.unit_names import PLACE_NAME
from notices.units import Unit, Units, read_units


@dataclass(frozen=True)
class Given:
    """A task given in a clause.

    Args:
        units: to whom.
        start: where the clause begins.
        explicit: whether a giving verb stands before the units ("Giao Sở Y tế …").
        apart: whether "riêng" takes them out of those named above.
    """

    units: Units
    start: int
    explicit: bool
    apart: bool = False


_NOT_AFTER = (r"được\s", r"vụ\s", r"tại\s")
GIVE = compiled(
    rf"(?P<verb>{at_word_start(lex.GIVE, *_NOT_AFTER)})(?: thêm| ngay)?\s*:?\s*(?:nhiệm vụ cho |"
    rf"trách nhiệm cho |cho )?"
)
# What follows a unit that acts.
ACTS = compiled(
    rf"\s*(?:\([^)]*\)\s*)?(?:,\s*)?(?:theo (?:chức năng|thẩm quyền|nhiệm vụ|lĩnh vực|"
    rf"phạm vi)[^.;:]{{0,80}}?,?\s*|căn cứ [^.;:]{{0,80}}?,\s*|trên cơ sở [^.;:]{{0,80}}?,\s*|"
    rf"(?:là (?:(?:cơ quan|đơn vị) )?(?:thường trực|đầu mối|chủ trì)|không để|không được|tuyệt đối không|được "
    rf"(?:giao|yêu cầu|đề nghị|phân công)|có nhiệm vụ|"
    rf"cho(?= (?!phép|biết|rằng|thấy|đến|hay))|(?:cũng|còn) (?:phải|cần)|phải|cần|có trách nhiệm|chịu trách nhiệm|"
    rf"tiếp tục|khẩn trương|chủ động|thường xuyên)(?!\w)|"
    rf"{lex.VERB})"
)
ADVERBIAL = compiled(
    r"(?:(?:đồng thời|riêng|đối với|trong đó|ngoài ra|định kỳ|hằng|hàng|trước mắt|trước|trong|từ nay|"
    r"căn cứ|trên cơ sở|để|sau|khi|về|theo|chậm nhất|qua|nhằm|thực hiện|nếu|trường hợp|từ|kể từ|ngay|ngoài|với|tại|"
    r"bên cạnh|nơi|cùng với|"
    r"liên quan|đến|tới|hết|thời hạn|hạn|muộn nhất|cuối|đầu|giữa)"
    r"(?!\w)[^.;]{0,220}?[,:;]\s*|"
    r"(?:vào )?(?:(?:sáng|chiều) )?(?:thứ \w+|ngày \d{1,2}|chủ nhật) (?:hằng|hàng) (?:tuần|tháng|quý|năm),?\s+)"
)
JOINING = compiled(r"(?:(?:đồng thời|riêng|trong đó|ngoài ra|mặt khác|cùng với đó)\s*,?\s*|[-+•\"“]\s*)")
HELPING = compiled(
    r"(?:^cùng(?: với)?|\bchủ trì,? (?:cùng(?: với)?|với)|(?:với|có) sự (?:tham gia|phối hợp|hỗ trợ) của|"
    r"phối hợp(?: (?:chặt chẽ|tốt|"
    r"đồng bộ|hiệu quả|kịp thời|thường xuyên|chủ động))*"
    r"(?:,? và)?(?: (?:với|cùng với|cùng))*)(?: (?:đồng chí ))?\s*:?\s*"
)
BETWEEN = compiled(r"\bphối hợp (?:chặt chẽ |đồng bộ )?giữa các (?:cơ quan|đơn vị|ngành|lực lượng)[^:.;]{0,40}:\s*")
SENTENCES = re.compile(r"[.;!?…]\s+(?=\S)")
SKIP_GIVE = compiled(
    r"(?:trong đó|tại [^,:]{0,60}|theo|đã|việc|về việc|nội dung|nhiệm vụ|kế hoạch|chỉ tiêu|tiêu chí|sự) $"
)
ABBREVIATED = re.compile(r"(?:\b(?:TP|TX|TT|Tp|Q|P|ThS|TS|BS|KS|đ/c|tr|St|gđ)\.|\b[A-Z]\.)$")


@lru_cache(maxsize=64)
def sentences(text: str) -> tuple[tuple[int, int], ...]:
    """Spans of the sentences of a paragraph; a semicolon parts them too."""
    spans, start = [], 0
    for gap in SENTENCES.finditer(text):
        end = gap.start() + 1
        if ABBREVIATED.search(text, max(start, end - 6), end) or _inside_brackets(text, start, end):
            continue
        spans.append((start, end))
        start = gap.end()
    spans.append((start, len(text)))
    return tuple(_with_lists([s for s in spans if text[s[0] : s[1]].strip()], text))


def _with_lists(spans: list[tuple[int, int]], text: str) -> list[tuple[int, int]]:
    """Put a list of units that semicolons part ("Thủ trưởng các sở; Chủ tịch UBND các xã; …") together with what
    they are told."""
    if len(spans) < 2:
        return spans
    joined: list[tuple[int, int]] = []
    low = plain(text)
    for start, end in spans:
        if joined and joined[-1][1] <= start and _is_list(text, low, *joined[-1]):
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return joined


def _is_list(text: str, low: str, start: int, end: int) -> bool:
    if not low[start:end].rstrip().endswith(";"):
        return False
    begin = LIST_OPENS.match(low, start, end)
    units = read_units(text, low, begin.end() if begin else start)
    return units is not None and units.end >= end - 2


# "UBND huyện đề nghị các cơ quan; các trường; …": who asks, before the list begins.
LIST_OPENS = compiled(r"[^,.;:]{0,80}?(?:yêu cầu|đề nghị)\s+(?=các |toàn thể )")


def _inside_brackets(text: str, start: int, end: int) -> bool:
    opened, quoted = text.count("(", start, end), text.count("“", start, end)
    return opened > text.count(")", start, end) or quoted > text.count("”", start, end)


# "…, trong khi Sở Tài chính bố trí …", "…, giao Phòng Nội vụ trình …": another one's task in the same sentence.
TURNS = compiled(r", (?:(?:trong khi(?: đó)?,?|còn|riêng) |(?:và |đồng thời )?(?=giao )|(?<=\d,\s))")


def turns(text: str, low: str, start: int, end: int) -> list[tuple[int, int]]:
    """A sentence parted where another unit is told something else in it."""
    if end - start > MAX_TURNING:
        return [(start, end)]
    spans = []
    for match in TURNS.finditer(low, start, end):
        if match[0].strip() == "," and not text[match.end()].isupper() and not low.startswith("giao ", match.end()):
            continue
        one = given(text, low, match.end(), end)
        if one and one.start <= match.end() + 1 and given(text, low, start, match.start()):
            spans.append((start, match.start()))
            start = match.end()
    return [*spans, (start, end)]


MAX_TURNING = 1500  # characters; each turn reads the rest once more, and no sentence of an office is longer


def given(text: str, low: str, start: int, end: int, *, inside: bool = False) -> Given | None:
    """The task that a sentence gives, if it names who is to do it.

    Args:
        text: a paragraph.
        low: ``plain`` of it.
        start: where the sentence begins.
        end: where it ends.
        inside: the sentence stands under a heading that names a unit: what that unit asks of others
            is its own task.
    """
    return (
        _by_verb(text, low, start, end, inside)
        or _by_subject(text, low, start, end, inside)
        or _in_brackets(text, low, start, end)
        or (None if inside else _at_the_end(text, low, start, end))
    )


def _at_the_end(text: str, low: str, start: int, end: int) -> Given | None:
    """ "Việc kiểm tra kho xăng dầu do Sở Công Thương chủ trì …"."""
    if not MATTER.match(low, start):
        return None
    for match in DONE_BY.finditer(low, start, end):
        units = read_units(text, low, match.end())
        if units and units.end <= end and DOES.match(low, units.end):
            return Given(units, start, False)
    return None


MATTER = compiled(r"(?:(?:về )?việc|(?:các )?nhiệm vụ|(?:các )?nội dung|công tác|phần|hồ sơ|khâu)(?!\w)")
DONE_BY = compiled(r"\b(?:do|là của|thuộc trách nhiệm(?: của)?) ")
DOES = compiled(
    r" (?:chủ trì|đảm nhiệm|phụ trách|đảm trách|làm đầu mối|thực hiện)(?!\w)"
    r"(?!,? (?:\w+ ){0,4}(?:được|đã|vẫn|còn|đang|chưa|rất)(?!\w))(?=[^.;]{0,60}$|[.;,]| trước| xong)"
)


def _in_brackets(text: str, low: str, start: int, end: int) -> Given | None:
    """ "Xử lý điểm rác sau chợ (Phòng Kinh tế chủ trì; Công an phường phối hợp)."."""
    bracket = low.find("(", start, end)
    units = read_units(text, low, bracket + 1) if bracket > 0 else None
    if units and PRESIDING.match(low, units.end) and ")" in low[units.end : end + 1]:
        return Given(units, start, False)
    return None


PRESIDING = compiled(r"\s*(?:chủ trì|làm đầu mối|thực hiện)\s*[;,)]")


def _by_verb(text: str, low: str, start: int, end: int, inside: bool) -> Given | None:
    """ "Giao Sở Y tế …", "UBND tỉnh yêu cầu các đơn vị …"."""
    for match in GIVE.finditer(low, start, end):
        left = low[start : match.start()]
        if SKIP_GIVE.search(left) or not _gives(text, low, start, match, inside):
            continue
        units = read_units(text, low, match.end())
        if units and units.end <= end:
            return Given(units, match.start(), True)
    return None


def _gives(text: str, low: str, start: int, match: re.Match[str], inside: bool) -> bool:
    """Whether a giving verb is the document's own: "giao" nearly always; "yêu cầu", "chỉ đạo" only at the start
    or after who issues it."""
    left = low[start : match.start()].rstrip()
    if ASSIGNS.match(match["verb"]):
        return not inside or not left or _ends_with_unit(text, low, start, start + len(left))
    if not left:  # "Chỉ đạo các đơn vị …" goes on with what the unit before it has to do
        return not match["verb"].startswith("chỉ đạo")
    if _ends_with_unit(text, low, start, start + len(left)):
        # "Sở Y tế chỉ đạo các bệnh viện …" is the department's own task; "Chủ tịch UBND tỉnh chỉ đạo …" is
        # the document speaking.
        return not match["verb"].startswith("chỉ đạo") or _is_above(text, low, start, start + len(left))
    if match["verb"].startswith("chỉ đạo"):
        return False
    if SPEAKS_ON.fullmatch(left) or AND_ALSO.search(left):
        return True
    return not inside and left.endswith((",", ":")) and not VERB_FIRST.match(left)


def _is_above(text: str, low: str, start: int, end: int) -> bool:
    """Whether the document's own voice directs ("Chủ tịch UBND huyện"), not one of many or one of another place."""
    above = SUPERIOR.match(low, start)
    return above is not None and not ONE_OF_MANY.search(text, above.end(), end)


def _ends_with_unit(text: str, low: str, start: int, end: int) -> bool:
    for match in ISSUER.finditer(low, max(start, end - 90), end):
        units = read_units(text, low, match.start())
        if units and units.end == end:
            return TO_WHOM.search(low, start, match.start()) is None
    return False


# "Tham mưu Thường trực HĐND đề nghị …": the one advised does not speak.
TO_WHOM = compiled(
    r"(?:tham mưu|tham mưu cho|báo cáo|trình|giúp|xin ý kiến|đề xuất|kiến nghị|phối hợp|với|cùng|để|cho)"
    r" (?:thường trực |lãnh đạo |ban thường vụ |thường vụ )?$"
)
SUPERIOR = compiled(
    r"(?:phó )?(?:chủ tịch|thường trực|ubnd|ủy ban nhân dân|bí thư|thủ tướng|bộ trưởng|lãnh đạo|ban thường vụ|"
    r"ban chấp hành|hđnd|hội đồng nhân dân|hội nghị|các đơn vị|các cơ quan)(?!\w)"
)
# "Ông cũng đề nghị …": a report on what somebody said goes on.
SPEAKS_ON = compiled(rf"(?:{lex.PERSON})(?!\w)[^,.;:]{{0,60}} (?:cũng|còn|đồng thời|tiếp tục|nhấn mạnh,? và)")
AND_ALSO = compiled(r"[,;] (?:đồng thời|qua đó|bên cạnh đó|ngoài ra)(?: cũng)?$")
ONE_OF_MANY = re.compile(
    r"\b(?:các|cấp)\b|:|,|\b(?:[Tt]ỉnh|[Hh]uyện|[Tt]hành phố|[Tt]hị xã|[Xx]ã|[Pp]hường)\s+[^\Wa-zà-ỹđ]"
)
ASSIGNS = compiled(r"(?:đồng ý |thống nhất )?giao|phân công|ủy quyền")
ISSUER = compiled(
    rf"\b(?:(?!(?:{grouped(lex.NOT_BODY)})(?!\w))(?:{grouped(lex.BODY)})|{grouped(lex.PERSON)}|các|chủ đầu tư)(?!\w)"
)
VERB_FIRST = compiled(rf"(?:{lex.VERB})(?!\w)")
ISSUES = compiled(
    r"\s*(?:yêu cầu|đề nghị|kiến nghị|có ý kiến|kết luận|nhận được|đã|vừa|mới|cơ bản|đánh giá|ghi nhận|biểu dương|phê "
    r"bình|đồng "
    r"ý|nhất "
    r"trí|sẽ|trân trọng|"
    r"nhận thấy)(?!\w)"
)
# Told of the issuer these are its own voice; told of anyone else they are a task.
ISSUES_OR_ACTS = compiled(r"\s*(?:giao|phân công|thống nhất|ban hành|thông báo)(?!\w)")


# "Các đơn vị phân công trực Tết": without a unit after it, sharing work out is the units' own task.
SHARES_OUT = compiled(r"\s*phân công")


# "Đối với Sở Tài chính: hướng dẫn …", "Riêng UBND xã An Lung, khẩn trương …"
TOWARDS = compiled(r"(?:đối với|về phía|riêng(?: đối với)?) ")
TOLD = compiled(rf"\s*(?::|,) (?:đề nghị |yêu cầu )?(?:phải |cần )?(?:{lex.VERB})(?!\w)")


def _by_subject(text: str, low: str, start: int, end: int, inside: bool) -> Given | None:
    """ "Sở Y tế chủ trì …", "Định kỳ hằng tuần, chủ đầu tư gửi …"."""
    place = start
    for _ in range(4):
        joining = JOINING.match(low, place)
        if joining:
            place = joining.end()
        units = read_units(text, low, place)
        if units and units.end < end and _acts(text, low, units, low[start:place]):
            apart = joining is not None and joining[0].startswith("riêng")
            return Given(units, start if place == start or not joining else place, False, apart)
        towards = None if inside else TOWARDS.match(low, place)
        units = read_units(text, low, towards.end()) if towards else None
        if units and units.end < end and TOLD.match(low, units.end):
            return Given(units, start, False)
        adverbial = ADVERBIAL.match(low, place)
        if adverbial is None or adverbial.end() >= end:
            break
        place = adverbial.end()
    found = [one for one in (_after_colon(text, low, start, end), _after_commas(text, low, start, end)) if one]
    return min(found, key=lambda one: one.units.start) if found else None


def _after_commas(text: str, low: str, start: int, end: int) -> Given | None:
    """ "Với đồ án …, tầm nhìn đến năm 2060, Giám đốc Sở … được giao …": a beginning with commas of its own."""
    if not OPENS_LONG.match(low, start) or low[start:end].rstrip().endswith(":"):
        return None
    place = low.find(", ", start, min(end, start + MAX_OPENING))
    while place > 0:
        units = read_units(text, low, place + 2)
        if IN_DOUBT.search(low, start, place):
            return None
        if units and units.end < end and _acts(text, low, units) and not _is_above(text, low, units.start, units.end):
            return Given(units, start, False)
        place = low.find(", ", place + 2, min(end, start + MAX_OPENING))
    return None


IN_DOUBT = compiled(r"\b(?:nếu|khó khăn|vướng mắc)\b")
MAX_OPENING = 320  # characters
OPENS_LONG = compiled(
    r"(?:đồng thời,? |riêng )?(?:với|đối với|về|để|nhằm|trong|ngoài|nơi|khi|sau khi|trên cơ sở|căn cứ|từ|tại|qua)(?!\w)"
)


def _after_colon(text: str, low: str, start: int, end: int) -> Given | None:
    """ "Máy số 2 hỏng từ đầu tháng: Phòng Vật tư sửa xong …": what is the matter, then who deals with it."""
    colon = low.find(": ", start, min(end, start + MAX_MATTER))
    adverbial = ADVERBIAL.match(low, colon + 2) if colon > 0 else None
    units = read_units(text, low, adverbial.end() if adverbial else colon + 2) if colon > 0 else None
    if units and units.end < end and _acts(text, low, units):
        return Given(units, start, False)
    return None


MAX_MATTER = 160  # characters


def _acts(text: str, low: str, units: Units, led_in: str = "") -> bool:
    """Whether the units are told to act: a verb of orders follows, or any verb where a name opens the sentence."""
    aside = ASIDE.match(low, units.end) or EACH_OF.match(low, units.end)
    issuing = ISSUES.match(low, aside.end() if aside else units.end)
    if issuing is None and _is_above(text, low, units.start, units.end):
        issuing = ISSUES_OR_ACTS.match(low, units.end)
    if issuing and not (SHARES_OUT.match(issuing[0]) and read_units(text, low, issuing.end() + 1) is None):
        return False
    if SO_FAR.match(led_in):
        return False
    if ACTS.match(low, aside.end() if aside else units.end) or COLON.match(low, units.end):
        return True
    if TALE.match(led_in) and not MUST.match(low, units.end):
        return False
    begins = BEGINS.search(text[: units.start])
    named = not any(unit.group for unit in units.names)
    capital = text[units.start : units.start + 1].isupper()
    opens = (begins and (capital or (named and begins[0].startswith(";")))) or (led_in and capital and named)
    if not opens or PLACE_NAME.match(low, units.start) or SPEAKER.match(low, units.start):
        return False
    after = units.end + (low.startswith(",", units.end) and any(u.excepted or "," in u.name for u in units.names))
    bracket = ASIDE.match(low, after)
    return ANY_VERB.match(low, bracket.end() if bracket else after) is not None


# Whoever speaks in a document is told nothing by it: "Thủ tướng nhìn nhận …".
SPEAKER = compiled(r"(?:phó )?(?:thủ tướng|bộ trưởng|thứ trưởng|bí thư|hội nghị|chủ tịch (?!ubnd (?:các|xã|phường)))")
# "Trong quý III, Sở Y tế dẫn đầu …": after such an opening a verb nobody listed tells what was, unless it has to be.
SO_FAR = compiled(r"(?:đồng thời,? |riêng )?(?:đến|tới|cho đến) (?:nay|thời điểm|hiện)(?!\w)")
TALE = compiled(
    r"(?:đồng thời,? |riêng )?(?:qua|tại|theo|với|bên cạnh|ngoài|trong|đầu|giữa|cuối|hết|đến|tới|sau)(?!\w)"
)
MUST = compiled(
    r"[^.;]{0,300}?\b(?:phải|cần|xong|hoàn thành|hoàn tất|dứt điểm|trước ngày|trước \d|chậm nhất|muộn nhất|bảo đảm|"
    r"đảm bảo|trách nhiệm)(?!\w)"
)
# "Sở A, Sở B, mỗi đơn vị cử hai cán bộ".
EACH_OF = compiled(r"\s*,? mỗi (?:đơn vị|cơ quan|địa phương|sở|phòng|ban|ngành|bên|nơi|xã|phường)(?= )")
COLON = compiled(r"\s*(?:\([^()]{1,60}\)\s*)?:\s*\S")
BEGINS = re.compile(r"(?:^|[.;:]\s+)$")
ASIDE = compiled(r"(?: \([^()]{1,80}\)| - (?!phó |trưởng |chủ tịch |giám đốc )[^-;.:()]{3,80} -)(?= )")
ANY_VERB = compiled(
    r" (?!(?:là|đã|sẽ|được|có|của|và|hoặc|thì|mà|bị|đang|vẫn|còn|tại|trong|với|cho|về|khi|nếu|chưa|không|ở|từ|đến|"
    r"trên|"
    r"dưới|hay|như|năm|tháng|ngày)(?!\w))[a-zà-ỹđ]"
)


def coordinating(text: str, low: str, leads: Sequence[str]) -> tuple[str, ...]:
    """Whoever follows "phối hợp với", without the leads and without repeats."""
    names: list[str] = []
    for match in HELPING.finditer(low):
        if _others_help(text, low, match.start(), leads):
            continue
        names.extend(unit.name for unit in _all_helping(text, low, match.end()))
    names.extend(unit.name for unit in _beside(text, low, leads))
    return tuple(dict.fromkeys(name for name in names if name not in leads))


def _all_helping(text: str, low: str, at: int) -> Iterator[Unit]:
    """ "… với Sở Y tế cùng các cơ quan liên quan"."""
    while units := read_units(text, low, at):
        yield from units.names
        more = TOGETHER.match(low, units.end)
        if more is None:
            return
        at = more.end()


TOGETHER = compiled(r"\s*,? cùng(?: với)? ")
# "Đội A cùng Công an phường …": who stands beside the lead.
ALONG_WITH = compiled(r" cùng(?: với)? (?!kỳ|lúc|ngày|thời)")
# "Phòng A chủ trì, Phòng B, Phòng C phối hợp …".
PRESIDES = compiled(r"\b(?:(?:chủ trì|đầu mối)\s*[,;]|mời)\s*")
AND_HELPS = compiled(
    r"\s*(?:(?:cùng |tham gia |có trách nhiệm )?(?:phối hợp|hỗ trợ)|cùng (?:thực hiện|tham gia|làm))(?!\w)"
)


def _beside(text: str, low: str, leads: Sequence[str]) -> tuple[Unit, ...]:
    """Those who are named after the lead as its helpers."""
    match = PRESIDES.search(low)
    units = read_units(text, low, match.end()) if match else None
    if units and AND_HELPS.match(low, units.end):
        return units.names
    match = ALONG_WITH.search(low)
    units = read_units(text, low, match.end()) if match else None
    if match and units and any(low[: match.start()].endswith(plain(name)) for name in leads):
        return units.names
    return ()


def _others_help(text: str, low: str, at: int, leads: Sequence[str]) -> bool:
    """ "… đôn đốc các chủ đầu tư phối hợp với …": not the lead's own partners."""
    end = len(low[:at].rstrip())
    for match in ISSUER.finditer(low, max(0, end - 90), end):
        units = read_units(text, low, match.start())
        if units and units.end == end:
            return URGES.search(low[: match.start()]) is not None and not any(u.name in leads for u in units.names)
    return False


URGES = compiled(r"\b(?:đôn đốc|hướng dẫn|chỉ đạo|yêu cầu|vận động|kiểm tra|giám sát|hỗ trợ|tạo điều kiện cho|mời) $")


def helpers(text: str, low: str) -> tuple[Unit, ...]:
    """The units of a line that names nothing but who helps: "Phối hợp: Công an phường, các tổ dân phố."."""
    match = HELP_LABEL.match(low)
    units = read_units(text, low, match.end()) if match else None
    return units.names if units and not low[units.end :].strip(" .;") else ()


HELP_LABEL = compiled(r"(?:đơn vị |cơ quan |các đơn vị )?phối hợp\s*:\s*")


def guided(text: str, low: str) -> tuple[Unit, ...]:
    """Who is told by an opening that gives nothing: "… Bộ hướng dẫn các cơ sở đào tạo triển khai như sau:"."""
    match = GUIDES.search(low)
    units = read_units(text, low, match.end()) if match else None
    return units.names if units else ()


GUIDES = compiled(r"\b(?:hướng dẫn|lưu ý|phân công|quán triệt) (?=[^.;]{3,400}:\s*$)")


def between(text: str, low: str) -> tuple[Unit, ...]:
    """ "Tăng cường phối hợp giữa các cơ quan: A, B, C": all of them are given the task."""
    match = BETWEEN.search(low)
    units = read_units(text, low, match.end()) if match else None
    return units.names if units else ()


def only_units(text: str) -> tuple[Unit, ...]:
    """The units of a heading that names nothing else ("2.4. Phòng Nội vụ:", "Đối với UBND các xã"); empty for any
    other heading."""
    body = text.strip().rstrip(":.; ")
    low = plain(body)
    opening = HEADING_OPENS.match(low)
    at = opening.end() if opening else 0
    units = read_units(body, low, at)
    if units is None:
        return ()
    rest = low[units.end :].strip(" ,:;.")
    if not rest or HEADING_ENDS.match(rest):
        return units.names
    if units.names[-1].group and WHICH_ONES.match(rest):
        return (*units.names[:-1], Unit(f"{units.names[-1].name} {body[units.end :].strip()}", group=True))
    return ()


HEADING_OPENS = compiled(
    rf"(?:(?:{lex.GIVE}) (?:cho )?|đối với |về phía |(?:trách nhiệm|nhiệm vụ)(?: chung| cụ thể)?(?: của|"
    rf" đối với)? |tại |phân công )(?:các đồng chí )?"
)
WHICH_ONES = compiled(
    r"(?:có (?!trách nhiệm|kế hoạch)|nơi |thuộc |trong |ở |được |đang |chưa |đã |hoạt động |khai thác |"
    r"không )[^,.;:]{1,90}$"
)
HEADING_ENDS = compiled(
    r"(?:\([^)]*\)|(?:có trách nhiệm|thực hiện|triển khai|chủ trì|tập trung|khẩn trương|cần|chủ động|"
    r"theo dõi|nghiêm túc)?(?: (?:thực hiện|triển khai|tập trung|các|một số|những|nhiệm vụ|nội dung|"
    r"công việc|sau|đây|như))*)$"
)
