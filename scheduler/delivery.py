"""Sending what waits in the outbox: several chats side by side, one chat in order, answers before the rest.

Each step is committed before the next one is taken: the claim before anything is sent, each part as soon as
the platform has taken it. So a crash leaves at most one message per chat of which nobody knows whether it
arrived.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from datetime import datetime

from channels.base import Channel
from db import Database, Session
from db.queries.outbox import BULK, Gate
from domain.office import Office
from scheduler.clock import stands_before_the_record
from scheduler.health import Health
from scheduler.ledger import Ledger, NotNoted
from scheduler.sending import Clock, Render, Sending
from scheduler.trouble import Trouble
from services import outbox, reminders
from services.outbox import Claim

logger = logging.getLogger(__name__)

SIDE_BY_SIDE = 12  # sends under way at once
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
    ) -> None:
        self._database = database
        self._office = office
        self._clock = clock
        self._side_by_side = side_by_side
        self._health = {name: Health() for name in channels}
        self._ledger = Ledger(database)
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
                await self._look()
                await self._rest()
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
        ended = -1
        while self._tasks or ended != self._ended_so_far:  # one that ended meanwhile may have held up another
            if self._tasks:
                await asyncio.wait(self._tasks, return_when=asyncio.FIRST_COMPLETED)
            ended = self._ended_so_far
            await self._fill(clock)
        return self._sent - before

    async def recover(self) -> int:
        """What a dead process was sending is uncertain from now on. For the start, before anything is sent.

        Returns:
            how many messages that are.
        """
        async with self._claiming, self._database.write() as session:
            under_way = [claim.row.id for claim in self._tasks.values()]
            return await outbox.recover(session, self._clock(), under_way)

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

    async def _look(self) -> None:
        try:
            await self._fill(self._clock)
        except Exception as error:
            self._trouble.tell(error)
        else:
            self._trouble.over()

    async def _rest(self) -> None:
        with suppress(TimeoutError):
            await asyncio.wait_for(self._wakeup.wait(), IDLE_S)
        self._wakeup.clear()

    async def _finish(self) -> None:
        if self._tasks:
            _, hanging = await asyncio.wait(self._tasks, timeout=FINISH_S)
            for task in hanging:
                task.cancel()

    # --- claims ---

    async def _fill(self, clock: Clock) -> None:
        """Take rows until all hands are busy or nothing is left."""
        async with self._claiming:
            await self._ledger.catch_up()
            claims = await self._claims(clock())
            while claims:
                for claim in claims:
                    if claim.has_address:
                        self._begin(claim, clock)
                claims = await self._claims(clock())

    async def _claims(self, now: datetime) -> list[Claim]:
        """Take as many rows as hands are free, in one transaction."""
        free = self._side_by_side - len(self._tasks)
        silent = [name for name, health in self._health.items() if health.silent_until(now)]
        if free <= 0 or len(silent) == len(self._health):
            return []
        gate = outbox.gate(now, self._office, self._health.keys(), silent)
        claims: list[Claim] = []
        async with self._database.write() as session:
            if await stands_before_the_record(session, now):
                gate = gate.at_most(0)
            while len(claims) < free and (claim := await self._claim(session, gate, claims)):
                claims.append(claim)
        return claims

    async def _claim(self, session: Session, gate: Gate, claims: Sequence[Claim]) -> Claim | None:
        bulk = sum(claim.row.priority >= BULK for claim in (*self._tasks.values(), *claims))
        if bulk >= max(1, self._side_by_side - KEPT_FOR_PEOPLE):
            gate = gate.at_most(outbox.NEWS)
        claim = await outbox.claim_next(session, gate)
        if claim is not None and not claim.has_address:
            await reminders.hand_on(session, claim.row, gate.now)
        return claim

    def _begin(self, claim: Claim, clock: Callable[[], datetime]) -> None:
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
