"""Done or not: what the unit's head and the assigner's side decide, and what is marked important."""

from __future__ import annotations

from sqlalchemy import select

from db import Session
from db.models import Directive, Transition
from domain.approvals import Level
from domain.lifecycle import Event, State
from domain.rights import Action
from services import audit, ending, levels, life, people
from services.life import By

MARKED, UNMARKED = "important", "ordinary"  # the audit's words


async def check(session: Session, directive: Directive, by: By) -> None:
    """The unit's head agrees that it is done: now it is the assigner's turn, who is told."""
    await levels.require_check(session, directive, by)
    said = await _handed_in(session, directive)
    report = {"report": said.details["report"]} if said and "report" in said.details else {}
    row = await life.move(session, directive, Event.CHECK, by, **report)
    told = [*await people.deciders(session, directive), *await life.lead_people(session, directive)]
    await life.tell_news(session, row, directive, told, by)


async def approve(session: Session, directive: Directive, by: By) -> None:
    """The assigner's side agrees that it is done, as of when the evidence was submitted."""
    await levels.require_approval(session, directive, by)
    row = await life.move(session, directive, Event.APPROVE, by)
    directive.completed_at, directive.percent = directive.submitted_at, 100
    told = await life.concerned(session, directive)
    await ending.close_open_ends(session, directive, by, told)
    await life.tell_news(session, row, directive, told, by)


async def send_back(session: Session, directive: Directive, by: By, reason: str) -> None:
    """Not done yet: back to the unit, with the reason. By the unit's head, too, while the head's word is awaited."""
    await levels.require_return(session, directive, by)
    row = await life.move(session, directive, Event.RETURN, by, reason)
    directive.submitted_at = None
    await life.tell_news(session, row, directive, await life.lead_people(session, directive), by)


async def mark_important(session: Session, directive: Directive, by: By, *, important: bool) -> bool:
    """Decide on it more strictly, or as on any other. What waits for the assigner goes to the unit's head first then.

    Returns:
        whether anything has changed.
    """
    await people.check(session, by, directive, Action.STEER)
    if directive.important == important:
        return False
    directive.important = important
    event = MARKED if important else UNMARKED
    row = await audit.record(
        session, event, now=by.now, directive=directive, before=directive.state, after=directive.state,
        actor=by.person, inbox_id=by.inbox_id,
    )  # fmt: skip
    if directive.state in {State.ISSUED, State.IN_PROGRESS}:
        await life.tell_news(session, row, directive, await life.lead_people(session, directive), by)
    handed_in = await _handed_in(session, directive) if directive.state == State.SUBMITTED else None
    if handed_in and (await levels.of_one(session, directive, by)).level is Level.HEAD:
        await life.tell_news(session, handed_in, directive, await levels.first_told(session, directive, by), by)
    return True


async def _handed_in(session: Session, directive: Directive) -> Transition | None:
    query = select(Transition).where(Transition.directive_id == directive.id, Transition.event == Event.SUBMIT)
    return await session.scalar(query.order_by(Transition.id.desc()).limit(1))
