"""The register as a workbook: the 25 columns, and a summary of the units with a chart.

Everything in it is a value, nothing a formula: what stands there was counted by ``services.figures``. It prints on A4
landscape, one page wide, with its heads on every page.
"""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from typing import TYPE_CHECKING, Any

from domain.figures import Figures, Rate, UnitFigures, total
from domain.register import Register
from exports.cells import put
from exports.register_columns import COLUMNS, OVERDUE, Look, Value, values

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

LIST, SUMMARY = "Nhiệm vụ", "Tổng hợp"
HEAD_ROW = 5
FONT = "Times New Roman"
HEAD_FILL, LATE_FILL = "DDEBF7", "FCE4D6"
MOST_BARS = 15  # units in the chart
CM = 1 / 2.54  # inches, in which margins are told
LINE = 14.5  # points a line of 11-point letters takes
HIGHEST = 409.0  # points, as the format has it

_CELLS: tuple[tuple[str, str, str], ...] = (
    ("done_in_time", "Hoàn thành đúng hạn", "009E73"),
    ("done_late", "Hoàn thành quá hạn", "E69F00"),
    ("done_no_deadline", "Hoàn thành, không hạn", "7FCEB9"),
    ("open_in_time", "Chưa hoàn thành, trong hạn", "56B4E9"),
    ("open_late", "Chưa hoàn thành, quá hạn", "D55E00"),
    ("open_no_deadline", "Chưa hoàn thành, không hạn", "AAD9F4"),
)
"""Name in ``Figures``, head, colour (Okabe and Ito, 2008; lighter where there is no deadline)."""
_BESIDE = (("soon", "Sắp đến hạn"), ("waiting_approval", "Chờ duyệt"), ("blocked", "Đang vướng mắc"))


def register_xlsx(register: Register) -> bytes:
    """Draw the workbook.

    Args:
        register: what it says.

    Returns:
        an .xlsx file with the sheets "Nhiệm vụ" and "Tổng hợp".
    """
    from openpyxl import Workbook

    book = Workbook()
    listing = book.active
    assert listing is not None  # noqa: S101  (a new workbook has a sheet)
    listing.title = LIST
    _plain_style(book)
    _list(listing, register)
    _summary(book.create_sheet(SUMMARY), register)
    book.properties.creator = register.office
    book.properties.title = f"{register.title}, đến ngày {register.as_of:%d/%m/%Y}"
    kept = BytesIO()
    book.save(kept)
    return kept.getvalue()


def _plain_style(book: Workbook) -> None:
    """The font of everything: other libraries measure the width of columns by it."""
    from openpyxl.styles import Font

    styles: Any = book._named_styles
    styles["Normal"].font = Font(name=FONT, size=11)


# --- the list ---


def _list(sheet: Worksheet, register: Register) -> None:
    _title(sheet, register, f"BẢNG THEO DÕI NHIỆM VỤ: {register.title.upper()}", len(COLUMNS))
    _heads(sheet, HEAD_ROW, [(column.head, column.width) for column in COLUMNS])
    styles = _Styles()
    for place, line in enumerate(register.lines, 1):
        for number, (value, column) in enumerate(zip(values(line, place), COLUMNS, strict=True), 1):
            styles.apply(put(sheet, HEAD_ROW + place, number, value), column.look)
        _high_enough(sheet, HEAD_ROW + place)
    last = HEAD_ROW + max(1, len(register.lines))
    sheet.auto_filter.ref = f"A{HEAD_ROW}:{_letter(len(COLUMNS))}{last}"
    sheet.freeze_panes = sheet.cell(HEAD_ROW + 1, 3)
    _mark_overdue(sheet, last)
    _for_paper(sheet)


def _title(sheet: Worksheet, register: Register, words: str, columns: int) -> None:
    from openpyxl.styles import Alignment, Font

    facts = f"Số liệu đến ngày {register.as_of:%d/%m/%Y}; lập lúc {register.made_at:%H:%M ngày %d/%m/%Y}"
    count = f"; {_number(len(register.lines))} nhiệm vụ" if sheet.title == LIST else ""
    more = f" (còn {_number(register.left_out)} nhiệm vụ chưa có trong bảng)" if register.left_out and count else ""
    rows = (
        (register.office.upper(), Font(name=FONT, size=13, bold=True)),
        (words, Font(name=FONT, size=14, bold=True)),
        (f"{register.whose}. {facts}{count}{more}.", Font(name=FONT, size=11, italic=True)),
    )
    for row, (text, font) in enumerate(rows, 1):
        cell = put(sheet, row, 1, text)
        # left, and not merged over all columns: the frozen part of the window should show it
        cell.font, cell.alignment = font, Alignment(horizontal="left", vertical="center")
        sheet.row_dimensions[row].height = 20
    sheet.row_dimensions[4].height = 6


