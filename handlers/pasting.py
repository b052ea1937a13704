"""A document pasted in several messages.

Chat programs cut a long paste into messages of a few thousand characters, sent within a second, with nothing that ties
them together (docs/decisions/0009). The pieces wait as rows of the inbox until it is quiet, and are then one message.
A page that comes later is asked about, never guessed.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import pairwise

from channels.base import IncomingMessage
from db import Session
from db.models import Account, Inbox, Notice
from db.queries import inbox
from domain.errors import NoSuchThing
from handlers.buttons import button
from handlers.common import by
from handlers.drafts import show_summary
from handlers.turn import Args, ButtonHandler, Turn
from notices.pasting import begins_anew, joined
from services import filing, notices
from services.life import By
from services.show import source_of
from texts import labels
from texts import pasting as say

PART_CHARS = 2000  # no chat program cuts before half of its 4,096
FULL_CHARS = 3500  # most cut much nearer to it
QUIET = timedelta(seconds=3)
PAGE_AFTER = timedelta(minutes=10)  # a page without a head of its own may belong to what was pasted before
TAIL_AFTER = timedelta(minutes=1)  # a few words may be the end of a piece that was cut
SECRET_AFTER = timedelta(minutes=1)  # so may the rest of what was refused
NOT_PASTED = re.compile(r"\s*(?:/[a-z_]+\b|#\d)", re.IGNORECASE)


@dataclass(frozen=True)
class Pieces:
    """What was pasted in one go.

    Attributes:
        ids: the inbox rows, in the order they were said.
        parts: their words: a stamp stands at the top of one.
        text: the whole.
        ready_at: when it can be read; None for at once.
    """

    ids: tuple[int, ...]
    parts: tuple[str, ...]
    text: str
    ready_at: datetime | None = None


def is_pasted(message: IncomingMessage) -> bool:
    """Whether a message is words of its own, said in private."""
    bare = message.private and not message.files and message.button is None and message.reply_to is None
    return bare and bool(message.text) and not NOT_PASTED.match(message.text)


async def gather(session: Session, row: Inbox, now: datetime) -> Pieces:
    """The pieces that belong to a long text, as far as they have come. Only the rows decide: a restart changes nothing.

    Args:
        row: the oldest that waits in its chat, a pasted text.
        now: aware.
    """
    came = await inbox.waiting_in_chat(session, row)
    rows = _in_order(came)
    messages = [IncomingMessage.from_json(r.message) for r in rows]
    count = _run(messages)
    if row not in rows[:count]:
        rows, messages, count = came[:1], [IncomingMessage.from_json(row.message)], 1
    ids, parts = tuple(r.id for r in rows[:count]), tuple(m.text for m in messages[:count])
    is_open = count == len(rows) and len(messages[-1].text) >= PART_CHARS
    until = rows[-1].received_at + QUIET
    return Pieces(ids, parts, joined(parts), until if is_open and rows[-1].received_at <= now < until else None)


def _in_order(rows: Sequence[Inbox]) -> list[Inbox]:
    """As they were said, where the platform counts its messages."""
    said = [str(row.message.get("message_id") or "") for row in rows]
    return sorted(rows, key=lambda r: int(r.message["message_id"])) if all(map(str.isdecimal, said)) else list(rows)


def _run(messages: Sequence[IncomingMessage]) -> int:
    """How many of the messages are one text: each but the last long, each soon after the one before."""
    count = 1
    for one, other in pairwise(messages):
        goes_on = len(one.text) >= PART_CHARS and is_pasted(other) and other.sender.id == one.sender.id
        if not goes_on or other.at - one.at > QUIET or begins_anew(other.text):
            break
        count += 1
    return count


# --- a page that comes later ---


@dataclass(frozen=True)
class Before:
    """What a person sent in just before a text that has no head of its own.

    Attributes:
        notice: the code of the notice that it may be the next page of.
        is_tail: it follows so closely on a piece that was cut that even a few words may belong to it.
        mark: the stamp for which something was refused.
    """

    notice: str | None = None
    is_tail: bool = False
    mark: str | None = None


async def before(session: Session, account: Account, message: IncomingMessage, now: datetime) -> Before:
    """What a pasted text may be the rest of."""
    if begins_anew(message.text):
        return Before()
    mark = await filing.refused_lately(session, account.person_id, now, SECRET_AFTER)
    notice = await filing.last_pasted(session, account.person_id, now - PAGE_AFTER)
    if notice is None or not await filing.may_go_on(session, notice):
        return Before(mark=mark)
    last = IncomingMessage.from_json((await inbox.get(session, notice.pasted[-1])).message)
    if (last.channel, last.chat) != (message.channel, message.chat):
        return Before(mark=mark)
    is_tail = len(last.text) >= FULL_CHARS and timedelta() <= message.at - last.at <= TAIL_AFTER
    return Before(notice.code, is_tail, mark)


async def ask(turn: Turn, code: str, ids: Sequence[int]) -> None:
    """Ask whether a text is the next page of what was pasted before. It is kept in its first row, whole."""
    notice = await notices.by_code(turn.session, code)
    for place, row_id in enumerate(ids or (turn.inbox_id,)):
        row = await inbox.get(turn.session, row_id)
        row.message = {**row.message, "text": turn.message.text if place == 0 else ""}
    first = (ids or (turn.inbox_id,))[0]
    rows = [[button(labels.JOIN, "pj", code, first)], [button(labels.ON_ITS_OWN, "pn", code, first)]]
    turn.say(say.ask_join(source_of(notice)), rows)


async def text_of(session: Session, message: IncomingMessage, name: str, args: Args) -> str:
    """What a press of ``pj`` or ``pn`` wants read.

    Raises:
        NoSuchThing: another's text, or one that is in a notice already.
    """
    page = await _page(session, message, args.number(1))
    if name == "pn":
        return page
    notice = await notices.by_code(session, args[0])
    rows = [await inbox.get(session, i) for i in notice.pasted]
    return joined([*(str(row.message["text"]) for row in rows), page])


async def _page(session: Session, message: IncomingMessage, row_id: int) -> str:
    row = await session.get(Inbox, row_id)
    if row is None or (row.channel, row.chat) != (message.channel, message.chat):
        raise NoSuchThing
    said = IncomingMessage.from_json(row.message)
    if said.sender.id != message.sender.id or not said.text or await filing.is_filed(session, row_id):
        raise NoSuchThing
    return said.text


async def join(turn: Turn, args: Args) -> None:
    """``pj:notice:row``: it is the next page; the notice is read again as a whole."""
    page = args.number(1)
    await _page(turn.session, turn.message, page)
    notice = await notices.by_code(turn.session, args[0])
    (read,) = turn.prepared
    await filing.go_on(turn.session, notice, read.notice, [*notice.pasted, page], by(turn))
    await show_summary(turn, notice, edit=True)


async def file_apart(turn: Turn, args: Args) -> None:
    """``pn:notice:row``: it is a document of its own."""
    page = args.number(1)
    await _page(turn.session, turn.message, page)
    (read,) = turn.prepared
    sent = notices.SentFile(read.sha256, read.name) if read.sha256 else None
    notice = await filing.file(turn.session, read.notice, by(turn), sent, [page])
    await show_summary(turn, notice, edit=True)


async def forget(session: Session, code: str, page: int | None, who: By) -> None:
    """Nothing is kept of a notice of which a later page carries a stamp, nor of that page."""
    notice: Notice = await notices.by_code(session, code)
    if await filing.may_go_on(session, notice):
        await filing.forget(session, notice, who)
    row = await session.get(Inbox, page) if page is not None else None
    if row is not None:
        message = IncomingMessage.from_json(row.message)
        row.message = replace(message, text="", files=()).to_json()


READS = ("pj", "pn")  # presses for which a text is read before anything is done
BUTTONS: dict[str, ButtonHandler] = {"pj": join, "pn": file_apart}
