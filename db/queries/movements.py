"""What happened in a period, counted by the database."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, func, or_, select

from db import Session
from db.models import Directive, Extension, Report, Transition
from db.queries.figures import Lens, end_of, end_of_day
from domain.figures import Asking, Movement, Period
from domain.lifecycle import Event
from domain.replies import Kind

SILENT = (Kind.ACKNOWLEDGE, Kind.NONE)  # kinds of reports that report nothing


async def by_column(
    session: Session, asking: Asking, period: Period, column: ColumnElement[Any]
) -> dict[Any, Movement]:
    """What happened in a period, for each value of a column of directives."""
    found: dict[Any, Movement] = {}
    for query in _queries(Lens(asking), period, column):
        for key, *counts in await session.execute(query.statement.group_by(column)):
            found[key] = found.get(key, Movement()) + query.as_movement(*counts)
    return found


class _Query:
    def __init__(self, statement: Any, as_movement: Callable[..., Movement]) -> None:
        self.statement, self.as_movement = statement, as_movement


def _queries(lens: Lens, period: Period, column: ColumnElement[Any]) -> list[_Query]:
    start, end = end_of_day(period.first - timedelta(days=1)), end_of_day(period.last)
    counted = or_(lens.finished, *lens.open_arms)
    approved = select(Transition.directive_id).where(
        Transition.event == Event.APPROVE, Transition.at >= start, Transition.at < end
    )
    done = and_(lens.finished, Directive.id.in_(approved))
    in_time = func.coalesce(func.sum(Directive.completed_at < end_of(lens.last)), 0)
    dated = func.count(lens.last)
    late = and_(lens.last.between(period.first - timedelta(days=1), period.last - timedelta(days=1)), ~lens.submitted)
    return [
        _Query(
            select(column, func.count()).where(counted, Directive.issued_at >= start, Directive.issued_at < end),
            lambda n: Movement(given=n),
        ),
        _Query(
            select(column, in_time, dated - in_time, func.count() - dated).where(done),
            lambda a, b, c: Movement(done_in_time=a, done_late=b, done_no_deadline=c),
        ),
        _Query(select(column, func.count()).where(or_(*lens.open_arms), late), lambda n: Movement(newly_overdue=n)),
        _Query(
            select(column, func.count())
            .select_from(Directive)
            .join(Extension, Extension.directive_id == Directive.id)
            .where(lens.led, Extension.state == "granted", Extension.decided_at >= start, Extension.decided_at < end),
            lambda n: Movement(extended=n),
        ),
        _Query(
            select(column, func.count())
            .select_from(Directive)
            .join(Report, Report.directive_id == Directive.id)
            .where(lens.led, Report.at >= start, Report.at < end, Report.kind.not_in(SILENT)),
            lambda n: Movement(reports=n),
        ),
    ]


async def due_by_day(session: Session, asking: Asking, period: Period) -> dict[date, int]:
    """How many unfinished directives have their last day on each day of a period."""
    lens = Lens(asking)
    query = (
        select(lens.last, func.count())
        .where(or_(*lens.open_arms), lens.due_within(period.first, period.last))
        .group_by(lens.last)
    )
    return {day: count for day, count in await session.execute(query) if day is not None}
