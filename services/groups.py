"""Clauses for many units, and clauses for nobody: whom they reach, what of that is not clear, whom it may mean."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select

from db import Session
from db.models import Directive, Unit
from domain.groups import Spread, spread
from domain.lifecycle import State
from services.office import directory

LIKELY = 4  # units to choose from


async def spread_of(session: Session, drafts: Sequence[Directive]) -> dict[int, Spread]:
    """Which units the drafts for many are to reach, by the draft's id."""
    groups = {d.id: d.lead_group for d in drafts if d.lead_group is not None}
    if not groups:
        return {}
    known = await directory(session)
    return {d.id: spread(known, groups[d.id], d.excepted) for d in drafts if d.id in groups}


async def unclear(session: Session, drafts: Sequence[Directive]) -> set[int]:
    """The drafts that cannot be issued before a person has said who leads, or who is excepted; their ids."""
    waiting = [d for d in drafts if d.state == State.DRAFT]
    nobody = {d.id for d in waiting if d.lead_unit_id is None and d.lead_group is None}
    spreads = await spread_of(session, waiting)
    return nobody | {draft_id for draft_id, reached in spreads.items() if reached.unknown}


async def of_clause(session: Session, clause: str) -> list[Directive]:
    """The directives that an issued clause for many became, one per unit; none where it was for one.

    Args:
        session: an open transaction.
        clause: their ``clause_id``: the code of the first.
    """
    return [d for d in await with_parts(session, clause) if d.split_from_id is None]


async def with_parts(session: Session, clause: str) -> list[Directive]:
    """The same, with the parts that some of them were split into."""
    found = await session.scalars(select(Directive).where(Directive.clause_id == clause).order_by(Directive.id))
    return list(found)


def wholes(directives: Sequence[Directive]) -> list[list[Directive]]:
    """What stands of each directive that was given: itself, or its parts; without those that were cancelled whole.

    Args:
        directives: as ``with_parts`` gives them.
    """
    whole: dict[int, int] = {}
    found: dict[int, list[Directive]] = {}
    for one in directives:  # a part is younger than what it was split from
        origin = one.split_from_id or one.id
        whole[one.id] = whole.get(origin, origin)
        if one.state != State.CANCELLED:
            found.setdefault(whole[one.id], []).append(one)
    return list(found.values())


async def likely_leads(session: Session, draft: Directive) -> list[Unit]:
    """Who may be meant where a clause names nobody: the units that lead the clauses around it, the nearest first."""
    query = select(Directive).where(
        Directive.notice_id == draft.notice_id, Directive.lead_unit_id.is_not(None), Directive.lead_group.is_(None)
    )
    around = sorted(await session.scalars(query), key=lambda d: (abs(d.id - draft.id), d.id))
    units = {d.lead_unit.id: d.lead_unit for d in around if d.lead_unit}
    return list(units.values())[:LIKELY]
