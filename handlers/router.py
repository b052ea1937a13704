"""The turns of messages: each is kept when it comes, and taken up in order within its chat, chats side by side.

A message is looked at (``placing``) and carried out (``carrying``) in one transaction, which is opened here. What is
refused or fails (``not_done``) never holds up the rest, and the row stays.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from channels.base import Channel, IncomingMessage, OutgoingMessage
from db import Database, Session
from db.queries import inbox
from domain.errors import Refusal
from domain.office import Office
from handlers.carrying import Carrying
from handlers.intake import Intake, Porter, refuse_secret
from handlers.not_done import NotDone
from handlers.pace import MINUTE, Pace
from handlers.placing import Place, look, needs_nothing, way_of
from handlers.routing import Route
from services import outbox
from services.evidence import Store
from texts import general

log = logging.getLogger(__name__)

SCAN = ("", "scan")  # among the chats worked on, the one scan: it takes minutes, and its chat does not wait for it
SIDE_BY_SIDE = 8  # chats worked on at once
FINISH_S = 10.0  # for messages being worked on when the program stops
IDLE_S = 5.0  # until the inbox is looked at without being woken


@dataclass
class Begun:
    """How far a message has come when it was looked at."""

    place: Place
    way: Route
    until: datetime | None  # it waits its turn
    is_answered: bool = False


@dataclass(frozen=True)
class HandedOut:
    """How many rows were started on, and whether no more would have fitted: then others may wait."""

    started: int
    is_full: bool


class Router:
    """Works on the inbox.

    Args:
        clock: the moment, aware.
        wake_delivery: called after a commit that may have queued something to say.
    """

    def __init__(
        self,
        database: Database,
        office: Office,
        channels: Mapping[str, Channel],
        porter: Porter,
        store: Store,
        clock: Callable[[], datetime],
        wake_delivery: Callable[[], None] = lambda: None,
    ) -> None:
        self._database = database
        self._channels = channels
        self._clock = clock
        self._wake_delivery = wake_delivery
        self._news = asyncio.Event()
        self._is_ending = False
        self._busy: dict[tuple[str, str], asyncio.Task[None]] = {}
        self._held: dict[tuple[str, str], datetime] = {}  # chats in which a paste may go on
        self._pace = Pace(office.messages_per_minute)
        self._carrying = Carrying(database, office, channels, porter, store, self._pace)
        self._not_done = NotDone(database, office, self._pace)
        self._resting: dict[tuple[str, str], datetime] = {}  # chats of people who have sent more than that
        self._forgets_at = clock() + MINUTE

    async def keep(self, message: IncomingMessage) -> None:
        """Store what came; returns once it is committed. This is a channel's ``Keep``."""
        async with self._database.write() as session:
            await inbox.keep(session, message.to_json(), self._clock())
        self._held.pop((message.channel, message.chat), None)
        self._news.set()

    def end(self) -> None:
        """Let ``run`` return: messages being worked on are finished, the others wait for the next start."""
        self._is_ending = True
        self._news.set()

    async def run(self) -> None:
        """Work until ``end``, or until cancelled. Rows left from before are taken up first."""
        try:
            while not self._is_ending:
                self._news.clear()
                if not await self._may_start_more() and not self._is_ending:
                    await self._wait()
            if SCAN in self._busy:  # taken up again at the next start
                self._busy[SCAN].cancel()
            if self._busy:
                await asyncio.wait(list(self._busy.values()), timeout=FINISH_S)
        finally:
            for task in list(self._busy.values()):
                task.cancel()
            await asyncio.gather(*self._busy.values(), return_exceptions=True)

    async def _may_start_more(self) -> bool:
        """Start on what waits; gives whether there may be more than was looked at."""
        try:
            return (await self._hand_out()).is_full
        except Exception:  # the disk is full, the database busy: what was heard waits, and is taken up when that ends
            log.exception("The inbox cannot be worked on", extra={"action": "inbox_stuck"})
            self._news.clear()
            return False

    async def _wait(self) -> None:
        until = self.waits_until()
        seconds = IDLE_S if until is None else min(IDLE_S, max(0.0, (until - self._clock()).total_seconds()))
        try:
            await asyncio.wait_for(self._news.wait(), seconds)
        except TimeoutError:
            return

    def waits_until(self) -> datetime | None:
        """When the first chat is read again that is not now: more of a text may come, or too much has come."""
        return min([*self._held_now().values(), *self._resting_now().values()], default=None)

    def _resting_now(self) -> dict[tuple[str, str], datetime]:
        now = self._clock()
        self._resting = {chat: until for chat, until in self._resting.items() if until > now}
        if now >= self._forgets_at:
            self._pace.forget(now)
            self._forgets_at = now + MINUTE
        return self._resting

    def _held_now(self) -> dict[tuple[str, str], datetime]:
        now = self._clock()
        self._held = {chat: until for chat, until in self._held.items() if until > now}
        return self._held

    async def drain(self) -> int:
        """Work on everything that waits; gives how many messages that were. For the demo's clock and for tests."""
        done = 0
        while True:
            done += (await self._hand_out()).started
            if not self._busy:
                return done
            await asyncio.wait(list(self._busy.values()), return_when=asyncio.FIRST_COMPLETED)

    async def _hand_out(self) -> HandedOut:
        """Start on the next row of every free chat."""
        free = SIDE_BY_SIDE - len(self._busy.keys() - {SCAN})
        apart = self._busy.keys() | self._held_now().keys() | self._resting_now().keys()
        async with self._database.read() as session:
            rows, scan = await inbox.next_of_each_chat(session, self._clock(), apart, max(free, 0))
        started = self._start_scan(scan)
        if free <= 0 and self._busy:
            await asyncio.wait(list(self._busy.values()), return_when=asyncio.FIRST_COMPLETED)
        for inbox_id, channel, chat in rows:
            self._start(inbox_id, (channel, chat))
        return HandedOut(started + len(rows), is_full=len(rows) >= free)

    def _start_scan(self, waiting: int | None) -> int:
        """Start on the oldest scan that waits, where none is worked on; gives how many that is."""
        if SCAN in self._busy or waiting is None:
            return 0
        self._start(waiting, SCAN)
        return 1

    def _start(self, inbox_id: int, place: tuple[str, str]) -> None:
        task = asyncio.create_task(self._work(inbox_id), name=f"inbox-{inbox_id}")
        self._busy[place] = task
        task.add_done_callback(lambda _: self._free(place))

    def _free(self, place: tuple[str, str]) -> None:
        self._busy.pop(place, None)
        self._news.set()

    # --- one message ---

    async def _work(self, inbox_id: int) -> None:
        now = self._clock()
        place = None
        try:
            begun = await self._begin(inbox_id, now)
            place = begun.place
            if place.pieces and place.pieces.ready_at:
                self._held[place.message.channel, place.message.chat] = place.pieces.ready_at
                await self._channels[place.message.channel].typing(place.message.chat)
            elif begun.until is not None:
                await self._hold_back(inbox_id, place, begun.until, now)
            elif not begun.is_answered:
                await self._answer_one(inbox_id, place, begun.way, now)
        except Exception as error:
            await self._put_aside(inbox_id, place.ids if place else (), now, error)
        self._wake_delivery()

    async def _begin(self, inbox_id: int, now: datetime) -> Begun:
        """Look at a message; most are answered in the same transaction: nothing is fetched or read for them first."""
        toast = None
        try:
            async with self._database.write() as session:
                place, seen = await look(session, inbox_id, now)
                begun = Begun(place, way_of(place), self._rests_until(place, now))
                if begun.until is None and needs_nothing(place, begun.way):
                    begun.is_answered = True
                    refuse_secret(place.message.text, ())
                    toast = await self._carrying.carry_out(session, inbox_id, place, begun.way, Intake(), now, seen)
        except Refusal as refusal:
            toast = await self._not_done.refuse(inbox_id, place, begun.way, refusal, now)
        if begun.is_answered:
            await self._carrying.close(place, toast)
        return begun

    def _rests_until(self, place: Place, now: datetime) -> datetime | None:
        """Until when somebody waits who has sent more than one may in a minute; else the message is counted."""
        if place.attested or (place.pieces and place.pieces.ready_at):
            return None
        return self._pace.take(place.who, now)

    async def _hold_back(self, inbox_id: int, place: Place, until: datetime, now: datetime) -> None:
        """What is beyond is kept, and read in its turn."""
        message = place.message
        is_told = self._pace.is_to_be_told(place.who, now)
        if message.private:
            self._resting[message.channel, message.chat] = until
        if is_told or not message.private:
            async with self._database.write() as session:
                await self._let_wait(session, inbox_id, place, until, now, is_told=is_told)

    async def _let_wait(
        self, session: Session, inbox_id: int, place: Place, until: datetime, now: datetime, *, is_told: bool
    ) -> None:
        """In a group the others go on: this row alone waits there."""
        message = place.message
        if not message.private:
            (await inbox.get(session, inbox_id)).retry_at = until
        elif is_told and place.role is not None:
            said = OutgoingMessage(general.in_turn()).to_json()
            await outbox.answer(
                session, channel=message.channel, chat=message.chat, message=said, inbox_id=inbox_id, now=now
            )

    async def _put_aside(self, inbox_id: int, ids: tuple[int, ...], now: datetime, error: Exception) -> None:
        try:
            await self._not_done.fail(inbox_id, ids, now, error)
        except Exception:  # not even that can be written down: this chat rests, the row stays as it was
            log.exception("Inbox row %s cannot be put aside", inbox_id, extra={"action": "inbox_stuck"})
            await asyncio.sleep(IDLE_S)

    async def _answer_one(self, inbox_id: int, place: Place, way: Route, now: datetime) -> None:
        try:
            brought = await self._carrying.receive(place, way, self._channels[place.message.channel])
            async with self._database.write() as session:
                toast = await self._carrying.carry_out(session, inbox_id, place, way, brought, now)
        except Refusal as refusal:
            toast = await self._not_done.refuse(inbox_id, place, way, refusal, now)
        await self._carrying.close(place, toast)
