"""The buttons of a directive that was handed in, for whose turn it is: the unit's head, the office, the leader."""

from __future__ import annotations

from db import Session
from db.models import Directive, Person
from domain.approvals import Level
from domain.lifecycle import State
from domain.rights import Action, Role, Standing, may
from handlers.buttons import Rows, button
from handlers.rendering import When
from services import levels, people
from services.life import By
from texts import approving as say
from texts import labels
from texts import work as say_work


async def rows_of(session: Session, directive: Directive, person: Person, at: When, *, numbered: bool = False) -> Rows:
    """What a person can decide about what was handed in; nothing while it is somebody else's turn.

    Args:
        session: an open transaction.
        directive: any; only one that waits has such buttons.
        person: who would press.
        at: as of when.
        numbered: name the directive on each, where several stand under one message.
    """
    if directive.state != State.SUBMITTED:
        return []
    by = By(person, at.now, at.office)
    stands = await people.standing(session, by, directive)
    if not (may(Action.CHECK, stands) or may(Action.DECIDE, stands)):
        return []
    return of_level((await levels.of_one(session, directive, by)).level, directive, stands, numbered=numbered)


def of_level(level: Level, directive: Directive, stands: Standing, *, numbered: bool = False, page: int = 0) -> Rows:
    """The same, where it is known whose turn it is. ``page``: of the list that goes on without it; 0: none."""
    tail = f" #{directive.id}" if numbered else ""
    code, of_list = directive.code, (page,) if page else ()
    back = button(f"{labels.SEND_BACK}{tail}", "ret", code)
    if level is Level.HEAD:
        agree = button(f"{labels.CHECK}{tail}", "chk", code, *of_list, style="success")
        return [[agree, back]] if may(Action.CHECK, stands) else []
    if not may(Action.DECIDE, stands):
        return []
    if level is Level.LEADER and stands.role is not Role.LEADER:
        return [[back]]
    return [[button(f"{labels.APPROVE}{tail}", "ok", code, *of_list, style="success"), back]]


async def handed_in(session: Session, directive: Directive, person: Person, at: When, *, closed: bool) -> str:
    """To who handed it in: kept, and who sees it first. ``closed``: a request for more time has ended with it."""
    by = By(person, at.now, at.office)
    turn = await levels.of_one(session, directive, by)
    if turn.level is not Level.HEAD:
        return say_work.submitted(directive.id, at.now, closed)
    return say.submitted(directive.id, at.now, await levels.names(session, turn.heads), closed_request=closed)
