"""How the program watches itself: its signs of life, what is late, and what those who keep the office are told of it.

All of it is rows, so that a restart neither forgets an incident nor tells it twice. What is told goes through the
outbox as news: the loop that is late may be the delivery itself, and whoever starts it again sends it on.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from db import Session
from db.models import Inbox, Outbox
from db.queries import vitals as queries
from domain.office import Office
from services.outbox import gate, local_day, tell

VITALS = "vitals"
"""The kind of all messages about the program itself; ``payload["what"]`` says which one."""

LATE, ON_TIME, OUTAGE, CLOCK, RECORD, RESTORED, CORRUPT = (
    "late", "on_time", "outage", "clock", "record", "restored", "corrupt"
)  # fmt: skip

KEPT_OUTSIDE = timedelta(hours=24)
"""How long a platform keeps what it could not hand over (core.telegram.org/bots/api#getting-updates)."""

LONGEST_PAUSE = timedelta(minutes=10)  # no try of ours is put off for longer
POLL = "poll:"

_SLACK = timedelta(seconds=5)  # moments are read before transactions that may overtake each other


# --- telling ---


async def tell_keepers(session: Session, what: str, since: datetime, now: datetime, **facts: Any) -> int:
    """Tell the admins and clerks who can be written to, once for each ``what`` and ``since``.

    Args:
        session: a write transaction.
        what: which message.
        since: what makes the incident this one; aware.
        now: aware.
        facts: what the renderer needs, as JSON.

    Returns:
        how many people that are.
    """
    people = await queries.keepers(session)
    payload = {"what": what, "since": since.isoformat(), **facts}
    await tell(session, people, VITALS, now=now, payload=payload, key=_key(what, since))
    return len(people)


def _key(what: str, since: datetime) -> str:
    return f"{VITALS}:{what}:{since.isoformat()}"


async def heard_of_lateness(session: Session, person_id: int, since: datetime) -> bool:
    """Whether a person was told that reminders are late: who was not need not hear that it is over."""
    return await queries.was_told(session, queries.key_for(_key(LATE, since), person_id))


# --- signs of life ---


@dataclass(frozen=True)
class Outage:
    """A time without a good poll that was longer than a platform keeps messages. Both aware."""

    channel: str
    since: datetime
    until: datetime


async def heard(session: Session, polls: Mapping[str, datetime], now: datetime) -> list[Outage]:
    """Write down the last good polls; an outage that has cost messages is told.

    Args:
        session: a write transaction.
        polls: by channel, aware.
        now: aware.

    Returns:
        the outages that ended with these polls.
    """
    outages = []
    for channel, at in polls.items():
        before = await queries.beat(session, POLL + channel)
        if before is not None and at - before.at > KEPT_OUTSIDE:
            outages.append(Outage(channel, before.at, at))
            await tell_keepers(session, OUTAGE, before.at, now, until=at.isoformat())
        if before is None or at > before.at:
            await queries.note(session, POLL + channel, at)
    return outages


# --- lateness ---


@dataclass(frozen=True)
class Waiting:
    """What has waited for too long. ``since`` is aware: when the longest waiting should have been said."""

    since: datetime
    due: int  # directives whose mention nobody has queued
    queued: int  # messages that nobody has sent


async def overdue_work(session: Session, now: datetime, office: Office, late_after: timedelta) -> Waiting | None:
    """What could have been said by now and was not; None while everything is in time, or may not be said at all.

    Args:
        session: any transaction.
        now: aware.
        office: whose calendar and rhythm count: the night does not make anything late.
        late_after: how long anything may wait.
    """
    since = min(await _since(session, now, office), default=None)
    if since is None or now - since <= late_after:
        return None
    return Waiting(since, *await how_much_waits(session, now, office))


async def how_much_waits(session: Session, now: datetime, office: Office) -> tuple[int, int]:
    """How many directives are due for a mention, and how many messages could be sent now."""
    due = await queries.count_due(session, now) if _reminds(now, office) else 0
    return due, await queries.count_queued(session, _sendable(now, office))


def _sendable(now: datetime, office: Office) -> queries.Sendable:
    """What may be sent now, but for our own words about it."""
    return queries.Sendable(now, local_day(now), gate(now, office, ()).worst, VITALS)


async def _since(session: Session, now: datetime, office: Office) -> list[datetime]:
    today, rhythm = local_day(now), office.rhythm
    found = []
    if _reminds(now, office) and (due := await queries.oldest_due(session, now)):
        found.append(max(due, rhythm.morning_of(today)))
    what = _sendable(now, office)
    if what.worst and (queued := await queries.oldest_queued(session, what)):
        found.append(max(queued, _quiet_ended(now, office)))
    return found


def _reminds(now: datetime, office: Office) -> bool:
    return office.rhythm.may_send(now, office.calendar) and now >= office.rhythm.morning_of(local_day(now))


def _quiet_ended(now: datetime, office: Office) -> datetime:
    """When the quiet hours before a moment that is not quiet ended."""
    until = office.rhythm.quiet_until
    local = office.rhythm.morning_of(local_day(now)).replace(hour=until.hour, minute=until.minute, second=until.second)
    return local if local <= now else local - timedelta(days=1)


async def open_incident(session: Session, waiting: Waiting, now: datetime) -> datetime | None:
    """Reminders are late: the keepers are told once; gives since when, or None where that is known already."""
    known = await queries.beat(session, LATE)
    if known is not None:
        return None
    await queries.note(session, LATE, waiting.since)
    await tell_keepers(session, LATE, waiting.since, now)
    return waiting.since


async def close_incident(session: Session, now: datetime, office: Office) -> datetime | None:
    """Nothing is late any more: those who were told are told; gives since when it was, or None where it was not.

    While nothing may be said, an incident stays: that nobody is being reminded is not over in the evening.
    """
    known = await queries.beat(session, LATE)
    if known is None or not _reminds(now, office):
        return None
    left = await queries.oldest_due(session, now)
    if left is not None and left <= known.at:
        return None
    await queries.forget(session, LATE)
    await tell_keepers(session, ON_TIME, known.at, now, until=now.isoformat())
    return known.at


async def is_late(session: Session, since: datetime) -> bool:
    """Whether the incident that began then goes on."""
    known = await queries.beat(session, LATE)
    return known is not None and known.at == since


# --- the clock and the record ---

PARDON = "clock"  # the sign of life that says up to which audit row moments are known to be wrong


async def ahead_of(session: Session, now: datetime) -> datetime | None:
    """The moment of the newest recorded act where that lies ahead; None while the clock and the record agree.

    Acts up to a row that was pardoned (see ``pardon``) do not count.

    Args:
        session: any transaction.
        now: what the clock says; aware.
    """
    newest = await queries.newest_act(session)
    if newest is None or now + _SLACK >= newest[1]:
        return None
    pardoned = await queries.beat(session, PARDON)
    return None if pardoned and newest[0] <= pardoned.details["row"] else newest[1]


async def pardon(session: Session, now: datetime, by: str) -> datetime | None:
    """The clock is known to be right: what was recorded under later moments was recorded under wrong ones.

    Without this, one act recorded while the clock stood a year ahead would silence everything unasked for a year.

    Args:
        session: a write transaction.
        now: aware; confirmed from outside, or by the operator.
        by: who says so, for the record.

    Returns:
        the moment that was pardoned; None where there was nothing to pardon.
    """
    ahead = await ahead_of(session, now)
    newest = await queries.newest_act(session)
    if ahead is None or newest is None:
        return None
    await queries.note(session, PARDON, now, {"row": newest[0], "by": by, "said": ahead.isoformat()})
    await queries.unretry(session, now + LONGEST_PAUSE)
    await tell_keepers(session, RECORD, ahead, now)
    return ahead


# --- the state of things ---


@dataclass(frozen=True)
class State:
    """What the database says of how the program is doing. All moments aware."""

    beats: Mapping[str, queries.Beat]
    oldest_queued: datetime | None
    oldest_unworked: datetime | None
    late_since: datetime | None
    dead_in: int
    failed_today: int
    uncertain: int


async def state(session: Session, now: datetime, office: Office) -> State:
    """How things stand; bounded questions, also on a large database.

    Args:
        session: any transaction: all answers are of one view.
        now: aware.
        office: whose calendar and rhythm count.
    """
    dead_in, failed = await queries.dead_letters(session, _midnight(now, office))
    return State(
        beats=await queries.beats(session),
        oldest_queued=await queries.oldest_queued(session, _sendable(now, office)),
        oldest_unworked=await queries.oldest_unworked(session, now),
        late_since=min(await _since(session, now, office), default=None),
        dead_in=dead_in,
        failed_today=failed,
        uncertain=await queries.uncertain(session),
    )


def _midnight(now: datetime, office: Office) -> datetime:
    return office.rhythm.morning_of(local_day(now)).replace(hour=0, minute=0, second=0)


@dataclass(frozen=True)
class Counts:
    """How much there is of everything: asked seldom, because it is counted."""

    inbox: Mapping[str, int] = field(default_factory=dict)
    outbox: Mapping[str, int] = field(default_factory=dict)
    repeats: int = 0
    open: int = 0
    overdue: int = 0


async def counts(session: Session, now: datetime) -> Counts:
    """Count inbox and outbox by state, repeats, and open directives."""
    inbox = await queries.states(session, Inbox)
    is_open, overdue = await queries.open_and_overdue(session, local_day(now))
    going_out = await queries.states(session, Outbox)
    return Counts(inbox, going_out, await queries.repeats(session), is_open, overdue)
