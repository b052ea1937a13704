"""What people asked to hear of again in the morning stands in the message of the day."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime

from db import Session
from domain.office import Office
from services import snoozes
from services.folding import SNOOZED, Told, fold, had_today
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
    had = await had_today(session, {one.person_id for one in due}, now)
    told: dict[int, Told] = defaultdict(Told)
    for one in due:
        if one.person_id not in had:
            told[one.person_id].add(SNOOZED, one.directive_id, one.until)
    await fold(session, told, now, later=list(told))
    await snoozes.queue(session, [one for one in due if one.person_id in had], now)
    return len(due)
