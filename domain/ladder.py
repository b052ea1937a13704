"""The ladder of reminders: when a directive is mentioned next, and to whom.

All mentions fall on the morning of a working day, so that everything due for one person folds into one
message. A rung that would fall on a day off moves to the working day before it: nothing due on a Monday is
first mentioned on that Monday.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Literal

from domain.calendar import OFFICE_ZONE, ONE_DAY, OfficeCalendar
from domain.lifecycle import WITH_UNIT, State


@dataclass(frozen=True)
class Rhythm:
    """When the office is spoken to. Times are local (Asia/Ho_Chi_Minh)."""

    morning: time = time(7, 30)  # reminders and digests
    afternoon: time = time(14, 0)  # of "Nhắc lại chiều nay"
    work_hours: tuple[time, ...] = (time(7, 30), time(11, 30), time(13, 30), time(17, 0))  # from, to, from, to
    before_days: tuple[int, ...] = (7, 3, 1)  # calendar days before the last day
    before_hours: int = 2  # before a deadline that has an hour; 0: not
    unacknowledged_days: tuple[int, ...] = (1, 3, 5)  # working days after issue without "Đã nhận"
    unacknowledged_hours: int = 8  # working hours without "Đã nhận" until the unit head is told
    overdue_every: int = 2  # working days between two overdue mentions; the first is on day 1
    head_after: int = 1  # working days overdue until the unit head is told too
    office_after: int = 3  # working days overdue until the office is told
    leader_after: int = 5  # working days overdue until the supervising leader is told, in the digest
    urgent_ignores_quiet: bool = True  # what is "khẩn" or "hoả tốc" is said in quiet hours too
    soon_days: int = 3  # "sắp đến hạn"
    quiet_from: time = time(20, 0)  # nothing unasked is sent from here ...
    quiet_until: time = time(6, 30)  # ... to here
    before_means: Literal["previous_day", "same_day"] = "previous_day"  # of "trước ngày 07/02"
    when_empty: Literal["monday", "never", "always"] = "monday"  # of a digest that has nothing to say

    def is_quiet(self, now: datetime) -> bool:
        """Whether an aware moment is in the quiet hours."""
        clock = now.astimezone(OFFICE_ZONE).time()
        if self.quiet_from <= self.quiet_until:
            return self.quiet_from <= clock < self.quiet_until
        return clock >= self.quiet_from or clock < self.quiet_until

    def may_send(self, now: datetime, calendar: OfficeCalendar) -> bool:
        """Whether something unasked may be sent now: a working day, outside quiet hours."""
        return calendar.is_working(now.astimezone(OFFICE_ZONE).date()) and not self.is_quiet(now)

    def next_opening(self, now: datetime, calendar: OfficeCalendar) -> datetime:
        """The first moment from ``now`` on at which something unasked may be sent."""
        if self.may_send(now, calendar):
            return now
        local = now.astimezone(OFFICE_ZONE)
        day = local.date() if local.time() < self.morning else local.date() + timedelta(days=1)
        return self.morning_of(calendar.on_or_after(day))

    def morning_of(self, day: date) -> datetime:
        """The morning moment of a local day, aware."""
        return datetime.combine(day, self.morning, OFFICE_ZONE)


class Rung(StrEnum):
    """Why a directive is mentioned. Later in this list is stronger."""

    UNACKNOWLEDGED = "unacknowledged"  # chưa xác nhận
    BEFORE = "before"  # còn n ngày
    LAST_DAY = "last_day"  # hôm nay là hạn cuối
    OVERDUE = "overdue"  # quá hạn


@dataclass(frozen=True)
class Course:
    """What the ladder needs to know of a directive."""

    state: State
    issued_on: date  # local day
    last_day: date | None


@dataclass(frozen=True)
class Audience:
    """Who hears of a directive that is due for a mention. The supervising leader hears of it in the digest."""

    officer: bool = True
    head: bool = False
    leader: bool = False


def next_mention(course: Course, after: datetime, calendar: OfficeCalendar, rhythm: Rhythm) -> datetime | None:
    """The next moment after ``after`` (aware) at which the directive is due for a mention; None without one."""
    if course.state not in WITH_UNIT:
        return None
    moments = (rhythm.morning_of(day) for day in _days(course, after.astimezone(OFFICE_ZONE).date(), calendar, rhythm))
    return min((m for m in moments if m > after), default=None)


def _days(course: Course, today: date, calendar: OfficeCalendar, rhythm: Rhythm) -> Iterator[date]:
    if course.state is State.ISSUED:
        for n in rhythm.unacknowledged_days:
            yield calendar.add_working_days(course.issued_on, n)
    if course.last_day is None:
        return
    for n in (*rhythm.before_days, 0):
        day = calendar.on_or_before(course.last_day - timedelta(days=n))
        if day > course.issued_on:
            yield day
    yield from _overdue_days(course.last_day, today, calendar, rhythm)


def _overdue_days(last_day: date, today: date, calendar: OfficeCalendar, rhythm: Rhythm) -> Iterator[date]:
    """The next two overdue mentions from today on: one may be this morning, already past."""
    step = rhythm.overdue_every
    day = calendar.on_or_after(max(today, last_day + ONE_DAY))
    if step > 1:  # counting years of working days is not free
        day = calendar.add_working_days(day, (1 - calendar.working_days_between(last_day, day)) % step)
    yield day
    yield calendar.add_working_days(day, step)


def rung(course: Course, today: date, calendar: OfficeCalendar) -> Rung:
    """Why the directive is mentioned on a day."""
    if course.last_day is None:
        return Rung.UNACKNOWLEDGED
    if today > course.last_day:
        return Rung.OVERDUE
    if calendar.next_working(today) > course.last_day:
        return Rung.LAST_DAY
    return Rung.UNACKNOWLEDGED if course.state is State.ISSUED else Rung.BEFORE


def audience(course: Course, today: date, calendar: OfficeCalendar, rhythm: Rhythm) -> Audience:
    """Who hears of it on a day."""
    late = calendar.working_days_between(course.last_day, today) if course.last_day and today > course.last_day else 0
    silent = course.state is State.ISSUED and calendar.working_days_between(course.issued_on, today) >= 1
    return Audience(head=late >= rhythm.head_after or silent, leader=late >= rhythm.leader_after)
