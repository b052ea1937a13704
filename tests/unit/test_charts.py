"""The pictures: complete, readable on a phone, without a word that runs over another; drawn by a child process."""

from __future__ import annotations

import asyncio
import os
import signal
import struct
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import combinations

import pytest

from domain.figures import Figures, Movement, Period, UnitFigures, Week
from domain.timeliness import Cell
from exports.charts import (
    LOOKS,
    MOST_UNITS,
    ChartRoom,
    month,
    month_chart,
    room,
    sheet,
    trend,
    trend_chart,
    units_chart,
)

TODAY = date(2024, 2, 7)  # a Wednesday
LONG = "Ban Quản lý dự án đầu tư xây dựng, phát triển quỹ đất và cụm công nghiệp liên xã vùng cao biên giới phía Bắc"


def _unit(n: int, **counts: int) -> UnitFigures:
    return UnitFigures(n, f"Phòng thứ {n}", "department", Figures(**counts or {"open_in_time": 1}))


def _weeks(*counts: tuple[int, int, int]) -> list[Week]:
    """Done, newly overdue and standing overdue of each week; the last is the one of today."""
    monday = TODAY - timedelta(days=TODAY.weekday())
    starts = [monday - timedelta(weeks=len(counts) - 1 - i) for i in range(len(counts))]
    return [
        Week(
            Period(first, first + timedelta(days=6)),
            Figures(open_late=late),
            Movement(done_in_time=done, newly_overdue=n),
        )
        for first, (done, n, late) in zip(starts, counts, strict=True)
    ]


def _size(png: bytes) -> tuple[int, int]:
    assert png[:8] == b"\x89PNG\r\n\x1a\n"
    width, height = struct.unpack(">II", png[16:24])
    return width, height


@dataclass(frozen=True)
class Word:
    """Words of a picture with their place, in pixels from the bottom left."""

    text: str
    left: float
    right: float
    low: float
    high: float

    def touches(self, other: Word) -> bool:
        return self.left < other.right and other.left < self.right and self.low < other.high and other.low < self.high


@pytest.fixture
def drawn(monkeypatch: pytest.MonkeyPatch) -> list[Word]:
    """What the pictures of a test say."""
    words: list[Word] = []
    keep = sheet.png

    def reading(figure: object) -> bytes:
        for text in figure.axes[0].texts:  # type: ignore[attr-defined]
            box = text.get_window_extent()
            words.append(Word(text.get_text(), box.x0, box.x1, box.y0, box.y1))
        return keep(figure)  # type: ignore[arg-type]

    monkeypatch.setattr(sheet, "png", reading)
    return words


def _said(drawn: list[Word]) -> list[str]:
    return [word.text for word in drawn]


# --- the units by cell ---


def test_the_worst_ten_are_drawn_and_the_others_summed_up(drawn: list[Word]) -> None:
    units_chart([_unit(n, open_late=n, done_in_time=1) for n in range(1, 21)], "UBND huyện Mẫu", TODAY)
    names = [text for text in _said(drawn) if text.startswith("Phòng thứ")]
    assert names == [f"Phòng thứ {n}" for n in range(20, 20 - MOST_UNITS, -1)]
    assert "10 đơn vị khác: 65 nhiệm vụ, 55 quá hạn, 10 hoàn thành" in _said(drawn)


def test_one_unit_over_is_drawn_instead_of_being_the_others(drawn: list[Word]) -> None:
    units_chart([_unit(n) for n in range(MOST_UNITS + 1)], "UBND huyện Mẫu", TODAY)
    assert sum(text.startswith("Phòng thứ") for text in _said(drawn)) == MOST_UNITS + 1


def test_the_head_and_the_legend_say_what_is_counted(drawn: list[Word]) -> None:
    units_chart([_unit(1, done_in_time=1200, open_late=84)], "UBND huyện Mẫu", TODAY)
    assert "UBND huyện Mẫu, đến 07/02/2024: 1.284 nhiệm vụ, hoàn thành 93,5 %" in _said(drawn)
    assert {"Quá hạn: 84", "Xong đúng hạn: 1.200"} <= set(_said(drawn))
    assert not any(text.startswith("Xong quá hạn") for text in _said(drawn))


