"""``/chitieu``: tables of what is measured; for the office, several measures at once, shown before they are issued."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from domain.deadlines import Deadline, ImpossibleDate, find_deadlines, read_deadline
from domain.errors import DateDoesNotExist, NoSuchThing
from domain.measure_lines import TypedList, read_list
from domain.organisation import UnitEntry
from domain.tables import Line, Value
from handlers import following
from handlers.buttons import Rows, button, stop
from handlers.common import by, without_assumptions
from handlers.drafts import issue_all, show_summary
from handlers.intake import ReadTable, refuse_secret
from handlers.turn import Args, ButtonHandler, Handler, Turn
from services import measuring, office
from texts import labels
from texts import measures as say
from texts.engine import day, exact

MOST_LINES = 200
_YEAR = re.compile(r"\bnăm\s+(20\d\d)\b", re.IGNORECASE)
_DEADLINE = re.compile(r"^\s*(?:hạn|thời hạn|hoàn thành|han|thoi han)\b[\s:]*", re.IGNORECASE)


@dataclass(frozen=True)
class _Read:
    """A list as it was read, with what is known of its units and its deadline."""

    listed: TypedList
    units: tuple[UnitEntry | None, ...]
    deadline: Deadline | None

    @property
    def doubts(self) -> list[str]:
        """What must be put right, line by line; "" for nothing."""
        pairs = zip(self.listed.lines, self.units, strict=True)
        return [say.doubt_of(one, is_unit_known=unit is not None) for one, unit in pairs]


async def command(turn: Turn) -> None:
    """``/chitieu``: the tables; with lines after it, what the office enters."""
    words = turn.message.text.partition("/")[2]
    rest = re.sub(r"^\w+(?:@\w+)?[ \t]*", "", words).strip()
    if rest:
        measuring.may_make(by(turn))
        await _shown(turn, rest)
    else:
        await following.show(turn)


async def press_enter(turn: Turn, args: Args) -> None:
    """``mln``: which ones?"""
    measuring.may_make(by(turn))
    turn.expect("measures")
    turn.say(say.ask_list(), stop())


async def take_list(turn: Turn) -> None:
    """Lines, or a table in a file."""
    tables = [read.table for read in turn.prepared or () if isinstance(read, ReadTable)]
    rows = [_row(line) for table in tables for sheet in table.sheets[:1] for line in sheet.lines]
    await _shown(turn, "\n".join([turn.message.text.strip(), *rows]).strip())


def _row(line: Line) -> str:
    """A row of a table as if it had been pasted; its numbers the Vietnamese way."""
    return "\t".join(_cell(value) for value in line).rstrip("\t")


def _cell(value: Value) -> str:
    if isinstance(value, int | float):
        return exact(Decimal(str(value)))
    return day(value) if isinstance(value, date) else " ".join((value or "").split())


async def _shown(turn: Turn, text: str) -> None:
    """Show what was read, before anything is made of it."""
    refuse_secret(text)
    read = await _read(turn, text)
    if not read.listed.lines:
        turn.say(say.ask_list(), stop())
        return
    turn.expect("measures", text=text)
    day = read.deadline.last_day(turn.office.rhythm.before_means) if read.deadline else None
    names = [unit.name if unit else "" for unit in read.units]
    turn.say(say.listed(read.listed, names, read.doubts, day), _choices(read))


def _choices(read: _Read) -> Rows:
    if any(one.problem for one in read.listed.lines):
        return stop()
    if any(read.doubts):
        return [[button(say.AS_CARDS, "mlk")], *stop()]
    issue = button(f"{labels.ISSUE} ({len(read.listed.lines)})", "mli", style="success")
    return [[issue], [button(say.AS_CARDS, "mlk")], *stop()]


async def _read(turn: Turn, text: str) -> _Read:
    dated = [line for line in text.splitlines() if _DEADLINE.match(line)]
    rest = "\n".join(line for line in text.splitlines() if not _DEADLINE.match(line))
    listed = read_list(rest)
    listed = TypedList(listed.title or f"{say.KINDS[listed.kind]} {turn.today.year}", listed.kind, listed.lines)
    known = await office.directory(turn.session)
    units = []
    for one in listed.lines[:MOST_LINES]:
        match = known.match(one.unit_written) if one.unit_written else None
        units.append(match.unit if match and match.certain else None)
    listed = TypedList(listed.title, listed.kind, listed.lines[:MOST_LINES])
    return _Read(listed, tuple(units), _deadline(turn, dated[0] if dated else listed.title))


def _deadline(turn: Turn, words: str) -> Deadline | None:
    """The day all of it is due: as written, or the end of the year in the heading."""
    try:
        found = [d for d in find_deadlines(words, turn.today, turn.office.calendar) if d.date]
        if not found and (year := _YEAR.search(words)):
            read = read_deadline(f"đến hết ngày 31/12/{year[1]}", turn.today, turn.office.calendar)
            found = [read] if read else []
        if not found and _DEADLINE.match(words):
            read = read_deadline(_DEADLINE.sub("", words), turn.today, turn.office.calendar)
            found = [read] if read else []
    except ImpossibleDate as error:
        raise DateDoesNotExist(error.given) from error
    return without_assumptions(found[0]) if found else None


async def _kept(turn: Turn) -> _Read:
    if turn.conversation.step != "measures" or not turn.conversation.data.get("text"):
        raise NoSuchThing
    return await _read(turn, turn.conversation.data["text"])


async def issue(turn: Turn, args: Args) -> None:
    """``mli``: make one notice of them and issue it."""
    read = await _kept(turn)
    if any(read.doubts):
        raise NoSuchThing
    await _filed(turn, read, issued=True)


async def keep(turn: Turn, args: Args) -> None:
    """``mlk``: make the cards, to be gone through one by one."""
    read = await _kept(turn)
    if any(one.problem for one in read.listed.lines):
        raise NoSuchThing
    await _filed(turn, read, issued=False)


async def _filed(turn: Turn, read: _Read, *, issued: bool) -> None:
    leads = [await office.unit(turn.session, unit.id) if unit else None for unit in read.units]
    turn.finish()
    notice = await measuring.draft_list(turn.session, read.listed, leads, read.deadline, by(turn))
    if issued:
        await issue_all(turn, Args([notice.code]))
    else:
        await show_summary(turn, notice, edit=True)


COMMANDS: dict[str, Handler] = {"chitieu": command}
STEPS: dict[str, Handler] = {"measures": take_list}
BUTTONS: dict[str, ButtonHandler] = {"mln": press_enter, "mli": issue, "mlk": keep}
