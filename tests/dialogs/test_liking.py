"""A thumb under a message acknowledges what the message speaks of, where that is one new directive."""

from __future__ import annotations

import pytest

from db.models import Directive
from tests.talk import Talk


@pytest.fixture(autouse=True)
async def _given(talk: Talk) -> None:
    await talk.says("van", "/giaoviec Phòng Nội vụ: báo cáo biên chế trước 15/3")
    await talk.presses("van", "Phát hành")


async def state(talk: Talk) -> str:
    async with talk.app.database.read() as session:
        return (await session.get_one(Directive, 1)).state


async def test_a_thumb_acknowledges_and_is_answered(talk: Talk) -> None:
    await talk.likes("nam", talk.last("nam"))
    talk.hears("nam", "#1")
    assert await state(talk) == "in_progress"


async def test_a_second_thumb_says_nothing(talk: Talk) -> None:
    posted = talk.last("nam")
    await talk.presses("nam", "Đã nhận")
    assert await talk.likes("nam", posted) == []
    assert await state(talk) == "in_progress"


async def test_the_thumb_of_who_does_not_report_on_it_says_nothing(talk: Talk) -> None:
    assert await talk.likes("van", talk.last("van")) == []
    assert await state(talk) == "issued"


async def test_a_thumb_under_a_message_about_nothing_says_nothing(talk: Talk) -> None:
    await talk.says("nam", "/help")
    assert await talk.likes("nam", talk.last("nam")) == []


async def test_a_thumb_ends_no_question_that_waits(talk: Talk) -> None:
    posted = talk.last("nam")
    await talk.presses("nam", "Xin gia hạn")
    await talk.likes("nam", posted)
    await talk.says("nam", "20/3")
    talk.hears("nam", "Lý do xin gia hạn #1 đến 20/03/2024")
