"""The audit: chained, and sealed against change."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from db import Database, sqlite_url
from services import audit
from tests.talk import Talk


async def _work(talk: Talk) -> None:
    await talk.says("van", "/giaoviec Phòng Nội vụ: báo cáo biên chế trước 15/3")
    await talk.presses("van", "Phát hành")
    await talk.presses("nam", "Đã nhận")


async def test_the_chain_holds(talk: Talk) -> None:
    await _work(talk)
    async with talk.app.database.read() as session:
        assert await audit.first_broken(session) is None


@pytest.mark.parametrize(
    "change", ["UPDATE transitions SET reason = 'x' WHERE id = 3", "DELETE FROM transitions WHERE id = 3"]
)
async def test_rows_are_never_changed_or_removed(talk: Talk, change: str) -> None:
    await _work(talk)
    with pytest.raises(IntegrityError, match="audit rows are never changed"):
        async with talk.app.database.write() as session:
            await session.execute(text(change))


@pytest.mark.parametrize(
    "change", ["UPDATE transitions SET reason = 'x' WHERE id = 12", "DELETE FROM transitions WHERE id = 12"]
)
async def test_a_change_past_the_seal_is_found(talk: Talk, change: str) -> None:
    await _work(talk)
    async with talk.app.database.write() as session:
        rows = (await session.execute(text("SELECT count(*) FROM transitions"))).scalar_one()
        assert rows > 12
        for verb in ("update", "delete"):
            await session.execute(text(f"DROP TRIGGER transitions_no_{verb}"))
        await session.execute(text(change))
    async with talk.app.database.read() as session:
        assert await audit.first_broken(session) in {12, 13}


async def test_the_head_is_the_last_row(talk: Talk) -> None:
    await _work(talk)
    async with talk.app.database.read() as session:
        hashes = list(await session.scalars(text("SELECT hash FROM transitions ORDER BY id")))
        last = hashes[-1]
        head = await audit.head(session)
        assert (head.rows, head.hash) == (len(hashes), last)
        assert head.at is not None
        assert head.short == last[:12]


async def test_without_rows_the_head_is_where_the_chain_begins(data_folder: Path) -> None:
    database = Database(sqlite_url(data_folder / "dondoc.sqlite"))
    async with database.read() as session:
        assert await audit.head(session) == audit.Head(0, audit.GENESIS, None)
    await database.close()


async def test_a_head_of_before_is_held_until_the_tail_is_cut(talk: Talk) -> None:
    await _work(talk)
    async with talk.app.database.read() as session:
        written_down = (await audit.head(session)).short
    await talk.says("nam", "được 40%")
    async with talk.app.database.read() as session:
        assert await audit.holds(session, f" {written_down.upper()} ")
    async with talk.app.database.write() as session:
        await session.execute(text("DROP TRIGGER transitions_no_delete"))
        await session.execute(text("DELETE FROM undos WHERE transition_id >= 10"))  # whoever cuts covers the tracks
        await session.execute(text("DELETE FROM transitions WHERE id >= 10"))
    async with talk.app.database.read() as session:
        assert await audit.first_broken(session) is None, "the chain alone does not show it"
        assert not await audit.holds(session, written_down)


@pytest.mark.parametrize("words", ["", "%", "12345", "xyz12345", "0" * 65])
async def test_what_is_no_head_is_refused(talk: Talk, words: str) -> None:
    async with talk.app.database.read() as session:
        with pytest.raises(ValueError, match="is no head"):
            await audit.holds(session, words)
