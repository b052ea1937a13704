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
from domain.deadlines.context import DOING, STRICT
from domain.deadlines.model import DAY_OFF, EVENT, NO_ISSUE_DATE, RECEIPT, Deadline, ImpossibleDate
from domain.deadlines.numbers import COUNT_WORDS
from domain.deadlines.resolve import Parts, add_months, day_of
from domain.deadlines.words import Folded, pattern

PREFIX = (
    r"(?:(?:ngay )?trong(?: (?:vòng|thời hạn|thời gian|hạn|khoảng thời gian))?(?: tối đa)?(?: không quá)?|"
    r"không quá|tối đa(?: không quá)?"
    r"|(?:chậm|muộn|trễ) nhất(?: là)?(?: (?:sau|trong(?: vòng| thời hạn| thời gian)?))?(?: không quá)?|"
    r"thời hạn(?: là)?|sau)"
)
COUNT = rf"(?P<n>\d{{1,3}}|{COUNT_WORDS})\s*(?:\([^)]{{1,12}}\)\s*)?"
UNIT = r"(?P<unit>ngày làm việc|ngày|tuần|tháng|năm|giờ|tiếng)"
THIS = (
    r"(?: (?:văn bản|thông báo|công văn|chỉ thị|quyết định|kế hoạch|kết luận|công điện|ý kiến chỉ đạo|"
    r"tài liệu)(?: này|(?=\s*(?:[,;.)]|$))))"
)
ANCHOR = (
    r"(?:\s*\(?,?\s*(?:được )?(?:kể|tính)(?: từ| kể từ)| từ| sau)"
    rf"(?:(?P<signed>(?: khi)?(?: ngày)? (?:ký|ban hành)(?: ban hành)?{THIS}?(?: có hiệu lực)?(?! (?:hợp|"
    rf"kết|quyết định (?!này))))"
    rf"|(?P<received>(?: khi)?(?: ngày)? (?:nhận|tiếp nhận)(?: được)?(?:{THIS}|(?=\s*(?:[,;.)]|$))))"
    rf"|(?P<issued>(?: ngày)?(?: có| ra)?{THIS}(?: được)?(?: ban hành| có hiệu lực)?)"
    r"|(?P<now>(?: ngày)?(?: hôm)? nay|(?: ngay)? bây giờ)"
    r"|(?: ngày)? (?P<d>\d{1,2})\s*[/.-]\s*(?P<m>\d{1,2})\s*[/.-]\s*(?P<y>\d{4})"
    r"|(?P<event> [^,;.\n]{1,120}))"
)
TERM = pattern(rf"(?:\b(?P<prefix>{PREFIX})\s*)?(?<![\w/.,])\b{COUNT}{UNIT}\b(?P<more> nữa)?(?:{ANCHOR})?")
HOURS = ("giờ", "tiếng", "gio", "tieng")
OVER = pattern(r"(?:^|[^g]\s|\W)\bquá\s*$")


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
    terms = []
    for match in TERM.pick(bare).finditer(text.text):
        if _is_term(match, text, bare, typed):
            terms.append(_deadline(match, text, issued, calendar))
    return terms


def _is_term(match: re.Match[str], text: Folded, bare: bool, typed: bool) -> bool:
    left = text.text[max(0, match.start() - 160) : match.start()]
    if OVER.pick(bare).search(left) and not match["prefix"]:
        return False
    if match["unit"] in HOURS and not (match["more"] or (match["prefix"] or "").startswith("trong")):
        return False  # "chậm nhất 16 giờ" is an hour of the day
    if typed or match["more"]:
        return True
    anchored = match["signed"] or match["received"] or match["issued"]
    # "Sau 5 ngày" and "5 năm" tell how long; only with an anchor do they tell by when.
    if not match["prefix"] or match["prefix"].strip() in ("sau", "thời hạn"):
        return bool(anchored) and bool(DOING.pick(bare).search(left))
    clause = re.split(r"[.;\n]\s", left)[-1]
    strong = match["prefix"].strip() != "trong" or bool(anchored) or bool(STRICT.pick(bare).search(clause))
    return strong and (
        bool(anchored) or not clause.strip() or bool(DOING.pick(bare).search(clause)) or _leads(match, text, bare)
    )


def _leads(match: re.Match[str], text: Folded, bare: bool) -> bool:
    """Whether the task follows: "Trong vòng 10 ngày, các đơn vị báo cáo…"."""
    right = re.split(r"[.;\n]", text.text[match.end() : match.end() + 160])[0]
    return bool(DOING.pick(bare).search(right))


def _deadline(match: re.Match[str], text: Folded, issued: date | None, calendar: OfficeCalendar) -> Deadline:
    parts = Parts(match)
    end = match.end()
    span = text.span(match.start(), end)
    words = text.words(match.start(), end).strip()
    start, warnings = _start(parts, issued)
    if start is None:
        return Deadline(None, text=words, span=(span[0], span[0] + len(words)), warnings=warnings)
    try:
        last = _add(start, parts, calendar)
    except (ImpossibleDate, OverflowError):
        last = None
    if last is None:
        return Deadline(None, text=words, span=(span[0], span[0] + len(words)), warnings=(EVENT,))
    if not calendar.is_working(last):
        warnings = (*warnings, DAY_OFF)
    count = f"{parts.integer('n')} {parts.get('unit')}"
    rule = f"{count} kể từ {start:%d/%m/%Y} → {last:%d/%m/%Y}"
    return Deadline(last, text=words, span=(span[0], span[0] + len(words)), rule=rule, warnings=warnings)


def _start(parts: Parts, issued: date | None) -> tuple[date | None, tuple[str, ...]]:
    """Where counting starts, and what is doubtful about it."""
    if parts.get("event"):
        return None, (EVENT,)
    if parts.get("d"):
        try:
            return day_of(parts.integer("y"), parts.integer("m"), parts.integer("d")), ()
        except ImpossibleDate:
            return None, (EVENT,)
    if issued is None:
        return None, (NO_ISSUE_DATE,)
    return issued, ((RECEIPT,) if parts.get("received") else ())


def _add(start: date, parts: Parts, calendar: OfficeCalendar) -> date | None:
    count, unit = parts.integer("n"), parts.bare("unit")
    if unit == "ngay lam viec":
        return calendar.add_working_days(start, count)
    if unit in ("ngay", "tuan"):
        return start + timedelta(days=count * (7 if unit == "tuan" else 1))
    if unit in ("thang", "nam"):
        return add_months(start, count * (12 if unit == "nam" else 1))
    return None  # hours: the document does not say at what hour they began
