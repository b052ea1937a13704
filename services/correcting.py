"""What a clerk corrects in a draft: each change checked, made and kept in the audit."""

from __future__ import annotations

from collections.abc import Sequence

from db import Session
from db.models import Coordination, Directive, Unit
from domain.deadlines import Deadline
from domain.errors import CycleNotUnderstood
from domain.recurrence import cycle_of
from domain.urgency import Urgency
from services import audit
from services.life import By
from services.notices import check_draft, put_deadline
from services.series import deadline_of, put_cycle


async def change_lead(session: Session, draft: Directive, unit: Unit | None, by: By, group: str = "all") -> None:
    """Another lead unit; None gives the clause to a whole group of units."""
    await check_draft(session, draft, by)
    before = draft.lead_written or draft.lead_group
    draft.lead_unit, draft.lead_unit_id = unit, unit.id if unit else None
    draft.lead_group = None if unit else group
    await _note_edit(session, draft, "lead", before, unit.name if unit else group, by)


async def change_excepted(session: Session, draft: Directive, names: Sequence[str], by: By) -> None:
    """Other units of the group that are not meant, by their names; an empty sequence for none."""
    await check_draft(session, draft, by)
    before, draft.excepted = "; ".join(draft.excepted) or None, list(names)
    await _note_edit(session, draft, "excepted", before, "; ".join(names) or None, by)


async def change_deadline(session: Session, draft: Directive, deadline: Deadline | None, by: By) -> None:
    """Another deadline, or none."""
    await check_draft(session, draft, by)
    before = draft.last_day.isoformat() if draft.last_day else None
    draft.warnings = []
    put_deadline(draft, deadline, by)
    await _note_edit(session, draft, "deadline", before, draft.last_day.isoformat() if draft.last_day else None, by)


async def change_text(session: Session, draft: Directive, text: str, by: By) -> None:
    """Other words. The quoted clause stays what the document says."""
    await check_draft(session, draft, by)
    before, draft.text = draft.text, text
    await _note_edit(session, draft, "text", before, text, by)


async def change_urgency(session: Session, draft: Directive, urgency: Urgency | None, by: By) -> None:
    """Another degree of urgency, or none."""
    await check_draft(session, draft, by)
    before, draft.urgency = draft.urgency, urgency
    await _note_edit(session, draft, "urgency", before, urgency, by)


async def change_recurring(session: Session, draft: Directive, words: str | None, by: By) -> None:
    """That a task comes again, on the day of its deadline or on the one that the words name; None: that it does not.

    Raises:
        CycleNotUnderstood: the words, with the deadline, do not tell when.
    """
    await check_draft(session, draft, by)
    due = deadline_of(draft)
    if words is not None and (due is None or cycle_of(words, due) is None):
        raise CycleNotUnderstood(words, has_deadline=due is not None)
    before, draft.recurring = draft.recurring, words
    put_cycle(draft, due)
    await _note_edit(session, draft, "recurring", before, words, by)


async def change_coordinating(session: Session, draft: Directive, units: Sequence[Unit], by: By) -> None:
    """Other coordinating units; an empty sequence for none."""
    await check_draft(session, draft, by)
    before = "; ".join(c.written for c in draft.coordinations) or None
    draft.coordinations = [Coordination(unit_id=u.id, written=u.name) for u in units]
    await session.flush()
    await session.refresh(draft, ["coordinations"])
    await _note_edit(session, draft, "coordinating", before, "; ".join(u.name for u in units) or None, by)


async def change_helper(session: Session, draft: Directive, helper: Coordination, unit: Unit, by: By) -> None:
    """Say which unit one coordinating name means."""
    await check_draft(session, draft, by)
    before, helper.written = helper.written, unit.name
    helper.unit, helper.unit_id = unit, unit.id
    await _note_edit(session, draft, "helper", before, unit.name, by)


async def _note_edit(
    session: Session, draft: Directive, field: str, before: str | None, after: str | None, by: By
) -> None:
    await audit.record(
        session, "edit", now=by.now, directive=draft, actor=by.person, inbox_id=by.inbox_id,
        details={"field": field, "before": before, "after": after},
    )  # fmt: skip
