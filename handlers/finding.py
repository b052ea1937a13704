"""``/tim kè Bắc sông``, or "tìm kè Bắc sông": directives by words, unit, number, state and days.

The pages are buttons ``fd:row:page``: the words stand in the inbox row of the message that asked.
"""

from __future__ import annotations

import re

from channels.base import IncomingMessage
from db.models import Inbox
from domain.errors import NoSuchThing
from handlers import cards
from handlers.buttons import paging, to_directives
from handlers.turn import Args, ButtonHandler, Handler, Turn
from services import finding, life
from texts import finding as say

LONGEST = 120  # characters of a question; more is a text about something
PLAIN = re.compile(
    r"(?:tìm kiếm|tìm|tim kiem|tim)\s+(?!hiểu|hieu|được|duoc|thấy|thay|ra\b|cách|cach)\S[^\n]*", re.IGNORECASE
)


def asks(text: str) -> bool:
    """Whether plain words ask to find something: "tìm kè Bắc sông"."""
    return len(text) <= LONGEST and PLAIN.fullmatch(text.strip()) is not None


async def find(turn: Turn) -> None:
    """``/tim words``."""
    words = _words(turn.message.text)
    if not words:
        turn.say(say.how())
        return
    await _page(turn, words, turn.inbox_id, 1)


async def turn_page(turn: Turn, args: Args) -> None:
    """``fd:row:page``: another page, in place."""
    row = await turn.session.get(Inbox, args.number(0))
    if row is None:
        raise NoSuchThing
    message = IncomingMessage.from_json(row.message)
    if (row.channel, message.sender.id) != (turn.message.channel, turn.message.sender.id):
        raise NoSuchThing
    await _page(turn, _words(message.text), row.id, args.number(1), edit=True)


def _words(text: str) -> str:
    return re.sub(r"\A\s*(?:/\w+|tìm kiếm|tìm|tim kiem|tim)(?:\s+|\Z)", "", text, flags=re.IGNORECASE).strip()[:LONGEST]


async def _page(turn: Turn, words: str, row: int, number: int, *, edit: bool = False) -> None:
    found = await finding.find(turn.session, turn, turn.office, words, number)
    if found.query.directive is not None:
        await cards.show(turn, await life.by_number(turn.session, found.query.directive, turn))
        return
    if found.query.is_empty or not found.hits:
        turn.say(say.how() if found.query.is_empty else say.nothing(found.query), edit=edit)
        return
    rows = to_directives((hit.view.id, hit.view.code) for hit in found.hits)
    rows += [row_ for row_ in [paging(found.number, found.pages, "fd", row)] if row_]
    turn.say(say.found(found), rows, directives=[hit.view.id for hit in found.hits], edit=edit)


COMMANDS: dict[str, Handler] = {"tim": find}
BUTTONS: dict[str, ButtonHandler] = {"fd": turn_page}
