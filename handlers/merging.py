"""A duplicate is merged into another directive: both are shown before anything changes."""

from __future__ import annotations

import re

from db.models import Directive
from handlers import cards
from handlers.buttons import Rows, button, stop
from handlers.common import by, view
from handlers.turn import Args, ButtonHandler, Handler, Turn
from services import life, merging
from texts import labels
from texts import steering as say

_NUMBER = re.compile(r"\d{1,9}")


async def press_merge(turn: Turn, args: Args) -> None:
    """``mrg:code``: into which one?"""
    directive = await cards.visible(turn, args[0])
    await merging.check(turn.session, directive, by(turn))
    turn.expect("merge", about=directive.id, directive=directive.code)
    turn.say(say.ask_merge(directive.id), stop(), directives=[directive.id])


async def take_number(turn: Turn) -> None:
    """The number of the one that stays: both are shown."""
    directive = await cards.visible(turn, turn.conversation.data["directive"])
    number = _NUMBER.search(turn.message.text)
    if number is None:
        turn.say(say.no_number(), stop())
        return
    into = await life.by_number(turn.session, int(number[0]), turn)
    await merging.check(turn.session, directive, by(turn))
    await merging.check_into(turn.session, directive, into, by(turn))
    turn.finish()
    text = say.confirm_merge(await view(turn, directive), await view(turn, into))
    turn.say(text, _rows(directive, into), directives=[directive.id, into.id])


def _rows(directive: Directive, into: Directive) -> Rows:
    rows = [[button(f"{labels.MERGE_INTO} #{into.id}", "mrgc", directive.code, into.code, 0, style="success")]]
    if directive.lead_unit is not None and directive.lead_unit_id not in _involved(into):
        rows.append([button(labels.MERGE_HELPING, "mrgc", directive.code, into.code, 1)])
    return [*rows, *stop()]


def _involved(directive: Directive) -> set[int | None]:
    return {directive.lead_unit_id, *(c.unit_id for c in directive.coordinations)}


async def confirm(turn: Turn, args: Args) -> None:
    """``mrgc:code:code:helps``: the first into the second, whose unit helps from now on, or not."""
    directive, into = await cards.visible(turn, args[0]), await cards.visible(turn, args[1])
    helps = args.number(2) == 1
    await merging.merge(turn.session, directive, into, by(turn), helps=helps)
    unit = directive.lead_unit.name if helps and directive.lead_unit else None
    text = say.merged(directive.id, into.id, unit)
    turn.say(text, [[button(f"#{into.id}", "d", into.code)]], directives=[into.id], edit=True)


STEPS: dict[str, Handler] = {"merge": take_number}
BUTTONS: dict[str, ButtonHandler] = {"mrg": press_merge, "mrgc": confirm}
