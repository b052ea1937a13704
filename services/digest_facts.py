"""What a leader's digest says, gathered."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

from db import Session
from db.models import Person
from db.queries import explanations as queries
from db.queries.extensions import many_times
from db.queries.obstacles import Field
from domain.calendar import OFFICE_ZONE, ONE_DAY, OfficeCalendar
from domain.digests import Changes, DigestFacts, ExplanationLine, OverdueUnit, Part, Seal
from domain.figures import Asking, Filter, Listing, Page, UnitFigures, Waiting, total, worst_first
from domain.lifecycle import State
from domain.office import Office
from domain.weeks import closes_week
from services import audit, digests, explanations, figures, happened, levels, obstacles
from services.figures import page
from services.life import By

LINES = 4  # of a section, or units with something overdue
PRESSING_LINES = 5
PER_UNIT = 2  # directives named of such a unit

PRESSING = Listing(Filter.OVERDUE, pressing=True, folded=False)
_OTHERS = Listing(Filter.OVERDUE, pressing=False, folded=False)


async def gather(session: Session, person: Person, now: datetime, office: Office, part: Part) -> DigestFacts:
    """What a leader's digest says.

    Args:
        session: an open transaction.
        person: whose digest it is.
        now: the moment it is drawn up.
        office: calendar and rhythm.
        part: which of the day's it is.
    """
    today = now.astimezone(OFFICE_ZONE).date()
    asking = await asking_of(session, person, today, office)
    last = await digests.last_sent(session, person, now)
    since = last or office.rhythm.morning_of(office.calendar.previous_working(today))

    async def listed(listing: Listing, size: int = LINES) -> Page:
        return await page(session, asking, listing, office.calendar, size=size)

    units = await figures.by_unit(session, asking)
    counts = total(units)
    late = await figures.overdue_by_unit(session, asking, _OTHERS)
    done = await listed(Listing(Filter.DONE, approved_since=since))
    theirs = [d for d in await levels.waiting(session, By(person, now, office)) if d.state == State.SUBMITTED]
    approvals = await listed(Listing(Filter.WAITING, only=tuple(d.id for d in theirs)))
    waiting = await figures.waiting(session, person, asking, counts) or Waiting()
    return DigestFacts(
        part=part,
        today=today,
        now=now,
        whose=figures.whose(person, asking),
        figures=counts,
        units=tuple(worst_first(units)),
        since=since,
        changes=await _changes(session, asking, last, now, units) if last else None,
        pressing=await with_explanations(session, await listed(PRESSING, PRESSING_LINES)),
        overdue=await _overdue(session, asking, units, late, office.calendar),
        overdue_units=len(late),
        overdue_count=sum(count for _, count in late.values()),
        due=await listed(Listing(Filter.DUE)),
        done=done,
        approvals=approvals,
        waited={d.id: levels.days_waited(d, now, office) for d in theirs},
        raised=await obstacles.page(session, Field(asking.units), today, size=LINES),
        waiting=replace(waiting, approvals=approvals.directives),
        explanations=await _explanations(session, asking, since),
        leader_after=office.rhythm.leader_after,
        often=tuple(await many_times(session, asking, office.extensions.flagged_from)),
        seal=await _seal(session) if closes_week(today, office.calendar) else None,
    )


async def asking_of(session: Session, person: Person, today: date, office: Office) -> Asking:
    """What a leader may ask of, with the day up to which a missed deadline needs their word."""
    asking = await figures.asking_of(session, person, today, office)
    return replace(asking, pressing_until=pressing_until(today, office))


def pressing_until(today: date, office: Office) -> date:
    """The latest last day that is missed by ``leader_after`` working days on a day."""
    day = office.calendar.on_or_before(today)
    for _ in range(office.rhythm.leader_after - 1):
        day = office.calendar.previous_working(day)
    return day - ONE_DAY


async def with_explanations(session: Session, found: Page) -> Page:
    """A page whose lines tell what was asked and answered of each directive."""
    known = await explanations.latest_of(session, [item.view.id for item in found.items])
    return replace(found, items=tuple(replace(i, explained=known.get(i.view.id)) for i in found.items))


async def _overdue(
    session: Session,
    asking: Asking,
    units: list[UnitFigures],
    late: dict[int, tuple[date, int]],
    calendar: OfficeCalendar,
) -> tuple[OverdueUnit, ...]:
    """The units with the oldest missed deadlines first."""
    oldest = sorted((u for u in units if u.unit_id in late), key=lambda u: (late[u.unit_id][0], -late[u.unit_id][1]))
    found = []
    for unit in oldest[:LINES]:
        own = replace(asking, units=frozenset({unit.unit_id}))
        some = await page(session, own, _OTHERS, calendar, size=PER_UNIT)
        found.append(OverdueUnit(unit.name, some.directives, some.items))
    return tuple(found)


async def _changes(
    session: Session, asking: Asking, since: datetime, now: datetime, units: list[UnitFigures]
) -> Changes:
    """As ``/status`` counts a period, only from one moment to another."""
    moved = await happened.since(session, asking, since, now)
    blocked, cleared = await happened.difficulties_since(session, asking, since, now)
    then = await figures.by_unit(session, replace(asking, as_of=since.astimezone(OFFICE_ZONE).date(), moment=since))
    was_red = {unit.unit_id for unit in then if unit.figures.open_late}
    return Changes(
        since=since,
        done=moved.done,
        overdue=moved.newly_overdue,
        given=moved.given,
        extended=moved.extended,
        blocked=blocked,
        cleared=cleared,
        greened=tuple(u.name for u in units if u.unit_id in was_red and not u.figures.open_late),
    )


async def _explanations(session: Session, asking: Asking, since: datetime) -> tuple[ExplanationLine, ...]:
    return tuple(
        ExplanationLine(row.directive_id, code, unit, row.due_day, text if row.answered_at else None)
        for row, code, unit, text in await queries.for_digest(session, asking, since)
    )


async def _seal(session: Session) -> Seal:
    head = await audit.head(session)
    return Seal(head.rows, head.short)
