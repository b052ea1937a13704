"""What must leave no trace leaves none, also when the process was killed before it could see to that."""

from __future__ import annotations

import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import func, select

from db import Database, sqlite_url
from db.models import Heartbeat, InviteTry
from db.queries import vitals

NOW = datetime(2024, 2, 1, tzinfo=UTC)


@asynccontextmanager
async def _opened(folder: Path) -> AsyncIterator[Database]:
    database = Database(sqlite_url(folder / "dondoc.sqlite"))
    yield database
    await database.close()


async def _marks(database: Database) -> int:
    async with database.read() as session:
        return await session.scalar(select(func.count()).select_from(Heartbeat)) or 0


async def _leaves_traces(folder: Path) -> None:
    """As a process does that is killed between its commit and what comes after it."""
    async with _opened(folder) as database, database.write() as session:
        await vitals.mark_traces(session, NOW)


async def _writes(database: Database) -> None:
    async with database.write() as session:
        session.add(InviteTry(channel="web", external_id="x", at=NOW))


def _pieces(folder: Path) -> int:
    """Of the index of words: those that are joined have no deleted words in them any more."""
    with closing(sqlite3.connect(folder / "dondoc.sqlite")) as connection:
        found = connection.execute("SELECT count(DISTINCT id >> 37) FROM passages_fts_data WHERE id > 10")
        return int(found.fetchone()[0])


def _write_and_delete_words(folder: Path) -> None:
    """As the draft of a notice, which turns out to be secret on its second page."""
    with closing(sqlite3.connect(folder / "dondoc.sqlite")) as connection:
        connection.execute("PRAGMA foreign_keys = OFF")
        for words in ("ra soat ho so", "kiem tra"):
            with connection:
                connection.execute(
                    "INSERT INTO passages (directive_id, exact, bare, number, units) VALUES (1, ?, ?, '', '')",
                    (words, words),
                )
        with connection:
            connection.execute("DELETE FROM passages")


async def test_who_writes_first_after_a_kill_sees_to_it(data_folder: Path) -> None:
    _write_and_delete_words(data_folder)
    await _leaves_traces(data_folder)
    assert _pieces(data_folder) > 1
    async with _opened(data_folder) as database:
        await database.take_up_traces()
        await _writes(database)
        assert await _marks(database) == 0
    assert _pieces(data_folder) <= 1


async def test_once_it_is_seen_to_nobody_has_to_do_it_again(data_folder: Path) -> None:
    async with _opened(data_folder) as database:
        async with database.write() as session:
            await vitals.mark_traces(session, NOW)
        await database.scrub()
        assert await _marks(database) == 0


async def test_as_long_as_somebody_reads_in_the_log_the_mark_stands(data_folder: Path) -> None:
    await _leaves_traces(data_folder)
    async with _opened(data_folder) as database:
        await _writes(database)
        with closing(sqlite3.connect(data_folder / "dondoc.sqlite", isolation_level=None)) as backup:
            backup.execute("BEGIN")
            backup.execute("SELECT count(*) FROM inbox").fetchone()
            await database.take_up_traces()
            await _writes(database)
            assert await _marks(database) == 1
        await _writes(database)
        assert await _marks(database) == 0
