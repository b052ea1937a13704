"""Writing down what became of a message that has left the house."""

from __future__ import annotations

import logging
from collections import deque
from collections.abc import Awaitable, Callable

from db import Database, Session

logger = logging.getLogger(__name__)

Change = Callable[[Session], Awaitable[object]]


class NotNoted(Exception):
    """The database did not take it; it is kept in memory and written before anything else is sent."""


class Ledger:
    """Records changes, each in a transaction of its own, and holds on to what the database does not take.

    A message that is sent while the disk is full must not be sent again because nobody could write it down.
    Until it is written, its row says "sending", and nothing else goes to its chat.
    """

    def __init__(self, database: Database) -> None:
        """Begin with nothing owed."""
        self._database = database
        self._owed: deque[Change] = deque()

    async def note(self, change: Change, instead: Change | None = None) -> None:
        """Write it now.

        Args:
            change: what to do in a write transaction.
            instead: what to do later, where that is something else.

        Raises:
            NotNoted: it could not be written, and is owed.
        """
        try:
            await self._write(change)
        except Exception as error:
            logger.exception("The outcome of a message cannot be recorded", extra={"action": "not_recorded"})
            self._owed.append(instead or change)
            raise NotNoted from error

    async def catch_up(self) -> None:
        """Write what is owed, the oldest first. Raises what the database raises."""
        while self._owed:
            await self._write(self._owed[0])
            self._owed.popleft()

    async def _write(self, change: Change) -> None:
        async with self._database.write() as session:
            await change(session)
