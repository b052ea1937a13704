"""The counts of units and of their fields and sources from which the figures of any day follow, of the present."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Null, Select, func, null, select

from db import Session, driver
from db.models import Directive, Obstacle
from db.queries.lens import Lens, end_of, many
from domain.figures import Asking, Dimension
from domain.lifecycle import OPEN, State
from domain.tallies import Judged, Tally, side

_REST = sorted(OPEN - {State.SUBMITTED})
Part = tuple[int, int | str | None]
"""A unit, and what of it: its directives of one field or of one source. None: what has none, or all of the unit."""
_Columns = tuple[ColumnElement[Any], ColumnElement[Any]]
_Due = dict[Part, dict[date | None, int]]
_PARTS: Mapping[Dimension, ColumnElement[Any]] = {
    Dimension.FIELD: Directive.field.expression,
    Dimension.SOURCE: Directive.source.expression,
}


async def of_parts(session: Session, units: Collection[int] | None, dimension: Dimension) -> dict[Part, Tally]:
    """The tally of each part that has any directive.

    Args:
        session: any transaction.
        units: which; None for all.
        dimension: into what parts the units are divided: fields or sources. Anything else: each is one part.
    """
    lens = Lens(Asking(date.min, None if units is None else frozenset(units)))
    part = (Directive.lead_unit_id.expression, _PARTS.get(dimension, null()))
    done = await _judged(session, lens, part, State.COMPLETED, Directive.completed_at.expression)
    handed_in = await _judged(session, lens, part, State.SUBMITTED, Directive.submitted_at.expression)
    due, due_first, unseen = await _rest(session, lens, part)
    blocked = await _blocked(session, lens, part)
    none = (Judged(), Judged())
    return {
        one: Tally(
            side(done.get(one, none)[0], handed_in.get(one, none)[0], due.get(one, {}).items()),
            side(done.get(one, none)[1], handed_in.get(one, none)[1], due_first.get(one, {}).items()),
            unseen.get(one, 0),
            blocked.get(one, 0),
        )
        for one in done.keys() | handed_in.keys() | due.keys()
    }


async def _judged(
    session: Session, lens: Lens, part: _Columns, state: State, came: ColumnElement[Any]
) -> dict[Part, tuple[Judged, Judged]]:
    """Against the present deadlines and against the first ones."""
    counts = [
        count
        for last in (Directive.last_day.expression, Directive.first_last_day.expression)
        for count in (many(came < end_of(last)), func.count(last))
    ]
    query: Select[*tuple[Any, ...]] = select(*part, func.count(), *counts)
    found = {}
    for row in await session.execute(
        query.where(lens.led, Directive.state == state).group_by(*_grouped(part)), execution_options=driver.IN_A_THREAD
    ):
        unit, key, all_, one, dated, two, dated_first = row
        found[unit, key] = (Judged(one, dated - one, all_ - dated), Judged(two, dated_first - two, all_ - dated_first))
    return found


async def _rest(session: Session, lens: Lens, part: _Columns) -> tuple[_Due, _Due, dict[Part, int]]:
    """What is neither finished nor handed in, by present and by first last day, and how much nobody has seen."""
    days = (Directive.last_day.expression, Directive.first_last_day.expression)
    query = select(*part, *days, func.count(), many(lens.unacknowledged)).where(lens.led, Directive.state.in_(_REST))
    due: _Due = defaultdict(Counter)
    due_first: _Due = defaultdict(Counter)
    unseen: dict[Part, int] = Counter()
    for unit, key, day, first, count, new in await session.execute(
        query.group_by(*_grouped(part), *days), execution_options=driver.IN_A_THREAD
    ):
        due[unit, key][day] += count
        due_first[unit, key][first] += count
        unseen[unit, key] += new
    return due, due_first, unseen


async def _blocked(session: Session, lens: Lens, part: _Columns) -> dict[Part, int]:
    query = (
        select(*part, func.count(Obstacle.directive_id.distinct()))
        .join(Obstacle, Obstacle.directive_id == Directive.id)
        .where(lens.obstacle, lens.led, Directive.state.in_(sorted(OPEN)))
        .group_by(*_grouped(part))
    )
    return {
        (unit, key): count for unit, key, count in await session.execute(query, execution_options=driver.IN_A_THREAD)
    }


def _grouped(part: _Columns) -> list[ColumnElement[Any]]:
    return [column for column in part if not isinstance(column, Null)]
