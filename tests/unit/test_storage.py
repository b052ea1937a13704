"""The database's promises: aware times in UTC, the newest form by migration, one writer at a time."""

from __future__ import annotations

import asyncio
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine, select, text
from sqlalchemy.exc import IntegrityError, StatementError

from db import Database, sqlite_url
from db import migrate as migration
from db.models import Base, InviteTry, Unit
from db.queries import inbox
from domain.calendar import OFFICE_ZONE


async def test_times_come_back_aware_and_in_utc(data_folder: Path) -> None:
    database = Database(sqlite_url(data_folder / "dondoc.sqlite"))
    local = datetime(2024, 2, 1, 7, 30, tzinfo=OFFICE_ZONE)
    async with database.write() as session:
        session.add(InviteTry(channel="web", external_id="a", at=local))
    async with database.read() as session:
        row = (await session.scalars(select(InviteTry))).one()
        assert row.at == local
        assert row.at.tzinfo is UTC
    await database.close()


@pytest.mark.parametrize("name", ["sqlite", "sqlite+aiosqlite"])
async def test_an_address_of_sqlite_may_name_a_driver_that_is_not_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setitem(sys.modules, "aiosqlite", None)  # importing it fails
    url = f"{name}:///{tmp_path / 'office.sqlite'}"
    assert migration.migrate(url)
    database = Database(url)
    async with database.write() as session:
        session.add(InviteTry(channel="web", external_id="a", at=datetime(2024, 2, 1, tzinfo=UTC)))
    async with database.read() as session:
        assert await session.scalar(select(InviteTry.external_id)) == "a"
    await database.close()


async def test_a_naive_time_is_refused(data_folder: Path) -> None:
    database = Database(sqlite_url(data_folder / "dondoc.sqlite"))
    with pytest.raises(StatementError, match="naive datetime refused"):
        async with database.write() as session:
            session.add(InviteTry(channel="web", external_id="a", at=datetime(2024, 2, 1)))  # noqa: DTZ001
    await database.close()


async def test_a_statement_that_fails_says_nothing_of_what_was_to_be_kept(data_folder: Path) -> None:
    database = Database(sqlite_url(data_folder / "dondoc.sqlite"))
    said = {"channel": "web", "external_id": "1", "chat": "a", "text": "/start CODE-OF-NOBODY"}
    async with database.write() as session:
        full = "CREATE TRIGGER full BEFORE INSERT ON inbox BEGIN SELECT RAISE(ABORT, 'disk is full'); END"
        await session.execute(text(full))
    with pytest.raises(IntegrityError, match="disk is full") as caught:
        async with database.write() as session:
            await inbox.keep(session, said, datetime(2024, 2, 1, tzinfo=UTC))
    assert "CODE-OF-NOBODY" not in str(caught.value)
    await database.close()


def test_migrations_give_exactly_the_models(migrated: Path) -> None:
    engine = create_engine(f"sqlite:///{migrated}")
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"include_name": migration.is_described})
        assert compare_metadata(context, Base.metadata) == []
    engine.dispose()


def test_head_is_the_newest_migration() -> None:
    assert migration.__file__
    scripts = ScriptDirectory(str(Path(migration.__file__).parent / "migrations"))
    assert scripts.get_current_head() == migration.HEAD


async def test_what_raises_leaves_nothing_behind(data_folder: Path) -> None:
    database = Database(sqlite_url(data_folder / "dondoc.sqlite"))

    async def add_twice() -> None:
        async with database.write() as session:
            session.add(Unit(key="a", name="A", kind="body"))
            await session.flush()
            session.add(Unit(key="a", name="B", kind="body"))

    with pytest.raises(IntegrityError):
        await add_twice()
    async with database.read() as session:
        assert (await session.scalars(select(Unit))).all() == []
    await database.close()


async def test_many_writers_get_in_one_after_the_other(data_folder: Path) -> None:
    database = Database(sqlite_url(data_folder / "dondoc.sqlite"))

    async def add(number: int) -> None:
        async with database.write() as session:
            count = (await session.execute(text("SELECT count(*) FROM units"))).scalar_one()
            session.add(Unit(key=f"k{count}", name=str(number), kind="body"))

    await asyncio.gather(*(add(n) for n in range(30)))
    async with database.read() as session:
        assert len((await session.scalars(select(Unit))).all()) == 30
    await database.close()
