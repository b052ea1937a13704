"""The ladder of reminders: when a directive is mentioned, why, and to whom.

Mentions fall on the mornings of working days, so that everything due for one person folds into one message. A rung
that would fall on a day off moves to the working day before it: nothing due on a Monday is first mentioned on that
Monday. Two rungs have hours of their own: the last hours before a deadline with an hour, and the unit head's word
when nobody has acknowledged for a working day.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from itertools import count, takewhile
from typing import Literal

from domain.calendar import OFFICE_ZONE, ONE_DAY, OfficeCalendar
from domain.lifecycle import WITH_UNIT, State
from domain.worktime import after_working_hours


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
    HOURS = "hours"  # còn n giờ
    OVERDUE = "overdue"  # quá hạn
    DECISION = "decision"  # chờ duyệt: the assigner's side owes an answer, or the unit's head


OWED = frozenset({State.SUBMITTED, State.DECLINED}) | WITH_UNIT
"""Where a decision may be owed: with its unit it is one on a request for more time."""


@dataclass(frozen=True)
class Course:
    """What the ladder needs to know of a directive."""

    state: State
    issued_at: datetime  # aware: when the present lead unit got it
    last_day: date | None
    hour: time | None = None  # of the last day, local
    is_urgent: bool = False
    waits_since: datetime | None = None  # aware: a decision is owed

    @property
    def issued_on(self) -> date:
        """The local day."""
        return self.issued_at.astimezone(OFFICE_ZONE).date()

    @property
    def ends_at(self) -> datetime | None:
        """The hour of the deadline, aware; None where it has none."""
        return datetime.combine(self.last_day, self.hour, OFFICE_ZONE) if self.last_day and self.hour else None


@dataclass(frozen=True)
class Mention:
    """One rung at its moment (aware), and who hears of it. The supervising leader hears of it in the digest."""

    at: datetime
    rung: Rung
    officer: bool = True  # who acknowledged, else the officers, else the head
    head: bool = False
    office: bool = False
    decider: bool = False  # whoever owes the decision
    is_pressing: bool = False  # a message of its own, beside the one of the day


def next_mention(
    course: Course, after: datetime, calendar: OfficeCalendar, rhythm: Rhythm, decision_days: int = 1
) -> datetime | None:
    """The next moment after ``after`` (aware) at which the directive is due for a mention; None without one.

    ``decision_days`` is in working days: after how many a decision that is owed is asked for, and how often then.
    """
    moments = [m.at for m in _before_the_end(course, calendar, rhythm) if m.at > after]
    for without_end in (
        _overdue(course, after, calendar, rhythm),
        _decision(course, after, calendar, rhythm, decision_days),
    ):
        moments += [m.at for m in [next((m for m in without_end if m.at > after), None)] if m]
    return min(moments, default=None)


def mentions(
    course: Course,
    since: datetime,
    until: datetime,
    calendar: OfficeCalendar,
    rhythm: Rhythm,
    decision_days: int = 1,
) -> list[Mention]:
    """All mentions from ``since`` to ``until``, both included: what a sweep that comes at ``until`` has to say."""
    found = [m for m in _before_the_end(course, calendar, rhythm) if since <= m.at <= until]
    for without_end in (
        _overdue(course, since, calendar, rhythm),
        _decision(course, since, calendar, rhythm, decision_days),
    ):
        found += [m for m in takewhile(lambda m: m.at <= until, without_end) if m.at >= since]
    return sorted(found, key=lambda m: m.at)


# --- the rungs ---


def _before_the_end(course: Course, calendar: OfficeCalendar, rhythm: Rhythm) -> Iterator[Mention]:
    if course.state not in WITH_UNIT:
        return
    if course.state is State.ISSUED:
        yield from _unacknowledged(course, calendar, rhythm)
    if course.last_day is None:
        return
    for day in sorted({calendar.on_or_before(course.last_day - timedelta(days=n)) for n in (*rhythm.before_days, 0)}):
        if day > course.issued_on:
            is_last = calendar.next_working(day) > course.last_day
            yield Mention(rhythm.morning_of(day), Rung.LAST_DAY if is_last else Rung.BEFORE)
    yield from _pressing(course, calendar, rhythm)


def _unacknowledged(course: Course, calendar: OfficeCalendar, rhythm: Rhythm) -> Iterator[Mention]:
    to_head = after_working_hours(course.issued_at, rhythm.unacknowledged_hours, calendar, rhythm.work_hours)
    yield Mention(to_head, Rung.UNACKNOWLEDGED, officer=False, head=True)
    for n in rhythm.unacknowledged_days:
        at = rhythm.morning_of(calendar.add_working_days(course.issued_on, n))
        yield Mention(at, Rung.UNACKNOWLEDGED, head=at > to_head)


def _pressing(course: Course, calendar: OfficeCalendar, rhythm: Rhythm) -> Iterator[Mention]:
    """What has a message of its own: the last hours; for what is urgent also a last day on which nobody works."""
    assert course.last_day is not None  # noqa: S101  (for mypy; the caller has looked)
    at_any_time = course.is_urgent and rhythm.urgent_ignores_quiet
    moments = []
    if course.ends_at and rhythm.before_hours:
        moments.append((course.ends_at - timedelta(hours=rhythm.before_hours), Rung.HOURS))
    if at_any_time and not calendar.is_working(course.last_day):
        moments.append((rhythm.morning_of(course.last_day), Rung.LAST_DAY))
    for at, why in moments:
        is_fit = at_any_time or (rhythm.may_send(at, calendar) and at > rhythm.morning_of(course.last_day))
        if is_fit and at > course.issued_at:
            yield Mention(at, why, is_pressing=True)


def _overdue(course: Course, since: datetime, calendar: OfficeCalendar, rhythm: Rhythm) -> Iterator[Mention]:
    """Without end: day 1, then every few working days; each tier joins on a day of its own, then on those."""
    if course.last_day is None or course.state not in WITH_UNIT:
        return
    day = calendar.on_or_after(max(since.astimezone(OFFICE_ZONE).date(), course.last_day + ONE_DAY))
    first = calendar.working_days_between(course.last_day, day)
    for late in count(first):
        is_turn = (late - 1) % rhythm.overdue_every == 0
        head, office = (late == tier or (late > tier and is_turn) for tier in (rhythm.head_after, rhythm.office_after))
        if is_turn or head or office:
            yield Mention(rhythm.morning_of(day), Rung.OVERDUE, officer=is_turn, head=head, office=office)
        day = calendar.next_working(day)


def _decision(
    course: Course, since: datetime, calendar: OfficeCalendar, rhythm: Rhythm, every: int
) -> Iterator[Mention]:
    """Without end: after ``every`` working days without the decision, and so on."""
    if course.waits_since is None or course.state not in OWED:
        return
    begun = course.waits_since.astimezone(OFFICE_ZONE).date()
    day = calendar.on_or_after(max(since.astimezone(OFFICE_ZONE).date(), begun + ONE_DAY))
    for waited in count(calendar.working_days_between(begun, day)):
        if waited % every == 0:
            yield Mention(rhythm.morning_of(day), Rung.DECISION, officer=False, decider=True)
        day = calendar.next_working(day)


def rung(course: Course, today: date, calendar: OfficeCalendar) -> Rung:
    """What stands over a directive in a message of a day."""
    if course.last_day is None:
        return Rung.UNACKNOWLEDGED
    if today > course.last_day:
        return Rung.OVERDUE
    if calendar.next_working(today) > course.last_day:
        return Rung.LAST_DAY
    return Rung.UNACKNOWLEDGED if course.state is State.ISSUED else Rung.BEFORE
