"""An office that has worked with the version before this one goes on where it stood.

``office_0003.sql`` is what such an office had in its database: a difficulty, a request for more time, something handed
in, something declined, a report that was not confirmed, a question that waits for its answer, a message in the queue.
"""

from __future__ import annotations

import sqlite3
from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import create_engine, text

from db import migrate as migration
from domain.calendar import OFFICE_ZONE
from domain.figures import Asking
from services import audit, figures
from tests.talk import Talk, open_talk

HERE = Path(__file__).parent
LATER = datetime(2024, 1, 31, 9, 0, tzinfo=OFFICE_ZONE)
HANDED_IN, DECLINED = "uy4bOTHPzfNU", "hVj1OC5ym6X1"  # codes of #2 and #3
UNCONFIRMED, REQUEST = "CtdT-J1ZRtgD", "eWrDziVaBezR"  # a report on #4, more time for #1


def _of_before(path: Path) -> None:
    config = Config()
    config.set_main_option("script_location", str(Path(migration.__file__ or "").parent / "migrations"))
    engine = create_engine(f"sqlite:///{path}")
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0003")
    engine.dispose()
    plain = sqlite3.connect(path)
    plain.executescript((HERE / "office_0003.sql").read_text())
    plain.close()


@pytest.fixture
async def upgraded(tmp_path: Path) -> AsyncIterator[Talk]:
    folder = tmp_path / "data"
    folder.mkdir()
    _of_before(folder / "dondoc.sqlite")
    assert migration.migrate(f"sqlite:///{folder / 'dondoc.sqlite'}")
    talk = await open_talk(folder, beginning=LATER, fresh=False)
    yield talk
    await talk.close()


async def ask(talk: Talk, query: str) -> list[tuple[Any, ...]]:
    async with talk.app.database.read() as session:
        return [tuple(row) for row in await session.execute(text(query))]


async def test_what_waited_for_a_decision_waits_since_then_and_is_its_authors(upgraded: Talk) -> None:
    rows = await ask(
        upgraded, "SELECT id, waits_since IS NOT NULL, submitted_by IS NOT NULL FROM directives ORDER BY id"
    )
    assert rows == [(1, 1, 0), (2, 1, 1), (3, 1, 0), (4, 0, 0), (5, 0, 0)]
    async with upgraded.app.database.read() as session:
        assert await audit.first_broken(session) is None


async def test_buttons_and_questions_of_before_work_on(upgraded: Talk) -> None:
    await upgraded.says("van", "Thiếu phụ lục")  # why #2 is returned was asked before the change
    upgraded.hears("van", "Đã trả lại #2")
    upgraded.has_heard("nam", "#2 được trả lại", "Thiếu phụ lục")
    await upgraded.forges("van", f"yes:{REQUEST}")
    upgraded.has_heard("nam", "#1", "20/03/2024")
    await upgraded.forges("nam", f"sub:{UNCONFIRMED}")
    upgraded.hears("nam", "Đã gửi duyệt #4")
    await upgraded.forges("van", f"mvt:{DECLINED}:4")
    upgraded.has_heard("tai", "#3")
    assert await ask(upgraded, "SELECT state FROM directives ORDER BY id") == [
        ("in_progress",), ("in_progress",), ("issued",), ("submitted",), ("issued",)
    ]  # fmt: skip
    assert await ask(upgraded, "SELECT count(*) FROM inbox WHERE error IS NOT NULL") == [(0,)]
    async with upgraded.app.database.read() as session:
        assert await audit.first_broken(session) is None


async def test_a_unit_that_helped_has_a_part_and_a_difficulty_an_answer(upgraded: Talk) -> None:
    await upgraded.says("moi", "#1 đã gửi ý kiến góp ý")
    upgraded.hears("moi", "#1")
    assert await ask(upgraded, "SELECT answered_at IS NOT NULL FROM coordinations") == [(1,)]
    await upgraded.says("van", "/khokhan")
    upgraded.hears("van", "còn vướng mặt bằng")
    await upgraded.says("van", "/tim biên chế")
    upgraded.hears("van", "#1")


async def test_the_next_mornings_say_once_what_is_owed_and_press_no_unit_for_it(upgraded: Talk) -> None:
    await upgraded.until(LATER + timedelta(days=1))
    upgraded.hears("van", "Chờ duyệt (3)", "#1", "#2", "#3")
    (reminded,) = upgraded.from_bot("nam")  # of what was not acknowledged, and of nothing else
    assert "#4" in reminded.text
    assert "#1" not in reminded.text
    assert len([m for m in upgraded.from_bot("van") if "Chờ duyệt" in m.text]) == 1
    waiting = "SELECT count(*) FROM outbox WHERE state IN ('queued', 'sending')"
    assert await ask(upgraded, waiting) == [(0,)]


async def test_what_was_counted_is_told_back_by_the_audit(upgraded: Talk) -> None:
    lasting = "SELECT p.directive_id, p.state = d.state, p.unit_id = d.lead_unit_id FROM phases p JOIN directives d"
    issued = await ask(upgraded, "SELECT id, 1, 1 FROM directives WHERE issued_at IS NOT NULL ORDER BY id")
    rows = await ask(upgraded, f"{lasting} ON d.id = p.directive_id WHERE p.until IS NULL ORDER BY d.id")
    assert rows == issued
    first = "SELECT directive_id FROM phases GROUP BY directive_id HAVING min(since) != min(issued_at)"
    assert await ask(upgraded, first) == []
    assert await ask(upgraded, "SELECT DISTINCT source FROM phases") == [("own",)]
    held = "SELECT count(*) FROM unit_phases u JOIN units ON units.id = u.unit_id WHERE u.kind = units.kind"
    assert await ask(upgraded, held) == await ask(upgraded, "SELECT count(*) FROM units")


async def test_a_figure_of_the_day_before_the_upgrade_does_not_change_with_what_follows(upgraded: Talk) -> None:
    asking = Asking(LATER.date(), moment=LATER - timedelta(minutes=1))
    async with upgraded.app.database.read() as session:
        before = await figures.of_all(session, asking)
    await upgraded.says("van", "Thiếu phụ lục")
    await upgraded.until(LATER + timedelta(days=1))
    async with upgraded.app.database.read() as session:
        assert await figures.of_all(session, asking) == before
        assert (await figures.of_all(session, Asking(upgraded.now.date()))).waiting_approval < before.waiting_approval
