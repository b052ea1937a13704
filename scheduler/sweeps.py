"""One sweep: everything whose moment has come, in small transactions, until nothing is due."""

from __future__ import annotations

import logging
from datetime import datetime

from db import Database
from domain.office import Office
from scheduler.clock import stands_before_the_record
from services.digests import queue_digests
from services.reminders import remind_due

logger = logging.getLogger(__name__)

AT_ONCE = 500  # directives in one transaction: people's messages get in between


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
    total = 0
    while done := await _some_reminders(database, office, now):
        total += done
    async with database.write() as session:
        return total + await queue_digests(session, now, office)


async def _some_reminders(database: Database, office: Office, now: datetime) -> int:
    async with database.write() as session:
        return await remind_due(session, now, office, AT_ONCE)
