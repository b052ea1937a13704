"""The first screen of ``/status``: of a unit, a leader's units, a field, or all; now or on a past day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from db import Session
from db.models import Person
from db.queries import figures as queries
from domain.figures import Against, Asking, Figures, Standing, StatusFacts, total, worst_first
from services import figures


async def standing(session: Session, person: Person, asking: Asking, whose: str, today: date) -> Standing:
    """How it stands.

    Args:
        session: an open transaction.
        person: who asks.
        asking: of what, as of which day.
        whose: its name.
        today: the local day; what waits for a decision is told of today alone.
    """
    units = await figures.by_unit(session, asking)
    together = total(units)
    waiting = await figures.waiting(session, person, asking, together) if asking.as_of == today else None
    facts = StatusFacts(asking.as_of, whose, together, tuple(worst_first(units)), asking.soon_days, waiting)
    return Standing(facts, await _by_first(session, asking, together))


async def _by_first(session: Session, asking: Asking, present: Figures) -> Figures | None:
    """The same against the first deadlines, where any cell differs."""
    if not await queries.any_extended(session):
        return None
    first = await figures.of_all(session, replace(asking, against=Against.FIRST))
    cells = [(f.done_in_time, f.done_late, f.open_in_time, f.open_late) for f in (present, first)]
    return first if cells[0] != cells[1] else None
