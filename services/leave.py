"""Going away and coming back: what a person says of their own absence, or the office for them, and a deputy of it.

What follows from an absence on a day is asked of ``services.absences``.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import select

from db import Session
from db.models import Absence, Person
from db.queries import absences as queries
from domain.calendar import OFFICE_ZONE
from domain.deputies import Member, circle, may_stand_in
from domain.errors import (
    AbsenceBackwards,
    AbsenceTooLong,
    CannotStandIn,
    DeadlineInPast,
    NeedsNoDeputy,
    NoSuchThing,
    StandsInCircle,
)
from domain.rights import Action, Role, Standing, require
from services import audit, people
from services.life import By
from services.outbox import local_day, tell

MOST_DAYS = 90
AWAY = "away"  # events of the audit
BACK = "back"
DECLINED = "deputy_declined"
TO_DEPUTY = "away_deputy"  # outbox rows: to who is to stand in ...
TO_OTHERS = "away_others"  # ... to the unit's head or the office, and the person if somebody else entered it ...
OVER = "away_over"  # ... to all of these, when it ends early
NOBODY = "away_nobody"  # ... to the same, when the deputy has declined


@dataclass(frozen=True)
class Plan:
    """An absence as it is proposed. ``last_day`` is the last day away."""

    person: Person
    first_day: date
    last_day: date
    deputy: Person | None


def member(person: Person, further: frozenset[int] = frozenset()) -> Member:
    """A person as the rules of standing in see them; ``further``: the units they work for besides their own."""
    return Member(person.id, person.unit_id, Role(person.role), person.active, further=further)


async def open_of(session: Session, person: Person, today: date) -> Absence | None:
    """The absence of a person that goes on or is still to come."""
    return await queries.open_of(session, person.id, today)


async def by_code(session: Session, code: str, today: date) -> Absence:
    """The absence of a button, while it is not over.

    Raises:
        NoSuchThing: there is none, or it is over.
    """
    found = await queries.by_code(session, code)
    if found is None or found.ended_at is not None or found.last_day < today:
        raise NoSuchThing
    return found


async def any_by_code(session: Session, code: str) -> Absence | None:
    """An absence, over or not."""
    return await queries.by_code(session, code)


def beginning_of(row: Absence) -> datetime:
    """The moment the first day away begins, aware."""
    return datetime.combine(row.first_day, time(), OFFICE_ZONE)


async def eligible(session: Session, person: Person) -> list[Person]:
    """Who may be named as a person's deputy: of the right role, and within reach. The head of the unit comes first."""
    reach = await queries.reachable(session)
    found = list(await session.scalars(select(Person).where(Person.active).order_by(Person.id)))
    more = await queries.further_units(session, [p.id for p in found])
    away = member(person, more.get(person.id, frozenset()))
    fit = [p for p in found if p.id in reach and may_stand_in(member(p, more.get(p.id, frozenset())), away)]
    return sorted(fit, key=lambda p: (p.role != Role.HEAD, p.id))


async def free(session: Session, person: Person, first: date, last: date) -> list[Person]:
    """Those of them who are there on all of these days."""
    busy = {one.person_id for one in await queries.between(session, first, last)}
    return [p for p in await eligible(session, person) if p.id not in busy]


async def away_until(session: Session, person: Person, first: date, last: date) -> date | None:
    """The last day of a person's absence that touches these days; None where there is none."""
    theirs = [one.last_day for one in await queries.between(session, first, last) if one.person_id == person.id]
    return max(theirs, default=None)


async def away_today(session: Session, today: date) -> list[tuple[Person, date]]:
    """Everyone who is away, and until when; who returns first comes first."""
    return await queries.people_away(session, today)


def check_days(first: date, last: date, today: date) -> None:
    """Let pass or refuse.

    Raises:
        AbsenceBackwards: it ends before it begins.
        DeadlineInPast: it begins, or ends, before today.
        AbsenceTooLong: over ``MOST_DAYS`` days.
    """
    if last < today:
        raise DeadlineInPast(last, today)
    if last < first:
        raise AbsenceBackwards(first, last)
    if first < today:
        raise DeadlineInPast(first, today)
    if last - first >= timedelta(days=MOST_DAYS):
        raise AbsenceTooLong(last, MOST_DAYS)


