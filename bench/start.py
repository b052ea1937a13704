"""From ``python -m bot run`` to its first poll, and what it needs at rest.

    python -m bench.start [--times 5] [--large 1000000]

The office is the sample one, the Bot API a double on this machine. The first start makes the database. Then the same
with a database of a million open directives, on a day on which none is due. Python keeps what it has compiled, as it
does where the program is installed; a start before, which is not counted, does that.
Goals: under 2 s to the first poll, with a large database too; under 150 MB of resident memory at rest.
"""

from __future__ import annotations

import argparse
import asyncio
import statistics
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from bench.figures import cpu_s
from bench.filling import MORNING, fill
from tests.botapi import BotApi
from tests.processes.running import OFFICE, Bot, Premises

GOAL_S, GOAL_MB = 2.0, 150.0


@dataclass(frozen=True)
class Start:
    """One start, in seconds: by the clock on the wall, and of work. On a busy machine they differ."""

    wall: float
    cpu: float


async def measure(times: int, folder: Path) -> tuple[list[Start], float]:
    """Each start, the one that makes the database first; resident megabytes at rest."""
    async with BotApi() as api:
        await _compiled(folder, api)
        there = Premises(folder, api)
        there.configure()
        starts = [await _start(there)]
        await there.does("import-org", str(OFFICE))
        starts += [await _start(there) for _ in range(times)]
        return starts, await _at_rest(there)


async def measure_large(times: int, directives: int, folder: Path) -> list[Start]:
    """Each start with so many open directives; the first, which reads the file from the disk, is not counted."""
    async with BotApi() as api:
        there = Premises(folder, api)
        there.configure()
        there.database.parent.mkdir(parents=True)
        fill(there.database, directives, "telegram")
        sunday = MORNING - timedelta(days=1)
        return [await _start(there, sunday) for _ in range(times + 1)][1:]


async def _compiled(folder: Path, api: BotApi) -> None:
    """A start of another office, which leaves all modules compiled."""
    before = Premises(folder / "before", api)
    before.folder.mkdir()
    before.configure()
    async with before.running(**_installed(folder)) as bot:
        await bot.stop()


def _installed(folder: Path) -> dict[str, str]:
    """What Python has compiled stands in the folder, wherever the measurement itself keeps such things, if at all."""
    return {"PYTHONDONTWRITEBYTECODE": "", "PYTHONPYCACHEPREFIX": str(folder / "compiled")}


async def _start(there: Premises, now: datetime | None = None) -> Start:
    began = time.perf_counter()
    async with there.running(now, **_installed(there.folder)) as bot:
        took = Start(time.perf_counter() - began, cpu_s(bot.process.pid))
        await bot.stop()
    return took


async def _at_rest(there: Premises) -> float:
    """After a message was answered and the poll has come round twice with nothing new."""
    async with there.running(**_installed(there.folder)) as bot:
        await there.api.user_says(5001, "/start")
        await there.api.wait_sent(5001, 1, 30)
        polls = there.polls
        await there.api.wait_for(lambda: there.polls >= polls + 2, 30)
        return resident_mb(bot)


def resident_mb(bot: Bot) -> float:
    """What the process and its children have in memory, as Linux counts it."""
    pages = [_resident_kb(pid) for pid in (bot.process.pid, *_children(bot.process.pid))]
    return sum(pages) / 1024


def _resident_kb(pid: int) -> int:
    status = Path(f"/proc/{pid}/status").read_text()
    return next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmRSS:"))


def _children(pid: int) -> list[int]:
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.start")
    parser.add_argument("--times", type=int, default=5)
    parser.add_argument("--large", type=int, default=1_000_000, help="open directives; 0: without")
    options = parser.parse_args(sys.argv[1:])
    with tempfile.TemporaryDirectory(prefix="dondoc-") as folder:
        (first, *others), resident = asyncio.run(measure(options.times, Path(folder)))
    print("Start of `python -m bot run`, until it polls")
    print(_line("with a new database", [first]))
    print(_line("with an old one", others))
    missed = _wall(others) > GOAL_S or resident > GOAL_MB
    if options.large:
        with tempfile.TemporaryDirectory(prefix="dondoc-") as folder:
            large = asyncio.run(measure_large(options.times, options.large, Path(folder)))
        print(_line(f"with {options.large:,} open", large))
        missed = missed or _wall(large) > GOAL_S
    print(f"  resident at rest        {resident:6.0f} MB (goal {GOAL_MB:g} MB)")
    if missed:
        sys.exit("a start takes longer, or more memory, than it should")


def _wall(starts: Sequence[Start]) -> float:
    return statistics.median(start.wall for start in starts)


def _line(how: str, starts: Sequence[Start]) -> str:
    cpu = statistics.median(start.cpu for start in starts)
    return f"  {how:24}{_wall(starts):6.2f} s  ({cpu:.2f} s of work; median of {len(starts)}; goal {GOAL_S:g} s)"


if __name__ == "__main__":
    main()
