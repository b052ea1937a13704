"""The ladder: on which mornings a directive is mentioned, why, and who hears of it."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.calendar import OFFICE_ZONE, OfficeCalendar
from domain.ladder import Audience, Course, Rhythm, Rung, audience, next_mention, rung
from domain.lifecycle import State

CALENDAR = OfficeCalendar()
RHYTHM = Rhythm()
AT_WORK = State.IN_PROGRESS


def day(text: str) -> date:
    """``"07/02"`` of 2024."""
    return datetime.strptime(f"{text}/2024", "%d/%m/%Y").date()  # noqa: DTZ007


def at(text: str, clock: str = "09:00") -> datetime:
    return datetime.combine(day(text), time.fromisoformat(clock), OFFICE_ZONE)


def mentions(
    last_day: str | None,
    *,
    issued: str,
    until: str,
    state: State = AT_WORK,
    rhythm: Rhythm = RHYTHM,
    calendar: OfficeCalendar = CALENDAR,
    start: datetime | None = None,
) -> list[str]:
    """The local days of all mentions from the issue to a day, each found from the one before."""
    course = Course(state, day(issued), day(last_day) if last_day else None)
    moment = start or at(issued)
    found: list[str] = []
    while (moment_ := next_mention(course, moment, calendar, rhythm)) and moment_.date() <= day(until):
        assert moment_ > moment
        assert moment_.astimezone(OFFICE_ZONE).time() == rhythm.morning
        moment = moment_
        found.append(f"{moment:%d/%m}")
    return found


# 2024: 1 January is a Monday, 1 March a Friday; Tết is from Thursday 8 to Wednesday 14 February.


def test_a_full_ladder_in_plain_weeks() -> None:
    assert mentions("20/03", issued="01/03", until="25/03") == [
        "13/03",  # 7 days before, Wednesday
        "15/03",  # 3 days before is Sunday 17/03: the Friday before it
        "19/03",  # 1 day before
        "20/03",  # the last day
        "21/03", "22/03", "25/03",  # overdue, working days only
    ]  # fmt: skip


def test_what_is_due_on_a_monday_is_first_mentioned_on_it_when_issued_on_the_friday_before() -> None:
    assert mentions("04/03", issued="01/03", until="05/03") == ["04/03", "05/03"]


def test_a_last_day_on_a_sunday_is_mentioned_on_the_friday_once() -> None:
    # 7 days before is Sunday 10/03 -> Friday 08/03; 3 days before is Thursday 14/03; 1 and 0 days before fold.
    assert mentions("17/03", issued="01/03", until="19/03") == ["08/03", "14/03", "15/03", "18/03", "19/03"]


def test_rungs_in_tet_fold_into_the_last_working_day_before_it() -> None:
    # The last day is Saturday 10/02: all of 3, 1 and 0 days before fall to Wednesday 07/02.
    assert mentions("10/02", issued="24/01", until="16/02") == ["02/02", "07/02", "15/02", "16/02"]


def test_the_first_working_day_after_tet_as_last_day() -> None:
    # 7 days before is 08/02, 3 before is 12/02, 1 before is 14/02: all of them Wednesday 07/02.
    assert mentions("15/02", issued="24/01", until="16/02") == ["07/02", "15/02", "16/02"]


def test_nothing_is_said_in_tet_about_what_is_overdue() -> None:
    # 3 days before is Saturday 03/02: the Friday before it.
    found = mentions("06/02", issued="01/02", until="16/02")
    assert found == ["02/02", "05/02", "06/02", "07/02", "15/02", "16/02"]


def test_a_made_up_saturday_is_a_morning_like_any() -> None:
    calendar = OfficeCalendar(made_up=frozenset({day("16/03")}))
    # 1 day before Sunday 17/03 and 0 days before it are that Saturday now.
    found = mentions("17/03", issued="01/03", until="18/03", calendar=calendar)
    assert found == ["08/03", "14/03", "16/03", "18/03"]


def test_an_own_day_off_moves_a_rung_forward() -> None:
    calendar = OfficeCalendar(closed=frozenset({day("13/03")}))
    assert mentions("20/03", issued="01/03", until="13/03", calendar=calendar) == ["12/03"]


def test_a_late_start_has_only_the_rungs_ahead() -> None:
    assert mentions("20/03", issued="18/03", until="21/03") == ["19/03", "20/03", "21/03"]


def test_the_day_of_issue_is_no_rung() -> None:
    assert mentions("20/03", issued="20/03", until="22/03", start=at("20/03", "06:00")) == ["21/03", "22/03"]


def test_issued_after_its_last_day_it_is_overdue_from_the_next_working_day() -> None:
    assert mentions("15/03", issued="20/03", until="22/03") == ["21/03", "22/03"]


def test_unacknowledged_it_is_mentioned_on_working_days_1_3_and_5() -> None:
    assert mentions(None, issued="01/03", until="31/03", state=State.ISSUED) == ["04/03", "06/03", "08/03"]


def test_unacknowledged_rungs_and_those_before_the_last_day_fold() -> None:
    # Working days 1, 3, 5: 04/03, 06/03, 08/03. Before 11/03: 7 days is 04/03; 3 and 1 days are 08/03.
    found = mentions("11/03", issued="01/03", until="11/03", state=State.ISSUED)
    assert found == ["04/03", "06/03", "08/03", "11/03"]


def test_acknowledged_and_without_a_deadline_it_is_left_in_peace() -> None:
    assert next_mention(Course(AT_WORK, day("01/03"), None), at("01/03"), CALENDAR, RHYTHM) is None


@pytest.mark.parametrize(
    "state", [State.DRAFT, State.SUBMITTED, State.COMPLETED, State.DECLINED, State.SUSPENDED, State.CANCELLED]
)
def test_only_what_the_unit_has_in_hand_is_mentioned(state: State) -> None:
    assert next_mention(Course(state, day("01/03"), day("20/03")), at("01/03"), CALENDAR, RHYTHM) is None


def test_overdue_every_second_working_day() -> None:
    rhythm = Rhythm(overdue_every=2)
    # Overdue days 1, 3, 5, 7 after Friday 15/03, whatever day one asks on.
    found = mentions("15/03", issued="11/03", until="26/03", rhythm=rhythm)
    assert found == ["12/03", "14/03", "15/03", "18/03", "20/03", "22/03", "26/03"]
    course = Course(AT_WORK, day("11/03"), day("15/03"))
    for asked, expected in [("18/03", "20/03"), ("19/03", "20/03"), ("20/03", "22/03"), ("23/03", "26/03")]:
        found_at = next_mention(course, at(asked), CALENDAR, rhythm)
        assert found_at is not None
        assert found_at.date() == day(expected)


def test_at_the_very_morning_the_next_one_is_named() -> None:
    course = Course(AT_WORK, day("01/03"), day("20/03"))
    assert next_mention(course, at("19/03", "07:29"), CALENDAR, RHYTHM) == at("19/03", "07:30")
    assert next_mention(course, at("19/03", "07:30"), CALENDAR, RHYTHM) == at("20/03", "07:30")


def test_years_overdue_it_still_has_its_next_morning() -> None:
    course = Course(AT_WORK, date(2014, 1, 2), date(2014, 3, 3))
    assert next_mention(course, at("15/03"), CALENDAR, RHYTHM) == at("18/03", "07:30")


@pytest.mark.parametrize(
    ("today", "expected"),
    [
        ("13/03", Rung.BEFORE),
        ("19/03", Rung.BEFORE),
        ("20/03", Rung.LAST_DAY),
        ("21/03", Rung.OVERDUE),
    ],
)
def test_why_it_is_mentioned(today: str, expected: Rung) -> None:
    assert rung(Course(AT_WORK, day("01/03"), day("20/03")), day(today), CALENDAR) is expected


def test_the_last_working_day_before_a_last_day_off_counts_as_the_last_day() -> None:
    course = Course(AT_WORK, day("24/01"), day("10/02"))
    assert rung(course, day("07/02"), CALENDAR) is Rung.LAST_DAY
    assert rung(course, day("06/02"), CALENDAR) is Rung.BEFORE


def test_without_a_deadline_it_waits_for_an_acknowledgement() -> None:
    assert rung(Course(State.ISSUED, day("01/03"), None), day("04/03"), CALENDAR) is Rung.UNACKNOWLEDGED


@pytest.mark.parametrize(
    ("today", "expected"),
    [
        ("20/03", Audience()),  # the last day is on time
        ("21/03", Audience(head=True)),  # 1 working day overdue
        ("26/03", Audience(head=True)),  # 4
        ("27/03", Audience(head=True, leader=True)),  # 5
    ],
)
def test_who_hears(today: str, expected: Audience) -> None:
    course = Course(AT_WORK, day("01/03"), day("20/03"))
    assert audience(course, day(today), CALENDAR, RHYTHM) == expected


def test_days_off_do_not_count_towards_the_head() -> None:
    course = Course(AT_WORK, day("01/02"), day("07/02"))
    assert audience(course, day("14/02"), CALENDAR, RHYTHM) == Audience()
    assert audience(course, day("15/02"), CALENDAR, RHYTHM) == Audience(head=True)


def test_the_head_hears_of_what_nobody_acknowledged() -> None:
    course = Course(State.ISSUED, day("01/03"), day("20/03"))
    assert audience(course, day("04/03"), CALENDAR, RHYTHM) == Audience(head=True)


@pytest.mark.parametrize(
    ("moment", "quiet"),
    [("06:29", True), ("06:30", False), ("12:00", False), ("19:59", False), ("20:00", True), ("00:00", True)],
)
def test_quiet_hours_go_over_midnight(moment: str, quiet: bool) -> None:
    assert RHYTHM.is_quiet(at("13/03", moment)) is quiet


def test_quiet_hours_within_a_day() -> None:
    rhythm = Rhythm(quiet_from=time(11, 30), quiet_until=time(13, 30))
    assert rhythm.is_quiet(at("13/03", "12:00"))
    assert not rhythm.is_quiet(at("13/03", "23:00"))


@pytest.mark.parametrize(
    ("moment", "opening"),
    [
        (at("13/03", "09:00"), at("13/03", "09:00")),
        (at("13/03", "03:00"), at("13/03", "07:30")),
        (at("13/03", "21:00"), at("14/03", "07:30")),
        (at("15/03", "21:00"), at("18/03", "07:30")),  # over a weekend
        (at("07/02", "20:00"), at("15/02", "07:30")),  # over Tết
        (at("16/03", "10:00"), at("18/03", "07:30")),
    ],
)
def test_the_next_opening(moment: datetime, opening: datetime) -> None:
    assert RHYTHM.next_opening(moment, CALENDAR) == opening


DAYS = st.dates(date(2023, 12, 1), date(2024, 6, 30))


@settings(max_examples=300, deadline=None)
@given(
    state=st.sampled_from([State.ISSUED, AT_WORK]),
    issued=DAYS,
    length=st.none() | st.integers(-10, 90),
    asked=st.integers(0, 120),
    minute=st.integers(0, 24 * 60 - 1),
    every=st.integers(1, 4),
)
def test_every_mention_is_a_later_working_morning_and_asking_earlier_finds_none_between(
    state: State, issued: date, length: int | None, asked: int, minute: int, every: int
) -> None:
    rhythm = Rhythm(overdue_every=every)
    last_day = None if length is None else issued + timedelta(days=length)
    course = Course(state, issued, last_day)
    moment = datetime.combine(issued + timedelta(days=asked), time(minute // 60, minute % 60), OFFICE_ZONE)
    found = next_mention(course, moment, CALENDAR, rhythm)
    if found is None:
        assert last_day is None
        return
    assert found > moment
    assert found == rhythm.morning_of(found.astimezone(OFFICE_ZONE).date())
    assert CALENDAR.is_working(found.date())
    between = moment + (found - moment) / 2
    assert next_mention(course, between, CALENDAR, rhythm) == found
