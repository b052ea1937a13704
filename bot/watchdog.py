"""Noticing that the program only looks alive: it then ends with an error, and the service manager starts it again."""

from __future__ import annotations

import logging
import os
import sys
import threading
import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass

from bot.app import App
from channels.telegram import TelegramChannel

log = logging.getLogger(__name__)

DEAF_S = 900.0  # outages of minutes are common, and a restart would not end them
TICKLESS_S = 1800.0  # sweeps that fail are tried again; after so long the trouble may be in the process
STUCK_S = 600.0  # a sweep of a million directives takes minutes
BLOCKED_S = 60.0
LOOK_S = 1.0
LAST_WORDS_S = 5.0


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


class LoopGuard:
    """A thread that ends the process when the event loop does not turn any more: nothing else in it could.

    It counts its own looks instead of seconds: while the machine sleeps, neither of the two moves.

    Args:
        blocked_s: how long the loop may stand still.
        look_s: seconds between two looks.
    """

    def __init__(self, blocked_s: float = BLOCKED_S, look_s: float = LOOK_S) -> None:
        self._limit = max(2, round(blocked_s / look_s))
        self._look_s = look_s
        self._looks = 0  # since the loop has last turned
        self._watched = threading.get_ident()
        self._ending = threading.Event()
        self._thread = threading.Thread(target=self._watch, name="loop guard", daemon=True)

    def start(self) -> None:
        """Begin to watch; to be called in the thread of the loop."""
        self._thread.start()

    def turned(self) -> None:
        """The loop turns."""
        self._looks = 0

    def end(self) -> None:
        """Watch no longer."""
        self._ending.set()

    def _watch(self) -> None:
        while not self._ending.wait(self._look_s):
            self._looks += 1
            if self._looks >= self._limit:
                self._end_all()

    def _end_all(self) -> None:
        # The one who is blocked may hold the lock of the log.
        last_words = threading.Thread(target=self._say, daemon=True)
        last_words.start()
        last_words.join(LAST_WORDS_S)
        os._exit(1)

    def _say(self) -> None:
        frame = sys._current_frames().get(self._watched)
        where = "".join(traceback.format_stack(frame)) if frame else "somewhere\n"
        seconds = self._limit * self._look_s
        log.critical(
            "Cannot go on: nothing has moved for %.0f s. It stands here:\n%s",
            seconds,
            where,
            extra={"action": "loop_blocked"},
        )
