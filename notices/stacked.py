"""Tables whose cells came one to a line, as out of a PDF that lost its rules: put together again into rows."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from notices.paragraphs import Paragraph
from notices.plain import plain
from notices.tables import is_head

FIRST_COLUMN = frozenset({"tt", "stt", "số tt", "số thứ tự"})
COLUMNS = range(3, 8)
NUMBER = re.compile(r"(\d{1,3})[.)]?")
MAX_CELL = 400  # characters


def in_rows(paragraphs: Sequence[Paragraph]) -> list[Paragraph]:
    """The paragraphs, with a row of cells in place of the lines of a table that was taken apart.

    Its head begins with "TT" and names a task, and who leads or by when; each row begins with the next number and has
    as many lines as the head. Where a row does not, the table ends before it, and the rest stays as it is.
    """
    kept: list[Paragraph] = []
    at = 0
    while at < len(paragraphs):
        rows = _table(paragraphs, at) if _begins(paragraphs[at]) else []
        kept += rows or [paragraphs[at]]
        at += len(rows[0].cells) * len(rows) if rows else 1
    return kept


def _begins(paragraph: Paragraph) -> bool:
    text = paragraph.text
    return len(text) < 12 and not paragraph.cells and plain(text).strip(" .*") in FIRST_COLUMN


def _table(paragraphs: Sequence[Paragraph], at: int) -> list[Paragraph]:
    """The head and the rows; empty where it is no such table."""
    for width in COLUMNS:
        head = _row(paragraphs, at, width)
        first = _row(paragraphs, at + width, width)
        if head and first and _number(first) == 1 and is_head(head.cells):
            break
    else:
        return []
    rows = [head]
    while (row := _row(paragraphs, at + width * len(rows), width)) and _number(row) == len(rows):
        rows.append(row)
    return rows


def _row(paragraphs: Sequence[Paragraph], at: int, width: int) -> Paragraph | None:
    lines = paragraphs[at : at + width]
    if len(lines) < width or any(line.cells or len(line.text) > MAX_CELL for line in lines):
        return None
    cells = tuple(line.text for line in lines)
    return replace(lines[0], text=" | ".join(cells), cells=cells)


def _number(row: Paragraph) -> int:
    match = NUMBER.fullmatch(row.cells[0].strip())
    return int(match[1]) if match else 0
