"""``Đôn đốc``: a reminder in a leader's own name, shown before it goes, told to the unit and answered by it."""

from __future__ import annotations

from datetime import datetime

import pytest
from sqlalchemy import select

from channels.base import visible
from db.models import Outbox, Transition, Unit
from domain.calendar import OFFICE_ZONE
from services import leave, life, office, reorganising
from services.life import By
from tests.talk import Talk


def at(day: int, hour: int = 8, minute: int = 0, month: int = 3) -> datetime:
    return datetime(2024, month, day, hour, minute, tzinfo=OFFICE_ZONE)


@pytest.fixture
async def late(talk: Talk) -> Talk:
    """Since Tuesday 5 March #1 and #2 of Nội and Nam are overdue; #3 is not. It is Wednesday, 8:00."""
    talk.clock.forward_to(at(1))
    for task in ("báo cáo biên chế trước 5/3", "lập danh sách cán bộ trước 5/3", "rà soát vị trí việc làm trước 30/4"):
        await talk.says("van", f"/giaoviec Phòng Nội vụ: {task}")
        await talk.presses("van", "Phát hành")
    await talk.says("nam", "/viec")
    await talk.presses("nam", "Đã nhận tất cả")
    talk.clock.forward_to(at(6))
    return talk


async def _card(talk: Talk, number: int = 1, who: str = "phuc") -> None:
    await talk.says(who, f"/status #{number}")


async def urged(talk: Talk) -> list[tuple[int | None, str | None]]:
    async with talk.app.database.read() as session:
        rows = await session.scalars(select(Transition).where(Transition.event == "urge").order_by(Transition.id))
        return [(row.directive_id, row.reason) for row in rows]


async def test_what_is_shown_is_what_the_unit_reads(late: Talk) -> None:
    await _card(late)
    await late.presses("phuc", "Đôn đốc")
    preview = visible(late.hears("phuc", "Tin sẽ gửi Trần Văn Nội, Phạm Văn Nam (Phòng Nội vụ):").text)
    assert await urged(late) == []
    await late.presses("phuc", "Gửi")
    said = visible(late.hears("noi", "Đôn đốc #1 · quá hạn 2 ngày", "Người đôn đốc: Phó Chủ tịch Lý Thị Phúc").text)
    assert said in preview
    assert visible(late.last("nam").text) == said
    late.hears("phuc", "Đã gửi đôn đốc #1 tới Trần Văn Nội, Phạm Văn Nam (Phòng Nội vụ).")
    assert await urged(late) == [(1, None)]


async def test_the_words_are_the_leaders_own(late: Talk) -> None:
    await _card(late)
    await late.presses("phuc", "Đôn đốc")
    await late.presses("phuc", "Sửa lời")
    await late.says("phuc", "Thứ Sáu trình tôi ký.")
    late.hears("phuc", "Đôn đốc #1", "“Thứ Sáu trình tôi ký.”")
    await late.presses("phuc", "Gửi")
    late.hears("noi", "“Thứ Sáu trình tôi ký.”")
    assert await urged(late) == [(1, "Thứ Sáu trình tôi ký.")]
    await late.says("phuc", "/status #1")
    late.hears("phuc", "Đôn đốc · Lý Thị Phúc", "“Thứ Sáu trình tôi ký.”")


async def test_nothing_goes_out_after_thoi(late: Talk) -> None:
    await _card(late)
    await late.presses("phuc", "Đôn đốc")
    await late.presses("phuc", "Thôi")
    assert await urged(late) == []


async def test_the_unit_answers_by_reply_and_the_leader_reads_it(late: Talk) -> None:
    await _card(late)
    await late.presses("phuc", "Đôn đốc")
    await late.presses("phuc", "Gửi")
    await late.says("nam", "được 80%, mai xong", reply_to=late.last("nam"))
    late.hears("phuc", "Phòng Nội vụ báo cáo #1 sau khi được đôn đốc · 80%", "“được 80%, mai xong”", "Phạm Văn Nam")
    before = len(late.from_bot("phuc"))
    await late.says("nam", "#1 được 90%")
    assert len(late.from_bot("phuc")) == before  # the first answer is told, not every report after it


