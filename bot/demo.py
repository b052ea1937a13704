"""The demo: a sample office on a local page, with a clock that can be put forward. No token, no network."""

from __future__ import annotations

import asyncio
import re
import socket
import sys
import tempfile
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from bot import organisation
from bot.app import App, build
from bot.clock import Movable, stops
from bot.logs import set_up
from bot.settings import OfficeSettings, Settings
from channels.web.channel import WebChannel
from channels.web.desk import Persona
from channels.web.server import page_app
from channels.web.stream import page_server
from db.migrate import migrate
from db.models import Person
from db.queries import vitals
from domain.calendar import OFFICE_ZONE
from domain.rights import Role
from services import accounts, office
from texts import demo as say

EXAMPLES = Path(__file__).parent.parent / "examples"
BEGINNING = datetime(2024, 1, 31, 8, 0, tzinfo=OFFICE_ZONE)  # the day after the sample notice was signed
KEPT = Path("data/demo")
GROUP, GROUP_UNIT = "nhom-noi-vu", "noi-vu"  # a unit's group on the page; the sample notice gives the unit work
NUMBER = re.compile(r"#(\d+)")
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def serve(port: int, *, keep: bool) -> int:
    """Serve the page on 127.0.0.1 until interrupted.

    Args:
        keep: go on with the office of the last time, and keep it.
    """
    set_up("WARNING")
    if not _is_free(port):
        print(f"Cổng {port} đang được dùng; chạy lại với cổng khác: make demo PORT={port + 1}", file=sys.stderr)  # noqa: T201
        return 1
    with ExitStack() as stack:
        folder = KEPT if keep else Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="dondoc-")))
        folder.mkdir(parents=True, exist_ok=True)
        folder = folder.resolve()
        try:
            asyncio.run(_serve(folder, port))
        except KeyboardInterrupt:
            return 0
    return 0


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


async def _serve(folder: Path, port: int) -> None:
    demo = await open_demo(folder, base_url=f"http://127.0.0.1:{port}")
    await demo.app.start()
    await demo.app.delivery.sign_of_life(demo.channel.name)
    server = page_server(page_app(demo.channel, demo), port=port)
    print(f"Đôn Đốc, bản chạy thử: http://127.0.0.1:{port}  (Ctrl+C để dừng)", flush=True)  # noqa: T201
    try:
        await server.serve()
    finally:
        await demo.app.stop()
        demo.channel.close()


async def open_demo(folder: Path, *, base_url: str | None = None, beginning: datetime = BEGINNING) -> Demo:
    """Put the sample office together in a folder; what is there already is gone on with."""
    found = organisation.load(EXAMPLES / "office.toml")
    settings = Settings(OfficeSettings(found.name), base=folder)
    migrate(settings.database_url)
    memory = settings.folder / "clock.txt"
    clock = Movable(datetime.fromisoformat(memory.read_text()) if memory.exists() else beginning)
    channel = WebChannel(settings.folder / "web.sqlite", clock=clock, base_url=base_url)
    app = build(settings, [channel], clock=clock)
    async with app.database.read() as session:
        is_new = not await office.active_people(session)
    if is_new:
        async with app.database.write() as session:
            await office.import_org(session, found.units, found.people, clock())
            for person in await office.active_people(session):
                await accounts.link(session, person, channel.name, person.key, person.key, clock())
        head = next(p for p in found.people if p.unit == GROUP_UNIT and p.role == Role.HEAD)
        await channel.say(GROUP, "/nhom", at=clock(), by=head.key)
    async with app.database.read() as session:
        personas = _personas(await office.active_people(session))
    for persona in personas:
        channel.introduce(persona.chat, persona.name)
    return Demo(app, channel, clock, personas, memory)


def _personas(people: list[Person]) -> list[Persona]:
    known = [Persona(p.key, p.name, p.position, p.unit.name, p.role, say.group(p.role, p.unit.kind)) for p in people]
    order = list(dict.fromkeys(say.GROUPS.values()))
    stranger = Persona("nguoi-la", say.STRANGER, "", "", "stranger", say.group("stranger", ""))
    return sorted([*_group(people, stranger), *known, stranger], key=lambda p: order.index(p.group))


def _group(people: list[Person], stranger: Persona) -> list[Persona]:
    """A unit's group chat: its people, and one who is not linked. None where the unit has nobody left."""
    members = [person for person in people if person.unit.key == GROUP_UNIT]
    if not members:
        return []
    speakers = (*(person.key for person in members), stranger.chat)
    name, count = say.group_chat(members[0].unit.name), say.members(len(speakers))
    return [Persona(GROUP, name, count, "", "group", say.group("group", ""), speakers)]


@dataclass
class Demo:
    """The desk behind the page."""

    app: App
    channel: WebChannel
    clock: Movable
    personas: list[Persona]
    memory: Path

    def people(self) -> list[Persona]:
        """Everyone a visitor can be."""
        return self.personas

    def now(self) -> datetime:
        """The office's moment."""
        return self.clock().astimezone(OFFICE_ZONE)

    async def move(self, to: str) -> None:
        """Put the clock forward, and let everything happen that falls due on the way."""
        await self.move_to(self._target(to))

    async def move_to(self, target: datetime) -> None:
        """Go forward in steps, so that what is due in between happens when it is due."""
        for moment in stops(self.clock(), target, self.app.office.rhythm):
            while due := await self._due_before(moment):
                await self._happen(due)
            await self._happen(moment)
        self.memory.write_text(self.clock().isoformat())

    async def _due_before(self, moment: datetime) -> datetime | None:
        """The head is told after so many working hours, a deadline may have an hour: neither waits for a stop."""
        async with self.app.database.read() as session:
            return await vitals.next_due(session, self.clock(), moment)

    async def _happen(self, moment: datetime) -> None:
        self.clock.forward_to(moment)
        await self.app.ticks.tick()
        await self.app.settle()

    def _target(self, to: str) -> datetime:
        now = self.now()
        if to == "+1h":
            return now + timedelta(hours=1)
        if to == "+1d":
            return now + timedelta(days=1)
        rhythm, calendar = self.app.office.rhythm, self.app.office.calendar
        today = rhythm.morning_of(now.date())
        if now < today and calendar.is_working(now.date()):
            return today + timedelta(seconds=1)
        return rhythm.morning_of(calendar.next_working(now.date())) + timedelta(seconds=1)

    def sample_notice(self) -> tuple[str, bytes, str]:
        """The sample notice as a Word file."""
        return "thong-bao-mau.docx", (EXAMPLES / "thong-bao-mau.docx").read_bytes(), DOCX

    def calendar_note(self) -> str:
        """What kind of day it is."""
        day, calendar = self.now().date(), self.app.office.calendar
        return say.kind_of_day(calendar.is_working(day), calendar.holiday_name(day), is_weekend=day.weekday() >= 5)

    def suggestions(self, chat: str) -> list[str]:
        """A few things this person could say now."""
        role = next((p.role for p in self.personas if p.chat == chat), "stranger")
        return [*self._reports(chat), *say.SUGGESTIONS.get(role, ())]

    def _reports(self, chat: str) -> list[str]:
        """In the group: a report on the newest work posted there."""
        if chat != GROUP:
            return []
        said = (m.plain for m in self.channel.messages(chat) if m.from_bot)
        numbers = [found[1] for words in said if (found := NUMBER.search(words))]
        return [say.report_on(numbers[-1])] if numbers else []
