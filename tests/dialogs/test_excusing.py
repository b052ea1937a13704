"""``Xác nhận lý do khách quan``: a late directive whose lateness is nobody's fault."""

from __future__ import annotations

from datetime import datetime

import pytest

from channels.base import visible
from db.models import Directive
from domain.calendar import OFFICE_ZONE
from tests.talk import Talk


@pytest.fixture
async def late(talk: Talk) -> Talk:
    """Directive #1 of Nội and Nam was due on Monday 4 March; it is Wednesday."""
    await talk.says("van", "/giaoviec Phòng Nội vụ: báo cáo biên chế trước 5/3")
    await talk.presses("van", "Phát hành")
    await talk.presses("nam", "Đã nhận")
    talk.clock.forward_to(datetime(2024, 3, 6, 8, 0, tzinfo=OFFICE_ZONE))
    return talk


async def _confirm(talk: Talk, reason: str = "Mưa lũ, xã bị cô lập", who: str = "phuc") -> None:
    await talk.says(who, "/status #1")
    await talk.presses(who, "Khác…")
    await talk.presses(who, "Xác nhận lý do khách quan")
    await talk.says(who, reason)


async def excuse(talk: Talk) -> str | None:
    async with talk.app.database.read() as session:
        one = await session.get_one(Directive, 1)
        assert (one.excused_at is None) == (one.excused_by is None) == (one.excused_for is None)
        return one.excused_for


async def test_it_is_confirmed_with_a_reason_and_the_unit_is_told(late: Talk) -> None:
    await _confirm(late)
    late.hears("phuc", "Đã xác nhận #1 trễ hạn do lý do khách quan: “Mưa lũ, xã bị cô lập”", "không bị trừ điểm")
    late.hears("noi", "#1: xác nhận trễ hạn do lý do khách quan", "Lý do: Mưa lũ, xã bị cô lập", "Lý Thị Phúc")
    assert await excuse(late) == "Mưa lũ, xã bị cô lập"
    await late.says("phuc", "/status #1")
    late.hears("phuc", "Xác nhận trễ hạn do khách quan · Lý Thị Phúc")
    assert "Lý do khách quan đã xác nhận: Mưa lũ" in visible(late.from_bot("phuc")[-2].text)


async def test_what_was_done_late_can_be_excused_too(late: Talk) -> None:
    await late.says("nam", "#1 đã xong")
    await late.presses("nam", "Đúng")
    await late.says("van", "/duyet")
    await late.presses("van", "Duyệt #1")
    await _confirm(late)
    assert await excuse(late) == "Mưa lũ, xã bị cô lập"


async def test_it_is_taken_back(late: Talk) -> None:
    await _confirm(late)
    await late.says("van", "/status #1")
    await late.presses("van", "Khác…")
    await late.presses("van", "Bỏ xác nhận khách quan")
    late.hears("nam", "#1: bỏ xác nhận lý do khách quan", "tính trễ hạn như thường")
    assert await excuse(late) is None


async def test_it_is_undone_within_a_minute(late: Talk) -> None:
    await _confirm(late)
    await late.presses("phuc", "Hoàn tác")
    assert await excuse(late) is None


async def test_a_reason_is_needed(late: Talk) -> None:
    await _confirm(late, "   ")
    assert await excuse(late) is None
    await late.says("phuc", "Mưa lũ")
    assert await excuse(late) == "Mưa lũ"


async def test_what_is_not_late_needs_no_excuse(talk: Talk) -> None:
    await talk.says("van", "/giaoviec Phòng Nội vụ: báo cáo biên chế trước 5/3")
    await talk.presses("van", "Phát hành")
    async with talk.app.database.read() as session:
        code = (await session.get_one(Directive, 1)).code
    await talk.forges("phuc", f"kqu:{code}")
    talk.hears("phuc", "Việc #1 không trễ hạn")


async def test_a_second_confirmation_says_who_was_first(late: Talk) -> None:
    await _confirm(late)
    async with late.app.database.read() as session:
        code = (await session.get_one(Directive, 1)).code
    await late.forges("van", f"kqu:{code}")
    late.hears("van", "Lý Thị Phúc đã xác nhận lý do khách quan của #1 lúc 08:00 ngày 06/03/2024.")


async def test_the_unit_does_not_excuse_itself(late: Talk) -> None:
    async with late.app.database.read() as session:
        code = (await session.get_one(Directive, 1)).code
    await late.forges("noi", f"kqu:{code}", f"kqb:{code}")
    late.hears("noi", "không tự duyệt việc của đơn vị mình")
    assert await excuse(late) is None
