"""Which days of a month something is due on, for the person who looks at the calendar."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import ColumnElement, func, select

from db import Session
from db.models import Directive, Person
from domain.lifecycle import WITH_UNIT
from domain.rights import Role
from services import scope


@dataclass(frozen=True)
class Dues:
    """What is due, by its last day.

    Attributes:
        numbers: of a unit's own directives, in order; empty for who looks over many units.
        counts: how many, for everyone.
        everything: of the whole office, not of some units.
    """

    counts: Mapping[date, int] = field(default_factory=dict)
    numbers: Mapping[date, tuple[int, ...]] = field(default_factory=dict)
    everything: bool = False


async def dues(session: Session, person: Person, first: date, last: date, today: date) -> Dues:
    """What units still have to do that is due on the days from ``first`` to ``last``, as far as the person sees it.

    Args:
        session: any transaction.
        person: heads and officers get their own unit's numbers, leaders and clerks counts of their field.
        first: a local day.
        last: included.
        today: the local day: a leader's field is what it is today.
    """
    units = await scope.units_in_charge(session, person, today)
    where = [Directive.state.in_(WITH_UNIT), Directive.last_day >= first, Directive.last_day <= last]
    if units is not None:
        where.append(Directive.lead_unit_id.in_(units))
    if person.role in {Role.HEAD, Role.OFFICER}:
        numbers = await _numbers(session, where)
        return Dues({day: len(some) for day, some in numbers.items()}, numbers, units is None)
    counted = select(Directive.last_day, func.count()).where(*where).group_by(Directive.last_day)
    counts = {day: count for day, count in await session.execute(counted) if day is not None}
    return Dues(counts, everything=units is None)


async def _numbers(session: Session, where: list[ColumnElement[bool]]) -> dict[date, tuple[int, ...]]:
    rows = await session.execute(select(Directive.last_day, Directive.id).where(*where).order_by(Directive.id))
    found: dict[date, list[int]] = defaultdict(list)
    for day, number in rows:
        if day is not None:
            found[day].append(number)
    return {day: tuple(some) for day, some in found.items()}
