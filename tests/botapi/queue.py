"""Telegram's queue of updates, as its own server keeps it (TQueue in tdlib)."""

from __future__ import annotations

import asyncio
import time
from typing import Any

Json = dict[str, Any]
FIRST_UPDATE = 700_000_000
KEPT_S = 24 * 3600.0  # what is not fetched by then is gone: core.telegram.org/bots/api#getting-updates


class Conflict(Exception):
    """Another getUpdates came while this one was waiting."""


class UpdateQueue:
    """Updates until they are confirmed, and the one poll that may wait for them."""

    def __init__(self, changed: asyncio.Condition) -> None:
        self._changed = changed
        self._poll = 0  # number of the latest poll
        self.next_id = FIRST_UPDATE
        self.pending: list[Json] = []
        self.confirmed: list[int] = []
        self.delivered: list[int] = []  # in order, repeats included
        self.expired: list[int] = []  # never fetched within ``KEPT_S``
        self.ahead = 0.0  # seconds that a test has let go by at once
        self._since: dict[int, float] = {}

    def add(self, content: Json) -> int:
        """Queue an update; returns its number. The caller notifies ``changed``."""
        update_id = self.next_id
        self.next_id += 1
        self.pending.append({"update_id": update_id, **content})
        self._since[update_id] = self._now()
        return update_id

    def _now(self) -> float:
        return time.monotonic() + self.ahead

    def renumber(self, next_id: int) -> None:
        """What happens after a week without updates: the numbers go on anywhere."""
        assert not self.pending, "an idle week has nothing pending"
        self.next_id = next_id

    async def poll(self, offset: int, limit: int, hold: float) -> list[Json]:
        """One getUpdates: confirms everything before ``offset``, waits ``hold`` seconds for more.

        Raises:
            Conflict: a later poll took over.
        """
        async with self._changed:
            self._poll += 1
            mine = self._poll
            self._confirm(offset)
            self._expire()
            self._changed.notify_all()
            try:
                async with asyncio.timeout(hold):
                    await self._changed.wait_for(lambda: self.pending or self._poll != mine)
            except TimeoutError:
                return []
            if self._poll != mine:
                raise Conflict
            told = self.pending[:limit]
            self.delivered += [u["update_id"] for u in told]
            return list(told)

    def _confirm(self, offset: int) -> None:
        if offset < 0:
            keep = len(self.pending) + offset
            offset = self.pending[keep]["update_id"] if 0 <= keep < len(self.pending) else offset
        if offset > self.next_id + 10:
            return  # "from the future": the server answers from the head of its queue
        self.confirmed += [u["update_id"] for u in self.pending if u["update_id"] < offset]
        self.pending = [u for u in self.pending if u["update_id"] >= offset]

    def _expire(self) -> None:
        old = {u["update_id"] for u in self.pending if self._now() - self._since[u["update_id"]] > KEPT_S}
        self.expired += sorted(old)
        self.pending = [u for u in self.pending if u["update_id"] not in old]
