"""The web chat as a channel: a small, strict platform of its own, without a network.

The program speaks to it through ``channels.base.Channel``. The page, and tests, use its other side: ``say``
and ``press`` are what a person does, ``messages`` is what they see.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path

from channels.base import (
    Button,
    Capabilities,
    ChannelError,
    FileTooLarge,
    IncomingFile,
    IncomingMessage,
    Keep,
    OutgoingFile,
    OutgoingMessage,
    Sender,
    Sent,
)
from channels.web.handover import Handover
from channels.web.limits import MAX_UPLOAD, check, refused
from channels.web.store import Message, Store
from channels.web.watch import Watch

RETRY_S = 5.0  # until what could not be kept is handed over again


class NoSuchButton(LookupError):
    """Nothing under this message answers to that; ``shown`` are the words that do."""

    def __init__(self, wanted: str, shown: list[str]) -> None:
        super().__init__(f"no button {wanted!r}; shown are {shown}")
        self.shown = shown


class WebChannel:
    """A platform that lives in this process.

    Args:
        path: where its history is kept, or ``:memory:``.
        clock: the moment at which the bot's messages are stamped; aware.
        capabilities: what this platform can do; tests take some away to stand for a poorer one.
        base_url: the address of the page, for invitation links; None when there is no page.
        retry_s: seconds until what could not be kept is handed over again.
    """

    name = "web"

    def __init__(
        self,
        path: str | Path = ":memory:",
        *,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
        capabilities: Capabilities | None = None,
        base_url: str | None = None,
        retry_s: float = RETRY_S,
    ) -> None:
        self.capabilities = capabilities or Capabilities()
        self._store = Store(path)
        self._clock = clock
        self._base_url = base_url
        self.watch = Watch(self._store)
        self._handover = Handover(self._store, self.watch.changed, retry_s)

    # The program's side: channels.base.Channel

    async def start(self, keep: Keep) -> None:
        """Begin to hear; what was not confirmed before is handed over first."""
        await self._handover.start(keep)

    async def stop(self) -> None:
        """Stop hearing. What is said from now on waits for the next ``start``; the history stays."""
        await self._handover.stop()

    def close(self) -> None:
        """Give the history's file back; the channel is of no use after it."""
        self._store.close()

    async def send(self, chat: str, message: OutgoingMessage) -> Sent:
        """Say or edit one message.

        Raises:
            ChannelError: permanent, for what a platform refuses (``channels.web.limits``), an edit of what is
                not there, a file that cannot be read.
        """
        if not chat:
            raise ChannelError("chat not found", unreachable=True)
        if message.replaces is not None:
            return self._edit(chat, message, message.replaces)
        check(message, self.capabilities, caption=bool(message.files))
        files = [(f.name, await self._bytes(f), f.mime) for f in message.files]
        kept = self._store.add(
            chat,
            message.text,
            at=self._clock(),
            from_bot=True,
            buttons=message.buttons,
            reply_to=self._answered(chat, message.reply_to),
            files=files,
        )
        self.watch.changed()
        return Sent(kept.id)

    async def fetch(self, file: IncomingFile) -> bytes:
        """The bytes of a file that came.

        Raises:
            FileTooLarge: over ``capabilities.max_download``.
            ChannelError: permanent, when there is no such file.
        """
        try:
            kept = self._store.file(file.ref)
        except LookupError as error:
            raise refused(str(error)) from error
        if kept.size > self.capabilities.max_download:
            raise FileTooLarge(self.capabilities.max_download)
        return self._store.content(kept.id)

    async def toast(self, press: str, text: str) -> None:
        """A passing word on a pressed button; an unknown press is let go."""
        if self._store.put_toast(press, text):
            self.watch.changed()

    async def typing(self, chat: str) -> None:
        """Show that an answer is being prepared."""
        self.watch.types(chat)

    def invite_link(self, code: str) -> str | None:
        """The page, opened as a newcomer with ``/start CODE`` in the composer."""
        return None if self._base_url is None else f"{self._base_url}/?start={code}"

    # The person's side

    def introduce(self, chat: str, name: str) -> None:
        """Set the name under which the person of this chat writes."""
        self._store.introduce(chat, name)

    def name_of(self, chat: str) -> str:
        """The name under which a person writes; empty when they never said."""
        return self._store.name(chat)

    async def say(
        self,
        chat: str,
        text: str,
        *,
        at: datetime,
        files: Sequence[tuple[str, bytes, str]] = (),
        reply_to: str | None = None,
        unsupported: str | None = None,
        album: str | None = None,
        by: str | None = None,
        mentioned: bool = False,
    ) -> str:
        """A person writes. It stands in their chat and is handed over, now or as soon as it can be.

        Args:
            chat: the person's chat, which is also their account; in a group, the group.
            text: plain text.
            at: when; aware.
            files: name, content and media type of each.
            reply_to: the message it answers.
            unsupported: "voice", "sticker", ...: it was something without words or file.
            album: what was sent together with others carries the same one.
            by: in a group: the account of who writes.
            mentioned: in a group: they call the bot by its name.

        Returns:
            The id of the message.
        """
        with self._store.changing():
            answered = self._answered(chat, reply_to)
            said = self._store.add(chat, text, at=at, from_bot=False, reply_to=answered, files=files, author=by)
            came = IncomingMessage(
                channel=self.name,
                external_id=self._external_id(),
                chat=chat,
                sender=Sender(by or chat, self._store.name(by or chat)),
                at=at,
                text=text,
                files=tuple(IncomingFile(f.id, f.name, f.size, f.mime) for f in said.files),
                reply_to=answered,
                message_id=said.id,
                unsupported=unsupported,
                album=album,
                private=by is None,
                mentioned=mentioned,
            )
            self._store.put_update(came, said.id)
        self.watch.changed()
        await self.redeliver()
        return said.id

    async def press(
        self, chat: str, message_id: str, button: str, *, at: datetime, shown: bool = True, by: str | None = None
    ) -> str:
        """A person presses a button.

        Args:
            chat: the person's chat.
            message_id: the message it stands under.
            button: its data or the words on it.
            at: when; aware.
            shown: False for a press no honest page makes, of another's button or of one that is gone;
                ``button`` is then its data.
            by: in a group: the account of who presses.

        Returns:
            The id of the press, under which a toast may come.

        Raises:
            NoSuchButton: it is not shown under that message in that chat.
        """
        data = self._button(chat, message_id, button).data if shown else button
        with self._store.changing():
            press = self._store.next_update()
            came = IncomingMessage(
                channel=self.name,
                external_id=self._external_id(),
                chat=chat,
                sender=Sender(by or chat, self._store.name(by or chat)),
                at=at,
                button=data,
                press=press,
                pressed_on=message_id,
                private=by is None,
            )
            self._store.put_update(came, None)
        await self.redeliver()
        return press

    async def redeliver(self) -> None:
        """Hand over what is not confirmed now, without waiting for the next try."""
        await self._handover.run()

    def messages(self, chat: str, *, before: str | None = None, limit: int = -1) -> list[Message]:
        """What stands in a chat, oldest first: the last ``limit``, or the last before a message."""
        return self._store.messages(chat, before=before, limit=limit)

    def message(self, message_id: str) -> Message:
        """One message.

        Raises:
            LookupError: there is none.
        """
        return self._store.message(message_id)

    def content(self, file_id: str) -> tuple[str, str, bytes]:
        """Name, media type and bytes of a file in a chat.

        Raises:
            LookupError: there is none.
        """
        kept = self._store.file(file_id)
        return kept.name, kept.mime, self._store.content(file_id)

    def toast_of(self, press: str) -> str | None:
        """The last toast on a press."""
        return self._store.toast(press)

    def unread(self) -> dict[str, int]:
        """How many messages of the bot each person has not looked at."""
        return self._store.unread()

    def mark_read(self, chat: str) -> None:
        """The person has looked at their chat."""
        if self._store.mark_read(chat):
            self.watch.changed()

    # Inside

    async def _bytes(self, file: OutgoingFile) -> bytes:
        """Of a file to send; of one that is in a chat here already, where nothing else is left of it."""
        if file.path is None and file.content is None and file.ref is not None and file.ref_channel == self.name:
            try:
                return self._store.content(self._store.file(file.ref).id)
            except LookupError as error:
                raise refused("wrong file identifier") from error
        return await _content(file)

    def _external_id(self) -> str:
        return f"{self._store.origin}-{self._store.next_update()}"

    def _answered(self, chat: str, message_id: str | None) -> str | None:
        """The message an answer points at, or None: like Telegram's ``allow_sending_without_reply``."""
        if message_id is None:
            return None
        try:
            return message_id if self._store.message(message_id).chat == chat else None
        except LookupError:
            return None

    def _button(self, chat: str, message_id: str, wanted: str) -> Button:
        try:
            message = self._store.message(message_id)
        except LookupError as error:
            raise NoSuchButton(wanted, []) from error
        if message.chat != chat:
            raise NoSuchButton(wanted, [])
        for row in message.buttons:
            for button in row:
                if wanted in (button.data, button.label):
                    return button
        raise NoSuchButton(wanted, message.labels)

    def _edit(self, chat: str, message: OutgoingMessage, replaced: str) -> Sent:
        if not self.capabilities.edits:
            raise refused("this platform cannot edit")
        try:
            old = self._store.message(replaced)
        except LookupError as error:
            raise refused("message to edit not found") from error
        if old.chat != chat or not old.from_bot:
            raise refused("message can't be edited")
        check(message, self.capabilities, caption=bool(old.files))
        if (old.text, old.buttons) != (message.text, message.buttons):
            self._store.edit(old.id, message.text, message.buttons)
            self.watch.changed()
        return Sent(old.id)


async def _content(file: OutgoingFile) -> bytes:
    if (file.path is None) == (file.content is None):
        raise refused("a file has either a path or content")
    try:
        content = file.content if file.path is None else await asyncio.to_thread(Path(file.path).read_bytes)
    except OSError as error:
        raise ChannelError(f"file cannot be read: {error.strerror}", permanent=True) from error
    if not content:
        raise refused("file must be non-empty")
    if len(content) > MAX_UPLOAD:
        raise refused(f"file over {MAX_UPLOAD} bytes")
    return content
