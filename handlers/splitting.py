"""A directive is split into parts: one line each, shown before anything changes."""

from __future__ import annotations

import re
from datetime import date, time
from typing import Any

from db.models import Directive
from domain.deadlines import Deadline
from domain.errors import NoSuchThing, PartUnitUnclear
from handlers import cards
from handlers.buttons import button, stop
from handlers.common import by, typed_unit, view
from handlers.giving import deadline_in, without
from handlers.intake import refuse_secret
from handlers.turn import Args, ButtonHandler, Handler, Turn
from services import office, splitting
from services.splitting import Part
from texts import labels
from texts import steering as say

_BULLET = re.compile(r"^\s*(?:[-+*•]|\d{1,2}[.)])\s+")


async def press_split(turn: Turn, args: Args) -> None:
    """``spl:code``: into which parts?"""
    directive = await cards.visible(turn, args[0])
    await splitting.check(turn.session, directive, by(turn))
    turn.expect("split", about=directive.id, directive=directive.code)
    turn.say(say.ask_parts(await view(turn, directive)), stop(), directives=[directive.id])


async def take_parts(turn: Turn) -> None:
    """The parts, one a line: shown as they were understood."""
    directive = await cards.visible(turn, turn.conversation.data["directive"])
    await splitting.check(turn.session, directive, by(turn))
    refuse_secret(turn.message.text)
    lines = [line for line in (_BULLET.sub("", raw).strip() for raw in turn.message.text.splitlines()) if line]
    parts = [await _read(turn, number, line) for number, line in enumerate(lines, start=1)]
    splitting.check_parts(directive, parts, by(turn))
    kept = [_kept(part) for part in parts]
    turn.expect("split", about=directive.id, directive=directive.code, parts=kept, shown=turn.inbox_id)
    rows = [[button(labels.SPLIT, "splc", directive.code, turn.inbox_id, style="success")], *stop()]
    shown = [_line(turn, directive, part) for part in parts]
    turn.say(say.confirm_split(await view(turn, directive), shown), rows, directives=[directive.id])


async def _read(turn: Turn, number: int, line: str) -> Part:
    """One part: "Phòng A: làm X, trước 15/3", with or without its unit and its deadline.

    Raises:
        PartUnitUnclear: what stands before the colon may be several units.
    """
    name, _, rest = line.partition(":")
    entry, choices = await typed_unit(turn, name) if rest.strip() else (None, [])
    if entry is None and choices:
        raise PartUnitUnclear(number, name.strip(), tuple(c.name for c in choices))
    task = rest.strip() if entry else line
    deadline = deadline_in(turn, task)
    return Part(without(task, deadline), await office.unit(turn.session, entry.id) if entry else None, deadline)


def _line(turn: Turn, directive: Directive, part: Part) -> say.PartLine:
    lead = part.unit or directive.lead_unit
    last_day = splitting.own_last_day(part, by(turn)) or directive.last_day
    return say.PartLine(lead.name if lead else "", part.text, last_day)


def _kept(part: Part) -> dict[str, Any]:
    """A part as a conversation keeps it: dates as text."""
    due = part.deadline
    kept = None
    if due is not None:
        kept = {
            "date": _iso(due.date),
            "inclusive": due.inclusive,
            "time": _iso(due.time),
            "text": due.text,
            "rule": due.rule,
        }
    return {"text": part.text, "unit": part.unit.id if part.unit else None, "deadline": kept}


def _iso(value: date | time | None) -> str | None:
    return value.isoformat() if value else None


async def _part(turn: Turn, kept: dict[str, Any]) -> Part:
    unit = await office.unit(turn.session, kept["unit"]) if kept["unit"] is not None else None
    return Part(kept["text"], unit, _deadline(kept["deadline"]))


def _deadline(kept: dict[str, Any] | None) -> Deadline | None:
    if kept is None:
        return None
    return Deadline(
        date.fromisoformat(kept["date"]) if kept["date"] else None,
        inclusive=kept["inclusive"],
        time=time.fromisoformat(kept["time"]) if kept["time"] else None,
        text=kept["text"],
        rule=kept["rule"],
    )


async def confirm(turn: Turn, args: Args) -> None:
    """``splc:code:shown``: as shown after that message.

    Raises:
        NoSuchThing: no parts were shown for this directive, or others were typed since.
    """
    directive = await cards.visible(turn, args[0])
    data = turn.conversation.data if turn.conversation.step == "split" else {}
    if data.get("directive") != directive.code or data.get("shown") != args.number(1):
        raise NoSuchThing
    parts = [await _part(turn, kept) for kept in data["parts"]]
    made = await splitting.split(turn.session, directive, parts, by(turn))
    turn.finish()
    numbers = [one.id for one in made]
    rows = [[button(f"#{one.id}", "d", one.code) for one in made[i : i + 4]] for i in range(0, len(made), 4)]
    turn.say(say.split(directive.id, numbers), rows, directives=numbers, edit=True)


STEPS: dict[str, Handler] = {"split": take_parts}
BUTTONS: dict[str, ButtonHandler] = {"spl": press_split, "splc": confirm}
