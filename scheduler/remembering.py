"""What the first screen of leaders counts is counted before they ask, and kept for the next start."""

from __future__ import annotations

from db import Database
from services import counted


async def remember(database: Database) -> None:
    """Bring what is remembered of the figures up to date; keep it when much has changed since it was kept.

    Args:
        database: of directives. It is counted in a transaction that only reads: nobody waits for it.
    """
    async with database.read() as session:
        is_stale = await counted.warm(session)
    if is_stale:
        async with database.write() as session:
            await counted.keep(session)
