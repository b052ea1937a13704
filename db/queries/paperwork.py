"""What papers tell beside figures: how directives stood at a moment, what was said of them, what scores are made of."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import ColumnElement, or_, select, true

from db import Session
from db.models import Attachment, Directive, Extension, Obstacle, Phase, Report
from domain.lifecycle import OPEN, State

COUNTED = (*OPEN, State.COMPLETED)


class Stood(NamedTuple):
    """What a directive was at a moment."""

    unit_id: int
    last_day: date | None


def _at(moment: datetime) -> ColumnElement[bool]:
    return (Phase.since <= moment) & or_(Phase.until.is_(None), Phase.until > moment)


async def stood(session: Session, ids: Collection[int], moment: datetime) -> dict[int, Stood]:
    """Who led directives at a moment, and until when."""
    query = select(Phase.directive_id, Phase.unit_id, Phase.last_day).where(Phase.directive_id.in_(ids), _at(moment))
    return {row[0]: Stood(row[1], row[2]) for row in await session.execute(query)}


async def difficulties(session: Session, units: Collection[int] | None, moment: datetime) -> list[tuple[Obstacle, int]]:
    """What waited for an answer at a moment on directives that were open then, the oldest first, with the unit's id."""
    theirs = true() if units is None else Phase.unit_id.in_(units)
    waited = (Obstacle.opened_at <= moment) & or_(Obstacle.closed_at.is_(None), Obstacle.closed_at > moment)
    query = (
        select(Obstacle, Phase.unit_id)
        .join(Phase, Phase.directive_id == Obstacle.directive_id)
        .where(waited, _at(moment), theirs, Phase.state.in_(list(OPEN)))
        .order_by(Obstacle.opened_at, Obstacle.id)
    )
    return [(obstacle, unit) for obstacle, unit in await session.execute(query)]


class LastReport(NamedTuple):
    """What was said last of a directive."""

    text: str
    percent: int | None


async def last_reports(session: Session, ids: Collection[int], moment: datetime) -> dict[int, LastReport]:
    """The newest report of each lead unit up to a moment, of those not taken back by then."""
    stands = or_(Report.withdrawn_at.is_(None), Report.withdrawn_at > moment)
    query = (
        select(Report.directive_id, Report.text, Report.percent)
        .where(Report.directive_id.in_(ids), Report.coordination_id.is_(None), Report.at <= moment, stands)
        .where(Report.text != "")
        .order_by(Report.id)
    )
    return {row[0]: LastReport(row[1], row[2]) for row in await session.execute(query)}


async def evidence(session: Session, ids: Collection[int]) -> Mapping[int, list[str]]:
    """The names of the files that came with reports not taken back, by directive."""
    query = (
        select(Report.directive_id, Attachment.name)
        .join(Attachment, Attachment.report_id == Report.id)
        .where(Report.directive_id.in_(ids), Report.withdrawn_at.is_(None))
        .order_by(Attachment.id)
    )
    found: dict[int, list[str]] = {}
    for number, name in await session.execute(query):
        found.setdefault(number, []).append(name)
    return found


async def of_notice(session: Session, notice: int, units: Collection[int] | None) -> list[Directive]:
    """What a notice gave and still stands, in its order."""
    theirs = true() if units is None else Directive.lead_unit_id.in_(units)
    query = (
        select(Directive)
        .where(Directive.notice_id == notice, Directive.issued_at.is_not(None), Directive.state.in_(COUNTED), theirs)
        .order_by(Directive.id)
    )
    return list(await session.scalars(query))


class Given(NamedTuple):
    """A directive as far as scores need it."""

    id: int
    text: str
    unit_id: int
    contact_id: int | None
    last_day: date | None
    first_last_day: date | None
    submitted_at: datetime | None
    state: State
    excused_at: datetime | None


async def products(session: Session, units: Collection[int] | None, person: int | None, until: datetime) -> list[Given]:
    """What was given up to a moment and counts for scores, by unit and number.

    A product is of the unit and the person who had it at that moment: what moves later takes no old score along.

    Args:
        session: any transaction.
        units: only what these lead; None for all.
        person: only what this person has in hand.
        until: aware.
    """
    d = Directive
    unit, contact = Phase.unit_id, Phase.contact_id
    theirs = unit.is_not(None) if units is None else unit.in_(units)
    counted = [state for state in COUNTED if state not in {State.DECLINED, State.SUSPENDED}]
    columns = (d.id, d.text, unit, contact, d.last_day, d.first_last_day, d.submitted_at, d.state)
    query = (
        select(*columns, d.excused_at)
        .join(Phase, (Phase.directive_id == d.id) & _at(until))
        .where(d.issued_at <= until, d.state.in_(counted), theirs, true() if person is None else contact == person)
        .order_by(unit, d.id)
    )
    return [Given._make(row) for row in await session.execute(query)]


async def excused_until(session: Session, ids: Collection[int]) -> dict[int, date]:
    """The latest last day that was granted for a confirmed objective reason, by directive."""
    query = (
        select(Extension.directive_id, Extension.until)
        .where(Extension.directive_id.in_(ids), Extension.state == "granted", Extension.objective.is_(True))
        .order_by(Extension.until)
    )
    return dict((await session.execute(query)).all())
