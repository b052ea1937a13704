"""Our way to SQLite: nobody holds up the loop, nobody leaves a transaction open, two processes take turns."""

from __future__ import annotations

import asyncio
import sqlite3
import threading
from collections.abc import AsyncIterator, Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.exc import OperationalError

from db import Database, Session, driver, sqlite_url
from db.models import InviteTry
from tests.patience import WITHIN_S

ENDLESS = "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT max(i) FROM n"


@pytest.fixture
async def database(data_folder: Path) -> AsyncIterator[Database]:
    there = Database(sqlite_url(data_folder / "dondoc.sqlite"))
    await _count(there)  # from then on the file has its log, and readers need not wait for writers
    yield there
    await there.close()


@contextmanager
def _another_writes(folder: Path) -> Iterator[sqlite3.Connection]:
    """As another process would: a connection of its own, in the middle of a transaction."""
    with closing(sqlite3.connect(folder / "dondoc.sqlite", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        other.execute(
            "INSERT INTO invite_tries (channel, external_id, at) VALUES ('web', 'other', '2024-02-01 00:00:00')"
        )
        yield other


def _row(key: str) -> InviteTry:
    return InviteTry(channel="web", external_id=key, at=datetime(2024, 2, 1, tzinfo=UTC))


async def _add(database: Database, key: str) -> None:
    async with database.write() as session:
        session.add(_row(key))


async def _count(database: Database) -> int:
    async with database.read() as session:
        return (await session.scalar(select(func.count()).select_from(InviteTry))) or 0


async def _one_turn() -> None:
    """Let all others go as far as they can; two rounds of pauses of the driver pass."""
    await asyncio.sleep(driver.PAUSES_S[0] * 4)


async def _note_threads(session: Session, ran_in: list[threading.Thread]) -> None:
    """``here()`` says which thread a statement runs in."""
    raw = (await (await session.connection()).get_raw_connection()).driver_connection
    assert isinstance(raw, driver.Connection)
    raw.create_function("here", 0, lambda: ran_in.append(threading.current_thread()))


async def test_who_asks_for_much_has_it_all_in_threads(database: Database) -> None:
    ran_in: list[threading.Thread] = []
    async with database.read(aside=True) as session:
        await _note_threads(session, ran_in)
        await session.execute(text("SELECT here()"))
        assert await session.scalar(select(func.count()).select_from(InviteTry)) == 0
    assert [thread is threading.main_thread() for thread in ran_in] == [False]


async def test_short_statements_need_no_thread(database: Database) -> None:
    ran_in: list[threading.Thread] = []
    async with database.write() as session:
        session.add(_row("a"))
        await _note_threads(session, ran_in)
        await session.execute(text("SELECT here()"))
        await session.execute(text("SELECT here()"), execution_options={driver.ASIDE: True})
    assert ran_in[0] is threading.main_thread()
    assert ran_in[1] is not threading.main_thread()


async def test_a_writer_waits_for_another_process_and_the_loop_goes_on(database: Database, data_folder: Path) -> None:
    with _another_writes(data_folder) as other:
        writing = asyncio.create_task(_add(database, "a"))
        await _one_turn()
        assert not writing.done()
        assert await _count(database) == 0  # readers are not held up
        other.execute("COMMIT")
        await writing
    assert await _count(database) == 2


async def test_patience_ends(data_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("db.engine.BUSY_TIMEOUT_MS", 5)
    database = Database(sqlite_url(data_folder / "dondoc.sqlite"))
    with _another_writes(data_folder), pytest.raises(OperationalError, match="database is locked"):
        await _add(database, "a")
    await _add(database, "b")
    assert await _count(database) == 1
    await database.close()


async def test_who_is_cancelled_while_waiting_leaves_no_transaction(database: Database, data_folder: Path) -> None:
    with _another_writes(data_folder) as other:
        writing = asyncio.create_task(_add(database, "a"))
        await _one_turn()
        writing.cancel()
        await asyncio.wait({writing})
        assert writing.cancelled()
        other.execute("ROLLBACK")
        other.execute("BEGIN IMMEDIATE")
        other.execute("ROLLBACK")
    await _add(database, "b")
    assert await _count(database) == 1


async def test_who_is_cancelled_within_a_transaction_has_changed_nothing(database: Database, data_folder: Path) -> None:
    under_way = asyncio.Event()

    async def stays() -> None:
        async with database.write() as session:
            session.add(_row("a"))
            await session.flush()
            under_way.set()
            await asyncio.Event().wait()

    task = asyncio.create_task(stays())
    await under_way.wait()
    task.cancel()
    await asyncio.wait({task})
    with _another_writes(data_folder):  # nobody else is in a transaction
        assert await _count(database) == 0
    await _add(database, "b")


async def test_a_long_statement_leaves_the_loop_free_and_ends_when_it_is_cancelled(database: Database) -> None:
    under_way = asyncio.Event()

    async def asks() -> None:
        async with database.read() as session:
            under_way.set()
            await session.execute(text(ENDLESS), execution_options={driver.ASIDE: True})

    task = asyncio.create_task(asks())
    await under_way.wait()
    await _one_turn()
    await _add(database, "a")  # others read and write meanwhile
    assert not task.done()
    task.cancel()
    await asyncio.wait({task}, timeout=WITHIN_S)
    assert task.cancelled()
    assert await _count(database) == 1


async def _asks_without_end(database: Database) -> None:
    async with database.read() as session:
        await session.execute(text(ENDLESS), execution_options=driver.IN_A_THREAD)


async def test_however_many_ask_long_things_a_commit_finds_a_thread(database: Database) -> None:
    asking = [asyncio.create_task(_asks_without_end(database)) for _ in range(8)]
    await _one_turn()
    async with asyncio.timeout(WITHIN_S):
        await _add(database, "a")
    for task in asking:
        task.cancel()
    await asyncio.wait(asking, timeout=WITHIN_S)
    assert all(task.cancelled() for task in asking)


async def test_what_waits_for_a_thread_never_begins_once_it_is_cancelled(database: Database) -> None:
    asking = [asyncio.create_task(_asks_without_end(database)) for _ in range(8)]
    await _one_turn()
    for task in reversed(asking):  # those that wait are told first
        task.cancel()
    await asyncio.wait(asking, timeout=WITHIN_S)
    assert all(task.cancelled() for task in asking)
    assert await _count(database) == 0


async def test_a_commit_that_is_cancelled_is_over_before_the_connection_goes_to_others(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    may_end, began, loop = threading.Event(), asyncio.Event(), asyncio.get_running_loop()

    def slowly(work: object, **_: object) -> object:
        def commit() -> object:
            loop.call_soon_threadsafe(began.set)
            assert may_end.wait(10)
            return work()  # type: ignore[operator]

        return aside(commit)

    aside = driver._aside
    await _count(database)
    with monkeypatch.context() as patch:
        patch.setattr(driver, "_aside", slowly)
        task = asyncio.create_task(_add(database, "a"))
        await began.wait()
        task.cancel()
        await asyncio.sleep(0)
        task.cancel()  # however often
        await asyncio.sleep(0)
        assert not task.done()
        may_end.set()
        await asyncio.wait({task})
    assert task.cancelled()
    assert await _count(database) == 1  # what had reached the disk stays: it was told nobody that it had not
    await _add(database, "b")


async def test_an_error_takes_back_the_whole_transaction(database: Database) -> None:
    async def fails() -> None:
        async with database.write() as session:
            session.add(_row("a"))
            await session.flush()
            await session.execute(text("SELECT 1 FROM nowhere"))

    with pytest.raises(OperationalError, match="no such table"):
        await fails()
    assert await _count(database) == 0


async def test_a_reader_sees_one_state_while_another_writes(database: Database) -> None:
    async with database.read() as session:
        before = await session.scalar(select(func.count()).select_from(InviteTry))
        await _add(database, "a")
        assert await session.scalar(select(func.count()).select_from(InviteTry)) == before == 0
    assert await _count(database) == 1


async def test_rows_are_there_although_the_connection_is_used_again(database: Database) -> None:
    for key in "abc":
        await _add(database, key)
    async with database.write() as session:
        connection = await session.connection()
        found = await connection.execute(select(InviteTry.id).order_by(InviteTry.id))
        await connection.execute(text("DELETE FROM invite_tries"))
        assert [number for (number,) in found] == [1, 2, 3]
        assert await connection.scalar(text("SELECT count(*) FROM invite_tries")) == 0


async def test_who_asks_again_and_again_lets_others_on(database: Database) -> None:
    async def add_later() -> None:
        for _ in range(20):
            await asyncio.sleep(0)
        await _add(database, "a")

    task = asyncio.create_task(add_later())
    while not await _count(database):
        pass
    await task


async def test_the_log_is_emptied_once_nobody_reads_it(database: Database, data_folder: Path) -> None:
    log = data_folder / "dondoc.sqlite-wal"
    await _add(database, "a")
    async with database.read() as session:
        await session.scalar(select(func.count()).select_from(InviteTry))
        await _add(database, "b")
        scrubbing = asyncio.create_task(database.scrub())
        await _one_turn()
        assert not scrubbing.done()
        assert log.stat().st_size > 0
    await scrubbing
    assert log.stat().st_size == 0


async def test_while_a_backup_reads_in_the_log_nobody_waits_for_it_and_who_writes_later_empties_it(
    database: Database, data_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("db.engine.SCRUB_PATIENCE_S", 0.01)
    log = data_folder / "dondoc.sqlite-wal"
    await _add(database, "a")
    with closing(sqlite3.connect(data_folder / "dondoc.sqlite", isolation_level=None)) as other:
        other.execute("BEGIN")
        other.execute("SELECT count(*) FROM invite_tries").fetchone()
        await _add(database, "b")
        await database.scrub()
        await _add(database, "c")
        assert log.stat().st_size > 0
    await _add(database, "d")
    assert log.stat().st_size == 0
    assert await _count(database) == 4


@pytest.mark.parametrize(
    ("statement", "table"),
    [
        ("INSERT INTO units (id) VALUES (1)", "units"),
        ('insert or ignore into "Units" (id) VALUES (1)', "units"),
        ("UPDATE units SET name = ''", "units"),
        ("\n DELETE FROM units", "units"),
        ("SELECT 1 FROM units", None),
        ("PRAGMA user_version", None),
        ("WITH x AS (SELECT 1) UPDATE units SET name = ''", ""),
        ("DROP TABLE units", ""),
    ],
)
def test_what_a_statement_changes_is_told_from_its_words(statement: str, table: str | None) -> None:
    assert driver.changed_by(statement) == table
