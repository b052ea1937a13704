"""Ending the process when its event loop does not turn any more: nothing else in it could notice."""

from __future__ import annotations

import logging
import os
import sys
import threading
import traceback

log = logging.getLogger(__name__)

BLOCKED_S = 60.0
LOOK_S = 1.0
LAST_WORDS_S = 5.0


class LoopGuard:
    """A thread that looks whether the loop turns.

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