async def test_everything_overdue_of_a_unit_in_one_message(late: Talk) -> None:
    await late.says("phuc", "/status quá hạn phòng nội vụ")
    await late.presses("phuc", "Đôn đốc tất cả")
    late.hears("phuc", "Đôn đốc 2 việc của Phòng Nội vụ", "#1", "#2", "hạn 04/03/2024, quá hạn 2 ngày")
    await late.presses("phuc", "Gửi")
    said = late.hears("noi", "Đôn đốc 2 việc của Phòng Nội vụ", "#1 Báo cáo biên chế", "#2 Lập danh sách cán bộ")
    assert "#3" not in visible(said.text)
    await late.says("noi", "#2 được 50%", reply_to=said)
    late.hears("phuc", "Phòng Nội vụ báo cáo #2 sau khi được đôn đốc · 50%")


async def test_a_second_time_on_one_day_is_warned_of(late: Talk) -> None:
    await _card(late)
    await late.presses("phuc", "Đôn đốc")
    first = late.last("phuc")
    await late.presses("phuc", "Gửi")
    await late.presses("phuc", "Gửi", under=first)
    late.hears("phuc", "Hôm nay anh/chị đã đôn đốc #1 lúc 08:00 nên tin chưa gửi")
    assert len(await urged(late)) == 1
    await _card(late)
    await late.presses("phuc", "Đôn đốc")
    late.hears("phuc", "Hôm nay anh/chị đã đôn đốc #1 lúc 08:00.")
    await late.presses("phuc", "Vẫn gửi")
    assert len(await urged(late)) == 2
    await _card(late, who="lam")  # another leader has urged nobody today
    await late.presses("lam", "Đôn đốc")
    assert "Hôm nay anh/chị" not in visible(late.last("lam").text)


async def test_that_it_arrived_can_be_seen(late: Talk) -> None:
    await _card(late)
    await late.presses("phuc", "Đôn đốc")
    await late.presses("phuc", "Gửi")
    await late.presses("nam", "#1", under=late.last("nam"))
    await late.says("phuc", "/nguoinhan #1")
    late.hears("phuc", "Trần Văn Nội, Phòng Nội vụ\nĐôn đốc, 08:00 06/03: chưa phản hồi", "đã bấm 08:00")


async def test_in_quiet_hours_it_waits_and_that_is_said(late: Talk) -> None:
    late.clock.forward_to(at(6, 21))
    await _card(late)
    await late.presses("phuc", "Đôn đốc")
    late.hears("phuc", "Đang giờ nghỉ: tin sẽ đi lúc 06:30.")
    await late.presses("phuc", "Gửi")
    assert "Đôn đốc #1" not in visible(late.last("noi").text)
    await late.until(at(7, 6, 45))
    late.has_heard("noi", "Đôn đốc #1")


async def test_what_is_urgent_goes_out_at_once(talk: Talk) -> None:
    await talk.says("van", "/giaoviec hỏa tốc: Phòng Nội vụ: báo cáo mưa lũ trước 5/3")
    await talk.presses("van", "Phát hành")
    talk.clock.forward_to(at(31, 21, month=1))
    await talk.says("phuc", "/status #1")
    await talk.presses("phuc", "Đôn đốc")
    assert "Đang giờ nghỉ" not in visible(talk.last("phuc").text)
    await talk.presses("phuc", "Gửi")
    talk.hears("noi", "Đôn đốc #1")


async def test_a_unit_that_nobody_can_write_to(talk: Talk) -> None:
    await talk.says("van", "/giaoviec UBND xã Bình Minh: báo cáo trước 5/3")
    await talk.presses("van", "Phát hành")
    await talk.says("lam", "/status #1")
    await talk.presses("lam", "Đôn đốc")
    talk.hears("lam", "Đơn vị này chưa có ai nhận được tin; Văn phòng cần báo trực tiếp.")
    await talk.presses("lam", "Gửi")
    talk.hears("lam", "UBND xã Bình Minh chưa có ai nhận được tin")


async def test_completed_between_showing_and_sending(late: Talk) -> None:
    await late.says("phuc", "/status quá hạn phòng nội vụ")
    await late.presses("phuc", "Đôn đốc tất cả")
    shown = late.last("phuc")
    await late.says("nam", "#1 đã xong")
    await late.presses("nam", "Đúng")
    await late.presses("phuc", "Gửi", under=shown)
    late.hears("phuc", "Đã gửi đôn đốc #2", "Không gửi #1: vừa thay đổi")
    assert [number for number, _ in await urged(late)] == [2]


async def test_all_of_it_completed_between_showing_and_sending(late: Talk) -> None:
    await _card(late)
    await late.presses("phuc", "Đôn đốc")
    shown = late.last("phuc")
    await late.says("nam", "#1 đã xong")
    await late.presses("nam", "Đúng")
    await late.presses("phuc", "Gửi", under=shown)
    late.hears("phuc", "Việc #1 vừa thay đổi", "chưa làm gì")
    assert await urged(late) == []


