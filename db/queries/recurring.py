"""Questions about recurring tasks: whose next one is to be opened, and which were issued before that was known."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ColumnElement, and_, select, update

from db import Session
from db.models import Directive
from domain.lifecycle import OPEN, State


async def take_due(session: Session, now: datetime, limit: int) -> list[int]:
    """Take the directives whose next one is to be opened: they have no moment any more. Gives their ids in order.

    Units are taken whole, so that a person hears of everything in one message. Who takes the same at the same moment
    gets nothing. One whose unit is in question waits for the decision.

    Args:
        session: a write transaction.
        now: aware.
        limit: how many at least, if there are that many.
    """
    first = (
        select(Directive.lead_unit_id)
        .where(_is_due(now))
        .order_by(Directive.next_occurrence_at, Directive.id)
        .limit(limit)
    )
    units = set(await session.scalars(first))
    if not units:
        return []
    taken = await session.scalars(
        update(Directive)
        # by what is due, of which there is little, and not by the unit, which may have a thousand others
        .where(_is_due(now), (Directive.lead_unit_id + 0).in_(units))
        .values(next_occurrence_at=None)
        .returning(Directive.id),
        execution_options={"synchronize_session": False},
    )
    return sorted(taken)


def _is_due(now: datetime) -> ColumnElement[bool]:
    return and_(Directive.next_occurrence_at <= now, Directive.state != State.DECLINED)


async def without_cycle(session: Session) -> list[Directive]:
    """Open recurring directives with a deadline that belong to no series."""
    found = await session.scalars(
        select(Directive)
        .where(
            Directive.state.in_(OPEN),
            Directive.recurring.is_not(None),
            Directive.last_day.is_not(None),
            Directive.series_id.is_(None),
        )
        .order_by(Directive.id)
    )
    return list(found)