def _heads(sheet: Worksheet, row: int, heads: Sequence[tuple[str, float]]) -> None:
    from openpyxl.styles import Alignment, Font, PatternFill

    fill = PatternFill("solid", fgColor=HEAD_FILL)
    middle = Alignment(horizontal="center", vertical="center", wrap_text=True)
    for number, (head, width) in enumerate(heads, 1):
        cell = put(sheet, row, number, head)
        cell.font, cell.fill, cell.alignment = Font(name=FONT, size=11, bold=True), fill, middle
        cell.border = _grid()
        sheet.column_dimensions[_letter(number)].width = width
    _high_enough(sheet, row, wider=1.1)


class _Styles:
    """The looks of cells, made once: each is shared by thousands."""

    def __init__(self) -> None:
        from openpyxl.styles import Alignment, Font

        self._font = Font(name=FONT, size=11)
        self._border = _grid()
        self._words = Alignment(vertical="top", wrap_text=True)
        self._figures = Alignment(horizontal="center", vertical="top")
        self._made: dict[Look, Any] = {}

    def apply(self, cell: Any, look: Look) -> None:
        """Give a cell its look; whether it is quoted stays its own."""
        quoted = cell.quotePrefix
        if look not in self._made:
            cell.font, cell.border, cell.number_format = self._font, self._border, look.value
            cell.alignment = self._words if look is Look.TEXT else self._figures
            cell.quotePrefix = False
            self._made[look] = cell._style
        cell._style = self._made[look].__copy__()
        cell.quotePrefix = quoted


def _mark_overdue(sheet: Worksheet, last: int) -> None:
    """Lines that are overdue stand on a light ground, and the words that say so are bold."""
    from openpyxl.formatting.rule import FormulaRule
    from openpyxl.styles import Font, PatternFill

    status, first = next(_letter(i) for i, column in enumerate(COLUMNS, 1) if column.head == "Trạng thái"), HEAD_ROW + 1
    is_late = [f'ISNUMBER(FIND("{OVERDUE}",${status}{first}))']
    ground = PatternFill("solid", bgColor=LATE_FILL)
    said = FormulaRule(is_late, font=Font(bold=True), fill=ground)  # of several rules some programs follow one alone
    sheet.conditional_formatting.add(f"{status}{first}:{status}{last}", said)
    sheet.conditional_formatting.add(f"A{first}:{_letter(len(COLUMNS))}{last}", FormulaRule(is_late, fill=ground))


def _for_paper(sheet: Worksheet, head_row: int = HEAD_ROW) -> None:
    """A4 landscape, one page wide and as long as need be, heads on each page, pages numbered."""
    from openpyxl.worksheet.page import PageMargins
    from openpyxl.worksheet.properties import PageSetupProperties

    setup = sheet.page_setup
    setup.orientation, setup.paperSize = "landscape", 9  # A4
    setup.fitToWidth, setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.page_margins = PageMargins(
        left=1 * CM, right=1 * CM, top=1.5 * CM, bottom=1.5 * CM, header=0.7 * CM, footer=0.7 * CM
    )
    sheet.print_title_rows = f"{head_row}:{head_row}"
    sheet.print_options.horizontalCentered = True
    sheet.oddFooter.center.text = "Trang &P/&N"


# --- the summary ---


def _summary(sheet: Worksheet, register: Register) -> None:
    _title(sheet, register, "TỔNG HỢP THEO ĐƠN VỊ CHỦ TRÌ", 1)
    beside = [(head, 10.0) for _, head in _BESIDE]
    rates = [("Tỷ lệ hoàn thành (1)", 11.0), ("Tỷ lệ hoàn thành (2)", 11.0)]
    cells = [(head, 12.0) for _, head, _ in _CELLS]
    _heads(sheet, HEAD_ROW, [("STT", 5), ("Đơn vị", 34), ("Tổng số", 9), *cells, *beside, *rates])
    styles, units = _Styles(), register.units
    for place, unit in enumerate(units, 1):
        _summed(sheet, HEAD_ROW + place, [place, unit.name, *_counts(unit.figures)], styles)
    end = HEAD_ROW + len(units) + 1
    _summed(sheet, end, [None, "Tổng cộng", *_counts(total(units))], styles, bold=True)
    below = _formulas(sheet, end + 2, total(units), register)
    if units:
        _chart(sheet, units, below + 1)
    sheet.freeze_panes = sheet.cell(HEAD_ROW + 1, 3)
    _for_paper(sheet)


