"""The picture of the units: complete, readable, drawn by a child process."""

from __future__ import annotations

import asyncio
import os
import signal
import struct
from collections.abc import AsyncIterator
from datetime import date

import pytest

from domain.figures import Figures, UnitFigures
from domain.timeliness import Cell
from exports import charts
from exports.charts import LOOKS, MOST_UNITS, ChartRoom, units_chart

TODAY = date(2024, 2, 5)
LONG = "Ban Quản lý dự án đầu tư xây dựng, phát triển quỹ đất và cụm công nghiệp liên xã vùng cao biên giới phía Bắc"


def _unit(n: int, **counts: int) -> UnitFigures:
    return UnitFigures(n, f"Phòng thứ {n}", "department", Figures(**counts or {"open_in_time": 1}))


def _size(png: bytes) -> tuple[int, int]:
    assert png[:8] == b"\x89PNG\r\n\x1a\n"
    width, height = struct.unpack(">II", png[16:24])
    return width, height


@pytest.fixture
def drawn(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, float, float]]:
    """The words of a picture with their place and width, in pixels."""
    words: list[tuple[str, float, float]] = []
    keep = charts._png

    def reading(figure: object) -> bytes:
        for text in figure.axes[0].texts:  # type: ignore[attr-defined]
            box = text.get_window_extent()
            words.append((text.get_text(), box.x0, box.x1))
        return keep(figure)  # type: ignore[arg-type]

    monkeypatch.setattr(charts, "_png", reading)
    return words


def test_a_picture_is_as_wide_as_a_phone_shows_it() -> None:
    assert _size(units_chart([_unit(1), _unit(2)], "UBND huyện Mẫu", TODAY))[0] == charts.WIDTH


def test_the_worst_ten_are_drawn_and_the_others_summed_up(drawn: list[tuple[str, float, float]]) -> None:
    units_chart([_unit(n, open_late=n, done_in_time=1) for n in range(1, 21)], "UBND huyện Mẫu", TODAY)
    names = [text for text, _, _ in drawn if text.startswith("Phòng thứ")]
    assert names == [f"Phòng thứ {n}" for n in range(20, 20 - MOST_UNITS, -1)]
    assert "10 đơn vị khác: 65 nhiệm vụ, 55 quá hạn, 10 hoàn thành" in [text for text, _, _ in drawn]


def test_one_unit_over_is_drawn_instead_of_being_the_others(drawn: list[tuple[str, float, float]]) -> None:
    units_chart([_unit(n) for n in range(MOST_UNITS + 1)], "UBND huyện Mẫu", TODAY)
    assert sum(text.startswith("Phòng thứ") for text, _, _ in drawn) == MOST_UNITS + 1


def test_the_head_and_the_legend_say_what_is_counted(drawn: list[tuple[str, float, float]]) -> None:
    units_chart([_unit(1, done_in_time=1200, open_late=84)], "UBND huyện Mẫu", TODAY)
    words = [text for text, _, _ in drawn]
    assert "UBND huyện Mẫu, đến 05/02/2024: 1.284 nhiệm vụ, hoàn thành 93,5 %" in words
    assert {"Quá hạn: 84", "Xong đúng hạn: 1.200"} <= set(words)
    assert not any(text.startswith("Xong quá hạn") for text in words)


def test_no_name_is_cut_or_runs_over_the_edge(drawn: list[tuple[str, float, float]]) -> None:
    units_chart([UnitFigures(1, LONG, "department", Figures(done_in_time=3))], LONG, TODAY)
    assert LONG in [text for text, _, _ in drawn]
    assert all(left >= 0 and right <= charts.WIDTH for _, left, right in drawn)


def test_a_name_is_words_and_never_a_formula(drawn: list[tuple[str, float, float]]) -> None:
    units_chart([UnitFigures(1, "Tổ $x$ và $$", "body", Figures(open_late=1))], "A $ B", TODAY)
    assert "Tổ $x$ và $$" in [text for text, _, _ in drawn]


def test_units_without_directives_are_left_out_and_nothing_at_all_is_still_a_picture() -> None:
    assert _size(units_chart([_unit(1), _unit(2, soon=0, done_late=0)], "A", TODAY)) == _size(
        units_chart([_unit(1)], "A", TODAY)
    )
    assert _size(units_chart([], "A", TODAY))[0] == charts.WIDTH


def test_every_cell_has_a_look_of_its_own() -> None:
    assert set(Cell) == set(LOOKS)
    assert len({(look.colour, look.hatched) for look in LOOKS.values()}) == len(Cell)


def _luminance(colour: str) -> float:
    """Relative luminance as WCAG 2.1 has it."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("cell", list(Cell))
def test_counts_stand_out_from_their_bar(cell: Cell) -> None:
    look = LOOKS[cell]
    light, dark = sorted((_luminance(look.colour), _luminance(look.ink)), reverse=True)
    assert (light + 0.05) / (dark + 0.05) >= 3


# --- the child process --------------------------------------------------------------------------


@pytest.fixture
async def room() -> AsyncIterator[ChartRoom]:
    made = ChartRoom()
    yield made
    made.close()


def _children(room: ChartRoom) -> list[int]:
    return [] if room._child is None else list(room._child._processes)


async def test_nothing_is_started_before_something_is_drawn(room: ChartRoom) -> None:
    assert _children(room) == []


async def test_it_draws_in_a_child_and_again_after_the_child_was_killed(room: ChartRoom) -> None:
    first = await room.units_chart([_unit(1)], "A", TODAY)
    (child,) = _children(room)
    assert child != os.getpid()
    os.kill(child, signal.SIGKILL)
    assert await room.units_chart([_unit(1)], "A", TODAY) == first
    assert _children(room) != [child]


async def test_the_child_ends_when_nothing_is_drawn_and_comes_back(
    room: ChartRoom, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(charts, "IDLE_S", 0.0)
    await room.units_chart([_unit(1)], "A", TODAY)
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    assert room._child is None
    assert (await room.units_chart([_unit(1)], "A", TODAY))[:4] == b"\x89PNG"
