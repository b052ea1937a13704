"""Who has heard of a directive: ``/nguoinhan #12``, and the keeping of who reacted to what."""

from __future__ import annotations

import re
from datetime import datetime

from channels.base import IncomingMessage
from db import Session
from db.models import Directive, Person
from domain.hearing import How
from handlers import cards
from handlers.buttons import button, paging
from handlers.common import page_of
from handlers.turn import Args, ButtonHandler, Handler, Turn
from services import life, receipts
from texts import receipts as say

PAGE = 10  # messages on a page
NUMBER = re.compile(r"/\w+\s+#?\s*(\d{1,9})\s*$")

_ACKNOWLEDGING = ("ack", "acka", "gack")  # buttons that say so


async def note(
    session: Session, message: IncomingMessage, person: Person, now: datetime, inbox_id: int, *, refused: bool = False
) -> None:
    """Keep that somebody pressed a button under a message of ours, or answered it.

    Args:
        session: a write transaction.
        message: what they sent.
        person: who.
        now: aware.
        inbox_id: the row of what they sent.
        refused: what they asked for was not done; that they have seen the message is true all the same.
    """
    under = message.pressed_on or message.reply_to
    if not under:
        return
    how = How.ANSWERED
    if message.button is not None:
        is_acknowledged = not refused and message.button.split(":")[0] in _ACKNOWLEDGING
        how = How.ACKNOWLEDGED if is_acknowledged else How.PRESSED
    await receipts.reacted(session, message.channel, message.chat, under, how, person, now, inbox_id)


async def who_heard(turn: Turn) -> None:
    """``/nguoinhan #12``, ``/nguoinhan 12``, or as an answer to a message about one directive."""
    named = NUMBER.match(turn.message.text.strip())
    if named:
        await _show(turn, await life.by_number(turn.session, int(named[1]), turn), 1)
    elif len(turn.spoken_of) == 1:
        await _show(turn, await life.by_number(turn.session, turn.spoken_of[0], turn), 1)
    else:
        turn.say(say.how())


async def press_who_heard(turn: Turn, args: Args) -> None:
    """``nn:code``: from a directive's card."""
    await _show(turn, await cards.visible(turn, args[0]), 1)


async def turn_page(turn: Turn, args: Args) -> None:
    """``nnp:code:page``: another page, in place."""
    await _show(turn, await cards.visible(turn, args[0]), args.number(1), edit=True)


async def _show(turn: Turn, directive: Directive, page: int, *, edit: bool = False) -> None:
    await receipts.check_may_see(turn.session, turn, directive)
    found = await receipts.hearing(turn.session, directive)
    page, pages = page_of(len(found.messages), page, PAGE)
    some = found.messages[(page - 1) * PAGE : page * PAGE]
    rows = [paging(page, pages, "nnp", directive.code), [button(f"#{directive.id}", "d", directive.code)]]
    text = say.listing(directive.id, directive.text, found, some, page, pages)
    turn.say(text, [row for row in rows if row], directives=[directive.id], edit=edit)


COMMANDS: dict[str, Handler] = {"nguoinhan": who_heard}
BUTTONS: dict[str, ButtonHandler] = {"nn": press_who_heard, "nnp": turn_page}
