"""What falls due, as a person reads it: one message, the most urgent first, its pages turned in place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from channels.base import Button, OutgoingMessage
from db import Session
from db.models import Directive, Outbox, Person
from domain.errors import NoSuchThing
from domain.ladder import Rung, rung
from domain.lifecycle import OPEN, WITH_UNIT, State
from domain.rights import Role, Standing
from domain.snoozing import Later, choices, last_moment, moment
from handlers import buttons, deciders, parts
from handlers.answering import raised_rows
from handlers.buttons import Rows, button
from handlers.common import page_of
from handlers.rendering import When, directives_of, message_of, views_of
from handlers.turn import Args, ButtonHandler, Turn
from services import coordinating, levels, obstacles, people, posts
from services.folding import DECIDE, ESCALATED, HELPED, OWN, RAISED, REMINDER, UNHEARD
from services.receipts import message_to
from services.reminders import PRESSING, course_of
from services.snoozes import SNOOZED
from texts import approving as say_approving
from texts import labels
from texts import morning as say

PAGE = 10  # directives on a page
IN_A_ROW = 5

_HEADINGS = {
    Rung.OVERDUE: say.OVERDUE,
    Rung.HOURS: say.LAST_DAY,
    Rung.LAST_DAY: say.LAST_DAY,
    Rung.BEFORE: say.BEFORE,
    Rung.UNACKNOWLEDGED: say.UNACKNOWLEDGED,
}


@dataclass(frozen=True)
class Line:
    """A directive, and why it stands in the message. Lines of a lower ``place`` come first."""

    directive: Directive
    heading: str
    place: int
    is_own: bool = True  # the unit's, not one the office is told of
    decision: say_approving.Owed | None = None  # what is to be decided about it

    @property
    def order(self) -> tuple[int, date, int]:
        """Within a heading the longest overdue first."""
        return self.place, self.directive.last_day or date.max, self.directive.id


def urgency(directive: Directive, at: When) -> tuple[int, date, int]:
    """By this the directives of a unit stand in its message of the morning."""
    why = rung(course_of(directive, at.now), at.today, at.office.calendar)
    return _PLACES[why], directive.last_day or date.max, directive.id


async def lines(session: Session, row: Outbox, person: Person, at: When) -> list[Line]:
    """What a row still has to say to its person, in the order it is said.

    What was reported, ended or given to another unit meanwhile is gone from it.
    """
    everything = await directives_of(session, row)
    owed = await _owed(session, row, person, at)
    raised = await obstacles.unanswered(session, row.payload.get(RAISED, ()))
    to_decide = [Line(d, say.WAITING, 1, is_own=False, decision=owed[d.id]) for d in everything if d.id in owed]
    only_owed = set(row.payload.get(DECIDE, ())) - _of_others(row)
    everything = [d for d in everything if d.id not in owed and d.id not in only_owed]
    found = [d for d in everything if d.state in WITH_UNIT or (d.id in raised and d.state in OPEN)]
    stands = await people.standings(session, person, found)
    helped = await _helped(session, row, person)
    seen = [(d, how.own_unit) for d, how in zip(found, stands, strict=True) if d.id in helped or _concerns(how, d)]
    only_raised = _only_raised(row)
    rest = (
        Line(d, say.RAISED, 4, is_own=False) if d.id in only_raised else _line(d, row, at, is_own=is_own)
        for d, is_own in seen
        if d.id in raised or d.id not in only_raised
    )
    return sorted((*to_decide, *rest), key=lambda one: one.order)


def _of_others(row: Outbox) -> set[int]:
    """What stands in the row for another reason than a decision."""
    return {n for part in (OWN, ESCALATED, UNHEARD, SNOOZED, RAISED, HELPED) for n in row.payload.get(part, ())}


async def _owed(session: Session, row: Outbox, person: Person, at: When) -> dict[int, say_approving.Owed]:
    """The decisions of the row that still wait for its person."""
    ids = row.payload.get(DECIDE, ())
    if not ids:
        return {}
    hearing = await levels.hearing(session, ids, at.now, at.office)
    mine = [number for number, hearers in hearing.items() if person.id in hearers]
    return {
        number: say_approving.Owed(days, until)
        for number, (days, until) in (await levels.owed(session, mine, at.now, at.office)).items()
    }


def _only_raised(row: Outbox) -> set[int]:
    """What is said for no other reason than that nobody has answered it."""
    others = {number for part in (OWN, ESCALATED, UNHEARD, SNOOZED) for number in row.payload.get(part, ())}
    return set(row.payload.get(RAISED, ())) - others


async def _helped(session: Session, row: Outbox, person: Person) -> set[int]:
    """What of the row the person's units help with, and have not answered."""
    told = row.payload.get(HELPED)
    return set(told).intersection(await coordinating.unanswered_ids(session, person)) if told else set()


