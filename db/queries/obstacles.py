"""Difficulties and proposals: those that are open in some units, and those of which the office is to be reminded."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, func, select

from db import Session
from db.models import Coordination, Directive, Obstacle, Report
from domain.lifecycle import OPEN


@dataclass(frozen=True)
class Field:
    """Whose items: of these lead units, or of all where ``units`` is None."""

    units: frozenset[int] | None = None

    @property
    def where(self) -> tuple[ColumnElement[bool], ...]:
        """The conditions."""
        still_open = (Obstacle.closed_at.is_(None), Directive.state.in_(sorted(OPEN)))
        return still_open if self.units is None else (*still_open, Directive.lead_unit_id.in_(sorted(self.units)))


async def open_items(
    session: Session, field: Field, offset: int = 0, limit: int | None = None
) -> list[tuple[Obstacle, Directive]]:
    """Open items, those without an answer first, then the oldest first."""
    query = (
        select(Obstacle, Directive)
        .join(Directive, Directive.id == Obstacle.directive_id)
        .where(*field.where)
        .order_by(Obstacle.answered_at.is_not(None), Obstacle.opened_at, Obstacle.id)
    )
    rows = await session.execute(query.offset(offset).limit(limit))
    return [(row[0], row[1]) for row in rows]


async def count(session: Session, field: Field) -> tuple[int, int]:
    """How many are open, and how many of them have no answer."""
    query = (
        select(func.count(), func.count(Obstacle.answered_at))
        .select_from(Obstacle)
        .join(Directive, Directive.id == Obstacle.directive_id)
        .where(*field.where)
    )
    total, answered = (await session.execute(query)).one()
    return total, total - answered


async def of_side(session: Session, directive_id: int, part: int | None) -> list[Obstacle]:
    """The open items of a directive that one unit brought up, the oldest first.

    Args:
        session: any transaction.
        directive_id: which.
        part: the helping unit's part, by its id; None for the lead unit.
    """
    query = (
        select(Obstacle)
        .outerjoin(Report, Report.id == Obstacle.report_id)
        .where(Obstacle.directive_id == directive_id, Obstacle.closed_at.is_(None))
        .where(Report.coordination_id.is_not_distinct_from(part))
    )
    return list(await session.scalars(query.order_by(Obstacle.opened_at, Obstacle.id)))


async def helpers(session: Session, ids: Collection[int]) -> dict[int, int]:
    """The unit that helps, for each of these items that one of those brought up."""
    query = (
        select(Obstacle.id, Coordination.unit_id)
        .join(Report, Report.id == Obstacle.report_id)
        .join(Coordination, Coordination.id == Report.coordination_id)
        .where(Obstacle.id.in_(list(ids)), Coordination.unit_id.is_not(None))
    )
    return {item: unit for item, unit in await session.execute(query) if unit is not None} if ids else {}


async def of_directive(session: Session, directive_id: int) -> list[Obstacle]:
    """The open items of a directive, the oldest first."""
    query = select(Obstacle).where(Obstacle.directive_id == directive_id, Obstacle.closed_at.is_(None))
    return list(await session.scalars(query.order_by(Obstacle.opened_at, Obstacle.id)))


async def to_mention(session: Session, now: datetime, limit: int) -> list[tuple[Obstacle, Directive]]:
    """Those of which the office is to be reminded by now."""
    query = (
        select(Obstacle, Directive)
        .join(Directive, Directive.id == Obstacle.directive_id)
        .where(Obstacle.mention_at <= now)
        .order_by(Obstacle.mention_at, Obstacle.id)
        .limit(limit)
    )
    return [(row[0], row[1]) for row in await session.execute(query.with_for_update(of=Obstacle, skip_locked=True))]
