"""A clock that steps of the machine's clock do not move.

The machine's clock can be set wrong by a person, a dead battery, a hypervisor. What runs on beside it cannot: the time
since the machine was started, which also counts while it sleeps. Where both disagree, the time that has passed is
believed, until somebody outside who knows the time says otherwise.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from datetime import datetime, timedelta

from bot.clock import Clock, system

log = logging.getLogger(__name__)

STEP = timedelta(minutes=2)  # smaller corrections are followed: they change nothing of what is due
OPINIONS = 2  # answers from outside that must agree before they outweigh what we thought


def since_boot() -> float:
    """Seconds since the machine was started, those asleep included; no setting of the clock moves it."""
    if hasattr(time, "CLOCK_BOOTTIME"):
        return time.clock_gettime(time.CLOCK_BOOTTIME)
    return time.monotonic()


class Steady:
    """The moment it is: the machine's clock, as long as the time that has passed explains what it says.

    Args:
        wall: the machine's clock; aware.
        elapsed: seconds that pass whatever happens to the clock.
    """

    def __init__(self, wall: Clock = system, elapsed: Callable[[], float] = since_boot) -> None:
        self._wall = wall
        self._elapsed = elapsed
        self._set(wall())
        self._is_off = False
        self._other: list[timedelta] = []  # what outside says, less what we say, while we disagree
        self._confirmed_at: float | None = None
        self.is_settled = False
        """Whether a platform has answered: until then nothing can be sent, and nothing need be decided by the clock."""

    def __call__(self) -> datetime:
        """The moment it is; aware."""
        return self._look(self._wall())

    @property
    def is_confirmed(self) -> bool:
        """Whether somebody outside has said that it is this time."""
        return self._confirmed_at is not None

    @property
    def wall_is_off(self) -> timedelta | None:
        """By how much the machine's clock is ahead of what is believed; None while it is believed itself."""
        wall = self._wall()
        off = wall - self._look(wall)
        return off if abs(off) > STEP else None

    def hear(self, said: datetime | None) -> None:
        """A platform has answered, and said what time it is there.

        Args:
            said: aware; None where it said nothing of the time.
        """
        if said is None:
            self.is_settled = True
            return
        off = said - self()
        if abs(off) <= STEP:
            self._other.clear()
        elif not self._is_convinced(off):
            return
        self.is_settled = True
        self._confirmed_at = self._elapsed()

    def _is_convinced(self, off: timedelta) -> bool:
        """One odd answer is an odd answer; when the next one agrees with it, it is the time."""
        self._other = [o for o in self._other if abs(o - off) <= STEP] + [off]
        if len(self._other) < OPINIONS:
            return False
        self._other.clear()
        self._set(self() + off)
        log.warning(
            "The clock was off by %s, as the platform says; put right", -off, extra={"action": "clock_put_right"}
        )
        return True

    def _look(self, wall: datetime) -> datetime:
        steady = self._anchor + timedelta(seconds=self._elapsed() - self._since)
        if abs(wall - steady) <= STEP:
            self._set(wall)
            self._is_off = False
            return wall
        if not self._is_off:
            self._is_off = True
            log.error(
                "The machine's clock says %s, and by the time that has passed it is %s: going on with that",
                wall.isoformat(),
                steady.isoformat(),
                extra={"action": "clock_jumped"},
            )
        return steady

    def _set(self, moment: datetime) -> None:
        self._anchor = moment
        self._since = self._elapsed()
