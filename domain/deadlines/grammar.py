"""Which points in time of a sentence are deadlines.

Every point is looked at with the words to its left (and a few to its right). Words such as "trước ngày" and
"chậm nhất" make any day a deadline; "trong", "hết", "vào" need a word of finishing in the same clause; nothing
makes the date of a cited document one.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta

from domain.calendar import OfficeCalendar
from domain.deadlines import context as c
from domain.deadlines.durations import find_terms
from domain.deadlines.events import find_each, find_events, find_hours
from domain.deadlines.markers import Marked, doubts, marked, range_start
from domain.deadlines.model import BEFORE_NOTICE, DAY_OFF, NO_ISSUE_DATE, NO_MONTH, VAGUE, Deadline
from domain.deadlines.points import Point, find_points
from domain.deadlines.recurrences import Recurrence, first_occurrence, recurrence
from domain.deadlines.sight import Sight, look
from domain.deadlines.words import Folded, fold, has_diacritics, pattern, without_diacritics

OFFICE = OfficeCalendar()
MARKER = 16  # characters: "chậm nhất là" and the marks before it
# Every recurrence has one of these words.
_OFTEN = ("hằng", "hàng", "mỗi", "mọi", "định", "lần", "tuần", "thường")
OFTEN = (_OFTEN, tuple(without_diacritics(word) for word in _OFTEN))


def find_deadlines(
    text: str,
    issued: date | None,
    calendar: OfficeCalendar = OFFICE,
    *,
    term_start: bool = True,
    ordered: bool = False,
) -> list[Deadline]:
    """Every deadline of a sentence or clause, in order.

    Dates of cited documents, of meetings and the periods of programmes are no deadlines and are left alone.

    Args:
        text: a sentence, a clause or a whole paragraph.
        issued: the document's date: years that are not written and terms ("trong vòng 15 ngày") count
            from it.
        calendar: the office's working days.
        term_start: False where ``issued`` is only an assumption: good enough to add a year, not to
            count days from; terms and weekly or monthly recurrences then stay without a date.
        ordered: the text is known to be a task: a month or a quarter at the end of a clause ("nghiên cứu,
            đề xuất … trong tháng 9") is then its deadline without a word of finishing.
    """
    bare = not has_diacritics(text)
    folded = fold(text, bare=bare)
    start = issued if term_start else None
    found = _apart(
        find_terms(folded, start, calendar, bare=bare),
        find_each(folded, issued, calendar, bare=bare, certain=term_start),
    )
    for chain in _chains(find_points(folded, issued, bare=bare), folded, bare):
        found = _apart(found, _of_chain(chain, folded, bare, issued, calendar, term_start, ordered))
    found = _apart(found, find_hours(folded, start, bare=bare))
    return _limits(_apart(found, find_events(folded, bare=bare)), text)


AT_LATEST = pattern(r"\s*[,(-]?\s*(?:(?:chậm|muộn|trễ) nhất\b.*)")


# "Nộp bản mềm trước ngày 15/11, chậm nhất ngày 20/11 nộp bản giấy": two tasks.
THEN_DONE = pattern(r"\s+(?!xong|hoàn thành|hoàn tất|phải|để|theo|như|và)[^\W\d]")


def _limits(found: list[Deadline], text: str) -> list[Deadline]:
    """Without what only leads to a limit: of "trong tháng 4, chậm nhất ngày 25/4" the day by which it has to be."""
    kept: list[Deadline] = []
    for deadline in found:
        if kept and deadline.date is not None and not deadline.recurring:
            leading = fold(text[kept[-1].span[1] : deadline.span[1]], bare=True).text
            limits = AT_LATEST.bare.fullmatch(leading) and len(leading) < len(deadline.text) + MARKER
            if limits and THEN_DONE.bare.match(fold(text[deadline.span[1] :], bare=True).text) is None:
                kept.pop()
        kept.append(deadline)
    return kept


def find_recurrences(text: str) -> list[tuple[str, tuple[int, int]]]:
    """Every recurrence ("hằng tháng", "định kỳ 6 tháng một lần") with its span, in order."""
    bare = not has_diacritics(text)
    folded = fold(text, bare=bare)
    if not any(word in folded.text for word in OFTEN[bare]):
        return []
    matches = c.RECURRENCE.pick(bare).finditer(folded.text)
    return [(folded.words(m.start(), m.end()), folded.span(m.start(), m.end())) for m in matches]


def _apart(kept: list[Deadline], more: Iterable[Deadline]) -> list[Deadline]:
    """Both in order, without those of ``more`` that overlap what is kept."""
    starts = [d.span[0] for d in kept]
    for deadline in more:
        at = bisect_left(starts, deadline.span[0])
        before, after = kept[at - 1 : at] if at else [], kept[at : at + 1]
        if not any(d.span[0] < deadline.span[1] and deadline.span[0] < d.span[1] for d in (*before, *after)):
            kept.insert(at, deadline)
            starts.insert(at, deadline.span[0])
    return kept


def _chains(points: Sequence[Point], text: Folded, bare: bool) -> Iterator[list[Point]]:
    """The points one by one, but days named together ("ngày 10/6 và 10/12 hằng năm") in one list."""
    chain: list[Point] = []
    for point in points:
        together = chain and _both_days(chain[-1], point)
        if together and c.TOGETHER.pick(bare).fullmatch(text.text, chain[-1].end, point.start):
            chain.append(point)
            continue
        if chain:
            yield chain
        chain = [point]
    if chain:
        yield chain


def _both_days(one: Point, other: Point) -> bool:
    if "weekday" in (one.grain, other.grain):
        return one.grain == other.grain
    days = ("day", "loose", "day_of_month")
    return one.grain in days and other.grain in days


def _of_chain(
    chain: list[Point],
    text: Folded,
    bare: bool,
    issued: date | None,
    calendar: OfficeCalendar,
    term_start: bool,
    ordered: bool,
) -> list[Deadline]:
    """The deadlines among points named together: what marks the first marks all, where the clause ends with them."""
    head, tail = look(chain[0], text, bare), look(chain[-1], text, bare)
    again = recurrence(head, text) or (recurrence(tail, text) if len(chain) > 1 else None)
    found = marked(replace(head, right=tail.right, ordered=ordered, issued=issued), issued, recurring=again is not None)
    if found is None and len(chain) > 1:
        return [d for point in chain for d in _of_chain([point], text, bare, issued, calendar, term_start, ordered)]
    if found is None:
        return []
    if again is not None and not term_start:
        again = replace(again, known=again.unit in ("nam", "thang"))
    if again is None and len(chain) > 1 and (head.ends(c.WITHIN) or head.ends(c.ADJACENT)):
        last = replace(tail.point, start=head.point.start, first=head.point.first)  # "trong ngày 28 và 29/3": two days
        return [_built(replace(head, point=last, end=tail.end), text, found, None, issued, calendar)]
    if again is not None and len(chain) > 1:
        again = replace(again, words=text.words(min(again.start, head.point.start), max(again.end, tail.end)).strip())
    deadlines = [_built(head, text, found, again, issued, calendar)]
    if again is not None and again.unit == "thang" and not term_start:
        deadlines = [replace(d, warnings=(*d.warnings, NO_ISSUE_DATE)) if d.date else d for d in deadlines]
    goes_on = again is not None or tail.goes_on(c.CLOSED)
    for point in chain[1:]:
        if not goes_on:
            deadlines += _of_chain([point], text, bare, issued, calendar, term_start, ordered)
            continue
        end = max(point.end, again.end) if again and point is chain[-1] else point.end
        shared = replace(again, start=point.start, end=end) if again else None
        own = Marked(point.start, found.inclusive)
        deadlines.append(_built(look(point, text, bare), text, own, shared, issued, calendar))
    return _next_of(deadlines) if again is not None else deadlines


def _next_of(deadlines: list[Deadline]) -> list[Deadline]:
    """Of days that come again together ("15/6 và 15/12 hằng năm") the one that comes first."""
    days = [d.date for d in deadlines if d.date]
    if len(days) < len(deadlines) or deadlines[0].date == min(days):
        return deadlines
    return [next(d for d in deadlines if d.date == min(days))]


def _built(
    seen: Sight, text: Folded, found: Marked, again: Recurrence | None, issued: date | None, calendar: OfficeCalendar
) -> Deadline:
    if again is not None:
        end = seen.end if again.end > seen.end and again.start > seen.point.start else again.end
        seen = replace(seen, point=first_occurrence(seen.point, again, issued))
        again = replace(again, start=min(again.start, seen.point.start), end=end)
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
    if seen.point.grain == "workday":
        seen = replace(seen, point=_working_day(seen.point, calendar))
    day, first, vague = _days(seen.point, found, range_start(seen, issued))
    more = doubts(seen, found)
    if VAGUE in more:
        day, first = None, None
    begin = found.at if again is None else min(found.at, again.start)
    words, span = text.trimmed(begin, max(seen.end, again.end if again else 0))
    deadline = Deadline(
        day,
        inclusive=found.inclusive,
        time=seen.hour if day else None,
        start=first,
        text=words,
        span=span,
        rule=_rule(words, day, found.inclusive),
        recurring=again.words if again else None,
    )
    warnings = (*vague, *more, *_checks(deadline, issued, calendar))
    return replace(deadline, warnings=tuple(dict.fromkeys(warnings)))


def _working_day(point: Point, calendar: OfficeCalendar) -> Point:
    """ "Ngày làm việc cuối cùng của tháng 8": the last up to the month's last day, or the first from its first."""
    day, step = (point.last, -1) if point.last else (point.first, 1)
    while day is not None and not calendar.is_working(day):
        day += timedelta(days=step)
    return replace(point, first=day, last=day)


def _days(point: Point, found: Marked, start: date | None) -> tuple[date | None, date | None, tuple[str, ...]]:
    """The deadline's day, the first day of its interval, and the doubts."""
    if found.inclusive or point.first is None or point.first == point.last:
        first = start if start is not None else point.first
        return point.last, (first if first != point.last else None), point.warnings
    if VAGUE in point.warnings or (point.first.day != 1 and point.grain in ("month", "days")):
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
