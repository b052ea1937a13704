"""Which points in time of a sentence are deadlines.

Every point is looked at with the words to its left (and a few to its right). Words such as "trước ngày" and
"chậm nhất" make any day a
deadline; "trong", "hết", "vào" need a word of finishing in the same clause; nothing makes the date of a cited
document one.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from domain.calendar import OfficeCalendar
from domain.deadlines import context as c
from domain.deadlines.durations import find_terms
from domain.deadlines.markers import Marked, marked, range_start
from domain.deadlines.model import BEFORE_NOTICE, DAY_OFF, NO_MONTH, VAGUE, Deadline
from domain.deadlines.points import Point, find_points
from domain.deadlines.recurrences import Recurrence, first_occurrence, recurrence
from domain.deadlines.sight import Sight, look
from domain.deadlines.words import Folded, fold, has_diacritics

OFFICE = OfficeCalendar()


def find_deadlines(
    text: str, issued: date | None, calendar: OfficeCalendar = OFFICE, *, term_start: bool = True
) -> list[Deadline]:
    """Every deadline of a sentence or clause, in order.

    Dates of cited documents, of meetings and the periods of programmes are no deadlines and are left alone.

    Args:
        text: a sentence, a clause or a whole paragraph.
        issued: the document's date: years that are not written and terms ("trong vòng 15 ngày") count
            from it.
        calendar: the office's working days.
        term_start: False where ``issued`` is only an assumption: good enough to add a year, not to
            count days from; terms and weekly or
            monthly recurrences then stay without a date.
    """
    bare = not has_diacritics(text)
    folded = fold(text, bare=bare)
    found = find_terms(folded, issued if term_start else None, calendar, bare=bare)
    terms = [t.span for t in found]
    for point in find_points(folded, issued, bare=bare):
        deadline = _deadline(look(point, folded, bare), folded, issued, calendar, term_start)
        if deadline and not any(_overlap(deadline.span, t) for t in terms):
            found.append(deadline)
    return sorted(found, key=lambda d: d.span)


def find_recurrences(text: str) -> list[tuple[str, tuple[int, int]]]:
    """Every recurrence ("hằng tháng", "định kỳ 6 tháng một lần") with its span, in order."""
    bare = not has_diacritics(text)
    folded = fold(text, bare=bare)
    matches = c.RECURRENCE.pick(bare).finditer(folded.text)
    return [(folded.words(m.start(), m.end()), folded.span(m.start(), m.end())) for m in matches]


def _overlap(a: tuple[int, int], b: tuple[int, int]) -> bool:
    return a[0] < b[1] and b[0] < a[1]


def _deadline(
    seen: Sight, text: Folded, issued: date | None, calendar: OfficeCalendar, term_start: bool
) -> Deadline | None:
    again = recurrence(seen, text)
    found = marked(seen, issued, recurring=again is not None)
    if found is None:
        return None
    if again is not None:
        again = again if term_start else replace(again, known=again.unit == "nam")
        seen = replace(seen, point=first_occurrence(seen.point, again, issued))
    elif seen.point.grain == "day_of_month":
        seen = replace(seen, point=replace(seen.point, first=None, last=None, warnings=(NO_MONTH,)))
    return build(seen, text, found, again, issued, calendar)


def build(
    seen: Sight, text: Folded, found: Marked, again: Recurrence | None, issued: date | None, calendar: OfficeCalendar
) -> Deadline:
    """The deadline that a marked point is.

    Args:
        seen: the point in its sentence.
        text: the folded text.
        found: what its marker says.
        again: its recurrence, if it has one.
        issued: the document's date.
        calendar: the office's working days.
    """
    point = seen.point
    day, first, doubts = _days(point, found, range_start(seen, issued))
    begin = found.at if again is None else min(found.at, again.start)
    end = max(seen.end, again.end if again else 0)
    words = text.words(begin, end)
    words = words.strip(" \t\n\u00a0*_,;(")
    start = text.span(begin, end)[0] + text.words(begin, end).index(words)
    deadline = Deadline(
        day,
        inclusive=found.inclusive,
        time=seen.hour if day else None,
        start=first,
        text=words,
        span=(start, start + len(words)),
        rule=_rule(words, day, found.inclusive),
        recurring=again.words if again else None,
        warnings=doubts,
    )
    return replace(deadline, warnings=(*doubts, *_checks(deadline, issued, calendar)))


def _days(point: Point, found: Marked, start: date | None) -> tuple[date | None, date | None, tuple[str, ...]]:
    """The deadline's day, the first day of its interval, and the doubts."""
    if found.inclusive or point.first is None or point.first == point.last:
        first = start if start is not None else point.first
        return point.last, (first if first != point.last else None), point.warnings
    if point.first.day != 1 and point.grain in ("month", "quarter"):
        # "Trước cuối tháng 3": nobody can say which day that excludes.
        return None, None, (*point.warnings, VAGUE)
    return point.first, None, point.warnings


def _rule(words: str, day: date | None, inclusive: bool) -> str:
    if day is None:
        return ""
    return f"{' '.join(words.split())} → {day:%d/%m/%Y}" + ("" if inclusive else " (không kể ngày này)")


def _checks(deadline: Deadline, issued: date | None, calendar: OfficeCalendar) -> tuple[str, ...]:
    if deadline.date is None:
        return ()
    last = deadline.date if deadline.inclusive else deadline.date - timedelta(days=1)
    past = (BEFORE_NOTICE,) if issued and last < issued else ()
    return past if calendar.is_working(last) else (*past, DAY_OFF)
