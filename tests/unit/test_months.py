"""A month of the office's calendar: which days are off and why, counted by hand from official announcements."""

from __future__ import annotations

from datetime import date, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.calendar import OfficeCalendar
from domain.months import DayKind, Month, Occasion, beside, month_of, read_month
from texts import calendar as say
from texts.calendar import DueDay, Hours

PLAIN = OfficeCalendar()
SWAPPED = OfficeCalendar(frozenset({date(2025, 9, 25)}), frozenset({date(2025, 9, 13)}))
TODAY = date(2025, 12, 15)
HOURS = Hours((time(7, 30), time(11, 30), time(13, 30), time(17)), time(20), time(6, 30))

# Working days: Mondays to Fridays less those off, plus Saturdays worked.
# (year, month, calendar, working days, what stands below the table)
MONTHS = [
    (2025, 1, PLAIN, 17, ["1/1: Tết Dương lịch", "27/1–1/2: Tết Nguyên Đán"]),  # 23 - 1 - 5
    (2025, 2, PLAIN, 20, ["27/1–1/2: Tết Nguyên Đán"]),  # its Saturday takes no working day away
    (2024, 2, PLAIN, 16, ["8/2–14/2: Tết Nguyên Đán"]),  # 21 - 5
    (2025, 4, PLAIN, 21, ["7/4: Ngày Giỗ Tổ Hùng Vương", "26/4: làm bù", "30/4: Ngày Chiến thắng"]),  # 22 - 2 + 1
    (2025, 5, PLAIN, 20, ["1/5: Ngày Quốc tế Lao động", "2/5: nghỉ bù, làm ngày 26/04"]),  # 22 - 2
    (2025, 9, PLAIN, 20, ["1/9–2/9: Quốc khánh"]),  # 22 - 2
    (2025, 9, SWAPPED, 20, ["1/9–2/9: Quốc khánh", "13/9: làm bù", "25/9: cơ quan nghỉ"]),  # 22 - 2 - 1 + 1
    (2026, 8, PLAIN, 21, ["22/8: làm bù", "31/8: nghỉ bù, làm ngày 22/08"]),  # 21 - 1 + 1
    (2026, 9, PLAIN, 20, ["1/9–2/9: Quốc khánh"]),  # 22 - 2
    (2025, 3, PLAIN, 21, []),
]


@pytest.mark.parametrize(("year", "month", "calendar", "working", "below"), MONTHS)
def test_months_counted_by_hand(
    year: int, month: int, calendar: OfficeCalendar, working: int, below: list[str]
) -> None:
    shown = month_of(year, month, calendar)
    assert shown.working_days == working
    text = say.month(shown, HOURS, None, [])
    assert f"{working} ngày làm việc" in text
    assert [line for line in text.splitlines() if ":" in line and line[0].isdigit()] == below


def test_the_table_as_it_is_read_on_a_phone() -> None:
    shown = month_of(2025, 9, SWAPPED, date(2025, 9, 15))
    dues = [DueDay(date(2025, 9, 5), (12,), 1), DueDay(date(2025, 9, 14), (15, 16), 2)]
    assert say.month(shown, HOURS, "Phòng Nội vụ", dues) == (
        "<b>Tháng 9/2025</b>: 20 ngày làm việc\n"
        "<code> T2  T3  T4  T5  T6  T7  CN\n"
        "  1*  2*  3   4   5!  6   7\n"
        "  8   9  10  11  12  13+ 14!\n"
        "›15  16  17  18  19  20  21\n"
        " 22  23  24  25* 26  27  28\n"
        " 29  30</code>\n"
        "<i>* nghỉ · + làm bù · ! có hạn · › hôm nay</i>\n"
        "\n"
        "1/9–2/9: Quốc khánh\n"
        "13/9: làm bù\n"
        "25/9: cơ quan nghỉ\n"
        "\n"
        "<b>Hạn của Phòng Nội vụ</b>: 5/9 #12; 14/9 #15, #16\n"
        "\n"
        "Giờ làm việc 07:30–11:30, 13:30–17:00; từ 20:00 đến 06:30 không tự gửi tin."
    )


