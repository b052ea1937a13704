"""The periods that offices report on: months, quarters, halves of a year, nine months, years."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from domain.figures import Period
from domain.spelling import fold

EARLIEST = 1975  # a year before it is a slip of the finger


class Span(StrEnum):
    """How long a period is."""

    MONTH = "m"
    QUARTER = "q"
    HALF = "h"
    NINE_MONTHS = "k"  # from January; reported in October, as the halves are in July
    YEAR = "y"


_MONTHS = {Span.MONTH: 1, Span.QUARTER: 3, Span.HALF: 6, Span.NINE_MONTHS: 9, Span.YEAR: 12}
_IN_YEAR = {Span.MONTH: 12, Span.QUARTER: 4, Span.HALF: 2, Span.NINE_MONTHS: 1, Span.YEAR: 1}
_ROMAN = ("I", "II", "III", "IV")


@dataclass(frozen=True, order=True)
class ReportPeriod:
    """One of the periods of a year. ``number`` counts from 1."""

    year: int
    span: Span
    number: int

    def __post_init__(self) -> None:
        if not 1 <= self.number <= _IN_YEAR[self.span] or not EARLIEST <= self.year <= date.max.year - 1:
            raise ValueError(f"no {self.span.name} {self.number} of {self.year}")

    @property
    def key(self) -> str:
        """As buttons and the command line have it: "2024-q1"."""
        return f"{self.year}-{self.span}{self.number}"

    @property
    def first(self) -> date:
        """Its first day."""
        return date(self.year, (self.number - 1) * _MONTHS[self.span] + 1, 1)

    @property
    def last(self) -> date:
        """Its last day."""
        month = self.number * _MONTHS[self.span]
        return date(self.year, month, monthrange(self.year, month)[1])

    @property
    def days(self) -> Period:
        """Both."""
        return Period(self.first, self.last)

    @property
    def name(self) -> str:
        """As papers call it: "tháng 02 năm 2024", "quý I năm 2024", "6 tháng đầu năm 2024", "năm 2023"."""
        match self.span:
            case Span.MONTH:
                month = f"{self.number:02}" if self.number < 3 else str(self.number)  # as Decree 30 writes months
                return f"tháng {month} năm {self.year}"
            case Span.QUARTER:
                return f"quý {_ROMAN[self.number - 1]} năm {self.year}"
            case Span.HALF:
                return f"6 tháng {('đầu', 'cuối')[self.number - 1]} năm {self.year}"
            case Span.NINE_MONTHS:
                return f"9 tháng đầu năm {self.year}"
        return f"năm {self.year}"

    @property
    def before(self) -> ReportPeriod:
        """The period it is compared with: the one before; of nine months those of the year before."""
        if self.number > 1:
            return ReportPeriod(self.year, self.span, self.number - 1)
        return ReportPeriod(self.year - 1, self.span, _IN_YEAR[self.span])


def of_day(span: Span, day: date) -> ReportPeriod:
    """The period of a kind that a day is in; of nine months those of its year."""
    return ReportPeriod(day.year, span, min((day.month - 1) // _MONTHS[span] + 1, _IN_YEAR[span]))


def closed_before(span: Span, day: date) -> ReportPeriod:
    """The newest period of a kind that is over by a day."""
    now = of_day(span, day)
    return now if now.last < day else now.before


_KEY = re.compile(r"(\d{4})-([a-z])(\d{1,2})")


def from_key(key: str) -> ReportPeriod | None:
    """A period by its key; None where there is no such."""
    found = _KEY.fullmatch(key)
    if found is None or found[2] not in set(Span):
        return None
    return _possible(int(found[1]), Span(found[2]), int(found[3]))


def _possible(year: int, span: Span, number: int) -> ReportPeriod | None:
    try:
        return ReportPeriod(year, span, number)
    except ValueError:
        return None


# --- by words ---

_OF = r"(?:\s+(?:cua\s+)?(?:nam\s+)?(\d{4}|nay|truoc|ngoai))?"
_MONTH = re.compile(r"(?:thang\s+)(\d{1,2})" + _OF)
_BARE_MONTH = re.compile(r"(\d{1,2})\s+(\d{4})")
_QUARTER = re.compile(r"quy\s+(iv|i{1,3}|[1-4])" + _OF)
_HALF = re.compile(r"(?:6|sau)\s+thang\s+(dau|cuoi)(?:\s+nam)?(?:\s+(\d{4}|nay|truoc|ngoai))?")
_NINE = re.compile(r"(?:9|chin)\s+thang(?:\s+dau)?(?:\s+nam)?(?:\s+(\d{4}|nay|truoc|ngoai))?")
_YEAR = re.compile(r"(?:ca\s+)?nam\s+(\d{4}|nay|truoc|ngoai)|(\d{4})")
_BESIDE = re.compile(r"(thang|quy)\s+(nay|truoc)")
_LEADING = re.compile(r"^(?:bao cao|tong hop|cua|trong|ky)\s+")


def read_period(words: str, today: date) -> ReportPeriod | None:
    """The period that words mean: "tháng 2", "quý I/2024", "6 tháng đầu năm", "năm 2023", "tháng trước".

    Without a year it is the newest such period that has begun.

    Args:
        words: as typed, with or without diacritics.
        today: the local day.

    Returns:
        None where they mean none.
    """
    said = _LEADING.sub("", fold(words))
    if found := _BESIDE.fullmatch(said):
        now = of_day(Span.MONTH if found[1] == "thang" else Span.QUARTER, today)
        return now if found[2] == "nay" else now.before
    if found := _MONTH.fullmatch(said):
        return _of(Span.MONTH, int(found[1]), found[2], today)
    if found := _BARE_MONTH.fullmatch(said):
        return _of(Span.MONTH, int(found[1]), found[2], today)
    if found := _QUARTER.fullmatch(said):
        number = int(found[1]) if found[1].isdecimal() else _ROMAN.index(found[1].upper()) + 1
        return _of(Span.QUARTER, number, found[2], today)
    if found := _HALF.fullmatch(said):
        return _of(Span.HALF, 1 if found[1] == "dau" else 2, found[2], today)
    if found := _NINE.fullmatch(said):
        return _of(Span.NINE_MONTHS, 1, found[1], today)
    if found := _YEAR.fullmatch(said):
        return _of(Span.YEAR, 1, found[1] or found[2], today)
    return None


def _of(span: Span, number: int, year: str | None, today: date) -> ReportPeriod | None:
    if year is not None:
        return _possible(_year(year, today), span, number)
    found = _possible(today.year, span, number)
    return found if found is None or found.first <= today else _possible(today.year - 1, span, number)


def _year(written: str, today: date) -> int:
    return int(written) if written.isdecimal() else today.year - (written != "nay")


def offered(today: date) -> list[ReportPeriod]:
    """What is offered by buttons: this month and the newest of each kind that is over."""
    spans = (Span.MONTH, Span.QUARTER, Span.HALF, Span.YEAR)
    return [of_day(Span.MONTH, today), *(closed_before(span, today) for span in spans), of_day(Span.YEAR, today)]
