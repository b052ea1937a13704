"""What words and files can be about: what is in hand, and what was handed in and waits for approval."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from db.models import Directive
from db.queries import inbox
from domain.lifecycle import State
from handlers import coordinating
from handlers.revising import take_place
from handlers.turn import KeptFile, Turn
from services import additions, posts, reporting
from texts import replies as say

JUST_HANDED_IN = timedelta(days=1)  # in which a file without words may as well belong to what waits


async def candidates(turn: Turn, text: str, files: Sequence[KeptFile]) -> list[int]:
    """What may be meant where no number is said, by id, the likeliest first.

    What waits counts where nothing is in hand, and beside it for files without words: a forgotten annex comes so.
    """
    known = await coordinating.in_hand(turn)
    if known and (text or not files):
        return known
    since = turn.now - JUST_HANDED_IN if known else None
    return [*await additions.awaited(turn.session, await posts.units_of(turn.session, turn.person), since), *known]


async def too_late(turn: Turn, files: int) -> bool:
    """Files come after their report was approved: gives whether that is so, and was said."""
    last = await reporting.last_report(turn.session, turn.person, turn.now - JUST_HANDED_IN)
    directive = await turn.session.get_one(Directive, last.directive_id) if last else None
    if directive is None or directive.state != State.COMPLETED:
        return False
    before = await inbox.sent_together(turn.session, await inbox.get(turn.session, turn.inbox_id))
    turn.say(say.approved_before(directive.id, len(before) + files), directives=[directive.id])
    await take_place(turn, [one.id for one in before])
    return True
