"""What is not done: refused or failed. Each is said in a transaction of its own, as the one it broke off is undone."""

from __future__ import annotations

import logging
import secrets
from dataclasses import replace
from datetime import datetime, timedelta

from channels.base import ChannelError, IncomingMessage, OutgoingMessage
from db import Database, Session
from db.models import Inbox
from db.queries import inbox, vitals
from domain.errors import (
    CodeNotValid,
    ConclusionsFiled,
    DocumentRefused,
    MoveNotAllowed,
    NoSuchDirective,
    NoSuchThing,
    NotAllowed,
    Refusal,
    SameNotice,
    TooManyTries,
)
from domain.office import Office
from handlers import in_groups, pasting, receipts
from handlers.buttons import button
from handlers.carrying import say
from handlers.pace import Pace
from handlers.placing import Place
from handlers.routing import Route
from handlers.turn import Answer, lasting
from services import accounts, audit, outbox
from services.life import By
from texts import general, labels, refusals

log = logging.getLogger(__name__)

DEAD_ENDS = (MoveNotAllowed, NotAllowed, NoSuchDirective, NoSuchThing)  # no other answer to the same question helps
WAITING = ("new", "scan")  # states of a row that is still to be answered
PAUSES = (2, 15, 60, 300)  # seconds between tries; after the last the row is dead


class NotDone:
    """Says it, and leaves the row as it is to be found."""

    def __init__(self, database: Database, office: Office, pace: Pace) -> None:
        self._database = database
        self._office = office
        self._pace = pace

    async def refuse(self, inbox_id: int, place: Place, way: Route, refusal: Refusal, now: datetime) -> str | None:
        """Answer a refusal in a transaction of its own: the one it broke off is rolled back."""
        text = refusals.refusal(refusal)
        there = refusal.code if isinstance(refusal, SameNotice | ConclusionsFiled) else None
        rows = ((button(labels.OPEN_EARLIER, "nso", there),),) if there else ()
        message = place.message
        async with self._database.write() as session:
            row = await inbox.get(session, inbox_id)
            if isinstance(refusal, CodeNotValid):
                await accounts.note_wrong_code(session, message.channel, message.sender.id, now)
            if isinstance(refusal, DocumentRefused):
                for other in {row.id, *place.ids}:
                    await _forget(session, await inbox.get(session, other), refusal, now, once=other == row.id)
                await vitals.mark_traces(session, now)
                await self._forget_before(session, row, place, way, now)
            if way.kind == "step" and isinstance(refusal, DEAD_ENDS):
                talk = await inbox.conversation(session, message.channel, message.chat, message.sender.id, now)
                talk.step, talk.data = None, lasting(talk)
            account = await accounts.account(session, message.channel, message.sender.id)
            if account is not None:
                await receipts.note(session, message, account.person, now, inbox_id, refused=True)
            is_press = message.button is not None
            is_silent = isinstance(refusal, TooManyTries) and not self._pace.greets(place.sender, now)
            is_silent |= is_press and not message.private
            answers = [] if is_silent else [Answer(OutgoingMessage(text, rows))]
            home = account.chat if account and not message.private else None
            await say(session, row, answers, now, home)
            await inbox.like(session, row, place.ids)
        if isinstance(refusal, DocumentRefused):
            await self._database.scrub()
        return in_groups.toast(refusal, way.name) if not message.private else None

    async def _forget_before(self, session: Session, row: Inbox, place: Place, way: Route, now: datetime) -> None:
        """A stamp on any page refuses the whole: what was kept of the earlier ones goes too."""
        is_press = way.kind == "button" and way.name in pasting.READS
        code = str(way.args[0]) if is_press else place.before.notice
        account = await accounts.account(session, place.message.channel, place.message.sender.id)
        if code and account:
            by = By(account.person, now, self._office, row.id)
            await pasting.forget(session, code, way.args.number(1) if is_press else None, by)

    async def fail(self, inbox_id: int, ids: tuple[int, ...], now: datetime, error: Exception) -> None:
        """Log, apologise once, try again later; after the last try the row is dead and the person is told.

        What was answered before something went wrong is done: of that there is a line in the log, and no more.
        """
        reference = f"{inbox_id:X}-{secrets.token_hex(2).upper()}"
        async with self._database.write() as session:
            row = await inbox.get(session, inbox_id)
            reference = row.error or reference
            if row.state in WAITING:
                await self._try_later(session, row, ids, now, error, reference)
        log.error(
            "inbox row %s failed, reference %s", inbox_id, reference,
            exc_info=error, extra={"action": "inbox_failed", "reference": reference},
        )  # fmt: skip

    async def _try_later(
        self, session: Session, row: Inbox, ids: tuple[int, ...], now: datetime, error: Exception, reference: str
    ) -> None:
        first = row.attempts == 0
        row.attempts, row.error = row.attempts + 1, reference
        dead = row.attempts > len(PAUSES) or (isinstance(error, ChannelError) and error.permanent)
        if dead:
            row.state, row.finished_at = "dead", now
        else:
            row.retry_at = now + timedelta(seconds=PAUSES[row.attempts - 1])
        await inbox.like(session, row, ids)
        if first or dead:
            at = IncomingMessage.from_json(row.message).at
            text = general.gave_up(reference, at) if dead else general.trouble(reference)
            await outbox.answer(
                session, channel=row.channel, chat=row.chat, message=OutgoingMessage(text).to_json(),
                inbox_id=row.id, now=now,
            )  # fmt: skip


async def _forget(session: Session, row: Inbox, refusal: DocumentRefused, now: datetime, *, once: bool) -> None:
    """Nothing of a document marked secret is kept: no text, no file id. That it was refused is."""
    message = IncomingMessage.from_json(row.message)
    row.message = replace(message, text="", files=()).to_json()
    if not once:
        return
    account = await accounts.account(session, message.channel, message.sender.id)
    await audit.record(
        session, "secret_refused", now=now, actor=account.person if account else None, details={"mark": refusal.mark}
    )
