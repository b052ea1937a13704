"""``Ghi ý kiến``: a leader's instruction goes to the unit and the office and stays in the history."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from channels.base import visible
from db.models import Directive, Transition, Unit
from services import helping, office
from services.life import By
from tests.talk import Talk


@pytest.fixture
async def given(talk: Talk) -> Talk:
    """Directive #1 of Nội and Nam."""
    await talk.says("van", "/giaoviec Phòng Nội vụ: báo cáo biên chế trước 5/3")
    await talk.presses("van", "Phát hành")
    await talk.presses("nam", "Đã nhận")
    return talk


async def _write(talk: Talk, words: str = "Làm trước phần của các xã.", who: str = "phuc") -> None:
    await talk.says(who, "/status #1")
    await talk.presses(who, "Ghi ý kiến")
    talk.hears(who, "Nhắn ý kiến chỉ đạo về #1")
    await talk.says(who, words)


async def instructions(talk: Talk) -> list[str | None]:
    async with talk.app.database.read() as session:
        return list(await session.scalars(select(Transition.reason).where(Transition.event == "instruct")))


async def test_it_reaches_the_unit_and_the_office_word_for_word(given: Talk) -> None:
    await _write(given)
    given.hears("phuc", "Ý kiến chỉ đạo về #1", "“Làm trước phần của các xã.”", "Gửi Phòng Nội vụ và Văn phòng")
    assert await instructions(given) == []
    await given.presses("phuc", "Gửi")
    for who in ("noi", "nam", "van"):
        given.hears(who, "Ý kiến chỉ đạo về #1", "“Làm trước phần của các xã.”", "Lý Thị Phúc, Phó Chủ tịch")
    given.hears("phuc", "Đã gửi ý kiến về #1 tới Phòng Nội vụ và Văn phòng.")
    await given.says("phuc", "/status #1")
    given.hears("phuc", "Ý kiến chỉ đạo · Lý Thị Phúc", "“Làm trước phần của các xã.”")


async def test_the_units_that_help_get_it_where_that_is_chosen(given: Talk) -> None:
    async with given.app.database.write() as session:
        van = await office.person_by_key(session, "van")
        unit = (await session.scalars(select(Unit).where(Unit.key == "tai-chinh"))).one()
        assert van is not None
        directive = await session.get_one(Directive, 1)
        await helping.add(session, directive, [unit], By(van, given.now, given.app.office))
    await _write(given)
    await given.presses("phuc", "Gửi cả đơn vị phối hợp")
    given.hears("tai", "Ý kiến chỉ đạo về #1", "“Làm trước phần của các xã.”")
    given.hears("phuc", "các đơn vị phối hợp và Văn phòng")


async def test_the_chairmans_instruction_is_read_by_the_leader_in_charge(given: Talk) -> None:
    await _write(given, who="lam")
    await given.presses("lam", "Gửi")
    given.hears("phuc", "Ý kiến chỉ đạo về #1", "Hoàng Văn Lâm, Chủ tịch")


async def test_other_words_before_it_goes(given: Talk) -> None:
    await _write(given)
    await given.presses("phuc", "Sửa lời")
    await given.says("phuc", "Làm trước phần của xã An Hòa.")
    await given.presses("phuc", "Gửi")
    assert await instructions(given) == ["Làm trước phần của xã An Hòa."]


async def test_it_can_be_taken_back_within_a_minute(given: Talk) -> None:
    await _write(given)
    await given.presses("phuc", "Gửi")
    await given.presses("phuc", "Hoàn tác")
    given.hears("noi", "#1", "ghi ý kiến chỉ đạo")
    await given.says("phuc", "/status #1")
    given.hears("phuc", "Ý kiến chỉ đạo (đã hoàn tác)")


async def test_it_becomes_a_directive_of_its_own(given: Talk) -> None:
    await _write(given, "Họp với các xã trước ngày 15/2/2024")
    await given.presses("phuc", "Giao thành việc mới")
    given.hears("phuc", "Họp với các xã", "Phòng Nội vụ")
    await given.presses("phuc", "Phát hành")
    given.hears("noi", "Nhiệm vụ mới #2", "14/02/2024")
    assert await instructions(given) == []


async def test_other_conversations_in_between_change_nothing_of_it(given: Talk) -> None:
    await _write(given)
    shown = given.last("phuc")
    await given.says("phuc", "/status")
    await given.presses("phuc", "Gửi", under=shown)
    assert await instructions(given) == ["Làm trước phần của các xã."]


async def test_cancelled_before_it_is_sent(given: Talk) -> None:
    await _write(given)
    shown = given.last("phuc")
    await given.says("van", "/status #1")
    await given.presses("van", "Khác…")
    await given.presses("van", "Huỷ nhiệm vụ")
    await given.says("van", "trùng việc khác")
    await given.presses("phuc", "Gửi", under=shown)
    given.hears("phuc", "Không làm được vì việc này đã huỷ")
    assert await instructions(given) == []


async def test_who_is_not_in_charge_cannot_instruct(given: Talk) -> None:
    async with given.app.database.read() as session:
        code = (await session.get_one(Directive, 1)).code
    await given.forges("noi", f"yk:{code}")
    given.hears("noi", "Chỉ lãnh đạo phụ trách, hoặc Văn phòng, được ghi ý kiến chỉ đạo việc này.")
    await given.says("noi", "/status #1")
    assert "Ghi ý kiến" not in [b.label for m in given.from_bot("noi")[-2:] for row in m.buttons for b in row]


async def test_secret_words_are_not_kept(given: Talk) -> None:
    await given.says("phuc", "/status #1")
    await given.presses("phuc", "Ghi ý kiến")
    await given.says("phuc", "TUYỆT MẬT\nLàm ngay")
    assert "TUYỆT MẬT" in visible(given.last("phuc").text)
    assert await instructions(given) == []
