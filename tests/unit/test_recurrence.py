"""Tasks that come again: each form with the days that follow, no drift over the years, and no guessing."""

from __future__ import annotations

from datetime import date, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.calendar import OfficeCalendar
from domain.cycles import Cycle, stored_cycle
from domain.deadlines import Deadline
from domain.recurrence import cycle_of, is_periodic

OFFICE = OfficeCalendar()


def last_days(words: str, first: str, count: int = 3, *, before: bool = False) -> list[str]:
    """The last days that follow a first deadline; empty where nobody can tell."""
    start = Deadline(date.fromisoformat(first), inclusive=not before)
    cycle = cycle_of(words, start)
    day, found = start.last_day(), []
    while cycle is not None and day is not None and len(found) < count:
        day = cycle.after(day, OFFICE).last_day()
        found.append(f"{day:%d/%m/%Y}")
    return found


FORMS = [
    # words, first deadline as written, "trước", the last days that follow
    ("ngày 20 hằng tháng", "2027-03-20", False, "20/04/2027 20/05/2027 20/06/2027"),
    ("ngày 20 hằng tháng", "2027-03-20", True, "19/04/2027 19/05/2027 19/06/2027"),
    ("ngày 01 hàng tháng", "2027-03-01", True, "31/03/2027 30/04/2027 31/05/2027"),
    ("hằng tháng", "2027-01-31", False, "28/02/2027 31/03/2027 30/04/2027"),
    ("ngày 31 hằng tháng", "2028-01-31", False, "29/02/2028 31/03/2028 30/04/2028"),
    ("Định kỳ hằng tháng, trước ngày 22", "2027-03-22", True, "21/04/2027 21/05/2027 21/06/2027"),
    ("hàng tháng, ngày 20", "2027-03-20", False, "20/04/2027 20/05/2027 20/06/2027"),
    ("ngày 15 và ngày 30 hằng tháng", "2027-01-15", False, "30/01/2027 15/02/2027 28/02/2027"),
    ("từ ngày 20 đến ngày 25 hằng tháng", "2027-03-25", False, "25/04/2027 25/05/2027 25/06/2027"),
    ("cuối tháng, hằng tháng", "2027-01-31", False, "28/02/2027 31/03/2027 30/04/2027"),
    ("ngày làm việc cuối cùng của tháng, hằng tháng", "2027-04-29", False, "31/05/2027 30/06/2027 30/07/2027"),
    ("ngày làm việc đầu tiên hằng tháng", "2027-03-01", False, "01/04/2027 04/05/2027 01/06/2027"),
    ("định kỳ 2 tháng một lần", "2027-03-10", False, "10/05/2027 10/07/2027 10/09/2027"),
    ("Định kỳ hằng quý", "2027-03-20", False, "20/06/2027 20/09/2027 20/12/2027"),
    ("hằng quý", "2027-03-31", False, "30/06/2027 30/09/2027 31/12/2027"),
    ("mỗi quý", "2027-02-10", False, "10/05/2027 10/08/2027 10/11/2027"),
    ("ngày 25 tháng cuối quý", "2027-03-25", True, "24/06/2027 24/09/2027 24/12/2027"),
    ("ngày 15 của tháng đầu quý", "2027-04-15", True, "14/07/2027 14/10/2027 14/01/2028"),
    ("ngày 05 tháng đầu tiên của quý sau", "2027-04-05", True, "04/07/2027 04/10/2027 04/01/2028"),
    ("hằng quý, ngày cuối quý", "2027-03-31", False, "30/06/2027 30/09/2027 31/12/2027"),
    ("hằng quý, hằng năm", "2027-03-20", False, "20/06/2027 20/09/2027 20/12/2027"),
    ("định kỳ 6 tháng một lần", "2027-06-30", False, "31/12/2027 30/06/2028 31/12/2028"),
    ("6 tháng, hằng năm", "2027-06-15", False, "15/12/2027 15/06/2028 15/12/2028"),
    ("6 tháng và hằng năm, trước 15/6 và 10/12", "2027-06-15", True, "09/12/2027 14/06/2028 09/12/2028"),
    ("10/6 và ngày 10/12 hằng năm", "2027-06-10", True, "09/12/2027 09/06/2028 09/12/2028"),
    ("20/11 hằng năm", "2027-11-20", True, "19/11/2028 19/11/2029 19/11/2030"),
    ("hằng năm, 30/6", "2027-06-30", False, "30/06/2028 30/06/2029 30/06/2030"),
    ("15 tháng 8 hằng năm", "2027-08-15", True, "14/08/2028 14/08/2029 14/08/2030"),
    ("hằng năm, kể từ năm 2029, báo cáo trước ngày 15/12", "2029-12-15", True, "14/12/2030 14/12/2031 14/12/2032"),
    ("hằng năm", "2028-02-29", False, "28/02/2029 28/02/2030 28/02/2031"),
    ("thứ Sáu hằng tuần", "2027-03-05", False, "12/03/2027 19/03/2027 26/03/2027"),
    ("Định kỳ hằng tuần, trước 16 giờ 00 ngày thứ Sáu", "2027-03-05", False, "12/03/2027 19/03/2027 26/03/2027"),
    ("hàng tuần, thứ Hai và thứ Năm", "2027-03-01", False, "04/03/2027 08/03/2027 11/03/2027"),
    ("mỗi chiều thứ Bảy", "2027-03-06", False, "13/03/2027 20/03/2027 27/03/2027"),
    ("3 ngày báo cáo UBND huyện một lần", "2027-03-01", False, "04/03/2027 07/03/2027 10/03/2027"),
    ("mỗi tuần", "2027-03-10", False, "17/03/2027 24/03/2027 31/03/2027"),
    ("chủ nhật hằng tuần", "2027-03-07", False, "14/03/2027 21/03/2027 28/03/2027"),
    ("định kỳ 2 tuần/lần", "2027-12-31", False, "14/01/2028 28/01/2028 11/02/2028"),
    ("hằng ngày trước 16 giờ", "2027-03-05", False, "08/03/2027 09/03/2027 10/03/2027"),
    ("10 ngày một lần", "2027-03-01", False, "11/03/2027 21/03/2027 31/03/2027"),
    ("ngày 20 hang thang", "2027-03-20", False, "20/04/2027 20/05/2027 20/06/2027"),
]


