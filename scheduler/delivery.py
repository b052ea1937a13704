"""Sending what waits in the outbox: several chats side by side, one chat in order, answers before the rest.

Each step is committed before the next one is taken: the claim before anything is sent, each part as soon as
the platform has taken it. So a crash leaves at most one message per chat of which nobody knows whether it
arrived.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import datetime

from channels.base import Channel
from db import Database, Session
from db.queries import vitals
from db.queries.outbox import BULK, Gate
from domain.office import Office
from scheduler.clock import stands_before_the_record
from scheduler.health import Health
from scheduler.ledger import Ledger, NotNoted
from scheduler.sending import SILENCE, Clock, Render, Sending
from scheduler.trouble import Trouble
from scheduler.turns import Turns
from services import outbox, reminders
from services.outbox import Claim

logger = logging.getLogger(__name__)

SIDE_BY_SIDE = 16  # sends under way at once
ALONE_S = 1.0  # one at a time: only when it takes longer, the next goes out beside it
ALONE_FAR_S = 1 / 60  # the same where the way there takes its time: else Telegram's 30 a second would not be reached
KEPT_FOR_PEOPLE = 4  # of these, never used by bulk
IDLE_S = 2.0  # without a wake-up the outbox is looked at as often
FINISH_S = 10.0  # for sends under way when the program stops


class Delivery:
    """Sends the outbox.

    Args:
        database: of the outbox.
        channels: by name; started by whoever made them.
        render: words for all rows that are no ready answers; None when there is nothing left to say.
        office: whose calendar and rhythm count.
        clock: the moment it is; aware.
        side_by_side: sends under way at once.
        alone_s: for so long one is under way alone, where the way is short.
    """

    def __init__(
        self,
        database: Database,
        channels: Mapping[str, Channel],
        render: Render,
        office: Office,
        clock: Clock,
        *,
        side_by_side: int = SIDE_BY_SIDE,
        alone_s: float = ALONE_S,
    ) -> None:
        self._database = database
        self._office = office
        self._clock = clock
        self._side_by_side = side_by_side
        self._alone_s = alone_s
        self._health = {name: Health() for name in channels}
        self._ledger = Ledger(database)
        self._turns = Turns(channels)
        self._alone_until = 0.0  # on the clock of the event loop
        self._sending = Sending(database, channels, self._health, render, self._ledger)
        self._tasks: dict[asyncio.Task[bool], Claim] = {}
        self._claiming = asyncio.Lock()
        self._wakeup = asyncio.Event()
        self._is_ending = False
        self._sent = 0
        self._ended_so_far = 0
        self._trouble = Trouble(logger, "The outbox cannot be worked on", "outbox_stuck")

    def wake(self) -> None:
        """Something was queued: look at once."""
        self._wakeup.set()

    def end(self) -> None:
        """Let ``run`` return between two looks at the outbox."""
        self._is_ending = True
        self._wakeup.set()

    async def run(self) -> None:
        """Send until ``end``, or until cancelled; sends under way are given some seconds."""
        try:
            while not self._is_ending and not await self._recovered():
                await self._rest()
            while not self._is_ending:
                await self._rest(await self._look())
        finally:
            await self._finish()

    async def drain(self, now: datetime | None = None) -> int:
        """Send all that may be sent.

        Args:
            now: the moment it is done at; the clock's without it.

        Returns:
            how many messages went out.
        """
        before = self._sent
        clock = self._clock if now is None else lambda: now
        while True:
            ended = self._ended_so_far
            again_in = await self._fill(clock)
            if self._tasks:
                await asyncio.wait(self._tasks, timeout=again_in, return_when=asyncio.FIRST_COMPLETED)
            elif again_in is not None:
                await asyncio.sleep(again_in)
            elif ended == self._ended_so_far:  # else one that ended meanwhile may have held up another
                return self._sent - before

    async def recover(self) -> int:
        """What a dead process was sending is uncertain from now on. For the start, before anything is sent.

        Returns:
            how many messages that are.
        """
        async with self._claiming, self._database.write() as session:
            under_way = [claim.row.id for claim in self._tasks.values()]
            await self._remember_silence(session, self._clock())
            return await outbox.recover(session, self._clock(), under_way)

    async def remember_silence(self) -> None:
        """A silence that a platform asked an earlier process for is kept by all that is called from now on.

        To be done before the channels are started. Where the database cannot be read now, ``run`` does it.
        """
        try:
            async with self._database.read() as session:
                await self._remember_silence(session, self._clock())
        except Exception as error:
            self._trouble.tell(error)

    async def _remember_silence(self, session: Session, now: datetime) -> None:
        for name, health in self._health.items():
            if asked := await vitals.beat(session, SILENCE + name):
                health.remembers_silence(asked.at, now)
                self._turns.keep_silent(name, health.silent_for(now))

    async def sign_of_life(self, channel: str) -> None:
        """A channel works: it polled well, or somebody wrote there. What is uncertain is sent once more."""
        health = self._health[channel]
        if health.is_doubtful or health.is_down:
            try:
                async with self._database.write() as session:
                    await self._sending.revive(session, channel, self._clock())
            except Exception as error:
                health.is_doubtful = True
                self._trouble.tell(error)
                return
            self.wake()
        health.works()

    # --- the loop ---

    async def _recovered(self) -> bool:
        try:
            await self.recover()
        except Exception as error:
            self._trouble.tell(error)
            return False
        return True

    async def _look(self) -> float | None:
        try:
            again_in = await self._fill(self._clock)
        except Exception as error:
            self._trouble.tell(error)
            return None
        self._trouble.over()
        return again_in

    async def _rest(self, seconds: float | None = None) -> None:
        with suppress(TimeoutError):  # not wait_for: before Python 3.12 that can swallow the cancellation of this task
            async with asyncio.timeout(IDLE_S if seconds is None else min(seconds, IDLE_S)):
                await self._wakeup.wait()
        self._wakeup.clear()

    async def _finish(self) -> None:
        if self._tasks:
            _, hanging = await asyncio.wait(self._tasks, timeout=FINISH_S)
            for task in hanging:
                task.cancel()

    # --- claims ---

    async def _fill(self, clock: Clock) -> float | None:
        """Take rows, each when it can leave at once, until nothing may go out or nothing is left.

        Returns:
            seconds until more may go out; None when only a wake-up can tell.
        """
        async with self._claiming:
            await self._ledger.catch_up()
            while (alone := self._alone_for()) == 0:
                claim, again_in = await self._next(clock())
                if claim is None:
                    return again_in
                if claim.has_address:
                    self._begin(claim, clock)
        return alone

    def _alone_for(self) -> float:
        """Seconds for which what is under way is left alone; 0 when another may go out beside it."""
        if len(self._tasks) >= self._side_by_side:
            return IDLE_S
        return max(0.0, self._alone_until - asyncio.get_running_loop().time()) if self._tasks else 0.0

    async def _next(self, now: datetime) -> tuple[Claim | None, float | None]:
        """The row that leaves now; without one, the seconds until another look, where they are known."""
        silent = {name for name, health in self._health.items() if health.silent_until(now)}
        full = self._turns.full()
        if len(silent | full.keys()) == len(self._health):
            return None, min(full.values(), default=None)
        gate = outbox.gate(now, self._office, self._health.keys(), silent | full.keys())
        gate = replace(gate, resting=self._turns.resting())
        held = self._turns.for_answers_only()
        claim = await self._claimed(gate.at_most(0) if held.keys() - silent - full.keys() else gate)
        waits = [*full.values(), *held.values()]
        if (rest := self._turns.rest_of_all()) is not None:
            waits.append(rest)
        return claim, min(waits, default=None)

    async def _claimed(self, gate: Gate) -> Claim | None:
        async with self._database.write() as session:
            if await stands_before_the_record(session, gate.now):
                gate = gate.at_most(0)
            return await self._claim(session, gate)

    async def _claim(self, session: Session, gate: Gate) -> Claim | None:
        bulk = sum(claim.row.priority >= BULK for claim in self._tasks.values())
        if bulk >= max(1, self._side_by_side - KEPT_FOR_PEOPLE):
            gate = gate.at_most(outbox.NEWS)
        claim = await outbox.claim_next(session, gate, self._turns.is_resting)
        if claim is not None and not claim.has_address:
            await reminders.hand_on(session, claim.row, gate.now)
        return claim

    def _begin(self, claim: Claim, clock: Callable[[], datetime]) -> None:
        alone = self._alone_s if self._health[claim.channel].is_quick else min(self._alone_s, ALONE_FAR_S)
        self._alone_until = asyncio.get_running_loop().time() + alone
        task = asyncio.create_task(self._sending.deliver(claim, clock), name=f"outbox {claim.row.id}")
        self._tasks[task] = claim
        task.add_done_callback(self._ended)

    def _ended(self, task: asyncio.Task[bool]) -> None:
        self._tasks.pop(task)
        self._ended_so_far += 1
        self.wake()
        if task.cancelled():
            return
        error = task.exception()
        if error is None:
            self._sent += task.result()
        elif not isinstance(error, NotNoted):
            logger.error("A message was left alone", exc_info=error, extra={"action": "delivery_broke"})
