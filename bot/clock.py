"""The clocks. Below the edge nobody reads one: the moment is passed in."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, time, timedelta

from domain.calendar import OFFICE_ZONE
from domain.ladder import Rhythm

Clock = Callable[[], datetime]


def system() -> datetime:
    """Now, aware."""
    return datetime.now(UTC)


def started_at(moment: datetime, real: Clock = system) -> Clock:
    """A clock that says ``moment`` now and goes on from there with the real one; for rehearsals."""
    ahead = moment - real()
    return lambda: real() + ahead


def stops(start: datetime, end: datetime, rhythm: Rhythm) -> Iterator[datetime]:
    """The moments on the way between two aware ones at which something may fall due; ``end`` is the last."""
    day = start.astimezone(OFFICE_ZONE).date()
    while day <= end.astimezone(OFFICE_ZONE).date():
        for at in sorted({rhythm.quiet_until, rhythm.morning, time(12), rhythm.afternoon, time(16), rhythm.quiet_from}):
            moment = datetime.combine(day, at, OFFICE_ZONE)
            if start < moment < end:
                yield moment
        day += timedelta(days=1)
    yield end


class Movable:
    """The demo's clock: it runs, and can be put forward, never back."""

    def __init__(self, moment: datetime, real: Clock = system) -> None:
        self._real = real
        self._ahead = moment - real()

    def __call__(self) -> datetime:
        """The moment it says."""
        return self._real() + self._ahead

    def forward_to(self, moment: datetime) -> None:
        """Put it forward."""
        self._ahead += max(timedelta(), moment - self())
