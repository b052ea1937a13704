"""The audit: one row per change, in the transaction of the change, each chained to the one before by its hash."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import func, select

from db import Session, plain
from db.models import Directive, Person, Transition
from domain.calendar import OFFICE_ZONE
from services import scope

GENESIS = "0" * 64
_RECORDED = "recorded"  # in a session: the rows it has added
SHORT = 12  # hex digits by which people name a head: enough to tell rows apart, few enough to copy by hand
_ROWS = plain.table(Transition)
_LAST_HASH = select(_ROWS.c.hash).order_by(_ROWS.c.id.desc()).limit(1)
_SHORT_HASH = re.compile(r"[0-9a-f]{8,64}")


@dataclass(frozen=True)
class Head:
    """The end of the chain. Written down outside the database, it shows later whether a tail was cut off.

    Attributes:
        rows: how many rows there are.
        hash: of the last one, 64 hex digits.
        at: its moment, aware; None while there is no row.
    """

    rows: int
    hash: str
    at: datetime | None

    @property
    def short(self) -> str:
        """The first digits of the hash, as they are shown to people."""
        return self.hash[:SHORT]


def link_hash(previous: str, facts: Mapping[str, Any]) -> str:
    """The hash of a row: of the row before it and of all its facts, as canonical JSON."""
    canonical = json.dumps(facts, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(f"{previous}\n{canonical}".encode()).hexdigest()


def facts_of(row: Transition) -> dict[str, Any]:
    """What of a row is covered by its hash: everything but its id and the hashes."""
    return {
        "directive": row.directive_id,
        "event": row.event,
        "before": row.before,
        "after": row.after,
        "actor": row.actor_id,
        "at": row.at.astimezone(UTC).isoformat(),
        "reason": row.reason,
        "details": row.details,
        "inbox": row.inbox_id,
    }


async def record(
    session: Session,
    event: str,
    *,
    now: datetime,
    directive: Directive | None = None,
    before: str | None = None,
    after: str | None = None,
    actor: Person | None = None,
    reason: str | None = None,
    details: Mapping[str, Any] | None = None,
    inbox_id: int | None = None,
) -> Transition:
    """Add one row at the end of the chain. ``actor`` None means the program itself.

    Who decides in a leader's place is told by ``details["for"]``, that leader's id.
    """
    last = await plain.rows(session, _LAST_HASH, {})
    row = Transition(
        directive_id=directive.id if directive else None,
        event=str(event),
        before=str(before) if before else None,
        after=str(after) if after else None,
        actor_id=actor.id if actor else None,
        at=now.astimezone(UTC),
        reason=reason,
        details={**(details or {}), **await _in_whose_place(session, actor, directive, now)},
        inbox_id=inbox_id,
        previous_hash=last[0].hash if last else GENESIS,
    )
    row.hash = link_hash(row.previous_hash, facts_of(row))
    session.add(row)
    await session.flush()
    session.info.setdefault(_RECORDED, []).append(row)
    return row


def recorded(session: Session) -> list[Transition]:
    """The rows this transaction has added, in order."""
    return list(session.info.get(_RECORDED, ()))


async def _in_whose_place(
    session: Session, actor: Person | None, directive: Directive | None, now: datetime
) -> dict[str, int]:
    if actor is None or directive is None:
        return {}
    day = now.astimezone(OFFICE_ZONE).date()
    leader = await scope.in_place_of(session, actor, directive.lead_unit_id, day)
    return {} if leader is None else {"for": leader}


async def first_broken(session: Session) -> int | None:
    """The id of the first row whose hash does not follow from the rows before it; None while the chain holds."""
    previous = GENESIS
    result = await session.stream_scalars(select(Transition).order_by(Transition.id))
    async for row in result:
        if row.previous_hash != previous or row.hash != link_hash(previous, facts_of(row)):
            return row.id
        previous = row.hash
    return None


async def head(session: Session) -> Head:
    """Where the chain ends now."""
    last = (
        await session.execute(select(Transition.hash, Transition.at).order_by(Transition.id.desc()).limit(1))
    ).first()
    rows = await session.scalar(select(func.count()).select_from(Transition)) or 0
    return Head(rows, last[0], last[1]) if last else Head(0, GENESIS, None)


async def holds(session: Session, short_hash: str) -> bool:
    """Whether a head shown earlier is still in the chain.

    Args:
        session: any transaction.
        short_hash: the first 8 to 64 hex digits of the hash, in either case.

    Raises:
        ValueError: these are no such digits.
    """
    digits = short_hash.strip().lower()
    if not _SHORT_HASH.fullmatch(digits):
        raise ValueError(f"{short_hash!r} is no head: 8 to 64 hex digits are expected")
    found = select(Transition.id).where(Transition.hash.startswith(digits)).limit(1)
    return await session.scalar(found) is not None
