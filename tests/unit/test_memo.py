"""What a transaction remembers of the directory is never older than the directory."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy import event, insert, update

from db import Database, Session, memo, sqlite_url
from db.models import Person, Unit
from domain.calendar import OFFICE_ZONE
from domain.rights import Role
from services import audit, fields, measures, office, posts, scope

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


# --- what outlives a transaction ---


def counted(database: Database) -> list[str]:
    asked: list[str] = []
    event.listen(database._engine.sync_engine, "before_cursor_execute", lambda *facts: asked.append(facts[2]))
    return asked


async def names(database: Database) -> list[str]:
    async with database.read() as session:
        return [unit.name for unit in (await office.directory(session)).units]


async def test_the_directory_is_read_once_for_all_transactions(database: Database) -> None:
    asked = counted(database)
    assert await names(database) == ["A"]
    before = len(asked)
    assert await names(database) == ["A"]
    assert len(asked) == before


async def test_another_process_changes_the_directory(database: Database) -> None:
    assert await names(database) == ["A"]
    other = Database(database.url)
    async with other.write() as session:
        (await session.get_one(Unit, 1)).name = "Văn phòng"
    await other.close()
    assert await names(database) == ["Văn phòng"]


async def by_rows(session: Session) -> None:
    (await session.get_one(Unit, 1)).name = "B"


async def by_statement(session: Session) -> None:
    await session.execute(update(Unit).values(name="B"))


async def past_the_session(session: Session) -> None:
    await (await session.connection()).execute(update(Unit.__table__).values(name="B"))


async def in_its_own_words(session: Session) -> None:
    await (await session.connection()).exec_driver_sql("update \"units\" set name = 'B'")


async def one_after_the_other(session: Session) -> None:
    rows = [{"id": n, "key": str(n), "name": "B", "kind": "body", "place": -n, "aliases": []} for n in (2, 3)]
    await (await session.connection()).execute(insert(Unit.__table__), rows)


@pytest.mark.parametrize("change", [by_rows, by_statement, past_the_session, in_its_own_words, one_after_the_other])
async def test_however_it_is_changed_everybody_sees_it(database: Database, change: object) -> None:
    assert callable(change)
    assert await names(database) == ["A"]
    async with database.write() as session:
        await change(session)
        assert (await office.directory(session)).units[0].name == "B"
    assert (await names(database))[0] == "B"


async def changes_in_vain(database: Database) -> None:
    async with database.write() as session:
        await by_rows(session)
        assert (await office.directory(session)).units[0].name == "B"
        raise LookupError


async def test_a_change_that_is_not_kept_is_seen_by_nobody_else(database: Database) -> None:
    with pytest.raises(LookupError):
        await changes_in_vain(database)
    assert await names(database) == ["A"]


async def test_who_began_before_a_change_goes_on_with_what_was(database: Database) -> None:
    async with database.read() as early:
        assert (await office.directory(early)).units[0].name == "A"
        async with database.write() as session:
            await by_rows(session)
        assert await names(database) == ["B"]
        assert (await office.directory(early)).units[0].name == "A"
    assert await names(database) == ["B"]


async def test_what_changes_often_forgets_nothing(database: Database) -> None:
    await names(database)
    asked = counted(database)
    async with database.write() as session:
        await audit.record(session, "led", now=NOW)
    before = len(asked)
    await names(database)
    assert len(asked) == before


async def test_what_outlives_a_transaction_reads_counted_tables_alone(database: Database) -> None:
    asked = counted(database)
    async with database.read() as session:
        person = await session.get_one(Person, 1)
        asked.clear()
        await office.directory(session)
        await scope.tree(session)
        await posts.of_person(session, person)
        await fields.field_of(session, 1)
        await measures.are_any(session)
    tables = {name for words in asked for name in re.findall(r"(?:FROM|JOIN) (\w+)", words)}
    assert {"units", "aliases", "people", "memberships", "measures"} <= tables <= memo.STANDING
