"""Difficulties and proposals: who hears of them, the answer word for word, and that they stay open until solved."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from sqlalchemy import select

from db.models import Obstacle, Transition
from domain.calendar import OFFICE_ZONE
from tests.talk import Talk


@pytest.fixture(autouse=True)
async def _given(talk: Talk) -> None:
    await talk.says("van", "/giaoviec Phòng Nội vụ: báo cáo biên chế trước 15/3")
    await talk.presses("van", "Phát hành")


async def items(talk: Talk) -> list[Obstacle]:
    async with talk.app.database.read() as session:
        return list(await session.scalars(select(Obstacle).order_by(Obstacle.id)))


async def states(talk: Talk) -> list[tuple[str, str | None]]:
    return [(item.kind, item.outcome) for item in await items(talk)]


async def goes_to(talk: Talk, day: int, hour: int = 8) -> None:
    await talk.until(datetime(2024, 2, day, hour, tzinfo=OFFICE_ZONE))


async def test_the_office_and_the_leader_hear_of_it_and_the_answer_goes_back_word_for_word(talk: Talk) -> None:
    await talk.says("nam", "#1 được 40%, còn vướng mặt bằng")
    for who in ("van", "phuc"):
        message = talk.hears(who, "Phòng Nội vụ báo vướng mắc ở #1", "Vướng mắc: còn vướng mặt bằng")
        assert {"Trả lời", "Đã tháo gỡ"} <= set(message.labels)
    await talk.presses("phuc", "Trả lời")
    talk.hears("phuc", "Trả lời Phòng Nội vụ về #1 (hôm nay): “còn vướng mặt bằng”")
    await talk.says("phuc", "Mời xã An Hòa họp <thứ Sáu>, tôi chủ trì")
    talk.hears("phuc", "Đã gửi câu trả lời về #1 cho Phòng Nội vụ", "còn mở đến khi được tháo gỡ")
    for who in ("nam", "noi", "van"):
        talk.hears(who, "Trả lời vướng mắc ở #1", "“Mời xã An Hòa họp <thứ Sáu>, tôi chủ trì”", "Lý Thị Phúc")
    assert await states(talk) == [("difficulty", None)]
    await talk.says("van", "/status #1")
    await talk.presses("van", "Lịch sử")
    talk.hears("van", "Trả lời khó khăn, đề xuất", "Mời xã An Hòa họp")


async def test_the_unit_says_with_one_press_that_it_is_solved(talk: Talk) -> None:
    await talk.says("nam", "#1 còn vướng mặt bằng")
    await talk.presses("van", "Trả lời")
    await talk.says("van", "đã đề nghị xã bàn giao")
    message = talk.hears("nam", "đã đề nghị xã bàn giao")
    assert "Trả lời" not in message.labels
    await talk.presses("nam", "Đã tháo gỡ")
    talk.hears("nam", "#1: đã ghi vướng mắc được tháo gỡ")
    talk.hears("van", "Đã tháo gỡ vướng mắc ở #1", "còn vướng mặt bằng", "Phạm Văn Nam")
    assert await states(talk) == [("difficulty", "solved")]


async def test_the_office_says_that_it_is_solved_and_the_unit_is_told(talk: Talk) -> None:
    await talk.says("nam", "#1 còn vướng mặt bằng")
    await talk.presses("van", "Đã tháo gỡ")
    talk.hears("nam", "Đã tháo gỡ vướng mắc ở #1", "Đỗ Thị Vân")
    await talk.presses("phuc", "Trả lời")
    talk.hears("phuc", "Mục này của #1 đã được tháo gỡ")


async def test_words_that_say_it_is_over_close_it_and_the_office_is_told(talk: Talk) -> None:
    await talk.says("nam", "#1 còn vướng mặt bằng")
    await talk.says("nam", "#1 đã hết vướng, được 90%")
    talk.hears("van", "Đã tháo gỡ vướng mắc ở #1")
    assert await states(talk) == [("difficulty", "solved")]


@pytest.mark.parametrize("words", ["chưa hết vướng mặt bằng", "khi nao het vuong em bao", "chờ hết vướng mới làm tiếp"])
async def test_words_that_it_is_not_over_yet_leave_it_open(talk: Talk, words: str) -> None:
    await talk.says("nam", "#1 còn vướng mặt bằng")
    await talk.says("nam", f"#1 {words}")
    assert await states(talk) == [("difficulty", None)]


async def test_a_proposal_is_called_one_and_holds_nobody_up(talk: Talk) -> None:
    await talk.says("nam", "#1 đề nghị UBND huyện bố trí kinh phí")
    talk.hears("van", "Phòng Nội vụ nêu đề xuất ở #1", "Đề xuất: đề nghị UBND huyện bố trí kinh phí")
    await talk.says("lam", "/status")
    assert "vướng mắc" not in talk.last("lam").plain
    await talk.says("van", "/status #1")
    talk.has_heard("van", "#1 · đang thực hiện", "Đề xuất: đề nghị UBND huyện")
    await talk.presses("van", "Đã tháo gỡ")
    talk.hears("nam", "Đã tháo gỡ đề xuất ở #1")


async def test_the_same_said_again_goes_on_with_its_days_and_waits_for_an_answer_anew(talk: Talk) -> None:
    await talk.says("nam", "#1 còn vướng mặt bằng")
    await talk.presses("van", "Trả lời")
    await talk.says("van", "đang xử lý")
    await goes_to(talk, 5)
    await talk.says("nam", "#1 vẫn vướng mặt bằng 2 hộ")
    assert await states(talk) == [("difficulty", "replaced"), ("difficulty", None)]
    await talk.says("phuc", "/khokhan")
    talk.hears("phuc", "Khó khăn, đề xuất chưa tháo gỡ: 1", "1 chưa trả lời", "vướng mắc, 5 ngày, chưa trả lời", "2 hộ")


async def test_another_difficulty_stands_beside_the_first(talk: Talk) -> None:
    await talk.says("nam", "#1 chưa có mặt bằng")
    await talk.says("nam", "#1 thiếu kinh phí")
    await talk.says("van", "/khokhan")
    talk.hears("van", "Khó khăn, đề xuất chưa tháo gỡ: 2", "chưa có mặt bằng", "thiếu kinh phí")


async def test_a_misreading_taken_back_leaves_everything_as_it_was(talk: Talk) -> None:
    await talk.says("nam", "#1 còn vướng mặt bằng")
    await goes_to(talk, 1, 9)
    await talk.says("nam", "#1 vẫn vướng mặt bằng")
    await talk.presses("nam", "Sửa")
    await talk.presses("nam", "Bỏ báo cáo này")
    first, second = await items(talk)
    assert (first.outcome, first.closed_at, second.outcome) == (None, None, "withdrawn")


async def test_the_list_is_of_ones_own_field_and_answers_with_one_press(talk: Talk) -> None:
    await talk.says("van", "/giaoviec UBND xã An Hòa: làm đường trước 20/3")
    await talk.presses("van", "Phát hành")
    await talk.says("nam", "#1 còn vướng mặt bằng")
    await talk.says("hoa", "#2 thiếu kinh phí")
    await talk.says("noi", "/khokhan")
    message = talk.hears("noi", "Khó khăn, đề xuất chưa tháo gỡ: 1", "Phòng Nội vụ", "còn vướng mặt bằng")
    assert message.labels == ["#1", "Đã tháo gỡ #1"]
    await talk.says("lam", "/khokhan")
    talk.hears("lam", "chưa tháo gỡ: 2", "UBND xã An Hòa")
    await talk.presses("lam", "Trả lời #2")
    await talk.says("lam", "bổ sung trong quý II")
    talk.hears("hoa", "Trả lời vướng mắc ở #2", "bổ sung trong quý II")
    await talk.says("van", "/khokhan")
    assert talk.last("van").plain.index("#1") < talk.last("van").plain.index("#2"), "without an answer first"
    talk.hears("van", "Hoàng Văn Lâm: “bổ sung trong quý II”")
    await talk.says("tai", "/khokhan")
    talk.hears("tai", "Hiện không có")


async def test_pages_are_turned_in_place(talk: Talk) -> None:
    matters = ("mặt bằng", "kinh phí", "nhân lực", "hồ sơ đất", "máy tính", "xăng xe")
    for matter in matters:
        await talk.says("nam", f"#1 còn thiếu {matter}")
    await talk.says("van", "/khokhan")
    talk.hears("van", "chưa tháo gỡ: 6 · trang 1/2", "mặt bằng")
    await talk.presses("van", "Sau ›")
    talk.hears("van", "trang 2/2", "xăng xe")


async def test_only_the_assigners_side_answers(talk: Talk) -> None:
    await talk.says("nam", "#1 còn vướng mặt bằng")
    (item,) = await items(talk)
    await talk.forges("nam", f"tl:{item.code}")
    talk.hears("nam", "do Văn phòng hoặc lãnh đạo phụ trách trả lời")
    await talk.forges("tai", f"tg:{item.code}")
    talk.hears("tai", "do Văn phòng hoặc lãnh đạo phụ trách trả lời")
    assert await states(talk) == [("difficulty", None)]


async def test_what_ends_leaves_nothing_waiting(talk: Talk) -> None:
    await talk.says("nam", "#1 còn vướng mặt bằng")
    await talk.says("nam", "#1 đã xong")
    await talk.presses("nam", "Đúng")
    await talk.presses("phuc", "Duyệt")
    assert await states(talk) == [("difficulty", "ended")]
    await talk.says("van", "/khokhan")
    talk.hears("van", "Hiện không có")


async def test_every_step_is_in_the_audit(talk: Talk) -> None:
    await talk.says("nam", "#1 còn vướng mặt bằng")
    await talk.presses("van", "Trả lời")
    await talk.says("van", "chờ họp")
    await talk.presses("nam", "Đã tháo gỡ")
    async with talk.app.database.read() as session:
        rows = list(await session.scalars(select(Transition).order_by(Transition.id)))
    assert [row.event for row in rows][-3:] == ["report", "difficulty_answered", "difficulty_solved"]
    assert rows[-2].reason == "chờ họp"
    assert rows[-1].details["brought_up"] == "còn vướng mặt bằng"


async def test_the_digest_and_the_list_show_days_open(talk: Talk) -> None:
    await talk.says("nam", "#1 còn vướng mặt bằng")
    await goes_to(talk, 5)
    talk.has_heard("phuc", "Bản tin sáng", "Khó khăn, đề xuất: 1 (1 chưa trả lời)", "còn vướng mặt bằng, 5 ngày")
    await talk.says("phuc", "/status vướng mắc")
    talk.hears("phuc", "Vướng 5 ngày (từ 31/01): còn vướng mặt bằng")
    await talk.says("phuc", "/bantin")
    await talk.presses("phuc", "Trả lời #1")
    await talk.says("phuc", "mời họp sáng mai")
    talk.hears("nam", "mời họp sáng mai")
    await talk.says("phuc", "/bantin")
    talk.has_heard("phuc", "Khó khăn, đề xuất: 1", "còn vướng mặt bằng, 5 ngày, đã trả lời")


@pytest.mark.parametrize("answered", [False, True])
async def test_what_nobody_answers_for_two_working_days_is_in_the_offices_morning(talk: Talk, answered: bool) -> None:
    await talk.says("nam", "#1 còn vướng mặt bằng")
    if answered:
        await talk.presses("van", "Trả lời")
        await talk.says("van", "chờ họp")
    await goes_to(talk, 1, 17)
    assert not any("chưa trả lời" in m.plain for m in talk.from_bot("van"))
    await goes_to(talk, 2, 9)
    heard = [m for m in talk.from_bot("van") if "Khó khăn, đề xuất chưa trả lời (1)" in m.plain]
    assert len(heard) == (0 if answered else 1)
    if heard:
        assert "#1" in heard[0].plain
        assert {"Trả lời", "Đã tháo gỡ"} <= set(heard[0].labels)
        await goes_to(talk, 5, 17)
        assert sum("chưa trả lời (1)" in m.plain for m in talk.from_bot("van")) == 1, "not every day"
        await goes_to(talk, 6, 9)
        assert sum("chưa trả lời (1)" in m.plain for m in talk.from_bot("van")) == 2
        assert (await items(talk))[0].opened_at.date() == date(2024, 1, 31)
