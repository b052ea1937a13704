"""What a directive is counted as at a moment: one definition, read from the directives now or from their phases then.

Counted is what was issued and is neither a draft nor cancelled. Finished is what is approved: from the moment of the
approval on, but judged by the day its evidence came. Declined and suspended ones are unfinished and judged by their
deadline like any other. Of one that waits for approval the clock stands still at its evidence: it is late only if the
evidence was.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, case, false, func, or_, select, true
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement

from db.models import Directive, Obstacle, Phase, Transition, Unit
from db.types import UtcDateTime
from domain.calendar import OFFICE_ZONE
from domain.figures import Against, Asking, Filter, Listing
from domain.lifecycle import OPEN, WITH_UNIT, Event, State
from domain.obstacles import Kind


class end_of(FunctionElement[datetime]):
    """The moment at which the local day of a date column has ended."""

    type = UtcDateTime()
    inherit_cache = True


@compiles(end_of)
def _end_of(element: end_of, compiler: SQLCompiler, **kw: Any) -> str:
    return f"((({compiler.process(element.clauses, **kw)}) + 1)::timestamp AT TIME ZONE '{OFFICE_ZONE.key}')"


@compiles(end_of, "sqlite")
def _end_of_sqlite(element: end_of, compiler: SQLCompiler, **kw: Any) -> str:
    # Hanoi is seven hours ahead the whole year, and a string concatenation costs a tenth of a date function
    return f"(({compiler.process(element.clauses, **kw)}) || ' 17:00:00.000000')"


def end_of_day(day: date) -> datetime:
    """The moment at which a local day has ended, aware."""
    return datetime.combine(day + timedelta(days=1), time(), OFFICE_ZONE)


def last_moment(day: date) -> datetime:
    """The last one of a local day, aware."""
    return end_of_day(day) - timedelta(microseconds=1)


# --- where it is read ------------------------------------------------------------------------------


@dataclass(frozen=True)
class Rows:
    """The columns that tell what is counted.

    Attributes:
        arms: which rows are meant, in arms that each walk the index.
        finished_at: of a completed one, when its evidence came.
    """

    directive_id: ColumnElement[int]
    unit_id: ColumnElement[Any]
    state: ColumnElement[Any]
    last_day: ColumnElement[date | None]
    first_last_day: ColumnElement[date | None]
    issued_at: ColumnElement[Any]
    submitted_at: ColumnElement[Any]
    finished_at: ColumnElement[Any]
    clause_id: ColumnElement[str | None]
    notice_id: ColumnElement[Any]
    field: ColumnElement[str | None]
    source: ColumnElement[str | None]
    contact_id: ColumnElement[Any]
    arms: tuple[ColumnElement[bool], ...]


NOW = Rows(
    Directive.id.expression, Directive.lead_unit_id.expression, Directive.state.expression,
    Directive.last_day.expression, Directive.first_last_day.expression, Directive.issued_at.expression,
    Directive.submitted_at.expression, Directive.completed_at.expression, Directive.clause_id.expression,
    Directive.notice_id.expression, Directive.field.expression, Directive.source.expression,
    Directive.contact_id.expression, (true(),),
)  # fmt: skip
"""Directives as they are."""


def at(moment: datetime) -> Rows:
    """Directives as they were known at a moment."""
    begun = Phase.since <= moment
    return of_phases(and_(Phase.until.is_(None), begun), and_(Phase.until > moment, begun))


def of_phases(*arms: ColumnElement[bool]) -> Rows:
    """Some stretches of what was known."""
    return Rows(
        Phase.directive_id.expression, Phase.unit_id.expression, Phase.state.expression,
        Phase.last_day.expression, Phase.first_last_day.expression, Phase.issued_at.expression,
        Phase.submitted_at.expression, Phase.submitted_at.expression, Phase.clause_id.expression,
        Phase.notice_id.expression, Phase.field.expression, Phase.source.expression,
        Phase.contact_id.expression, arms,
    )  # fmt: skip


# --- conditions ------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Lens:
    """The conditions as of one day, against one of the two deadlines.

    Attributes:
        asking: of what. Its leader and its kind of units have been looked up: they stand in its units.
        rows: where it is read.
        moment: aware; what was known then. None: now.
    """

    asking: Asking
    rows: Rows = NOW
    moment: datetime | None = None

    @classmethod
    def of(cls, asking: Asking, moment: datetime | None) -> Lens:
        """Of the present, or of what was known at a moment."""
        return cls(asking) if moment is None else cls(asking, at(moment), moment)

    @property
    def last(self) -> ColumnElement[date | None]:
        """The deadline that is counted against."""
        return self.rows.last_day if self.asking.against is Against.PRESENT else self.rows.first_last_day

    @property
    def led(self) -> ColumnElement[bool]:
        """Led by one of the units asked of, and what else is asked for."""
        units = self.asking.units
        if units is None and self.moment is not None:
            return and_(true(), *self._narrowed())
        # named one by one even when all are meant: the index begins with the unit
        unit = self.rows.unit_id + 0 if self._is_few else self.rows.unit_id
        led = unit.in_(select(Unit.id) if units is None else sorted(units))
        return and_(led, *self._narrowed())

    @property
    def _is_few(self) -> bool:
        """Of one notice or one person: the sum keeps the index by unit from being walked."""
        return self.moment is None and bool(self.asking.notice or self.asking.person)

    def _narrowed(self) -> Sequence[ColumnElement[bool]]:
        asking, rows = self.asking, self.rows
        wanted = (
            (asking.field, func.coalesce(rows.field, "")),
            (asking.notice, rows.notice_id if asking.notice else func.coalesce(rows.notice_id, 0)),
            (asking.source, func.coalesce(rows.source, "")),
            (asking.person, rows.contact_id),
        )
        return [column == value for value, column in wanted if value is not None]

    @property
    def finished(self) -> tuple[ColumnElement[bool], ...]:
        """Approved; in arms that each walk the index."""
        return tuple(and_(self.led, self.rows.state == State.COMPLETED, arm) for arm in self.rows.arms)

    @property
    def unfinished(self) -> tuple[ColumnElement[bool], ...]:
        """Issued and not ended."""
        return tuple(and_(self.led, self.rows.state.in_(sorted(OPEN)), arm) for arm in self.rows.arms)

    @property
    def submitted(self) -> ColumnElement[bool]:
        """Waiting for approval."""
        return self.rows.state == State.SUBMITTED

    @property
    def done_in_time(self) -> ColumnElement[bool]:
        """Of a finished one."""
        return self.rows.finished_at < end_of(self.last)

    @property
    def in_time(self) -> ColumnElement[bool]:
        """Of an unfinished one: not past its deadline; of what waits for approval, by the evidence."""
        handed_in = self.rows.submitted_at < end_of(self.last)
        return case((self.submitted, handed_in), else_=self.last >= self.asking.as_of)

    def due_within(self, first: date, last: date) -> ColumnElement[bool]:
        """Due from one day to another, both included."""
        return and_(self.last.between(first, last), ~self.submitted)

    @property
    def soon(self) -> ColumnElement[bool]:
        """Due within the days of "sắp đến hạn"."""
        today = self.asking.as_of
        return self.due_within(today, today + timedelta(days=self.asking.soon_days))

    @property
    def unacknowledged(self) -> ColumnElement[bool]:
        """Nobody has said that they have it."""
        return self.rows.state == State.ISSUED

    @property
    def obstacle(self) -> ColumnElement[bool]:
        """Of an obstacle: a difficulty that is open. What is proposed holds nobody up."""
        return and_(Obstacle.kind == Kind.DIFFICULTY, Obstacle.closed_at.is_(None))

    @property
    def blocked(self) -> ColumnElement[bool]:
        """Has a difficulty that waits for an answer."""
        if self.moment is not None:
            return Phase.blocked_since.is_not(None)
        return Directive.id.in_(select(Obstacle.directive_id).where(self.obstacle))

    @property
    def blocked_since(self) -> ColumnElement[Any]:
        """When the oldest difficulty was reported."""
        if self.moment is not None:
            return Phase.blocked_since.expression
        opened = select(func.min(Obstacle.opened_at)).where(Obstacle.directive_id == Directive.id, self.obstacle)
        return opened.scalar_subquery()

    @property
    def pressing(self) -> ColumnElement[bool]:
        """Missed for so long that a leader's word is needed, and in its unit's hands."""
        until = self.asking.pressing_until
        return false() if until is None else and_(self.rows.state.in_(sorted(WITH_UNIT)), self.last <= until)

    # --- lists ---

    def arms(self, listing: Listing) -> list[ColumnElement[bool]]:
        """What is in a list, in arms that each walk the index."""
        only = [] if listing.only is None else [self.rows.directive_id.in_(listing.only)]
        if listing.filter is Filter.DONE:
            return [and_(arm, *self._finished_when(listing), *only) for arm in self.finished]
        if listing.filter is Filter.ALL:
            return [and_(arm, *self._given_in(listing), *only) for arm in (*self.finished, *self.unfinished)]
        condition = and_(self._condition(listing), *self._when(listing), *only)
        return [and_(arm, condition) for arm in self.unfinished]

    def _when(self, listing: Listing) -> list[ColumnElement[bool]]:
        """Of which days an unfinished directive is, in a list that is not about days by itself."""
        if listing.period is None or listing.filter is Filter.DUE:
            return []
        if listing.filter is Filter.UNACKNOWLEDGED:
            return self._given_in(listing)
        return [self.last.between(*listing.period)]

    def _given_in(self, listing: Listing) -> list[ColumnElement[bool]]:
        if listing.period is None:
            return []
        first, last = listing.period
        return [self.rows.issued_at.between(end_of_day(first - timedelta(days=1)), last_moment(last))]

    def _finished_when(self, listing: Listing) -> list[ColumnElement[bool]]:
        conditions: list[ColumnElement[bool]] = []
        if listing.period is not None:
            conditions.append(self._approved_in(*listing.period))
        if listing.approved_since is not None:
            approved = select(Transition.directive_id).where(
                Transition.event == Event.APPROVE, Transition.at > listing.approved_since
            )
            conditions.append(self.rows.directive_id.in_(approved))
        return conditions

    def _approved_in(self, first: date, last: date) -> ColumnElement[bool]:
        came = Phase.state_since.between(end_of_day(first - timedelta(days=1)), last_moment(last))
        if self.moment is not None:
            return came
        lasting = select(Phase.id).where(Phase.directive_id == Directive.id, Phase.until.is_(None), came)
        return lasting.exists()

    def _condition(self, listing: Listing) -> ColumnElement[bool]:
        """What an unfinished directive must meet to be in a list."""
        today = self.asking.as_of
        first, last = listing.period or (today, today + timedelta(days=6 - today.weekday()))
        conditions: dict[Filter, ColumnElement[bool]] = {
            Filter.OVERDUE: self._overdue(listing),
            Filter.DUE: self.due_within(first, last),
            Filter.SOON: self.soon,
            Filter.WAITING: self.submitted,
            Filter.UNACKNOWLEDGED: self.unacknowledged,
            Filter.DIFFICULTY: self.blocked,
            Filter.OPEN: true(),
        }
        return conditions[listing.filter]

    def _overdue(self, listing: Listing) -> ColumnElement[bool]:
        late = and_(self.last.is_not(None), ~self.in_time)
        if listing.pressing is None:
            return late
        return and_(late, self.pressing if listing.pressing else ~self.pressing)

    def order(self, wanted: Filter) -> tuple[ColumnElement[Any], ...]:
        """The most pressing first: the oldest deadline, the longest wait; of finished ones the latest."""
        by_deadline = (self.last.is_(None), self.last)
        orders: dict[Filter, tuple[ColumnElement[Any], ...]] = {
            Filter.WAITING: (self.rows.submitted_at,),
            Filter.UNACKNOWLEDGED: (self.rows.issued_at,),
            Filter.DIFFICULTY: (self.blocked_since,),
            Filter.DONE: (self.rows.finished_at.desc(),),
            Filter.ALL: (self.rows.state == State.COMPLETED, *by_deadline),
        }
        return orders.get(wanted, by_deadline)


def many(condition: ColumnElement[bool]) -> ColumnElement[int]:
    """How many rows meet a condition; those where it is unknown do not."""
    return func.coalesce(func.sum(case((condition, 1), else_=0)), 0)


def matching(lens: Lens, listing: Listing) -> ColumnElement[bool]:
    """What is in a list. Several arms are looked up one by one, so that each walks the index by unit and state."""
    arms = lens.arms(listing)
    if listing.clause is not None:
        return and_(lens.rows.clause_id == listing.clause, or_(*arms))
    return or_(*arms)
