"""Signs of life, and what they are measured by: what waits, since when, and how much of it there is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import and_, delete, exists, func, or_, select, update

from db import Session
from db.engine import TRACES
from db.models import Account, Delivery, Directive, Heartbeat, Inbox, Outbox, Person, Transition
from db.queries.outbox import ONE_A_DAY, upsert
from domain.lifecycle import OPEN
from domain.rights import Role

_APART = {"synchronize_session": False}

MANY = 10_001  # whoever is told of more than that does not need to know how many more


@dataclass(frozen=True)
class Beat:
    """The last sign of life of a part. ``at`` is aware."""

    at: datetime
    details: dict[str, Any]


async def note(session: Session, name: str, at: datetime, details: Mapping[str, Any] | None = None) -> None:
    """Write down a sign of life in place of the one before."""
    await upsert(session, Heartbeat, {"name": name, "at": at, "details": dict(details or {})}, ("name",))


async def mark_traces(session: Session, now: datetime) -> None:
    """What this transaction takes out must leave no trace: whoever serves after a ``kill`` sees to it.

    Args:
        session: a write transaction, after which ``Database.scrub`` is called.
        now: aware.
    """
    await note(session, TRACES, now)


async def beats(session: Session) -> dict[str, Beat]:
    """All of them, by name."""
    rows = await session.execute(select(Heartbeat.name, Heartbeat.at, Heartbeat.details))
    return {name: Beat(at, details) for name, at, details in rows}


async def beat(session: Session, name: str) -> Beat | None:
    """One of them."""
    row = (await session.execute(select(Heartbeat.at, Heartbeat.details).where(Heartbeat.name == name))).first()
    return Beat(row[0], row[1]) if row else None


async def forget(session: Session, name: str) -> None:
    """Remove signs of life; ``%`` stands for anything."""
    await session.execute(delete(Heartbeat).where(Heartbeat.name.like(name)), execution_options=_APART)


# --- the record ---

_OF_THE_COMMAND_LINE = and_(Transition.actor_id.is_(None), Transition.directive_id.is_(None))


async def newest_act(session: Session) -> tuple[int, datetime] | None:
    """The newest audit row that the running program wrote: its id and its moment.

    The command line's own acts (an import, an invite) tell nothing of the program's clock, which may have started at
    another moment.
    """
    query = select(Transition.id, Transition.at).where(~_OF_THE_COMMAND_LINE).order_by(Transition.id.desc()).limit(1)
    row = (await session.execute(query)).first()
    return (row[0], row[1]) if row else None


# --- what waits ---


async def oldest_due(session: Session, now: datetime) -> datetime | None:
    """Since when the longest waiting directive is due for a mention; None when none is."""
    return await session.scalar(select(func.min(Directive.next_reminder_at)).where(Directive.next_reminder_at <= now))


async def next_due(session: Session, after: datetime, until: datetime) -> datetime | None:
    """When the first mention after a moment falls due, and before another; None when none does."""
    at = Directive.next_reminder_at
    return await session.scalar(select(func.min(at)).where(at > after, at < until))


async def count_due(session: Session, before: datetime) -> int:
    """How many directives have been due for a mention since before a moment; counted up to ``MANY``."""
    due = select(Directive.id).where(Directive.next_reminder_at <= before).limit(MANY)
    return await session.scalar(select(func.count()).select_from(due.subquery())) or 0


@dataclass(frozen=True)
class Sendable:
    """What may be sent at a moment.

    Attributes:
        now: aware. What is held until later, or waits for its next try, is left out.
        today: the local day; messages of one a day count on their own day alone.
        worst: the highest priority number that may be sent now.
        but: a kind that is left out.
    """

    now: datetime
    today: date
    worst: int
    but: str


async def oldest_queued(session: Session, what: Sendable) -> datetime | None:
    """Since when the longest waiting message may be sent; None when none waits."""
    found = []
    for priority in range(what.worst + 1):
        query = select(Outbox.created_at, Outbox.not_before).where(*_may_go(what, priority))
        if row := (await session.execute(query.order_by(Outbox.id).limit(1))).first():
            found.append(max(row[0], row[1] or row[0]))
    return min(found, default=None)


async def count_queued(session: Session, what: Sendable) -> int:
    """How many messages may be sent now and wait; counted up to ``MANY`` of each priority."""
    total = 0
    for priority in range(what.worst + 1):
        waiting = select(Outbox.id).where(*_may_go(what, priority)).limit(MANY)
        total += await session.scalar(select(func.count()).select_from(waiting.subquery())) or 0
    return total


def _may_go(what: Sendable, priority: int) -> tuple[Any, ...]:
    return (
        Outbox.state == "queued",
        Outbox.priority == priority,  # an equality, so that the index gives them in order
        Outbox.kind != what.but,
        or_(Outbox.not_before.is_(None), Outbox.not_before <= what.now),
        or_(Outbox.kind.not_in(ONE_A_DAY), Outbox.key.is_(None), Outbox.key.like(f"%:{what.today.isoformat()}")),
    )


async def oldest_unworked(session: Session, now: datetime) -> datetime | None:
    """When the longest waiting message from somebody came in; what waits for its next try is left out."""
    query = select(Inbox.received_at).where(
        Inbox.state == "new", or_(Inbox.retry_at.is_(None), Inbox.retry_at <= now)
    )  # fmt: skip
    return await session.scalar(query.order_by(Inbox.id).limit(1))


async def unretry(session: Session, after: datetime) -> int:
    """Tries put off beyond any pause of ours were put off by a clock that was ahead: they are due now."""
    sends = update(Outbox).where(Outbox.state == "queued", Outbox.attempts > 0, Outbox.not_before > after)
    works = update(Inbox).where(Inbox.state == "new", Inbox.retry_at > after)
    counts = [
        (await session.execute(sends.values(not_before=None), execution_options=_APART)).rowcount,  # type: ignore[attr-defined]
        (await session.execute(works.values(retry_at=None), execution_options=_APART)).rowcount,  # type: ignore[attr-defined]
    ]
    return sum(counts)


# --- how much there is ---


async def dead_letters(session: Session, since: datetime) -> tuple[int, int]:
    """Messages that were given up: all that came in, and those to be sent since a moment."""
    came_in = await session.scalar(select(func.count()).select_from(Inbox).where(Inbox.state == "dead"))
    tried = func.coalesce(Outbox.claimed_at, Outbox.created_at)
    going_out = await session.scalar(
        select(func.count()).select_from(Outbox).where(Outbox.state == "failed", tried >= since)
    )
    return came_in or 0, going_out or 0


async def uncertain(session: Session) -> int:
    """Messages of which nobody knows whether they arrived."""
    return await session.scalar(select(func.count()).select_from(Outbox).where(Outbox.state == "uncertain")) or 0


async def newest_delivery(session: Session) -> int:
    """A number that grows by one with each message a platform takes."""
    return await session.scalar(select(func.max(Delivery.id))) or 0


async def states(session: Session, table: type[Inbox] | type[Outbox]) -> dict[str, int]:
    """How many rows there are in each state."""
    rows = await session.execute(select(table.state, func.count()).group_by(table.state))
    return {row[0]: row[1] for row in rows}


async def repeats(session: Session) -> int:
    """How often a message was queued once more because nobody knew whether it had arrived."""
    return await session.scalar(select(func.sum(Outbox.repeats)).where(Outbox.repeats > 0)) or 0


async def open_and_overdue(session: Session, today: date) -> tuple[int, int]:
    """Directives that are open, and those of them that are overdue on a day."""
    is_open = Directive.state.in_(OPEN)
    query = select(func.count(), func.count().filter(Directive.last_day < today)).where(is_open)
    row = (await session.execute(query)).one()
    return row[0], row[1]


# --- who is told ---


async def keepers(session: Session) -> list[int]:
    """The admins and clerks who can be written to."""
    reachable = exists().where(
        Account.person_id == Person.id, Account.revoked_at.is_(None), Account.unreachable_since.is_(None)
    )
    query = select(Person.id).where(Person.active, Person.role.in_((Role.ADMIN, Role.CLERK)), reachable)
    return list(await session.scalars(query.order_by(Person.id)))


async def was_told(session: Session, key: str) -> bool:
    """Whether a message with this key has gone out, or may have."""
    state = await session.scalar(select(Outbox.state).where(Outbox.key == key))
    return state in {"sent", "sending", "uncertain"}


def key_for(key: str, person_id: int) -> str:
    """The key as ``services.outbox.tell`` makes it for one person."""
    return f"{key}:{person_id}"
