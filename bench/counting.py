"""How long the figures take as directives grow: of now, of a past moment, of a period, and the whole answer.

Usage: python -m bench.counting [--sizes 1000 10000 100000 1000000] [--times 20]

An office of 300 units. Six in ten directives are finished; of each the phases of its life are there. "First" is counted
with nothing remembered, as by the first start of all; "after a start" from what was kept; what comes after is asked
between changes, as a day goes. The time of the processor is told beside that of the clock, which grows with the load of
the machine; the goals are of the clock.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import sqlite3
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable
from datetime import timedelta
from itertools import count
from pathlib import Path

from bench.answers import _PREPARE as PREPARE
from bench.answers import LEADER, UNITS, sender
from bench.figures import percentile
from bench.filling import MORNING, fill
from bot.app import App, build
from bot.settings import LimitSettings, OfficeSettings, Settings, StorageSettings
from channels.web.channel import WebChannel
from db import Database, Session, sqlite_url
from domain.calendar import OFFICE_ZONE
from domain.figures import Asking, Dimension, Period
from scheduler.remembering import remember
from services import figures

STATUS_MS = {100_000: 50.0, 1_000_000: 200.0}
PAST_MS = 1_000.0

_PHASES = (
    # given a month before the morning; taken, handed in and approved on days that follow
    "UPDATE directives SET issued_at = datetime('{before}', '-' || (id % 300) || ' days') || '.000000'",
    "UPDATE directives SET acknowledged_at = datetime(issued_at, '+1 days') || '.000000' WHERE state != 'issued'",
    "UPDATE directives SET submitted_at = datetime(issued_at, '+' || (2 + id % 25) || ' days') || '.000000'"
    " WHERE state IN ('submitted', 'completed')",
    "UPDATE directives SET completed_at = submitted_at WHERE state = 'completed'",
    "INSERT INTO phases (directive_id, since, until, state, state_since, unit_id, issued_at, last_day,"
    " first_last_day, acknowledged_at, submitted_at) SELECT id, issued_at, acknowledged_at, 'issued', issued_at,"
    " lead_unit_id, issued_at, last_day, first_last_day, NULL, NULL FROM directives",
    "INSERT INTO phases (directive_id, since, until, state, state_since, unit_id, issued_at, last_day,"
    " first_last_day, acknowledged_at, submitted_at) SELECT id, acknowledged_at, submitted_at, 'in_progress',"
    " acknowledged_at, lead_unit_id, issued_at, last_day, first_last_day, acknowledged_at, NULL FROM directives"
    " WHERE acknowledged_at IS NOT NULL",
    "INSERT INTO phases (directive_id, since, until, state, state_since, unit_id, issued_at, last_day,"
    " first_last_day, acknowledged_at, submitted_at) SELECT id, submitted_at,"
    " CASE WHEN state = 'completed' THEN datetime(submitted_at, '+1 days') || '.000000' END, 'submitted',"
    " submitted_at, lead_unit_id, issued_at, last_day, first_last_day, acknowledged_at, submitted_at FROM directives"
    " WHERE submitted_at IS NOT NULL",
    "INSERT INTO phases (directive_id, since, until, state, state_since, unit_id, issued_at, last_day,"
    " first_last_day, acknowledged_at, submitted_at) SELECT id, datetime(submitted_at, '+1 days') || '.000000', NULL,"
    " 'completed', datetime(submitted_at, '+1 days') || '.000000', lead_unit_id, issued_at, last_day, first_last_day,"
    " acknowledged_at, submitted_at FROM directives WHERE state = 'completed'",
    "INSERT INTO transitions (event, at, details, previous_hash, hash)"
    " VALUES ('import_org', '{now}', '{{}}', '{zero}', 'filled')",
    "ANALYZE",
)


def office(file: Path, directives: int) -> None:
    """A database of so many directives of 300 units, with the phases of their lives."""
    fill(file, directives, "web", max(1, directives // UNITS))
    facts = {
        "before": MORNING.replace(month=2).strftime("%Y-%m-%d %H:%M:%S"),
        "now": MORNING.strftime("%Y-%m-%d 00:00:00.000000"),
        "zero": "0" * 64,
    }
    connection = sqlite3.connect(file)
    connection.execute("PRAGMA synchronous=OFF")
    with connection:
        for statement in (*PREPARE, *_PHASES):
            connection.execute(statement.format(**facts))
    connection.close()


Counted = Callable[[Session], Awaitable[object]]
Took = tuple[float, float]
"""Milliseconds of the processor and of the clock."""
_NUMBERS = count(1)


def _questions() -> dict[str, Counted]:
    """What is counted, each of another day than before."""
    today = MORNING.astimezone(OFFICE_ZONE).date()

    def past() -> Asking:
        return Asking(today - timedelta(days=10 + 37 * next(_NUMBERS) % 150))

    def week() -> Period:
        return Period.week_of(today - timedelta(days=7 + 37 * next(_NUMBERS) % 150))

    return {
        "past, all": lambda s: figures.of_all(s, past()),
        "past, by leader": lambda s: figures.groups(s, past(), Dimension.LEADER),
        "past, by field": lambda s: figures.groups(s, past(), Dimension.FIELD),
        "past, by notice": lambda s: figures.groups(s, past(), Dimension.NOTICE),
        "a week's changes": lambda s: figures.movement(s, Asking(today), week()),
        "now, by field": lambda s: figures.groups(s, Asking(today), Dimension.FIELD),
    }


async def measure(file: Path, directives: int, times: int) -> list[str]:
    """Print the times of one size; gives what is over its goal."""
    slow = await _answers(file, directives, times)
    database = Database(sqlite_url(file))
    for name, counted in _questions().items():
        took = []
        for _ in range(min(times, 7)):
            async with database.read() as session:
                began = _now()
                await counted(session)
                took.append(_since(began))
        slow += _told(name, took, PAST_MS if name == "past, all" else None)
    await database.close()
    return slow


async def _answers(file: Path, directives: int, times: int) -> list[str]:
    app, channel = _app(file)
    first = await _answered(app, LEADER, "/status")
    of_all, of_unit = [], []
    for turn in range(times):
        officer = (turn % (UNITS - 10) + 5) * 2 - 1
        number = (officer // 2) * max(1, directives // UNITS) + 12
        await _answered(app, officer, f"#{number - number % 10} được {40 + turn % 50}%")
        of_unit.append(await _answered(app, officer, "/status"))
        of_all.append(await _answered(app, LEADER, "/status"))
    await remember(app.database)
    await _closed(app, channel)
    app, channel = _app(file)
    again = await _answered(app, LEADER, "/status")
    await _closed(app, channel)
    _check_all_answered(file)
    goal = STATUS_MS.get(directives)
    slow = _told("/status, first", [first], None) + _told("/status after a start", [again], None)
    return slow + _told("/status of all", of_all, goal) + _told("/status of a unit", of_unit, goal)


def _app(file: Path) -> tuple[App, WebChannel]:
    hasty = LimitSettings(messages_per_minute=100_000)
    settings = Settings(OfficeSettings("Cơ quan"), StorageSettings(folder=str(file.parent)), limits=hasty)
    channel = WebChannel(file.parent / "web.sqlite", clock=lambda: MORNING)
    return build(settings, [channel], clock=lambda: MORNING + timedelta(hours=1)), channel


async def _closed(app: App, channel: WebChannel) -> None:
    await app.close()
    channel.close()


async def _answered(app: App, person: int, text: str) -> Took:
    await app.keep(sender(person, text))
    began = _now()
    await app.router.drain()
    return _since(began)


def _check_all_answered(file: Path) -> None:
    """What fails is quick: its time would be taken for that of an answer."""
    connection = sqlite3.connect(file)
    rest = connection.execute("SELECT state, count(*) FROM inbox WHERE state != 'done' GROUP BY state").fetchall()
    connection.close()
    if rest:
        raise SystemExit(f"not every message was answered, so no time counts: {dict(rest)}")


def _now() -> Took:
    return time.process_time() * 1000, time.perf_counter() * 1000


def _since(began: Took) -> Took:
    processor, clock = _now()
    return processor - began[0], clock - began[1]


def _told(name: str, took: list[Took], goal: float | None) -> list[str]:
    words = [f"  {name:22}"]
    for of, times in zip(("CPU", "clock"), zip(*took, strict=True), strict=True):
        words.append(f"{of} {min(times):8.1f} {percentile(times, 0.5):8.1f} {percentile(times, 0.95):8.1f}")
    print("   ".join(words), flush=True)
    late = percentile([clock for _, clock in took], 0.95)
    return [f"{name}: {late:.0f} ms"] if goal is not None and late > goal else []


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--sizes", type=int, nargs="+", default=[1_000, 10_000, 100_000, 1_000_000])
    parser.add_argument("--times", type=int, default=20)
    given = parser.parse_args()
    slow = []
    for size in given.sizes:
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / "dondoc.sqlite"
            began = time.perf_counter()
            office(file, size)
            megabytes = file.stat().st_size / 2**20
            load = os.getloadavg()[0]
            print(
                f"{size} directives ({time.perf_counter() - began:.0f} s, {megabytes:.0f} MB), load {load:.1f};",
                end=" ",
            )
            print("ms: min, median, p95", flush=True)
            slow += [f"{size}: {line}" for line in asyncio.run(measure(file, size, given.times))]
    for line in slow:
        print(f"over the goal: {line}", file=sys.stderr)
    return 1 if slow else 0


if __name__ == "__main__":
    sys.exit(main())
