"""Who is away on a day, and who stands in. Derived from the day: an absence that is over needs no job to end it."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from db import Session
from db.queries import absences as queries
from domain.deputies import stand_ins


async def away(session: Session, day: date) -> frozenset[int]:
    """The ids of everyone who is away on a local day."""
    return frozenset(one.person.id for one in await queries.of_day(session, day))


async def standing_in(session: Session, people: Collection[int], day: date) -> dict[int, int]:
    """Who hears in place of whom on a local day, chains of deputies followed to their end. One query.

    Args:
        session: any transaction.
        people: whose deputies are asked for.
        day: the local day.

    Returns:
        the deputy's id by the person's; only of those who are away and have a deputy who can be written to.
    """
    found = stand_ins(await queries.of_day(session, day))
    return {person: deputy.id for person, deputy in found.items() if person in people and deputy.can_be_told}


async def acts_for(session: Session, person_id: int, day: date) -> list[int]:
    """The ids of those in whose place a person acts on a local day, in a steady order."""
    found = stand_ins(await queries.of_day(session, day))
    return sorted(person for person, deputy in found.items() if deputy.id == person_id)
