"""The ladder: on which mornings a directive is mentioned, why, and who hears of it."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain import ladder
from domain.calendar import OFFICE_ZONE, OfficeCalendar
from domain.ladder import Course, Mention, Rhythm, Rung, next_mention, rung
from domain.lifecycle import State

CALENDAR = OfficeCalendar()
DAILY = Rhythm(overdue_every=1)
RHYTHM = Rhythm()
AT_WORK = State.IN_PROGRESS


def day(text: str) -> date:
    """``"07/02"`` of 2024."""
    return datetime.strptime(f"{text}/2024", "%d/%m/%Y").date()  # noqa: DTZ007


def at(text: str, clock: str = "09:00") -> datetime:
    return datetime.combine(day(text), time.fromisoformat(clock), OFFICE_ZONE)


def course(
    last_day: str | None, issued: str, *, state: State = AT_WORK, hour: str | None = None, urgent: bool = False
) -> Course:
    """Given to its unit at nine in the morning."""
    ends = time.fromisoformat(hour) if hour else None
    return Course(state, at(issued), day(last_day) if last_day else None, ends, urgent)


def mentions(
    last_day: str | None,
    *,
    issued: str,
    until: str,
    state: State = AT_WORK,
    rhythm: Rhythm = DAILY,
    calendar: OfficeCalendar = CALENDAR,
    start: datetime | None = None,
) -> list[str]:
    """The local days of all mornings with a mention, each found from the one before."""
    one = course(last_day, issued, state=state)
    moment = start or at(issued)
    found: list[str] = []
    while (moment_ := next_mention(one, moment, calendar, rhythm)) and moment_.date() <= day(until):
        assert moment_ > moment
        moment = moment_
        if moment.astimezone(OFFICE_ZONE).time() == rhythm.morning:
            found.append(f"{moment:%d/%m}")
    return found


def told(one: Course, until: str, rhythm: Rhythm = RHYTHM, calendar: OfficeCalendar = CALENDAR) -> list[str]:
    """``"21/03 07:30 overdue officer head"``: every mention, as one sweep that comes late would find them."""
    found = ladder.mentions(one, one.issued_at, at(until, "23:59"), calendar, rhythm)
    return [_line(m) for m in found]


def _line(mention: Mention) -> str:
    who = [name for name in ("officer", "head", "office") if getattr(mention, name)]
    alone = ["alone"] if mention.is_pressing else []
    return " ".join([f"{mention.at.astimezone(OFFICE_ZONE):%d/%m %H:%M}", str(mention.rung), *who, *alone])


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
    assert next_mention(course(None, "01/03"), at("01/03"), CALENDAR, RHYTHM) is None


@pytest.mark.parametrize(
    "state", [State.DRAFT, State.SUBMITTED, State.COMPLETED, State.DECLINED, State.SUSPENDED, State.CANCELLED]
)
def test_only_what_the_unit_has_in_hand_is_mentioned(state: State) -> None:
    one = course("20/03", "01/03", state=state)
    assert next_mention(one, at("01/03"), CALENDAR, RHYTHM) is None
    assert ladder.mentions(one, at("01/03"), at("30/04"), CALENDAR, RHYTHM) == []


def test_overdue_every_second_working_day() -> None:
    # Overdue days 1, 3, 5, 7 after Friday 15/03, whatever day one asks on.
    found = mentions("15/03", issued="11/03", until="26/03", rhythm=RHYTHM)
    assert found == ["12/03", "14/03", "15/03", "18/03", "20/03", "22/03", "26/03"]
    one = course("15/03", "11/03")
    for asked, expected in [("18/03", "20/03"), ("19/03", "20/03"), ("20/03", "22/03"), ("23/03", "26/03")]:
        found_at = next_mention(one, at(asked), CALENDAR, RHYTHM)
        assert found_at is not None
        assert found_at.date() == day(expected)


def test_at_the_very_morning_the_next_one_is_named() -> None:
    one = course("20/03", "01/03")
    assert next_mention(one, at("19/03", "07:29"), CALENDAR, RHYTHM) == at("19/03", "07:30")
    assert next_mention(one, at("19/03", "07:30"), CALENDAR, RHYTHM) == at("20/03", "07:30")


def test_years_overdue_it_still_has_its_next_morning() -> None:
    given = datetime(2014, 1, 2, 9, tzinfo=OFFICE_ZONE)
    one = Course(AT_WORK, given, date(2014, 3, 3))
    assert next_mention(one, at("15/03"), CALENDAR, DAILY) == at("18/03", "07:30")


# --- who hears ---


def test_the_whole_ladder_of_what_was_acknowledged() -> None:
    assert told(course("20/03", "01/03"), "29/03") == [
        "13/03 07:30 before officer",
        "15/03 07:30 before officer",  # 3 days before is a Sunday
        "19/03 07:30 before officer",
        "20/03 07:30 last_day officer",
        "21/03 07:30 overdue officer head",  # 1 working day
        "25/03 07:30 overdue officer head office",  # 3
        "27/03 07:30 overdue officer head office",  # 5: the leader has it in the digest
        "29/03 07:30 overdue officer head office",
    ]


def test_every_tier_begins_on_its_own_day() -> None:
    rhythm = Rhythm(overdue_every=3, head_after=2, office_after=3)
    assert told(course("15/03", "15/03"), "26/03", rhythm) == [
        "18/03 07:30 overdue officer",  # 1
        "19/03 07:30 overdue head",  # 2
        "20/03 07:30 overdue office",  # 3
        "21/03 07:30 overdue officer head office",  # 4
        "26/03 07:30 overdue officer head office",  # 7
    ]


def test_the_head_hears_after_eight_working_hours_without_an_acknowledgement() -> None:
    # Given on Friday at nine: six working hours are left of that day, two more are over on Monday at half past nine.
    assert told(course(None, "01/03", state=State.ISSUED), "29/03") == [
        "04/03 07:30 unacknowledged officer",
        "04/03 09:30 unacknowledged head",
        "06/03 07:30 unacknowledged officer head",
        "08/03 07:30 unacknowledged officer head",
    ]


def test_working_hours_do_not_run_at_night_on_days_off_and_over_noon() -> None:
    night = Course(State.ISSUED, at("15/03", "21:00"), None)  # a Friday
    assert told(night, "19/03")[1] == "19/03 08:00 unacknowledged head"
    before_tet = Course(State.ISSUED, at("07/02", "16:00"), None)
    assert told(before_tet, "16/02")[:2] == ["15/02 07:30 unacknowledged officer", "15/02 16:30 unacknowledged head"]


def test_days_off_do_not_count_towards_a_tier() -> None:
    assert told(course("07/02", "07/02"), "20/02") == [
        "15/02 07:30 overdue officer head",
        "19/02 07:30 overdue officer head office",
    ]


# --- deadlines with an hour, and what is urgent ---


def test_two_hours_before_an_hour() -> None:
    one = course("20/03", "19/03", hour="17:00")
    assert told(one, "20/03") == ["20/03 07:30 last_day officer", "20/03 15:00 hours officer alone"]
    assert told(one, "20/03", Rhythm(before_hours=0)) == ["20/03 07:30 last_day officer"]


@pytest.mark.parametrize("hour", ["08:00", "09:30"])
def test_an_hour_in_the_early_morning_is_in_the_mornings_message(hour: str) -> None:
    assert told(course("20/03", "19/03", hour=hour), "20/03") == ["20/03 07:30 last_day officer"]


def test_an_hour_on_a_day_off_is_in_the_message_of_the_working_day_before() -> None:
    assert told(course("17/03", "14/03", hour="17:00"), "17/03") == ["15/03 07:30 last_day officer"]


def test_given_after_those_two_hours_have_begun_they_are_not_counted_down() -> None:
    assert told(Course(AT_WORK, at("20/03", "15:30"), day("20/03"), time(17)), "20/03") == []


def test_what_is_urgent_is_said_on_a_day_off_and_at_its_hour() -> None:
    one = course("17/03", "14/03", hour="08:00", urgent=True)
    assert told(one, "17/03") == [
        "15/03 07:30 last_day officer",
        "17/03 06:00 hours officer alone",
        "17/03 07:30 last_day officer alone",
    ]
    assert told(one, "17/03", Rhythm(urgent_ignores_quiet=False)) == ["15/03 07:30 last_day officer"]


# --- what stands over it ---


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
    assert rung(course("20/03", "01/03"), day(today), CALENDAR) is expected


def test_the_last_working_day_before_a_last_day_off_counts_as_the_last_day() -> None:
    one = course("10/02", "24/01")
    assert rung(one, day("07/02"), CALENDAR) is Rung.LAST_DAY
    assert rung(one, day("06/02"), CALENDAR) is Rung.BEFORE


def test_without_a_deadline_it_waits_for_an_acknowledgement() -> None:
    assert rung(course(None, "01/03", state=State.ISSUED), day("04/03"), CALENDAR) is Rung.UNACKNOWLEDGED


# --- hours of rest ---


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


COURSES = st.builds(
    lambda state, issued, minute, length, hour, urgent: Course(
        state,
        datetime.combine(issued, time(minute // 60, minute % 60), OFFICE_ZONE),
        None if length is None else issued + timedelta(days=length),
        hour,
        urgent,
    ),
    state=st.sampled_from([State.ISSUED, AT_WORK]),
    issued=DAYS,
    minute=st.integers(0, 24 * 60 - 1),
    length=st.none() | st.integers(-10, 60),
    hour=st.none() | st.times().map(lambda t: t.replace(second=0, microsecond=0)),
    urgent=st.booleans(),
)
RHYTHMS = st.builds(
    Rhythm,
    overdue_every=st.integers(1, 4),
    head_after=st.integers(1, 6),
    office_after=st.integers(1, 8),
    before_hours=st.integers(0, 5),
    unacknowledged_hours=st.integers(1, 20),
)


@settings(max_examples=200, deadline=None)
@given(one=COURSES, rhythm=RHYTHMS, days=st.integers(1, 90), gaps=st.lists(st.integers(1, 40), min_size=1))
def test_sweeps_at_any_moments_find_every_mention_once(one: Course, rhythm: Rhythm, days: int, gaps: list[int]) -> None:
    """However the sweeps fall, each takes what has come due since the stored moment, and stores the next."""
    end = one.issued_at + timedelta(days=days)
    all_at_once = ladder.mentions(one, one.issued_at + timedelta(microseconds=1), end, CALENDAR, rhythm)
    found: list[Mention] = []
    stored, now = next_mention(one, one.issued_at, CALENDAR, rhythm), one.issued_at
    for gap in [*gaps, 10_000]:
        now = min(end, now + timedelta(hours=gap))
        if stored is not None and stored <= now:
            found += ladder.mentions(one, stored, now, CALENDAR, rhythm)
            stored = next_mention(one, now, CALENDAR, rhythm)
    assert found == all_at_once


@settings(max_examples=200, deadline=None)
@given(one=COURSES, rhythm=RHYTHMS)
def test_a_mention_is_at_an_hour_of_work_or_urgent(one: Course, rhythm: Rhythm) -> None:
    for mention in ladder.mentions(one, one.issued_at, one.issued_at + timedelta(days=90), CALENDAR, rhythm):
        assert rhythm.may_send(mention.at, CALENDAR) or (one.is_urgent and mention.is_pressing)
        assert mention.officer or mention.head or mention.office
        if not mention.is_pressing and mention.rung is not Rung.UNACKNOWLEDGED:
            assert mention.at == rhythm.morning_of(mention.at.astimezone(OFFICE_ZONE).date())


@settings(max_examples=200, deadline=None)
@given(one=COURSES, rhythm=RHYTHMS, asked=st.integers(0, 90 * 24 * 60))
def test_asking_earlier_finds_none_between(one: Course, rhythm: Rhythm, asked: int) -> None:
    moment = one.issued_at + timedelta(minutes=asked)
    found = next_mention(one, moment, CALENDAR, rhythm)
    if found is None:
        assert one.last_day is None
        return
    assert found > moment
    assert next_mention(one, moment + (found - moment) / 2, CALENDAR, rhythm) == found
