"""Counts from which the figures of any day follow: what is open by its last day, what has ended as it ended.

Counting them takes long with a hundred thousand directives; they change only where a directive changes, and not when a
day is over.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property
from itertools import accumulate

from domain.figures import Against, Figures


@dataclass(frozen=True)
class Judged:
    """How many were in time, late, without a deadline; by their evidence, so for ever."""

    in_time: int = 0
    late: int = 0
    no_deadline: int = 0


@dataclass(frozen=True)
class Side:
    """What depends on which deadline is counted against.

    Attributes:
        done: what is finished.
        handed_in: what waits for approval.
        due: how many of the rest have each last day.
        undated: how many of the rest have none.
    """

    done: Judged = Judged()
    handed_in: Judged = Judged()
    due: dict[date, int] = field(default_factory=dict)
    undated: int = 0

    @cached_property
    def _days(self) -> tuple[list[date], list[int]]:
        """The last days in order, and how many there are up to each."""
        days = sorted(self.due)
        return days, list(accumulate((self.due[day] for day in days), initial=0))

    def before(self, day: date) -> int:
        """How many have a last day that is over on a day."""
        days, sums = self._days
        return sums[bisect_left(days, day)]

    def between(self, first: date, last: date) -> int:
        """How many have a last day from one to another, both included."""
        days, sums = self._days
        return sums[bisect_right(days, last)] - sums[bisect_left(days, first)]

    @property
    def dated(self) -> int:
        """How many of the rest have a last day."""
        return self._days[1][-1]


@dataclass(frozen=True)
class Tally:
    """The counts of one unit."""

    present: Side = Side()
    first: Side = Side()
    unacknowledged: int = 0
    blocked: int = 0

    def figures(self, as_of: date, soon_days: int, against: Against) -> Figures:
        """The figures as of a local day.

        Args:
            as_of: the day.
            soon_days: "sắp đến hạn" is within so many days, today included.
            against: the deadline lateness is counted against.
        """
        side = self.present if against is Against.PRESENT else self.first
        done, handed_in, late = side.done, side.handed_in, side.before(as_of)
        return Figures(
            done_in_time=done.in_time,
            done_late=done.late,
            done_no_deadline=done.no_deadline,
            open_in_time=handed_in.in_time + side.dated - late,
            open_late=handed_in.late + late,
            open_no_deadline=handed_in.no_deadline + side.undated,
            soon=side.between(as_of, as_of + timedelta(days=soon_days)),
            waiting_approval=handed_in.in_time + handed_in.late + handed_in.no_deadline,
            waiting_acknowledgement=self.unacknowledged,
            blocked=self.blocked,
        )


def side(done: Judged, handed_in: Judged, due: Iterable[tuple[date | None, int]]) -> Side:
    """Put together what was counted; a last day of None is none."""
    counts = dict(due)
    undated = counts.pop(None, 0)
    return Side(done, handed_in, {day: count for day, count in counts.items() if day is not None}, undated)
