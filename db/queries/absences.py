"""Questions about who is away."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from functools import cache

from sqlalchemy import Date, Select, and_, bindparam, exists, select
from sqlalchemy.orm import aliased

from db import Session
from db.models import Absence, Account, Membership, Person
from domain.deputies import Away, Member
from domain.rights import Role

_OPEN = Absence.ended_at.is_(None)


@dataclass(frozen=True)
class Named:
    """Who is away from when to when, and whom they named."""

    person_id: int
    deputy_id: int | None
    first_day: date
    last_day: date


async def of_day(session: Session, day: date) -> list[Away]:
    """Everyone who is away on a local day, with the deputies as they are now, in the order of entry."""
    rows = list(await session.execute(_of_day(), {"day": day}))
    more = await further_units(session, {number for r in rows for number in (r[0], r[3]) if number is not None})
    return [
        Away(
            Member(r[0], r[1], Role(r[2]), further=more.get(r[0], frozenset())),
            _member(r[3], r[4], r[5], r[6], r[7], more.get(r[3], frozenset())),
        )
        for r in rows
    ]


async def further_units(session: Session, people: Collection[int]) -> dict[int, frozenset[int]]:
    """The units some people work for besides their own, by person; of those alone who work for several."""
    if not people:
        return {}
    query = select(Membership.person_id, Membership.unit_id)
    found: dict[int, frozenset[int]] = {}
    wanted = (Membership.person_id.in_(people), Membership.ended_at.is_(None))
    for person, unit in await session.execute(query.where(*wanted)):
        found[person] = found.get(person, frozenset()) | {unit}
    return found


@cache  # asked for each piece of news and each right of a leader: putting it together takes longer than running it
def _of_day() -> Select[int, int, Role, int, int, Role, bool, bool]:
    person, deputy = aliased(Person), aliased(Person)
    heard = exists().where(
        Account.person_id == deputy.id, Account.revoked_at.is_(None), Account.unreachable_since.is_(None)
    )
    day = bindparam("day", type_=Date)
    return (
        select(person.id, person.unit_id, person.role, deputy.id, deputy.unit_id, deputy.role, deputy.active, heard)
        .select_from(Absence)
        .join(person, and_(person.id == Absence.person_id, person.active))
        .outerjoin(deputy, deputy.id == Absence.deputy_id)
        .where(_OPEN, Absence.first_day <= day, Absence.last_day >= day)
        .order_by(Absence.id)
    )


def _member(
    number: int | None, unit_id: int, role: str, is_active: bool, is_heard: bool, further: frozenset[int]
) -> Member | None:
    if number is None:
        return None
    return Member(number, unit_id, Role(role), bool(is_active), bool(is_active and is_heard), further)


async def between(session: Session, first: date, last: date) -> list[Named]:
    """Absences that touch the days from ``first`` to ``last``, both included, in the order of entry."""
    query = (
        select(Absence.person_id, Absence.deputy_id, Absence.first_day, Absence.last_day)
        .where(_OPEN, Absence.first_day <= last, Absence.last_day >= first)
        .order_by(Absence.id)
    )
    return [Named(*row) for row in await session.execute(query)]


async def open_of(session: Session, person_id: int, day: date) -> Absence | None:
    """The absence of a person that has not ended by a day: it goes on, or is still to come."""
    query = select(Absence).where(_OPEN, Absence.person_id == person_id, Absence.last_day >= day)
    return await session.scalar(query.order_by(Absence.id.desc()).limit(1))


async def by_code(session: Session, code: str) -> Absence | None:
    """The absence of a button."""
    return await session.scalar(select(Absence).where(Absence.code == code).with_for_update())


async def reachable(session: Session) -> frozenset[int]:
    """The ids of everyone who can be written to."""
    query = select(Account.person_id).where(Account.revoked_at.is_(None), Account.unreachable_since.is_(None))
    return frozenset(await session.scalars(query))


async def people_away(session: Session, day: date) -> list[tuple[Person, date]]:
    """Everyone who is away on a local day, and until when, in the order of the return."""
    query = (
        select(Person, Absence.last_day)
        .join(Absence, Absence.person_id == Person.id)
        .where(_OPEN, Absence.first_day <= day, Absence.last_day >= day, Person.active)
        .order_by(Absence.last_day, Person.id)
    )
    return [(person, last_day) for person, last_day in await session.execute(query)]
