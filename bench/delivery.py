"""How long the timed side takes as an office grows: finding what is due, folding it, sending it.

    python -m bench.delivery [--sizes 1000 10000 100000]

One lead unit per 20 directives, two people per unit; a twentieth of all directives is due this morning.
Sending goes to a channel that takes everything at once, so the last column is what the database costs.
"""

from __future__ import annotations

import argparse
import asyncio
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

from sqlalchemy import insert

from channels.base import Capabilities, IncomingFile, Keep, OutgoingMessage, Sent
from db import Database, Session, sqlite_url
from db.migrate import migrate
from db.models import Account, Base, Directive, Outbox, Person, Unit
from db.queries.reminders import take_due
from domain.calendar import OFFICE_ZONE
from domain.lifecycle import State
from domain.office import Office
from scheduler.delivery import Delivery
from scheduler.sweeps import sweep

NOW = datetime(2024, 3, 4, 7, 30, tzinfo=OFFICE_ZONE)  # a Monday morning
PER_UNIT = 20
PEOPLE_PER_UNIT = 2
DUE_EVERY = 20  # one in so many is due now


class Taker:
    """A platform that takes everything."""

    name = "bench"
    capabilities = Capabilities()

    def __init__(self) -> None:
        self.taken = 0

    async def start(self, keep: Keep) -> None: ...

    async def stop(self) -> None: ...

    async def send(self, chat: str, message: OutgoingMessage) -> Sent:
        self.taken += 1
        return Sent(str(self.taken))

    async def fetch(self, file: IncomingFile) -> bytes:
        return b""

    async def toast(self, press: str, text: str) -> None: ...

    async def typing(self, chat: str) -> None: ...

    def invite_link(self, code: str) -> str | None:
        return None


async def words(session: Session, row: Outbox, now: datetime) -> OutgoingMessage:
    return OutgoingMessage(f"{row.kind}: {len(row.directives)}")


@dataclass(frozen=True)
class Line:
    """One size. Times are in seconds."""

    directives: int
    due: int
    nothing_due: float
    take: float
    sweep: float
    messages: int
    send: float


async def fill(database: Database, size: int) -> None:
    """An office with ``size`` open directives."""
    units = range(1, size // PER_UNIT + 1)
    people = [(u, u * PEOPLE_PER_UNIT + n) for u in units for n in range(PEOPLE_PER_UNIT)]
    rows: list[tuple[type[Base], list[dict[str, object]]]] = [
        (Unit, [{"id": u, "key": f"u{u}", "name": f"Đơn vị {u}", "kind": "department"} for u in units]),
        (Person, [{"id": p, "key": f"p{p}", "name": f"Người {p}", "unit_id": u, "role": "officer"} for u, p in people]),
        (Account, [_account(p) for _, p in people]),
        (Directive, [_directive(number, people[0][1]) for number in range(size)]),
    ]
    async with database.write() as session:
        for table, values in rows:
            await session.execute(insert(table), values)


def _account(person: int) -> dict[str, object]:
    return {
        "channel": "bench", "external_id": str(person), "chat": str(person), "person_id": person,
        "linked_at": NOW, "seen_at": NOW,
    }  # fmt: skip


def _directive(number: int, author: int) -> dict[str, object]:
    is_due = number % DUE_EVERY == 0
    return {
        "code": f"d{number}", "text": "Việc", "lead_unit_id": number // PER_UNIT + 1, "state": State.IN_PROGRESS,
        "last_day": date(2024, 3, 4) + timedelta(days=0 if is_due else 8 + number % 200),
        "issued_at": NOW - timedelta(days=30), "assigned_at": NOW - timedelta(days=30),
        "made_by": author, "made_at": NOW,
        "next_reminder_at": NOW if is_due else NOW + timedelta(days=1 + number % 200),
    }  # fmt: skip


async def measure(size: int, folder: Path) -> Line:
    """Fill a fresh database and time each step on it."""
    url = sqlite_url(folder / f"{size}.sqlite")
    migrate(url)
    database = Database(url)
    await fill(database, size)
    office = Office()
    take = await _time_of_take(database)
    start = time.perf_counter()
    due = await sweep(database, office, NOW)
    swept = time.perf_counter() - start
    start = time.perf_counter()
    await sweep(database, office, NOW)
    nothing_due = time.perf_counter() - start
    channel = Taker()
    delivery = Delivery(database, {"bench": channel}, words, office, lambda: NOW)
    start = time.perf_counter()
    await delivery.drain()
    sent = time.perf_counter() - start
    await database.close()
    return Line(size, due, nothing_due, take, swept, channel.taken, sent)


async def _time_of_take(database: Database) -> float:
    """Of claiming one batch, undone again."""
    try:
        async with database.write() as session:
            start = time.perf_counter()
            await take_due(session, NOW, 500)
            taken = time.perf_counter() - start
            raise _UndoneError
    except _UndoneError:
        return taken


class _UndoneError(Exception):
    pass


def table(lines: Sequence[Line]) -> str:
    """The figures, one line per size."""
    head = f"{'open':>9} {'due':>7} {'idle sweep':>11} {'claim 500':>10} {'fold all':>10} {'messages':>9} {'sent/s':>8}"
    body = [
        f"{n.directives:>9,} {n.due:>7,} {n.nothing_due * 1000:>8.1f} ms {n.take * 1000:>7.1f} ms {n.sweep:>8.2f} s"
        f" {n.messages:>9,} {n.messages / n.send:>8,.0f}"
        for n in lines
    ]
    return "\n".join([head, *body])


async def main(sizes: Sequence[int]) -> None:
    """Print the table."""
    with tempfile.TemporaryDirectory() as folder:
        print(table([await measure(size, Path(folder)) for size in sizes]))


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", type=int, nargs="+", default=[1_000, 10_000, 100_000])
    asyncio.run(main(parser.parse_args(sys.argv[1:]).sizes))
