"""Two levels of approval, the important ones, and decisions that wait: nobody approves what they handed in."""

from __future__ import annotations

from dataclasses import replace

import pytest

from domain.errors import NotAllowed
from domain.rights import Action, Role, Standing, may, require
from tests.talk import Talk


@pytest.fixture(autouse=True)
async def _given(talk: Talk) -> None:
    await talk.says("van", "/giaoviec Phòng Nội vụ: báo cáo biên chế trước 15/3")
    await talk.presses("van", "Phát hành")
    await talk.says("van", "/status #1")
    await talk.presses("van", "Khác…")
    await talk.presses("van", "Việc quan trọng")
    talk.has_heard("van", "Đã đánh dấu #1 là việc quan trọng")
    talk.has_heard("nam", "#1 được đánh dấu là việc quan trọng")


async def hand_in(talk: Talk, who: str) -> None:
    await talk.says(who, "/viec")
    await talk.presses(who, "#1")
    await talk.presses(who, "Đã nhận")
    await talk.presses(who, "Hoàn thành")


async def test_the_head_agrees_first_and_the_last_word_is_the_leaders(talk: Talk) -> None:
    await hand_in(talk, "nam")
    talk.hears("nam", "Đã gửi Trưởng phòng Trần Văn Nội xem #1")
    await talk.says("van", "/duyet")
    talk.hears("van", "Không có việc nào chờ duyệt")
    await talk.presses("noi", "Đồng ý, trình duyệt")
    talk.hears("noi", "Đã đồng ý, #1 đang chờ duyệt")
    assert "Duyệt" in talk.hears("phuc", "báo hoàn thành #1", "thủ trưởng đã đồng ý").labels
    assert "Duyệt" not in talk.hears("van", "thủ trưởng đã đồng ý").labels
    await talk.presses("phuc", "Duyệt")
    talk.hears("nam", "#1 đã được duyệt hoàn thành")


async def test_nobody_approves_before_the_head_has_agreed(talk: Talk) -> None:
    await hand_in(talk, "nam")
    code = next(b.data for row in talk.with_button("noi", "#1").buttons for b in row if b.label == "#1").split(":")[1]
    await talk.forges("phuc", f"ok:{code}")
    talk.hears("phuc", "còn chờ Trưởng phòng Trần Văn Nội đồng ý")
    await talk.forges("nam", f"chk:{code}")
    talk.hears("nam", "Chỉ thủ trưởng đơn vị")
    await talk.presses("noi", "Đồng ý, trình duyệt")
    await talk.forges("van", f"ok:{code}")
    talk.hears("van", "việc quan trọng, do Phó Chủ tịch Lý Thị Phúc duyệt")


async def test_the_head_returns_it_with_a_reason(talk: Talk) -> None:
    await hand_in(talk, "nam")
    await talk.presses("noi", "Trả lại")
    await talk.says("noi", "Thiếu biểu số 2")
    talk.hears("nam", "#1 được trả lại", "Thiếu biểu số 2")


async def test_what_the_head_hands_in_goes_to_the_leader_at_once(talk: Talk) -> None:
    await hand_in(talk, "noi")
    talk.hears("noi", "Đã gửi duyệt #1")
    await talk.presses("phuc", "Duyệt")
    talk.hears("noi", "#1 đã được duyệt hoàn thành")


async def test_a_head_who_waits_is_reminded_in_the_morning(talk: Talk) -> None:
    await hand_in(talk, "nam")
    await talk.passes(days=1)
    talk.hears("noi", "Chờ duyệt", "#1", "báo hoàn thành", "chờ 1 ngày làm việc")
    await talk.presses("noi", "Đồng ý, trình duyệt")
    talk.hears("noi", "Đã đồng ý")


def test_nobody_approves_what_they_handed_in_whatever_they_are() -> None:
    for role in Role:
        own = Standing(role, own_unit=True, in_charge=True, unit_role=Role.HEAD, for_head=True, submitted=True)
        for stands in (own, replace(own, own_unit=False)):
            assert not may(Action.DECIDE, stands)
            assert not may(Action.CHECK, stands)
    with pytest.raises(NotAllowed):
        require(Action.DECIDE, Standing(Role.LEADER, in_charge=True, submitted=True))
