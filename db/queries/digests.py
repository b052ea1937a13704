"""Questions of the digests: who wants one, and when the last one came."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, time

from sqlalchemy import func, select, update

from db import Session
from db.models import Account, Outbox, Person
from db.queries.reach import is_reachable
from domain.rights import Role


@dataclass(frozen=True)
class Reader:
    """A leader who can be written to; local times of their own, where they have any."""

    id: int
    morning: time | None
    evening: time | None
    linked_at: datetime  # aware: since when there is an account


async def readers(session: Session) -> list[Reader]:
    """Leaders who can be written to, and when each wants a digest."""
    linked_at = func.min(Account.linked_at)
    query = (
        select(Person.id, Person.digest_time, Person.evening_time, linked_at)
        .join(Account, Account.person_id == Person.id)
        .where(Person.role == Role.LEADER, Person.active, is_reachable(), Account.revoked_at.is_(None))
        .group_by(Person.id)
        .order_by(Person.id)
    )
    return [Reader(*row) for row in await session.execute(query)]


async def known_keys(session: Session, keys: Collection[str]) -> set[str]:
    """Those of these keys that an outbox row has."""
    found = await session.scalars(select(Outbox.key).where(Outbox.key.in_(keys)))
    return {key for key in found if key is not None}


async def let_go(session: Session, kind: str, people: Collection[int]) -> None:
    """What still waits of a kind for these people has nothing left to say: a newer one takes its place."""
    if not people:
        return
    waiting = update(Outbox).where(
        Outbox.person_id.in_(people), Outbox.kind == kind, Outbox.state.in_(("queued", "uncertain"))
    )
    await session.execute(waiting.values(state="moot"), execution_options={"synchronize_session": False})


async def last_sent(session: Session, person_id: int, kinds: Collection[str], before: datetime) -> datetime | None:
    """When a person's last message of these kinds was sent, before a moment."""
    query = select(func.max(Outbox.sent_at)).where(
        Outbox.person_id == person_id, Outbox.kind.in_(kinds), Outbox.sent_at < before
    )
    return await session.scalar(query)
