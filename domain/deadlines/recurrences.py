"""Deadlines that come again: "ngày 20 hằng tháng", "trước 16 giờ thứ Sáu hằng tuần"."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, timedelta

from domain.deadlines import context as c
from domain.deadlines.model import NEXT_YEAR, NO_ISSUE_DATE, NO_MONTH, NO_YEAR, VAGUE, ImpossibleDate
from domain.deadlines.points import Point
from domain.deadlines.resolve import add_months, day_of, next_day_of_month
from domain.deadlines.sight import Sight
from domain.deadlines.words import Folded, without_diacritics


@dataclass(frozen=True)
class Recurrence:
    """How often a point comes again.

    Args:
        unit: "nam", "quy", "thang", "tuan" or "ngay".
        words: its words, with the day it names.
        start: where they begin in the folded text, the point included.
        end: where they end.
        known: whether the first occurrence can be told.
        month_of_quarter: 1 to 3 where a month of the quarter is named, else 0.
        since: the first day of the year or month from which it comes, where one is named.
        since_month: that month, 1 to 12, where its year is not written, else 0.
        later: "tháng đầu quý sau", where nothing says that it comes every quarter.
    """

    unit: str
    words: str
    start: int
    end: int
    known: bool = True
    month_of_quarter: int = 0
    since: date | None = None
    since_month: int = 0
    later: bool = False


MONTHS_OF_QUARTER = {"dau": 1, "nhat": 1, "1": 1, "giua": 2, "hai": 2, "2": 2, "cuoi": 3, "ba": 3, "3": 3}


def recurrence(seen: Sight, text: Folded) -> Recurrence | None:
    """The recurrence that stands beside a point."""
    one_day = seen.point.grain == "days" and seen.point.first == seen.point.last
    if not one_day and seen.point.grain not in ("day", "loose", "day_of_month", "weekday"):
        return None
    after = c.EVERY_AFTER.pick(seen.bare).match(seen.right)
    if after:
        end = seen.end + after.end()
        words = text.words(seen.point.start, end).strip()
        which = without_diacritics(after["which"] or ("nhat" if after["unit3"] else "")).removeprefix("thu ")
        month = MONTHS_OF_QUARTER.get(which, 0)
        quarterly = c.EVERY_BEFORE.pick(seen.bare).search(seen.left)
        later = bool(after["later"]) and (quarterly is None or _unit(quarterly) != "quy")
        known = which != "ke tiep" and (not later or month > 0)
        return Recurrence(_unit(after), words, seen.point.start, end, known, month, *_since(seen), later=later)
    before = _nearest(c.EVERY_BEFORE.pick(seen.bare), seen.left)
    if before is None or _has_year(seen):
        return None
    start, known = seen.left_at + before.start("every"), before["several"] in (None, "1", "01")
    return Recurrence(_unit(before), text.words(start, seen.end).strip(), start, seen.end, known, 0, *_since(seen))


def _nearest(every: re.Pattern[str], left: str) -> re.Match[str] | None:
    """The last of what comes again before a point: in "định kỳ 6 tháng (…) và hằng năm (…" the year."""
    found = every.search(left)
    while found and (nearer := every.search(left, found.end("every"))):
        found = nearer
    return found


def _since(seen: Sight) -> tuple[date | None, int]:
    """From when it comes again: "hằng năm, kể từ năm 2028", "từ tháng 9/2027"; of "từ tháng 9" only the month."""
    found = c.SINCE.pick(seen.bare).search(seen.left) or c.SINCE.pick(seen.bare).search(seen.right[:60])
    if found is None:
        return None, 0
    if found["m2"]:
        return None, int(found["m2"])
    return date(int(found["y"]), min(12, max(1, int(found["m"] or 1))), 1), 0


def _unit(match: re.Match[str]) -> str:
    named = match.groupdict()
    return without_diacritics(named["unit"] or named["unit2"] or named.get("unit3") or "")


def _has_year(seen: Sight) -> bool:
    return seen.point.grain == "day" and NO_YEAR not in seen.point.warnings


def first_occurrence(point: Point, again: Recurrence, issued: date | None) -> Point:
    """The point moved to its first occurrence on or after the document's date."""
    doubts = tuple(w for w in point.warnings if w not in (NO_YEAR, NEXT_YEAR, NO_MONTH))
    if issued is None or (not again.known and point.grain in ("day_of_month", "weekday")):
        return replace(point, first=None, last=None, warnings=(*doubts, NO_ISSUE_DATE if issued is None else VAGUE))
    day = point.last
    since = max(issued, _begins(again, issued))
    if day is not None and point.grain != "weekday":
        day = _first_day(point, day, again, since)
    elif day is not None and day < since:
        day += timedelta(days=7 * -((day - since).days // 7))
    if day is None:
        return replace(point, first=None, last=None, warnings=(*doubts, VAGUE))
    return replace(point, first=day, last=day, warnings=doubts)


def _begins(again: Recurrence, issued: date) -> date:
    """From when it comes again; a month without its year is the next one there is."""
    if not again.since_month:
        return again.since or issued
    return date(issued.year + (again.since_month < issued.month), again.since_month, 1)


def _first_day(point: Point, day: date, again: Recurrence, since: date) -> date | None:
    if point.grain == "day_of_month":
        if again.unit == "quy":
            found = _of_quarter(day.day, again.month_of_quarter, since)
            # "Ngày 10 tháng đầu quý sau" written on 5 January: this month's as well as April's.
            return None if found and again.later and _quarter(found) == _quarter(since) else found
        return next_day_of_month(day.day, since) if again.unit == "thang" else None
    while day < since and again.unit == "nam":
        day = add_months(day, 12)
    return day


def _quarter(day: date) -> tuple[int, int]:
    return day.year, (day.month - 1) // 3


def _of_quarter(day: int, month_of_quarter: int, since: date) -> date | None:
    """The day in a month of each quarter; None where no month of it is named."""
    if not month_of_quarter:
        return None
    for month in range(since.month, since.month + 6):
        year, in_year = since.year + (month - 1) // 12, (month - 1) % 12 + 1
        if in_year % 3 != month_of_quarter % 3:
            continue
        try:
            found = day_of(year, in_year, day)
        except ImpossibleDate:
            continue
        if found >= since:
            return found
    return None
