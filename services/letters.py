"""Letters that urge units: all that each has overdue or soon due, and until when to answer."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from datetime import date

from db import Session
from domain.calendar import OfficeCalendar
from domain.errors import NotAllowed, NothingToUrge
from domain.figures import Asking, worst_first
from domain.paperwork import Letter, Unfinished, UrgedUnit
from domain.rights import Action
from services import figures
from services.unfinished import overdue, soon

ANSWER_AFTER = 3  # working days to report in writing


async def letter(session: Session, asking: Asking, unit_id: int, calendar: OfficeCalendar) -> Letter:
    """A letter to a unit, or to all that have something overdue.

    Args:
        session: any transaction.
        asking: whose directives may be told of.
        unit_id: to whom; 0 for all.
        calendar: tells working days.

    Raises:
        NothingToUrge: nothing is overdue, nor soon due.
        NotAllowed: the unit is not among those.
    """
    if unit_id:
        asking = await figures.within(session, asking, unit_id)
        if not asking.units:  # "nothing is overdue there" would be a guess
            raise NotAllowed(Action.SEE)
    urged = await _urged(session, asking, calendar)
    if not unit_id:
        urged = [unit for unit in urged if unit.overdue]
    if not urged:
        raise NothingToUrge((await figures.unit(session, unit_id)).name if unit_id else None)
    return Letter(asking.as_of, _answer_by(asking.as_of, calendar), asking.soon_days, tuple(urged))


async def urgent_units(session: Session, asking: Asking) -> list[tuple[int, str, int]]:
    """The units with something overdue, the worst first: id, name and how many."""
    units = worst_first(await figures.by_unit(session, asking))
    return [(u.unit_id, u.name, u.figures.open_late) for u in units if u.figures.open_late]


async def _urged(session: Session, asking: Asking, calendar: OfficeCalendar) -> list[UrgedUnit]:
    late, near = await overdue(session, asking, calendar), await soon(session, asking, calendar)
    by_unit: dict[tuple[int, str], tuple[list[Unfinished], list[Unfinished]]] = defaultdict(lambda: ([], []))
    for place, some in enumerate((late, near)):
        for one in some:
            by_unit[one.unit_id, one.unit][place].append(one)
    found = [UrgedUnit(unit, name, tuple(a), tuple(b)) for (unit, name), (a, b) in by_unit.items()]
    return sorted(found, key=lambda unit: (-len(unit.overdue), -len(unit.soon), unit.name))


def _answer_by(day: date, calendar: OfficeCalendar) -> date:
    return calendar.add_working_days(day, ANSWER_AFTER)


def of_units(one: Letter) -> list[Letter]:
    """The same as a letter to each unit."""
    return [replace(one, units=(unit,)) for unit in one.units]
