"""The days a question is about: "tháng trước", "từ đầu năm đến nay", "3 ngày tới", "thứ sáu này".

What a search understands, a question understands the same way (``domain.finding_days``); the rest is here.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date, timedelta

from domain.figures import Period
from domain.finding_days import read_period
from domain.weeks import monday_of

_SAYS_WHICH = re.compile(r"\b(?:giao|ban hanh|phat hanh|den han|het han|han|xong|hoan thanh)\b")
_TENTH, _TWENTIETH = 10, 20  # "đầu tháng" is up to the one, "cuối tháng" after the other
Span = tuple[date, date]
Parts = Sequence[str | None]


def read_days(plain: str, today: date) -> tuple[Period, tuple[int, int]] | None:
    """The first stretch of days named in a question, and where it stands.

    Args:
        plain: in lower case without diacritics, letter by letter.
        today: the local day that "tháng này" is counted from.
    """
    plain = plain.replace("\n", "|")  # what was taken out: days do not reach over it, and a search is not held up by it
    for pattern, span in _SPANS:
        found = pattern.search(plain)
        days = span(found.groups(), today) if found else None
        if found and days:
            return Period(*days), found.span()
    masked = _SAYS_WHICH.sub(lambda word: "." * len(word[0]), plain)
    common = read_period(masked, today)
    return (Period(common[0].first, common[0].last), common[1]) if common else None


def _start_of(what: str, day: date) -> date:
    match what:
        case "tuan":
            return monday_of(day)
        case "thang":
            return day.replace(day=1)
        case "quy":
            return date(day.year, 3 * ((day.month - 1) // 3) + 1, 1)
        case _:
            return date(day.year, 1, 1)


def _end_of(what: str, day: date) -> date:
    length = {"tuan": 7, "thang": 31, "quy": 92, "nam": 366}[what]
    following = _start_of(what, _start_of(what, day) + timedelta(days=length))
    return following - timedelta(days=1)


def _until_now(parts: Parts, today: date) -> Span:
    return _start_of(parts[0] or "", today), today


def _from_now(parts: Parts, today: date) -> Span:
    return today, _end_of(parts[0] or "", today)


def _of_year(parts: Parts, today: date) -> Span | None:
    count, end = int(parts[0] or 0), parts[1]
    year = _year(parts[2], today)
    if not 0 < count < 12:
        return None
    if end == "dau":
        return date(year, 1, 1), _end_of("thang", date(year, count, 1))
    return date(year, 13 - count, 1), date(year, 12, 31)


def _year(word: str | None, today: date) -> int:
    if word and word.isdigit():
        return int(word)
    return today.year - (word in {"ngoai", "truoc"})


def _part_in_year(parts: Parts, today: date) -> Span | None:
    what, number = parts[0] or "", {"i": 1, "ii": 2, "iii": 3, "iv": 4}.get(parts[1] or "") or int(parts[1] or 0)
    year = _year(parts[2], today)
    if not 1 <= number <= (12 if what == "thang" else 4):
        return None
    first = date(year, number if what == "thang" else 3 * number - 2, 1)
    return first, _end_of(what, first)


def _coming(parts: Parts, today: date) -> Span | None:
    days = _length(parts)
    return (today, today + timedelta(days=days)) if days else None


def _gone(parts: Parts, today: date) -> Span | None:
    days = _length(parts)
    return (today - timedelta(days=days), today) if days else None


_COUNTS = {"mot": 1, "hai": 2, "ba": 3, "bon": 4, "nam": 5, "sau": 6, "bay": 7, "muoi": 10, "vai": 3, "may": 3}


def _length(parts: Parts) -> int:
    """Days; 0 for what is longer than any plan."""
    written = parts[0] or ""
    count = int(written) if written.isdigit() else _COUNTS[written]
    days = count * {"ngay": 1, "hom": 1, "tuan": 7, "thang": 30}[parts[1] or "ngay"]
    return days if days <= 366 else 0


def _end(parts: Parts, today: date) -> Span:
    what = parts[0] or ""
    last = _end_of(what, today + timedelta(days=7) if parts[1] in {"sau", "toi"} and what == "tuan" else today)
    match what:
        case "tuan":
            return last - timedelta(days=1), last
        case "thang":
            return last.replace(day=_TWENTIETH + 1), last
        case _:
            return last.replace(day=1), last


def _beginning(parts: Parts, today: date) -> Span:
    first = _start_of(parts[0] or "", today)
    days = {"tuan": 2, "thang": _TENTH, "quy": 31, "nam": 31}[parts[0] or ""]
    return first, first + timedelta(days=days - 1)


def _gone_whole(parts: Parts, today: date) -> Span:
    before = _start_of(parts[0] or "", today) - timedelta(days=1)
    return _start_of(parts[0] or "", before), before


def _a_day(offset: int) -> Callable[[Parts, date], Span]:
    def day(parts: Parts, today: date) -> Span:
        return today + timedelta(days=offset), today + timedelta(days=offset)

    return day


_WEEKDAYS = {
    "hai": 0, "2": 0, "ba": 1, "3": 1, "tu": 2, "4": 2, "nam": 3, "5": 3, "sau": 4, "6": 4, "bay": 5, "7": 5,
}  # fmt: skip


def _weekday(parts: Parts, today: date) -> Span:
    """The day of this week, or of the week that is named; one that has passed without a week is next week's."""
    place = _WEEKDAYS[parts[0]] if parts[0] else 6
    beside = {"truoc": -1, "sau": 1, "toi": 1}.get(parts[1] or "", 0)
    day = monday_of(today) + timedelta(days=place + 7 * beside)
    if parts[1] is None and day < today:
        day += timedelta(days=7)
    return day, day


