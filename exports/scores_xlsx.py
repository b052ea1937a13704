"""The score sheet of a month as a workbook: scores with their formulas, and every product behind them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from typing import TYPE_CHECKING

from domain.scores import FULL, LATE_LOSES, Score
from exports.cells import put

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

FONT = "Times New Roman"
HEAD_FILL, UNIT_FILL = "DDEBF7", "F2F2F2"
SCORES, PRODUCTS = "Điểm", "Sản phẩm"
_HEADS = (
    ("TT", 6),
    ("Đơn vị, người thực hiện", 44),
    ("Được giao", 10),
    ("Hoàn thành", 11),
    ("Chậm", 9),
    ("Chậm, khách quan", 11),
    ("Chưa xong", 9),
    ("Chờ duyệt, chưa tính", 11),
    ("Điểm tiến độ", 10),
    ("Số lượng (%)", 10),
    ("Tiến độ (%)", 10),
)
_PRODUCT_HEADS = (
    ("TT", 6),
    ("Sản phẩm", 60),
    ("Đơn vị, người thực hiện", 40),
    ("Hạn ban đầu", 13),
    ("Gửi kết quả", 13),
    ("Cách tính", 40),
)


@dataclass(frozen=True)
class ScoreRow:
    """A line of the first sheet."""

    place: str
    name: str
    score: Score
    is_unit: bool


@dataclass(frozen=True)
class ScoreBook:
    """What the workbook says.

    Attributes:
        office: whose it is.
        title: of the first sheet.
        rules: how the points are worked out, a sentence each.
        rows: units and people.
        products: what, who, first deadline, when it came, how it is counted.
        note: below the title.
    """

    office: str
    title: str
    rules: Sequence[str]
    rows: Sequence[ScoreRow]
    products: Sequence[tuple[str, str, date | None, date | None, str]]
    note: str


def scores_xlsx(book: ScoreBook) -> bytes:
    """Draw the workbook.

    Args:
        book: what it says.

    Returns:
        an .xlsx file with the sheets "Điểm" and "Sản phẩm".
    """
    from openpyxl import Workbook

    made = Workbook()
    first = made.active
    assert first is not None  # noqa: S101  (a new workbook has a sheet)
    first.title = SCORES
    _scores(first, book)
    _products(made.create_sheet(PRODUCTS), book)
    made.properties.creator, made.properties.title = book.office, book.title
    kept = BytesIO()
    made.save(kept)
    return kept.getvalue()


def _scores(sheet: Worksheet, book: ScoreBook) -> None:
    from openpyxl.styles import Font

    put(sheet, 1, 1, book.office).font = Font(name=FONT, size=12, bold=True)
    put(sheet, 2, 1, book.title).font = Font(name=FONT, size=13, bold=True)
    put(sheet, 3, 1, book.note).font = Font(name=FONT, size=11, italic=True)
    top = 5
    _heads(sheet, top, _HEADS)
    for at, row in enumerate(book.rows, top + 1):
        _row(sheet, at, row)
    for at, rule in enumerate(book.rules, top + len(book.rows) + 2):
        put(sheet, at, 1, rule).font = Font(name=FONT, size=11)
    _for_print(sheet, top)


def _row(sheet: Worksheet, at: int, row: ScoreRow) -> None:
    """Counts are values; what is worked out of them are formulas, so that a corrected count counts on."""
    from openpyxl.styles import Font, PatternFill

    s = row.score
    values: tuple[str | int, ...] = (
        row.place,
        row.name,
        s.given,
        s.done,
        s.late,
        s.excused,
        s.owed,
        s.waiting + s.owed_excused,
    )
    for column, value in enumerate(values, 1):
        put(sheet, at, column, value)
    sheet.cell(at, 9).value = f"=D{at}-E{at}*{LATE_LOSES / FULL:g}"
    sheet.cell(at, 10).value = f'=IF(C{at}=0,"",ROUND(D{at}/C{at}*100,1))'
    sheet.cell(at, 11).value = f'=IF(C{at}=0,"",ROUND(I{at}/C{at}*100,1))'
    for column in range(1, len(_HEADS) + 1):
        cell = sheet.cell(at, column)
        cell.font = Font(name=FONT, size=11, bold=row.is_unit)
        if row.is_unit:
            cell.fill = PatternFill("solid", start_color=UNIT_FILL)
    for column, shape in ((9, "0.00"), (10, "0.0"), (11, "0.0")):
        sheet.cell(at, column).number_format = shape
    _ruled(sheet, at, len(_HEADS))


def _products(sheet: Worksheet, book: ScoreBook) -> None:
    from openpyxl.styles import Alignment, Font

    _heads(sheet, 1, _PRODUCT_HEADS)
    for at, (what, who, due, came, how) in enumerate(book.products, 2):
        values: tuple[str | int | date | None, ...] = (at - 1, what, who.replace("\n", ", "), due, came, how)
        for column, value in enumerate(values, 1):
            cell = put(sheet, at, column, value)
            cell.font = Font(name=FONT, size=11)
            cell.alignment = Alignment(wrap_text=True, vertical="top")
            if column in {4, 5}:
                cell.number_format = "dd/mm/yyyy"
        _ruled(sheet, at, len(_PRODUCT_HEADS))
    sheet.auto_filter.ref = f"A1:F{len(book.products) + 1}"
    _for_print(sheet, 1)


def _heads(sheet: Worksheet, at: int, heads: Sequence[tuple[str, int]]) -> None:
    from openpyxl.styles import Alignment, Font, PatternFill
    from openpyxl.utils import get_column_letter

    for column, (name, width) in enumerate(heads, 1):
        cell = put(sheet, at, column, name)
        cell.font = Font(name=FONT, size=11, bold=True)
        cell.fill = PatternFill("solid", start_color=HEAD_FILL)
        cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
        sheet.column_dimensions[get_column_letter(column)].width = width
    _ruled(sheet, at, len(heads))


def _ruled(sheet: Worksheet, at: int, columns: int) -> None:
    from openpyxl.styles import Border, Side

    thin = Side(style="thin")
    for column in range(1, columns + 1):
        sheet.cell(at, column).border = Border(left=thin, right=thin, top=thin, bottom=thin)


def _for_print(sheet: Worksheet, head: int) -> None:
    """A4 across, one page wide, the heads on every page."""
    sheet.freeze_panes = f"A{head + 1}"
    sheet.print_title_rows = f"{head}:{head}"
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", sheet.PAPERSIZE_A4
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
