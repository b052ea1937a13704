"""Terms counted from a moment: "trong vòng 15 ngày kể từ ngày ký".

The first day is not counted (Civil Code 2015, article 147). Counting starts at the document's date where the
words say so (signing,
issuing, receipt of the document) or say nothing; any other moment is a matter of fact, and the deadline stays
without a date.
"""

from __future__ import annotations

import re
from datetime import date, timedelta

from domain.calendar import OfficeCalendar
from domain.deadlines.context import DOING, KEPT_UP, STRICT, TASKED
from domain.deadlines.model import DAY_OFF, EVENT, NO_HOUR, NO_ISSUE_DATE, NOT_A_DATE, RECEIPT, Deadline, ImpossibleDate
from domain.deadlines.numbers import COUNT_WORDS, MONTH_WORDS
from domain.deadlines.resolve import Parts, add_months, day_and_month, full_day
from domain.deadlines.words import Folded, pattern, without_diacritics

PREFIX = (
    r"(?:(?:ngay )?trong(?: (?:vòng|thời hạn|thời gian|hạn|khoảng thời gian))?(?: tối đa)?(?: không quá)?|"
    r"không quá|không (?:để )?(?:muộn|chậm|trễ) (?:hơn|quá)|tối đa(?: không quá)?"
    r"|(?:chậm|muộn|trễ) nhất(?: là)?(?: (?:sau|trong(?: vòng| thời hạn| thời gian)?))?(?: không quá)?|"
    r"thời hạn(?: là)?|sau)"
)
COUNT = rf"(?P<n>\d{{1,3}}|nửa|{COUNT_WORDS})\s*(?:\([^)]{{1,12}}\)\s*)?"
UNIT = (
    r"(?P<unit>ngày làm việc\b|ngày \((?:(?:là|tính theo|chỉ tính) )?(?:ngày )?làm việc\)|"
    rf"(?:ngày|hôm|bữa|tuần|tháng(?! (?:này|nay|sau(?! (?:khi|ngày))|{MONTH_WORDS})\b)|năm|giờ|tiếng|h)\b)"
)
# "10 ngày (không kể ngày nghỉ)" are working days too.
DAYS_OFF = (
    r"(?:không (?:kể|tính|bao gồm|gồm|tính cả)|trừ)(?: (?:các|những))?(?: ngày)? (?:nghỉ|lễ|thứ bảy|thứ 7|t7)"
    r"(?:(?:,| và) (?:lễ|tết|chủ nhật|cn)| (?:lễ|tết|hằng tuần|cuối tuần))*"
)
# "10 ngày đầu tháng 4", "hai tháng 3 và 4" and "một tháng rưỡi" are no plain counts; "3 ngày liên tục" is no term.
NOT_COUNTED = r"(?!\s*\d| (?:đầu|cuối|giữa|rưỡi|liên tục|liên tiếp|gần|qua|vừa|trở lại|nghỉ|diễn ra|/)\b|\s*/)"
THIS = (
    r"(?: (?:văn bản|thông báo|công văn|chỉ thị|quyết định|kế hoạch|kết luận|công điện|ý kiến chỉ đạo|"
    r"tài liệu)(?: này|(?=\s*(?:[,;.)]|$))))"
)
ANCHOR = (
    r"(?:(?P<back>\s*,? trước(?=\s*(?:khi|ngày|thời điểm|lúc|kỳ|kì|hội|đại|lễ|tết)))|\s*\(?,?\s*(?:được )?(?:kể|"
    r"tính)(?: từ| kể từ)|,? từ| sau)"
    rf"(?:(?P<signed>(?: khi)?(?: ngày)? (?:ký|ban hành)(?: ban hành)?{THIS}?(?: có hiệu lực)?(?! (?:hợp|"
    rf"kết|quyết định (?!này))))"
    rf"|(?P<received>(?: khi)?(?: ngày)? (?:nhận|tiếp nhận)(?: được)?(?:(?P<this>{THIS})|(?=\s*(?:[,;.)]|$))))"
    rf"|(?P<issued>(?: ngày)?(?: có| ra)?{THIS}(?: được)?(?: ban hành| có hiệu lực)?)"
    r"|(?P<now>(?: ngày)?(?: hôm)? nay|(?: ngay)? bây giờ)"
    r"|(?: ngày)? (?P<d>\d{1,2})(?:\s*[/.-]\s*| tháng )(?P<m>\d{1,2})(?:(?:\s*[/.-]\s*| năm )(?P<y>\d{4}))?(?![\d/])"
    r"|(?P<event> [^,;.\n]{1,120}))"
)
TERM = pattern(
    rf"(?:\b(?P<prefix>{PREFIX})\s*)?(?<![\w/.,])\b{COUNT}{UNIT}{NOT_COUNTED}"
    rf"(?P<off>\s*\({DAYS_OFF}\)|,? {DAYS_OFF})?"
    rf"(?P<more> (?:nữa|tới)\b| (?P<next>tiếp theo|sau đó|kế tiếp)\b)?(?:{ANCHOR})?"
    rf"(?P<off2>\s*\({DAYS_OFF}\)|,? {DAYS_OFF})?"
)
UNITS = pattern(r"ngày|hôm|bữa|tuần|tháng|năm|giờ|tiếng|(?<=\d)h\b")
# The last letters of what may stand before a unit: a number in words, or a bracket with the number said again.
_ENDS = (")", "nửa", "mươi", "mười", "một", "mốt", "hai", "ba", "bốn", "tư", "lăm", "năm", "sáu", "bảy", "tám", "chín")
COUNT_ENDS = (_ENDS, tuple(without_diacritics(end) for end in _ENDS))
LOOK_BACK = 160  # characters
HOURS = ("giờ", "tiếng", "gio", "tieng", "h")
OVER = pattern(r"(?:^|[^g]\s|\W)\bquá\s*$")
# "3 đến 5 ngày" is no one number of days; "ngày 5 tháng tới" is a day, and "thứ hai tuần tới" too.
# "Thời hạn hoàn thành: 15 ngày", "thời gian xử lý: 10 ngày làm việc": the label says that it is a term.
LABELLED = pattern(
    r"\b(?:thời hạn|hạn|thời gian)(?: phải| yêu cầu| để)? (?:hoàn thành|hoàn tất|báo cáo|trả lời|xử lý|giải quyết|nộp|"
    r"gửi|trình|phản hồi|khắc phục|xong)(?: (?:báo cáo|hồ sơ|kết quả))?(?: là| tối đa| không quá)?\s*:?\s*"
    r"(?:là|trong)?\s*$"
    r"|(?:^|[.;\n]\s*|\()(?:thời hạn|thời gian hoàn thành)\s*:\s*$"
)
SPREAD = pattern(r"\d\s*(?:-|đến|tới|hoặc|/)\s*$|\b(?:ngày|thứ|mùng|mồng)\s*$")
ABOUT = pattern(r"(?:\d|\b(?:một|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười|hơn|trên|ngoài|ít nhất|tối thiểu))\s*$")
# "Sơ kết 6 tháng trước ngày 05/7": the months are what is looked back on, and not counted from the day.
REVIEWED = pattern(
    r"\b(?:sơ kết|tổng kết|đánh giá|báo cáo|kết quả|tình hình|số liệu|công tác|giao ban|thu chi|kiểm điểm)\s*$"
)
# "Sau khi kết thúc lễ hội, … trong vòng 07 ngày": counted from what the sentence begins with.
AFTER_EVENT = pattern(
    r"(?:^|[.;\n]\s+)\W*(?:[a-zđ\d]{1,2}[).]\s*)?(?:ngay )?(?:sau khi|sau(?! khi)|kể từ khi|khi|từ khi) "
    r"(?!(?:nhận|có|ký|ban hành|ngày)(?: được)?[^,.;]{0,20} (?:này|ký)\b)[^.;\n]*$"
)
# How long something lasts or holds is no term for a task.
LASTING = pattern(
    r"\b(?:hiệu lực|giá trị|sử dụng|bảo hành|hợp đồng|nhiệm kỳ|vay|thuê|tập huấn|đào tạo|nghỉ|thử việc|tập sự)"
    r"(?: [^\s,;.]+){0,3}\s*$"
)

