"""What ``/vangmat`` tells besides: for whom one stands in today, and to the office, who is away."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from db.models import Person
from domain.rights import Role
from handlers.turn import Turn
from services import absences, leave
from texts import away as say
from texts.away import Absent

LISTED = 12  # people


async def say_duties(turn: Turn) -> None:
    """Say it where there is anything to say."""
    gone = await leave.away_today(turn.session, turn.today)
    if not gone:
        return
    mine = await absences.acts_for(turn.session, turn.person.id, turn.today)
    duties = [(person.name, until) for person, until in gone if person.id in mine]
    if duties:
        turn.say(say.standing_in(duties))
    if turn.person.role == Role.CLERK:
        lines = await _lines(turn, gone)
        turn.say(say.overview(lines[:LISTED], max(0, len(lines) - LISTED)))


async def _lines(turn: Turn, gone: Sequence[tuple[Person, date]]) -> list[Absent]:
    instead = await absences.replaced(turn.session, turn.today)
    lines = []
    for person, until in gone:
        number = instead.get(person.id)
        deputy = await turn.session.get(Person, number) if number else None
        where = ", ".join(words for words in (person.position, person.unit.name) if words)
        name = deputy.name if deputy else None
        lines.append(Absent(person.name, person.role, turn.today, until, name, turn.today, where))
    return lines
