"""Who answers for a directive in its unit: the head, and who acknowledged it."""

from __future__ import annotations

from db import Session
from db.models import Directive
from db.queries import reach
from services import life, people, posts


async def answerable(session: Session, directive: Directive) -> list[int]:
    """The ids of the unit's head and of its contact; where neither can be written to, of everybody of the unit."""
    unit = await life.lead_people(session, directive)
    heads = await posts.heads_of(session, directive.lead_unit_id) if directive.lead_unit_id else []
    first = [p.id for p in unit if p.id in people.ids(heads) or p.id == directive.contact_id]
    reachable = await reach.reachable_of(session, [p.id for p in unit])
    return [i for i in first if i in reachable] or [i for i in people.ids(unit) if i in reachable] or people.ids(unit)


async def nobody_hears(session: Session, directive: Directive) -> bool:
    """Whether nobody of the lead unit can be written to."""
    unit = people.ids(await life.lead_people(session, directive))
    return not await reach.reachable_of(session, unit)
