"""Which days an office works: weekends, public holidays with Tết, and the office's own compensatory days.

Public holidays follow article 112 of the Labour Code 2019 as the ``holidays`` library knows them; the swaps
the government announces each
year are partly known to it, the rest come from the office's own lists in the configuration.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import lru_cache
from itertools import accumulate
from zoneinfo import ZoneInfo

OFFICE_ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
ONE_DAY = timedelta(days=1)
SATURDAY = 5


@dataclass(frozen=True)
class _Year:
    holidays: Mapping[date, str]
    worked: frozenset[date]  # Saturdays worked all over the country to make up for a longer holiday


@dataclass(frozen=True)
class _Days:
    """The days of one year, from 1 January on."""

    works: tuple[bool, ...]
    so_far: tuple[int, ...]  # working days up to and with each


@lru_cache(maxsize=64)
def _public(year: int) -> _Year:
    # Imported here: the library takes longer to load than a whole notice takes to read.
    import holidays

    vietnam = holidays.country_holidays("VN", years=year, language="vi")
    return _Year(dict(vietnam), frozenset(vietnam.weekend_workdays))


@dataclass(frozen=True)
class OfficeCalendar:
    """The working days of one office.

    Args:
        closed: the office's own days off, besides weekends and public holidays.
        made_up: Saturdays or Sundays worked instead; they win over everything else.
    """

    closed: frozenset[date] = frozenset()
    made_up: frozenset[date] = frozenset()
    _years: dict[int, _Days] = field(default_factory=dict, init=False, repr=False, compare=False)

    def is_working(self, day: date) -> bool:
        """Whether the office works on ``day``."""
        return self._year(day.year).works[day.timetuple().tm_yday - 1]

    def _year(self, year: int) -> _Days:
        """The days of a year, worked out once: sweeps ask for thousands of directives."""
        if year not in self._years:
            first, last = date(year, 1, 1), date(year, 12, 31)
            works = [self._works(first + timedelta(days=i)) for i in range((last - first).days + 1)]
            self._years[year] = _Days(tuple(works), tuple(accumulate(works)))
        return self._years[year]

    def _works(self, day: date) -> bool:
        if day in self.made_up:
            return True
        if day in self.closed or self.holiday_name(day) is not None:
            return False
        return day.weekday() < SATURDAY or day in _public(day.year).worked

    def holiday_name(self, day: date) -> str | None:
        """The Vietnamese name of the public holiday on ``day``, or None."""
        return _public(day.year).holidays.get(day)

    def next_working(self, day: date) -> date:
        """The first working day after ``day``."""
        return self.on_or_after(day + ONE_DAY)

    def previous_working(self, day: date) -> date:
        """The last working day before ``day``."""
        return self.on_or_before(day - ONE_DAY)

    def on_or_after(self, day: date) -> date:
        """``day`` itself when the office works on it, else the first working day after it."""
        while not self.is_working(day):
            day += ONE_DAY
        return day

    def on_or_before(self, day: date) -> date:
        """``day`` itself when the office works on it, else the last working day before it."""
        while not self.is_working(day):
            day -= ONE_DAY
        return day

    def add_working_days(self, day: date, n: int) -> date:
        """The ``n``-th working day after ``day`` (before it when negative); ``day`` itself is not counted.

        Article 147 of the Civil Code 2015: the first day of a term is not counted.
        """
        step = self.next_working if n > 0 else self.previous_working
        for _ in range(abs(n)):
            day = step(day)
        return day

    def working_days_between(self, a: date, b: date) -> int:
        """How many working days lie in (``a``, ``b``]; negative when ``b`` comes before ``a``."""
        if b < a:
            return -self.working_days_between(b, a)
        whole_years = sum(self._year(year).so_far[-1] for year in range(a.year, b.year))
        return whole_years + self._so_far(b) - self._so_far(a)

    def _so_far(self, day: date) -> int:
        return self._year(day.year).so_far[day.timetuple().tm_yday - 1]
