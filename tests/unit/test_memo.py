"""What a transaction remembers of the directory is never older than the directory."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy import event, update

from db import Database, sqlite_url
from db.models import Person, Unit
from domain.calendar import OFFICE_ZONE
from domain.rights import Role
from services import audit, scope

NOW = datetime(2024, 1, 31, 9, 0, tzinfo=OFFICE_ZONE)


@pytest.fixture
async def database(data_folder: Path) -> AsyncIterator[Database]:
    there = Database(sqlite_url(data_folder / "dondoc.sqlite"))
    async with there.write() as session:
        session.add(Unit(id=1, key="a", name="A", kind="body"))
        session.add(Person(id=1, key="p", name="P", unit_id=1, role=Role.LEADER))
    yield there
    await there.close()


async def test_the_tree_is_read_once(database: Database) -> None:
    asked: list[str] = []
    event.listen(database._engine.sync_engine, "before_cursor_execute", lambda *facts: asked.append(facts[2]))
    async with database.read() as session:
        await scope.tree(session)
        before = len(asked)
        await scope.tree(session)
        assert len(asked) == before


async def test_a_change_in_the_same_transaction_is_seen_at_once(database: Database) -> None:
    async with database.write() as session:
        assert (await scope.tree(session)).leader_of(1) is None
        (await session.get_one(Unit, 1)).leader_id = 1
        assert (await scope.tree(session)).leader_of(1) == 1
        await audit.record(session, "led", now=NOW)


async def test_a_change_by_statement_is_seen_at_once(database: Database) -> None:
    async with database.write() as session:
        assert (await scope.tree(session)).leader_of(1) is None
        await session.execute(update(Unit).values(leader_id=1))
        assert (await scope.tree(session)).leader_of(1) == 1
        await audit.record(session, "led", now=NOW)


async def test_what_is_taken_back_is_forgotten(database: Database) -> None:
    async with database.write() as session:
        savepoint = await session.begin_nested()
        (await session.get_one(Unit, 1)).leader_id = 1
        assert (await scope.tree(session)).leader_of(1) == 1
        await savepoint.rollback()
        assert (await scope.tree(session)).leader_of(1) is None


async def test_the_next_transaction_reads_anew(database: Database) -> None:
    async with database.read() as session:
        await scope.tree(session)
    async with database.write() as session:
        (await session.get_one(Unit, 1)).leader_id = 1
        await audit.record(session, "led", now=NOW)
    async with database.read() as session:
        assert (await scope.tree(session)).leader_of(1) == 1
