"""Where pictures are drawn: off the event loop, in a process of its own."""

from __future__ import annotations

import asyncio
import os
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import BrokenExecutor, ProcessPoolExecutor
from datetime import date
from multiprocessing import get_context, parent_process
from typing import TypeVar

from domain.figures import UnitFigures
from exports.charts.units import units_chart

Made = TypeVar("Made")

IDLE_S = 60.0  # the child process ends when nothing was drawn for so long
LONGEST_S = 30.0  # more than any drawing takes, even on a busy machine


def _end_with_parent() -> None:
    """In the child: leave when the program is gone, also after ``kill -9``."""
    parent = parent_process()

    def watch() -> None:
        if parent is not None:
            parent.join()
            os._exit(1)

    threading.Thread(target=watch, daemon=True).start()


class ChartRoom:
    """Draws off the event loop, in one child process that is started when first needed and ends when idle.

    The library takes about a hundred megabytes and a second to load: the bot itself should carry neither.
    """

    def __init__(self) -> None:
        self._child: ProcessPoolExecutor | None = None
        self._rest: asyncio.TimerHandle | None = None
        self._one_at_a_time = asyncio.Lock()

    async def units_chart(self, rows: Sequence[UnitFigures], title: str, as_of: date) -> bytes:
        """See the function of the same name; raises as ``draw`` does."""
        return await self.draw(units_chart, tuple(rows), title, as_of)

    async def draw(self, work: Callable[..., Made], *facts: object) -> Made:
        """Have the child draw something.

        Args:
            work: a function of a module, which the child finds by its name.
            facts: what it draws, copied to the child.

        Raises:
            BrokenExecutor: the child process was killed twice.
            TimeoutError: it took longer than any drawing should.
        """
        async with self._one_at_a_time:
            try:
                return await self._in_child(work, facts)
            except BrokenExecutor:
                self.close()
                return await self._in_child(work, facts)

    async def _in_child(self, work: Callable[..., Made], facts: tuple[object, ...]) -> Made:
        if self._rest is not None:
            self._rest.cancel()
        if self._child is None:
            self._child = ProcessPoolExecutor(
                max_workers=1, mp_context=get_context("spawn"), initializer=_end_with_parent
            )
        loop = asyncio.get_running_loop()
        try:
            async with asyncio.timeout(LONGEST_S):
                return await loop.run_in_executor(self._child, work, *facts)
        finally:
            self._rest = loop.call_later(IDLE_S, self.close)

    def close(self) -> None:
        """End the child process. The next drawing starts a new one."""
        if self._rest is not None:
            self._rest.cancel()
            self._rest = None
        if self._child is not None:
            self._child.shutdown(wait=False, cancel_futures=True)
            self._child = None
