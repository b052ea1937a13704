"""Whether a directive is on time, derived at an as-of day and never stored.

The four official cells (report BC 1270/BC-TCTTTg, 2017) are finished or not × within the deadline or past it;
"không hạn" and "sắp đến hạn" are counted in practice. Finished on the last day is on time.
"""

from __future__ import annotations

from datetime import date, timedelta
from enum import StrEnum


class Cell(StrEnum):
    """Where a directive is counted. ``SOON`` is within ``OPEN_IN_TIME`` and counted again beside it."""

    DONE_IN_TIME = "done_in_time"  # hoàn thành đúng hạn
    DONE_LATE = "done_late"  # hoàn thành quá hạn
    DONE_NO_DEADLINE = "done_no_deadline"  # hoàn thành, không hạn
    OPEN_IN_TIME = "open_in_time"  # chưa hoàn thành, trong hạn
    OPEN_LATE = "open_late"  # chưa hoàn thành, quá hạn
    OPEN_NO_DEADLINE = "open_no_deadline"  # chưa hoàn thành, không hạn


def cell(last_day: date | None, finished_on: date | None, as_of: date) -> Cell:
    """The cell a directive belongs to.

    Args:
        last_day: the last day that is still on time; None without a deadline.
        finished_on: the day the evidence was submitted that was approved later; None while unfinished.
        as_of: the day the figures are of.
    """
    if finished_on is not None and finished_on <= as_of:
        if last_day is None:
            return Cell.DONE_NO_DEADLINE
        return Cell.DONE_IN_TIME if finished_on <= last_day else Cell.DONE_LATE
    if last_day is None:
        return Cell.OPEN_NO_DEADLINE
    return Cell.OPEN_IN_TIME if as_of <= last_day else Cell.OPEN_LATE


def is_soon(last_day: date | None, as_of: date, soon_days: int) -> bool:
    """Whether an unfinished directive falls due within ``soon_days`` days, today included."""
    return last_day is not None and as_of <= last_day <= as_of + timedelta(days=soon_days)


def days_late(last_day: date, day: date) -> int:
    """Calendar days past the last day; 0 when on time."""
    return max(0, (day - last_day).days)
