"""The figures offices are judged by: counts in official cells, completion rates, and what is shown.

The four cells are those of report BC 1270/BC-TCTTTg (2017): finished or not × within the deadline or past
it; *không hạn* and *sắp đến hạn* are counted in practice. Cells add up to the total; all else is counted
beside them.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from operator import add, attrgetter, sub
from typing import Final, Literal

from domain.sources import Source
from domain.timeliness import Cell
from domain.views import DirectiveView


class Filter(StrEnum):
    """Which directives a list shows. Every count has the filter that opens it."""

    OVERDUE = "overdue"  # chưa hoàn thành, quá hạn
    DUE = "due"  # đến hạn trong kỳ: the rest of this week unless a period is given
    SOON = "soon"  # sắp đến hạn
    WAITING = "waiting"  # chờ duyệt
    UNACKNOWLEDGED = "unacknowledged"  # chưa nhận
    DIFFICULTY = "difficulty"  # có vướng mắc
    DONE = "done"  # đã hoàn thành
    OPEN = "open"  # chưa hoàn thành
    ALL = "all"


class Against(StrEnum):
    """Which deadline lateness is counted against. Moving deadlines dresses figures up: both can be had."""

    PRESENT = "present"  # with the extensions granted
    FIRST = "first"  # as first set


@dataclass(frozen=True)
class Rate:
    """A completion rate with how it is worked out, in words."""

    part: int
    whole: int
    formula: str

    @property
    def value(self) -> float | None:
        """0 to 1; None where there is nothing to divide by."""
        return self.part / self.whole if self.whole else None


OF_ALL = "đã hoàn thành ÷ tổng số nhiệm vụ"
OF_DUE = "đã hoàn thành ÷ (đã hoàn thành + chưa hoàn thành quá hạn)"


@dataclass(frozen=True)
class Figures:
    """Counts of directives as of a day. The first six are ``Cell`` by name and exclude each other."""

    done_in_time: int = 0
    done_late: int = 0
    done_no_deadline: int = 0
    open_in_time: int = 0
    open_late: int = 0
    open_no_deadline: int = 0
    soon: int = 0  # of open_in_time; not those whose evidence waits for approval
    waiting_approval: int = 0  # of the open ones
    waiting_acknowledgement: int = 0  # of the open ones
    blocked: int = 0  # of the open ones: with a difficulty that waits for an answer

    def __add__(self, other: Figures) -> Figures:
        return Figures(*map(add, _COUNTS(self), _COUNTS(other)))

    def __sub__(self, other: Figures) -> Figures:
        return Figures(*map(sub, _COUNTS(self), _COUNTS(other)))

    def count(self, cell: Cell) -> int:
        """The count of one cell."""
        counted: int = getattr(self, cell.value)
        return counted

    @property
    def total(self) -> int:
        """All directives, each once."""
        return self.done + self.open

    @property
    def done(self) -> int:
        """Finished, whenever."""
        return self.done_in_time + self.done_late + self.done_no_deadline

    @property
    def open(self) -> int:
        """Not finished, whether late or not."""
        return self.open_in_time + self.open_late + self.open_no_deadline

    @property
    def rate_of_all(self) -> Rate:
        """Done ÷ all."""
        return Rate(self.done, self.total, OF_ALL)

    @property
    def rate_of_due(self) -> Rate:
        """Done ÷ (done + overdue)."""
        return Rate(self.done, self.done + self.open_late, OF_DUE)


_COUNTS = attrgetter(*(f.name for f in fields(Figures)))


def together(many: Iterable[Figures]) -> Figures:
    """The sum of many: a leader's first screen adds up those of all units."""
    counts = [_COUNTS(one) for one in many]
    return Figures(*map(sum, zip(*counts, strict=True))) if counts else Figures()


@dataclass(frozen=True)
class UnitFigures:
    """The figures of what one unit leads."""

    unit_id: int
    name: str
    kind: str
    figures: Figures


def total(units: Iterable[UnitFigures]) -> Figures:
    """All units together."""
    return together(u.figures for u in units)


def worst_first(units: Iterable[UnitFigures]) -> list[UnitFigures]:
    """Most overdue first; among equals the lower rate of what was due, then the more in hand."""
    return sorted(units, key=lambda u: (-u.figures.open_late, u.figures.rate_of_due.value or 0, -u.figures.open))


