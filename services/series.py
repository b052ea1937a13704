"""When the next one of a recurring task is opened: stored with each directive, in the transaction of its change.

The newest one of a series holds the cycle; an older one that is still open has none.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select

from db import Session
from db.models import Directive
from domain.cycles import stored_cycle
from domain.deadlines import Deadline
from domain.lifecycle import Event
from domain.office import Office
from domain.recurrence import cycle_of

_BEGINS = frozenset({Event.ISSUE, Event.RESUME})
_ENDS = frozenset({Event.SUSPEND, Event.CANCEL, Event.DROP, Event.SPLIT, Event.MERGE})


PERIOD = "~"  # between a clause's own name and the number of a period, where several units have it


async def newest_of_series(session: Session, directive: Directive) -> Directive:
    """The one of a recurring task that was opened last; any other directive itself."""
    if directive.series_id is None:
        return directive
    same = Directive.series_id == directive.series_id
    newest = await session.scalar(select(Directive).where(same).order_by(Directive.occurrence.desc()).limit(1))
    return newest or directive


def put_cycle(directive: Directive, deadline: Deadline | None) -> None:
    """Store when a directive comes again, as its words and a deadline tell it; None where they do not."""
    cycle = cycle_of(directive.recurring, deadline) if directive.recurring and deadline else None
    directive.cycle = str(cycle) if cycle else None


def deadline_of(directive: Directive) -> Deadline | None:
    """The deadline as a directive has it."""
    if directive.deadline_date is None:
        return None
    return Deadline(
        directive.deadline_date,
        inclusive=directive.deadline_inclusive,
        time=directive.deadline_time,
        text=directive.deadline_text or "",
    )


def set_next_opening(directive: Directive, event: Event, office: Office) -> None:
    """Store when the next one is opened. To be called with each event, after the directive has its new values.

    Args:
        directive: with its id.
        event: what has just happened to it.
        office: whose calendar and rhythm count.
    """
    if event in _ENDS:
        directive.next_occurrence_at = None
    elif event in _BEGINS and directive.cycle is not None:
        directive.series_id = directive.series_id or directive.id
        directive.next_occurrence_at = opening(directive, office)


def opening(directive: Directive, office: Office) -> datetime | None:
    """The morning of the first working day after its own period; more time for it does not move the next one."""
    end = directive.first_last_day or directive.last_day
    if directive.cycle is None or end is None:
        return None
    return office.rhythm.morning_of(office.calendar.next_working(end))


def next_deadline(directive: Directive, office: Office) -> Deadline | None:
    """The deadline of the one that follows; None without one."""
    end = directive.first_last_day or directive.last_day
    if directive.cycle is None or end is None:
        return None
    return stored_cycle(directive.cycle).after(end, office.calendar, office.rhythm.before_means)