def _concerns(how: Standing, directive: Directive) -> bool:
    """Not those whose unit only helps: what it is reminded of was once its own."""
    return how.own_unit or (how.role not in {Role.HEAD, Role.OFFICER} and people.may_see(how, directive))


def _line(directive: Directive, row: Outbox, at: When, *, is_own: bool) -> Line:
    """Where it stands. Of other units the office hears what it is told of, and what it has asked for itself."""
    if row.kind == PRESSING:
        return Line(directive, _pressing_heading(directive, row, at), 0, is_own)
    if row.kind == SNOOZED:
        return Line(directive, say.SNOOZED, 0, is_own)
    if row.kind == UNHEARD or directive.id in row.payload.get(UNHEARD, ()):  # the kind is of an earlier version
        return Line(directive, say.UNHEARD, 5, is_own=False)
    if directive.id in row.payload.get(ESCALATED, ()):
        return Line(directive, say.escalated(at.office.rhythm.office_after), 2, is_own=False)
    if not is_own and directive.id in row.payload.get(HELPED, ()):
        return Line(directive, say.HELPED, 9, is_own=False)
    why = rung(course_of(directive, at.now), at.today, at.office.calendar)
    is_asked_for = directive.id in row.payload.get(SNOOZED, ()) and directive.id not in row.payload.get(OWN, ())
    if not is_own or (is_asked_for and why in _FAR):
        return Line(directive, say.SNOOZED, 8, is_own)
    return Line(directive, _heading(directive, why, at), _PLACES[why])


_PLACES = {Rung.OVERDUE: 1, Rung.HOURS: 3, Rung.LAST_DAY: 3, Rung.BEFORE: 6, Rung.UNACKNOWLEDGED: 7}
_FAR = {Rung.BEFORE, Rung.UNACKNOWLEDGED}  # said because somebody asked for it


def _heading(directive: Directive, why: Rung, at: When) -> str:
    if why is Rung.LAST_DAY and directive.last_day != at.today:
        return say.LAST_DAY_AHEAD
    return _HEADINGS[why]


