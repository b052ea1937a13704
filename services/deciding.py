"""Done or not: what the assigner's side decides, and what waits for it."""

from __future__ import annotations

from sqlalchemy import select

from db import Session
from db.models import Directive
from domain.lifecycle import Event, State
from domain.rights import Action, Role
from services import ending, life, people
from services.life import By


async def approve(session: Session, directive: Directive, by: By) -> None:
    """The assigner's side agrees that it is done, as of when the evidence was submitted."""
    await people.check(session, by, directive, Action.DECIDE)
    row = await life.move(session, directive, Event.APPROVE, by)
    directive.completed_at, directive.percent = directive.submitted_at, 100
    told = await life.concerned(session, directive)
    await ending.close_open_ends(session, directive, by, told)
    await life.tell_news(session, row, directive, told, by)


async def send_back(session: Session, directive: Directive, by: By, reason: str) -> None:
    """Not done yet: back to the unit, with the reason."""
    await people.check(session, by, directive, Action.DECIDE)
    row = await life.move(session, directive, Event.RETURN, by, reason)
    directive.submitted_at = None
    await life.tell_news(session, row, directive, await life.lead_people(session, directive), by)


async def waiting_for(session: Session, who: people.Acting) -> list[Directive]:
    """What waits for a person's decision: submitted or declined directives on the assigner's side."""
    if who.person.role not in {Role.CLERK, Role.LEADER}:
        return []
    found = await session.scalars(
        select(Directive)
        .where(Directive.state.in_([State.SUBMITTED, State.DECLINED]))
        .order_by(Directive.submitted_at, Directive.id)
    )
    waiting = list(found)
    stands = await people.standings(session, who, waiting)
    return [d for d, one in zip(waiting, stands, strict=True) if people.may_decide(one)]
