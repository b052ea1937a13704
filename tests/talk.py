"""Conversations as transcripts: people say and press, the bot answers, the clock moves.

    await talk.says("nam", "#1 đã xong")
    talk.hears("nam", "hiểu là đã hoàn thành")
    await talk.presses("nam", "Đúng")

Every message is worked on and every answer sent before ``says`` returns, as in life, only without waiting.
"""

from __future__ import annotations

import base64
import sqlite3
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import select

from bot.app import App, build
from bot.clock import Movable, stops
from bot.settings import ApprovalSettings, LimitSettings, MeetingSettings, OfficeSettings, Settings, StorageSettings
from channels.base import IncomingMessage, Sender, visible
from channels.web.channel import WebChannel
from channels.web.store import Message
from db import Database
from db.models import Inbox
from domain.calendar import OFFICE_ZONE
from domain.figures import UnitFigures
from exports.charts import ChartRoom
from services import accounts, office
from tests import people

BLANK = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
BEGINNING = datetime(2024, 1, 31, 8, 0, tzinfo=OFFICE_ZONE)  # a Wednesday


class BlankCharts(ChartRoom):
    """A picture of nothing: drawing is tested elsewhere, and takes a second each."""

    async def units_chart(self, rows: Sequence[UnitFigures], title: str, as_of: date) -> bytes:
        return base64.b64decode(BLANK)

    async def draw(self, work: Callable[..., bytes], *facts: object) -> bytes:
        return work(*facts)


_SETTLED: dict[datetime, bytes] = {}  # the database with the small office in it, by the moment it settled in


async def _settle_in(database: Database, now: datetime) -> None:
    async with database.write() as session:
        await office.import_org(session, people.UNITS, people.PEOPLE, now)
        for person in await office.active_people(session):
            if person.key not in people.UNLINKED:
                await accounts.link(session, person, "web", person.key, person.key, now)


def _copy_of(path: Path) -> bytes:
    """All of a database, what its log still holds included."""
    with closing(sqlite3.connect(path)) as there, closing(sqlite3.connect(":memory:")) as copy:
        there.backup(copy)
        return copy.serialize()


MANY = 10_000  # messages a minute: in most transcripts time stands still


async def open_talk(
    folder: Path,
    *,
    beginning: datetime = BEGINNING,
    fresh: bool = True,
    per_minute: int = MANY,
    approval: ApprovalSettings = ApprovalSettings(),  # noqa: B008  (frozen)
    meeting: MeetingSettings = MeetingSettings(is_sent=False),  # noqa: B008  (most transcripts pass over Thursdays)
) -> Talk:
    """The program, on a data folder."""
    moment = beginning
    still = [moment]
    clock = Movable(moment, real=lambda: still[0])
    channel = WebChannel(folder / "web.sqlite", clock=clock)
    limits = LimitSettings(messages_per_minute=per_minute)
    settings = Settings(
        OfficeSettings(people.OFFICE),
        StorageSettings(folder=str(folder)),
        approval=approval,
        limits=limits,
        meeting=meeting,
    )
    channel._store._db.execute("PRAGMA synchronous=OFF")  # no transcript outlives the machine's power
    kept = _SETTLED.get(beginning) if fresh else None
    if kept is not None:
        (folder / "dondoc.sqlite").write_bytes(kept)
    app = build(settings, [channel], clock=clock, charts=BlankCharts())
    if fresh and kept is None:
        await _settle_in(app.database, beginning)
        _SETTLED[beginning] = _copy_of(folder / "dondoc.sqlite")
    await channel.start(app.keep)
    await app.delivery.recover()
    await app.delivery.sign_of_life(channel.name)
    return Talk(app, channel, clock)


