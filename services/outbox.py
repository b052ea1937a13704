"""What is to be said: put into the outbox by handlers and services, and each row's life there.

``queued -> sending -> sent | uncertain | failed``, or ``moot`` when the world has moved on. Every step is a
conditional UPDATE, so that two who try it at once cannot both succeed. A send whose outcome is unknown is
``uncertain``: after a sign of life it is queued once more, and says so.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any, cast

from sqlalchemy import CursorResult, Table, Update, bindparam, exists, select, update
from sqlalchemy.orm import aliased

from db import Session, plain
from db.models import Account, Conversation, Delivery, GroupChat, Outbox
from db.queries.outbox import BULK, Found, Gate, insert_once, next_waiting, upsert
from domain.calendar import OFFICE_ZONE
from domain.office import Office
from services import absences, unreachable

ANSWER = "answer"
NEWS = 1
_ROW = "which_row"  # a parameter
_NONE: Mapping[str, int] = {}
REPEATS_AFTER_CRASHES = 5  # a message that kills the process each time must not do so for ever


# --- putting in ---


async def answer(
    session: Session,
    *,
    channel: str,
    chat: str,
    message: dict[str, Any],
    directives: Sequence[int] = (),
    inbox_id: int | None,
    now: datetime,
    payload: Mapping[str, Any] | None = None,
) -> int:
    """Queue a reply to where something was said; gives its id.

    Args:
        session: a write transaction.
        channel: where it was said.
        chat: the chat it was said in.
        message: ``OutgoingMessage.to_json``.
        directives: ids of those it speaks of, so that a reply to it finds them.
        inbox_id: what it answers.
        now: aware.
        payload: what later presses under it need to know, as JSON.
    """
    values = {
        "kind": ANSWER, "channel": channel, "chat": chat, "body": message, "directives": list(directives),
        "priority": 0, "inbox_id": inbox_id, "created_at": now, "payload": dict(payload or {}),
    }  # fmt: skip
    return await plain.add(session, Outbox, values)


async def tell(
    session: Session,
    person_ids: Iterable[int],
    kind: str,
    *,
    now: datetime,
    directives: Sequence[int] = (),
    payload: Mapping[str, Any] | None = None,
    key: str | None = None,
    priority: int = NEWS,
    not_before: datetime | None = None,
    urgent: bool = False,
) -> None:
    """Queue something for people: one row each, rendered and addressed at the moment of sending.

    Args:
        session: a write transaction.
        person_ids: whom; each once.
        kind: the name of its renderer.
        now: aware.
        directives: ids of those it speaks of.
        payload: what the renderer needs, as JSON.
        key: what must be said once; the person is added to it. A row that has the key already is left alone.
        priority: 1 news, 2 bulk (working hours only).
        not_before: aware; held until then.
        urgent: goes out at any hour and on any day, where the office has set it so.
    """
    rows = [
        {
            "kind": kind,
            "key": f"{key}:{person}" if key else None,
            "person_id": person,
            "payload": dict(payload or {}),
            "directives": list(directives),
            "priority": priority,
            "not_before": not_before,
            "urgent": urgent,
            "created_at": now,
        }
        for person in dict.fromkeys(person_ids)
    ]
    await insert_once(session, Outbox, rows, "key")


# --- taking out ---


@dataclass(frozen=True)
class Claim:
    """A row taken for sending. Without an address it is settled already: moot, or failed as unreachable."""

    row: Outbox
    channel: str
    chat: str

    @property
    def has_address(self) -> bool:
        """Whether there is anywhere to send it."""
        return bool(self.chat)


IsResting = Callable[[str, str], bool]


def gate(now: datetime, office: Office, running: Collection[str], silent: Collection[str] = ()) -> Gate:
    """What may be said at a moment.

    Answers always, news outside quiet hours, bulk on working days only; what is urgent at any moment, where the
    office has set it so.
    """
    worst = 0
    if not office.rhythm.is_quiet(now):
        worst = BULK if office.rhythm.may_send(now, office.calendar) else NEWS
    urgent = BULK if office.rhythm.urgent_ignores_quiet else worst
    return Gate(now, local_day(now), worst, urgent, frozenset(running), frozenset(silent))


def local_day(now: datetime) -> date:
    """The day it is in the office."""
    return now.astimezone(OFFICE_ZONE).date()


async def claim_next(session: Session, at: Gate, is_resting: IsResting = lambda *_: False) -> Claim | None:
    """Take the row whose turn it is. None when there is none.

    Args:
        session: a write transaction, to be committed before anything is sent.
        at: what may be said now.
        is_resting: whether a chat may not be written to yet, given its channel and itself; it is passed over.
    """
    found = await next_waiting(session, at)
    while found and found.channel and found.chat and is_resting(found.channel, found.chat):
        at = at.without(found.channel, found.chat)
        found = await next_waiting(session, at)
    if found is None:
        return None
    if not found.is_active:
        return await _settled(session, found, "moot", "inactive")
    if found.row.priority == NEWS:
        await absences.share(session, found.row, local_day(at.now), at.now)
    if found.channel is None or found.chat is None:
        return await _settled(session, found, "failed", unreachable.UNREACHABLE)
    changes = {"state": "sending", "claimed_at": at.now, "channel": found.channel, "chat": found.chat}
    await _move(session, found.row.id, ("queued",), changes)
    return Claim(found.row, found.channel, found.chat)


async def _settled(session: Session, found: Found, state: str, error: str) -> Claim:
    await _move(session, found.row.id, ("queued",), {"state": state, "error": error})
    return Claim(found.row, "", "")


async def _move(
    session: Session, row_id: int, states: tuple[str, ...], changes: Mapping[str, Any], plus: Mapping[str, int] = _NONE
) -> int:
    """Change a row that is in one of these states; ``plus`` is added to what it has. Past the ORM: it is done often."""
    if session.new or session.dirty:
        await session.flush()
    statement = _moved(states, tuple(changes), tuple(plus))
    values = {_ROW: row_id, **{f"new_{name}": value for name, value in {**changes, **plus}.items()}}
    return (await (await session.connection()).execute(statement, values)).rowcount


@cache  # putting the statement together takes longer than running it
def _moved(states: tuple[str, ...], names: tuple[str, ...], plus: tuple[str, ...]) -> Update:
    table = cast(Table, Outbox.__table__)
    new = {name: bindparam(f"new_{name}", type_=table.c[name].type) for name in (*names, *plus)}
    more = {name: table.c[name] + new[name] for name in plus}
    return update(table).where(table.c.id == bindparam(_ROW), table.c.state.in_(states)).values({**new, **more})


async def _change(session: Session, statement: Update) -> int:
    result = await session.execute(statement.execution_options(synchronize_session=False))
    return cast("CursorResult[Any]", result).rowcount


# --- what became of it ---


async def mark_part_done(
    session: Session,
    claim: Claim,
    message_id: str,
    now: datetime,
    body: dict[str, Any] | None = None,
    *,
    is_last: bool = False,
) -> None:
    """The platform took one part: a reply to it finds its directives from now on.

    Args:
        session: a write transaction.
        claim: whose part.
        message_id: the platform's.
        now: aware.
        body: the whole message, kept so that the parts to come are of the same text.
        is_last: whether all of it is sent by that.
    """
    delivered = {
        "outbox_id": claim.row.id, "channel": claim.channel, "chat": claim.chat, "message_id": message_id,
        "directives": claim.row.directives, "at": now,
    }  # fmt: skip
    # A page turned in place stays the message it was: what people do under it counts for that.
    await upsert(session, Delivery, delivered, ("channel", "chat", "message_id"), keep=("outbox_id",))
    changes: dict[str, Any] = {} if body is None else {"body": body}
    if is_last:
        changes |= {"state": "sent", "sent_at": now, "error": None}
    await _move(session, claim.row.id, ("sending",), changes, {"parts_done": 1})


async def mark_sent(session: Session, row_id: int, now: datetime) -> bool:
    """All of it was taken."""
    return await _move(session, row_id, ("sending",), {"state": "sent", "sent_at": now, "error": None}) == 1


async def mark_moot(session: Session, row_id: int) -> bool:
    """Nothing is left to be said."""
    return await _move(session, row_id, ("queued", "sending", "uncertain"), {"state": "moot"}) == 1


async def mark_failed(session: Session, row_id: int, error: str) -> bool:
    """It will not be sent. ``error`` is for the operator."""
    return await _move(session, row_id, ("sending",), {"state": "failed", "error": error}) == 1


async def put_back(
    session: Session,
    row_id: int,
    not_before: datetime | None,
    error: str | None = None,
    *,
    tried: bool = True,
) -> bool:
    """Queue it again.

    Args:
        session: a write transaction.
        row_id: which.
        not_before: aware; not sent earlier.
        error: why.
        tried: whether this counts as an attempt.
    """
    back = {"state": "queued", "not_before": not_before, "error": error}
    return await _move(session, row_id, ("sending",), back, {"attempts": int(tried)}) == 1


async def mark_uncertain(session: Session, row: Outbox, error: str, now: datetime) -> None:
    """Nobody knows whether it arrived. A second time is the last: then the office is told instead."""
    if row.repeats == 0:
        await _move(session, row.id, ("sending",), {"state": "uncertain", "error": error})
        return
    await mark_failed(session, row.id, error)
    await unreachable.tell_office(session, row.person_id, unreachable.UNCERTAIN, now)


async def recover(session: Session, now: datetime, alive: Collection[int] = ()) -> int:
    """Rows that a dead process was sending become uncertain.

    Args:
        session: a write transaction.
        now: aware.
        alive: ids that are being sent after all.

    Returns:
        how many.
    """
    left = await session.scalars(select(Outbox).where(Outbox.state == "sending", Outbox.id.not_in(alive)))
    rows = list(left)
    for row in rows:
        state = "uncertain" if row.repeats < REPEATS_AFTER_CRASHES else "failed"
        await _move(session, row.id, ("sending",), {"state": state, "error": "interrupted"})
        if state == "failed":
            await unreachable.tell_office(session, row.person_id, unreachable.UNCERTAIN, now)
    return len(rows)


async def release_uncertain(session: Session, channel: str) -> int:
    """After a sign of life of a channel: what is uncertain there is queued once more, marked as a repeat."""
    again = {"state": "queued", "repeats": Outbox.repeats + 1, "not_before": None}
    where = (Outbox.state == "uncertain", Outbox.channel == channel)
    return await _change(session, update(Outbox).where(*where).values(again))


async def hurry(session: Session, channel: str, now: datetime) -> int:
    """The channel works again: what waited for its next try there is due now."""
    waiting = (Outbox.state == "queued", Outbox.attempts > 0, Outbox.not_before > now)
    due = update(Outbox).where(*waiting, Outbox.channel == channel).values(not_before=None)
    return await _change(session, due)


# --- addresses ---


async def address_moved(session: Session, channel: str, old: str, new: str) -> None:
    """A chat has another id from now on (a group became a supergroup): what is pending goes there."""
    pending = Outbox.state.in_(("queued", "sending", "uncertain"))
    rows = update(Outbox).where(pending, Outbox.channel == channel, Outbox.chat == old)
    accounts = update(Account).where(Account.channel == channel, Account.chat == old)
    there = aliased(Conversation)
    is_taken = exists().where(
        there.channel == channel, there.chat == new, there.external_id == Conversation.external_id
    )
    talks = update(Conversation).where(Conversation.channel == channel, Conversation.chat == old, ~is_taken)
    group = aliased(GroupChat)
    is_group_there = exists().where(group.channel == channel, group.chat == new)
    groups = update(GroupChat).where(GroupChat.channel == channel, GroupChat.chat == old, ~is_group_there)
    for statement in (rows, accounts, talks, groups):
        await _change(session, statement.values(chat=new))


async def nobody_there(session: Session, claim: Claim, now: datetime) -> None:
    """A chat refuses us for good: its person is unreachable until they write again; the office is told."""
    of_chat = (Account.channel == claim.channel, Account.chat == claim.chat)
    people = list(await session.scalars(select(Account.person_id).where(*of_chat).distinct()))
    mark = update(Account).where(*of_chat, Account.unreachable_since.is_(None))
    await _change(session, mark.values(unreachable_since=now))
    for person in people:
        await unreachable.tell_office(session, person, unreachable.REFUSED, now)
