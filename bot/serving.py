"""``python -m bot run``, put together: the program, its channel, and what watches both."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot import feeds
from bot.app import App, build
from bot.clock import started_at
from bot.health import Health, Limits, listen
from bot.http import Pages
from bot.integrity import Damaged, Look
from bot.loopguard import LoopGuard
from bot.service import ServiceManager
from bot.settings import Settings
from bot.steady import Steady
from bot.watchdog import Watchdog
from channels.telegram import TelegramChannel
from scheduler.pulse import Pulse, Signs
from services import vitals
from texts.labels import COMMANDS

log = logging.getLogger(__name__)

CHECK_AFTER_S = 10.0  # reading through a large database must not slow down the first answers


@dataclass
class Service:
    """The running program. Begin with ``of``."""

    settings: Settings
    app: App
    telegram: TelegramChannel
    steady: Steady
    health: Health
    pulse: Pulse
    watchdog: Watchdog
    manager: ServiceManager = field(default_factory=ServiceManager)
    guard: LoopGuard = field(default_factory=LoopGuard)
    _pages: list[Pages] = field(default_factory=list)
    _tasks: list[asyncio.Task[None]] = field(default_factory=list)
    _heard: float | None = None
    _look: Look | None = None

    @classmethod
    def of(cls, settings: Settings, now: datetime | None) -> Service:
        """Put it together; nothing is started.

        Args:
            settings: of the office.
            now: the moment to start at, for rehearsals; aware. None: the real one.
        """
        steady = Steady()
        clock = steady if now is None else started_at(now, steady)
        telegram = TelegramChannel(
            settings.telegram.token,
            base_url=settings.telegram.base_url,
            poll_timeout=settings.telegram.poll_seconds,
            commands=COMMANDS,
            heard_time=steady.hear,
        )
        app = build(settings, [telegram], clock=clock, may_sweep=lambda: steady.is_settled)

        def polls() -> Mapping[str, float | None]:
            return {telegram.name: telegram.last_good_poll}

        signs = Signs(polls, lambda: app.ticks.swept.last, lambda: steady.wall_is_off, lambda: steady.is_confirmed)
        late_after = timedelta(minutes=settings.health.late_minutes)
        pulse = Pulse(app.database, app.office, clock, app.delivery.wake, signs, late_after)
        health = Health(app, Limits.of(settings), polls, signs.wall_is_off, signs.is_confirmed)
        watchdog = Watchdog(app, telegram, settings.telegram.poll_seconds)
        return cls(settings, app, telegram, steady, health, pulse, watchdog)

    async def start(self, *, is_checked: bool) -> None:
        """Begin to hear, then to watch.

        Args:
            is_checked: whether the database file was looked through already.
        """
        self.health.database = "sound" if is_checked else "unchecked"
        await self.app.start()
        self.guard.start()
        served = (await listen(self.health, self.settings), await feeds.listen(self.app, self.settings))
        self._pages = [pages for pages in served if pages is not None]
        self._tasks = [asyncio.create_task(self.pulse.run(), name="pulse")]
        if not is_checked and self.settings.database_file is not None:
            self._look = Look(self.settings.database_file)
            self._tasks.append(asyncio.create_task(self._check(self._look), name="check of the database"))
        self.manager.ready()

    async def has_died(self) -> bool:
        """One look at everything: whether the process should end; else signs of life are passed on."""
        self.guard.turned()
        if self.watchdog.finds():
            return True
        if self.telegram.last_good_poll not in {None, self._heard}:
            self._heard = self.telegram.last_good_poll
            await self.app.delivery.sign_of_life(self.telegram.name)
        if self.watchdog.is_well():
            self.manager.alive()
        return False

    async def stop(self) -> None:
        """Stop watching, then the program itself."""
        self.manager.stopping()
        self.guard.end()
        for pages in self._pages:
            await pages.stop()
        self.pulse.end()
        if self._look is not None:
            self._look.give_up()
            self._tasks[1].cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self.app.stop()

    async def _check(self, look: Look, after_s: float = CHECK_AFTER_S) -> None:
        """Look through a database that was too large for it at the start."""
        await asyncio.sleep(after_s)
        try:
            is_sound = await asyncio.to_thread(look.through)
        except Damaged as error:
            await self._alarm(error)
        else:
            self.health.database = "sound" if is_sound else "unchecked"

    async def _alarm(self, error: Damaged) -> None:
        self.health.database = "damaged"
        log.critical("%s", error, extra={"action": "database_damaged"})
        now = self.app.clock()
        with suppress(Exception):  # it is damaged: it may take this row, or not
            async with self.app.database.write() as session:
                await vitals.tell_keepers(session, vitals.CORRUPT, now, now)
            self.app.delivery.wake()
