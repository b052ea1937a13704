"""Looking on: what is new since a version, and a wait until something is."""

from __future__ import annotations

import asyncio

from channels.web.store import Message, Store, Toast


class Watch:
    """A view of a store's changes for whoever shows them live."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._waiting: set[asyncio.Future[None]] = set()
        self._typing: dict[str, int] = {}

    @property
    def version(self) -> int:
        """Grows with every change."""
        return self._store.version

    def messages(self, after: int) -> list[Message]:
        """Messages of all chats that came or changed after a version, oldest first."""
        return self._store.since(after)

    def toasts(self, after: int) -> list[Toast]:
        """Toasts after a version."""
        return self._store.toasts(after)

    def typing(self, after: int) -> list[str]:
        """Chats in which the bot began to type after a version."""
        return [chat for chat, when in self._typing.items() if when > after]

    def types(self, chat: str) -> None:
        """The bot begins to type in a chat; shown, not kept."""
        self._typing[chat] = self._store.pass_by()
        self.changed()

    def changed(self) -> None:
        """Wake whoever waits."""
        for waiter in self._waiting:
            if not waiter.done():
                waiter.set_result(None)

    async def wait(self, after: int) -> int:
        """Wait until something is newer than a version; returns the version now."""
        while self._store.version <= after:
            waiter: asyncio.Future[None] = asyncio.get_running_loop().create_future()
            self._waiting.add(waiter)
            try:
                await waiter
            finally:
                self._waiting.discard(waiter)
        return self._store.version
