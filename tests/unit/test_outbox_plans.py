"""The questions asked many times a second find their rows by an index, however long the outbox has grown."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import event, text

from db import Database, sqlite_url
from db.migrate import migrate
from db.queries import outbox
from db.queries.reminders import take_due

NOW = datetime(2024, 3, 4, 0, 30, tzinfo=UTC)


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[Database]:
    url = sqlite_url(tmp_path / "dondoc.sqlite")
    migrate(url)
    opened = Database(url)
    yield opened
    await opened.close()


async def plan(database: Database, worst: int) -> str:
    """How SQLite goes about the question whose turn it is; after ``worst`` the second question, for what is urgent."""
    asked: list[tuple[str, object]] = []
    gate = outbox.Gate(NOW, NOW.date(), worst, outbox.BULK, frozenset({"telegram"}))

    def note(_connection: object, _cursor: object, statement: str, parameters: object, *_: object) -> None:
        asked.append((statement, parameters))

    event.listen(database._engine.sync_engine, "before_cursor_execute", note)
    async with database.read() as session:
        await outbox.next_waiting(session, gate)
        statement, parameters = asked[-1]
        rows = await (await session.connection()).exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)
        return "\n".join(row[3] for row in rows)


async def test_whose_turn_it_is(database: Database) -> None:
    steps = await plan(database, outbox.BULK)
    assert "SEARCH outbox USING INDEX ix_outbox_waiting (state=? AND priority<?)" in steps
    assert "ix_outbox_tried" in steps
    assert not re.search("SCAN (outbox|accounts|people)", steps)


async def test_what_is_urgent_at_night(database: Database) -> None:
    assert "SEARCH outbox USING INDEX ix_outbox_urgent" in await plan(database, 0)


async def test_what_is_due(database: Database) -> None:
    question = "SELECT lead_unit_id FROM directives WHERE next_reminder_at <= 1 ORDER BY next_reminder_at, id LIMIT 500"
    async with database.read() as session:
        steps = [row[3] for row in await session.execute(text(f"EXPLAIN QUERY PLAN {question}"))]
        assert steps == ["SEARCH directives USING INDEX ix_directives_due (next_reminder_at<?)"]
        assert await take_due(session, NOW, 500) == []