@dataclass
class Talk:
    """One program and everyone who talks to it."""

    app: App
    channel: WebChannel
    clock: Movable
    _read: dict[str, int] = field(default_factory=dict)

    @property
    def now(self) -> datetime:
        return self.clock().astimezone(OFFICE_ZONE)

    async def close(self) -> None:
        await self.channel.stop()
        await self.app.close()
        self.channel.close()

    # --- what people do ---

    async def says(self, who: str, text: str, *, files: Any = (), reply_to: Message | None = None) -> list[Message]:
        """Say something; gives what the bot answered this person."""
        self.catch_up(who)
        answered = reply_to.id if reply_to else None
        await self.channel.say(who, text, files=files, reply_to=answered, at=self.clock())
        await self.app.settle()
        await self.quiet()
        return self.new(who)

    async def sends(self, who: str, kind: str, *, reply_to: Message | None = None) -> list[Message]:
        """Send something without words or file: "voice", "sticker", ..."""
        self.catch_up(who)
        answered = reply_to.id if reply_to else None
        await self.channel.say(who, "", reply_to=answered, unsupported=kind, at=self.clock())
        await self.app.settle()
        return self.new(who)

    async def likes(self, who: str, under: Message) -> list[Message]:
        """A person puts a thumb under a message of the bot; returns what the bot said to them since."""
        self.catch_up(who)
        thumb = IncomingMessage(
            "web", f"liked:{who}:{under.id}", who, Sender(who), at=self.clock(), event="liked", reply_to=str(under.id)
        )
        await self.app.keep(thumb)
        await self.app.settle()
        return self.new(who)

    async def sends_album(
        self, who: str, *captions: str, name: str = "album-1", reply_to: Message | None = None, begun: int = 0
    ) -> list[Message]:
        """Send pictures together, each with its caption, possibly none; they come as one message each."""
        self.catch_up(who)
        answered = reply_to.id if reply_to else None
        for number, caption in enumerate(captions, begun + 1):
            picture = (f"anh-{number}.png", b"\x89PNG" + bytes([number]), "image/png")
            await self.channel.say(who, caption, files=[picture], reply_to=answered, album=name, at=self.clock())
            await self.app.settle()
        return self.new(who)

    async def edits(self, who: str, old: str, new: str) -> list[Message]:
        """Change what was said before; platforms tell of it as the same message once more."""
        self.catch_up(who)
        async with self.app.database.read() as session:
            rows = await session.scalars(select(Inbox).where(Inbox.chat == who).order_by(Inbox.id.desc()))
            said = next(m for m in (IncomingMessage.from_json(row.message) for row in rows) if m.text == old)
        version = f"{said.external_id}:edited:{self.clock().isoformat()}:{new}"
        await self.app.keep(replace(said, external_id=version, text=new, edited=True, at=self.clock()))
        await self.app.settle()
        return self.new(who)

    async def pastes(self, who: str, *pieces: str, at_once: bool = True) -> list[Message]:
        """Say a long text the way a chat program sends it: cut, within a second."""
        self.catch_up(who)
        for piece in pieces:
            await self.channel.say(who, piece, at=self.clock())
            if not at_once:
                await self.app.settle()
        await self.app.settle()
        await self.quiet()
        return self.new(who)

    async def quiet(self) -> None:
        """Let the moment go by in which more of a long text may come."""
        while until := self.app.router.waits_until():
            self.clock.forward_to(until)
            await self.app.settle()

    async def presses(self, who: str, label: str, *, under: Message | None = None) -> list[Message]:
        """Press a button under the newest message that has it; gives what the bot then says, edits included."""
        message = under or self.with_button(who, label)
        before = self.catch_up(who)
        await self.channel.press(who, message.id, label, at=self.clock())
        await self.app.settle()
        edited = [m for m in self.all(who) if m.id == message.id and m.text != message.text and m.from_bot]
        return [*edited, *[m for m in self.new(who) if m.id not in before]]

    async def forges(self, who: str, *buttons: str) -> None:
        """Press buttons that this person was never shown, or not any more."""
        for data in buttons:
            press = IncomingMessage(
                "web", f"forged:{who}:{data}", who, Sender(who), at=self.clock(), button=data, press="forged"
            )
            await self.app.keep(press)
        await self.app.settle()

    # --- in a group ---

    async def says_in(
        self, group: str, who: str, text: str, *, reply_to: Message | None = None, mentions: bool = False
    ) -> list[Message]:
        """Say something in a group; gives what the bot said there."""
        self.catch_up(group)
        answered = reply_to.id if reply_to else None
        await self.channel.say(group, text, reply_to=answered, at=self.clock(), by=who, mentioned=mentions)
        await self.app.settle()
        return self.new(group)

    async def presses_in(self, group: str, who: str, label: str, *, under: Message | None = None) -> str | None:
        """Press a button in a group; gives the passing word that is shown to who pressed."""
        message = under or self.with_button(group, label)
        self.catch_up(group)
        press = await self.channel.press(group, message.id, label, at=self.clock(), by=who)
        await self.app.settle()
        return self.channel.toast_of(press)

    async def happens_in(self, group: str, event: str, moved_to: str | None = None) -> list[Message]:
        """The bot is put into a group, or out of it, or the group gets another address."""
        self.catch_up(group)
        came = IncomingMessage(
            "web", f"{event}:{group}:{self.clock().isoformat()}", group, Sender("ai-do"), at=self.clock(),
            private=False, event=event, moved_to=moved_to,
        )  # fmt: skip
        await self.app.keep(came)
        await self.app.settle()
        return self.new(group)

    async def passes(self, **time: float) -> None:
        """Let time go by, with everything that falls due on the way."""
        await self.until(self.clock() + timedelta(**time))

    async def until(self, moment: datetime) -> None:
        """Let time go by up to a moment."""
        for stop in stops(self.clock(), moment, self.app.office.rhythm):
            self.clock.forward_to(stop)
            await self.app.ticks.tick()
            await self.app.settle()

    # --- what people see ---

    def all(self, who: str) -> list[Message]:
        return list(self.channel.messages(who))

    def from_bot(self, who: str) -> list[Message]:
        return [m for m in self.all(who) if m.from_bot]

    def catch_up(self, who: str) -> set[str]:
        """Take everything so far as read; gives the ids."""
        ids = {m.id for m in self.all(who)}
        self._read[who] = len(self.from_bot(who))
        return ids

    def new(self, who: str) -> list[Message]:
        """What the bot said to this person since they last acted."""
        return self.from_bot(who)[self._read.get(who, 0) :]

    def last(self, who: str) -> Message:
        return self.from_bot(who)[-1]

    def hears(self, who: str, *words: str) -> Message:
        """The newest message of the bot to this person holds all these words."""
        message = self.last(who)
        seen = visible(message.text)
        for word in words:
            assert word in seen, f"{who} does not read {word!r} in:\n{seen}"
        return message

    def has_heard(self, who: str, *words: str) -> Message:
        """Some message of the bot to this person holds all these words."""
        for message in reversed(self.from_bot(who)):
            if all(word in visible(message.text) for word in words):
                return message
        raise AssertionError(f"{who} has read nothing with {words}:\n{self.transcript(who)}")

    def with_button(self, who: str, label: str) -> Message:
        for message in reversed(self.from_bot(who)):
            if any(button.label == label for row in message.buttons for button in row):
                return message
        shown = [b.label for m in self.from_bot(who)[-3:] for row in m.buttons for b in row]
        raise AssertionError(f"{who} sees no button {label!r}; the last ones are {shown}")

    def transcript(self, who: str) -> str:
        """The whole chat as text, for reading."""
        lines = []
        for m in self.all(who):
            lines.append(("BOT: " if m.from_bot else f"{who}: ") + visible(m.text).replace("\n", "\n     "))
            lines += ["     " + " ".join(f"[{b.label}]" for b in row) for row in m.buttons]
            lines += [f"     <{f.name}>" for f in m.files]
        return "\n".join(lines)
