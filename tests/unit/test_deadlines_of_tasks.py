"""Deadlines in sentences known to be tasks: days that only a task makes deadlines, and those that stay none."""

from datetime import date

import pytest

from domain.deadlines import EVENT, find_deadlines
from notices.reading import read_notice
from notices.stacked import in_rows

ISSUED = date(2027, 3, 1)
HEAD = "Chủ tịch UBND huyện kết luận như sau:\n"


def read(text, issued=ISSUED, **more):
    return [f"{d.date:%d/%m/%Y}" for d in find_deadlines(text, issued, ordered=True, **more) if d.date]


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("Phòng Nội vụ lập danh sách, trình Chủ tịch ngày 15/4.", ["15/04/2027"]),
        ("Lập phương án trực các ngày lễ 30/4, 01/5, báo cáo Giám đốc ngày 15/4/2027.", ["15/04/2027"]),
        ("Kiểm tra việc thực hiện, báo cáo tại giao ban ngày 08/6/2027.", ["08/06/2027"]),
        ("Tổ chức tháng an toàn (01/6 - 30/6), phát động vào 29/5.", ["29/05/2027"]),
        ("Phấn đấu đạt 99% vào cuối năm.", ["31/12/2027"]),
        ("Lập danh sách gửi Sở Xây dựng không muộn hơn 03/6.", ["03/06/2027"]),
        ("Tiêm bù cho trẻ; đến 15/6 phải đạt ít nhất 95%.", ["15/06/2027"]),
        ("Rà soát các chi hội; báo cáo kết quả cuối tháng 4/2027.", ["30/04/2027"]),
        ("Lập hồ sơ thanh lý, trình Giám đốc tuần sau.", ["14/03/2027"]),
        ("Chuẩn bị báo cáo, bản nháp cuối tuần này gửi tôi xem.", ["07/03/2027"]),
        ("Sơ kết 6 tháng trước ngày 05/7/2027.", ["05/07/2027"]),
        ("Kiểm tra ba xã; thời gian thực hiện trong 6 tháng đầu năm 2027.", ["30/06/2027"]),
        ("Tổng hợp vi phạm gửi Giám đốc cuối mỗi tháng.", ["31/03/2027"]),
        ("Tổng hợp vi phạm gửi Giám đốc cuối mỗi quý.", ["31/03/2027"]),
        ("Công khai danh sách vào ngày làm việc cuối cùng của tháng.", ["31/03/2027"]),
        ("Công khai việc quá hạn trên bảng tin ngày 28 mỗi tháng.", ["28/03/2027"]),
        ("Định kỳ ngày 10 của tháng đầu quý, cập nhật danh mục tài sản.", ["10/04/2027"]),
        ("Từ tháng 10, cứ vào thứ Hai hằng tuần cập nhật kết quả.", ["04/10/2027"]),
        ("Chi bộ sinh hoạt định kỳ từ ngày 01 đến ngày 05 hằng tháng.", ["05/03/2027"]),
        ("Quý 4 năm 2027, Phòng Y tế phải trình đề án.", ["31/12/2027"]),
        ("Hoàn thiện dự thảo, trình giữa tháng 11/2027.", ["20/11/2027"]),
        ("Ra quân đợt cao điểm từ nay đến hết tháng 8/2027.", ["31/08/2027"]),
        ("Từ ngày 03 đến ngày 14/6/2027: tự kiểm tra tại các trạm.", ["14/06/2027"]),
        ("Lộ trình: quý III, quý IV năm 2027.", ["31/12/2027"]),
        ("Quá ngày 25/9/2027, đơn vị nào không gửi ý kiến coi như thống nhất.", ["25/09/2027"]),
        ("TGHT: 15/8/27", ["15/08/2027"]),
        # The word of finishing has a time of its own.
        ("Dọn các tuyến phục vụ lễ 30/4 - 01/5, xong trước 29/4.", ["29/04/2027"]),
        ("Giải quyết đơn tồn từ quý IV/2027, xong trong tuần này.", ["07/03/2027"]),
        ("Trả lời Công văn số 12/SNV ngày 20/3/2027 xong trong ngày 25/3.", ["25/03/2027"]),
        ("Sau khi nhận được văn bản này, báo cáo kết quả trong vòng 07 ngày.", ["08/03/2027"]),
    ],
)
def test_when_a_task_is_due(text, days):
    assert read(text) == days


