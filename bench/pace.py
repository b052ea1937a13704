"""How close to Telegram's limit the program sends, and how soon a person is answered meanwhile.

    python -m bench.pace [--sustained 900] [--ways 100 300] [--broadcast 1500] [--large 10000] [--times 10]

The whole program is a process of its own; the Bot API is a double on this machine that refuses the thirty-first message
of any second, as Telegram does. A broadcast waits in the outbox, a row to a chat; while it runs, people report their
progress and wait for the answer. The large broadcast is sent with both limits, the program's and the double's, so many
times higher: a quicker town, not a quicker clock. Each of ``--ways`` is a sustained broadcast over a line that takes so
many milliseconds there and back, a twentieth more or less as it comes.
Goals: 29 messages a second, no refusal, 99 of 100 answers within 1 s.
"""

from __future__ import annotations

import argparse
import asyncio
import random
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from bench.figures import cpu_s, percentile
from channels.base import OutgoingMessage
from channels.telegram.pace import OVERALL_PER_S
from db import Database, sqlite_url
from db.models import Outbox
from db.queries.outbox import BULK, insert_once
from tests.botapi import BotApi
from tests.botapi.faults import Rates
from tests.processes.running import Premises
from tests.processes.storm import Officer, Storm

GOAL_PER_S, GOAL_ANSWER_S = 29.0, 1.0
FIRST_CHAT = 1_000_000
SPEAKERS = 12  # people who report meanwhile
PAUSE_S = (0.5, 2.5)  # of each, between an answer and the next report


@dataclass
class Seen:
    """What a broadcast looked like from Telegram's side."""

    title: str
    sent: int
    seconds: float
    fullest: int  # messages in the fullest second
    refused: int  # 429
    work_ms: float  # of the program's processor, for each message
    answers: list[float] = field(default_factory=list)  # seconds each

    @property
    def per_s(self) -> float:
        return (self.sent - 1) / self.seconds


@dataclass
class Town:
    """A double with a broadcast in the outbox, and people who talk meanwhile."""

    storm: Storm
    times: int = 1
    waiting: dict[int, asyncio.Future[float]] = field(default_factory=dict)  # chat -> when its answer came
    answers: list[float] = field(default_factory=list)
    _looked: int = 0

    @property
    def api(self) -> BotApi:
        return self.storm.there.api

    def limit(self) -> None:
        """Telegram's limits, so many times higher."""
        rates = self.api._rates = Rates()
        rates.OVERALL *= self.times
        rates.GROUP_PER_MINUTE *= self.times
        rates.CHAT_INTERVAL_S /= self.times

    async def queue(self, messages: int) -> None:
        """A row of bulk to as many chats."""
        chats = range(FIRST_CHAT, FIRST_CHAT + messages)
        self.api.world.started.update(self.api.person(chat, f"Người {chat}") for chat in chats)
        now = self.storm.now
        rows = [
            {"kind": "answer", "channel": "telegram", "chat": str(c), "priority": BULK, "created_at": now,
             "body": OutgoingMessage(f"Sáng nay anh/chị có 3 việc cần báo cáo. ({c})").to_json()}
            for c in chats
        ]  # fmt: skip
        database = Database(sqlite_url(self.storm.there.database))
        async with database.write() as session:
            await insert_once(session, Outbox, rows, "key")
        await database.close()

    async def run(self, title: str, messages: int, speakers: Sequence[Officer]) -> Seen:
        """Send it all; gives what Telegram saw."""
        self.limit()
        await self.queue(messages)
        start = len(self.api.calls)
        there = self.storm.there
        module = {"module": "bench.unpaced", "PACE_TIMES": str(self.times)} if self.times > 1 else {}
        async with there.running(self.storm.now, **module) as bot:
            worked = cpu_s(bot.process.pid)
            talking = [asyncio.create_task(self._talk(speaker)) for speaker in speakers]
            looking = asyncio.create_task(self._look())
            await bot.while_it_lives(self.api.wait_for(lambda: self._sent() >= messages, 60 + messages / 10))
            for task in (looking, *talking):
                task.cancel()
            await asyncio.gather(looking, *talking, return_exceptions=True)
            worked = cpu_s(bot.process.pid) - worked
            await bot.stop()
        return self._seen(title, start, worked)

    def _sent(self) -> int:
        chats = self.api.world.sent[self._counted :]
        self._bulk += sum(m.chat >= FIRST_CHAT for m in chats)
        self._counted += len(chats)
        return self._bulk

    _counted: int = 0
    _bulk: int = 0

    async def _talk(self, officer: Officer) -> None:
        """Report, wait for the answer, think, report again."""
        chance = random.Random(officer.user)
        for number in range(10_000):
            await asyncio.sleep(chance.uniform(*PAUSE_S))
            self.waiting[officer.user] = asyncio.get_running_loop().create_future()
            said = time.monotonic()
            await self.api.user_says(officer.user, f"#{officer.directive} được {5 + number % 90}%, lần {number}")
            self.answers.append(await self.waiting[officer.user] - said)

    async def _look(self) -> None:
        await self.api.wait_for(self._note_answers, 10_000)

    def _note_answers(self) -> bool:
        """Looked at whenever something happens; never true."""
        new = self.api.world.sent[self._looked :]
        self._looked += len(new)
        for message in new:
            waits = self.waiting.get(message.chat)
            if waits and not waits.done() and "đã ghi" in message.text:
                waits.set_result(time.monotonic())
        return False

    def _seen(self, title: str, start: int, worked: float) -> Seen:
        calls = [c for c in self.api.calls[start:] if c.method == "sendMessage"]
        at = [c.at for c in calls if c.status == 200]
        refused = sum(c.status == 429 for c in calls)
        work_ms = worked / len(at) * 1000
        return Seen(title, len(at), at[-1] - at[0], fullest_second(at), refused, work_ms, list(self.answers))


