"""Who is who: the people of a unit, those who decide, and how a person stands to a directive."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Protocol

from sqlalchemy import select

from db import Session
from db.models import Directive, Person
from domain.calendar import OFFICE_ZONE
from domain.lifecycle import State
from domain.rights import Action, Role, Standing, may, require
from services import absences, posts, traces
from services.posts import of_unit as of_unit
from services.scope import field_of, supervising_leader


class Acting(Protocol):
    """Who acts, and when (aware): a turn of a conversation, or ``services.life.By``."""

    @property
    def person(self) -> Person:
        """Who."""

    @property
    def now(self) -> datetime:
        """When."""


async def clerks(session: Session) -> list[Person]:
    """The office."""
    found = await session.scalars(select(Person).where(Person.role == Role.CLERK, Person.active).order_by(Person.id))
    return list(found)


async def deciders(session: Session, directive: Directive) -> list[Person]:
    """The assigner's side: the office and the leader in charge of the lead unit, but nobody of that unit."""
    if directive.lead_unit_id is None:
        return await clerks(session)
    own = {person.id for person in await of_unit(session, directive.lead_unit_id)}
    leader = await supervising_leader(session, directive.lead_unit_id)
    return [p for p in (*await clerks(session), *([leader] if leader else [])) if p.id not in own]


Who = Acting | Person
"""A person alone has their own rights; one who acts at a moment has those of whom they stand in for besides."""


_KEEP_A_TRACE = frozenset({Role.HEAD, Role.OFFICER})  # the others see it anyhow, or have no unit's work


async def standing(session: Session, who: Who, directive: Directive) -> Standing:
    """How a person stands to a directive, from the database as it is now."""
    return (await standings(session, who, [directive]))[0]


async def standings(session: Session, who: Who, directives: Sequence[Directive]) -> list[Standing]:
    """How a person stands to several, in their order; the tree of units is read once."""
    person, day = _told_apart(who)
    if not person.active:  # whoever has left, whatever they were
        return [Standing(Role.OFFICER) for _ in directives]
    role = Role(person.role)
    charge = await field_of(session, person, day) if role is Role.LEADER else frozenset()
    own, *further = await posts.of_person(session, person)
    roles = {post.unit_id: post.role for post in further if post.unit_id != own.unit_id}
    led = await _led_instead(session, person, directives, {own.unit_id, *roles}, day)
    left = await traces.left(session, directives, {own.unit_id, *roles}) if role in _KEEP_A_TRACE else set()
    return [
        replace(
            _stands(directive, role, own.unit_id, roles, charge),
            for_head=directive.lead_unit_id in led,
            submitted=directive.state == State.SUBMITTED and directive.submitted_by == person.id,
            led_before=directive.id in left,
        )
        for directive in directives
    ]


async def _led_instead(
    session: Session, person: Person, directives: Sequence[Directive], units: set[int], day: date | None
) -> set[int]:
    """The units of a person whose head they stand in for on a day, of those where something waits for the head."""
    waiting = {d.lead_unit_id for d in directives if d.state == State.SUBMITTED and d.checked_at is None}
    wanted = sorted(unit for unit in waiting if unit is not None and unit in units)
    others = await absences.acts_for(session, person.id, day) if wanted and day else ()
    if not others:
        return set()
    return {unit for unit in wanted if any(head.id in others for head in await posts.heads_of(session, unit))}


def _stands(
    directive: Directive, role: Role, own: int, further: Mapping[int, Role], charge: frozenset[int] | None
) -> Standing:
    lead = directive.lead_unit_id
    helping = [c.unit_id for c in directive.coordinations if c.unit_id is not None]
    as_lead = further.get(lead) if lead is not None else None
    here = as_lead or (None if own in (lead, *helping) else next((further[u] for u in helping if u in further), None))
    return Standing(
        role=here if here and role in {Role.HEAD, Role.OFFICER} else role,
        own_unit=lead is not None and (lead == own or lead in further),
        helps=own in helping or any(unit in further for unit in helping),
        in_charge=charge is None or lead in charge,
        unit_role=here,
    )


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
    """Whether a person sees a directive: what was never given to a unit is the office's alone, dropped drafts too."""
    was_given = directive.state != State.DRAFT and not (directive.state == State.CANCELLED and not directive.issued_at)
    return may(Action.SEE if was_given else Action.READ_NOTICES, stands)


def may_decide(stands: Standing) -> bool:
    """Whether a person is on the assigner's side of a directive."""
    return may(Action.DECIDE, stands)
