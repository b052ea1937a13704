"""Hearing of a directive again at a moment of one's own: asked for by a button, said once, visible in the history."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import Any

from db import Session
from db.models import Directive, Outbox, Person
from db.queries import snoozes as queries
from db.queries.outbox import insert_once
from db.queries.snoozes import Taken
from domain.errors import MoveNotAllowed
from domain.lifecycle import WITH_UNIT
from domain.office import Office
from domain.rights import Action
from domain.snoozing import Later, chosen
from services import audit, people
from services.life import By
from services.outbox import NEWS, local_day

SNOOZED = "snoozed"  # an outbox row: what a person asked to hear again this afternoon
ASKED = "snooze"  # the audit's word


# --- asking ---


async def snooze(session: Session, directive: Directive, later: Later, by: By) -> datetime:
    """Remind this person again, besides what the ladder says. The same asked twice is one.

    Args:
        session: a write transaction.
        directive: one the person may see, with its unit.
        later: when.
        by: who asks.

    Returns:
        the moment, aware.

    Raises:
        NotAllowed: the directive is not theirs to see.
        MoveNotAllowed: the unit does not have it in hand, so nobody is reminded of it.
        SnoozeNotToday: this afternoon is over, or nobody works today.
        SnoozePastDeadline: the deadline would pass before it.
        SnoozeOverdue: it is overdue, and is not put off to another day.
    """
    await people.check(session, by, directive, Action.SEE)
    if directive.state not in WITH_UNIT:
        raise MoveNotAllowed(directive.state, ASKED)
    office = by.office
    until = chosen(later, by.now, directive.last_day, directive.deadline_time, office.calendar, office.rhythm)
    if await queries.keep(session, directive.id, by.person.id, until, by.now):
        await audit.record(
            session, ASKED, now=by.now, directive=directive, actor=by.person,
            details={"snoozed": until.isoformat()}, inbox_id=by.inbox_id,
        )  # fmt: skip
    return until


# --- saying ---


async def take_due(
    session: Session, now: datetime, *, after: datetime | None = None, up_to: datetime | None = None, limit: int = 500
) -> list[Taken]:
    """Take the snoozes whose moment has come: each is given out once, and never again.

    Those of people who have left, and of directives that are no longer with a unit or no longer theirs to see,
    fall away here.

    Args:
        session: a write transaction.
        now: aware.
        after: aware; moments up to here are left alone.
        up_to: aware; the last moment that counts; ``now`` without it.
        limit: of about so many at once; what one person is to hear stays together.

    Returns:
        what is to be said, by person.
    """
    taken = await queries.take(session, now, after=after, up_to=up_to or now, limit=limit)
    return await _still_meant(session, taken)


async def _still_meant(session: Session, taken: Sequence[Taken]) -> list[Taken]:
    if not taken:
        return []
    who, what = await queries.people_of(session, taken), await queries.directives_of(session, taken)
    kept: list[Taken] = []
    for person, theirs in by_person(taken).items():
        if person in who:
            kept += await _seen(session, who[person], theirs, what)
    return kept


async def _seen(
    session: Session, person: Person, snoozes: Sequence[Taken], what: dict[int, Directive]
) -> Iterable[Taken]:
    there = [s for s in snoozes if s.directive_id in what and what[s.directive_id].state in WITH_UNIT]
    directives = [what[s.directive_id] for s in there]
    stands = await people.standings(session, person, directives)
    return [s for s, d, st in zip(there, directives, stands, strict=True) if people.may_see(st, d)]


def by_person(snoozes: Iterable[Taken]) -> dict[int, list[Taken]]:
    """The snoozes of each person."""
    grouped: dict[int, list[Taken]] = defaultdict(list)
    for one in snoozes:
        grouped[one.person_id].append(one)
    return grouped


async def due_for_morning(session: Session, now: datetime, office: Office, limit: int = 500) -> list[Taken]:
    """Take what belongs into the morning's message: of this morning, and what was missed on earlier days.

    Args:
        session: a write transaction.
        now: aware.
        office: whose morning it is.
        limit: of about so many at once.

    Returns:
        what is to be said, by person; empty before the morning, and when nothing is left.
    """
    morning = office.rhythm.morning_of(local_day(now))
    return [] if now < morning else await take_due(session, now, up_to=morning, limit=limit)


async def queue_snoozed(session: Session, now: datetime, office: Office, limit: int = 500) -> int:
    """Queue what people asked to hear this afternoon: one message per person and moment.

    Args:
        session: a write transaction.
        now: aware.
        office: whose calendar and rhythm count.
        limit: of about so many at once.

    Returns:
        how many directives are said again; 0 when there is nothing to do now.
    """
    if not office.rhythm.may_send(now, office.calendar):
        return 0
    morning = office.rhythm.morning_of(local_day(now))
    due = await take_due(session, now, after=morning, limit=limit)
    await queue(session, due, now)
    return len(due)


async def queue(session: Session, due: Iterable[Taken], now: datetime) -> None:
    """Queue taken snoozes as messages of their own: also those of a morning whose message has gone out already."""
    moments: dict[tuple[int, datetime], list[Taken]] = defaultdict(list)
    for one in due:
        moments[one.person_id, one.until].append(one)
    for (person, until), snoozes in moments.items():
        key = f"{SNOOZED}:{person}:{until.astimezone(UTC).isoformat(timespec='minutes')}"
        if not await insert_once(session, Outbox, [_row(key, person, until, snoozes, now)], "key"):
            # Asked for in the last second, when the others of this moment had been queued already.
            await insert_once(session, Outbox, [_row(f"{key}:{snoozes[0].id}", person, until, snoozes, now)], "key")


def _row(key: str, person: int, until: datetime, snoozes: Sequence[Taken], now: datetime) -> dict[str, Any]:
    return {
        "kind": SNOOZED,
        "key": key,
        "person_id": person,
        "payload": {"meant_for": until.isoformat()},
        "directives": [s.directive_id for s in snoozes],
        "priority": NEWS,
        "created_at": now,
    }