@dataclass(frozen=True)
class Asking:
    """What a list or a count is asked of.

    Attributes:
        as_of: the local day the figures are of.
        units: only what these units lead; None for all.
        soon_days: "sắp đến hạn" is within so many days, today included.
        against: the deadline lateness is counted against.
        in_place_of: the names of the leaders whom the asker stands in for: their units are among these.
        pressing_until: the latest last day whose missing needs a leader's word; None where nobody asks for it.
        moment: aware; what was recorded later is not known yet. None: the end of ``as_of``, or now where that is today.
        field: only what belongs to this field (lĩnh vực); ``NO_WORD`` for what has none.
        leader: only what this person supervises; ``NO_ID`` for what nobody does.
        notice: only what this notice gave; ``NO_ID`` for what was given without one.
        source: only what comes from there; ``NO_WORD`` for what is not known to come from anywhere.
        lead_kind: only what units of this kind lead.
        person: only what this person has in hand as its contact.
    """

    as_of: date
    units: frozenset[int] | None = None
    soon_days: int = 3
    against: Against = Against.PRESENT
    in_place_of: tuple[str, ...] = ()
    pressing_until: date | None = None
    moment: datetime | None = None
    field: str | None = None
    leader: int | None = None
    notice: int | None = None
    source: Source | Literal[""] | None = None
    lead_kind: str | None = None
    person: int | None = None


@dataclass(frozen=True)
class Listing:
    """Which lines of which list.

    Attributes:
        filter: which directives.
        period: first and last local day: of the finish (``DONE``), of the giving (``ALL``, ``UNACKNOWLEDGED``), else of
            the due day.
        approved_since: ``DONE`` only: approved after this moment: two digests miss nothing between them.
        clause: only the directives of one clause.
        folded: one line for a clause that was given to several units.
        pressing: ``OVERDUE`` only: just what needs a leader's word (still in its unit's hands), or just the rest.
        only: just these of them, by number.
    """

    filter: Filter
    period: tuple[date, date] | None = None
    approved_since: datetime | None = None
    clause: str | None = None
    folded: bool = True
    pressing: bool | None = None
    only: tuple[int, ...] | None = None


class Dimension(StrEnum):
    """By what figures are laid out."""

    UNIT = "unit"
    FIELD = "field"
    LEADER = "leader"
    NOTICE = "notice"
    SOURCE = "source"
    KIND = "kind"  # of the lead unit


NO_ID: Final = 0
NO_WORD: Final = ""
"""The keys of what has no leader, no notice; no field, no source."""


def narrowed(asking: Asking, dimension: Dimension, key: int | str | None) -> Asking:
    """The same question of one of the things that figures are laid out by.

    Args:
        asking: the question.
        dimension: by what they are laid out.
        key: of its ``Group``.

    Raises:
        ValueError: a key of another dimension.
    """
    match dimension, key:
        case Dimension.UNIT, int():
            return replace(asking, units=frozenset({key}) & (asking.units if asking.units is not None else {key}))
        case Dimension.FIELD, str():
            return replace(asking, field=key)
        case Dimension.LEADER, int():
            return replace(asking, leader=key)
        case Dimension.NOTICE, int():
            return replace(asking, notice=key)
        case Dimension.SOURCE, str():
            return replace(asking, source=Source(key) if key else NO_WORD)
        case Dimension.KIND, str():
            return replace(asking, lead_kind=key)
    raise ValueError(f"no key of {dimension}: {key!r}")


@dataclass(frozen=True)
class Group:
    """The figures of one of the things they are laid out by.

    Attributes:
        key: what narrows an ``Asking`` to it, with ``narrowed``: an id, a word;
            ``NO_ID`` or ``NO_WORD`` for what has none.
        name: as people read it.
    """

    key: int | str | None
    name: str
    figures: Figures


@dataclass(frozen=True)
class Period:
    """Local days, both included."""

    first: date
    last: date

    @classmethod
    def week_of(cls, day: date) -> Period:
        """The week of a day, Monday to Sunday."""
        monday = day - timedelta(days=day.weekday())
        return cls(monday, monday + timedelta(days=6))


class Happened(StrEnum):
    """What is counted in a period; each opens into a list of as many lines."""

    GIVEN = "given"
    DONE = "done"
    NEWLY_OVERDUE = "newly_overdue"
    EXTENDED = "extended"  # a line for each time that more was granted
    REPORTED = "reported"  # a line for each report


