"""Months, quarters, halves and years, and parts of them, from their written parts to their first and last day."""

from __future__ import annotations

from datetime import date, timedelta

from domain.deadlines.model import NEXT_YEAR, NO_YEAR, VAGUE, ImpossibleDate
from domain.deadlines.numbers import number
from domain.deadlines.resolve import (
    UNKNOWN,
    YEARLESS,
    Parts,
    Span,
    add_months,
    day_of,
    month_end,
    one,
    step,
    written_year,
)

PART_DAYS = {
    "dau": (1, 10), "thuong tuan": (1, 10), "giua": (11, 20), "trung tuan": (11, 20), "cuoi": (21, 31),
    "ha tuan": (21, 31),
    "nua dau": (1, 15), "nua cuoi": (16, 31), "nua sau": (16, 31),
}  # fmt: skip


def month(parts: Parts, issued: date | None) -> Span:
    """A month or a part of it. The beginning is days 1-10, the middle 11-20, the end 21 to the last."""
    year, doubts = written_year(parts, issued), ()
    if parts.get("m") and not 1 <= parts.integer("m") <= 12:
        raise ImpossibleDate(parts.whole)
    if parts.bare("m") in ("gieng", "chap"):
        return Span(None, None, (VAGUE,))  # January, or the first month of the lunar year
    if year is not None:
        return _part_of_month(date(year, parts.integer("m"), 1), parts, doubts)
    if issued is None:
        return YEARLESS
    if not parts.get("m"):
        return _part_of_month(add_months(issued.replace(day=1), step(parts, "rel")), parts, doubts)
    number_written = parts.integer("m")
    over = number_written < issued.month
    return _part_of_month(
        date(issued.year + over, number_written, 1), parts, (NO_YEAR, NEXT_YEAR) if over else (NO_YEAR,)
    )


def may(parts: Parts, issued: date | None) -> Span:
    """ "Tháng năm", the fifth, which with a number after it may as well be a month and a year."""
    if parts.get("y"):
        return Span(None, None, (VAGUE,))
    return _months(5, 5, None, issued)


def month_list(parts: Parts, issued: date | None) -> Span:
    """Months named together: "tháng 3, 4/2027", "tháng 10 - 12/2027"."""
    first, last = parts.integer("m"), parts.integer("until")
    if not 1 <= first < last <= 12:
        return Span(None, None, (VAGUE,))
    return _months(first, last, written_year(parts, issued), issued)


def _months(first: int, last: int, year: int | None, issued: date | None) -> Span:
    if year is not None:
        return Span(date(year, first, 1), month_end(year, last))
    if issued is None:
        return YEARLESS
    year = issued.year + (last < issued.month)
    return Span(date(year, first, 1), month_end(year, last), (NO_YEAR,))


def days_of_month(parts: Parts, issued: date | None) -> Span:
    """The first or last days of a month: "10 ngày đầu tháng 4", "ngày cuối cùng của tháng 3/2027"."""
    whole = month(parts, issued)
    count = parts.integer("n") if parts.get("n") else 1
    if whole.first is None or whole.last is None or not 1 <= count <= whole.last.day:
        return Span(None, None, whole.warnings)
    if parts.bare("end") == "dau":
        return Span(whole.first, whole.first.replace(day=count), whole.warnings)
    return Span(whole.last.replace(day=whole.last.day - count + 1), whole.last, whole.warnings)


def week_of_month(parts: Parts, issued: date | None) -> Span:
    """The last week of a month ends with it; its first four are known only where the month begins on a Monday."""
    whole = month(parts, issued)
    if whole.first is None or whole.last is None:
        return whole
    if parts.bare("end") == "cuoi":
        return Span(whole.last - timedelta(days=6), whole.last, (*whole.warnings, VAGUE))
    if whole.first.weekday():
        return Span(None, None, (*whole.warnings, VAGUE))
    monday = whole.first + timedelta(weeks=_nth(parts) - 1)
    return Span(monday, monday + timedelta(days=6), whole.warnings)


ORDINALS = {"dau": 1, "nhat": 1, "giua": 2, "cuoi": 3}


def _nth(parts: Parts) -> int:
    """Which one of a row: "đầu", "thứ hai", "thứ 3"; the first where none is named."""
    said = parts.bare("nth").removeprefix("thu ")
    return ORDINALS.get(said) or (number(said) if said else 1)


