"""When a task that comes again is due next: "ngày 25 hằng tháng", "thứ Sáu hằng tuần", "trước 10/6 và 10/12 hằng năm".

A ``Cycle`` is made once, of the words and the first deadline, and counts on the calendar, not from one deadline to the
next: "ngày 31 hằng tháng" is 30/4 and then 31/5 again, and an extension of one period moves no other. Where the words
do not tell the day, there is no cycle: a person is asked.
"""

from __future__ import annotations

import calendar as months
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, time, timedelta
from typing import Literal

from domain.calendar import OfficeCalendar
from domain.deadlines import Deadline
from domain.deadlines.numbers import MONTH_WORDS, WEEKDAY_WORDS, number, weekday
from domain.deadlines.words import fold, without_diacritics

Unit = Literal["day", "week", "month"]
OFFICE = OfficeCalendar()
LAST = 31  # of a month: as far as it goes
YEAR = 12  # months


@dataclass(frozen=True)
class Cycle:
    """The days on which something is due, for ever.

    Args:
        unit: of ``every``.
        every: how many of them a period has; 1 day is every working day. 3 months are quarters, 6 halves of years.
        days: in each period, as (unit within the period from 0, day): of months the day of the month from 1, clipped
            to the month's end; of weeks the weekday from 0; of days always (0, 0).
        phase: where a period begins that the calendar does not know, such as every 2 weeks.
        is_before: "trước ngày 25" does not include the 25th.
        is_working: the 31st and the 1st stand for the last and the first working day of the month.
        at: the hour, in the office's zone.
    """

    unit: Unit
    every: int = 1
    days: tuple[tuple[int, int], ...] = ((0, 0),)
    phase: int = 0
    is_before: bool = False
    is_working: bool = False
    at: time | None = None

    def __str__(self) -> str:
        """As it is stored: ``month/3 2-25 before 16:00``."""
        words = [f"{self.unit}/{self.every}", *(f"{within}-{day}" for within, day in self.days)]
        words += ["before"] * self.is_before + ["working"] * self.is_working
        words += [f"phase={self.phase}"] * bool(self.phase) + ([f"{self.at:%H:%M}"] if self.at else [])
        return " ".join(words)

    def after(
        self,
        last_day: date,
        calendar: OfficeCalendar = OFFICE,
        before_means: Literal["previous_day", "same_day"] = "previous_day",
    ) -> Deadline:
        """The first deadline whose last day comes after a day.

        Args:
            last_day: the last day that was on time in the period before.
            calendar: the office's working days.
            before_means: see ``Deadline.last_day``.
        """
        for day in self._days_from(last_day, calendar):
            found = Deadline(day, inclusive=not self.is_before, time=self.at)
            due = found.last_day(before_means)
            if due is not None and due > last_day:
                return found
        raise AssertionError("a cycle has no end")

    def _days_from(self, start: date, calendar: OfficeCalendar) -> Iterator[date]:
        """Its days in order, from one that is not after ``start``."""
        if self.unit == "day":
            yield from self._single_days(start, calendar)
        elif self.unit == "week":
            yield from self._weekdays(start)
        else:
            yield from self._days_of_months(start, calendar)

    def _single_days(self, start: date, calendar: OfficeCalendar) -> Iterator[date]:
        day = start
        while True:
            if self.every == 1:
                day = calendar.next_working(day)
            else:
                day += timedelta(days=(self.phase - day.toordinal() - 1) % self.every + 1)
            yield day

    def _weekdays(self, start: date) -> Iterator[date]:
        monday = start - timedelta(days=start.weekday())
        while True:
            within = (_week(monday) - self.phase) % self.every
            yield from (monday + timedelta(days=day) for at, day in sorted(self.days) if at == within)
            monday += timedelta(weeks=1)

    def _days_of_months(self, start: date, calendar: OfficeCalendar) -> Iterator[date]:
        at = _month(start)
        while True:
            within = (at - self.phase) % self.every
            yield from (self._in_month(at, day, calendar) for month, day in sorted(self.days) if month == within)
            at += 1

    def _in_month(self, at: int, day: int, calendar: OfficeCalendar) -> date:
        year, month = at // YEAR, at % YEAR + 1
        found = date(year, month, min(day, months.monthrange(year, month)[1]))
        if not self.is_working:
            return found
        return calendar.on_or_after(found) if day == 1 else calendar.on_or_before(found)


def _month(day: date) -> int:
    return day.year * YEAR + day.month - 1


