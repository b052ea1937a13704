"""Reports and reminders while the program is killed again and again with ``kill -9``, beside a plain bot.

    python -m bench.kill [--reports 3000] [--reminders 3000] [--kills 50] [--seed 1] [--only ours|plain]

Officers of the sample office report in turn over the Bot API (a double on this machine), and many other people are to
be reminded: half of them in the morning's sweep, half two hours before an hour of their own. The process is killed at
random moments and started again. What became of each report and reminder is counted in the database and in the chats.
The plain bot (``bench.plain_bot``) goes through the same, written as python-telegram-bot's documentation shows.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import random
import re
import sqlite3
import sys
import tempfile
import time
from collections import Counter
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any, ClassVar

from sqlalchemy import insert, select

from bench.plain_bot import opened
from db import Database, Session, sqlite_url
from db.models import Account, Directive, Person, Unit
from domain.lifecycle import State
from tests.botapi import TOKEN, BotApi
from tests.processes.running import START_S, Bot, Premises
from tests.processes.storm import BEGINNING, KILL_WITHIN_S, REPEAT, Storm

FIRST_REMINDED = 2_000_000
MORNING = BEGINNING.replace(hour=7, minute=30)
STUCK_S = 240.0  # without any message, a restart included
HOURS_FOR_S = 100  # the reminders before an hour fall due in so many seconds


@dataclass(frozen=True)
class Result:
    """What became of it all."""

    name: str
    seconds: float
    kills: int
    kept: Counter[str]  # rows of reports, by their words
    answers: Counter[str]  # as they are, by the words of the report
    answers_again: Counter[str]  # marked as a repeat
    reminders: Counter[int]
    reminders_again: Counter[int]
    in_doubt: Sequence[int]  # messages a kill found between claim and mark
    said: int
    owed: int

    def figures(self) -> list[tuple[str, str]]:
        """Name and value of each."""
        unmarked = _doubled(self.answers) + _doubled(self.reminders)
        marked = self.answers_again.total() + self.reminders_again.total()
        return [
            ("reports lost", str(self.said - len(self.kept))),
            ("reports doubled", str(_doubled(self.kept))),
            ("reports without an answer", str(self.said - len(self.answers | self.answers_again))),
            ("reminders lost", str(self.owed - len(self.reminders | self.reminders_again))),
            ("messages repeated without a mark", str(unmarked)),
            ("messages repeated with a mark", f"{marked}"),
            ("  of them at most, for one kill", str(max(self.in_doubt, default=0))),
            ("seconds", f"{self.seconds:.0f}"),
        ]

    @property
    def is_kept(self) -> bool:
        """Whether nothing was lost or doubled, and there was no more than one marked repeat a kill."""
        figures = dict(self.figures())
        clean = all(figures[name] == "0" for name in list(figures)[:5])
        return clean and self.answers_again.total() + self.reminders_again.total() <= self.kills


def _doubled(counted: Counter[Any]) -> int:
    return sum(count - 1 for count in counted.values())


@dataclass
class Ours(Storm):
    """Our program in the storm."""

    name: ClassVar[str] = "ours"
    answered_by: ClassVar[str] = r"đã ghi .*đạt (\d+)%"
    reminders: int = 0
    _place: int = 0
    _done: set[tuple[int, str]] = field(default_factory=set)

    async def lay_out(self, reminders: int) -> None:
        """Officers who will report, and people who are to be reminded."""
        await self.prepare()
        self.reminders = reminders
        api, chats = self.there.api, range(FIRST_REMINDED, FIRST_REMINDED + reminders)
        api.world.started.update(api.person(chat, f"Người {chat}") for chat in chats)
        await self._owe()

    async def _owe(self) -> None:
        database = Database(sqlite_url(self.there.database))
        async with database.write() as session:
            await _people_with_work(session, self.reminders)
        await database.close()

    @asynccontextmanager
    async def lives(self) -> AsyncIterator[Bot]:
        """The program, from the moment it polls."""
        async with self.there.running(self.now) as bot:
            yield bot

    async def suffer(self, reports: int, kills: int, seed: int) -> Result:
        """Everybody reports in turn, everybody is reminded, and the program is killed at random moments."""
        chance, total = random.Random(seed), reports + self.reminders
        marks = sorted(chance.sample(range(total // 50, total * 49 // 50), kills))
        start = time.monotonic()
        talking = asyncio.create_task(self._talk(reports))
        try:
            for mark in marks:
                async with self.lives() as bot:
                    await bot.while_it_lives(self._reached(mark))
                    await asyncio.sleep(chance.uniform(0, KILL_WITHIN_S))  # the moment of the kill, not a wait
                    await bot.kill()
                self.under_way.append(self._in_doubt())
            async with self.lives() as bot:
                await self._end(bot, total)
                await bot.stop()
        finally:
            talking.cancel()
        return self._result(kills, time.monotonic() - start)

    async def _end(self, bot: Bot, total: int) -> None:
        await bot.while_it_lives(self._reached(total))

    async def _reached(self, count: int) -> None:
        """Wait until so many different answers and reminders have come."""
        while self._progress() < count:
            await self._one_more(STUCK_S)

    async def _one_more(self, within: float) -> None:
        before = self._progress()
        await self.there.api.wait_for(lambda: self._progress() > before, within)

    def _progress(self) -> int:
        sent = self.there.api.world.sent
        new, self._place = sent[self._place :], len(sent)
        for message in new:
            if message.chat >= FIRST_REMINDED or re.search(self.answered_by, message.text):
                self._done.add((message.chat, "" if message.chat >= FIRST_REMINDED else REPEAT.sub("", message.text)))
        return len(self._done)

    async def _answered(self, count: int) -> None:
        """As the storm's, which looks at answers alone; a plain bot may never give some of them."""
        with contextlib.suppress(TimeoutError):
            await self.there.api.wait_for(lambda: self._progress_of_reports() >= count, STUCK_S)

    def _progress_of_reports(self) -> int:
        self._progress()
        return sum(bool(words) for _, words in self._done)

    # --- what became of it ---

    def _in_doubt(self) -> int:
        return int(self.there.ask("select count(*) from outbox where state = 'sending'")[0][0])

    def _kept(self) -> Counter[str]:
        return Counter(words for (words,) in self.there.ask("select text from reports"))

    def _result(self, kills: int, seconds: float) -> Result:
        said = {(s.officer.user, s.percent): s.words for s in self.said}
        answers: tuple[Counter[str], Counter[str]] = (Counter(), Counter())
        reminders: tuple[Counter[int], Counter[int]] = (Counter(), Counter())
        for message in self.there.api.world.sent:
            again = bool(REPEAT.match(message.text))
            if message.chat >= FIRST_REMINDED:
                reminders[again][message.chat] += 1
            elif found := re.search(self.answered_by, message.text):
                answers[again][said[message.chat, int(found[1])]] += 1
        return Result(
            self.name, seconds, kills, self._kept(), *answers, *reminders, tuple(self.under_way), len(self.said),
            self.reminders,
        )  # fmt: skip


