"""When a person may be reminded again at a moment of their own choice.

A snooze adds a mention for this person and takes none away: the ladder goes on as it is.
"""

from __future__ import annotations

from datetime import date, datetime, time
from enum import StrEnum

from domain.calendar import OFFICE_ZONE, ONE_DAY, OfficeCalendar
from domain.errors import SnoozeNotToday, SnoozeOverdue, SnoozePastDeadline
from domain.ladder import Rhythm


class Later(StrEnum):
    """What can be chosen."""

    AFTERNOON = "afternoon"  # chiều nay
    TOMORROW = "tomorrow"  # mai: the next working morning


def moment(later: Later, now: datetime, calendar: OfficeCalendar, rhythm: Rhythm) -> datetime | None:
    """The moment that is meant, aware; None where it cannot be had: this afternoon is over, or nobody works today."""
    today = now.astimezone(OFFICE_ZONE).date()
    if later is Later.TOMORROW:
        return rhythm.morning_of(calendar.next_working(today))
    afternoon = datetime.combine(today, rhythm.afternoon, OFFICE_ZONE)
    return afternoon if calendar.is_working(today) and now < afternoon else None


def last_moment(last_day: date, hour: time | None) -> datetime:
    """The end of a deadline, aware: its hour on the last day, or the end of that day."""
    if hour is not None:
        return datetime.combine(last_day, hour, OFFICE_ZONE)
    return datetime.combine(last_day + ONE_DAY, time(), OFFICE_ZONE)


def chosen(
    later: Later,
    now: datetime,
    last_day: date | None,
    hour: time | None,
    calendar: OfficeCalendar,
    rhythm: Rhythm,
) -> datetime:
    """The moment of a snooze, or why there is none.

    Args:
        later: what was chosen.
        now: aware.
        last_day: the last day that is on time; None without a deadline.
        hour: of the deadline, local, where it has one.
        calendar: tells working days.
        rhythm: when the office is spoken to.

    Raises:
        SnoozeNotToday: this afternoon is over, or nobody works today.
        SnoozePastDeadline: the deadline would pass before it.
        SnoozeOverdue: the deadline has passed, and it is to be put off to another day.
    """
    until = moment(later, now, calendar, rhythm)
    if until is None:
        raise SnoozeNotToday(rhythm.afternoon)
    if last_day is None:
        return until
    end = last_moment(last_day, hour)
    if now >= end:
        if later is Later.TOMORROW:
            raise SnoozeOverdue
        return until
    if until >= end:
        raise SnoozePastDeadline(until, end if hour else None, last_day)
    return until


def choices(
    now: datetime, last_day: date | None, hour: time | None, calendar: OfficeCalendar, rhythm: Rhythm
) -> list[Later]:
    """What can be chosen now, in the order of the buttons. Takes what ``chosen`` takes."""
    found = []
    for later in Later:
        try:
            chosen(later, now, last_day, hour, calendar, rhythm)
        except (SnoozeNotToday, SnoozeOverdue, SnoozePastDeadline):
            continue
        found.append(later)
    return found
