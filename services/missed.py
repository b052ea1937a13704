"""What the sweep of a morning would have said above a unit's officers, had it not come late.

After an outage reports may be read before the first sweep. Whoever has reported need not be reminded of that: the next
moment of the directive is worked out anew. But the head, the office and who owes a decision would pass over this
morning with it, and they were to hear of what is overdue whatever is said of it.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime
from typing import TYPE_CHECKING

from db import Session
from db.models import Directive
from domain.ladder import Mention, mentions
from domain.lifecycle import Event
from services import levels
from services.folding import DECIDE, ESCALATED, OWN, Told, fold
from services.listeners import Listeners
from services.outbox import local_day
from services.reminders import course_of

if TYPE_CHECKING:  # which calls this
    from services.life import By

FROM_BELOW = frozenset({Event.REPORT, Event.ACKNOWLEDGE})
"""Moves after which the directive is as far from its end as before."""


async def say_above(session: Session, directive: Directive, since: datetime, by: By) -> None:
    """Put by, for the message of the day, what was due since a moment and is not for the officers.

    Args:
        session: the write transaction of the move.
        directive: after the move.
        since: its moment before that, aware; not after ``by.now``.
        by: who moved it, and need not be told.
    """
    above = _above(directive, since, by)
    if not above:
        return
    told: dict[int, Told] = defaultdict(Told)
    if escalated := [m for m in above if not m.decider]:
        await _escalate(session, directive, escalated, told, by)
    if owed := [m for m in above if m.decider]:
        turns = await levels.hearing(session, [directive.id], by.now, by.office)
        for person in turns.get(directive.id, ()):
            told[person].add(DECIDE, directive.id, owed[0].at)
    told.pop(by.person.id, None)
    await fold(session, told, by.now, later=list(told))  # the sweep has more for them, and makes it one message


def _above(directive: Directive, since: datetime, by: By) -> list[Mention]:
    course, every = course_of(directive, by.now), by.office.approval.remind_after_days
    found = mentions(course, since, by.now, by.office.calendar, by.office.rhythm, every)
    return [m for m in found if m.head or m.office or m.decider]


async def _escalate(
    session: Session, directive: Directive, above: list[Mention], told: dict[int, Told], by: By
) -> None:
    listeners = await Listeners.of(session, {directive.lead_unit_id}, local_day(by.now))
    heads = listeners.heads(directive.lead_unit_id) if any(m.head for m in above) else []
    for person in heads:
        told[person].add(OWN, directive.id, above[0].at)
    if any(m.office for m in above):
        for clerk in listeners.clerks:
            if clerk not in heads:
                told[clerk].add(ESCALATED, directive.id, above[0].at)
