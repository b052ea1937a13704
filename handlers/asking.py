"""The buttons of an explanation under a directive's card: asked by the leader's side, given by the unit."""

from __future__ import annotations

from channels.base import Button
from db.models import Directive
from domain.rights import Action, Standing, may
from handlers.buttons import Rows, button
from handlers.turn import Turn
from services import explanations
from texts import labels


def to_ask(code: str, number: int | None = None) -> Button:
    """Asks for an explanation of a directive; with its number where several stand under one message."""
    return button(f"{labels.ASK_EXPLANATION} #{number}" if number else labels.ASK_EXPLANATION, "xa", code)


def to_explain(code: str, number: int | None = None) -> Button:
    """Answers a request."""
    return button(f"{labels.EXPLAIN} #{number}" if number else labels.EXPLAIN, "xg", code)


async def rows_of(turn: Turn, directive: Directive, stands: Standing) -> Rows:
    """What this person can do about an explanation of a directive now."""
    may_ask = may(Action.ASK_EXPLANATION, stands) and explanations.is_askable(directive, turn.today)
    if not (may_ask or may(Action.REPORT, stands)):
        return []
    waiting = (await explanations.open_of(turn.session, [directive.id])).get(directive.id)
    if waiting is None:
        return [[to_ask(directive.code)]] if may_ask else []
    return [[to_explain(waiting.code)]] if may(Action.REPORT, stands) else []
