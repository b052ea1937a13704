"""The table of a unit: what it has in hand, whose it is, how it stands, what it waits for; and what it helps with."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import select

from db import Session
from db.models import Coordination, Directive, Extension, Person
from domain.calendar import OfficeCalendar
from domain.errors import NotAllowed
from domain.lifecycle import OPEN, WITH_UNIT, State
from domain.office import Office
from domain.rights import Action
from domain.unit_table import Counts, HelpedLine, TableLine
from services import life, posts, show


@dataclass(frozen=True)
class Rows:
    """A unit's open directives and those it helps with, by id, the most urgent first; and how many are what."""

    own: Sequence[int]
    helped: Sequence[int]
    counts: Counts


async def rows(session: Session, person: Person, unit_id: int, today: date, office: Office) -> Rows:
    """What a unit's table holds, for one of its people.

    Raises:
        NotAllowed: not their unit.
    """
    if not await posts.is_of(session, person, unit_id):
        raise NotAllowed(Action.SEE)
    found = (await session.execute(
        select(Directive.id, Directive.state, Directive.last_day, Directive.contact_id)
        .where(Directive.lead_unit_id == unit_id, Directive.state.in_(OPEN))
    )).all()  # fmt: skip
    found = sorted(found, key=lambda r: (r.state not in WITH_UNIT, r.last_day is None, r.last_day or today, r.id))
    in_hand = [r for r in found if r.state in WITH_UNIT]
    soon = today + timedelta(days=office.rhythm.soon_days)
    counts = Counts(
        total=len(found),
        overdue=sum(r.last_day is not None and r.last_day < today for r in in_hand),
        soon=sum(r.last_day is not None and today <= r.last_day <= soon for r in in_hand),
        unacknowledged=sum(r.state == State.ISSUED for r in in_hand),
        undelegated=sum(r.contact_id is None for r in in_hand),
        submitted=sum(r.state == State.SUBMITTED for r in found),
    )
    return Rows([r.id for r in found], await helped_by(session, [unit_id]), counts)


async def helped_by(session: Session, units: Sequence[int]) -> list[int]:
    """Ids of the open directives units help with and have not answered, the most urgent first."""
    found = await session.execute(
        select(Directive.id)
        .join(Coordination, Coordination.directive_id == Directive.id)  # the few parts first, by their unit
        .where(
            Coordination.unit_id.in_(units),
            Coordination.answered_at.is_(None),
            Coordination.removed_at.is_(None),
            Directive.lead_unit_id.is_distinct_from(Coordination.unit_id),
            Directive.state.in_(OPEN),
        )
        .order_by(Directive.last_day.is_(None), Directive.last_day, Directive.id)
    )
    return list(dict.fromkeys(row[0] for row in found))


async def lines(session: Session, ids: Sequence[int], today: date, calendar: OfficeCalendar) -> list[TableLine]:
    """Some lines of the table, in order."""
    found = await life.in_order(session, ids)
    asked = await session.scalars(
        select(Extension.directive_id).where(
            Extension.directive_id.in_(ids), Extension.state.in_(("pending", "offered"))
        )
    )
    extending = set(asked)
    return [TableLine(view, view.id in extending) for view in await show.views(session, found, today, calendar)]


async def helped(
    session: Session, ids: Sequence[int], units: Sequence[int], today: date, calendar: OfficeCalendar
) -> list[HelpedLine]:
    """Some of what units help with, in order; each with the unit's name where they are several."""
    found = await life.in_order(session, ids)
    parts = {d.id: [c for c in d.coordinations if c.unit_id in units] for d in found}
    taken = {number: any(c.acknowledged_at for c in own) for number, own in parts.items()}
    names = {number: "; ".join(c.unit.name for c in own if c.unit) for number, own in parts.items()}
    is_one = len(units) == 1
    views = await show.views(session, found, today, calendar)
    return [HelpedLine(view, taken[view.id], "" if is_one else names[view.id]) for view in views]
