"""The database as the rest of the program holds it: two kinds of transactions, and nothing else.

SQLite has one writer. Writers of this process queue on a lock of ours, which is fair and wakes at once; for other
processes (the command line, a backup) the driver asks again and again, see ``db.driver``.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, nullcontext
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, event
from sqlalchemy.engine import make_url
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker, create_async_engine

from db import driver, memo, passages, phases

BUSY_TIMEOUT_MS = 10_000

Session = AsyncSession
"""The name that layers above use for an open transaction."""


def sqlite_url(path: Path) -> str:
    """The address of an SQLite file."""
    return f"sqlite:///{path}"


class Database:
    """Holds the engine. The caller of ``write`` owns the transaction: it commits when the block ends, or not at all."""

    def __init__(self, url: str) -> None:
        """Open lazily.

        Args:
            url: an SQLAlchemy address, for SQLite with any driver: ours is taken; for others with an async one.
        """
        self.url = url
        self.is_sqlite = make_url(url).get_backend_name() == "sqlite"
        address = make_url(url).set(drivername=driver.NAME) if self.is_sqlite else make_url(url)
        # the connection used last has the pages in its memory
        self._engine = create_async_engine(address, pool_use_lifo=True)
        if self.is_sqlite:
            event.listen(self._engine.sync_engine, "connect", _set_pragmas)
            event.listen(self._engine.sync_engine, "begin", _begin)
        passages.listen()
        memo.listen()
        phases.listen()
        info: dict[str, Any] = {memo.SHARED: {}}
        reading = self._engine.execution_options(reading=True)
        self._readers = async_sessionmaker(reading, expire_on_commit=False, info=info)
        self._writers = async_sessionmaker(self._engine, expire_on_commit=False, info=info)
        self._one_writer = asyncio.Lock()

    @asynccontextmanager
    async def write(self) -> AsyncIterator[Session]:
        """A transaction that may change things; committed at the end of the block, rolled back when it raises."""
        await asyncio.sleep(0)  # statements do not wait: without this, whoever asks again and again lets nobody else on
        async with self._one_writer if self.is_sqlite else nullcontext(), self._writers() as session, session.begin():
            yield session

    @asynccontextmanager
    async def read(self) -> AsyncIterator[Session]:
        """A consistent view; changes are not kept."""
        await asyncio.sleep(0)
        async with self._readers() as session:
            yield session  # closing it ends the transaction

    async def scrub(self) -> None:
        """Leave no trace of what was overwritten: the write-ahead log still has it until it is emptied."""
        if not self.is_sqlite:
            return
        async with self._one_writer, self._engine.connect() as connection:
            # the index keeps the words of what was deleted until its pieces are joined
            await connection.exec_driver_sql("INSERT INTO passages_fts (passages_fts) VALUES ('optimize')")
            await connection.commit()
            await connection.run_sync(_empty_log)

    async def close(self) -> None:
        """Let go of all connections."""
        await self._engine.dispose()


def _empty_log(connection: Connection) -> None:
    there = connection.connection.driver_connection
    assert isinstance(there, driver.Connection)  # noqa: S101  (of our own engine)
    there.empty_log()


def _set_pragmas(connection: driver.Connection, _record: Any) -> None:
    connection.patience_s = BUSY_TIMEOUT_MS / 1000
    cursor = connection.cursor()
    for pragma in (
        "journal_mode=WAL",
        "synchronous=FULL",
        "foreign_keys=ON",
        "secure_delete=ON",  # what is refused as secret must not linger in free pages
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin(connection: Connection) -> None:
    there = connection.connection.driver_connection
    assert isinstance(there, driver.Connection)  # noqa: S101  (of our own engine)
    there.is_reading = bool(connection.get_execution_options().get("reading"))