@pytest.mark.parametrize(
    "text",
    [
        "Tổ chức chiến dịch dọn bãi biển (dự kiến ngày 11-12/10/2027).",
        "Chuẩn bị làm việc với Đoàn kiểm tra dự kiến về huyện vào tháng 11 năm 2027.",
        "Báo cáo Giám đốc theo Công văn ngày 15/4/2027.",
        "Báo cáo Sở về sự cố ngày 29/5/2027.",
        "Trình Ban Thường vụ phiên họp ngày 15/4/2027.",
        "Gửi Sở Nội vụ danh sách đại biểu dự lễ ngày 15/4/2027.",
        "Gửi giấy mời họp ngày 15/4/2027.",
        "Báo cáo việc thực hiện kết luận tại giao ban ngày 08/6/2027.",
        "Sửa nội dung báo cáo đã trình tại kỳ họp ngày 08/6/2027.",
        "Báo cáo kết quả tại cuộc họp tháng sau.",
        "Bố trí quầy hướng dẫn nộp hồ sơ, hoạt động ngay từ tuần tới.",
        "Chuẩn bị cho cuộc họp tuần sau.",
        "Công bố quyết định có hiệu lực vào 29/5/2027.",
        "Kiểm tra các hộ được cấp sổ vào 29/5.",
        "Rà soát hộ nghèo phát sinh vào cuối năm.",
        "Không quá 1/3 số thành viên.",
        "Các giấy phép đã cấp trước ngày 01/6/2027 tiếp tục có giá trị sử dụng.",
        "Từ ngày 03 đến ngày 14/6/2027: họp các tổ dân phố.",
        "Quý 4 năm 2027, tỉnh tổ chức hội chợ.",
        "Quá ngày 25/9/2027, hồ sơ do Sở giải quyết.",
        "Lấy ý kiến 15 ngày trước ngày khai mạc 05/7/2027.",
    ],
)
def test_what_happens_then_is_not_due_then(text):
    assert read(text) == []


def test_a_term_after_an_event_has_no_day():
    (found,) = find_deadlines("Sau khi kết thúc hội thi, báo cáo tổng kết trong vòng 07 ngày.", ISSUED, ordered=True)
    assert (found.date, found.warnings) == (None, (EVENT,))


def test_what_comes_again_each_month_is_dated_from_a_near_day_too_and_each_week_not():
    assert read("Đôn đốc, hoàn thành trước ngày 20 hằng tháng.", term_start=False) == ["20/03/2027"]
    assert read("Gửi báo cáo trước 16 giờ thứ Sáu hằng tuần.", term_start=False) == []


@pytest.mark.parametrize(
    ("line", "days"),
    [
        ("Cấp nước cho các thôn: xong trước 30/4, các thôn còn lại trước 20/5.", ["2027-04-30", "2027-05-20"]),
        ("Kiểm tra hai đợt: đợt 1 xong trước 30/4, đợt 2 trong tháng 9/2027.", ["2027-04-30", "2027-09-30"]),
        ("Phủ sóng 21 thôn xong trước ngày 31/12, trong đó 09 thôn xong trong tháng 9.", ["2027-12-31", "2027-09-30"]),
        ("Công khai các khoản thu trước ngày 15/9; nghiêm cấm lạm thu.", ["2027-09-15", "None"]),
    ],
)
def test_parts_of_a_task_have_their_own_days(line, days):
    found = read_notice(f"{HEAD}1. Phòng Kinh tế: {line}", ISSUED).directives
    assert [str(d.deadline.date if d.deadline else None) for d in found] == days


TABLE = """TT
Nội dung công việc
Chủ trì
Thời gian hoàn thành

1
Dựng sân khấu ngoài trời
Phòng Văn hóa
25/3/2027

2
Mời đoàn nghệ thuật xã bạn
Phòng Nội vụ
Trước 05/4/2027
"""


def test_a_table_with_a_cell_to_a_line_is_read_as_rows():
    found = read_notice(f"{HEAD}{TABLE}\nII. KINH PHÍ\n", ISSUED).directives
    assert [(d.lead, str(d.deadline.date), d.deadline.inclusive) for d in found] == [
        (("Phòng Văn hóa",), "2027-03-25", True),
        (("Phòng Nội vụ",), "2027-04-05", False),
    ]


def test_short_lines_that_are_no_table_stay_lines():
    found = read_notice(f"{HEAD}{TABLE}".replace("\n1\n", "\nMột\n"), ISSUED)
    assert not any(d.ref.startswith("bảng") for d in found.directives)
    assert in_rows([]) == []
