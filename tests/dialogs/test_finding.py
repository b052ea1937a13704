"""Finding a directive again: by its words, its unit, its notice, how it stands and when it was given."""

from __future__ import annotations

import pytest

from channels.base import visible
from tests.talk import Talk


@pytest.fixture
async def office(talk: Talk) -> Talk:
    """Four directives of three units, one of them draft."""
    for task in (
        "Phòng Tài nguyên và Môi trường: rà soát hiện trạng kè bờ Bắc sông Linh trước 20/2",
        "Phòng Nội vụ: xây dựng kế hoạch tuyển dụng viên chức trước 5/2",
        "UBND xã An Hòa: báo cáo tiến độ nạo vét kênh Đồng Mua trước 10/3",
    ):
        await talk.says("van", f"/giaoviec {task}")
        await talk.presses("van", "Phát hành")
    await talk.says("van", "/giaoviec Phòng Nội vụ: dự trù kinh phí sửa kè bờ Nam sông Linh trước 28/2")
    return talk


async def test_words_are_found_with_and_without_diacritics_and_in_any_order(office: Talk) -> None:
    for words in ("kè Bắc sông", "ke bac song", "sông kè bắc", "KÈ BỜ BẮC"):
        await office.says("lam", f"/tim {words}")
        shown = visible(office.hears("lam", f"Tìm “{words}”: 1 việc", "#1").text)
        assert "Rà soát hiện trạng kè bờ Bắc sông Linh" in shown
        assert "hạn 19/02/2024" in shown


async def test_a_word_with_diacritics_is_not_another_word(office: Talk) -> None:
    await office.says("lam", "/tim kè")
    assert "#2" not in visible(office.hears("lam", "1 việc", "#1").text)  # "kế hoạch" is no "kè"
    await office.says("lam", "/tim ke")
    office.hears("lam", "2 việc", "#1", "#2")


async def test_one_may_simply_say_tim(office: Talk) -> None:
    await office.says("lam", "tìm kênh đồng mua")
    office.hears("lam", "Tìm “kênh đồng mua”: 1 việc", "#3")


async def test_words_about_finding_something_are_no_search(office: Talk) -> None:
    await office.says("nam", "#2 tìm được người rồi, đang hoàn thiện hồ sơ")
    office.hears("nam", "#2")
    assert "Tìm “" not in visible(office.last("nam").text)


async def test_the_beginning_of_a_word_is_enough(office: Talk) -> None:
    await office.says("lam", "/tim tuyển dụ")
    office.hears("lam", "1 việc", "#2")


async def test_a_unit_a_state_and_days_narrow_it(office: Talk) -> None:
    await office.until(office.now.replace(month=2, day=7))
    await office.says("lam", "/tim quá hạn của phòng nội vụ")
    office.hears("lam", "Tìm quá hạn, của Phòng Nội vụ: 1 việc", "#2", "quá hạn")
    await office.says("lam", "/tim đến hạn tháng 3")
    office.hears("lam", "đến hạn từ 01/03 đến 31/03/2024: 1 việc", "#3")
    await office.says("lam", "/tim giao tháng 1")
    office.hears("lam", "giao từ 01/01 đến 31/01/2024: 3 việc")


async def test_a_notice_is_found_by_its_number(office: Talk, kept_notice: str) -> None:
    await office.says("van", kept_notice)
    await office.presses("van", "Phát hành tất cả (2)")
    for words in ("317", "TB 317/TB-UBND", "so 317"):
        await office.says("lam", f"/tim {words}")
        office.hears("lam", "văn bản số 317", "ập nhật bảng giá đất")


async def test_what_was_reported_is_found_with_who_it_is_about(office: Talk) -> None:
    await office.says("hoa", "#3 đạt 40%, vướng đường điện trung thế qua kênh")
    await office.says("lam", "/tim duong dien trung the")
    office.hears("lam", "1 việc", "#3", "Báo cáo 31/01:", "đường điện trung thế")


async def test_everybody_finds_only_what_they_may_see(office: Talk) -> None:
    await office.says("nam", "/tim kè bờ")
    office.hears("nam", "Không tìm thấy việc nào: “kè bờ”")
    await office.says("phuc", "/tim kênh")
    office.hears("phuc", "1 việc", "#3")
    await office.says("phuc", "/tim hiện trạng")
    office.hears("phuc", "Không tìm thấy")
    await office.says("an", "/tim kè")
    office.hears("an", "Không tìm thấy")


async def test_a_draft_is_found_by_the_office_alone(office: Talk) -> None:
    await office.says("van", "/tim kinh phí")
    office.hears("van", "1 việc", "#4", "dự thảo")
    await office.says("lam", "/tim kinh phí")
    office.hears("lam", "Không tìm thấy")


async def test_what_comes_nearest_is_shown_when_nothing_has_it_all(office: Talk) -> None:
    await office.says("lam", "/tim kè đã xong")
    office.hears("lam", "Tìm “kè”, đã hoàn thành: không việc nào khớp đủ", "Gần nhất:", "#1")
    await office.says("lam", "/tim tuyển dụng giáo viên mầm non")
    office.hears("lam", "không việc nào khớp đủ", "#2")


async def test_pages_are_turned_in_place_by_who_asked(office: Talk) -> None:
    for number in range(8):
        await office.says("van", f"/giaoviec UBND xã An Hòa: kiểm tra cống số {number} trước 10/3")
        await office.presses("van", "Phát hành")
    await office.says("lam", "/tim cống")
    first = office.hears("lam", "8 việc", "trang 1/2", "#12")
    (second,) = await office.presses("lam", "Sau ›")
    assert second.id == first.id
    assert "trang 2/2" in visible(second.text)
    assert "#5" in visible(second.text)
    data = next(b.data for row in first.buttons for b in row if b.label == "Sau ›")
    await office.forges("phuc", data)
    assert "trang" not in visible(office.last("phuc").text)


async def test_a_number_opens_the_directive(office: Talk) -> None:
    await office.says("lam", "/tim #1")
    office.hears("lam", "#1", "Chủ trì: Phòng Tài nguyên và Môi trường")


async def test_without_words_examples_are_given(office: Talk) -> None:
    await office.says("lam", "/tim")
    office.hears("lam", "Gõ từ cần tìm", "/tim kè Bắc sông")


@pytest.fixture
def kept_notice() -> str:
    return """ỦY BAN NHÂN DÂN HUYỆN TÙNG LĨNH
Số: 317/TB-UBND
Tùng Lĩnh, ngày 31 tháng 01 năm 2024
THÔNG BÁO
Kết luận của Chủ tịch UBND huyện tại cuộc họp giao ban
1. Giao Phòng Tài nguyên và Môi trường cập nhật bảng giá đất, hoàn thành trước ngày 20/02/2024.
2. Giao Phòng Nội vụ chủ trì rà soát vị trí việc làm, báo cáo UBND huyện trước ngày 25/02/2024.
Văn phòng HĐND và UBND huyện thông báo để các đơn vị biết, thực hiện./."""
