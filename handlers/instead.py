"""What is said unasked around absences, and the line above what somebody hears in another's place."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from channels.base import OutgoingMessage
from db import Session
from db.models import Absence, Outbox, Person
from domain.errors import NoSuchThing
from handlers.buttons import button
from handlers.rendering import When, message_of
from services import absences, leave
from services.absences import IN_PLACE_OF
from services.folding import REMINDER
from services.reminders import PRESSING
from texts import away as say
from texts.away import Absent


async def to_deputy(session: Session, row: Outbox, person: Person, at: When) -> OutgoingMessage | None:
    """To who is to stand in, with the way out; None once somebody else does, or nobody has to."""
    absence = await _still_open(session, row, at.today)
    if absence is None or absence.deputy_id != person.id:
        return None
    a = await _absent(session, absence, person, absence.deputy_id, at.today)
    return message_of(
        say.to_deputy(a, await _entered_by(session, absence)), [[button(say.NOT_ME, "awn", absence.code)]]
    )


async def to_others(session: Session, row: Outbox, person: Person, at: When) -> OutgoingMessage | None:
    """To the person's head or the office, and to the person where somebody else entered it."""
    absence = await _still_open(session, row, at.today)
    if absence is None:
        return None
    a = await _absent(session, absence, person, absence.deputy_id, at.today)
    return message_of(say.to_others(a, await _entered_by(session, absence)), [])


async def over(session: Session, row: Outbox, person: Person, at: When) -> OutgoingMessage | None:
    """It has ended early, was called off, or goes to another deputy."""
    absence = await leave.any_by_code(session, row.payload["absence"])
    if absence is None or absence.ended_at is None:
        return None
    a = await _absent(session, absence, person, None, at.today)
    what = "off" if absence.ended_at < leave.beginning_of(absence) else "back"
    owner = await session.get_one(Person, absence.person_id)
    if await leave.open_of(session, owner, at.today) is not None:
        what = "changed"
    return message_of(say.over(a, what, person.id == row.payload["deputy"]), [])


async def nobody(session: Session, row: Outbox, person: Person, at: When) -> OutgoingMessage | None:
    """The deputy has declined; None once there is another one."""
    absence = await _still_open(session, row, at.today)
    deputy = await session.get(Person, row.payload["deputy"])
    if absence is None or absence.deputy_id is not None or deputy is None:
        return None
    return message_of(say.nobody(await _absent(session, absence, person, None, at.today), deputy.name), [])


async def _still_open(session: Session, row: Outbox, today: date) -> Absence | None:
    try:
        return await leave.by_code(session, row.payload["absence"], today)
    except NoSuchThing:
        return None


async def _entered_by(session: Session, absence: Absence) -> str | None:
    """Who entered it, where that is not the person."""
    return (await session.get_one(Person, absence.made_by)).name if absence.made_by != absence.person_id else None


async def _absent(session: Session, absence: Absence, reader: Person, deputy_id: int | None, today: date) -> Absent:
    person = await session.get_one(Person, absence.person_id)
    deputy = await session.get(Person, deputy_id) if deputy_id else None
    where = ", ".join(words for words in (person.position, person.unit.name) if words)
    name = None if reader.id == person.id else person.name
    deputy_name = deputy.name if deputy else None
    return Absent(name, person.role, absence.first_day, absence.last_day, deputy_name, today, where)


async def in_place(
    session: Session, row: Outbox, person: Person, at: When, message: OutgoingMessage | None
) -> OutgoingMessage | None:
    """What a deputy hears in somebody's place says so; None once they do not stand in any more.

    A morning's message holds the deputy's own part and the other's in one; it says so in one line.

    Args:
        session: any transaction.
        row: what is said.
        person: to whom.
        at: when.
        message: it in words.
    """
    absent = row.payload.get(IN_PLACE_OF)
    if message is None:
        return None
    if row.kind in _OF_BOTH:
        return await _of_both(session, person, at, message)
    if absent is None:
        return message
    if (await absences.standing_in(session, [absent], at.today)).get(absent) != person.id:
        return None
    other = await session.get_one(Person, absent)
    absence = await leave.open_of(session, other, at.today)
    if absence is None:
        return None
    return replace(message, text=f"{say.in_place(other.name, absence.last_day)}\n{message.text}")


async def _of_both(session: Session, person: Person, at: When, message: OutgoingMessage) -> OutgoingMessage:
    others = await absences.acts_for(session, person.id, at.today)
    if not others:
        return message
    names = [(await session.get_one(Person, number)).name for number in others]
    return replace(message, text=f"{say.of_both(names)}\n{message.text}")


_OF_BOTH = frozenset({REMINDER, PRESSING})

RENDERERS = {
    leave.TO_DEPUTY: to_deputy,
    leave.TO_OTHERS: to_others,
    leave.OVER: over,
    leave.NOBODY: nobody,
}