LATEST = ("chậm", "muộn", "trễ", "cham", "muon", "tre")


def find_terms(
    text: Folded, issued: date | None, calendar: OfficeCalendar, *, bare: bool, typed: bool = False
) -> list[Deadline]:
    """Every term of the text that says by when something is due.

    Args:
        text: the folded text.
        issued: the day on which counting starts; None leaves such terms without a date.
        calendar: for working days.
        bare: the text carries no diacritics.
        typed: a person was asked for a date, so "10 ngày" is enough.
    """
    if not _counts(text.text, bare):
        return []
    terms = []
    for match in TERM.pick(bare).finditer(text.text):
        if _is_term(match, text, bare, typed):
            terms.append(_deadline(match, text, issued, calendar, bare))
    return terms


def _counts(text: str, bare: bool) -> bool:
    """Whether a number stands before a unit of time anywhere: without one no term does."""
    ends = COUNT_ENDS[bare]
    for unit in UNITS.pick(bare).finditer(text):
        before = text[max(0, unit.start() - 12) : unit.start()].rstrip()
        if before[-1:].isdecimal() or before.endswith(ends) or (unit.start() and not before):
            return True
    return False


def _is_term(match: re.Match[str], text: Folded, bare: bool, typed: bool) -> bool:
    left = text.text[max(0, match.start() - LOOK_BACK) : match.start()]
    if SPREAD.pick(bare).search(left) or (OVER.pick(bare).search(left) and not match["prefix"]):
        return False
    prefix = (match["prefix"] or "").strip()
    if not prefix and ABOUT.pick(bare).search(left):
        return False
    counted = match["signed"] or match["received"] or match["issued"] or match["event"]
    if match["unit"] in HOURS and not (match["more"] or prefix.startswith("trong") or counted):
        return False  # "chậm nhất 16 giờ" is an hour of the day
    if typed:
        return True
    if LASTING.pick(bare).search(left) and not prefix.startswith(LATEST):
        return False
    if match["back"] and REVIEWED.pick(bare).search(left):
        return False
    clause = re.split(r"[.;\n]\s", left)[-1]
    doing = DOING.pick(bare).search(clause) is not None
    anchored = match["signed"] or match["received"] or match["issued"] or match["now"] or match["d"]
    if match["more"] and not match["event"]:
        return True
    # "Sau 5 ngày" and "5 năm" tell how long; only with an anchor do they tell by when.
    if not prefix or prefix in ("sau", "thời hạn", "thoi han"):
        counted = anchored or match["event"] or (prefix == "sau" and match["unit"] not in ("năm", "nam"))
        return (bool(counted) and (doing or _leads(match, text, bare))) or bool(
            LABELLED.pick(bare).search(left + prefix)
        )
    strong = prefix != "trong" or bool(anchored) or bool(STRICT.pick(bare).search(clause))
    doing = doing or (TASKED.pick(bare).search(clause) is not None and KEPT_UP.pick(bare).search(clause) is None)
    return strong and (bool(anchored) or not clause.strip() or doing or _leads(match, text, bare))


