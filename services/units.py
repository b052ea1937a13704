"""The units as the bot knows them: their names, learned ones marked, and who of them can be written to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select, union

from db import Session
from db.models import Account, Membership, Person, Unit
from services.office import learned


@dataclass(frozen=True)
class LearnedAlias:
    """A name that a correction has taught: who taught it, and when."""

    code: str
    written: str
    by: str
    at: datetime


@dataclass(frozen=True)
class KnownUnit:
    """A unit. ``aliases`` are those of the organisation file, ``linked`` the people who have an account."""

    id: int
    name: str
    linked: int
    aliases: tuple[str, ...]
    learned: tuple[LearnedAlias, ...]


async def known_units(session: Session) -> list[KnownUnit]:
    """All units that take part, in the order of the organisation file."""
    linked = await _linked(session)
    names = {p.id: p.name for p in await session.scalars(select(Person))}
    taught: dict[int, list[LearnedAlias]] = {}
    for alias in await learned(session):
        one = LearnedAlias(alias.code, alias.written, names[alias.made_by], alias.made_at)
        taught.setdefault(alias.unit_id, []).append(one)
    rows = await session.scalars(select(Unit).where(Unit.active).order_by(Unit.place, Unit.id))
    return [KnownUnit(u.id, u.name, linked.get(u.id, 0), tuple(u.aliases), tuple(taught.get(u.id, ()))) for u in rows]


async def _linked(session: Session) -> dict[int, int]:
    """How many people of each unit have an account that works."""
    works = (Person.active, Account.revoked_at.is_(None))
    linked = Account.person_id == Person.id
    own = select(Person.unit_id, Person.id).join(Account, linked).where(*works)
    further = select(Membership.unit_id, Person.id).join(Person, Person.id == Membership.person_id)
    both = union(own, further.join(Account, linked).where(*works, Membership.ended_at.is_(None))).subquery()
    rows = await session.execute(select(both.c.unit_id, func.count()).group_by(both.c.unit_id))
    return {row[0]: row[1] for row in rows}
