"""Whose a directive is, and whether it goes on: moved, kept, suspended, cancelled, reopened, and why."""

from __future__ import annotations

import pytest

from tests.arrows import arrows
from tests.talk import Talk


@pytest.fixture(autouse=True)
async def _given(talk: Talk) -> None:
    await talk.says("van", "/giaoviec Phòng Nội vụ: báo cáo biên chế trước 15/3")
    await talk.presses("van", "Phát hành")


async def declines(talk: Talk, who: str = "nam", words: str = "việc này của phòng tài chính") -> None:
    await talk.says(who, "/viec")
    await talk.presses(who, "#1")
    await talk.presses(who, "Không đúng đơn vị")
    await talk.says(who, words)
    await talk.presses(who, "Đúng")


async def opens_more(talk: Talk, label: str, who: str = "van") -> None:
    await talk.says(who, "/status #1")
    await talk.presses(who, "Khác…")
    await talk.presses(who, label)


# --- another unit ---


@arrows("H1", "I1")
async def test_a_declined_one_goes_to_the_unit_that_was_named(talk: Talk) -> None:
    await declines(talk)
    talk.hears("van", "Phòng Nội vụ đề nghị chuyển #1", "Đơn vị đề xuất: Phòng Tài chính - Kế hoạch")
    await talk.presses("van", "Chuyển đơn vị")
    await talk.presses("van", "Phòng Tài chính - Kế hoạch")
    talk.hears("van", "Đã chuyển #1 cho Phòng Tài chính - Kế hoạch")
    talk.hears("nam", "#1 đã chuyển cho Phòng Tài chính - Kế hoạch", "Phòng Nội vụ không còn phải thực hiện")
    talk.hears("tai", "Nhiệm vụ mới #1")


@arrows("I2")
async def test_the_old_unit_may_read_on_and_no_more(talk: Talk) -> None:
    await opens_more(talk, "Chuyển đơn vị")
    await talk.says("van", "Phòng Tài chính - Kế hoạch: thuộc lĩnh vực ngân sách")
    talk.hears("nam", "#1 đã chuyển cho Phòng Tài chính - Kế hoạch", "Lý do: thuộc lĩnh vực ngân sách")
    await talk.presses("nam", "#1")
    card = talk.hears("nam", "Đã chuyển: từ Phòng Nội vụ cho Phòng Tài chính - Kế hoạch ngày 31/01/2024")
    assert card.labels == ["Lịch sử"]
    await talk.presses("nam", "Lịch sử")
    talk.hears("nam", "Chuyển đơn vị", "Phòng Nội vụ → Phòng Tài chính - Kế hoạch", "thuộc lĩnh vực ngân sách")
    await talk.says("nam", "/viec")
    talk.hears("nam", "0 việc cần thực hiện")


async def test_words_of_the_old_unit_are_answered_with_where_it_went(talk: Talk) -> None:
    card = talk.last("nam")
    await opens_more(talk, "Chuyển đơn vị")
    await talk.says("van", "Phòng Tài chính - Kế hoạch")
    await talk.says("nam", "đã xong", reply_to=card)
    talk.hears("nam", "Đã chuyển: từ Phòng Nội vụ cho Phòng Tài chính - Kế hoạch")
    assert talk.last("nam").labels == ["Lịch sử"]


@arrows("I3")
async def test_what_waited_is_closed_and_who_asked_is_told(talk: Talk) -> None:
    await talk.presses("nam", "Đã nhận")
    await talk.says("nam", "#1 được 40%, vướng số liệu của các xã")
    await talk.says("nam", "#1 xin gia hạn đến 25/3 vì chờ thẩm định")
    await talk.presses("nam", "Đúng")
    await opens_more(talk, "Chuyển đơn vị")
    await talk.says("van", "UBND xã An Hòa")
    talk.has_heard("nam", "#1 đã chuyển cho UBND xã An Hòa", "25/03/2024", "Vướng mắc đã khép", "vướng số liệu")
    talk.hears("hoa", "Nhiệm vụ mới #1")
    await talk.says("phuc", "/duyet")
    assert "25/03/2024" not in talk.last("phuc").plain


async def test_the_leader_who_is_in_charge_now_is_told(talk: Talk) -> None:
    await opens_more(talk, "Chuyển đơn vị")
    await talk.says("van", "Phòng Tài chính - Kế hoạch")
    talk.hears("lam", "#1 đã chuyển cho Phòng Tài chính - Kế hoạch")
    await opens_more(talk, "Chuyển đơn vị")
    await talk.says("van", "Phòng Tài nguyên và Môi trường")
    assert len(talk.from_bot("lam")) == 1, "in charge before and after"


