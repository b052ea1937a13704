"""How one ``OutgoingMessage`` becomes calls of the Bot API."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any, TypeVar

from telegram import (
    Bot,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    LinkPreviewOptions,
    Message,
    ReplyParameters,
)
from telegram.constants import ParseMode
from telegram.error import BadRequest, InvalidToken, NetworkError

from channels.base import Buttons, ChannelError, FileTooLarge, OutgoingFile, OutgoingMessage, visible
from channels.telegram.errors import says
from channels.telegram.receive import CHANNEL

logger = logging.getLogger(__name__)

T = TypeVar("T")

MAX_CAPTION = 1024  # visible characters
MAX_PHOTO = 10 * 1024 * 1024  # bytes; a larger picture goes as a document
MAX_UPLOAD = 50 * 1024 * 1024  # bytes

NO_PREVIEW = LinkPreviewOptions(is_disabled=True)

_NO_TEXT = "no text in the message to edit"  # it is a picture or a document, which has a caption instead
_NOT_EDITABLE = ("message to edit not found", "message can't be edited", "message_id_invalid", _NO_TEXT)
# A file's id is for one bot and one kind of sending, and may stop to work: https://core.telegram.org/bots/api#sending-files
_BAD_REF = (
    "wrong file identifier",
    "wrong file_id",
    "wrong remote file",
    "can't use file of type",
    "type of file mismatch",
    "file_reference",
    "file reference",
    "failed to get http url content",
    "wrong type of the web page content",
)
_BAD_PICTURE = ("photo_invalid_dimensions", "image_process_failed", "photo_ext_invalid")


async def send(bot: Bot, chat: str, message: OutgoingMessage) -> str:
    """Send as a new message.

    Returns:
        Its id.

    Raises:
        TelegramError: as the library tells it.
        ChannelError: the file cannot be sent at all.
    """
    common: dict[str, Any] = {
        "chat_id": chat,
        "reply_markup": keyboard(message.buttons),
        "reply_parameters": _reply(message.reply_to),
    }

    async def call(text: str, mode: ParseMode | None) -> Message:
        if message.files:
            return await _send_file(bot, message.files[0], text, {**common, "parse_mode": mode})
        return await bot.send_message(text=text, parse_mode=mode, link_preview_options=NO_PREVIEW, **common)

    return str((await _as_markup_or_plain(message.text, call)).message_id)


async def edit(bot: Bot, chat: str, message: OutgoingMessage) -> bool:
    """Put the message in the place of the one it replaces.

    Returns:
        False where that one is gone or cannot be edited: then a new one is to be sent.

    Raises:
        TelegramError: as the library tells it.
    """
    where: dict[str, Any] = {
        "chat_id": chat,
        "message_id": message.replaces,
        "reply_markup": keyboard(message.buttons),
    }

    async def call(text: str, mode: ParseMode | None) -> None:
        await _edit(bot, text, {**where, "parse_mode": mode})

    try:
        await _as_markup_or_plain(message.text, call)
    except BadRequest as exc:
        if says(exc, "message is not modified"):
            return True
        if says(exc, *_NOT_EDITABLE):
            return False
        raise
    return True


async def download(bot: Bot, ref: str, limit: int) -> bytes:
    """The bytes of a file that came.

    Raises:
        FileTooLarge: over ``limit`` bytes.
        TelegramError: as the library tells it.
    """
    try:
        found = await bot.get_file(ref)
    except BadRequest as exc:
        if says(exc, "file is too big"):
            raise FileTooLarge(limit) from None
        raise
    if (found.file_size or 0) > limit:
        raise FileTooLarge(limit)
    try:
        return bytes(await found.download_as_bytearray())
    except InvalidToken:
        # So the library reads a 404, which here means that Telegram has dropped the file's address meanwhile.
        raise NetworkError("the file's address has expired") from None


async def _as_markup_or_plain(markup: str, call: Callable[[str, ParseMode | None], Awaitable[T]]) -> T:
    try:
        return await call(markup, ParseMode.HTML)
    except BadRequest as exc:
        if not says(exc, "can't parse entities"):
            raise
        # Better without bold than not at all: the words are what the person needs.
        logger.warning("Telegram cannot read our markup; sent as plain text: %s", exc)
        return await call(visible(markup), None)


async def _edit(bot: Bot, text: str, where: dict[str, Any]) -> None:
    try:
        await bot.edit_message_text(text=text, link_preview_options=NO_PREVIEW, **where)
    except BadRequest as exc:
        if not says(exc, _NO_TEXT) or len(visible(text)) > MAX_CAPTION:
            raise
        await bot.edit_message_caption(caption=text, **where)


async def _send_file(bot: Bot, file: OutgoingFile, caption: str, common: dict[str, Any]) -> Message:
    common = {**common, "caption": caption or None}
    if file.ref is not None and file.ref_channel == CHANNEL:
        sent = await _send_again(bot, file.ref, is_photo=file.is_photo, common=common)
        if sent is not None:
            return sent
    return await _upload(bot, file, {**common, "filename": file.name})


async def _send_again(bot: Bot, ref: str, *, is_photo: bool, common: dict[str, Any]) -> Message | None:
    """Send what Telegram has; None where it does not know the file any more. A picture may have come as a document."""
    if is_photo:
        with contextlib.suppress(_UnknownHere):
            return await _known(bot.send_photo(photo=ref, **common))
    with contextlib.suppress(_UnknownHere):
        return await _known(bot.send_document(document=ref, **common))
    return None


class _UnknownHere(Exception):
    """Telegram does not know a file by this id, or not as this kind."""


async def _known(sending: Awaitable[Message]) -> Message:
    try:
        return await sending
    except BadRequest as exc:
        if says(exc, *_BAD_REF):
            raise _UnknownHere from exc
        raise


async def _upload(bot: Bot, file: OutgoingFile, common: dict[str, Any]) -> Message:
    content = await _content(file)
    if file.is_photo and len(content) <= MAX_PHOTO:
        try:
            return await bot.send_photo(photo=content, **common)
        except BadRequest as exc:
            if not says(exc, *_BAD_PICTURE):
                raise
    return await bot.send_document(document=content, **common)


async def _content(file: OutgoingFile) -> bytes:
    content = file.content
    if content is None:
        if file.path is None:
            raise ChannelError("a file to send is neither here nor with Telegram", permanent=True)
        content = await asyncio.to_thread(_read, Path(file.path))
    if len(content) > MAX_UPLOAD:
        raise ChannelError(f"file over {MAX_UPLOAD} bytes", permanent=True)
    return content


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as exc:
        raise ChannelError(f"a file to send cannot be read: {exc.strerror}", permanent=True) from exc


def keyboard(buttons: Buttons) -> InlineKeyboardMarkup | None:
    """Rows of buttons as Telegram draws them."""
    if not buttons:
        return None
    rows = [[InlineKeyboardButton(b.label, callback_data=b.data, style=b.style) for b in row] for row in buttons]
    return InlineKeyboardMarkup(rows)


def _reply(message_id: str | None) -> ReplyParameters | None:
    if message_id is None or not message_id.isdecimal():
        return None
    return ReplyParameters(int(message_id), allow_sending_without_reply=True)
