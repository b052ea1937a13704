"""The office's staff: who works where and as what, who has left, and which accounts are theirs.

What somebody was the contact of stays with the unit: its head takes it over and is told.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select, update

from db import Session
from db.models import Account, Directive, Membership, Person, Unit
from domain.errors import AlreadyThere, NoSuchThing, NotAllowed, NotYourself, WorksThere
from domain.organisation import fold
from domain.rights import Action, Role, Standing, require
from services import accounts, audit, posts, readdressing
from services.handing_over import LEFT, STAFF, duties, hand_over
from services.life import By
from services.outbox import tell

MOVED, JOINED, LEFT_UNIT, ROLE = "person_moved", "unit_added", "unit_dropped", "role_changed"  # the audit's words


def check(by: By) -> None:
    """Let pass or refuse a change of who works where.

    Raises:
        NotAllowed: neither a clerk nor an administrator.
    """
    require(Action.MANAGE_PEOPLE, Standing(Role(by.person.role)))


def _check_admin(by: By, *roles: str) -> None:
    """Only an administrator makes or changes one."""
    if Role.ADMIN in roles and by.person.role != Role.ADMIN:
        raise NotAllowed(Action.MANAGE_PEOPLE)


async def find(session: Session, words: str) -> list[Person]:
    """Who takes part and has these words in their name, with or without diacritics; the whole name first."""
    wanted = fold(words)
    everyone = await session.scalars(select(Person).where(Person.active).order_by(Person.id))
    found = [p for p in everyone if wanted and wanted in fold(p.name)]
    exact = [p for p in found if fold(p.name) == wanted]
    return exact or found


async def by_id(session: Session, number: int) -> Person:
    """A person who takes part.

    Raises:
        NoSuchThing: there is none, or not any more.
    """
    found = await session.get(Person, number, with_for_update={"of": Person})
    if found is None or not found.active:
        raise NoSuchThing
    return found


@dataclass(frozen=True)
class Card:
    """A person as the office sees them. ``further`` are units beside their own; ``duties`` what they are contact of."""

    person: Person
    further: tuple[tuple[Unit, Role], ...]
    accounts: tuple[Account, ...]
    duties: tuple[Directive, ...]


async def card(session: Session, person: Person) -> Card:
    """What there is to know of somebody."""
    rows = await session.execute(
        select(Unit, Membership.role)
        .join(Membership, Membership.unit_id == Unit.id)
        .where(Membership.person_id == person.id, Membership.ended_at.is_(None))
        .order_by(Membership.id)
    )
    further = tuple((unit, Role(role)) for unit, role in rows)
    return Card(person, further, tuple(await linked(session, person)), tuple(await duties(session, person)))


async def linked(session: Session, person: Person) -> list[Account]:
    """The accounts of a person that work, the one heard from last first."""
    query = select(Account).where(Account.person_id == person.id, Account.revoked_at.is_(None))
    return list(await session.scalars(query.order_by(Account.seen_at.desc(), Account.id)))


# --- where they work ---


async def move(session: Session, person: Person, unit: Unit, by: By) -> list[Directive]:
    """Another unit becomes a person's own; gives what their old one has to take over.

    Raises:
        AlreadyThere: it is.
    """
    check(by)
    _check_admin(by, person.role)
    if unit.id == person.unit_id:
        raise AlreadyThere(unit.name)
    old = person.unit
    await _end_membership(session, person, unit.id, by)
    person.unit, person.unit_id = unit, unit.id
    await session.flush()
    left = await hand_over(session, person, old, MOVED, by.now, by.person)
    await _note(session, MOVED, by, person, {"old_unit": old.name, "new_unit": unit.name}, left)
    await _tell(session, [person], MOVED, by, person, {"old_unit": old.name, "new_unit": unit.name})
    return left


async def add(session: Session, person: Person, unit: Unit, role: Role, by: By) -> None:
    """Somebody works for a further unit, as its head or an officer.

    Raises:
        WorksThere: they do so already.
    """
    check(by)
    _check_admin(by, person.role)
    if await posts.is_of(session, person, unit.id):
        raise WorksThere(unit.name)
    role = role if role is Role.HEAD else Role.OFFICER
    session.add(Membership(person_id=person.id, unit_id=unit.id, role=role, since=by.now))
    await _note(session, JOINED, by, person, {"unit": unit.name, "role": str(role)})
    await _tell(session, [person], JOINED, by, person, {"unit": unit.name})


async def drop(session: Session, person: Person, unit: Unit, by: By) -> list[Directive]:
    """Somebody works no more for a further unit; gives what that unit has to take over.

    Raises:
        NoSuchThing: it is none of their further units.
    """
    check(by)
    _check_admin(by, person.role)
    if not await _end_membership(session, person, unit.id, by):
        raise NoSuchThing
    left = await hand_over(session, person, unit, LEFT_UNIT, by.now, by.person)
    await _note(session, LEFT_UNIT, by, person, {"unit": unit.name}, left)
    await _tell(session, [person], LEFT_UNIT, by, person, {"unit": unit.name})
    return left


async def _end_membership(session: Session, person: Person, unit_id: int, by: By) -> bool:
    ended = await session.scalars(
        update(Membership)
        .where(Membership.person_id == person.id, Membership.unit_id == unit_id, Membership.ended_at.is_(None))
        .values(ended_at=by.now)
        .returning(Membership.id)
    )
    return bool(list(ended))


async def change_role(session: Session, person: Person, role: Role, by: By) -> None:
    """Somebody becomes a head, an officer, a clerk, a leader or an administrator."""
    check(by)
    _check_admin(by, person.role, role)
    if person.id == by.person.id:
        raise NotYourself
    before, person.role = Role(person.role), role
    await _note(session, ROLE, by, person, {"before": str(before), "after": str(role)})
    await _tell(session, [person], ROLE, by, person, {"role": str(role)})


async def leave(session: Session, person: Person, by: By) -> list[Directive]:
    """Somebody has left the office: their accounts end at once; gives the duties their units have to take over."""
    check(by)
    _check_admin(by, person.role)
    if person.id == by.person.id:
        raise NotYourself
    units = [await session.get_one(Unit, unit) for unit in await posts.units_of(session, person)]
    person.active = False
    await accounts.revoke(session, person, by.now, by.person)
    await session.execute(
        update(Membership)
        .where(Membership.person_id == person.id, Membership.ended_at.is_(None))
        .values(ended_at=by.now)
    )
    await session.flush()
    left = []
    for unit in units:
        left += await hand_over(session, person, unit, LEFT, by.now, by.person)
    await _note(session, LEFT, by, person, {}, left)
    return left


# --- their accounts ---


async def invite(session: Session, person: Person, by: By) -> str:
    """A one-time code for a person: a first account, or a further one.

    Raises:
        NotAllowed: neither the office nor themselves.
    """
    _check_account(by, person)
    return await accounts.invite(session, person, by.now, by.person)


async def revoke(session: Session, person: Person, by: By, only: Account | None = None) -> int:
    """End a person's accounts, or one of them: a lost phone. What waits to be said goes to the one that remains.

    Args:
        session: a write transaction.
        person: whose.
        by: the office, or the person from another account.
        only: this one; without it, all.

    Returns:
        how many accounts that were.

    Raises:
        NotAllowed: neither the office nor themselves.
    """
    _check_account(by, person)
    ended = [a for a in await linked(session, person) if only is None or a.id == only.id]
    count = await accounts.revoke(session, person, by.now, by.person, ended)
    await session.flush()
    await readdressing.to_remaining(session, ended, next(iter(await linked(session, person)), None))
    return count


def _check_account(by: By, person: Person) -> None:
    if by.person.id == person.id:
        return
    check(by)
    _check_admin(by, person.role)


# --- said and recorded ---


async def _note(
    session: Session, event: str, by: By, person: Person, facts: dict[str, Any], left: Sequence[Directive] = ()
) -> None:
    details = {"person": person.key, "name": person.name, **facts}
    details |= {"directives": [d.id for d in left]} if left else {}
    await audit.record(session, event, now=by.now, actor=by.person, details=details, inbox_id=by.inbox_id)


async def _tell(
    session: Session,
    to: Sequence[Person],
    why: str,
    by: By,
    person: Person,
    facts: dict[str, Any],
    left: Sequence[Directive] = (),
) -> None:
    ids = [p.id for p in to if p.id != by.person.id]
    payload = {"why": why, "person": person.id, **facts}
    await tell(session, ids, STAFF, now=by.now, directives=[d.id for d in left], payload=payload)
