"""Reports, letters, results and score sheets: their periods, their words, their form, and how long they take."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from docx import Document

from domain.figures import Figures, Movement
from domain.lifecycle import State
from domain.office import Office, Papers
from domain.paperwork import (
    ClauseResult,
    Difficulty,
    Letter,
    NoticeResult,
    PeriodReport,
    Unfinished,
    UrgedUnit,
    Worked,
    WorkedPart,
)
from domain.periods import ReportPeriod, Span, closed_before, from_key, offered, read_period
from domain.sheets import heading
from exports.papers import draw
from handlers.papers import files
from tests.decree30_checks import check
from tests.unit.test_scores import sheet as score_sheet
from texts.engine import counted
from texts.letter_paper import letter_facts
from texts.period_paper import report_facts
from texts.result_paper import result_facts

ROOT = Path(__file__).parents[2]
TODAY = date(2024, 3, 5)
OFFICE = Office(
    "UBND huyện Tùng Lĩnh",
    papers=Papers(
        parent="UBND tỉnh Sơn Hải",
        place="Tùng Lĩnh",
        authority="TM. Ủy ban nhân dân",
        post="Chủ tịch",
        signer="Hoàng Văn Lâm",
        recipients=("Thường trực Huyện ủy", "Lưu: VT, TH"),
    ),
)
NAMES = ("Phòng Nội vụ", "Ban Quản lý dự án đầu tư xây dựng và Phát triển quỹ đất huyện Tùng Lĩnh")


# --- periods ---


@pytest.mark.parametrize(
    ("words", "key", "name"),
    [
        ("tháng 2", "2024-m2", "tháng 02 năm 2024"),
        ("tháng 12", "2023-m12", "tháng 12 năm 2023"),  # the newest December that has begun
        ("thang 2/2023", "2023-m2", "tháng 02 năm 2023"),
        ("02/2024", "2024-m2", "tháng 02 năm 2024"),
        ("tháng trước", "2024-m2", "tháng 02 năm 2024"),
        ("quý I/2024", "2024-q1", "quý I năm 2024"),
        ("quý 4", "2023-q4", "quý IV năm 2023"),
        ("6 tháng đầu năm", "2024-h1", "6 tháng đầu năm 2024"),
        ("sáu tháng cuối năm 2023", "2023-h2", "6 tháng cuối năm 2023"),
        ("9 tháng đầu năm 2023", "2023-k1", "9 tháng đầu năm 2023"),
        ("năm 2023", "2023-y1", "năm 2023"),
        ("năm nay", "2024-y1", "năm 2024"),
        ("báo cáo năm ngoái", "2023-y1", "năm 2023"),
    ],
)
def test_periods_are_read_as_people_say_them(words: str, key: str, name: str) -> None:
    found = read_period(words, TODAY)
    assert found is not None
    assert (found.key, found.name) == (key, name)
    assert from_key(key) == found


@pytest.mark.parametrize("words", ["tháng 13", "quý 5", "317/TB-UBND", "phòng nội vụ", "năm", "tháng 2/0001", ""])
def test_what_is_no_period_is_none(words: str) -> None:
    assert read_period(words, TODAY) is None


@pytest.mark.parametrize("key", ["2024-m0", "2024-x1", "24-m1", "9999-y1", "2024-k2", ""])
def test_what_is_no_key_is_none(key: str) -> None:
    assert from_key(key) is None


def test_periods_have_their_days_and_the_one_before() -> None:
    quarter = ReportPeriod(2024, Span.QUARTER, 1)
    assert (quarter.first, quarter.last) == (date(2024, 1, 1), date(2024, 3, 31))
    assert quarter.before.key == "2023-q4"
    assert ReportPeriod(2024, Span.MONTH, 2).last == date(2024, 2, 29)
    assert ReportPeriod(2024, Span.NINE_MONTHS, 1).before.key == "2023-k1"


def test_what_is_offered_has_begun_and_the_closed_ones_are_over() -> None:
    assert all(one.first <= TODAY for one in offered(TODAY))
    assert closed_before(Span.MONTH, date(2024, 1, 1)).key == "2023-m12"


# --- numbers ---


def test_numbers_under_ten_have_a_leading_zero() -> None:
    assert [counted(n) for n in (0, 1, 9, 10, 118, 1284)] == ["0", "01", "09", "10", "118", "1.284"]


# --- what papers say ---


def unfinished(place: int) -> Unfinished:
    """A directive with a long text and signs that mean something to Word."""
    text = f"Hoàn thành hồ sơ bồi thường <đợt {place}> & niêm yết phương án cho các hộ dân ven sông"
    last_day = date(2024, 1, 1 + place % 28)
    return Unfinished(
        place, text, 1, NAMES[place % 2], "Thông báo 27/TB-UBND ngày 30/01/2024", last_day, 9, "còn 2 xã", 40
    )


def period_report(rows: int = 3) -> PeriodReport:
    programme = Worked(0, 118, Figures(done_in_time=109, open_in_time=9))
    above = Worked(0, 25, Figures(done_in_time=24, open_in_time=1))
    whole = Worked(0, 143, programme.figures + above.figures)
    parts = tuple(WorkedPart(n, NAMES[n % 2], above) for n in range(1, min(rows, 40) + 1))
    return PeriodReport(
        period=ReportPeriod(2023, Span.YEAR, 1),
        as_of=date(2023, 12, 31),
        whose="Toàn cơ quan",
        worked=whole,
        worked_before=Worked(2, 100, Figures(done_in_time=90, done_late=4, open_late=8)),
        moved=Movement(given=143, done_late=2, newly_overdue=1, extended=3, reports=400, days_late=9),
        by_source=(
            WorkedPart("programme", "Chương trình công tác", programme),
            WorkedPart("above", "Cấp trên giao", above),
        ),
        by_unit=parts,
        by_field=(WorkedPart("đất đai", "Đất đai", above),),
        overdue=tuple(unfinished(n) for n in range(rows)),
        difficulties=(
            Difficulty(7, NAMES[0], "thiếu kinh phí.", 12),
            Difficulty(8, NAMES[1], "xin bố trí vốn", 0, True),
        ),
    )


def letter(rows: int = 3, units: int = 1) -> Letter:
    urged = tuple(
        UrgedUnit(n, NAMES[n % 2], tuple(map(unfinished, range(rows))), tuple(map(unfinished, range(rows // 2))))
        for n in range(units)
    )
    return Letter(date(2024, 2, 5), date(2024, 2, 8), 3, urged)


def notice_result(rows: int = 3) -> NoticeResult:
    one = ClauseResult("II.1", "Rà soát biên chế", (NAMES[0],), (1,), date(2024, 2, 6), (State.IN_PROGRESS,), 1, 0)
    done = replace(one, ref="II.2", states=(State.COMPLETED,), done=1, late=0, results=("đã trình",), files=("a.pdf",))
    many = replace(
        one, ref="II.3", leads=NAMES * 11, numbers=tuple(range(22)), done=17, late=2, difficulties=("x: thiếu",)
    )
    clauses = tuple((one, done, many)[n % 3] for n in range(rows))
    counts = Figures(done_in_time=18, open_late=3, open_in_time=3)
    return NoticeResult("Thông báo 27/TB-UBND ngày 30/01/2024", "Kết luận giao ban", date(2024, 2, 9), clauses, counts)


def test_a_report_counts_as_the_yearly_reports_of_offices_do() -> None:
    facts = report_facts(period_report(), OFFICE.name)
    assert facts["trich_yeu"] == "Kết quả thực hiện nhiệm vụ năm 2023"
    assert facts["theo_nguon_loi"] == [
        "Chương trình công tác: tổng số nhiệm vụ giao 118 nhiệm vụ; đã hoàn thành 109 nhiệm vụ (đúng hạn 109),"
        " 09 nhiệm vụ đang thực hiện còn trong hạn.",
        "Cấp trên giao: tổng số nhiệm vụ giao 25 nhiệm vụ; đã hoàn thành 24 nhiệm vụ (đúng hạn 24),"
        " 01 nhiệm vụ đang thực hiện còn trong hạn.",
    ]
    assert facts["cach_tinh"] == [
        "Tỷ lệ hoàn thành: 93,0 % = đã hoàn thành ÷ tổng số nhiệm vụ = 133 ÷ 143.",
        "Tỷ lệ hoàn thành việc đến hạn: 100,0 % = đã hoàn thành ÷ (đã hoàn thành + chưa hoàn thành quá hạn)"
        " = 133 ÷ 133.",
    ]


def test_a_report_compares_with_the_period_before() -> None:
    rows: Any = report_facts(period_report(), OFFICE.name)["so_sanh"]
    told = {row["ten"]: (row["nay"], row["truoc"], row["tang_giam"]) for row in rows}
    assert told["Giao trong kỳ"] == ("143", "100", "tăng 43")
    assert told["Quá hạn chưa hoàn thành"] == ("0", "08", "giảm 08")
    assert told["Tỷ lệ hoàn thành"] == ("93,0 %", "92,2 %", "tăng 0,8 điểm %")


def test_a_report_says_what_left_the_table_and_that_the_period_goes_on() -> None:
    one = period_report()
    going = replace(one, as_of=date(2023, 6, 30), worked=replace(one.worked, carried=3))
    facts: Any = report_facts(going, OFFICE.name)
    assert "không còn theo dõi 03 nhiệm vụ" in facts["ket_qua"][0]
    assert "kỳ báo cáo chưa kết thúc" in facts["mo_dau"]


def test_a_letter_names_what_is_late_what_is_asked_and_until_when() -> None:
    facts: Any = letter_facts(letter(), OFFICE.name, "UBND")
    assert facts["kinh_gui"] == ["Phòng Nội vụ"]
    assert "03 nhiệm vụ quá hạn chưa hoàn thành và 01 nhiệm vụ đến hạn trong 03 ngày tới" in facts["tinh_hinh"][0]
    assert facts["yeu_cau"][-1].endswith("gửi Văn phòng chậm nhất ngày 08 tháng 02 năm 2024.")
    assert facts["tong_hop"] == []


def test_one_letter_to_many_has_a_table_of_them() -> None:
    facts: Any = letter_facts(letter(units=2), OFFICE.name, "UBND")
    assert [(row["don_vi"], row["qua_han"], row["sap_han"]) for row in facts["tong_hop"]] == [
        (NAMES[0], "03", "01"),
        (NAMES[1], "03", "01"),
    ]


def test_the_result_of_a_notice_counts_the_units_of_a_shared_clause() -> None:
    facts: Any = result_facts(notice_result(), OFFICE.name, "UBND")
    one, done, many = facts["nhiem_vu"]
    assert one["tinh_trang"] == "Đang thực hiện, quá hạn"
    assert (done["tinh_trang"], done["ket_qua"]) == ("Hoàn thành đúng hạn", "đã trình\nMinh chứng: a.pdf")
    assert (many["chu_tri"], many["tinh_trang"]) == ("22 đơn vị", "17/22 đơn vị đã hoàn thành; 02 đơn vị quá hạn")


# --- their form ---

DRAWN = [
    (period_report(), "BÁO CÁO", "Kết quả thực hiện nhiệm vụ năm 2023", True),
    (period_report(rows=0), "BÁO CÁO", None, True),
    (letter(), None, "V/v đôn đốc thực hiện nhiệm vụ được giao", True),
    (letter(units=2), None, None, True),
    (notice_result(), "BÁO CÁO", "Kết quả thực hiện Thông báo 27/TB-UBND ngày 30/01/2024", True),
    (score_sheet(), "BẢNG ĐIỂM (BẢN NHÁP)", None, False),
]


@pytest.mark.parametrize(("paper", "title", "summary", "signed"), DRAWN)
def test_every_paper_has_the_form_of_decree_30(
    paper: Any, title: str | None, summary: str | None, signed: bool
) -> None:
    file = files(paper, OFFICE, TODAY)[0]
    check(file.work(*file.facts), title=title, summary=summary, signed=signed)


def test_an_office_that_has_set_nothing_gets_papers_to_fill_in() -> None:
    file = files(letter(), Office("UBND xã Mẫu"), TODAY)[0]
    said = "\n".join(
        cell.text for row in Document(io.BytesIO(file.work(*file.facts))).tables[0].rows for cell in row.cells
    )
    assert "Số: ……/UBND" in said
    assert "………, ngày 05 tháng 3 năm 2024" in said


def test_what_people_wrote_stands_in_the_paper_as_they_wrote_it() -> None:
    facts = {**heading(OFFICE, "BC", TODAY), **report_facts(period_report(), OFFICE.name)}
    document = Document(io.BytesIO(draw("bao_cao_ky", facts)))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    assert any("<đợt 1> & niêm yết" in cell for cell in cells)


MEASURED = """
import json, time
from datetime import date
from handlers.papers import files
from tests.peak import peak_mb
from tests.unit.test_papers import OFFICE, period_report
begun = time.process_time()
file, = files(period_report(500), OFFICE, date(2024, 3, 5))
file.work(*file.facts)
print(json.dumps([time.process_time() - begun, peak_mb()]))
"""


def test_a_paper_of_500_rows_takes_less_than_5_seconds_and_300_megabytes() -> None:
    """In a process of its own, as papers are drawn; what the machine is busy with is not the paper's fault."""
    best, most = 99.0, 0.0
    for _ in range(3):
        ran = subprocess.run([sys.executable, "-c", MEASURED], cwd=ROOT, capture_output=True, text=True, check=True)
        seconds, megabytes = json.loads(ran.stdout)
        best, most = min(best, seconds), max(most, megabytes)
        if best <= 5:
            break
    assert best <= 5, best
    assert most <= 300, most
