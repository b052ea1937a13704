"""The clocks. Below the edge nobody reads one: the moment is passed in."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

Clock = Callable[[], datetime]


def system() -> datetime:
    """Now, aware."""
    return datetime.now(UTC)


def started_at(moment: datetime) -> Clock:
    """A clock that says ``moment`` now and goes on from there; for rehearsals."""
    ahead = moment - system()
    return lambda: system() + ahead


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
