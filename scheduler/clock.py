"""Whether the clock can be believed."""

from __future__ import annotations

from datetime import datetime

from db import Session
from services.vitals import ahead_of


async def stands_before_the_record(session: Session, now: datetime) -> bool:
    """Whether the clock shows a moment before the newest audit row that can be believed: it was set back.

    Args:
        session: any transaction.
        now: what the clock shows; aware.
    """
    return await ahead_of(session, now) is not None
