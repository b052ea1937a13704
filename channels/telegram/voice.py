"""Speaking to Telegram: in order within a chat, at a bearable pace, silent when told to be."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import TypeVar
from weakref import WeakValueDictionary

from telegram import Bot
from telegram.error import InvalidToken, TelegramError

from channels.base import ChannelError, OutgoingMessage
from channels.telegram import calls
from channels.telegram.errors import channel_error
from channels.telegram.pace import Pace

logger = logging.getLogger(__name__)

T = TypeVar("T")


class Voice:
    """What goes out of one bot.

    Args:
        bot: the library's.
        pace: the sending limits.
        monotonic: their clock, in seconds.
        on_rejected: called when Telegram rejects the token: no send will ever succeed again.
    """

    def __init__(self, bot: Bot, pace: Pace, monotonic: Callable[[], float], on_rejected: Callable[[], None]) -> None:
        self._bot = bot
        self._pace = pace
        self._monotonic = monotonic
        self._on_rejected = on_rejected
        self._turns: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()
        self._is_closed = False

    async def say(self, chat: str, message: OutgoingMessage) -> str:
        """Send or edit, when it is the chat's turn.

        Returns:
            The id of the message that now stands in the chat.

        Raises:
            ChannelError: with what to do next.
            ValueError: more than one file; see ``channels.base.parts``.
        """
        if len(message.files) > 1:
            raise ValueError("one file per send: split the message with channels.base.parts")
        async with self._turn(chat):
            if message.replaces and await self._edited(chat, message):
                return message.replaces
            return await self.ask(calls.send(self._bot, chat, message))

    async def _edited(self, chat: str, message: OutgoingMessage) -> bool:
        if message.files:
            return False
        # An edit done twice shows once, so an unknown outcome is no reason for care.
        return await self.ask(calls.edit(self._bot, chat, message), repeatable=True)

    def ready_in(self, *, is_answer: bool) -> float:
        """Seconds until a message may go out at all; 0 now."""
        return self._pace.ready_in(self._monotonic(), is_answer=is_answer)

    def chat_ready_in(self, chat: str) -> float:
        """Seconds until one may go into this chat, as far as its own limits go; 0 now."""
        return self._pace.chat_ready_in(chat, self._monotonic())

    def hush(self, seconds: float) -> None:
        """Let nothing out for so long."""
        self._pace.pause(seconds, self._monotonic())

    async def ask(self, call: Awaitable[T], *, repeatable: bool = False) -> T:
        """Await a call of the Bot API; its errors become ours.

        Raises:
            ChannelError: without the library's error as its cause, which may hold the token.
        """
        try:
            return await call
        except TelegramError as exc:
            if isinstance(exc, InvalidToken):
                self._on_rejected()
            error = channel_error(exc, repeatable=repeatable)
        except ChannelError:
            raise
        except Exception as exc:
            # An answer the library cannot read: Telegram has acted on the request, we know not how.
            logger.exception("An answer of Telegram could not be read", extra={"action": "answer_unreadable"})
            error = ChannelError(f"unreadable answer: {type(exc).__name__}", outcome_unknown=not repeatable)
        if error.retry_after is not None:
            self._pace.pause(error.retry_after, self._monotonic())
        raise error

    async def in_passing(self, call: Callable[[], Awaitable[bool]]) -> None:
        """Make a call whose success does not matter, unless Telegram asked for silence."""
        try:
            self.refuse_in_silence()
            await self.ask(call())
        except ChannelError as exc:
            logger.debug("Not shown: %s", exc)

    def refuse_in_silence(self) -> None:
        """Raise when nothing may be called now.

        Raises:
            ChannelError: with the seconds left as ``retry_after``.
        """
        if self._is_closed:
            raise ChannelError("the channel is stopped")
        if rest := self._pace.paused(self._monotonic()):
            raise ChannelError("Telegram asked for silence", retry_after=rest)

    def open(self) -> None:
        """Let messages out (again)."""
        self._is_closed = False

    async def close(self, timeout_s: float) -> None:
        """Let nothing new out; give sends under way so many seconds to finish."""
        self._is_closed = True
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(timeout_s):
                for turn in list(self._turns.values()):
                    async with turn:
                        pass

    @contextlib.asynccontextmanager
    async def _turn(self, chat: str) -> AsyncIterator[None]:
        """Wait until a message into the chat may go out: one at a time there, first come, first served."""
        async with self._turns.setdefault(chat, asyncio.Lock()):
            self.refuse_in_silence()
            while (wait := self._pace.wait(chat, self._monotonic())) > 0:
                await asyncio.sleep(wait)
                self.refuse_in_silence()
            self._pace.begin(chat, self._monotonic())
            try:
                yield
            finally:
                self._pace.end(chat, self._monotonic())
