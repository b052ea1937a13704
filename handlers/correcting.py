"""Correcting a draft: its lead unit, deadline, words and coordinating units."""

from __future__ import annotations

from channels.base import Button
from db.models import Coordination, Directive, Unit
from domain.errors import NoSuchThing
from domain.organisation import GROUPS
from handlers.buttons import Rows, button
from handlers.choosing import group_choices, strangers
from handlers.common import by, typed_deadline, typed_unit
from handlers.counted_by import field_row
from handlers.drafts import draft_of, show_draft, waiting_draft
from handlers.teaching import Taught, teach, tell
from handlers.turn import Args, ButtonHandler, Handler, Turn
from services import correcting, office
from texts import labels
from texts import notices as say


async def edit_one(turn: Turn, args: Args) -> None:
    """``de:draft``: which part."""
    draft = await waiting_draft(turn, args[0])
    code = draft.code
    group = [[button(labels.EDIT_EXCEPTED, "gxa", code)]] if draft.lead_group else []
    label, mark = (labels.NOT_IMPORTANT, 0) if draft.important else (labels.IMPORTANT, 1)
    turn.say(
        say.edit(draft.id),
        [
            *group,
            [button(labels.EDIT_LEAD, "dw", "lead", code), button(labels.EDIT_DEADLINE, "dw", "deadline", code)],
            [button(labels.EDIT_TEXT, "dw", "text", code), button(labels.EDIT_COORDINATING, "dw", "helpers", code)],
            [button(labels.EDIT_RECURRING, "drq", code), button(labels.EDIT_URGENCY, "du", code)],
            [button(label, "imp", code, mark), *field_row(turn, draft)],
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
            text = say.ask_coordinating(draft.id)
            more = [*await _unknown_helpers(turn, draft), [button(labels.NO_COORDINATING, "dn", "helpers", code)]]
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
    await correcting.change_lead(turn.session, draft, unit, by(turn), group)
    turn.finish()
    taught = await teach(turn, draft, draft.lead_written, unit) if unit else None
    await _show(turn, draft, taught, edit=edit)


async def _show(turn: Turn, draft: Directive, taught: Taught | None, *, edit: bool) -> None:
    """The card, and what was learned; a new card stands last, as it is what goes on."""
    if taught and not edit:
        tell(turn, taught)
    await show_draft(turn, draft, edit=edit)
    if taught and edit:
        tell(turn, taught)


async def take_deadline(turn: Turn) -> None:
    """A deadline in words."""
    draft = await draft_of(turn, turn.conversation.data["draft"])
    deadline = typed_deadline(turn, turn.message.text)
    await correcting.change_deadline(turn.session, draft, deadline, by(turn))
    turn.finish()
    await show_draft(turn, draft)


async def take_text(turn: Turn) -> None:
    """The task in other words."""
    draft = await draft_of(turn, turn.conversation.data["draft"])
    await correcting.change_text(turn.session, draft, turn.message.text.strip(), by(turn))
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
    meant = await _meant_by(turn, draft, units)
    await correcting.change_coordinating(turn.session, draft, units, by(turn))
    turn.finish()
    if meant is not None:
        written, new = meant
        await _show(turn, draft, await teach(turn, draft, written, new, _place(draft, written)), edit=False)
        return
    await show_draft(turn, draft)


async def _meant_by(turn: Turn, draft: Directive, units: list[Unit]) -> tuple[str, Unit] | None:
    """The one unknown name, and the one new unit that stands in its place; None where it is not as plain as that."""
    unknown = await strangers(turn, draft)
    before = {c.unit_id for c in draft.coordinations} - {None}
    added = [unit for unit in units if unit.id not in before]
    if len(unknown) != 1 or len(added) != 1 or before - {unit.id for unit in units}:
        return None
    return next(iter(unknown.values())), added[0]


def _place(draft: Directive, written: str) -> int:
    names = (draft.as_read or {}).get("coordinating", [])
    return names.index(written) if written in names else len(names)


async def _unknown_helpers(turn: Turn, draft: Directive) -> Rows:
    unknown = await strangers(turn, draft)
    return [[button(f"“{name[:40]}” là…", "dk", draft.code, row)] for row, name in unknown.items()]


async def ask_helper(turn: Turn, args: Args) -> None:
    """``dk:draft:row``: which unit a coordinating name means."""
    draft = await waiting_draft(turn, args[0])
    helper = _helper(draft, args.number(1))
    near = (await office.directory(turn.session)).match(helper.written).candidates
    rows = [[button(unit.name, "dc", draft.code, helper.id, unit.id)] for unit in near]
    turn.expect("draft_helper", about=draft.id, draft=draft.code, helper=helper.id)
    text = say.ask_helper(draft.id, helper.written)
    turn.say(text, [*rows, [button(labels.BACK, "dv", draft.code)]], directives=[draft.id], edit=True)


def _helper(draft: Directive, row: int) -> Coordination:
    found = next((c for c in draft.coordinations if c.id == row), None)
    if found is None:
        raise NoSuchThing
    return found


async def take_helper(turn: Turn) -> None:
    """The unit as typed: taken when certain, else asked with buttons."""
    draft = await draft_of(turn, turn.conversation.data["draft"])
    helper = _helper(draft, turn.conversation.data["helper"])
    words = turn.message.text
    unit, found = await typed_unit(turn, words)
    if unit is None:
        rows = [[button(c.name, "dc", draft.code, helper.id, c.id)] for c in found]
        turn.say(say.unit_unclear(words, [c.name for c in found]), [*rows, [button(labels.STOP, "dv", draft.code)]])
        return
    await _set_helper(turn, draft, helper, await office.unit(turn.session, unit.id))


async def choose_helper(turn: Turn, args: Args) -> None:
    """``dc:draft:row:unit``: one of the units offered."""
    draft = await waiting_draft(turn, args[0])
    helper = _helper(draft, args.number(1))
    await _set_helper(turn, draft, helper, await office.unit(turn.session, args.number(2)), edit=True)


async def _set_helper(turn: Turn, draft: Directive, helper: Coordination, unit: Unit, *, edit: bool = False) -> None:
    written = helper.written
    await correcting.change_helper(turn.session, draft, helper, unit, by(turn))
    turn.finish()
    await _show(turn, draft, await teach(turn, draft, written, unit, _place(draft, written)), edit=edit)


async def clear_part(turn: Turn, args: Args) -> None:
    """``dn:part:draft``: no deadline, or no coordinating units."""
    draft = await draft_of(turn, args[1])
    if args[0] == "deadline":
        await correcting.change_deadline(turn.session, draft, None, by(turn))
    else:
        await correcting.change_coordinating(turn.session, draft, [], by(turn))
    turn.finish()
    await show_draft(turn, draft, edit=True)


STEPS: dict[str, Handler] = {
    "draft_lead": take_lead,
    "draft_deadline": take_deadline,
    "draft_text": take_text,
    "draft_helpers": take_helpers,
    "draft_helper": take_helper,
}
BUTTONS: dict[str, ButtonHandler] = {
    "de": edit_one,
    "dv": view_draft,
    "dw": ask_part,
    "dl": choose_lead,
    "dn": clear_part,
    "dk": ask_helper,
    "dc": choose_helper,
}
