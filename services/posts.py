"""Who works where: everybody's own unit, and the further ones of those who work for several."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import cache

from sqlalchemy import CompoundSelect, String, bindparam, cast, literal, select, union_all

from db import Session
from db.memo import standing
from db.models import Directive, Membership, Person, Unit
from domain.rights import Role

ANSWERS = (Role.HEAD, Role.OFFICER, Role.CLERK)  # roles that answer for a unit


@dataclass(frozen=True)
class Post:
    """A unit somebody works for, and as what. ``is_past``: one that was merged into a unit of theirs."""

    unit_id: int
    role: Role
    is_past: bool = False


async def of_person(session: Session, person: Person) -> tuple[Post, ...]:
    """All units a person works for, their own first; at the end those whose past these took over."""
    own = Post(person.unit_id, Role(person.role))

    async def read() -> tuple[Post, ...]:
        facts = {"person": person.id, "unit": own.unit_id, "role": str(own.role)}
        further = await session.execute(_further_of(), facts)
        return own, *(Post(unit, Role(role), bool(is_past)) for unit, role, is_past in further)

    return await standing(session, ("posts", person.id, own), read)


@cache  # asked for every right of every person: putting it together takes longer than running it
def _further_of() -> CompoundSelect[int, str, int]:
    mine = (Membership.person_id == bindparam("person"), Membership.ended_at.is_(None))
    role = cast(Membership.role, String)
    return union_all(
        select(Membership.unit_id, role, literal(0)).where(*mine),
        select(Unit.id, bindparam("role", type_=String), literal(1)).where(Unit.merged_into_id == bindparam("unit")),
        select(Unit.id, role, literal(1)).join(Membership, Membership.unit_id == Unit.merged_into_id).where(*mine),
    )


async def units_of(session: Session, person: Person) -> tuple[int, ...]:
    """The ids of all units a person works for, their own first."""
    return tuple(post.unit_id for post in await of_person(session, person) if not post.is_past)


async def is_of(session: Session, person: Person, unit_id: int | None) -> bool:
    """Whether a person works for a unit."""
    if unit_id is None:
        return False
    return unit_id == person.unit_id or unit_id in await units_of(session, person)


async def of_unit(session: Session, unit_id: int) -> list[Person]:
    """The active people who answer for a unit, its head first; those of other units who work for it too."""
    own = await session.scalars(
        select(Person).where(Person.unit_id == unit_id, Person.active, Person.role.in_(ANSWERS))
    )
    found = [(Role(p.role), p) for p in own]
    known = {p.id for _, p in found}
    found += [(role, p) for role, p in await _further(session, unit_id) if p.id not in known]
    return [p for role, p in sorted(found, key=lambda one: (one[0] is not Role.HEAD, one[1].id))]


async def _further(session: Session, unit_id: int) -> Iterable[tuple[Role, Person]]:
    rows = await session.execute(
        select(Membership.role, Person)
        .join(Person, Person.id == Membership.person_id)
        .where(Membership.unit_id == unit_id, Membership.ended_at.is_(None), Person.active)
    )
    return [(Role(role), person) for role, person in rows]


async def heads_of(session: Session, unit_id: int) -> list[Person]:
    """Those who head a unit, whichever unit is their own."""
    own = await session.scalars(
        select(Person).where(Person.unit_id == unit_id, Person.active, Person.role == Role.HEAD).order_by(Person.id)
    )
    heads = list(own)
    return heads + [p for role, p in await _further(session, unit_id) if role is Role.HEAD and p not in heads]


async def serving(session: Session, units: Collection[int]) -> dict[int, dict[int, Role]]:
    """Who answers for each of some units, as what: by unit and person. Two queries, however many units."""
    own = await session.execute(
        select(Person.unit_id, Person.id, Person.role)
        .where(Person.unit_id.in_(units), Person.active, Person.role.in_(ANSWERS))
        .order_by(Person.id)
    )
    further = await session.execute(
        select(Membership.unit_id, Person.id, Membership.role)
        .join(Person, Person.id == Membership.person_id)
        .where(Membership.unit_id.in_(units), Membership.ended_at.is_(None), Person.active)
        .order_by(Membership.id)
    )
    found: dict[int, dict[int, Role]] = {unit: {} for unit in units}
    for unit, person, role in (*own, *further):
        if person not in found[unit] or role == Role.HEAD:
            found[unit][person] = Role(role)
    return found


async def unit_spoken_for(session: Session, person: Person, directive: Directive) -> int:
    """The unit a person speaks for when they say something of a directive: its lead unit, else one that helps.

    Who works for neither speaks for their own unit.
    """
    mine = await units_of(session, person)
    helping = [c.unit_id for c in directive.coordinations if c.unit_id in mine]
    candidates: Collection[int | None] = (directive.lead_unit_id, *helping)
    return next((unit for unit in candidates if unit is not None and unit in mine), person.unit_id)


async def named(session: Session, person: Person, spoken_of: Iterable[int | None] | None = None) -> str:
    """The name of a person's unit; of all of them, own first, where they work for several.

    Args:
        session: any transaction.
        person: whose.
        spoken_of: only those of their units that are among these; all the same where none is.
    """
    mine = await units_of(session, person)
    if len(mine) == 1:
        return person.unit.name
    wanted = set(mine) if spoken_of is None else set(mine) & set(spoken_of)
    rows = await session.execute(select(Unit.id, Unit.name).where(Unit.id.in_(wanted or mine)))
    names = {row[0]: row[1] for row in rows}
    return "; ".join(names[unit] for unit in mine if unit in names)
