"""Sending one message: its words, its parts, and what follows from a refusal."""

from __future__ import annotations

import asyncio
import logging
from collections import Counter
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from channels.base import Capabilities, Channel, ChannelError, OutgoingMessage, Sent, parts
from db import Database, Session
from db.models import Outbox
from db.queries import vitals
from scheduler.health import Health, backoff
from scheduler.ledger import Ledger, NotNoted
from services import group_chats, outbox, packs, reminders
from services.digests import DIGESTS
from services.folding import REMINDER
from services.outbox import Claim
from services.reminders import PRESSING
from services.snoozes import SNOOZED
from texts.delivery import late, resent

logger = logging.getLogger(__name__)

LATE_AFTER = timedelta(minutes=60)
_AT_THEIR_HOUR = frozenset({REMINDER, PRESSING, SNOOZED})  # kinds that say so when they come late
_LONG = frozenset({*DIGESTS, packs.PACK, packs.ASKED})  # kinds that look through all there is
RENDER_TRIES = 3
MOVES = 3  # a chat that has moved more often while one message waits is not followed
SILENCE = "silence:"  # the sign that says until when a channel is to be silent
MARK_ROOM = 64  # characters kept free in each part for the mark of a repeat, so that it splits the same again

Render = Callable[[Session, Outbox, datetime], Awaitable[OutgoingMessage | None]]
"""Words for a row at the moment of sending; None when there is nothing left to say."""

Clock = Callable[[], datetime]


class _NotNow(Exception):
    """The channel fell silent while this message was on its way to it."""


