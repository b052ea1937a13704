"""The figures: one definition for digest, ``/status``, papers and command line, scoped by who asks."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from db import Session
from db.models import Directive, Person, Unit
from db.queries import figures as queries
from db.queries.lens import Lens
from domain.calendar import OfficeCalendar
from domain.errors import NoSuchThing
from domain.figures import (
    Against,
    Asking,
    Clause,
    Dimension,
    Figures,
    Filter,
    Group,
    Item,
    Listing,
    Moved,
    Movement,
    Page,
    Period,
    StatusFacts,
    UnitFigures,
    Waiting,
    Week,
    together,
    total,
    worst_first,
)
from domain.office import Office
from domain.rights import Role
from services import absences, counted, laid_out, scope, show
from services.then import as_known

EVERYTHING = "Toàn cơ quan"
IN_CHARGE = "Các đơn vị phụ trách"
YOURS = "Các đơn vị của anh/chị"


async def asking_of(session: Session, person: Person, as_of: date, office: Office) -> Asking:
    """What a person may ask of: everything, the units in charge (of whom they stand in for, too), or the own unit."""
    units = await scope.units_in_charge(session, person, as_of)
    others = await absences.acts_for(session, person.id, as_of) if person.role == Role.LEADER else []
    names = tuple([(await session.get_one(Person, number)).name for number in others])
    return Asking(as_of, units, office.rhythm.soon_days, in_place_of=names)


async def within(session: Session, asking: Asking, unit_id: int) -> Asking:
    """The same question of a unit and those under it; nothing outside the asker's scope comes in."""
    subtree = (await scope.tree(session)).subtree(unit_id)
    return replace(asking, units=subtree if asking.units is None else subtree & asking.units)


async def unit(session: Session, unit_id: int) -> Unit:
    """A unit of a button.

    Raises:
        NoSuchThing: there is none.
    """
    found = await session.get(Unit, unit_id)
    if found is None:
        raise NoSuchThing
    return found


async def by_unit(session: Session, asking: Asking) -> list[UnitFigures]:
    """The figures of each lead unit that has any directive, in the order of the organisation file."""
    found = await counted.by_unit(session, await laid_out.looked_up(session, asking))
    units = await queries.names_of_units(session)
    return [UnitFigures(number, name, kind, found[number]) for number, name, kind in units if number in found]


async def of_all(session: Session, asking: Asking) -> Figures:
    """The figures of everything asked of, together."""
    return together((await counted.by_unit(session, await laid_out.looked_up(session, asking))).values())


async def groups(session: Session, asking: Asking, dimension: Dimension) -> list[Group]:
    """The figures laid out by something, those with the most overdue first; what has none of it comes last.

    Each group's ``key`` narrows the question to it with ``domain.figures.narrowed``.
    """
    found = await laid_out.figures(session, asking, dimension)
    names = await laid_out.names(session, dimension, found)
    made = [Group(key, names[key], figures) for key, figures in found.items()]
    return sorted(made, key=lambda g: (not g.key, -g.figures.open_late, -g.figures.open, g.name))


async def movement(session: Session, asking: Asking, period: Period) -> Movement:
    """What happened in a period, of all that is asked of."""
    found = await laid_out.movements(session, asking, period, Dimension.UNIT)
    return sum(found.values(), Movement())


async def movements(session: Session, asking: Asking, period: Period, dimension: Dimension) -> list[Moved]:
    """What happened in a period, laid out by something; what has none of it comes last."""
    found = await laid_out.movements(session, asking, period, dimension)
    names = await laid_out.names(session, dimension, found)
    made = [Moved(key, names[key], one) for key, one in found.items()]
    return sorted(made, key=lambda m: (not m.key, -m.movement.newly_overdue, -m.movement.done, m.name))


async def trend(session: Session, asking: Asking, weeks: int = 12) -> list[Week]:
    """How it stood at the end of each of the last weeks, and what happened in it; the oldest first.

    The last one is the week of ``as_of``, up to that day.
    """
    found = []
    for back in reversed(range(weeks)):
        period = Period.week_of(asking.as_of - timedelta(weeks=back))
        period = replace(period, last=min(period.last, asking.as_of))
        then = asking if back == 0 else replace(asking, as_of=period.last)
        found.append(Week(period, await of_all(session, then), await movement(session, then, period)))
    return found


async def due_by_day(session: Session, asking: Asking, period: Period) -> dict[date, int]:
    """How many unfinished directives have their last day on each day of a period; days without any are left out."""
    return await laid_out.due_by_day(session, asking, period)


