"""Whoever pressed the wrong button takes it back within a minute; later, or when something else has happened, not."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest
from sqlalchemy import select

from db.models import Directive, Extension, Transition
from domain.calendar import OFFICE_ZONE
from services import audit
from services.undoing import UNDOABLE
from tests.talk import Talk
from texts.undoing import WHAT

COLUMNS = [c.name for c in Directive.__table__.columns if c.name != "next_reminder_at"]


@pytest.fixture(autouse=True)
async def _given(talk: Talk) -> None:
    await talk.says("van", "/giaoviec Phòng Nội vụ: báo cáo biên chế trước 15/3")
    await talk.presses("van", "Phát hành")


async def standing(talk: Talk) -> dict[str, Any]:
    async with talk.app.database.read() as session:
        row = await session.get_one(Directive, 1)
        return {name: getattr(row, name) for name in COLUMNS}


async def code_of(talk: Talk, who: str) -> str:
    message = talk.with_button(who, "Hoàn tác")
    return next(b.data for row in message.buttons for b in row if b.label == "Hoàn tác")


async def hand_in(talk: Talk) -> None:
    await talk.presses("nam", "Đã nhận")
    await talk.passes(minutes=2)
    await talk.presses("nam", "Hoàn thành")
    await talk.passes(minutes=2)


async def test_an_approval_is_taken_back_within_the_minute(talk: Talk) -> None:
    await hand_in(talk)
    before = await standing(talk)
    await talk.presses("van", "Duyệt")
    await talk.passes(seconds=30)
    await talk.presses("van", "Hoàn tác")
    talk.hears("van", "Đã hoàn tác duyệt hoàn thành #1", "trở lại chờ duyệt")
    talk.hears("nam", "Đỗ Thị Vân", "đã rút lại duyệt hoàn thành", "chờ duyệt")
    assert await standing(talk) == before
    await talk.presses("van", "Trả lại")
    await talk.says("van", "Thiếu phụ lục")
    talk.hears("nam", "#1 được trả lại")


async def test_all_that_was_acknowledged_at_once_is_taken_back_at_once(talk: Talk) -> None:
    await talk.says("van", "/giaoviec Phòng Nội vụ: rà soát vị trí việc làm trước 20/3")
    await talk.presses("van", "Phát hành")
    await talk.until(datetime(2024, 2, 1, 8, 0, tzinfo=OFFICE_ZONE))
    await talk.presses("nam", "Đã nhận tất cả")
    await talk.presses("nam", "Hoàn tác")
    talk.hears("nam", "Đã hoàn tác nhận việc 2 việc: #1, #2")
    async with talk.app.database.read() as session:
        rows = list(await session.scalars(select(Directive)))
    assert [(d.state, d.contact_id, d.acknowledged_at) for d in rows] == [("issued", None, None)] * 2


async def test_what_was_posted_in_a_group_is_told_there_as_taken_back(talk: Talk) -> None:
    await talk.says_in("nhom-tc", "tai", "/nhom")
    code = (await standing(talk))["code"]
    await talk.forges("van", f"mvt:{code}:4")
    talk.hears("nhom-tc", "Việc mới của Phòng Tài chính", "#1")
    await talk.presses("van", "Hoàn tác")
    talk.hears("nhom-tc", "#1 đã rút lại, không còn là việc của Phòng Tài chính - Kế hoạch.")


def test_every_act_that_can_be_taken_back_has_its_words() -> None:
    assert set(WHAT) == UNDOABLE


async def test_after_a_minute_it_says_what_to_do_instead(talk: Talk) -> None:
    await hand_in(talk)
    await talk.presses("van", "Duyệt")
    await talk.passes(seconds=61)
    await talk.presses("van", "Hoàn tác")
    talk.hears("van", "Đã quá 1 phút", "Mở lại")
    assert (await standing(talk))["state"] == "completed"


async def test_what_another_has_decided_meanwhile_stays(talk: Talk) -> None:
    await talk.presses("nam", "Đã nhận")
    await talk.presses("nam", "Hoàn thành")
    await talk.presses("van", "Duyệt")
    await talk.presses("nam", "Hoàn tác")
    talk.hears("nam", "đã có thay đổi sau đó")
    assert (await standing(talk))["state"] == "completed"


async def test_a_second_press_and_another_persons_press_do_nothing(talk: Talk) -> None:
    await talk.presses("nam", "Đã nhận")
    code = await code_of(talk, "nam")
    await talk.forges("noi", code)
    talk.hears("noi", "Chỉ người vừa bấm")
    await talk.presses("nam", "Hoàn tác")
    await talk.forges("nam", code)
    talk.hears("nam", "đã được hoàn tác rồi")
    async with talk.app.database.read() as session:
        events = list(await session.scalars(select(Transition.event).where(Transition.directive_id == 1)))
        assert await audit.first_broken(session) is None
    assert events[-2:] == ["acknowledge", "undo"]


async def test_a_request_for_time_is_gone_with_its_undoing(talk: Talk) -> None:
    await talk.says("nam", "#1 xin gia hạn đến 25/3 vì chờ các xã gửi số liệu")
    await talk.presses("nam", "Đúng")
    talk.hears("van", "xin gia hạn #1")
    await talk.presses("nam", "Hoàn tác")
    talk.hears("van", "đã rút lại xin gia hạn")
    async with talk.app.database.read() as session:
        assert list(await session.scalars(select(Extension))) == []
    await talk.says("van", "/duyet")
    talk.hears("van", "Không có việc nào chờ duyệt")


async def test_a_reason_and_a_reassignment_are_taken_back(talk: Talk) -> None:
    before = await standing(talk)
    await talk.forges("van", f"mvt:{before['code']}:4")
    await talk.presses("van", "Hoàn tác")
    talk.hears("tai", "đã rút lại chuyển đơn vị")
    assert await standing(talk) == before
    talk.hears("nam", "đã rút lại chuyển đơn vị")
