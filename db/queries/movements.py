"""What happened in a period, counted by the database as it was known at the period's end."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, literal, or_, select, union_all
from sqlalchemy.orm import aliased

from db import Session
from db.models import Phase, Report, Transition
from db.queries.figures import column_of
from db.queries.lens import Lens, end_of, end_of_day, last_moment, many
from domain.calendar import OFFICE_ZONE
from domain.figures import Asking, Dimension, Happened, Movement, Period
from domain.lifecycle import OPEN, State
from domain.replies import Kind

SILENT = (Kind.ACKNOWLEDGE, Kind.NONE)  # kinds of reports that report nothing
GRANTS = ("extension_granted", "extension_accepted", "extension_given")  # events that gave more time
UNDONE = "undo"


Span = tuple[datetime, datetime]
"""Two moments, aware, both included."""


def span_of(period: Period) -> Span:
    """From the first to the last moment of a period's days."""
    return end_of_day(period.first - timedelta(days=1)), last_moment(period.last)


@dataclass(frozen=True)
class _Query:
    """Counts for each key, and what they are in a movement."""

    statement: Select[*tuple[Any, ...]]
    as_movement: Callable[..., Movement]


@dataclass(frozen=True)
class Act:
    """One thing that is counted: of which directive, when, and which row tells it.

    Attributes:
        row: of the audit (more time) or of the reports; 0 where the directive itself tells it.
    """

    directive_id: int
    at: datetime
    row: int


async def by(session: Session, asking: Asking, span: Span, dimension: Dimension) -> dict[Any, Movement]:
    """What happened between two moments, for each unit, field, notice or source.

    Args:
        session: any transaction.
        asking: of which directives; its leader and its kind of units have been looked up.
        span: the two moments.
        dimension: by what. A leader and a kind are those of units.
    """
    lens, span = _known_at(asking, span)
    column = column_of(lens, dimension)
    found: dict[Any, Movement] = {}
    for arm in lens.rows.arms:
        for query in _queries(lens, arm, span, column):
            for key, *counts in await session.execute(query.statement.group_by(column)):
                found[key] = found.get(key, Movement()) + query.as_movement(*counts)
        for key, days in await _days_late(session, lens, and_(lens.led, arm), span, column):
            found[key] = found.get(key, Movement()) + Movement(days_late=days)
    return found


def _known_at(asking: Asking, span: Span) -> tuple[Lens, Span]:
    """Through which the span is looked at, as was known at its end."""
    end = end_of_knowing(asking, span)
    return Lens.of(asking, end), (span[0], end)


def end_of_knowing(asking: Asking, span: Span) -> datetime:
    """The last moment of a span that is known of."""
    return min(span[1], asking.moment or span[1])


def _queries(lens: Lens, arm: ColumnElement[bool], span: Span, column: ColumnElement[Any]) -> Iterable[_Query]:
    in_time, dated = many(lens.done_in_time), func.count(lens.last)
    yield _Query(
        _selected(lens, arm, span, Happened.DONE, column, in_time, dated - in_time, func.count() - dated),
        lambda in_time, late, none: Movement(done_in_time=in_time, done_late=late, done_no_deadline=none),
    )
    as_movement: dict[Happened, Callable[..., Movement]] = {
        Happened.GIVEN: lambda count: Movement(given=count),
        Happened.NEWLY_OVERDUE: lambda count: Movement(newly_overdue=count),
        Happened.EXTENDED: lambda count: Movement(extended=count),
        Happened.REPORTED: lambda count: Movement(reports=count),
    }
    for what, made in as_movement.items():
        yield _Query(_selected(lens, arm, span, what, column, func.count()), made)


def _selected(
    lens: Lens, arm: ColumnElement[bool], span: Span, what: Happened, *columns: ColumnElement[Any]
) -> Select[*tuple[Any, ...]]:
    """What is counted as this between two moments: the counts and their lists stand on it."""
    query = select(*columns)
    known, few = and_(lens.led, arm), and_(_looked_up(lens).led, arm)
    match what:
        case Happened.DONE:
            return query.where(known, *_finished(span))
        case Happened.GIVEN:
            there = Phase.state.in_([*sorted(OPEN), State.COMPLETED])
            return query.where(known, there, Phase.issued_at.between(*span), Phase.since >= span[0])
        case Happened.NEWLY_OVERDUE:
            return query.where(known, _passed(lens, span), _missed(lens))
        case Happened.EXTENDED:
            granted = and_(Transition.event.in_(GRANTS), Transition.at.between(*span), ~_taken_back(span[1]))
            joined = query.select_from(Phase).join(Transition, Transition.directive_id == Phase.directive_id)
            return joined.where(few, granted)
        case Happened.REPORTED:
            said = and_(Report.at.between(*span), Report.kind.not_in(SILENT), _not_withdrawn(span[1]))
            joined = query.select_from(Phase).join(Report, Report.directive_id == Phase.directive_id)
            return joined.where(few, said)


