"""What Telegram's refusals and the network's failures mean for us."""

from __future__ import annotations

import re
from datetime import timedelta

import httpx
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
)

from channels.base import ChannelError
from channels.telegram.redact import redact

# Raised before a byte of the request left this machine; with anything later, Telegram may have acted on it.
_NEVER_LEFT = (
    httpx.ConnectError,
    httpx.ConnectTimeout,
    httpx.PoolTimeout,
    httpx.ProxyError,
    httpx.UnsupportedProtocol,
)
_GONE = ("chat not found", "user not found", "user is deactivated", "peer_id_invalid")
_TOO_MANY = re.compile(r"retry after (\d+)", re.IGNORECASE)


def channel_error(exc: TelegramError, *, repeatable: bool = False) -> ChannelError:
    """The library's error in our words.

    Args:
        exc: as the library raised it.
        repeatable: doing it twice does no harm (an edit, a download), so an unknown outcome needs no care.
    """
    words = f"{type(exc).__name__}: {redact(str(exc))}"
    if isinstance(exc, ChatMigrated):
        return ChannelError(words, new_address=str(exc.new_chat_id))
    if (pause := pause_asked(exc)) is not None:
        return ChannelError(words, retry_after=pause)
    if isinstance(exc, InvalidToken):  # nobody's fault whom we write to: the channel itself has failed and says so
        return ChannelError(words)
    if isinstance(exc, Forbidden) or says(exc, *_GONE):
        return ChannelError(words, unreachable=True)
    if isinstance(exc, BadRequest) or says(exc, "request entity too large"):
        return ChannelError(words, permanent=True)
    return ChannelError(words, outcome_unknown=not repeatable and not never_left(exc))


def pause_asked(exc: TelegramError) -> float | None:
    """Seconds Telegram asks us to be silent, if that is what the error says."""
    if isinstance(exc, RetryAfter):
        pause = exc.retry_after
        return pause.total_seconds() if isinstance(pause, timedelta) else float(pause)
    asked = _TOO_MANY.search(str(exc))
    return float(asked[1]) if asked else None


def never_left(exc: TelegramError) -> bool:
    """Whether the request certainly did not reach Telegram."""
    return isinstance(exc, NetworkError) and isinstance(exc.__cause__, _NEVER_LEFT)


def says(exc: TelegramError, *phrases: str) -> bool:
    """Whether the error text has one of these (lower-case) phrases; the library changes its capitals."""
    words = str(exc).lower()
    return any(phrase in words for phrase in phrases)
