"""The calendar file: what programs that show calendars read out of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest
from icalendar import Calendar, Event

from domain.calendar import OFFICE_ZONE
from domain.feeds import Entry
from exports.calendar_ics import calendar_ics

CHANGED = datetime(2024, 2, 1, 3, 4, 5, 678, tzinfo=UTC)
ENTRY = Entry("abc", 3, CHANGED, date(2024, 2, 29), None, "#12 Báo cáo", "Báo cáo biên chế\n\nHạn: 29/02/2024")


def _read(*entries: Entry) -> tuple[Calendar, list[Event]]:
    calendar = Calendar.from_ical(calendar_ics(entries, "Lịch hạn: Phòng Nội vụ"))
    assert isinstance(calendar, Calendar)
    return calendar, list(calendar.events)


def test_a_deadline_is_an_event_of_its_whole_day_that_takes_nobody_s_time() -> None:
    calendar, (event,) = _read(ENTRY)
    assert (event.start, event.end) == (date(2024, 2, 29), date(2024, 3, 1))
    assert (event["uid"], event["sequence"], event["transp"]) == ("abc@dondoc", 3, "TRANSPARENT")
    assert event["last-modified"].dt == event["dtstamp"].dt == datetime(2024, 2, 1, 3, 4, 5, tzinfo=UTC)
    assert calendar["x-wr-calname"] == "Lịch hạn: Phòng Nội vụ"
    assert calendar.errors == []


def test_a_deadline_with_an_hour_stands_at_that_hour_of_the_office() -> None:
    calendar, (event,) = _read(replace(ENTRY, at=time(16, 30)))
    assert event.start == event.end == datetime(2024, 2, 29, 16, 30, tzinfo=OFFICE_ZONE)
    assert event["dtstart"].params["tzid"] == "Asia/Ho_Chi_Minh"
    (zone,) = calendar.timezones
    assert zone["tzid"] == "Asia/Ho_Chi_Minh"
    assert zone.standard[0]["tzoffsetto"].td == timedelta(hours=7)


@pytest.mark.parametrize(
    "words",
    [
        "a; b, c \\ d",
        "END:VEVENT\r\nBEGIN:VEVENT\r\nSUMMARY:của người khác",
        "Rà soát, tổng hợp; báo cáo kết quả thực hiện nhiệm vụ được giao theo đúng quy định hiện hành. " * 8,
    ],
)
def test_no_words_break_out_of_their_line(words: str) -> None:
    raw = calendar_ics([replace(ENTRY, summary=words, description=words)], words)
    assert max(len(line) for line in raw.split(b"\r\n")) <= 75
    calendar = Calendar.from_ical(raw)
    (event,) = calendar.events
    assert str(event["summary"]).split() == words.split()
    assert str(event["description"]).split() == words.split()


def test_what_has_not_changed_reads_the_same() -> None:
    assert calendar_ics([ENTRY], "A") == calendar_ics([ENTRY], "A")
    assert calendar_ics([ENTRY], "A") != calendar_ics([replace(ENTRY, changes=4)], "A")


def test_a_unit_without_deadlines_still_has_a_calendar() -> None:
    calendar, events = _read()
    assert (events, calendar["version"]) == ([], "2.0")
