"""When a task that comes again is due next: "ngày 25 hằng tháng", "thứ Sáu hằng tuần", "trước 10/6 và 10/12 hằng năm".

A ``Cycle`` is made once, of the words and the first deadline, and counts on the calendar, not from one deadline to the
next: "ngày 31 hằng tháng" is 30/4 and then 31/5 again, and an extension of one period moves no other. Where the words
do not tell the day, there is no cycle: a person is asked.
"""

from __future__ import annotations

import calendar as months
import re
from datetime import date

from domain.cycles import LAST, YEAR, Cycle, Unit, month_of, week_of
from domain.deadlines import Deadline
from domain.deadlines.numbers import MONTH_WORDS, WEEKDAY_WORDS, number, weekday
from domain.deadlines.words import fold, without_diacritics


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
ONCE_APART = re.compile(r"\b(?P<n>\d{1,2}) (?P<unit>nam|quy|thang|tuan|ngay) [^\d,.;:]{2,40} mot lan\b")
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
WEEKLY = re.compile(
    rf"\b{EVERY} (?:sang |trua |chieu |toi )?(?:thu (?:[2-7]|{without_diacritics(WEEKDAY_WORDS)})|chu nhat)\b"
)


def _often(text: str) -> tuple[Unit, int] | None:
    """The period; of several ("hằng quý, hằng năm") the shortest."""
    if SEVERAL_TIMES.search(text):
        return None
    found: list[tuple[int, Unit, int]] = []  # about how many days, unit, every
    for match in (*OFTEN.finditer(text), *ONCE.finditer(text), *ONCE_APART.finditer(text)):
        count = 1 if match["n"] in (None, "mot") else int(match["n"])
        if count and match["unit"] in MONTHS_IN:
            every = count * MONTHS_IN[match["unit"]]
            found.append((every * 30, "month", every))
        elif count:
            found.append((count, "day", count) if match["unit"] == "ngay" else (count * 7, "week", count))
    if WEEKLY.search(text):
        found.append((7, "week", 1))
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
        return week_of(first) % every
    return 0 if YEAR % every == 0 else month_of(first) % every
