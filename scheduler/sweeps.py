"""One sweep: everything whose moment has come, in small transactions, until nothing is due."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable
from datetime import datetime

from db import Database, Session
from db.queries.reminders import is_anything_due
from domain.office import Office
from scheduler.clock import stands_before_the_record
from services.digests import queue_digests
from services.mornings import fold_snoozed, fold_unanswered
from services.outbox import local_day
from services.packs import queue_packs
from services.part_reminders import fold_parts
from services.part_reminders import is_due as has_parts_due
from services.recurring import open_next
from services.reminders import remind_due
from services.snoozes import queue_snoozed

logger = logging.getLogger(__name__)

AT_ONCE = 2000  # directives in one transaction: people's messages get in between

Step = Callable[[Session, datetime, Office, int], Awaitable[int]]
"""One transaction's worth of what is due, and how much that was; 0 when nothing is left."""

STEPS: tuple[Step, ...] = (open_next, fold_snoozed, fold_parts, fold_unanswered, remind_due, queue_snoozed)


async def sweep(database: Database, office: Office, now: datetime) -> int:
    """Queue the reminders and digests that are due.

    Args:
        database: of directives and outbox.
        office: whose calendar and rhythm count.
        now: aware.

    Returns:
        how many directives were mentioned and digests queued; 0 when the clock cannot be believed.
    """
    async with database.read() as session:
        if await stands_before_the_record(session, now):
            logger.error(
                "No sweep: the clock says %s, before the last recorded act",
                now,
                extra={"action": "clock_back"},
            )
            return 0
        is_due = await is_anything_due(session, now, local_day(now))
        is_due = is_due or await has_parts_due(session, now, office)
    total = 0
    for step in STEPS if is_due else ():
        while done := await _do(step, database, office, now):
            total += done
    async with database.write() as session:
        return total + await queue_digests(session, now, office) + await queue_packs(session, now, office)


async def _do(step: Step, database: Database, office: Office, now: datetime) -> int:
    async with database.write() as session:
        return await step(session, now, office, AT_ONCE)
