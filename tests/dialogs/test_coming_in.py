"""Who may talk to the bot: codes, strangers, and what a person of each role is shown."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from sqlalchemy import select

from db.models import Conversation
from tests.talk import Talk


async def _code(talk: Talk, name: str = "Cao Văn Minh") -> str:
    await talk.says("van", f"/gioithieu {name}")
    found = re.search(r"[A-Za-z0-9_-]{27}", talk.last("van").plain)
    assert found
    return found[0]


async def test_a_stranger_gets_one_polite_sentence_and_nothing_else(talk: Talk) -> None:
    said = await talk.says("nguoi-la", "/status quá hạn")
    assert [m.plain for m in said] == [
        "Chào anh/chị, đây là kênh công việc nội bộ; vui lòng liên hệ Văn phòng để nhận mã mời rồi gửi mã vào đây."
    ]
    async with talk.app.database.read() as session:  # nor is anything begun with them
        assert not await session.scalar(select(Conversation.id).where(Conversation.external_id == "nguoi-la"))


async def test_a_code_links_once(talk: Talk) -> None:
    code = await _code(talk)
    await talk.says("dien-thoai-moi", f"/start {code}")
    talk.hears("dien-thoai-moi", "Chào Cao Văn Minh", "đã được kết nối")
    await talk.says("ke-khac", code)
    talk.hears("ke-khac", "Mã mời không đúng hoặc đã hết hạn")


async def test_a_new_code_ends_the_old_one(talk: Talk) -> None:
    first = await _code(talk)
    second = await _code(talk)
    await talk.says("a", first)
    talk.hears("a", "không đúng hoặc đã hết hạn")
    await talk.says("b", second)
    talk.hears("b", "đã được kết nối")


async def test_a_code_ends_after_72_hours(talk: Talk) -> None:
    code = await _code(talk)
    talk.clock.forward_to(talk.clock() + timedelta(hours=72, seconds=1))
    await talk.says("a", code)
    talk.hears("a", "đã hết hạn")


async def test_guessing_is_stopped(talk: Talk) -> None:
    for i in range(5):
        await talk.says("doan", f"{i}" + "x" * 26)
    code = await _code(talk)
    await talk.says("doan", code)
    talk.hears("doan", "thử lại sau một giờ")
    talk.clock.forward_to(talk.clock() + timedelta(minutes=61))
    await talk.says("doan", code)
    talk.hears("doan", "đã được kết nối")


async def test_several_people_of_a_unit_are_offered(talk: Talk) -> None:
    await talk.says("an", "/gioithieu")
    await talk.says("an", "phong noi vu")
    await talk.presses("an", "Phạm Văn Nam, Chuyên viên")
    talk.hears("an", "Mã mời của Phạm Văn Nam")


@pytest.mark.parametrize("who", ["nam", "noi", "lam"])
async def test_only_the_office_and_the_admin_invite(talk: Talk, who: str) -> None:
    await talk.says(who, "/gioithieu Minh")
    talk.hears(who, "Chỉ Văn phòng hoặc quản trị")


@pytest.mark.parametrize(
    ("who", "words"), [("van", "Giao việc"), ("lam", "/status"), ("nam", "Báo cáo"), ("an", "Mời người")]
)
async def test_help_speaks_of_the_own_role(talk: Talk, who: str, words: str) -> None:
    await talk.says(who, "/trogiup")
    talk.hears(who, words)


async def test_a_command_that_does_not_exist(talk: Talk) -> None:
    await talk.says("nam", "/xoahet")
    talk.hears("nam", "Không có lệnh /xoahet", "/viec")


async def test_an_empty_message_is_survived(talk: Talk) -> None:
    await talk.says("nam", "   ")
    talk.hears("nam", "Chưa rõ tin này")


async def test_a_voice_message_gets_a_polite_sentence(talk: Talk) -> None:
    await talk.channel.say("nam", "", at=talk.clock(), unsupported="voice")
    await talk.app.settle()
    talk.hears("nam", "Chưa đọc được tin nhắn thoại")
