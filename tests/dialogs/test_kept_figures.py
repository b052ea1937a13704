"""What was counted is kept for the next start, holds as long as the audit goes on from there, and is never believed."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import select, update

from db import Database, Session
from db.models import Kept, Transition
from db.queries import figures as queries
from db.queries import kept, tallies
from domain.figures import Asking, Dimension
from domain.tallies import Judged, Tally, side
from scheduler.remembering import remember
from services import counted
from tests.talk import Talk

LATER = {date(2024, 3, 15): 2, date(2024, 4, 1): 1, None: 4}


def test_what_is_packed_comes_back_the_same() -> None:
    extended = side(Judged(5, 1), Judged(no_deadline=2), LATER.items())
    first = side(Judged(4, 2), Judged(no_deadline=2), {date(2024, 3, 1): 7}.items())
    parts: dict[tuple[int, int | str | None], Tally] = {
        (1, None): Tally(extended, extended, 3, 1),
        (2, "Đất đai"): Tally(extended, first),
        (3, "above"): Tally(),
    }
    assert kept.unpacked(kept.packed(parts)) == parts


@pytest.fixture
async def given(talk: Talk) -> Talk:
    for unit in ("Phòng Nội vụ", "Phòng Tài chính - Kế hoạch"):
        await talk.says("van", f"/giaoviec {unit}: báo cáo chuyên đề trước 15/3")
        await talk.presses("van", "Phát hành")
    await remember(talk.app.database)
    return talk


@pytest.fixture
def recounted(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """The units that were counted anew; None for all."""
    asked: list[object] = []
    count = tallies.of_parts

    async def noted(session: Session, units: frozenset[int] | None, divided: Dimension) -> object:
        asked.append(units)
        return await count(session, units, divided)

    monkeypatch.setattr(tallies, "of_parts", noted)
    return asked


async def _after_a_start(talk: Talk) -> None:
    """Asked by a process that remembers nothing, it is what the directives say."""
    database = Database(talk.app.database.url)
    async with database.read() as session:
        asking = Asking(talk.now.date())
        assert await counted.by_unit(session, asking) == await queries.by_unit(session, asking)
    await database.close()


async def test_a_start_takes_up_what_was_kept(given: Talk, recounted: list[object]) -> None:
    await _after_a_start(given)
    assert recounted == []


async def test_a_start_counts_the_units_of_what_came_after(given: Talk, recounted: list[object]) -> None:
    await given.says("nam", "#1 đã nhận")
    await _after_a_start(given)
    assert [len(units) for units in recounted if isinstance(units, frozenset)] == [1]


async def _changed(talk: Talk, **values: object) -> None:
    async with talk.app.database.write() as session:
        await session.execute(update(Kept).values(**values))


@pytest.mark.parametrize("values", [{"hash": "of another chain"}, {"form": kept.FORM + 1}, {"row": 10_000}])
async def test_what_does_not_belong_to_this_audit_is_not_read(
    given: Talk, recounted: list[object], values: dict[str, object]
) -> None:
    await _changed(given, **values)
    await _after_a_start(given)
    assert recounted == [None]


async def test_it_is_kept_anew_only_when_much_has_changed(given: Talk, monkeypatch: pytest.MonkeyPatch) -> None:
    async def row() -> int | None:
        async with given.app.database.read() as session:
            return await session.scalar(select(Kept.row).where(Kept.name == Dimension.UNIT))

    before = await row()
    await given.says("nam", "#1 đã nhận")
    await remember(given.app.database)
    assert await row() == before
    monkeypatch.setattr(counted, "_KEEP_AFTER", 1)
    await remember(given.app.database)
    assert await row() != before


async def test_a_file_asked_for_counts_nothing_anew(given: Talk, recounted: list[object]) -> None:
    await given.says("van", "/giaoban")
    async with given.app.database.read() as session:
        assert await session.scalar(select(Transition.event).order_by(Transition.id.desc())) == "pack_asked"
        await counted.by_unit(session, Asking(given.now.date()))
    assert recounted == []


async def test_fields_and_sources_follow_what_changes(given: Talk) -> None:
    for words in ("#1 đã nhận", "#1 vướng mặt bằng"):
        for dimension in (Dimension.FIELD, Dimension.SOURCE):
            async with given.app.database.read() as session:
                asking = Asking(given.now.date())
                direct = await queries.by(session, queries.Lens(asking), dimension)
                assert await counted.by(session, asking, dimension) == direct
        await given.says("nam", words)
