"""The counts of each unit from which the figures of any day follow, of the present."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import replace
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, select

from db import Session
from db.models import Directive, Obstacle
from db.queries.lens import Lens, end_of, many
from domain.figures import Against, Asking
from domain.lifecycle import OPEN, State
from domain.tallies import Judged, Tally, side

_REST = sorted(OPEN - {State.SUBMITTED})
_Due = dict[int, dict[date | None, int]]


async def by_unit(session: Session, units: Collection[int] | None) -> dict[int, Tally]:
    """The tally of each unit that has any directive.

    Args:
        session: any transaction.
        units: which; None for all.
    """
    asking = Asking(date.min, None if units is None else frozenset(units))
    lens = Lens(asking)
    done = await _judged(session, lens, State.COMPLETED, Directive.completed_at.expression)
    handed_in = await _judged(session, lens, State.SUBMITTED, Directive.submitted_at.expression)
    first = Lens(replace(asking, against=Against.FIRST))
    due, due_first, unseen = await _due(session, lens), await _due(session, first), await _unseen(session, lens)
    blocked = await _blocked(session, lens)
    none = (Judged(), Judged())
    return {
        unit: Tally(
            side(done.get(unit, none)[0], handed_in.get(unit, none)[0], due[unit].items()),
            side(done.get(unit, none)[1], handed_in.get(unit, none)[1], due_first[unit].items()),
            unseen.get(unit, 0),
            blocked.get(unit, 0),
        )
        for unit in done.keys() | handed_in.keys() | due.keys()
    }


async def _judged(
    session: Session, lens: Lens, state: State, came: ColumnElement[Any]
) -> dict[int, tuple[Judged, Judged]]:
    """Against the present deadlines and against the first ones."""
    counts = [
        count
        for last in (Directive.last_day.expression, Directive.first_last_day.expression)
        for count in (many(came < end_of(last)), func.count(last))
    ]
    unit = Directive.lead_unit_id
    query: Select[*tuple[Any, ...]] = select(unit, func.count(), *counts)
    found = {}
    for row in await session.execute(query.where(lens.led, Directive.state == state).group_by(unit)):
        number, all_, one, dated, two, dated_first = row
        found[number] = (Judged(one, dated - one, all_ - dated), Judged(two, dated_first - two, all_ - dated_first))
    return found


async def _due(session: Session, lens: Lens) -> _Due:
    unit = Directive.lead_unit_id
    query = select(unit, lens.last, func.count()).where(lens.led, Directive.state.in_(_REST)).group_by(unit, lens.last)
    found: _Due = defaultdict(dict)
    for number, day, count in await session.execute(query):
        found[number or 0][day] = count
    return found


async def _unseen(session: Session, lens: Lens) -> dict[int, int]:
    unit = Directive.lead_unit_id
    query = select(unit, func.count()).where(and_(lens.led, lens.unacknowledged)).group_by(unit)
    return {number: count for number, count in await session.execute(query) if number is not None}


async def _blocked(session: Session, lens: Lens) -> dict[int, int]:
    unit = Directive.lead_unit_id
    query = (
        select(unit, func.count(Obstacle.directive_id.distinct()))
        .join(Obstacle, Obstacle.directive_id == Directive.id)
        .where(lens.obstacle, lens.led, Directive.state.in_(sorted(OPEN)))
        .group_by(unit)
    )
    return {number: count for number, count in await session.execute(query) if number is not None}
