"""The first and the last working day of a week, Monday to Sunday, by the office's calendar."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from domain.calendar import SATURDAY, OfficeCalendar


def monday_of(day: date) -> date:
    """The Monday of a day's week."""
    return day - timedelta(days=day.weekday())


def opens_week(day: date, calendar: OfficeCalendar) -> bool:
    """Whether a day is the first working day of its week: Monday, or the day after a Monday off."""
    worked = _worked(day, calendar)
    return bool(worked) and day == worked[0]


def closes_week(day: date, calendar: OfficeCalendar) -> bool:
    """Whether a day is the last working day of its week up to Friday: Friday, or the day before a Friday off.

    A Saturday that is worked does not put Friday off; it closes a week that has no other working day.
    """
    worked = _worked(day, calendar)
    ordinary = [each for each in worked if each.weekday() < SATURDAY] or worked
    return bool(ordinary) and day == ordinary[-1]


def _worked(day: date, calendar: OfficeCalendar) -> Sequence[date]:
    week = [monday_of(day) + timedelta(days=i) for i in range(7)]
    return [each for each in week if calendar.is_working(each)]
