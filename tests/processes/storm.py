"""Reports from many officers while the program is killed again and again; and what became of each."""

from __future__ import annotations

import asyncio
import random
import re
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import cycle, groupby
from typing import Any

from bot import organisation
from db import Database, Session, sqlite_url
from db.migrate import migrate
from db.models import Person
from domain.calendar import OFFICE_ZONE
from domain.office import Office
from services import accounts, issuing, office
from services.life import By
from services.notices import draft_directly
from tests.processes.running import OFFICE, Premises

BEGINNING = datetime(2024, 1, 31, 8, 0, tzinfo=OFFICE_ZONE)
CLERK = 5000
TASK = "Báo cáo kết quả thực hiện các chỉ tiêu"
LEAST, MOST = 5, 94  # percent; with its chat it names a report
UNDER_WAY = 60  # reports said and not answered yet
KILL_WITHIN_S = 0.25  # after the answer that is waited for
REPEAT = re.compile(r"^\(gửi lại, mã \w+\)\n")


@dataclass(frozen=True)
class Officer:
    """Someone who reports, and the directive of their unit."""

    user: int
    directive: int


@dataclass(frozen=True)
class Said:
    """One report; no other has its words."""

    officer: Officer
    number: int
    percent: int

    @property
    def words(self) -> str:
        return f"được {self.percent}%, lần {self.number}"

    @property
    def row(self) -> tuple[int, int, str]:
        """As the table of reports has it."""
        return self.officer.directive, self.percent, self.words

    def is_answered_by(self, words: str) -> bool:
        return f"#{self.officer.directive}: " in words and f"đạt {self.percent}%" in words


@dataclass(frozen=True)
class Outcome:
    """What became of all reports."""

    said: int
    kills: int
    seconds: float
    kept: Counter[tuple[Any, ...]]  # rows of the table of reports
    plain: Counter[Said]  # answers as they are
    repeats: Counter[Said]  # answers marked "(gửi lại)"
    under_way: tuple[int, ...]  # messages a kill found between claim and mark, by kill
    states: Counter[str]  # of the answers' rows

    @property
    def lost(self) -> int:
        return self.said - len(self.kept)

    @property
    def doubled(self) -> int:
        return sum(count - 1 for count in self.kept.values())

    @property
    def unanswered(self) -> int:
        return self.said - len(self.plain | self.repeats)

    @property
    def unmarked_doubles(self) -> int:
        return sum(count - 1 for count in self.plain.values())


@dataclass
class Storm:
    """The officers, what they have said, and what was answered."""

    there: Premises
    officers: list[Officer] = field(default_factory=list)
    said: list[Said] = field(default_factory=list)
    began: float = field(default_factory=time.monotonic)
    under_way: list[int] = field(default_factory=list)
    _seen: int = 0  # messages of the bot looked at so far
    _answers_seen: set[tuple[int, str]] = field(default_factory=set)

    @property
    def now(self) -> datetime:
        """The office's moment: it goes on across restarts."""
        return BEGINNING + timedelta(seconds=time.monotonic() - self.began)

    async def prepare(self) -> None:
        """The sample office: each commune has a directive, and its two people will report."""
        self.there.configure()
        database = Database(sqlite_url(self.there.database))
        migrate(database.url)
        found = organisation.load(OFFICE)
        async with database.write() as session:
            await office.import_org(session, found.units, found.people, self.now)
            everyone = await office.active_people(session)
            clerk = next(p for p in everyone if p.key == "van-thu-1")
            await self._link(session, clerk, CLERK)
            by = By(clerk, self.now, Office())
            for unit, people in groupby((p for p in everyone if p.unit.kind == "commune"), lambda p: p.unit):
                draft = await draft_directly(session, TASK, unit, None, (), by)
                (directive,) = await issuing.issue(session, [draft], by)
                users = [await self._link(session, person, CLERK + person.id) for person in people]
                self.officers += [Officer(user, directive.id) for user in users]
        await database.close()

    async def _link(self, session: Session, person: Person, user: int) -> int:
        """An account, and someone on Telegram who has pressed Start."""
        self.there.api.world.started.add(self.there.api.person(user, person.name))
        await accounts.link(session, person, "telegram", str(user), str(user), self.now)
        return user

    # --- the storm itself ---

    async def rage(self, reports: int, kills: int, seed: int) -> Outcome:
        """Everybody reports in turn while the program is killed at random moments."""
        chance = random.Random(seed)
        marks = sorted(chance.sample(range(reports // 20, reports * 19 // 20), kills))
        start = time.monotonic()
        talking = asyncio.create_task(self._talk(reports))
        try:
            for mark in marks:
                async with self.there.running(self.now) as bot:
                    await bot.while_it_lives(self._answered(mark))
                    await asyncio.sleep(chance.uniform(0, KILL_WITHIN_S))  # the moment of the kill, not a wait
                    await bot.kill()
                self.under_way.append(self._between_claim_and_mark())
            async with self.there.running(self.now) as bot:
                await bot.while_it_lives(talking)
                await bot.while_it_lives(self._answered(reports))
                seconds = time.monotonic() - start
                assert await bot.stop() == 0, bot.said
        finally:
            talking.cancel()
        return self._outcome(kills, seconds)

    async def _talk(self, reports: int) -> None:
        """So many reports, the officers in turn, never more than ``UNDER_WAY`` of them without an answer."""
        speakers, percents = cycle(self.officers), self._percents()
        for number in range(reports):
            await self._answered(number + 1 - UNDER_WAY)
            said = Said(next(speakers), number, next(percents))
            self.said.append(said)
            await self.there.api.user_says(said.officer.user, f"#{said.officer.directive} {said.words}")

    def _percents(self) -> Iterator[int]:
        """The same for everybody once, then the next: none comes twice in a chat of fewer than ninety reports."""
        for percent in range(LEAST, MOST + 1):
            yield from [percent] * len(self.officers)

    async def _answered(self, count: int) -> None:
        await self.there.api.wait_for(lambda: self._answers() >= count)

    def _answers(self) -> int:
        """How many reports have an answer; a repeat is the same answer."""
        sent = self.there.api.world.sent
        new = (m for m in sent[self._seen :] if "đã ghi" in m.text)
        self._answers_seen |= {(m.chat, REPEAT.sub("", m.text)) for m in new}
        self._seen = len(sent)
        return len(self._answers_seen)

    # --- what became of it ---

    def _between_claim_and_mark(self) -> int:
        """Answers of which the next process cannot know whether they went out."""
        return int(self.there.ask("select count(*) from outbox where state = 'sending' and kind = 'answer'")[0][0])

    def _outcome(self, kills: int, seconds: float) -> Outcome:
        plain: Counter[Said] = Counter()
        repeats: Counter[Said] = Counter()
        waiting = {(said.officer.user, said.percent): said for said in self.said}
        for message in self.there.api.world.sent:
            if found := re.search(r"đã ghi .*đạt (\d+)%", message.text):
                said = waiting[message.chat, int(found[1])]
                assert said.is_answered_by(message.text), message.text
                (repeats if REPEAT.match(message.text) else plain)[said] += 1
        kept = Counter(self.there.ask("select directive_id, percent, text from reports"))
        assert kept.keys() <= {said.row for said in self.said}, "a report nobody made"
        states = Counter(state for (state,) in self.there.ask("select state from outbox where kind = 'answer'"))
        return Outcome(len(self.said), kills, seconds, kept, plain, repeats, tuple(self.under_way), states)
