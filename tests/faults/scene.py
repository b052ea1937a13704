"""The small office on the running program: people speak and listen over HTTP, the clock is moved, the database read."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, TypeVar

from db import Database, sqlite_url
from domain.calendar import OFFICE_ZONE
from domain.deadlines import Deadline
from domain.office import Office
from services import accounts, issuing, office
from services.life import By
from services.notices import draft_directly
from tests import people
from tests.botapi import BotApi
from tests.botapi.world import SentMessage
from tests.patience import WITHIN_S
from tests.processes.levers import AT_REST, until
from tests.processes.running import Bot, Premises

T = TypeVar("T")

FIRST = 5001  # of the people's numbers on Telegram
REPEAT = re.compile(r"^\(gửi lại, mã \w+\)\n")
LATE = "(nhắc trễ"


def at(day: str, clock: str = "08:00", year: int = 2024) -> datetime:
    """``at("01/02", "07:30")``: a local moment. 31/01/2024 is a Wednesday; Tết is from 8 to 14 February."""
    return datetime.strptime(f"{day}/{year} {clock}", "%d/%m/%Y %H:%M").replace(tzinfo=OFFICE_ZONE)


BEGINNING = at("31/01")


@dataclass
class Scene:
    """One office and the program that serves it."""

    there: Premises
    people: dict[str, int]  # key -> number on Telegram, which is also the chat
    bot: Bot | None = field(default=None, repr=False)

    @property
    def api(self) -> BotApi:
        return self.there.api

    # --- the program ---

    @asynccontextmanager
    async def running(self, now: datetime | None = None) -> AsyncIterator[Bot]:
        """The program from a moment on; without one its clock goes on from where it was."""
        if now is not None:
            self.there.levers.move_to(now)
        async with self.there.rigged() as bot:
            self.bot = bot
            yield bot

    async def moves_to(self, moment: datetime) -> None:
        """The clock jumps; everything due by it is done."""
        self.there.levers.move_to(moment)
        await self.settles()

    async def settles(self) -> None:
        """Wait until the program has heard everything, has looked at everything and changes nothing more."""
        before: Any = None
        while True:
            is_heard = self._is_all_heard()  # asked first: what comes of it is in the outbox then
            now = len(self.api.world.sent), self.states()
            if is_heard and now == before and not now[1]["sending"]:
                return
            before = now
            await self._alive(self.there.levers.beats("tick"))  # what it queues is looked at within the second one
            await self._alive(self.there.levers.beats("_look", AT_REST))

    def _is_all_heard(self) -> bool:
        """Whether all that people said was taken in and done, but for what is tried again later."""
        waiting = "select count(*) from inbox where state in ('new', 'scan') and retry_at is null"
        return not self.api.queue.pending and self.ask(waiting) == [(0,)]

    async def _alive(self, happens: Any) -> Any:
        assert self.bot is not None, "nothing runs"
        return await self.bot.while_it_lives(happens)

    # --- people ---

    async def says(self, who: str, words: str, **more: Any) -> int:
        return await self.api.user_says(self.people[who], words, **more)

    async def presses(self, who: str, under: SentMessage, label: str) -> str:
        return await self.api.user_presses(self.people[who], under.message_id, label)

    def heard(self, who: str | int, *words: str) -> list[SentMessage]:
        """What somebody, or a chat, has got that holds all these words."""
        chat = self.people[who] if isinstance(who, str) else who
        return [m for m in self.api.sent_to(chat) if all(word in m.text for word in words)]

    async def hears(self, who: str | int, *words: str, times: int = 1) -> SentMessage:
        """Wait for so many of these; gives the last one."""
        try:
            await self.until(lambda: len(self.heard(who, *words)) >= times)
        except TimeoutError:
            chat = self.people[who] if isinstance(who, str) else who
            last = "\n---\n".join(m.text for m in self.api.sent_to(chat)[-5:])
            log = self.bot.said if self.bot else ""
            raise AssertionError(f"{who} does not hear {words} {times} times, but:\n{last}\n\n{log}") from None
        return self.heard(who, *words)[-1]

    async def until(self, ready: Callable[[], T]) -> T:
        """Wait for something on Telegram."""
        found: T = await self._alive(self.api.wait_for(ready, WITHIN_S))
        return found

    async def until_said(self, action: str) -> None:
        """Wait for an action in the log."""
        bot = self.bot
        assert bot is not None
        await self._alive(until(lambda: f"[{action}]" in bot.said))

    # --- the database ---

    def ask(self, question: str) -> list[tuple[Any, ...]]:
        return self.there.ask(question)

    def states(self, kind: str | None = None) -> Counter[str]:
        """How many outbox rows are in which state."""
        where = f" where kind = '{kind}'" if kind else ""
        return Counter(state for (state,) in self.ask(f"select state from outbox{where}"))

    async def says_the_database(self, question: str, answer: list[tuple[Any, ...]]) -> None:
        """Wait until a question has this answer: nobody tells us of a commit."""
        await self._alive(until(lambda: self.ask(question) == answer))

    async def given(
        self, unit: str, last_day: date | None, *, by: str = "van", now: datetime = BEGINNING, task: str = "Báo cáo"
    ) -> int:
        """A directive issued to a unit, before the program runs or beside it; gives its number."""
        database = Database(sqlite_url(self.there.database))
        async with database.write() as session:
            actor = By(await _person(session, by), now, Office())
            lead = (await office.person_by_key(session, _first_of(unit))).unit  # type: ignore[union-attr]
            draft = await draft_directly(session, task, lead, Deadline(last_day) if last_day else None, (), actor)
            (directive,) = await issuing.issue(session, [draft], actor)
            number = directive.id
        await database.close()
        return number


def _first_of(unit: str) -> str:
    return next(person.key for person in people.PEOPLE if person.unit == unit)


async def _person(session: Any, key: str) -> Any:
    found = await office.person_by_key(session, key)
    assert found is not None, key
    return found


async def furnish(there: Premises, now: datetime = BEGINNING) -> Scene:
    """Everybody of ``tests.people`` in the database and on Telegram; who is unlinked there is here too."""
    numbers = {line.key: FIRST + n for n, line in enumerate(people.PEOPLE)}
    database = Database(sqlite_url(there.database))
    async with database.write() as session:
        await office.import_org(session, people.UNITS, people.PEOPLE, now)
        for key, number in numbers.items():
            person = await _person(session, key)
            there.api.world.started.add(there.api.person(number, person.name))
            if key not in people.UNLINKED:
                await accounts.link(session, person, "telegram", str(number), str(number), now)
    await database.close()
    return Scene(there, numbers)
