"""The messages of a leader's day: when each is due, and that each is said once."""

from __future__ import annotations

from datetime import datetime

from db import Session
from db.models import Outbox
from db.queries import reminders as queries
from db.queries.outbox import insert_once
from domain.calendar import OFFICE_ZONE
from domain.office import Office
from services.folding import key_of, row_of
from services.outbox import local_day

DIGEST = "digest"


async def queue_digests(session: Session, now: datetime, office: Office) -> int:
    """Queue the digest of each leader whose time has come on this working day. Earlier days' are let go.

    Args:
        session: a write transaction.
        now: aware.
        office: whose calendar and rhythm count.

    Returns:
        how many were queued.
    """
    if not office.rhythm.may_send(now, office.calendar):
        return 0
    clock = now.astimezone(OFFICE_ZONE).time()
    ready = [p for p, wanted in await queries.leaders(session) if (wanted or office.rhythm.morning) <= clock]
    keys = {key_of(DIGEST, person, local_day(now)): person for person in ready}
    for row in await queries.with_keys(session, list(keys)):
        del keys[row.key]
    older = await queries.left_over(session, DIGEST, local_day(now))
    await queries.let_go(session, [row.id for row in older])
    payload = {"meant_for": now.isoformat()}
    rows = [row_of(DIGEST, person, key, payload, [], now) for key, person in keys.items()]
    return await insert_once(session, Outbox, rows, "key")
