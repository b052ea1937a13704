"""What happens to a directive that a unit's group has read of: one line there, that everybody of the unit may read."""

from __future__ import annotations

from db import Session
from db.models import Directive, Transition
from domain.lifecycle import Event
from services import group_chats

MOVED = frozenset({"extension_granted", "extension_accepted", "extension_given"})  # the deadline is another
LEFT = Event.REASSIGN  # said to the unit that has it no more
SHOWN = MOVED | {LEFT, "difficulty_answered", Event.SUSPEND, Event.RESUME, Event.CANCEL, Event.REOPEN}
"""Events of the audit that a group hears of. Reasons, answers and reports stay with the people they were told to."""


async def post(session: Session, row: Transition, directive: Directive, unit_id: int | None = None) -> None:
    """Post one row of the audit in the group of a directive's lead unit, where there is one and the group should know.

    Args:
        session: a write transaction.
        row: just recorded.
        directive: whose row it is.
        unit_id: the unit whose group hears of it, where that is not the lead unit.
    """
    if row.event not in SHOWN:
        return
    for group in await group_chats.of_units(session, [unit_id or directive.lead_unit_id]):
        payload = {"what": group_chats.HAPPENED, "transition": row.id}
        session.add(group_chats.row_of(group, [directive.id], payload, row.at))
    await session.flush()
