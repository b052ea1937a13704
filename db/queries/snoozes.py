"""Questions about what people want to hear again: kept once, taken once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, select, update

from db import Session
from db.models import Directive, Person, Snooze
from db.queries.outbox import insert_once

_KEY = ("directive_id", "person_id", "until")
_APART: dict[str, Any] = {"synchronize_session": False}


@dataclass(frozen=True)
class Taken:
    """A snooze whose moment has come, taken for good. ``until`` is that moment, aware."""

    id: int
    person_id: int
    directive_id: int
    until: datetime


async def keep(session: Session, directive: int, person: int, until: datetime, now: datetime) -> bool:
    """Keep a person's wish; gives whether it is new."""
    row = {"directive_id": directive, "person_id": person, "until": until, "made_at": now}
    return await insert_once(session, Snooze, [row], _KEY) == 1


async def take(session: Session, now: datetime, *, after: datetime | None, up_to: datetime, limit: int) -> list[Taken]:
    """Take what is due of about so many people, each person's whole; who takes the same meanwhile gets nothing.

    Args:
        session: a write transaction.
        now: aware; when they are marked as said.
        after: aware; moments up to here are left alone.
        up_to: aware; the last moment that counts as due.
        limit: how many snoozes to look at first.
    """
    is_due: list[ColumnElement[bool]] = [Snooze.said_at.is_(None), Snooze.until <= up_to]
    if after is not None:
        is_due.append(Snooze.until > after)
    first = select(Snooze.person_id).where(*is_due).order_by(Snooze.until, Snooze.id).limit(limit)
    people = set(await session.scalars(first))
    if not people:
        return []
    taken = (
        update(Snooze)
        .where(*is_due, Snooze.person_id.in_(people))
        .values(said_at=now)
        .returning(Snooze.id, Snooze.person_id, Snooze.directive_id, Snooze.until)
    )
    rows = await session.execute(taken, execution_options=_APART)
    return sorted((Taken(*row) for row in rows), key=lambda s: (s.person_id, s.until, s.id))


async def people_of(session: Session, snoozes: Sequence[Taken]) -> dict[int, Person]:
    """Those who asked, as far as they still take part, by id."""
    ids = {s.person_id for s in snoozes}
    return {p.id: p for p in await session.scalars(select(Person).where(Person.id.in_(ids), Person.active))}


async def directives_of(session: Session, snoozes: Sequence[Taken]) -> dict[int, Directive]:
    """What they asked about, by id."""
    ids = {s.directive_id for s in snoozes}
    return {d.id: d for d in await session.scalars(select(Directive).where(Directive.id.in_(ids)))}
