"""Questions about who heard what of a directive, and how they reacted."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Integer, Row, Select, String, Text, bindparam, cast, literal_column, or_, select

from db import Session
from db.models import Account, Delivery, Directive, Membership, Mention, Outbox, Person, Receipt, Transition, Unit
from db.queries.outbox import insert_into, insert_once
from db.types import UtcDateTime
from domain.rights import Role

ARRIVED = ("sending", "sent", "uncertain")  # states of a message that its person may have before them
_KEY = ("outbox_id", "person_id", "how")


@dataclass(frozen=True)
class Message:
    """A message to a person about a directive, as the outbox has it. Moments are aware."""

    id: int
    kind: str
    person_id: int
    state: str
    error: str | None
    repeats: int
    created_at: datetime
    sent_at: datetime | None
    payload: Mapping[str, Any]


@dataclass(frozen=True)
class Place:
    """Where a message of ours stands on a platform."""

    channel: str
    chat: str
    message_id: str


@dataclass(frozen=True)
class Address:
    """An account of a person, as far as it tells why a message did not arrive."""

    linked_at: datetime
    is_revoked: bool
    is_unreachable: bool


async def keep_under(
    session: Session, place: Place, person: int, how: str, now: datetime, inbox_id: int | None
) -> None:
    """Keep the first time a person reacted in this way to what stands there, if it is about directives: one statement.

    Args:
        session: a write transaction.
        place: the message on its platform.
        person: who.
        how: a word of ``domain.hearing.How``.
        now: aware.
        inbox_id: what they sent.
    """
    facts = (
        bindparam(n, type_=t) for n, t in (("who", Integer), ("how", String), ("at", UtcDateTime), ("of", Integer))
    )
    there = select(Delivery.outbox_id, *facts).where(
        Delivery.channel == place.channel,
        Delivery.chat == place.chat,
        Delivery.message_id == place.message_id,
        cast(Delivery.directives, Text) != "[]",
    )
    columns = ["outbox_id", "person_id", "how", "at", "inbox_id"]
    statement = insert_into(session, Receipt).from_select(columns, there).on_conflict_do_nothing(index_elements=_KEY)
    await session.execute(statement, {"who": person, "how": how, "at": now, "of": inbox_id})


async def keep(
    session: Session, rows: Iterable[int], person: int, how: str, now: datetime, inbox_id: int | None
) -> None:
    """Keep the first time a person reacted to messages in this way."""
    fresh = [{"outbox_id": r, "person_id": person, "how": how, "at": now, "inbox_id": inbox_id} for r in rows]
    await insert_once(session, Receipt, fresh, _KEY)


async def told_of(session: Session, person: int, directives: Collection[int]) -> list[int]:
    """The messages to a person that speak of any of these directives."""
    is_theirs = Outbox.person_id + 0 == person  # the sum hides an index: a clerk has more messages than a directive
    query = (
        select(Outbox.id)
        .join(Mention, Mention.outbox_id == Outbox.id)
        .where(Mention.directive_id.in_(directives), is_theirs, Outbox.state.in_(ARRIVED))
        .distinct()
    )
    return list(await session.scalars(query.order_by(Outbox.id)))


_MESSAGE = (
    Outbox.id, Outbox.kind, Outbox.person_id, Outbox.state, Outbox.error, Outbox.repeats, Outbox.created_at,
    Outbox.sent_at, Outbox.payload,
)  # fmt: skip


async def about(session: Session, directive: Directive) -> list[Message]:
    """All messages to people about a directive that were said, are to be said or could not be; the newest first.

    Those that have left the queue are in ``mentions``. The others are looked for in the queue, among what waits for
    the people whom the directive concerns: those told before, of its units, the office and the leaders.
    """
    left = select(*_MESSAGE).join(Mention, Mention.outbox_id == Outbox.id).where(Mention.directive_id == directive.id)
    found = {m.id: m for m in await _messages(session, left) if m.state != "moot"}
    concerned = {m.person_id for m in found.values()} | await _concerned(session, directive)
    found |= {m.id: m for m in await _waiting(session, directive.id, concerned)}
    return [found[number] for number in sorted(found, reverse=True)]


async def _concerned(session: Session, directive: Directive) -> set[int]:
    units = {directive.lead_unit_id, *(c.unit_id for c in directive.coordinations)} - {None}
    above = Person.role.in_((Role.CLERK, Role.LEADER))
    further = select(Membership.person_id).where(Membership.unit_id.in_(units))
    query = select(Person.id).where(or_(Person.unit_id.in_(units), above, Person.id.in_(further)))
    return set(await session.scalars(query))


async def _waiting(session: Session, directive: int, people: Collection[int]) -> list[Message]:
    is_queued = Outbox.state == literal_column("'queued'")  # written out: an index of some rows is found by its words
    query = select(*_MESSAGE, Outbox.directives).where(is_queued, Outbox.person_id.in_(people))
    return [_message(row) for row in await session.execute(query) if directive in row[-1]]


async def _messages(session: Session, query: Select[*tuple[Any, ...]]) -> list[Message]:
    return [_message(row) for row in await session.execute(query)]


def _message(row: Row[*tuple[Any, ...]]) -> Message:
    return Message(*row[: len(_MESSAGE)])


async def reactions(session: Session, directive: int) -> list[tuple[int, int, str, datetime]]:
    """Message, person, how and when, of all messages about a directive, in order."""
    query = (
        select(Receipt.outbox_id, Receipt.person_id, Receipt.how, Receipt.at)
        .join(Mention, Mention.outbox_id == Receipt.outbox_id)
        .where(Mention.directive_id == directive)
        .order_by(Receipt.at, Receipt.id)
    )
    return [(row[0], row[1], row[2], row[3]) for row in await session.execute(query)]


async def names(session: Session, people: Collection[int]) -> dict[int, tuple[str, str, bool]]:
    """Name, unit, and whether they still take part, by person."""
    query = select(Person.id, Person.name, Unit.name, Person.active).join(Unit, Unit.id == Person.unit_id)
    return {row[0]: (row[1], row[2], row[3]) for row in await session.execute(query.where(Person.id.in_(people)))}


async def addresses(session: Session, people: Collection[int]) -> dict[int, list[Address]]:
    """The accounts of each of these."""
    query = select(Account.person_id, Account.linked_at, Account.revoked_at, Account.unreachable_since)
    found: dict[int, list[Address]] = {person: [] for person in people}
    for person, linked_at, revoked_at, since in await session.execute(query.where(Account.person_id.in_(people))):
        found[person].append(Address(linked_at, revoked_at is not None, since is not None))
    return found


async def acts(session: Session, directive: int) -> list[tuple[int, str, int | None, datetime]]:
    """The moves of a directive: number, event, who, and when; the oldest first."""
    query = (
        select(Transition.id, Transition.event, Transition.actor_id, Transition.at)
        .where(Transition.directive_id == directive)
        .order_by(Transition.id)
    )
    return [(row[0], row[1], row[2], row[3]) for row in await session.execute(query)]
