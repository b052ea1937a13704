"""Counts and lists of directives as of a day, worked out by the database.

Counted is what was issued by the end of the day and is neither a draft nor cancelled. Finished is what is
approved and whose evidence came by then. Declined and suspended ones are unfinished and judged by their
deadline like any other. Of one that waits for approval the clock stands still at its evidence: it is late
only if the evidence was.

A past day is told by the moments kept in the row (issued, acknowledged, evidence, difficulty opened and
closed); deadlines, the lead unit and cancellations are as they are now.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, Subquery, and_, case, false, func, literal, or_, select, true, union_all
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement

from db import Session
from db.models import Directive, Extension, Obstacle, Transition, Unit
from db.types import UtcDateTime
from domain.calendar import OFFICE_ZONE
from domain.figures import Against, Asking, Figures, Filter, Listing
from domain.lifecycle import OPEN, WITH_UNIT, Event, State
from domain.obstacles import Kind
from domain.timeliness import Cell


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


# --- conditions ------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Lens:
    """The conditions as of one day, against one of the two deadlines."""

    asking: Asking

    @property
    def last(self) -> ColumnElement[date | None]:
        """The deadline that is counted against."""
        present = self.asking.against is Against.PRESENT
        return Directive.last_day.expression if present else Directive.first_last_day.expression

    @property
    def end(self) -> datetime:
        """The moment at which the day asked of has ended, aware."""
        return end_of_day(self.asking.as_of)

    @property
    def led(self) -> ColumnElement[bool]:
        """Led by one of the units asked of."""
        # named one by one even when all are meant: the index begins with the unit
        units = self.asking.units
        led = Directive.lead_unit_id.in_(select(Unit.id) if units is None else sorted(units))
        return and_(led, *narrowed(self.asking))

    @property
    def finished(self) -> ColumnElement[bool]:
        """Approved, and the evidence came by then."""
        return and_(self.led, Directive.state == State.COMPLETED, Directive.completed_at < self.end)

    @property
    def open_arms(self) -> tuple[ColumnElement[bool], ...]:
        """What was unfinished, in arms that each walk the index: unfinished still, and finished since."""
        there = and_(self.led, Directive.issued_at < self.end)
        since = and_(Directive.state == State.COMPLETED, Directive.completed_at >= self.end)
        return and_(there, Directive.state.in_(sorted(OPEN))), and_(there, since)

    @property
    def submitted(self) -> ColumnElement[bool]:
        """Waiting for approval."""
        return and_(Directive.state == State.SUBMITTED, Directive.submitted_at < self.end)

    @property
    def in_time(self) -> ColumnElement[bool]:
        """Not past its deadline; of what waits for approval, by the evidence."""
        return case((self.submitted, Directive.submitted_at < end_of(self.last)), else_=self.last >= self.asking.as_of)

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
        return or_(Directive.state == State.ISSUED, and_(Directive.acknowledged_at >= self.end, ~self.submitted))

    @property
    def obstacle(self) -> ColumnElement[bool]:
        """Of an obstacle: a difficulty that is open on the day asked of. What is proposed holds nobody up."""
        still_open = or_(Obstacle.closed_at.is_(None), Obstacle.closed_at >= self.end)
        return and_(Obstacle.kind == Kind.DIFFICULTY, Obstacle.opened_at < self.end, still_open)

    @property
    def pressing(self) -> ColumnElement[bool]:
        """Missed for so long that a leader's word is needed, and in its unit's hands."""
        until = self.asking.pressing_until
        return false() if until is None else and_(Directive.state.in_(sorted(WITH_UNIT)), self.last <= until)

    def arms(self, listing: Listing) -> list[ColumnElement[bool]]:
        """What is in a list, in arms that each walk the index."""
        if listing.filter is Filter.DONE:
            return [and_(self.finished, *_finished_when(listing))]
        if listing.filter is Filter.ALL:
            return [self.finished, *self.open_arms]
        condition = _condition(self, listing)
        if listing.only is not None:
            condition = and_(condition, Directive.id.in_(listing.only))
        return [and_(arm, condition) for arm in self.open_arms]


def narrowed(asking: Asking) -> list[ColumnElement[bool]]:
    """What else a directive must meet. The supervising leader is looked up before: it is told by the tree of units."""
    found: list[ColumnElement[bool]] = []
    if asking.field is not None:
        found.append(func.coalesce(Directive.field, "") == asking.field)
    if asking.notice is not None:
        found.append(func.coalesce(Directive.notice_id, 0) == asking.notice)
    if asking.source is not None:
        found.append(func.coalesce(Directive.source, "") == asking.source)
    if asking.lead_kind is not None:
        found.append(Directive.lead_unit_id.in_(select(Unit.id).where(Unit.kind == asking.lead_kind)))
    if asking.person is not None:
        found.append(Directive.contact_id == asking.person)
    return found


def _many(condition: ColumnElement[bool]) -> ColumnElement[int]:
    """How many rows meet a condition; those where it is unknown do not."""
    return func.coalesce(func.sum(case((condition, 1), else_=0)), 0)


# --- counts ----------------------------------------------------------------------------------------


async def by_unit(session: Session, asking: Asking) -> dict[int, Figures]:
    """The figures of each lead unit that has any directive."""
    return await by_column(session, asking, Directive.lead_unit_id.expression)


async def by_column(session: Session, asking: Asking, column: ColumnElement[Any]) -> dict[Any, Figures]:
    """The figures of each value of a column of directives."""
    lens = Lens(asking)
    found: dict[Any, Figures] = {}
    queries = [
        _finished(lens, column),
        *(_unfinished(lens, arm, column) for arm in lens.open_arms),
        _blocked(lens, column),
    ]
    for query in queries:
        for row in (await session.execute(query)).mappings():
            counts = dict(row)
            key = counts.pop("key")
            found[key] = found.get(key, Figures()) + Figures(**counts)
    return found


def _finished(lens: Lens, column: ColumnElement[Any]) -> Select[*tuple[Any, ...]]:
    in_time, dated = _many(Directive.completed_at < end_of(lens.last)), func.count(lens.last)
    return (
        select(
            column.label("key"),
            in_time.label(Cell.DONE_IN_TIME),
            (dated - in_time).label(Cell.DONE_LATE),
            (func.count() - dated).label(Cell.DONE_NO_DEADLINE),
        )
        .where(lens.finished)
        .group_by(column)
    )


def _unfinished(lens: Lens, arm: ColumnElement[bool], column: ColumnElement[Any]) -> Select[*tuple[Any, ...]]:
    in_time, dated = _many(lens.in_time), func.count(lens.last)
    return (
        select(
            column.label("key"),
            in_time.label(Cell.OPEN_IN_TIME),
            (dated - in_time).label(Cell.OPEN_LATE),
            (func.count() - dated).label(Cell.OPEN_NO_DEADLINE),
            _many(lens.soon).label("soon"),
            _many(lens.submitted).label("waiting_approval"),
            _many(lens.unacknowledged).label("waiting_acknowledgement"),
        )
        .where(arm)
        .group_by(column)
    )


def _blocked(lens: Lens, column: ColumnElement[Any]) -> Select[*tuple[Any, ...]]:
    return (
        select(
            column.label("key"),
            func.count(Obstacle.directive_id.distinct()).label("blocked"),
        )
        .join(Obstacle, Obstacle.directive_id == Directive.id)
        .where(lens.obstacle, or_(*lens.open_arms))
        .group_by(column)
    )


async def overdue_by_unit(session: Session, asking: Asking, listing: Listing) -> dict[int, tuple[date, int]]:
    """Of each unit in an overdue list the oldest deadline it has missed, and how many it has there."""
    lens = Lens(asking)
    found: dict[int, tuple[date, int]] = {}
    for arm in lens.arms(listing):
        query = select(Directive.lead_unit_id, func.min(lens.last), func.count()).where(arm)
        for unit, day, count in await session.execute(query.group_by(Directive.lead_unit_id)):
            if unit is not None and day is not None:
                oldest, before = found.get(unit, (day, 0))
                found[unit] = (min(day, oldest), before + count)
    return found


async def any_extended(session: Session) -> bool:
    """Whether any deadline was ever moved, so that counting against the first ones can differ at all."""
    return await session.scalar(select(Extension.id).where(Extension.state == "granted").limit(1)) is not None


async def pending_extensions(session: Session, asking: Asking) -> int:
    """How many requests for more time wait for an answer."""
    query = (
        select(func.count())
        .select_from(Extension)
        .join(Directive, Directive.id == Extension.directive_id)
        .where(Extension.state == "pending", _led_by(asking))
    )
    return await session.scalar(query) or 0


def _led_by(asking: Asking) -> ColumnElement[bool]:
    """Led by one of the units asked of, where few rows are looked at: the sum keeps the index from being walked."""
    unit = Directive.lead_unit_id + 0
    return unit.is_not(None) if asking.units is None else unit.in_(sorted(asking.units))


async def declined(session: Session, asking: Asking) -> int:
    """How many directives their unit says are not its own."""
    query = select(func.count()).select_from(Directive)
    return await session.scalar(query.where(Lens(asking).led, Directive.state == State.DECLINED)) or 0


async def units(session: Session) -> Sequence[Unit]:
    """All units in the order of the organisation file."""
    return (await session.scalars(select(Unit).order_by(Unit.place, Unit.id))).all()


# --- lists -----------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Row:
    """A line of a list before it is dressed: a directive, or the first one of a clause."""

    directive_id: int
    here: int
    clause_id: str | None


async def lines(session: Session, asking: Asking, listing: Listing, offset: int, limit: int) -> list[Row]:
    """A stretch of a list, in its order."""
    matching = _matching(asking, listing)
    order = (*_order(Lens(asking), listing.filter), Directive.id.expression)
    query = select(Directive.id, literal(1), Directive.clause_id).where(matching)
    if listing.folded:
        heads = _heads(matching, order)
        query = (
            select(Directive.id, func.coalesce(heads.c.here, 1), Directive.clause_id)
            .outerjoin(heads, heads.c.id == Directive.id)
            .where(matching, or_(Directive.clause_id.is_(None), heads.c.here.is_not(None)))
        )
    return [Row(*row) for row in await session.execute(query.order_by(*order).offset(offset).limit(limit))]


def _heads(matching: ColumnElement[bool], order: Sequence[ColumnElement[Any]]) -> Subquery:
    """Of each clause its first directive and how many there are. Most directives have none: the rest is not sorted."""
    of_clause = func.row_number().over(partition_by=Directive.clause_id, order_by=order).label("place")
    here = func.count().over(partition_by=Directive.clause_id).label("here")
    numbered = select(Directive.id, of_clause, here).where(matching, Directive.clause_id.is_not(None)).subquery()
    return select(numbered.c.id, numbered.c.here).where(numbered.c.place == 1).subquery()


async def sizes(session: Session, asking: Asking, listing: Listing) -> tuple[int, int]:
    """How many lines a list has, and how many directives they stand for."""
    of_clauses, clauses_ = func.count(Directive.clause_id), func.count(Directive.clause_id.distinct())
    query = select(func.count(), of_clauses, clauses_).select_from(Directive).where(_matching(asking, listing))
    directives_, tied, groups = (await session.execute(query)).one()
    return (directives_ - tied + groups if listing.folded else directives_), directives_


async def directives(session: Session, ids: Iterable[int]) -> dict[int, Directive]:
    """Directives by their ids."""
    found = await session.scalars(select(Directive).where(Directive.id.in_(list(ids))))
    return {d.id: d for d in found}


async def clauses(session: Session, asking: Asking, ids: Iterable[str]) -> dict[str, tuple[int, int]]:
    """Of each clause, how many directives are finished and how many there are, among the units asked of."""
    lens = Lens(asking)
    counted = or_(lens.finished, *lens.open_arms)
    query = select(Directive.clause_id, _many(lens.finished), func.count()).where(
        Directive.clause_id.in_(list(ids)), counted
    )
    rows = await session.execute(query.group_by(Directive.clause_id))
    return {clause: (done, all_) for clause, done, all_ in rows if clause}


async def blocked_since(session: Session, asking: Asking, ids: Iterable[int]) -> dict[int, datetime]:
    """When the oldest open difficulty of each directive was reported."""
    query = select(Obstacle.directive_id, func.min(Obstacle.opened_at)).where(
        Obstacle.directive_id.in_(list(ids)), Lens(asking).obstacle
    )
    return dict((await session.execute(query.group_by(Obstacle.directive_id))).all())


def _matching(asking: Asking, listing: Listing) -> ColumnElement[bool]:
    """What is in a list. Several arms are looked up one by one, so that each walks the index by unit and state."""
    arms = Lens(asking).arms(listing)
    if listing.clause is not None:
        return and_(Directive.clause_id == listing.clause, or_(*arms))
    return arms[0] if len(arms) == 1 else Directive.id.in_(union_all(*(select(Directive.id).where(a) for a in arms)))


def _finished_when(listing: Listing) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    if listing.period is not None:
        first, last = listing.period
        start = end_of_day(first - timedelta(days=1))
        conditions.append(and_(Directive.completed_at >= start, Directive.completed_at < end_of_day(last)))
    if listing.approved_since is not None:
        approved = select(Transition.directive_id).where(
            Transition.event == Event.APPROVE, Transition.at > listing.approved_since
        )
        conditions.append(Directive.id.in_(approved))
    return conditions


def _condition(lens: Lens, listing: Listing) -> ColumnElement[bool]:
    """What an unfinished directive must meet to be in a list."""
    today = lens.asking.as_of
    first, last = listing.period or (today, today + timedelta(days=6 - today.weekday()))
    blocked = select(Obstacle.directive_id).where(lens.obstacle)
    conditions: dict[Filter, ColumnElement[bool]] = {
        Filter.OVERDUE: _overdue(lens, listing),
        Filter.DUE: lens.due_within(first, last),
        Filter.SOON: lens.soon,
        Filter.WAITING: lens.submitted,
        Filter.UNACKNOWLEDGED: lens.unacknowledged,
        Filter.DIFFICULTY: Directive.id.in_(blocked),
        Filter.OPEN: true(),
    }
    return conditions[listing.filter]


def _overdue(lens: Lens, listing: Listing) -> ColumnElement[bool]:
    late = and_(lens.last.is_not(None), ~lens.in_time)
    if listing.pressing is None:
        return late
    return and_(late, lens.pressing if listing.pressing else ~lens.pressing)


def _order(lens: Lens, wanted: Filter) -> tuple[ColumnElement[Any], ...]:
    """The most pressing first: the oldest deadline, the longest wait; of finished ones the latest."""
    opened = select(func.min(Obstacle.opened_at)).where(Obstacle.directive_id == Directive.id, lens.obstacle)
    by_deadline = (lens.last.is_(None), lens.last)
    orders: dict[Filter, tuple[ColumnElement[Any], ...]] = {
        Filter.WAITING: (Directive.submitted_at.expression,),
        Filter.UNACKNOWLEDGED: (Directive.issued_at.expression,),
        Filter.DIFFICULTY: (opened.scalar_subquery(),),
        Filter.DONE: (Directive.completed_at.desc(),),
        Filter.ALL: (Directive.completed_at.is_not(None), *by_deadline),
    }
    return orders.get(wanted, by_deadline)
