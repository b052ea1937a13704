"""The pulse: every few seconds the signs of life are written down, and what is wrong is told.

It is a loop of its own, beside those it watches.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from db import Database, Session
from db.queries import vitals as queries
from domain.office import Office
from scheduler.trouble import Trouble
from services import vitals

logger = logging.getLogger(__name__)

BEAT_S = 20.0
SURE_AFTER_S = 40.0  # late for so long on end: what a platform held up is sent within seconds when it is back
PACE = 15.0  # messages per second; a queue that moves at half of what a platform takes is long, not stuck


@dataclass(frozen=True)
class Signs:
    """What the pulse is told of the parts it watches.

    Attributes:
        polls: when each channel was last heard from, on the monotonic clock; None before the first time.
        last_sweep: when a sweep last succeeded; aware, None before the first time.
        wall_is_off: by how much the machine's clock is ahead of the one that is believed; None while they agree.
        is_confirmed: whether somebody outside has said what time it is.
    """

    polls: Callable[[], Mapping[str, float | None]]
    last_sweep: Callable[[], datetime | None]
    wall_is_off: Callable[[], timedelta | None] = lambda: None
    is_confirmed: Callable[[], bool] = lambda: False


@dataclass
class _Flow:
    """How fast messages go out."""

    count: int = 0
    at: float = 0.0

    def rate(self, count: int, at: float) -> float:
        passed, gone = at - self.at, count - self.count
        self.count, self.at = count, at
        return gone / passed if passed > 0 else 0.0


@dataclass
class Pulse:
    """Writes down signs of life, and tells what they say.

    Args:
        database: of the signs and of the outbox.
        office: whose calendar and rhythm count.
        clock: the moment it is; aware.
        wake: called when something was queued.
        signs: of the other parts.
        late_after: how long anything that may be said may wait.
        monotonic: the clock of ``signs.polls``, in seconds.
    """

    database: Database
    office: Office
    clock: Callable[[], datetime]
    wake: Callable[[], None]
    signs: Signs
    late_after: timedelta
    monotonic: Callable[[], float] = time.monotonic
    late_since: datetime | None = None
    _flow: _Flow = field(default_factory=_Flow)
    _late_from: float | None = None  # monotonic; when what waits was first seen to be late
    _clock_told: bool = False
    _has_begun: bool = False

    def __post_init__(self) -> None:
        self._ending = asyncio.Event()
        self._trouble = Trouble(logger, "The signs of life cannot be written down", "pulse_failed")

    async def run(self) -> None:
        """Beat until ``end``."""
        while not self._ending.is_set():
            await self.beat()
            with suppress(TimeoutError):
                await asyncio.wait_for(self._ending.wait(), BEAT_S)

    def end(self) -> None:
        """Let ``run`` return."""
        self._ending.set()

    async def beat(self) -> None:
        """Write down and look once. It never raises: the next one tries again."""
        try:
            async with self.database.write() as session:
                has_told = await self._beat(session, self.clock())
        except Exception as error:
            self._trouble.tell(error)
            return
        self._trouble.over()
        if has_told:
            self.wake()

    async def _beat(self, session: Session, now: datetime) -> bool:
        told = await self._sign(session, now)
        told |= await self._look_at_the_clock(session, now)
        told |= await self._look_at_what_waits(session, now)
        return told

    async def _sign(self, session: Session, now: datetime) -> bool:
        if not self._has_begun:
            await queries.note(session, "started", now)
            self._has_begun = True
        if (swept := self.signs.last_sweep()) is not None:
            await queries.note(session, "tick", swept)
        monotonic = self.monotonic()
        polls = {
            name: now - timedelta(seconds=monotonic - at) for name, at in self.signs.polls().items() if at is not None
        }
        outages = await vitals.heard(session, polls, now)
        for outage in outages:
            logger.error(
                "Nothing was heard on %s from %s to %s: messages may be missing",
                outage.channel,
                outage.since,
                outage.until,
                extra={"action": "outage_ended"},
            )
        return bool(outages)

    # --- the clock ---

    async def _look_at_the_clock(self, session: Session, now: datetime) -> bool:
        off = self.signs.wall_is_off()
        told = off is not None and not self._clock_told
        if off is not None and told:
            await vitals.tell_keepers(session, vitals.CLOCK, now, now, off_s=round(off.total_seconds()))
        self._clock_told = off is not None
        if self.signs.is_confirmed() and (ahead := await vitals.pardon(session, now, "platform")) is not None:
            logger.error(
                "Acts were recorded as of %s, which is still to come; the platform confirms the clock: going on",
                ahead,
                extra={"action": "record_ahead"},
            )
            told = True
        return told

    # --- lateness ---

    async def _look_at_what_waits(self, session: Session, now: datetime) -> bool:
        rate = self._flow.rate(await queries.newest_delivery(session), self.monotonic())
        waiting = await vitals.overdue_work(session, now, self.office, self.late_after)
        self.late_since = waiting.since if waiting else None
        if waiting is None:
            self._late_from = None
            return await self._is_over(session, now)
        if rate >= PACE or not self._is_sure():
            return False
        since = await vitals.open_incident(session, waiting, now)
        if since is None:
            return False
        logger.error(
            "Reminders are late since %s: %s directives due, %s messages queued",
            since,
            waiting.due,
            waiting.queued,
            extra={"action": "reminders_late"},
        )
        return True

    def _is_sure(self) -> bool:
        now = self.monotonic()
        self._late_from = now if self._late_from is None else self._late_from
        return now - self._late_from >= SURE_AFTER_S

    async def _is_over(self, session: Session, now: datetime) -> bool:
        since = await vitals.close_incident(session, now, self.office)
        if since is None:
            return False
        logger.info(
            "Reminders are in time again; they were late since %s", since, extra={"action": "reminders_in_time"}
        )
        return True