async def acts(
    session: Session, asking: Asking, span: Span, what: Happened, offset: int, limit: int
) -> tuple[list[Act], int]:
    """A stretch of what is counted as this, the latest first; and how many there are."""
    lens, span = _known_at(asking, span)
    told: dict[Happened, tuple[ColumnElement[Any], ColumnElement[Any]]] = {
        Happened.DONE: (Phase.state_since.expression, literal(0)),
        Happened.GIVEN: (Phase.issued_at.expression, literal(0)),
        Happened.NEWLY_OVERDUE: (end_of(lens.last), literal(0)),
        Happened.EXTENDED: (Transition.at.expression, Transition.id.expression),
        Happened.REPORTED: (Report.at.expression, Report.id.expression),
    }
    when, row = told[what]
    columns = (Phase.directive_id.label("directive"), when.label("at"), row.label("row"))
    arms = [_selected(lens, arm, span, what, *columns) for arm in lens.rows.arms]
    found = union_all(*arms).subquery()
    count = await session.scalar(select(func.count()).select_from(found)) or 0
    order = (found.c.at.desc(), found.c.directive.desc(), found.c.row.desc())
    rows = await session.execute(select(found).order_by(*order).offset(offset).limit(limit))
    return [Act(directive, moment, number) for directive, moment, number in rows], count


def _looked_up(lens: Lens) -> Lens:
    """For where few directives are looked at: the sum keeps the index by unit from being walked."""
    return replace(lens, rows=replace(lens.rows, unit_id=lens.rows.unit_id + 0))


def _finished(span: Span) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    """Approved in the period."""
    return Phase.state == State.COMPLETED, and_(Phase.state_since.between(*span), Phase.since >= span[0])


def _passed(lens: Lens, span: Span) -> ColumnElement[bool]:
    """Its last day was over between the two moments: at a midnight."""
    day, before_start = timedelta(days=1), span[0] - timedelta(microseconds=1)
    return lens.last.between(_local_day(before_start), _local_day(span[1]) - day)


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
    span: Span,
    column: ColumnElement[Any],
) -> Iterable[tuple[Any, int]]:
    late = lens.rows.finished_at >= end_of(lens.last)
    query = select(column, lens.last, lens.rows.finished_at).where(known, *_finished(span), late)
    return [(key, (_local_day(came) - last).days) for key, last, came in await session.execute(query) if last]


def _local_day(moment: datetime) -> date:
    return moment.astimezone(OFFICE_ZONE).date()


async def difficulties(session: Session, asking: Asking, moment: datetime, now: datetime) -> tuple[int, int]:
    """How many unfinished directives have got a difficulty since a moment, and how many are rid of theirs."""
    was, is_ = Lens.of(asking, moment), Lens.of(asking, now)
    then, still = await _blocked(session, was), await _blocked(session, is_)
    rid = [is_.rows.directive_id.in_(sorted(then - still))]
    gone = [select(func.count()).select_from(Phase).where(arm, *rid) for arm in is_.unfinished]
    return len(still - then), sum([await session.scalar(query) or 0 for query in gone])


async def _blocked(session: Session, lens: Lens) -> set[int]:
    """The unfinished directives with a difficulty that waits for an answer."""
    queries = [select(lens.rows.directive_id).where(arm, lens.blocked) for arm in lens.unfinished]
    return {number for query in queries for number in await session.scalars(query)}


async def due_by_day(session: Session, lens: Lens, period: Period) -> dict[date, int]:
    """How many unfinished directives have their last day on each day of a period."""
    found: dict[date, int] = {}
    for arm in lens.unfinished:
        query = select(lens.last, func.count()).where(arm, lens.due_within(period.first, period.last))
        for day, count in await session.execute(query.group_by(lens.last)):
            if day is not None:
                found[day] = found.get(day, 0) + count
    return found
