"""What is counted of a directive changes with a row of the audit, or not at all; each change begins a new stretch."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import select, update

from db import Database, phases
from db.models import Directive, Obstacle, Person, Phase, Unit, UnitPhase
from domain.lifecycle import State
from services import audit
from tests.figures_office import at, days, give, new_database, settle

TODAY = date(2024, 2, 5)


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[Database]:
    there = new_database(tmp_path)
    async with there.write() as session:
        await give(session, await settle(session), "nội vụ", TODAY, state=State.ISSUED)
    yield there
    await there.close()


async def _stretches(database: Database) -> list[tuple[str, bool]]:
    async with database.read() as session:
        rows = await session.execute(select(Phase.state, Phase.until.is_(None)).order_by(Phase.since))
        return [(state, lasts) for state, lasts in rows]


async def _change(database: Database, **values: object) -> None:
    async with database.write() as session:
        directive = await session.get_one(Directive, 1)
        for name, value in values.items():
            setattr(directive, name, value)


async def test_a_counted_change_without_an_audit_row_is_refused_and_leaves_nothing(database: Database) -> None:
    with pytest.raises(RuntimeError, match="without an audit row"):
        await _change(database, last_day=TODAY + days(9))
    async with database.read() as session:
        assert (await session.get_one(Directive, 1)).last_day == TODAY
    await _change(database, percent=40)  # nothing counts that


async def test_counted_columns_are_not_changed_past_the_rows(database: Database) -> None:
    async with database.write() as session:
        with pytest.raises(RuntimeError, match="changed through its row"):
            await session.execute(update(Directive).values(state=State.CANCELLED))
        await session.execute(update(Directive).values(reminders=3))


async def test_a_change_ends_one_stretch_and_begins_another_at_the_moment_of_its_row(database: Database) -> None:
    async with database.write() as session:
        directive = await session.get_one(Directive, 1)
        directive.state = State.IN_PROGRESS
        await audit.record(session, "acknowledge", now=at(TODAY), directive=directive)
        directive.acknowledged_at = at(TODAY)  # after its row, and of the same moment
    assert await _stretches(database) == [("issued", False), ("in_progress", True)]
    async with database.read() as session:
        last = (await session.scalars(select(Phase).where(Phase.until.is_(None)))).one()
        assert (last.since, last.state_since, last.acknowledged_at) == (at(TODAY),) * 3


async def test_what_is_taken_back_within_a_transaction_begins_nothing(database: Database) -> None:
    async with database.write() as session:
        savepoint = await session.begin_nested()
        (await session.get_one(Directive, 1)).state = State.CANCELLED
        await session.flush()
        await savepoint.rollback()
    assert await _stretches(database) == [("issued", True)]


async def test_a_difficulty_is_of_its_own_stretch(database: Database) -> None:
    async with database.write() as session:
        directive = await session.get_one(Directive, 1)
        session.add(Obstacle(directive_id=1, text="vướng mặt bằng", opened_at=at(TODAY)))
        await audit.record(session, "report", now=at(TODAY), directive=directive)
    async with database.read() as session:
        since = list(await session.scalars(select(Phase.blocked_since).order_by(Phase.since)))
    assert since == [None, at(TODAY)]


async def test_another_leader_of_a_unit_is_one_row_for_all_its_directives(database: Database) -> None:
    async with database.write() as session:
        unit = (await session.scalars(select(Unit).where(Unit.key == "nội vụ"))).one()
        unit.leader_id = (await session.scalars(select(Person.id).where(Person.key == "thu"))).one()
        await audit.record(session, "led", now=at(TODAY))
    async with database.read() as session:
        rows = list(await session.scalars(select(UnitPhase).where(UnitPhase.unit_id == unit.id).order_by(UnitPhase.id)))
    assert [(row.since, row.until) for row in rows] == [(None, at(TODAY)), (at(TODAY), None)]
    assert await _stretches(database) == [("issued", True)]


async def test_what_is_rebuilt_is_what_was_kept(database: Database) -> None:
    async with database.write() as session:
        directive = await session.get_one(Directive, 1)
        directive.state = State.IN_PROGRESS
        await audit.record(
            session, "issue", now=directive.issued_at or at(TODAY), directive=directive, before="draft", after="issued"
        )
        await phases.settle(session)
        await audit.record(
            session, "acknowledge", now=at(TODAY), directive=directive, before="issued", after="in_progress"
        )
    async with database.write() as session:
        await (await session.connection()).run_sync(phases.rebuild)
    assert await _stretches(database) == [("issued", False), ("in_progress", True)]
