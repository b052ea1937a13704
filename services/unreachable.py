"""Telling the office whom a message did not reach: one message that grows, however many people it is about."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from db import Session
from db.models import Outbox
from db.queries import reach
from db.queries.outbox import insert_once
from domain.calendar import OFFICE_ZONE

UNREACHABLE = "unreachable"  # an outbox row
REFUSED = "refused"  # the platform refuses us: the person blocked the chat, or deleted it
UNCERTAIN = "uncertain"  # nobody knows whether the message arrived
PATIENCE = timedelta(minutes=3)  # a morning's messages go out within it: one list, not one message each
NOT_SOONER = timedelta(hours=1)  # after the last such message
_NEWS = 1


async def tell_office(session: Session, person_id: int | None, reason: str, now: datetime) -> None:
    """Tell every other clerk, once per person, reason and day: somebody has to find another way to them.

    Args:
        session: a write transaction.
        person_id: who was not reached; None where nobody in particular was.
        reason: ``REFUSED`` or ``UNCERTAIN``.
        now: aware.
    """
    if person_id is None:
        return
    line = {"id": person_id, "reason": reason}
    for clerk in await reach.locked_clerks(session, but=person_id):
        await _tell(session, clerk, line, now)


async def _tell(session: Session, clerk: int, line: dict[str, Any], now: datetime) -> None:
    """Add a line to the message that still waits, else to a new one."""
    day = f"{UNREACHABLE}:all:{clerk}:{now.astimezone(OFFICE_ZONE).date().isoformat()}:"
    todays = await reach.with_key_prefix(session, day)
    if any(line in row.payload["people"] for row in todays):
        return
    waiting = [row for row in todays if row.state == "queued" and row.body is None]
    if waiting:
        row = waiting[-1]
        row.payload = {"people": [*row.payload["people"], line]}
        await session.flush()
        return
    not_before = max([now + PATIENCE, *(row.created_at + NOT_SOONER for row in todays)])
    fresh = {
        "kind": UNREACHABLE, "key": f"{day}{len(todays)}", "person_id": clerk, "payload": {"people": [line]},
        "directives": [], "priority": _NEWS, "not_before": not_before, "created_at": now,
    }  # fmt: skip
    await insert_once(session, Outbox, [fresh], "key")
