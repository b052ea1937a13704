"""One message a person and day: what is due for somebody is folded into it.

A row with today's key goes out today. One whose key ends with "next" waits, for somebody who has had today's or whose
message is put together from many units: the last step of a sweep, or of the next working morning's, makes it today's.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Hashable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from db import Session
from db.models import Outbox
from db.queries import reminders as queries
from db.queries.outbox import BULK, insert_once
from db.queries.reminders import Queued
from services.outbox import local_day

REMINDER = "reminder"  # the message of the day

OWN = "own"  # what a person's own unit has to do
SNOOZED = "snoozed"  # what the person asked to hear again
ESCALATED = "escalated"  # to the office: overdue for days
UNHEARD = "unheard"  # to the office: directives of which nobody of the lead unit can be told
RAISED = "raised"  # to the office: difficulties and proposals that nobody has answered for days
HELPED = "helped"  # what a person's unit helps with and has not answered
DECIDE = "decide"  # what waits for this person's decision
_PARTS = (OWN, SNOOZED, ESCALATED, UNHEARD, RAISED, HELPED, DECIDE)
_NEXT = "next"


@dataclass
class Told:
    """What one person is to hear, by part.

    Attributes:
        parts: ids of directives, in order.
        since: when the oldest of it came due; aware.
        meant_for: when it should have been said; aware. Not the same for what waited for a morning of its own.
    """

    parts: dict[str, dict[int, None]] = field(default_factory=dict)
    since: datetime | None = None
    meant_for: datetime | None = None

    def add(self, part: str, directive_id: int, since: datetime) -> None:
        """One directive more."""
        if part not in self.parts:
            self.parts[part] = {}
        self.parts[part][directive_id] = None
        if self.since is not since:
            self.since = _earlier(self.since, since)
            self.meant_for = _earlier(self.meant_for, since)

    def join(self, row: Queued, now: datetime) -> None:
        """What a row that waits has besides, after what is due now."""
        for part in _PARTS:
            ids = row.payload.get(part) or (row.directives if part == OWN and not _has_parts(row) else ())
            for directive_id in ids:
                self.parts.setdefault(part, {}).setdefault(directive_id)
        self.since = _earlier(self.since, row.since)
        if row.meant_for and not (row.key == _next_key(row.person_id) and local_day(row.meant_for) < local_day(now)):
            self.meant_for = _earlier(self.meant_for, row.meant_for)

    def without(self, said: Collection[int]) -> Told:
        """What of it has not been said."""
        left = {part: dict.fromkeys(i for i in ids if i not in said) for part, ids in self.parts.items()}
        return Told({part: ids for part, ids in left.items() if ids}, self.since, self.meant_for)

    @property
    def directives(self) -> list[int]:
        """All of them, each once."""
        if len(self.parts) == 1:
            return [i for ids in self.parts.values() for i in ids]
        return list(dict.fromkeys(i for part in _PARTS for i in self.parts.get(part, ())))

    def payload(self, now: datetime) -> dict[str, Any]:
        """As the outbox keeps it."""
        moments = {"meant_for": (self.meant_for or now).isoformat(), "since": (self.since or now).isoformat()}
        own = self.parts.get(OWN, {})
        if len(self.parts) == 1 and own:
            return {**moments, OWN: list(own)}
        told = {
            part: list(ids) if part == OWN else [i for i in ids if i not in own] for part, ids in self.parts.items()
        }
        return {**moments, **told}


def _earlier(one: datetime | None, other: datetime | None) -> datetime | None:
    if one is None or other is None:
        return one or other
    return min(one, other)


def _has_parts(row: Queued) -> bool:
    """Rows of an earlier version have none: all is their person's own."""
    return any(part in row.payload for part in _PARTS)


async def fold(session: Session, told: Mapping[int, Told], now: datetime, later: Collection[int] = ()) -> set[int]:
    """Put what is due into each person's message: today's where that is still possible, else the next one.

    Args:
        session: a write transaction.
        told: what each person is to hear.
        now: aware.
        later: people whose message is put together from many units: theirs waits for ``take_up``.

    Returns:
        the directives that somebody is to hear of who has not heard of them today.
    """
    if not told:
        return set()
    special = {*later, *await queries.people_left_over(session, REMINDER, local_day(now))}
    plain = {person: news for person, news in told.items() if news.parts and person not in special}
    fresh = await _all_new(session, plain, now)
    if fresh is None:
        return await _fold_in(session, told, now, later)
    rest = {person: news for person, news in told.items() if person in special}
    said = await _fold_in(session, rest, now, later)
    return said.union(*(row["directives"] for row in fresh))


async def _all_new(session: Session, told: Mapping[int, Told], now: datetime) -> list[dict[str, Any]] | None:
    """Give each person a fresh message of today, where nobody had one; else None, and nothing has happened.

    A morning's thousands, for whom nothing waits, are not looked up one by one.
    """
    if not told:
        return []
    fresh = _rows_of_today(told, now)
    attempt = await session.begin_nested()
    if await insert_once(session, Outbox, fresh, "key") == len(fresh):
        await attempt.commit()
        return fresh
    await attempt.rollback()
    return None


