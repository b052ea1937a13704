"""Ruled tables on a PDF page: the grid from its lines, and the words in its cells."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from notices.outline import marker_of
from notices.pdf_words import Rule, Word

NEAR = 3.0  # points within which two rules are one, or touch
MAX_CELLS = 20_000
MAX_RULES = 4_000  # merged ones; more make a drawing


@dataclass
class Table:
    """A ruled table.

    Args:
        columns: the places of its vertical rules, from the left.
        rows: the places of its horizontal rules, from the top.
        region: for each elementary cell [row][column] the number of the cell it belongs to.
        words: of each cell by that number.
    """

    columns: list[float]
    rows: list[float]
    region: list[list[int]]
    words: dict[int, list[Word]] = field(default_factory=dict)

    @property
    def top(self) -> float:
        """Its upper edge."""
        return self.rows[0]

    @property
    def bottom(self) -> float:
        """Its lower edge."""
        return self.rows[-1]

    def take(self, word: Word) -> bool:
        """Whether a word stands in the table; then it is kept in its cell."""
        x, y = (word.x0 + word.x1) / 2, word.y + 0.3 * word.size
        column = bisect_right(self.columns, x) - 1
        row = bisect_right([-at for at in self.rows], -y) - 1
        if not (0 <= column < len(self.columns) - 1 and 0 <= row < len(self.rows) - 1):
            return False
        self.words.setdefault(self.region[row][column], []).append(word)
        return True

    def cells(self) -> list[list[str]]:
        """Its rows; what spans rows stands in all of them, what spans columns in the first."""
        texts = {number: cell_text(words) for number, words in self.words.items()}
        found = []
        for region in self.region:
            first = [number not in region[:column] for column, number in enumerate(region)]
            found.append([texts.get(n, "") if own else "" for n, own in zip(region, first, strict=True)])
        return found

    def spans(self, row: int, column: int) -> bool:
        """Whether a cell goes over several rows."""
        number = self.region[row][column]
        return any(
            0 <= other < len(self.region) and self.region[other][column] == number for other in (row - 1, row + 1)
        )


def tables_of(across: Sequence[Rule], down: Sequence[Rule]) -> list[Table]:
    """The tables that rules make, from the top; a frame of one cell is none."""
    lying, standing = _merged(across), _merged(down)
    if len(lying) + len(standing) > MAX_RULES:
        return []
    tables = [table for group in _touching(lying, standing) if (table := _table(*group))]
    return sorted(tables, key=lambda table: -table.top)


def _merged(rules: Sequence[Rule]) -> list[Rule]:
    """Rules in one line that touch are one rule."""
    found: list[Rule] = []
    line: list[Rule] = []
    for rule in sorted(rules, key=lambda r: r.at):
        if line and rule.at - line[0].at > NEAR:
            found += _in_line(line)
            line = []
        line.append(rule)
    return found + _in_line(line)


def _in_line(line: list[Rule]) -> list[Rule]:
    found: list[Rule] = []
    for rule in sorted(line, key=lambda r: r.low):
        if found and rule.low <= found[-1].high + NEAR:
            found[-1] = Rule(found[-1].at, found[-1].low, max(found[-1].high, rule.high))
        else:
            found.append(rule)
    return found


def _touching(lying: list[Rule], standing: list[Rule]) -> list[tuple[list[Rule], list[Rule]]]:
    """Groups of rules that cross or meet."""
    parent = list(range(len(lying) + len(standing)))

    def root(index: int) -> int:
        while parent[index] != index:
            parent[index] = parent[parent[index]]
            index = parent[index]
        return index

    for i, flat in enumerate(lying):
        for j, tall in enumerate(standing):
            if _meet(flat, tall):
                parent[root(i)] = root(len(lying) + j)
    groups: dict[int, tuple[list[Rule], list[Rule]]] = {}
    for i, rule in enumerate([*lying, *standing]):
        groups.setdefault(root(i), ([], []))[0 if i < len(lying) else 1].append(rule)
    return list(groups.values())


def _meet(flat: Rule, tall: Rule) -> bool:
    return flat.low - NEAR <= tall.at <= flat.high + NEAR and tall.low - NEAR <= flat.at <= tall.high + NEAR


def _table(lying: list[Rule], standing: list[Rule]) -> Table | None:
    columns = _places(rule.at for rule in standing)
    rows = _places(rule.at for rule in lying)[::-1]
    if len(columns) < 3 or len(rows) < 2 or len(columns) * len(rows) > MAX_CELLS:
        return None
    return Table(columns, rows, _regions(columns, rows, lying, standing))


def _places(values: Iterable[float]) -> list[float]:
    places: list[float] = []
    for value in sorted(values):
        if not places or value - places[-1] > NEAR:
            places.append(value)
    return places


def _regions(columns: list[float], rows: list[float], lying: list[Rule], standing: list[Rule]) -> list[list[int]]:
    """Number the cells; where a rule is missing between two elementary ones, they are one."""
    height, width = len(rows) - 1, len(columns) - 1
    region = [[row * width + column for column in range(width)] for row in range(height)]
    renamed: dict[int, int] = {}

    def name(number: int) -> int:
        while number in renamed:
            number = renamed[number]
        return number

    def unite(one: int, other: int) -> None:
        one, other = name(one), name(other)
        if one != other:
            renamed[max(one, other)] = min(one, other)

    for row in range(height):
        middle = (rows[row] + rows[row + 1]) / 2
        for column in range(1, width):
            if not _ruled(standing, columns[column], middle):
                unite(region[row][column - 1], region[row][column])
    for column in range(width):
        middle = (columns[column] + columns[column + 1]) / 2
        for row in range(1, height):
            if not _ruled(lying, rows[row], middle):
                unite(region[row - 1][column], region[row][column])
    return [[name(number) for number in line] for line in region]


def _ruled(rules: list[Rule], at: float, through: float) -> bool:
    return any(abs(rule.at - at) <= NEAR and rule.low <= through <= rule.high for rule in rules)


def cell_text(words: Sequence[Word]) -> str:
    """The words of a cell as its paragraphs."""
    lines: list[str] = []
    for line in lines_of(words):
        text = " ".join(word.text for word in line)
        begins = not lines or marker_of(text) or (lines[-1].endswith((".", ";", ":")) and not text[:1].islower())
        if begins:
            lines.append(text)
        else:
            lines[-1] = together(lines[-1], text)
    return "\n".join(lines)


def lines_of(words: Sequence[Word]) -> list[list[Word]]:
    """Words on one height are a line; from the top, each from the left."""
    lines: list[list[Word]] = []
    for word in sorted(words, key=lambda w: -w.y):
        if lines and lines[-1][0].y - word.y <= 0.4 * max(word.size, lines[-1][0].size):
            lines[-1].append(word)
        else:
            lines.append([word])
    return [sorted(line, key=lambda w: w.x0) for line in lines]


def together(before: str, text: str) -> str:
    """Two lines as one; a hyphen or slash that ended the first one keeps its word whole ("122/QĐ-" "UBND")."""
    whole = before[-1:] in ("-", "/") and before[-2:-1].isalnum() and text[:1].isalnum()
    return f"{before}{text}" if whole else f"{before} {text}"