async def test_the_leader_who_is_in_charge_no_more_is_told_too(talk: Talk) -> None:
    await opens_more(talk, "Chuyển đơn vị")
    await talk.says("van", "Phòng Tài chính - Kế hoạch")
    talk.hears("phuc", "#1 đã chuyển cho Phòng Tài chính - Kế hoạch")
    await opens_more(talk, "Chuyển đơn vị")
    await talk.says("van", "Phòng Tài nguyên và Môi trường")
    assert len(talk.from_bot("phuc")) == 1, "not theirs any more"


async def test_a_stranger_to_it_still_sees_nothing(talk: Talk) -> None:
    await opens_more(talk, "Chuyển đơn vị")
    await talk.says("van", "Phòng Tài chính - Kế hoạch")
    await talk.says("moi", "/status #1")
    talk.hears("moi", "Không có việc #1 trong phạm vi của anh/chị")


@arrows("C", "H2", "J")
async def test_the_office_insists_and_says_why(talk: Talk) -> None:
    await talk.presses("nam", "Đã nhận")
    await declines(talk, words="không phải việc của phòng")
    await talk.presses("van", "Giữ nguyên")
    talk.hears("van", "Lý do giữ nguyên #1 ở Phòng Nội vụ?")
    await talk.says("van", "đã thống nhất tại cuộc họp giao ban")
    talk.hears("nam", "#1 giữ nguyên ở Phòng Nội vụ", "đã thống nhất tại cuộc họp giao ban")
    await talk.presses("nam", "#1")
    assert "Đã nhận" in talk.hears("nam", "đã giao, chưa nhận").labels


async def test_a_leader_insists_without_a_reason(talk: Talk) -> None:
    await declines(talk, words="không phải việc của phòng")
    await talk.presses("phuc", "Giữ nguyên")
    await talk.presses("phuc", "Không nêu lý do")
    talk.hears("phuc", "#1 giữ nguyên ở Phòng Nội vụ")
    talk.hears("nam", "#1 giữ nguyên ở Phòng Nội vụ", "Lý Thị Phúc")


# --- whether it goes on ---


@arrows("L1", "M2")
async def test_what_nobody_had_taken_is_to_be_taken_when_it_goes_on(talk: Talk) -> None:
    await opens_more(talk, "Tạm dừng")
    await talk.says("van", "chờ nghị quyết mới")
    await talk.passes(days=9)
    await opens_more(talk, "Tiếp tục")
    await talk.says("van", "đã có nghị quyết")
    news = talk.hears("nam", "#1 tiếp tục thực hiện", "Mời Phòng Nội vụ bấm Đã nhận")
    await talk.presses("nam", "Đã nhận", under=news)
    talk.hears("nam", "#1 · đang thực hiện")


@arrows("M1", "L2")
async def test_it_is_suspended_and_goes_on_by_the_old_deadline(talk: Talk) -> None:
    await talk.presses("nam", "Đã nhận")
    await opens_more(talk, "Tạm dừng")
    talk.hears("van", "Lý do tạm dừng #1?")
    await talk.says("van", "chờ nghị quyết mới")
    talk.hears("nam", "#1 tạm dừng", "Lý do: chờ nghị quyết mới")
    before = len(talk.from_bot("nam"))
    await talk.passes(days=9)
    assert len(talk.from_bot("nam")) == before, "nobody is reminded of what is suspended"
    await opens_more(talk, "Tiếp tục")
    talk.hears("van", "Lý do tiếp tục #1?")
    await talk.says("van", "đã có nghị quyết")
    talk.hears("nam", "#1 tiếp tục thực hiện", "Lý do: đã có nghị quyết", "Hạn 14/03/2024")
    await opens_more(talk, "Tạm dừng", who="phuc")
    await talk.says("phuc", "chờ ý kiến cấp trên")
    talk.hears("nam", "#1 tạm dừng", "Lý do: chờ ý kiến cấp trên")


async def test_after_it_goes_on_it_is_reminded_of_again(talk: Talk) -> None:
    await talk.presses("nam", "Đã nhận")
    await opens_more(talk, "Tạm dừng")
    await talk.says("van", "chờ nghị quyết mới")
    await talk.passes(days=30)
    await opens_more(talk, "Tiếp tục")
    await talk.says("van", "đã có nghị quyết")
    await talk.passes(days=12)
    talk.has_heard("nam", "cần chú ý", "#1")


@arrows("E2", "F", "O")
async def test_an_approval_is_taken_back(talk: Talk) -> None:
    await talk.presses("nam", "Đã nhận")
    await talk.presses("nam", "Hoàn thành")
    await talk.presses("phuc", "Duyệt")
    await talk.says("van", "/status #1")
    talk.has_heard("van", "hoàn thành", "Hoàn thành: 31/01/2024")
    await talk.presses("van", "Khác…")
    await talk.presses("van", "Mở lại")
    await talk.says("van", "thiếu phụ lục")
    talk.hears("nam", "#1 được mở lại", "Lý do: thiếu phụ lục")
    await talk.says("nam", "/viec")
    await talk.presses("nam", "#1")
    card = talk.hears("nam", "#1 · đang thực hiện")
    assert "Hoàn thành:" not in card.plain
    assert "100%" not in card.plain
    assert "Hoàn thành" in card.labels


