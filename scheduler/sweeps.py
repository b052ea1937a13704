"""One sweep: everything whose moment has come, in small transactions, until nothing is due."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime

from db import Database, Session
from db.queries.digests import Due
from db.queries.reminders import Waiting, what_is_due
from domain.office import Office
from scheduler.clock import stands_before_the_record
from services.digests import queue_digests
from services.digests import what_is_due as what_hour_calls_for
from services.mornings import fold_snoozed, fold_unanswered
from services.outbox import local_day
from services.packs import is_time as is_pack_time
from services.packs import queue_packs
from services.part_reminders import fold_parts
from services.part_reminders import is_due as has_parts_due
from services.recurring import ADOPTED, open_next
from services.reminders import remind_due
from services.snoozes import queue_snoozed

logger = logging.getLogger(__name__)

AT_ONCE = 2000  # directives in one transaction: people's messages get in between

Step = Callable[[Session, datetime, Office, int], Awaitable[int]]
"""One transaction's worth of what is due, and how much that was; 0 when nothing is left."""

STEPS: tuple[Step, ...] = (open_next, fold_snoozed, fold_parts, fold_unanswered, remind_due, queue_snoozed)

PARTS = "parts"  # that other units help with, still to be looked through today
FOLDED = "folded"  # an earlier step has put something by, which the message of the day takes up

CALLED_BY: Mapping[str, frozenset[str]] = {
    open_next.__name__: frozenset({"recurring", "unadopted"}),
    fold_snoozed.__name__: frozenset({"snoozed"}),
    fold_parts.__name__: frozenset({PARTS}),
    fold_unanswered.__name__: frozenset({"raised"}),
    remind_due.__name__: frozenset({"due", "left_over", FOLDED}),
    queue_snoozed.__name__: frozenset({"snoozed"}),
}
"""Without any of these, a step has nothing to look for."""


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
        calls = _names(await what_is_due(session, now, local_day(now), ADOPTED))
        calls |= {PARTS} if await has_parts_due(session, now, office) else set()
        of_the_hour = await what_hour_calls_for(session, now, office)
    total = 0
    for step in STEPS:
        while calls & CALLED_BY[step.__name__] and (done := await _do(step, database, office, now)):
            total += done
            calls.add(FOLDED)
    return total + await _by_the_clock(database, office, now, of_the_hour)


def _names(found: Waiting) -> set[str]:
    return {name for name, is_there in found._asdict().items() if is_there}


async def _by_the_clock(database: Database, office: Office, now: datetime, due: Due) -> int:
    """What is said at an hour, whether anything happened or not."""
    has_packs = is_pack_time(now, office)
    if not any(due) and not has_packs:
        return 0
    async with database.write() as session:
        queued = await queue_digests(session, now, office, due) if any(due) else 0
        return queued + (await queue_packs(session, now, office) if has_packs else 0)


async def _do(step: Step, database: Database, office: Office, now: datetime) -> int:
    async with database.write() as session:
        return await step(session, now, office, AT_ONCE)
