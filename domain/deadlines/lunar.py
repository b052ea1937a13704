"""The Vietnamese lunisolar calendar, computed for UTC+7.

The Chinese calendar, computed for UTC+8, gives another first day of Tết in some years (1968, 1985, 2007, 2030), so a
table or library
made for China must not be used. The method is the one of the Vietnamese calendar since 1967: a month begins
on the day of the new moon,
month 11 holds the winter solstice, and in a year of thirteen months the first month without a principal solar
term is a leap month. The
astronomical series are those of Jean Meeus, *Astronomical Algorithms* (1991).
"""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from math import floor, pi, sin

ZONE_DAYS = 7 / 24  # UTC+7 in days
EPOCH = 2415021.076998695  # Julian day of the new moon of 1 January 1900
SYNODIC_MONTH = 29.530588853  # days
ORDINAL_TO_JULIAN = 1721425  # date.toordinal() + this = Julian day number at noon


@lru_cache(maxsize=4096)
def _new_moon(k: int) -> int:
    """Julian day number, in UTC+7, of the k-th new moon since 1900."""
    t = k / 1236.85
    t2, t3, rad = t * t, t * t * t, pi / 180
    mean = 2415020.75933 + 29.53058868 * k + 0.0001178 * t2 - 0.000000155 * t3
    mean += 0.00033 * sin((166.56 + 132.87 * t - 0.009173 * t2) * rad)
    sun = (359.2242 + 29.10535608 * k - 0.0000333 * t2 - 0.00000347 * t3) * rad
    moon = (306.0253 + 385.81691806 * k + 0.0107306 * t2 + 0.00001236 * t3) * rad
    node = (21.2964 + 390.67050646 * k - 0.0016528 * t2 - 0.00000239 * t3) * rad
    shift = (0.1734 - 0.000393 * t) * sin(sun) + 0.0021 * sin(2 * sun) - 0.4068 * sin(moon)
    shift += 0.0161 * sin(2 * moon) - 0.0004 * sin(3 * moon) + 0.0104 * sin(2 * node)
    shift += -0.0051 * sin(sun + moon) - 0.0074 * sin(sun - moon) + 0.0004 * sin(2 * node + sun)
    shift += -0.0004 * sin(2 * node - sun) - 0.0006 * sin(2 * node + moon)
    shift += 0.0010 * sin(2 * node - moon) + 0.0005 * sin(2 * moon + sun)
    return floor(mean + shift - _delta_t(t) + 0.5 + ZONE_DAYS)


def _delta_t(t: float) -> float:
    """Difference of dynamical and universal time in days, ``t`` in Julian centuries since 1900."""
    if t < -11:
        return 0.001 + 0.000839 * t + 0.0002261 * t**2 - 0.00000845 * t**3 - 0.000000081 * t**4
    return -0.000278 + 0.000265 * t + 0.000262 * t**2


@lru_cache(maxsize=4096)
def _solar_sector(day_number: int) -> int:
    """Which twelfth of the ecliptic (0-11 from the spring equinox) the sun is in at the start of a day in UTC+7."""
    t = (day_number - 0.5 - ZONE_DAYS - 2451545.0) / 36525
    t2, rad = t * t, pi / 180
    anomaly = 357.52910 + 35999.05030 * t - 0.0001559 * t2 - 0.00000048 * t * t2
    centre = (1.914600 - 0.004817 * t - 0.000014 * t2) * sin(rad * anomaly)
    centre += (0.019993 - 0.000101 * t) * sin(rad * 2 * anomaly) + 0.000290 * sin(rad * 3 * anomaly)
    longitude = (280.46645 + 36000.76983 * t + 0.0003032 * t2 + centre) % 360
    return floor(longitude / 30)


def _month_eleven(year: int) -> int:
    """Julian day number on which lunar month 11 of a solar year begins."""
    last_of_year = date(year, 12, 31).toordinal() + ORDINAL_TO_JULIAN
    k = floor((last_of_year - 2415021) / SYNODIC_MONTH)
    start = _new_moon(k)
    return _new_moon(k - 1) if _solar_sector(start) >= 9 else start


def _leap_offset(month_eleven: int) -> int:
    """How many months after month 11 the leap month comes."""
    k = floor((month_eleven - EPOCH) / SYNODIC_MONTH + 0.5)
    previous = _solar_sector(_new_moon(k + 1))
    for i in range(2, 14):
        current = _solar_sector(_new_moon(k + i))
        if current == previous:
            return i - 1
        previous = current
    return 13


def solar(day: int, month: int, year: int) -> date:
    """The solar date of a lunar day in the lunar year that begins in solar ``year`` (no leap months).

    Raises:
        ValueError: the lunar month has no such day.
    """
    before = _month_eleven(year - 1 if month < 11 else year)
    after = _month_eleven(year if month < 11 else year + 1)
    offset = (month - 11) % 12
    if after - before > 365 and offset >= _leap_offset(before):
        offset += 1
    k = floor(0.5 + (before - EPOCH) / SYNODIC_MONTH)
    first, following = _new_moon(k + offset), _new_moon(k + offset + 1)
    if not 1 <= day <= following - first:
        raise ValueError(f"lunar month {month} of {year} has no day {day}")
    return date.fromordinal(first + day - 1 - ORDINAL_TO_JULIAN)


def first_day_of_tet(year: int) -> date:
    """The first day of the lunar year (*mùng 1 Tết*) that begins in solar ``year``."""
    return solar(1, 1, year)


def full_moon_of_first_month(year: int) -> date:
    """*Rằm tháng Giêng*: the 15th of the first lunar month."""
    return solar(15, 1, year)
