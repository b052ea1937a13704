"""What people type when they look for something, and how the two databases are asked."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.dialects import postgresql

from db import Database, sqlite_url
from db.models import Coordination, Directive, Person, Unit
from db.queries.finding import Limits, Terms, in_postgresql, in_sqlite
from domain.calendar import OFFICE_ZONE
from domain.excerpts import excerpt
from domain.finding import Query, Wanted, read_query
from domain.finding_days import Period, Which
from domain.lifecycle import State
from domain.office import Office
from domain.organisation import Directory, UnitEntry
from services import finding, office, people
from services.life import By
from tests import people as cast

TODAY = date(2024, 2, 1)
UNITS = tuple(
    UnitEntry(id=number, name=name, kind=kind, aliases=(), parent_id=None)
    for number, (name, kind) in enumerate(
        [
            ("Phòng Nội vụ", "department"),
            ("Phòng Tài chính - Kế hoạch", "department"),
            ("Phòng Tài nguyên và Môi trường", "department"),
            ("UBND xã An Hòa", "commune"),
        ],
        1,
    )
)
DIRECTORY = Directory(UNITS)


def days(first: str, last: str, which: Which = Which.EITHER) -> Period:
    return Period(date.fromisoformat(first), date.fromisoformat(last), which)


READINGS = {
    "kè Bắc sông": Query(words=("kè", "Bắc", "sông")),
    "tìm các việc về kè Bắc sông nhé": Query(words=("kè", "Bắc", "sông")),
    "#12": Query(directive=12),
    "317": Query(number="317", written_number="317"),
    "số 317": Query(number="317", written_number="317"),
    "TB 15/TB-UBND": Query(number="15 tb ubnd", written_number="15/TB-UBND"),
    "thông báo số 15/TB-UBND kè": Query(words=("kè",), number="15 tb ubnd", written_number="15/TB-UBND"),
    "kế hoạch 2024": Query(words=("kế", "hoạch", "2024")),
    "quá hạn của phòng nội vụ": Query(wanted=Wanted.OVERDUE, units=(UNITS[0],)),
    "viec qua han cua phong noi vu": Query(wanted=Wanted.OVERDUE, units=(UNITS[0],)),
    "các việc đang làm của phòng tài nguyên": Query(wanted=Wanted.IN_PROGRESS, units=(UNITS[2],)),
    "phòng nội vụ": Query(words=("phòng", "nội", "vụ"), named=(UNITS[0],)),
    "chờ duyệt": Query(wanted=Wanted.WAITING),
    "hồ sơ kè xong": Query(words=("hồ", "sơ", "kè"), wanted=Wanted.DONE),
    "hoàn thành hồ sơ kè": Query(words=("hoàn", "thành", "hồ", "sơ", "kè")),
    "quá hạn tháng 3": Query(wanted=Wanted.OVERDUE, period=days("2024-03-01", "2024-03-31")),
    "đã xong tháng trước": Query(wanted=Wanted.DONE, period=days("2024-01-01", "2024-01-31", Which.DONE)),
    "hoàn thành trong quý I/2024": Query(wanted=Wanted.DONE, period=days("2024-01-01", "2024-03-31", Which.DONE)),
    "từ 1/3 đến 15/3": Query(period=days("2024-03-01", "2024-03-15")),
    "từ 1 đến 15/3/2023 nạo vét": Query(words=("nạo", "vét"), period=days("2023-03-01", "2023-03-15")),
    "giao tuần này": Query(period=days("2024-01-29", "2024-02-04", Which.GIVEN)),
    "đến hạn ngày 15/3": Query(period=days("2024-03-15", "2024-03-15", Which.DUE)),
    "hạn tháng 12": Query(period=days("2023-12-01", "2023-12-31", Which.DUE)),
    "năm 2024": Query(period=days("2024-01-01", "2024-12-31")),
    "trồng cây hôm qua": Query(words=("trồng", "cây"), period=days("2024-01-31", "2024-01-31")),
    "31/2": Query(words=("31", "2")),
    "": Query(),
    "?!": Query(),
}


@pytest.mark.parametrize("typed", READINGS)
def test_what_is_typed_is_read(typed: str) -> None:
    assert read_query(typed, TODAY, DIRECTORY) == READINGS[typed]


def test_the_excerpt_is_where_most_of_the_words_stand() -> None:
    text = "Kè đá được nhắc ở đầu. " + "Các đơn vị phối hợp thực hiện. " * 8 + "Sửa kè bờ Bắc sông Linh trước mùa lũ."
    pieces = excerpt(text, ("kè", "Bắc", "sông"), 60)
    assert [p.text for p in pieces if p.is_hit] == ["kè", "Bắc", "sông"]
    assert pieces[0].text == "…"


# --- the two databases ---

TERMS = Terms(("kè",), ("song",), phrase="ke bac song", prefix="bac", number="15 tb", units=frozenset({2, 3}))


def test_the_index_of_sqlite_is_asked_within_the_units() -> None:
    compiled = in_sqlite(TERMS, Limits(TODAY)).compile()
    assert 'exact : "kè"' in str(compiled.params)
    assert "units : (u2 OR u3)" in str(compiled.params)


def test_postgresql_is_asked_in_its_own_words() -> None:
    query = in_postgresql(TERMS, Limits(TODAY, leads=None, units=frozenset({2}), wanted=Wanted.OVERDUE))
    words = str(query.compile(dialect=postgresql.dialect()))  # type: ignore[no-untyped-call]
    for part in (
        "to_tsvector('simple', passages.exact) @@ plainto_tsquery(",
        "to_tsvector('simple', passages.bare) @@ phraseto_tsquery(",
        "to_tsvector('simple', passages.number) @@ phraseto_tsquery(",
        "coordinations.removed_at IS NULL",
    ):
        assert part in words
    either = in_postgresql(replace(TERMS, is_any=True), Limits(TODAY, leads=None))
    assert " OR " in str(either.compile(dialect=postgresql.dialect()))  # type: ignore[no-untyped-call]


# --- rights ---

NOW = datetime(2024, 2, 1, 9, tzinfo=OFFICE_ZONE)


async def test_search_shows_exactly_what_a_person_may_see(data_folder: Path) -> None:
    database = Database(sqlite_url(data_folder / "dondoc.sqlite"))
    async with database.write() as session:
        await office.import_org(session, cast.UNITS, cast.PEOPLE, NOW)
        units = list(await session.scalars(select(Unit).order_by(Unit.id)))
        for lead in units:
            for helper in units[2:4]:
                for state in (State.DRAFT, State.ISSUED, State.COMPLETED):
                    session.add(_directive(lead, helper, state))
        await session.flush()
        every = list(await session.scalars(select(Directive)))
        for person in await session.scalars(select(Person)):
            by = By(person, NOW, Office("x"))
            stands = await people.standings(session, by, every)
            may = {d.id for d, one in zip(every, stands, strict=True) if people.may_see(one, d)}
            found = await _all_found(session, by)
            assert found == may, person.key
    await database.close()


def _directive(lead: Unit, helper: Unit, state: State) -> Directive:
    return Directive(
        text="Sửa kè", lead_unit_id=lead.id, state=state, made_by=1, made_at=NOW,
        issued_at=None if state is State.DRAFT else NOW,
        coordinations=[Coordination(unit_id=helper.id, written="x")] if helper.id != lead.id else [],
    )  # fmt: skip


async def _all_found(session: object, by: By) -> set[int]:
    pages = [await finding.find(session, by, by.office, "kè", number) for number in range(1, 12)]  # type: ignore[arg-type]
    return {hit.view.id for page in pages for hit in page.hits}


async def test_few_that_meet_a_condition_are_looked_into_one_by_one_and_nothing_else_is_found(
    data_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    database = Database(sqlite_url(data_folder / "dondoc.sqlite"))
    async with database.write() as session:
        await office.import_org(session, cast.UNITS, cast.PEOPLE, NOW)
        units = list(await session.scalars(select(Unit).order_by(Unit.id)))
        session.add_all(_directive(units[1], units[2], state) for state in (State.ISSUED, State.COMPLETED) * 3)
        await session.flush()
        by = By((await session.scalars(select(Person).where(Person.role == "clerk"))).first(), NOW, Office("x"))  # type: ignore[arg-type]
        found = []
        for few in (500, 0):
            monkeypatch.setattr("db.queries.finding._FEW", few)
            one = await finding.find(session, by, by.office, "kè đã xong")
            found.append(([hit.view.id for hit in one.hits], one.total, one.is_near))
        assert found[0] == found[1]
        assert found[0][1] == 3
    await database.close()
