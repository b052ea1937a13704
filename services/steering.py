"""Whose a directive is, and whether it goes on: decided by the office or the leader in charge."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from sqlalchemy import select

from db import Session
from db.models import Directive, Person, Transition, Unit
from domain.errors import AlreadyThere
from domain.lifecycle import Event, State
from domain.rights import Action
from services import ending, extensions, group_chats, group_news, life, people, successors
from services.ends import open_ends
from services.life import By
from services.outbox import tell
from services.reminders import set_next_mention
from services.scope import supervising_leader


async def insist(session: Session, directive: Directive, by: By, reason: str | None = None) -> None:
    """The unit stays the accountable one, and has to acknowledge anew: its time for that begins again."""
    await people.check(session, by, directive, Action.STEER)
    row = await life.move(session, directive, Event.INSIST, by, reason)
    directive.acknowledged_at, directive.assigned_at = None, by.now
    directive.waits_since = await extensions.owed_since(session, directive)
    set_next_mention(directive, by.now, by.office)
    await life.tell_news(session, row, directive, await life.lead_people(session, directive), by)


async def reassign(session: Session, directive: Directive, unit: Unit, by: By, reason: str | None = None) -> None:
    """Another unit becomes the accountable one; pending requests are closed, and everybody it concerns is told.

    These are the old unit, who asked for what is closed, the units that help, and where another leader is in charge
    now, both leaders.
    """
    told = [*await life.lead_people(session, directive), *(await open_ends(session, directive)).askers]
    leader, old = await _leader(session, directive), directive.lead_unit_id
    row = await hand_over(session, directive, unit, by, reason, told)
    told += await life.helpers(session, directive)
    leaders = {p.id: p for p in (leader, await _leader(session, directive)) if p is not None}
    if len(leaders) > 1 or leader is None:
        told += leaders.values()
    new = await life.lead_people(session, directive)
    await life.tell_news(session, row, directive, [p for p in told if p.id not in people.ids(new)], by)
    await tell(
        session, people.ids(new), life.ISSUED,
        now=by.now, directives=[directive.id], urgent=directive.urgency is not None,
    )  # fmt: skip
    await group_chats.post(session, [directive], by.now)
    await group_news.post(session, row, directive, old)


async def _leader(session: Session, directive: Directive) -> Person | None:
    return await supervising_leader(session, directive.lead_unit_id) if directive.lead_unit_id else None


async def hand_over(
    session: Session,
    directive: Directive,
    unit: Unit,
    by: By,
    reason: str | None = None,
    told: Collection[Person] = (),
    **details: Any,
) -> Transition:
    """Make another unit the accountable one without saying so; pending requests are closed.

    Args:
        session: a write transaction.
        directive: not ended.
        unit: the new lead unit.
        by: who acts.
        reason: in words, where there is one.
        told: people whom the caller tells of it; others who asked for something are told that it is closed.
        details: further facts for the audit row.
    """
    await people.check(session, by, directive, Action.STEER)
    if unit.id == directive.lead_unit_id:
        raise AlreadyThere(unit.name)
    ends, old = await open_ends(session, directive), directive.lead_unit
    directive.lead_unit, directive.lead_unit_id = unit, unit.id
    await people.check(session, by, directive, Action.STEER)  # nor may it be given to another leader's field
    directive.acknowledged_at = directive.contact_id = directive.percent = None
    directive.reminders = 0
    directive.assigned_at = by.now
    units = {"old_unit": old.name if old else None, "old_unit_id": old.id if old else None, "new_unit": unit.name}
    row = await life.move(session, directive, Event.REASSIGN, by, reason, **units, **ends.details(), **details)
    await ending.close_open_ends(session, directive, by, told)
    return row


async def steer(session: Session, directive: Directive, event: Event, by: By, reason: str | None = None) -> None:
    """Suspend, resume, cancel or reopen; each with a reason."""
    await people.check(session, by, directive, Action.STEER)
    ends = await open_ends(session, directive) if event is Event.CANCEL else None
    row = await life.move(session, directive, event, by, reason, **(ends.details() if ends else {}))
    if directive.state == State.ISSUED:  # what is resumed before anybody took it: the time for that begins again
        directive.assigned_at = by.now
        set_next_mention(directive, by.now, by.office)
    if event is Event.REOPEN:
        _take_back(directive, by)
        await successors.follow(session, directive, successors.Acted(by.now, by.person, by.inbox_id))
    told = [*await life.concerned(session, directive), *(ends.askers if ends else ())]
    if ends is not None:
        await ending.close_open_ends(session, directive, by, told)
    await life.tell_news(session, row, directive, told, by)
    await group_news.post(session, row, directive)


def _take_back(directive: Directive, by: By) -> None:
    """What an approval and the submission before it have set is no more; the count of reminders begins anew."""
    directive.completed_at = directive.submitted_at = directive.percent = None
    directive.reminders = 0
    set_next_mention(directive, by.now, by.office)


async def suggested_unit(session: Session, directive: Directive) -> str | None:
    """The unit that was named when the directive was declined last."""
    details = await session.scalar(
        select(Transition.details)
        .where(Transition.directive_id == directive.id, Transition.event == Event.DECLINE)
        .order_by(Transition.id.desc())
        .limit(1)
    )
    return (details or {}).get("unit")


async def declined_with(session: Session, ids: Collection[int]) -> dict[int, tuple[str | None, str | None]]:
    """The reason and the unit that were named when each of these directives was declined last."""
    if not ids:
        return {}
    query = select(Transition).where(Transition.directive_id.in_(ids), Transition.event == Event.DECLINE)
    rows = await session.scalars(query.order_by(Transition.id))
    return {row.directive_id: (row.reason, row.details.get("unit")) for row in rows if row.directive_id is not None}
