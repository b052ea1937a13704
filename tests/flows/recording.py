"""A platform in memory that does what it is told to do wrong."""

from __future__ import annotations

import asyncio
from collections import defaultdict, deque
from collections.abc import Callable
from dataclasses import dataclass

from channels.base import (
    Capabilities,
    ChannelError,
    IncomingFile,
    Keep,
    OutgoingMessage,
    Sent,
    visible,
)
from tests.patience import WITHIN_S


@dataclass(frozen=True)
class Heard:
    """What stands in a chat."""

    chat: str
    message: OutgoingMessage
    id: str

    @property
    def text(self) -> str:
        return visible(self.message.text)


@dataclass(frozen=True)
class ButDelivered:
    """People get the message, and then the answer to us is lost."""

    error: BaseException


Outcome = BaseException | ButDelivered | None
"""Of one call: fails, is delivered and fails, or (None) works."""


class RecordingChannel:
    """Implements ``channels.base.Channel``; ``heard`` is what people see, ``calls`` what was asked of it."""

    def __init__(self, name: str = "test", capabilities: Capabilities | None = None) -> None:
        self.name = name
        self.capabilities = capabilities or Capabilities()
        self.heard: list[Heard] = []
        self.calls: list[str] = []
        self.under_way: list[str] = []
        self.most_at_once = 0
        self._outcomes: dict[str | None, deque[Outcome]] = defaultdict(deque)
        self._gates: dict[str, asyncio.Event] = {}
        self._changed = asyncio.Condition()

    # --- what goes wrong ---

    def then(self, *outcomes: Outcome, chat: str | None = None) -> None:
        """The next calls (into one chat) end so."""
        self._outcomes[chat].extend(outcomes)

    def works_again(self) -> None:
        """Nothing more goes wrong."""
        self._outcomes.clear()

    def hold(self, chat: str) -> asyncio.Event:
        """Calls into a chat do not return before the event is set."""
        return self._gates.setdefault(chat, asyncio.Event())

    async def until(self, number: int) -> None:
        """Wait until so many calls are under way at once."""
        await self._wait_for(lambda: len(self.under_way) >= number)

    async def until_heard(self, chat: str, number: int = 1) -> None:
        """Wait until so many messages stand in a chat."""
        await self._wait_for(lambda: len(self.texts(chat)) >= number)

    async def until_called(self, chat: str) -> None:
        """Wait until a call into a chat was made."""
        await self._wait_for(lambda: chat in self.calls)

    async def _wait_for(self, condition: Callable[[], bool]) -> None:
        async with asyncio.timeout(WITHIN_S), self._changed:
            await self._changed.wait_for(condition)

    async def _note(self) -> None:
        async with self._changed:
            self._changed.notify_all()

    # --- what people see ---

    def texts(self, chat: str) -> list[str]:
        return [heard.text for heard in self.heard if heard.chat == chat]

    def chats(self) -> list[str]:
        return [heard.chat for heard in self.heard]

    # --- channels.base.Channel ---

    async def start(self, keep: Keep) -> None:
        """Nothing is heard here."""

    async def stop(self) -> None:
        """Nothing was started."""

    async def send(self, chat: str, message: OutgoingMessage) -> Sent:
        assert len(visible(message.text)) <= self.capabilities.max_chars, "a platform refuses this"
        assert len(message.files) <= 1, "one file per send"
        assert chat not in self.under_way, "two messages into one chat at once"
        self.calls.append(chat)
        self.under_way.append(chat)
        self.most_at_once = max(self.most_at_once, len(self.under_way))
        try:
            await self._note()
            if chat in self._gates:
                await self._gates[chat].wait()
            return self._end(chat, message)
        finally:
            self.under_way.remove(chat)
            await self._note()

    def _end(self, chat: str, message: OutgoingMessage) -> Sent:
        script = self._outcomes[chat] or self._outcomes[None]
        outcome = script.popleft() if script else None
        if isinstance(outcome, BaseException):
            raise outcome
        heard = Heard(chat, message, message.replaces or f"m{len(self.heard) + 1}")
        self.heard.append(heard)
        if outcome is not None:
            raise outcome.error
        return Sent(heard.id)

    async def fetch(self, file: IncomingFile) -> bytes:
        raise ChannelError("there are no files here", permanent=True)

    async def toast(self, press: str, text: str) -> None:
        """Nobody presses here."""

    async def typing(self, chat: str) -> None:
        """Nobody looks."""

    def invite_link(self, code: str) -> str | None:
        return None


def timeout() -> ChannelError:
    return ChannelError("timed out", outcome_unknown=True)


def unavailable() -> ChannelError:
    return ChannelError("502 bad gateway")


def blocked() -> ChannelError:
    return ChannelError("403 the bot was blocked by the user", unreachable=True)