@dataclass
class Plain(Ours):
    """A bot of python-telegram-bot in the same storm."""

    name: ClassVar[str] = "plain bot"
    answered_by: ClassVar[str] = r"Đã ghi: .*được (\d+)%"

    @property
    def _path(self) -> Path:
        return self.there.folder / "plain.sqlite"

    async def _owe(self) -> None:
        chats = range(FIRST_REMINDED, FIRST_REMINDED + self.reminders)
        with contextlib.closing(opened(str(self._path))) as database, database:
            rows = [(chat, "Hôm nay là hạn cuối.") for chat in chats]
            database.executemany("INSERT INTO reminders (chat, text) VALUES (?, ?)", rows)

    @asynccontextmanager
    async def lives(self) -> AsyncIterator[Bot]:
        """The bot, from the moment it polls."""
        polls = self.there.polls
        async with self.there.program("bench.plain_bot", self.there.api.url, TOKEN, str(self._path)) as bot:
            await bot.while_it_lives(self.there.api.wait_for(lambda: self.there.polls > polls, START_S))
            yield bot

    async def _reached(self, count: int) -> None:
        """What it has lost never comes: not waited for any longer than it takes everything else to come."""
        with contextlib.suppress(TimeoutError):
            while self._progress() < count:
                await self._one_more(3.0)

    async def _end(self, bot: Bot, total: int) -> None:
        await self._reached(total)

    async def _answered(self, count: int) -> None:
        """Never more than so many unanswered; those that are lost do not count for ever."""
        with contextlib.suppress(TimeoutError):
            await self.there.api.wait_for(lambda: self._progress_of_reports() >= count, 0.2)

    def _in_doubt(self) -> int:
        return 0  # it keeps no record of what it was doing

    def _kept(self) -> Counter[str]:
        with contextlib.closing(sqlite3.connect(self._path)) as database:
            found = database.execute("select text from reports").fetchall()
        return Counter(text.partition(" ")[2] for (text,) in found)


