"""The monthly score of what was given and done, after Decree 335/2025 (in force 1 January 2026).

The decree takes products done against products given: the quantity in percent, and the progress in percent, where each
product that comes late loses 25 % of its progress points unless those in charge have confirmed an objective reason. Its
third part, the quality, and the weights of products are the unit's own to judge, and are left open here.

All points are hundredths in whole numbers: nothing is lost to rounding.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

FULL = 100  # hundredths of a point: one product, done in time
LATE_LOSES = 25  # of these, once late without a confirmed objective reason

QUANTITY = "số sản phẩm hoàn thành ÷ số sản phẩm được giao × 100"
PROGRESS = "tổng điểm tiến độ ÷ số sản phẩm được giao × 100"


class Outcome(StrEnum):
    """What became of a product by the end of the month."""

    IN_TIME = "in_time"  # done within the first deadline, or without one
    LATE = "late"  # done after it: loses points
    EXCUSED = "excused"  # done after it, for an objective reason that was confirmed
    OWED = "owed"  # due and not done
    OWED_EXCUSED = "owed_excused"  # the same, for an objective reason that was confirmed: not counted
    WAITING = "waiting"  # handed in, not decided on: not counted yet


@dataclass(frozen=True)
class Product:
    """A directive as far as its score goes. Days are local.

    Attributes:
        number: of the directive.
        text: what was to be done.
        unit_id: who leads it.
        person_id: who has it in hand; None while nobody does.
        last_day: the last day with all extensions; None without a deadline.
        first_last_day: as first set.
        excused_until: the last day of the latest extension whose reason was confirmed to be objective.
        submitted_on: when the evidence came that was approved, or waits; None while there is none.
        is_done: approved.
        is_waiting: handed in, not decided on.
        is_excused: an objective reason for its lateness was confirmed afterwards.
    """

    number: int
    text: str
    unit_id: int
    person_id: int | None
    last_day: date | None
    first_last_day: date | None
    excused_until: date | None = None
    submitted_on: date | None = None
    is_done: bool = False
    is_waiting: bool = False
    is_excused: bool = False

    @property
    def costs_from(self) -> date | None:
        """The last day that costs no points: as first set, or as extended for an objective reason."""
        if self.first_last_day is None or self.excused_until is None:
            return self.first_last_day
        return max(self.first_last_day, self.excused_until)


def outcome(product: Product, first: date, last: date) -> Outcome | None:
    """Where a product stands in a month's score; None where it is none of that month's.

    To a month belong what was done in it, and what was due by its end, with extensions, and not done before it: what is
    owed from earlier months is owed again each month until it is done.

    Args:
        product: which.
        first: the month's first day.
        last: its last day.
    """
    came = product.submitted_on
    if came is not None and came < first and product.is_done:
        return None
    if came is not None and came <= last:
        return Outcome.WAITING if product.is_waiting else _done(product, came)
    if product.last_day is None or product.last_day > last:
        return None
    return Outcome.OWED_EXCUSED if product.is_excused else Outcome.OWED


def _done(product: Product, came: date) -> Outcome:
    if product.first_last_day is None or came <= product.first_last_day:
        return Outcome.IN_TIME
    is_covered = product.costs_from is not None and came <= product.costs_from
    return Outcome.EXCUSED if product.is_excused or is_covered else Outcome.LATE


_POINTS = {Outcome.IN_TIME: FULL, Outcome.EXCUSED: FULL, Outcome.LATE: FULL - LATE_LOSES}


@dataclass(frozen=True)
class Score:
    """The counts of some products, and what they come to."""

    in_time: int = 0
    late: int = 0
    excused: int = 0
    owed: int = 0
    owed_excused: int = 0  # not counted among the given ones
    waiting: int = 0  # nor these

    @property
    def given(self) -> int:
        """Products of the month that are counted."""
        return self.done + self.owed

    @property
    def done(self) -> int:
        """Those done, whenever."""
        return self.in_time + self.late + self.excused

    @property
    def points(self) -> int:
        """Progress points, in hundredths."""
        return sum(getattr(self, each) * points for each, points in _POINTS.items())

    @property
    def most_points(self) -> int:
        """What they could have come to, in hundredths."""
        return self.given * FULL

    @property
    def lost(self) -> int:
        """Points lost by lateness alone, in hundredths."""
        return self.late * LATE_LOSES

    @property
    def quantity(self) -> float | None:
        """Percent done of what was given; None where nothing was."""
        return 100 * self.done / self.given if self.given else None

    @property
    def progress(self) -> float | None:
        """Percent of the progress points; None where nothing was given."""
        return 100 * self.points / self.most_points if self.given else None


def score(outcomes: Iterable[Outcome]) -> Score:
    """Count outcomes."""
    found = list(outcomes)
    return Score(**{each.value: found.count(each) for each in Outcome})
