"""Counts and lists of directives as of a day, worked out by the database; what they mean is said in ``lens``."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import CTE, ColumnElement, Select, Subquery, and_, case, func, literal, or_, select
from sqlalchemy.orm import aliased

from db import Session, driver
from db.models import Directive, Extension, Obstacle, Phase, Unit, UnitPhase
from db.queries.lens import Lens as Lens
from db.queries.lens import end_of as end_of
from db.queries.lens import end_of_day as end_of_day
from db.queries.lens import many, matching, of_phases
from domain.figures import Asking, Dimension, Figures, Listing
from domain.lifecycle import State
from domain.timeliness import Cell

# --- counts ----------------------------------------------------------------------------------------


async def by_unit(session: Session, asking: Asking, moment: datetime | None = None) -> dict[int, Figures]:
    """The figures of each lead unit that has any directive.

    Args:
        session: any transaction.
        asking: of which directives.
        moment: aware; as it was known then. None: as it is.
    """
    return await by(session, Lens.of(asking, moment), Dimension.UNIT)


async def changed_since(
    session: Session, asking: Asking, moment: datetime, dimension: Dimension
) -> tuple[dict[Any, Figures], dict[Any, Figures]]:
    """The figures of what has changed since a moment: as it was then, and as it is, both judged on its day."""
    then = of_phases(and_(Phase.until > moment, Phase.since <= moment))
    now = of_phases(and_(Phase.until.is_(None), Phase.since > moment))
    was, is_ = [await by(session, Lens(asking, rows, moment), dimension) for rows in (then, now)]
    return was, is_


async def by(session: Session, lens: Lens, dimension: Dimension) -> dict[Any, Figures]:
    """The figures of each unit, field, notice or source."""
    column = column_of(lens, dimension)
    queries = [
        *(_finished(lens, arm, column) for arm in lens.finished),
        *(_unfinished(lens, arm, column) for arm in lens.unfinished),
    ]
    queries += [_blocked(lens, column)] if lens.moment is None else []
    found: dict[Any, Figures] = {}
    for query in queries:
        for row in (await session.execute(query, execution_options=driver.IN_A_THREAD)).mappings():
            counts = dict(row)
            key = counts.pop("key")
            found[key] = found.get(key, Figures()) + Figures(**counts)
    return found


def column_of(lens: Lens, dimension: Dimension) -> ColumnElement[Any]:
    """What figures are grouped by. A leader and a kind are those of units."""
    columns: dict[Dimension, ColumnElement[Any]] = {
        Dimension.FIELD: lens.rows.field,
        Dimension.NOTICE: lens.rows.notice_id,
        Dimension.SOURCE: lens.rows.source,
    }
    return columns.get(dimension, lens.rows.unit_id)


def _finished(lens: Lens, arm: ColumnElement[bool], column: ColumnElement[Any]) -> Select[*tuple[Any, ...]]:
    in_time, dated = many(lens.done_in_time), func.count(lens.last)
    return (
        select(
            column.label("key"),
            in_time.label(Cell.DONE_IN_TIME),
            (dated - in_time).label(Cell.DONE_LATE),
            (func.count() - dated).label(Cell.DONE_NO_DEADLINE),
        )
        .where(arm)
        .group_by(column)
    )


def _unfinished(lens: Lens, arm: ColumnElement[bool], column: ColumnElement[Any]) -> Select[*tuple[Any, ...]]:
    in_time, dated = many(lens.in_time), func.count(lens.last)
    blocked = [] if lens.moment is None else [many(lens.blocked).label("blocked")]
    return (
        select(
            column.label("key"),
            in_time.label(Cell.OPEN_IN_TIME),
            (dated - in_time).label(Cell.OPEN_LATE),
            (func.count() - dated).label(Cell.OPEN_NO_DEADLINE),
            many(lens.soon).label("soon"),
            many(lens.submitted).label("waiting_approval"),
            many(lens.unacknowledged).label("waiting_acknowledgement"),
            *blocked,
        )
        .where(arm)
        .group_by(column)
    )


def _blocked(lens: Lens, column: ColumnElement[Any]) -> Select[*tuple[Any, ...]]:
    """From the difficulties: they are few."""
    return (
        select(column.label("key"), func.count(Obstacle.directive_id.distinct()).label("blocked"))
        .join(Obstacle, Obstacle.directive_id == Directive.id)
        .where(lens.obstacle, or_(*lens.unfinished))
        .group_by(column)
    )


async def overdue_by_unit(session: Session, lens: Lens, listing: Listing) -> dict[int, tuple[date, int]]:
    """Of each unit in an overdue list the oldest deadline it has missed, and how many it has there."""
    found: dict[int, tuple[date, int]] = {}
    for arm in lens.arms(listing):
        query = select(lens.rows.unit_id, func.min(lens.last), func.count()).where(arm)
        for unit, day, count in await session.execute(
            query.group_by(lens.rows.unit_id), execution_options=driver.IN_A_THREAD
        ):
            if unit is not None and day is not None:
                oldest, before = found.get(unit, (day, 0))
                found[unit] = (min(day, oldest), before + count)
    return found


async def any_extended(session: Session) -> bool:
    """Whether any deadline was ever moved, so that counting against the first ones can differ at all."""
    return await session.scalar(select(Extension.id).where(Extension.state == "granted").limit(1)) is not None


async def pending_extensions(session: Session, asking: Asking) -> int:
    """How many requests for more time wait for an answer."""
    query = select(func.count(Extension.id)).where(Extension.state == "pending")
    if asking.units is not None:  # looked up for each request: they are few, and directives are many
        lead = select(Directive.lead_unit_id).where(Directive.id == Extension.directive_id).scalar_subquery()
        query = query.where(lead.in_(sorted(asking.units)))
    return await session.scalar(query) or 0


async def declined(session: Session, asking: Asking) -> int:
    """How many directives their unit says are not its own."""
    query = select(func.count()).select_from(Directive)
    return await session.scalar(query.where(Lens(asking).led, Directive.state == State.DECLINED)) or 0


async def units(session: Session) -> Sequence[Unit]:
    """All units in the order of the organisation file."""
    return (await session.scalars(select(Unit).order_by(Unit.place, Unit.id))).all()


async def names_of_units(session: Session) -> list[tuple[int, str, str]]:
    """Id, name and kind of all units, in the order of the organisation file."""
    query = select(Unit.id, Unit.name, Unit.kind).order_by(Unit.place, Unit.id)
    return [(number, name, kind) for number, name, kind in await session.execute(query)]


async def supervision(session: Session, moment: datetime) -> Sequence[tuple[int, str, int | None]]:
    """Of each unit its kind and the leader who supervised it at a moment."""
    begun = or_(UnitPhase.since.is_(None), UnitPhase.since <= moment)
    lasted = or_(UnitPhase.until.is_(None), UnitPhase.until > moment)
    query = select(UnitPhase.unit_id, UnitPhase.kind, UnitPhase.leader_id).where(begun, lasted)
    return [(unit, kind, leader) for unit, kind, leader in await session.execute(query)]


# --- lists -----------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Row:
    """A line of a list before it is dressed: a directive, or the first one of a clause."""

    directive_id: int
    here: int
    clause_id: str | None


async def lines(session: Session, lens: Lens, listing: Listing, offset: int, limit: int) -> list[Row]:
    """A stretch of a list, in its order."""
    rows, condition = lens.rows, matching(lens, listing)
    order = (*lens.order(listing.filter), rows.directive_id)
    query = select(rows.directive_id, literal(1), rows.clause_id).where(condition)
    if listing.folded:
        heads = _heads(lens, condition, order)
        query = (
            select(rows.directive_id, func.coalesce(heads.c.here, 1), rows.clause_id)
            .outerjoin(heads, heads.c.id == rows.directive_id)
            .where(condition, or_(rows.clause_id.is_(None), heads.c.here.is_not(None)))
        )
    return [Row(*row) for row in await session.execute(query.order_by(*order).offset(offset).limit(limit))]


def _heads(lens: Lens, condition: ColumnElement[bool], order: Sequence[ColumnElement[Any]]) -> Subquery:
    """Of each clause its first directive and how many there are. Most directives have none: the rest is not sorted."""
    clause = lens.rows.clause_id
    of_clause = func.row_number().over(partition_by=clause, order_by=order).label("place")
    here = func.count().over(partition_by=clause).label("here")
    numbered = (
        select(lens.rows.directive_id.label("id"), of_clause, here).where(condition, clause.is_not(None)).subquery()
    )
    return select(numbered.c.id, numbered.c.here).where(numbered.c.place == 1).subquery()


async def sizes(session: Session, lens: Lens, listing: Listing) -> tuple[int, int]:
    """How many lines a list has, and how many directives they stand for."""
    clause = lens.rows.clause_id
    query = select(func.count(lens.rows.directive_id), func.count(clause), func.count(clause.distinct()))
    directives_, tied, groups = (await session.execute(query.where(matching(lens, listing)))).one()
    return (directives_ - tied + groups if listing.folded else directives_), directives_


async def directives(session: Session, ids: Iterable[int]) -> dict[int, Directive]:
    """Directives by their ids."""
    found = await session.scalars(select(Directive).where(Directive.id.in_(list(ids))))
    return {d.id: d for d in found}


async def phases(session: Session, ids: Iterable[int], moment: datetime) -> dict[int, Phase]:
    """What was counted of directives at a moment."""
    lasted = or_(Phase.until.is_(None), Phase.until > moment)
    found = await session.scalars(select(Phase).where(Phase.directive_id.in_(list(ids)), Phase.since <= moment, lasted))
    return {phase.directive_id: phase for phase in found}


async def clauses(session: Session, lens: Lens, ids: Iterable[str]) -> dict[str, tuple[int, int]]:
    """Of each clause, how many directives are finished and how many there are, among the units asked of.

    What was split counts as one: finished when all its parts are.
    """
    tree = _with_parts(list(ids))
    is_done = func.min(case((lens.rows.state == State.COMPLETED, 1), else_=0)).label("done")
    counted = or_(*lens.finished, *lens.unfinished)
    wholes = (
        select(tree.c.clause, is_done)
        .where(lens.rows.directive_id == tree.c.id, counted)
        .group_by(tree.c.clause, tree.c.whole)
        .subquery()
    )
    query = select(wholes.c.clause, func.sum(wholes.c.done), func.count()).group_by(wholes.c.clause)
    return {name: (ended, all_) for name, ended, all_ in await session.execute(query)}


def _with_parts(clauses: Sequence[str]) -> CTE:
    """The directives of clauses as they were given, and the parts that some were split into, with the whole each is."""
    given, part = aliased(Directive), aliased(Directive)
    tree = (
        select(given.id.label("id"), given.id.label("whole"), given.clause_id.label("clause"))
        .where(given.clause_id.in_(clauses), given.split_from_id.is_(None))
        .cte("wholes", recursive=True)
    )
    return tree.union_all(select(part.id, tree.c.whole, tree.c.clause).where(part.split_from_id == tree.c.id))


async def blocked_since(session: Session, lens: Lens, ids: Iterable[int]) -> dict[int, datetime]:
    """When the oldest open difficulty of each directive was reported."""
    if lens.moment is not None:
        known = await phases(session, ids, lens.moment)
        return {number: phase.blocked_since for number, phase in known.items() if phase.blocked_since is not None}
    query = select(Obstacle.directive_id, func.min(Obstacle.opened_at)).where(
        Obstacle.directive_id.in_(list(ids)), lens.obstacle
    )
    return dict((await session.execute(query.group_by(Obstacle.directive_id))).all())