def _week(day: date) -> int:
    return (day.toordinal() - 1) // 7  # the first day of year 1 was a Monday


STORED = re.compile(r"(?P<unit>day|week|month)/(?P<every>\d+)(?P<days>(?: \d+-\d+)+)(?P<rest>.*)")


def stored_cycle(words: str) -> Cycle:
    """The cycle of its stored form.

    Raises:
        ValueError: it is none.
    """
    match = STORED.fullmatch(words)
    if match is None:
        raise ValueError(f"not a cycle: {words!r}")
    rest = match["rest"].split()
    days = tuple((int(within), int(day)) for within, day in (pair.split("-") for pair in match["days"].split()))
    unit: Unit = "day" if match["unit"] == "day" else "week" if match["unit"] == "week" else "month"
    return Cycle(
        unit,
        int(match["every"]),
        days,
        phase=next((int(word[6:]) for word in rest if word.startswith("phase=")), 0),
        is_before="before" in rest,
        is_working="working" in rest,
        at=next((time.fromisoformat(word) for word in rest if ":" in word), None),
    )


def cycle_of(words: str, first: Deadline) -> Cycle | None:
    """When something comes again; None where that cannot be told without guessing.

    Args:
        words: how often, as written: "ngày 25 hằng tháng", "định kỳ 6 tháng".
        first: its first deadline. Where the words name no day, its day comes again in each period.
    """
    text = fold(words, bare=True).text
    often = _often(text)
    if often is None or first.date is None or UNCLEAR.search(text):
        return None
    unit, every = often
    named = _weekdays(text) if unit == "week" else _days_of_month(text, every, first.date) if unit == "month" else ()
    if named is None:
        return None
    if unit == "month" and every < YEAR and len({month for _, month in _dates(text)}) > 1:
        every = YEAR  # "6 tháng và năm: trước 15/6 và 15/12"
        named = tuple((month - 1, day) for day, month in _dates(text))
    return Cycle(
        unit,
        every,
        tuple(sorted(set(named))) or ((0, _own_day(unit, first.date)),),
        phase=_phase(unit, every, first.date),
        is_before=not first.inclusive,
        is_working=WORKING.search(text) is not None and unit == "month",
        at=first.time,
    )


def is_periodic(words: str) -> bool:
    """Whether words tell how often; "thường xuyên" does not."""
    return _often(fold(words, bare=True).text) is not None


# --- the words, without diacritics ---

EVERY = r"(?:hang|moi|dinh ky(?: (?:moi|theo|hang|vao))?)"
OFTEN = re.compile(rf"\b{EVERY} (?:(?P<n>\d{{1,2}}) )?(?P<unit>nam|quy|thang|tuan|ngay)\b(?! lich| lam viec)")
ONCE = re.compile(r"\b(?P<n>\d{1,2}|mot) (?P<unit>nam|quy|thang|tuan|ngay)\s*(?:/\s*|\s)(?:(?:mot|0?1) )?lan\b")
HALF = re.compile(r"\b0?6 thang(?=\s*(?:,|va\b|-|/|\())")
QUARTER = re.compile(r"\bthang (?P<which>dau|giua|cuoi)(?: tien| cung)?(?: cua)? (?:moi |hang )?quy\b")
SEVERAL_TIMES = re.compile(r"\b(?:0?[2-9]|[1-9]\d|hai|ba|bon|nam|sau) lan\b")
UNCLEAR = re.compile(
    r"\btuan (?:dau|cuoi|thu)\b|\b(?:dau|giua) (?:thang|nam|tuan)\b|(?<!thang )\b(?:dau|giua) quy\b|\bcuoi tuan\b|"
    r"(?<!thang )(?<!ngay )\bcuoi (?:quy|nam)\b|\d ngay (?:lam viec|dau|cuoi)\b|\bngay lam viec thu\b|"
    r"\bam lich\b|\bram\b|\bthuong xuyen\b"
)
MONTHS_IN = {"nam": YEAR, "quy": 3, "thang": 1}
WHICH = {"dau": 0, "giua": 1, "cuoi": 2}
END = re.compile(
    r"\bngay (?:lam viec )?cuoi(?: cung)?(?: cua)? (?:(?:moi|hang) )?(?:thang|quy|nam)\b|"
    r"\b(?:cuoi|het) (?:(?:moi|hang) )?thang\b|\bhet (?:(?:moi|hang) )?(?:quy|nam)\b"
)
WORKING = re.compile(r"\bngay lam viec (?:dau|cuoi)\b")
FIRST_WORKING = re.compile(r"\bngay lam viec dau(?: tien)?\b")
RANGE = re.compile(r"\btu (?:ngay )?\d{1,2}(?: thang \d{1,2}|[/.-]\d{1,2})? (?:den|toi)(?: het)? ")
DATE = re.compile(
    rf"(?<![\d/.-])(?P<d>\d{{1,2}})(?: ?[/.-] ?| thang )(?P<m>\d{{1,2}}|{without_diacritics(MONTH_WORDS)})(?![\w/])"
)
DAY = re.compile(r"\bngay (?:mung |mong )?(?P<d>\d{1,2})\b|\b(?P<d2>\d{1,2}) (?:cua )?(?:hang|moi) thang\b")
MORE_DAYS = re.compile(r"(?:\s*,\s*|\s*va\s+)(?:ngay )?(?P<d>\d{1,2})\b(?! thang \d|[/.-]\d| gio|h)")
WEEKDAY = re.compile(
    rf"\b(?:thu (?P<w>[2-7]|{without_diacritics(WEEKDAY_WORDS)})|t(?P<w2>[2-7])|(?P<sunday>chu nhat|cn))\b"
)


