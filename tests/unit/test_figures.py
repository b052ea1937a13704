"""The figures of the present equal a plain recount, whoever asks; those of past days are in test_past_figures."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import update

from db import Session
from db.models import Directive, Obstacle
from domain.calendar import OFFICE_ZONE, OfficeCalendar
from domain.figures import Against, Asking, Figures, Filter, Listing, UnitFigures, total, worst_first
from domain.lifecycle import State
from domain.timeliness import Cell, cell, is_soon
from services import figures
from tests.figures_office import Cast, at, block, days, give, new_database, retell, settle

TODAY = date(2024, 2, 5)  # a Monday
CALENDAR = OfficeCalendar()
COUNTED = [s for s in State if s not in {State.DRAFT, State.CANCELLED}]


# --- arithmetic ---------------------------------------------------------------------------------


def test_the_official_report_adds_up() -> None:
    report = Figures(done_in_time=14068, done_late=1983, open_in_time=5640, open_late=223)
    assert report.total == 21914
    assert report.done == 16051
    assert report.rate_of_all.value == pytest.approx(16051 / 21914)
    assert report.rate_of_due.value == pytest.approx(16051 / (16051 + 223))


def test_a_rate_of_nothing_is_none() -> None:
    assert Figures().rate_of_all.value is None
    assert Figures(open_in_time=3).rate_of_due.value is None


def test_figures_add_field_by_field() -> None:
    both = Figures(done_late=1, soon=2) + Figures(done_late=3, blocked=4)
    assert both == Figures(done_late=4, soon=2, blocked=4)


def test_the_worst_unit_has_the_most_overdue_then_the_lower_rate() -> None:
    units = [
        UnitFigures(1, "A", "department", Figures(open_late=1, done_in_time=9)),
        UnitFigures(2, "B", "department", Figures(open_late=1)),
        UnitFigures(3, "C", "department", Figures(open_late=2, done_in_time=50)),
    ]
    assert [u.name for u in worst_first(units)] == ["C", "B", "A"]


# --- against a plain recount ----------------------------------------------------------------------


@dataclass(frozen=True)
class Life:
    """A directive as hypothesis draws it; days count from 1 January 2024, hours are local."""

    unit: str
    state: State
    issued: int
    hour: int
    term: int | None
    moved: int
    evidence_after: int
    acknowledged_after: int | None
    blocked: tuple[int, int | None] | None


LIVES = st.lists(
    st.builds(
        Life,
        unit=st.sampled_from(["nội vụ", "y tế", "tài chính", "an bình"]),
        state=st.sampled_from(list(State)),
        issued=st.integers(0, 30),
        hour=st.sampled_from([0, 6, 7, 12, 23]),
        term=st.none() | st.integers(0, 100),
        moved=st.sampled_from([0, 0, 5]),
        evidence_after=st.integers(0, 30),
        acknowledged_after=st.none() | st.integers(0, 10),
        blocked=st.none() | st.tuples(st.integers(0, 20), st.none() | st.integers(0, 10)),
    ),
    max_size=12,
)


async def _live(session: Session, cast: Cast, life: Life) -> Directive:
    issued = date(2024, 1, 1) + days(life.issued)
    first = None if life.term is None else issued + days(life.term)
    ended = life.state in {State.SUBMITTED, State.COMPLETED}
    directive = await give(
        session, cast, life.unit, first, state=life.state, issued=issued,
        submitted=issued + days(life.evidence_after) if ended else None,
    )  # fmt: skip
    directive.last_day = first + days(life.moved) if first else None
    directive.issued_at = at(issued, life.hour, 59)
    if ended:
        directive.submitted_at = at(issued + days(life.evidence_after), life.hour, 59)
        directive.completed_at = directive.submitted_at if life.state is State.COMPLETED else None
    if life.state is not State.ISSUED and life.acknowledged_after is not None:
        directive.acknowledged_at = at(issued + days(life.acknowledged_after), life.hour, 59)
    if life.blocked:
        await _block(session, directive, issued, *life.blocked)
    await retell(session, directive)
    return directive


async def _block(session: Session, directive: Directive, issued: date, after: int, lasting: int | None) -> None:
    await block(session, directive, "vướng mặt bằng", issued + days(after))
    if lasting is not None:
        closed = at(issued + days(after + lasting))
        await session.execute(update(Obstacle).where(Obstacle.directive_id == directive.id).values(closed_at=closed))


def _day(moment: object) -> date:
    return moment.astimezone(OFFICE_ZONE).date()  # type: ignore[attr-defined]


def _recount(directives: list[Directive], lives: list[Life], as_of: date, against: Against) -> Figures:
    """The same figures, one directive after the other, by the rules as written."""
    found = Figures()
    for d, life in zip(directives, lives, strict=True):
        if d.state not in COUNTED or _day(d.issued_at) > as_of:
            continue
        found += _of_one(d, life, as_of, d.last_day if against is Against.PRESENT else d.first_last_day)
    return found


def _of_one(d: Directive, life: Life, as_of: date, last_day: date | None) -> Figures:
    finished_on = _day(d.completed_at) if d.completed_at else None
    waits = d.state == State.SUBMITTED and _day(d.submitted_at) <= as_of
    where = cell(last_day, finished_on, min(as_of, _day(d.submitted_at)) if waits else as_of)
    counts = {where.value: 1}
    if where.name.startswith("OPEN"):
        unseen = d.state == State.ISSUED or (d.acknowledged_at and _day(d.acknowledged_at) > as_of)
        counts |= {
            "soon": int(is_soon(last_day, as_of, 3) and not waits),
            "waiting_approval": int(waits),
            "waiting_acknowledgement": int(bool(unseen) and not waits),
            "blocked": int(_is_blocked(d, life, as_of)),
        }
    return Figures(**counts)


def _is_blocked(d: Directive, life: Life, as_of: date) -> bool:
    if life.blocked is None:
        return False
    opened = date(2024, 1, 1) + days(life.issued + life.blocked[0])
    closed = None if life.blocked[1] is None else opened + days(life.blocked[1])
    return opened <= as_of and (closed is None or closed > as_of)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(lives=LIVES, day=st.integers(61, 100), against=st.sampled_from(list(Against)))
def test_figures_equal_a_plain_recount(tmp_path: Path, lives: list[Life], day: int, against: Against) -> None:
    asyncio.run(_check(tmp_path, lives, date(2024, 1, 1) + days(day), against))


async def _check(folder: Path, lives: list[Life], as_of: date, against: Against) -> None:
    database = new_database(folder)
    try:
        async with database.write() as session:
            await _compare(session, lives, Asking(as_of, against=against))
    finally:
        await database.close()


async def _compare(session: Session, lives: list[Life], asking: Asking) -> None:
    cast = await settle(session)
    directives = [await _live(session, cast, life) for life in lives]
    expected = _recount(directives, lives, asking.as_of, asking.against)
    assert total(await figures.by_unit(session, asking)) == expected == await figures.of_all(session, asking)
    assert expected.total == sum(expected.count(c) for c in Cell)
    await _lists_open_what_is_counted(session, asking, expected)


async def _lists_open_what_is_counted(session: Session, asking: Asking, counted: Figures) -> None:
    sizes = {
        Filter.OVERDUE: counted.open_late,
        Filter.SOON: counted.soon,
        Filter.WAITING: counted.waiting_approval,
        Filter.UNACKNOWLEDGED: counted.waiting_acknowledgement,
        Filter.DIFFICULTY: counted.blocked,
        Filter.DONE: counted.done,
        Filter.OPEN: counted.open,
        Filter.ALL: counted.total,
    }
    for wanted, size in sizes.items():
        page = await figures.page(session, asking, Listing(wanted), CALENDAR, size=50)
        assert (page.directives, len(page.items)) == (size, size), wanted


# --- borders ------------------------------------------------------------------------------------


@pytest.mark.parametrize("state", [State.COMPLETED, State.SUBMITTED])
@pytest.mark.parametrize(("moment", "is_late"), [(at(TODAY, 23, 59), 0), (at(TODAY + days(1), 0, 0), 1)])
async def test_the_last_day_ends_at_midnight_in_hanoi(
    tmp_path: Path, state: State, moment: datetime, is_late: int
) -> None:
    database = new_database(tmp_path)
    async with database.write() as session:
        directive = await give(session, await settle(session), "nội vụ", TODAY, state=state, submitted=TODAY)
        directive.submitted_at = moment
        directive.completed_at = moment if state is State.COMPLETED else None
        await retell(session, directive)
        counted = await figures.of_all(session, Asking(TODAY + days(30)))
    await database.close()
    assert counted.total == 1
    assert counted.done_late + counted.open_late == is_late
