"""What a notice says it does to an earlier one: recognised where it says so itself, left alone everywhere else."""

from __future__ import annotations

from datetime import date

import pytest

from domain.calendar import OfficeCalendar
from notices.amending import amendment_of, number_key, point_change, point_changes
from notices.model import Amendment

DAY = date(2027, 3, 5)
CALENDAR = OfficeCalendar()

REPLACES = [
    "Thông báo này thay thế Thông báo số 12/TB-UBND ngày 5/3/2027 của UBND huyện Tùng Lĩnh.",
    "Thông báo này có hiệu lực kể từ ngày ký và thay thế Thông báo số 12/TB-UBND ngày 05/3/2027.",
    "Thông báo kết luận này thay thế cho Thông báo số 12/TB-UBND ngày 05 tháng 3 năm 2027.",
    "Kết luận này thay thế toàn bộ Thông báo số 12/TB-UBND, ngày 5/3/2027.",
    "(Thay thế Thông báo số 12/TB-UBND ngày 5/3/2027)",
    "Kết luận cuộc họp về thu hoạch lúa (thay thế Thông báo số 12/TB-UBND ngày 5-3-2027)",
    "V/v thay thế Thông báo số 12/TB-UBND ngày 5/3/2027",
    "Về việc bãi bỏ Thông báo số 12/TB-UBND ngày 5/3/2027 của UBND huyện",
    "Điều 1. Bãi bỏ Thông báo số 12/TB-UBND ngày 5/3/2027 của Chủ tịch UBND huyện.",
    "2. Thu hồi Thông báo số 12 /TB - UBND ngày 5/3/2027.",
    "Văn phòng UBND huyện thông báo thay thế Thông báo số 12/TB-UBND ngày 5/3/2027 như sau:",
    "Chủ tịch UBND huyện quyết định thay thế Thông báo số 12/TB-UBND ngày 5/3/2027.",
    "Thực hiện ý kiến của Huyện ủy, UBND huyện thông báo thay thế Thông báo số 12/TB-UBND ngày 5/3/2027:",
    "Thông báo số 12/TB-UBND ngày 5/3/2027 hết hiệu lực kể từ ngày ban hành Thông báo này.",
    "Thông báo số 12/TB-UBND ngày 5/3/2027 được thay thế bằng Thông báo này.",
    "Các đơn vị nghiêm túc thực hiện; Thông báo này thay thế Thông báo số 12/TB-UBND ngày 5/3/2027.",
    "Nay thay thế Thông báo số 12/TB-UBND ngày 5/3/2027.",
]
AMENDS = [
    "Sửa đổi, bổ sung Thông báo số 12/TB-UBND ngày 5/3/2027",
    "V/v sửa đổi, bổ sung một số nội dung Thông báo số 12/TB-UBND ngày 5/3/2027 của UBND huyện",
    "Về việc điều chỉnh thời hạn thực hiện nhiệm vụ tại Thông báo số 12/TB-UBND ngày 05/3/2027",
    "Điều chỉnh một số nội dung tại Thông báo kết luận số 12/TB-UBND ngày 5 tháng 3 năm 2027",
    "Đính chính Thông báo số 12/TB-UBND ngày 5/3/2027",
    "Gia hạn thời gian thực hiện các nhiệm vụ nêu tại Thông báo số 12/TB-UBND ngày 5/3/2027",
    "Chủ tịch UBND huyện điều chỉnh một số nội dung tại Thông báo số 12/TB-UBND ngày 5/3/2027 như sau:",
    "UBND huyện Tùng Lĩnh thống nhất sửa đổi, bổ sung Thông báo số 12/TB-UBND ngày 5/3/2027 như sau:",
    "Sau khi xem xét, Thường trực Huyện ủy điều chỉnh Thông báo số 12/TB-UBND ngày 5/3/2027 như sau:",
    "1. Điều chỉnh thời hạn tại điểm 2.1 Thông báo số 12/TB-UBND ngày 5/3/2027 đến ngày 30/6/2027.",
    "- Bổ sung điểm 4 mục II Thông báo số 12/TB-UBND ngày 5/3/2027 như sau:",
    "Điều 2. Sửa đổi khoản 3 Thông báo số 12/TB-UBND ngày 5/3/2027.",
    "Thông báo này sửa đổi, bổ sung Thông báo số 12/TB-UBND ngày 5/3/2027.",
    "Bãi bỏ nội dung tại điểm 3 mục II Thông báo số 12/TB-UBND ngày 5/3/2027.",
    "Thay thế cụm từ “quý II” bằng “quý III” tại Thông báo số 12/TB-UBND ngày 5/3/2027.",
    "Thông báo này là bộ phận không tách rời và bổ sung Thông báo số 12/TB-UBND ngày 5/3/2027.",
]
NEITHER = [
    "Căn cứ Luật Tổ chức chính quyền địa phương được sửa đổi, bổ sung năm 2019;",
    "Căn cứ Nghị định số 30/2020/NĐ-CP ngày 5/3/2020 thay thế Nghị định số 110/2004/NĐ-CP;",
    "Căn cứ Thông báo số 12/TB-UBND ngày 5/3/2027 (thay thế Thông báo số 5/TB-UBND ngày 02/02/2027);",
    "Căn cứ Luật Đầu tư công sửa đổi, bổ sung; thực hiện Thông báo số 12/TB-UBND ngày 5/3/2027;",
    "Thực hiện Thông báo số 12/TB-UBND ngày 5/3/2027 của UBND huyện, các đơn vị báo cáo kết quả.",
    "1. Giao Phòng Nội vụ tham mưu sửa đổi, bổ sung Quyết định số 15/QĐ-UBND ngày 5/3/2027.",
    "2. Phòng Tư pháp rà soát, đề xuất bãi bỏ Thông báo số 12/TB-UBND ngày 5/3/2027.",
    "UBND xã An Hòa điều chỉnh Kế hoạch số 12/KH-UBND ngày 5/3/2027, hoàn thành trong tháng 4.",
    "3. UBND xã An Hòa điều chỉnh Thông báo số 12/TB-UBND ngày 5/3/2027 của xã cho phù hợp.",
    "Đề nghị Sở Nội vụ xem xét thay thế Công văn số 12/SNV-TC ngày 5/3/2027.",
    "Yêu cầu Phòng Tài chính điều chỉnh dự toán tại Quyết định số 12/QĐ-UBND ngày 5/3/2027.",
    "Thông báo số 12/TB-UBND ngày 5/3/2027 đã được thay thế trước đó.",
    "Thông báo số 9/TB-UBND đã được sửa đổi, bổ sung tại Thông báo số 12/TB-UBND ngày 5/3/2027.",
    "Xét đề nghị của Phòng Nội vụ về việc điều chỉnh thời hạn tại Thông báo số 12/TB-UBND ngày 5/3/2027;",
    "- Điều chỉnh Quyết định số 12/QĐ-UBND ngày 5/3/2027 về phân công trực lũ.",
    "Hướng dẫn sửa đổi Luật Đất đai tại Công văn số 12/STNMT-QLĐĐ ngày 5/3/2027.",
    "Sửa đổi, bổ sung một số điều của Nghị định số 43/2014/NĐ-CP ngày 5/3/2014.",
    "Bổ sung kinh phí cho các xã theo nhu cầu thực tế trước ngày 5/3/2027.",
    "Phòng Giáo dục sớm hoàn thành việc thay thế thiết bị theo Kế hoạch số 12/KH-UBND ngày 5/3/2027.",
    "Các nội dung khác của Thông báo số 12/TB-UBND ngày 5/3/2027 không thay đổi.",
    "Việc điều chỉnh quy hoạch đã nêu tại Thông báo số 12/TB-UBND ngày 5/3/2027 còn chậm.",
    "Giao Văn phòng đôn đốc các đơn vị thực hiện Thông báo này và Thông báo số 12/TB-UBND ngày 5/3/2027.",
]


