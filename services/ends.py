"""What waits on a directive that is about to end or move: gathered before it is closed, so that who asked is told.

Closing itself is ``services.ending``.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from db import Session
from db.models import Directive, Extension, Obstacle, Person, Report

_WAITS = ("pending", "offered")


@dataclass(frozen=True)
class OpenEnds:
    """Requests and difficulties that nobody has answered yet.

    Attributes:
        difficulties: in their own words, the oldest first.
        askers: the active people who asked or reported.
    """

    difficulties: tuple[str, ...]
    askers: tuple[Person, ...]

    def details(self) -> dict[str, Any]:
        """For the audit row of the event that closes them; nothing where nothing is open."""
        return {"closed_difficulties": "; ".join(self.difficulties)} if self.difficulties else {}


async def open_ends(session: Session, directive: Directive) -> OpenEnds:
    """What waits on a directive now."""
    asked = select(Extension.asked_by).where(Extension.directive_id == directive.id, Extension.state.in_(_WAITS))
    difficulties = list(
        await session.scalars(
            select(Obstacle)
            .where(Obstacle.directive_id == directive.id, Obstacle.closed_at.is_(None))
            .order_by(Obstacle.id)
        )
    )
    reporters = select(Report.person_id).where(Report.id.in_([o.report_id for o in difficulties if o.report_id]))
    askers = [*await session.scalars(asked), *await session.scalars(reporters)]
    return OpenEnds(tuple(o.text for o in difficulties), await _active(session, askers))


async def _active(session: Session, ids: Iterable[int]) -> tuple[Person, ...]:
    found = await session.scalars(select(Person).where(Person.id.in_(set(ids)), Person.active).order_by(Person.id))
    return tuple(found)
