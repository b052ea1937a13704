"""The days on which a recurring task is due, for ever: "ngày 25 hằng tháng" as the calendar has it."""

from __future__ import annotations

import calendar as months
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, time, timedelta
from typing import Literal

from domain.calendar import OfficeCalendar
from domain.deadlines import Deadline

Unit = Literal["day", "week", "month"]
OFFICE = OfficeCalendar()
LAST = 31  # of a month: as far as it goes
YEAR = 12  # months


@dataclass(frozen=True)
class Cycle:
    """The days on which something is due, for ever.

    Args:
        unit: of ``every``.
        every: how many of them a period has; 1 day is every working day. 3 months are quarters, 6 halves of years.
        days: in each period, as (unit within the period from 0, day): of months the day of the month from 1, clipped
            to the month's end; of weeks the weekday from 0; of days always (0, 0).
        phase: where a period begins that the calendar does not know, such as every 2 weeks.
        is_before: "trước ngày 25" does not include the 25th.
        is_working: the 31st and the 1st stand for the last and the first working day of the month.
        at: the hour, in the office's zone.
    """

    unit: Unit
    every: int = 1
    days: tuple[tuple[int, int], ...] = ((0, 0),)
    phase: int = 0
    is_before: bool = False
    is_working: bool = False
    at: time | None = None

    def __str__(self) -> str:
        """As it is stored: ``month/3 2-25 before 16:00``."""
        words = [f"{self.unit}/{self.every}", *(f"{within}-{day}" for within, day in self.days)]
        words += ["before"] * self.is_before + ["working"] * self.is_working
        words += [f"phase={self.phase}"] * bool(self.phase) + ([f"{self.at:%H:%M}"] if self.at else [])
        return " ".join(words)

    def after(
        self,
        last_day: date,
        calendar: OfficeCalendar = OFFICE,
        before_means: Literal["previous_day", "same_day"] = "previous_day",
    ) -> Deadline:
        """The first deadline whose last day comes after a day.

        Args:
            last_day: the last day that was on time in the period before.
            calendar: the office's working days.
            before_means: see ``Deadline.last_day``.
        """
        for day in self._days_from(last_day, calendar):
            found = Deadline(day, inclusive=not self.is_before, time=self.at)
            due = found.last_day(before_means)
            if due is not None and due > last_day:
                return found
        raise AssertionError("a cycle has no end")

    def _days_from(self, start: date, calendar: OfficeCalendar) -> Iterator[date]:
        """Its days in order, from one that is not after ``start``."""
        if self.unit == "day":
            yield from self._single_days(start, calendar)
        elif self.unit == "week":
            yield from self._weekdays(start)
        else:
            yield from self._days_of_months(start, calendar)

    def _single_days(self, start: date, calendar: OfficeCalendar) -> Iterator[date]:
        day = start
        while True:
            if self.every == 1:
                day = calendar.next_working(day)
            else:
                day += timedelta(days=(self.phase - day.toordinal() - 1) % self.every + 1)
            yield day

    def _weekdays(self, start: date) -> Iterator[date]:
        monday = start - timedelta(days=start.weekday())
        while True:
            within = (week_of(monday) - self.phase) % self.every
            yield from (monday + timedelta(days=day) for at, day in sorted(self.days) if at == within)
            monday += timedelta(weeks=1)

    def _days_of_months(self, start: date, calendar: OfficeCalendar) -> Iterator[date]:
        at = month_of(start)
        while True:
            within = (at - self.phase) % self.every
            yield from (self._in_month(at, day, calendar) for month, day in sorted(self.days) if month == within)
            at += 1

    def _in_month(self, at: int, day: int, calendar: OfficeCalendar) -> date:
        year, month = at // YEAR, at % YEAR + 1
        found = date(year, month, min(day, months.monthrange(year, month)[1]))
        if not self.is_working:
            return found
        return calendar.on_or_after(found) if day == 1 else calendar.on_or_before(found)


def month_of(day: date) -> int:
    """Its month, counted from year 0."""
    return day.year * YEAR + day.month - 1


def week_of(day: date) -> int:
    """Its week, counted from year 1."""
    return (day.toordinal() - 1) // 7  # the first day of year 1 was a Monday


STORED = re.compile(r"(?P<unit>day|week|month)/(?P<every>\d+)(?P<days>(?: \d+-\d+)+)(?P<rest>.*)")


def stored_cycle(words: str) -> Cycle:
    """The cycle of its stored form.

    Raises:
        ValueError: it is none.
    """
    match = STORED.fullmatch(words)
    if match is None:
        raise ValueError(f"not a cycle: {words!r}")
    rest = match["rest"].split()
    days = tuple((int(within), int(day)) for within, day in (pair.split("-") for pair in match["days"].split()))
    unit: Unit = "day" if match["unit"] == "day" else "week" if match["unit"] == "week" else "month"
    return Cycle(
        unit,
        int(match["every"]),
        days,
        phase=next((int(word[6:]) for word in rest if word.startswith("phase=")), 0),
        is_before="before" in rest,
        is_working="working" in rest,
        at=next((time.fromisoformat(word) for word in rest if ":" in word), None),
    )
