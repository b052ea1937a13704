"""The units by cell: a bar each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from domain.figures import Figures, UnitFigures, total, worst_first
from domain.timeliness import Cell
from exports.charts import sheet
from exports.charts.sheet import FAINT, FOOT, GREEN, HEAD, INK, MARGIN, ORANGE, SKY, VERMILION, WIDTH, count, text

if TYPE_CHECKING:
    from matplotlib.axes import Axes

LEGEND_ROW = 46
ROW = 92  # name and bar of a unit
BAR = 38
OTHERS = 72  # the line of the other units
TOTAL_WIDTH = 84  # right of the longest bar, for its total
MOST_UNITS = 10


@dataclass(frozen=True)
class Look:
    """How a cell is drawn and called."""

    label: str
    colour: str
    ink: str
    hatched: bool = False


LOOKS = {
    Cell.OPEN_LATE: Look("Quá hạn", VERMILION, "#FFFFFF"),
    Cell.OPEN_IN_TIME: Look("Đang làm, trong hạn", SKY, INK),
    Cell.OPEN_NO_DEADLINE: Look("Đang làm, không hạn", SKY, INK, hatched=True),
    Cell.DONE_LATE: Look("Xong quá hạn", ORANGE, INK),
    Cell.DONE_IN_TIME: Look("Xong đúng hạn", GREEN, "#FFFFFF"),
    Cell.DONE_NO_DEADLINE: Look("Xong, không hạn", GREEN, "#FFFFFF", hatched=True),
}
"""In the order of a bar: what is overdue begins at the left edge, where lengths compare best."""

FINISHED = frozenset({Cell.DONE_LATE, Cell.DONE_IN_TIME, Cell.DONE_NO_DEADLINE})


def units_chart(rows: Sequence[UnitFigures], title: str, as_of: date) -> bytes:
    """A bar per unit, cut into the cells.

    Args:
        rows: figures of the units; the worst ten are drawn, the others summed up in a line.
        title: whose figures, e.g. the office's name.
        as_of: the day they are of.

    Returns:
        a PNG, 1080 pixels wide.
    """
    ranked = [row for row in worst_first(rows) if row.figures.total]
    drawn, others = ranked[:MOST_UNITS], ranked[MOST_UNITS:]
    if len(others) == 1:
        drawn, others = ranked, []
    everything = total(ranked)
    bars = HEAD + max(map(len, _legend_columns(everything))) * LEGEND_ROW + 24
    height = bars + len(drawn) * ROW + (OTHERS if others else 0) + FOOT
    figure, axes = sheet.sheet(height)
    sheet.heading(axes, "Tình hình thực hiện nhiệm vụ", title, _facts(as_of, everything))
    _legend(axes, everything)
    scale = (WIDTH - 2 * MARGIN - TOTAL_WIDTH) / max((row.figures.total for row in drawn), default=1)
    for i, row in enumerate(drawn):
        _row(axes, row, bars + i * ROW, scale)
    if others:
        _others(axes, others, height - FOOT - OTHERS / 2)
    return sheet.png(figure)


def _facts(as_of: date, everything: Figures) -> str:
    rate = everything.rate_of_all.value
    done = "" if rate is None else f", hoàn thành {rate * 100:.1f} %".replace(".", ",")
    return f"đến {as_of:%d/%m/%Y}: {count(everything.total)} nhiệm vụ{done}"


def _legend_columns(everything: Figures) -> tuple[list[Cell], list[Cell]]:
    """The cells that occur: unfinished on the left, finished on the right."""
    occur = [cell for cell in LOOKS if everything.count(cell)]
    return [c for c in occur if c not in FINISHED], [c for c in occur if c in FINISHED]


def _legend(axes: Axes, everything: Figures) -> None:
    for i, column in enumerate(_legend_columns(everything)):
        for j, cell in enumerate(column):
            x, y = MARGIN + i * (WIDTH - 2 * MARGIN) / 2, HEAD + j * LEGEND_ROW
            _block(axes, x, y, 30, 26, LOOKS[cell])
            text(axes, x + 42, y + 13, f"{LOOKS[cell].label}: {count(everything.count(cell))}", "small")


def _row(axes: Axes, row: UnitFigures, top: float, scale: float) -> None:
    text(axes, MARGIN, top + 14, row.name, "name")
    x = float(MARGIN)
    for cell, n in _stretches(row.figures):
        _stretch(axes, x, top + 34, n * scale, cell, n)
        x += n * scale
    text(axes, x + 12, top + 34 + BAR / 2, count(row.figures.total), "count", FAINT)


def _stretches(figures: Figures) -> Iterator[tuple[Cell, int]]:
    return ((cell, figures.count(cell)) for cell in LOOKS if figures.count(cell))


def _stretch(axes: Axes, x: float, y: float, width: float, cell: Cell, n: int) -> None:
    look, words = LOOKS[cell], count(n)
    _block(axes, x, y, width, BAR, look)
    if width < 18 + 16 * len(words):
        return
    paper = {"facecolor": look.colour, "edgecolor": "none", "pad": 2.0} if look.hatched else None
    text(axes, x + width / 2, y + BAR / 2, words, "count", look.ink, align="center", behind=paper)


def _block(axes: Axes, x: float, y: float, width: float, height: float, look: Look) -> None:
    sheet.box(axes, x, y, width, height, look.colour, hatched=look.hatched)


def _others(axes: Axes, others: Sequence[UnitFigures], y: float) -> None:
    """The other units in a line: one bar of them all would dwarf the rest."""
    sums = total(others)
    words = f"{len(others)} đơn vị khác: {count(sums.total)} nhiệm vụ, {count(sums.open_late)} quá hạn, "
    text(axes, MARGIN, y, f"{words}{count(sums.done)} hoàn thành", "name", FAINT)
