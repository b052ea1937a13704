"""A year in an office: sixty people, three hundred directives, replies at random, and a clock that is moved.

Services, sweeps and outbox run as they do in the program, on a real database. Only the words are plain; all that may
be sent at a moment is sent in one transaction, as nothing goes wrong here. What stands in the database at each morning
is written down, so that the ladder can be worked out again from the rules' own words.
"""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from pathlib import Path

from sqlalchemy import select

from channels.base import OutgoingMessage
from db import Database, Session, sqlite_url
from db.models import Directive, Outbox, Person, Unit
from db.queries.outbox import Gate
from domain.calendar import OFFICE_ZONE
from domain.deadlines import Deadline
from domain.lifecycle import WITH_UNIT, State
from domain.office import Meeting, Office
from domain.rights import Role
from scheduler.sweeps import sweep
from services import accounts, deciding, extensions, issuing, office, outbox, reporting
from services.life import By
from services.notices import draft_directly
from services.office import PersonLine, UnitLine
from services.outbox import Claim
from services.reporting import Said
from tests.flows.recording import RecordingChannel

UNITS = 18
DIRECTIVES = 300
FIRST, LAST = date(2024, 1, 2), date(2024, 12, 31)
MORNING = "07:30"
BESIDES = ("06:00", "09:30", "11:00", "14:00", "15:00", "16:00", "18:30", "21:00")  # three of them on each working day
AT_REST = ("09:00",)  # on days off
CLERK = "vt0"


@dataclass(frozen=True)
class Facts:
    """A directive as it stood on a morning, before anything was said."""

    state: State
    unit: int
    contact: int | None
    assigned_at: datetime | None
    last_day: date | None


@dataclass
class Fate:
    """What will come of a directive: working hours after it was given, in days; None: never."""

    acknowledged: float | None
    reports: tuple[float, ...]
    done: float | None
    extended: float | None


