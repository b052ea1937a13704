"""What a directive is measured by: made by the clerk, reported in plain words, doubted where it must be, assessed."""

from __future__ import annotations

import io

import pytest
from openpyxl import Workbook

from tests.talk import Talk

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


async def given(talk: Talk, task: str = "Phòng Nội vụ: tăng thu ngân sách trước 30/6") -> None:
    await talk.says("van", f"/giaoviec {task}")
    await talk.presses("van", "Phát hành")


async def measured(talk: Talk, line: str, number: int = 1) -> None:
    """The clerk measures a directive by something."""
    await talk.says("van", f"/status #{number}")
    await talk.presses("van", "Khác…")
    await talk.presses("van", "Theo dõi số liệu")
    await talk.says("van", line)


async def test_the_clerk_measures_a_directive_and_the_unit_reports_its_figure(talk: Talk) -> None:
    await given(talk)
    await measured(talk, "Thu ngân sách, kế hoạch 1.200 tỷ đồng")
    talk.hears("van", "#1 được theo dõi chỉ tiêu: Thu ngân sách, kế hoạch 1.200 tỷ đồng")
    talk.hears("nam", "#1 được theo dõi số liệu", "Thu ngân sách, kế hoạch 1.200 tỷ đồng")
    await talk.says("nam", "#1 thu ngân sách 1.284,679 tỷ đến 30/6")
    message = talk.hears("nam", "#1 Thu ngân sách: 1.284,679 tỷ đồng, đạt 107,1 % kế hoạch 1.200 tỷ đồng. Đạt (vượt)")
    assert message.labels == ["Đúng", "Sửa"]
    await talk.presses("nam", "Đúng")
    assert talk.last("nam").labels == []
    await talk.says("van", "/status #1")
    talk.has_heard("van", "Thu ngân sách: 1.284,679 tỷ đồng, đạt 107,1 %")


@pytest.mark.parametrize(
    "words",
    [
        "#1 1.284,679 tỷ",
        "#1 thu ngan sach 1284.679 ty dong",
        "thu ngân sách 1.284.679 triệu đồng",
        "thu ngan sach 1.284,679 ty",
    ],
)
async def test_it_is_understood_however_it_is_written(talk: Talk, words: str) -> None:
    await given(talk)
    await measured(talk, "Thu ngân sách, kế hoạch 1.200 tỷ đồng")
    await talk.says("nam", words)
    talk.hears("nam", "1.284,679 tỷ đồng, đạt 107,1 %")


async def test_a_figure_without_its_unit_is_asked(talk: Talk) -> None:
    await given(talk)
    await measured(talk, "Thu ngân sách, kế hoạch 1.200 tỷ đồng")
    await talk.says("nam", "#1 được 1.284,679")
    message = talk.hears("nam", "chưa ghi đơn vị tính", "Kế hoạch: 1.200 tỷ đồng")
    assert "1.284,679 tỷ đồng" in message.labels
    await talk.presses("nam", "1.284,679 tỷ đồng")
    talk.hears("nam", "Thu ngân sách: 1.284,679 tỷ đồng, đạt 107,1 %")


async def test_ten_times_the_last_figure_is_asked(talk: Talk) -> None:
    await given(talk)
    await measured(talk, "Thu ngân sách, kế hoạch 1.200 tỷ đồng")
    await talk.says("nam", "#1 845,2 tỷ")
    await talk.says("nam", "#1 8.652 tỷ")
    talk.hears("nam", "lệch từ mười lần", "Số trước: 845,2 tỷ đồng")
    await talk.presses("nam", "Sửa")
    await talk.says("nam", "865,2 tỷ")
    talk.hears("nam", "865,2 tỷ đồng, đạt 72,1 %", "Không đạt")