def test_a_name_is_words_and_never_a_formula(drawn: list[Word]) -> None:
    units_chart([UnitFigures(1, "Tổ $x$ và $$", "body", Figures(open_late=1))], "A $ B", TODAY)
    assert "Tổ $x$ và $$" in _said(drawn)


def test_units_without_directives_are_left_out_and_nothing_at_all_is_still_a_picture() -> None:
    assert _size(units_chart([_unit(1), _unit(2, soon=0, done_late=0)], "A", TODAY)) == _size(
        units_chart([_unit(1)], "A", TODAY)
    )
    assert _size(units_chart([], "A", TODAY))[0] == sheet.WIDTH


def test_every_cell_has_a_look_of_its_own() -> None:
    assert set(Cell) == set(LOOKS)
    assert len({(look.colour, look.hatched) for look in LOOKS.values()}) == len(Cell)


# --- twelve weeks ---


def test_each_series_of_the_trend_has_its_name_its_sum_and_a_count_for_every_week(drawn: list[Word]) -> None:
    trend_chart(_weeks((3, 1, 7), (0, 2, 9), (5, 0, 4)), "Phòng Nội vụ", TODAY)
    said = _said(drawn)
    assert "Diễn biến 3 tuần" in said
    assert "Phòng Nội vụ, đến 07/02/2024; mỗi cột một tuần, ghi ngày thứ Hai" in said
    assert [text for text in said if ": " in text][:-1] == [
        "Hoàn thành trong tuần: tổng 8",
        "Mới quá hạn trong tuần: tổng 3",
        "Còn quá hạn cuối tuần: nay 4, tuần đầu 7",
    ]
    assert [text for text in said if text.isdecimal()] == ["3", "0", "5", "1", "2", "0", "7", "9", "4"]
    assert said.count("22/01") == said.count("29/01") == said.count("05/02") == len(trend.SERIES)


def test_a_week_under_way_is_told_from_the_weeks_that_are_over(drawn: list[Word]) -> None:
    ending = "Cột gạch chéo: tuần đang diễn ra"
    trend_chart(_weeks((1, 1, 1)), "A", TODAY)
    assert ending in _said(drawn)
    drawn.clear()
    trend_chart(_weeks((1, 1, 1)), "A", TODAY + timedelta(days=4))  # the Sunday
    assert ending not in _said(drawn)


def test_an_office_without_weeks_still_gets_a_picture(drawn: list[Word]) -> None:
    assert _size(trend_chart([], "A", TODAY))[0] == sheet.WIDTH
    assert "Hoàn thành trong tuần: chưa có số liệu" in _said(drawn)


# --- a month ---


def test_a_month_says_what_is_overdue_what_comes_and_which_days_are_off(drawn: list[Word]) -> None:
    due = {date(2024, 2, 5): 3, TODAY: 1, date(2024, 2, 20): 1200, date(2024, 3, 1): 50}
    month_chart(due, TODAY, {date(2024, 2, 9), date(2024, 2, 10)}, "Phòng Nội vụ", TODAY)
    said = _said(drawn)
    assert said[:2] == ["Việc đến hạn tháng 02/2024", "Phòng Nội vụ, đến 07/02/2024: 1.204 việc chưa xong, 3 quá hạn"]
    assert [said[i : i + 3] for i, text in enumerate(said) if text == "5"] == [["5", "3", "quá hạn"]]
    assert [said[i : i + 4] for i, text in enumerate(said) if text == "7"] == [["7", "hôm nay", "1", "đến hạn"]]
    assert [said[i : i + 3] for i, text in enumerate(said) if text == "20"] == [["20", "1.200", "đến hạn"]]
    assert said.count("nghỉ") == 2
    assert "50" not in said


@pytest.mark.parametrize(
    ("day", "last"), [(date(2024, 2, 1), "29"), (date(2023, 2, 1), "28"), (date(2024, 12, 31), "31")]
)
def test_every_day_of_the_month_is_there(drawn: list[Word], day: date, last: str) -> None:
    month_chart({}, day, set(), "A", TODAY)
    days = [text for text in _said(drawn) if text.isdecimal()]
    assert days == [str(n) for n in range(1, int(last) + 1)]


