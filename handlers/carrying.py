"""One message carried out: what it brings is read, its handler called, the answer written, in one transaction."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from channels.base import Channel, OutgoingMessage
from db import Database, Session
from db.models import Account, Inbox
from db.queries import inbox, vitals
from domain.errors import DocumentRefused
from domain.office import Office
from domain.rights import Role
from handlers import (
    attesting,
    combining,
    drafts,
    evidence,
    group_chats,
    importing,
    in_groups,
    liking,
    pasting,
    receipts,
    reports,
    start,
    undoing,
)
from handlers.intake import Intake, Porter, refuse_secret
from handlers.pace import Pace
from handlers.placing import Place, Seen, has_grown
from handlers.routing import BUTTONS, COMMANDS, STEPS, TAKES_TABLES, Route, is_addressed
from handlers.turn import Answer, Turn
from services import accounts, filing, notices, outbox
from services.evidence import Store
from services.life import By
from texts import general, refusals
from texts import group_chats as say_in_groups


class Carrying:
    """Carries out what was looked at.

    Args:
        porter: fetches and reads files.
        pace: knows which strangers were greeted lately.
    """

    def __init__(
        self,
        database: Database,
        office: Office,
        channels: Mapping[str, Channel],
        porter: Porter,
        store: Store,
        pace: Pace,
    ) -> None:
        self._database = database
        self._office = office
        self._channels = channels
        self._porter = porter
        self._store = store
        self._pace = pace
        self._has_traces = False  # of what was taken out of the database

    async def receive(self, place: Place, way: Route, channel: Channel) -> Intake:
        """Fetch and read what a message brings, before the transaction."""
        for text in (*(place.pieces.parts if place.pieces else ()), place.message.text):
            refuse_secret(text, (f.name for f in place.message.files))
        if way.kind == "notice" and place.before.mark and not place.attested:
            raise DocumentRefused(place.before.mark, before=True)
        if way.kind == "button" and way.name in pasting.READS:
            async with self._database.read() as session:
                text = await pasting.text_of(session, place.message, way.name, way.args)
            return await self._porter.receive(replace(place.message, text=text), channel, as_notice=True)
        if way.kind == "notice" and place.before.notice:
            return Intake()
        if way.kind in {"stranger", "silence", "button", "command", "event"}:
            return Intake()
        if place.message.files or way.kind == "notice":
            await channel.typing(place.message.chat)
        if place.attested:
            async with attesting.Pages(channel, place.message.chat, place.message.pressed_on) as pages:
                return await self._porter.receive(place.message, channel, as_notice=True, attested=True, progress=pages)
        as_table = way.kind == "step" and way.name in TAKES_TABLES
        return await self._porter.receive(place.message, channel, as_notice=way.kind == "notice" or as_table)

    async def carry_out(
        self,
        session: Session,
        inbox_id: int,
        place: Place,
        way: Route,
        brought: Intake,
        now: datetime,
        seen: Seen | None = None,
    ) -> str | None:
        """Do what a message asks, in the caller's transaction; gives a toast. What was answered meanwhile is left."""
        row = seen.row if seen else await inbox.get(session, inbox_id)
        if row.state not in {"new", "scan"} or await has_grown(session, row, place, now):
            return None
        message = place.message
        if message.event:
            await say(session, row, await self._happened(session, inbox_id, place, now), now)
            return None
        if not message.private and not is_addressed(message, place.spoken_of):  # what members say is not ours to keep
            row.message = replace(message, text="", files=()).to_json()
        account = seen.account if seen else await accounts.account(session, message.channel, message.sender.id)
        if account is None:
            return await self._meet_stranger(session, row, place, now)
        await accounts.heard_from(account, message.chat if message.private else None, now)
        turn = await self._turn(session, inbox_id, place, account, brought, now, seen)
        await receipts.note(session, message, account.person, now, inbox_id)
        if await in_groups.turned_away(turn, way.kind):
            pass
        elif message.text or not brought.is_refused:
            await self._handle(turn, way, brought, place)
        await undoing.offer(turn, self._database)
        await evidence.say_trouble(turn, brought.trouble)
        if message.unsupported and message.text:
            turn.say(general.unsupported(message.unsupported))
        await in_groups.settle(turn, way.kind, way.name)
        await undoing.offer_there(turn, self._database)
        turn.conversation.updated_at = now
        await say(session, row, turn.answers, now, None if message.private else account.chat)
        row.state = turn.leaves
        await inbox.like(session, row, place.ids)
        if turn.leaves_no_trace:
            await vitals.mark_traces(session, now)
            self._has_traces = True
        return turn.toast

    async def close(self, place: Place, toast: str | None) -> None:
        """What comes after the transaction."""
        if self._has_traces:
            self._has_traces = False
            await self._database.scrub()
        if place.message.press:
            await self._channels[place.message.channel].toast(place.message.press, toast or "")

    async def _happened(self, session: Session, inbox_id: int, place: Place, now: datetime) -> list[Answer]:
        """Nothing was said: a group changed, or a thumb was put under a message."""
        message = place.message
        if message.event != liking.LIKED:
            return await group_chats.happened(session, message, now)
        account = await accounts.account(session, message.channel, message.sender.id)
        who = By(account.person, now, self._office, inbox_id) if account else None
        return await liking.liked(session, message, place.spoken_of, who)

    async def _turn(
        self,
        session: Session,
        inbox_id: int,
        place: Place,
        account: Account,
        brought: Intake,
        now: datetime,
        seen: Seen | None = None,
    ) -> Turn:
        message = place.message
        home = message.chat if message.private else account.chat  # steps begun in a group go on in private
        if seen and home == message.chat:
            there = seen.conversation
            session.add(there)
        else:
            there = await inbox.conversation(session, message.channel, home, message.sender.id, now)
        return Turn(
            session=session,
            office=self._office,
            person=account.person,
            message=message,
            conversation=there,
            now=now,
            inbox_id=inbox_id,
            store=self._store,
            spoken_of=place.spoken_of,
            files=brought.files,
            prepared=brought.tables or brought.notices,
            invite_link=self._channels[message.channel].invite_link,
        )

    async def _handle(self, turn: Turn, way: Route, brought: Intake, place: Place) -> None:
        match way.kind:
            case "button":
                await BUTTONS[way.name](turn, way.args)
                await combining.weave(turn)
            case "command":
                if turn.message.private:
                    turn.finish()
                await COMMANDS[way.name](turn)
            case "step":
                await STEPS[way.name](turn)
            case "notice" if brought.asks:
                await attesting.ask(turn)
            case "notice" if place.before.notice:
                await pasting.ask(turn, place.before.notice, place.ids)
            case "notice":
                await self._file_notices(turn, brought, place)
            case "report":
                message = turn.message  # a picture alone, or a correction, answers nothing that was asked
                if message.text and message.private and not message.edited:
                    turn.finish()
                await reports.listen(turn)
            case _:
                self._say_simply(turn, way)

    def _say_simply(self, turn: Turn, way: Route) -> None:
        match way.kind:
            case "unsupported":
                turn.say(general.unsupported(way.name))
            case "unknown_command":
                turn.say(general.command_unknown(f"/{way.name}"))
            case "stale":
                turn.toast = refusals.STALE
            case _:
                return

    async def _file_notices(self, turn: Turn, brought: Intake, place: Place) -> None:
        by = By(turn.person, turn.now, turn.office, turn.inbox_id)
        for read in brought.notices:
            sent = notices.SentFile(read.sha256, read.name) if read.sha256 else None
            pasted = () if turn.message.files else place.ids or (turn.inbox_id,)
            notice = await filing.file(turn.session, read.notice, by, sent, pasted)
            await drafts.show_summary(turn, notice)
        for table in brought.tables:
            await importing.begin(turn, table)

    async def _meet_stranger(self, session: Session, row: Inbox, place: Place, now: datetime) -> str | None:
        """A code links the account; anything else gets one polite sentence, in a group once. Gives a toast."""
        message = place.message
        code = accounts.CODE.search(message.text)
        if not message.private:
            is_for_us = message.button is None and is_addressed(message, place.spoken_of)
            hint = await in_groups.meet_stranger(session, message, now) if is_for_us else []
            await say(session, row, hint, now)
            return say_in_groups.NOT_LINKED
        if code is None:
            greeting = [Answer(OutgoingMessage(general.stranger()))]
            greets = self._pace.greets(place.sender, now)
            await say(session, row, greeting if greets else [], now)
            return None
        await accounts.redeem(session, code[0], message.channel, message.sender.id, message.chat, now)
        account = await accounts.account(session, message.channel, message.sender.id)
        assert account is not None  # noqa: S101  (just linked)
        turn = await self._turn(
            session, row.id, Place(message, Role(account.person.role), None, ()), account, Intake(), now
        )
        await start.welcome(turn)
        await say(session, row, turn.answers, now)
        return None


async def say(session: Session, row: Inbox, answers: list[Answer], now: datetime, home: str | None = None) -> None:
    """Queue answers; where there is a ``home``, all but what is meant for the group goes there."""
    for one in answers:
        is_moved = home is not None and not one.here
        message = replace(one.message, replaces=None, reply_to=None) if is_moved else one.message
        await outbox.answer(
            session,
            channel=row.channel,
            chat=home if home is not None and is_moved else row.chat,
            message=message.to_json(),
            directives=one.directives,
            inbox_id=row.id,
            now=now,
            payload=one.payload,
        )
    row.state, row.finished_at = "done", now
