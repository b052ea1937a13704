"""Tables of tasks without rules on a PDF page: columns parted by nothing but room, under a row that names them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise
from statistics import median

from notices.pdf_tables import Table
from notices.pdf_words import Word

HEAD_LINES = 4  # of one head, at most
FEWEST_COLUMNS, FEWEST_ROWS = 3, 2
ROOM = 0.35  # of the letters' size: between two columns, on every line
WIDE = 1.0  # of the letters' size: between two names in the head
STAGGERED = 0.95  # of the letters' size: less than any step from line to line
ROWS_APART = 1.2  # of the usual step from line to line: where one row ends and another begins
FAR = 4.0  # of the letters' size: a line so far below is not of the table
MOST_LINES = 400
NUMBER = re.compile(r"\d{1,3}[.)]?")

Gap = tuple[float, float]
Lines = Sequence[Sequence[Word]]


def unruled_tables(lines: Lines) -> list[Table]:
    """The tables without rules among the lines of a page, from the top, with their words in their cells."""
    tables: list[Table] = []
    at = 0
    while at < len(lines):
        first = _first_of_head(lines, at)
        found = _table_at(lines[first:], at - first) if _may_be_head(lines[at]) else None
        if found is None:
            at += 1
            continue
        table, taken = found
        tables.append(table)
        at = first + taken
    return tables


def _first_of_head(lines: Lines, at: int) -> int:
    """Names in two lines stand half a line above and below those in one, where cells are centred."""
    while at and lines[at - 1][0].y - lines[at][0].y < STAGGERED * lines[at][0].size:
        at -= 1
    return at


def _may_be_head(line: Sequence[Word]) -> bool:
    parts = _parts(line)
    return len(parts) >= FEWEST_COLUMNS and sum(len(word.text) for word in line) < 120


def _parts(line: Sequence[Word]) -> list[Gap]:
    """Where the names in a line of a head stand: what wide gaps part."""
    parts = [(line[0].x0, line[0].x1)]
    for before, word in pairwise(line):
        if word.x0 - before.x1 > WIDE * word.size:
            parts.append((word.x0, word.x1))
        else:
            parts[-1] = (parts[-1][0], word.x1)
    return parts


def _table_at(lines: Lines, named: int) -> tuple[Table, int] | None:
    """The table that begins with a line, and how many lines it has; ``named``: the line with most of its names."""
    if not _names_tasks(" ".join(word.text for word in lines[named])):
        return None
    last = named
    while last + 1 < len(lines) and lines[last][0].y - lines[last + 1][0].y < STAGGERED * lines[last][0].size:
        last += 1
    middles = [(a + b) / 2 for a, b in _united(part for line in lines[: last + 1] for part in _parts(line))]
    free = [[gap] for gap in pairwise(middles)]
    taken = 0
    for line in lines[:MOST_LINES]:
        if taken and lines[taken - 1][0].y - line[0].y > FAR * line[0].size:
            break
        left = [_free(gaps, line) for gaps in free]
        if not all(left):
            break
        free, taken = left, taken + 1
    widest = [max(gaps, key=lambda gap: gap[1] - gap[0], default=None) for gaps in free]
    gutters = [(gap[0] + gap[1]) / 2 for gap in widest if gap is not None]
    return _made(lines[:taken], gutters)


def _united(parts: Iterable[Gap]) -> list[Gap]:
    found: list[Gap] = []
    for low, high in sorted(parts):
        if found and low < found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], high))
        else:
            found.append((low, high))
    return found


def _names_tasks(head: str) -> bool:
    from notices.tables import columns_of

    return bool(columns_of(re.split(r"\s(?=[A-ZĐÀ-Ỹ])", head)))


def _free(gaps: Sequence[Gap], line: Sequence[Word]) -> list[Gap]:
    """What the words of one more line leave of some room."""
    for word in line:
        pieces = (piece for low, high in gaps for piece in _around(low, high, word))
        gaps = [(low, high) for low, high in pieces if high - low >= ROOM * word.size]
    return list(gaps)


def _around(low: float, high: float, word: Word) -> list[Gap]:
    if word.x1 <= low or word.x0 >= high:
        return [(low, high)]
    return [(low, word.x0), (word.x1, high)]


def _made(lines: Lines, gutters: Sequence[float]) -> tuple[Table, int] | None:
    """The table of lines that are parted at places; None where it is no table of tasks."""
    from notices.tables import is_head

    words = [word for line in lines for word in line]
    if len(lines) < FEWEST_ROWS + 1:
        return None
    columns = [min(word.x0 for word in words) - 1, *gutters, max(word.x1 for word in words) + 1]
    body = _head_lines(lines, columns)
    if body is None:
        return None
    starts = _row_starts(lines, body, columns)
    if len(starts) < FEWEST_ROWS:
        return None
    table = _filled(lines, columns, [0, *starts])
    return (table, len(lines)) if is_head(table.cells()[0]) else None


def _head_lines(lines: Lines, columns: Sequence[float]) -> int | None:
    """How many lines the head has: up to the first number below it, or the first wider step."""
    step = _step(lines, columns)
    for count in range(1, min(HEAD_LINES, len(lines) - 1) + 1):
        below = lines[count]
        numbered = below[0].x1 < columns[1] and NUMBER.fullmatch(below[0].text) and len(below) > 1
        if numbered or lines[count - 1][0].y - below[0].y > ROWS_APART * step:
            return count
    return None


def _step(lines: Lines, columns: Sequence[float]) -> float:
    """From line to line of one cell: the least that is usual."""
    size = median(word.size for line in lines for word in line)
    steps = []
    for left, right in pairwise(columns):
        heights = [line[0].y for line in lines if any(left < (word.x0 + word.x1) / 2 < right for word in line)]
        steps += [a - b for a, b in pairwise(heights) if a - b > STAGGERED * size]
    return sorted(steps)[len(steps) // 4] if steps else 1.2 * size


def _row_starts(lines: Lines, body: int, columns: Sequence[float]) -> list[int]:
    """The lines with which rows begin: where the step is wider; else where the first column has a number."""
    step = _step(lines, columns)
    apart = [i for i in range(body + 1, len(lines)) if lines[i - 1][0].y - lines[i][0].y > ROWS_APART * step]
    rows = [body, *apart]
    numbers = [i for i in range(body, len(lines)) if NUMBER.fullmatch(lines[i][0].text) and lines[i][0].x1 < columns[1]]
    ends = [*rows[1:], len(lines)]
    in_row = [sum(a <= i < b for i in numbers) for a, b in zip(rows, ends, strict=True)]
    if numbers and max(in_row) > 1:
        return numbers if numbers[0] == body else []
    return rows


def _filled(lines: Lines, columns: list[float], starts: Sequence[int]) -> Table:
    size = lines[0][0].size
    edges = [lines[start][0].y + size for start in starts] + [lines[-1][0].y - 0.5 * size]
    width = len(columns) - 1
    region = [[row * width + column for column in range(width)] for row in range(len(edges) - 1)]
    table = Table(list(columns), edges, region)
    for row, (start, end) in enumerate(pairwise([*starts, len(lines)])):
        for word in (word for line in lines[start:end] for word in line):
            column = sum(edge <= (word.x0 + word.x1) / 2 for edge in columns[1:-1])
            table.words.setdefault(region[row][column], []).append(word)
    return table
