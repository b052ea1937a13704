"""A thumb under one of our messages: the directive it speaks of is acknowledged, as by the word."""

from __future__ import annotations

from channels.base import IncomingMessage, OutgoingMessage
from db import Session
from domain.calendar import OFFICE_ZONE
from domain.errors import Refusal
from domain.lifecycle import State
from handlers.turn import Answer
from services import life, reporting, show
from services.life import By
from texts import work as say

LIKED = "liked"  # what a channel calls it


async def liked(session: Session, message: IncomingMessage, spoken_of: tuple[int, ...], by: By | None) -> list[Answer]:
    """Acknowledge the one directive a message speaks of, if it is new to its unit; anything else says nothing.

    Args:
        session: a write transaction.
        message: the thumb.
        spoken_of: the directives of the message it stands under.
        by: who gave it; None for a stranger.
    """
    if by is None or len(spoken_of) != 1:
        return []
    try:
        directive = await life.by_number(session, spoken_of[0], by)
        if directive.state != State.ISSUED:
            return []
        await reporting.acknowledge(session, directive, by)
    except Refusal:  # no longer theirs to see, or not theirs to acknowledge
        return []
    view = await show.view(session, directive, by.now.astimezone(OFFICE_ZONE).date(), by.office.calendar)
    said = say.acknowledged(directive.id, directive.last_day, view.contact or by.person.name)
    return [Answer(OutgoingMessage(said), (directive.id,))]
