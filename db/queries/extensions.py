"""Counts of requests for more time."""

from __future__ import annotations

from datetime import date, timedelta

from sqlalchemy import and_, case, func, select

from db import Session
from db.models import Directive, Extension
from db.queries.figures import Lens, end_of_day
from domain.extensions import Extended
from domain.figures import Asking


async def extended_by_unit(session: Session, asking: Asking, first: date, last: date) -> dict[int, Extended]:
    """Of each unit, the requests granted in a period, and how many of these for a confirmed objective reason.

    Args:
        session: any transaction.
        asking: of which units.
        first: the first local day, by when it was decided.
        last: the last one, included.
    """
    start, end = end_of_day(first - timedelta(days=1)), end_of_day(last)
    query = (
        select(
            Directive.lead_unit_id, func.count(), func.sum(case((Extension.objective.is_(True), 1), else_=0))
        )
        .join(Directive, Directive.id == Extension.directive_id)
        .where(
            Extension.state == "granted", Extension.decided_at >= start, Extension.decided_at < end, Lens(asking).led
        )
        .group_by(Directive.lead_unit_id)
    )  # fmt: skip
    return {unit: Extended(granted, objective) for unit, granted, objective in await session.execute(query) if unit}


async def many_times(session: Session, asking: Asking, times: int) -> list[tuple[int, int]]:
    """Directives with a request that waits and was asked for so many times or more, with that count.

    Args:
        session: any transaction.
        asking: of which units.
        times: at least so many requests, the one that waits included.
    """
    waits = select(Extension.directive_id).where(Extension.state == "pending")
    is_given = and_(Extension.state == "granted", Extension.asked_by == Extension.decided_by)  # nobody asked for it
    query = (
        select(Extension.directive_id, func.count())
        .join(Directive, Directive.id == Extension.directive_id)
        .where(Extension.directive_id.in_(waits), ~is_given, Lens(asking).led)
        .group_by(Extension.directive_id)
        .having(func.count() >= times)
        .order_by(Extension.directive_id)
    )
    return [(row[0], row[1]) for row in await session.execute(query)]
