"""What waits to be said to somebody who is not there any more, or has lost an account: where it goes instead."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select, update

from db import Session
from db.models import Account, Directive, Outbox, Person
from db.queries.reminders import due_again

_WAITS = ("queued", "uncertain")


async def to_heir(session: Session, person: Person, heir: Person | None, unit_id: int, now: datetime) -> int:
    """Give what waits for a person and speaks of a unit's directives to who takes over there.

    A message of the day has a key of its own person: it is let go, and its directives fall due again for those who
    are reminded now. What the heir is told already is not said twice.

    Args:
        session: a write transaction.
        person: who does not work for the unit any more.
        heir: who takes over; None where the unit has nobody.
        unit_id: the unit.
        now: aware.

    Returns:
        how many messages go to the heir.
    """
    waiting = await session.scalars(
        select(Outbox).where(Outbox.person_id == person.id, Outbox.state.in_(_WAITS)).order_by(Outbox.id)
    )
    given = 0
    for row in waiting:
        mine = await _of_unit(session, row.directives, unit_id)
        if not mine:
            continue
        if row.key is not None:
            row.state, row.key = "moot", None
            await due_again(session, mine, now)
        elif heir is not None and row.state == "queued" and not await _knows(session, heir, row):
            row.person_id, given = heir.id, given + 1
        else:
            row.state = "moot"
    await session.flush()
    return given


async def _of_unit(session: Session, directives: Sequence[int], unit_id: int) -> list[int]:
    if not directives:
        return []
    query = select(Directive.id).where(Directive.id.in_(directives), Directive.lead_unit_id == unit_id)
    return list(await session.scalars(query))


async def _knows(session: Session, heir: Person, row: Outbox) -> bool:
    """Whether the same was queued for, or said to, the heir at the same moment."""
    same = await session.scalars(
        select(Outbox).where(Outbox.person_id == heir.id, Outbox.kind == row.kind, Outbox.created_at == row.created_at)
    )
    return any(o.payload == row.payload and o.directives == row.directives for o in same)


async def to_remaining(session: Session, ended: Sequence[Account], remaining: Account | None) -> None:
    """Answers that wait for an account that has ended go to the person's other one; without one they are not said.

    What is for the person rather than for a chat finds its way by itself: it is addressed at the moment of sending.
    """
    for account in ended:
        waiting = update(Outbox).where(
            Outbox.channel == account.channel,
            Outbox.chat == account.chat,
            Outbox.person_id.is_(None),
            Outbox.state.in_(_WAITS),
        )
        if remaining is None:
            await session.execute(waiting.values(state="moot"))
        else:
            await session.execute(waiting.values(channel=remaining.channel, chat=remaining.chat))
