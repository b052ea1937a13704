"""A directive is split into parts: each line a part, shown first; nobody gains a day by it."""

from __future__ import annotations

import re

import pytest

from tests.arrows import arrows
from tests.talk import Talk


@pytest.fixture(autouse=True)
async def _given(talk: Talk) -> None:
    await talk.says("van", "/giaoviec Phòng Nội vụ: xây dựng đề án vị trí việc làm trước 15/3")
    await talk.presses("van", "Phát hành")


async def begins(talk: Talk, number: int = 1, who: str = "van") -> None:
    await talk.says(who, f"/status #{number}")
    await talk.presses(who, "Khác…")
    await talk.presses(who, "Tách việc")


TWO = "Phòng Nội vụ: soạn đề án\nPhòng Tài chính - Kế hoạch: thẩm định kinh phí, trước 1/3"


@arrows("Q1", "A")
async def test_two_lines_become_two_directives(talk: Talk) -> None:
    await begins(talk)
    talk.hears("van", "Tách #1 thành những phần nào? Mỗi phần một dòng")
    await talk.says("van", TWO)
    talk.hears("van", "1. Phòng Nội vụ: Soạn đề án · hạn 14/03/2024",
               "2. Phòng Tài chính - Kế hoạch: Thẩm định kinh phí · hạn 29/02/2024")  # fmt: skip
    assert talk.from_bot("tai") == [], "nothing moves before it is confirmed"
    await talk.presses("van", "Tách việc")
    talk.hears("van", "Đã tách #1 thành #2, #3")
    talk.has_heard("nam", "#1 đã tách thành #2, #3", "#1 khép lại")
    talk.has_heard("nam", "Nhiệm vụ mới #2", "Soạn đề án")
    talk.hears("tai", "Nhiệm vụ mới #3", "Thẩm định kinh phí")


async def test_each_part_says_where_it_came_from_and_the_original_where_it_went(talk: Talk) -> None:
    await begins(talk)
    await talk.says("van", TWO)
    await talk.presses("van", "Tách việc")
    await talk.presses("van", "#3")
    talk.hears("van", "Tách từ: #1", "Thời hạn: 29/02/2024")
    await talk.presses("van", "Lịch sử")
    talk.hears("van", "Phát hành", "Tách từ #1")
    await talk.says("van", "/status #1")
    talk.has_heard("van", "#1 · đã huỷ", "Đã tách thành: #2, #3")
    talk.hears("van", "Tách việc", "Tách thành #2, #3")


async def test_words_about_the_original_get_the_numbers_of_its_parts(talk: Talk) -> None:
    card = talk.last("nam")
    await begins(talk)
    await talk.says("van", TWO)
    await talk.presses("van", "Tách việc")
    await talk.says("nam", "đã xong", reply_to=card)
    talk.hears("nam", "Việc #1 đã tách thành #2, #3")


@arrows("Q2")
async def test_what_waited_ends_with_it(talk: Talk) -> None:
    await talk.presses("nam", "Đã nhận")
    await talk.says("nam", "#1 xin gia hạn đến 25/3 vì chờ thẩm định")
    await talk.presses("nam", "Đúng")
    await begins(talk)
    await talk.says("van", "1. soạn đề án\n2. lấy ý kiến các xã")
    await talk.presses("van", "Tách việc")
    talk.has_heard("nam", "#1 đã tách thành #2, #3", "25/03/2024")
    talk.has_heard("nam", "#2", "Soạn đề án", "#3", "Lấy ý kiến các xã")


@arrows("Q3")
async def test_the_part_that_is_another_units_goes_there(talk: Talk) -> None:
    await talk.presses("nam", "Không đúng đơn vị")
    await talk.says("nam", "phần kinh phí không thuộc phòng")
    await talk.presses("nam", "Đúng")
    await begins(talk)
    await talk.says("van", TWO)
    await talk.presses("van", "Tách việc")
    talk.hears("tai", "Nhiệm vụ mới #3")


NOTICE = """UBND HUYỆN TÙNG LĨNH
Số: 31/TB-UBND
Tùng Lĩnh, ngày 30 tháng 01 năm 2024
THÔNG BÁO
Kết luận tại cuộc họp giao ban
1. Giao UBND các xã rà soát hộ nghèo, báo cáo trước ngày 15/3/2024.
"""