def test_six_weeks_make_the_picture_higher_than_four() -> None:
    four, six = date(2027, 2, 1), date(2024, 9, 1)
    heights = [_size(month_chart({}, first, set(), "A", TODAY))[1] for first in (four, six)]
    assert heights[1] - heights[0] == 2 * month.TALL


# --- all of them ---

BIG = [(10_000 + i, 20_000 + i, 99_000 + i) for i in range(12)]
PICTURES: dict[str, Callable[[str], bytes]] = {
    "few units": lambda whose: units_chart([_unit(1, open_late=3, done_in_time=1)], whose, TODAY),
    "many units": lambda whose: units_chart(
        [UnitFigures(n, LONG, "body", Figures(open_late=1, done_late=20_000 * n)) for n in range(40)], whose, TODAY
    ),
    "no units": lambda whose: units_chart([], whose, TODAY),
    "twelve weeks": lambda whose: trend_chart(_weeks(*BIG), whose, TODAY),
    "weeks of nothing": lambda whose: trend_chart(_weeks(*[(0, 0, 0)] * 12), whose, TODAY),
    "a full month": lambda whose: month_chart(
        {TODAY.replace(day=n): n * 1111 for n in range(1, 30)}, TODAY, {TODAY, date(2024, 2, 11)}, whose, TODAY
    ),
    "a month of nothing": lambda whose: month_chart({}, date(2024, 9, 1), set(), whose, TODAY),
}  # fmt: skip


@pytest.mark.parametrize("whose", ["Toàn cơ quan", LONG])
@pytest.mark.parametrize("name", PICTURES)
def test_no_word_leaves_the_sheet_or_lies_on_another(drawn: list[Word], name: str, whose: str) -> None:
    width, height = _size(PICTURES[name](whose))
    assert width == sheet.WIDTH
    assert all(w.left >= 0 and w.right <= width and w.low >= 0 and w.high <= height for w in drawn)
    assert [(a.text, b.text) for a, b in combinations(drawn, 2) if a.touches(b)] == []
    assert any(whose in text for text in _said(drawn))


def _luminance(colour: str) -> float:
    """Relative luminance as WCAG 2.1 has it."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize(
    ("colour", "ink"),
    [
        *((look.colour, look.ink) for look in LOOKS.values()),
        (sheet.VERMILION, month.WHITE),
        (sheet.SKY, sheet.INK),
        (month.SHADE, sheet.FAINT),
        (sheet.PAPER, sheet.FAINT),
    ],
)
def test_words_stand_out_from_what_is_behind_them(colour: str, ink: str) -> None:
    light, dark = sorted((_luminance(colour), _luminance(ink)), reverse=True)
    assert (light + 0.05) / (dark + 0.05) >= 3


# --- the child process ---


@pytest.fixture
async def child_room() -> AsyncIterator[ChartRoom]:
    made = ChartRoom()
    yield made
    made.close()


def _children(made: ChartRoom) -> list[int]:
    return [] if made._child is None else list(made._child._processes)


async def test_nothing_is_started_before_something_is_drawn(child_room: ChartRoom) -> None:
    assert _children(child_room) == []


async def test_it_draws_in_a_child_and_again_after_the_child_was_killed(child_room: ChartRoom) -> None:
    first = await child_room.units_chart([_unit(1)], "A", TODAY)
    (child,) = _children(child_room)
    assert child != os.getpid()
    os.kill(child, signal.SIGKILL)
    assert await child_room.units_chart([_unit(1)], "A", TODAY) == first
    assert _children(child_room) != [child]


async def test_trend_and_month_come_from_the_same_child(child_room: ChartRoom) -> None:
    weeks = await child_room.draw(trend_chart, _weeks((1, 2, 3)), "A", TODAY)
    days = await child_room.draw(month_chart, {TODAY: 1}, TODAY, frozenset[date](), "A", TODAY)
    assert _size(weeks)[0] == _size(days)[0] == sheet.WIDTH
    assert len(_children(child_room)) == 1


async def test_the_child_ends_when_nothing_is_drawn_and_comes_back(
    child_room: ChartRoom, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(room, "IDLE_S", 0.0)
    await child_room.units_chart([_unit(1)], "A", TODAY)
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    assert child_room._child is None
    assert (await child_room.units_chart([_unit(1)], "A", TODAY))[:4] == b"\x89PNG"
