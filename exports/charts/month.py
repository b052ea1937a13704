"""A month as a calendar: how much falls due on each day."""

from __future__ import annotations

from collections.abc import Mapping, Set
from datetime import date, timedelta
from typing import TYPE_CHECKING

from exports.charts import sheet
from exports.charts.sheet import FAINT, FOOT, HEAD, INK, LINE, MARGIN, PAPER, SKY, VERMILION, WIDTH, count, text

if TYPE_CHECKING:
    from matplotlib.axes import Axes

DAYS = ("T2", "T3", "T4", "T5", "T6", "T7", "CN")
CELL = (WIDTH - 2 * MARGIN) / len(DAYS)
TALL = 132
NAMES = 44  # of the days of the week
LEGEND = 60
GAP = 3
SHADE = "#DDE2E7"  # a day off
WHITE = "#FFFFFF"


def month_chart(due: Mapping[date, int], month: date, off: Set[date], title: str, as_of: date) -> bytes:
    """A calendar of what falls due.

    Args:
        due: unfinished directives by their last day; days of other months are left out.
        month: any day of it.
        off: the days on which the office does not work.
        title: whose figures.
        as_of: today: what is due before it and unfinished is overdue.

    Returns:
        a PNG, 1080 pixels wide.
    """
    days = _days_of(month)
    weeks = (days[0].weekday() + len(days) + 6) // 7
    figure, axes = sheet.sheet(HEAD + NAMES + weeks * TALL + LEGEND + FOOT)
    sheet.heading(axes, f"Việc đến hạn tháng {month:%m/%Y}", title, _facts(due, days, as_of))
    for i, name in enumerate(DAYS):
        text(axes, MARGIN + (i + 0.5) * CELL, HEAD + 8, name, "small", FAINT, align="center", bold=True)
    for day in days:
        row = (days[0].weekday() + day.day - 1) // 7
        corner = MARGIN + day.weekday() * CELL, HEAD + NAMES + row * TALL
        _day(axes, day, corner, due.get(day, 0), is_off=day in off, as_of=as_of)
    _legend(axes, HEAD + NAMES + weeks * TALL + 24)
    return sheet.png(figure)


def _days_of(month: date) -> list[date]:
    first = month.replace(day=1)
    return [day for i in range(31) if (day := first + timedelta(days=i)).month == first.month]


def _facts(due: Mapping[date, int], days: list[date], as_of: date) -> str:
    here = sum(due.get(day, 0) for day in days)
    late = sum(due.get(day, 0) for day in days if day < as_of)
    words = f"đến {as_of:%d/%m/%Y}: {count(here)} việc chưa xong"
    return words + (f", {count(late)} quá hạn" if late else "")


def _day(axes: Axes, day: date, corner: tuple[float, float], n: int, *, is_off: bool, as_of: date) -> None:
    x, y = corner
    is_late = n > 0 and day < as_of
    colour = VERMILION if is_late else SKY if n else SHADE if is_off else PAPER
    ink = WHITE if is_late else INK
    is_today = day == as_of
    sheet.box(
        axes, x + GAP, y + GAP, CELL - 2 * GAP, TALL - 2 * GAP, colour,
        edge=INK if is_today else LINE, thick=4.0 if is_today else 1.0,
    )  # fmt: skip
    if is_off and n:  # that it is a day off still shows
        sheet.box(axes, x + GAP + 3, y + GAP + 3, CELL - 2 * GAP - 6, 36, SHADE, edge=SHADE)
    number_ink = INK if is_off or not n else ink
    text(axes, x + 16, y + 26, str(day.day), "small", number_ink, bold=is_today)
    if is_today:
        text(axes, x + CELL / 2 + 18, y + 26, "hôm nay", "tick", number_ink, align="center", bold=True, room=CELL - 66)
    elif is_off:
        text(axes, x + CELL / 2 + 18, y + 26, "nghỉ", "tick", FAINT, align="center", room=CELL - 66)
    if n:
        _count(axes, x + CELL / 2, y, n, ink, is_late=is_late)


def _count(axes: Axes, middle: float, y: float, n: int, ink: str, *, is_late: bool) -> None:
    text(axes, middle, y + 72, count(n), "large", ink, align="center", bold=True, room=CELL - 24)
    text(axes, middle, y + 108, "quá hạn" if is_late else "đến hạn", "tick", ink, align="center", room=CELL - 24)


def _legend(axes: Axes, y: float) -> None:
    marks = ((VERMILION, "Quá hạn"), (SKY, "Đến hạn"), (SHADE, "Ngày nghỉ"))
    for i, (colour, words) in enumerate(marks):
        x = MARGIN + i * 250
        sheet.box(axes, x, y, 30, 26, colour)
        text(axes, x + 42, y + 13, words, "small")
    x = MARGIN + len(marks) * 250
    sheet.box(axes, x, y, 30, 26, PAPER, edge=INK, thick=3.0)
    text(axes, x + 42, y + 13, "Hôm nay", "small")