async def test_an_amount_moves_the_percent_and_less_than_before_is_asked(talk: Talk) -> None:
    await given(talk, "Phòng Nội vụ: thu hồi tiền chi sai trước 30/6")
    await measured(talk, "Thu hồi nộp ngân sách: 286.568.000 đồng")
    await talk.says("nam", "đã thu hồi 150 triệu đồng")
    talk.hears("nam", "đã thực hiện 150.000.000 đồng/286.568.000 đồng (52,3 %), còn lại 136.568.000 đồng")
    await talk.says("van", "/status #1")
    talk.has_heard("van", "đang thực hiện 52%")
    await talk.says("nam", "#1 thu 49.013.000 đồng")
    message = talk.hears("nam", "ít hơn số đã báo trước", "Số trước: 150.000.000 đồng")
    assert message.labels == ["199.013.000 đồng", "49.013.000 đồng", "Sửa"]
    await talk.presses("nam", "199.013.000 đồng")
    talk.hears("nam", "đã thực hiện 199.013.000 đồng", "69,4 %", "còn lại 87.555.000 đồng")


async def test_a_report_taken_back_takes_its_figure_with_it(talk: Talk) -> None:
    await given(talk, "Phòng Nội vụ: thu hồi tiền chi sai trước 30/6")
    await measured(talk, "Thu hồi nộp ngân sách: 286.568.000 đồng")
    await talk.says("nam", "#1 đã thu hồi 150 triệu đồng")
    await talk.says("nam", "#1 đã thu hồi 199.013.000 đồng")
    await talk.presses("nam", "Sửa")
    await talk.presses("nam", "Bỏ báo cáo này")
    await talk.says("van", "/chitieu")
    talk.hears("van", "đã thực hiện 150.000.000/286.568.000 đồng (52,3 %), còn lại 136.568.000 đồng")


async def test_an_edited_message_is_a_new_version_of_its_figure(talk: Talk) -> None:
    await given(talk)
    await measured(talk, "Thu ngân sách, kế hoạch 1.200 tỷ đồng")
    await talk.says("nam", "#1 1.248,679 tỷ")
    await talk.edits("nam", "#1 1.248,679 tỷ", "#1 1.284,679 tỷ")
    await talk.says("van", "/chitieu")
    talk.hears("van", "1.284,679 tỷ đồng, đạt 107,1 %")


async def test_a_level_is_reported_with_what_stands_in_the_way_and_the_office_assesses_it(talk: Talk) -> None:
    await given(talk, "Phòng Nội vụ: chấn chỉnh lấn chiếm đất công trước 30/6")
    await measured(talk, "Khắc phục việc lấn chiếm đất công")
    await talk.says("nam", "#1 da co ban khac phuc, con vuong mat bang 2 ho")
    talk.hears("nam", "Khắc phục việc lấn chiếm đất công: Đã cơ bản khắc phục")
    await talk.says("van", "/status #1")
    await talk.presses("van", "Đánh giá")
    message = talk.hears("van", "Đã cơ bản khắc phục", "con vuong mat bang 2 ho", "Đánh giá của anh/chị?")
    assert message.labels == ["Đã khắc phục", "Đã cơ bản khắc phục", "Đã và đang khắc phục"]
    await talk.presses("van", "Đã và đang khắc phục")
    talk.hears("van", "đã đánh giá Đã và đang khắc phục")
    talk.hears("nam", "kết quả được đánh giá", "Đã và đang khắc phục")
    await talk.says("nam", "#1 đã khắc phục xong")
    message = talk.hears("nam", "Đã khắc phục")
    assert "Hoàn thành" in message.labels


async def test_several_lines_are_several_figures(talk: Talk) -> None:
    await given(talk)
    await measured(talk, "Tổng thu ngân sách, kế hoạch 1.200 tỷ đồng")
    await given(talk, "Phòng Nội vụ: giảm nghèo trước 30/6")
    await measured(talk, "Tỷ lệ hộ nghèo; %; 3,51", 2)
    await talk.says("nam", "Thu ngân sách 1.284,679 tỷ\nHộ nghèo còn 2,82%")
    message = talk.hears(
        "nam", "#1 Tổng thu ngân sách: 1.284,679 tỷ đồng", "#2 Tỷ lệ hộ nghèo: 2,82 %, kế hoạch 3,51 %. Đạt (vượt)"
    )
    assert "Đúng #1" in message.labels


