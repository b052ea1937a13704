"""Noticing that the program only looks alive: it then ends with an error, and the service manager starts it again."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass

from bot.app import App
from channels.telegram import TelegramChannel

log = logging.getLogger(__name__)

DEAF_S = 900.0  # outages of minutes are common, and a restart would not end them
TICKLESS_S = 1800.0  # sweeps that fail are tried again; after so long the trouble may be in the process
STUCK_S = 600.0  # a sweep of a million directives takes minutes


@dataclass
class Watchdog:
    """Looks at the parts that should run for ever.

    Args:
        app: the program, started.
        telegram: its channel.
        poll_seconds: how long one poll may take.
        monotonic: seconds.
    """

    app: App
    telegram: TelegramChannel
    poll_seconds: int
    monotonic: Callable[[], float] = time.monotonic

    def __post_init__(self) -> None:
        self._started = self.monotonic()

    def finds(self) -> bool:
        """Whether something has died; it is logged with what it is."""
        if self.telegram.failed.is_set():
            log.error("Cannot go on: %s", self.telegram.failure, extra={"action": "channel_failed"})
        elif self._is_deaf():
            log.error("Cannot go on: Telegram has not answered a poll for long", extra={"action": "poll_died"})
        elif self._age(self.app.ticks.swept.last_monotonic) > self._deaf_after() + TICKLESS_S:
            log.error("Cannot go on: no sweep has succeeded for long", extra={"action": "tick_died"})
        elif error := self.app.has_died():
            log.error("Cannot go on: %r", error, exc_info=error, extra={"action": "part_died"})
        else:
            return False
        return True

    def is_well(self) -> bool:
        """Whether the service manager may be told that all is well: no sweep hangs."""
        return self._age(self.app.ticks.last_look) < STUCK_S

    def _is_deaf(self) -> bool:
        """Polling can die while the library says it runs."""
        return self._age(self.telegram.last_good_poll) > self._deaf_after()

    def _deaf_after(self) -> float:
        return max(DEAF_S, 3 * self.poll_seconds + 60)

    def _age(self, last: float | None) -> float:
        return self.monotonic() - (self._started if last is None else last)
