"""What a service manager is told: that the program serves, that it is alive, that it is ending.

The protocol is one datagram per word on the socket that ``NOTIFY_SOCKET`` names
(freedesktop.org/software/systemd/man/sd_notify).
"""

from __future__ import annotations

import logging
import os
import socket
import time
from collections.abc import Callable, Mapping

log = logging.getLogger(__name__)

PER_LIMIT = 3  # signs of life within the time after which the service manager gives up


class ServiceManager:
    """Speaks to whoever started the program, where that one listens.

    Args:
        environment: where it says so.
        monotonic: seconds.
    """

    def __init__(
        self, environment: Mapping[str, str] = os.environ, monotonic: Callable[[], float] = time.monotonic
    ) -> None:
        self._address = _address(environment.get("NOTIFY_SOCKET", ""))
        self._every_s = _limit_s(environment) / PER_LIMIT
        self._monotonic = monotonic
        self._told_at: float | None = None

    def ready(self) -> None:
        """It serves."""
        self._say("READY=1")

    def alive(self) -> None:
        """It is well. Called as often as one likes: said as often as it is waited for."""
        now = self._monotonic()
        if not self._every_s or (self._told_at is not None and now - self._told_at < self._every_s):
            return
        self._told_at = now
        self._say("WATCHDOG=1")

    def stopping(self) -> None:
        """It is ending, as asked."""
        self._say("STOPPING=1")

    def _say(self, words: str) -> None:
        if self._address is None:
            return
        try:
            with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM | socket.SOCK_CLOEXEC) as there:
                there.setblocking(False)
                there.sendto(words.encode(), self._address)
        except OSError as error:
            log.warning("The service manager cannot be told: %s", error, extra={"action": "notify_failed"})


def _address(written: str) -> str | None:
    """A path, or a name that begins with ``@``: that one is in no folder, and begins with a zero byte."""
    if written.startswith("@"):
        return "\0" + written[1:]
    return written if written.startswith("/") else None


def _limit_s(environment: Mapping[str, str]) -> float:
    """Seconds after which the service manager ends a silent program; 0 where it does not."""
    microseconds = environment.get("WATCHDOG_USEC", "")
    is_for_us = environment.get("WATCHDOG_PID", str(os.getpid())) == str(os.getpid())
    return int(microseconds) / 1e6 if microseconds.isdecimal() and is_for_us else 0.0
