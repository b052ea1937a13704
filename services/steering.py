"""Whose a directive is, and whether it goes on: decided by the office or the leader in charge."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from db import Session
from db.models import Directive, Transition, Unit
from domain.errors import AlreadyThere
from domain.lifecycle import Event
from domain.rights import Action
from services import ending, life, people
from services.life import By
from services.outbox import tell


async def insist(session: Session, directive: Directive, by: By, reason: str | None = None) -> None:
    """The unit stays the accountable one."""
    await people.check(session, by, directive, Action.STEER)
    row = await life.move(session, directive, Event.INSIST, by, reason)
    await life.tell_news(session, row, directive, await life.lead_people(session, directive), by)


async def reassign(session: Session, directive: Directive, unit: Unit, by: By) -> None:
    """Another unit becomes the accountable one; pending requests are closed, and both are told."""
    old_people = await life.lead_people(session, directive)
    row = await hand_over(session, directive, unit, by)
    await life.tell_news(session, row, directive, [*old_people, *await life.helpers(session, directive)], by)
    await tell(
        session, people.ids(await life.lead_people(session, directive)), life.ISSUED,
        now=by.now, directives=[directive.id], urgent=directive.urgency is not None,
    )  # fmt: skip


async def hand_over(session: Session, directive: Directive, unit: Unit, by: By, **details: Any) -> Transition:
    """Make another unit the accountable one without saying so to anyone; pending requests are closed."""
    await people.check(session, by, directive, Action.STEER)
    if unit.id == directive.lead_unit_id:
        raise AlreadyThere(unit.name)
    old_unit, theirs = directive.lead_unit, await life.lead_people(session, directive)
    directive.lead_unit, directive.lead_unit_id = unit, unit.id
    await people.check(session, by, directive, Action.STEER)  # nor may it be given to another leader's field
    directive.acknowledged_at = directive.contact_id = directive.percent = None
    directive.reminders = 0
    directive.assigned_at = by.now
    names = {"old_unit": old_unit.name if old_unit else None, "new_unit": unit.name}
    row = await life.move(session, directive, Event.REASSIGN, by, **names, **details)
    await ending.close_open_ends(session, directive, by, theirs)
    return row


async def steer(session: Session, directive: Directive, event: Event, by: By, reason: str | None = None) -> None:
    """Suspend, resume, cancel or reopen."""
    await people.check(session, by, directive, Action.STEER)
    row = await life.move(session, directive, event, by, reason)
    if event is Event.REOPEN:
        directive.completed_at = directive.submitted_at = None
    told = await life.concerned(session, directive)
    if event is Event.CANCEL:
        await ending.close_open_ends(session, directive, by, told)
    await life.tell_news(session, row, directive, told, by)


async def suggested_unit(session: Session, directive: Directive) -> str | None:
    """The unit that was named when the directive was declined last."""
    details = await session.scalar(
        select(Transition.details)
        .where(Transition.directive_id == directive.id, Transition.event == Event.DECLINE)
        .order_by(Transition.id.desc())
        .limit(1)
    )
    return (details or {}).get("unit")