def month_of_quarter(parts: Parts, issued: date | None) -> Span:
    """A month of a quarter: "tháng cuối quý III/2026", "tháng đầu quý sau"."""
    whole = quarter(parts, issued)
    if whole.first is None:
        return whole
    first = add_months(whole.first, _nth(parts) - 1)
    return Span(first, month_end(first.year, first.month), whole.warnings)


def day_of_quarter(parts: Parts, issued: date | None) -> Span:
    """A day in a month of a quarter: "ngày 20 tháng cuối quý III"."""
    whole = month_of_quarter(parts, issued)
    if whole.first is None:
        return whole
    return one(day_of(whole.first.year, whole.first.month, parts.integer("d")), *whole.warnings)


def workdays(parts: Parts, issued: date | None) -> Span:
    """The days among which the first or the last working day of a month is to be sought."""
    whole = month(parts, issued)
    if whole.first is None or whole.last is None:
        return whole
    if parts.bare("end") == "cuoi":
        return Span(None, whole.last, whole.warnings)
    return Span(whole.first, None, whole.warnings)


def unclear(parts: Parts, issued: date | None) -> Span:
    """A time that nobody can put a day to: "tuần đầu tháng 4"."""
    return Span(None, None, (VAGUE,))


def gone(parts: Parts, issued: date | None) -> Span:
    """A time that is over: "thứ Sáu tuần trước"."""
    return UNKNOWN


def _part_of_month(first: date, parts: Parts, doubts: tuple[str, ...]) -> Span:
    last = month_end(first.year, first.month)
    begin, end = PART_DAYS.get(parts.bare("part"), (1, 31))
    return Span(first.replace(day=begin), last.replace(day=min(end, last.day)), doubts)


def quarter(parts: Parts, issued: date | None) -> Span:
    """A quarter, or two that are named together; a part of a quarter is its first, second or third month, in doubt."""
    year, doubts = written_year(parts, issued), list[str]()
    if parts.get("q"):
        first = parts.integer("q")
        last = parts.integer("until") if parts.get("until") else first
        if last < first:
            return Span(None, None, (VAGUE,))
        if year is None:
            if issued is None:
                return YEARLESS
            year, doubts = issued.year + (last * 3 < issued.month), [NO_YEAR]
    else:
        if issued is None:
            return YEARLESS
        index = issued.year * 4 + (issued.month - 1) // 3 + step(parts, "rel")
        year, first, last = index // 4, index % 4 + 1, index % 4 + 1
    return _quarters(year, first, last, parts.bare("part"), tuple(doubts))


def _quarters(year: int, first: int, last: int, part: str, doubts: tuple[str, ...]) -> Span:
    begin, end = 3 * first - 2, 3 * last
    if part.startswith("nua") and first == last:
        middle = date(year, begin + 1, 15)
        return (
            Span(date(year, begin, 1), middle, doubts)
            if part == "nua dau"
            else Span(middle, month_end(year, end), doubts)
        )
    if part in ("dau", "giua", "cuoi"):
        at = ("dau", "giua", "cuoi").index(part)
        begin, end = begin + at, 3 * last - 2 + at
        doubts = (*doubts, VAGUE)
    return Span(date(year, begin, 1), month_end(year, end), doubts)


def months_of_year(parts: Parts, issued: date | None) -> Span:
    """The first or last months of a year: "6 tháng đầu năm 2024", "nửa cuối năm"."""
    count = parts.integer("n") if parts.get("n") else 6
    count *= 3 if parts.bare("unit") == "quy" else 1
    if count > 11:
        return Span(None, None, (VAGUE,))
    at_start, year = parts.bare("end") == "dau", written_year(parts, issued)
    doubts = () if year is not None else (NO_YEAR,)
    if year is None:
        if issued is None:
            return YEARLESS
        year = issued.year + (at_start and count < issued.month)
    if at_start:
        return Span(date(year, 1, 1), month_end(year, count), doubts)
    return Span(date(year, 13 - count, 1), date(year, 12, 31), doubts)


def whole_year(parts: Parts, issued: date | None) -> Span:
    """A year. Its beginning and its middle are no dates: nobody says when they end."""
    year = written_year(parts, issued)
    if parts.bare("part") in ("dau", "giua"):
        return Span(None, None, (VAGUE,))
    if year is None and issued is None:
        return YEARLESS
    year = year if year is not None else issued.year if issued else 0
    if parts.bare("part") == "cuoi":
        return Span(None, date(year, 12, 31))
    return Span(date(year, 1, 1), date(year, 12, 31))
