"""What happened in a period, counted by the database as it was known at the period's end."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import aliased

from db import Session
from db.models import Phase, Report, Transition
from db.queries.figures import column_of
from db.queries.lens import Lens, end_of, end_of_day, last_moment, many
from domain.calendar import OFFICE_ZONE
from domain.figures import Asking, Dimension, Movement, Period
from domain.lifecycle import OPEN, State
from domain.replies import Kind

SILENT = (Kind.ACKNOWLEDGE, Kind.NONE)  # kinds of reports that report nothing
GRANTS = ("extension_granted", "extension_accepted", "extension_given")  # events that gave more time
UNDONE = "undo"


@dataclass(frozen=True)
class _Query:
    """Counts for each key, and what they are in a movement."""

    statement: Select[*tuple[Any, ...]]
    as_movement: Callable[..., Movement]


async def by(session: Session, asking: Asking, period: Period, dimension: Dimension) -> dict[Any, Movement]:
    """What happened in a period, for each unit, field, notice or source.

    Args:
        session: any transaction.
        asking: of which directives; its leader and its kind of units have been looked up.
        period: local days.
        dimension: by what. A leader and a kind are those of units.
    """
    end = min(last_moment(period.last), asking.moment or last_moment(period.last))
    lens = Lens.of(asking, end)
    start = end_of_day(period.first - timedelta(days=1))
    column = column_of(lens, dimension)
    found: dict[Any, Movement] = {}
    for arm in lens.rows.arms:
        known, few = and_(lens.led, arm), and_(_looked_up(lens).led, arm)
        queries = [*_of_directives(lens, known, period, (start, end), column), *_of_acts(few, (start, end), column)]
        for query in queries:
            for key, *counts in await session.execute(query.statement.group_by(column)):
                found[key] = found.get(key, Movement()) + query.as_movement(*counts)
        for key, days in await _days_late(session, lens, known, (start, end), column):
            found[key] = found.get(key, Movement()) + Movement(days_late=days)
    return found


def _looked_up(lens: Lens) -> Lens:
    """For where few directives are looked at: the sum keeps the index by unit from being walked."""
    return replace(lens, rows=replace(lens.rows, unit_id=lens.rows.unit_id + 0))


def _of_directives(
    lens: Lens, known: ColumnElement[bool], period: Period, span: tuple[datetime, datetime], column: ColumnElement[Any]
) -> Iterable[_Query]:
    in_time, dated = many(lens.done_in_time), func.count(lens.last)
    yield _Query(
        select(column, in_time, dated - in_time, func.count() - dated).where(known, *_finished(span)),
        lambda in_time, late, none: Movement(done_in_time=in_time, done_late=late, done_no_deadline=none),
    )
    there = Phase.state.in_([*sorted(OPEN), State.COMPLETED])
    yield _Query(
        select(column, func.count()).where(known, there, Phase.issued_at.between(*span), Phase.since >= span[0]),
        lambda count: Movement(given=count),
    )
    yield _Query(
        select(column, func.count()).where(known, _passed(lens, period), _missed(lens)),
        lambda count: Movement(newly_overdue=count),
    )


def _of_acts(
    known: ColumnElement[bool], span: tuple[datetime, datetime], column: ColumnElement[Any]
) -> Iterable[_Query]:
    granted = and_(Transition.event.in_(GRANTS), Transition.at.between(*span), ~_taken_back(span[1]))
    yield _Query(
        select(column, func.count())
        .join(Transition, Transition.directive_id == Phase.directive_id)
        .where(known, granted),
        lambda count: Movement(extended=count),
    )
    said = and_(Report.at.between(*span), Report.kind.not_in(SILENT), _not_withdrawn(span[1]))
    yield _Query(
        select(column, func.count()).join(Report, Report.directive_id == Phase.directive_id).where(known, said),
        lambda count: Movement(reports=count),
    )


def _finished(span: tuple[datetime, datetime]) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    """Approved in the period."""
    return Phase.state == State.COMPLETED, and_(Phase.state_since.between(*span), Phase.since >= span[0])


def _passed(lens: Lens, period: Period) -> ColumnElement[bool]:
    """Its last day was over on one of the days of the period."""
    day = timedelta(days=1)
    return lens.last.between(period.first - day, period.last - day)


def _missed(lens: Lens) -> ColumnElement[bool]:
    """Not finished, nor handed in, when that day was over."""
    came_late = lens.rows.submitted_at >= end_of(lens.last)
    judged_by_evidence = Phase.state.in_([State.SUBMITTED, State.COMPLETED])
    return or_(and_(judged_by_evidence, came_late), Phase.state.in_(sorted(OPEN - {State.SUBMITTED})))


def _taken_back(end: datetime) -> ColumnElement[bool]:
    """Of a grant: it was undone, as was known by then."""
    undo = aliased(Transition)
    return (
        select(undo.id)
        .where(
            undo.directive_id == Transition.directive_id,
            undo.event == UNDONE,
            undo.at <= end,
            undo.details["row"].as_integer() == Transition.id,
        )
        .exists()
    )


def _not_withdrawn(end: datetime) -> ColumnElement[bool]:
    return or_(Report.withdrawn_at.is_(None), Report.withdrawn_at > end)


async def _days_late(
    session: Session,
    lens: Lens,
    known: ColumnElement[bool],
    span: tuple[datetime, datetime],
    column: ColumnElement[Any],
) -> Iterable[tuple[Any, int]]:
    late = lens.rows.finished_at >= end_of(lens.last)
    query = select(column, lens.last, lens.rows.finished_at).where(known, *_finished(span), late)
    return [(key, (_local_day(came) - last).days) for key, last, came in await session.execute(query) if last]


def _local_day(moment: datetime) -> date:
    return moment.astimezone(OFFICE_ZONE).date()


async def due_by_day(session: Session, lens: Lens, period: Period) -> dict[date, int]:
    """How many unfinished directives have their last day on each day of a period."""
    found: dict[date, int] = {}
    for arm in lens.unfinished:
        query = select(lens.last, func.count()).where(arm, lens.due_within(period.first, period.last))
        for day, count in await session.execute(query.group_by(lens.last)):
            if day is not None:
                found[day] = found.get(day, 0) + count
    return found
