"""Which days are meant by what is typed after ``/status``, and what a period is compared with."""

from __future__ import annotations

from datetime import date

import pytest

from domain.figures import Period
from domain.spans import after, before, read_days

TODAY = date(2024, 2, 5)  # a Monday


@pytest.mark.parametrize(
    ("words", "first", "last", "rest"),
    [
        ("1/2", (2024, 2, 1), (2024, 2, 1), ""),
        ("tính đến hết ngày 31/1", (2024, 1, 31), (2024, 1, 31), ""),
        ("15/3", (2023, 3, 15), (2023, 3, 15), ""),  # looking back: the last such day
        ("15/3/2024", (2024, 3, 15), (2024, 3, 15), ""),
        ("tháng 12", (2023, 12, 1), (2023, 12, 31), ""),
        ("tháng 6", (2023, 6, 1), (2023, 6, 30), ""),
        ("tháng này", (2024, 2, 1), (2024, 2, 29), ""),
        ("thang sau", (2024, 3, 1), (2024, 3, 31), ""),
        ("tuần trước", (2024, 1, 29), (2024, 2, 4), ""),
        ("quý I/2023", (2023, 1, 1), (2023, 3, 31), ""),
        ("năm ngoái", (2023, 1, 1), (2023, 12, 31), ""),
        ("từ 20/12/2023 đến 5/1/2024", (2023, 12, 20), (2024, 1, 5), ""),
        ("Phòng Nội vụ tháng 1", (2024, 1, 1), (2024, 1, 31), "phong noi vu"),
        ("tháng 1 của Phòng Nội vụ", (2024, 1, 1), (2024, 1, 31), "phong noi vu"),
    ],
)
def test_days_are_read_looking_back(
    words: str, first: tuple[int, int, int], last: tuple[int, int, int], rest: str
) -> None:
    found = read_days(words, TODAY)
    assert found is not None
    assert (found.period, found.rest) == (Period(date(*first), date(*last)), rest)


@pytest.mark.parametrize("words", ["", "phòng nội vụ", "31/2", "tháng 13", "15"])
def test_what_names_no_day_is_none(words: str) -> None:
    assert read_days(words, TODAY) is None


def test_on_the_last_day_of_february_the_year_before_is_found() -> None:
    found = read_days("tháng 6", date(2024, 2, 29))
    assert found is not None
    assert found.period.first == date(2023, 6, 1)


@pytest.mark.parametrize(
    ("first", "last", "earlier"),
    [
        ((2024, 3, 1), (2024, 3, 31), ((2024, 2, 1), (2024, 2, 29))),
        ((2024, 1, 1), (2024, 3, 31), ((2023, 10, 1), (2023, 12, 31))),
        ((2024, 1, 1), (2024, 12, 31), ((2023, 1, 1), (2023, 12, 31))),
        ((2024, 1, 29), (2024, 2, 4), ((2024, 1, 22), (2024, 1, 28))),
        ((2024, 1, 1), (2024, 1, 15), ((2023, 12, 17), (2023, 12, 31))),
    ],
)
def test_a_period_is_compared_with_the_one_before_it_of_the_same_kind(
    first: tuple[int, int, int], last: tuple[int, int, int], earlier: tuple[tuple[int, int, int], tuple[int, int, int]]
) -> None:
    period = Period(date(*first), date(*last))
    found = before(period)
    assert found == Period(date(*earlier[0]), date(*earlier[1]))
    assert after(found) == period
