"""How many questions to the database an answer takes: a ceiling for each kind of message.

A count is the same on a busy machine. Counted is everything from the kept message to the committed answer.
"""

from __future__ import annotations

import pytest
from sqlalchemy import event

from channels.base import IncomingMessage, Sender
from db.models import Directive
from db.queries import figures as queries
from db.queries import tallies
from db.queries.lens import Lens
from domain.figures import Asking, Dimension
from services import counted
from tests.talk import Talk

GIVEN = 10
CEILINGS = {
    "nam": {
        "#3 được 40%": 25, "được 40%": 18, "/viec": 19, "/viec đơn vị": 19, "/status": 17, "/tim báo cáo": 20,
        "ack:1": 39, "d:4": 25,
    },
    "lam": {"/status": 24, "/status #3": 39, "/duyet": 25},
}  # fmt: skip


@pytest.fixture
async def busy(talk: Talk) -> Talk:
    """Ten directives of one unit: eight handed in but one, one in hand, one new."""
    for number in range(1, GIVEN + 1):
        await talk.says("van", f"/giaoviec Phòng Nội vụ: báo cáo chuyên đề số {number} trước 15/3")
        await talk.presses("van", "Phát hành")
    return talk


async def _asked(talk: Talk, who: str, words: str) -> int:
    """How many statements one message takes."""
    statements: list[str] = []

    def note(*facts: object) -> None:
        statements.append(str(facts[2]))

    action, is_button, number = words.partition(":")
    button = None
    if is_button:
        async with talk.app.database.read() as session:
            button = f"{action}:{(await session.get_one(Directive, int(number))).code}"
    text, press = ("", "p") if button else (words, None)
    engine = talk.app.database._engine.sync_engine
    event.listen(engine, "before_cursor_execute", note)
    message = IncomingMessage(
        "web", f"counted:{who}:{words}", who, Sender(who), text=text, button=button, press=press, at=talk.clock()
    )
    await talk.app.keep(message)
    await talk.app.router.drain()
    event.remove(engine, "before_cursor_execute", note)
    await talk.app.settle()
    return len(statements)


async def test_no_answer_asks_the_database_more_often_than_its_kind_may(busy: Talk) -> None:
    over = {}
    for number in range(5, GIVEN + 1):
        await busy.says("nam", f"#{number} đã xong")
        await busy.presses("nam", busy.last("nam").labels[0])
    for who, kinds in CEILINGS.items():
        for words, ceiling in kinds.items():
            asked = await _asked(busy, who, words)
            over |= {f"{who}: {words}": (asked, ceiling)} if asked > ceiling else {}
    assert not over, f"(statements, ceiling): {over}"


async def _figures_hold(talk: Talk) -> None:
    """What is remembered equals what is counted."""
    asking = Asking(talk.now.date())
    async with talk.app.database.read() as session:
        assert await counted.by_unit(session, asking) == await queries.by_unit(session, asking)
        for dimension in (Dimension.FIELD, Dimension.SOURCE, Dimension.NOTICE):
            assert await counted.by(session, asking, dimension) == await queries.by(session, Lens(asking), dimension)


async def test_remembered_figures_follow_every_change(talk: Talk) -> None:
    for unit in ("Phòng Nội vụ", "Phòng Tài chính - Kế hoạch"):
        await talk.says("van", f"/giaoviec {unit}: báo cáo chuyên đề trước 15/3")
        await _figures_hold(talk)
        await talk.presses("van", "Phát hành")
        await _figures_hold(talk)
    for who, words, label in (
        ("nam", "#1 đã nhận", ""), ("nam", "#1 vướng mặt bằng", ""), ("nam", "#1 đã xong", "Đúng"),
        ("nam", "/viec", ""), ("tai", "#2 không phải việc của chúng tôi, việc này của Phòng Nội vụ", "Đúng"),
    ):  # fmt: skip
        await talk.says(who, words)
        if label and label in talk.last(who).labels:
            await talk.presses(who, label)
        await _figures_hold(talk)
    await talk.presses("van", "Trả lại")
    await talk.says("van", "chưa có số liệu")
    await _figures_hold(talk)
    await talk.passes(days=1)
    await _figures_hold(talk)


async def test_a_transaction_that_is_taken_back_leaves_no_figures(talk: Talk) -> None:
    await talk.says("van", "/giaoviec Phòng Nội vụ: báo cáo chuyên đề trước 15/3")
    await talk.presses("van", "Phát hành")
    await _figures_hold(talk)
    asking = Asking(talk.now.date())
    async with talk.app.database.read() as session:
        (await session.get_one(Directive, 1)).state = "cancelled"  # type: ignore[assignment]
        assert not (await counted.by_unit(session, asking))
        await session.rollback()
    await _figures_hold(talk)


async def test_only_the_units_of_what_changed_are_counted_anew(talk: Talk, monkeypatch: pytest.MonkeyPatch) -> None:
    for unit in ("Phòng Nội vụ", "Phòng Tài chính - Kế hoạch"):
        await talk.says("van", f"/giaoviec {unit}: báo cáo chuyên đề trước 15/3")
        await talk.presses("van", "Phát hành")
    await _figures_hold(talk)
    await talk.says("nam", "#1 đã nhận")
    asked, count = [], tallies.of_parts

    async def noted(session: object, units: object, divided: object) -> object:
        asked.append(units)
        return await count(session, units, divided)  # type: ignore[arg-type]

    monkeypatch.setattr(tallies, "of_parts", noted)
    async with talk.app.database.read() as session:
        await counted.by_unit(session, Asking(talk.now.date()))
        lead = (await session.get_one(Directive, 1)).lead_unit_id
    assert asked == [frozenset({lead})]
