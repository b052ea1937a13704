"""The tables of a Word document: their grid, and which of them only lay out the page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from notices.numbering import W
from notices.plain import compiled, plain
from notices.tables import is_head

MAX_FRAME = 12  # rows
MAX_SPAN = 64  # columns; more stand in no table
WRAPPERS = frozenset(f"{W}{name}" for name in ("sdt", "sdtContent", "customXml", "smartTag", "ins", "moveTo"))
# What stands in the two columns above and below a letter (Decree 30/2020/NĐ-CP, appendix I).
FRAME = compiled(
    r"cộng hòa xã hội|độc lập - tự do|đảng cộng sản việt nam|nơi nhận\s*:|số\s*:[^|]{0,30}/|"
    r"(?:t\.?m|k\.?t|t\.?l|t\.?u\.?q|q)\.\s*(?:chủ|giám|chánh|trưởng|ủy|ban|bộ|cục|bí|thủ|phó|tổng)"
)


@dataclass(frozen=True, eq=False)
class Cell:
    """A cell in its place.

    Args:
        column: where it begins, counted from 0.
        end: the column after its last one.
        goes_on: it is the lower part of a cell that spans rows.
        element: what it holds.
    """

    column: int
    end: int
    goes_on: bool
    element: Element | None


def grid_rows(table: Element) -> list[list[Cell]]:
    """The rows of a table that are left once its tracked changes are accepted."""
    return [cells for row in unwrapped(table, f"{W}tr") if not _is_deleted(row) and (cells := _row(row))]


def unwrapped(parent: Element, tag: str) -> Iterator[Element]:
    """The children with a tag, also where a content control or an insertion stands around them."""
    for child in parent:
        if child.tag == tag:
            yield child
        elif child.tag in WRAPPERS:
            yield from unwrapped(child, tag)


def _is_deleted(row: Element) -> bool:
    properties = row.find(f"{W}trPr")
    return properties is not None and properties.find(f"{W}del") is not None


def _row(row: Element) -> list[Cell]:
    properties = row.find(f"{W}trPr")
    before = properties.find(f"{W}gridBefore") if properties is not None else None
    column = _count(before, 0)
    cells = []
    for element in unwrapped(row, f"{W}tc"):
        of_cell = element.find(f"{W}tcPr")
        if of_cell is not None and of_cell.find(f"{W}cellDel") is not None:
            continue
        end = column + max(1, _count(of_cell.find(f"{W}gridSpan") if of_cell is not None else None, 1))
        goes_on = _goes_on(of_cell)
        cells.append(Cell(column, end, goes_on, None if goes_on else element))
        column = end
    return cells


def _goes_on(properties: Element | None) -> bool:
    merged = properties.find(f"{W}vMerge") if properties is not None else None
    return merged is not None and merged.get(f"{W}val", "continue") == "continue"


def _count(element: Element | None, default: int) -> int:
    written = element.get(f"{W}val", "") if element is not None else ""
    return min(int(written), MAX_SPAN) if written.isascii() and written.isdigit() and len(written) < 6 else default


def frame_start(rows: Sequence[Sequence[str]]) -> int:
    """From which row on a table lays out the header or the closing of a letter: 0 for all of it, its length for none.

    Two tables with nothing between them are one when a program saves them, so a closing may follow a table of tasks.
    """
    framed = [i for i, row in enumerate(rows) if any(FRAME.match(plain(x.strip())) for c in row for x in c.split("\n"))]
    if not framed:
        return len(rows)
    if any(is_head(row) for row in rows[:4]):
        return next((i for i in framed if i >= 2 and i >= len(rows) - MAX_FRAME), len(rows))
    return 0 if len(rows) <= MAX_FRAME else len(rows)


def is_grid(rows: Sequence[Sequence[str]]) -> bool:
    """Whether the rows of a table belong together; else its cells are prose, laid out side by side."""
    if any(is_head(row) for row in rows[:4]):
        return True
    return len(rows) > 1 and max(sum(1 for cell in row if cell.strip()) for row in rows) >= 3
