"""The buttons of what is open on a directive, under its card: an explanation, a request for more time, difficulties."""

from __future__ import annotations

from db.models import Directive
from domain.rights import Standing
from handlers import answering, asking, measured, offers
from handlers.buttons import Rows
from handlers.turn import Turn


async def rows_of(turn: Turn, directive: Directive, stands: Standing) -> Rows:
    """What this person can do about them now."""
    return [
        *await asking.rows_of(turn, directive, stands),
        *await offers.rows_of(turn, directive, stands),
        *await answering.rows_of(turn, directive, stands),
        *await measured.rows_of(turn, directive, stands),
    ]
