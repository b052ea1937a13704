"""The heartbeat: every few seconds a sweep looks for what is due. There are no jobs that could be lost.

The pause between two ticks is counted in seconds that pass, not by the clock: a clock that is set back would stop a
scheduler that waits for a moment, one that is set forward would have it count every tick it believes it has missed.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime

from db import Database
from domain.office import Office
from scheduler.sweeps import sweep
from scheduler.trouble import Trouble

logger = logging.getLogger(__name__)

TICK_S = 20.0
LONGEST_TICK_S = 30.0
ASK_AGAIN_S = 1.0  # until the clock can be believed


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
        self._ending = asyncio.Event()
        self._ticking: asyncio.Task[None] | None = None
        self.swept = Swept()
        self.last_look: float | None = None  # monotonic, in seconds: when a tick last came to an end, good or bad

    async def start(self) -> None:
        """Begin: with what came due while the program was down, which may be a long sweep, and people go first."""
        self._ticking = asyncio.create_task(self._run(), name="ticks")

    async def stop(self) -> None:
        """No more ticks; a sweep under way ends first."""
        self._ending.set()
        if self._ticking is not None:
            await self._ticking

    @property
    def failure(self) -> BaseException | None:
        """Why it does not tick any more, which nobody has asked for; None while it does."""
        if self._ticking is None or not self._ticking.done() or self._ending.is_set():
            return None
        return RuntimeError("the ticks ended") if self._ticking.cancelled() else self._ticking.exception()

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

    async def _run(self) -> None:
        while True:
            await self.tick()
            pause = self._every_s if self._may_sweep() else min(self._every_s, ASK_AGAIN_S)
            with suppress(TimeoutError):
                await asyncio.wait_for(self._ending.wait(), pause)
                return

    def _note(self, now: datetime, began: float, ended: float) -> None:
        took = ended - began
        self.swept = Swept(now, ended, self.swept.count + 1, self.swept.seconds + took, took)
