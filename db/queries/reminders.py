"""Questions of the sweeps: which directives are due, who can hear of them, what waits to be said."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import cache
from operator import attrgetter
from typing import Any, NamedTuple

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Integer,
    Select,
    String,
    and_,
    bindparam,
    case,
    cast,
    exists,
    or_,
    select,
    update,
)
from sqlalchemy.orm import aliased

from db import Session
from db.models import Account, Directive, Heartbeat, Membership, Obstacle, Outbox, Person, Snooze
from db.types import UtcDateTime
from domain.lifecycle import WITH_UNIT
from domain.rights import Role

_APART = {"synchronize_session": False}
_IDS_AT_ONCE = 5000  # SQLite takes some 32,000 in one statement


class Due(NamedTuple):
    """A directive whose moment has come. ``at`` is that moment, aware."""

    id: int
    at: datetime
    state: str
    assigned_at: datetime | None
    last_day: date | None
    unit_id: int | None
    contact_id: int | None
    deadline_time: time | None
    urgency: str | None
    waits_since: datetime | None = None


class Hearer(NamedTuple):
    """Somebody of a lead unit who can be written to."""

    id: int
    unit_id: int
    role: Role


class Next(NamedTuple):
    """When a directive is mentioned again, and by how much its count of mentions grows."""

    id: int
    at: datetime | None
    mentions: int


@dataclass(frozen=True)
class Queued:
    """A message of one a day that is there already."""

    id: int
    key: str
    person_id: int
    state: str
    directives: tuple[int, ...]
    payload: dict[str, Any]

    @property
    def meant_for(self) -> datetime | None:
        """When it should have been said, aware."""
        return self._moment("meant_for")

    @property
    def since(self) -> datetime | None:
        """When the oldest of what it speaks of came due, aware."""
        return self._moment("since") or self.meant_for

    def _moment(self, name: str) -> datetime | None:
        said = self.payload.get(name)
        return datetime.fromisoformat(said) if said else None


class Waiting(NamedTuple):
    """What a sweep would find, kind by kind."""

    due: bool  # directives to be mentioned
    recurring: bool  # the next ones to be opened
    snoozed: bool
    left_over: bool  # messages of the day that never went out
    raised: bool  # difficulties and proposals that nobody has answered
    unadopted: bool  # what was issued before there were series has not been looked at


async def what_is_due(session: Session, now: datetime, today: date, adopted: str) -> Waiting:
    """What a sweep has to take: asked first and in one question, as nearly always there is nothing.

    Args:
        session: any transaction.
        now: aware.
        today: the local day.
        adopted: the sign that there is once all earlier directives have been looked at for series.
    """
    facts = {"now": now, "of_today": f"%:{today.isoformat()}", "adopted": adopted}
    return Waiting(*map(bool, (await session.execute(_what_is_due(), facts)).one()))


@cache  # putting the statement together takes longer than running it
def _what_is_due() -> Select[bool, bool, bool, bool, bool, bool]:
    now = bindparam("now", type_=UtcDateTime)
    due = exists().where(Directive.next_reminder_at <= now)
    again = exists().where(Directive.next_occurrence_at <= now)
    snoozed = exists().where(Snooze.said_at.is_(None), Snooze.until <= now)
    waiting = exists().where(*_is_left_over("reminder", bindparam("of_today", type_=String)))
    raised = exists().where(Obstacle.mention_at <= now)
    unadopted = ~exists().where(Heartbeat.name == bindparam("adopted", type_=String))
    return select(due, again, snoozed, waiting, raised, unadopted)


async def take_due(session: Session, now: datetime, limit: int, *, urgent_only: bool = False) -> list[Due]:
    """Take directives whose moment has come, for this transaction, in which ``set_next`` gives them another.

    Units are taken whole, so that everything for one person is met at once. Who takes the same at the same
    moment gets nothing: on SQLite there is one writer, on PostgreSQL the rows are locked.

    Args:
        session: a write transaction.
        now: aware.
        limit: how many at least, if there are that many.
        urgent_only: leave what can wait.
    """
    is_due = Directive.next_reminder_at <= now
    if urgent_only:
        is_due = and_(is_due, Directive.urgency.is_not(None))
    first = select(Directive.lead_unit_id).where(is_due).order_by(Directive.next_reminder_at, Directive.id).limit(limit)
    units = set(await session.scalars(first))
    if not units:
        return []
    found = select(*_DUE).where(_of_units(units), is_due).with_for_update(of=Directive, skip_locked=True)
    rows = await (await session.connection()).execute(found)  # past the ORM, which takes as long again
    return [Due._make(row) for row in rows]


_DUE = (
    Directive.id, Directive.next_reminder_at, Directive.state, Directive.assigned_at, Directive.last_day,
    Directive.lead_unit_id, Directive.contact_id, Directive.deadline_time, Directive.urgency, Directive.waits_since,
)  # fmt: skip


def _of_units(units: set[int | None]) -> ColumnElement[bool]:
    known = Directive.lead_unit_id.in_(units - {None})
    return or_(known, Directive.lead_unit_id.is_(None)) if None in units else known


async def set_next(session: Session, changes: Iterable[Next]) -> None:
    """Give directives their next moment and count their mentions."""
    alike: dict[tuple[datetime | None, int], list[int]] = defaultdict(list)  # a morning has few different ones
    for change in changes:
        alike[change.at, change.mentions].append(change.id)
    for (at, mentions), ids in alike.items():
        values = {"next_reminder_at": at, "reminders": Directive.reminders + mentions}
        for first in range(0, len(ids), _IDS_AT_ONCE):
            these = update(Directive).where(Directive.id.in_(ids[first : first + _IDS_AT_ONCE]))
            await session.execute(these.values(values), execution_options=_APART)


async def hearers(session: Session, units: Collection[int]) -> list[Hearer]:
    """The people of these units who answer for directives and can be written to, in a steady order."""
    if not units:
        return []
    connection, asked = await session.connection(), {"units": list(units)}  # past the ORM, as there are many
    found = [
        Hearer(person, unit, _ROLES[role])
        for query in _hearers()
        for person, unit, role in await connection.execute(query, asked)
    ]
    return sorted(found, key=_person)


_ROLES = {str(role): role for role in Role}  # looked up in a fifth of the time that ``Role(...)`` takes
_person = attrgetter("id")


@cache  # putting the statements together takes longer than running them
def _hearers() -> tuple[Select[int, int, Role], ...]:
    """A unit's own people, and those of other units who belong to it too."""
    units: BindParameter[int] = bindparam("units", expanding=True)
    roles = (Role.HEAD, Role.OFFICER, Role.CLERK)
    own = (
        select(Person.id, Person.unit_id, Person.role)
        .where(Person.unit_id.in_(units), Person.active, Person.role.in_(roles), _is_reachable())
        .order_by(Person.id)
    )
    further = (
        select(Person.id, Membership.unit_id, Membership.role)
        .join(Membership, Membership.person_id == Person.id)
        .where(Membership.unit_id.in_(units), Membership.ended_at.is_(None), Person.active, _is_reachable())
        .order_by(Person.id)
    )
    return own, further