def _before(parts: Parts, today: date) -> Span | None:
    try:
        day = date(int(parts[2] or today.year), int(parts[1] or 0), int(parts[0] or 0))
    except ValueError:
        return None
    return (today, day - timedelta(days=1)) if day > today else None


def _day_of_month(parts: Parts, today: date) -> Span | None:
    try:
        day = today.replace(day=int(parts[0] or 0))
    except ValueError:
        return None
    return day, day


_NOW = r"(?:nay|gio|bay\s+gio|hien\s+nay|hien\s+tai|hom\s+nay)"
_LONG = r"(tuan|thang|quy|nam)"
_COUNT = rf"(\d{{1,3}}|{'|'.join(_COUNTS)})\s+(ngay|hom|tuan|thang)"
_WORDINGS: tuple[tuple[str, Callable[[Parts, date], Span | None]], ...] = (
    (rf"\b(?:tu|tinh\s+tu|ke\s+tu)\s+dau\s+{_LONG}(?:\s+nay)?(?:\s+(?:den|toi|cho\s+den)\s+{_NOW})?\b", _until_now),
    (rf"\bdau\s+{_LONG}\s+(?:den|toi)\s+{_NOW}\b", _until_now),
    (rf"\b(?:tu\s+)?{_NOW}\s+(?:cho\s+)?(?:den|toi)\s+(?:het|cuoi)\s+{_LONG}(?:\s+nay)?\b", _from_now),
    (r"\b(\d{1,2})\s+thang\s+(dau|cuoi)\s+nam(?:\s+(\d{4}|nay|ngoai|truoc))?\b", _of_year),
    (r"\b(thang)\s+(\d{1,2})\s+nam\s+(ngoai|truoc|nay)\b", _part_in_year),
    (r"\b(quy)\s+([1-4]|iv|i{1,3})\s+nam\s+(ngoai|truoc|nay)\b", _part_in_year),
    (rf"\b{_COUNT}\s+(?:toi|sau|nua|sap\s+toi|tiep\s+theo)\b", _coming),
    (rf"\b{_COUNT}\s+(?:qua|vua\s+qua|vua\s+roi|gan\s+day|truoc)\b", _gone),
    (rf"\b(?<!het )(?<!cuoi ){_LONG}\s+(?:vua\s+roi|vua\s+qua|qua|roi)\b", _gone_whole),
    (rf"\b(?<!la )(?:cuoi|het)\s+{_LONG}(?:\s+(nay|sau|toi))?\b(?!\s+\d)", _end),
    (rf"\bdau\s+{_LONG}(?:\s+nay)?\b(?!\s+\d)", _beginning),
    (r"\bthu\s+(hai|ba|tu|nam|sau|bay|[2-7])\b(?!/)(?:\s+(?:tuan\s+)?(nay|sau|toi|truoc))?", _weekday),
    (r"\bchu\s+nhat()?\b(?:\s+(?:tuan\s+)?(nay|sau|toi|truoc))?", _weekday),
    (r"\btruoc\s+(?:ngay\s+)?(\d{1,2})/(\d{1,2})(?:/(\d{4}))?\b", _before),
    (r"\bhom\s+kia\b", _a_day(-2)),
    (r"\b(?:ngay|hom)\s+kia\b", _a_day(2)),
    (r"\b(?:sang|chieu|trua)\s+nay\b", _a_day(0)),
    (r"\b(?:ngay\s+|hom\s+|sang\s+|chieu\s+)?mai\b", _a_day(1)),
    (r"\bngay\s+hom\s+(?:nay)\b", _a_day(0)),
    (r"\bngay\s+(\d{1,2})\b(?!\s*[/.-]\s*\d)", _day_of_month),
)  # fmt: skip
_SPANS = tuple((re.compile(rf"(?:\btrong\s+|\bvao\s+)?{pattern}"), span) for pattern, span in _WORDINGS)
