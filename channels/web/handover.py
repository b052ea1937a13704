"""Handing over what people did, exactly once as far as the program keeps it: again until it is confirmed."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable

from channels.base import IncomingMessage, Keep
from channels.web.store import Store

log = logging.getLogger(__name__)


class Handover:
    """The way from the platform to the program.

    Args:
        store: holds what is not confirmed yet.
        changed: called after each confirmation.
        retry_s: seconds until what could not be kept is handed over again.
    """

    def __init__(self, store: Store, changed: Callable[[], None], retry_s: float) -> None:
        self._store = store
        self._changed = changed
        self._retry_s = retry_s
        self._keep: Keep | None = None
        self._turn = asyncio.Lock()
        self._retry: asyncio.Task[None] | None = None

    async def start(self, keep: Keep) -> None:
        """Begin with what was left over."""
        self._keep = keep
        await self.run()

    async def stop(self) -> None:
        """Hand nothing over until the next ``start``; what is under way finishes."""
        self._keep = None
        if self._retry is not None:
            self._retry.cancel()
            self._retry = None
        async with self._turn:
            pass

    async def run(self) -> None:
        """Hand over what is not confirmed, each chat in order; where one fails that chat waits."""
        stuck: set[str] = set()
        async with self._turn:
            for update, came in self._store.unconfirmed():
                if self._keep is None or came.chat in stuck:
                    continue
                if await self._kept(self._keep, came):
                    self._store.confirm(update)
                    self._changed()
                else:
                    stuck.add(came.chat)
        if stuck:
            self._try_again_later()

    async def _kept(self, keep: Keep, came: IncomingMessage) -> bool:
        try:
            await keep(came)
        except Exception:
            # Whatever went wrong there, a platform's answer is the same: not confirmed, so handed over again.
            log.exception("not kept, will be handed over again", extra={"action": "web_unconfirmed"})
            return False
        return True

    def _try_again_later(self) -> None:
        if self._keep is not None and self._retry is None:
            self._retry = asyncio.create_task(self._run_later())

    async def _run_later(self) -> None:
        await asyncio.sleep(self._retry_s)
        self._retry = None
        await self.run()
