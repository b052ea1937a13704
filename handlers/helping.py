"""Which units help with an issued directive is changed: named, shown, confirmed."""

from __future__ import annotations

import re

from db.models import Directive
from domain.errors import NoSuchThing
from domain.organisation import UnitEntry
from handlers import cards
from handlers.buttons import Rows, button, stop
from handlers.common import by, typed_unit, view
from handlers.turn import Args, ButtonHandler, Handler, Turn
from services import coordinating, helping, office
from texts import labels
from texts import notices as say_notices
from texts import steering as say

LABEL_CHARS = 44


async def press_helpers(turn: Turn, args: Args) -> None:
    """``hlp:code``: who helps; whom to add, or whom to take out?"""
    directive = await cards.visible(turn, args[0])
    await helping.check(turn.session, directive, by(turn))
    turn.expect("helpers", about=directive.id, directive=directive.code)
    rows = [
        [button(f"{labels.TAKE_OUT} {c.unit.name if c.unit else c.written}"[:LABEL_CHARS], "hlpr", c.code)]
        for c in coordinating.parts_of(directive)
    ]
    turn.say(say.helpers(await view(turn, directive)), [*rows, *stop()], directives=[directive.id])


async def take_units(turn: Turn) -> None:
    """Names of units to add, separated by semicolons."""
    directive = await cards.visible(turn, turn.conversation.data["directive"])
    await helping.check(turn.session, directive, by(turn))
    found = []
    for name in filter(None, (part.strip() for part in re.split(r"[;\n]", turn.message.text))):
        entry, choices = await typed_unit(turn, name)
        if entry is None:
            turn.say(
                say_notices.unit_unclear(name, [c.name for c in choices]), [*_choices(directive, choices), *stop()]
            )
            return
        found.append(entry.id)
    await _confirm_adding(turn, directive, list(dict.fromkeys(found)))


def _choices(directive: Directive, choices: list[UnitEntry]) -> Rows:
    return [[button(c.name, "hlpa", directive.code, c.id)] for c in choices]


async def choose_unit(turn: Turn, args: Args) -> None:
    """``hlpa:code:unit``: one of the units offered."""
    directive = await cards.visible(turn, args[0])
    await helping.check(turn.session, directive, by(turn))
    await _confirm_adding(turn, directive, [args.number(1)])


async def _confirm_adding(turn: Turn, directive: Directive, units: list[int]) -> None:
    named = [await office.unit(turn.session, unit) for unit in units]
    for unit in named:
        helping.check_unit(directive, unit)
    turn.expect("helpers", about=directive.id, directive=directive.code, units=units, shown=turn.inbox_id)
    rows = [[button(labels.ADD, "hlpc", directive.code, turn.inbox_id, style="success")], *stop()]
    text = say.confirm_helpers(directive.id, [unit.name for unit in named], added=True)
    turn.say(text, rows, directives=[directive.id])


async def add(turn: Turn, args: Args) -> None:
    """``hlpc:code:shown``: as shown after that message.

    Raises:
        NoSuchThing: no units were shown for this directive, or others were typed since.
    """
    directive = await cards.visible(turn, args[0])
    data = turn.conversation.data if turn.conversation.step == "helpers" else {}
    if data.get("directive") != directive.code or data.get("shown") != args.number(1):
        raise NoSuchThing
    units = [await office.unit(turn.session, unit) for unit in data["units"]]
    await helping.add(turn.session, directive, units, by(turn))
    await _changed(turn, directive)


async def ask_remove(turn: Turn, args: Args) -> None:
    """``hlpr:part``: really?"""
    directive, part = await coordinating.by_code(turn.session, args[0])
    await helping.check(turn.session, directive, by(turn))
    name = part.unit.name if part.unit else part.written
    rows = [[button(labels.TAKE_OUT, "hlprc", part.code), button(labels.BACK, "hlp", directive.code)]]
    text = say.confirm_helpers(directive.id, [name], added=False)
    turn.say(text, rows, directives=[directive.id], edit=True)


async def remove(turn: Turn, args: Args) -> None:
    """``hlprc:part``: taken out; what it said stays."""
    directive, part = await coordinating.by_code(turn.session, args[0])
    await helping.check(turn.session, directive, by(turn))
    await coordinating.remove(turn.session, directive, part, by(turn))
    await _changed(turn, directive)


async def _changed(turn: Turn, directive: Directive) -> None:
    turn.finish()
    rows = [[button(f"#{directive.id}", "d", directive.code)]]
    turn.say(say.helpers_changed(await view(turn, directive)), rows, directives=[directive.id], edit=True)


STEPS: dict[str, Handler] = {"helpers": take_units}
BUTTONS: dict[str, ButtonHandler] = {
    "hlp": press_helpers,
    "hlpa": choose_unit,
    "hlpc": add,
    "hlpr": ask_remove,
    "hlprc": remove,
}
