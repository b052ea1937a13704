"""The program on PostgreSQL: where ``DONDOC_TEST_POSTGRESQL`` is the address of a database that may be emptied.

Its name has to end with "test", its driver (``psycopg``) has to be installed: postgresql+psycopg://USER@HOST/dondoc_test
"""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import create_engine, select, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DBAPIError

import tests.talk
from bot.settings import StorageSettings
from db import Database
from db.migrate import migrate
from db.models import Transition
from db.queries.reminders import take_due
from services import audit
from tests.dialogs.test_morning import TODAY, give, local
from tests.talk import Talk, open_talk

ADDRESS = os.environ.get("DONDOC_TEST_POSTGRESQL", "")
NOW = datetime(2024, 2, 1, tzinfo=UTC)
LET_IT_TRY_S = 0.3

pytestmark = pytest.mark.skipif(not ADDRESS, reason="DONDOC_TEST_POSTGRESQL names no server")


@pytest.fixture
def address() -> str:
    """An empty database of the newest form. Whatever was in it is gone."""
    assert (make_url(ADDRESS).database or "").endswith("test"), "all of this database would be deleted"
    engine = create_engine(ADDRESS)
    with engine.begin() as connection:
        connection.execute(text("DROP SCHEMA public CASCADE"))
        connection.execute(text("CREATE SCHEMA public"))
    engine.dispose()
    assert migrate(ADDRESS)
    assert not migrate(ADDRESS)
    return ADDRESS


@pytest.fixture
async def database(address: str) -> AsyncIterator[Database]:
    there = Database(address)
    yield there
    await there.close()


@pytest.fixture
async def talk(address: str, data_folder: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Talk]:
    """The small office of the transcripts, with its database on the server."""
    monkeypatch.setattr(tests.talk, "StorageSettings", lambda folder: StorageSettings(folder, database=address))
    monkeypatch.setattr(tests.talk, "_SETTLED", {})
    monkeypatch.setattr(tests.talk, "_copy_of", lambda _: b"")
    there = await open_talk(data_folder)
    yield there
    await there.close()


async def _chain(database: Database) -> list[tuple[str, str]]:
    async with database.read() as session:
        rows = await session.execute(select(Transition.previous_hash, Transition.hash).order_by(Transition.id))
        return [(before, own) for before, own in rows]


async def _acts(database: Database) -> None:
    async with database.write() as session:
        await audit.record(session, "imported", now=NOW)


async def test_a_task_from_its_issue_to_its_approval(talk: Talk) -> None:
    await talk.says("van", "/giaoviec Phòng Nội vụ: rà soát hồ sơ kè bờ Bắc sông, chậm nhất ngày 06/02/2024")
    await talk.presses("van", "Phát hành")
    talk.hears("nam", "Nhiệm vụ mới", "#1")
    await talk.says("nam", "#1 được 40%, vướng vì thiếu số liệu")
    talk.hears("nam", "đã ghi", "40%")
    await talk.says("van", "/tim ke bac song")
    talk.hears("van", "#1")
    await talk.until(local(TODAY) + timedelta(days=4))
    assert [m for m in talk.from_bot("nam") if "việc cần chú ý" in m.text]
    await talk.says("nam", "#1 xong")
    await talk.presses("nam", "Đúng")
    await talk.says("van", "/status")
    talk.hears("van", "chờ duyệt")
    links = await _chain(talk.app.database)
    assert len(links) > 5
    assert [before for before, _ in links[1:]] == [own for _, own in links[:-1]]


async def test_writers_of_two_processes_keep_the_audit_one_chain(database: Database, address: str) -> None:
    other = Database(address)
    async with database.write() as session:
        await audit.record(session, "imported", now=NOW)
        second = asyncio.create_task(_acts(other))
        await asyncio.wait({second}, timeout=LET_IT_TRY_S)
        assert not second.done(), "it read the end of the chain while another added to it"
    await second
    await other.close()
    links = await _chain(database)
    assert [before for before, _ in links] == [audit.GENESIS, *(own for _, own in links[:-1])]


async def test_a_reader_sees_one_state_while_another_writes(database: Database) -> None:
    async with database.read() as session:
        assert list(await session.scalars(select(Transition))) == []
        async with database.write() as writing:
            await audit.record(writing, "imported", now=NOW)
        assert list(await session.scalars(select(Transition))) == []
    assert len(await _chain(database)) == 1


@pytest.mark.parametrize("statement", ["UPDATE transitions SET event = 'x'", "DELETE FROM transitions"])
async def test_audit_rows_are_never_changed(database: Database, statement: str) -> None:
    async with database.write() as session:
        await audit.record(session, "imported", now=NOW)
    with pytest.raises(DBAPIError, match="never changed"):
        async with database.write() as session:
            await session.execute(text(statement))


async def test_moments_come_back_as_they_were(database: Database) -> None:
    async with database.write() as session:
        await audit.record(session, "imported", now=NOW)
    async with database.read() as session:
        assert list(await session.scalars(select(Transition.at))) == [NOW]


async def test_what_is_due_is_taken(talk: Talk) -> None:
    (number,) = await give(talk, "nam", [TODAY])
    async with talk.app.database.write() as session:
        assert [due.id for due in await take_due(session, local(TODAY), 10)] == [number]
