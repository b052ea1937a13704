"""Past figures equal a plain recount of what had happened by then, whatever happens later.

Random people do random things through the services; after each the test writes down how every directive stands. Any
count of any moment must be what that log says of it, and the same when it is asked again after more has happened.
"""

from __future__ import annotations

import asyncio
import random
import shutil
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from db import Database, Session, phases, sqlite_url
from db.models import Base, Directive, Notice, Person, Unit
from db.queries import figures as counting
from domain.calendar import OFFICE_ZONE, OfficeCalendar
from domain.errors import Refusal
from domain.figures import (
    Against,
    Asking,
    Dimension,
    Figures,
    Filter,
    Happened,
    Listing,
    Movement,
    Period,
    narrowed,
)  # fmt: skip
from domain.lifecycle import OPEN, State
from domain.office import Office
from domain.sources import Source
from domain.timeliness import Cell, cell, is_soon
from services import accounts, fields, figures, happened, issuing, office, reorganising, scope
from services.life import By
from tests import people
from tests.flows.random_acts import ACTS, Scene

BEGINNING = datetime(2024, 1, 31, 8, 0, tzinfo=OFFICE_ZONE)
EXAMPLES, ACTS_EACH, MOMENTS = 2, 30, 2
LASTS = (date(2024, 2, 2), date(2024, 2, 6), date(2024, 2, 12), date(2024, 3, 1), None)
LIKELY = (
    "acknowledge", "acknowledge", "report", "submit", "submit", "submit", "approve", "approve", "approve", "return",
    "decline", "reassign", "insist", "ask", "ask", "grant", "grant", "offer", "accept", "difficulty", "difficulty",
    "solve", "reopen", "suspend", "resume", "cancel", "split", "merge", "delegate", "withdraw", "led", "field",
    "source",
)  # fmt: skip
COUNTED = frozenset({*OPEN, State.COMPLETED})
SILENT = {"acknowledge", "none"}


@dataclass(frozen=True)
class Fact:
    """How a directive stood."""

    id: int
    state: State
    state_since: datetime
    unit: int
    leader: int | None
    kind: str
    notice: int | None
    field: str | None
    source: str | None
    last: date | None
    first: date | None
    issued: datetime
    submitted: datetime | None
    blocked: datetime | None

    def last_day(self, against: Against) -> date | None:
        """The deadline that is counted against."""
        return self.last if against is Against.PRESENT else self.first


@dataclass
class Log:
    """What the test has seen: how all stood after each act, and which requests were granted when."""

    stood: list[tuple[datetime, dict[int, Fact]]]
    granted: list[tuple[datetime, int]]

    def at(self, moment: datetime) -> list[Fact]:
        """How all stood at a moment."""
        seen = [facts for when, facts in self.stood if when <= moment]
        return [fact for fact in seen[-1].values() if fact.state in COUNTED] if seen else []


