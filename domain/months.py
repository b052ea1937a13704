"""One month of the office's calendar, as it is shown: which days are off and why, and which month words mean."""

from __future__ import annotations

import calendar as gregorian
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from itertools import groupby

from domain.calendar import ONE_DAY, SATURDAY, OfficeCalendar
from domain.spelling import fold

YEARS_AROUND = 10  # how far the calendar is shown
_LONGEST_FEAST = timedelta(days=14)
_SWAPPED = re.compile(r"Ngày nghỉ \(thay cho ngày (\d{2}/\d{2})/\d{4}\)")
_TET = "Tết Nguyên Đán"


class DayKind(StrEnum):
    """What a day is to the office."""

    WORKING = "working"
    WEEKEND = "weekend"
    HOLIDAY = "holiday"  # a public one, or a day off in exchange for a day worked
    CLOSED = "closed"  # the office's own
    MADE_UP = "made_up"  # worked though it is a Saturday or Sunday


@dataclass(frozen=True)
class Day:
    """A day of the month that is shown."""

    date: date
    kind: DayKind
    is_today: bool = False

    @property
    def is_working(self) -> bool:
        """Whether the office works."""
        return self.kind in {DayKind.WORKING, DayKind.MADE_UP}


@dataclass(frozen=True)
class Occasion:
    """Days on end that are what they are for one reason: ``name``, where there is one. Whole, also beyond the month."""

    first: date
    last: date
    kind: DayKind
    name: str | None = None


@dataclass(frozen=True)
class Month:
    """A month. ``weeks``: Monday to Sunday, None where the day is of another month."""

    year: int
    month: int
    weeks: tuple[tuple[Day | None, ...], ...]
    occasions: tuple[Occasion, ...]

    @property
    def days(self) -> tuple[Day, ...]:
        """Its days in order."""
        return tuple(day for week in self.weeks for day in week if day is not None)

    @property
    def working_days(self) -> int:
        """How many days the office works."""
        return sum(day.is_working for day in self.days)


def month_of(year: int, month: int, calendar: OfficeCalendar, today: date | None = None) -> Month:
    """A month of an office's calendar."""
    weeks = tuple(
        tuple(Day(day, _kind(day, calendar), day == today) if day.month == month else None for day in week)
        for week in gregorian.Calendar().monthdatescalendar(year, month)
    )
    return Month(year, month, weeks, tuple(_occasions(year, month, calendar)))


def _kind(day: date, calendar: OfficeCalendar) -> DayKind:
    if calendar.is_working(day):
        return DayKind.WORKING if day.weekday() < SATURDAY else DayKind.MADE_UP
    if calendar.holiday_name(day) is not None:
        return DayKind.HOLIDAY
    return DayKind.CLOSED if day.weekday() < SATURDAY else DayKind.WEEKEND


def _occasions(year: int, month: int, calendar: OfficeCalendar) -> Iterator[Occasion]:
    """What is not an ordinary working day or weekend, days on end with one name together."""
    first, last = date(year, month, 1), date(year, month, gregorian.monthrange(year, month)[1])
    days = _span(first - _LONGEST_FEAST, last + _LONGEST_FEAST)
    for (kind, name), group in groupby(days, key=lambda day: _why(day, calendar)):
        together = list(group)
        is_special = kind not in {DayKind.WORKING, DayKind.WEEKEND}
        if is_special and together[0] <= last and together[-1] >= first:
            yield Occasion(together[0], together[-1], kind, name)


def _span(first: date, last: date) -> list[date]:
    return [first + i * ONE_DAY for i in range((last - first).days + 1)]


def _why(day: date, calendar: OfficeCalendar) -> tuple[DayKind, str | None]:
    kind = _kind(day, calendar)
    return kind, _short(calendar.holiday_name(day) or "") if kind is DayKind.HOLIDAY else None


def _short(name: str) -> str:
    """The library names each day of Tết; people name the feast."""
    if swapped := _SWAPPED.fullmatch(name):
        return f"nghỉ bù, làm ngày {swapped[1]}"
    return _TET if name.endswith(_TET) or name.endswith(" Tết") else name


# --- which month ---

_NUMBERS = re.compile(r"(?:thang )?(\d{1,2})(?: (?:nam )?(\d{4}))?")
_YEAR_FIRST = re.compile(r"(\d{4}) (\d{1,2})")
_BESIDE = {"thang nay": 0, "nay": 0, "hom nay": 0, "thang sau": 1, "thang toi": 1, "sau": 1, "toi": 1,
           "thang truoc": -1, "truoc": -1}  # fmt: skip


def read_month(words: str, today: date, calendar: OfficeCalendar) -> tuple[int, int] | None:
    """The year and month that words mean: "", "2", "2/2025", "tháng sau", "Tết". None where they mean none.

    A month without a year is one of this year. "Tết" is the next one.
    """
    said = fold(words)
    if not said:
        return today.year, today.month
    if said in {"tet", "thang tet"}:
        return _next_tet(today, calendar)
    if said in _BESIDE:
        return beside(today.year, today.month, _BESIDE[said])
    if found := _YEAR_FIRST.fullmatch(said):
        return _possible(int(found[1]), int(found[2]), today)
    if found := _NUMBERS.fullmatch(said):
        return _possible(int(found[2] or today.year), int(found[1]), today)
    return None


def _possible(year: int, month: int, today: date) -> tuple[int, int] | None:
    return (year, month) if 1 <= month <= 12 and is_shown(year, today) else None


def is_shown(year: int, today: date) -> bool:
    """Whether months of a year are shown: holidays of other times are not known for certain."""
    return abs(year - today.year) <= YEARS_AROUND


def beside(year: int, month: int, step: int) -> tuple[int, int]:
    """The month so many months later."""
    months = year * 12 + month - 1 + step
    return months // 12, months % 12 + 1


def _next_tet(today: date, calendar: OfficeCalendar) -> tuple[int, int] | None:
    days = _span(today, today + timedelta(days=400))
    first = next((day for day in days if calendar.holiday_name(day) == _TET), None)
    return None if first is None else (first.year, first.month)