async def test_the_leaders_rights_end_before_it_is_sent(late: Talk) -> None:
    await _card(late)
    await late.presses("phuc", "Đôn đốc")
    async with late.app.database.write() as session:
        van = await office.person_by_key(session, "van")
        unit = (await session.scalars(select(Unit).where(Unit.key == "noi-vu"))).one()
        assert van is not None
        await reorganising.put_in_charge(session, unit, None, By(van, late.now, late.app.office))
    await late.presses("phuc", "Gửi")
    late.hears("phuc", "Chỉ lãnh đạo phụ trách, hoặc Văn phòng, được đôn đốc việc này.")
    assert await urged(late) == []


async def test_the_unit_is_merged_before_it_is_sent(late: Talk) -> None:
    await _card(late)
    await late.presses("phuc", "Đôn đốc")
    async with late.app.database.write() as session:
        van = await office.person_by_key(session, "van")
        units = {u.key: u for u in await session.scalars(select(Unit))}
        assert van is not None
        both = [units["noi-vu"], units["an-hoa"]]
        await reorganising.merge(session, both, units["an-hoa"], By(van, late.now, late.app.office))
    await late.presses("phuc", "Gửi")
    late.has_heard("phuc", "Việc #1 vừa thay đổi (đơn vị, thời hạn hoặc tình trạng)")
    assert await urged(late) == []
    await _card(late)
    await late.presses("phuc", "Đôn đốc")
    await late.presses("phuc", "Gửi")
    late.hears("noi", "Đôn đốc #1", "quá hạn 2 ngày")  # he came along with his unit


async def test_completed_while_the_message_waits_for_morning(late: Talk) -> None:
    late.clock.forward_to(at(6, 21))
    await _card(late)
    await late.presses("phuc", "Đôn đốc")
    await late.presses("phuc", "Gửi")
    await late.says("nam", "#1 đã xong")
    await late.presses("nam", "Đúng")
    await late.until(at(7, 6, 45))
    async with late.app.database.read() as session:
        assert {row.state for row in await session.scalars(select(Outbox).where(Outbox.kind == "urge"))} == {"moot"}


async def test_a_deputy_urges_in_the_leaders_place(late: Talk) -> None:
    await late.says("van", "/giaoviec Phòng Tài chính - Kế hoạch: quyết toán trước 5/4")  # the chairman's own field
    await late.presses("van", "Phát hành")
    async with late.app.database.write() as session:
        lam, phuc = [await office.person_by_key(session, key) for key in ("lam", "phuc")]
        assert lam is not None
        assert phuc is not None
        plan = leave.Plan(lam, late.now.date(), at(8).date(), phuc)
        await leave.begin(session, plan, By(lam, late.now, late.app.office))
    await _card(late, 4)
    await late.presses("phuc", "Đôn đốc")
    late.hears("phuc", "Người đôn đốc: Phó Chủ tịch Lý Thị Phúc (thay Hoàng Văn Lâm)")
    await late.presses("phuc", "Gửi")
    late.hears("tai", "Đôn đốc #4", "Người đôn đốc: Phó Chủ tịch Lý Thị Phúc (thay Hoàng Văn Lâm)")


async def test_several_units_of_one_list_are_asked_about(late: Talk) -> None:
    await late.says("van", "/giaoviec UBND xã An Hòa: họp dân trước 7/3")
    await late.presses("van", "Phát hành")
    await late.says("phuc", "/status quá hạn")
    await late.presses("phuc", "Đôn đốc")
    late.hears("phuc", "Đôn đốc 2 việc của Phòng Nội vụ")
    await late.says("phuc", "/status chưa xong")
    await late.presses("phuc", "Đôn đốc")
    late.hears("phuc", "Các việc này của 2 đơn vị")
    await late.presses("phuc", "UBND xã An Hòa (1)")
    late.hears("phuc", "Đôn đốc #4")


async def test_other_units_people_cannot_urge(late: Talk) -> None:
    await late.says("tai", "/status")
    async with late.app.database.read() as session:
        (one,) = await life.in_order(session, [1])
    await late.forges("nam", f"urg:{one.code}", "urgl:1", "urgu:3")
    assert await urged(late) == []
    await late.forges("tai", f"urg:{one.code}", "urgs:1")
    assert await urged(late) == []
