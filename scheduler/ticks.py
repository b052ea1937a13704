"""The heartbeat: every few seconds a sweep looks for what is due. There are no jobs that could be lost.

APScheduler ticks, with two additions for a clock that is set while it waits: a trigger that never counts the ticks a
clock set forward believes to have been missed, and a nudge, counted in seconds that pass, for a clock set back, by
which the next tick would be a year away.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.base import BaseTrigger

from db import Database
from domain.office import Office
from scheduler.remembering import remember
from scheduler.sweeps import sweep
from scheduler.trouble import Trouble

logger = logging.getLogger(__name__)

TICK_S = 20.0
LONGEST_TICK_S = 30.0
ASK_AGAIN_S = 1.0  # until the clock can be believed
TICK = "tick"


class Every(BaseTrigger):  # type: ignore[misc]  # the library has no types
    """So many seconds from now, however long ago the last time was."""

    def __init__(self, seconds: Callable[[], float]) -> None:
        self._seconds = seconds

    def get_next_fire_time(self, previous_fire_time: datetime | None, now: datetime) -> datetime:
        """As the library asks; moments that have passed meanwhile are not made up for."""
        return now + timedelta(seconds=self._seconds())


@dataclass(frozen=True)
class Swept:
    """The sweeps of this process so far. ``last`` is aware, ``last_monotonic`` and ``seconds`` are in seconds."""

    last: datetime | None = None  # when one last succeeded
    last_monotonic: float | None = None
    count: int = 0
    seconds: float = 0.0  # of all of them
    last_seconds: float = 0.0


class Ticks:
    """Sweeps at the start, then at every tick.

    Args:
        database: of directives and outbox.
        office: whose calendar and rhythm count.
        clock: the moment it is; aware.
        wake: called when something was queued.
        every_s: seconds between two ticks; at most 30.
        may_sweep: whether the clock can be believed enough to decide by it.

    Raises:
        ValueError: ``every_s`` is out of range.
    """

    def __init__(
        self,
        database: Database,
        office: Office,
        clock: Callable[[], datetime],
        wake: Callable[[], None],
        *,
        every_s: float = TICK_S,
        may_sweep: Callable[[], bool] = lambda: True,
    ) -> None:
        if not 0 < every_s <= LONGEST_TICK_S:
            raise ValueError(f"a tick every {every_s} s: between 0 and {LONGEST_TICK_S} are allowed")
        self._database = database
        self._office = office
        self._clock = clock
        self._wake = wake
        self._every_s = every_s
        self._may_sweep = may_sweep
        self._sweeping = asyncio.Lock()
        self._trouble = Trouble(logger, "A sweep failed", "sweep_failed")
        self._forgetful = Trouble(logger, "The figures could not be counted ahead", "figures_not_counted")
        self._ending = asyncio.Event()
        self._watching: asyncio.Task[None] | None = None
        self._fired = time.monotonic()  # when a tick last began
        self._scheduler = AsyncIOScheduler(timezone=UTC)
        self._scheduler.add_job(
            self._fire, Every(self._pause), id=TICK, coalesce=True, max_instances=1, misfire_grace_time=None
        )
        self.swept = Swept()
        self.last_look: float | None = None  # monotonic, in seconds: when a tick last came to an end, good or bad

    async def start(self) -> None:
        """Begin: with what came due while the program was down, which may be a long sweep, and people go first."""
        self._first = asyncio.create_task(self._fire(), name="first tick")
        self._scheduler.start()
        self._watching = asyncio.create_task(self._watch(), name="ticks")

    async def stop(self) -> None:
        """No more ticks; a sweep under way ends first."""
        self._ending.set()
        if self._watching is None:
            return
        self._scheduler.pause()  # shutting down would cancel what is under way
        await asyncio.gather(self._watching, self._first)
        async with self._sweeping:
            self._scheduler.shutdown(wait=False)

    @property
    def failure(self) -> BaseException | None:
        """Why it does not tick any more, which nobody has asked for; None while it does."""
        if self._watching is None or not self._watching.done() or self._ending.is_set():
            return None
        return RuntimeError("the ticks ended") if self._watching.cancelled() else self._watching.exception()

    async def tick(self) -> None:
        """One sweep. It never raises: the next tick tries again."""
        async with self._sweeping:
            if self._may_sweep() and await self._swept_well():
                self._wake()
            self.last_look = time.monotonic()

    async def _swept_well(self) -> bool:
        """Sweep; gives whether something was queued."""
        began, now = time.monotonic(), self._clock()
        try:
            done = await sweep(self._database, self._office, now)
        except Exception as error:
            self._trouble.tell(error)
            return False
        self._note(now, began, time.monotonic())
        self._trouble.over()
        return done > 0

    async def _fire(self) -> None:
        self._fired = time.monotonic()
        await self.tick()
        if not self._ending.is_set():
            await self._remember()

    async def _remember(self) -> None:
        try:
            await remember(self._database)
        except Exception as error:
            self._forgetful.tell(error)
        else:
            self._forgetful.over()

    def _pause(self) -> float:
        """Seconds until the next tick."""
        return self._every_s if self._may_sweep() else min(self._every_s, ASK_AGAIN_S)

    async def _watch(self) -> None:
        """Nudge a scheduler that waits for a moment which a clock that was set back has moved far away."""
        while not self._ending.is_set():
            with suppress(TimeoutError):
                await asyncio.wait_for(self._ending.wait(), self._every_s)
            is_late = time.monotonic() - self._fired > 2 * self._every_s
            if is_late and not self._sweeping.locked() and not self._ending.is_set():
                self._scheduler.modify_job(TICK, next_run_time=datetime.now(UTC))

    def _note(self, now: datetime, began: float, ended: float) -> None:
        took = ended - began
        self.swept = Swept(now, ended, self.swept.count + 1, self.swept.seconds + took, took)
