"""What people may try with a directive, in any order: each act as the services have it, and who ought to try it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from sqlalchemy import select

from db import Session
from db.models import Directive, Extension, Measure, Obstacle, Unit
from domain.calendar import OFFICE_ZONE
from domain.errors import NoSuchThing
from domain.lifecycle import Event
from domain.measure_lines import read_line
from domain.measure_words import Heard
from domain.measures import Kind, Level
from services import (
    coordinating,
    deciding,
    delegating,
    extensions,
    helping,
    issuing,
    measures,
    measuring,
    merging,
    obstacles,
    offers,
    reporting,
    splitting,
    steering,
)
from services.life import By
from services.reporting import Said
from services.splitting import Part


@dataclass(frozen=True)
class Scene:
    """One try: who, with which directive, and what else an act may need.

    Attributes:
        session: a transaction of its own.
        directive: the one that is acted on.
        other: another one, or the same.
        unit: any unit.
        days: a number of days, also negative.
        reason: words, or none.
        by: who tries it, and when.
    """

    session: Session
    directive: Directive
    other: Directive
    unit: Unit
    days: int
    reason: str
    by: By

    @property
    def day(self) -> date:
        """So many days after the last day, or after today."""
        from_day = self.directive.last_day or self.by.now.astimezone(OFFICE_ZONE).date()
        return from_day + timedelta(days=self.days)


Try = Callable[[Scene], Awaitable[object]]


def _said(kind: str, percent: int | None = None, difficulty: str | None = None, *, solved: bool = False) -> Try:
    def report(s: Scene) -> Awaitable[object]:
        return reporting.report(s.session, s.directive, Said(kind, "đang làm", percent, difficulty, solved), s.by)

    return report


def _steer(event: Event) -> Try:
    return lambda s: steering.steer(s.session, s.directive, event, s.by, s.reason)


async def _request(s: Scene) -> Extension:
    found = await s.session.scalar(
        select(Extension).where(Extension.directive_id == s.directive.id).order_by(Extension.id.desc()).limit(1)
    )
    if found is None:
        raise NoSuchThing
    return await extensions.by_code(s.session, found.code)


async def _ask(s: Scene) -> object:
    return await extensions.ask(s.session, s.directive, s.day, s.reason, s.by)


async def _grant(s: Scene) -> object:
    return await extensions.grant(s.session, await _request(s), s.by)


async def _refuse(s: Scene) -> object:
    return await extensions.refuse(s.session, await _request(s), s.reason, s.by)


async def _offer(s: Scene) -> object:
    return await offers.offer(s.session, await _request(s), s.day - timedelta(days=3), s.reason, s.by)


async def _accept(s: Scene) -> object:
    request = await _request(s)
    return await offers.accept(s.session, request, request.offered_until or s.day, s.by)


async def _refuse_offer(s: Scene) -> object:
    request = await _request(s)
    return await offers.decline(s.session, request, request.offered_until or s.day, s.by)


async def _difficulty(s: Scene) -> Obstacle:
    found = await s.session.scalar(select(Obstacle.code).where(Obstacle.directive_id == s.directive.id).limit(1))
    if found is None:
        raise NoSuchThing
    return await obstacles.by_code(s.session, found)


async def _answer(s: Scene) -> object:
    return await obstacles.answer(s.session, await _difficulty(s), s.reason, s.by)


async def _solve(s: Scene) -> object:
    return await obstacles.solve(s.session, await _difficulty(s), s.by)


async def _withdraw(s: Scene) -> object:
    last = await reporting.last_report(s.session, s.by.person, s.by.now - timedelta(days=30))
    if last is None or last.directive_id != s.directive.id:
        raise NoSuchThing
    return await reporting.withdraw(s.session, last, s.by)


async def _split(s: Scene) -> object:
    return await splitting.split(s.session, s.directive, [Part("phần một"), Part("phần hai", s.unit)], s.by)


async def _part(s: Scene) -> object:
    part = await coordinating.own_part(s.session, s.directive, s.by.person)
    if part is None:
        raise NoSuchThing
    return await coordinating.answer(s.session, s.directive, part, Said("done", "đã gửi ý kiến"), s.by)


async def _remove_helper(s: Scene) -> object:
    parts = coordinating.parts_of(s.directive)
    if not parts:
        raise NoSuchThing
    return await coordinating.remove(s.session, s.directive, parts[0], s.by)


async def _delegate(s: Scene) -> object:
    return await delegating.delegate(s.session, s.directive, s.by.person.id, s.by)


async def _follow(s: Scene) -> object:
    line = "Thu hồi chi sai: 200 triệu đồng" if s.days > 0 else "Khắc phục lấn chiếm"
    return await measuring.follow(s.session, s.directive, read_line(line), s.by)


async def _measure(s: Scene) -> Measure:
    found = await measures.of_directive(s.session, s.directive.id)
    if found is None:
        raise NoSuchThing
    return found


async def _measured(s: Scene) -> object:
    measure = await _measure(s)
    row = await reporting.report(s.session, s.directive, Said("progress", "đã thu hồi 150 triệu"), s.by)
    heard = Heard(value=Decimal(150)) if measure.kind == Kind.AMOUNT else Heard(level=Level.MOSTLY)
    return await measuring.record(s.session, measure, row, heard, s.by, "150 triệu")


async def _assess(s: Scene) -> object:
    return await measuring.assess(s.session, await _measure(s), Level.DONE, s.by, "Đã khắc phục")


UNIT: dict[str, Try] = {
    Event.ACKNOWLEDGE: lambda s: reporting.acknowledge(s.session, s.directive, s.by),
    Event.REPORT: _said("progress", 40),
    Event.SUBMIT: lambda s: reporting.submit(s.session, s.directive, s.by),
    Event.DECLINE: lambda s: reporting.decline(s.session, s.directive, s.by, s.reason),
    "difficulty": _said("difficulty", None, "chờ số liệu"),
    "difficulty over": _said("progress", 60, solved=True),
    "withdraw": _withdraw,
    "ask": _ask,
    "accept": _accept,
    "refuse offer": _refuse_offer,
    Event.CHECK: lambda s: deciding.check(s.session, s.directive, s.by),
    "delegate": _delegate,
    "measured": _measured,
}
"""What the lead unit does."""

ASSIGNER: dict[str, Try] = {
    Event.ISSUE: lambda s: issuing.issue(s.session, [s.directive], s.by),
    Event.DROP: lambda s: issuing.drop(s.session, s.directive, s.by),
    Event.APPROVE: lambda s: deciding.approve(s.session, s.directive, s.by),
    Event.RETURN: lambda s: deciding.send_back(s.session, s.directive, s.by, s.reason),
    Event.INSIST: lambda s: steering.insist(s.session, s.directive, s.by, s.reason),
    Event.REASSIGN: lambda s: steering.reassign(s.session, s.directive, s.unit, s.by, s.reason),
    Event.SUSPEND: _steer(Event.SUSPEND),
    Event.RESUME: _steer(Event.RESUME),
    Event.CANCEL: _steer(Event.CANCEL),
    Event.REOPEN: _steer(Event.REOPEN),
    Event.SPLIT: _split,
    Event.MERGE: lambda s: merging.merge(s.session, s.directive, s.other, s.by, helps=s.days > 0),
    "grant": _grant,
    "refuse": _refuse,
    "offer": _offer,
    "answer": _answer,
    "solve": _solve,
    "important": lambda s: deciding.mark_important(s.session, s.directive, s.by, important=s.days > 0),
    "add helper": lambda s: helping.add(s.session, s.directive, [s.unit], s.by),
    "remove helper": _remove_helper,
    "follow": _follow,
    "assess": _assess,
}
"""What the office and the leaders do."""

HELPER: dict[str, Try] = {"part": _part}
"""What a unit that helps does."""

ACTS: dict[str, Try] = UNIT | ASSIGNER | HELPER
