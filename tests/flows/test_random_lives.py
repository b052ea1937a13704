"""Random people try random things with directives, legal and illegal, in any order: what must hold, holds after each.

No state that the table does not have, no change without its audit row, no row without its change, timeliness always
derivable, the first deadline never moved, one open request at most, the chain of hashes whole.
"""

from __future__ import annotations

import asyncio
import random
import shutil
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Row, func, select

from db import Database, Session, sqlite_url
from db.models import Base, Directive, Extension, Obstacle, Person, Transition, Unit
from domain.calendar import OFFICE_ZONE
from domain.errors import Refusal
from domain.lifecycle import NEEDS_REASON, OPEN, TRANSITIONS, UNTAKEN, WITH_UNIT, Event, State
from domain.office import Office
from domain.rights import Role
from domain.timeliness import cell
from services import accounts, audit, issuing, office
from services.life import By
from tests import people
from tests.flows.random_acts import ACTS, ASSIGNER, HELPER, UNIT, Scene

BEGINNING = datetime(2024, 1, 31, 8, 0, tzinfo=OFFICE_ZONE)
EXAMPLES, FEWEST_STEPS, MOST_STEPS = 14, 22, 26
GRANTS = {"extension_granted": Event.EXTEND, "extension_accepted": Event.EXTEND}
FOLLOWS: dict[str, tuple[str, ...]] = {
    "ask": ("grant", "grant", "offer", "refuse"),
    "offer": ("accept", "refuse offer"),
    "difficulty": ("answer", "solve"),
    "important": (Event.SUBMIT,),
    Event.SUBMIT: (Event.CHECK, Event.CHECK, Event.APPROVE, Event.RETURN, Event.CANCEL),
    Event.CHECK: (Event.APPROVE, Event.RETURN),
    "add helper": ("part", "remove helper"),
}
WALKED: set[tuple[State, Event]] = set()


@dataclass(frozen=True)
class Step:
    """One try, as it was drawn. ``fit``: by somebody whose business it is, of what the state allows."""

    fit: bool
    act: int
    person: int
    directive: int
    unit: int
    days: int
    reason: str
    hours: int

    @classmethod
    def drawn(cls, seed: int) -> Step:
        """Evenly: left to itself, hypothesis draws the same few small numbers again and again."""
        dice = random.Random(seed)
        act, person, directive, unit = (dice.randrange(10_000) for _ in range(4))
        return cls(
            dice.random() < 0.8, act, person, directive, unit, dice.choice([5, 10, 20, -3]),
            dice.choice(["chờ thẩm định", "có lý do", "đã rõ", " "]), dice.choice([0, 2, 20, 100]),
        )  # fmt: skip


STEPS = st.lists(st.integers(0, 2**32 - 1).map(Step.drawn), min_size=FEWEST_STEPS, max_size=MOST_STEPS)


@pytest.fixture(scope="module")
def stage(migrated: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[asyncio.Runner, Database]]:
    """A database with an office, and the loop it is used in."""
    path = tmp_path_factory.mktemp("lives") / "dondoc.sqlite"
    shutil.copy(migrated, path)
    with asyncio.Runner() as runner:
        database = Database(sqlite_url(path))
        runner.run(_settle(database))
        yield runner, database
        runner.run(database.close())


async def _settle(database: Database) -> None:
    async with database.write() as session:
        await office.import_org(session, people.UNITS, people.PEOPLE, BEGINNING)
        for person in await office.active_people(session):
            await accounts.link(session, person, "web", person.key, person.key, BEGINNING)


class Enough(Exception):
    """Takes everything back: each example begins with the same database."""


@settings(
    max_examples=EXAMPLES, derandomize=True, deadline=None, database=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)  # fmt: skip
@given(STEPS)
def _lives(stage: tuple[asyncio.Runner, Database], steps: list[Step]) -> None:
    runner, database = stage
    runner.run(_live(database, steps))


def test_whatever_people_try_what_must_hold_holds(stage: tuple[asyncio.Runner, Database]) -> None:
    WALKED.clear()
    _lives(stage)
    assert len(WALKED) >= len(TRANSITIONS) - 8, f"never walked: {sorted(TRANSITIONS.keys() - WALKED)}"


async def _live(database: Database, steps: list[Step]) -> None:
    with suppress(Enough):
        async with database.write() as session:
            life = await Life.begin(session)
            for step in steps:
                await life.tries(step)
            assert await audit.first_broken(session) is None
            raise Enough


@dataclass(frozen=True)
class Member:
    """Somebody of the office."""

    id: int
    key: str
    unit_id: int
    role: Role


