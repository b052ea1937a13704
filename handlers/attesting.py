"""A scan or a photo: the clerk says once per upload that it is no secret, and only then is it looked at and kept.

The upload waits as its own inbox row: ``asked`` until the button is pressed, ``scan`` until it has been recognised.
So neither a restart nor another conversation in between loses it.
"""

from __future__ import annotations

import asyncio
import contextlib
from dataclasses import replace
from types import TracebackType

from channels.base import Channel, ChannelError, IncomingMessage, OutgoingMessage
from db.models import Inbox
from db.queries import inbox
from domain.rights import Action, Role, Standing, require
from handlers.buttons import button
from handlers.intake import is_picture
from handlers.turn import Args, ButtonHandler, Turn
from services import audit
from texts import labels
from texts import scans as say

EVERY_S = 3.0  # between two edits of the message that shows the page: platforms do not like them to be many


async def ask(turn: Turn) -> None:
    """Ask about an upload; a further picture of the same album joins the question that stands."""
    turn.leaves = "asked"
    waiting = await inbox.asked(turn.session, turn.message.channel, turn.message.chat)
    if any(_is_together(IncomingMessage.from_json(row.message), turn.message) for row in waiting):
        return
    turn.say(
        say.ask(photo=all(is_picture(file) for file in turn.message.files)),
        [
            [button(labels.NO_SECRET, "att", turn.inbox_id, style="success")],
            [button(labels.DROP, "atd", turn.inbox_id, style="danger")],
        ],
    )


def _is_together(one: IncomingMessage, other: IncomingMessage) -> bool:
    return one.sender.id == other.sender.id and one.album is not None and one.album == other.album


async def confirm(turn: Turn, args: Args) -> None:
    """``att:upload``: it is no secret. The upload is handed on to be recognised."""
    rows = await _upload(turn, args.number(0))
    if not rows:
        turn.say(say.stale())
        return
    messages = [IncomingMessage.from_json(row.message) for row in rows]
    files = tuple(file for message in messages for file in message.files)
    first = rows[0]
    # Where the question stood, the pages are counted.
    first.message = replace(messages[0], files=files, pressed_on=turn.message.pressed_on).to_json()
    first.state = "scan"
    for row in rows[1:]:
        _empty(row, turn)
    await audit.record(
        turn.session, "attested", now=turn.now, actor=turn.person, inbox_id=first.id, details={"files": len(files)}
    )
    turn.toast = labels.NO_SECRET
    turn.say(say.begun(), edit=True)


async def drop(turn: Turn, args: Args) -> None:
    """``atd:upload``: nothing of it is kept."""
    rows = await _upload(turn, args.number(0))
    if not rows:
        turn.say(say.stale())
        return
    for row in rows:
        _empty(row, turn)
    turn.leaves_no_trace = True
    turn.toast = labels.DROP
    turn.say(say.dropped(), edit=True)


async def _upload(turn: Turn, inbox_id: int) -> list[Inbox]:
    """The rows of an upload that waits for this person's word; empty where it has been given.

    Raises:
        NotAllowed: the person is no clerk any more.
    """
    require(Action.READ_NOTICES, Standing(Role(turn.person.role)))
    waiting = await inbox.asked(turn.session, turn.message.channel, turn.message.chat)
    rows = [(row, IncomingMessage.from_json(row.message)) for row in waiting]
    own = next((m for row, m in rows if row.id == inbox_id and m.sender.id == turn.message.sender.id), None)
    return [row for row, message in rows if own and (row.id == inbox_id or _is_together(message, own))]


def _empty(row: Inbox, turn: Turn) -> None:
    row.message = replace(IncomingMessage.from_json(row.message), text="", files=()).to_json()
    row.state, row.finished_at = "done", turn.now


class Pages:
    """Shows in the message with the question which page is being recognised, as long as that is of interest.

    It goes straight to the channel: a moment later it is worthless, and a platform without edits does without it.

    Args:
        channel: where the message stands.
        chat: in which chat.
        message_id: the message; None shows nothing.
    """

    def __init__(self, channel: Channel, chat: str, message_id: str | None) -> None:
        self._channel = channel
        self._chat = chat
        self._message_id = message_id if channel.capabilities.edits else None
        self._at: tuple[int, int] | None = None
        self._task: asyncio.Task[None] | None = None
        self._shown = False

    def __call__(self, page: int, pages: int) -> None:
        """Take note of the page, from 1, and how many there are."""
        self._at = (page, pages)

    async def __aenter__(self) -> Pages:
        if self._message_id is not None:
            self._task = asyncio.create_task(self._show(), name="pages of a scan")
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)
        if self._shown and self._at and not isinstance(error, asyncio.CancelledError):
            await self._put(say.ended(self._at[1], is_read=error is None))

    async def _show(self) -> None:
        shown = None
        while True:
            await asyncio.sleep(EVERY_S)
            if self._at != shown and self._at is not None:
                shown, self._shown = self._at, True
                await self._put(say.progress(*shown))

    async def _put(self, text: str) -> None:
        with contextlib.suppress(ChannelError):
            await self._channel.send(self._chat, OutgoingMessage(text, replaces=self._message_id))


BUTTONS: dict[str, ButtonHandler] = {"att": confirm, "atd": drop}
