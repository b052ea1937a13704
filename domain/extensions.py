"""How far and how often a deadline may be moved at a unit's request. The limits are the office's settings."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from domain.office import ExtensionLimits


@dataclass(frozen=True)
class Extended:
    """How many requests of a unit were granted, and how many of these for a confirmed objective reason.

    A late product loses a quarter of its progress points unless an objective reason is confirmed (Decree 335/2025).
    """

    granted: int = 0
    objective: int = 0


def latest(last_day: date, limits: ExtensionLimits) -> date:
    """The latest day to which a deadline may be moved from its present last day."""
    return last_day + timedelta(days=limits.most_days)


def flagged(times: int, limits: ExtensionLimits) -> int:
    """Which request it is where who decides is told so ("lần xin thứ 3"); 0 where it is one of the first.

    Args:
        times: how many were asked for so far, this one included.
        limits: from which one on it is said.
    """
    return times if times >= limits.flagged_from else 0
