"""Units change: from the unit's card in ``/donvi``, each change is shown ahead and confirmed."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from typing import Any

from channels.base import Button, OutgoingMessage
from db import Session
from db.models import Directive, Outbox, Person, Unit
from domain.errors import NoSuchThing
from domain.organisation import fold
from domain.rights import Role
from handlers.buttons import Rows, button
from handlers.common import by, typed_unit
from handlers.rendering import Moment, message_of
from handlers.turn import Args, ButtonHandler, Handler, Turn
from services import office, reorganising
from services.successors import REORGANISED
from texts import labels, units
from texts import reorganising as say

PER_ROW = 4
_ASKED = {"rename": labels.RENAME, "merge": labels.MERGE_UNITS, "split": labels.SPLIT_UNIT, "place": labels.PLACE}


async def choose(turn: Turn, args: Args) -> None:
    """``uz:unit``: what changes."""
    reorganising.check(by(turn))
    turn.finish()
    unit = await office.unit(turn.session, args.number(0))
    rows: Rows = [[button(label, "uq", what, unit.id)] for what, label in _ASKED.items()]
    rows += [[button(labels.LEADER_IN_CHARGE, "uw", unit.id)], [button(labels.BACK, "uo", unit.id)]]
    turn.say(say.choose(unit.name), rows, edit=True)


async def ask(turn: Turn, args: Args) -> None:
    """``uq:what:unit``: ask for the name, or for the other unit."""
    reorganising.check(by(turn))
    unit = await office.unit(turn.session, args.number(1))
    if args[0] not in _ASKED:
        raise NoSuchThing
    turn.expect("reorganise", what=args[0], unit=unit.id)
    turn.say(say.ask(args[0], unit.name), [[button(labels.BACK, "uz", unit.id)]], edit=True)


async def take(turn: Turn) -> None:
    """The name, or the other units, typed."""
    reorganising.check(by(turn))
    data = dict(turn.conversation.data)
    unit = await office.unit(turn.session, data["unit"])
    await _TAKES[data["what"]](turn, unit, " ".join(turn.message.text.split()))


async def _take_rename(turn: Turn, unit: Unit, words: str) -> None:
    _confirm(turn, say.confirm_rename(unit.name, words), what="rename", unit=unit.id, name=words)


async def _take_merge(turn: Turn, unit: Unit, words: str) -> None:
    found = [unit]
    for name in filter(None, map(str.strip, words.split(";"))):
        other, choices = await typed_unit(turn, name)
        if other is None:
            turn.say(units.which(name[:60], bool(choices)), [[button(c.name, "ub", c.id)] for c in choices])
            return
        found.append(await office.unit(turn.session, other.id))
    await _ask_name(turn, found)


async def press_other(turn: Turn, args: Args) -> None:
    """``ub:unit``: the other unit, chosen."""
    data = _of(turn, "reorganise")
    both = [await office.unit(turn.session, number) for number in (data["unit"], args.number(0))]
    take_one = {"merge": _ask_name, "place": _place_known}.get(data["what"])
    if take_one is None:
        raise NoSuchThing
    await take_one(turn, both)


async def _ask_name(turn: Turn, found: Sequence[Unit]) -> None:
    ids = list(dict.fromkeys(unit.id for unit in found))
    if len(ids) < 2:
        raise NoSuchThing
    turn.expect("reorganise", what="name", unit=ids[0], units=ids)
    rows = [[button(unit.name, "ug", unit.id)] for unit in found]
    turn.say(say.ask("name", found[0].name), [*rows, [button(labels.BACK, "uz", ids[0])]])


async def press_name(turn: Turn, args: Args) -> None:
    """``ug:unit``: the merged unit keeps the name of one of them."""
    _of(turn, "reorganise")
    await _confirm_merge(turn, (await office.unit(turn.session, args.number(0))).name)


async def _take_name(turn: Turn, unit: Unit, words: str) -> None:
    await _confirm_merge(turn, words)


async def _confirm_merge(turn: Turn, name: str) -> None:
    ids = _of(turn, "reorganise").get("units", ())
    found = [await office.unit(turn.session, number) for number in ids]
    ahead = await reorganising.look_ahead(turn.session, found)
    shown = say.Ahead(ahead.directives, ahead.helping, ahead.people, ahead.heads, ahead.twice)
    text = say.confirm_merge([unit.name for unit in found], name, shown)
    _confirm(turn, text, what="merge", unit=ids[0], units=ids, name=name)


async def _take_place(turn: Turn, unit: Unit, words: str) -> None:
    parent, choices = await typed_unit(turn, words)
    if parent is None:
        turn.say(units.which(words[:60], bool(choices)), [[button(c.name, "ub", c.id)] for c in choices])
        return
    await _place_known(turn, [unit, await office.unit(turn.session, parent.id)])


async def _place_known(turn: Turn, both: Sequence[Unit]) -> None:
    unit, parent = both
    _confirm(turn, say.confirm_place(unit.name, parent.name), what="place", unit=unit.id, parent=parent.id)


async def ask_leader(turn: Turn, args: Args) -> None:
    """``uw:unit``: ask which leader is in charge."""
    reorganising.check(by(turn))
    unit = await office.unit(turn.session, args.number(0))
    leaders = [p for p in await office.active_people(turn.session) if p.role == Role.LEADER and p.id != unit.leader_id]
    rows = [[button(p.name, "uj", unit.id, p.id)] for p in leaders]
    if unit.leader_id is not None and unit.parent_id is not None:
        rows.append([button(labels.LEADER_ABOVE, "uj", unit.id, 0)])
    turn.say(say.ask("lead", unit.name), [*rows, [button(labels.BACK, "uz", unit.id)]], edit=True)


async def press_leader(turn: Turn, args: Args) -> None:
    """``uj:unit:person``: that leader, or with 0 the one of the unit above."""
    reorganising.check(by(turn))
    unit = await office.unit(turn.session, args.number(0))
    leader = await turn.session.get(Person, args.number(1))
    text = say.confirm_lead(unit.name, leader.name if leader else None)
    _confirm(turn, text, what="lead", unit=unit.id, leader=leader.id if leader else None)


# --- splitting: what goes along is chosen one by one ---


async def _take_split(turn: Turn, unit: Unit, words: str) -> None:
    turn.expect("reorganise_pick", what="split", unit=unit.id, name=words, directives=[], helped=[], people=[])
    await _show_choice(turn, unit)


async def _show_choice(turn: Turn, unit: Unit, *, edit: bool = False) -> None:
    data = {"helped": [], **turn.conversation.data}
    directives, helped, people = await _choices(turn, unit)
    marks = [_marked(f"#{d.id}", "directives", d.id, data) for d in directives]
    parts = [_marked(f"{labels.HELPS} #{d.id}", "helped", d.id, data) for d in helped]
    rows = [row[i : i + PER_ROW] for row in (marks, parts) for i in range(0, len(row), PER_ROW)]
    rows += [[_marked(p.name, "people", p.id, data)] for p in people]
    rows.append([button(labels.ALL_WORK, "uk", "all", 0), button(labels.CONFIRM, "uy", style="success")])
    rows.append([button(labels.BACK, "uz", unit.id)])
    chosen = len(data["directives"]), len(data["helped"]), len(data["people"])
    turn.say(say.pick(unit.name, data["name"], *chosen, has_parts=bool(helped)), rows, edit=edit)


def _marked(label: str, kind: str, number: int, data: dict[str, list[int]]) -> Button:
    return button(f"{'☑' if number in data[kind] else '☐'} {label}", "uk", kind, number)


async def _choices(turn: Turn, unit: Unit) -> tuple[list[Directive], list[Directive], list[Person]]:
    """The directives a unit leads, those it helps with, its people."""
    return (
        await reorganising.open_of(turn.session, unit),
        await reorganising.helped_by(turn.session, unit),
        await reorganising.people_of(turn.session, unit),
    )


async def toggle(turn: Turn, args: Args) -> None:
    """``uk:kind:id``: take one along, or not; ``uk:all:0`` takes all directives and parts in others'."""
    data = {"helped": [], **_of(turn, "reorganise_pick")}
    unit = await office.unit(turn.session, data["unit"])
    if args[0] == "all":
        led, helped, _ = await _choices(turn, unit)
        data["directives"], data["helped"] = [d.id for d in led], [d.id for d in helped]
    elif args[0] in {"directives", "helped", "people"}:
        data[args[0]] = sorted(set(data[args[0]]) ^ {args.number(1)})
    turn.expect("reorganise_pick", **data)
    await _show_choice(turn, unit, edit=True)


