"""The heartbeat: every few seconds a sweep looks for what is due. There are no jobs that could be lost."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from datetime import UTC, datetime

from apscheduler.schedulers.asyncio import AsyncIOScheduler

from db import Database
from domain.office import Office
from scheduler.sweeps import sweep
from scheduler.trouble import Trouble

logger = logging.getLogger(__name__)

TICK_S = 20.0
LONGEST_TICK_S = 30.0


class Ticks:
    """Sweeps at the start, then at every tick.

    Args:
        database: of directives and outbox.
        office: whose calendar and rhythm count.
        clock: the moment it is; aware.
        wake: called when something was queued.
        every_s: seconds between two ticks; at most 30.

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
    ) -> None:
        if not 0 < every_s <= LONGEST_TICK_S:
            raise ValueError(f"a tick every {every_s} s: between 0 and {LONGEST_TICK_S} are allowed")
        self._database = database
        self._office = office
        self._clock = clock
        self._wake = wake
        self._sweeping = asyncio.Lock()
        self._trouble = Trouble(logger, "A sweep failed", "sweep_failed")
        self._scheduler = AsyncIOScheduler(timezone=UTC)
        self._scheduler.add_job(
            self.tick, "interval", seconds=every_s, coalesce=True, max_instances=1, misfire_grace_time=None
        )

    async def start(self) -> None:
        """Sweep what came due while the program was down, then keep ticking."""
        await self.tick()
        self._scheduler.start()

    async def stop(self) -> None:
        """No more ticks; a sweep under way ends first."""
        self._scheduler.shutdown(wait=False)
        async with self._sweeping:
            pass

    async def tick(self) -> None:
        """One sweep. It never raises: the next tick tries again."""
        async with self._sweeping:
            try:
                done = await sweep(self._database, self._office, self._clock())
            except Exception as error:
                self._trouble.tell(error)
                return
        self._trouble.over()
        if done:
            self._wake()
