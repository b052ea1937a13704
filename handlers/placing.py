"""A row of the inbox looked at, before anything is done: who wrote, where they are, and what kind of message it is."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime

from channels.base import IncomingMessage
from db import Session
from db.models import Account, Conversation, Inbox
from db.queries import inbox
from domain.calendar import OFFICE_ZONE
from domain.rights import Role
from handlers import meetings, pasting
from handlers.pace import Who, one_of_us
from handlers.routing import TAKES_TABLES, Route, route
from services import accounts


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

    @property
    def sender(self) -> tuple[str, str]:
        """The account it came from."""
        return self.message.channel, self.message.sender.id

    @property
    def who(self) -> Who:
        """Whose messages it is counted among."""
        return self.sender if self.person_id is None else one_of_us(self.person_id)


@dataclass(frozen=True)
class Seen:
    """Rows that were read when a message was looked at, for the same transaction."""

    row: Inbox
    account: Account | None
    conversation: Conversation  # a fresh one is not in the session yet


async def look(session: Session, inbox_id: int, now: datetime) -> tuple[Place, Seen]:
    """Read who wrote what where, and what it may belong to; nothing is changed."""
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
    if len(message.text) >= pasting.PART_CHARS and way_of(place).kind == "notice":
        pieces = await pasting.gather(session, row, now)
        place = replace(place, message=replace(message, text=pieces.text), pieces=pieces)
    return replace(place, before=await pasting.before(session, account, place.message, now)), seen


def way_of(place: Place) -> Route:
    """What a message is, and so who is to answer it."""
    if place.message.event:
        return Route("event", place.message.event)
    if place.role is None:
        return Route("stranger")
    if place.attested:
        return Route("notice")
    way = route(place.message, place.role, place.step, place.spoken_of, place.about)
    return Route("notice") if way.kind == "report" and place.before.is_tail else way


def needs_nothing(place: Place, way: Route) -> bool:
    """Whether a message is answered by what the database has: it brings no file, and is no text to be read as one."""
    if place.message.files or place.pieces or place.attested or way.kind == "notice":
        return False
    return way.name not in (pasting.READS if way.kind == "button" else TAKES_TABLES if way.kind == "step" else ())


async def has_grown(session: Session, row: Inbox, place: Place, now: datetime) -> bool:
    """Whether more of a pasted text has come since it was read: then it is read again, whole."""
    return place.pieces is not None and await pasting.gather(session, row, now) != place.pieces