async def test_a_request_for_more_time_stays_one(talk: Talk) -> None:
    await given(talk, "Phòng Nội vụ: thu hồi tiền chi sai trước 30/6")
    await measured(talk, "Thu hồi nộp ngân sách: 286.568.000 đồng")
    await talk.says("nam", "#1 xin gia hạn đến 15/7 vì doanh nghiệp khó khăn")
    talk.hears("nam", "15/07/2024", "doanh nghiệp khó khăn")


async def test_a_figure_beside_a_request_for_more_time_is_kept_and_both_are_said_back(talk: Talk) -> None:
    await given(talk, "Phòng Nội vụ: thu hồi tiền chi sai trước 30/6")
    await measured(talk, "Thu hồi nộp ngân sách: 286.568.000 đồng")
    said = await talk.says("nam", "#1 mới thu hồi được 50 triệu, xin gia hạn đến 15/7 vì doanh nghiệp khó khăn")
    whole = "\n".join(m.plain for m in said)
    assert "50 triệu" in whole or "50.000.000" in whole, whole
    assert "Xin gia hạn #1 từ 29/06/2024 đến 15/07/2024" in whole
    await talk.presses("nam", "Đúng", under=next(m for m in said if "Xin gia hạn #1" in m.plain))
    talk.has_heard("van", "xin gia hạn #1", "15/07/2024", "doanh nghiệp khó khăn")


async def test_the_unit_cannot_make_or_assess(talk: Talk) -> None:
    await given(talk)
    await measured(talk, "Thu ngân sách, kế hoạch 1.200 tỷ đồng")
    await talk.says("nam", "/chitieu Thu ngân sách; tỷ đồng; 1; Phòng Nội vụ")
    talk.hears("nam", "Văn phòng")
    await talk.says("nam", "/chitieu")
    talk.hears("nam", "Thu ngân sách", "chưa có số liệu")
    await talk.says("tai", "/chitieu")
    talk.hears("tai", "Chưa có chỉ tiêu")


async def test_what_is_missing_is_asked_of_the_clerk(talk: Talk) -> None:
    await given(talk)
    await measured(talk, "Thu ngân sách")
    talk.hears("van", "Chưa rõ kế hoạch của “Thu ngân sách”")
    await talk.says("van", "Thu ngân sách 1.200")
    talk.hears("van", "chưa có đơn vị tính")
    await talk.says("van", "Thu ngân sách 1.200 tỷ đồng")
    talk.hears("van", "kế hoạch 1.200 tỷ đồng")


# --- several at once ---

LIST = """Chỉ tiêu năm 2024
TT\tChỉ tiêu\tĐơn vị tính\tKế hoạch\tChủ trì
1\tThu ngân sách\ttỷ đồng\t1.200\tPhòng Tài chính - Kế hoạch
2\tTỷ lệ hộ nghèo\t%\t3,51\tPhòng Nội vụ"""


async def test_a_pasted_table_is_shown_before_it_is_issued_as_one_notice(talk: Talk) -> None:
    await talk.says("van", "/chitieu")
    await talk.presses("van", "Nhập danh sách")
    talk.hears("van", "tên; đơn vị tính; kế hoạch; đơn vị chủ trì")
    await talk.says("van", LIST)
    message = talk.hears(
        "van",
        "Chỉ tiêu năm 2024 · Chỉ tiêu · 2 mục · hạn 31/12/2024",
        "1. Thu ngân sách: 1.200 tỷ đồng · Phòng Tài chính - Kế hoạch",
        "2. Tỷ lệ hộ nghèo: 3,51 % (càng thấp càng tốt) · Phòng Nội vụ",
    )
    assert message.labels == ["Phát hành (2)", "Lập thẻ, chưa phát hành", "Thôi"]
    assert talk.from_bot("tai") == [], "nothing is given before Phát hành"
    await talk.presses("van", "Phát hành (2)")
    talk.hears("van", "Đã phát hành 2 nhiệm vụ")
    talk.hears("tai", "Nhiệm vụ mới #1", "Thực hiện chỉ tiêu: Thu ngân sách, kế hoạch 1.200 tỷ đồng", "31/12/2024")
    await talk.says("van", "/vanban")
    talk.hears("van", "Chỉ tiêu năm 2024")


