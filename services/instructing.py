"""An instruction (ý kiến chỉ đạo): what a leader writes on a directive; the unit and the office get it as it is."""

from __future__ import annotations

from db import Session
from db.models import Directive, Person
from domain.errors import MoveNotAllowed, ReasonMissing
from domain.lifecycle import OPEN
from domain.rights import Action
from services import audit, life, people
from services.life import By
from services.scope import supervising_leader

INSTRUCT = "instruct"  # the audit's word


async def check(session: Session, directive: Directive, by: By) -> None:
    """Let pass or refuse before the words are asked for.

    Raises:
        NotAllowed: not theirs to instruct.
        MoveNotAllowed: it has ended.
    """
    await people.check(session, by, directive, Action.INSTRUCT)
    if directive.state not in OPEN:
        raise MoveNotAllowed(directive.state, INSTRUCT)


async def instruct(session: Session, directive: Directive, words: str, by: By, *, to_helpers: bool = False) -> None:
    """Keep an instruction in the history and hand it on.

    Args:
        session: a write transaction.
        directive: issued and not ended.
        words: as they are to be read.
        by: who instructs.
        to_helpers: the units that help get it too.

    Raises:
        NotAllowed, MoveNotAllowed: see ``check``.
        ReasonMissing: no words.
    """
    await check(session, directive, by)
    if not words.strip():
        raise ReasonMissing(INSTRUCT)
    row = await audit.record(
        session, INSTRUCT, now=by.now, directive=directive, before=directive.state, after=directive.state,
        actor=by.person, reason=words.strip(), inbox_id=by.inbox_id,
    )  # fmt: skip
    helpers = await life.helpers(session, directive) if to_helpers else []
    told = [*await life.lead_people(session, directive), *helpers, *await _overseers(session, directive)]
    await life.tell_news(session, row, directive, told, by)


async def _overseers(session: Session, directive: Directive) -> list[Person]:
    """The office, and the leader in charge where somebody else instructs."""
    leader = await supervising_leader(session, directive.lead_unit_id) if directive.lead_unit_id else None
    return [*await people.clerks(session), *([leader] if leader else [])]
