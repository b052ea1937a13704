"""``/donvi``: the units and their names, with what corrections have taught."""

from __future__ import annotations

from domain.errors import NoSuchThing
from domain.rights import Action, Role, Standing, may, require
from handlers.buttons import Rows, button, paging
from handlers.common import PAGE, by, page_of
from handlers.teaching import say_learned
from handlers.turn import Args, ButtonHandler, Handler, Turn
from services import aliases, office
from services.aliases import Learned
from services.units import KnownUnit, known_units
from texts import labels
from texts import units as say

PER_ROW = 4  # number buttons


async def units(turn: Turn) -> None:
    """``/donvi [tên]``: all units, or the one that is named."""
    _require(turn, Action.SEE_UNITS)
    words = "".join(turn.message.text.split(maxsplit=1)[1:]).strip()
    if not words:
        await _page(turn, 1, edit=False)
        return
    known = await office.directory(turn.session)
    match = known.match(words)
    found = [match.unit] if match.unit and match.certain else list(known.search(words, limit=PAGE))
    if len(found) == 1:
        await _show(turn, found[0].id, edit=False)
        return
    turn.say(say.which(words[:60], bool(found)), [[button(unit.name, "uo", unit.id)] for unit in found])


def _require(turn: Turn, action: Action) -> None:
    require(action, Standing(Role(turn.person.role)))


async def units_page(turn: Turn, args: Args) -> None:
    """``ul:page``: another page, in place."""
    _require(turn, Action.SEE_UNITS)
    await _page(turn, args.number(0), edit=True)


async def _page(turn: Turn, page: int, *, edit: bool) -> None:
    everyone = await known_units(turn.session)
    page, pages = page_of(len(everyone), page)
    first = (page - 1) * PAGE
    some = everyone[first : first + PAGE]
    numbers = [button(str(first + place), "uo", unit.id) for place, unit in enumerate(some, 1)]
    rows = [numbers[i : i + PER_ROW] for i in range(0, len(numbers), PER_ROW)]
    rows.append(paging(page, pages, "ul"))
    text = say.listing([_line(unit) for unit in some], len(everyone), first + 1, page, pages)
    turn.say(text, [row for row in rows if row], edit=edit)


def _line(unit: KnownUnit) -> say.UnitLine:
    names = [say.LearnedName(a.code, a.written, a.by, a.at) for a in unit.learned]
    return say.UnitLine(unit.id, unit.name, unit.linked, list(unit.aliases), names)


async def open_unit(turn: Turn, args: Args) -> None:
    """``uo:unit``: one unit with all its names, in place."""
    _require(turn, Action.SEE_UNITS)
    turn.finish()
    await _show(turn, args.number(0), edit=True)


async def _show(turn: Turn, unit_id: int, *, edit: bool) -> None:
    everyone = await known_units(turn.session)
    place, unit = next(((i, u) for i, u in enumerate(everyone) if u.id == unit_id), (0, None))
    if unit is None:
        raise NoSuchThing
    rows: Rows = []
    if may(Action.TEACH, Standing(Role(turn.person.role))):
        rows += [[button(f"{labels.UNDO} “{a.written[:40]}”", "uu", a.code, unit.id)] for a in unit.learned]
        rows.append([button(labels.ADD_ALIAS, "ua", unit.id)])
    if may(Action.MANAGE_UNITS, Standing(Role(turn.person.role))):
        rows.append([button(labels.CHANGE_UNIT, "uz", unit.id)])
    rows.append([button(labels.ALL_UNITS, "ul", place // PAGE + 1)])
    turn.say(say.one(_line(unit)), rows, edit=edit)


async def undo(turn: Turn, args: Args) -> None:
    """``uu:alias:unit``: take a learned name back, and show the unit without it."""
    undone = await aliases.undo(turn.session, args[0], by(turn))
    turn.toast = labels.UNDO
    await _show(turn, args.number(1), edit=True)
    if undone.reopened:
        turn.say(say.undone(undone.written, undone.unit, undone.reopened))


async def ask_alias(turn: Turn, args: Args) -> None:
    """``ua:unit``: ask for another name."""
    _require(turn, Action.TEACH)
    unit = await office.unit(turn.session, args.number(0))
    turn.expect("alias", unit=unit.id)
    turn.say(say.ask_alias(unit.name), [[button(labels.BACK, "uo", unit.id)]], edit=True)


async def take_alias(turn: Turn) -> None:
    """The name, typed. One that means another unit today is asked about first."""
    unit = await office.unit(turn.session, turn.conversation.data["unit"])
    lesson = await aliases.add(turn.session, turn.message.text, unit, by(turn))
    if isinstance(lesson, Learned):
        turn.finish()
        say_learned(turn, lesson)
        await _show(turn, unit.id, edit=False)
        return
    turn.expect("alias", unit=unit.id, written=lesson.written)
    rows = [[button(labels.REMEMBER, "ux", unit.id)], [button(labels.BACK, "uo", unit.id)]]
    turn.say(say.doubt(lesson.written, lesson.unit, lesson.other), rows)


async def confirm(turn: Turn, args: Args) -> None:
    """``ux:unit``: yes, it is this unit's name from now on."""
    data = turn.conversation.data
    if turn.conversation.step != "alias" or data.get("unit") != args.number(0) or "written" not in data:
        raise NoSuchThing
    unit = await office.unit(turn.session, args.number(0))
    lesson = await aliases.learn(turn.session, data["written"], unit, by(turn))
    turn.finish()
    say_learned(turn, lesson, edit=True)
    await _show(turn, unit.id, edit=False)


COMMANDS: dict[str, Handler] = {"donvi": units}
STEPS: dict[str, Handler] = {"alias": take_alias}
BUTTONS: dict[str, ButtonHandler] = {
    "ul": units_page,
    "uo": open_unit,
    "uu": undo,
    "ua": ask_alias,
    "ux": confirm,
}
