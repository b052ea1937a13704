"""A leader's digest as plain facts: how it stands, what needs a word, and what has changed since the last one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from domain.figures import Figures, Item, Page, UnitFigures, Waiting
from domain.obstacles import RaisedPage


class Part(StrEnum):
    """Which digest of a day it is."""

    MORNING = "morning"
    EVENING = "evening"
    ASKED = "asked"


@dataclass(frozen=True)
class Changes:
    """What has changed since the moment of the last digest (aware).

    Attributes:
        blocked: have got a difficulty that waits for an answer.
        cleared: are rid of theirs, and go on.
        greened: names of units that had something overdue, and have nothing any more.
    """

    since: datetime
    done: int = 0
    overdue: int = 0
    given: int = 0
    extended: int = 0
    blocked: int = 0
    cleared: int = 0
    greened: tuple[str, ...] = ()

    @property
    def any(self) -> bool:
        """Whether anything has."""
        counts = (self.done, self.overdue, self.given, self.extended, self.blocked, self.cleared)
        return any(counts) or bool(self.greened)


@dataclass(frozen=True)
class OverdueUnit:
    """A unit in the digest with how much it has overdue, and the oldest of it."""

    name: str
    count: int
    items: tuple[Item, ...]


@dataclass(frozen=True)
class ExplanationLine:
    """A request that was not answered in time, or (with ``text``) an answer that has come."""

    number: int
    code: str  # the directive's
    unit: str
    due_day: date
    text: str | None = None


@dataclass(frozen=True)
class Seal:
    """The end of the audit, as it is shown once a week: how many rows, and the first digits of the last hash."""

    rows: int
    short: str


@dataclass(frozen=True)
class DigestFacts:
    """A leader's morning, or evening.

    Attributes:
        units: all that have anything, the worst first.
        since: the moment of the last digest; without one, the working morning before.
        changes: since the last digest; None where this is the first.
        pressing: overdue for ``leader_after`` working days and more, in their units' hands.
        overdue: what else is, by the units with the oldest missed deadlines, of ``overdue_units``.
        overdue_count: how many directives that are.
        done: newly done since ``since``.
        approvals: what was handed in and waits for this leader; what waits for a unit's head first is not there.
        waited: for how many working days each of those has waited, by number.
        raised: difficulties and proposals that are open.
        often: directives with a request for more time that waits, and which one it is, where that is flagged.
        seal: on the last working day of a week.
    """

    part: Part
    today: date
    now: datetime
    whose: str
    figures: Figures
    units: tuple[UnitFigures, ...]
    since: datetime
    changes: Changes | None
    pressing: Page
    overdue: tuple[OverdueUnit, ...]
    overdue_units: int
    overdue_count: int
    due: Page
    done: Page
    approvals: Page
    raised: RaisedPage
    waiting: Waiting
    explanations: tuple[ExplanationLine, ...]
    leader_after: int
    waited: Mapping[int, int] = field(default_factory=dict)
    often: tuple[tuple[int, int], ...] = ()
    seal: Seal | None = None

    @property
    def is_empty(self) -> bool:
        """Nothing is overdue, due, waiting, blocked, newly done or explained, and nothing has changed."""
        counts = (
            self.figures.open_late,
            *(page.directives for page in (self.due, self.done, self.approvals)),
            self.raised.total,
            self.waiting.all,
            len(self.explanations),
        )
        return not any(counts) and not (self.changes and self.changes.any)
