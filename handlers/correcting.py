"""Correcting a draft: its lead unit, deadline, words and coordinating units."""

from __future__ import annotations

from channels.base import Button
from db.models import Directive, Unit
from domain.organisation import GROUPS
from handlers.buttons import button
from handlers.common import by, typed_deadline, typed_unit
from handlers.drafts import draft_of, group_choices, show_draft, waiting_draft
from handlers.turn import Args, ButtonHandler, Handler, Turn
from services import notices, office
from texts import labels
from texts import notices as say


async def edit_one(turn: Turn, args: Args) -> None:
    """``de:draft``: which part."""
    draft = await waiting_draft(turn, args[0])
    code = draft.code
    turn.say(
        say.edit(draft.id),
        [
            [button(labels.EDIT_LEAD, "dw", "lead", code), button(labels.EDIT_DEADLINE, "dw", "deadline", code)],
            [button(labels.EDIT_TEXT, "dw", "text", code), button(labels.EDIT_COORDINATING, "dw", "helpers", code)],
            [button(labels.BACK, "dv", code)],
        ],
        edit=True,
    )


async def view_draft(turn: Turn, args: Args) -> None:
    """``dv:draft``: back to the card, in place; what was being asked is left."""
    turn.finish()
    await show_draft(turn, await draft_of(turn, args[0]), edit=True)


async def ask_part(turn: Turn, args: Args) -> None:
    """``dw:part:draft``: ask for the new value in words."""
    part, code = args[0], args[1]
    draft = await waiting_draft(turn, code)
    back = [button(labels.BACK, "dv", code)]
    match part:
        case "lead":
            text, more = say.ask_lead(draft.id, await _example_unit(turn)), group_choices(code)
        case "deadline":
            text, more = say.ask_deadline(draft.id), [[button(labels.NO_DEADLINE, "dn", "deadline", code)]]
        case "text":
            text, more = say.ask_text(draft.id), []
        case _:
            text, more = say.ask_coordinating(draft.id), [[button(labels.NO_COORDINATING, "dn", "helpers", code)]]
    turn.expect(f"draft_{part}", about=draft.id, draft=code)
    turn.say(text, [*more, back], directives=[draft.id], edit=True)


async def _example_unit(turn: Turn) -> str:
    entries = (await office.directory(turn.session)).group("departments")
    return entries[0].name if entries else turn.person.unit.name


async def take_lead(turn: Turn) -> None:
    """The lead unit as typed: taken when certain, else asked with buttons."""
    draft = await draft_of(turn, turn.conversation.data["draft"])
    words = turn.message.text
    unit, choices = await typed_unit(turn, words)
    if unit is None:
        rows: list[list[Button]] = [[button(c.name, "dl", draft.code, c.id)] for c in choices]
        turn.say(say.unit_unclear(words, [c.name for c in choices]), [*rows, [button(labels.STOP, "dv", draft.code)]])
        return
    await _set_lead(turn, draft, await office.unit(turn.session, unit.id))


async def choose_lead(turn: Turn, args: Args) -> None:
    """``dl:draft:unit``: one of the units offered, or a group of them."""
    draft = await draft_of(turn, args[0])
    if args[1] in GROUPS:
        await _set_lead(turn, draft, None, group=args[1], edit=True)
    else:
        await _set_lead(turn, draft, await office.unit(turn.session, args.number(1)), edit=True)


async def _set_lead(turn: Turn, draft: Directive, unit: Unit | None, *, group: str = "all", edit: bool = False) -> None:
    await notices.change_lead(turn.session, draft, unit, by(turn), group)
    turn.finish()
    await show_draft(turn, draft, edit=edit)


async def take_deadline(turn: Turn) -> None:
    """A deadline in words."""
    draft = await draft_of(turn, turn.conversation.data["draft"])
    deadline = typed_deadline(turn, turn.message.text)
    await notices.change_deadline(turn.session, draft, deadline, by(turn))
    turn.finish()
    await show_draft(turn, draft)


async def take_text(turn: Turn) -> None:
    """The task in other words."""
    draft = await draft_of(turn, turn.conversation.data["draft"])
    await notices.change_text(turn.session, draft, turn.message.text.strip(), by(turn))
    turn.finish()
    await show_draft(turn, draft)


async def take_helpers(turn: Turn) -> None:
    """Coordinating units, all of them or none: one that is not known is asked again."""
    draft = await draft_of(turn, turn.conversation.data["draft"])
    units: list[Unit] = []
    for words in filter(None, (w.strip() for w in turn.message.text.replace("\n", ";").split(";"))):
        unit, _ = await typed_unit(turn, words)
        if unit is None:
            turn.say(say.unit_unclear(words, []), [[button(labels.STOP, "dv", draft.code)]])
            return
        units.append(await office.unit(turn.session, unit.id))
    await notices.change_coordinating(turn.session, draft, units, by(turn))
    turn.finish()
    await show_draft(turn, draft)


async def clear_part(turn: Turn, args: Args) -> None:
    """``dn:part:draft``: no deadline, or no coordinating units."""
    draft = await draft_of(turn, args[1])
    if args[0] == "deadline":
        await notices.change_deadline(turn.session, draft, None, by(turn))
    else:
        await notices.change_coordinating(turn.session, draft, [], by(turn))
    turn.finish()
    await show_draft(turn, draft, edit=True)


STEPS: dict[str, Handler] = {
    "draft_lead": take_lead,
    "draft_deadline": take_deadline,
    "draft_text": take_text,
    "draft_helpers": take_helpers,
}
BUTTONS: dict[str, ButtonHandler] = {
    "de": edit_one,
    "dv": view_draft,
    "dw": ask_part,
    "dl": choose_lead,
    "dn": clear_part,
}
