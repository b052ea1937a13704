"""A leader's phone, and a small office on a busy morning: what the tests of ``/status`` and of the digest stand on."""

from __future__ import annotations

import typing
from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import TypeVar

import pytest

from channels.base import Button, IncomingMessage, OutgoingMessage, Sender, visible
from db import Session
from db.models import Conversation, Directive, Extension, Person
from domain.figures import UnitFigures
from domain.lifecycle import State
from domain.office import Office
from exports.charts import ChartRoom
from handlers import status
from handlers.turn import Turn
from services.evidence import Store
from tests.figures_office import Cast, at, block, days, give, new_database, settle

Made = TypeVar("Made")

TODAY = date(2024, 2, 5)  # a Monday
NOW = at(TODAY, 7, 30)
OFFICE = Office("UBND huyện Mẫu")


class PlainRoom(ChartRoom):
    """Draws nothing; keeps what it was asked to draw."""

    def __init__(self) -> None:
        super().__init__()
        self.asked: list[tuple[str, int]] = []
        self.drawn: list[tuple[object, ...]] = []

    async def units_chart(self, rows: Sequence[UnitFigures], title: str, as_of: date) -> bytes:
        self.asked.append((title, len(rows)))
        return b"\x89PNG"

    async def draw(self, work: Callable[..., Made], *facts: object) -> Made:
        self.drawn.append(facts)
        return typing.cast(Made, b"\x89PNG")


@pytest.fixture
async def session(tmp_path: Path) -> AsyncIterator[Session]:
    database = new_database(tmp_path)
    async with database.write() as opened:
        yield opened
    await database.close()


@pytest.fixture
async def cast(session: Session) -> Cast:
    return await settle(session)


@dataclass
class Phone:
    """A person's chat with ``/status``."""

    session: Session
    person: Person
    store: Store
    now: datetime = NOW
    last: list[OutgoingMessage] = field(default_factory=list)
    toast: str | None = None

    async def says(self, text: str) -> str:
        """Send a command; gives what was answered."""
        turn = self._turn(IncomingMessage("web", "1", "chat", Sender("1"), self.now, text=text))
        await status.status(turn)
        return self._heard(turn)

    async def presses(self, label: str) -> str:
        """Press the button of the last answer that begins with these words."""
        button = next(b for b in self.buttons if b.label.startswith(label))
        return await self.sends(button.data)

    async def sends(self, data: str) -> str:
        """Press a button by its data."""
        action, *args = data.split(":")
        message = IncomingMessage("web", "2", "chat", Sender("1"), self.now, button=data, pressed_on="77")
        turn = self._turn(message)
        await status.BUTTONS[action](turn, args)
        return self._heard(turn)

    @property
    def buttons(self) -> list[Button]:
        return [b for m in self.last for row in m.buttons for b in row]

    @property
    def labels(self) -> list[str]:
        return [b.label for b in self.buttons]

    def _turn(self, message: IncomingMessage) -> Turn:
        talk = Conversation(channel="web", chat="chat", external_id="1", updated_at=self.now)
        return Turn(self.session, OFFICE, self.person, message, talk, self.now, inbox_id=1, store=self.store)

    def _heard(self, turn: Turn) -> str:
        self.last = [answer.message for answer in turn.answers]
        self.toast = turn.toast
        return "\n---\n".join(visible(m.text) for m in self.last)


PhoneOf = Callable[[str], Phone]


@pytest.fixture
def phone_of(session: Session, cast: Cast, tmp_path: Path) -> PhoneOf:
    return lambda who: Phone(session, cast.people[who], Store(tmp_path / "files"))


async def extension(session: Session, cast: Cast, directive: Directive, state: str = "pending") -> None:
    asked = Extension(directive_id=directive.id, asked_by=cast.people["nam"].id, asked_at=NOW, state=state)
    asked.until, asked.reason, asked.last_day_before = TODAY + days(9), "chờ ý kiến", TODAY
    session.add(asked)
    await session.flush()


@pytest.fixture
async def busy(session: Session, cast: Cast) -> None:
    """Eleven directives on the morning of Monday 5 February 2024."""
    done = {"state": State.COMPLETED}
    await give(session, cast, "nội vụ", date(2024, 1, 20), submitted=date(2024, 1, 19), **done)
    await give(session, cast, "nội vụ", date(2024, 1, 20), submitted=date(2024, 1, 25), **done)
    await give(session, cast, "nội vụ", date(2024, 1, 26), text="Rà soát biên chế năm 2024")
    await give(session, cast, "nội vụ", date(2024, 2, 7), text="Báo cáo cải cách hành chính", state=State.ISSUED)
    await give(session, cast, "nội vụ", None, text="Nâng cao chất lượng tuyển dụng")
    late = await give(session, cast, "y tế", date(2024, 2, 2), text="Tổng hợp tiêm chủng")
    await block(session, late, "thiếu vắc xin", date(2024, 1, 30))
    await give(session, cast, "y tế", date(2024, 2, 20), text="Kiểm tra phòng khám", percent=40)
    await give(
        session, cast, "tài chính", date(2024, 2, 1), text="Quyết toán dự án",
        state=State.SUBMITTED, submitted=date(2024, 1, 31),
    )  # fmt: skip
    await give(session, cast, "đất đai", date(2024, 1, 15), text="Thu hồi đất")
    await give(session, cast, "an bình", date(2024, 2, 9), text="Ra quân vệ sinh môi trường")
    await give(session, cast, "an bình", date(2024, 1, 15), text="Dự thảo chưa giao", state=State.DRAFT)