def _counts(figures: Figures) -> list[Value]:
    cells = [getattr(figures, name) for name, _, _ in _CELLS]
    beside = [getattr(figures, name) for name, _ in _BESIDE]
    return [figures.total, *cells, *beside, figures.rate_of_all.value, figures.rate_of_due.value]


def _summed(sheet: Worksheet, row: int, line: Sequence[Value], styles: _Styles, *, bold: bool = False) -> None:
    from openpyxl.styles import Font

    shares = len(line) - 2
    for number, value in enumerate(line, 1):
        cell = put(sheet, row, number, value)
        styles.apply(cell, Look.TEXT if number == 2 else Look.NUMBER)
        if number > shares:
            cell.number_format = "0.0%"
        elif number > 2:
            cell.number_format = "#,##0"
        if bold:
            cell.font = Font(name=FONT, size=11, bold=True)
    _high_enough(sheet, row)


def _formulas(sheet: Worksheet, row: int, figures: Figures, register: Register) -> int:
    """How the rates are worked out, in words; gives the next row."""
    lines = [
        f"(1) Tỷ lệ hoàn thành = {_worked_out(figures.rate_of_all)}",
        f"(2) Tỷ lệ hoàn thành = {_worked_out(figures.rate_of_due)}",
        f"Sắp đến hạn: còn không quá {register.soon_days} ngày. Hoàn thành vào ngày cuối của hạn là đúng hạn.",
        "Sắp đến hạn, chờ duyệt, đang vướng mắc đã có trong số chưa hoàn thành.",
    ]
    for place, words in enumerate(lines):
        put(sheet, row + place, 2, words)
    return row + len(lines)


def _worked_out(rate: Rate) -> str:
    """The formula in words, with its numbers."""
    if rate.value is None:
        return rate.formula
    share = f"{rate.value * 100:.1f}".replace(".", ",")
    return f"{rate.formula} = {_number(rate.part)} ÷ {_number(rate.whole)} = {share} %"


def _chart(sheet: Worksheet, units: Sequence[UnitFigures], row: int) -> None:
    """A bar per unit, cut into the cells, drawn by the spreadsheet itself."""
    from openpyxl.chart import BarChart, Reference

    drawn = min(len(units), MOST_BARS)
    chart: Any = BarChart()
    chart.type, chart.grouping, chart.overlap, chart.gapWidth = "bar", "stacked", 100, 60
    chart.title = "Nhiệm vụ theo đơn vị chủ trì" + (f" ({drawn} đơn vị đầu bảng)" if drawn < len(units) else "")
    last = HEAD_ROW + drawn
    chart.add_data(Reference(sheet, 4, HEAD_ROW, 3 + len(_CELLS), last), titles_from_data=True)
    chart.set_categories(Reference(sheet, 2, HEAD_ROW + 1, 2, last))
    for series, (_, _, colour) in zip(chart.series, _CELLS, strict=True):
        series.graphicalProperties.solidFill = colour
        series.graphicalProperties.line.solidFill = "FFFFFF"
    chart.legend.position = "b"
    chart.x_axis.scaling.orientation = "maxMin"  # the first unit at the top, as in the table
    chart.x_axis.delete = chart.y_axis.delete = False
    chart.y_axis.number_format, chart.y_axis.majorGridlines = "#,##0", None
    chart.width, chart.height = 27, 6 + 0.8 * drawn  # cm
    sheet.add_chart(chart, f"B{row}")


# --- small things ---


def _high_enough(sheet: Worksheet, row: int, wider: float = 1.0) -> None:
    """Make a row as high as its words need: not every spreadsheet works that out when it opens a file."""
    texts = ((cell.column_letter, cell.value) for cell in sheet[row] if isinstance(cell.value, str))
    needed = (_lines(text, sheet.column_dimensions[letter].width / wider) for letter, text in texts)
    sheet.row_dimensions[row].height = min(HIGHEST, LINE * max(needed, default=1) + 3)


def _lines(text: str, width: float) -> int:
    """How many lines words take in a column so many digits wide; letters are a tenth narrower than digits."""
    count, width = 0, width * 1.08
    for paragraph in text.split("\n"):
        count, room = count + 1, width
        for word in paragraph.split(" "):
            if len(word) > room and room < width:
                count, room = count + 1, width
            count += int(max(0, len(word) - 1) // width)
            room = (room - len(word) if len(word) <= room else width - len(word) % width) - 1
    return count


def _grid() -> Any:
    from openpyxl.styles import Border, Side

    line = Side(style="thin", color="808080")
    return Border(left=line, right=line, top=line, bottom=line)


def _letter(number: int) -> str:
    from openpyxl.utils import get_column_letter

    return str(get_column_letter(number))


def _number(count: int) -> str:
    return f"{count:,}".replace(",", ".")
