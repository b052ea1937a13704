"""Questions about the parts of units that help."""

from __future__ import annotations

from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import select

from db import Session
from db.models import Coordination, Directive
from domain.lifecycle import WITH_UNIT


class OpenPart(NamedTuple):
    """A part that is not answered, of a directive its lead unit has in hand."""

    directive_id: int
    assigned_at: datetime | None
    last_day: date | None
    unit_id: int
    acknowledged_at: datetime | None
    acknowledged_by: int | None


async def open_parts(session: Session) -> list[OpenPart]:
    """All of them, the most urgent first: asked for once a day."""
    query = (
        select(
            Directive.id, Directive.assigned_at, Directive.last_day,
            Coordination.unit_id, Coordination.acknowledged_at, Coordination.acknowledged_by,
        )
        .join(Coordination, Coordination.directive_id == Directive.id)
        .where(
            Directive.state.in_(WITH_UNIT),
            Coordination.unit_id.is_not(None),
            Coordination.answered_at.is_(None),
            Coordination.removed_at.is_(None),
            Directive.lead_unit_id.is_distinct_from(Coordination.unit_id),
        )
        .order_by(Directive.last_day.is_(None), Directive.last_day, Directive.id)
    )  # fmt: skip
    rows = await (await session.connection()).execute(query)  # past the ORM, which takes as long again
    return [OpenPart(r[0], r[1], r[2], r[3], r[4], r[5]) for r in rows if r[3] is not None]