async def _people_with_work(session: Session, count: int) -> None:
    """A unit, an officer with an account and a directive each; due this morning, or two hours before its hour."""
    author = await session.scalar(select(Person.id).limit(1))
    first = 100_000
    numbers = range(first, first + count)
    units = [{"id": n, "key": f"thon-{n}", "name": f"Thôn {n}", "kind": "commune"} for n in numbers]
    people = [
        {"id": n, "key": f"truong-thon-{n}", "name": f"Người {n}", "unit_id": n, "role": "officer"} for n in numbers
    ]
    await session.execute(insert(Unit), units)
    await session.execute(insert(Person), people)
    await session.execute(insert(Account), [_account(n, FIRST_REMINDED + n - first) for n in numbers])
    await session.execute(insert(Directive), [_directive(n, author or 1, n % 2 == 0) for n in numbers])


def _account(person: int, chat: int) -> dict[str, object]:
    return {
        "channel": "telegram", "external_id": str(chat), "chat": str(chat), "person_id": person,
        "linked_at": MORNING, "seen_at": MORNING,
    }  # fmt: skip


def _directive(number: int, author: int, is_of_morning: bool) -> dict[str, object]:
    at = MORNING if is_of_morning else BEGINNING + timedelta(seconds=5 + number % HOURS_FOR_S)
    return {
        "code": f"t{number}", "text": "Tổng vệ sinh", "lead_unit_id": number, "state": State.IN_PROGRESS,
        "last_day": BEGINNING.date(), "first_last_day": BEGINNING.date(),
        "deadline_time": None if is_of_morning else (at + timedelta(hours=2)).time(),
        "issued_at": MORNING - timedelta(days=9), "assigned_at": MORNING - timedelta(days=9),
        "made_by": author, "made_at": MORNING - timedelta(days=9), "next_reminder_at": at,
    }  # fmt: skip


async def measure(storm: type[Ours], reports: int, reminders: int, kills: int, seed: int) -> Result:
    """One program's storm, in a folder of its own."""
    with tempfile.TemporaryDirectory(prefix="dondoc-") as folder:
        async with BotApi() as api:
            one = storm(Premises(Path(folder), api))
            await one.lay_out(reminders)
            return await one.suffer(reports, kills, seed)


def table(results: Sequence[Result]) -> str:
    """The figures of all, side by side."""
    head = f"{results[0].said} reports, {results[0].owed} reminders, {results[0].kills} times kill -9"
    lines = [f"{head:52}" + "".join(f"{r.name:>12}" for r in results)]
    for row in zip(*(r.figures() for r in results), strict=True):
        lines.append(f"  {row[0][0]:50}" + "".join(f"{value:>12}" for _, value in row))
    return "\n".join(lines)


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.kill")
    parser.add_argument("--reports", type=int, default=3000)
    parser.add_argument("--reminders", type=int, default=3000)
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", choices=("ours", "plain"))
    options = parser.parse_args(sys.argv[1:])
    chosen = {"ours": [Ours], "plain": [Plain]}.get(options.only, [Ours, Plain])
    size = (options.reports, options.reminders, options.kills, options.seed)
    results = [asyncio.run(measure(storm, *size)) for storm in chosen]
    print(table(results))
    in_doubt = Counter(results[0].in_doubt)
    print(
        f"  messages under way at a kill of ours: {', '.join(f'{n} ({c} times)' for n, c in sorted(in_doubt.items()))}"
    )
    if not all(r.is_kept for r in results if r.name == Ours.name):
        sys.exit("something was lost, doubled, or repeated more often than the program was killed")


if __name__ == "__main__":
    main()
