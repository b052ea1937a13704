"""The lists behind what happened in a period: a line for each thing that is counted, so that they are as long."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta

from sqlalchemy import select

from db import Session
from db.models import Report, Transition
from db.queries import figures as queries
from db.queries import movements as moving
from domain.calendar import OfficeCalendar
from domain.figures import Asking, Dimension, Happened, Item, ItemAct, Movement, Page, Period
from services import laid_out, show
from services.then import as_known

_INSTANT = timedelta(microseconds=1)


async def since(session: Session, asking: Asking, moment: datetime, now: datetime) -> Movement:
    """What happened after a moment, as ``services.figures.movement`` counts a period.

    Args:
        session: any transaction.
        asking: of which directives.
        moment: aware; not itself included: two that follow each other count nothing twice.
        now: aware, included.
    """
    found = await laid_out.moved(session, asking, (moment + _INSTANT, now), Dimension.UNIT)
    return sum(found.values(), Movement())


async def difficulties_since(session: Session, asking: Asking, moment: datetime, now: datetime) -> tuple[int, int]:
    """How many unfinished directives have got a difficulty since a moment, and how many are rid of theirs.

    Args:
        session: any transaction.
        asking: of which directives.
        moment: aware.
        now: aware.
    """
    asking = await laid_out.known_at_end(session, asking, (moment, now))
    return await moving.difficulties(session, asking, moment, now)


async def page(
    session: Session,
    asking: Asking,
    period: Period,
    what: Happened,
    calendar: OfficeCalendar,
    number: int = 1,
    size: int = 8,
) -> Page:
    """A page of what is counted in a period, the latest first. Past its end the last one.

    Args:
        session: any transaction.
        asking: of which directives.
        period: local days.
        what: which count.
        calendar: tells working days late.
        number: which page, from 1.
        size: lines on a page.
    """
    span = moving.span_of(period)
    asking = await laid_out.known_at_end(session, asking, span)
    _, count = await moving.acts(session, asking, span, what, 0, 1)
    pages = max(1, -(-count // size))
    number = min(max(1, number), pages)
    acts, _ = await moving.acts(session, asking, span, what, (number - 1) * size, size)
    return Page(tuple(await _items(session, asking, period, what, acts, calendar)), number, pages, count, count)


async def _items(
    session: Session, asking: Asking, period: Period, what: Happened, acts: Sequence[moving.Act],
    calendar: OfficeCalendar,
) -> list[Item]:  # fmt: skip
    ids = list(dict.fromkeys(act.directive_id for act in acts))
    found, as_of = await queries.directives(session, ids), min(period.last, asking.as_of)
    views = await show.views(session, [found[i] for i in ids], as_of, calendar)
    known = await queries.phases(session, ids, moving.end_of_knowing(asking, moving.span_of(period)))
    views = await as_known(session, views, known, as_of, calendar)
    told = await _told(session, what, acts)
    by_id = dict(zip(ids, views, strict=True))
    return [Item(by_id[act.directive_id], act=told.get(act.row)) for act in acts]


async def _told(session: Session, what: Happened, acts: Sequence[moving.Act]) -> Mapping[int, ItemAct]:
    rows = {act.row: act for act in acts}
    if what is Happened.REPORTED:
        reports = await session.scalars(select(Report).where(Report.id.in_(rows)))
        return {r.id: ItemAct(_day(rows[r.id]), percent=r.percent, text=r.text or "") for r in reports}
    if what is Happened.EXTENDED:
        grants = await session.scalars(select(Transition).where(Transition.id.in_(rows)))
        return {row.id: _granted(_day(rows[row.id]), row) for row in grants}
    return {}


def _granted(on: date, row: Transition) -> ItemAct:
    until, before = row.details.get("until"), row.details.get("from")
    return ItemAct(
        on, until=date.fromisoformat(until) if until else None, before=date.fromisoformat(before) if before else None
    )


def _day(act: moving.Act) -> date:
    found = show.local_day(act.at)
    assert found is not None  # noqa: S101  (of a moment that is there)
    return found
