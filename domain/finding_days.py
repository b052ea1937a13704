"""The days a person means who looks for something: "tháng 3", "từ 1/3 đến 15/3", "tuần này", "giao trong quý I"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

NEAR = 5  # months ahead in which a month without a year is the coming one


class Which(StrEnum):
    """Which day of a directive a period is about."""

    EITHER = "either"  # given or due: what is said where the words do not tell
    GIVEN = "given"
    DUE = "due"
    DONE = "done"


@dataclass(frozen=True)
class Period:
    """Two local days, both included."""

    first: date
    last: date
    which: Which = Which.EITHER


_DAY = r"(\d{1,2})[/.-](\d{1,2})(?:[/.-](\d{4}))?"
_BEGINNING = r"(\d{1,2})(?:[/.-](\d{1,2}))?(?:[/.-](\d{4}))?"
_YEAR = r"(?:\s*[/-]\s*|\s+nam\s+|\s+)?(\d{4})?"
_WHICH = (
    r"(?:\b(?P<given>giao|ban hanh|phat hanh)|\b(?P<due>den han|het han|han)|\b(?P<done>xong|hoan thanh))?"
    r"\s*(?:(?:trong|vao|cua)\s+)?"
)
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}


def read_period(plain: str, today: date) -> tuple[Period, tuple[int, int]] | None:
    """The first stretch of days named in a text, and where it stands.

    Args:
        plain: in lower case, without diacritics.
        today: the local day that "tháng này" is counted from.
    """
    for pattern, span in _SPANS:
        found = re.search(_WHICH + pattern, plain)
        days = span(list(found.groups()[3:]), today) if found else None
        if found and days:
            which = next((Which(name) for name in ("given", "due", "done") if found[name]), Which.EITHER)
            return Period(*days, which), found.span()
    return None


def _between(parts: Sequence[str | None], today: date) -> tuple[date, date] | None:
    last = _day(parts[3], parts[4], parts[5], today)
    first = _day(parts[0], parts[1] or parts[4], parts[2] or (str(last.year) if last else None), today)
    return (first, last) if first and last and first <= last else None


def _one_day(parts: Sequence[str | None], today: date) -> tuple[date, date] | None:
    day = _day(parts[0], parts[1], parts[2], today)
    return (day, day) if day else None


def _day(day: str | None, month: str | None, year: str | None, today: date) -> date | None:
    if day is None or month is None:
        return None
    try:
        return date(int(year) if year else _year_of(int(month), today), int(month), int(day))
    except ValueError:
        return None


def _year_of(month: int, today: date) -> int:
    """A month without a year: this year's, or the last one's where that is long to come."""
    return today.year - (month > today.month + NEAR)


def _month(parts: Sequence[str | None], today: date) -> tuple[date, date] | None:
    month = int(parts[0] or 0)
    if not 1 <= month <= 12:
        return None
    return _months(int(parts[1] or 0) or _year_of(month, today), month, 1)


def _months(year: int, month: int, count: int) -> tuple[date, date]:
    """So many whole months from one on; months before January and after December are those of other years."""
    first = _first_of(year, month)
    return first, _first_of(year, month + count) - timedelta(days=1)


def _first_of(year: int, month: int) -> date:
    return date(year + (month - 1) // 12, (month - 1) % 12 + 1, 1)


def _beside(parts: Sequence[str | None]) -> int:
    return {"nay": 0, "truoc": -1, "ngoai": -1, "sau": 1, "toi": 1}[parts[0] or "nay"]


def _month_beside(parts: Sequence[str | None], today: date) -> tuple[date, date]:
    return _months(today.year, today.month + _beside(parts), 1)


def _week_beside(parts: Sequence[str | None], today: date) -> tuple[date, date]:
    monday = today - timedelta(days=today.weekday() - 7 * _beside(parts))
    return monday, monday + timedelta(days=6)


def _quarter(parts: Sequence[str | None], today: date) -> tuple[date, date] | None:
    number = _ROMAN.get(parts[0] or "") or int(parts[0] or 0)
    return _months(int(parts[1] or 0) or today.year, 3 * number - 2, 3)


def _quarter_beside(parts: Sequence[str | None], today: date) -> tuple[date, date]:
    return _months(today.year, 3 * ((today.month - 1) // 3 + _beside(parts)) + 1, 3)


def _year(parts: Sequence[str | None], today: date) -> tuple[date, date] | None:
    year = int(parts[0] or 0)
    return _months(year, 1, 12) if 1945 <= year <= 2999 else None


def _year_beside(parts: Sequence[str | None], today: date) -> tuple[date, date]:
    return _months(today.year + _beside(parts), 1, 12)


def _today(parts: Sequence[str | None], today: date) -> tuple[date, date]:
    day = today - timedelta(days=parts[0] == "qua")
    return day, day


_SPANS = (
    (rf"\btu\s+(?:ngay\s+)?{_BEGINNING}\s+(?:den|toi)\s+(?:ngay\s+)?{_DAY}\b", _between),
    (r"\bthang\s+(nay|truoc|sau|toi)\b", _month_beside),
    (rf"\bthang\s+(\d{{1,2}}){_YEAR}\b", _month),
    (r"\btuan\s+(nay|truoc|sau|toi)\b", _week_beside),
    (rf"\bquy\s+([1-4]|iv|i{{1,3}}){_YEAR}\b", _quarter),
    (r"\bquy\s+(nay|truoc|sau|toi)\b", _quarter_beside),
    (r"\bnam\s+(\d{4})\b", _year),
    (r"\bnam\s+(nay|truoc|ngoai|sau|toi)\b", _year_beside),
    (rf"\bngay\s+{_DAY}\b", _one_day),
    (rf"(?<![\w/.-]){_DAY}(?![\w/-])", _one_day),
    (r"\bhom\s+(nay|qua)\b", _today),
)  # fmt: skip
