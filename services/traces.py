"""What a unit may still read of directives that were moved away from it, and where they went."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from db import Session
from db.models import Directive, Transition
from domain.calendar import OFFICE_ZONE
from domain.lifecycle import Event


async def left(session: Session, directives: Iterable[Directive], units: Collection[int]) -> set[int]:
    """The ids of those directives that some of these units have led before, and none leads or helps with now."""
    others = [d.id for d in directives if not _involved(d) & set(units)]
    if not others:
        return set()
    moves = await session.execute(
        select(Transition.directive_id, Transition.details).where(
            Transition.directive_id.in_(others), Transition.event == Event.REASSIGN
        )
    )
    return {number for number, details in moves if details.get("old_unit_id") in units}


def _involved(directive: Directive) -> set[int | None]:
    return {directive.lead_unit_id, *(c.unit_id for c in directive.coordinations)}


@dataclass(frozen=True)
class Moved:
    """From which unit a directive went to which, and on which local day."""

    old_unit: str | None
    new_unit: str
    on: date


async def last_move(session: Session, directive: Directive) -> Moved | None:
    """The last time a directive was given to another unit; None where it never was."""
    row = await session.scalar(
        select(Transition)
        .where(Transition.directive_id == directive.id, Transition.event == Event.REASSIGN)
        .order_by(Transition.id.desc())
        .limit(1)
    )
    if row is None:
        return None
    return Moved(row.details.get("old_unit"), row.details["new_unit"], row.at.astimezone(OFFICE_ZONE).date())
