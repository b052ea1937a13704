"""Points in time as Vietnamese offices write them: days, weeks, months, quarters, halves, years, feasts.

A point is only a place in the calendar. Whether it is a deadline is decided in ``grammar`` from the words
around it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from domain.deadlines.kinds import HINT, KINDS, TYPED, Kind
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
    points: list[Point] = []
    if not typed and HINT.pick(bare).search(text.text) is None:
        return points
    for kind in KINDS + TYPED if typed else KINDS:
        if kind.needs.pick(bare).search(text.text) is None:
            continue
        for match in kind.pattern.pick(bare).finditer(text.text):
            if not any(p.start < match.end() and match.start() < p.end for p in points):
                points.append(_point(kind, match.start(), match.end(), Parts(match), issued))
    return _with_weekdays(sorted(points, key=lambda p: p.start), text, bare)


def _point(kind: Kind, start: int, end: int, parts: Parts, issued: date | None) -> Point:
    try:
        found = kind.resolve(parts, issued)
    except ImpossibleDate as error:
        return Point(start, end, kind.grain, None, None, (NOT_A_DATE,), error.given)
    return Point(start, end, kind.grain, found.first, found.last, found.warnings)


BETWEEN = pattern(r"\s*[,(]?\s*(?:(?:tức|là) )?(?:ngày )?\(?\s*")


def _with_weekdays(points: list[Point], text: Folded, bare: bool) -> list[Point]:
    """Join "thứ Sáu, ngày 15/3" into one point, with a doubt where the two do not agree."""
    joined: list[Point] = []
    for point in points:
        before = joined[-1] if joined else None
        if (
            before
            and before.grain == "weekday"
            and point.grain in ("day", "loose")
            and BETWEEN.pick(bare).fullmatch(text.text, before.end, point.start)
        ):
            joined[-1] = _joined(before, point)
        else:
            joined.append(point)
    return joined


def _joined(weekday: Point, day: Point) -> Point:
    differs = weekday.last and day.last and weekday.last.weekday() != day.last.weekday()
    warnings = (*day.warnings, *((WEEKDAY_DIFFERS,) if differs else ()))
    return Point(weekday.start, day.end, "day", day.first, day.last, warnings, day.impossible)
