"""What every act on a directive shares: finding it, the one move with its audit row, who is concerned, what ends.

All take an open session and never commit. ``inbox_id`` is the message an act came from, for the audit.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import Select, bindparam, select

from db import Session, plain
from db.models import Directive, Person, Transition
from domain.errors import NoSuchDirective, ReasonMissing
from domain.lifecycle import NEEDS_REASON, Event, State, after
from domain.office import Office
from services import audit, missed, owing, people, posts
from services.outbox import tell
from services.reminders import set_next_mention
from services.replaced import refuse_replaced
from services.series import set_next_opening

NEWS = "news"  # an outbox row that speaks of one audit row
ISSUED = "issued"  # directives that were given to a unit
_IN_HAND = (State.ISSUED, State.IN_PROGRESS)
HELPING = "helping"  # directives a unit helps with


@dataclass(frozen=True)
class By:
    """Who acts, when, and from which message."""

    person: Person
    now: datetime
    office: Office
    inbox_id: int | None = None


_BY_NUMBER = select(Directive).where(Directive.id == bindparam("number")).with_for_update(of=Directive)


async def by_code(session: Session, code: str) -> Directive:
    """The directive of a button.

    Raises:
        NoSuchDirective: there is none.
    """
    found = await session.scalar(select(Directive).where(Directive.code == code).with_for_update(of=Directive))
    if found is None:
        raise NoSuchDirective(None)
    return found


async def by_number(session: Session, number: int, who: people.Who) -> Directive:
    """The directive a person wrote as ``#12``.

    Raises:
        NoSuchDirective: there is none that this person may see.
    """
    found = await session.scalar(_BY_NUMBER, {"number": number})
    if found is None:
        raise NoSuchDirective(number)
    standing = await people.standing(session, who, found)
    if not people.may_see(standing, found):
        raise NoSuchDirective(number)
    return found


async def move(
    session: Session, directive: Directive, event: Event, by: By, reason: str | None = None, **details: Any
) -> Transition:
    """Carry an event out: the state, its row in the audit, the next reminder, the next one of a recurring task.

    Raises:
        ReasonMissing: the event needs a reason in words.
        MoveNotAllowed: the state has no such arrow.
        Replaced: it was merged or split.
    """
    await refuse_replaced(session, directive)
    reason = (reason or "").strip() or None
    if event in NEEDS_REASON and reason is None:
        raise ReasonMissing(event)
    is_taken, since = directive.acknowledged_at is not None, directive.next_reminder_at
    before, directive.state = directive.state, after(State(directive.state), event, is_taken=is_taken)
    row = await audit.record(
        session,
        event,
        now=by.now,
        directive=directive,
        before=before,
        after=directive.state,
        actor=by.person,
        reason=reason,
        details=details,
        inbox_id=by.inbox_id,
    )
    owing.follow(directive, event, by.person.id, by.now)
    set_next_mention(directive, by.now, by.office)
    if event in missed.FROM_BELOW and since is not None and since <= by.now:
        await missed.say_above(session, directive, since, by)
    set_next_opening(directive, event, by.office)
    return row


async def tell_news(session: Session, row: Transition, directive: Directive, to: Sequence[Person], by: By) -> None:
    """Say one row of the audit to people, but not to the one who acted."""
    await tell(
        session,
        people.ids(to, but=by.person),
        NEWS,
        now=by.now,
        directives=[directive.id],
        payload={"transition": row.id},
    )


async def lead_people(session: Session, directive: Directive) -> list[Person]:
    """The people of the lead unit."""
    return await people.of_unit(session, directive.lead_unit_id) if directive.lead_unit_id else []


async def helpers(session: Session, directive: Directive) -> list[Person]:
    """The people of the coordinating units."""
    units = {c.unit_id for c in directive.coordinations if c.unit_id and c.unit_id != directive.lead_unit_id}
    return [person for unit_id in sorted(units) for person in await people.of_unit(session, unit_id)]


async def concerned(session: Session, directive: Directive) -> list[Person]:
    """The people of the lead unit and of those that help."""
    return [*await lead_people(session, directive), *await helpers(session, directive)]


async def open_of(session: Session, person: Person) -> list[Directive]:
    """What the units of a person have in hand, the most urgent first."""
    return await open_of_units(session, await posts.units_of(session, person))


async def open_of_units(session: Session, units: Collection[int]) -> list[Directive]:
    """What some units have in hand, the most urgent first."""
    return await in_order(session, [row.id for row in await in_hand(session, units)])


class InHand(NamedTuple):
    """A directive that a unit has in hand, as far as lists need it."""

    id: int
    state: State
    unit_id: int


async def in_hand(session: Session, units: Collection[int]) -> list[InHand]:
    """The same without reading the directives: the index has it all."""
    found = await plain.rows(session, _in_hand(), {"units": list(units)})
    return [InHand(number, State(state), unit or 0) for number, state, unit in found]


@cache  # every report asks: putting it together takes longer than running it
def _in_hand() -> Select[*tuple[Any, ...]]:
    rows = plain.table(Directive).c
    return (
        select(rows.id, rows.state, rows.lead_unit_id)
        .where(rows.lead_unit_id.in_(bindparam("units", expanding=True)), rows.state.in_(_IN_HAND))
        .order_by(rows.last_day.is_(None), rows.last_day, rows.id)
    )


async def in_order(session: Session, ids: Sequence[int]) -> list[Directive]:
    """Directives by their ids, in that order."""
    found = {d.id: d for d in await session.scalars(select(Directive).where(Directive.id.in_(ids)))} if ids else {}
    return [found[i] for i in ids if i in found]
