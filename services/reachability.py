"""Who cannot be written to: the list of it, and that the office gets it each week."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from db import Session
from db.models import Person
from db.queries import reach
from db.queries.reach import Lost
from domain.calendar import OFFICE_ZONE
from domain.office import Office
from domain.reaching import Silence, SilentUnit, Unreached, Why
from domain.rights import Role
from domain.weeks import monday_of
from services import scope
from services.outbox import local_day, tell

UNREACHED = "unreached"  # an outbox row: the weekly list


async def silence(session: Session, person: Person, before: datetime | None = None) -> Silence:
    """Everybody who cannot be written to, as far as a person is concerned: leaders see the units in their charge.

    Args:
        session: any transaction.
        person: who asks.
        before: aware; leave out those who could still be written to then.
    """
    units = None if person.role == Role.ADMIN else await scope.units_in_charge(session, person)
    found = [p for p in await reach.lost(session) if units is None or p.unit_id in units]
    silent = [u for u in await reach.silent_units(session) if units is None or u[0] in units]
    counts = await reach.open_of_units(session, [unit for unit, _, _ in silent])
    people = [_unreached(p) for p in found if before is None or _since(p) is None or _is_earlier(p, before)]
    told = [SilentUnit(i, name, counts.get(i, 0)) for i, name, has_people in silent if has_people or i in counts]
    return Silence(tuple(told), tuple(people))


async def lost_ids(session: Session) -> set[int]:
    """The people who cannot be written to."""
    return {p.id for p in await reach.lost(session)}


def _since(lost: Lost) -> datetime | None:
    return lost.blocked_at or lost.revoked_at


def _is_earlier(lost: Lost, moment: datetime) -> bool:
    since = _since(lost)
    return since is not None and since < moment


def _unreached(lost: Lost) -> Unreached:
    why = Why.NEVER if not lost.accounts else Why.BLOCKED if lost.blocked_at else Why.REVOKED
    since = _since(lost)
    day = since.astimezone(OFFICE_ZONE).date() if since else None
    return Unreached(lost.id, lost.key, lost.name, lost.position, lost.unit, why, day)


@dataclass(frozen=True)
class Week:
    """A week of the list: since when it may be sent (aware), and the beginning of its keys."""

    opening: datetime
    key: str


def week_of(day: date, office: Office) -> Week:
    """The week of the list that a local day lies in."""
    monday = monday_of(day)
    return Week(office.rhythm.morning_of(office.calendar.on_or_after(monday)), f"{UNREACHED}:{monday.isoformat()}")


async def queue_weekly(session: Session, now: datetime, office: Office) -> int:
    """Queue the weekly list for clerks and admins, on the first working morning of the week.

    A program that was down then makes up for it on a later day of the week. Nobody to list: nothing is queued, and
    who falls silent after that morning stands in next week's.

    Args:
        session: a write transaction.
        now: aware.
        office: whose calendar and rhythm count.

    Returns:
        how many people get it.
    """
    week = week_of(local_day(now), office)
    opening, key = week.opening, week.key
    if now < opening or not office.rhythm.may_send(now, office.calendar):
        return 0
    if await reach.any_with_key_prefix(session, key):
        return 0
    hearers = await reach.reachable(session, (Role.CLERK, Role.ADMIN))
    if not hearers or not await _anybody(session, hearers[0], opening, now):
        return 0
    payload = {"meant_for": opening.isoformat()}
    await tell(session, hearers, UNREACHED, now=now, key=key, payload=payload)
    return len(hearers)


async def _anybody(session: Session, hearer: int, opening: datetime, now: datetime) -> bool:
    found = await silence(session, await session.get_one(Person, hearer), opening)
    return bool(found.people or (found.units and local_day(now) == local_day(opening)))
