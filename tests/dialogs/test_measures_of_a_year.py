"""A year's figures of a real district, entered through the product's own ways, come out as its reports have them.

Twenty indicators with their plans and results: 13 exceeded, 6 reached, 1 not. Amounts to recover by an audit:
199.013.000 of 286.568.000 đồng. Shortcomings with their levels and what stood in the way.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from channels.base import visible
from domain.calendar import OFFICE_ZONE
from domain.figures import Asking
from domain.measures import Kind, Level, MeasureTable, Verdict, to_one_place
from services import measures
from tests.talk import Talk, open_talk
from texts.measures import outcome

YEARS_BEGINNING = datetime(2023, 1, 9, 8, 0, tzinfo=OFFICE_ZONE)
PLAN = """Chỉ tiêu năm 2023
Giá trị sản xuất toàn huyện; Tỷ đồng; 22.293,49; Phòng Tài chính - Kế hoạch
- Nông, lâm, thủy sản; Tỷ đồng; 2.907,66; Phòng Tài chính - Kế hoạch
- Công nghiệp, xây dựng; Tỷ đồng; 7.983,83; Phòng Tài chính - Kế hoạch
- Thương mại, dịch vụ; Tỷ đồng; 11.402,00; Phòng Tài chính - Kế hoạch
Tăng trưởng giá trị sản xuất; %; 7-8; Phòng Tài chính - Kế hoạch
Thu ngân sách toàn huyện; Tỷ đồng; 689,60; Phòng Tài chính - Kế hoạch
Chi ngân sách toàn huyện; Tỷ đồng; 820,886; Phòng Tài chính - Kế hoạch
Lương thực có hạt; Tấn; 72.643; Phòng Tài nguyên và Môi trường
Hải sản khai thác; Tấn; 34.550; Phòng Tài nguyên và Môi trường
Độ che phủ của rừng; %; 35,1; Phòng Tài nguyên và Môi trường
Người được giải quyết việc làm; Người; 1.600; Phòng Nội vụ
Lao động qua đào tạo; %; >48; Phòng Nội vụ
Hộ nghèo cuối năm giảm còn; %; 3,51; Phòng Nội vụ
Trường học đạt chuẩn; Trường; 2; Phòng Nội vụ
Mức tăng dân số tự nhiên; %; 0,79; Phòng Nội vụ
Trẻ em dưới 5 tuổi suy dinh dưỡng; %; 6,1; Phòng Nội vụ
Xã về đích nông thôn mới; Xã; 1; UBND xã An Hòa
Gia đình văn hóa; %; 94; Phòng Nội vụ
Giao quân; %; 100; Phòng Nội vụ
Địa bàn vững mạnh về quốc phòng, an ninh; %; >80; UBND xã An Hòa
Tai nạn giao thông so với năm trước; ; giảm 3 tiêu chí; UBND xã An Hòa
Đơn khiếu nại, tố cáo được giải quyết; %; >85; Phòng Nội vụ
Giấy chứng nhận quyền sử dụng đất; Giấy; 2.500; Phòng Tài nguyên và Môi trường"""
SAID = (  # who reports, in what words, and how the report of the year has it
    ("tai", "#1 giá trị sản xuất cả năm 22.801,39 tỷ đồng", Verdict.EXCEEDED),
    ("tai", "#2 2.939,44 tỷ", Verdict.EXCEEDED),
    ("tai", "#3 8.204,95 tỷ", Verdict.EXCEEDED),
    ("tai", "#4 11.657 tỷ đồng", Verdict.EXCEEDED),
    ("tai", "tăng trưởng giá trị sản xuất đạt 10,03%", Verdict.EXCEEDED),
    ("tai", "#6 thu ngân sách 1.284,679 tỷ đến 30/11", Verdict.EXCEEDED),
    ("tai", "chi ngan sach 1143.929 ty dong", Verdict.EXCEEDED),
    ("moi", "#8 sản lượng 72.931 tấn", Verdict.EXCEEDED),
    ("moi", "#9 khai thác được 34.780 tấn", Verdict.EXCEEDED),
    ("moi", "#10 độ che phủ 35,58%", Verdict.EXCEEDED),
    ("nam", "#11 giải quyết việc làm cho 1.909 người", Verdict.EXCEEDED),
    ("nam", "#12 lao động qua đào tạo 49%", Verdict.MET),
    ("nam", "ho ngheo con 2,82%", Verdict.EXCEEDED),
    ("nam", "#14 đạt 2/2 trường", Verdict.MET),
    ("nam", "#15 0,79%", Verdict.MET),
    ("nam", "#16 còn 6 %", Verdict.EXCEEDED),
    ("hoa", "#17 có 01 xã", Verdict.MET),
    ("nam", "#18 95,7%", Verdict.EXCEEDED),
    ("nam", "#19 giao quân đạt 100%", Verdict.MET),
    ("hoa", "#20 >80%", Verdict.MET),
    ("hoa", "#21 giảm 01 tiêu chí", Verdict.NOT_MET),
    ("nam", "#22 giải quyết 100% đơn", Verdict.EXCEEDED),
    ("moi", "#23 đã cấp 3.000 giấy", Verdict.EXCEEDED),
)


@pytest.fixture
async def year(data_folder: Path) -> AsyncIterator[Talk]:
    """The office at the beginning of 2023."""
    there = await open_talk(data_folder, beginning=YEARS_BEGINNING)
    yield there
    await there.close()


async def stands(talk: Talk, kind: Kind, day: date) -> MeasureTable:
    """The table of a kind as papers take it."""
    async with talk.app.database.read() as session:
        return await measures.table(session, Asking(day), kind)


async def entered(talk: Talk, lines: str) -> None:
    """The clerk enters a list, sees it, and issues it as one notice."""
    await talk.says("van", f"/chitieu\n{lines}")
    await talk.presses("van", next(b for b in talk.last("van").labels if b.startswith("Phát hành")))


async def test_the_twenty_indicators_come_out_as_the_report_has_them(year: Talk) -> None:
    await entered(year, PLAN)
    year.has_heard("van", "Đã phát hành 23 nhiệm vụ")
    for who, words, _ in SAID:
        await year.says(who, words)
    await year.says("van", "/status #22")
    await year.presses("van", "Đánh giá")
    year.hears("van", "100 %, kế hoạch >85 %. Đạt")
    await year.presses("van", "Đạt (vượt)")
    found = await stands(year, Kind.INDICATOR, date(2023, 1, 9))
    assert [line.verdict for line in found.lines] == [verdict for _, _, verdict in SAID]
    assert found.totals.lines == 20
    assert found.totals.verdicts == {Verdict.EXCEEDED: 13, Verdict.MET: 6, Verdict.NOT_MET: 1}
    assert found.lines[5].actual is not None
    assert found.lines[5].actual.number == Decimal("1284.679")
    await year.says("van", "/chitieu")
    year.hears("van", "20 mục: 13 đạt (vượt), 6 đạt, 1 không đạt")


async def test_the_amounts_of_the_audit_add_up(year: Talk) -> None:
    await entered(
        year,
        "Thu hồi nộp ngân sách theo kết luận kiểm toán năm 2022\n"
        "Nâng cấp tuyến đường số 02: 24.013.000 đồng; Phòng Tài chính - Kế hoạch\n"
        "Đường vành đai: 262.555.000 đồng; UBND xã An Hòa",
    )
    await entered(
        year,
        "Giảm trừ khối lượng thanh toán, quyết toán\n"
        "Giảm trừ đường vành đai: 25.761.000 đồng; UBND xã An Hòa\n"
        "Giảm trừ khu tái định cư: 951.393.000 đồng; Phòng Tài chính - Kế hoạch",
    )
    await year.says("tai", "#1 đã nộp trả ngân sách 24.013.000 đồng")
    await year.says("hoa", "#2 đã nộp 175.000.000 đồng")
    year.hears("hoa", "còn lại 87.555.000 đồng")
    await year.says("hoa", "#3 đã giảm trừ 25.761.000đ")
    await year.says("tai", "#4 da giam tru 951.393.000 dong")
    found = await stands(year, Kind.AMOUNT, date(2023, 1, 9))
    audit, cuts = found.lines[:2], found.lines[2:]
    recovered = [line.actual.number for line in audit if line.actual]
    assert (sum(recovered), sum(line.left or 0 for line in audit)) == (199_013_000, 87_555_000)
    assert sum(line.plan.number or 0 for line in audit) == 286_568_000
    assert [to_one_place(line.rate or Decimal(0)) for line in cuts] == [Decimal("100.0")] * 2
    assert sum(line.actual.number for line in cuts if line.actual) == 977_154_000


async def test_the_rate_of_the_audit_is_told_in_the_table(year: Talk) -> None:
    await entered(year, "Thu hồi theo kiểm toán\nThu hồi chi sai: 286.568.000 đồng; Phòng Tài chính - Kế hoạch")
    await year.says("tai", "đã thu hồi 199.013.000 đồng")
    await year.says("lam", "/chitieu")
    year.hears("lam", "đã thực hiện 199.013.000/286.568.000 đồng (69,4 %), còn lại 87.555.000 đồng")


SHORTCOMINGS = """Khắc phục hạn chế, khuyết điểm năm 2022
Khai thác khoáng sản trái phép; Phòng Tài nguyên và Môi trường
Lấn chiếm đất công, xây dựng trái phép; Phòng Tài nguyên và Môi trường
Các dự án triển khai còn chậm; Phòng Tài chính - Kế hoạch
Bồi thường, giải phóng mặt bằng; UBND xã An Hòa
Chính quyền điện tử, chuyển đổi số; Phòng Nội vụ"""


async def test_the_levels_of_the_shortcomings_come_out_with_difficulties_and_assessments(year: Talk) -> None:
    await entered(year, SHORTCOMINGS)
    await year.says("moi", "#1 đã khắc phục. Khó khăn: kinh phí bảo vệ khoáng sản còn hạn chế")
    await year.says("moi", "#2 da co ban khac phuc")
    await year.says("tai", "#3 đã và đang khắc phục, vướng mặt bằng một số công trình")
    await year.says("hoa", "#4 đang khắc phục")
    await year.says("nam", "#5 đã và đang khắc phục. Vướng mắc: nguồn nhân lực còn mỏng")
    for number in range(1, 6):
        await year.says("van", f"/status #{number}")
        await year.presses("van", "Đánh giá")
        said = visible(year.last("van").text)
        await year.presses("van", next(b for b in year.last("van").labels if b in said))
    found = await stands(year, Kind.REMEDIATION, date(2023, 1, 9))
    assert [outcome(line) for line in found.lines] == [
        "Đã khắc phục",
        "Đã cơ bản khắc phục",
        "Đã và đang khắc phục",
        "Đã và đang khắc phục",
        "Đã và đang khắc phục",
    ]
    assert all(line.confirmed for line in found.lines)
    assert found.totals.levels == {Level.DONE: 1, Level.MOSTLY: 1, Level.ONGOING: 3}
    assert "kinh phí" in (found.lines[0].difficulty or "")
    assert "nguồn nhân lực" in (found.lines[4].difficulty or "")
    year.has_heard("nam", "kết quả được đánh giá", "Đã và đang khắc phục")


async def test_a_table_of_a_day_that_has_passed_stays_as_it_was(year: Talk) -> None:
    await entered(year, "Thu hồi theo kiểm toán\nThu hồi chi sai: 286.568.000 đồng; Phòng Tài chính - Kế hoạch")
    await year.says("tai", "#1 đã thu hồi 100.000.000 đồng")
    before = await stands(year, Kind.AMOUNT, date(2023, 1, 9))
    await year.passes(days=3)
    await year.says("tai", "#1 đã thu hồi 199.013.000 đồng")
    await year.passes(days=3)
    await year.presses("tai", "Sửa")
    await year.presses("tai", "Bỏ báo cáo này")
    recovered = [(await stands(year, Kind.AMOUNT, date(2023, 1, day))).totals.recovered for day in (8, 9, 12, 15)]
    assert recovered == [None, Decimal(100_000_000), Decimal(199_013_000), Decimal(100_000_000)]
    assert (await stands(year, Kind.AMOUNT, date(2023, 1, 9))) == before
