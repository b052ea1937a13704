"""A directive says the same as another one: it ends, and the other stands in its place."""

from __future__ import annotations

from db import Session
from db.models import Directive
from domain.errors import AlreadyThere, ComesAgain, MergeIntoEnded, MergeIntoItself
from domain.lifecycle import OPEN, Event, State, after
from domain.rights import Action
from services import audit, ending, helping, life, people
from services.ends import open_ends
from services.life import By
from services.recurring import comes_again

INCLUDED = "include"  # the audit's word on the one that stays


async def check(session: Session, directive: Directive, by: By) -> None:
    """Let pass or refuse a merge before it is asked into which.

    Raises:
        NotAllowed, MoveNotAllowed: why it cannot be merged.
        ComesAgain: its series would end unsaid.
    """
    await people.check(session, by, directive, Action.STEER)
    after(State(directive.state), Event.MERGE)
    if comes_again(directive):
        raise ComesAgain(directive.id)


async def check_into(session: Session, directive: Directive, into: Directive, by: By) -> None:
    """Let pass or refuse one as the one that stays.

    Raises:
        NotAllowed: it is in another leader's field.
        MergeIntoItself: it is the same one.
        MergeIntoEnded: it is a draft, or has ended.
    """
    await people.check(session, by, into, Action.STEER)
    if into.id == directive.id:
        raise MergeIntoItself(directive.id)
    if into.state not in OPEN:
        raise MergeIntoEnded(into.id, into.state)


async def merge(session: Session, directive: Directive, into: Directive, by: By, *, helps: bool = False) -> None:
    """End a duplicate, close what waits on it, and tell everybody it concerns.

    Args:
        session: a write transaction.
        directive: the duplicate.
        into: the one that stays; its deadline and unit stay as they are.
        by: who acts.
        helps: whether the duplicate's unit helps with the other one from now on.

    Raises:
        NotAllowed, MoveNotAllowed, ComesAgain, MergeIntoItself, MergeIntoEnded: why it is not merged.
        AlreadyThere: its unit leads the other one, and need not help.
    """
    await check(session, directive, by)
    await check_into(session, directive, into, by)
    ends, told = await open_ends(session, directive), await life.concerned(session, directive)
    directive.replaced_by_id = into.id
    reason = f"Gộp vào #{into.id}"
    row = await life.move(session, directive, Event.MERGE, by, reason, into=into.id, **ends.details())
    await ending.close_open_ends(session, directive, by, [*told, *ends.askers])
    await life.tell_news(session, row, directive, [*told, *ends.askers], by)
    if helps:
        await _let_help(session, directive, into, by)
    row = await audit.record(
        session, INCLUDED, now=by.now, directive=into, before=into.state, after=into.state, actor=by.person,
        inbox_id=by.inbox_id, reason=directive.text, details={"merged": f"#{directive.id}"},
    )  # fmt: skip
    knows = set(people.ids(told)) if directive.lead_unit_id == into.lead_unit_id else set()
    await life.tell_news(
        session, row, into, [p for p in await life.lead_people(session, into) if p.id not in knows], by
    )


async def _let_help(session: Session, directive: Directive, into: Directive, by: By) -> None:
    unit = directive.lead_unit
    if unit is None or unit.id == into.lead_unit_id:
        raise AlreadyThere(unit.name if unit else "")
    await helping.add(session, into, [unit], by)