async def check(session: Session, plan: Plan, by: By) -> None:
    """Let a proposed absence pass or refuse it.

    Raises:
        NotAllowed, NeedsNoDeputy: see ``may_enter``.
        AbsenceBackwards, DeadlineInPast, AbsenceTooLong: the days.
        CannotStandIn: the deputy is not of the right role, or cannot be written to.
        StandsInCircle: the deputy is away on one of these days and has named the person, perhaps by way of others.
    """
    may_enter(plan.person, by)
    check_days(plan.first_day, plan.last_day, local_day(by.now))
    if plan.deputy is None:
        return
    if plan.deputy.id not in {p.id for p in await eligible(session, plan.person)}:
        raise CannotStandIn(plan.deputy.name)
    await _check_circle(session, plan, plan.deputy)


def may_enter(person: Person, by: By) -> None:
    """Let pass or refuse who enters or ends an absence: the person or the office.

    Raises:
        NotAllowed: somebody else's, and not the office's to enter.
        NeedsNoDeputy: an administrator's.
    """
    if person.role == Role.ADMIN:
        raise NeedsNoDeputy
    if person.id != by.person.id:
        require(Action.ENTER_ABSENCE, Standing(Role(by.person.role)))


async def _check_circle(session: Session, plan: Plan, deputy: Person) -> None:
    around = await queries.between(session, plan.first_day, plan.last_day)
    named = {one.person_id: one.deputy_id for one in around if one.person_id != plan.person.id}
    chain = circle(plan.person.id, deputy.id, named)
    if chain:
        raise StandsInCircle(tuple([(await session.get_one(Person, number)).name for number in chain]))


async def begin(session: Session, plan: Plan, by: By) -> Absence:
    """Enter an absence; one that the person had before gives way. The deputy, the head or the office are told.

    Raises:
        Refusal: see ``check``.
    """
    await check(session, plan, by)
    earlier = await open_of(session, plan.person, local_day(by.now))
    if earlier is not None:
        earlier.ended_at = by.now
        if earlier.deputy_id != (plan.deputy.id if plan.deputy else None):
            await _tell(session, OVER, earlier, {earlier.deputy_id}, by)
    row = Absence(
        person_id=plan.person.id,
        deputy_id=plan.deputy.id if plan.deputy else None,
        first_day=plan.first_day,
        last_day=plan.last_day,
        made_by=by.person.id,
        made_at=by.now,
    )
    session.add(row)
    await session.flush()
    await _note(session, AWAY, row, by)
    await _tell(session, TO_DEPUTY, row, {row.deputy_id}, by)
    await _tell(session, TO_OTHERS, row, await _others(session, plan.person) - {row.deputy_id}, by)
    return row


async def end(session: Session, row: Absence, by: By) -> None:
    """The person is back earlier, or will not be away after all. Who was told of the absence is told of that.

    Raises:
        NotAllowed, NeedsNoDeputy: see ``may_enter``.
    """
    person = await session.get_one(Person, row.person_id)
    may_enter(person, by)
    row.ended_at = by.now
    await _note(session, BACK, row, by)
    await _tell(session, OVER, row, {row.deputy_id} | await _others(session, person), by)


async def decline(session: Session, row: Absence, by: By) -> None:
    """The deputy cannot stand in: nobody does from now on, and the person, the head or the office are told.

    Raises:
        NoSuchThing: this person is not the deputy (any more).
    """
    if row.deputy_id != by.person.id:
        raise NoSuchThing
    await _note(session, DECLINED, row, by)
    row.deputy_id = None
    person = await session.get_one(Person, row.person_id)
    await _tell(session, NOBODY, row, {person.id, row.made_by} | await _others(session, person), by, by.person.id)


async def _others(session: Session, person: Person) -> set[int | None]:
    """Who has to know besides the deputy: the person, and an officer's head, else the office."""
    told = await people.clerks(session)
    if person.role == Role.OFFICER:
        heads = [p for p in await people.of_unit(session, person.unit_id) if p.role == Role.HEAD]
        told = heads or told
    return {person.id, *(p.id for p in told)}


async def _tell(
    session: Session, kind: str, row: Absence, to: Collection[int | None], by: By, deputy: int | None = None
) -> None:
    payload: Mapping[str, Any] = {"absence": row.code, "by": by.person.id, "deputy": deputy or row.deputy_id}
    heard = sorted(number for number in to if number is not None and number != by.person.id)
    await tell(session, heard, kind, now=by.now, payload=payload)


async def _note(session: Session, event: str, row: Absence, by: By) -> None:
    """By names: the record is read by people, years later."""
    person = await session.get_one(Person, row.person_id)
    deputy = await session.get(Person, row.deputy_id) if row.deputy_id else None
    details = {
        "absence": row.code,
        "person": person.name,
        "deputy": deputy.name if deputy else None,
        "from": row.first_day.isoformat(),
        "until": row.last_day.isoformat(),
    }
    await audit.record(session, event, now=by.now, actor=by.person, details=details, inbox_id=by.inbox_id)
