"""Whether the clock can be believed."""

from __future__ import annotations

from datetime import datetime, timedelta

from db import Session
from db.queries.reminders import last_recorded

SLACK = timedelta(seconds=5)  # moments are read before transactions that may overtake each other


async def stands_before_the_record(session: Session, now: datetime) -> bool:
    """Whether the clock shows a moment before the newest audit row: it was set back.

    Args:
        session: any transaction.
        now: what the clock shows; aware.
    """
    last = await last_recorded(session)
    return last is not None and now + SLACK < last