def _leads(match: re.Match[str], text: Folded, bare: bool) -> bool:
    """Whether the task follows: "Trong vòng 10 ngày, các đơn vị báo cáo…"."""
    right = re.split(r"[.;\n]", text.text[match.end() : match.end() + 160])[0]
    return bool(DOING.pick(bare).search(right))


def _deadline(
    match: re.Match[str], text: Folded, issued: date | None, calendar: OfficeCalendar, bare: bool
) -> Deadline:
    parts = Parts(match)
    words, span = text.trimmed(match.start(), match.end())
    left = text.text[max(0, match.start() - LOOK_BACK) : match.start()]
    if not _anchored(parts) and AFTER_EVENT.pick(bare).search(left):
        return Deadline(None, text=words, span=span, warnings=(EVENT,))
    start, warnings = _start(parts, issued)
    if start is None:
        return Deadline(None, text=words, span=span, warnings=warnings)
    try:
        last = _add(start, parts, calendar)
    except (ImpossibleDate, OverflowError):
        return Deadline(None, text=words, span=span, warnings=(NOT_A_DATE,))
    if last is None:
        return Deadline(None, text=words, span=span, warnings=(NO_HOUR,))
    if parts.get("unit") in HOURS:
        warnings = (*warnings, NO_HOUR)
    if not calendar.is_working(last):
        warnings = (*warnings, DAY_OFF)
    rule = f"{_count(parts)} kể từ {start:%d/%m/%Y} → {last:%d/%m/%Y}"
    return Deadline(last, text=words, span=span, rule=rule, warnings=warnings)


