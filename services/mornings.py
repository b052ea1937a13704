"""What people asked to hear of again, and what nobody has answered, stands in the message of the day."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime

from db import Session
from db.models import Directive
from db.queries import obstacles as queries
from domain.office import Office
from services import obstacles, snoozes
from services.absences import replaced
from services.folding import RAISED, SNOOZED, Told, fold, had_today
from services.outbox import local_day
from services.people import clerks
from services.reminders import is_open


async def fold_snoozed(session: Session, now: datetime, office: Office, limit: int = 500) -> int:
    """Put what was put off to this morning into the messages of the day; who has had theirs gets it by itself.

    To be done before what is due is folded, which it joins.

    Args:
        session: a write transaction.
        now: aware.
        office: whose morning it is.
        limit: of about so many at once.

    Returns:
        how many directives are said again; 0 when there is nothing to do now.
    """
    if not is_open(now, office):
        return 0
    due = await snoozes.due_for_morning(session, now, office, limit)
    if not due:
        return 0
    had = await had_today(session, {one.person_id for one in due}, now)
    told: dict[int, Told] = defaultdict(Told)
    for one in due:
        if one.person_id not in had:
            told[one.person_id].add(SNOOZED, one.directive_id, one.until)
    await fold(session, told, now, later=list(told))
    await snoozes.queue(session, [one for one in due if one.person_id in had], now)
    return len(due)


async def fold_unanswered(session: Session, now: datetime, office: Office, limit: int = 500) -> int:
    """Remind the office of difficulties and proposals that nobody has answered, every few working days.

    Args:
        session: a write transaction.
        now: aware.
        office: whose morning it is.
        limit: of about so many at once.

    Returns:
        how many items are said; 0 when there is nothing to do now.
    """
    if not is_open(now, office):
        return 0
    told: dict[int, Told] = defaultdict(Told)
    due = await queries.to_mention(session, now, limit)
    for item, directive in due:
        for person in await _office(session, directive, now):
            told[person].add(RAISED, directive.id, item.mention_at or now)
        item.mention_at = obstacles.mention_after(now, office)
    await fold(session, told, now, later=list(told))
    return len(due)


async def _office(session: Session, directive: Directive, now: datetime) -> set[int]:
    """The clerks who may answer, or who stands in for them. What the office itself brings up is in the digest."""
    everyone = [clerk.id for clerk in await clerks(session) if clerk.unit_id != directive.lead_unit_id]
    instead = await replaced(session, local_day(now))
    there = [clerk for clerk in everyone if clerk not in instead or instead[clerk] is not None] or everyone
    return {instead.get(clerk) or clerk for clerk in there}
