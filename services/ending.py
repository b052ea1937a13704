"""What ends with a directive, or leaves its unit with it."""

from __future__ import annotations

from collections.abc import Collection

from db import Session
from db.models import Directive, Person
from services import explanations, extensions, obstacles
from services.life import By


async def close_open_ends(session: Session, directive: Directive, by: By, told: Collection[Person] = ()) -> None:
    """Nothing keeps waiting on a directive that has ended or moved. Who asked for something is told.

    Args:
        session: a write transaction.
        directive: after its move.
        by: who ended or moved it.
        told: people who hear of it by the news of the move itself.
    """
    await obstacles.end_open(session, directive, by)
    await extensions.close_requests(session, directive, by, told)
    await explanations.end_open(session, directive, by, by.inbox_id)