async def test_of_a_clause_for_many_the_parts_count_as_the_one_unit(talk: Talk) -> None:
    await talk.says("van", NOTICE)
    await talk.presses("van", "Phát hành tất cả (1)")
    await begins(talk, 2)
    await talk.says("van", "UBND xã An Hòa: lập danh sách\nUBND xã An Hòa: niêm yết công khai")
    await talk.presses("van", "Tách việc")
    talk.hears("van", "Đã tách #2 thành #4, #5")
    assert await shared_count(talk) == "giao chung, 0/2 đơn vị đã xong"
    await hands_in(talk, "hoa", 4)
    assert await shared_count(talk) == "giao chung, 0/2 đơn vị đã xong", "the other part is not done"
    await hands_in(talk, "hoa", 5)
    assert await shared_count(talk) == "giao chung, 1/2 đơn vị đã xong"


async def hands_in(talk: Talk, who: str, number: int) -> None:
    await talk.says(who, f"#{number} đã xong")
    await talk.presses(who, "Đúng")
    await talk.presses("phuc", "Duyệt")


async def shared_count(talk: Talk) -> str:
    await talk.says("lam", "/status chưa xong")
    return re.findall(r"giao chung, \d+/\d+ đơn vị đã xong", talk.last("lam").plain)[0]


async def test_no_part_gets_more_time(talk: Talk) -> None:
    await begins(talk)
    await talk.says("van", "soạn đề án\nlấy ý kiến các xã trước 30/3")
    talk.hears("van", "29/03/2024 muộn hơn hạn của việc gốc (14/03/2024)")
    await talk.says("van", "soạn đề án\nlấy ý kiến các xã trước 10/3")
    talk.hears("van", "Tách #1 thành 2 việc", "hạn 09/03/2024")


async def test_the_first_deadline_goes_along(talk: Talk) -> None:
    await talk.presses("nam", "Đã nhận")
    await talk.says("nam", "#1 xin gia hạn đến 25/3 vì chờ thẩm định")
    await talk.presses("nam", "Đúng")
    await talk.presses("phuc", "Đồng ý")
    await begins(talk)
    await talk.says("van", "soạn đề án\nlấy ý kiến các xã")
    await talk.presses("van", "Tách việc")
    await talk.says("van", "/status #2")
    talk.has_heard("van", "25/03/2024", "hạn đầu 14/03/2024")


async def test_what_was_granted_before_counts_for_the_parts(talk: Talk) -> None:
    await talk.presses("nam", "Đã nhận")
    for number, until in ((1, "20/3"), (2, "25/3")):
        await talk.says("nam", f"#{number} xin gia hạn đến {until} vì chờ thẩm định")
        await talk.presses("nam", "Đúng")
        await talk.presses("phuc", "Đồng ý")
        if number == 1:
            await begins(talk)
            await talk.says("van", "soạn đề án\nlấy ý kiến các xã")
            await talk.presses("van", "Tách việc")
    await talk.says("nam", "#2 xin gia hạn đến 30/3 vì chờ thẩm định")
    talk.hears("nam", "Việc #2 đã được gia hạn 2 lần")
    await talk.says("nam", "#3 xin gia hạn đến 30/3 vì chờ thẩm định")
    talk.hears("nam", "Xin gia hạn #3")


async def test_one_line_is_no_split(talk: Talk) -> None:
    await begins(talk)
    await talk.says("van", "soạn đề án")
    talk.hears("van", "Tách thành từ 2 đến 20 phần, mỗi phần một dòng")


async def test_a_long_list_is_no_new_document(talk: Talk) -> None:
    await begins(talk)
    await talk.says("van", "\n".join(f"- việc phần {n}" for n in "ABCDEFG"))
    talk.hears("van", "Tách #1 thành 7 việc", "7. Phòng Nội vụ: Việc phần G")


async def test_a_leader_does_not_split_into_anothers_field(talk: Talk) -> None:
    await begins(talk, who="phuc")
    await talk.says("phuc", TWO)
    await talk.presses("phuc", "Tách việc")
    talk.hears("phuc", "Chỉ Văn phòng hoặc lãnh đạo phụ trách")
    await talk.says("van", "/status #1")
    talk.has_heard("van", "#1 · đã giao, chưa nhận")
    assert talk.from_bot("tai") == []


async def test_what_comes_again_is_not_split(talk: Talk) -> None:
    await talk.says("van", "/giaoviec Phòng Nội vụ: báo cáo quân số trước ngày 25 hằng tháng")
    await talk.presses("van", "Phát hành")
    await begins(talk, 2)
    talk.hears("van", "Việc #2 lặp lại định kỳ nên không tách")


async def test_an_old_confirmation_does_nothing(talk: Talk) -> None:
    await begins(talk)
    await talk.says("van", TWO)
    shown = talk.last("van")
    await talk.says("van", "soạn đề án\nlấy ý kiến các xã")
    await talk.presses("van", "Tách việc", under=shown)
    talk.hears("van", "Nút này đã cũ")