def _pressing_heading(directive: Directive, row: Outbox, at: When) -> str:
    if row.payload.get("why") == Rung.HOURS and directive.last_day:
        left = last_moment(directive.last_day, directive.deadline_time) - at.now
        return say.hours_left(int(left.total_seconds() // 60))
    why = rung(course_of(directive, at.now), at.today, at.office.calendar)
    return say.urgent(directive.urgency, _heading(directive, why, at))


# --- a page ---


async def due(session: Session, row: Outbox, person: Person, at: When, page: int = 1) -> OutgoingMessage | None:
    """One page of what falls due for a person; None where nothing is left to be said.

    Args:
        session: an open transaction.
        row: the message: of the morning, of what was put off, or of what cannot wait.
        person: whose.
        at: as of when.
        page: from 1.
    """
    everything = await lines(session, row, person, at)
    if not everything:
        return None
    page, pages = page_of(len(everything), page, PAGE)
    sections = await _sections(session, everything, page, at)
    unit = await posts.named(session, person, [one.directive.lead_unit_id for one in everything])
    text = _words(row, unit, sections, everything, at, say.Pages(page, pages))
    if len(everything) == 1:
        return message_of(text, await _of_one(session, everything[0], person, at))
    return message_of(text, _of_many(row, everything, page, at))


async def _sections(session: Session, everything: Sequence[Line], page: int, at: When) -> list[say.Section]:
    start, end = (page - 1) * PAGE, page * PAGE
    shown = {v.id: v for v in await views_of(session, [one.directive for one in everything[start:end]], at)}
    sections, before = [], 0
    for heading, group in groupby(everything, key=lambda one: one.heading):
        theirs = list(group)
        decisions = {one.directive.id: one.decision for one in theirs if one.decision is not None}
        items = [shown[one.directive.id] for one in theirs if one.directive.id in shown]
        if items:
            notes = {d: say_approving.owed(shown[d], one) for d, one in decisions.items() if d in shown}
            sections.append(say.Section(heading, items, len(theirs), before < start, notes))
        before += len(theirs)
    return sections


def _words(
    row: Outbox, unit: str, sections: list[say.Section], everything: list[Line], at: When, where: say.Pages
) -> str:
    count = len(everything)
    if row.kind == SNOOZED:
        return say.snoozed(unit, sections, count, where)
    if row.kind == PRESSING:
        return say.pressing(unit, sections, where)
    own = {one.directive.id for one in everything if one.is_own}
    example = next((d.id for section in sections for d in section.items if d.id in own), None)
    return say.reminder(at.today, unit, sections, count, where, example)


async def _of_one(session: Session, line: Line, person: Person, at: When) -> Rows:
    directive, stands = line.directive, await people.standing(session, person, line.directive)
    rows = buttons.of_directive(directive, stands, await deciders.rows_of(session, directive, person, at))
    if line.heading == say.HELPED and (part := await coordinating.own_part(session, directive, person)):
        return [*parts.of_helper(directive, part), rows[-1]]
    raised = await raised_rows(session, directive, person, stands, at) if line.heading == say.RAISED else []
    return [*raised, *rows[:-1], snoozing(directive, at), rows[-1]]


def _of_many(row: Outbox, everything: Sequence[Line], page: int, at: When) -> Rows:
    some = [one.directive for one in everything[(page - 1) * PAGE : page * PAGE]]
    rows = buttons.to_directives(((d.id, d.code) for d in some), IN_A_ROW, "rd")
    rows.append(_turning(row, page, len(everything)))
    if sum(one.is_own and one.directive.state == State.ISSUED for one in everything) > 1:
        rows.append([button(labels.ACKNOWLEDGE_ALL, "acka")])
    can_wait = any(one.heading != say.HELPED for one in everything)
    if can_wait and moment(Later.AFTERNOON, at.now, at.office.calendar, at.office.rhythm):
        rows.append([button(labels.SNOOZE_ALL, "sna", row.id)])
    return rows


def _turning(row: Outbox, page: int, total: int) -> list[Button]:
    back = [button(labels.PREVIOUS, "mp", row.id, page - 1)] if page > 1 else []
    left = total - page * PAGE
    return [*back, button(f"{labels.SEE_NEXT} ({left})", "mp", row.id, page + 1)] if left > 0 else back


def snoozing(directive: Directive, at: When) -> list[Button]:
    """The moments at which a directive can be mentioned again."""
    if directive.state not in WITH_UNIT:
        return []
    office = at.office
    offered = choices(at.now, directive.last_day, directive.deadline_time, office.calendar, office.rhythm)
    return [button(_LATER[later], "sn", directive.code, later) for later in offered]


_LATER = {Later.AFTERNOON: labels.SNOOZE_AFTERNOON, Later.TOMORROW: labels.SNOOZE_TOMORROW}


# --- turning it ---


async def turn_page(turn: Turn, args: Args) -> None:
    """``mp:row:page``: another page of the person's own message, in its place."""
    row = await own_message(turn, args.number(0))
    message = await due(turn.session, row, turn.person, turn, args.number(1))
    if message is None:
        raise NoSuchThing
    turn.say(message.text, message.buttons, directives=row.directives, edit=True)


async def own_message(turn: Turn, row_id: int) -> Outbox:
    """The message a button stands under, if it is this person's and speaks of what falls due.

    Raises:
        NoSuchThing: it is not.
    """
    row = await message_to(turn.session, row_id, turn.person.id)
    if row is None or row.kind not in {REMINDER, UNHEARD, PRESSING, SNOOZED}:
        raise NoSuchThing
    return row


BUTTONS: dict[str, ButtonHandler] = {"mp": turn_page}
