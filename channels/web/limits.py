"""What the platform refuses: Telegram's limits, so that what passes a test here passes there.

Source: https://core.telegram.org/bots/api (sendMessage, sendDocument, InlineKeyboardButton).
"""

from __future__ import annotations

from channels.base import Capabilities, ChannelError, OutgoingMessage, visible
from channels.web.markup import fault

MAX_BUTTONS = 100
MAX_DATA = 64  # bytes of UTF-8
MAX_UPLOAD = 50 * 1024 * 1024  # bytes


def refused(reason: str) -> ChannelError:
    """A refusal that trying again will not change."""
    return ChannelError(reason, permanent=True)


def check(message: OutgoingMessage, can: Capabilities, *, caption: bool) -> None:
    """Refuse what does not fit one message.

    Args:
        message: what is to be said.
        can: what the platform can do.
        caption: its words stand beside a file, already there or sent with it.

    Raises:
        ChannelError: permanent, with the reason for the log.
    """
    if not caption and not visible(message.text).strip():
        raise refused("message text is empty")
    _check_files(message, can)
    _check_text(message.text, can.max_caption if caption else can.max_chars)
    _check_buttons(message, can)


def _check_files(message: OutgoingMessage, can: Capabilities) -> None:
    if message.files and not can.files:
        raise refused("this platform takes no files")
    if len(message.files) > 1:
        raise refused("one file to a message: split it with channels.base.parts")
    if message.files and message.replaces is not None:
        raise refused("an edit changes words and buttons, not files")


def _check_text(text: str, limit: int) -> None:
    length = len(visible(text))
    if length > limit:
        raise refused(f"message is too long: {length} characters, at most {limit}")
    if wrong := fault(text):
        raise refused(f"can't parse entities: {wrong}")


def _check_buttons(message: OutgoingMessage, can: Capabilities) -> None:
    buttons = [button for row in message.buttons for button in row]
    if buttons and not can.buttons:
        raise refused("this platform has no buttons")
    if len(buttons) > MAX_BUTTONS:
        raise refused(f"{len(buttons)} buttons, at most {MAX_BUTTONS}")
    for button in buttons:
        if not button.label.strip():
            raise refused("a button without words")
        if not 1 <= len(button.data.encode()) <= MAX_DATA:
            raise refused(f"button data of {len(button.data.encode())} bytes, 1 to {MAX_DATA}")