async def status(
    session: Session, person: Person, as_of: date, office: Office, unit: Unit | None = None
) -> StatusFacts:
    """The first screen of ``/status``, of all that a person sees or of one unit.

    Args:
        session: an open transaction.
        person: who asks.
        as_of: the local day.
        office: settings.
        unit: narrow it to this unit and those under it.
    """
    asking = await asking_of(session, person, as_of, office)
    if unit is not None:
        asking = await within(session, asking, unit.id)
    units = await by_unit(session, asking)
    figures = total(units)
    return StatusFacts(
        as_of=as_of,
        whose=unit.name if unit else whose(person, asking),
        figures=figures,
        units=tuple(worst_first(units)),
        soon_days=asking.soon_days,
        waiting=await waiting(session, person, asking, figures),
        late_by_first=await _late_by_first(session, asking, figures),
    )


def whose(person: Person, asking: Asking) -> str:
    """Whose directives these are, in words."""
    instead = f" (cả phần thay {', '.join(asking.in_place_of)})" if asking.in_place_of else ""
    if asking.units is None:
        return EVERYTHING + instead
    if person.role not in {Role.HEAD, Role.OFFICER}:
        return IN_CHARGE + instead
    return person.unit.name if asking.units == {person.unit_id} else YOURS


async def waiting(session: Session, person: Person, asking: Asking, figures: Figures) -> Waiting | None:
    """What waits for the asker's decision; None for who decides nothing."""
    if person.role not in {Role.LEADER, Role.CLERK}:
        return None
    return Waiting(
        figures.waiting_approval,
        await queries.pending_extensions(session, asking),
        await queries.declined(session, asking),
    )


async def _late_by_first(session: Session, asking: Asking, figures: Figures) -> int | None:
    if not await queries.any_extended(session):
        return None
    first = (await of_all(session, replace(asking, against=Against.FIRST))).open_late
    return first if first != figures.open_late else None


async def page(
    session: Session,
    asking: Asking,
    listing: Listing,
    calendar: OfficeCalendar,
    number: int = 1,
    size: int = 8,
) -> Page:
    """A page of a list, from 1. Past its end the last one: the list may be shorter than the button knew.

    Args:
        session: an open transaction.
        asking: of which directives, as of which day.
        listing: which of them.
        calendar: tells working days late.
        number: which page.
        size: lines on a page.
    """
    lens = await laid_out.lens_of(session, asking, listing)
    lines, directives = await queries.sizes(session, lens, listing)
    pages = max(1, -(-lines // size))
    number = min(max(1, number), pages)
    rows = await queries.lines(session, lens, listing, offset=(number - 1) * size, limit=size)
    items = await _items(session, lens, listing, rows, calendar)
    return Page(tuple(items), number, pages, lines, directives)


async def overdue_by_unit(session: Session, asking: Asking, listing: Listing) -> dict[int, tuple[date, int]]:
    """Of each unit in an overdue list the oldest deadline it has missed, and how many it has there."""
    return await queries.overdue_by_unit(session, await laid_out.lens_of(session, asking), listing)


async def _items(
    session: Session, lens: Lens, listing: Listing, rows: list[queries.Row], calendar: OfficeCalendar
) -> list[Item]:
    ids = [row.directive_id for row in rows]
    found = await queries.directives(session, ids)
    views = await show.views(session, [found[i] for i in ids], lens.asking.as_of, calendar)
    if lens.moment is not None:
        known = await queries.phases(session, ids, lens.moment)
        views = await as_known(session, views, known, lens.asking.as_of, calendar)
    clauses = await queries.clauses(session, lens, [row.clause_id for row in rows if row.clause_id])
    since = await _since(session, lens, listing.filter, found)
    return [
        Item(
            view,
            row.here,
            _clause(row, clauses),
            since.get(row.directive_id),
            _days(since.get(row.directive_id), lens.asking),
        )
        for view, row in zip(views, rows, strict=True)
    ]


def _days(since: date | None, asking: Asking) -> int:
    return (asking.as_of - since).days if since else 0


def _clause(row: queries.Row, counts: dict[str, tuple[int, int]]) -> Clause | None:
    if row.clause_id is None:
        return None
    done, all_ = counts[row.clause_id]
    return Clause(row.clause_id, done, all_) if all_ > 1 else None


async def _since(session: Session, lens: Lens, wanted: Filter, found: dict[int, Directive]) -> dict[int, date | None]:
    """The day each directive began to wait for what its list is about."""
    if wanted is Filter.DIFFICULTY:
        opened = await queries.blocked_since(session, lens, found)
        return {i: show.local_day(moment) for i, moment in opened.items()}
    known = await queries.phases(session, found, lens.moment) if lens.moment is not None else found
    if wanted is Filter.WAITING:
        return {i: show.local_day(one.submitted_at) for i, one in known.items()}
    if wanted is Filter.UNACKNOWLEDGED:
        return {i: show.local_day(one.issued_at) for i, one in known.items()}
    return {}