class Life:
    """Some directives, the people around them, and what is known to have happened."""

    def __init__(self, session: Session, staff: list[Member], units: list[int]) -> None:
        self.session, self.staff, self.units = session, staff, units
        self.now, self.office = BEGINNING, Office()
        self.states: dict[int, State] = {}
        self.first: dict[int, date | None] = {}
        self.next: list[tuple[int, str]] = []  # what would follow in life

    @classmethod
    async def begin(cls, session: Session) -> Life:
        """Three directives: two issued, one a draft; one without a deadline."""
        rows = await session.execute(select(Person.id, Person.key, Person.unit_id, Person.role).order_by(Person.id))
        keys = dict((await session.execute(select(Unit.key, Unit.id).order_by(Unit.id))).all())
        life = cls(session, [Member(*row) for row in rows], list(keys.values()))
        clerk = await session.get_one(Person, next(p.id for p in life.staff if p.key == "van"))
        by = By(clerk, BEGINNING, life.office)
        for key, last_day in (("noi-vu", date(2024, 2, 20)), ("tai-chinh", date(2024, 3, 5)), ("an-hoa", None)):
            due = {"deadline_date": last_day, "last_day": last_day, "deadline_time": time(17, 0) if last_day else None}
            draft = Directive(text="Báo cáo", lead_unit_id=keys[key], made_by=clerk.id, made_at=BEGINNING, **due)
            session.add(draft)
            await session.flush()
            await session.refresh(draft, ["lead_unit", "coordinations", "notice"])
            if last_day is not None:
                await issuing.issue(session, [draft], by)
            life.states[draft.id] = State(draft.state)
        session.expunge_all()
        return life

    async def tries(self, step: Step) -> None:
        """One try: carried out, or refused and nothing is changed."""
        self.now += timedelta(hours=step.hours)
        number, name = self._chosen(step)
        directive = await self.session.get_one(Directive, number)
        actor = self._actor(step, directive, name)
        rows, before = await self._rows(), await self._content()
        was_due = self._was_due(step, directive, name)
        refusal = await self._refused(name, await self._scene(step, directive, actor, name))
        await self._forget()
        if refusal is None:
            self.next = [(number, following) for following in FOLLOWS.get(name, ())]
            await self._follow(rows, name, actor)
            await self._holds()
            await self._tries_again(step, number, name, actor)
            return
        self.next = []
        assert await self._content() == before, f"{name} was refused ({refusal!r}) and left something"
        assert not was_due, f"{name}: {refusal!r}"

    async def _tries_again(self, step: Step, number: int, name: str, actor: Member) -> None:
        """The same press a second time, as phones send it: what must hold, holds. Then it has not been."""
        states, first, rows = dict(self.states), dict(self.first), await self._rows()
        with suppress(Refusal, Enough):
            async with self.session.begin_nested():
                directive = await self.session.get_one(Directive, number)
                await ACTS[name](await self._scene(step, directive, actor, name))
                await self._forget()
                await self._follow(rows, name, actor)
                await self._holds()
                raise Enough
        self.session.expunge_all()
        self.states, self.first = states, first

    async def _refused(self, name: str, scene: Scene) -> Refusal | None:
        try:
            async with self.session.begin_nested():
                await ACTS[name](scene)
        except Refusal as refusal:
            return refusal
        return None

    async def _forget(self) -> None:
        """As in the next transaction: everything is read anew."""
        await self.session.flush()
        self.session.expunge_all()

    # --- what is tried ---

    def _chosen(self, step: Step) -> tuple[int, str]:
        """Which directive, and what is tried with it."""
        numbers = sorted(self.states)
        if not step.fit:
            return numbers[step.directive % len(numbers)], sorted(ACTS)[step.act % len(ACTS)]
        if self.next and step.unit % 3:
            return self.next[step.act % len(self.next)]
        goes = [n for n in numbers if self.states[n] is not State.CANCELLED] or numbers
        number = goes[step.directive % len(goes)]
        state = self.states[number]
        fit = [str(e) for s, e in TRANSITIONS if s is state and e in ACTS]
        more = [*(n for n in ACTS if n not in set(Event)), "ask", "ask", "important"] if state in WITH_UNIT else []
        choices = [*fit, *fit, *more] or list(ACTS)
        return number, choices[step.act % len(choices)]

    def _actor(self, step: Step, directive: Directive, name: str) -> Member:
        if not step.fit:
            return self.staff[step.person % len(self.staff)]
        if name in UNIT:
            heads = [p for p in self.staff if p.unit_id == directive.lead_unit_id and p.role in _OF_A_UNIT]
        elif name in HELPER:
            helping = {c.unit_id for c in directive.coordinations}
            heads = [p for p in self.staff if p.unit_id in helping and p.role in _OF_A_UNIT]
        else:
            heads = [p for p in self.staff if p.key in {"van", "lam"}]
        return heads[step.person % len(heads)] if heads else self.staff[step.person % len(self.staff)]

    async def _scene(self, step: Step, directive: Directive, actor: Member, name: str) -> Scene:
        others = [d for d in self.states if d != directive.id and self.states[d] in OPEN] if step.fit else []
        others = others or list(self.states)
        number = others[step.unit % len(others)] if name == Event.MERGE else directive.id
        other = await self.session.get_one(Directive, number)
        unit = await self.session.get_one(Unit, self.units[step.unit % len(self.units)])
        by = By(await self.session.get_one(Person, actor.id), self.now, self.office)
        return Scene(self.session, directive, other, unit, step.days, step.reason, by)

    def _was_due(self, step: Step, directive: Directive, name: str) -> bool:
        """Whether nothing stood in the way of an act: the table has it, it was the right person's, with a reason."""
        plain = set(Event) - {Event.APPROVE, Event.RETURN, Event.CHECK, Event.SPLIT, Event.MERGE, Event.REASSIGN}
        if not step.fit or name not in plain or (self.states[directive.id], Event(name)) not in TRANSITIONS:
            return False
        is_staffed = any(p.unit_id == directive.lead_unit_id and p.role in _OF_A_UNIT for p in self.staff)
        return (name not in UNIT or is_staffed) and (name not in NEEDS_REASON or bool(step.reason.strip()))

    # --- what has happened ---

    async def _rows(self) -> int:
        return await self.session.scalar(select(func.max(Transition.id))) or 0

    async def _content(self) -> list[Any]:
        """What an act may change: the directives as they are, and how many rows there are of everything else."""
        tables = [Base.metadata.tables[name] for name in _CHANGING]
        counts = select(*(select(func.count()).select_from(table).scalar_subquery() for table in tables))
        directives = await self.session.execute(Base.metadata.tables["directives"].select())
        return [directives.all(), (await self.session.execute(counts)).one()]

    async def _follow(self, since: int, name: str, actor: Member) -> None:
        """The new audit rows tell exactly how the states changed, and by whom."""
        new = list(await self.session.scalars(select(Transition).where(Transition.id > since).order_by(Transition.id)))
        assert new or name in _SILENT, f"{name} left no audit row"
        for row in new:
            assert row.actor_id == actor.id
            if row.directive_id is None or row.before is None or row.after is None:
                continue
            self._moved(row, actor.role)
        stored = await self.session.execute(select(Directive.id, Directive.state))
        assert dict(stored.all()) == self.states, name

    def _moved(self, row: Transition, role: Role) -> None:
        number = row.directive_id
        assert number is not None
        known = self.states.setdefault(number, State.DRAFT)  # a part begins as a draft
        assert row.before == known, "the row before it ended elsewhere"
        event = GRANTS.get(row.event, row.event)
        if event in set(Event):
            arrow = (State(known), Event(event))
            assert row.after in {TRANSITIONS[arrow], UNTAKEN.get(arrow)}
            WALKED.add(arrow)
            if event in ASSIGNER and event not in {Event.RETURN}:
                assert role in {Role.CLERK, Role.LEADER}
            assert row.reason or event not in NEEDS_REASON
        else:
            assert row.before == row.after, f"{row.event} is no move"
        self.states[number] = State(row.after)

    async def _holds(self) -> None:
        for row in await self.session.execute(Base.metadata.tables["directives"].select()):
            self._is_sound(row)
        await self._requests_are_sound()

    def _is_sound(self, d: Row[Any]) -> None:
        state, today = State(d.state), self.now.astimezone(OFFICE_ZONE).date()
        assert (d.completed_at is not None) == (state is State.COMPLETED)
        assert state not in {State.SUBMITTED, State.COMPLETED} or d.submitted_at is not None
        assert (d.issued_at is None) == (state is State.DRAFT) or state is State.CANCELLED
        if d.issued_at is not None:
            first = self.first.setdefault(d.id, d.first_last_day)
            assert d.first_last_day == first, "the first deadline is kept for ever"
            finished = d.submitted_at.astimezone(OFFICE_ZONE).date() if d.completed_at else None
            assert cell(d.last_day, finished, today)
        assert state in OPEN or d.next_reminder_at is None
        assert state not in {State.CANCELLED, State.COMPLETED} or d.waits_since is None
        assert d.replaced_by_id is None or (state is State.CANCELLED and d.replaced_by_id in self.states)
        if d.split_from_id is not None:
            assert self.states[d.split_from_id] is State.CANCELLED
            assert d.first_last_day == self.first[d.split_from_id]

    async def _requests_are_sound(self) -> None:
        waiting = await self.session.execute(
            select(Extension.directive_id, func.count())
            .where(Extension.state.in_(("pending", "offered")))
            .group_by(Extension.directive_id)
        )
        for number, count in waiting:
            assert count == 1
            assert self.states[number] in OPEN - {State.SUBMITTED}
        opened = await self.session.scalars(select(Obstacle.directive_id).where(Obstacle.closed_at.is_(None)))
        assert all(self.states[number] in OPEN for number in opened)


_CHANGING = ("coordinations", "reports", "extensions", "obstacles", "explanations", "transitions", "outbox")
_OF_A_UNIT = {Role.HEAD, Role.OFFICER, Role.CLERK}
_SILENT = {"important", "delegate"}  # where it was so already
