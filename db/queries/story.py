"""What a directive's story holds besides its audit: who was told, how often it was reminded of, former names."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from db import Session
from db.models import Attachment, Mention, Outbox, Person, Report, Undo, Unit, UnitName
from db.queries.receipts import ARRIVED


@dataclass(frozen=True)
class Told:
    """A message about a directive that a person got. Moments are aware."""

    kind: str
    queued_at: datetime
    sent_at: datetime
    person: str
    unit: str


async def told(session: Session, directive: int, kinds: Collection[str]) -> list[Told]:
    """The messages of some kinds about a directive that arrived, in order."""
    sent = func.coalesce(Outbox.sent_at, Outbox.claimed_at, Outbox.created_at, type_=Outbox.created_at.type)
    query = (
        select(Outbox.kind, Outbox.created_at, sent, Person.name, Unit.name)
        .join(Mention, Mention.outbox_id == Outbox.id)
        .join(Person, Person.id == Outbox.person_id)
        .join(Unit, Unit.id == Person.unit_id)
        .where(Mention.directive_id == directive, Outbox.kind.in_(kinds), Outbox.state.in_(ARRIVED))
        .order_by(Outbox.id)
    )
    return [Told(*row) for row in await session.execute(query)]


async def undone(session: Session, directive: int) -> set[int]:
    """The audit rows of acts that were taken back."""
    query = select(Undo.transition_id).where(Undo.directive_id == directive, Undo.used_at.is_not(None))
    return set(await session.scalars(query))


async def withdrawn(session: Session, directives: Collection[int]) -> dict[str, bool]:
    """The reports taken back, by code, and whether a newer version stands in their place."""
    newer = select(Report.replaces_id).where(Report.replaces_id.is_not(None))
    query = select(Report.code, Report.id.in_(newer)).where(
        Report.directive_id.in_(directives), Report.withdrawn_at.is_not(None)
    )
    return {row[0]: bool(row[1]) for row in await session.execute(query)}


async def former_names(session: Session) -> dict[str, list[tuple[datetime, str]]]:
    """By a unit's present name the names it had, each with the moment until which; the oldest first."""
    query = select(Unit.name, UnitName.until, UnitName.name).join(UnitName, UnitName.unit_id == Unit.id)
    found: dict[str, list[tuple[datetime, str]]] = {}
    for name, until, old in await session.execute(query.order_by(UnitName.until, UnitName.id)):
        found.setdefault(name, []).append((until, old))
    return found


async def files(session: Session, directives: Collection[int]) -> Sequence[tuple[str, str, int, datetime]]:
    """Name, SHA-256, size in bytes and moment of the files that came with reports not taken back, in order."""
    query = (
        select(Attachment.name, Attachment.sha256, Attachment.size, Report.at)
        .join(Report, Report.id == Attachment.report_id)
        .where(Report.directive_id.in_(directives), Report.withdrawn_at.is_(None))
        .order_by(Attachment.id)
    )
    return [(row[0], row[1], row[2], row[3]) for row in await session.execute(query)]
