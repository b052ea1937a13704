"""The way of a message: kept, taken in order, understood, carried out and answered in one transaction.

One chat is worked on in order, chats side by side. What fails is tried again with growing pauses and never holds
up the rest; the person gets an apology with a reference, and the row stays.
"""

from __future__ import annotations

import asyncio
import logging
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from channels.base import Channel, ChannelError, IncomingMessage, OutgoingMessage
from db import Database, Session
from db.models import Account, Conversation, Inbox
from db.queries import inbox
from domain.calendar import OFFICE_ZONE
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
    meetings,
    pasting,
    receipts,
    reports,
    start,
    undoing,
)
from handlers.buttons import button
from handlers.intake import Intake, Porter, refuse_secret
from handlers.pace import MINUTE, Pace, Who, one_of_us
from handlers.routing import BUTTONS, COMMANDS, STEPS, TAKES_TABLES, Route, is_addressed, route
from handlers.turn import Answer, Turn, lasting
from services import accounts, audit, filing, notices, outbox
from services.evidence import Store
from services.life import By
from texts import general, labels, refusals
from texts import group_chats as say_in_groups

log = logging.getLogger(__name__)

DEAD_ENDS = (MoveNotAllowed, NotAllowed, NoSuchDirective, NoSuchThing)  # no other answer to the same question helps
SCAN = ("", "scan")  # among the chats worked on, the one scan: it takes minutes, and its chat does not wait for it
SIDE_BY_SIDE = 8  # chats worked on at once
PAUSES = (2, 15, 60, 300)  # seconds between tries; after the last the row is dead
FINISH_S = 10.0  # for messages being worked on when the program stops
IDLE_S = 5.0  # until the inbox is looked at without being woken


@dataclass(frozen=True)
class Place:
    """What is known before anything is done: who wrote, and where they are."""

    message: IncomingMessage
    role: Role | None  # None: a stranger
    step: str | None
    spoken_of: tuple[int, ...]
    about: int | None = None  # the directive the step asks about
    attested: bool = False  # a scan of which somebody has said that it is no secret
    pieces: pasting.Pieces | None = None  # of a long text that came in several messages
    before: pasting.Before = field(default_factory=pasting.Before)  # what a pasted text may be the rest of
    person_id: int | None = None  # None: a stranger

    @property
    def ids(self) -> tuple[int, ...]:
        """The inbox rows that are worked on together, where there are several."""
        return self.pieces.ids if self.pieces else ()


@dataclass(frozen=True)
class Seen:
    """Rows that were read when a message was looked at, for the same transaction."""

    row: Inbox
    account: Account | None
    conversation: Conversation  # a fresh one is not in the session yet


@dataclass
class Begun:
    """How far a message has come when it was looked at."""

    place: Place
    way: Route
    until: datetime | None  # it waits its turn
    is_answered: bool = False


