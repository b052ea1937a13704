"""A unit's deadlines as calendars on phones and desks show them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time


@dataclass(frozen=True)
class Entry:
    """One deadline in a calendar.

    Attributes:
        uid: the same for as long as the directive lives, and told to nobody else.
        changes: how often it has changed: a calendar takes the entry with the higher one.
        changed_at: when it last did, aware.
        day: the last day, local.
        at: the hour on that day; None for the whole of it.
        summary: a line.
        description: what is shown when it is opened; plain text.
    """

    uid: str
    changes: int
    changed_at: datetime
    day: date
    at: time | None
    summary: str
    description: str
