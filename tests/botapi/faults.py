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
    retry_after: float = 1
    new_chat: int | None = None
    text: str = "Bad Request: chat not found"

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            raise ValueError(f"no such fault: {self.kind}; one of {', '.join(KINDS)}")

    def hits(self, method: str, chat: int | None) -> bool:
        return self.times > 0 and method in self.methods and self.chat in (None, chat)


class Rates:
    """Telegram's limits: core.telegram.org/bots/faq, "My bot is hitting limits".

    30 messages in any second, 20 in any minute into a group; into one chat one a second in the long run, after a
    pause some at once. A refused message counts against none of them.
    """

    OVERALL, GROUP_PER_MINUTE = 30, 20
    CHAT_INTERVAL_S, CHAT_BURST = 1.0, 5

    def __init__(self) -> None:
        self._all: list[float] = []
        self._groups: dict[int, list[float]] = defaultdict(list)
        self._even: dict[int, float] = {}  # of a chat: when evenly spaced messages so far would allow the next

    def passed_by(self, chat: int) -> bool:
        """Count a send into the chat, unless it passes a limit; whether it does."""
        now = time.monotonic()
        self._all = [t for t in self._all if now - t < 1.0]
        group = self._groups[chat] = [t for t in self._groups[chat] if now - t < 60.0]
        even = max(self._even.get(chat, now), now)
        is_group_full = chat < 0 and len(group) >= self.GROUP_PER_MINUTE
        is_chat_full = even - now > (self.CHAT_BURST - 1) * self.CHAT_INTERVAL_S
        if is_group_full or is_chat_full or len(self._all) >= self.OVERALL:
            return True
        self._all.append(now)
        group.append(now)
        self._even[chat] = even + self.CHAT_INTERVAL_S
        return False
