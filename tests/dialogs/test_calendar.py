"""The office's month on the screen: asked for in words, paged in place, with what falls due to the one who asks."""

from __future__ import annotations

import pytest

from channels.base import IncomingMessage, Sender, visible
from tests.talk import Talk

TET = "8/2–14/2: Tết Nguyên Đán"


async def give(talk: Talk, unit: str, until: str) -> None:
    await talk.says("van", f"/giaoviec {unit}: báo cáo biên chế đến hết ngày {until}")
    await talk.presses("van", "Phát hành")


async def test_this_month_and_the_next_in_place(talk: Talk) -> None:
    await talk.says("nam", "/lich")
    talk.hears("nam", "Tháng 1/2024: 22 ngày làm việc", "›31", "1/1: Tết Dương lịch")
    before = len(talk.from_bot("nam"))
    await talk.presses("nam", "Sau ›")
    talk.hears("nam", "Tháng 2/2024: 16 ngày làm việc", TET)
    await talk.presses("nam", "Tháng này")
    talk.hears("nam", "Tháng 1/2024")
    await talk.presses("nam", "‹ Trước")
    talk.hears("nam", "Tháng 12/2023")
    assert len(talk.from_bot("nam")) == before, "one message, turned over"


async def test_hours_stand_below(talk: Talk) -> None:
    await talk.says("nam", "/lich")
    talk.hears("nam", "Giờ làm việc 07:30–11:30, 13:30–17:00; từ 20:00 đến 06:30 không tự gửi tin.")


@pytest.mark.parametrize("words", ["2", "2/2024", "tháng 2", "tháng sau", "tết"])
async def test_a_month_asked_for(talk: Talk, words: str) -> None:
    await talk.says("hoa", f"/lich {words}")
    talk.hears("hoa", "Tháng 2/2024", TET)


async def test_what_is_no_month(talk: Talk) -> None:
    await talk.says("nam", "/lich 31/2 <b>")
    talk.hears("nam", "Chưa rõ “31/2 <b>” là tháng nào", "/lich tháng sau")


async def test_a_unit_sees_its_own_due_days(talk: Talk) -> None:
    await give(talk, "Phòng Nội vụ", "5/3")
    await give(talk, "Phòng Nội vụ", "14/3")
    await give(talk, "Phòng Nội vụ", "14/3")
    await give(talk, "UBND xã An Hòa", "15/3")
    await talk.says("nam", "/lich 3")
    talk.hears("nam", "Hạn của Phòng Nội vụ: 5/3 #1; 14/3 #2, #3", "5!", "14!")
    await talk.says("hoa", "/lich 3")
    talk.hears("hoa", "Hạn của UBND xã An Hòa: 15/3 #4")
    await talk.says("tai", "/lich 3")
    talk.hears("tai", "Phòng Tài chính - Kế hoạch không có việc đến hạn trong tháng này.")


async def test_what_is_reported_done_is_due_no_more(talk: Talk) -> None:
    await give(talk, "Phòng Nội vụ", "5/3")
    await talk.says("nam", "#1 đã xong")
    await talk.presses("nam", "Đúng")
    await talk.says("nam", "/lich 3")
    talk.hears("nam", "Phòng Nội vụ không có việc đến hạn")


async def test_who_looks_over_many_units_sees_counts(talk: Talk) -> None:
    await give(talk, "Phòng Nội vụ", "14/3")
    await give(talk, "UBND xã An Hòa", "14/3")
    await give(talk, "Phòng Tài chính - Kế hoạch", "15/3")
    await talk.says("phuc", "/lich 3")
    talk.hears("phuc", "Hạn của các đơn vị phụ trách: 14/3 (2 việc)\n")
    await talk.says("lam", "/lich 3")
    talk.hears("lam", "Hạn của toàn cơ quan: 14/3 (2 việc); 15/3 (1 việc)")
    await talk.says("van", "/lich 3")
    talk.hears("van", "Hạn của toàn cơ quan: 14/3 (2 việc); 15/3 (1 việc)")
    await talk.says("an", "/lich 3")
    assert "Hạn của" not in visible(talk.last("an").text)


async def test_who_stands_in_sees_the_other_field_as_well(talk: Talk) -> None:
    await give(talk, "Phòng Tài chính - Kế hoạch", "15/3")
    await talk.says("phuc", "/lich 3")
    talk.hears("phuc", "Các đơn vị phụ trách không có việc đến hạn")
    await talk.says("lam", "/vangmat đến 9/2 Phúc thay")
    await talk.presses("lam", "Đúng")
    await talk.says("phuc", "/lich 3")
    talk.hears("phuc", "15/3 (1 việc)")


async def test_in_a_group_without_anybodys_due_days(talk: Talk) -> None:
    await give(talk, "Phòng Nội vụ", "14/3")
    await talk.app.keep(
        IncomingMessage("web", "g1", "nhom", Sender("nam"), text="/lich 3", private=False, at=talk.clock())
    )
    await talk.app.settle()
    talk.hears("nhom", "Tháng 3/2024", "Giờ làm việc")
    assert "#1" not in talk.last("nhom").text
    assert "Hạn của" not in talk.last("nhom").text


async def test_forged_months_are_refused(talk: Talk) -> None:
    for data in ("lc:202413", "lc:209901", "lc:abc", "lc"):
        await talk.forges("nam", data)
        talk.hears("nam", "Nút này đã cũ")
