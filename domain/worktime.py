"""Working hours: when so many of them have gone by."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, time, timedelta

from domain.calendar import OFFICE_ZONE, OfficeCalendar


def after_working_hours(start: datetime, hours: float, calendar: OfficeCalendar, spans: Sequence[time]) -> datetime:
    """The moment at which ``hours`` working hours have gone by since ``start``.

    Args:
        start: aware; time outside working hours does not count.
        hours: more than 0.
        calendar: which days are worked.
        spans: local times from, to, from, to, ... of a working day.

    Returns:
        an aware local moment within the working hours of a working day, or at their end.
    """
    left = timedelta(hours=hours)
    for begins, ends in _spans(start, calendar, spans):
        if begins + left <= ends:
            return begins + left
        left -= ends - begins
    raise AssertionError("working hours never end")


def _spans(start: datetime, calendar: OfficeCalendar, spans: Sequence[time]) -> Iterator[tuple[datetime, datetime]]:
    """The stretches of working time from a moment on."""
    day = calendar.on_or_after(start.astimezone(OFFICE_ZONE).date())
    while True:
        for begins, ends in zip(spans[::2], spans[1::2], strict=True):
            since, until = (datetime.combine(day, clock, OFFICE_ZONE) for clock in (begins, ends))
            if until > start:
                yield max(since, start.astimezone(OFFICE_ZONE)), until
        day = calendar.next_working(day)
