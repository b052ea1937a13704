"""What has changed in the figures since a moment, told by the moments kept in the rows.

Deadlines, lead units and cancellations are as they are now: a request granted since then is counted as such, and what
it made timely again is no longer late.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ColumnElement, Select, and_, case, func, or_, select, union_all

from db import Session
from db.models import Directive, Explanation, Extension, Obstacle, Report, Transition, Unit
from db.queries.lens import Lens, end_of
from domain.calendar import OFFICE_ZONE
from domain.figures import Asking, Filter, Listing
from domain.lifecycle import OPEN, Event, State
from domain.obstacles import Kind

BACK_IN_HAND = (Event.RETURN, Event.REOPEN)  # moves that set a clock going which stood still, or had ended


async def given(session: Session, asking: Asking, since: datetime) -> int:
    """How many directives were given to these units after a moment, without those cancelled again."""
    return await _count(session, [and_(arm, Directive.issued_at > since) for arm in _known(Lens(asking), since)])


def _known(lens: Lens, since: datetime) -> list[ColumnElement[bool]]:
    """What is unfinished, and what was finished after a moment: each walks the index."""
    done = and_(lens.led, Directive.state == State.COMPLETED, Directive.completed_at > since)
    return [and_(lens.led, Directive.state.in_(sorted(OPEN))), done]


async def newly_overdue(session: Session, asking: Asking, since: datetime) -> int:
    """How many are overdue now that were not at a moment."""
    lens = Lens(asking)
    again = select(Transition.directive_id).where(Transition.event.in_(BACK_IN_HAND), Transition.at > since)
    new = or_(lens.last >= _day(since), Directive.issued_at > since, Directive.id.in_(again))
    return await _count(session, [and_(arm, new) for arm in lens.arms(Listing(Filter.OVERDUE))])


async def _count(session: Session, arms: list[ColumnElement[bool]]) -> int:
    return sum([await session.scalar(select(func.count()).select_from(Directive).where(a)) or 0 for a in arms])


async def extended(session: Session, asking: Asking, since: datetime) -> int:
    """How many requests for more time were granted."""
    query = (
        select(func.count())
        .select_from(Extension)
        .join(Directive, Directive.id == Extension.directive_id)
        .where(Extension.state == "granted", Extension.decided_at > since, Lens(asking).led)
    )
    return await session.scalar(query) or 0


async def difficulties(session: Session, asking: Asking, since: datetime) -> tuple[int, int]:
    """How many unfinished directives have got a difficulty since a moment, and how many are rid of theirs."""
    moved = or_(Obstacle.opened_at > since, Obstacle.closed_at > since)
    touched = select(Obstacle.directive_id).where(moved)
    was_open = and_(Obstacle.opened_at <= since, or_(Obstacle.closed_at.is_(None), Obstacle.closed_at > since))
    query = (
        select(func.max(case((was_open, 1), else_=0)), func.max(case((Obstacle.closed_at.is_(None), 1), else_=0)))
        .join(Directive, Directive.id == Obstacle.directive_id)
        .where(
            Obstacle.directive_id.in_(touched),
            Obstacle.kind == Kind.DIFFICULTY,
            Lens(asking).led,
            Directive.state.in_(sorted(OPEN)),
        )
        .group_by(Obstacle.directive_id)
    )
    rows = [(bool(then), bool(now)) for then, now in await session.execute(query)]
    return rows.count((False, True)), rows.count((True, False))


async def red_at(session: Session, asking: Asking, moment: datetime) -> set[int]:
    """The units that had something overdue at a moment."""
    late = and_(Lens(asking).led, Directive.issued_at <= moment, Directive.last_day < _day(moment))
    after_end = end_of(Directive.last_day)
    approved = select(Transition.directive_id).where(Transition.event == Event.APPROVE, Transition.at > moment)
    arms = [
        Directive.state.in_(sorted(OPEN - {State.SUBMITTED})),
        and_(
            Directive.state == State.SUBMITTED,
            or_(Directive.submitted_at > moment, Directive.submitted_at >= after_end),
        ),
        and_(Directive.state == State.COMPLETED, Directive.completed_at > moment),
        and_(Directive.id.in_(approved), _approved_late(moment, after_end)),
    ]
    selects: list[Select[int | None]] = [select(Directive.lead_unit_id).where(late, arm) for arm in arms]
    return {unit for unit in await session.scalars(union_all(*selects)) if unit is not None}


def _approved_late(moment: datetime, after_end: ColumnElement[datetime]) -> ColumnElement[bool]:
    late = and_(Directive.completed_at <= moment, Directive.completed_at >= after_end)
    return and_(Directive.state == State.COMPLETED, late)


def _day(moment: datetime) -> object:
    return moment.astimezone(OFFICE_ZONE).date()


async def explanations(session: Session, asking: Asking, since: datetime) -> list[tuple[Explanation, str, str, str]]:
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
