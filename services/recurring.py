"""The next one of a recurring task is opened by the program, once, and told to its unit like any new directive.

It is opened on the morning of the first working day after the period before, done or not: what was not done stays
open, and is overdue. Where several periods went by meanwhile, only the present one is opened, and the office is told.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select

from db import Session
from db.models import Coordination, Directive, Heartbeat, Person, Unit
from db.queries import recurring as queries
from db.queries.outbox import insert_once
from domain.cycles import stored_cycle
from domain.deadlines import Deadline
from domain.errors import MoveNotAllowed, NoSuchThing
from domain.lifecycle import OPEN, State
from domain.office import Office
from domain.rights import Action
from services import audit, measuring, people, posts
from services.issuing import tell_issued
from services.life import By
from services.outbox import local_day, tell
from services.reminders import set_next_mention
from services.series import PERIOD, deadline_of, newest_of_series, opening, put_cycle

RECUR = "recur"  # the audit's word for one that the program opened
END_SERIES = "end_series"  # for a series that was ended
OPENED_LATE = "opened_late"  # an outbox row to the office: periods that were left out, units that are no more
ADOPTED = "recurring:adopted"  # a heartbeat: what was issued before there were series has been looked at


async def open_next(session: Session, now: datetime, office: Office, limit: int = 500) -> int:
    """Open the next ones of recurring directives whose moment has come.

    Args:
        session: a write transaction.
        now: aware.
        office: whose calendar and rhythm count.
        limit: about so many at once.

    Returns:
        how many were dealt with; 0 when there is nothing to do now.
    """
    await adopt(session, now, office)
    if not _is_open(now, office):
        return 0
    taken = await queries.take_due(session, now, limit)
    if not taken:
        return 0
    olds = await session.scalars(select(Directive).where(Directive.id.in_(taken)).order_by(Directive.id))
    opened = [await _open(session, old, now, office) for old in olds if await _is_newest(session, old)]
    issued = [one.directive for one in opened if one.directive.state == State.ISSUED]
    await tell_issued(session, issued, now)
    await _tell_office(session, [one for one in opened if one.skipped or one.directive.state == State.DRAFT], now)
    return len(taken)


async def _is_newest(session: Session, directive: Directive) -> bool:
    """Whether none came after it. One that has a follower all the same opens no second one."""
    if await newest_of_series(session, directive) is directive:
        return True
    directive.cycle = None
    return False


def _is_open(now: datetime, office: Office) -> bool:
    """On a working day from the morning on: the unit hears of it then, and not in the night after a long outage."""
    return now >= office.rhythm.morning_of(local_day(now)) and office.rhythm.may_send(now, office.calendar)


@dataclass(frozen=True)
class _Opened:
    directive: Directive
    skipped: int  # periods that went by unopened


async def _open(session: Session, old: Directive, now: datetime, office: Office) -> _Opened:
    due, skipped = _present(old, local_day(now), office)
    unit = await session.get(Unit, old.lead_unit_id) if old.lead_unit_id else None
    is_there = unit is not None and unit.active
    new = _next_of(old, due, skipped, office)
    new.made_at, new.state = now, State.ISSUED if is_there else State.DRAFT
    new.coordinations = [Coordination(unit_id=c.unit_id, written=c.written) for c in old.coordinations]
    if not is_there:
        new.lead_written = old.lead_unit.name if old.lead_unit else old.lead_written
    else:
        new.lead_unit_id, new.issued_by, new.issued_at, new.assigned_at = old.lead_unit_id, old.issued_by, now, now
        new.first_last_day = new.last_day
        new.contact_id = await _contact(session, old)
        set_next_mention(new, now, office)
        new.next_occurrence_at = opening(new, office)
    old.cycle = None
    session.add(new)
    await session.flush()
    await session.refresh(new, ["lead_unit", "coordinations", "notice"])
    await audit.record(
        session, RECUR, now=now, directive=new, after=new.state,
        details={"previous": old.id, "series": new.series_id, "occurrence": new.occurrence, "skipped": skipped},
    )  # fmt: skip
    await measuring.carry_over(session, old, new, now)
    return _Opened(new, skipped)


def _present(old: Directive, today: date, office: Office) -> tuple[Deadline, int]:
    """The deadline of the period that today lies in, and how many went by before it."""
    assert old.cycle is not None  # noqa: S101  (it had a moment, which only a cycle gives)
    cycle, before_means = stored_cycle(old.cycle), office.rhythm.before_means
    end, skipped = old.first_last_day or old.last_day or today, -1
    while skipped < 0 or end < today:
        due = cycle.after(end, office.calendar, before_means)
        end, skipped = due.last_day(before_means) or today, skipped + 1
    return due, skipped


_SAME = (
    "notice_id", "ref", "text", "quote", "quote_page", "lead_written", "deadline_text", "recurring", "series_id",
    "cycle", "product", "receiver", "as_read", "made_by", "field", "source",
)  # fmt: skip


def _next_of(old: Directive, due: Deadline, skipped: int, office: Office) -> Directive:
    """The directive of another period, without its unit and its state."""
    new = Directive(**{name: getattr(old, name) for name in _SAME}, warnings=[])
    new.series_id = new.series_id or old.id
    new.occurrence = old.occurrence + 1 + skipped
    clause = (old.clause_id or "").partition(PERIOD)[0]
    new.clause_id = f"{clause}{PERIOD}{new.occurrence}" if clause else None
    new.deadline_date, new.deadline_inclusive, new.deadline_time = due.date, due.inclusive, due.time
    new.last_day = due.last_day(office.rhythm.before_means)
    new.deadline_rule = f"{old.recurring}, kỳ {new.occurrence} → {new.last_day:%d/%m/%Y}"
    return new


async def _contact(session: Session, old: Directive) -> int | None:
    """Who acknowledged the one before, while they are there."""
    person = await session.get(Person, old.contact_id) if old.contact_id else None
    is_there = person is not None and person.active and await posts.is_of(session, person, old.lead_unit_id)
    return person.id if person and is_there else None


async def _tell_office(session: Session, opened: Sequence[_Opened], now: datetime) -> None:
    if not opened:
        return
    clerks = people.ids(await people.clerks(session))
    payload = {"skipped": {str(one.directive.id): one.skipped for one in opened}}
    ids = [one.directive.id for one in opened]
    await tell(session, clerks, OPENED_LATE, now=now, directives=ids, payload=payload)


# --- ending it ---


async def end_series(session: Session, directive: Directive, by: By) -> None:
    """No next one is opened any more; this one goes on.

    Raises:
        NotAllowed: neither the office nor the leader in charge.
        NoSuchThing: it does not come again by itself.
        MoveNotAllowed: a draft, whose clerk corrects it instead.
    """
    await people.check(session, by, directive, Action.STEER)
    if directive.state == State.DRAFT:
        raise MoveNotAllowed(directive.state, END_SERIES)
    if not comes_again(directive):
        raise NoSuchThing
    directive.cycle = directive.next_occurrence_at = None
    await audit.record(
        session, END_SERIES, now=by.now, directive=directive, before=directive.state, after=directive.state,
        actor=by.person, inbox_id=by.inbox_id, details={"series": directive.series_id},
    )  # fmt: skip


def comes_again(directive: Directive) -> bool:
    """Whether the program opens the next one when the time has come."""
    return directive.cycle is not None and directive.state in {*OPEN, State.COMPLETED}


# --- what was issued before there were series ---


async def adopt(session: Session, now: datetime, office: Office) -> int:
    """Give open directives of an earlier version of the program their cycle, once in a database's life.

    Only where the deadline's own words say that it comes again. Periods that went by are not opened.

    Returns:
        how many were found.
    """
    if await session.get(Heartbeat, ADOPTED) is not None:
        return 0
    if not await insert_once(session, Heartbeat, [{"name": ADOPTED, "at": now, "details": {}}], "name"):
        return 0
    found = [d for d in await queries.without_cycle(session) if _is_its_deadline(d)]
    for directive in found:
        put_cycle(directive, deadline_of(directive))
        if directive.cycle is not None and directive.state != State.SUSPENDED:
            directive.series_id, directive.next_occurrence_at = directive.id, opening(directive, office)
    await session.flush()
    return len(found)


def _is_its_deadline(directive: Directive) -> bool:
    return bool(directive.recurring) and (directive.recurring or "") in (directive.deadline_text or "")
