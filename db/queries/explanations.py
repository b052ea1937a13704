"""Explanations that were asked for, as a digest names them."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import and_, func, or_, select

from db import Session
from db.models import Directive, Explanation, Report, Unit
from db.queries.lens import Lens
from domain.figures import Asking


async def for_digest(session: Session, asking: Asking, since: datetime) -> list[tuple[Explanation, str, str, str]]:
    """Requests unanswered after their day, then those answered after a moment: with code, unit and words."""
    late = and_(Explanation.closed_at.is_(None), Explanation.due_day < asking.as_of)
    query = (
        select(Explanation, Directive.code, Unit.name, func.coalesce(Report.text, ""))
        .join(Directive, Directive.id == Explanation.directive_id)
        .join(Unit, Unit.id == Explanation.unit_id)
        .outerjoin(Report, Report.id == Explanation.report_id)
        .where(Lens(asking).led, or_(late, Explanation.answered_at > since))
        .order_by(Explanation.answered_at.is_not(None), Explanation.due_day, Explanation.id)
    )
    return [(row[0], row[1], row[2], row[3]) for row in await session.execute(query)]