@dataclass(frozen=True)
class Movement:
    """What happened in a period, told by when it was recorded.

    Attributes:
        given: issued.
        done_in_time: approved; the evidence came within the deadline.
        done_late: approved; the evidence came after it.
        done_no_deadline: approved; there was no deadline.
        newly_overdue: passed their deadline in the period unfinished.
        extended: extensions granted.
        reports: reports made.
        days_late: calendar days between deadline and evidence, of all done late together.
    """

    given: int = 0
    done_in_time: int = 0
    done_late: int = 0
    done_no_deadline: int = 0
    newly_overdue: int = 0
    extended: int = 0
    reports: int = 0
    days_late: int = 0

    @property
    def done(self) -> int:
        """Approved in the period, whether in time or not."""
        return self.done_in_time + self.done_late + self.done_no_deadline

    @property
    def average_days_late(self) -> float | None:
        """Of those done late; None where none was."""
        return self.days_late / self.done_late if self.done_late else None

    def count(self, what: Happened) -> int:
        """How many lines its list has."""
        counts = {
            Happened.GIVEN: self.given, Happened.DONE: self.done, Happened.NEWLY_OVERDUE: self.newly_overdue,
            Happened.EXTENDED: self.extended, Happened.REPORTED: self.reports,
        }  # fmt: skip
        return counts[what]

    def __add__(self, other: Movement) -> Movement:
        return Movement(*(getattr(self, f.name) + getattr(other, f.name) for f in fields(Movement)))


@dataclass(frozen=True)
class Moved:
    """The movement of one of the things figures are laid out by, as ``Group``."""

    key: int | str | None
    name: str
    movement: Movement


@dataclass(frozen=True)
class Week:
    """One week of the trend: how it stood at its end, and what happened in it."""

    period: Period
    figures: Figures
    movement: Movement


@dataclass(frozen=True)
class Clause:
    """A clause given to several units: how many of them are done, of those the asker sees."""

    id: str
    done: int
    total: int


@dataclass(frozen=True)
class Explained:
    """How it stands with an explanation that was asked for. Moments are aware; ``due_day`` is the last to answer on."""

    asked_by: str
    asked_at: datetime
    due_day: date
    answered_at: datetime | None = None


@dataclass(frozen=True)
class ItemAct:
    """A report, or more time that was granted, as a line of a list.

    Attributes:
        on: the local day.
        percent: as reported.
        text: as reported; shortened by whoever prints it.
        until: the new last day.
        before: the last day until then.
    """

    on: date
    percent: int | None = None
    text: str = ""
    until: date | None = None
    before: date | None = None


@dataclass(frozen=True)
class Item:
    """One line of a list.

    Attributes:
        view: the directive; of a folded clause its first one in the list's order.
        here: how many directives of the list the line stands for.
        clause: where it was given to several units.
        since: the day it began to wait (for approval, acknowledgement or an answer to its difficulty).
        days: how many calendar days ago that was.
        explained: how it stands with an explanation that was asked for.
        act: what was said or granted, where the list is of such acts.
    """

    view: DirectiveView
    here: int = 1
    clause: Clause | None = None
    since: date | None = None
    days: int = 0
    explained: Explained | None = None
    act: ItemAct | None = None


@dataclass(frozen=True)
class Page:
    """A page of a list.

    Attributes:
        number: which one, from 1.
        pages: how many there are, at least 1.
        lines: the length of the whole list.
        directives: the count it opens; more than ``lines`` where clauses are folded.
    """

    items: tuple[Item, ...]
    number: int
    pages: int
    lines: int
    directives: int


@dataclass(frozen=True)
class Waiting:
    """What waits for a decision of the person who asks."""

    approvals: int = 0
    extensions: int = 0
    declined: int = 0

    @property
    def all(self) -> int:
        """Everything together."""
        return self.approvals + self.extensions + self.declined


@dataclass(frozen=True)
class StatusFacts:
    """The first screen of ``/status``.

    Attributes:
        whose: "Toàn cơ quan", a unit's name, or "Lĩnh vực phụ trách".
        late_by_first: overdue counted against the first deadlines, where that differs.
        units: all that have anything, the worst first.
        waiting: None for who decides nothing.
    """

    as_of: date
    whose: str
    figures: Figures
    units: tuple[UnitFigures, ...]
    soon_days: int
    waiting: Waiting | None = None
    late_by_first: int | None = None


@dataclass(frozen=True)
class Standing:
    """How it stands with what is asked of.

    Attributes:
        facts: the first screen.
        first: counted against the first deadlines, where any cell differs.
    """

    facts: StatusFacts
    first: Figures | None = None
