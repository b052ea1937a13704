"""Units that help have a part of their own: taken, answered, refused, asked for again; the lead sees by whom."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from db.models import Coordination, Directive, Report, Transition, Unit
from services import coordinating, office
from services.life import By
from tests.talk import Talk


async def state_of(talk: Talk) -> tuple[str, int | None]:
    async with talk.app.database.read() as session:
        directive = await session.get_one(Directive, 1)
        return directive.state, directive.percent


async def events(talk: Talk) -> list[str]:
    async with talk.app.database.read() as session:
        return list(await session.scalars(select(Transition.event).where(Transition.directive_id == 1)))


@pytest.fixture(autouse=True)
async def _given(talk: Talk) -> None:
    """Phòng Nội vụ leads; Tài chính and An Hòa help."""
    await talk.says("van", "/giaoviec Phòng Nội vụ: báo cáo biên chế trước 15/3")
    await talk.presses("van", "Sửa")
    await talk.presses("van", "Đơn vị phối hợp")
    await talk.says("van", "Phòng Tài chính - Kế hoạch; UBND xã An Hòa")
    await talk.presses("van", "Phát hành")


async def test_who_helps_is_told_and_takes_note_with_one_press(talk: Talk) -> None:
    message = talk.hears("tai", "Phòng Tài chính - Kế hoạch phối hợp thực hiện #1")
    assert message.labels == ["Đã nhận", "Gửi ý kiến", "#1"]
    before = len(talk.from_bot("nam"))
    await talk.presses("tai", "Đã nhận")
    talk.hears("tai", "Phòng Tài chính - Kế hoạch chưa gửi ý kiến; UBND xã An Hòa chưa nhận")
    assert len(talk.from_bot("nam")) == before, "the lead unit need not be told"
    assert await state_of(talk) == ("issued", None)


async def test_each_unit_says_of_its_own_difficulty_that_it_is_over(talk: Talk) -> None:
    await talk.presses("nam", "Đã nhận")
    await talk.says("tai", "#1 còn vướng số liệu chưa có")
    told = talk.has_heard("nam", "Phòng Tài chính - Kế hoạch báo vướng mắc ở phần phối hợp #1")
    assert "Đã tháo gỡ" not in told.labels, "it is not the lead's to close"
    await talk.says("nam", "#1 vướng mặt bằng")
    await talk.says("nam", "#1 đã hết vướng, được 60%")
    await talk.says("van", "/khokhan")
    talk.hears("van", "chưa tháo gỡ: 1", "còn vướng số liệu chưa có")
    await talk.says("tai", "#1 đã hết vướng, đang làm tiếp")
    talk.has_heard("van", "Đã tháo gỡ vướng mắc ở #1", "Vũ Thị Tài")
    await talk.says("van", "/khokhan")
    assert "vướng số liệu" not in talk.last("van").plain


async def test_who_helps_closes_its_difficulty_with_one_press_on_the_answer(talk: Talk) -> None:
    await talk.says("tai", "#1 còn vướng số liệu chưa có")
    await talk.presses("van", "Trả lời")
    await talk.says("van", "Phòng Nội vụ gửi số liệu trong hôm nay")
    lead = talk.hears("nam", "Trả lời vướng mắc ở #1", "gửi số liệu trong hôm nay")
    assert "Đã tháo gỡ" not in lead.labels
    await talk.presses("tai", "Đã tháo gỡ")
    talk.hears("tai", "#1: đã ghi vướng mắc được tháo gỡ")


async def test_an_opinion_reaches_the_lead_who_sees_who_is_missing(talk: Talk) -> None:
    await talk.presses("nam", "Đã nhận")
    await talk.presses("tai", "Gửi ý kiến")
    talk.hears("tai", "nhắn ý kiến của Phòng Tài chính - Kế hoạch")
    await talk.says("tai", "Đề nghị bổ sung nguồn kinh phí", files=[("y-kien.txt", b"y kien", "text/plain")])
    talk.hears("tai", "#1: đã ghi ý kiến của Phòng Tài chính - Kế hoạch, kèm 1 tệp", "Phòng Nội vụ đã được báo")
    for who in ("nam", "noi"):
        talk.hears(who, "Phòng Tài chính - Kế hoạch đã gửi ý kiến #1", "Đề nghị bổ sung nguồn kinh phí", "y-kien.txt")
    await talk.says("nam", "/status #1")
    talk.has_heard("nam", "Phối hợp: Phòng Tài chính - Kế hoạch đã gửi ý kiến 31/01; UBND xã An Hòa chưa nhận")
    assert await state_of(talk) == ("in_progress", None)


@pytest.mark.parametrize("words", ["đã gửi ý kiến", "da gui van ban gop y roi", "thống nhất với dự thảo", "xong"])
async def test_an_answer_in_free_words(talk: Talk, words: str) -> None:
    await talk.says("tai", words, reply_to=talk.last("tai"))
    talk.hears("tai", "#1: đã ghi ý kiến của Phòng Tài chính - Kế hoạch")
    talk.hears("noi", "đã gửi ý kiến #1")
    assert await state_of(talk) == ("issued", None)


async def test_a_file_alone_is_an_answer(talk: Talk) -> None:
    await talk.says("hoa", "", files=[("gop-y.txt", b"gop y", "text/plain")], reply_to=talk.last("hoa"))
    talk.hears("hoa", "đã ghi ý kiến của UBND xã An Hòa, kèm 1 tệp")


async def test_without_a_reply_the_only_thing_in_hand_is_meant(talk: Talk) -> None:
    await talk.says("tai", "da nhan")
    talk.hears("tai", "Đã ghi Phòng Tài chính - Kế hoạch nhận phối hợp #1")


async def test_progress_is_kept_for_the_part_alone_and_one_press_makes_it_the_answer(talk: Talk) -> None:
    await talk.says("nam", "#1 được 30%")
    await talk.says("tai", "#1 đang làm, được 80%")
    talk.hears("tai", "đã ghi tiến độ phần phối hợp của Phòng Tài chính - Kế hoạch")
    assert await state_of(talk) == ("in_progress", 30)
    await talk.presses("tai", "Đã gửi ý kiến")
    talk.hears("tai", "đã ghi ý kiến")
    talk.hears("nam", "đã gửi ý kiến #1")
    assert await state_of(talk) == ("in_progress", 30)


async def test_taking_the_leads_report_back_does_not_mistake_a_helpers_for_it(talk: Talk) -> None:
    await talk.says("nam", "#1 được 30%")
    await talk.says("tai", "#1 đang làm, được 80%")
    await talk.says("nam", "#1 được 50%")
    await talk.presses("nam", "Sửa")
    await talk.presses("nam", "Bỏ báo cáo này")
    assert await state_of(talk) == ("in_progress", 30)


async def test_a_difficulty_is_told_to_the_lead_and_the_office(talk: Talk) -> None:
    await talk.says("tai", "#1 còn vướng số liệu chưa có")
    talk.hears("tai", "đã ghi vướng mắc phần phối hợp", "Phòng Nội vụ và Văn phòng đã được báo")
    for who in ("noi", "van"):
        talk.has_heard(who, "Phòng Tài chính - Kế hoạch báo vướng mắc ở phần phối hợp #1")


async def test_an_answer_is_taken_back(talk: Talk) -> None:
    await talk.says("tai", "#1 đã gửi ý kiến")
    await talk.presses("tai", "Sửa")
    await talk.presses("tai", "Bỏ báo cáo này")
    talk.hears("tai", "#1: đã bỏ tin vừa rồi")
    await talk.says("nam", "/status #1")
    talk.has_heard("nam", "Phòng Tài chính - Kế hoạch chưa gửi ý kiến")


async def test_more_time_is_the_leads_to_ask_for(talk: Talk) -> None:
    await talk.presses("nam", "Đã nhận")
    await talk.says("tai", "#1 xin lùi đến 20/3")
    talk.hears("tai", "#1 do Phòng Nội vụ chủ trì, hạn 14/03/2024", "báo Phạm Văn Nam để xin gia hạn chung")


async def test_not_ours_is_confirmed_and_the_office_lets_the_unit_go(talk: Talk) -> None:
    await talk.says("tai", "#1 không phải việc của phòng", reply_to=talk.last("tai"))
    talk.hears("tai", "Phòng Tài chính - Kế hoạch không phối hợp việc này?")
    assert "part_declined" not in await events(talk)
    await talk.presses("tai", "Đúng")
    talk.hears("tai", "Đã chuyển Văn phòng quyết định về #1")
    talk.hears("noi", "Phòng Tài chính - Kế hoạch báo không phối hợp #1")
    talk.hears("van", "Phòng Tài chính - Kế hoạch báo không phối hợp #1", "không phải việc của phòng")
    await talk.presses("van", "Cho thôi phối hợp")
    talk.hears("van", "Phòng Tài chính - Kế hoạch không còn phối hợp #1")
    talk.hears("tai", "Phòng Tài chính - Kế hoạch không còn phối hợp #1")
    await talk.says("van", "/status #1")
    talk.has_heard("van", "Phối hợp: UBND xã An Hòa chưa nhận")
    talk.hears("van", "Thôi phối hợp", "Đỗ Thị Vân, Văn phòng", "“Phòng Tài chính - Kế hoạch”")
    await talk.says("tai", "#1 xong")
    talk.hears("tai", "Không có việc #1 trong phạm vi")


async def test_not_ours_and_the_office_keeps_the_unit(talk: Talk) -> None:
    await talk.presses("tai", "#1")
    await talk.presses("tai", "Không đúng đơn vị")
    await talk.says("tai", "phòng không có số liệu này")
    await talk.presses("tai", "Đúng")
    await talk.presses("van", "Vẫn phối hợp")
    talk.hears("tai", "Phòng Tài chính - Kế hoạch tiếp tục phối hợp #1")


async def test_those_who_are_missing_are_reminded_once_a_day(talk: Talk) -> None:
    await talk.says("tai", "#1 đã gửi ý kiến")
    await talk.says("nam", "/status #1")
    await talk.presses("nam", "Đơn vị phối hợp (1/2)")
    talk.hears("nam", "Phòng Tài chính - Kế hoạch: đã gửi ý kiến 31/01", "UBND xã An Hòa: chưa nhận")
    heard = len(talk.from_bot("tai"))
    await talk.presses("nam", "Nhắc đơn vị phối hợp")
    talk.hears("nam", "Đã nhắc 1 đơn vị phối hợp #1: UBND xã An Hòa")
    talk.hears("hoa", "#1 đang chờ ý kiến của UBND xã An Hòa", "Người nhắc: Phạm Văn Nam")
    assert len(talk.from_bot("tai")) == heard
    await talk.presses("noi", "#1")
    await talk.presses("noi", "Đơn vị phối hợp (1/2)")
    await talk.presses("noi", "Nhắc đơn vị phối hợp")
    talk.hears("noi", "Hôm nay đã nhắc các đơn vị phối hợp #1 rồi")
    await talk.passes(days=1)
    await talk.presses("nam", "Nhắc đơn vị phối hợp")
    talk.hears("nam", "Đã nhắc 1 đơn vị phối hợp")


async def test_who_hands_in_is_told_who_is_missing_and_may_go_on(talk: Talk) -> None:
    await talk.says("nam", "#1 xong")
    talk.hears("nam", "Chưa có ý kiến của Phòng Tài chính - Kế hoạch; UBND xã An Hòa")
    await talk.presses("nam", "Đúng")
    talk.hears("nam", "Đã gửi duyệt #1")


async def test_the_story_tells_each_part_under_its_unit(talk: Talk) -> None:
    await talk.presses("tai", "Đã nhận")
    await talk.says("tai", "#1 đã gửi ý kiến bằng công văn 12")
    await talk.presses("tai", "Lịch sử")
    talk.hears("tai", "Nhận phối hợp", "Gửi ý kiến phối hợp", "Vũ Thị Tài, Phòng Tài chính - Kế hoạch", "công văn 12")


async def test_nobody_speaks_for_another_units_part(talk: Talk) -> None:
    async with talk.app.database.read() as session:
        code = await session.scalar(select(Coordination.code).where(Coordination.written.contains("An Hòa")))
    await talk.forges("tai", f"pk:{code}")
    talk.hears("tai", "Đơn vị anh/chị không phối hợp việc này")
    await talk.forges("moi", f"pk:{code}")
    talk.hears("moi", "Đơn vị anh/chị không phối hợp việc này")
    assert "part_acknowledged" not in await events(talk)


async def test_what_a_helper_says_is_marked_as_of_its_part(talk: Talk) -> None:
    await talk.says("tai", "#1 đã gửi ý kiến")
    async with talk.app.database.read() as session:
        report = (await session.scalars(select(Report))).one()
    assert report.coordination_id is not None


async def test_other_helpers_take_the_place_of_some_and_what_was_said_stays(talk: Talk) -> None:
    await talk.says("tai", "#1 đã gửi ý kiến")
    async with talk.app.database.write() as session:
        directive = await session.get_one(Directive, 1)
        van = await office.person_by_key(session, "van")
        moi = await office.person_by_key(session, "moi")
        assert van
        assert moi
        hoa = next(c for c in directive.coordinations if "An Hòa" in c.written)
        new = [Coordination(unit_id=c, written="như cũ") for c in (hoa.unit_id, moi.unit_id)]
        await coordinating.put_helpers(session, directive, new, By(van, talk.now, talk.app.office))
        kept = {c.written: c.removed_at is not None for c in await session.scalars(select(Coordination))}
    assert kept == {"Phòng Tài chính - Kế hoạch": True, "UBND xã An Hòa": False, "như cũ": False}


async def test_more_than_four_units_are_counted_and_listed_behind_a_button(talk: Talk) -> None:
    async with talk.app.database.write() as session:
        directive = await session.get_one(Directive, 1)
        van = await office.person_by_key(session, "van")
        assert van
        units = await session.scalars(select(Unit.id).where(Unit.key.in_(["moi-truong", "binh-minh", "van-phong"])))
        present = [Coordination(unit_id=c.unit_id, written=c.written) for c in directive.coordinations]
        added = [Coordination(unit_id=unit, written="thêm") for unit in units]
        await coordinating.put_helpers(session, directive, [*present, *added], By(van, talk.now, talk.app.office))
    await talk.says("tai", "#1 đã gửi ý kiến")
    await talk.presses("nam", "Đã nhận")
    talk.hears("nam", "Phối hợp: 5 đơn vị, 1 đã gửi ý kiến")
    await talk.presses("nam", "Đơn vị phối hợp (1/5)")
    talk.hears("nam", "Phòng Tài chính - Kế hoạch: đã gửi ý kiến 31/01", "Phòng Tài nguyên và Môi trường: chưa nhận")
