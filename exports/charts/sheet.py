"""The sheet that every picture is drawn on: its width, its letters, its colours. One unit of the axes is one pixel."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure
    from matplotlib.text import Text

WIDTH = 1080  # pixels, as are all lengths of the charts
MARGIN = 48
DPI = 144
HEAD = 150  # title and date
FOOT = 40
ONE_LINE = 76  # characters that fit below the title

INK = "#1F2933"
FAINT = "#5B6773"
LINE = "#C9D1D9"
PAPER = "#FFFFFF"
VERMILION, ORANGE, SKY, GREEN = "#D55E00", "#E69F00", "#56B4E9", "#009E73"  # Okabe and Ito, 2008
SIZES = {"title": 16.0, "small": 10.5, "name": 11.5, "count": 10.5, "large": 17.0, "tick": 9.5}  # points


def sheet(height: float) -> tuple[Figure, Axes]:
    """An empty sheet, counted from its top left corner."""
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


def heading(axes: Axes, title: str, whose: str, facts: str) -> None:
    """The title, and below it whose figures they are and of when; in two lines where one would be too small to read."""
    text(axes, MARGIN, 52, title, "title", bold=True)
    if len(whose) + len(facts) <= ONE_LINE:
        text(axes, MARGIN, 100, f"{whose}, {facts}", "small", FAINT)
        return
    text(axes, MARGIN, 92, whose, "small", FAINT)
    text(axes, MARGIN, 122, facts[:1].upper() + facts[1:], "small", FAINT)


def text(
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
    room: float | None = None,
) -> None:
    """Words on the sheet, never cut: what is too wide for its room is drawn smaller.

    Args:
        axes: the sheet.
        x: their left edge, or their middle.
        y: their middle.
        words: never read as a formula.
        size: one of ``SIZES``.
        colour: of the letters.
        bold: whether they are.
        align: "left" or "center".
        behind: a box behind them, as the library takes it.
        room: how wide they may be; up to the margin by default.
    """
    # DejaVu Sans comes with the library and has every Vietnamese letter
    drawn = axes.text(
        x, y, words, fontsize=SIZES[size], color=colour, family="DejaVu Sans", ha=align, va="center_baseline",
        weight="bold" if bold else "normal", bbox=behind, parse_math=False,
    )  # fmt: skip
    _shrink(drawn, SIZES[size], room or (WIDTH - MARGIN - x if align == "left" else WIDTH))


def _shrink(drawn: Text, size: float, room: float) -> None:
    width = drawn.get_window_extent().width
    if width > room:
        drawn.set_fontsize(size * room / width)


def box(
    axes: Axes,
    x: float,
    y: float,
    width: float,
    height: float,
    colour: str,
    *,
    hatched: bool = False,
    edge: str = PAPER,
    thick: float = 1.0,
) -> None:
    """A filled rectangle, given by its top left corner."""
    from matplotlib.patches import Rectangle

    axes.add_patch(
        Rectangle(
            (x, y), width, height, facecolor=colour, edgecolor=edge, linewidth=thick, hatch="///" if hatched else None
        )
    )


def line(axes: Axes, y: float, left: float, right: float) -> None:
    """A faint level line."""
    axes.plot([left, right], [y, y], color=LINE, linewidth=1.0, solid_capstyle="butt")


def count(n: int) -> str:
    """``1.284``."""
    return f"{n:,}".replace(",", ".")


def png(figure: Figure) -> bytes:
    """The picture as a file."""
    buffer = BytesIO()
    figure.savefig(buffer, format="png", dpi=DPI)
    return buffer.getvalue()
