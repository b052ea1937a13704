"""What a process knows of a channel from its last sends: whether it works, until when it must be silent."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field
from datetime import datetime, timedelta

FIRST_PAUSE_S = 2.0
LONGEST_PAUSE_S = 300.0
LONGEST_MEMORY_S = 3600.0
QUICK_S = 1 / 60  # a way there and back that leaves room for thirty messages a second, one after the other
WAYS = 20  # looked back at; the quickest counts, as the others also had to wait for us
DOWN_AFTER = 3  # failures in a row that are the channel's own, not one chat's


def backoff(tries: int) -> timedelta:
    """2 s, 4 s, 8 s, ... up to 5 minutes, after ``tries`` earlier failures."""
    return timedelta(seconds=min(LONGEST_PAUSE_S, FIRST_PAUSE_S * 2 ** min(tries, 10)))


@dataclass
class Health:
    """The state of one channel. Moments are aware."""

    failures: int = 0  # in a row
    is_doubtful: bool = True  # something there may be uncertain: to be looked at after a sign of life
    _ways: deque[float] = field(default_factory=lambda: deque(maxlen=WAYS))  # seconds
    _asked_until: datetime | None = None  # by the platform: nothing may end it early
    _resting_until: datetime | None = None  # by ourselves, while nothing gets through

    def take_doubt(self) -> bool:
        """Whether something may be uncertain. Who takes it has to look, or to give it back."""
        taken, self.is_doubtful = self.is_doubtful, False
        return taken

    @property
    def is_down(self) -> bool:
        """Whether several sends in a row have failed."""
        return self.failures >= DOWN_AFTER

    @property
    def is_quick(self) -> bool:
        """Whether the way to the platform is short; supposed until one is known."""
        return min(self._ways, default=0.0) < QUICK_S

    def took(self, seconds: float) -> None:
        """So long was a send on its way, there and back."""
        self._ways.append(seconds)

    def silent_until(self, now: datetime) -> datetime | None:
        """The end of the silence; None when it may be spoken now."""
        ends = [end for end in (self._asked_until, self._resting_until) if end is not None and end > now]
        return max(ends, default=None)

    def silent_for(self, now: datetime) -> float:
        """Seconds of the silence that are left."""
        until = self.silent_until(now)
        return (until - now).total_seconds() if until else 0.0

    def asked_for_silence(self, seconds: float, now: datetime) -> datetime:
        """The platform said when to come back. A shorter wait never ends a longer one."""
        until = now + timedelta(seconds=max(seconds, 1.0))
        self._asked_until = max(until, self._asked_until or until)
        return self._asked_until

    def remembers_silence(self, until: datetime, now: datetime) -> None:
        """What an earlier process was asked for. No longer than an hour: the clock may have been wrong then."""
        if until > now:
            self.asked_for_silence(min((until - now).total_seconds(), LONGEST_MEMORY_S), now)

    def failed(self, now: datetime) -> None:
        """A send did not get through, or nobody knows."""
        self.failures += 1
        if self.is_down:
            self._resting_until = now + backoff(self.failures - DOWN_AFTER)

    def works(self) -> None:
        """A sign of life."""
        self.failures = 0
        self._resting_until = None
