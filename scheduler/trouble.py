"""Telling trouble once: the same one again is a line, not a page."""

from __future__ import annotations

import logging


class Trouble:
    """What went wrong last in one place that tries again and again."""

    def __init__(self, logger: logging.Logger, sentence: str, action: str) -> None:
        """Say where: ``sentence`` for people, ``action`` for filters."""
        self._logger = logger
        self._sentence = sentence
        self._action = action
        self._last: str | None = None

    def tell(self, error: Exception) -> None:
        """Log it, with its traceback when it is another one than last time."""
        is_news = repr(error) != self._last
        self._last = repr(error)
        self._logger.error(
            "%s: %r",
            self._sentence,
            error,
            exc_info=error if is_news else None,
            extra={"action": self._action},
        )

    def over(self) -> None:
        """It works again: the next one is news."""
        self._last = None
