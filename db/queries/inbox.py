"""The inbox: what came in and waits to be worked on."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from functools import cache
from typing import Any, cast

from sqlalchemy import Insert, Select, bindparam, func, or_, select, union_all, update
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from db import Session, plain
from db.models import Conversation, Delivery, Inbox


async def keep(session: Session, message: dict[str, Any], now: datetime) -> None:
    """Add what came; the same one a second time changes nothing.

    Args:
        message: ``IncomingMessage.to_json``.
    """
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
    await plain.change(session, _insert_for(session.get_bind().dialect.name), values)


@cache
def _insert_for(dialect: str) -> Insert:
    if dialect == "sqlite":
        return _unless_there(sqlite_insert(plain.table(Inbox)))
    from sqlalchemy.dialects.postgresql import insert  # a tenth of a second at every start, for the few who need it

    return _unless_there(insert(plain.table(Inbox)))


def _unless_there(statement: Any) -> Insert:
    return cast(Insert, statement.on_conflict_do_nothing(index_elements=["channel", "external_id"]))


async def next_of_each_chat(
    session: Session, now: datetime, busy: Collection[tuple[str, str]], limit: int
) -> tuple[list[tuple[int, str, str]], int | None]:
    """The oldest waiting row of each chat that is not being worked on, and the oldest scan.

    A row put aside after a failure does not hold up the later ones of its chat.

    Returns:
        (id, channel, chat) of ``limit`` chats at most; the scan that somebody has attested and that waits.
    """
    found = await plain.rows(session, _OLDEST, {"now": now, "most": limit + len(busy) + 1})
    rows = [(row.id, row.channel, row.chat) for row in found if row.state == "new"]
    free = [(number, channel, chat) for number, channel, chat in rows if (channel, chat) not in busy]
    return free[:limit], next((row.id for row in found if row.state == "scan"), None)


def _oldest() -> Select[tuple[int, str, str, str]]:
    """Put together once: that takes longer than running it."""
    rows = plain.table(Inbox).c
    due = or_(rows.retry_at.is_(None), rows.retry_at <= bindparam("now", type_=rows.retry_at.type))
    of_chats = select(func.min(rows.id)).where(rows.state == "new", due).group_by(rows.channel, rows.chat)
    scan = select(func.min(rows.id)).where(rows.state == "scan", due)
    some = select(rows.id, rows.channel, rows.chat, rows.state).where(rows.id.in_(union_all(of_chats, scan)))
    # a scan comes first: however many chats wait, it is among what is looked at
    return some.order_by(rows.state.desc(), rows.id).limit(bindparam("most"))


_OLDEST = _oldest()


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


_CONVERSATION = select(Conversation).where(
    Conversation.channel == bindparam("channel"),
    Conversation.chat == bindparam("chat"),
    Conversation.external_id == bindparam("external_id"),
)


async def conversation(
    session: Session, channel: str, chat: str, external_id: str, now: datetime, *, add: bool = True
) -> Conversation:
    """The place of a person in a chat's conversation; a fresh one where there is none, which may be only looked at."""
    row = await session.scalar(_CONVERSATION, {"channel": channel, "chat": chat, "external_id": external_id})
    if row is None:
        row = Conversation(channel=channel, chat=chat, external_id=external_id, data={}, updated_at=now)
        if add:
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
