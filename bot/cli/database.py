"""Commands that act in the database."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

from bot.settings import Settings
from db import Database, Session
from db.migrate import migrate


def in_database(settings: Settings, act: Callable[[Session], Awaitable[int]]) -> int:
    """Bring the database to the newest form and act in one write transaction of it."""
    migrate(settings.database_url)
    return asyncio.run(written(settings.database_url, act))


async def written(url: str, act: Callable[[Session], Awaitable[int]]) -> int:
    """Act in one write transaction of a database of the newest form; gives the exit status."""
    database = Database(url)
    try:
        async with database.write() as session:
            return await act(session)
    finally:
        await database.close()
