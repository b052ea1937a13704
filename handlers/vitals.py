"""What the keepers of the office are told of the program itself, put into words at the moment of sending."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from channels.base import OutgoingMessage
from db import Session
from db.models import Outbox, Person
from services import vitals
from texts import vitals as say

if TYPE_CHECKING:
    from handlers.rendering import Moment


async def vital(session: Session, row: Outbox, person: Person, at: Moment) -> OutgoingMessage | None:
    """One message about the program; None where it is over before it could be said."""
    facts = row.payload
    since = datetime.fromisoformat(facts["since"])
    match facts["what"]:
        case vitals.LATE:
            text = await _late(session, since, at)
        case vitals.ON_TIME:
            was_told = await vitals.heard_of_lateness(session, person.id, since)
            text = say.on_time(since, _moment(facts, "until")) if was_told else None
        case vitals.OUTAGE:
            text = say.outage(since, _moment(facts, "until"), vitals.KEPT_OUTSIDE)
        case vitals.CLOCK:
            text = say.clock(since + timedelta(seconds=facts["off_s"]), since)
        case vitals.RECORD:
            text = say.record(since)
        case vitals.RESTORED:
            text = say.restored(_moment(facts, "taken"), since)
        case vitals.CORRUPT:
            text = say.corrupt()
        case unknown:
            raise KeyError(unknown)
    return OutgoingMessage(text) if text else None


def _moment(facts: dict[str, Any], name: str) -> datetime:
    return datetime.fromisoformat(facts[name])


async def _late(session: Session, since: datetime, at: Moment) -> str | None:
    if not await vitals.is_late(session, since):
        return None
    due, queued = await vitals.how_much_waits(session, at.now, at.office)
    return say.late(since, due, queued) if due or queued else None
