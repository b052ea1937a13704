"""Feasts and the days of the lunar calendar: "trước Tết Nguyên đán", "rằm tháng Giêng", "mùng 10 tháng 3 âm lịch"."""

from __future__ import annotations

from datetime import date

from domain.deadlines import lunar
from domain.deadlines.model import NO_MONTH, ImpossibleDate
from domain.deadlines.resolve import YEARLESS, Parts, Span, day_and_month, day_of, one, written_year


def lunar_day(parts: Parts, issued: date | None) -> Span:
    """A day of the lunar calendar: "rằm tháng Giêng", "23 tháng Chạp", "mùng 10 tháng 3 âm lịch"."""
    day = 15 if parts.get("full") else parts.integer("d")
    months_meant = [parts.integer("m")] if parts.get("m") else list(range(1, 13))
    year = written_year(parts, issued) or _year_of_cycle(parts, issued)
    if year is None and issued is None:
        return YEARLESS
    years = [year] if year is not None else [issued.year - 1, issued.year, issued.year + 1] if issued else []
    days = [d for y in years for month in months_meant if (d := _lunar_or_none(day, month, y))]
    days = days if year is not None else [d for d in days if issued and d >= issued]
    if not days:
        raise ImpossibleDate(parts.whole)
    return one(min(days), *(() if parts.get("m") else (NO_MONTH,)))


STEMS = ("giap", "at", "binh", "dinh", "mau", "ky", "canh", "tan", "nham", "quy")
BRANCHES = ("ty", "suu", "dan", "mao", "thin", "ti", "ngo", "mui", "than", "dau", "tuat", "hoi")
SIXTY = 60
JIA_ZI = 1984  # the year Giáp Tý, the first of a cycle of sixty


def _year_of_cycle(parts: Parts, issued: date | None) -> int | None:
    """The lunar year "Ất Tỵ" names, from the one before the document's year on; None where none is named."""
    stem, branch = parts.bare("stem"), parts.get("branch") or ""
    if not stem or issued is None:
        return None
    tenth = STEMS.index("ky" if stem == "ki" else stem)
    names = {"tý": 0, "tí": 0, "tỵ": 5, "tị": 5}
    bare = parts.bare("branch")
    if bare in ("ty", "ti") and branch not in names:
        return None  # without its mark Tý and Tỵ are one word
    twelfth = names[branch] if branch in names else BRANCHES.index(bare)
    first = issued.year - 1
    years = range(first, first + SIXTY)
    return next((y for y in years if (y - JIA_ZI) % 10 == tenth and (y - JIA_ZI) % 12 == twelfth), None)


def _lunar_or_none(day: int, month: int, year: int) -> date | None:
    try:
        return lunar.solar(day, month, year)
    except ValueError:
        return None


def tet(parts: Parts, issued: date | None) -> Span:
    """The first day of the lunar year."""
    year = written_year(parts, issued)
    if year is not None:
        return one(lunar.first_day_of_tet(year))
    if issued is None:
        return YEARLESS
    this = lunar.first_day_of_tet(issued.year)
    return one(this if this > issued else lunar.first_day_of_tet(issued.year + 1))


def days_off(parts: Parts, issued: date | None) -> Span:
    """Days off named together: "lễ 30/4 - 01/5"."""
    first = day_and_month(parts, issued)
    if first.first is None:
        return first
    month, day = parts.integer("month"), parts.integer("until")
    last = day_of(first.first.year + (month < first.first.month), month, day)
    if last < first.first:
        raise ImpossibleDate(parts.whole)
    return Span(first.first, last, first.warnings)


FEASTS = {
    "quoc khanh": (2, 9), "tet duong lich": (1, 1), "tet tay": (1, 1), "giang sinh": (25, 12), "noel": (25, 12),
    "nha giao viet nam": (20, 11), "quoc te lao dong": (1, 5), "giai phong mien nam": (30, 4),
    "cach mang thang tam": (19, 8),
}  # fmt: skip
LUNAR_FEASTS = {"trung thu": (15, 8), "gio to": (10, 3), "vu lan": (15, 7), "doan ngo": (5, 5)}
LUNAR_YEAR_END = 20  # "28 Tết" is in the twelfth month, "mùng 6 Tết" in the first


def day_of_tet(parts: Parts, issued: date | None) -> Span:
    """A day around Tết: "28 Tết", "mùng 6 Tết"."""
    day, year = parts.integer("d"), written_year(parts, issued)
    if issued is None and year is None:
        return YEARLESS
    lunar_month, before = (12, 1) if day > LUNAR_YEAR_END else (1, 0)
    years = [year] if year is not None else [issued.year, issued.year + 1] if issued else []
    days = [d for y in years if (d := _lunar_or_none(day, lunar_month, y - before))]
    ahead = [d for d in days if year is not None or (issued and d >= issued)]
    if not ahead:
        raise ImpossibleDate(parts.whole)
    return one(min(ahead))


def feast(parts: Parts, issued: date | None) -> Span:
    """A named day: "Quốc khánh", "Tết Dương lịch", "Trung thu", "Giỗ Tổ"."""
    year, name = written_year(parts, issued), parts.bare("name")
    if year is not None:
        return one(_feast_in(name, year))
    if issued is None:
        return YEARLESS
    this = _feast_in(name, issued.year)
    return one(this if this >= issued else _feast_in(name, issued.year + 1))


def _feast_in(name: str, year: int) -> date:
    if name in FEASTS:
        day, month_number = FEASTS[name]
        return day_of(year, month_number, day)
    return lunar.solar(*LUNAR_FEASTS[name], year)
