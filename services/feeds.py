"""Private links under which a unit's deadlines are fetched by the calendars of its people.

Whoever has a link reads them, without an account: so only its hash is kept, it is shown once, and it is revoked alone.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import func, select

from db import Session
from db.models import Directive, Feed, Person, Transition, Unit
from domain.calendar import OfficeCalendar
from domain.errors import NoSuchThing, NotAllowed, TooManyFeeds
from domain.lifecycle import OPEN
from domain.rights import Action, Role, Standing, may
from domain.views import DirectiveView
from services import audit, posts, show
from services.accounts import LINK_ENDED
from services.life import By

SECRET_BYTES = 20  # 160 bits, 27 characters of [A-Za-z0-9_-]
MOST = 10  # links of one unit that hold at a time
NOTED_EVERY = timedelta(hours=1)  # fetching is noted no more often than that: calendars fetch all day
MADE, REVOKED = "feed_made", LINK_ENDED
HAND_OUT = "calendar_feed"  # what is refused, by name


@dataclass(frozen=True)
class Link:
    """A link that holds, as it is shown to those who may revoke it."""

    code: str
    made_by: str
    made_at: datetime
    read_at: datetime | None


@dataclass(frozen=True)
class Due:
    """An open directive of the unit that has a deadline, and how it has changed so far."""

    view: DirectiveView
    uid: str
    changes: int
    changed_at: datetime


def hash_of(secret: str) -> str:
    """What is kept of a secret."""
    return hashlib.sha256(secret.encode()).hexdigest()


# --- who may ---


async def may_hand_out(session: Session, person: Person, unit_id: int) -> bool:
    """Whether a person may hand out a unit's deadlines: who answers for it, and the office."""
    if may(Action.READ_NOTICES, Standing(Role(person.role))):
        return True
    mine = [post for post in await posts.of_person(session, person) if post.unit_id == unit_id and not post.is_past]
    return person.active and any(may(Action.REPORT, Standing(post.role, own_unit=True)) for post in mine)


async def check(session: Session, person: Person, unit_id: int) -> None:
    """Let pass who may hand out a unit's deadlines.

    Raises:
        NotAllowed: the person does not answer for the unit, and is not of the office.
    """
    if not await may_hand_out(session, person, unit_id):
        raise NotAllowed(HAND_OUT)


async def _holds(session: Session, feed: Feed) -> bool:
    """Whether who made a link still answers for its unit: it goes with them, whichever way they leave."""
    maker = await session.get_one(Person, feed.made_by)
    return feed.revoked_at is None and maker.active and await may_hand_out(session, maker, feed.unit_id)


async def own_units(session: Session, person: Person) -> list[Unit]:
    """The units a person may hand out without naming one, their own first."""
    units = [
        post.unit_id
        for post in await posts.of_person(session, person)
        if not post.is_past and may(Action.REPORT, Standing(post.role, own_unit=True))
    ]
    return [await session.get_one(Unit, unit) for unit in dict.fromkeys(units)]


# --- links ---


async def make(session: Session, unit: Unit, by: By) -> tuple[Feed, str]:
    """A new link to a unit's deadlines.

    Returns:
        the link's row and its secret, which is kept nowhere.

    Raises:
        NotAllowed: the person does not answer for the unit, and is not of the office.
        TooManyFeeds: as many hold already as may.
    """
    await check(session, by.person, unit.id)
    if len(await _holding(session, unit.id)) >= MOST:
        raise TooManyFeeds(MOST)
    secret = secrets.token_urlsafe(SECRET_BYTES)
    feed = Feed(unit_id=unit.id, secret_hash=hash_of(secret), made_by=by.person.id, made_at=by.now)
    session.add(feed)
    await session.flush()
    await _record(session, MADE, feed, unit, by)
    return feed, secret


async def revoke(session: Session, code: str, by: By) -> Unit:
    """Nothing is found under a link any more; whose it was.

    Raises:
        NoSuchThing: there is none, or it was revoked before.
        NotAllowed: the person does not answer for the unit, and is not of the office.
    """
    feed = await session.scalar(select(Feed).where(Feed.code == code, Feed.revoked_at.is_(None)))
    if feed is None:
        raise NoSuchThing
    await check(session, by.person, feed.unit_id)
    feed.revoked_at = by.now
    unit = await session.get_one(Unit, feed.unit_id)
    await _record(session, REVOKED, feed, unit, by)
    return unit


async def _record(session: Session, event: str, feed: Feed, unit: Unit, by: By) -> None:
    await audit.record(
        session,
        event,
        now=by.now,
        actor=by.person,
        inbox_id=by.inbox_id,
        details={"unit": unit.name, "feed": feed.code},
    )


async def _holding(session: Session, unit_id: int) -> Sequence[Feed]:
    query = select(Feed).where(Feed.unit_id == unit_id, Feed.revoked_at.is_(None)).order_by(Feed.id)
    return [feed for feed in await session.scalars(query) if await _holds(session, feed)]


async def links(session: Session, unit_id: int) -> list[Link]:
    """The links of a unit that hold, the oldest first."""
    found = await _holding(session, unit_id)
    makers = {feed.made_by for feed in found}
    rows = await session.execute(select(Person.id, Person.name).where(Person.id.in_(makers)))
    names = dict(rows.all())
    return [Link(feed.code, names[feed.made_by], feed.made_at, feed.read_at) for feed in found]


# --- fetching ---


async def by_secret(session: Session, secret: str) -> Feed | None:
    """The link of a secret, while it holds."""
    wanted = hash_of(secret)
    feed = await session.scalar(select(Feed).where(Feed.secret_hash == wanted))
    kept = feed.secret_hash if feed else "0" * len(wanted)
    is_it = hmac.compare_digest(kept, wanted)
    return feed if feed is not None and is_it and await _holds(session, feed) else None


def is_worth_noting(feed: Feed, now: datetime) -> bool:
    """Whether the last fetching that was noted is long ago."""
    return feed.read_at is None or now - feed.read_at >= NOTED_EVERY


async def note_reading(session: Session, code: str, now: datetime) -> None:
    """Keep when a link was last fetched: whoever may revoke it sees whether anybody uses it."""
    feed = await session.scalar(select(Feed).where(Feed.code == code))
    if feed is not None:
        feed.read_at = now


async def due(session: Session, unit_id: int, today: date, calendar: OfficeCalendar) -> list[Due]:
    """The open directives that a unit leads and that have a deadline, the earliest first."""
    query = (
        select(Directive)
        .where(Directive.lead_unit_id == unit_id, Directive.state.in_(OPEN), Directive.last_day.is_not(None))
        .order_by(Directive.last_day, Directive.id)
    )
    found = list(await session.scalars(query))
    changes = await _changes(session, [d.id for d in found])
    views = await show.views(session, found, today, calendar)
    return [
        Due(view, _uid(d), *changes.get(d.id, (0, d.issued_at or d.made_at)))
        for d, view in zip(found, views, strict=True)
    ]


def _uid(directive: Directive) -> str:
    """Of the code that buttons carry, and not that code: the calendar's owner may be anybody."""
    return hashlib.sha256(f"ics {directive.code}".encode()).hexdigest()[:32]


async def _changes(session: Session, ids: Sequence[int]) -> dict[int, tuple[int, datetime]]:
    """How often each directive has changed so far, and when it last did."""
    query = (
        select(Transition.directive_id, func.count(), func.max(Transition.at))
        .where(Transition.directive_id.in_(ids))
        .group_by(Transition.directive_id)
    )
    return {number: (count, last) for number, count, last in await session.execute(query) if number is not None}
