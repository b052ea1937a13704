"""A duplicate is merged into another directive: both are shown first, and nobody loses what was said."""

from __future__ import annotations

import pytest

from tests.arrows import arrows
from tests.talk import Talk


@pytest.fixture(autouse=True)
async def _given(talk: Talk) -> None:
    await talk.says("van", "/giaoviec Phòng Nội vụ: rà soát biên chế trước 15/3")
    await talk.presses("van", "Phát hành")
    await talk.says("van", "/giaoviec Phòng Tài chính - Kế hoạch: rà soát biên chế và kinh phí trước 1/3")
    await talk.presses("van", "Phát hành")


async def begins(talk: Talk, into: str = "#1") -> None:
    await talk.says("van", "/status #2")
    await talk.presses("van", "Khác…")
    await talk.presses("van", "Gộp việc trùng")
    await talk.says("van", into)


@arrows("R1")
async def test_both_are_shown_and_one_ends(talk: Talk) -> None:
    await begins(talk)
    talk.hears("van", "Gộp #2 vào #1", "Giữ lại #1: Rà soát biên chế", "Phòng Nội vụ · hạn 14/03/2024",
               "Khép lại #2: Rà soát biên chế và kinh phí", "#2 có hạn sớm hơn")  # fmt: skip
    await talk.presses("van", "Gộp vào #1")
    talk.hears("van", "Đã gộp #2 vào #1")
    talk.hears("tai", "#2 đã gộp vào #1", "#2 khép lại")
    talk.hears("nam", "#1 gồm cả #2", "Rà soát biên chế và kinh phí")
    await talk.says("van", "/status #1")
    talk.has_heard("van", "Gồm cả: #2", "Thời hạn: 14/03/2024")


@arrows("R2")
async def test_what_was_said_of_it_is_read_in_the_one_that_stays(talk: Talk) -> None:
    await talk.presses("tai", "Đã nhận")
    await talk.says("tai", "#2 được 30%, đã có số liệu 12 đơn vị", files=[("so-lieu.txt", b"12", "text/plain")])
    await begins(talk)
    await talk.presses("van", "Gộp vào #1")
    await talk.presses("van", "#1")
    await talk.presses("van", "Lịch sử")
    talk.hears("van", "Gồm cả việc được gộp", "đã có số liệu 12 đơn vị", "#2", "so-lieu.txt")
    await talk.says("van", "/status #1")
    await talk.presses("van", "Xem minh chứng")
    assert [f.name for m in talk.from_bot("van")[-2:] for f in m.files] == ["so-lieu.txt"]


async def test_words_about_the_duplicate_are_told_where_it_went(talk: Talk) -> None:
    card = talk.last("tai")
    await begins(talk)
    await talk.presses("van", "Gộp vào #1")
    await talk.says("tai", "#2 xong")
    talk.hears("tai", "Việc #2 đã gộp vào #1")
    await talk.says("tai", "đang làm, được 20%", reply_to=card)
    talk.hears("tai", "Việc #2 đã gộp vào #1")


async def test_its_unit_helps_if_the_office_wants_it(talk: Talk) -> None:
    await begins(talk)
    await talk.presses("van", "Gộp, đơn vị cũ phối hợp")
    talk.hears("van", "Đã gộp #2 vào #1. Phòng Tài chính - Kế hoạch phối hợp việc #1.")
    talk.has_heard("tai", "#2 đã gộp vào #1")
    talk.has_heard("tai", "Phòng Tài chính - Kế hoạch phối hợp thực hiện #1")


@arrows("R3")
async def test_a_declined_duplicate_needs_no_other_answer(talk: Talk) -> None:
    await talk.presses("tai", "Không đúng đơn vị")
    await talk.says("tai", "trùng với việc của phòng nội vụ")
    await talk.presses("tai", "Đúng")
    await begins(talk)
    await talk.presses("van", "Gộp vào #1")
    talk.hears("tai", "#2 đã gộp vào #1")


@arrows("R4")
async def test_a_suspended_duplicate(talk: Talk) -> None:
    await talk.says("van", "/status #2")
    await talk.presses("van", "Khác…")
    await talk.presses("van", "Tạm dừng")
    await talk.says("van", "có thể trùng việc")
    await begins(talk)
    await talk.presses("van", "Gộp vào #1")
    talk.hears("tai", "#2 đã gộp vào #1")


async def test_not_into_itself_nor_into_what_has_ended(talk: Talk) -> None:
    await begins(talk, "#2")
    talk.hears("van", "Đây chính là việc #2")
    await talk.says("van", "việc đầu tiên")
    talk.hears("van", "Chưa thấy số của việc")
    await talk.says("van", "#77")
    talk.hears("van", "Không có việc #77")
    await talk.says("van", "/status #1")
    await talk.presses("van", "Khác…")
    await talk.presses("van", "Huỷ nhiệm vụ")
    await talk.says("van", "giao nhầm")
    await begins(talk, "1")
    talk.hears("van", "Việc #1 đã huỷ nên không gộp vào được")


async def test_a_chain_of_merges_leads_to_the_one_that_is_left(talk: Talk) -> None:
    await talk.says("van", "/giaoviec Phòng TN&MT: rà soát biên chế ngành trước 1/4")
    await talk.presses("van", "Phát hành")
    await begins(talk)
    await talk.presses("van", "Gộp vào #1")
    await talk.says("van", "/status #1")
    await talk.presses("van", "Khác…")
    await talk.presses("van", "Gộp việc trùng")
    await talk.says("van", "#3")
    await talk.presses("van", "Gộp vào #3")
    await talk.says("tai", "#2 xong")
    talk.hears("tai", "Việc #2 đã gộp vào #3")
    await talk.says("van", "/status #3")
    talk.has_heard("van", "Gồm cả: #1, #2")
