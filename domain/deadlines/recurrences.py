"""Deadlines that come again: "ngày 20 hằng tháng", "trước 16 giờ thứ Sáu hằng tuần"."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date

from domain.deadlines import context as c
from domain.deadlines.model import NO_ISSUE_DATE, NO_MONTH, NO_YEAR, ImpossibleDate
from domain.deadlines.numbers import number
from domain.deadlines.points import Point
from domain.deadlines.resolve import day_of, next_day_of_month
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
    """

    unit: str
    words: str
    start: int
    end: int
    known: bool = True


def recurrence(seen: Sight, text: Folded) -> Recurrence | None:
    """The recurrence that stands beside a point."""
    if seen.point.grain not in ("day", "loose", "day_of_month", "weekday"):
        return None
    after = c.EVERY_AFTER.pick(seen.bare).match(seen.right)
    if after:
        end = seen.end + after.end()
        words = text.words(seen.point.start, end)
        return Recurrence(_unit(after), words.strip(), seen.point.start, end)
    before = seen.ends(c.EVERY_BEFORE)
    if before is None or _has_year(seen):
        return None
    start = seen.left_at + before.start("every")
    return Recurrence(_unit(before), text.words(start, seen.end).strip(), start, seen.end)


def _unit(match: re.Match[str]) -> str:
    return without_diacritics(match["unit"] or match["unit2"])


def _has_year(seen: Sight) -> bool:
    return seen.point.grain == "day" and NO_YEAR not in seen.point.warnings


def first_occurrence(point: Point, again: Recurrence, issued: date | None) -> Point:
    """The point moved to its first occurrence on or after the document's date."""
    doubts = tuple(w for w in point.warnings if w not in (NO_YEAR, NO_MONTH))
    if issued is None or not again.known:
        return replace(point, first=None, last=None, warnings=(*doubts, NO_ISSUE_DATE))
    day = point.last
    if point.grain == "day_of_month" and day is not None:
        day = _of_quarter(day.day, issued) if again.unit == "quy" else _of_month(day.day, again, issued)
    if day is None:
        return replace(point, first=None, last=None, warnings=doubts)
    return replace(point, first=day, last=day, warnings=doubts)


def _of_month(day: int, again: Recurrence, issued: date) -> date | None:
    return next_day_of_month(day, issued) if again.unit == "thang" else None


def _of_quarter(day: int, issued: date) -> date | None:
    """The day in the last month of a quarter."""
    for month in range(issued.month, issued.month + 6):
        year, in_year = issued.year + (month - 1) // 12, (month - 1) % 12 + 1
        if in_year % 3:
            continue
        try:
            found = day_of(year, in_year, number(str(day)))
        except ImpossibleDate:
            continue
        if found >= issued:
            return found
    return None
