"""From the parts of a written point to its first and last day.

A year that is not written is the next one in which the point is not yet past, counted from the document's
date (or, in a chat, today).
"""

from __future__ import annotations

import calendar as months
import re
from dataclasses import dataclass
from datetime import date, timedelta

from domain.deadlines.model import NEXT_YEAR, NO_MONTH, NO_YEAR, VAGUE, ImpossibleDate
from domain.deadlines.numbers import number, weekday
from domain.deadlines.words import without_diacritics

FIRST_YEAR, LAST_YEAR = 1945, 2099


class Parts:
    """The named groups of a match. ``d`` and ``d2`` are two places of one pattern for the same part."""

    def __init__(self, match: re.Match[str]) -> None:
        self.whole = match[0].strip()
        self._named = {name.rstrip("23"): value for name, value in match.groupdict().items() if value}

    def get(self, name: str) -> str | None:
        """A part as written."""
        return self._named.get(name)

    def bare(self, name: str) -> str:
        """A part without diacritics and with single spaces; empty when absent."""
        return re.sub(r"\s+", " ", without_diacritics(self._named.get(name, "")))

    def integer(self, name: str) -> int:
        """A part that is written as a number, in digits, Roman or words."""
        return number(self._named[name])


@dataclass(frozen=True)
class Span:
    """What a resolver answers: the days and the doubts."""

    first: date | None
    last: date | None
    warnings: tuple[str, ...] = ()


UNKNOWN = Span(None, None)
YEARLESS = Span(None, None, (NO_YEAR,))


def one(day: date, *warnings: str) -> Span:
    """A single day."""
    return Span(day, day, warnings)


def day_of(year: int, month: int, day: int) -> date:
    """The date.

    Raises:
        ImpossibleDate: there is none, or the year is no year of an office.
    """
    given = f"{day:02}/{month:02}/{year}"
    checked_year(year, given)
    try:
        return date(year, month, day)
    except ValueError:
        raise ImpossibleDate(given) from None


def checked_year(year: int, given: str) -> int:
    """The year, when it is one that offices write.

    Raises:
        ImpossibleDate: it is not.
    """
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise ImpossibleDate(given)
    return year


def month_end(year: int, month: int) -> date:
    """The last day of a month."""
    return date(year, month, months.monthrange(year, month)[1])


def add_months(day: date, n: int) -> date:
    """The same day ``n`` months later, or the last of that month where it has no such day (Civil Code 2015,
    article 148)."""
    index = day.year * 12 + day.month - 1 + n
    year, month = checked_year(index // 12, str(index // 12)), index % 12 + 1
    return date(year, month, min(day.day, months.monthrange(year, month)[1]))


def written_year(parts: Parts, issued: date | None) -> int | None:
    """The year in digits or as "nay", "sau"; None when it is not written or cannot be known."""
    written = parts.get("y")
    if not written:
        return None
    if written.isdecimal():
        year = int(written)
        return checked_year(_century(year), parts.whole)
    return None if issued is None else issued.year + step(parts, "y")


def _century(year: int) -> int:
    """ "27" is 2027 and "91" is 1991: nobody sets a deadline sixty years ahead."""
    if year >= 100:
        return year
    return year + (2000 if year < 70 else 1900)


def step(parts: Parts, name: str) -> int:
    """0 for "này", "nay", "hiện tại" or nothing, 2 for "sau nữa", 1 for "sau", "tới", "kế tiếp"."""
    said = parts.bare(name)
    if said in ("sau nua", "toi nua"):
        return 2
    return 0 if said in ("", "nay", "hien tai") else 1


def full_day(parts: Parts, issued: date | None) -> Span:
    """Day, month and year."""
    year = written_year(parts, issued)
    return one(day_of(year if year is not None else 0, parts.integer("m"), parts.integer("d")))


def day_and_month(parts: Parts, issued: date | None) -> Span:
    """The first such day on or after ``issued``; 29 February is impossible in a year that has none."""
    day, month = parts.integer("d"), parts.integer("m")
    said = written_year(parts, issued)
    if said is not None:
        return one(day_of(said, month, day))
    if not 1 <= month <= 12 or not 1 <= day <= months.monthrange(2000, month)[1]:
        raise ImpossibleDate(f"{day:02}/{month:02}")
    if issued is None:
        return YEARLESS
    over = (month, day) < (issued.month, issued.day)
    return one(day_of(issued.year + over, month, day), NO_YEAR, *((NEXT_YEAR,) if over else ()))


def day_of_relative_month(parts: Parts, issued: date | None) -> Span:
    """ "Ngày 20 tháng sau"."""
    if issued is None:
        return UNKNOWN
    base = add_months(issued.replace(day=1), step(parts, "rel"))
    return one(day_of(base.year, base.month, parts.integer("d")))


def day_of_month(parts: Parts, issued: date | None) -> Span:
    """A day without its month: the next one there is."""
    day = parts.integer("d")
    if not 1 <= day <= 31:
        raise ImpossibleDate(parts.whole)
    if issued is None:
        return Span(None, None, (NO_MONTH,))
    return one(next_day_of_month(day, issued), NO_MONTH)


def next_day_of_month(day: int, issued: date) -> date:
    """The first date on or after ``issued`` with this day of the month."""
    base = issued.replace(day=1)
    while day > month_end(base.year, base.month).day or base.replace(day=day) < issued:
        base = add_months(base, 1)
    return base.replace(day=day)


def week(parts: Parts, issued: date | None) -> Span:
    """A week from Monday to Sunday; its beginning and middle are a guess that has to be confirmed."""
    if issued is None:
        return UNKNOWN
    monday = issued - timedelta(days=issued.weekday()) + timedelta(weeks=step(parts, "rel"))
    if parts.bare("part") in ("dau", "giua"):
        day = monday + timedelta(days=0 if parts.bare("part") == "dau" else 2)
        # "Đầu tuần", said on a Wednesday, is the next one's.
        return one(day if day >= issued or parts.get("rel") else day + timedelta(weeks=1), VAGUE)
    return Span(monday, monday + timedelta(days=6))


def day_of_week(parts: Parts, issued: date | None) -> Span:
    """A weekday: the next one after ``issued``, or the one of this or the next week."""
    if issued is None:
        return UNKNOWN
    wanted = weekday(parts.get("w") or "") if parts.get("w") else 6
    if parts.get("rel"):
        monday = issued - timedelta(days=issued.weekday())
        return one(monday + timedelta(weeks=step(parts, "rel"), days=wanted))
    return one(issued + timedelta(days=(wanted - issued.weekday() - 1) % 7 + 1))


AHEAD = {"": 0, "nay": 0, "mai": 1, "kia": 2, "mot": 2}


def relative_day(parts: Parts, issued: date | None) -> Span:
    """ "Hôm nay", "mai", "ngày kia", and "ngày kìa", which only its mark tells from the day before it."""
    if issued is None:
        return UNKNOWN
    ahead = 3 if parts.get("r") == "kìa" else AHEAD[parts.bare("r")]
    return one(issued + timedelta(days=ahead))
