"""The inbox: what came in and waits to be worked on."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import func, or_, select, update
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from db import Session
from db.models import Conversation, Delivery, Inbox


async def keep(session: Session, message: dict[str, Any], now: datetime) -> None:
    """Add what came; the same one a second time changes nothing.

    Args:
        message: ``IncomingMessage.to_json``.
    """
    insert = _insert_for(session.get_bind().dialect.name)
    values = {
        "channel": message["channel"],
        "external_id": message["external_id"],
        "chat": message["chat"],
        "message_id": message.get("message_id"),
        "message": message,
        "received_at": now,
        "state": "new",
        "attempts": 0,
    }
    await session.execute(
        insert(Inbox).values(values).on_conflict_do_nothing(index_elements=["channel", "external_id"])
    )


def _insert_for(dialect: str) -> Any:
    if dialect == "sqlite":
        return sqlite_insert
    from sqlalchemy.dialects.postgresql import insert  # a tenth of a second at every start, for the few who need it

    return insert


async def next_of_each_chat(
    session: Session, now: datetime, busy: Collection[tuple[str, str]], limit: int
) -> list[tuple[int, str, str]]:
    """The oldest waiting row of each chat that is not being worked on: (id, channel, chat).

    A row put aside after a failure does not hold up the later ones of its chat.
    """
    due = select(func.min(Inbox.id)).where(
        Inbox.state == "new", or_(Inbox.retry_at.is_(None), Inbox.retry_at <= now)
    ).group_by(Inbox.channel, Inbox.chat)  # fmt: skip
    rows = await session.execute(
        select(Inbox.id, Inbox.channel, Inbox.chat).where(Inbox.id.in_(due)).order_by(Inbox.id).limit(limit + len(busy))
    )
    return [(i, channel, chat) for i, channel, chat in rows if (channel, chat) not in busy][:limit]


async def next_scan(session: Session, now: datetime) -> int | None:
    """The oldest scan that somebody has attested and that waits to be recognised."""
    return await session.scalar(
        select(func.min(Inbox.id)).where(
            Inbox.state == "scan", or_(Inbox.retry_at.is_(None), Inbox.retry_at <= now)
        )
    )  # fmt: skip


async def asked(session: Session, channel: str, chat: str) -> list[Inbox]:
    """The uploads of a chat that wait for somebody's word that they are no secret, the oldest first."""
    found = await session.scalars(
        select(Inbox).where(Inbox.state == "asked", Inbox.channel == channel, Inbox.chat == chat).order_by(Inbox.id)
    )
    return list(found)


async def waiting_in_chat(session: Session, row: Inbox, limit: int = 100) -> list[Inbox]:
    """A row and those after it in its chat that wait to be worked on, as they came."""
    found = await session.scalars(
        select(Inbox)
        .where(Inbox.channel == row.channel, Inbox.chat == row.chat, Inbox.id >= row.id, Inbox.state == "new")
        .order_by(Inbox.id)
        .limit(limit)
    )
    return list(found)


async def like(session: Session, row: Inbox, ids: Collection[int]) -> None:
    """Give other rows the state of one: they were worked on together."""
    if not ids:
        return
    values = {name: getattr(row, name) for name in ("state", "attempts", "retry_at", "finished_at", "error")}
    await session.execute(update(Inbox).where(Inbox.id.in_(ids), Inbox.id != row.id).values(values))


async def get(session: Session, inbox_id: int) -> Inbox:
    """One row."""
    return await session.get_one(Inbox, inbox_id)


async def waiting(session: Session) -> int:
    """How many wait."""
    return await session.scalar(select(func.count()).select_from(Inbox).where(Inbox.state == "new")) or 0


async def versions_before(session: Session, row: Inbox) -> list[Inbox]:
    """What a message that was edited said before, the oldest first."""
    if row.message_id is None:
        return []
    same = (Inbox.channel == row.channel, Inbox.chat == row.chat, Inbox.message_id == row.message_id)
    found = await session.scalars(select(Inbox).where(*same, Inbox.id < row.id).order_by(Inbox.id))
    return list(found)


async def sent_together(session: Session, row: Inbox, among: int = 40) -> list[Inbox]:
    """The messages of the same album that came before this one, the oldest first.

    Args:
        among: how many messages of the chat are looked through; an album has ten at most.
    """
    album, sender = row.message.get("album"), row.message["sender"]["id"]
    if album is None:
        return []
    found = await session.scalars(
        select(Inbox)
        .where(Inbox.channel == row.channel, Inbox.chat == row.chat, Inbox.id < row.id)
        .order_by(Inbox.id.desc())
        .limit(among)
    )
    same = [one for one in found if one.message.get("album") == album and one.message["sender"]["id"] == sender]
    return same[::-1]


async def conversation(session: Session, channel: str, chat: str, external_id: str, now: datetime) -> Conversation:
    """The place of a person in a chat's conversation; a fresh one where there is none."""
    row = await session.scalar(
        select(Conversation).where(
            Conversation.channel == channel, Conversation.chat == chat, Conversation.external_id == external_id
        )
    )
    if row is None:
        row = Conversation(channel=channel, chat=chat, external_id=external_id, data={}, updated_at=now)
        session.add(row)
    return row


async def spoken_of(session: Session, channel: str, chat: str, message_id: str) -> tuple[int, ...]:
    """The directives a message of ours spoke of, so that a reply finds them."""
    found = await session.scalar(
        select(Delivery.directives).where(
            Delivery.channel == channel, Delivery.chat == chat, Delivery.message_id == message_id
        )
    )
    return tuple(found or ())