@pytest.mark.parametrize("sentence", REPLACES)
def test_it_replaces_an_earlier_notice(sentence: str) -> None:
    assert amendment_of([sentence]) == Amendment("replaces", "12/TB-UBND", DAY)


@pytest.mark.parametrize("sentence", AMENDS)
def test_it_changes_parts_of_an_earlier_notice(sentence: str) -> None:
    assert amendment_of([sentence]) == Amendment("amends", "12/TB-UBND", DAY)


@pytest.mark.parametrize("sentence", NEITHER)
def test_what_others_do_or_did_is_left_alone(sentence: str) -> None:
    assert amendment_of([sentence]) is None


def test_a_date_may_be_missing() -> None:
    assert amendment_of(["Thông báo này thay thế Thông báo số 12/TB-UBND."]) == Amendment("replaces", "12/TB-UBND")


def test_a_number_may_be_bare_beside_its_date() -> None:
    found = amendment_of(["Thông báo này thay thế Thông báo số 12 ngày 5/3/2027."])
    assert found == Amendment("replaces", "12", DAY)


def test_capitals_and_old_tone_marks_are_read_too() -> None:
    found = amendment_of(
        ["ĐIỀU CHỈNH, BỔ SUNG THÔNG BÁO SỐ 12/TB-UBND NGÀY 5/3/2027", "Huỷ bỏ Thông báo số 8/TB-UBND."]
    )
    assert found == Amendment("replaces", "8/TB-UBND"), "the stronger word wins"


