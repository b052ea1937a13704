"""Twelve weeks side by side: what was done, what became overdue, what stood overdue at the end.

Each has a field of its own under its name: three colours in one field could not be told apart in black and white, and
their counts would stand in each other's way.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from domain.figures import Week
from exports.charts import sheet
from exports.charts.sheet import FAINT, FOOT, GREEN, HEAD, MARGIN, ORANGE, VERMILION, WIDTH, count, text

if TYPE_CHECKING:
    from matplotlib.axes import Axes

FIELD = 290  # one series: name, bars, days
NAME = 46  # of it
DAYS = 44
ROOM_ABOVE = 34  # over the highest bar, for its count
BAR_SHARE = 0.62  # of a week's room


@dataclass(frozen=True)
class Series:
    """One field.

    Attributes:
        of: the count of a week.
        in_all: what the name is followed by.
        is_level: it stands at the end of a week, and is not added up.
    """

    name: str
    colour: str
    of: Callable[[Week], int]
    is_level: bool = False


SERIES = (
    Series("Hoàn thành trong tuần", GREEN, lambda week: week.movement.done),
    Series("Mới quá hạn trong tuần", ORANGE, lambda week: week.movement.newly_overdue),
    Series("Còn quá hạn cuối tuần", VERMILION, lambda week: week.figures.open_late, is_level=True),
)


def trend_chart(weeks: Sequence[Week], title: str, as_of: date) -> bytes:
    """The last weeks, oldest first.

    Args:
        weeks: as ``services.figures.trend`` gives them; the last may still be under way, and is hatched then.
        title: whose figures.
        as_of: the day they are of.

    Returns:
        a PNG, 1080 pixels wide.
    """
    figure, axes = sheet.sheet(HEAD + len(SERIES) * FIELD + FOOT)
    facts = f"đến {as_of:%d/%m/%Y}; mỗi cột một tuần, ghi ngày thứ Hai"
    sheet.heading(axes, f"Diễn biến {len(weeks)} tuần", title, facts)
    for i, series in enumerate(SERIES):
        _field(axes, series, weeks, as_of, HEAD + i * FIELD)
    if _is_under_way(weeks, as_of):
        text(axes, MARGIN, HEAD + len(SERIES) * FIELD + 4, "Cột gạch chéo: tuần đang diễn ra", "tick", FAINT)
    return sheet.png(figure)


def _is_under_way(weeks: Sequence[Week], as_of: date) -> bool:
    return bool(weeks) and weeks[-1].period.last > as_of


def _field(axes: Axes, series: Series, weeks: Sequence[Week], as_of: date, top: float) -> None:
    counts = [series.of(week) for week in weeks]
    text(axes, MARGIN, top + 12, f"{series.name}: {_in_all(series, counts)}", "name", bold=True)
    floor = top + FIELD - DAYS
    high = FIELD - NAME - DAYS - ROOM_ABOVE
    step = (WIDTH - 2 * MARGIN) / max(1, len(weeks))
    for i, (week, n) in enumerate(zip(weeks, counts, strict=True)):
        middle = MARGIN + (i + 0.5) * step
        tall = high * n / max(1, *counts)
        _bar(axes, middle, floor, (step * BAR_SHARE, tall), series.colour, hatched=week.period.last > as_of)
        text(axes, middle, floor - tall - 15, count(n), "count", align="center", bold=n > 0, room=step - 8)
        text(axes, middle, floor + 19, f"{week.period.first:%d/%m}", "tick", FAINT, align="center", room=step - 8)
    sheet.line(axes, floor, MARGIN, WIDTH - MARGIN)


def _in_all(series: Series, counts: Sequence[int]) -> str:
    if not counts:
        return "chưa có số liệu"
    if not series.is_level:
        return f"tổng {count(sum(counts))}"
    return f"nay {count(counts[-1])}, tuần đầu {count(counts[0])}"


def _bar(axes: Axes, middle: float, floor: float, size: tuple[float, float], colour: str, *, hatched: bool) -> None:
    width, tall = size
    if tall:
        sheet.box(axes, middle - width / 2, floor - tall, width, tall, colour, hatched=hatched)
