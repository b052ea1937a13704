"""The table of a unit as plain facts."""

from __future__ import annotations

from dataclasses import dataclass

from domain.lifecycle import State
from domain.views import DirectiveView


@dataclass(frozen=True)
class Counts:
    """What stands above the table: open directives, and of those in the unit's hands how many are what."""

    total: int
    overdue: int
    soon: int
    unacknowledged: int
    undelegated: int  # nobody of the unit is named for it
    submitted: int  # wait for approval


@dataclass(frozen=True)
class TableLine:
    """A directive of the unit. ``is_extending``: a request for more time waits."""

    d: DirectiveView
    is_extending: bool = False

    @property
    def awaited(self) -> int:
        """How many units that help have not answered."""
        return sum(part.is_known and part.answered_on is None for part in self.d.parts)

    @property
    def is_submitted(self) -> bool:
        """Whether it waits for approval: whose clock stands still."""
        return self.d.state is State.SUBMITTED


@dataclass(frozen=True)
class HelpedLine:
    """A directive the unit helps with, whose part is open. ``unit`` names it where a person works for several."""

    d: DirectiveView
    is_acknowledged: bool
    unit: str = ""