def test_many_due_days_are_cut_and_counted() -> None:
    dues = [DueDay(date(2025, 9, 1) + timedelta(days=i), (), 3) for i in range(20)]
    text = say.month(month_of(2025, 9, PLAIN), HOURS, "toàn cơ quan", dues)
    assert "1/9 (3 việc); 2/9 (3 việc)" in text
    assert "12/9 (3 việc); và 8 ngày khác" in text


def test_the_offices_own_swap_wins_over_the_public_calendar() -> None:
    shown = month_of(2026, 1, OfficeCalendar(frozenset({date(2026, 1, 3)}), frozenset({date(2026, 1, 1)})))
    kinds = {day.date.day: day.kind for day in shown.days}
    assert kinds[1] is DayKind.WORKING, "a Thursday worked in spite of the holiday is an ordinary day"
    assert kinds[3] is DayKind.WEEKEND, "a Saturday off is a Saturday"


# (what stands after /lich on 15 December 2025, year and month)
SAID = {
    "": (2025, 12),
    "2": (2025, 2),
    "02": (2025, 2),
    "2/2025": (2025, 2),
    "02-2026": (2026, 2),
    "tháng 2": (2025, 2),
    "thang 2/2026": (2026, 2),
    "Tháng 2 năm 2026": (2026, 2),
    "2026-03": (2026, 3),
    "tháng này": (2025, 12),
    "tháng sau": (2026, 1),
    "tháng tới": (2026, 1),
    "tháng trước": (2025, 11),
    "tết": (2026, 2),
    "0": None,
    "13": None,
    "2/1990": None,
    "31/2/2025": None,
    "hôm kia": None,
    "tháng": None,
}


@pytest.mark.parametrize("words", SAID)
def test_which_month_is_meant(words: str) -> None:
    assert read_month(words, TODAY, PLAIN) == SAID[words]


def test_tet_of_every_year_shows_by_its_name() -> None:
    for year in range(2016, 2036):
        found = read_month("tết", date(year, 1, 1), PLAIN)
        assert found is not None
        assert found[0] == year
        assert any(o.name == "Tết Nguyên Đán" and o.kind is DayKind.HOLIDAY for o in month_of(*found, PLAIN).occasions)


MONTH_NUMBERS = st.tuples(st.integers(2010, 2040), st.integers(1, 12))
DAYS = st.frozensets(st.dates(date(2010, 1, 1), date(2040, 12, 31)), max_size=12)


@given(MONTH_NUMBERS, DAYS, DAYS)
def test_every_day_stands_once_under_its_weekday_and_counts_as_the_calendar_says(
    which: tuple[int, int], closed: frozenset[date], made_up: frozenset[date]
) -> None:
    calendar = OfficeCalendar(closed, made_up)
    shown = month_of(*which, calendar)
    first = date(*which, 1)
    last = date(*beside(*which, 1), 1) - timedelta(days=1)
    assert [day.date for day in shown.days] == [first + timedelta(days=i) for i in range((last - first).days + 1)]
    assert all(day is None or day.date.weekday() == place for week in shown.weeks for place, day in enumerate(week))
    assert shown.working_days == calendar.working_days_between(first - timedelta(days=1), last)
    assert _explained(shown) == {day.date for day in shown.days if day.is_working != (day.date.weekday() < 5)} | {
        day.date for day in shown.days if day.kind is DayKind.HOLIDAY
    }


def _explained(shown: Month) -> set[date]:
    """The days of the month that the lines below the table speak of."""
    return {day.date for day in shown.days for o in shown.occasions if _covers(o, day.date)}


def _covers(occasion: Occasion, day: date) -> bool:
    return occasion.first <= day <= occasion.last


@given(MONTH_NUMBERS, st.integers(-40, 40))
def test_paging_there_and_back(which: tuple[int, int], step: int) -> None:
    assert beside(*beside(*which, step), -step) == which
