"""``/xuat`` and ``xu:kind:list:scope``: the list one sees, as a file, drawn in the child process when it is sent."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from channels.base import Button, OutgoingFile, OutgoingMessage
from db import Session
from db.models import Outbox, Person
from domain.errors import NoSuchThing, NotAllowed
from domain.figures import Filter, Listing
from domain.office import Office
from domain.register import Register
from domain.spelling import fold
from exports.register_csv import register_csv
from exports.register_xlsx import register_xlsx
from handlers.buttons import Rows, button
from handlers.common import by, typed_unit
from handlers.rendering import Moment
from handlers.status_scope import Scope, asked
from handlers.turn import Args, ButtonHandler, Handler, Turn
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


def row(wanted: Filter, scope: Scope | int = 0) -> list[Button]:
    """The buttons under a list that take it along: all of it, whatever page is shown."""
    return [button(say.SHEET, "xu", XLSX, wanted, scope), button(say.TABLE, "xu", CSV, wanted, scope)]


@dataclass(frozen=True)
class _Who:
    """For whom a file is drawn, and when."""

    session: Session
    person: Person
    office: Office
    today: date


# --- the command ---


async def export(turn: Turn) -> None:
    """``/xuat``, ``/xuat quá hạn``, ``/xuat phòng nội vụ csv``."""
    words = turn.message.text.partition(" ")[2].strip()
    everything = await asked(turn, Scope())
    kind, words = (CSV, words[:-3].strip()) if fold(words).endswith("csv") else (XLSX, words)
    wanted, rest = _list_of(words)
    if not words:
        turn.say(say.choose(everything.whose), _choices(kind, Scope()))
    elif wanted is not None and not rest:
        await _ask(turn, kind, wanted, Scope())
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
        scope = Scope(str(unit.id))
        of = await asked(turn, scope)
        if wanted is None:
            turn.say(say.choose(of.whose), _choices(kind, scope))
        else:
            await _ask(turn, kind, wanted, scope)
        return
    rows = [[button(shorten(u.name, 60), "xu", kind, wanted or Filter.OPEN, u.id)] for u in near]
    turn.say(say.not_understood(words), rows or _choices(kind, Scope()))


def _choices(kind: str, scope: Scope) -> Rows:
    row = [button(words_of.LABELS[wanted], "xu", kind, wanted, scope) for wanted in OFFERED]
    return [row[i : i + 2] for i in range(0, len(row), 2)]


# --- the button ---


async def press(turn: Turn, args: Args) -> None:
    """``xu:kind:list:scope``."""
    try:
        kind, wanted = args[0], Filter(args[1])
    except ValueError:
        raise NoSuchThing from None
    if kind not in DRAW:
        raise NoSuchThing
    scope = Scope.of(args[2])
    await asked(turn, scope)
    await _ask(turn, kind, wanted, scope)


async def _ask(turn: Turn, kind: str, wanted: Filter, scope: Scope) -> None:
    await registers.ask(turn.session, {"kind": kind, "filter": str(wanted), "scope": str(scope)}, by(turn))
    turn.toast = say.DRAWING


# --- the file ---


async def send(session: Session, row: Outbox, person: Person, at: Moment) -> OutgoingMessage | None:
    """The file, drawn as the facts are now; None for who does not see the list any more."""
    kind, wanted = row.payload["kind"], Filter(row.payload["filter"])
    try:
        of = await asked(_Who(session, person, at.office, at.today), Scope.of(row.payload["scope"]))
    except (NotAllowed, NoSuchThing):
        return None
    title, listing = words_of.TITLES[wanted], Listing(wanted, folded=False)
    listed = await registers.register(session, of.asking, listing, at.office, at.now, whose=of.whose, title=title)
    content = await at.charts.draw(DRAW[kind], listed)
    file = OutgoingFile(_name(listed, wanted, kind), MIMES[kind], content=content)
    return OutgoingMessage(say.caption(title, of.whose, listed.as_of, len(listed.lines), listed.left_out), (), (file,))


def _name(listed: Register, wanted: Filter, kind: str) -> str:
    """ "nhiem-vu-qua-han-2024-02-05.xlsx"."""
    return f"nhiem-vu-{fold(words_of.LABELS[wanted]).replace(' ', '-')}-{listed.as_of:%Y-%m-%d}.{kind}"


COMMANDS: dict[str, Handler] = {"xuat": export}
BUTTONS: dict[str, ButtonHandler] = {"xu": press}
