"""What the pack of a week needs beside the figures: why things are late, what was asked and granted, as of a moment."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import ColumnElement, Select, func, or_, select

from db import Session
from db.models import Account, Directive, Explanation, Extension, Obstacle, Person, Phase, Report, Unit
from db.queries.figures import Lens
from db.queries.reach import is_reachable
from domain.figures import Asking
from domain.obstacles import Kind
from domain.rights import Role

AT_ONCE = 900  # ids in one query


@dataclass(frozen=True)
class Said:
    """Words about a directive; ``at`` is aware."""

    directive_id: int
    text: str
    at: datetime | None


async def explanations(session: Session, ids: Sequence[int], before: datetime) -> list[Said]:
    """The answers to requests for an explanation, oldest first."""
    query = (
        select(Explanation.directive_id, Report.text, Explanation.answered_at)
        .join(Report, Report.id == Explanation.report_id)
        .where(Explanation.answered_at <= before, Report.text != "")
        .order_by(Explanation.answered_at)
    )
    return [
        Said(*row)
        for part in _parts(ids)
        for row in await session.execute(query.where(Explanation.directive_id.in_(part)))
    ]


async def difficulties(session: Session, ids: Sequence[int], before: datetime) -> list[Said]:
    """The difficulties that were open, oldest first."""
    query = (
        select(Obstacle.directive_id, Obstacle.text, Obstacle.opened_at)
        .where(Obstacle.kind == Kind.DIFFICULTY, *_open_at(before))
        .order_by(Obstacle.opened_at, Obstacle.id)
    )
    return [
        Said(*row)
        for part in _parts(ids)
        for row in await session.execute(query.where(Obstacle.directive_id.in_(part)))
    ]


async def reports(session: Session, ids: Sequence[int], before: datetime) -> list[Said]:
    """What the lead units reported last in words and have not taken back; a directive has one at most."""
    last = (
        select(func.max(Report.id))
        .where(
            Report.coordination_id.is_(None),
            Report.text != "",
            Report.at <= before,
            or_(Report.withdrawn_at.is_(None), Report.withdrawn_at > before),
        )
        .group_by(Report.directive_id)
    )
    found = []
    for part in _parts(ids):
        of_these = last.where(Report.directive_id.in_(part))
        query = select(Report.directive_id, Report.text, Report.at).where(Report.id.in_(of_these))
        found += [Said(*row) for row in await session.execute(query)]
    return found


def _parts(ids: Sequence[int]) -> list[Sequence[int]]:
    return [ids[i : i + AT_ONCE] for i in range(0, len(ids), AT_ONCE)]


def _open_at(before: datetime) -> tuple[ColumnElement[bool], ...]:
    return Obstacle.opened_at <= before, or_(Obstacle.closed_at.is_(None), Obstacle.closed_at > before)


class Open(NamedTuple):
    """A difficulty or proposal that was open, with the unit that led then and who has answered."""

    item: Obstacle
    directive: Directive
    unit: str
    answered_by: str | None


async def raised(session: Session, asking: Asking, before: datetime) -> list[Open]:
    """Difficulties and proposals that were open; unanswered ones first, then the oldest."""
    unanswered = or_(Obstacle.answered_at.is_(None), Obstacle.answered_at > before)
    query = (
        select(Obstacle, Directive, Unit.name, Person.name)
        .join(Directive, Directive.id == Obstacle.directive_id)
        .join(Phase, Phase.directive_id == Directive.id)
        .join(Unit, Unit.id == Phase.unit_id)
        .outerjoin(Person, Person.id == Obstacle.answered_by)
        .where(*_open_at(before), *_led_then(asking, before))
        .order_by(unanswered.desc(), Obstacle.opened_at, Obstacle.id)
    )
    return [Open(row[0], row[1], row[2], row[3]) for row in await session.execute(query)]


def _led_then(asking: Asking, moment: datetime) -> tuple[ColumnElement[bool], ...]:
    """Of phases: what the units asked of led at a moment. What has moved to another unit since was theirs then."""
    lens = Lens.of(asking, moment)
    return lens.led, or_(*lens.rows.arms)


@dataclass(frozen=True)
class Asked:
    """A request for more time: the directive, its unit, and the days."""

    number: int
    code: str
    text: str
    unit: str
    before: date
    until: date
    at: datetime


def _requests(asking: Asking, moment: datetime) -> Select[int, str, str, str, date, date, datetime]:
    return (
        select(
            Directive.id, Directive.code, Directive.text, Unit.name,
            Extension.last_day_before, Extension.until, Extension.asked_at,
        )
        .join(Directive, Directive.id == Extension.directive_id)
        .join(Phase, Phase.directive_id == Directive.id)
        .join(Unit, Unit.id == Phase.unit_id)
        .where(*_led_then(asking, moment))
        .order_by(Extension.asked_at, Extension.id)
    )  # fmt: skip


async def pending(session: Session, asking: Asking, before: datetime) -> list[Asked]:
    """Requests that waited for a decision, the oldest first; not those whose unit was offered another day."""
    undecided = or_(Extension.decided_at.is_(None), Extension.decided_at > before)
    unanswered = or_(Extension.offered_at.is_(None), Extension.offered_at > before)
    query = _requests(asking, before).where(Extension.asked_at <= before, undecided, unanswered)
    return [Asked(*row) for row in await session.execute(query)]


async def granted(session: Session, asking: Asking, start: datetime, end: datetime) -> list[Asked]:
    """Requests granted in a stretch of time."""
    decided = (Extension.decided_at >= start, Extension.decided_at < end)
    query = _requests(asking, end).where(Extension.state == "granted", *decided)
    return [Asked(*row) for row in await session.execute(query)]


async def readers(session: Session) -> list[int]:
    """Leaders and clerks who can be written to."""
    query = (
        select(Person.id)
        .join(Account, Account.person_id == Person.id)
        .where(Person.role.in_((Role.LEADER, Role.CLERK)), Person.active, is_reachable(), Account.revoked_at.is_(None))
        .group_by(Person.id)
        .order_by(Person.id)
    )
    return list(await session.scalars(query))
