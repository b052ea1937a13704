"""Pictures of the figures for a phone: PNG, 1080 pixels wide, drawn in a child process.

The colours are those of Okabe and Ito (2008), which people with any kind of colour blindness can tell apart; what
has no deadline is hatched besides, and every stretch that is wide enough carries its count.
"""

from __future__ import annotations

import asyncio
import os
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import BrokenExecutor, ProcessPoolExecutor
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from multiprocessing import get_context, parent_process
from typing import TYPE_CHECKING

from domain.figures import Figures, UnitFigures, total, worst_first
from domain.timeliness import Cell

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure
    from matplotlib.text import Text

WIDTH = 1080  # pixels, as are all lengths below
MARGIN = 48
DPI = 144
HEAD = 150  # title and date
LEGEND_ROW = 46
ROW = 92  # name and bar of a unit
BAR = 38
FOOT = 40
OTHERS = 72  # the line of the other units
TOTAL_WIDTH = 84  # right of the longest bar, for its total
MOST_UNITS = 10
IDLE_S = 60.0  # the child process ends when nothing was drawn for so long
LONGEST_S = 30.0  # more than any drawing takes, even on a busy machine

INK = "#1F2933"
FAINT = "#5B6773"
PAPER = "#FFFFFF"
SIZES = {"title": 16.0, "small": 10.5, "name": 11.5, "count": 10.5}  # points


@dataclass(frozen=True)
class Look:
    """How a cell is drawn and called."""

    label: str
    colour: str
    ink: str
    hatched: bool = False


