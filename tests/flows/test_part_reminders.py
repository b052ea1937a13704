"""Units that help are reminded of their part, in the one message of the day."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from domain.calendar import OFFICE_ZONE
from tests.talk import Talk


@pytest.fixture(autouse=True)
async def _given(talk: Talk) -> None:
    """On Wednesday 31/01/2024 Phòng Nội vụ gets a task until Friday 09/02; Tài chính and An Hòa help."""
    await talk.says("van", "/giaoviec Phòng Nội vụ: báo cáo biên chế chậm nhất ngày 9/2")
    await talk.presses("van", "Sửa")
    await talk.presses("van", "Đơn vị phối hợp")
    await talk.says("van", "Phòng Tài chính - Kế hoạch; UBND xã An Hòa")
    await talk.presses("van", "Phát hành")
    await talk.presses("nam", "Đã nhận")


def reminders(talk: Talk, who: str) -> list[str]:
    return [m.plain for m in talk.from_bot(who) if "Việc phối hợp, chưa gửi ý kiến" in m.plain]


async def to_morning(talk: Talk, day: int) -> None:
    await talk.until(datetime(2024, 2, day, 8, 0, tzinfo=OFFICE_ZONE))


async def test_who_has_not_taken_note_is_reminded_the_next_working_day(talk: Talk) -> None:
    await talk.presses("hoa", "Đã nhận")
    await to_morning(talk, 1)
    message = talk.hears("tai", "Việc phối hợp, chưa gửi ý kiến (1)", "#1")
    assert message.labels[:2] == ["Đã nhận", "Gửi ý kiến"]
    assert reminders(talk, "hoa") == []


async def test_before_the_deadline_those_who_have_not_answered_hear_of_it(talk: Talk) -> None:
    await talk.presses("tai", "Đã nhận")
    await talk.says("hoa", "#1 đã gửi ý kiến")
    await to_morning(talk, 5)
    assert reminders(talk, "tai") == [], "four days are left"
    await to_morning(talk, 6)
    assert len(reminders(talk, "tai")) == 1
    await to_morning(talk, 8)
    assert len(reminders(talk, "tai")) == 2
    assert reminders(talk, "hoa") == []


async def test_an_answer_ends_them_and_a_late_lead_is_no_daily_nuisance(talk: Talk) -> None:
    await talk.presses("tai", "Đã nhận")
    await talk.presses("hoa", "Đã nhận")
    await to_morning(talk, 9)
    before = len(reminders(talk, "tai"))
    await talk.says("hoa", "#1 thống nhất")
    await talk.until(talk.now + timedelta(days=14))
    assert 1 <= len(reminders(talk, "tai")) - before <= 2
    assert len(reminders(talk, "hoa")) == before


async def test_it_stands_in_the_one_message_of_the_day(talk: Talk) -> None:
    await talk.says("van", "/giaoviec Phòng Tài chính - Kế hoạch: lập dự toán trước 20/3")
    await talk.presses("van", "Phát hành")
    talk.catch_up("tai")
    await to_morning(talk, 1)
    said = talk.new("tai")
    assert len(said) == 1
    message = talk.hears("tai", "2 việc cần chú ý", "Chưa xác nhận đã nhận (1)", "Việc phối hợp, chưa gửi ý kiến (1)")
    assert message.plain.index("#2") < message.plain.index("#1")


async def test_a_day_that_was_missed_is_made_up_for_once(talk: Talk) -> None:
    talk.catch_up("tai")
    talk.clock.forward_to(datetime(2024, 2, 7, 9, 0, tzinfo=OFFICE_ZONE))
    await talk.app.ticks.tick()
    await talk.app.settle()
    await talk.app.ticks.tick()
    await talk.app.settle()
    assert len([m for m in talk.new("tai") if "Việc phối hợp" in m.plain]) <= 1


async def test_nobody_is_reminded_on_a_day_off(talk: Talk) -> None:
    await to_morning(talk, 2)
    talk.catch_up("tai")
    await to_morning(talk, 4)
    assert talk.new("tai") == []