def _count(parts: Parts) -> str:
    """ "15 ngày làm việc", as the rule says it."""
    unit = "ngày làm việc" if _is_working(parts) else parts.get("unit") or ""
    return f"nửa {unit}" if parts.bare("n") == HALF else f"{parts.integer('n')} {unit}"


def _is_working(parts: Parts) -> bool:
    return "lam viec" in parts.bare("unit") or (parts.get("off") is not None and parts.bare("unit") == "ngay")


def _start(parts: Parts, issued: date | None) -> tuple[date | None, tuple[str, ...]]:
    """Where counting starts, and what is doubtful about it."""
    if (
        parts.get("event")
        or parts.get("next")
        or _comes_in(parts)
        or parts.get("back")
        or (parts.bare("prefix").endswith("sau") and not _anchored(parts))
    ):
        return None, (EVENT,)
    if parts.get("d"):
        try:
            found = (full_day if parts.get("y") else day_and_month)(parts, issued)
        except ImpossibleDate:
            return None, (NOT_A_DATE,)
        return found.first, found.warnings
    if issued is None:
        return None, (NO_ISSUE_DATE,)
    return issued, ((RECEIPT,) if parts.get("received") else ())


def _comes_in(parts: Parts) -> bool:
    """ "24 giờ kể từ khi tiếp nhận": counted for each thing that comes in, not from this document."""
    hours = parts.get("unit") in HOURS or "tiep nhan" in parts.bare("received")
    return bool(parts.get("received")) and parts.get("this") is None and hours


def _anchored(parts: Parts) -> bool:
    return any(parts.get(name) for name in ("signed", "received", "issued", "now", "d", "more"))


HALF = "nua"


def _add(start: date, parts: Parts, calendar: OfficeCalendar) -> date | None:
    unit = parts.bare("unit")
    if parts.bare("n") == HALF:
        return _half(start, unit)
    count = parts.integer("n")
    if _is_working(parts):
        return calendar.add_working_days(start, count)
    if unit in ("ngay", "hom", "bua", "tuan"):
        return start + timedelta(days=count * (7 if unit == "tuan" else 1))
    if unit in ("thang", "nam"):
        return add_months(start, count * (12 if unit == "nam" else 1))
    # Hours: the document does not say at what hour they began, but whole days are days.
    return start + timedelta(days=count // 24) if count % 24 == 0 and count and _anchored(parts) else None


def _half(start: date, unit: str) -> date | None:
    """Half a month is fifteen days, half a year six months (Civil Code 2015, article 146)."""
    if unit == "nam":
        return add_months(start, 6)
    return start + timedelta(days=15) if unit == "thang" else None
