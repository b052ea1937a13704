"""Questions of the digests: who wants one, and when the last one came."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import cache
from typing import NamedTuple

from sqlalchemy import (
    Boolean,
    ColumnElement,
    Date,
    Select,
    String,
    Time,
    and_,
    bindparam,
    case,
    cast,
    exists,
    func,
    or_,
    select,
    true,
    update,
)
from sqlalchemy.orm import aliased

from db import Session
from db.models import Account, Explanation, Outbox, Person
from db.queries.reach import is_reachable, is_silent
from db.types import UtcDateTime
from domain.rights import Role


@dataclass(frozen=True)
class Reader:
    """A leader who can be written to; local times of their own, where they have any."""

    id: int
    morning: time | None
    evening: time | None
    linked_at: datetime  # aware: since when there is an account


@dataclass(frozen=True)
class Hour:
    """A moment at which digests may be sent, as the question below needs it.

    Attributes:
        today: the local day.
        at: the local time.
        morning: when leaders without a time of their own get theirs.
        is_working: whether the office's morning has come.
        week: since when this week's list of who cannot be reached may be sent, aware; None while it may not.
        week_key: how the keys of that list begin.
        is_first_day: whether that is today.
    """

    today: date
    at: time
    morning: time
    is_working: bool
    week: datetime | None
    week_key: str
    is_first_day: bool


class Due(NamedTuple):
    """What of that which is said at an hour may be due. Yes can turn out to be nothing; no is certain."""

    digest: bool
    explanation: bool  # not given in time
    silence: bool  # the list of who cannot be reached


async def what_is_due(session: Session, hour: Hour, kind: str, evening: str) -> Due:
    """What may be said at an hour, in one question: nearly always nothing.

    Args:
        session: any transaction.
        hour: the moment.
        kind: of a leader's digest: how its keys begin.
        evening: what stands after it in those of the evening.
    """
    facts = {
        "today": hour.today, "at": hour.at, "morning": hour.morning, "is_working": hour.is_working,
        "kind": f"{kind}:", "evening": f"{kind}:{evening}:", "of_today": f":{hour.today.isoformat()}",
        "is_open": hour.week is not None, "week": hour.week, "is_first_day": hour.is_first_day,
        "week_key": hour.week_key, "week_end": f"{hour.week_key}\x7f",
    }  # fmt: skip
    return Due(*map(bool, (await session.execute(_what_is_due(), facts)).one()))


@cache  # putting the statement together takes longer than running it
def _what_is_due() -> Select[bool, bool, bool]:
    return select(_is_digest_due(), _is_explanation_late(), _is_list_due())


def _is_digest_due() -> ColumnElement[bool]:
    """A leader who can be written to has reached an hour, and has no message of it."""
    at = bindparam("at", type_=Time)
    is_evening = Person.evening_time <= at
    is_morning = func.coalesce(Person.digest_time, bindparam("morning", type_=Time)) <= at
    begins = case((is_evening, bindparam("evening", type_=String)), else_=bindparam("kind", type_=String))
    key = begins + cast(Person.id, String) + bindparam("of_today", type_=String)
    is_reader = and_(Person.role == Role.LEADER, Person.active, is_reachable())
    return exists().where(is_reader, or_(is_evening, is_morning), ~exists().where(Outbox.key == key))


def _is_explanation_late() -> ColumnElement[bool]:
    """A unit has not explained in time, and has not been reminded."""
    is_late = and_(Explanation.closed_at.is_(None), Explanation.due_day < bindparam("today", type_=Date))
    is_working = bindparam("is_working", type_=Boolean) == true()
    return and_(is_working, exists().where(is_late, Explanation.reminded_at.is_(None)))


def _is_list_due() -> ColumnElement[bool]:
    """The week has no list yet, and somebody had fallen silent when it began, or on its first day a unit is silent."""
    since = bindparam("week", type_=UtcDateTime)
    own = aliased(Account)
    earlier = or_(own.unreachable_since < since, own.revoked_at < since)
    is_lost = and_(Person.active, ~is_reachable())
    is_listed = or_(~exists().where(own.person_id == Person.id), exists().where(own.person_id == Person.id, earlier))
    is_sent = exists().where(
        Outbox.key >= bindparam("week_key", type_=String), Outbox.key < bindparam("week_end", type_=String)
    )
    is_first_day = bindparam("is_first_day", type_=Boolean) == true()
    somebody = or_(and_(is_first_day, exists().where(*is_silent())), exists().where(is_lost, is_listed))
    return and_(bindparam("is_open", type_=Boolean) == true(), ~is_sent, somebody)


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