async def repeat_choice(turn: Turn) -> None:
    """Words while buttons are awaited: the choice is shown again."""
    await _show_choice(turn, await office.unit(turn.session, turn.conversation.data["unit"]))


# --- confirmed ---


def _of(turn: Turn, *steps: str) -> dict[str, Any]:
    """What was asked about. A button of another conversation is old.

    Raises:
        NoSuchThing: nothing was.
    """
    reorganising.check(by(turn))
    if turn.conversation.step not in steps:
        raise NoSuchThing
    return dict(turn.conversation.data)


def _confirm(turn: Turn, text: str, **data: Any) -> None:
    turn.expect("reorganise_sure", text=text, **data)
    turn.say(text, [[button(labels.CONFIRM, "uy", style="success"), button(labels.BACK, "uz", data["unit"])]])


async def repeat(turn: Turn) -> None:
    """Words while a confirmation is awaited: what is to be confirmed is said again."""
    data = turn.conversation.data
    turn.say(data["text"], [[button(labels.CONFIRM, "uy", style="success"), button(labels.BACK, "uz", data["unit"])]])


async def carry_out(turn: Turn, args: Args) -> None:
    """``uy``: do what was confirmed."""
    data = _of(turn, "reorganise_sure", "reorganise_pick")
    unit = await office.unit(turn.session, data["unit"])
    turn.finish()
    facts = await _DOES[data["what"]](turn, unit, data)
    turn.say(say.done(data["what"], facts), edit=True)


