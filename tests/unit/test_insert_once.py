"""Many rows are written out for SQLite by a way of their own: what stands there is the same."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from db import Database, sqlite_url
from db.migrate import migrate
from db.models import Outbox
from db.queries.outbox import BULK, insert_once

NOW = datetime(2024, 3, 4, 0, 30, tzinfo=UTC)
MANY = 250


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[Database]:
    url = sqlite_url(tmp_path / "dondoc.sqlite")
    migrate(url)
    opened = Database(url)
    yield opened
    await opened.close()


def row(name: str) -> dict[str, Any]:
    return {
        "kind": "reminder", "key": name, "channel": "telegram", "chat": name, "payload": {"own": [1], "why": "hạn"},
        "directives": [len(name)], "priority": BULK, "created_at": NOW,
    }  # fmt: skip


async def test_many_rows_are_stored_like_one(database: Database) -> None:
    names = [f"k{i:04}" for i in range(MANY)]
    async with database.write() as session:
        await insert_once(session, Outbox, [row("k9999")], "key")
        assert await insert_once(session, Outbox, [row(name) for name in names], "key") == MANY
    async with database.read() as session:
        rows = (await session.execute(text("SELECT * FROM outbox ORDER BY id"))).mappings().all()
    one, *many = [{**found, "id": 0, "key": "", "chat": ""} for found in rows]
    assert many == [one] * MANY


async def test_of_many_only_the_new_are_counted(database: Database) -> None:
    async with database.write() as session:
        await insert_once(session, Outbox, [row("k0007"), row("k0008")], "key")
        assert await insert_once(session, Outbox, [row(f"k{i:04}") for i in range(MANY)], "key") == MANY - 2


async def test_a_moment_without_a_zone_is_refused_among_many(database: Database) -> None:
    rows = [row(f"k{i:04}") | {"created_at": NOW.replace(tzinfo=None)} for i in range(MANY)]
    with pytest.raises(ValueError, match="naive"):
        async with database.write() as session:
            await insert_once(session, Outbox, rows, "key")
