"""Points in time as Vietnamese offices write them: days, weeks, months, quarters, halves, years, feasts.

A point is only a place in the calendar. Whether it is a deadline is decided in ``grammar`` from the words
around it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date

from domain.deadlines import resolve
from domain.deadlines.kinds import DIGITS, HINT, KINDS, OPENERS, TYPED, TYPED_FIRST, Resolver
from domain.deadlines.model import NOT_A_DATE, WEEKDAY_DIFFERS, ImpossibleDate
from domain.deadlines.resolve import Parts
from domain.deadlines.words import Folded, pattern


@dataclass(frozen=True)
class Point:
    """A place in the calendar.

    Args:
        start: where it begins in the folded text.
        end: where it ends there.
        grain: as in ``Kind``.
        first: the first day; None where it cannot be known.
        last: the last day.
        warnings: as in ``Deadline``.
        impossible: the words, where no calendar has such a day.
    """

    start: int
    end: int
    grain: str
    first: date | None
    last: date | None
    warnings: tuple[str, ...] = ()
    impossible: str | None = None


def find_points(text: Folded, issued: date | None, *, bare: bool = False, typed: bool = False) -> list[Point]:
    """Every point of the text in order; where two overlap, the kind that is listed first wins.

    Args:
        text: the folded text.
        issued: the day from which years that are not written and relative words count.
        bare: the text carries no diacritics.
        typed: also the short forms that only make sense when a date was asked for ("15", "mai").
    """
    places = [m.start() for m in DIGITS.finditer(text.text)]
    if not typed and not places and HINT.pick(bare).search(text.text) is None:
        return []
    places = sorted([*places, *(m.start() for m in OPENERS.pick(bare).finditer(text.text))])
    possible: dict[tuple[str, ...], bool] = {}
    taken = bytearray(len(text.text))
    points = find_series(text, issued, bare)
    for point in points:
        taken[point.start : point.end] = b"\1" * (point.end - point.start)
    for kind in TYPED_FIRST + KINDS + TYPED if typed else KINDS:
        needs = kind.needs[bare]
        if needs not in possible:
            possible[needs] = any(letters in text.text for letters in needs)
        if not possible[needs]:
            continue
        found = _matches(kind.pattern.pick(bare), text.text, places)
        for match in found:
            start, end = match.span()
            if 1 not in taken[start:end]:
                taken[start:end] = b"\1" * (end - start)
                points.append(_point(kind.grain, kind.resolve, start, end, Parts(match), issued))
        if found:  # nothing that begins inside a point is one
            places = [place for place in places if not taken[place]]
    ahead = [p for p in points if p.grain != "past"]
    return _with_weekdays(sorted(ahead, key=lambda p: p.start), text, bare)


def _matches(wanted: re.Pattern[str], text: str, places: list[int]) -> list[re.Match[str]]:
    """What ``finditer`` finds, for a pattern that matches at none but these places."""
    found: list[re.Match[str]] = []
    matched, end = wanted.match, 0
    for place in places:
        if place >= end and (match := matched(text, place)):
            end = match.end()
            found.append(match)
    return found


def find_series(text: Folded, issued: date | None, bare: bool) -> list[Point]:
    """The days that share one month: "ngày 5, 10 và 15/3", "ngày 05, 15 và 25 hằng tháng"."""
    points: list[Point] = []
    if ("ngay" if bare else "ngày") not in text.text:
        return points
    for match in SERIES.pick(bare).finditer(text.text):
        month = f"/{match['m']}" + (f"/{match['y']}" if match["y"] else "") if match["m"] else None
        for day in re.finditer(r"\d+", text.text[match.start() : match.end("days")]):
            start, end = match.start() + day.start(), match.start() + day.end()
            end = match.end() if end == match.end("days") else end
            points.append(_of_series(day[0], month, start, end, issued))
    return points


def _of_series(day: str, month: str | None, start: int, end: int, issued: date | None) -> Point:
    written = ONE_DAY.fullmatch(f"{day}{month or ''}")
    if written is None:
        return Point(start, end, "day", None, None, (NOT_A_DATE,), day)
    resolver = resolve.day_of_month if month is None else resolve.full_day if written["y"] else resolve.day_and_month
    return _point("day_of_month" if month is None else "day", resolver, start, end, Parts(written), issued)


SERIES = pattern(
    r"\b(?:các )?ngày (?P<days>\d{1,2}(?:\s*,\s*(?:ngày )?\d{1,2})*\s*(?:,|và|hoặc|,? và)\s*(?:ngày )?\d{1,2})"
    r"(?:(?:\s*[/.-]\s*|,? tháng )(?P<m>\d{1,2})(?:(?:\s*[/.-]\s*|,? năm )(?P<y>\d{4}))?(?![\d/])"
    r"|(?= (?:của )?(?:hằng|hàng|mỗi) tháng))"
)
ONE_DAY = re.compile(r"(?P<d>\d{1,2})(?:/(?P<m>\d{1,2})(?:/(?P<y>\d{4}))?)?")


def _point(grain: str, resolver: Resolver, start: int, end: int, parts: Parts, issued: date | None) -> Point:
    try:
        found = resolver(parts, issued)
    except ImpossibleDate as error:
        return Point(start, end, grain, None, None, (NOT_A_DATE,), error.given)
    return Point(start, end, grain, found.first, found.last, found.warnings)


BETWEEN = pattern(r"\s*[,(]?\s*(?:(?:tức|là) )?(?:ngày )?\(?\s*")
BEHIND = pattern(r"\s*\(\s*(?:(?:tức|là) )*")


def _with_weekdays(points: list[Point], text: Folded, bare: bool) -> list[Point]:
    """Join "thứ Sáu, ngày 15/3" and "15/3 (thứ Sáu)" into one point, with a doubt where the two do not agree."""
    joined: list[Point] = []
    for point in points:
        before = joined[-1] if joined else None
        if before and _is_weekday_of(before, point, text, bare):
            joined[-1] = _joined(before, point)
        elif before and _is_weekday_behind(before, point, text, bare):
            closed = point.end + text.text.startswith(")", point.end)
            joined[-1] = replace(before, end=closed, warnings=_joined(point, before).warnings)
        else:
            joined.append(point)
    return joined


def _is_weekday_of(before: Point, point: Point, text: Folded, bare: bool) -> bool:
    if before.grain != "weekday" or point.grain not in ("day", "loose"):
        return False
    return BETWEEN.pick(bare).fullmatch(text.text, before.end, point.start) is not None


def _is_weekday_behind(before: Point, point: Point, text: Folded, bare: bool) -> bool:
    if before.grain not in ("day", "loose") or point.grain != "weekday":
        return False
    return BEHIND.pick(bare).fullmatch(text.text, before.end, point.start) is not None


def _joined(weekday: Point, day: Point) -> Point:
    differs = weekday.last and day.last and weekday.last.weekday() != day.last.weekday()
    warnings = (*day.warnings, *((WEEKDAY_DIFFERS,) if differs else ()))
    return Point(weekday.start, day.end, "day", day.first, day.last, warnings, day.impossible)