def _often(text: str) -> tuple[Unit, int] | None:
    """The period; of several ("hằng quý, hằng năm") the shortest."""
    if SEVERAL_TIMES.search(text):
        return None
    found: list[tuple[int, Unit, int]] = []  # about how many days, unit, every
    for match in (*OFTEN.finditer(text), *ONCE.finditer(text)):
        count = 1 if match["n"] in (None, "mot") else int(match["n"])
        if count and match["unit"] in MONTHS_IN:
            every = count * MONTHS_IN[match["unit"]]
            found.append((every * 30, "month", every))
        elif count:
            found.append((count, "day", count) if match["unit"] == "ngay" else (count * 7, "week", count))
    if QUARTER.search(text):
        found = [f for f in found if f[0] < 30] + [(90, "month", 3)]
    if found and HALF.search(text):
        found.append((180, "month", 6))
    return min(found)[1:] if found else None


def _weekdays(text: str) -> tuple[tuple[int, int], ...]:
    return tuple((0, 6 if m["sunday"] else weekday(m["w"] or m["w2"])) for m in WEEKDAY.finditer(text))


def _days_of_month(text: str, every: int, first: date) -> tuple[tuple[int, int], ...] | None:
    """The days that are named, else that of the first deadline; None for a day that no month has."""
    within = (first.month - 1) % every if YEAR % every == 0 else 0
    quarter = QUARTER.search(text)
    if quarter and every == 3:
        within = WHICH[quarter["which"]]
    dates = _dates(text)
    if dates:
        found = [((month - 1) % every if YEAR % every == 0 else 0, day) for day, month in dates]
    elif END.search(text):
        found = [(every - 1 if not quarter else within, LAST)]
    elif FIRST_WORKING.search(text):
        found = [(within, 1)]
    else:
        found = [(within, day) for day in _days(text) or [_day_like(first, within, every)]]
    return tuple(found) if all(1 <= day <= LAST for _, day in found) else None


def _day_like(first: date, within: int, every: int) -> int:
    """Its day of the month; the end of a quarter, a half or a year is the end of each."""
    is_end = every > 1 and within == every - 1 and first.day == months.monthrange(first.year, first.month)[1]
    return LAST if is_end else first.day


def _dates(text: str) -> list[tuple[int, int]]:
    """Days with their months; of a range its end."""
    text = RANGE.sub("", text)
    found = [(int(m["d"]), number(m["m"])) for m in DATE.finditer(text)]
    return [(day, month) for day, month in found if 1 <= month <= YEAR]


def _days(text: str) -> list[int]:
    text = RANGE.sub("ngay ", text)
    match = DAY.search(text)
    if match is None:
        return []
    found, at = [int(match["d"] or match["d2"])], match.end()
    while more := MORE_DAYS.match(text, at):
        found.append(int(more["d"]))
        at = more.end()
    return found


def _own_day(unit: Unit, first: date) -> int:
    return first.weekday() if unit == "week" else 0


def _phase(unit: Unit, every: int, first: date) -> int:
    """Where its periods begin, so that the first deadline lies in the first month, week or day of one."""
    if unit == "day":
        return first.toordinal() % every
    if unit == "week":
        return _week(first) % every
    return 0 if YEAR % every == 0 else _month(first) % every