@dataclass
class Sending:
    """Carries claimed rows to their channels and records what became of them.

    Args:
        database: of the outbox.
        channels: by name.
        health: of these channels, by name.
        render: words for all rows that are no ready answers.
        ledger: where outcomes are written.
    """

    database: Database
    channels: Mapping[str, Channel]
    health: Mapping[str, Health]
    render: Render
    ledger: Ledger

    def __post_init__(self) -> None:
        self._wordless: Counter[int] = Counter()

    async def deliver(self, claim: Claim, clock: Clock) -> bool:
        """Send one row.

        Args:
            claim: the row and its address; its claim is committed.
            clock: the moment it is; aware.

        Returns:
            whether all of it was taken.
        """
        try:
            message = await self._words(claim.row, clock())
        except Exception as error:
            await self._no_words(claim.row, error, clock())
            return False
        if message is None:
            await self.ledger.note(lambda s: outbox.mark_moot(s, claim.row.id))
            return False
        return await self._carried(claim, message, clock)

    async def _carried(self, claim: Claim, message: OutgoingMessage, clock: Clock) -> bool:
        try:
            await self._send_all(claim, message, clock)
        except _NotNow:
            await self._put_back(claim.row.id, None, tried=False)
        except ChannelError as error:
            await self._refused(claim, error, clock())
        except NotNoted:
            raise
        except Exception as error:
            logger.exception("A channel broke while sending", extra={"action": "send_broke"})
            await self._doubt(claim, repr(error), clock())
        else:
            return True
        return False

    # --- words ---

    async def _words(self, row: Outbox, now: datetime) -> OutgoingMessage | None:
        if row.body is not None:
            return OutgoingMessage.from_json(row.body)
        async with self.database.read(aside=row.kind in _LONG) as session:
            message = await self.render(session, row, now)
        meant_for = _meant_for(row)
        if message is None or meant_for is None or now - meant_for <= LATE_AFTER:
            return message
        return replace(message, text=late(message.text, meant_for))

    async def _no_words(self, row: Outbox, error: Exception, now: datetime) -> None:
        self._wordless[row.id] += 1
        tries = self._wordless[row.id]
        if tries == 1:
            logger.error(
                "No words for outbox row %s (%s)",
                row.id,
                row.kind,
                exc_info=error,
                extra={"action": "no_words"},
            )
        if tries < RENDER_TRIES:
            await self._put_back(row.id, now + backoff(tries - 1), repr(error), tried=False)
            return
        del self._wordless[row.id]
        await self.ledger.note(lambda s: outbox.mark_failed(s, row.id, repr(error)))

    # --- parts ---

    async def _send_all(self, claim: Claim, message: OutgoingMessage, clock: Clock) -> None:
        row, channel = claim.row, self.channels[claim.channel]
        pieces = parts(message, _with_room(channel.capabilities))
        if row.parts_done >= len(pieces):
            await self.ledger.note(lambda s: outbox.mark_sent(s, row.id, clock()))
        for number in range(row.parts_done, len(pieces)):
            piece = pieces[number]
            if row.repeats and number == row.parts_done:
                piece = replace(piece, text=resent(piece.text, reference(row.id)))
            sent = await self._send(claim, piece, clock())
            whole = _storable(message) if number == 0 and len(pieces) > 1 and row.body is None else None
            await self._taken(claim, sent, whole, number == len(pieces) - 1, clock())

    async def _send(self, claim: Claim, piece: OutgoingMessage, now: datetime) -> Sent:
        if self.health[claim.channel].silent_until(now):
            raise _NotNow
        channel, loop = self.channels[claim.channel], asyncio.get_running_loop()
        began = loop.time()
        try:
            sent = await channel.send(claim.chat, piece)
            self.health[claim.channel].took(loop.time() - began)
            return sent
        except ChannelError as error:
            if not (error.permanent and piece.replaces):
                raise
        return await channel.send(claim.chat, replace(piece, replaces=None))

    async def _taken(
        self, claim: Claim, sent: Sent, whole: dict[str, Any] | None, is_last: bool, now: datetime
    ) -> None:
        async def change(session: Session) -> None:
            await outbox.mark_part_done(session, claim, sent.message_id, now, whole, is_last=is_last)
            await self.revive(session, claim.channel, now)

        async def later(session: Session) -> None:
            await change(session)
            await outbox.put_back(session, claim.row.id, None, tried=False)  # the parts to come

        health = self.health[claim.channel]
        try:
            await self.ledger.note(change, later)
        except NotNoted:
            health.is_doubtful = True  # what the change took off is not looked at yet
            raise
        health.works()

    async def revive(self, session: Session, channel: str, now: datetime) -> None:
        """After a sign of life: send again what is uncertain, and do not wait any longer for the next try."""
        health = self.health[channel]
        if health.take_doubt():
            await outbox.release_uncertain(session, channel)
        if health.is_down:
            await outbox.hurry(session, channel, now)

    # --- refusals ---

    async def _refused(self, claim: Claim, error: ChannelError, now: datetime) -> None:
        row, health = claim.row, self.health[claim.channel]
        logger.warning("Outbox row %s was not sent: %s", row.id, error, extra={"action": "not_sent"})
        if error.retry_after is not None:
            await self._silenced(claim, error, health.asked_for_silence(error.retry_after, now))
        elif error.new_address is not None and row.attempts < MOVES:
            await self._moved(claim, error.new_address)
        elif error.permanent or error.new_address is not None:
            await self._given_up(claim, error, now)
        elif error.outcome_unknown:
            health.failed(now)
            await self._doubt(claim, str(error), now)
        else:
            health.failed(now)
            await self._put_back(row.id, now + backoff(row.attempts), str(error))

    async def _silenced(self, claim: Claim, error: ChannelError, until: datetime) -> None:
        """The platform asks for silence: written down, so that a restart does not break it."""

        async def change(session: Session) -> None:
            await vitals.note(session, SILENCE + claim.channel, until)
            await outbox.put_back(session, claim.row.id, until, str(error), tried=False)

        await self.ledger.note(change)

    async def _moved(self, claim: Claim, new: str) -> None:
        async def change(session: Session) -> None:
            await outbox.address_moved(session, claim.channel, claim.chat, new)
            await outbox.put_back(session, claim.row.id, None)

        await self.ledger.note(change)

    async def _given_up(self, claim: Claim, error: ChannelError, now: datetime) -> None:
        # Who has just asked is there: what is wrong with an answer is the answer.
        is_person = claim.row.kind != outbox.ANSWER and error.unreachable

        async def change(session: Session) -> None:
            await outbox.mark_failed(session, claim.row.id, str(error))
            if is_person:
                await outbox.nobody_there(session, claim, now)
                await group_chats.lost(session, claim.channel, claim.chat, now)
                await reminders.hand_on(session, claim.row, now)

        await self.ledger.note(change)

    async def _doubt(self, claim: Claim, error: str, now: datetime) -> None:
        try:
            await self.ledger.note(lambda s: outbox.mark_uncertain(s, claim.row, error, now))
        finally:  # after the row says so: whoever takes the doubt off before would not find it
            self.health[claim.channel].is_doubtful = True

    async def _put_back(
        self, row_id: int, until: datetime | None, error: str | None = None, *, tried: bool = True
    ) -> None:
        await self.ledger.note(lambda s: outbox.put_back(s, row_id, until, error, tried=tried))


def reference(row_id: int) -> str:
    """The short word by which a repeated message is known: the same each time."""
    return f"{row_id:03x}"


def _meant_for(row: Outbox) -> datetime | None:
    said = row.payload.get("meant_for") if row.kind in _AT_THEIR_HOUR else None
    return datetime.fromisoformat(said) if said else None


def _with_room(can: Capabilities) -> Capabilities:
    return replace(can, max_chars=can.max_chars - MARK_ROOM, max_caption=can.max_caption - MARK_ROOM)


def _storable(message: OutgoingMessage) -> dict[str, Any] | None:
    """The whole message for the parts to come; None where it has bytes in it, which are drawn again."""
    return None if any(f.content is not None for f in message.files) else message.to_json()
