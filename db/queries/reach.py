"""Questions about who can be written to."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, ColumnExpressionArgument, Exists, case, exists, func, or_, select
from sqlalchemy.orm import aliased

from db import Session
from db.models import Account, Directive, Membership, Outbox, Person, Unit
from domain.lifecycle import OPEN
from domain.rights import Role

ANSWERS = (Role.HEAD, Role.OFFICER, Role.CLERK)  # for a unit's directives


@dataclass(frozen=True)
class Lost:
    """A person without an account that can be written to. Moments are aware."""

    id: int
    key: str
    name: str
    position: str
    unit_id: int
    unit: str
    accounts: int  # ever linked
    blocked_at: datetime | None  # of one that is linked still
    revoked_at: datetime | None


def is_reachable() -> ColumnElement[bool]:
    """Whether a person has an account that can be written to."""
    own = aliased(Account)
    return exists().where(own.person_id == Person.id, own.revoked_at.is_(None), own.unreachable_since.is_(None))


async def lost(session: Session) -> list[Lost]:
    """Everyone who takes part and cannot be written to, by the order of units."""
    blocked = func.max(case((Account.revoked_at.is_(None), Account.unreachable_since)))
    query = (
        select(
            Person.id, Person.key, Person.name, Person.position, Person.unit_id, Unit.name,
            func.count(Account.id), blocked, func.max(Account.revoked_at),
        )
        .join(Unit, Unit.id == Person.unit_id)
        .outerjoin(Account, Account.person_id == Person.id)
        .where(Person.active, ~is_reachable())
        .group_by(Person.id, Unit.id)
        .order_by(Unit.place, Unit.id, Person.id)
    )  # fmt: skip
    return [Lost(*row) for row in await session.execute(query)]


async def silent_units(session: Session) -> list[tuple[int, str, bool]]:
    """Units that take part and have nobody who answers for them and can be written to, and whether they have people."""
    query = select(Unit.id, Unit.name, or_(*_who_answer())).where(*is_silent()).order_by(Unit.place, Unit.id)
    return [(row[0], row[1], bool(row[2])) for row in await session.execute(query)]


def is_silent() -> tuple[ColumnExpressionArgument[bool], ...]:
    """Whether a unit takes part and has nobody who answers for it and can be written to."""
    return Unit.active, *(~some.where(is_reachable()) for some in _who_answer())


def _who_answer() -> tuple[Exists, Exists]:
    """Whether a unit has people who answer for it: its own, and those of others who belong to it too."""
    own = exists().where(Person.unit_id == Unit.id, Person.active, Person.role.in_(ANSWERS))
    of_others = exists().where(
        Membership.unit_id == Unit.id, Membership.ended_at.is_(None), Person.id == Membership.person_id, Person.active
    )
    return own, of_others


async def open_of_units(session: Session, units: Collection[int]) -> dict[int, int]:
    """How many open directives each of these units leads; those without any are left out."""
    query = (
        select(Directive.lead_unit_id, func.count())
        .where(Directive.lead_unit_id.in_(units), Directive.state.in_(sorted(OPEN)))
        .group_by(Directive.lead_unit_id)
    )
    return {unit: count for unit, count in await session.execute(query) if unit is not None}


async def reachable(session: Session, roles: Collection[Role]) -> list[int]:
    """The people of these roles who can be written to."""
    query = select(Person.id).where(Person.active, Person.role.in_(roles), is_reachable()).order_by(Person.id)
    return list(await session.scalars(query))


async def reachable_of(session: Session, people: Collection[int]) -> set[int]:
    """Those of these people who can be written to."""
    return set(await session.scalars(select(Person.id).where(Person.id.in_(people), Person.active, is_reachable())))


async def locked_clerks(session: Session, but: int) -> list[int]:
    """The clerks but one, locked, so that who tells them something at the same moment waits."""
    query = select(Person.id).where(Person.active, Person.role == Role.CLERK, Person.id != but).order_by(Person.id)
    return list(await session.scalars(query.with_for_update(of=Person)))


async def with_key_prefix(session: Session, prefix: str) -> Sequence[Outbox]:
    """Outbox rows whose keys begin so, in the order they were queued."""
    query = select(Outbox).where(Outbox.key >= prefix, Outbox.key < f"{prefix}\x7f").order_by(Outbox.id)
    return (await session.scalars(query.with_for_update(of=Outbox))).all()


async def any_with_key_prefix(session: Session, prefix: str) -> bool:
    """Whether there is any such row."""
    found: Any = select(Outbox.id).where(Outbox.key >= prefix, Outbox.key < f"{prefix}\x7f").limit(1)
    return await session.scalar(found) is not None