@dataclass
class Year:
    """An office, its people, and what they will do."""

    database: Database
    chance: random.Random
    now: datetime
    office: Office = field(default_factory=lambda: Office(meeting=Meeting(is_sent=False)))  # packs have their own flow
    channel: RecordingChannel = field(default_factory=RecordingChannel)
    mornings: dict[date, dict[int, Facts]] = field(default_factory=dict)
    units: dict[str, int] = field(default_factory=dict)
    people: dict[str, int] = field(default_factory=dict)
    _todo: dict[date, list[tuple[datetime, str, int]]] = field(default_factory=lambda: defaultdict(list))

    async def _send(self) -> None:
        """All that may be sent now, each to its person as the outbox finds them; a person's second after the first."""
        gate = outbox.gate(self.now, self.office, {self.channel.name})
        async with self.database.write() as session:
            while claims := await self._claims(session, gate):
                going_on = await self._with_their_units(session, claims)
                for claim in claims:
                    await self._send_one(session, claim, going_on)

    async def _claims(self, session: Session, gate: Gate) -> list[Claim]:
        """One for each person to whom something may be sent."""
        found = []
        while claim := await outbox.claim_next(session, gate):
            found.append(claim)
        return found

    async def _with_their_units(self, session: Session, claims: Sequence[Claim]) -> set[int]:
        spoken_of = {number for claim in claims for number in claim.row.directives}
        query = select(Directive.id).where(Directive.id.in_(spoken_of), Directive.state.in_(WITH_UNIT))
        return set(await session.scalars(query))

    async def _send_one(self, session: Session, claim: Claim, going_on: Set[int]) -> None:
        message = self.words(claim.row, going_on) if claim.has_address else None
        if message is None:
            await outbox.mark_moot(session, claim.row.id)
        else:
            sent = await self.channel.send(claim.chat, message)
            await outbox.mark_part_done(session, claim, sent.message_id, self.now, is_last=True)

    def words(self, row: Outbox, going_on: Set[int]) -> OutgoingMessage | None:
        """The kind of a row and its directives; nothing where none is with its unit any more, as in the real words."""
        is_gone = row.kind in {"reminder", "pressing"} and not going_on & set(row.directives)
        return None if is_gone else OutgoingMessage(" ".join([row.kind, *(f"#{i}" for i in row.directives)]))

    # --- who is there ---

    async def settle_in(self) -> None:
        units = [UnitLine("huyen", "UBND huyện Mẫu", "office", None, "ct")]
        units += [UnitLine(f"u{n}", f"Đơn vị {n}", "department", "huyen", f"pct{n % 2}") for n in range(UNITS)]
        people = [PersonLine("ct", "Chủ tịch Một", "Chủ tịch", "huyen", Role.LEADER)]
        people += [PersonLine(f"pct{n}", f"Phó {n}", "Phó Chủ tịch", "huyen", Role.LEADER) for n in range(2)]
        people += [PersonLine(f"vt{n}", f"Văn thư {n}", "Văn thư", "huyen", Role.CLERK) for n in range(3)]
        for n in range(UNITS):
            people.append(PersonLine(f"tp{n}", f"Trưởng {n}", "Trưởng phòng", f"u{n}", Role.HEAD))
            people += [
                PersonLine(f"cv{n}{x}", f"Chuyên viên {n}{x}", "Chuyên viên", f"u{n}", Role.OFFICER) for x in "ab"
            ]
        async with self.database.write() as session:
            await office.import_org(session, units, people, self.now)
            for person in await office.active_people(session):
                await accounts.link(session, person, "test", person.key, person.key, self.now)
                self.people[person.key] = person.id
            self.units = {u.key: u.id for u in await session.scalars(select(Unit))}

    # --- a day after the other ---

    async def pass_by(self) -> None:
        """The whole year."""
        self._plan()
        day = FIRST
        while day <= LAST:
            await self._day(day)
            day += timedelta(days=1)

    def _plan(self) -> None:
        days = [FIRST + timedelta(days=n) for n in range((LAST - FIRST).days - 20)]
        worked = [d for d in days if self.office.calendar.is_working(d)]
        for number in range(DIRECTIVES):
            self._at(self._hour(self.chance.choice(worked)), "issue", number)

    def _hour(self, day: date) -> datetime:
        minute = self.chance.randrange(8 * 60, 17 * 60)
        return datetime.combine(day, time(minute // 60, minute % 60), OFFICE_ZONE)

    def _at(self, moment: datetime, what: str, number: int) -> None:
        self._todo[moment.date()].append((moment, what, number))

    async def _day(self, day: date) -> None:
        is_worked = self.office.calendar.is_working(day)
        clocks = [MORNING, *self.chance.sample(BESIDES, 3)] if is_worked else AT_REST
        ticks = [datetime.combine(day, time.fromisoformat(clock), OFFICE_ZONE) for clock in clocks]
        events: list[tuple[datetime, str, int]] = [(moment, "tick", 0) for moment in ticks]
        for moment, what, number in sorted([*events, *self._todo.pop(day, [])]):
            self.now = moment
            if what == "tick":
                await self._tick()
            elif is_worked:
                await self._happens(what, number)
            else:
                self._at(self._hour(self.office.calendar.next_working(day)), what, number)

    async def _tick(self) -> None:
        if self.now.time() == self.office.rhythm.morning:
            self.mornings[self.now.date()] = await self._facts()
        await sweep(self.database, self.office, self.now)
        await self._send()

    async def _facts(self) -> dict[int, Facts]:
        query = select(
            Directive.id, Directive.state, Directive.lead_unit_id, Directive.contact_id, Directive.assigned_at,
            Directive.last_day,
        )  # fmt: skip
        async with self.database.read() as session:
            return {r[0]: Facts(State(r[1]), *r[2:]) for r in await session.execute(query)}

    # --- what people do ---

    async def _happens(self, what: str, number: int) -> None:
        await getattr(self, f"_{what}")(number)

    async def _issue(self, number: int) -> None:
        deadline = self._deadline()
        async with self.database.write() as session:
            by = await self._by(session, CLERK)
            unit = await session.get_one(Unit, self.units[f"u{self.chance.randrange(UNITS)}"])
            draft = await draft_directly(session, f"Việc thứ {number}", unit, deadline, (), by)
            (directive,) = await issuing.issue(session, [draft], by)
            given = directive.id
        fate = self._fate(deadline)
        for days, what in [(fate.acknowledged, "acknowledge"), (fate.extended, "extend"), (fate.done, "finish")]:
            if days is not None:
                self._later(days, what, given)
        for days in fate.reports:
            self._later(days, "report", given)

    def _later(self, days: float, what: str, number: int) -> None:
        moment = self.now + timedelta(days=days)
        if moment.date() <= LAST:
            self._at(self._hour(moment.date()) if moment.date() > self.now.date() else moment, what, number)

    def _deadline(self) -> Deadline | None:
        if self.chance.random() < 0.06:
            return None
        day = self.now.date() + timedelta(days=self.chance.choice((2, 5, 8, 12, 15, 20, 30, 45, 60)))
        hour = time(self.chance.choice((10, 11, 15, 17))) if self.chance.random() < 0.15 else None
        return Deadline(day, time=hour)

    def _fate(self, deadline: Deadline | None) -> Fate:
        chance = self.chance
        length = (deadline.date - self.now.date()).days if deadline and deadline.date else 20
        acknowledged = None if chance.random() < 0.1 else chance.choice((0.05, 0.1, 0.3, 1, 1, 2, 4, 7))
        done = None if chance.random() < 0.08 else max(0.2, length * chance.choice((0.4, 0.7, 0.9, 1, 1.1, 1.5)) + 0.1)
        reports = tuple(length * share for share in (0.3, 0.6) if chance.random() < 0.5)
        return Fate(acknowledged, reports, done, length * 0.8 if deadline and chance.random() < 0.15 else None)

    async def _acknowledge(self, number: int) -> None:
        async with self.database.write() as session:
            directive = await session.get_one(Directive, number)
            if directive.state == State.ISSUED:
                await reporting.acknowledge(session, directive, await self._officer(session, directive))

    async def _report(self, number: int) -> None:
        async with self.database.write() as session:
            directive = await session.get_one(Directive, number)
            if directive.state == State.IN_PROGRESS:
                said = Said("progress", "đang làm", self.chance.randrange(1, 9) * 10)
                await reporting.report(session, directive, said, await self._officer(session, directive))

    async def _officer(self, session: Session, directive: Directive) -> By:
        """The contact, or one of the two of the unit."""
        contact = await session.get(Person, directive.contact_id) if directive.contact_id else None
        if contact is not None:
            return By(contact, self.now, self.office)
        assert directive.lead_unit is not None
        return await self._by(session, f"{directive.lead_unit.key.replace('u', 'cv')}{self.chance.choice('ab')}")

    async def _finish(self, number: int) -> None:
        async with self.database.write() as session:
            directive = await session.get_one(Directive, number)
            if directive.state not in WITH_UNIT:
                return
            await reporting.submit(session, directive, await self._officer(session, directive))
        self._later(self.chance.choice((0.05, 1, 3)), "decide", number)

    async def _decide(self, number: int) -> None:
        async with self.database.write() as session:
            directive = await session.get_one(Directive, number)
            by = await self._by(session, CLERK)
            if directive.state != State.SUBMITTED:
                return
            if self.chance.random() < 0.2:
                await deciding.send_back(session, directive, by, "Thiếu số liệu")
                self._later(self.chance.choice((2, 5)), "finish", number)
            else:
                await deciding.approve(session, directive, by)

    async def _extend(self, number: int) -> None:
        async with self.database.write() as session:
            directive = await session.get_one(Directive, number)
            if directive.state != State.IN_PROGRESS or directive.last_day is None:
                return
            until = max(directive.last_day, self.now.date()) + timedelta(days=10)
            officer = await self._officer(session, directive)
            asked = await extensions.ask(session, directive, until, "Chờ thẩm định", officer)
            await session.refresh(asked, ["directive"])
            await extensions.grant(session, asked, await self._by(session, CLERK))

    async def _by(self, session: Session, key: str) -> By:
        return By(await session.get_one(Person, self.people[key]), self.now, self.office)

    # --- what the database says afterwards ---

    async def rows(self) -> list[Outbox]:
        async with self.database.read() as session:
            rows = list(await session.scalars(select(Outbox).order_by(Outbox.id)))
            session.expunge_all()
        return rows


async def open_year(folder: Path, seed: int) -> Year:
    """An office on a fresh data folder, on the first working day of 2024."""
    start = datetime.combine(FIRST, time(6), OFFICE_ZONE)
    year = Year(Database(sqlite_url(folder / "dondoc.sqlite")), random.Random(seed), start)
    await year.settle_in()
    return year


def days(first: date, last: date) -> Iterator[date]:
    """Each day, both included."""
    return (first + timedelta(days=n) for n in range((last - first).days + 1))
