"""The words by which directives are found follow whatever changes them, in the same transaction."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import text, update

from db import Database, Session, sqlite_url
from db.models import Coordination, Directive, Notice, Passage, Person, Report, Unit
from db.passages import rebuild
from domain.lifecycle import State
from domain.rights import Role

NOW = datetime(2024, 3, 1, 2, tzinfo=UTC)


@pytest.fixture
async def database(data_folder: Path) -> AsyncIterator[Database]:
    there = Database(sqlite_url(data_folder / "dondoc.sqlite"))
    async with there.write() as session:
        session.add_all(Unit(id=n, key=f"u{n}", name=f"Đơn vị {n}", kind="body") for n in (1, 2, 3))
        session.add(Person(id=1, key="a", name="A", unit_id=1, role=Role.CLERK))
        await session.flush()
        session.add(Notice(id=1, number="15/TB-UBND", title="Họp giao ban", sent_by=1, received_at=NOW))
        await session.flush()
        session.add(_directive(1, "Sửa chữa kè bờ bắc sông"))
    yield there
    await there.close()


def _directive(number: int, words: str) -> Directive:
    return Directive(
        id=number, text=words, lead_unit_id=1, notice_id=1, state=State.DRAFT, made_by=1, made_at=NOW,
        coordinations=[Coordination(unit_id=2, written="Đơn vị 2")],
    )  # fmt: skip


async def found(session: Session, words: str) -> Sequence[int]:
    rows = await session.execute(text("SELECT rowid FROM passages_fts WHERE passages_fts MATCH :w"), {"w": words})
    return [row[0] for row in rows]


async def test_a_new_directive_is_found_by_its_words_its_notice_and_its_units(database: Database) -> None:
    async with database.read() as session:
        for words in ('bare : "ke bo bac"', "exact : kè", 'number : "15 tb ubnd"', "bare : giao", "units : u1 u2"):
            assert await found(session, words) == [1], words
        assert await found(session, "exact : kế") == []


async def test_corrected_words_take_the_place_of_the_old_ones(database: Database) -> None:
    async with database.write() as session:
        (await session.get_one(Directive, 1)).text = "Nạo vét kênh"
    async with database.read() as session:
        assert await found(session, "bare : kenh")
        assert not await found(session, "bare : ke")


async def test_a_notices_number_is_found_when_it_is_corrected(database: Database) -> None:
    async with database.write() as session:
        (await session.get_one(Notice, 1)).number = "16/TB-UBND"
    async with database.read() as session:
        assert await found(session, "number : 16")
        assert not await found(session, "number : 15")


async def test_another_lead_unit_and_other_helpers_are_followed(database: Database) -> None:
    async with database.write() as session:
        directive = await session.get_one(Directive, 1)
        directive.lead_unit_id = 3
        directive.coordinations[0].removed_at = NOW
    async with database.read() as session:
        assert await found(session, "units : u3")
        assert not await found(session, "units : u1 OR units : u2")


async def test_a_report_is_found_until_it_is_taken_back(database: Database) -> None:
    async with database.write() as session:
        session.add(
            Report(id=1, directive_id=1, person_id=1, unit_id=1, at=NOW, kind="progress", text="Vướng mặt bằng")
        )
    async with database.read() as session:
        assert len(await found(session, 'exact : "mặt bằng"')) == 1
    async with database.write() as session:
        (await session.get_one(Report, 1)).withdrawn_at = NOW
    async with database.read() as session:
        assert not await found(session, 'exact : "mặt bằng"')


async def test_what_is_rolled_back_is_not_found(database: Database) -> None:
    async def fail() -> None:
        async with database.write() as session:
            (await session.get_one(Directive, 1)).text = "Nạo vét kênh"
            await session.flush()
            raise LookupError

    with pytest.raises(LookupError):
        await fail()
    async with database.read() as session:
        assert await found(session, "bare : ke")
        assert not await found(session, "bare : kenh")


async def test_words_changed_behind_the_listeners_back_are_refused(database: Database) -> None:
    async with database.write() as session:
        with pytest.raises(RuntimeError, match="through their rows"):
            await session.execute(update(Directive).where(Directive.id == 1).values(text="khác"))
        await session.execute(update(Directive).where(Directive.id == 1).values(reminders=3))


async def test_everything_written_anew_is_the_same(database: Database) -> None:
    facts = (Passage.directive_id, Passage.report_id, Passage.exact, Passage.bare, Passage.number, Passage.units)
    async with database.write() as session:
        session.add(_directive(2, "Trồng cây"))
        session.add(Report(directive_id=1, person_id=1, unit_id=1, at=NOW, kind="progress", text="Đã xong phần móng"))
        await session.flush()
        before = set((await session.execute(_all(facts))).all())
        await session.run_sync(lambda sync: rebuild(sync.connection()))
        assert set((await session.execute(_all(facts))).all()) == before
        await session.execute(text("INSERT INTO passages_fts (passages_fts) VALUES ('integrity-check')"))


def _all(facts: Sequence[object]) -> object:
    from sqlalchemy import select

    return select(*facts)
