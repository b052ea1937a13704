"""The buttons about units that help, under a directive: the unit's own part, and for the others who has answered."""

from __future__ import annotations

from collections.abc import Sequence

from db.models import Coordination, Directive
from domain.lifecycle import OPEN
from domain.rights import Action, Standing, may
from handlers.buttons import Rows, button
from handlers.turn import Turn
from services import coordinating
from texts import labels
from texts import parts as say


async def rows_of(turn: Turn, directive: Directive, stands: Standing) -> Rows:
    """What this person can do about the parts of a directive now."""
    rows: Rows = []
    if may(Action.HELP, stands):
        part = await coordinating.own_part(turn.session, directive, turn.person)
        rows += of_helper(directive, part) if part else []
    if may(Action.REPORT, stands) or may(Action.STEER, stands):
        rows += of_lead(directive)
    return rows


def of_helper(directive: Directive, part: Coordination) -> Rows:
    """What a unit can do with its own part."""
    if directive.state not in OPEN:
        return []
    answer = button(say.ANSWER, "pa", part.code)
    not_ours = button(labels.NOT_OURS, "pno", part.code)
    if part.answered_at is not None:
        return [[answer]]
    if part.acknowledged_at is not None:
        return [[answer, not_ours]]
    return [[button(labels.ACKNOWLEDGE, "pk", part.code, style="success"), answer], [not_ours]]


def of_lead(directive: Directive) -> Rows:
    """Opens the list of the units that help."""
    known = [c for c in coordinating.parts_of(directive) if c.unit_id is not None]
    answered = sum(c.answered_at is not None for c in known)
    return [[button(say.parts(answered, len(known)), "pl", directive.code)]] if known else []


def names(parts: Sequence[Coordination]) -> list[str]:
    """The units of parts, as the directory or else the notice has them."""
    return [c.unit.name if c.unit else c.written for c in parts]


def with_awaited(text: str, directive: Directive) -> str:
    """Words for who hands a directive in, and which of the units that help have not answered."""
    missing = say.missing(names(coordinating.awaited(directive)))
    return f"{text}\n{missing}" if missing else text
