"""Somebody sends more than a person may in a minute: the rest waits its turn, nothing is lost, others feel nothing."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from sqlalchemy import func, select

from db.models import Inbox, Report
from services import accounts, office
from tests.talk import Talk, open_talk

MOST = 4


@pytest.fixture
async def hasty(data_folder: Path) -> AsyncIterator[Talk]:
    there = await open_talk(data_folder, per_minute=MOST)
    yield there
    await there.close()


async def floods(talk: Talk, who: str, *texts: str) -> None:
    """Send much at once: no time goes by."""
    for text in texts:
        await talk.channel.say(who, text, at=talk.clock())
        await talk.app.settle()


async def said_by(talk: Talk, who: str) -> list[str]:
    async with talk.app.database.read() as session:
        return list(await session.scalars(select(Report.text).order_by(Report.id)))


async def waiting(talk: Talk) -> int:
    async with talk.app.database.read() as session:
        return await session.scalar(select(func.count()).select_from(Inbox).where(Inbox.state == "new")) or 0


async def test_what_is_too_much_waits_its_turn_and_the_order_is_kept(hasty: Talk) -> None:
    await hasty.says("van", "/giaoviec Phòng Nội vụ: báo cáo biên chế trước 15/3")
    await hasty.presses("van", "Phát hành")
    shares = [f"#1 được {share}%" for share in range(10, 80, 10)]
    await floods(hasty, "nam", *shares)
    assert await said_by(hasty, "nam") == [share.removeprefix("#1 ") for share in shares[:MOST]]
    assert await waiting(hasty) == len(shares) - MOST
    await hasty.passes(minutes=1, seconds=1)
    assert await said_by(hasty, "nam") == [share.removeprefix("#1 ") for share in shares]
    assert await waiting(hasty) == 0


async def test_it_is_said_once(hasty: Talk) -> None:
    await floods(hasty, "nam", *["/viec"] * 9)
    assert sum("xin trả lời lần lượt" in m.text for m in hasty.from_bot("nam")) == 1
    for _ in range(3):
        await hasty.passes(minutes=1, seconds=1)
    assert sum("xin trả lời lần lượt" in m.text for m in hasty.from_bot("nam")) == 1
    assert await waiting(hasty) == 0


async def test_the_others_are_answered_at_once(hasty: Talk) -> None:
    await floods(hasty, "nam", *["/viec"] * 9)
    await floods(hasty, "noi", "/viec")
    hasty.hears("noi", "Phòng Nội vụ")


async def test_presses_count_too(hasty: Talk) -> None:
    await floods(hasty, "van", *["/trogiup"] * MOST)
    await hasty.forges("van", "st:home")
    hasty.hears("van", "xin trả lời lần lượt")


async def test_an_ordinary_minute_is_not_held_up(hasty: Talk) -> None:
    for _ in range(3):
        await floods(hasty, "nam", *["/viec"] * MOST)
        await hasty.passes(minutes=1, seconds=1)
    assert not any("lần lượt" in m.text for m in hasty.from_bot("nam"))


async def test_a_stranger_is_greeted_once_in_a_while(hasty: Talk) -> None:
    for _ in range(3):
        await floods(hasty, "nguoi-la", "cho hỏi")
    assert len(hasty.from_bot("nguoi-la")) == 1
    await hasty.passes(minutes=11)
    await floods(hasty, "nguoi-la", "cho hỏi")
    assert len(hasty.from_bot("nguoi-la")) == 2


async def test_two_accounts_of_one_person_count_together(hasty: Talk) -> None:
    async with hasty.app.database.write() as session:
        nam = await office.person_by_key(session, "nam")
        assert nam is not None
        await accounts.link(session, nam, "web", "nam-may-khac", "nam", hasty.now)
    await floods(hasty, "nam", *["/viec"] * (MOST - 1))
    await floods(hasty, "nam-may-khac", "/viec", "/viec")
    assert sum("xin trả lời lần lượt" in m.text for m in hasty.from_bot("nam-may-khac")) == 1
    assert await waiting(hasty) == 1
    await hasty.passes(minutes=1, seconds=1)
    assert await waiting(hasty) == 0
