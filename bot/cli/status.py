"""``python -m bot status``: the same figures as in the chat, in the terminal."""

from __future__ import annotations

import argparse
import asyncio
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bot.cli.common import add_config, with_settings
from bot.clock import system
from bot.settings import Settings
from db import Database, Session
from db.migrate import migrate
from domain.calendar import OFFICE_ZONE
from domain.figures import Asking, Dimension, Figures, UnitFigures, total, worst_first
from services import figures
from services.office import directory
from texts.engine import day, number
from texts.leaders import percent

HEADS = (
    "Đơn vị",
    "Tổng",
    "Xong đúng hạn",
    "Xong quá hạn",
    "Xong không hạn",
    "Trong hạn",
    "Quá hạn",
    "Không hạn",
    "Sắp đến hạn",
)


def main(arguments: list[str]) -> int:
    """``status [UNIT] [--as-of DATE] --config FILE``."""
    parser = argparse.ArgumentParser(prog="python -m bot status")
    parser.add_argument(
        "unit", nargs="*", metavar="UNIT", help="a unit's name, alias or beginning; else the whole office"
    )
    parser.add_argument("--as-of", type=_day, metavar="DATE", help="YYYY-MM-DD; else today")
    parser.add_argument(
        "--by", type=Dimension, choices=list(Dimension), default=Dimension.UNIT, metavar="WHAT",
        help="unit, field, leader, notice, source or kind",
    )  # fmt: skip
    add_config(parser)
    options = parser.parse_args(arguments[1:])
    words = " ".join(options.unit)
    return with_settings(
        options.config, lambda settings: asyncio.run(_status(settings, words, options.as_of, options.by))
    )


def _day(written: str) -> date:
    try:
        return date.fromisoformat(written)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{written!r} is no day; expected YYYY-MM-DD") from None


async def _status(settings: Settings, words: str, as_of: date | None, by: Dimension) -> int:
    migrate(settings.database_url)
    database = Database(settings.database_url)
    asking = Asking(as_of or system().astimezone(OFFICE_ZONE).date(), soon_days=settings.rules.rhythm.soon_days)
    try:
        async with database.read() as session:
            return await _print(session, words, asking, settings.office.name, by)
    finally:
        await database.close()


async def _print(session: Session, words: str, asking: Asking, office: str, by: Dimension) -> int:
    name = office
    if words:
        named = await _named(session, words)
        if isinstance(named, int):
            return named
        name, asking = named.name, await figures.within(session, asking, named.id)
    if by is Dimension.UNIT:
        found = worst_first(await figures.by_unit(session, asking))
    else:
        found = [UnitFigures(0, g.name, "", g.figures) for g in await figures.groups(session, asking, by)]
    print(report(name, asking.as_of, found))
    return 0


@dataclass(frozen=True)
class _Named:
    id: int
    name: str


async def _named(session: Session, words: str) -> _Named | int:
    """The unit meant, or the exit status after saying why there is none."""
    known = await directory(session)
    match = known.match(words)
    near = [match.unit] if match.unit and match.certain else list(known.search(words))
    if len(near) == 1:
        return _Named(near[0].id, near[0].name)
    say = (
        f"{words}: several units may be meant: " + "; ".join(u.name for u in near) if near else f"{words}: no such unit"
    )
    print(say, file=sys.stderr)
    return 1


def report(name: str, as_of: date, units: Sequence[UnitFigures]) -> str:
    """The figures as a table, in the order given, with both rates and how they are worked out."""
    together = total(units)
    lines = [f"{name}, đến {day(as_of)}", ""]
    rows = [_cells(u.name, u.figures) for u in units]
    lines += _table([HEADS, *rows, _cells("Cộng", together)])
    for rate in (together.rate_of_all, together.rate_of_due):
        lines += ["", f"{percent(rate)} = {rate.formula} = {number(rate.part)} ÷ {number(rate.whole)}"]
    waiting = (
        f"chờ duyệt {number(together.waiting_approval)}",
        f"chưa nhận {number(together.waiting_acknowledgement)}",
        f"vướng mắc {number(together.blocked)}",
    )
    return "\n".join([*lines, "", "; ".join(waiting)])


def _cells(name: str, f: Figures) -> tuple[str, ...]:
    done = (f.done_in_time, f.done_late, f.done_no_deadline)
    counts = (f.total, *done, f.open_in_time, f.open_late, f.open_no_deadline, f.soon)
    return (name, *map(number, counts))


def _table(rows: Sequence[Sequence[str]]) -> list[str]:
    """Names to the left, counts to the right."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return ["  ".join(_padded(row, widths)).rstrip() for row in rows]


def _padded(row: Sequence[str], widths: Sequence[int]) -> list[str]:
    return [row[0].ljust(widths[0]), *(cell.rjust(width) for cell, width in zip(row[1:], widths[1:], strict=True))]