class Router:
    """Works on the inbox.

    Args:
        clock: the moment, aware.
        wake_delivery: called after a commit that may have queued something to say.
    """

    def __init__(
        self,
        database: Database,
        office: Office,
        channels: Mapping[str, Channel],
        porter: Porter,
        store: Store,
        clock: Callable[[], datetime],
        wake_delivery: Callable[[], None] = lambda: None,
    ) -> None:
        self._database = database
        self._office = office
        self._channels = channels
        self._porter = porter
        self._store = store
        self._clock = clock
        self._wake_delivery = wake_delivery
        self._news = asyncio.Event()
        self._is_ending = False
        self._has_traces = False  # of what was taken out of the database
        self._busy: dict[tuple[str, str], asyncio.Task[None]] = {}
        self._held: dict[tuple[str, str], datetime] = {}  # chats in which a paste may go on
        self._pace = Pace(office.messages_per_minute)
        self._resting: dict[tuple[str, str], datetime] = {}  # chats of people who have sent more than that
        self._forgets_at = clock() + MINUTE

    async def keep(self, message: IncomingMessage) -> None:
        """Store what came; returns once it is committed. This is a channel's ``Keep``."""
        async with self._database.write() as session:
            await inbox.keep(session, message.to_json(), self._clock())
        self._held.pop((message.channel, message.chat), None)
        self._news.set()

    def end(self) -> None:
        """Let ``run`` return: messages being worked on are finished, the others wait for the next start."""
        self._is_ending = True
        self._news.set()

    async def run(self) -> None:
        """Work until ``end``, or until cancelled. Rows left from before are taken up first."""
        try:
            while not self._is_ending:
                self._news.clear()
                if not await self._started_some() and not self._is_ending:
                    await self._wait()
            if SCAN in self._busy:  # taken up again at the next start
                self._busy[SCAN].cancel()
            if self._busy:
                await asyncio.wait(list(self._busy.values()), timeout=FINISH_S)
        finally:
            for task in list(self._busy.values()):
                task.cancel()
            await asyncio.gather(*self._busy.values(), return_exceptions=True)

    async def _started_some(self) -> bool:
        try:
            return bool(await self._hand_out())
        except Exception:  # the disk is full, the database busy: what was heard waits, and is taken up when that ends
            log.exception("The inbox cannot be worked on", extra={"action": "inbox_stuck"})
            self._news.clear()
            return False

    async def _wait(self) -> None:
        until = self.waits_until()
        seconds = IDLE_S if until is None else min(IDLE_S, max(0.0, (until - self._clock()).total_seconds()))
        try:
            await asyncio.wait_for(self._news.wait(), seconds)
        except TimeoutError:
            return

    def waits_until(self) -> datetime | None:
        """When the first chat is read again that is not now: more of a text may come, or too much has come."""
        return min([*self._held_now().values(), *self._resting_now().values()], default=None)

    def _resting_now(self) -> dict[tuple[str, str], datetime]:
        now = self._clock()
        self._resting = {chat: until for chat, until in self._resting.items() if until > now}
        if now >= self._forgets_at:
            self._pace.forget(now)
            self._forgets_at = now + MINUTE
        return self._resting

    def _held_now(self) -> dict[tuple[str, str], datetime]:
        now = self._clock()
        self._held = {chat: until for chat, until in self._held.items() if until > now}
        return self._held

    async def drain(self) -> int:
        """Work on everything that waits; gives how many messages that were. For the demo's clock and for tests."""
        done = 0
        while True:
            started = await self._hand_out()
            done += started
            if not self._busy:
                return done
            await asyncio.wait(list(self._busy.values()), return_when=asyncio.FIRST_COMPLETED)

    async def _hand_out(self) -> int:
        """Start on the next row of every free chat; gives how many were started."""
        free = SIDE_BY_SIDE - len(self._busy.keys() - {SCAN})
        apart = self._busy.keys() | self._held_now().keys() | self._resting_now().keys()
        async with self._database.read() as session:
            rows, scan = await inbox.next_of_each_chat(session, self._clock(), apart, max(free, 0))
        started = self._start_scan(scan)
        if free <= 0 and self._busy:
            await asyncio.wait(list(self._busy.values()), return_when=asyncio.FIRST_COMPLETED)
        for inbox_id, channel, chat in rows:
            self._start(inbox_id, (channel, chat))
        return started + len(rows)

    def _start_scan(self, waiting: int | None) -> int:
        """Start on the oldest scan that waits, where none is worked on; gives how many that is."""
        if SCAN in self._busy or waiting is None:
            return 0
        self._start(waiting, SCAN)
        return 1

    def _start(self, inbox_id: int, place: tuple[str, str]) -> None:
        task = asyncio.create_task(self._work(inbox_id), name=f"inbox-{inbox_id}")
        self._busy[place] = task
        task.add_done_callback(lambda _: self._free(place))

    def _free(self, place: tuple[str, str]) -> None:
        self._busy.pop(place, None)
        self._news.set()

    # --- one message ---

    async def _work(self, inbox_id: int) -> None:
        now = self._clock()
        place = None
        try:
            begun = await self._begin(inbox_id, now)
            place = begun.place
            if place.pieces and place.pieces.ready_at:
                self._held[place.message.channel, place.message.chat] = place.pieces.ready_at
                await self._channels[place.message.channel].typing(place.message.chat)
            elif begun.until is not None:
                await self._hold_back(inbox_id, place, begun.until, now)
            elif not begun.is_answered:
                await self._answer_one(inbox_id, place, begun.way, now)
        except Exception as error:
            await self._put_aside(inbox_id, place.ids if place else (), now, error)
        self._wake_delivery()

    async def _begin(self, inbox_id: int, now: datetime) -> Begun:
        """Look at a message; most are answered in the same transaction: nothing is fetched or read for them first."""
        toast = None
        try:
            async with self._database.write() as session:
                place, seen = await self._look(session, inbox_id, now)
                begun = Begun(place, _way(place), self._rests_until(place, now))
                if begun.until is None and _needs_nothing(place, begun.way):
                    begun.is_answered = True
                    refuse_secret(place.message.text, ())
                    toast = await self._carry_out(session, inbox_id, place, begun.way, Intake(), now, seen)
        except Refusal as refusal:
            toast = await self._refuse(inbox_id, place, begun.way, refusal, now)
        if begun.is_answered:
            await self._close(place, toast)
        return begun

    def _rests_until(self, place: Place, now: datetime) -> datetime | None:
        """Until when somebody waits who has sent more than one may in a minute; else the message is counted."""
        if place.attested or (place.pieces and place.pieces.ready_at):
            return None
        return self._pace.take(_who(place), now)

    async def _hold_back(self, inbox_id: int, place: Place, until: datetime, now: datetime) -> None:
        """What is beyond is kept, and read in its turn."""
        message = place.message
        is_told = self._pace.is_to_be_told(_who(place), now)
        if message.private:
            self._resting[message.channel, message.chat] = until
        if is_told or not message.private:
            async with self._database.write() as session:
                await self._let_wait(session, inbox_id, place, until, now, is_told=is_told)

    async def _let_wait(
        self, session: Session, inbox_id: int, place: Place, until: datetime, now: datetime, *, is_told: bool
    ) -> None:
        """In a group the others go on: this row alone waits there."""
        message = place.message
        if not message.private:
            (await inbox.get(session, inbox_id)).retry_at = until
        elif is_told and place.role is not None:
            said = OutgoingMessage(general.in_turn()).to_json()
            await outbox.answer(
                session, channel=message.channel, chat=message.chat, message=said, inbox_id=inbox_id, now=now
            )

    async def _put_aside(self, inbox_id: int, ids: tuple[int, ...], now: datetime, error: Exception) -> None:
        try:
            await self._fail(inbox_id, ids, now, error)
        except Exception:  # not even that can be written down: this chat rests, the row stays as it was
            log.exception("Inbox row %s cannot be put aside", inbox_id, extra={"action": "inbox_stuck"})
            await asyncio.sleep(IDLE_S)

    async def _look(self, session: Session, inbox_id: int, now: datetime) -> tuple[Place, Seen]:
        row = await inbox.get(session, inbox_id)
        message = IncomingMessage.from_json(row.message)
        account = await accounts.account(session, message.channel, message.sender.id)
        there = await inbox.conversation(session, message.channel, message.chat, message.sender.id, now, add=False)
        answered = message.reply_to or ""
        spoken_of = await inbox.spoken_of(session, message.channel, message.chat, answered) if answered else ()
        role = Role(account.person.role) if account else None
        about = (there.data or {}).get("about")
        person_id = account.person_id if account else None
        today = now.astimezone(OFFICE_ZONE).date()
        step = there.step or (meetings.step_of(there.data, today) if role is Role.CLERK else None)
        place = Place(message, role, step, spoken_of, about, row.state == "scan", person_id=person_id)
        seen = Seen(row, account, there)
        if account is None or role is not Role.CLERK or not pasting.is_pasted(message):
            return place, seen
        if len(message.text) >= pasting.PART_CHARS and _way(place).kind == "notice":
            pieces = await pasting.gather(session, row, now)
            place = replace(place, message=replace(message, text=pieces.text), pieces=pieces)
        return replace(place, before=await pasting.before(session, account, place.message, now)), seen

    async def _answer_one(self, inbox_id: int, place: Place, way: Route, now: datetime) -> None:
        try:
            brought = await self._receive(place, way, self._channels[place.message.channel])
            async with self._database.write() as session:
                toast = await self._carry_out(session, inbox_id, place, way, brought, now)
        except Refusal as refusal:
            toast = await self._refuse(inbox_id, place, way, refusal, now)
        await self._close(place, toast)

    async def _close(self, place: Place, toast: str | None) -> None:
        """What comes after the transaction."""
        if self._has_traces:
            self._has_traces = False
            await self._database.scrub()
        if place.message.press:
            await self._channels[place.message.channel].toast(place.message.press, toast or "")

    async def _receive(self, place: Place, way: Route, channel: Channel) -> Intake:
        for text in (*(place.pieces.parts if place.pieces else ()), place.message.text):
            refuse_secret(text, (f.name for f in place.message.files))
        if way.kind == "notice" and place.before.mark and not place.attested:
            raise DocumentRefused(place.before.mark)
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

    async def _carry_out(
        self,
        session: Session,
        inbox_id: int,
        place: Place,
        way: Route,
        brought: Intake,
        now: datetime,
        seen: Seen | None = None,
    ) -> str | None:
        row = seen.row if seen else await inbox.get(session, inbox_id)
        if row.state not in {"new", "scan"} or await _has_grown(session, row, place, now):
            return None
        message = place.message
        if message.event:
            await self._say(session, row, await self._happened(session, inbox_id, place, now), now)
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
        await self._say(session, row, turn.answers, now, None if message.private else account.chat)
        row.state = turn.leaves
        await inbox.like(session, row, place.ids)
        self._has_traces |= turn.leaves_no_trace
        return turn.toast

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
            await self._say(session, row, hint, now)
            return say_in_groups.NOT_LINKED
        if code is None:
            greeting = [Answer(OutgoingMessage(general.stranger()))]
            greets = self._pace.greets(_sender(message), now)
            await self._say(session, row, greeting if greets else [], now)
            return None
        await accounts.redeem(session, code[0], message.channel, message.sender.id, message.chat, now)
        account = await accounts.account(session, message.channel, message.sender.id)
        assert account is not None  # noqa: S101  (just linked)
        turn = await self._turn(
            session, row.id, Place(message, Role(account.person.role), None, ()), account, Intake(), now
        )
        await start.welcome(turn)
        await self._say(session, row, turn.answers, now)
        return None

    async def _say(
        self, session: Session, row: Inbox, answers: list[Answer], now: datetime, home: str | None = None
    ) -> None:
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

    # --- what is not done ---

    async def _refuse(self, inbox_id: int, place: Place, way: Route, refusal: Refusal, now: datetime) -> str | None:
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
                await self._forget_before(session, row, place, way, now)
            if way.kind == "step" and isinstance(refusal, DEAD_ENDS):
                talk = await inbox.conversation(session, message.channel, message.chat, message.sender.id, now)
                talk.step, talk.data = None, lasting(talk)
            account = await accounts.account(session, message.channel, message.sender.id)
            if account is not None:
                await receipts.note(session, message, account.person, now, inbox_id, refused=True)
            is_press = message.button is not None
            is_silent = isinstance(refusal, TooManyTries) and not self._pace.greets(_sender(message), now)
            is_silent |= is_press and not message.private
            answers = [] if is_silent else [Answer(OutgoingMessage(text, rows))]
            home = account.chat if account and not message.private else None
            await self._say(session, row, answers, now, home)
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

    async def _fail(self, inbox_id: int, ids: tuple[int, ...], now: datetime, error: Exception) -> None:
        """Log once, apologise once, try again later; after the last try the row is dead and the person is told."""
        reference = f"{inbox_id:X}-{secrets.token_hex(2).upper()}"
        async with self._database.write() as session:
            row = await inbox.get(session, inbox_id)
            first = row.attempts == 0
            reference = row.error or reference
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
                    inbox_id=inbox_id, now=now,
                )  # fmt: skip
        log.error(
            "inbox row %s failed, reference %s", inbox_id, reference,
            exc_info=error, extra={"action": "inbox_failed", "reference": reference},
        )  # fmt: skip


def _sender(message: IncomingMessage) -> tuple[str, str]:
    return message.channel, message.sender.id


def _who(place: Place) -> Who:
    return _sender(place.message) if place.person_id is None else one_of_us(place.person_id)


def _needs_nothing(place: Place, way: Route) -> bool:
    """Whether a message is answered by what the database has: it brings no file, and is no text to be read as one."""
    if place.message.files or place.pieces or place.attested or way.kind == "notice":
        return False
    return way.name not in (pasting.READS if way.kind == "button" else TAKES_TABLES if way.kind == "step" else ())


def _way(place: Place) -> Route:
    if place.message.event:
        return Route("event", place.message.event)
    if place.role is None:
        return Route("stranger")
    if place.attested:
        return Route("notice")
    way = route(place.message, place.role, place.step, place.spoken_of, place.about)
    return Route("notice") if way.kind == "report" and place.before.is_tail else way


async def _has_grown(session: Session, row: Inbox, place: Place, now: datetime) -> bool:
    """Whether more of a pasted text has come since it was read: then it is read again, whole."""
    return place.pieces is not None and await pasting.gather(session, row, now) != place.pieces


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
