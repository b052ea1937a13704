"""How long the timed side takes as an office grows: finding what is due, putting the morning's messages together.

    python -m bench.delivery [--sizes 1000 10000 100000 1000000]

One lead unit per 20 directives, two people per unit; for 35 of 100 units two directives are due this morning, which at
a million open directives makes 35,000 people. Each size is measured in a process of its own, on a file of its own.
Goals at a million: 2 ms to find what is due, 3 s and 300 MB for the morning's messages of 35,000 people.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import func, select

from bench.filling import MORNING, fill
from bot.garbage import loading
from db import Database, Session, sqlite_url
from db.models import Directive, Outbox
from db.queries.outbox import next_waiting
from db.queries.reminders import what_is_due
from domain.office import Office
from scheduler.sweeps import sweep
from services.outbox import gate, local_day
from services.recurring import ADOPTED

LARGEST = 1_000_000
GOAL_FIND_MS, GOAL_BUILD_S, GOAL_MB = 2.0, 3.0, 300.0
PEOPLE = 35_000  # for whom the goal is meant
OFTEN = 20


@dataclass(frozen=True)
class Line:
    """One size."""

    directives: int
    find_ms: float  # the first thing that is due
    find_nothing_ms: float  # an evening before, when nothing is
    ask_ms: float  # whether a sweep has anything to do, that evening
    next_ms: float  # the row of the outbox whose turn it is, when the morning's messages wait
    people: int
    build_s: float
    build_cpu_s: float
    grown_mb: float
    idle_ms: float  # a whole sweep that evening, with nothing to do
    waiting_ms: float  # a whole sweep with nothing due, while the morning's messages wait to be sent


async def measure(file: Path, size: int) -> Line:
    """Time each step on a filled database."""
    with loading():  # as the program starts
        database, office = Database(sqlite_url(file)), Office()
    before = MORNING - timedelta(hours=14)
    nothing = await _best(database, lambda s: s.scalar(_due(before)))
    ask = await _best(database, lambda s: what_is_due(s, before, local_day(before), ADOPTED))
    found = await _best(database, lambda s: s.scalar(_due(MORNING)))
    idle = await _best_sweep(database, office, before)  # everything is loaded now
    memory, start, worked = _peak_mb(), time.perf_counter(), time.process_time()
    await sweep(database, office, MORNING)
    built, worked = time.perf_counter() - start, time.process_time() - worked
    grown = _peak_mb() - memory
    at = gate(MORNING, office, {"bench"})
    turn = await _best(database, lambda s: next_waiting(s, at))
    waiting = await _best_sweep(database, office, MORNING)
    async with database.read() as session:
        people = await session.scalar(select(func.count(Outbox.id))) or 0
    await database.close()
    return Line(size, found, nothing, ask, turn, people, built, worked, grown, idle, waiting)


def _due(now: object) -> object:
    """As ``db.queries.reminders.take_due`` begins."""
    due = Directive.next_reminder_at <= now
    return select(Directive.lead_unit_id).where(due).order_by(Directive.next_reminder_at, Directive.id).limit(500)


async def _best(database: Database, ask: Callable[[Session], Awaitable[object]]) -> float:
    """Milliseconds of the fastest of several times, in an open transaction."""
    times = []
    for _ in range(OFTEN):
        async with database.read() as session:
            await session.connection()
            start = time.perf_counter()
            await ask(session)
            times.append(time.perf_counter() - start)
    return min(times) * 1000


async def _best_sweep(database: Database, office: Office, now: datetime) -> float:
    """Milliseconds of the fastest of several sweeps that find nothing to do."""
    times = []
    for _ in range(OFTEN):
        start = time.perf_counter()
        await sweep(database, office, now)
        times.append(time.perf_counter() - start)
    return min(times) * 1000


def _peak_mb() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def in_a_child(file: Path, size: int) -> Line:
    """The same in a process that has done nothing else."""
    words = [sys.executable, "-m", "bench.delivery", "--measure", str(file), str(size)]
    return Line(**json.loads(subprocess.run(words, check=True, stdout=subprocess.PIPE).stdout))


def table(lines: Sequence[Line]) -> str:
    """A line per size."""
    head = (
        f"{'open':>9} {'find due':>10} {'none due':>10} {'anything?':>10} {'idle sweep':>11} {'whose turn':>11}"
        f" {'people':>8} {'messages built':>15} {'grown':>8} {'sweep while they wait':>22}"
    )
    body = [
        f"{n.directives:>9,} {n.find_ms:>7.2f} ms {n.find_nothing_ms:>7.2f} ms {n.ask_ms:>7.2f} ms {n.idle_ms:>8.2f} ms"
        f" {n.next_ms:>8.2f} ms {n.people:>8,} {n.build_s:>6.2f} ({n.build_cpu_s:.2f}) s {n.grown_mb:>5.0f} MB"
        f" {n.waiting_ms:>19.1f} ms"
        for n in lines
    ]
    return "\n".join([head, *body, "(in brackets: seconds of work; on a busy machine they differ from the clock's)"])


def missed(line: Line) -> list[str]:
    """The goals a line does not reach; only the largest has any."""
    if line.directives < LARGEST:
        return []
    checks = {
        f"finding what is due takes over {GOAL_FIND_MS:g} ms": line.find_ms > GOAL_FIND_MS,
        f"{PEOPLE:,} people's messages take over {GOAL_BUILD_S:g} s": line.build_s > GOAL_BUILD_S,
        f"they take over {GOAL_MB:g} MB": line.grown_mb > GOAL_MB,
    }
    return [words for words, is_missed in checks.items() if is_missed]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", type=int, nargs="+", default=[1_000, 10_000, 100_000, LARGEST])
    parser.add_argument("--measure", nargs=2, metavar=("FILE", "SIZE"), help=argparse.SUPPRESS)
    options = parser.parse_args(sys.argv[1:])
    if options.measure:
        file, size = options.measure
        print(json.dumps(asdict(asyncio.run(measure(Path(file), int(size))))))
        return
    lines = []
    for size in options.sizes:
        with tempfile.TemporaryDirectory(prefix="dondoc-") as folder:
            file = Path(folder) / "dondoc.sqlite"
            fill(file, size)
            lines.append(in_a_child(file, size))
    print(table(lines))
    if short := [words for line in lines for words in missed(line)]:
        sys.exit("; ".join(short))


if __name__ == "__main__":
    main()
