from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.calendar import OfficeCalendar
from domain.deadlines.lunar import first_day_of_tet, full_moon_of_first_month, solar

OFFICE = OfficeCalendar()
# The Vietnamese almanac; in 1968, 1985, 2007 and 2030 the Chinese one has another day.
TET = {
    1968: "01-29",
    1985: "01-21",
    2007: "02-17",
    2020: "01-25",
    2023: "01-22",
    2024: "02-10",
    2025: "01-29",
    2026: "02-17",
}
TET |= {2027: "02-06", 2028: "01-26", 2030: "02-02", 2033: "01-31"}


@pytest.mark.parametrize(("year", "day"), TET.items())
def test_tet_is_the_vietnamese_one(year, day):
    assert first_day_of_tet(year) == date.fromisoformat(f"{year}-{day}")


@pytest.mark.parametrize(
    ("lunar", "expected"),
    [((15, 8, 2025), "2025-10-06"), ((10, 3, 2026), "2026-04-26"), ((23, 12, 2025), "2026-02-10")],
)
def test_lunar_days_have_their_solar_date(lunar, expected):
    assert solar(*lunar) == date.fromisoformat(expected)


def test_the_fifteenth_of_the_first_month():
    assert full_moon_of_first_month(2024) == date(2024, 2, 24)


def test_a_lunar_month_has_no_thirty_first_day():
    with pytest.raises(ValueError, match="no day 31"):
        solar(31, 1, 2026)


@pytest.mark.parametrize("day", ["2027-03-06", "2027-03-07", "2026-02-17", "2026-04-30", "2026-09-02", "2026-01-01"])
def test_weekends_and_holidays_are_not_worked(day):
    assert not OFFICE.is_working(date.fromisoformat(day))


def test_an_ordinary_monday_is_worked():
    assert OFFICE.is_working(date(2027, 3, 8))
    assert OFFICE.holiday_name(date(2027, 3, 8)) is None


def test_holidays_are_named_in_vietnamese():
    assert "Tết" in (OFFICE.holiday_name(date(2026, 2, 17)) or "")


def test_the_saturday_the_whole_country_worked_in_2024():
    assert OFFICE.is_working(date(2024, 5, 4))


def test_the_offices_own_lists_win():
    office = OfficeCalendar(closed=frozenset({date(2027, 3, 8)}), made_up=frozenset({date(2027, 3, 13)}))
    assert not office.is_working(date(2027, 3, 8))
    assert office.is_working(date(2027, 3, 13))


def test_stepping_over_a_weekend():
    friday, monday = date(2027, 3, 5), date(2027, 3, 8)
    assert OFFICE.next_working(friday) == monday
    assert OFFICE.previous_working(monday) == friday
    assert OFFICE.on_or_after(date(2027, 3, 6)) == monday
    assert OFFICE.on_or_before(date(2027, 3, 7)) == friday
    assert OFFICE.on_or_after(friday) == friday == OFFICE.on_or_before(friday)


def test_adding_working_days_does_not_count_the_first():
    assert OFFICE.add_working_days(date(2024, 3, 4), 10) == date(2024, 3, 18)
    assert OFFICE.add_working_days(date(2024, 3, 18), -10) == date(2024, 3, 4)
    assert OFFICE.add_working_days(date(2024, 3, 4), 0) == date(2024, 3, 4)


def test_working_days_between_is_the_inverse_of_adding():
    start = date(2026, 2, 10)  # Tết lies between
    end = OFFICE.add_working_days(start, 7)
    assert OFFICE.working_days_between(start, end) == 7
    assert OFFICE.working_days_between(end, start) == -7


@given(st.dates(date(2023, 1, 1), date(2027, 12, 31)), st.integers(-900, 900))
def test_counted_by_years_or_day_by_day_it_is_the_same(day, length):
    other = day + timedelta(days=length)
    first, last = sorted((day, other))
    one_by_one = sum(OFFICE.is_working(first + timedelta(days=i)) for i in range(1, (last - first).days + 1))
    assert OFFICE.working_days_between(day, other) == (one_by_one if length >= 0 else -one_by_one)
