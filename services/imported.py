"""What another program says of a directive: shown beside what is said here, neither ever written over the other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from sqlalchemy import select

from db import Session
from db.models import Directive, OutsideRow
from domain.calendar import OFFICE_ZONE
from domain.lifecycle import Event
from services import life, people
from services.life import By

FINISHED = "finished_on"  # in ``Directive.as_read``: the day another program says it was finished
NOON = time(12)
REASON = "Nhập từ bảng của hệ thống khác"


@dataclass(frozen=True)
class Outside:
    """How another program has a directive. ``seen_at`` is aware."""

    system: str
    external_id: str
    status: str | None
    seen_at: datetime


async def outside_of(session: Session, directive: Directive) -> list[Outside]:
    """What other programs say of a directive, the newest last."""
    query = select(OutsideRow).where(OutsideRow.directive_id == directive.id).order_by(OutsideRow.seen_at)
    return [Outside(row.system, row.external_id, row.status, row.seen_at) for row in await session.scalars(query)]


async def finish(session: Session, issued: Sequence[Directive], by: By) -> list[Directive]:
    """End what was finished before it came here, as of the day it was; gives what is still to be done.

    It is recorded now, by who imported it: as-of figures of earlier days do not have it. Whether it was in time is told
    by the day that came with it. Where a person may not decide (the own unit), it waits for a leader's approval.
    """
    to_do = []
    for directive in issued:
        day = (directive.as_read or {}).get(FINISHED)
        if day is None:
            to_do.append(directive)
        else:
            await _finish(session, directive, date.fromisoformat(day), by)
    return to_do


async def _finish(session: Session, directive: Directive, day: date, by: By) -> None:
    may_decide = people.may_decide(await people.standing(session, by, directive))
    row = await life.move(session, directive, Event.SUBMIT, by, REASON, imported=True)
    directive.submitted_at = min(by.now, datetime.combine(day, NOON, OFFICE_ZONE))
    directive.submitted_by, directive.percent = None, 100  # who handed it in there is not known here
    if may_decide:
        await life.move(session, directive, Event.APPROVE, by, REASON, imported=True)
        directive.completed_at = directive.submitted_at
    else:
        await life.tell_news(session, row, directive, await people.deciders(session, directive), by)