def test_a_notice_never_amends_itself() -> None:
    assert amendment_of(["Thông báo này thay thế Thông báo số 12/TB-UBND."], "012/TB - UBND") is None


def test_the_office_speaks_of_itself_at_the_top_only() -> None:
    sentence = "UBND huyện điều chỉnh một số nội dung tại Thông báo số 12/TB-UBND ngày 5/3/2027:"
    assert amendment_of([*["Lời mở đầu."] * 30, sentence]) is None


@pytest.mark.parametrize("written", ["12/TB-UBND", "12 /TB - UBND", "012/tb-ubnd", "12/ TB–UBND"])
def test_a_number_in_its_spellings(written: str) -> None:
    assert number_key(written) == "12/tb-ubnd"


@pytest.mark.parametrize(
    ("sentence", "ref", "day"),
    [
        ("Điều chỉnh thời hạn hoàn thành nhiệm vụ tại điểm 2.1 mục II Thông báo số 12/TB-UBND đến ngày 30/6/2027.",
         "II.2.1", date(2027, 6, 30)),
        ("Gia hạn thời gian thực hiện nhiệm vụ tại mục II.1 đến hết ngày 15/4/2027", "II.1", date(2027, 4, 15)),
        ("Điều chỉnh thời hạn tại khoản 3 từ ngày 31/3/2027 sang ngày 30/6/2027.", "3", date(2027, 6, 30)),
        ("Sửa thời hạn “trước ngày 20/3/2027” tại điểm a khoản 2 Mục III thành “trước ngày 20/5/2027”",
         "III.2.a", date(2027, 5, 20)),
        ("Lùi thời hạn báo cáo kết quả rà soát biên chế đến hết quý II/2027", None, date(2027, 6, 30)),
    ],
)  # fmt: skip
def test_a_new_deadline_for_a_point(sentence: str, ref: str | None, day: date) -> None:
    change = point_change(sentence, DAY, CALENDAR)
    assert change is not None
    assert change.deadline is not None
    assert (change.ref, change.deadline.date) == (ref, day)


@pytest.mark.parametrize(
    "sentence",
    ["Bãi bỏ nhiệm vụ tại điểm 3 mục II Thông báo số 12/TB-UBND.", "Không thực hiện nội dung nêu tại điểm 3 mục II"],
)
def test_a_point_that_is_taken_out(sentence: str) -> None:
    change = point_change(sentence, DAY, CALENDAR)
    assert change is not None
    assert change.drops
    assert change.ref == "II.3"


@pytest.mark.parametrize(
    "sentence",
    [
        "Giao Phòng Nội vụ điều chỉnh thời hạn nhận hồ sơ đến ngày 30/6/2027.",
        "Điều chỉnh quy hoạch sử dụng đất, hoàn thành trước ngày 30/6/2027.",
        "Bỏ phiếu tại điểm bầu cử trước ngày 30/6/2027.",
        "Gia hạn thời gian thực hiện nhiệm vụ tại mục II.1.",
    ],
)
def test_a_task_is_no_change_of_a_point(sentence: str) -> None:
    assert point_change(sentence, DAY, CALENDAR) is None


def test_the_points_of_a_text_in_order() -> None:
    text = "1. Điều chỉnh thời hạn tại điểm 2 đến ngày 30/6/2027.\n2. Giao Phòng Nội vụ rà soát.\n3. Bãi bỏ điểm 4."
    assert [(c.ref, c.drops) for c in point_changes(text, DAY, CALENDAR)] == [("2", False), ("4", True)]