def _is_reachable() -> Any:
    return exists().where(
        Account.person_id == Person.id, Account.revoked_at.is_(None), Account.unreachable_since.is_(None)
    )


async def clerks(session: Session) -> list[int]:
    """The office."""
    query = select(Person.id).where(Person.role == Role.CLERK, Person.active).order_by(Person.id)
    return list(await session.scalars(query))


async def leaders(session: Session) -> list[tuple[int, time | None]]:
    """Leaders who can be written to, and when each wants the digest."""
    query = select(Person.id, Person.digest_time).where(Person.role == Role.LEADER, Person.active, _is_reachable())
    return [(row[0], row[1]) for row in await session.execute(query.order_by(Person.id))]


_QUEUED = (
    Outbox.id, Outbox.key, Outbox.person_id, Outbox.state, Outbox.directives, Outbox.payload
)  # fmt: skip


async def with_keys(session: Session, keys: Collection[str]) -> list[Queued]:
    """The messages that have these keys, in whatever state."""
    return await _queued(session, Outbox.key.in_(keys))


async def people_left_over(session: Session, kind: str, today: date) -> set[int]:
    """Who has a message of an earlier day that never went out, or nobody knows whether."""
    query = select(Outbox.person_id).where(*_is_left_over(kind, f"%:{today.isoformat()}"))
    return {person for person in await session.scalars(query) if person is not None}


