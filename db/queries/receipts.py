"""Questions about who heard what of a directive, and how they reacted."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, Select, Text, cast, select

from db import Session
from db.models import Account, Delivery, Mention, Outbox, Person, Receipt, Transition, Unit
from db.queries.outbox import insert_once

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
class Address:
    """An account of a person, as far as it tells why a message did not arrive."""

    linked_at: datetime
    is_revoked: bool
    is_unreachable: bool


async def message_at(session: Session, channel: str, chat: str, message_id: str) -> int | None:
    """The outbox row behind a message on a platform; None where that is no message of ours about directives."""
    query = select(Delivery.outbox_id, Delivery.directives).where(
        Delivery.channel == channel, Delivery.chat == chat, Delivery.message_id == message_id
    )
    found = (await session.execute(query)).first()
    return found[0] if found and found[1] else None


async def keep(
    session: Session, rows: Iterable[int], person: int, how: str, now: datetime, inbox_id: int | None
) -> None:
    """Keep the first time a person reacted to messages in this way."""
    fresh = [{"outbox_id": r, "person_id": person, "how": how, "at": now, "inbox_id": inbox_id} for r in rows]
    await insert_once(session, Receipt, fresh, _KEY)


async def told_of(session: Session, person: int, directives: Collection[int]) -> list[int]:
    """The messages to a person that speak of any of these directives."""
    query = (
        select(Outbox.id)
        .join(Mention, Mention.outbox_id == Outbox.id)
        .where(Mention.directive_id.in_(directives), Outbox.person_id == person, Outbox.state.in_(ARRIVED))
        .distinct()
    )
    return list(await session.scalars(query.order_by(Outbox.id)))


_MESSAGE = (
    Outbox.id, Outbox.kind, Outbox.person_id, Outbox.state, Outbox.error, Outbox.repeats, Outbox.created_at,
    Outbox.sent_at, Outbox.payload,
)  # fmt: skip


async def about(session: Session, directive: int) -> list[Message]:
    """All messages to people about a directive that were said, are to be said or could not be; the newest first.

    Those that have left the queue are in ``mentions``. The others are looked for in the queue, which is as long as
    what waits to be said now, not as what was ever said.
    """
    left = select(*_MESSAGE).join(Mention, Mention.outbox_id == Outbox.id).where(Mention.directive_id == directive)
    found = {m.id: m for m in await _messages(session, left) if m.state != "moot"}
    found |= {m.id: m for m in await _waiting(session, directive)}
    return [found[number] for number in sorted(found, reverse=True)]


async def _waiting(session: Session, directive: int) -> list[Message]:
    in_words = cast(Outbox.directives, Text).like(f"%{directive}%")  # few of the queue are taken out and read
    queued = select(*_MESSAGE, Outbox.directives).where(
        Outbox.state == "queued", Outbox.person_id.is_not(None), in_words
    )
    return [_message(row) for row in await session.execute(queued) if directive in row[-1]]


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