def fullest_second(moments: Sequence[float]) -> int:
    """How many of the moments (in order) lie in the fullest second."""
    first, most = 0, 0
    for last, moment in enumerate(moments):
        while moments[first] <= moment - 1.0:
            first += 1
        most = max(most, last - first + 1)
    return most


async def measure(title: str, messages: int, times: int, *, talking: bool, way_s: float = 0.0) -> Seen:
    """One broadcast in an office of its own."""
    chance = random.Random(title)
    with tempfile.TemporaryDirectory(prefix="dondoc-") as folder:
        async with BotApi() as api:
            api.way = lambda: way_s * chance.uniform(0.95, 1.05)
            storm = Storm(Premises(Path(folder), api))
            await storm.prepare()
            return await Town(storm, times).run(title, messages, storm.officers[:SPEAKERS] if talking else ())


def table(all_seen: Sequence[Seen]) -> str:
    """A line per broadcast."""
    head = f"{'':34}{'sent':>7}{'a second':>10}{'fullest s':>11}{'429':>5}{'work':>9}"
    lines = [head + "   answers: p50     p99     most  (of)"]
    for seen in all_seen:
        line = f"{seen.title:34}{seen.sent:>7,}{seen.per_s:>10.2f}{seen.fullest:>11}{seen.refused:>5}"
        line += f"{seen.work_ms:>6.1f} ms"
        if seen.answers:
            p50, p99, most = (percentile(seen.answers, share) for share in (0.5, 0.99, 1.0))
            line += f"   {p50 * 1000:>12.0f} {p99 * 1000:>7.0f} {most * 1000:>8.0f} ms  ({len(seen.answers)})"
        lines.append(line)
    return "\n".join(lines)


async def main(sustained: int, ways: Sequence[int], broadcast: int, large: int, times: int) -> list[str]:
    """Print the table; gives what falls short."""
    all_seen = []
    if sustained:
        all_seen.append(await measure("nobody talks", sustained, 1, talking=False))
        for way in ways:
            title = f"nobody talks, {way} ms away"
            all_seen.append(await measure(title, sustained, 1, talking=False, way_s=way / 1000))
    if broadcast:
        all_seen.append(await measure("people report meanwhile", broadcast, 1, talking=True))
    if large:
        all_seen.append(await measure(f"people report, limits x{times}", large, times, talking=True))
    print(f"Telegram's limit: {OVERALL_PER_S} messages in any second")
    print(table(all_seen))
    short = [f"refused: {s.title}" for s in all_seen if s.refused]
    short += [f"slow answers: {s.title}" for s in all_seen if s.answers and percentile(s.answers, 0.99) > GOAL_ANSWER_S]
    quiet = [s for s in all_seen if not s.answers]
    return short + [f"under {GOAL_PER_S:g} a second: {s.title}" for s in quiet if s.per_s < GOAL_PER_S]


if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="python -m bench.pace")
    parser.add_argument("--sustained", type=int, default=900)
    parser.add_argument("--ways", type=int, nargs="*", default=[100, 300])
    parser.add_argument("--broadcast", type=int, default=1500)
    parser.add_argument("--large", type=int, default=10_000)
    parser.add_argument("--times", type=int, default=10)
    options = parser.parse_args(sys.argv[1:])
    if missed := asyncio.run(main(options.sustained, options.ways, options.broadcast, options.large, options.times)):
        sys.exit("; ".join(missed))