LOOKS = {
    Cell.OPEN_LATE: Look("Quá hạn", "#D55E00", "#FFFFFF"),
    Cell.OPEN_IN_TIME: Look("Đang làm, trong hạn", "#56B4E9", INK),
    Cell.OPEN_NO_DEADLINE: Look("Đang làm, không hạn", "#56B4E9", INK, hatched=True),
    Cell.DONE_LATE: Look("Xong quá hạn", "#E69F00", INK),
    Cell.DONE_IN_TIME: Look("Xong đúng hạn", "#009E73", "#FFFFFF"),
    Cell.DONE_NO_DEADLINE: Look("Xong, không hạn", "#009E73", "#FFFFFF", hatched=True),
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
    figure, axes = _sheet(height)
    _heading(axes, title, as_of, everything)
    _legend(axes, everything)
    scale = (WIDTH - 2 * MARGIN - TOTAL_WIDTH) / max((row.figures.total for row in drawn), default=1)
    for i, row in enumerate(drawn):
        _row(axes, row, bars + i * ROW, scale)
    if others:
        _others(axes, others, height - FOOT - OTHERS / 2)
    return _png(figure)


def _sheet(height: int) -> tuple[Figure, Axes]:
    """A sheet on which one unit of the axes is one pixel, from the top left corner."""
    # Imported here: only the child process that draws should carry the library.
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    figure = Figure(figsize=(WIDTH / DPI, height / DPI), dpi=DPI, facecolor=PAPER)
    FigureCanvasAgg(figure)
    axes = figure.add_axes((0, 0, 1, 1))
    axes.set_xlim(0, WIDTH)
    axes.set_ylim(height, 0)
    axes.axis("off")
    return figure, axes


def _heading(axes: Axes, title: str, as_of: date, everything: Figures) -> None:
    _text(axes, MARGIN, 52, "Tình hình thực hiện nhiệm vụ", "title", bold=True)
    rate = everything.rate_of_all.value
    done = "" if rate is None else f", hoàn thành {rate * 100:.1f} %".replace(".", ",")
    _text(
        axes, MARGIN, 100, f"{title}, đến {as_of:%d/%m/%Y}: {_count(everything.total)} nhiệm vụ{done}", "small", FAINT
    )


def _legend_columns(everything: Figures) -> tuple[list[Cell], list[Cell]]:
    """The cells that occur: unfinished on the left, finished on the right."""
    occur = [cell for cell in LOOKS if everything.count(cell)]
    return [c for c in occur if c not in FINISHED], [c for c in occur if c in FINISHED]


def _legend(axes: Axes, everything: Figures) -> None:
    for i, column in enumerate(_legend_columns(everything)):
        for j, cell in enumerate(column):
            x, y = MARGIN + i * (WIDTH - 2 * MARGIN) / 2, HEAD + j * LEGEND_ROW
            _block(axes, x, y, 30, 26, LOOKS[cell])
            _text(axes, x + 42, y + 13, f"{LOOKS[cell].label}: {_count(everything.count(cell))}", "small")


def _row(axes: Axes, row: UnitFigures, top: float, scale: float) -> None:
    _text(axes, MARGIN, top + 14, row.name, "name")
    x = float(MARGIN)
    for cell, count in _stretches(row.figures):
        _stretch(axes, x, top + 34, count * scale, cell, count)
        x += count * scale
    _text(axes, x + 12, top + 34 + BAR / 2, _count(row.figures.total), "count", FAINT)


def _stretches(figures: Figures) -> Iterator[tuple[Cell, int]]:
    return ((cell, figures.count(cell)) for cell in LOOKS if figures.count(cell))


def _stretch(axes: Axes, x: float, y: float, width: float, cell: Cell, count: int) -> None:
    look, words = LOOKS[cell], _count(count)
    _block(axes, x, y, width, BAR, look)
    if width < 18 + 16 * len(words):
        return
    paper = {"facecolor": look.colour, "edgecolor": "none", "pad": 2.0} if look.hatched else None
    _text(axes, x + width / 2, y + BAR / 2, words, "count", look.ink, align="center", behind=paper)


def _block(axes: Axes, x: float, y: float, width: float, height: float, look: Look) -> None:
    from matplotlib.patches import Rectangle

    hatch = "///" if look.hatched else None
    axes.add_patch(Rectangle((x, y), width, height, facecolor=look.colour, edgecolor=PAPER, linewidth=1.0, hatch=hatch))


def _others(axes: Axes, others: Sequence[UnitFigures], y: float) -> None:
    """The other units in a line: one bar of them all would dwarf the rest."""
    sums = total(others)
    words = f"{len(others)} đơn vị khác: {_count(sums.total)} nhiệm vụ, {_count(sums.open_late)} quá hạn, "
    _text(axes, MARGIN, y, f"{words}{_count(sums.done)} hoàn thành", "name", FAINT)


def _text(
    axes: Axes,
    x: float,
    y: float,
    words: str,
    size: str,
    colour: str = INK,
    *,
    bold: bool = False,
    align: str = "left",
    behind: dict[str, object] | None = None,
) -> None:
    # DejaVu Sans comes with the library and has every Vietnamese letter
    drawn = axes.text(
        x, y, words, fontsize=SIZES[size], color=colour, family="DejaVu Sans", ha=align, va="center_baseline",
        weight="bold" if bold else "normal", bbox=behind, parse_math=False,
    )  # fmt: skip
    _shrink(drawn, SIZES[size], WIDTH - MARGIN - x if align == "left" else WIDTH)


def _shrink(drawn: Text, size: float, room: float) -> None:
    """Make words smaller until they fit: a unit's name is never cut."""
    width = drawn.get_window_extent().width
    if width > room:
        drawn.set_fontsize(size * room / width)


def _count(n: int) -> str:
    return f"{n:,}".replace(",", ".")


def _png(figure: Figure) -> bytes:
    buffer = BytesIO()
    figure.savefig(buffer, format="png", dpi=DPI)
    return buffer.getvalue()


def _end_with_parent() -> None:
    """In the child: leave when the program is gone, also after ``kill -9``."""
    parent = parent_process()

    def watch() -> None:
        if parent is not None:
            parent.join()
            os._exit(1)

    threading.Thread(target=watch, daemon=True).start()


class ChartRoom:
    """Draws off the event loop, in one child process that is started when first needed and ends when idle.

    The library takes about a hundred megabytes and a second to load: the bot itself should carry neither.
    """

    def __init__(self) -> None:
        self._child: ProcessPoolExecutor | None = None
        self._rest: asyncio.TimerHandle | None = None
        self._one_at_a_time = asyncio.Lock()

    async def units_chart(self, rows: Sequence[UnitFigures], title: str, as_of: date) -> bytes:
        """See the function of the same name; raises as ``draw`` does."""
        return await self.draw(units_chart, tuple(rows), title, as_of)

    async def draw(self, work: Callable[..., bytes], *facts: object) -> bytes:
        """Have the child draw something.

        Args:
            work: a function of a module, which the child finds by its name.
            facts: what it draws, copied to the child.

        Raises:
            BrokenExecutor: the child process was killed twice.
            TimeoutError: it took longer than any drawing should.
        """
        async with self._one_at_a_time:
            try:
                return await self._in_child(work, facts)
            except BrokenExecutor:
                self.close()
                return await self._in_child(work, facts)

    async def _in_child(self, work: Callable[..., bytes], facts: tuple[object, ...]) -> bytes:
        if self._rest is not None:
            self._rest.cancel()
        if self._child is None:
            self._child = ProcessPoolExecutor(
                max_workers=1, mp_context=get_context("spawn"), initializer=_end_with_parent
            )
        loop = asyncio.get_running_loop()
        try:
            async with asyncio.timeout(LONGEST_S):
                return await loop.run_in_executor(self._child, work, *facts)
        finally:
            self._rest = loop.call_later(IDLE_S, self.close)

    def close(self) -> None:
        """End the child process. The next drawing starts a new one."""
        if self._rest is not None:
            self._rest.cancel()
            self._rest = None
        if self._child is not None:
            self._child.shutdown(wait=False, cancel_futures=True)
            self._child = None
