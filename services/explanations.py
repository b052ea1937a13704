"""Requests for an explanation in writing: which are open, and their end when nothing is left to explain."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date

from sqlalchemy import select

from db import Session
from db.models import Delivery, Directive, Explanation, Outbox, Person, Transition
from domain.errors import NoSuchThing
from domain.figures import Explained
from domain.lifecycle import WITH_UNIT, State
from services import audit, people, posts
from services.outbox import tell

ENDED = "explanation_ended"  # the audit's word, and an outbox row to who asked
REQUEST = "explain"  # an outbox row to the unit
REMINDED = "explain_late"  # another one, once its day has passed


def is_askable(directive: Directive, today: date) -> bool:
    """Whether an explanation can be asked for: what is overdue and in its unit's hands."""
    late = directive.last_day is not None and directive.last_day < today
    return late and State(directive.state) in WITH_UNIT


async def by_code(session: Session, code: str) -> Explanation:
    """The request of a button.

    Raises:
        NoSuchThing: there is none.
    """
    found = await session.scalar(select(Explanation).where(Explanation.code == code).with_for_update())
    if found is None:
        raise NoSuchThing
    return found


async def open_of(session: Session, directives: Iterable[int]) -> dict[int, Explanation]:
    """The request of each of these directives that waits for an answer."""
    query = select(Explanation).where(Explanation.directive_id.in_(list(directives)), Explanation.closed_at.is_(None))
    return {row.directive_id: row for row in await session.scalars(query)}


async def latest_of(session: Session, directives: Iterable[int]) -> dict[int, Explained]:
    """How it stands with the last request of each of these directives; those that were closed unanswered are none."""
    query = (
        select(Explanation, Person.name)
        .join(Person, Person.id == Explanation.asked_by)
        .where(Explanation.directive_id.in_(list(directives)))
        .order_by(Explanation.id)
    )
    found = {row.directive_id: _standing(row, name) for row, name in await session.execute(query)}
    return {number: one for number, one in found.items() if one is not None}


def _standing(row: Explanation, asked_by: str) -> Explained | None:
    if row.closed_at is not None and row.answered_at is None:
        return None
    return Explained(asked_by, row.asked_at, row.due_day, row.answered_at)


async def of_message(session: Session, channel: str, chat: str, message_id: str) -> list[Explanation]:
    """The open requests that a message of ours spoke of, where it was one that asks for an explanation."""
    payload = await session.scalar(
        select(Outbox.payload)
        .join(Delivery, Delivery.outbox_id == Outbox.id)
        .where(
            Delivery.channel == channel, Delivery.chat == chat, Delivery.message_id == message_id,
            Outbox.kind.in_((REQUEST, REMINDED)),
        )
    )  # fmt: skip
    codes = (payload or {}).get("explanations", ())
    return await with_codes(session, codes)


async def with_codes(session: Session, codes: Collection[str]) -> list[Explanation]:
    """The open ones among these."""
    query = select(Explanation).where(Explanation.code.in_(codes), Explanation.closed_at.is_(None))
    return list(await session.scalars(query.order_by(Explanation.id)))


async def were_voided(session: Session, move: Transition, person: Person) -> bool:
    """Whether a move has ended a request that a person's unit had not answered."""
    query = select(Explanation.id).where(
        Explanation.directive_id == move.directive_id,
        Explanation.unit_id.in_(await posts.units_of(session, person)),
        Explanation.closed_at == move.at, Explanation.answered_at.is_(None),
    )  # fmt: skip
    return await session.scalar(query.limit(1)) is not None


async def end_open(session: Session, directive: Directive, by: people.Acting, inbox_id: int | None) -> None:
    """A directive that has ended or moved to another unit needs no explanation any more; who asked is told."""
    row = (await open_of(session, [directive.id])).get(directive.id)
    if row is None:
        return
    row.closed_at = by.now
    details = {"explanation": row.code}
    await audit.record(
        session, ENDED, now=by.now, directive=directive, actor=by.person, details=details, inbox_id=inbox_id
    )
    if row.asked_by != by.person.id:
        await tell(session, [row.asked_by], ENDED, now=by.now, directives=[directive.id], payload=details)
