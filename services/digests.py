"""The messages that the clock alone calls for: leaders' digests, unanswered explanations, the list of who is silent.

A leader gets a digest each working morning and, who wants it, a second one towards evening; each part once a day.
"""

from __future__ import annotations

from datetime import datetime, time
from typing import Any

from db import Session
from db.models import Outbox, Person
from db.queries import digests as queries
from db.queries.digests import Due, Reader
from db.queries.outbox import BULK, insert_once
from domain.calendar import OFFICE_ZONE
from domain.digests import Part
from domain.errors import HourNotUsable
from domain.office import Office
from services import absences, audit, explaining, reachability
from services.life import By
from services.outbox import local_day, tell

DIGEST = "digest"  # the digest that comes by itself
ASKED = "digest_asked"  # the one that somebody asked for
DIGESTS = (DIGEST, ASKED)
CHANGED = "digest_time"  # the audit's word for other hours
FIRST = 0  # priority of an answer
NOON = time(12)
NOTHING, ANYTHING = Due(False, False, False), Due(True, True, True)


async def what_is_due(session: Session, now: datetime, office: Office) -> Due:
    """What ``queue_digests`` may have to queue: asked first and in one question, as nearly always there is nothing."""
    if not office.rhythm.may_send(now, office.calendar):
        return NOTHING
    today = local_day(now)
    week = reachability.week_of(today, office)
    hour = queries.Hour(
        today=today,
        at=now.astimezone(OFFICE_ZONE).time(),
        morning=office.rhythm.morning,
        is_working=now >= office.rhythm.morning_of(today),
        week=week.opening if now >= week.opening else None,
        week_key=week.key,
        is_first_day=today == local_day(week.opening),
    )
    return await queries.what_is_due(session, hour, DIGEST, Part.EVENING)


async def queue_digests(session: Session, now: datetime, office: Office, due: Due = ANYTHING) -> int:
    """Queue what is said at an hour of the day and not because something happened.

    Args:
        session: a write transaction.
        now: aware.
        office: whose calendar and rhythm count.
        due: what is to be looked for.

    Returns:
        how many messages were queued.
    """
    if not office.rhythm.may_send(now, office.calendar):
        return 0
    queued = await _queue_leaders(session, now, office) if due.digest else 0
    queued += await explaining.remind(session, now, office) if due.explanation else 0
    return queued + (await reachability.queue_weekly(session, now, office) if due.silence else 0)


async def _queue_leaders(session: Session, now: datetime, office: Office) -> int:
    """The digest of each leader whose time has come. One that still waits gives way to it."""
    wanted = {}
    readers = await queries.readers(session)
    away = await absences.standing_in(session, [reader.id for reader in readers], local_day(now))
    for reader in readers:
        if reader.id in away:  # who stands in reads of both fields in one digest
            continue
        if (due := _due(reader, now, office)) is not None:
            wanted[_key(reader.id, due[0], now)] = (reader, *due)
    for key in await queries.known_keys(session, list(wanted)):
        del wanted[key]
    await queries.let_go(session, DIGEST, [reader.id for reader, *_ in wanted.values()])
    rows = [_row(key, *one, now) for key, one in wanted.items()]
    return await insert_once(session, Outbox, rows, "key")


def _due(reader: Reader, now: datetime, office: Office) -> tuple[Part, datetime] | None:
    """Which digest is due now, and since when: in the evening the morning's is not made up for."""
    local = now.astimezone(OFFICE_ZONE)
    for part, hour in ((Part.EVENING, reader.evening), (Part.MORNING, reader.morning or office.rhythm.morning)):
        if hour is not None and hour <= local.time():
            meant_for = datetime.combine(local.date(), hour, OFFICE_ZONE)
            return part, max(meant_for, min(reader.linked_at, now))
    return None


def _key(person: int, part: Part, now: datetime) -> str:
    """What a person gets of a part on a day is said once; the key ends with the day it may be sent on."""
    middle = f":{part}" if part is Part.EVENING else ""
    return f"{DIGEST}{middle}:{person}:{local_day(now).isoformat()}"


def _row(key: str, reader: Reader, part: Part, meant_for: datetime, now: datetime) -> dict[str, Any]:
    return {
        "kind": DIGEST,
        "key": key,
        "person_id": reader.id,
        "payload": {"part": part, "meant_for": meant_for.isoformat()},
        "directives": [],
        "priority": BULK,
        "created_at": now,
    }


async def ask(session: Session, person: Person, now: datetime) -> None:
    """Queue a digest for who asks for one; it is put into words when it is sent, as the picture takes its time."""
    await tell(session, [person.id], ASKED, now=now, payload={"part": Part.ASKED}, priority=FIRST)


async def last_sent(session: Session, person: Person, before: datetime) -> datetime | None:
    """When a person got their last digest, whether it came by itself or was asked for."""
    return await queries.last_sent(session, person.id, DIGESTS, before)


async def set_hour(session: Session, part: Part, hour: time | None, by: By) -> None:
    """Choose when a digest comes. None: in the morning at the office's hour, in the evening not at all.

    Raises:
        HourNotUsable: nothing is sent at that hour, or it is not of that half of the day.
    """
    person, rhythm = by.person, by.office.rhythm
    if hour is not None and _is_unusable(part, hour, by):
        raise HourNotUsable(hour, rhythm.quiet_until, rhythm.quiet_from)
    before = {"morning": _written(person.digest_time), "evening": _written(person.evening_time)}
    if part is Part.EVENING:
        person.evening_time = hour
    else:
        person.digest_time = hour
    after = {"morning": _written(person.digest_time), "evening": _written(person.evening_time)}
    if after != before:
        details = {"before": before, "after": after}
        await audit.record(session, CHANGED, now=by.now, actor=person, details=details, inbox_id=by.inbox_id)


def _is_unusable(part: Part, hour: time, by: By) -> bool:
    at = datetime.combine(local_day(by.now), hour, OFFICE_ZONE)
    return by.office.rhythm.is_quiet(at) or (hour >= NOON) != (part is Part.EVENING)


def _written(hour: time | None) -> str | None:
    return hour.isoformat("minutes") if hour else None
