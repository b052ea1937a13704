"""A clause for many with exceptions: which units are not meant, corrected by a clerk."""

from __future__ import annotations

import re

from db.models import Directive
from domain.errors import NoSuchThing
from domain.groups import member, spread
from handlers.buttons import button
from handlers.choosing import CHOICES
from handlers.common import by
from handlers.drafts import draft_of, show_draft, waiting_draft
from handlers.turn import Args, ButtonHandler, Handler, Turn
from services import correcting, office
from texts import labels
from texts import notices as say


async def ask(turn: Turn, args: Args) -> None:
    """``gxa:draft``: which units are not meant."""
    draft = await waiting_draft(turn, args[0])
    rows = [[button(labels.NO_EXCEPTED, "gxn", draft.code)]] if draft.excepted else []
    turn.expect("draft_excepted", about=draft.id, draft=draft.code)
    text = say.ask_excepted(draft.id, draft.excepted)
    turn.say(text, [*rows, [button(labels.BACK, "dv", draft.code)]], directives=[draft.id], edit=True)


async def take(turn: Turn) -> None:
    """The units as typed: all of them known in the group, or asked again."""
    draft = await draft_of(turn, turn.conversation.data["draft"])
    known = await office.directory(turn.session)
    everyone = known.group(draft.lead_group or "all")
    pieces = [w.strip() for w in re.split(r"[;\n]", turn.message.text) if w.strip()]
    names = [n for piece in pieces for n in ([piece] if member(known, everyone, piece) else _parts(piece))]
    reached = spread(known, draft.lead_group or "all", names)
    if reached.unknown or not names:
        words = reached.unknown[0] if reached.unknown else turn.message.text.strip()
        near = [unit.name for unit in known.search(words) if unit in everyone][:CHOICES]
        turn.say(say.excepted_unclear(words, near), [[button(labels.STOP, "dv", draft.code)]])
        return
    await _set(turn, draft, [unit.name for unit in reached.excepted], edit=False)


def _parts(piece: str) -> list[str]:
    return [part.strip() for part in re.split(r",|\bvà\b", piece) if part.strip()]


async def clear(turn: Turn, args: Args) -> None:
    """``gxn:draft``: every unit of the group is meant."""
    await _set(turn, await waiting_draft(turn, args[0]), [], edit=True)


async def choose(turn: Turn, args: Args) -> None:
    """``gx:draft:place:unit``: what one exception of the document means; unit 0 for nobody."""
    draft = await waiting_draft(turn, args[0])
    place, unit_id = args.number(1), args.number(2)
    if place >= len(draft.excepted):
        raise NoSuchThing
    names = list(draft.excepted)
    names[place : place + 1] = [(await office.unit(turn.session, unit_id)).name] if unit_id else []
    await _set(turn, draft, names, edit=True)


async def _set(turn: Turn, draft: Directive, names: list[str], *, edit: bool) -> None:
    await correcting.change_excepted(turn.session, draft, names, by(turn))
    turn.finish()
    await show_draft(turn, draft, edit=edit)


STEPS: dict[str, Handler] = {"draft_excepted": take}
BUTTONS: dict[str, ButtonHandler] = {"gxa": ask, "gxn": clear, "gx": choose}
