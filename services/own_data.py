"""What is stored about a person, for that person alone: at a glance, and all of it as a file."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from sqlalchemy import func, or_, select

from db import Session
from db.models import (
    Absence,
    Account,
    Base,
    GroupChat,
    Inbox,
    Measurement,
    Membership,
    Outbox,
    Person,
    Receipt,
    Report,
    Snooze,
    Transition,
    Unit,
)
from domain.rights import Role
from services import audit, members
from services.life import By
from services.outbox import tell

TAKEN = "own_data_taken"  # the audit's word
OWN_DATA = "own_data"  # an outbox row: the file

_OF_PERSON: tuple[tuple[str, type[Any]], ...] = (
    ("accounts", Account),
    ("memberships", Membership),
    ("reports", Report),
    ("measurements", Measurement),
    ("absences", Absence),
    ("snoozes", Snooze),
    ("receipts", Receipt),
)


@dataclass(frozen=True)
class Stored:
    """What there is, in figures.

    Attributes:
        since: when the first account was linked, aware; None without one.
        accounts: those that work, the one heard from last first.
        further: the units beside the person's own.
        reports: how many reports they made.
        heard: how many messages of theirs are kept.
        said: how many messages to them are kept.
        acts: how many rows of the audit name them.
        figures: how many figures of measures they reported or found.
    """

    since: datetime | None
    accounts: tuple[Account, ...]
    further: tuple[tuple[Unit, Role], ...]
    reports: int
    heard: int
    said: int
    acts: int
    figures: int


async def overview(session: Session, person: Person) -> Stored:
    """What is stored about a person, in figures."""
    card = await members.card(session, person)
    since = await session.scalar(select(func.min(Account.linked_at)).where(Account.person_id == person.id))
    chats = await _chats(session, person)
    heard = 0
    for channel, chat in chats:
        counted = select(func.count()).select_from(Inbox).where(Inbox.channel == channel, Inbox.chat == chat)
        heard += await session.scalar(counted) or 0
    return Stored(
        since,
        card.accounts,
        card.further,
        await _count(session, Report, Report.person_id == person.id),
        heard,
        await _count(session, Outbox, Outbox.person_id == person.id),
        await _count(session, Transition, Transition.actor_id == person.id),
        await _count(session, Measurement, Measurement.person_id == person.id),
    )


async def _count(session: Session, table: type[Base], where: Any) -> int:
    return await session.scalar(select(func.count()).select_from(table).where(where)) or 0


async def _chats(session: Session, person: Person) -> Sequence[tuple[str, str]]:
    """The private chats a person has, or had."""
    rows = await session.execute(select(Account.channel, Account.chat).where(Account.person_id == person.id).distinct())
    return [(row[0], row[1]) for row in rows]


async def ask(session: Session, by: By) -> None:
    """Make the file for whoever asks, of what is stored about them; put together when it is sent."""
    await audit.record(
        session, TAKEN, now=by.now, actor=by.person, details={"person": by.person.key}, inbox_id=by.inbox_id
    )
    await tell(session, [by.person.id], OWN_DATA, now=by.now)


async def everything(session: Session, person: Person) -> bytes:
    """All that is stored about a person, as readable JSON in UTF-8."""
    facts: dict[str, Any] = {"person": _plain(person) | {"unit": person.unit.name}}
    for name, table in _OF_PERSON:
        rows = await session.scalars(select(table).where(table.person_id == person.id).order_by(table.id))
        facts[name] = [_plain(row) for row in rows.unique()]
    facts["messages_from"] = await _heard(session, person)
    said = await session.scalars(select(Outbox).where(Outbox.person_id == person.id).order_by(Outbox.id))
    facts["messages_to"] = [_plain(row) for row in said]
    acts = await session.scalars(select(Transition).where(Transition.actor_id == person.id).order_by(Transition.id))
    facts["acts"] = [_plain(row) for row in acts]
    return await asyncio.to_thread(_written, facts)  # some megabytes after years: nobody waits for them


async def _heard(session: Session, person: Person) -> list[dict[str, Any]]:
    """The messages of a person's accounts, also those in groups, where others' stand beside them."""
    accounts = (await session.scalars(select(Account).where(Account.person_id == person.id))).unique().all()
    names = {(a.channel, a.external_id) for a in accounts}
    groups = await session.execute(select(GroupChat.channel, GroupChat.chat))
    places: Collection[tuple[str, str]] = {*((a.channel, a.chat) for a in accounts), *((g[0], g[1]) for g in groups)}
    where = or_(*((Inbox.channel == channel) & (Inbox.chat == chat) for channel, chat in places))
    if not places:
        return []
    rows = await session.scalars(select(Inbox).where(where).order_by(Inbox.id))
    return [_plain(row) for row in rows if (row.channel, _sender(row)) in names]


def _written(facts: dict[str, Any]) -> bytes:
    return json.dumps(facts, ensure_ascii=False, indent=1, default=_worded).encode()


def _sender(row: Inbox) -> str:
    return str((row.message.get("sender") or {}).get("id", ""))


def _plain(row: Base) -> dict[str, Any]:
    return {column.key: getattr(row, column.key) for column in row.__table__.columns}


def _worded(value: object) -> str:
    return value.isoformat() if isinstance(value, (date, datetime, time)) else str(value)
