"""Several tasks in one paragraph, each with its own unit and day; times of procedures and told-again terms."""

from datetime import date

import pytest

from notices.reading import read_notice

OPENING = "Chủ tịch UBND huyện kết luận như sau:\n"


def tasks(*lines):
    return read_notice(OPENING + "\n".join(lines), date(2027, 3, 1)).directives


@pytest.mark.parametrize(
    ("line", "leads"),
    [
        (
            "Lầy lội tại chợ (cử tri thôn Đồi): giao Phòng Kinh tế rải đá mạt.",
            [("Phòng Kinh tế",)],
        ),
        (
            "Phòng Nội vụ, Phòng Y tế: tuyển đủ viên chức; Phòng Y tế còn phải dự trữ thuốc.",
            [("Phòng Nội vụ", "Phòng Y tế"), ("Phòng Y tế",)],
        ),
        (
            "Các đồng chí bí thư đảng ủy xã, phường: gặp gỡ người dân; các xã Đồi Mận, Suối Lê báo cáo sạt lở.",
            [("Các đồng chí bí thư đảng ủy xã, phường",), ("Xã Đồi Mận", "Xã Suối Lê")],
        ),
        (
            "Về an ninh, trật tự: Đảng ủy Quân sự huyện, Đảng ủy Công an huyện lãnh đạo trực Tết.",
            [("Đảng ủy Quân sự huyện", "Đảng ủy Công an huyện")],
        ),
        ("Vào thứ Hai hằng tuần Văn phòng UBND huyện công khai danh sách chậm.", [("Văn phòng UBND huyện",)]),
        (
            '"Phòng Kinh tế phải thêm hai đội; Phòng Nội vụ rà soát nhân lực", ông nói.',
            [("Phòng Kinh tế",), ("Phòng Nội vụ",)],
        ),
        (
            "Phòng Y tế báo cáo trước ngày 12/3/2027; Phòng Nội vụ tổng hợp. Khi xảy ra ngộ độc phải báo tin ngay.",
            [("Phòng Y tế",), ("Phòng Nội vụ",), ("all units",)],
        ),
    ],
)
def test_each_of_several_units_in_one_paragraph_keeps_its_task(line, leads):
    assert [d.lead for d in tasks(f"1. {line}")] == leads


@pytest.mark.parametrize(
    ("line", "dates"),
    [
        (
            "Phòng Kinh tế bàn giao móng kè trước ngày 15/4/2027 và hành lang thi công trước ngày 30/4/2027.",
            [date(2027, 4, 15), date(2027, 4, 30)],
        ),
        (
            "Phòng Nội vụ hoàn thành xếp loại ở cấp thôn trước 15/4, ở các phòng trước 25/4.",
            [date(2027, 4, 15), date(2027, 4, 25)],
        ),
        ("Phòng Nội vụ thẩm tra hồ sơ; trả kết quả trong 05 ngày làm việc kể từ ngày nhận đủ hồ sơ.", [None]),
        ("Phòng Y tế mở đường dây nóng; xử lý tin báo trong vòng 24 giờ kể từ khi tiếp nhận.", [None]),
        ("Phòng Y tế lập hai đoàn; tổ chức kiểm tra từ ngày 15/3/2027 đến hết ngày 10/5/2027.", [date(2027, 5, 10)]),
        ("Công an xã mở đợt cao điểm truy quét từ 15/7 đến 15/9/2027.", [date(2027, 9, 15)]),
        ("Phòng Y tế tổ chức khám sức khỏe cho người lao động trong 6 tháng đầu năm.", [date(2027, 6, 30)]),
        ("Phòng Kinh tế thay ống trong tháng 4/2027, không chậm hơn ngày 25/4.", [date(2027, 4, 25)]),
        (
            "Phòng Kinh tế mua máy bơm; ký hợp đồng chậm nhất sau 15 ngày kể từ ngày ra thông báo này.",
            [date(2027, 3, 16)],
        ),
        (
            "Phòng Kinh tế: tiêu chí Chợ; đồng thời hướng dẫn xã Đồi Mận lấp hố rác xong trước 15/4/2027.",
            [None, date(2027, 4, 15)],
        ),
    ],
)
def test_a_day_belongs_to_its_part_and_the_time_of_a_procedure_is_none(line, dates):
    found = read_notice(OPENING + f"1. {line}", date(2027, 3, 1)).directives
    assert [d.deadline.date if d.deadline else None for d in found] == dates


def test_a_table_of_terms_that_earlier_documents_gave_gives_nothing_new():
    read = read_notice(
        OPENING + "1. Phòng Kinh tế rà soát việc chậm.\n\n"
        "| TT | Văn bản giao | Nội dung | Đơn vị chủ trì | Hạn đã giao |\n|---|---|---|---|---|\n"
        "| 1 | Công văn số 12/UBND | Phương án đỗ xe | Phòng Kinh tế | 28/02/2027 |\n",
        date(2027, 3, 1),
    )
    assert [d.ref for d in read.directives] == ["1"]


def test_a_list_that_semicolons_part_after_who_asks_is_one():
    (found,) = tasks("UBND huyện đề nghị các phòng, ban; các trường học và các hộ dân treo cờ dịp lễ.")
    assert found.lead[0] == "các phòng, ban"


def test_a_meeting_about_business_is_no_unit():
    read = read_notice(
        "Tại cuộc họp giao ban SXKD tháng 3, Tổng Giám đốc kết luận và giao nhiệm vụ như sau:\n1. Rà soát kho bãi.",
        date(2027, 3, 1),
    )
    assert [d.lead for d in read.directives] == [("all units",)]
