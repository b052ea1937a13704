"""Whose turn it is to be written to, as far as the platforms' limits of speed go.

A message is taken from the outbox only when it can leave at once. What waits for its turn there can still be overtaken
by an answer, and nobody has to wonder after a crash whether it was sent.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from channels.base import Channel, Paced

Monotonic = Callable[[], float]


@dataclass
class Turns:
    """What the channels say of their limits.

    Args:
        channels: by name; those that are not ``Paced`` may always speak.
        monotonic: seconds of a clock that never steps.
    """

    channels: Mapping[str, Channel]
    monotonic: Monotonic = time.monotonic
    _resting: dict[tuple[str, str], float] = field(default_factory=dict)  # chats, until when

    def __post_init__(self) -> None:
        self._paced: dict[str, Paced] = {n: c for n, c in self.channels.items() if isinstance(c, Paced)}

    def full(self) -> dict[str, float]:
        """Channels on which nothing may go out now, not even an answer; seconds until it may."""
        return _only_waits({name: channel.ready_in(is_answer=True) for name, channel in self._paced.items()})

    def for_answers_only(self) -> dict[str, float]:
        """Channels on which nothing but an answer may go out now; seconds until the rest may."""
        return _only_waits({name: channel.ready_in(is_answer=False) for name, channel in self._paced.items()})

    def keep_silent(self, channel: str, seconds: float) -> None:
        """Let a channel call nothing for so long, not even what does not go through the outbox."""
        if channel in self._paced and seconds > 0:
            self._paced[channel].hush(seconds)

    def is_resting(self, channel: str, chat: str) -> bool:
        """Whether one chat has had as much as it may get for now; remembered."""
        wait = self._paced[channel].chat_ready_in(chat) if channel in self._paced else 0.0
        if wait > 0:
            self._resting[channel, chat] = self.monotonic() + wait
        return wait > 0

    def resting(self) -> frozenset[tuple[str, str]]:
        """The chats that were found resting and still are."""
        now = self.monotonic()
        self._resting = {chat: until for chat, until in self._resting.items() if until > now}
        return frozenset(self._resting)

    def rest_of_all(self) -> float | None:
        """Seconds until the first of the resting chats may be written to; None when there is none."""
        return max(0.0, min(self._resting.values()) - self.monotonic()) if self._resting else None


def _only_waits(waits: Mapping[str, float]) -> dict[str, float]:
    return {name: seconds for name, seconds in waits.items() if seconds > 0}
