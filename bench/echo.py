"""Reports a second, each kept for good and answered, beside a bot that only says back what it hears.

    python -m bench.echo [--reports 600] [--times 3]

Both are processes of their own on the same double of the Bot API on this machine, without Telegram's limits of speed
(ours has them lifted for this). Ours: the message is committed before it is confirmed, the report and its audit row
are committed, the answer is committed, sent and marked. The other: the barest bot of python-telegram-bot, which keeps
nothing and loses what it was working on when it is killed. Goal: ours at half the other's rate or more.
"""

from __future__ import annotations

import argparse
import asyncio
import statistics
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from itertools import cycle
from pathlib import Path

from tests.botapi import TOKEN, BotApi
from tests.processes.running import Bot, Premises
from tests.processes.storm import Officer, Storm

GOAL = 0.5
WITHIN_S = 120.0
TIMES_FASTER = 1000  # than Telegram allows


@dataclass
class Round:
    """The same reports, said to one bot after the other."""

    storm: Storm
    said: int = 0
    rates: dict[tuple[str, str], list[float]] = field(default_factory=dict)

    async def both(self, how: str, officers: Sequence[Officer], reports: int) -> None:
        """One after the other, so that they do not take the processor from each other."""
        for who, running in (("ours", self._ours), ("echo", self._echo)):
            async with running() as bot:
                await bot.while_it_lives(self._rate(officers[:1], 20))  # both have loaded what they need by then
                self.rates.setdefault((how, who), []).append(await bot.while_it_lives(self._rate(officers, reports)))

    @asynccontextmanager
    async def _ours(self) -> AsyncIterator[Bot]:
        there = self.storm.there
        async with there.running(self.storm.now, module="bench.unpaced", PACE_TIMES=str(TIMES_FASTER)) as bot:
            yield bot
            assert await bot.stop() == 0, bot.said

    @asynccontextmanager
    async def _echo(self) -> AsyncIterator[Bot]:
        there = self.storm.there
        polls = there.polls
        async with there.program("bench.echo_bot", there.api.url, TOKEN) as bot:
            await bot.while_it_lives(there.api.wait_for(lambda: there.polls > polls, WITHIN_S))
            yield bot

    async def _rate(self, officers: Sequence[Officer], reports: int) -> float:
        """Answers a second, from the first word until the last answer."""
        api = self.storm.there.api
        before = len(api.world.sent)
        start = time.perf_counter()
        for _, officer in zip(range(reports), cycle(officers), strict=False):
            self.said += 1
            await api.user_says(officer.user, f"#{officer.directive} được {5 + self.said % 90}%, lần {self.said}")
        await api.wait_for(lambda: len(api.world.sent) >= before + reports, WITHIN_S)
        return reports / (time.perf_counter() - start)


async def measure(reports: int, times: int, folder: Path) -> dict[tuple[str, str], list[float]]:
    """(how, who) -> rates."""
    async with BotApi() as api:
        storm = Storm(Premises(folder, api))
        await storm.prepare()
        round_ = Round(storm)
        for _ in range(times):
            await round_.both("everybody at once", storm.officers, reports)
            await round_.both("one person", storm.officers[:1], reports // 3)
        return round_.rates


def table(rates: dict[tuple[str, str], list[float]]) -> tuple[str, float]:
    """The figures, and the smallest ratio."""
    lines, worst = [f"{'answers a second':24}{'ours':>8}{'echo bot':>10}{'ratio':>8}"], float("inf")
    for how in dict.fromkeys(how for how, _ in rates):
        ours, echo = (statistics.median(rates[how, who]) for who in ("ours", "echo"))
        worst = min(worst, ours / echo)
        lines.append(f"  {how:22}{ours:>8.0f}{echo:>10.0f}{ours / echo:>8.2f}")
    return "\n".join(lines), worst


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.echo")
    parser.add_argument("--reports", type=int, default=600)
    parser.add_argument("--times", type=int, default=3)
    options = parser.parse_args(sys.argv[1:])
    with tempfile.TemporaryDirectory(prefix="dondoc-") as folder:
        words, worst = table(asyncio.run(measure(options.reports, options.times, Path(folder))))
    print(words)
    if worst < GOAL:
        sys.exit(f"under {GOAL:g} of the echo bot's rate")


if __name__ == "__main__":
    main()