async def left_over(
    session: Session, kind: str, today: date, people: Collection[int] | None = None, limit: int | None = None
) -> list[Queued]:
    """Messages of earlier days that never went out, or nobody knows whether.

    Args:
        session: any transaction.
        kind: of this kind.
        today: the local day; its own messages are left out.
        people: of these persons; without it, of all who have no message of today.
        limit: at most so many.
    """
    facts: dict[str, Any] = {"kind": kind, "begin": f"{kind}:", "of_today": f"%:{today.isoformat()}"}
    facts |= {"end": f":{today.isoformat()}"} if people is None else {"people": list(people)}
    facts |= {} if limit is None else {"most": limit}
    rows = await session.execute(_left_over(people is not None, limit is not None), facts)
    return [_as_queued(row) for row in rows]


@cache  # putting the statement together takes longer than running it
def _left_over(is_of_people: bool, is_limited: bool) -> Select[Any]:
    kind, of_today = bindparam("kind", type_=String), bindparam("of_today", type_=String)
    query = select(*_QUEUED).where(*_is_left_over(kind, of_today)).order_by(Outbox.id)
    if is_of_people:
        query = query.where(Outbox.person_id.in_(bindparam("people", expanding=True)))
    else:
        other = aliased(Outbox)
        begin, end = bindparam("begin", type_=String), bindparam("end", type_=String)
        query = query.where(~exists().where(other.key == begin + cast(Outbox.person_id, String) + end))
    return query.limit(bindparam("most", type_=Integer)) if is_limited else query


def _is_left_over(
    kind: str | BindParameter[str], of_today: str | BindParameter[str]
) -> tuple[ColumnElement[bool], ...]:
    return Outbox.state.in_(("queued", "uncertain")), Outbox.kind == kind, Outbox.key.not_like(of_today)


async def _queued(session: Session, *where: Any) -> list[Queued]:
    return [_as_queued(row) for row in await session.execute(select(*_QUEUED).where(*where).order_by(Outbox.id))]


def _as_queued(row: Any) -> Queued:
    return Queued(row[0], row[1], row[2], row[3], tuple(row[4]), row[5])


async def rewrite(session: Session, row_id: int, key: str, directives: Sequence[int], payload: dict[str, Any]) -> None:
    """Give a message that still waits other contents."""
    waiting = update(Outbox).where(Outbox.id == row_id, Outbox.state == "queued")
    changes = {"key": key, "directives": list(directives), "payload": payload}
    await session.execute(waiting.values(changes), execution_options=_APART)


async def let_go(session: Session, row_ids: Sequence[int]) -> None:
    """These messages have nothing left to say. Their keys are free again: a message that waits has but one."""
    if row_ids:
        waiting = update(Outbox).where(Outbox.id.in_(row_ids), Outbox.state.in_(("queued", "uncertain")))
        await session.execute(waiting.values(state="moot", key=None), execution_options=_APART)


async def due_again(session: Session, directives: Sequence[int], since: datetime) -> None:
    """Make directives due as they were at a moment: that mention reached nobody, and does not count."""
    again = update(Directive).where(Directive.id.in_(directives), Directive.state.in_(WITH_UNIT))
    counted = case((Directive.reminders > 0, Directive.reminders - 1), else_=0)
    changes = {"next_reminder_at": since, "reminders": counted}
    await session.execute(again.values(changes), execution_options=_APART)


async def unheard(session: Session, directives: Sequence[int]) -> list[int]:
    """Those of these directives of which nobody of the lead unit can be told."""
    query = select(Directive.id, Directive.lead_unit_id).where(
        Directive.id.in_(directives), Directive.state.in_(WITH_UNIT)
    )
    units = {row[0]: row[1] for row in await session.execute(query)}
    heard = {person.unit_id for person in await hearers(session, {u for u in units.values() if u is not None})}
    return [directive for directive in directives if directive in units and units[directive] not in heard]