async def _rename(turn: Turn, unit: Unit, data: dict[str, Any]) -> dict[str, Any]:
    old = unit.name
    await reorganising.rename(turn.session, unit, str(data["name"]), by(turn))
    return {"old": old, "new": unit.name}


async def _merge(turn: Turn, unit: Unit, data: dict[str, Any]) -> dict[str, Any]:
    found = [await office.unit(turn.session, number) for number in data["units"]]
    keeps = next((u for u in found if fold(u.name) == fold(str(data["name"]))), None)
    into = keeps or await reorganising.make(turn.session, str(data["name"]), found[0], by(turn))
    moved = await reorganising.merge(turn.session, found, into, by(turn))
    return {"new": into.name, "count": len(moved)}


async def _split(turn: Turn, unit: Unit, data: dict[str, Any]) -> dict[str, Any]:
    directives, helped, people = await _choices(turn, unit)
    known, _ = await typed_unit(turn, str(data["name"]))
    is_there = known is not None and fold(known.name) == fold(str(data["name"])) and known.id != unit.id
    new = await (office.unit(turn.session, known.id) if known and is_there else _made(turn, unit, data))
    going = [d for d in directives if d.id in data["directives"]], [p for p in people if p.id in data["people"]]
    parts = [d for d in helped if d.id in data.get("helped", ())]
    groups = await reorganising.split(turn.session, unit, new, *going, by(turn), parts)
    counts = {"count": len(going[0]), "helped": len(parts), "people": len(going[1])}
    return {"new": new.name, "old": unit.name, "has_group": bool(groups), **counts}


async def _made(turn: Turn, unit: Unit, data: dict[str, Any]) -> Unit:
    return await reorganising.make(turn.session, str(data["name"]), unit, by(turn))


async def _place(turn: Turn, unit: Unit, data: dict[str, Any]) -> dict[str, Any]:
    parent = await office.unit(turn.session, data["parent"])
    await reorganising.place(turn.session, unit, parent, by(turn))
    return {"unit": unit.name, "new": parent.name}


async def _lead(turn: Turn, unit: Unit, data: dict[str, Any]) -> dict[str, Any]:
    leader = await turn.session.get(Person, data["leader"]) if data["leader"] else None
    await reorganising.put_in_charge(turn.session, unit, leader, by(turn))
    return {"unit": unit.name, "new": leader.name if leader else ""}


async def told(session: Session, row: Outbox, person: Person, at: Moment) -> OutgoingMessage:
    """To everybody of the units: what became of them."""
    facts = row.payload
    text = say.told(
        facts["what"],
        facts["old"],
        facts["new"],
        facts.get("count", 0),
        helped=facts.get("helped", 0),
        has_group=facts.get("has_group", False),
    )
    return message_of(text, [])


_TAKES: dict[str, Callable[[Turn, Unit, str], Awaitable[None]]] = {
    "rename": _take_rename,
    "merge": _take_merge,
    "name": _take_name,
    "split": _take_split,
    "place": _take_place,
}
_DOES = {"rename": _rename, "merge": _merge, "split": _split, "place": _place, "lead": _lead}
STEPS: dict[str, Handler] = {"reorganise": take, "reorganise_pick": repeat_choice, "reorganise_sure": repeat}
BUTTONS: dict[str, ButtonHandler] = {
    "uz": choose,
    "uq": ask,
    "ub": press_other,
    "ug": press_name,
    "uw": ask_leader,
    "uj": press_leader,
    "uk": toggle,
    "uy": carry_out,
}
RENDERERS = {REORGANISED: told}
