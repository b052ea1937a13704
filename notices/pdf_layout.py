"""From the words of PDF pages to lines in reading order: columns apart, tables whole."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from notices.pdf_tables import Table, lines_of, tables_of
from notices.pdf_unruled import unruled_tables
from notices.pdf_words import PageWords, Word

WIDE = 1.3  # of the letters' size: a gap that may part two columns
STANDS_OUT = 2.2  # times the other gaps of its line
BARE_MARKER = re.compile(r"\(?(?:[IVXLC]{1,6}|\d{1,2}(?:\.\d{1,2}){0,3}|[A-Za-zĐđ])[.)/:]?|[-–—+•●○▪*]")


@dataclass(slots=True)
class Printed:
    """A line, or the part of one that stands in a column.

    Args:
        text: its words.
        x0: left edge in points.
        x1: right edge.
        y: where it stands; upwards.
        size: of its letters.
        first: the width of its first word.
        page: counted from 1.
        column: 0 for the text itself; each column of a header or closing has its own number.
    """

    text: str
    x0: float
    x1: float
    y: float
    size: float
    first: float
    page: int
    column: int = 0


@dataclass(slots=True)
class Page:
    """A page in its parts: rows of lines from the top, and its tables."""

    number: int
    width: float
    rows: list[list[Printed]]
    tables: list[Table]


def laid_page(found: PageWords) -> Page:
    """The lines and tables of a page."""
    tables = tables_of(found.across, found.down)
    words = [word for word in found.words if not any(table.take(word) for table in tables)]
    lines = lines_of(words)
    if unruled := unruled_tables(lines):
        taken = {id(word) for table in unruled for cell in table.words.values() for word in cell}
        lines = [kept for line in lines if (kept := [word for word in line if id(word) not in taken])]
        tables = sorted([*tables, *unruled], key=lambda table: -table.top)
    rows = [_parted(line, found.number) for line in lines]
    return Page(found.number, found.width, _side_by_side(rows), tables)


def _parted(words: list[Word], page: int) -> list[Printed]:
    """A line where it has gaps that part columns."""
    gaps = [b.x0 - a.x1 for a, b in pairwise(words)]
    if not gaps or max(gaps) <= WIDE * min(word.size for word in words):
        return [_printed(words, page)]
    parts = [[words[0]]]
    for index, (word, gap) in enumerate(zip(words[1:], gaps, strict=True)):
        others = gaps[:index] + gaps[index + 1 :]
        usual = median(others) if others else 0.0
        begun = len(parts) > 1 or len(parts[0]) > 1 or not BARE_MARKER.fullmatch(words[0].text)
        if begun and gap > WIDE * word.size and gap > STANDS_OUT * usual:
            parts.append([word])
        else:
            parts[-1].append(word)
    return [_printed(part, page) for part in parts]


def _printed(words: list[Word], page: int) -> Printed:
    text = " ".join(word.text for word in words)
    size = median(word.size for word in words)
    first = words[0].x1 - words[0].x0
    return Printed(text, words[0].x0, max(w.x1 for w in words), words[0].y, size, first, page)


def _side_by_side(rows: list[list[Printed]]) -> list[list[Printed]]:
    """Rows that stand a part of a line apart, in two columns, are one row."""
    found: list[list[Printed]] = []
    for row in rows:
        above = found[-1] if found else None
        near = above is not None and above[0].y - row[0].y < 0.9 * min(above[0].size, row[0].size)
        if above is not None and near and all(a.x1 < b.x0 or b.x1 < a.x0 for a in above for b in row):
            found[-1] = sorted([*above, *row], key=lambda part: part.x0)
        else:
            found.append(row)
    return found


def flow(page: Page) -> Iterator[Printed | Table]:
    """The lines and tables of a page in reading order: of two columns the left one first."""
    rows = list(page.rows)
    for table in page.tables:
        above = [row for row in rows if row[0].y > table.top]
        yield from _in_order(above)
        yield table
        rows = rows[len(above) :]
    yield from _in_order(rows)


def _in_order(rows: list[list[Printed]]) -> Iterator[Printed]:
    at = 0
    while at < len(rows):
        end = _columns_end(rows, at)
        if end > at:
            yield from _columns(rows[at:end], _gutter(rows[at:end]))
            at = end
            continue
        row = rows[at]
        yield row[0] if len(row) == 1 else _one_line(row)
        at += 1


def _one_line(row: list[Printed]) -> Printed:
    """A stretched line whose gaps part no columns, for no other row has one there."""
    wide = max(b.x0 - a.x1 for a, b in pairwise(row)) > 3 * row[0].size
    text = ("   " if wide else " ").join(part.text for part in row)
    return Printed(text, row[0].x0, row[-1].x1, row[0].y, row[0].size, row[0].first, row[0].page)


def _columns_end(rows: list[list[Printed]], at: int) -> int:
    """Where a block of two columns ends that begins at a row; the same place where none begins."""
    if len(rows[at]) < 2:
        return at
    gutter = _gap(rows[at])
    end, pairs = at + 1, 1
    for index in range(at + 1, len(rows)):
        row = rows[index]
        free = _free(row, gutter)
        if free is None:
            break
        gutter = free
        if len(row) > 1 or _goes_on_in_column(rows[index - 1], row[0]):
            end, pairs = index + 1, pairs + 1
    return end if pairs > 1 or _stands_apart(rows[at]) else at


def _stands_apart(row: list[Printed]) -> bool:
    """A lone row with two halves far from each other, as the first of a closing."""
    return max(b.x0 - a.x1 for a, b in pairwise(row)) > 3 * row[0].size


def _gap(row: Sequence[Printed]) -> tuple[float, float]:
    return max(((a.x1, b.x0) for a, b in pairwise(row)), key=lambda gap: gap[1] - gap[0])


def _free(row: Sequence[Printed], gutter: tuple[float, float]) -> tuple[float, float] | None:
    """What a row leaves of a gutter; None where it stands across it."""
    low, high = gutter
    for part in row:
        if part.x0 < low and part.x1 > high:
            return None
        if (part.x0 + part.x1) / 2 < (low + high) / 2:
            low = max(low, part.x1)
        else:
            high = min(high, part.x0)
    return (low, high) if high - low > 0.4 * row[0].size else None


def _gutter(rows: Sequence[Sequence[Printed]]) -> float:
    gutter = _gap(next(row for row in rows if len(row) > 1))
    for row in rows:
        gutter = _free(row, gutter) or gutter
    return sum(gutter) / 2


def _goes_on_in_column(above: Sequence[Printed], part: Printed) -> bool:
    """Whether a line alone is the next one of a column: close under it, and in its middle or at its edge."""
    for other in above:
        close = other.y - part.y < 1.7 * other.size
        middle = abs((other.x0 + other.x1) - (part.x0 + part.x1)) < part.size
        if close and (middle or abs(other.x0 - part.x0) < 2) and len(above) > 1:
            return True
    return False


def _columns(rows: Sequence[Sequence[Printed]], gutter: float) -> Iterator[Printed]:
    parts = [part for row in rows for part in row]
    for side in (1, 2):
        for part in parts:
            if ((part.x0 + part.x1) / 2 < gutter) == (side == 1):
                part.column = round(parts[0].y) * 2 + side
                yield part
