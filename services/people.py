"""Who is who: the people of a unit, those who decide, and how a person stands to a directive."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Protocol

from sqlalchemy import select

from db import Session
from db.models import Directive, Person
from domain.calendar import OFFICE_ZONE
from domain.lifecycle import State
from domain.rights import Action, Role, Standing, may, require
from services.scope import supervising_leader, units_in_charge


class Acting(Protocol):
    """Who acts, and when (aware): a turn of a conversation, or ``services.life.By``."""

    @property
    def person(self) -> Person:
        """Who."""

    @property
    def now(self) -> datetime:
        """When."""


async def of_unit(session: Session, unit_id: int) -> list[Person]:
    """The people who answer for a unit, its head first."""
    found = await session.scalars(
        select(Person).where(
            Person.unit_id == unit_id, Person.active, Person.role.in_([Role.HEAD, Role.OFFICER, Role.CLERK])
        )
    )
    return sorted(found, key=lambda p: (p.role is not Role.HEAD, p.id))


async def clerks(session: Session) -> list[Person]:
    """The office."""
    found = await session.scalars(select(Person).where(Person.role == Role.CLERK, Person.active).order_by(Person.id))
    return list(found)


async def deciders(session: Session, directive: Directive) -> list[Person]:
    """The assigner's side: the office and the leader in charge of the lead unit."""
    people = [clerk for clerk in await clerks(session) if clerk.unit_id != directive.lead_unit_id]
    if directive.lead_unit_id and (leader := await supervising_leader(session, directive.lead_unit_id)):
        people.append(leader)
    return people


Who = Acting | Person
"""A person alone has their own rights; one who acts at a moment has those of whom they stand in for besides."""


async def standing(session: Session, who: Who, directive: Directive) -> Standing:
    """How a person stands to a directive, from the database as it is now."""
    return (await standings(session, who, [directive]))[0]


async def standings(session: Session, who: Who, directives: Sequence[Directive]) -> list[Standing]:
    """How a person stands to several, in their order; the tree of units is read once."""
    person, day = _told_apart(who)
    role = Role(person.role)
    charge = await units_in_charge(session, person, day) if role is Role.LEADER else frozenset()
    return [
        Standing(
            role=role,
            own_unit=directive.lead_unit_id is not None and directive.lead_unit_id == person.unit_id,
            helps=any(c.unit_id == person.unit_id for c in directive.coordinations),
            in_charge=charge is None or directive.lead_unit_id in charge,
        )
        for directive in directives
    ]


def _told_apart(who: Who) -> tuple[Person, date | None]:
    if isinstance(who, Person):
        return who, None
    return who.person, who.now.astimezone(OFFICE_ZONE).date()


async def check(session: Session, who: Who, directive: Directive, action: Action) -> None:
    """Let pass or refuse, in this transaction.

    Raises:
        NotAllowed: the person may not.
    """
    require(action, await standing(session, who, directive))


def ids(people: Iterable[Person], *, but: Person | None = None) -> list[int]:
    """Their ids, each once, without the one who knows already."""
    return [i for i in dict.fromkeys(p.id for p in people) if but is None or i != but.id]


def may_see(stands: Standing, directive: Directive) -> bool:
    """Whether a person sees a directive: drafts are the office's alone."""
    return may(Action.READ_NOTICES if directive.state == State.DRAFT else Action.SEE, stands)


def may_decide(stands: Standing) -> bool:
    """Whether a person is on the assigner's side of a directive."""
    return may(Action.DECIDE, stands)
