"""What can go wrong between the bot and Telegram, on demand; and Telegram's limits on speed."""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass

SENDS = frozenset({"sendMessage", "editMessageText", "editMessageCaption", "sendPhoto", "sendDocument"})

KINDS = {
    "429": "refused with retry_after",
    "500": "an internal error, nothing delivered",
    "502": "a gateway page that is not JSON, nothing delivered",
    "500_delivered": "an internal error, though delivered",
    "403": "blocked by the user",
    "400": "a bad request; `text` says which",
    "401": "the token is rejected",
    "409": "another poller",
    "migrate": "the group became a supergroup; `new_chat` says which",
    "timeout_delivered": "delivered, and no answer ever",
    "timeout": "not delivered, and no answer ever",
    "reset_delivered": "delivered, then the connection is reset",
    "reset": "the connection is reset, nothing delivered",
}


@dataclass
class Fault:
    """The next ``times`` calls of ``methods`` (into ``chat``, when given) go wrong."""

    kind: str
    times: int = 1
    methods: Collection[str] = SENDS
    chat: int | None = None
    retry_after: int = 1
    new_chat: int | None = None
    text: str = "Bad Request: chat not found"

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            raise ValueError(f"no such fault: {self.kind}; one of {', '.join(KINDS)}")

    def hits(self, method: str, chat: int | None) -> bool:
        return self.times > 0 and method in self.methods and self.chat in (None, chat)


class Rates:
    """Telegram's limits, as tolerant as it is in practice with short bursts in a chat."""

    WINDOWS = ((30, 1.0, "all"), (5, 2.0, "chat"), (20, 60.0, "group"))

    def __init__(self) -> None:
        self._times: dict[str, list[float]] = defaultdict(list)

    def passed_by(self, chat: int) -> bool:
        """Count a send into the chat; whether it passes a limit."""
        now = time.monotonic()
        full = [self._full(chat, limit, period, scope, now) for limit, period, scope in self.WINDOWS]
        return any(full)  # after all have counted

    def _full(self, chat: int, limit: int, period: float, scope: str, now: float) -> bool:
        if scope == "group" and chat > 0:
            return False
        key = "all" if scope == "all" else f"{scope} {chat}"
        recent = self._times[key] = [t for t in self._times[key] if now - t < period]
        if len(recent) >= limit:
            return True
        recent.append(now)
        return False