@pytest.fixture(scope="module")
def beginning(migrated: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with an office."""
    path = tmp_path_factory.mktemp("past") / "dondoc.sqlite"
    shutil.copy(migrated, path)

    async def settle() -> None:
        database = Database(sqlite_url(path))
        async with database.write() as session:
            await office.import_org(session, people.UNITS, people.PEOPLE, BEGINNING)
            for person in await office.active_people(session):
                await accounts.link(session, person, "web", person.key, person.key, BEGINNING)
        await database.close()

    asyncio.run(settle())
    return path


@settings(
    max_examples=EXAMPLES, derandomize=True, deadline=None, database=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)  # fmt: skip
@given(st.integers(0, 2**32 - 1))
def test_every_count_of_every_moment_is_what_had_happened_by_then(
    beginning: Path, tmp_path_factory: pytest.TempPathFactory, seed: int
) -> None:
    path = tmp_path_factory.mktemp("life") / "dondoc.sqlite"
    shutil.copy(beginning, path)
    asyncio.run(_live(path, random.Random(seed)))


async def _live(path: Path, dice: random.Random) -> None:
    database = Database(sqlite_url(path))
    life = Life(database, dice)
    try:
        await life.begin()
        for _ in range(ACTS_EACH // 2):
            await life.act()
        early = [life.moment() for _ in range(3)]
        before = [await life.figures_of(asking) for asking in early]
        for _ in range(ACTS_EACH // 2):
            await life.act()
        assert [await life.figures_of(asking) for asking in early] == before, "a past figure has changed"
        for asking in (*early, *(life.moment() for _ in range(MOMENTS)), life.now_asked()):
            await life.compare(asking)
            await life.compare_movement(asking)
        await life.retraces(early, before)
    finally:
        await database.close()


class Life:
    """Some directives, the people around them, and the log."""

    def __init__(self, database: Database, dice: random.Random) -> None:
        self.database, self.dice, self.now, self.office = database, dice, BEGINNING, Office()
        self.log = Log([], [])

    async def begin(self) -> None:
        """Several directives of two notices and of none."""
        async with self.database.write() as session:
            clerk = (await session.scalars(select(Person).where(Person.key == "van"))).one()
            units = list(await session.scalars(select(Unit).where(Unit.parent_id.is_not(None)).order_by(Unit.id)))
            for place, unit in enumerate(units):
                unit.field = (None, "Nội vụ", "Tài chính")[place % 3]
            notices = [
                Notice(number=f"{n}/TB", issuer=who, sent_by=clerk.id, received_at=self.now)
                for n, who in enumerate(("UBND tỉnh Mẫu", people.OFFICE))
            ]
            session.add_all(notices)
            await session.flush()
            for place in range(8):
                draft = Directive(
                    text="Báo cáo", lead_unit_id=units[place % 4].id, made_by=clerk.id, made_at=self.now,
                    notice_id=(notices[0].id, notices[1].id, None)[place % 3],
                    deadline_date=LASTS[place % 5], last_day=LASTS[place % 5],
                )  # fmt: skip
                session.add(draft)
                await session.flush()
                await session.refresh(draft, ["lead_unit", "coordinations", "notice"])
                await issuing.issue(session, [draft], By(clerk, self.now, self.office))
        await self._write_down()

    # --- acts ---

    async def act(self) -> None:
        """Something happens some hours later, or is refused."""
        self.now += timedelta(hours=self.dice.choice([1, 3, 9, 20]))
        name = self.dice.choice(LIKELY)
        try:
            async with self.database.write() as session:
                number = await self._do(session, name)
        except Refusal:
            return
        if name in {"grant", "accept"}:
            self.log.granted.append((self.now, number))
        await self._write_down()

    async def _do(self, session: Session, name: str) -> int:
        ids = list(await session.scalars(select(Directive.id).order_by(Directive.id)))
        directive = await session.get_one(Directive, self.dice.choice(ids))
        other = await session.get_one(Directive, self.dice.choice(ids))
        unit = self.dice.choice(list(await session.scalars(select(Unit).order_by(Unit.id))))
        by = By(await self._actor(session, directive, name), self.now, self.office)
        if name == "led":
            leaders = select(Person).where(Person.role == "leader").order_by(Person.id)
            leader = self.dice.choice([*await session.scalars(leaders), None])
            await reorganising.put_in_charge(session, unit, leader, by)
        elif name == "field":
            await fields.change_field(session, directive, self.dice.choice(["Y tế", "Nội vụ", None]), by)
        elif name == "source" and directive.notice is not None:
            await fields.set_source(session, directive.notice, self.dice.choice(list(Source)), by)
        elif name in ACTS:
            await ACTS[name](Scene(session, directive, other, unit, self.dice.choice([5, 12]), "có lý do", by))
        return directive.id

    async def _actor(self, session: Session, directive: Directive, name: str) -> Person:
        of_unit = {"acknowledge", "report", "submit", "decline", "ask", "accept", "difficulty", "delegate", "withdraw"}
        query = select(Person).where(Person.key == "van")
        if name in of_unit:
            query = select(Person).where(Person.unit_id == directive.lead_unit_id, Person.active).order_by(Person.id)
        return (await session.scalars(query)).first() or (
            await session.scalars(select(Person).where(Person.key == "van"))
        ).one()

    async def _write_down(self) -> None:
        """How all stand now, from the tables that people's acts change, not from what figures are read from."""
        tables = Base.metadata.tables
        before = self.log.stood[-1][1] if self.log.stood else {}
        async with self.database.read() as session:
            tree = await scope.tree(session)
            kinds = dict((await session.execute(select(Unit.id, Unit.kind))).all())
            open_ = select(tables["obstacles"]).where(tables["obstacles"].c.closed_at.is_(None))
            blocked: dict[int, datetime] = {}
            for o in await session.execute(open_.where(tables["obstacles"].c.kind == "difficulty")):
                blocked[o.directive_id] = min(o.opened_at, blocked.get(o.directive_id, o.opened_at))
            facts = {}
            for d in await session.execute(select(tables["directives"])):
                if d.issued_at is None or d.state == State.DRAFT:
                    continue
                old = before.get(d.id)
                since = old.state_since if old and old.state == d.state else self.now
                facts[d.id] = Fact(
                    d.id, State(d.state), since, d.lead_unit_id, tree.leader_of(d.lead_unit_id),
                    kinds[d.lead_unit_id], d.notice_id, d.field, d.source, d.last_day, d.first_last_day, d.issued_at,
                    d.submitted_at, blocked.get(d.id),
                )  # fmt: skip
        self.log.stood.append((self.now, facts))

    # --- asking ---

    def moment(self) -> Asking:
        """Any moment since the beginning: the end of a day, or one in its midst."""
        hours = self.dice.randrange(int((self.now - BEGINNING).total_seconds() // 3600) + 1)
        moment = BEGINNING + timedelta(hours=hours, minutes=30)
        against = self.dice.choice(list(Against))
        day = moment.astimezone(OFFICE_ZONE).date()
        return Asking(day, against=against, moment=moment if self.dice.random() < 0.5 else None)

    def now_asked(self) -> Asking:
        """As everybody asks."""
        return Asking(self.now.astimezone(OFFICE_ZONE).date())

    async def figures_of(self, asking: Asking) -> Figures:
        """All together."""
        async with self.database.read() as session:
            return await figures.of_all(session, asking)

    async def retraces(self, asked: list[Asking], before: list[Figures]) -> None:
        """Told back by the audit alone, as an office of the version before is, the past figures are the same."""
        async with self.database.write() as session:
            await (await session.connection()).run_sync(phases.rebuild)
        async with self.database.read() as session:
            retold = [sum((await counting.by_unit(session, a, _moment(a))).values(), Figures()) for a in asked]
        assert retold == before

    async def compare(self, asking: Asking) -> None:
        """Every count, every group, every list."""
        facts = self.log.at(_moment(asking))
        expected = _recount(facts, asking)
        assert expected.total == sum(expected.count(c) for c in Cell)
        assert expected.rate_of_all.part == expected.done_in_time + expected.done_late + expected.done_no_deadline
        assert expected.rate_of_due.whole == expected.done + expected.open_late
        async with self.database.read() as session:
            assert await figures.of_all(session, asking) == expected
            for dimension in Dimension:
                await _compare_groups(session, asking, dimension, facts)
            narrow = replace(asking, source=Source.ABOVE)
            await _compare_lists(session, narrow, _recount([f for f in facts if f.source == "above"], narrow))
            await _compare_lists(session, asking, expected)

    async def compare_movement(self, asking: Asking) -> None:
        """What happened in the days up to the one asked of."""
        period = Period(asking.as_of - timedelta(days=self.dice.choice([0, 3, 9])), asking.as_of)
        async with self.database.read() as session:
            reports = (await session.execute(select(Base.metadata.tables["reports"]))).all()
            found = await figures.movement(session, asking, period)
            parts = [m.movement for m in await figures.movements(session, asking, period, Dimension.LEADER)]
            for what in Happened:
                listed = await happened.page(session, asking, period, what, OfficeCalendar(), size=1000)
                assert (listed.directives, len(listed.items)) == (found.count(what), found.count(what)), what
        start, end = _midnight(period.first), _moment(asking)
        facts = self.log.at(end)
        there = {f.id for f in self.log.at(end)} | {i for i, f in _last(self.log, end).items()}
        expected = _moved(facts, asking.against, period, (start, end)) + Movement(
            extended=sum(start <= when <= end and i in there for when, i in self.log.granted),
            reports=sum(
                start <= r.at <= end and r.kind not in SILENT and (r.withdrawn_at is None or r.withdrawn_at > end)
                for r in reports
            ),
        )
        assert found == expected
        assert sum(parts, Movement()) == expected


def _last(log: Log, moment: datetime) -> dict[int, Fact]:
    return next((facts for when, facts in reversed(log.stood) if when <= moment), {})


def _midnight(day: date) -> datetime:
    return datetime.combine(day, datetime.min.time(), OFFICE_ZONE)


def _moment(asking: Asking) -> datetime:
    return asking.moment or _midnight(asking.as_of + timedelta(days=1)) - timedelta(microseconds=1)


def _day(moment: datetime) -> date:
    return moment.astimezone(OFFICE_ZONE).date()


# --- counting one after the other -------------------------------------------------------------------


def _recount(facts: list[Fact], asking: Asking) -> Figures:
    return sum((_of_one(fact, asking) for fact in facts), Figures())


def _of_one(fact: Fact, asking: Asking) -> Figures:
    last, came = fact.last_day(asking.against), _day(fact.submitted) if fact.submitted else None
    if fact.state is State.COMPLETED:
        assert came is not None
        return Figures(**{cell(last, came, max(came, asking.as_of)).value: 1})
    waits = fact.state is State.SUBMITTED
    where = cell(last, None, came if waits and came else asking.as_of)
    return Figures(
        **{where.value: 1},
        soon=int(is_soon(last, asking.as_of, 3) and not waits),
        waiting_approval=int(waits),
        waiting_acknowledgement=int(fact.state is State.ISSUED),
        blocked=int(fact.blocked is not None),
    )


def _key(fact: Fact, dimension: Dimension) -> int | str:
    keys = {
        Dimension.UNIT: fact.unit, Dimension.LEADER: fact.leader or 0, Dimension.KIND: fact.kind,
        Dimension.NOTICE: fact.notice or 0, Dimension.FIELD: fact.field or "", Dimension.SOURCE: fact.source or "",
    }  # fmt: skip
    return keys[dimension]


async def _compare_groups(session: Session, asking: Asking, dimension: Dimension, facts: list[Fact]) -> None:
    found = {group.key: group.figures for group in await figures.groups(session, asking, dimension)}
    keys = {_key(fact, dimension) for fact in facts}
    assert found == {key: _recount([f for f in facts if _key(f, dimension) == key], asking) for key in keys}, dimension
    for key, counted in found.items():
        assert await figures.of_all(session, narrowed(asking, dimension, key)) == counted, (dimension, key)


async def _compare_lists(session: Session, asking: Asking, counted: Figures) -> None:
    sizes = {
        Filter.OVERDUE: counted.open_late, Filter.SOON: counted.soon, Filter.WAITING: counted.waiting_approval,
        Filter.UNACKNOWLEDGED: counted.waiting_acknowledgement, Filter.DIFFICULTY: counted.blocked,
        Filter.DONE: counted.done, Filter.OPEN: counted.open, Filter.ALL: counted.total,
    }  # fmt: skip
    for wanted, size in sizes.items():
        page = await figures.page(session, asking, Listing(wanted), OfficeCalendar(), size=100)
        assert (page.directives, sum(item.here for item in page.items)) == (size, size), wanted


def _moved(facts: list[Fact], against: Against, period: Period, span: tuple[datetime, datetime]) -> Movement:
    found = Movement()
    for fact in facts:
        last, came = fact.last_day(against), _day(fact.submitted) if fact.submitted else None
        if span[0] <= fact.issued <= span[1]:
            found += Movement(given=1)
        if fact.state is State.COMPLETED and span[0] <= fact.state_since <= span[1]:
            found += _done(last, came)
        judged = came if fact.state in {State.SUBMITTED, State.COMPLETED} else None
        is_missed = last is not None and (judged is None or judged > last)
        if last is not None and is_missed and period.first <= last + timedelta(days=1) <= period.last:
            found += Movement(newly_overdue=1)
    return found


def _done(last: date | None, came: date | None) -> Movement:
    if last is None or came is None:
        return Movement(done_no_deadline=1)
    late = (came - last).days
    return Movement(done_late=1, days_late=late) if late > 0 else Movement(done_in_time=1)
