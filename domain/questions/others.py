"""The nearest other readings of a question: what the buttons under its answer offer."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from domain.figures import Filter
from domain.questions.model import Measure, Question

MOST = 3
_NEXT: dict[Filter, tuple[Filter, ...]] = {
    Filter.OVERDUE: (Filter.SOON, Filter.OPEN),
    Filter.DUE: (Filter.SOON, Filter.OVERDUE),
    Filter.SOON: (Filter.OVERDUE, Filter.OPEN),
    Filter.WAITING: (Filter.OPEN, Filter.DONE),
    Filter.UNACKNOWLEDGED: (Filter.OPEN, Filter.OVERDUE),
    Filter.DIFFICULTY: (Filter.OVERDUE, Filter.OPEN),
    Filter.DONE: (Filter.OPEN, Filter.ALL),
    Filter.OPEN: (Filter.OVERDUE, Filter.UNACKNOWLEDGED),
    Filter.ALL: (Filter.OPEN, Filter.OVERDUE),
}
_WITHOUT_DAYS = frozenset({Filter.SOON, Filter.WAITING, Filter.UNACKNOWLEDGED, Filter.DIFFICULTY})


def alternatives(read: Question, most: int = MOST) -> tuple[Question, ...]:
    """What else may have been meant, the nearest first.

    Args:
        read: as it was understood.
        most: how many.
    """
    if read.measure is None or read.filter is None:
        return ()
    first = replace(read, doubt=False)
    found: list[Question] = []
    for other in _others(first):
        if other != first and other not in found:
            found.append(other)
    return tuple(found[:most])


def _others(read: Question) -> Iterator[Question]:
    wanted = read.filter or Filter.ALL
    if read.directive is not None:
        if read.measure is not Measure.PROGRESS:
            yield replace(read, measure=Measure.PROGRESS, filter=Filter.ALL)
        return
    match read.measure:
        case Measure.COMPARE:
            yield replace(
                read, measure=Measure.RANK, filter=wanted if wanted is not Filter.ALL else Filter.OVERDUE, units=()
            )
            yield from (
                replace(read, measure=Measure.LIST, filter=Filter.OVERDUE, units=(unit,)) for unit in read.units
            )
        case Measure.RANK:
            yield replace(read, measure=Measure.LIST)
            yield from (replace(read, filter=near) for near in _NEXT[wanted])
        case Measure.PROGRESS:
            yield replace(read, measure=Measure.LIST, filter=Filter.OVERDUE)
            yield replace(read, measure=Measure.LIST, filter=Filter.OPEN)
            yield replace(read, measure=Measure.LIST, filter=Filter.DONE)
        case _:
            if read.measure is Measure.COUNT:
                yield replace(read, measure=Measure.LIST)
            yield from (_near(read, near) for near in _NEXT[wanted])
            if not read.units and not read.person and not read.notice:
                yield replace(read, measure=Measure.RANK)


def _near(read: Question, wanted: Filter) -> Question:
    period = None if wanted in _WITHOUT_DAYS else read.period
    return replace(read, measure=Measure.LIST, filter=wanted, period=period)
