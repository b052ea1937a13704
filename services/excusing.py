"""An objective reason for lateness is confirmed, or that is taken back.

A late product then loses no points on the score sheet (Decree 335/2025, the same confirmation as of an extension).
"""

from __future__ import annotations

from datetime import datetime

from db import Session
from db.models import Directive, Person
from domain.calendar import OFFICE_ZONE
from domain.errors import ExcusedAlready, NotLate, ReasonMissing
from domain.lifecycle import OPEN, State
from domain.rights import Action
from services import audit, life, people
from services.life import By

EXCUSED, NOT_EXCUSED = "excused", "excuse_withdrawn"  # the audit's words


def is_late(directive: Directive, now: datetime) -> bool:
    """Whether a directive is overdue, or its evidence came after the deadline."""
    if directive.last_day is None:
        return False
    if directive.state not in OPEN and directive.state != State.COMPLETED:
        return False
    counted = directive.submitted_at if directive.state in {State.SUBMITTED, State.COMPLETED} else now
    return (counted or now).astimezone(OFFICE_ZONE).date() > directive.last_day


async def check(session: Session, directive: Directive, by: By) -> None:
    """Let pass or refuse before the reason is asked for.

    Raises:
        NotAllowed: not theirs to decide.
        NotLate: there is nothing to excuse.
        ExcusedAlready: it was confirmed before.
    """
    await people.check(session, by, directive, Action.DECIDE)
    if not is_late(directive, by.now):
        raise NotLate(directive.id)
    if directive.excused_at is not None:
        who = await session.get(Person, directive.excused_by) if directive.excused_by else None
        raise ExcusedAlready(directive.id, who.name if who else "", directive.excused_at)


async def excuse(session: Session, directive: Directive, reason: str, by: By) -> None:
    """Confirm that the lateness has an objective reason, in words. The unit is told.

    Raises:
        NotAllowed, NotLate, ExcusedAlready: see ``check``.
        ReasonMissing: no reason in words.
    """
    await check(session, directive, by)
    if not reason.strip():
        raise ReasonMissing(EXCUSED)
    directive.excused_at, directive.excused_by, directive.excused_for = by.now, by.person.id, reason.strip()
    await _tell(session, directive, EXCUSED, by, reason.strip())


async def take_back(session: Session, directive: Directive, by: By) -> None:
    """The reason is not taken for objective any more. The unit is told.

    Raises:
        NotAllowed: not theirs to decide.
        NotLate: nothing was confirmed.
    """
    await people.check(session, by, directive, Action.DECIDE)
    if directive.excused_at is None:
        raise NotLate(directive.id)
    directive.excused_at = directive.excused_by = directive.excused_for = None
    await _tell(session, directive, NOT_EXCUSED, by)


async def _tell(session: Session, directive: Directive, event: str, by: By, reason: str | None = None) -> None:
    row = await audit.record(
        session, event, now=by.now, directive=directive, before=directive.state, after=directive.state,
        actor=by.person, reason=reason, inbox_id=by.inbox_id,
    )  # fmt: skip
    await life.tell_news(session, row, directive, await life.lead_people(session, directive), by)
