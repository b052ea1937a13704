"""When a person may be reminded again at a moment of their own choice."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.calendar import OFFICE_ZONE, OfficeCalendar
from domain.errors import SnoozeNotToday, SnoozeOverdue, SnoozePastDeadline
from domain.ladder import Rhythm
from domain.snoozing import Later, choices, chosen, last_moment, moment

CALENDAR, RHYTHM = OfficeCalendar(), Rhythm()
FRIDAY, SATURDAY, MONDAY = date(2024, 3, 1), date(2024, 3, 2), date(2024, 3, 4)
MOMENTS = st.integers(0, 366 * 24 * 60).map(
    lambda minutes: datetime(2024, 1, 1, tzinfo=OFFICE_ZONE) + timedelta(minutes=minutes)
)


def at(day: date, clock: str = "08:00") -> datetime:
    return datetime.combine(day, time.fromisoformat(clock), OFFICE_ZONE)


def choose(later: Later, now: datetime, last_day: date | None, hour: time | None = None) -> datetime:
    return chosen(later, now, last_day, hour, CALENDAR, RHYTHM)


def test_this_afternoon_is_at_the_offices_hour() -> None:
    assert choose(Later.AFTERNOON, at(FRIDAY), None) == at(FRIDAY, "14:00")


def test_tomorrow_is_the_next_working_morning() -> None:
    assert choose(Later.TOMORROW, at(FRIDAY), None) == at(MONDAY, "07:30")
    assert choose(Later.TOMORROW, at(SATURDAY), None) == at(MONDAY, "07:30")


@pytest.mark.parametrize("now", [at(FRIDAY, "14:00"), at(FRIDAY, "19:00"), at(SATURDAY, "08:00")])
def test_an_afternoon_that_is_over_or_free_cannot_be_chosen(now: datetime) -> None:
    assert moment(Later.AFTERNOON, now, CALENDAR, RHYTHM) is None
    with pytest.raises(SnoozeNotToday):
        choose(Later.AFTERNOON, now, None)


def test_on_the_last_day_only_the_afternoon_is_left() -> None:
    assert choose(Later.AFTERNOON, at(FRIDAY), FRIDAY) == at(FRIDAY, "14:00")
    with pytest.raises(SnoozePastDeadline) as refused:
        choose(Later.TOMORROW, at(FRIDAY), FRIDAY)
    assert (refused.value.until, refused.value.last_day) == (at(MONDAY, "07:30"), FRIDAY)


def test_a_last_day_at_the_weekend_is_over_on_monday() -> None:
    with pytest.raises(SnoozePastDeadline):
        choose(Later.TOMORROW, at(FRIDAY), date(2024, 3, 3))
    assert choose(Later.TOMORROW, at(FRIDAY), MONDAY) == at(MONDAY, "07:30")


def test_an_hour_ends_the_deadline_earlier() -> None:
    assert choose(Later.AFTERNOON, at(FRIDAY), FRIDAY, time(16, 30)) == at(FRIDAY, "14:00")
    with pytest.raises(SnoozePastDeadline):
        choose(Later.AFTERNOON, at(FRIDAY), FRIDAY, time(11, 0))
    with pytest.raises(SnoozePastDeadline):
        choose(Later.AFTERNOON, at(FRIDAY), FRIDAY, time(14, 0))


def test_what_is_overdue_can_wait_for_the_afternoon_but_not_for_another_day() -> None:
    late = FRIDAY - timedelta(days=9)
    assert choose(Later.AFTERNOON, at(FRIDAY), late) == at(FRIDAY, "14:00")
    with pytest.raises(SnoozeOverdue):
        choose(Later.TOMORROW, at(FRIDAY), late)


def test_an_hour_that_has_passed_today_makes_it_overdue() -> None:
    assert choose(Later.AFTERNOON, at(FRIDAY, "11:30"), FRIDAY, time(11, 0)) == at(FRIDAY, "14:00")
    with pytest.raises(SnoozeOverdue):
        choose(Later.TOMORROW, at(FRIDAY, "11:30"), FRIDAY, time(11, 0))


@given(
    now=MOMENTS,
    days=st.none() | st.integers(-30, 30),
    hour=st.none() | st.times(),
)
def test_what_is_offered_lies_ahead_on_a_working_day_and_never_past_a_deadline_to_come(
    now: datetime, days: int | None, hour: time | None
) -> None:
    last_day = None if days is None else now.date() + timedelta(days=days)
    for later in choices(now, last_day, hour, CALENDAR, RHYTHM):
        until = choose(later, now, last_day, hour)
        assert until > now
        assert CALENDAR.is_working(until.date())
        if last_day is not None and now < last_moment(last_day, hour):
            assert until < last_moment(last_day, hour)


@given(now=MOMENTS, days=st.integers(1, 60))
def test_what_is_overdue_is_never_offered_another_day(now: datetime, days: int) -> None:
    last_day = now.date() - timedelta(days=days)
    assert Later.TOMORROW not in choices(now, last_day, None, CALENDAR, RHYTHM)
