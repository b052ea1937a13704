"""From the bytes of a spreadsheet or a text table to plain values. Formulas, macros and links are never followed."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from math import isfinite
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

from domain.tables import Line, Sheet, Table, Value
from notices.errors import DocumentTooLarge, PasswordProtected, UnreadableDocument, UnsupportedFormat
from notices.limits import MAX_BYTES

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

ENDINGS = frozenset({".xlsx", ".csv"})
MOST_ROWS, MOST_COLUMNS = 5_000, 60
MOST_CHARS = 5_000  # of a cell: more is no cell of a table
MOST_UNPACKED = 60 * 1024 * 1024  # bytes
MOST_SHEETS = 30
MACROS = "xl/vbaproject.bin"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
SEPARATORS = ";\t,|"
ENCODINGS = ("utf-8-sig", "cp1258")


def is_table(name: str) -> bool:
    """Whether a file is a table by its name."""
    return PurePosixPath(name.lower()).suffix in ENDINGS


def read_table(name: str, content: bytes) -> Table:
    """The visible sheets of a file.

    Args:
        name: as the sender called it.
        content: its bytes.

    Raises:
        DocumentError: too large, locked, with macros, or no table.
    """
    if len(content) > MAX_BYTES:
        raise DocumentTooLarge(MAX_BYTES)
    if content.startswith(OLE):
        raise PasswordProtected if name.lower().endswith(".xlsx") else UnsupportedFormat("ole")
    if content[:4] == b"PK\x03\x04":
        return _workbook(content)
    if name.lower().endswith(".xlsx"):
        raise UnreadableDocument(".xlsx without its signature")
    return Table((Sheet("", tuple(_even(_text_lines(content)))),))


# --- workbooks ---


def _workbook(content: bytes) -> Table:
    _look_inside(content)
    from openpyxl import load_workbook

    book = load_workbook(io.BytesIO(content), data_only=True, keep_links=False, keep_vba=False)
    shown = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"][:MOST_SHEETS]
    hidden = [sheet.title for sheet in book.worksheets if sheet.sheet_state != "visible"]
    return Table(tuple(Sheet(sheet.title, tuple(_lines(sheet))) for sheet in shown), tuple(hidden))


def _look_inside(content: bytes) -> None:
    """Refuse what unpacks without end, and what carries programs, before anything of it is parsed."""
    try:
        entries = zipfile.ZipFile(io.BytesIO(content)).infolist()
    except zipfile.BadZipFile as error:
        raise UnreadableDocument(str(error)) from error
    names = {entry.filename.lower() for entry in entries}
    if sum(entry.file_size for entry in entries) > MOST_UNPACKED:
        raise DocumentTooLarge(MOST_UNPACKED)
    if MACROS in names:
        raise UnsupportedFormat("macros")
    if "xl/workbook.xml" not in names:
        raise UnsupportedFormat("unknown")


def _lines(sheet: Worksheet) -> Iterator[Line]:
    if sheet.max_row > MOST_ROWS and _reaches_beyond(sheet):
        raise DocumentTooLarge(MOST_UNPACKED)
    rows, columns = min(sheet.max_row, MOST_ROWS), min(sheet.max_column, MOST_COLUMNS)
    merged = dict(_merged(sheet, rows, columns))
    for row in sheet.iter_rows(1, rows, 1, columns):
        yield tuple(_value(merged.get((cell.row, cell.column), cell.value)) for cell in row)


def _reaches_beyond(sheet: Worksheet) -> bool:
    """Whether any cell past the last row that is read says something: formats alone do not count."""
    cells: dict[tuple[int, int], Any] = sheet._cells
    return any(row > MOST_ROWS and cell.value is not None for (row, _), cell in cells.items())


def _merged(sheet: Worksheet, rows: int, columns: int) -> Iterator[tuple[tuple[int, int], Any]]:
    """What stands in each place of merged cells."""
    for area in sheet.merged_cells.ranges:
        value = sheet.cell(area.min_row, area.min_col).value
        for row in range(area.min_row, min(area.max_row, rows) + 1):
            for column in range(area.min_col, min(area.max_col, columns) + 1):
                yield (row, column), value


def _value(value: Any) -> Value:
    match value:
        case bool():
            return "có" if value else "không"
        case float() if not isfinite(value):  # "1E400": no number that anybody means
            return None
        case int() | float():
            return value
        case datetime():
            return value.date()
        case date():
            return value
        case str() if value.startswith("#") and value.rstrip("!?").isupper() and " " not in value:
            return None  # "#REF!", "#N/A": what a formula came to
        case str():
            return " ".join(value.replace("\u200b", "").split())[:MOST_CHARS] or None
        case _:
            return None


# --- text tables ---


def _text_lines(content: bytes) -> list[Line]:
    text = _decoded(content)
    head = "\n".join(text.splitlines()[:20])
    separator = max(SEPARATORS, key=head.count)
    if not head.count(separator):
        raise UnsupportedFormat("unknown")
    csv.field_size_limit(MOST_CHARS * 20)
    lines: list[Line] = []
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=separator):
            if len(lines) == MOST_ROWS:
                raise DocumentTooLarge(MOST_UNPACKED)
            lines.append(tuple(_value(_unguarded(cell)) for cell in row[:MOST_COLUMNS]))
    except csv.Error as error:
        raise UnreadableDocument(str(error)) from error
    return lines


def _unguarded(cell: str) -> str:
    """Without the apostrophe that keeps a spreadsheet from working something out."""
    return cell[1:] if cell[:1] == "'" and cell[1:2] in "=+-@|%\t" else cell


def _decoded(content: bytes) -> str:
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return content.decode("utf-16", errors="replace")
    if b"\x00" in content[:4096]:
        raise UnsupportedFormat("unknown")
    for encoding in ENCODINGS:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise UnsupportedFormat("unknown")


def _even(lines: Iterable[Line]) -> list[Line]:
    found = list(lines)
    width = max((len(line) for line in found), default=0)
    return [(*line, *(None,) * (width - len(line))) for line in found]
