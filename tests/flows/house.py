"""A small office with an outbox, sweeps and delivery, on a real database file and a scripted platform."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import select

from channels.base import OutgoingMessage
from db import Database, Session, sqlite_url
from db.models import Account, Directive, Outbox, Person, Unit
from domain.calendar import OFFICE_ZONE
from domain.lifecycle import State
from domain.office import Meeting, Office
from domain.rights import Role
from scheduler.delivery import Delivery
from scheduler.sweeps import sweep
from services import outbox
from services.reminders import set_next_mention
from tests.figures_office import retell
from tests.flows.recording import RecordingChannel

UNITS = ("noi-vu", "tai-chinh", "an-hoa", "van-phong")
PEOPLE = {
    "noi": ("noi-vu", Role.HEAD),
    "nam": ("noi-vu", Role.OFFICER),
    "hung": ("noi-vu", Role.OFFICER),
    "tai": ("tai-chinh", Role.HEAD),
    "hoa": ("an-hoa", Role.OFFICER),
    "van": ("van-phong", Role.CLERK),
    "lam": ("van-phong", Role.LEADER),
    "phuc": ("van-phong", Role.LEADER),
}


def at(text: str, clock: str = "09:00", year: int = 2024) -> datetime:
    """``at("01/03", "07:30")``: a local moment."""
    return datetime.strptime(f"{text}/{year} {clock}", "%d/%m/%Y %H:%M").replace(tzinfo=OFFICE_ZONE)


def day(text: str) -> date:
    return at(text).date()


@dataclass
class House:
    """One office; ``now`` is moved by the test."""

    database: Database
    now: datetime = field(default_factory=lambda: at("01/03"))  # a Friday
    office: Office = field(default_factory=lambda: Office(meeting=Meeting(is_sent=False)))  # packs have their own flow
    channel: RecordingChannel = field(default_factory=RecordingChannel)
    people: dict[str, int] = field(default_factory=dict)
    units: dict[str, int] = field(default_factory=dict)
    unspeakable: dict[str, Exception] = field(default_factory=dict)  # kinds that cannot be put into words
    rendered: list[int] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.delivery = self.new_delivery()

    def new_delivery(self, *others: RecordingChannel, side_by_side: int = 12) -> Delivery:
        """As after a restart: nothing of before is remembered."""
        channels = {c.name: c for c in (self.channel, *others)}
        self.delivery = Delivery(
            self.database, channels, self.words, self.office, lambda: self.now, side_by_side=side_by_side, alone_s=0.1
        )
        return self.delivery

    async def words(self, session: Session, row: Outbox, now: datetime) -> OutgoingMessage | None:
        """Plain words for a row: its kind and what it speaks of, or what its payload says."""
        self.rendered.append(row.id)
        if row.kind in self.unspeakable:
            raise self.unspeakable[row.kind]
        if row.payload.get("moot"):
            return None
        numbers = " ".join(f"#{i}" for i in row.directives)
        return OutgoingMessage(row.payload.get("text") or f"{row.kind} {numbers}".strip())

    # --- who is there ---

    async def settle_in(self) -> None:
        async with self.database.write() as session:
            for key in UNITS:
                session.add(unit := Unit(key=key, name=key, kind="department"))
                await session.flush()
                self.units[key] = unit.id
            for key, (unit_key, role) in PEOPLE.items():
                is_leader = role is Role.LEADER  # they get digests, which only some tests are about
                person = Person(key=key, name=key, unit_id=self.units[unit_key], role=role, active=not is_leader)
                session.add(person)
                await session.flush()
                self.people[key] = person.id
                if not is_leader:
                    await self.link(key, session=session)

    async def link_leaders(self) -> None:
        async with self.database.write() as session:
            for who in ("lam", "phuc"):
                (await session.get_one(Person, self.people[who])).active = True
                await self.link(who, session=session)

    async def link(self, who: str, chat: str | None = None, *, channel: str = "test", session: Session) -> None:
        chat = chat or who
        session.add(
            Account(
                channel=channel, external_id=chat, chat=chat, person_id=self.people[who],
                linked_at=self.now, seen_at=self.now,
            )
        )  # fmt: skip

    # --- what is said ---

    async def answer(self, chat: str, text: str, **message: Any) -> int:
        async with self.database.write() as session:
            body = OutgoingMessage(text, **message).to_json()
            return await outbox.answer(
                session, channel="test", chat=chat, message=body, directives=[], inbox_id=None, now=self.now
            )

    async def tell(self, who: str | Iterable[str], text: str, *, kind: str = "news", **more: Any) -> None:
        names = [who] if isinstance(who, str) else list(who)
        async with self.database.write() as session:
            payload = {"text": text, **more.pop("payload", {})}
            ids = [self.people[name] for name in names]
            await outbox.tell(session, ids, kind, now=self.now, payload=payload, **more)

    async def direct(
        self,
        unit: str = "noi-vu",
        *,
        last_day: date | None,
        state: State = State.IN_PROGRESS,
        contact: str | None = None,
        issued: datetime | None = None,
    ) -> int:
        """A directive as it stands after its issue, with its first mention set."""
        async with self.database.write() as session:
            directive = Directive(
                text="Việc", lead_unit_id=self.units[unit], state=state, last_day=last_day, first_last_day=last_day,
                issued_at=issued or self.now, assigned_at=issued or self.now,
                made_by=self.people["van"], made_at=self.now,
                contact_id=self.people[contact] if contact else None,
            )  # fmt: skip
            set_next_mention(directive, self.now, self.office)
            session.add(directive)
            await session.flush()
            return directive.id

    # --- what happens ---

    async def sweep(self) -> int:
        return await sweep(self.database, self.office, self.now)

    async def sweep_and_send(self) -> int:
        await self.sweep()
        return await self.delivery.drain()

    async def pass_time(self, until: datetime, step: timedelta = timedelta(minutes=30)) -> None:
        """Let time go by with a sweep and a delivery every half hour."""
        while self.now < until:
            self.now = min(until, self.now + step)
            await self.sweep_and_send()

    # --- what the database says ---

    @asynccontextmanager
    async def looking(self) -> AsyncIterator[Session]:
        """What is read here can still be looked at afterwards."""
        async with self.database.read() as session:
            yield session
            session.expunge_all()

    async def rows(self, kind: str | None = None) -> Sequence[Outbox]:
        async with self.looking() as session:
            query = select(Outbox).order_by(Outbox.id)
            return list(await session.scalars(query if kind is None else query.where(Outbox.kind == kind)))

    async def row(self, row_id: int) -> Outbox:
        async with self.looking() as session:
            return await session.get_one(Outbox, row_id)

    async def states(self, kind: str | None = None) -> list[str]:
        return [row.state for row in await self.rows(kind)]

    async def directive(self, number: int) -> Directive:
        async with self.looking() as session:
            return await session.get_one(Directive, number)

    async def change(self, number: int, **changes: Any) -> None:
        """What a service does: new values, and the next mention that follows from them."""
        async with self.database.write() as session:
            directive = await session.get_one(Directive, number)
            for name, value in changes.items():
                setattr(directive, name, value)
            set_next_mention(directive, self.now, self.office)
            await retell(session, directive)

    async def account(self, chat: str) -> Account:
        async with self.looking() as session:
            return (await session.scalars(select(Account).where(Account.chat == chat))).one()


async def open_house(folder: Path) -> House:
    house = House(Database(sqlite_url(folder / "dondoc.sqlite")))
    await house.settle_in()
    return house
