"""A strict double of the Telegram Bot API over real HTTP: what Telegram refuses, it refuses."""

from tests.botapi.server import TOKEN, BotApi

__all__ = ["TOKEN", "BotApi"]
