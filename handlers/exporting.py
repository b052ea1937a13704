"""``/xuat`` and ``xu:kind:list:unit``: the list one sees, as a file, drawn in the child process when it is sent."""

from __future__ import annotations

from dataclasses import replace

from channels.base import Button, OutgoingFile, OutgoingMessage
from db import Session
from db.models import Outbox, Person
from domain.errors import NoSuchThing, NotAllowed
from domain.figures import Asking, Filter, Listing
from domain.register import Register
from domain.rights import Action
from domain.spelling import fold
from exports.register_csv import register_csv
from exports.register_xlsx import register_xlsx
from handlers.buttons import Rows, button
from handlers.common import by, typed_unit
from handlers.rendering import Moment, When
from handlers.turn import Args, ButtonHandler, Handler, Turn
from services import figures
from services import register as registers
from texts import exporting as say
from texts import leaders as words_of
from texts.engine import shorten

XLSX, CSV = "xlsx", "csv"
MIMES = {
    XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    CSV: "text/csv",
}
DRAW = {XLSX: register_xlsx, CSV: register_csv}
OFFERED = (Filter.OPEN, Filter.OVERDUE, Filter.DUE, Filter.WAITING, Filter.DIFFICULTY, Filter.DONE, Filter.ALL)
NAMES: dict[str, Filter] = {
    **{fold(label): wanted for wanted, label in words_of.LABELS.items()},
    "chua hoan thanh": Filter.OPEN,
    "hoan thanh": Filter.DONE,
    "da hoan thanh": Filter.DONE,
    "tre han": Filter.OVERDUE,
    "den han": Filter.DUE,
}
OF = ("cua ", "o ", "tai ", "viec ")


def row(wanted: Filter, unit_id: int = 0) -> list[Button]:
    """The buttons under a list that take it along. ``unit_id`` 0: everything the person sees."""
    return [button(say.SHEET, "xu", XLSX, wanted, unit_id), button(say.TABLE, "xu", CSV, wanted, unit_id)]


# --- the command ---


async def export(turn: Turn) -> None:
    """``/xuat``, ``/xuat quá hạn``, ``/xuat phòng nội vụ csv``."""
    words = turn.message.text.partition(" ")[2].strip()
    asking = await _asking(turn.session, turn.person, 0, turn)
    kind, words = (CSV, words[:-3].strip()) if fold(words).endswith("csv") else (XLSX, words)
    wanted, rest = _list_of(words)
    if not words:
        turn.say(say.choose(figures.whose(turn.person, asking)), _choices(kind, 0))
    elif wanted is not None and not rest:
        await _ask(turn, kind, wanted, 0)
    else:
        await _of_unit(turn, kind, wanted, rest)


def _list_of(words: str) -> tuple[Filter | None, str]:
    """The list that the words begin with, and what follows as the person wrote it."""
    folded = fold(words)
    for name in sorted(NAMES, key=len, reverse=True):
        if folded == name or folded.startswith(f"{name} "):
            return NAMES[name], _without_of(" ".join(words.split()[len(name.split()) :]))
    return None, _without_of(words)


def _without_of(words: str) -> str:
    return " ".join(words.split()[1:]) if fold(words).startswith(OF) else words


async def _of_unit(turn: Turn, kind: str, wanted: Filter | None, words: str) -> None:
    found, near = await typed_unit(turn, words)
    unit = found or (near[0] if len(near) == 1 else None)
    if unit is not None:
        asking = await _asking(turn.session, turn.person, unit.id, turn)
        await (_ask(turn, kind, wanted, unit.id) if wanted else _choose(turn, kind, asking, unit.id))
        return
    rows = [[button(shorten(u.name, 60), "xu", kind, wanted or Filter.OPEN, u.id)] for u in near]
    turn.say(say.not_understood(words), rows or _choices(kind, 0))


async def _choose(turn: Turn, kind: str, asking: Asking, unit_id: int) -> None:
    unit = await figures.unit(turn.session, unit_id)
    turn.say(say.choose(unit.name), _choices(kind, unit_id))


def _choices(kind: str, unit_id: int) -> Rows:
    row = [button(words_of.LABELS[wanted], "xu", kind, wanted, unit_id) for wanted in OFFERED]
    return [row[i : i + 2] for i in range(0, len(row), 2)]


# --- the button ---


async def press(turn: Turn, args: Args) -> None:
    """``xu:kind:list:unit``."""
    try:
        kind, wanted = DRAW.keys() & {args[0]}, Filter(args[1])
    except ValueError:
        raise NoSuchThing from None
    if not kind:
        raise NoSuchThing
    await _asking(turn.session, turn.person, args.number(2), turn)
    await _ask(turn, args[0], wanted, args.number(2))


async def _ask(turn: Turn, kind: str, wanted: Filter, unit_id: int) -> None:
    await registers.ask(turn.session, {"kind": kind, "filter": str(wanted), "unit": unit_id}, by(turn))
    turn.toast = say.DRAWING


async def _asking(session: Session, person: Person, unit_id: int, at: When) -> Asking:
    """What is asked of: everything the person sees, or a unit and those under it.

    Raises:
        NotAllowed: nothing of it is in the person's scope.
    """
    asking = await figures.asking_of(session, person, at.today, at.office)
    if unit_id:
        await figures.unit(session, unit_id)
        asking = await figures.within(session, asking, unit_id)
    if asking.units is not None and not asking.units:
        raise NotAllowed(Action.SEE)
    return replace(asking, moment=None)


# --- the file ---


async def send(session: Session, row: Outbox, person: Person, at: Moment) -> OutgoingMessage | None:
    """The file, drawn as the facts are now; None for who does not see the list any more."""
    kind, wanted, unit_id = row.payload["kind"], Filter(row.payload["filter"]), row.payload["unit"]
    try:
        asking = await _asking(session, person, unit_id, at)
    except (NotAllowed, NoSuchThing):
        return None
    whose = (await figures.unit(session, unit_id)).name if unit_id else figures.whose(person, asking)
    title = words_of.TITLES[wanted]
    listed = await registers.register(
        session, asking, Listing(wanted, folded=False), at.office, at.now, whose=whose, title=title
    )
    content = await at.charts.draw(DRAW[kind], listed)
    file = OutgoingFile(_name(listed, wanted, kind), MIMES[kind], content=content)
    return OutgoingMessage(say.caption(title, whose, listed.as_of, len(listed.lines), listed.left_out), (), (file,))


def _name(listed: Register, wanted: Filter, kind: str) -> str:
    """ "nhiem-vu-qua-han-2024-02-05.xlsx"."""
    return f"nhiem-vu-{fold(words_of.LABELS[wanted]).replace(' ', '-')}-{listed.as_of:%Y-%m-%d}.{kind}"


COMMANDS: dict[str, Handler] = {"xuat": export}
BUTTONS: dict[str, ButtonHandler] = {"xu": press}
