"""What somebody was the contact of in a unit goes to its head, and what waits to be said to them with it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import select

from db import Session
from db.models import Directive, Person, Unit
from domain.lifecycle import OPEN
from services import posts, readdressing
from services.outbox import tell

STAFF = "staff"  # an outbox row: something about a person's place, to them or to who takes over
LEFT = "person_left"


async def duties(session: Session, person: Person, unit_id: int | None = None) -> list[Directive]:
    """The open directives somebody is the contact of, in all units or in one."""
    query = select(Directive).where(Directive.contact_id == person.id, Directive.state.in_(sorted(OPEN)))
    if unit_id is not None:
        query = query.where(Directive.lead_unit_id == unit_id)
    return list(await session.scalars(query.order_by(Directive.last_day.is_(None), Directive.last_day, Directive.id)))


async def hand_over(
    session: Session, person: Person, unit: Unit, why: str, now: datetime, actor: Person | None = None
) -> list[Directive]:
    """Give a unit's head what somebody leaves there; gives the directives.

    Args:
        session: a write transaction.
        person: who works for the unit no more.
        unit: the unit.
        why: the audit's word for it.
        now: aware.
        actor: who did it; they are not told. None for the command line.
    """
    left = await duties(session, person, unit.id)
    heads = [p for p in await posts.heads_of(session, unit.id) if p.id != person.id]
    for directive in left:
        directive.contact_id = heads[0].id if heads else None
    heirs = heads or [p for p in await posts.of_unit(session, unit.id) if p.id != person.id]
    await readdressing.to_heir(session, person, heirs[0] if heirs else None, unit.id, now)
    payload: dict[str, Any] = {"why": why, "person": person.id, "handed": unit.name}
    told = [p.id for p in heads if actor is None or p.id != actor.id]
    await tell(session, told, STAFF, now=now, directives=[d.id for d in left], payload=payload)
    return left
