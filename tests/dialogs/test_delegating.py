"""The head of a unit gives a directive to an officer, by one press or in words: its contact from then on."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from db.models import Directive, Person, Transition
from domain.rights import Role
from services import accounts, office
from tests.talk import Talk


@pytest.fixture(autouse=True)
async def _given(talk: Talk) -> None:
    """Phòng Nội vụ has Nội, its head, and two officers: Nam, and Bắc, who is new."""
    async with talk.app.database.write() as session:
        nam = await office.person_by_key(session, "nam")
        assert nam
        bac = Person(key="bac", name="Đinh Văn Bắc", position="Chuyên viên", unit_id=nam.unit_id, role=Role.OFFICER)
        session.add(bac)
        await session.flush()
        await accounts.link(session, bac, "web", "bac", "bac", talk.now)
    await talk.says("van", "/giaoviec Phòng Nội vụ: báo cáo biên chế trước 15/3")
    await talk.presses("van", "Phát hành")


async def contact(talk: Talk) -> str | None:
    async with talk.app.database.read() as session:
        directive = await session.get_one(Directive, 1)
        return await session.scalar(select(Person.key).where(Person.id == directive.contact_id))


async def test_one_press_names_the_officer_who_is_told_with_a_card(talk: Talk) -> None:
    await talk.presses("noi", "Giao chuyên viên")
    message = talk.hears("noi", "Giao #1 cho ai trong Phòng Nội vụ?")
    assert message.labels == ["Phạm Văn Nam (0 việc)", "Đinh Văn Bắc (0 việc)", "#1"]
    await talk.presses("noi", "Đinh Văn Bắc (0 việc)")
    talk.hears("noi", "Đã giao #1 cho Đinh Văn Bắc")
    told = talk.hears("bac", "Trần Văn Nội giao anh/chị #1", "Báo cáo biên chế", "14/03/2024")
    assert "Đã nhận" in told.labels
    assert await contact(talk) == "bac"
    async with talk.app.database.read() as session:
        row = (await session.scalars(select(Transition).where(Transition.event == "delegate"))).one()
    assert row.details["to"] == "Đinh Văn Bắc"


async def test_who_has_more_to_do_stands_below(talk: Talk) -> None:
    await talk.presses("nam", "Đã nhận")
    await talk.presses("noi", "Giao chuyên viên")
    assert talk.last("noi").labels == ["Đinh Văn Bắc (0 việc)", "Phạm Văn Nam (1 việc)", "#1"]


async def test_who_is_away_is_shown_so(talk: Talk) -> None:
    await talk.says("nam", "/vangmat từ 31/1 đến 5/2")
    await talk.presses("nam", "Trần Văn Nội, Trưởng phòng")
    await talk.presses("nam", "Đúng")
    await talk.presses("noi", "Giao chuyên viên")
    assert talk.last("noi").labels == ["Đinh Văn Bắc (0 việc)", "Phạm Văn Nam (đang vắng)", "#1"]
    await talk.presses("noi", "Phạm Văn Nam (đang vắng)")
    talk.has_heard("noi", "Đã giao #1 cho Phạm Văn Nam", "đang vắng")
    talk.hears("noi", "Thay Phạm Văn Nam", "Trần Văn Nội giao anh/chị #1")


@pytest.mark.parametrize("words", ["giao anh Bắc làm", "giao d/c bac", "#1 phân công đồng chí Đinh Văn Bắc xử lý nhé"])
async def test_in_words_and_confirmed(talk: Talk, words: str) -> None:
    await talk.says("noi", words, reply_to=talk.last("noi"))
    talk.hears("noi", "Giao #1 cho Đinh Văn Bắc?")
    assert await contact(talk) is None, "nothing has changed yet"
    await talk.presses("noi", "Đúng")
    talk.hears("noi", "Đã giao #1 cho Đinh Văn Bắc")
    talk.hears("bac", "Trần Văn Nội giao anh/chị #1")


async def test_somebody_of_another_unit_is_not_found(talk: Talk) -> None:
    await talk.says("noi", "giao anh Môi làm", reply_to=talk.last("noi"))
    assert "Giao #1 cho" not in talk.last("noi").plain
    assert await contact(talk) != "moi"


async def test_a_colleague_who_acknowledges_does_not_take_it_over(talk: Talk) -> None:
    await talk.presses("noi", "Giao chuyên viên")
    await talk.presses("noi", "Đinh Văn Bắc (0 việc)")
    await talk.says("nam", "#1 đã nhận")
    talk.hears("nam", "Đinh Văn Bắc")
    assert await contact(talk) == "bac"


async def test_it_is_given_on_and_who_had_it_knows(talk: Talk) -> None:
    await talk.presses("nam", "Đã nhận")
    await talk.says("noi", "#1 giao anh Bắc làm")
    await talk.presses("noi", "Đúng")
    talk.hears("nam", "#1 đã giao cho Đinh Văn Bắc", "không còn là đầu mối")
    await talk.says("noi", "/status #1")
    talk.has_heard("noi", "Đầu mối: Đinh Văn Bắc")
    talk.hears("noi", "Giao chuyên viên", "“Đinh Văn Bắc”")


async def test_the_officer_named_is_reminded_first(talk: Talk) -> None:
    await talk.says("noi", "#1 giao anh Bắc làm")
    await talk.presses("noi", "Đúng")
    nam, bac = len(talk.from_bot("nam")), len(talk.from_bot("bac"))
    await talk.passes(days=1)
    talk.hears("bac", "Chưa xác nhận đã nhận", "#1")
    assert len(talk.from_bot("bac")) > bac
    assert len(talk.from_bot("nam")) == nam


async def test_only_the_head_gives_it_away_and_only_to_the_units_own(talk: Talk) -> None:
    async with talk.app.database.read() as session:
        code = await session.scalar(select(Directive.code))
        ids = {p.key: p.id for p in await session.scalars(select(Person))}
    assert "Giao chuyên viên" not in talk.last("nam").labels
    await talk.forges("nam", f"dgo:{code}:{ids['bac']}")
    talk.hears("nam", "do trưởng đơn vị chủ trì giao cho chuyên viên")
    await talk.forges("noi", f"dgo:{code}:{ids['tai']}")
    assert await contact(talk) is None
