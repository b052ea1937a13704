"""The report of a period: all as it stood at its end, so that a past one comes out the same whenever it is asked.

What was worked on is what was done in the period and what is open at its end; both come from ``services.figures``.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import fields, replace
from datetime import date, timedelta

from db import Session
from db.queries import paperwork as queries
from domain.calendar import OfficeCalendar
from domain.figures import Asking, Dimension, Figures, Group, Moved, Movement, Period
from domain.measures import Kind as Measured
from domain.obstacles import Kind
from domain.paperwork import Difficulty, PeriodReport, Worked, WorkedPart
from domain.periods import ReportPeriod
from domain.sources import Source
from services import figures, measures
from services.show import local_day
from services.unfinished import end_of, overdue

_BY_SOURCE = {source.value: place for place, source in enumerate(Source)}


async def report(
    session: Session, asking: Asking, period: ReportPeriod, whose: str, calendar: OfficeCalendar
) -> PeriodReport:
    """The report of a period.

    Args:
        session: any transaction.
        asking: of what; ``as_of`` is the period's last day, or today while it lasts.
        period: which.
        whose: whose directives these are, in words.
        calendar: tells working days.
    """
    days = Period(period.first, asking.as_of)
    return PeriodReport(
        period=period,
        as_of=asking.as_of,
        whose=whose,
        worked=await worked(session, asking, days),
        worked_before=await worked(session, replace(asking, as_of=period.before.last), period.before.days),
        moved=await figures.movement(session, asking, days),
        by_source=await _sources(session, asking, days),
        by_unit=await parts(session, asking, days, Dimension.UNIT),
        by_field=await parts(session, asking, days, Dimension.FIELD),
        overdue=await overdue(session, asking, calendar),
        difficulties=await difficulties(session, asking),
        measures=tuple([await measures.table(session, asking, kind, days) for kind in Measured]),
    )


async def worked(session: Session, asking: Asking, days: Period) -> Worked:
    """What was worked on in some days, of all that is asked of."""
    before = await figures.of_all(session, replace(asking, as_of=days.first - timedelta(days=1)))
    moved = await figures.movement(session, asking, days)
    return _worked(before, moved, await figures.of_all(session, asking))


async def parts(session: Session, asking: Asking, days: Period, by: Dimension) -> tuple[WorkedPart, ...]:
    """The same laid out by something, in the order of ``services.figures.groups``; what has nothing is left out."""
    ended = await figures.groups(session, asking, by)
    begun = await figures.groups(session, replace(asking, as_of=days.first - timedelta(days=1)), by)
    moved = {m.key: m for m in await figures.movements(session, asking, days, by)}
    at_end, at_start = ({g.key: g for g in some} for some in (ended, begun))
    named = {m.key: m.name for m in moved.values()} | {g.key: g.name for g in ended}
    order = {g.key: place for place, g in enumerate(ended)}
    found = [
        WorkedPart(key, name, _worked(_figures(at_start, key), _movement(moved, key), _figures(at_end, key)))
        for key, name in sorted(named.items(), key=lambda one: order.get(one[0], len(order)))
    ]
    return tuple(part for part in found if part.worked.total)


def _figures(some: Mapping[int | str | None, Group], key: int | str | None) -> Figures:
    return some[key].figures if key in some else Figures()


def _movement(some: Mapping[int | str | None, Moved], key: int | str | None) -> Movement:
    return some[key].movement if key in some else Movement()


def _worked(before: Figures, moved: Movement, after: Figures) -> Worked:
    done = {f.name: getattr(moved, f.name) for f in fields(Figures) if f.name.startswith("done_")}
    return Worked(before.open, moved.given, replace(after, **done))


async def _sources(session: Session, asking: Asking, days: Period) -> tuple[WorkedPart, ...]:
    """In the order reports have them: work programme, from above, own; what is not known last."""
    found = await parts(session, asking, days, Dimension.SOURCE)
    return tuple(sorted(found, key=lambda part: _BY_SOURCE.get(str(part.key), len(_BY_SOURCE))))


async def difficulties(session: Session, asking: Asking) -> tuple[Difficulty, ...]:
    """What waits for an answer on the day asked of, the oldest first."""
    rows = await queries.difficulties(session, asking.units, end_of(asking))
    names = await unit_names(session, (unit for _, unit in rows))
    return tuple(
        Difficulty(
            number=obstacle.directive_id,
            unit=names[unit],
            text=obstacle.text,
            days=_days(local_day(obstacle.opened_at), asking.as_of),
            is_proposal=obstacle.kind == Kind.PROPOSAL,
        )
        for obstacle, unit in rows
    )


def _days(since: date | None, until: date) -> int:
    return (until - since).days if since else 0


async def unit_names(session: Session, units: Iterable[int]) -> dict[int, str]:
    """The names of units by id."""
    return {number: (await figures.unit(session, number)).name for number in set(units)}
