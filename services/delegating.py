"""The head of a unit names the officer who does a directive: its contact, the one who is reminded first."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import func, select

from db import Session
from db.models import Directive, Person
from domain.errors import MoveNotAllowed, NoSuchThing
from domain.lifecycle import WITH_UNIT
from domain.rights import Action
from services import absences, audit, people
from services.life import By, lead_people
from services.outbox import local_day, tell

EVENT = "delegate"  # the audit's word
DELEGATED = "delegated"  # to who has it now, and to who had it before


@dataclass(frozen=True)
class Candidate:
    """Somebody of the lead unit, how many open directives they are the contact of, and whether they are away."""

    person: Person
    open: int
    is_away: bool


async def check(session: Session, directive: Directive, by: By) -> None:
    """Let pass or refuse.

    Raises:
        NotAllowed: not the head of the lead unit.
        MoveNotAllowed: the unit does not have it in hand.
    """
    await people.check(session, by, directive, Action.DELEGATE)
    if directive.state not in WITH_UNIT:
        raise MoveNotAllowed(directive.state, EVENT)


async def candidates(session: Session, directive: Directive, by: By) -> list[Candidate]:
    """Whom a head can give a directive to: the others of the lead unit, who has least to do first, who is away last."""
    await check(session, directive, by)
    others = [p for p in await lead_people(session, directive) if p.id != by.person.id]
    busy = await _open_by_contact(session, [p.id for p in others])
    away = await absences.away(session, local_day(by.now))
    found = [Candidate(p, busy.get(p.id, 0), p.id in away) for p in others]
    return sorted(found, key=lambda c: (c.is_away, c.open, c.person.id))


async def _open_by_contact(session: Session, ids: list[int]) -> dict[int, int]:
    rows = await session.execute(
        select(Directive.contact_id, func.count())
        .where(Directive.contact_id.in_(ids), Directive.state.in_(WITH_UNIT))
        .group_by(Directive.contact_id)
    )
    return {row[0]: row[1] for row in rows if row[0] is not None}


async def delegate(session: Session, directive: Directive, person_id: int, by: By) -> Person:
    """Give a directive to an officer of the lead unit; they are told, and so is who had it before.

    Returns:
        the officer.

    Raises:
        NotAllowed, MoveNotAllowed: as ``check``.
        NoSuchThing: nobody of the unit's people, or not any more.
    """
    await check(session, directive, by)
    team = {p.id: p for p in await lead_people(session, directive)}
    if person_id not in team or person_id == by.person.id:
        raise NoSuchThing
    before, person = directive.contact_id, team[person_id]
    if before == person_id:
        return person
    directive.contact_id = person_id
    row = await audit.record(
        session, EVENT, now=by.now, directive=directive, actor=by.person,
        details={"to": person.name, "person": person_id}, inbox_id=by.inbox_id,
    )  # fmt: skip
    told = [person_id, *([before] if before in team and before != by.person.id else [])]
    payload = {"transition": row.id, "to": person_id}
    await tell(session, told, DELEGATED, now=by.now, directives=[directive.id], payload=payload)
    return person
