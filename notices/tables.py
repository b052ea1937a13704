"""Tables that list tasks: a row for each, with columns for the task, who leads, who helps and by when."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from notices.paragraphs import Paragraph
from notices.plain import compiled, plain
from notices.units import read_units

COLUMNS = (
    ("helps", compiled(r"phối hợp")),
    ("leads", compiled(r"chủ trì|đơn vị thực hiện|cơ quan thực hiện|đơn vị phụ trách|người phụ trách|trách nhiệm")),
    ("due", compiled(r"thời gian|thời hạn|hạn |hạn$|hoàn thành|tiến độ")),
    ("task", compiled(r"nội dung|nhiệm vụ|công việc|đầu việc")),
)


@dataclass(frozen=True)
class Row:
    """A task of a table.

    Args:
        paragraph: the row.
        number: its first cell, where that is a number.
        task: what is to be done.
        leads: who leads, as written.
        helps: who helps, as written.
        due: the words of the cell with the deadline.
    """

    paragraph: Paragraph
    number: str
    task: str
    leads: tuple[str, ...]
    helps: tuple[str, ...]
    due: str


def rows_of(paragraphs: Sequence[Paragraph]) -> list[Row]:
    """The tasks of all tables whose first row names a task and who leads it."""
    rows: list[Row] = []
    columns: dict[str, int] = {}
    for paragraph in paragraphs:
        if not paragraph.cells:
            columns = {}
            continue
        found = _columns(paragraph.cells)
        if {"task", "leads"} <= found.keys():
            columns = found
        elif columns and (row := _row(paragraph, columns)):
            rows.append(row)
    return rows


def _columns(cells: Sequence[str]) -> dict[str, int]:
    """Which column holds what; the first fitting one each."""
    found: dict[str, int] = {}
    for index, cell in enumerate(cells):
        low = plain(cell)
        kind = next((name for name, words in COLUMNS if len(low) < 60 and words.search(low)), None)
        if kind:
            found.setdefault(kind, index)
    return found


def _row(paragraph: Paragraph, columns: dict[str, int]) -> Row | None:
    def cell(name: str) -> str:
        index = columns.get(name, -1)
        return paragraph.cells[index].strip() if 0 <= index < len(paragraph.cells) else ""

    task = cell("task")
    if len(task.split()) < 2 or not cell("leads"):
        return None  # a heading inside the table, or the row of column numbers
    first = paragraph.cells[0].strip(" .")
    number = first if first.replace(".", "").isalnum() and len(first) < 6 else ""
    return Row(paragraph, number, task, _names(cell("leads")), _names(cell("helps")), cell("due"))


def _names(cell: str) -> tuple[str, ...]:
    """The units of a cell: by their form, else as they stand between commas and semicolons."""
    units = read_units(cell, plain(cell), 0)
    if units and units.end >= len(cell.rstrip(" .;,")):
        return tuple(unit.name for unit in units.names)
    return tuple(name.strip(" .-") for name in cell.split(";") if name.strip(" .-"))