async def test_a_line_that_lacks_its_unit_becomes_a_card_to_be_asked(talk: Talk) -> None:
    await talk.says(
        "van", "/chitieu\nChỉ tiêu năm 2024\nThu ngân sách; tỷ đồng; 1.200; Chi cục Xa\nGiao quân; %; 100; Phòng Nội vụ"
    )
    message = talk.hears("van", "chưa rõ “Chi cục Xa” là đơn vị nào")
    assert message.labels == ["Lập thẻ, chưa phát hành", "Thôi"]
    await talk.presses("van", "Lập thẻ, chưa phát hành")
    assert "Phát hành tất cả (1)" in talk.last("van").labels


async def test_a_line_without_a_plan_is_sent_again(talk: Talk) -> None:
    await talk.says("van", "/chitieu\nChỉ tiêu năm 2024\nThu ngân sách\nGiao quân; %; 100; Phòng Nội vụ")
    message = talk.hears("van", "chưa rõ kế hoạch")
    assert message.labels == ["Thôi"]
    await talk.says(
        "van", "Chỉ tiêu năm 2024\nThu ngân sách; tỷ đồng; 1.200; Phòng Nội vụ\nGiao quân; %; 100; Phòng Nội vụ"
    )
    await talk.presses("van", "Phát hành (2)")
    talk.hears("nam", "2 nhiệm vụ mới")


CSV = "Chỉ tiêu;ĐVT;Kế hoạch;Chủ trì\nThu ngân sách;tỷ đồng;1.200,5;Phòng Nội vụ\n".encode()


async def test_a_table_in_a_file_is_read_too(talk: Talk) -> None:
    await talk.says("van", "/chitieu")
    await talk.presses("van", "Nhập danh sách")
    await talk.says("van", "", files=[("chi-tieu.csv", CSV, "text/csv")])
    talk.hears("van", "Chỉ tiêu 2024", "Thu ngân sách: 1.200,5 tỷ đồng · Phòng Nội vụ", "không đặt hạn")


async def test_a_workbook_is_read_with_exact_numbers(talk: Talk) -> None:
    book = Workbook()
    book.active.append(["Chỉ tiêu", "ĐVT", "Kế hoạch", "Chủ trì"])
    book.active.append(["Thu ngân sách", "tỷ đồng", 1284.679, "Phòng Nội vụ"])
    content = io.BytesIO()
    book.save(content)
    await talk.says("van", "/chitieu")
    await talk.presses("van", "Nhập danh sách")
    await talk.says("van", "", files=[("chi-tieu.xlsx", content.getvalue(), XLSX)])
    talk.hears("van", "Thu ngân sách: 1.284,679 tỷ đồng · Phòng Nội vụ")


async def test_status_leads_to_the_tables(talk: Talk) -> None:
    await given(talk)
    await talk.says("phuc", "/status")
    assert "Chỉ tiêu" not in talk.last("phuc").labels
    await measured(talk, "Thu ngân sách, kế hoạch 1.200 tỷ đồng")
    await talk.says("nam", "#1 1.284,679 tỷ")
    await talk.says("phuc", "/status")
    await talk.presses("phuc", "Chỉ tiêu")
    talk.hears(
        "phuc", "Chỉ tiêu, Các đơn vị phụ trách, đến 31/01/2024", "1 mục: 1 đạt (vượt)", "#1 Thu ngân sách", "107,1 %"
    )
    assert "#1" in talk.last("phuc").labels
