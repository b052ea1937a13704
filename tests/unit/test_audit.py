"""The audit: chained, and sealed against change."""

from __future__ import annotations

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

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
