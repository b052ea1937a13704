"""The shapes in which the page receives things."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from channels.web.channel import WebChannel
from channels.web.desk import Desk
from channels.web.store import KeptFile, Message

INLINE = {"image/png", "image/jpeg", "image/gif", "image/webp"}
"""Media types a browser may show itself; anything else could run as a page of this origin and is saved."""

EXCERPT = 140  # characters of a quoted message


def clock(desk: Desk) -> dict[str, str]:
    """The moment as the clock shows it."""
    return {"now": desk.now().isoformat(), "note": desk.calendar_note()}


def message(channel: WebChannel, shown: Message) -> dict[str, Any]:
    """A message with its quote, if it answers one."""
    return {
        "id": shown.id,
        "chat": shown.chat,
        "bot": shown.from_bot,
        "author": _author(channel, shown),
        "text": shown.text,
        "buttons": [[asdict(button) for button in row] for row in shown.buttons],
        "files": [_file(file) for file in shown.files],
        "reply": _excerpt(channel, channel.message(shown.reply_to)) if shown.reply_to else None,
        "edited": shown.edited,
        "at": shown.at.isoformat(),
        "confirmed": shown.confirmed,
    }


def _author(channel: WebChannel, shown: Message) -> dict[str, str] | None:
    """Who of a group's members wrote it; None in a chat of one person, and of the bot."""
    return {"chat": shown.author, "name": channel.name_of(shown.author)} if shown.author else None


def _excerpt(channel: WebChannel, shown: Message) -> dict[str, Any]:
    """A message in one line."""
    words = " ".join(shown.plain.split()) or ", ".join(file.name for file in shown.files)
    return {"id": shown.id, "bot": shown.from_bot, "author": _author(channel, shown), "text": words[:EXCERPT]}


def news(channel: WebChannel, desk: Desk, after: int) -> dict[str, Any]:
    """Everything that is newer than a version."""
    return {
        "version": channel.watch.version,
        "messages": [message(channel, shown) for shown in channel.watch.messages(after)],
        "toasts": [asdict(toast) for toast in channel.watch.toasts(after)],
        "typing": channel.watch.typing(after),
        "unread": channel.unread(),
        "clock": clock(desk),
    }


def _file(file: KeptFile) -> dict[str, Any]:
    return {**asdict(file), "url": f"/files/{file.id}", "photo": file.mime in INLINE}
