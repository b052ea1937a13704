"""What the papers of the office say, as plain facts: reports of a period, letters that urge, results of a notice."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from domain.figures import Figures, Movement
from domain.lifecycle import State
from domain.measures import MeasureTable
from domain.periods import ReportPeriod
from domain.rights import Role
from domain.scores import Outcome, Product, Score


class PaperKind(StrEnum):
    """A paper that is drawn on request."""

    PERIOD = "period"  # báo cáo kỳ
    LETTER = "letter"  # công văn đôn đốc
    RESULT = "result"  # báo cáo kết quả thực hiện một văn bản
    SCORES = "scores"  # bảng điểm tháng


_OFFICE = frozenset({Role.LEADER, Role.CLERK})
TAKERS: dict[PaperKind, frozenset[Role]] = {
    PaperKind.PERIOD: _OFFICE | {Role.HEAD},
    PaperKind.LETTER: _OFFICE,
    PaperKind.RESULT: _OFFICE,
    PaperKind.SCORES: _OFFICE | {Role.HEAD, Role.OFFICER},
}
"""Who takes which paper: leaders of the units in their charge, heads of their own, officers of themselves."""


@dataclass(frozen=True)
class Worked:
    """What was worked on in a period.

    Attributes:
        carried: open when it began.
        given: issued in it.
        figures: what was done in it, and what is open at its end.
    """

    carried: int
    given: int
    figures: Figures

    @property
    def total(self) -> int:
        """All that is told of: done in the period, or open at its end."""
        return self.figures.total

    @property
    def gone(self) -> int:
        """How many left the table in it (cancelled, merged, moved away); negative where more came back to it."""
        return self.carried + self.given - self.total

    @property
    def under_way(self) -> int:
        """Open and not overdue."""
        return self.figures.open - self.figures.open_late


@dataclass(frozen=True)
class WorkedPart:
    """The same of one unit, field or source."""

    key: int | str | None
    name: str
    worked: Worked


@dataclass(frozen=True)
class Unfinished:
    """A directive that is overdue, or soon due. Days are local and calendar days."""

    number: int
    text: str
    unit_id: int
    unit: str
    source: str
    last_day: date
    days_late: int = 0
    last_said: str | None = None  # what was reported last
    percent: int | None = None


@dataclass(frozen=True)
class Difficulty:
    """A difficulty or proposal that waits for an answer, with the days it has done so."""

    number: int
    unit: str
    text: str
    days: int
    is_proposal: bool = False


@dataclass(frozen=True)
class PeriodReport:
    """The report of a period.

    Attributes:
        period: which.
        as_of: the day the figures are of: its last, or today while it lasts.
        whose: "Toàn cơ quan", a unit's name.
        worked: of everything asked of.
        worked_before: the same of the period it is compared with.
        moved: what else happened in it.
        by_source, by_unit, by_field: the parts, each once.
        overdue: what is overdue on that day, the longest first.
        difficulties: what waits for an answer on that day.
        measures: what is measured and was under way in the period, as it stood on that day.
    """

    period: ReportPeriod
    as_of: date
    whose: str
    worked: Worked
    worked_before: Worked
    moved: Movement
    by_source: tuple[WorkedPart, ...]
    by_unit: tuple[WorkedPart, ...]
    by_field: tuple[WorkedPart, ...]
    overdue: tuple[Unfinished, ...]
    difficulties: tuple[Difficulty, ...]
    measures: tuple[MeasureTable, ...] = ()

    @property
    def is_over(self) -> bool:
        """Whether the period has ended by the day the figures are of."""
        return self.as_of >= self.period.last


@dataclass(frozen=True)
class UrgedUnit:
    """What one unit is urged to do. Both lists have the earliest deadline first."""

    unit_id: int
    name: str
    overdue: tuple[Unfinished, ...]
    soon: tuple[Unfinished, ...]


@dataclass(frozen=True)
class Letter:
    """A letter that urges units.

    Attributes:
        as_of: the local day its lists are of.
        answer_by: the last day to report in writing on.
        soon_days: what falls due within so many days is named too.
        units: whom it is to; the worst first.
    """

    as_of: date
    answer_by: date
    soon_days: int
    units: tuple[UrgedUnit, ...]


@dataclass(frozen=True)
class ClauseResult:
    """A clause of a notice and what came of it.

    Attributes:
        ref: where in the notice.
        text: what was to be done.
        leads: the lead units' names; of what was split all of its parts' in one.
        numbers: of its directives.
        last_day: the latest of them; None without a deadline.
        states: of each directive.
        late: how many of the leads are done late, or not done past their deadline.
        done: how many of the leads are done.
        results: what was reported last, with the unit's name where there are several.
        files: names of the evidence.
        difficulties: what stands in the way.
    """

    ref: str
    text: str
    leads: tuple[str, ...]
    numbers: tuple[int, ...]
    last_day: date | None
    states: tuple[State, ...]
    late: int
    done: int
    results: tuple[str, ...] = ()
    files: tuple[str, ...] = ()
    difficulties: tuple[str, ...] = ()

    @property
    def is_shared(self) -> bool:
        """Whether several units have it."""
        return len(self.numbers) > 1


@dataclass(frozen=True)
class NoticeResult:
    """What came of a notice, as of a local day."""

    source: str
    title: str | None
    as_of: date
    clauses: tuple[ClauseResult, ...]
    figures: Figures


@dataclass(frozen=True)
class ScoreLine:
    """The score of a unit, or of one of its people; ``person_id`` None: of the unit, or of what nobody has in hand."""

    unit: str
    person_id: int | None
    name: str
    score: Score
    is_unit: bool = False


@dataclass(frozen=True)
class ScoredProduct:
    """A product with what became of it."""

    product: Product
    outcome: Outcome
    unit: str
    person: str


@dataclass(frozen=True)
class ScoreSheet:
    """The score sheet of a month. ``known_at`` is aware: confirmed reasons and approvals up to then are in it."""

    period: ReportPeriod
    whose: str
    known_at: datetime
    lines: tuple[ScoreLine, ...]
    products: tuple[ScoredProduct, ...]
