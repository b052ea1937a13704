"""The days that ``/status`` is asked of: a past day, or a period with the one before it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from domain.figures import Period
from domain.finding_days import read_period
from domain.spelling import folded_word

_RELATIVE = re.compile(r"\b(?:nay|sau|toi|truoc|ngoai|qua|\d{4})\b")
_ENDS = re.compile(r"^(?:tinh )?(?:den|toi|het|vao|trong|ngay|cua)\b\s*|\s*\b(?:cua|o|tai|trong)$")
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Days:
    """What days were asked of, and the words that are left: a unit's name, or nothing."""

    period: Period
    rest: str

    @property
    def is_one(self) -> bool:
        """Whether it is a single day: the figures as of it are meant."""
        return self.period.first == self.period.last


def read_days(words: str, today: date) -> Days | None:
    """The days named in what was typed, looking back where the words leave it open: "15/3", "tháng 2", "tuần trước".

    Args:
        words: as typed, with or without diacritics.
        today: the local day.
    """
    plain = " ".join(folded_word(words).split())
    found = read_period(plain, today)
    if found is not None and found[0].first > today and not _RELATIVE.search(plain):
        found = read_period(plain, date(today.year - 1, today.month, min(today.day, 28))) or found
    if found is None:
        return None
    days, (start, end) = found
    rest = _ENDS.sub("", _ENDS.sub("", f"{plain[:start]} {plain[end:]}".strip()).strip())
    return Days(Period(days.first, days.last), rest)


def before(period: Period) -> Period:
    """The period to compare with: as many whole months as this one has, else as many days."""
    months = _whole_months(period)
    last = period.first - ONE_DAY
    if not months:
        return Period(last - (period.last - period.first), last)
    index = period.first.year * 12 + period.first.month - 1 - months
    return Period(date(index // 12, index % 12 + 1, 1), last)


def after(period: Period) -> Period:
    """The period that follows, of the same length."""
    months = _whole_months(period)
    first = period.last + ONE_DAY
    if not months:
        return Period(first, first + (period.last - period.first))
    index = first.year * 12 + first.month - 1 + months
    return Period(first, date(index // 12, index % 12 + 1, 1) - ONE_DAY)


def _whole_months(period: Period) -> int:
    """How many calendar months it is; 0 where it begins or ends within one."""
    following = period.last + ONE_DAY
    if period.first.day != 1 or following.day != 1:
        return 0
    return (following.year - period.first.year) * 12 + following.month - period.first.month