def _rows_of_today(told: Mapping[int, Told], now: datetime) -> list[dict[str, Any]]:
    """A row for each person. Colleagues who hear the same share what it says, which is then written out once."""
    today = local_day(now)
    known: dict[Hashable, dict[str, Any]] = {}
    rows = []
    for person, news in told.items():
        said = tuple([(part, *ids) for part, ids in news.parts.items()]), news.since, news.meant_for
        if (alike := known.get(said)) is None:
            alike = known[said] = _row(person, "", news, now)
        rows.append({**alike, "person_id": person, "key": key_of(REMINDER, person, today)})
    return rows


async def _fold_in(session: Session, told: Mapping[int, Told], now: datetime, later: Collection[int]) -> set[int]:
    """Person by person: what is new joins what is there."""
    if not told:
        return set()
    said: set[int] = set()
    today = local_day(now)
    there = by_person(await queries.with_keys(session, [key_of(REMINDER, person, today) for person in told]))
    waiting = by_person(await queries.left_over(session, REMINDER, today, list(told)))
    changes = _Changes(now)
    for person, news in told.items():
        todays = there[person][0] if there[person] else None
        if todays and todays.state != "queued":
            news = news.without(todays.directives)
        if not news.parts:
            continue
        said.update(news.directives)
        for row in waiting[person]:
            news.join(row, now)
        if todays and todays.state == "queued":
            news.join(todays, now)
            changes.rewrite(todays, news)
            changes.gone += [row.id for row in waiting[person]]
        else:
            key = _next_key(person) if todays or person in later else key_of(REMINDER, person, today)
            changes.put(person, key, news, waiting[person])
    await changes.write(session)
    return said


async def had_today(session: Session, people: Collection[int], now: datetime) -> set[int]:
    """Those whose message of today is no longer waiting."""
    rows = await queries.with_keys(session, [key_of(REMINDER, person, local_day(now)) for person in people])
    return {row.person_id for row in rows if row.state != "queued"}


async def take_up(session: Session, now: datetime, limit: int) -> int:
    """Messages that wait, and those of earlier days that never went out, become today's for who has none yet.

    Args:
        session: a write transaction.
        now: aware.
        limit: about so many at once.

    Returns:
        how many people have theirs now.
    """
    today = local_day(now)
    people = by_person(await queries.left_over(session, REMINDER, today, limit=limit))
    changes = _Changes(now)
    for person, rows in people.items():
        news = Told()
        for row in rows:
            news.join(row, now)
        changes.put(person, key_of(REMINDER, person, today), news, rows)
    await changes.write(session)
    return len(people)


@dataclass
class _Changes:
    """What becomes of the rows, written all together."""

    now: datetime
    fresh: list[dict[str, Any]] = field(default_factory=list)
    changed: list[tuple[int, str, list[int], dict[str, Any]]] = field(default_factory=list)
    gone: list[int] = field(default_factory=list)

    def rewrite(self, row: Queued, news: Told, key: str | None = None) -> None:
        self.changed.append((row.id, key or row.key, news.directives, news.payload(self.now)))

    def put(self, person: int, key: str, news: Told, waiting: Iterable[Queued]) -> None:
        """One row with this key. The one that waits gets it; those of earlier days may be half sent, and end."""
        base = next((row for row in waiting if row.key == _next_key(person) and row.state == "queued"), None)
        if base:
            self.rewrite(base, news, key)
        else:
            self.fresh.append(_row(person, key, news, self.now))
        self.gone += [row.id for row in waiting if row is not base]

    async def write(self, session: Session) -> None:
        await queries.let_go(session, self.gone)
        for row in self.changed:
            await queries.rewrite(session, *row)
        await insert_once(session, Outbox, self.fresh, "key")


def _row(person: int, key: str, news: Told, now: datetime) -> dict[str, Any]:
    return row_of(REMINDER, person, key, news.payload(now), news.directives, now)


def row_of(
    kind: str, person: int, key: str, payload: Mapping[str, Any], directives: list[int], now: datetime
) -> dict[str, Any]:
    """An outbox row that can wait for working hours."""
    return {
        "kind": kind,
        "key": key,
        "person_id": person,
        "payload": dict(payload),
        "directives": directives,
        "priority": BULK,
        "created_at": now,
    }


def key_of(kind: str, person: int, day: date) -> str:
    """What a person gets of a kind on a day is said once."""
    return f"{kind}:{person}:{day.isoformat()}"


def _next_key(person: int) -> str:
    return f"{REMINDER}:{person}:{_NEXT}"


def by_person(rows: Iterable[Queued]) -> dict[int, list[Queued]]:
    """The rows of each person."""
    grouped: dict[int, list[Queued]] = defaultdict(list)
    for row in rows:
        grouped[row.person_id].append(row)
    return grouped
