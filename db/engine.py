"""The database as the rest of the program holds it: two kinds of transactions, and nothing else.

SQLite has one writer. Writers of this process queue on a lock of ours, which is fair and wakes at once; for other
processes (the command line, a backup) the driver asks again and again, see ``db.driver``. PostgreSQL is made to behave
the same: one writer at a time, in whatever process, and readers that see one state. The chain of the audit, and all
that is asked before it is changed, rely on that.
"""

from __future__ import annotations

import asyncio
import logging
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, delete, event, select
from sqlalchemy.engine import make_url
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker, create_async_engine

from db import driver, memo, passages, phases
from db.models import Heartbeat

logger = logging.getLogger(__name__)

BUSY_TIMEOUT_MS = 10_000
WRITERS = 0xD0D0C  # the number of the lock that writers on PostgreSQL take turns by
SCRUB_PATIENCE_S = 1.0  # all other writers wait meanwhile
TRACES = "traces"
"""The heartbeat that stands from a deletion that must leave no trace until there is none: it outlives a ``kill``."""

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
        # what people wrote stays out of the log when a statement fails (the disk is full, another process writes);
        # the connection used last has the pages in its memory
        self._engine = create_async_engine(address, hide_parameters=True, pool_use_lifo=True)
        if self.is_sqlite:
            event.listen(self._engine.sync_engine, "connect", _set_pragmas)
            event.listen(self._engine.sync_engine, "begin", _begin)
        else:
            event.listen(self._engine.sync_engine, "begin", _take_turn)
        passages.listen()
        memo.listen()
        phases.listen()
        info: dict[str, Any] = {memo.SHARED: {}}
        one_state: dict[str, Any] = {} if self.is_sqlite else {"isolation_level": "REPEATABLE READ"}
        reading = self._engine.execution_options(reading=True, **one_state)
        aside = self._engine.execution_options(reading=True, **one_state, **driver.IN_A_THREAD)
        self._readers = async_sessionmaker(reading, expire_on_commit=False, info=info)
        self._patient_readers = async_sessionmaker(aside, expire_on_commit=False, info=info)
        self._writers = async_sessionmaker(self._engine, expire_on_commit=False, info=info)
        self._one_writer = asyncio.Lock()
        self._has_traces = False  # of what was overwritten, in the log

    @asynccontextmanager
    async def write(self) -> AsyncIterator[Session]:
        """A transaction that may change things; committed at the end of the block, rolled back when it raises."""
        await asyncio.sleep(0)  # statements do not wait: without this, whoever asks again and again lets nobody else on
        async with self._one_writer:
            async with self._writers() as session, session.begin():
                yield session
            if self._has_traces:
                await self._empty_log(0.0)

    @asynccontextmanager
    async def read(self, *, aside: bool = False) -> AsyncIterator[Session]:
        """A consistent view; changes are not kept.

        Args:
            aside: much is asked for, and nobody waits for it: all statements run in a thread.
        """
        await asyncio.sleep(0)
        async with (self._patient_readers if aside else self._readers)() as session:
            yield session  # closing it ends the transaction

    async def scrub(self) -> None:
        """Leave no trace of what was overwritten: the write-ahead log still has it until it is emptied.

        While somebody reads in the log (a backup takes its time) that cannot be: nobody waits for it long, and whoever
        writes later sees to it.
        """
        if not self.is_sqlite:
            return
        self._has_traces = True
        async with self._one_writer:
            await self._empty_log(SCRUB_PATIENCE_S)

    async def take_up_traces(self) -> None:
        """For the start: what an earlier process did not get to scrub is scrubbed by whoever writes next.

        That it was killed is not enough to go by: joining the pieces of a large index takes its time.
        """
        if not self.is_sqlite:
            return
        try:
            async with self.read() as session:
                found = await session.scalar(select(Heartbeat.name).where(Heartbeat.name == TRACES))
        except (sqlite3.Error, SQLAlchemyError):
            self._has_traces = True  # nobody knows, and to scrub once too often does no harm
        else:
            self._has_traces |= found is not None

    async def _empty_log(self, patience_s: float) -> None:
        """What was asked for has been done: that traces are left is no reason to tell anybody it has not."""
        try:
            async with self._engine.connect() as connection:
                # the index keeps the words of what was deleted until its pieces are joined
                await connection.exec_driver_sql("INSERT INTO passages_fts (passages_fts) VALUES ('optimize')")
                await connection.commit()
                await connection.run_sync(_empty_log, patience_s)
                await connection.execute(delete(Heartbeat).where(Heartbeat.name == TRACES))
                await connection.commit()
        except (sqlite3.Error, SQLAlchemyError) as error:
            level = logging.WARNING if patience_s else logging.DEBUG
            logger.log(level, "The log cannot be emptied yet: %s", error, extra={"action": "log_not_emptied"})
        else:
            self._has_traces = False

    async def close(self) -> None:
        """Let go of all connections."""
        await self._engine.dispose()


def _empty_log(connection: Connection, patience_s: float) -> None:
    there = connection.connection.driver_connection
    assert isinstance(there, driver.Connection)  # noqa: S101  (of our own engine)
    there.empty_log(patience_s)


def _set_pragmas(connection: driver.Connection, _record: Any) -> None:
    connection.patience_s = BUSY_TIMEOUT_MS / 1000
    connection.counted = memo.STANDING
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


def _take_turn(connection: Connection) -> None:
    if not connection.get_execution_options().get("reading"):
        patience = f"set_config('lock_timeout', '{BUSY_TIMEOUT_MS}', true)"
        connection.exec_driver_sql(f"SELECT {patience}, pg_advisory_xact_lock({WRITERS})")
