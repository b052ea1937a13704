"""What is overdue or soon due, as papers list it: with how it stood on the day they are of."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from db import Session
from db.queries import paperwork as queries
from domain.calendar import OFFICE_ZONE, OfficeCalendar
from domain.figures import Asking, Filter, Item, Listing
from domain.paperwork import Unfinished
from services import figures

MOST = 2_000  # lines of one list: a paper of a hundred sheets


def end_of(asking: Asking) -> datetime:
    """The last moment that a question is of; aware."""
    if asking.moment is not None:
        return asking.moment
    return datetime.combine(asking.as_of + timedelta(days=1), time(), OFFICE_ZONE) - timedelta(microseconds=1)


async def overdue(session: Session, asking: Asking, calendar: OfficeCalendar) -> tuple[Unfinished, ...]:
    """What is not done though its last day has passed, the longest first."""
    return await _listed(session, asking, Filter.OVERDUE, calendar)


async def soon(session: Session, asking: Asking, calendar: OfficeCalendar) -> tuple[Unfinished, ...]:
    """What falls due within ``soon_days``, the earliest first."""
    return await _listed(session, asking, Filter.SOON, calendar)


async def _listed(session: Session, asking: Asking, wanted: Filter, calendar: OfficeCalendar) -> tuple[Unfinished, ...]:
    page = await figures.page(session, asking, Listing(wanted, folded=False), calendar, size=MOST)
    ids = [item.view.id for item in page.items]
    then = await queries.stood(session, ids, end_of(asking))
    said = await queries.last_reports(session, ids, end_of(asking))
    names = {unit: (await figures.unit(session, unit)).name for unit in {one.unit_id for one in then.values()}}
    found = [_unfinished(item, asking, then.get(item.view.id), said.get(item.view.id), names) for item in page.items]
    return tuple(sorted((one for one in found if one), key=lambda one: (one.last_day, one.number)))


def _unfinished(
    item: Item,
    asking: Asking,
    then: queries.Stood | None,
    said: queries.LastReport | None,
    names: dict[int, str],
) -> Unfinished | None:
    """A line; None for what has no last day after all."""
    view = item.view
    last_day = then.last_day if then else view.last_day
    if last_day is None:
        return None
    return Unfinished(
        number=view.id,
        text=view.text,
        unit_id=then.unit_id if then else 0,
        unit=names[then.unit_id] if then else view.lead,
        source=view.source,
        last_day=last_day,
        days_late=max(0, (asking.as_of - last_day).days),
        last_said=said.text if said else None,
        percent=said.percent if said else None,
    )
