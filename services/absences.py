"""Who is away on a day, and who stands in. Derived from the day: an absence that is over needs no job to end it.

Who stands in hears in place of the other of what comes in bulk (reminders, digests), and as well as the other of each
single piece of news.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime

from sqlalchemy import select

from db import Session
from db.memo import remembered
from db.models import Outbox
from db.queries import absences as queries
from db.queries.outbox import insert_once
from db.queries.reminders import Hearer
from domain.deputies import Away, stand_ins
from domain.rights import Role

IN_PLACE_OF = "in_place_of"  # in an outbox row's payload: the id of whom its person stands in for


async def away(session: Session, day: date) -> frozenset[int]:
    """The ids of everyone who is away on a local day."""
    return frozenset(await replaced(session, day))


async def standing_in(session: Session, people: Collection[int], day: date) -> dict[int, int]:
    """Who hears in place of whom on a local day, chains of deputies followed to their end. One query.

    Args:
        session: any transaction.
        people: whose deputies are asked for.
        day: the local day.

    Returns:
        the deputy's id by the person's; only of those who are away and have a deputy who can be written to.
    """
    found = await replaced(session, day)
    return {person: deputy for person, deputy in found.items() if person in people and deputy is not None}


async def replaced(session: Session, day: date) -> dict[int, int | None]:
    """Everyone who is away on a local day, with the deputy who hears instead; None where nobody does. One query.

    Who is left out of what comes in bulk: a person with a deputy is replaced, one without is passed over, as if they
    were not there, so that the unit's ordinary order holds.
    """
    absent = await _of_day(session, day)
    found = stand_ins(absent)
    hearing = {person: deputy.id for person, deputy in found.items() if deputy.can_be_told}
    return {one.person.id: hearing.get(one.person.id) for one in absent}


async def _of_day(session: Session, day: date) -> tuple[Away, ...]:
    async def read() -> tuple[Away, ...]:
        return tuple(await queries.of_day(session, day))

    return await remembered(session, ("away", day), read)


def there(hearers: Iterable[Hearer], instead: Mapping[int, int | None]) -> dict[int, list[Hearer]]:
    """Who can be told for each unit today, by unit.

    Who is away is passed over, unless somebody of the same unit hears instead: a deputy from one unit of theirs does
    not hear for the other. The office's clerks stand in for each other wherever they sit.

    Args:
        hearers: the people of some units who can be written to.
        instead: see ``replaced``.
    """
    known = list(hearers)
    members = {(one.unit_id, one.id) for one in known}
    found: dict[int, list[Hearer]] = defaultdict(list)
    for one in known:
        deputy = instead.get(one.id, one.id)
        if deputy is not None and (one.role is Role.CLERK or (one.unit_id, deputy) in members):
            found[one.unit_id].append(one)
    return found


async def acts_for(session: Session, person_id: int, day: date) -> list[int]:
    """The ids of those in whose place a person acts on a local day, in a steady order."""
    found = stand_ins(await _of_day(session, day))
    return sorted(person for person, deputy in found.items() if deputy.id == person_id)


async def share(session: Session, row: Outbox, day: date, now: datetime) -> bool:
    """Let a piece of news that is about to be sent be heard by who stands in for its person, too.

    To be called at the moment of sending, in the transaction that takes the row: an absence that began after the news
    was queued counts. The deputy's copy is a row of its own, made once; there is none where the deputy is told the
    same anyway, as a colleague of the same unit, and none of what speaks of no directive.

    Args:
        session: a write transaction.
        row: news for one person.
        day: the local day.
        now: aware.

    Returns:
        whether a copy was queued.
    """
    if row.person_id is None or IN_PLACE_OF in row.payload or not row.directives:
        return False
    deputy = (await standing_in(session, [row.person_id], day)).get(row.person_id)
    if deputy is None or await _is_told(session, row, deputy):
        return False
    copy = {
        "kind": row.kind,
        "key": f"{IN_PLACE_OF}:{row.id}:{deputy}",
        "person_id": deputy,
        "payload": {**row.payload, IN_PLACE_OF: row.person_id},
        "directives": row.directives,
        "priority": row.priority,
        "urgent": row.urgent,
        "created_at": now,
    }
    return await insert_once(session, Outbox, [copy], "key") == 1


async def _is_told(session: Session, row: Outbox, deputy: int) -> bool:
    """Whether the deputy has a row that says the same: told at the same moment."""
    same = select(Outbox.payload, Outbox.directives).where(
        Outbox.person_id == deputy, Outbox.kind == row.kind, Outbox.created_at == row.created_at
    )
    return any((payload, ids) == (row.payload, row.directives) for payload, ids in await session.execute(same))