@pytest.mark.parametrize(("words", "first", "before", "expected"), FORMS)
def test_a_form_comes_again_on_its_days(words: str, first: str, before: bool, expected: str) -> None:
    assert last_days(words, first, before=before) == expected.split()


UNKNOWN = [
    "thường xuyên", "thường xuyên, liên tục", "tuần cuối của tháng, hằng tháng", "1 tháng 2 lần", "mỗi tuần 3 lần",
    "2 lần mỗi tuần", "02 giờ một lần", "02 lần/học kỳ",
    "giữa tháng, hằng tháng", "ngày rằm hằng tháng", "ngày 10 âm lịch hằng tháng", "6 tháng đầu năm và hằng năm",
    "10 ngày cuối tháng, hằng tháng", "ngày làm việc thứ 5 hằng tháng", "cuối tuần, hằng tuần", "ngày 45 hằng tháng",
    "đầu quý, hằng quý", "", "khi có yêu cầu",
]  # fmt: skip


@pytest.mark.parametrize("words", UNKNOWN)
def test_what_does_not_tell_the_day_is_not_guessed(words: str) -> None:
    assert last_days(words, "2027-03-10") == []


def test_without_a_first_deadline_nothing_is_known() -> None:
    assert cycle_of("ngày 25 hằng tháng", Deadline(None)) is None


def test_the_hour_comes_again_too() -> None:
    cycle = cycle_of("thứ Sáu hằng tuần", Deadline(date(2027, 3, 5), time=time(16, 0)))
    assert cycle is not None
    assert cycle.after(date(2027, 3, 5)).time == time(16, 0)


def test_an_office_that_reads_before_as_the_same_day_gets_that_day() -> None:
    cycle = cycle_of("ngày 25 hằng tháng", Deadline(date(2027, 3, 25), inclusive=False))
    assert cycle is not None
    after = cycle.after(date(2027, 3, 25), OFFICE, "same_day")
    assert after.last_day("same_day") == date(2027, 4, 25)


@pytest.mark.parametrize("words", ["hằng tháng", "mỗi quý", "định kỳ 2 tuần/lần", "tuần cuối hằng tháng"])
def test_words_that_tell_how_often_are_periodic(words: str) -> None:
    assert is_periodic(words)
    assert not is_periodic("thường xuyên")


def test_what_was_never_stored_is_no_cycle() -> None:
    with pytest.raises(ValueError, match="not a cycle"):
        stored_cycle("hằng tháng")


# --- whatever the cycle ---

DAYS_OF_MONTH = st.lists(st.tuples(st.integers(0, 11), st.integers(1, 31)), min_size=1, max_size=3, unique=True)


@st.composite
def cycles(draw: st.DrawFn) -> Cycle:
    """Any that the words can give."""
    unit = draw(st.sampled_from(["day", "week", "month"]))
    at = draw(st.none() | st.just(time(16, 30)))
    before = draw(st.booleans())
    if unit == "day":
        return Cycle("day", draw(st.integers(1, 20)), is_before=before, at=at)
    if unit == "week":
        every, day = draw(st.integers(1, 4)), draw(st.integers(0, 6))
        return Cycle("week", every, ((0, day),), phase=draw(st.integers(0, every - 1)), is_before=before, at=at)
    every = draw(st.sampled_from([1, 2, 3, 4, 6, 12]))
    days = tuple(sorted({(month % every, day) for month, day in draw(DAYS_OF_MONTH)}))
    return Cycle("month", every, days, is_before=before, at=at)


STARTS = st.dates(date(2020, 1, 1), date(2035, 12, 31))


@given(cycles(), STARTS)
def test_each_deadline_comes_after_the_one_before(cycle: Cycle, start: date) -> None:
    day = start
    for _ in range(8):
        after = cycle.after(day, OFFICE).last_day()
        assert after is not None
        assert after > day
        day = after


@given(cycles(), STARTS, st.integers(0, 200))
def test_it_does_not_matter_where_one_begins_to_count(cycle: Cycle, start: date, days: int) -> None:
    """Whatever was extended or came late in between, the next deadline is the same."""
    first = cycle.after(start, OFFICE).last_day()
    assert first is not None
    between = min(first - timedelta(days=1), start + timedelta(days=days))
    if cycle.unit != "day":
        assert cycle.after(max(start, between), OFFICE).last_day() == first


@given(cycles())
def test_what_is_stored_comes_back_the_same(cycle: Cycle) -> None:
    assert stored_cycle(str(cycle)) == cycle
    assert len(str(cycle)) <= 120


@given(st.integers(1, 31), st.dates(date(2020, 1, 1), date(2030, 12, 31)))
def test_thirty_years_of_months_have_every_month_once_and_keep_their_day(day: int, start: date) -> None:
    cycle, at, seen = Cycle("month", 1, ((0, day),)), start, []
    for _ in range(360):
        after = cycle.after(at, OFFICE).last_day()
        assert after is not None
        seen.append(after)
        at = after
    months = [d.year * 12 + d.month for d in seen]
    assert months == list(range(months[0], months[0] + 360))
    assert all(d.day == day or (d + timedelta(days=1)).day == 1 for d in seen)
