"""Telegram, through python-telegram-bot.

The library is loaded when ``TelegramChannel`` is first asked for: ``redact`` and ``pace`` do without it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from channels.telegram.channel import TelegramChannel

__all__ = ["TelegramChannel"]


def __getattr__(name: str) -> Any:
    if name == "TelegramChannel":
        from channels.telegram.channel import TelegramChannel

        return TelegramChannel
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