@arrows("E1", "N3")
async def test_what_was_handed_in_may_be_cancelled(talk: Talk) -> None:
    await talk.says("nam", "#1 đã xong")
    await talk.presses("nam", "Đúng")
    await opens_more(talk, "Huỷ nhiệm vụ")
    await talk.says("van", "không còn cần thiết")
    talk.hears("nam", "#1 đã huỷ", "Lý do: không còn cần thiết")


@arrows("N1")
async def test_cancelled_before_anybody_took_it(talk: Talk) -> None:
    await opens_more(talk, "Huỷ nhiệm vụ")
    await talk.says("van", "giao nhầm")
    talk.hears("nam", "#1 đã huỷ", "Lý do: giao nhầm")
    await talk.says("nam", "#1 xong")
    talk.hears("nam", "Không làm được vì việc này đã huỷ")


@arrows("N2")
async def test_cancelled_while_something_waited(talk: Talk) -> None:
    await talk.presses("nam", "Đã nhận")
    await talk.says("nam", "#1 xin gia hạn đến 25/3 vì chờ thẩm định")
    await talk.presses("nam", "Đúng")
    await opens_more(talk, "Huỷ nhiệm vụ")
    await talk.says("van", "không còn cần thiết")
    talk.has_heard("nam", "#1 đã huỷ", "25/03/2024")


@arrows("N4")
async def test_cancelled_instead_of_an_answer(talk: Talk) -> None:
    await declines(talk)
    await opens_more(talk, "Huỷ nhiệm vụ")
    await talk.says("van", "không còn cần thiết")
    talk.hears("nam", "#1 đã huỷ")


@arrows("N5")
async def test_cancelled_instead_of_going_on(talk: Talk) -> None:
    await opens_more(talk, "Tạm dừng")
    await talk.says("van", "chờ nghị quyết mới")
    await opens_more(talk, "Huỷ nhiệm vụ")
    await talk.says("van", "nghị quyết không giao việc này")
    talk.hears("nam", "#1 đã huỷ", "nghị quyết không giao việc này")


async def test_a_reason_is_asked_for_again_where_none_came(talk: Talk) -> None:
    await opens_more(talk, "Tạm dừng")
    await talk.says("van", "   ")
    talk.hears("van", "Cần nêu lý do")
    await talk.says("van", "chờ nghị quyết mới")
    talk.hears("van", "Đã tạm dừng #1")


# --- who helps ---


async def test_a_unit_is_added_to_those_that_help(talk: Talk) -> None:
    await opens_more(talk, "Đơn vị phối hợp")
    talk.hears("van", "#1 · Đơn vị phối hợp: chưa có")
    await talk.says("van", "Phòng Tài chính - Kế hoạch; Phòng TN&MT")
    talk.hears("van", "Thêm đơn vị phối hợp của #1: Phòng Tài chính - Kế hoạch; Phòng Tài nguyên và Môi trường?")
    assert talk.from_bot("tai") == [], "nothing moves before it is confirmed"
    await talk.presses("van", "Thêm")
    talk.hears("van", "Đơn vị phối hợp: Phòng Tài chính - Kế hoạch; Phòng Tài nguyên và Môi trường")
    talk.hears("tai", "Phòng Tài chính - Kế hoạch phối hợp thực hiện #1")
    talk.hears("nam", "#1 có thêm đơn vị phối hợp", "Phòng Tài chính - Kế hoạch")


async def test_a_unit_helps_no_more(talk: Talk) -> None:
    await opens_more(talk, "Đơn vị phối hợp")
    await talk.says("van", "Phòng Tài chính - Kế hoạch")
    await talk.presses("van", "Thêm")
    await opens_more(talk, "Đơn vị phối hợp")
    await talk.presses("van", "Bớt Phòng Tài chính - Kế hoạch")
    talk.hears("van", "Bớt đơn vị phối hợp của #1: Phòng Tài chính - Kế hoạch?")
    await talk.presses("van", "Bớt")
    talk.hears("van", "Đơn vị phối hợp: không có")
    talk.hears("tai", "#1")


async def test_neither_the_lead_unit_nor_one_that_helps_is_added(talk: Talk) -> None:
    await opens_more(talk, "Đơn vị phối hợp")
    await talk.says("van", "Phòng Nội vụ")
    talk.hears("van", "Việc này đang ở Phòng Nội vụ rồi")
    await talk.says("van", "Phòng Tài chính - Kế hoạch")
    await talk.presses("van", "Thêm")
    await opens_more(talk, "Đơn vị phối hợp")
    await talk.says("van", "Phòng Tài chính - Kế hoạch")
    talk.hears("van", "Phòng Tài chính - Kế hoạch đã phối hợp việc này rồi")
