"""Answers that were given and change: the newest one to a message is replaced in place, or never sent."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from sqlalchemy import select, update

from db import Session
from db.models import Delivery, Outbox
from services.outbox import ANSWER

BLOCKS = "blocks"  # of an answer that speaks of several directives: what it says of each
AMONG = 60  # answers of a chat looked through for the newest state of one


async def make_way(session: Session, inbox_ids: Collection[int], marked: str | None = None) -> str | None:
    """Let a new answer take the place of the newest one to these messages.

    One that still waits to be sent is not sent any more.

    Args:
        session: a write transaction.
        inbox_ids: the rows of the messages.
        marked: only answers whose payload has this.

    Returns:
        the platform's id of the message to edit in place; None where the new answer goes out on its own.
    """
    given = await session.scalars(
        select(Outbox)
        .where(Outbox.kind == ANSWER, Outbox.inbox_id.in_(inbox_ids), Outbox.state != "moot")
        .order_by(Outbox.id.desc())
    )
    row = next((one for one in given if marked is None or marked in one.payload), None)
    if row is None:
        return None
    waits = update(Outbox).where(Outbox.id == row.id, Outbox.state == "queued", Outbox.parts_done == 0)
    if await session.scalar(waits.values(state="moot").returning(Outbox.id)):
        return (row.body or {}).get("replaces")
    return await _shown_as(session, row) if row.state == "sent" else None


async def _shown_as(session: Session, row: Outbox) -> str | None:
    """The platform's id of a sent answer; of one that replaced another, that one's."""
    sent = await session.scalar(
        select(Delivery.message_id).where(Delivery.outbox_id == row.id).order_by(Delivery.id.desc()).limit(1)
    )
    return sent or (row.body or {}).get("replaces")


async def under(session: Session, channel: str, chat: str, message_id: str) -> Outbox | None:
    """The answer that a message of ours shows now, if it speaks of several directives."""
    first = await session.scalar(
        select(Outbox)
        .join(Delivery, Delivery.outbox_id == Outbox.id)
        .where(Delivery.channel == channel, Delivery.chat == chat, Delivery.message_id == message_id)
    )
    if first is None or BLOCKS not in first.payload:
        return None
    later = await session.scalars(
        select(Outbox)
        .where(Outbox.kind == ANSWER, Outbox.channel == channel, Outbox.chat == chat, Outbox.id > first.id)
        .order_by(Outbox.id.desc())
        .limit(AMONG)
    )
    changed = (row for row in later if (row.body or {}).get("replaces") == message_id and BLOCKS in row.payload)
    return next(changed, first)


async def payload_of(session: Session, channel: str, chat: str, message_id: str | None) -> dict[str, Any]:
    """What a message of ours was given to keep for later presses under it; empty where that is nothing."""
    found = await session.scalar(
        select(Outbox.payload)
        .join(Delivery, Delivery.outbox_id == Outbox.id)
        .where(Delivery.channel == channel, Delivery.chat == chat, Delivery.message_id == (message_id or ""))
    )
    return dict(found or {})
