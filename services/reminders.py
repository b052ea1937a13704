"""The rules of the sweeps: which directives are mentioned now, to whom, and when next.

Everything due for one person is folded into one message a day, whose key says so. A sweep that comes late, by
hours or by days, says everything once. Nothing is queued at an hour at which it could not be sent: what is
due stays due.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from db import Session
from db.models import Directive, Outbox
from db.queries import reminders as queries
from db.queries.outbox import insert_once
from db.queries.reminders import Due, Hearer, Next, Queued
from domain.ladder import Course, audience, next_mention
from domain.lifecycle import WITH_UNIT, State
from domain.office import Office
from domain.rights import Role
from services.folding import by_person, key_of, merged, row_of
from services.outbox import local_day

REMINDER = "reminder"  # what a person's own directives are waiting for
UNHEARD = "unheard"  # to the office: directives of which nobody of the lead unit can be told

_FOLDED = (REMINDER, UNHEARD)


def set_next_mention(directive: Directive, now: datetime, office: Office) -> None:
    """Store when a directive is mentioned next. To be called on every change of its state, deadline or unit.

    Args:
        directive: with its new values.
        now: aware.
        office: whose calendar and rhythm count.
    """
    course = _course(State(directive.state), directive.assigned_at or now, directive.last_day)
    directive.next_reminder_at = next_mention(course, now, office.calendar, office.rhythm)


def _course(state: State, issued_at: datetime, last_day: date | None) -> Course:
    return Course(state, local_day(issued_at), last_day)


def is_open(now: datetime, office: Office) -> bool:
    """Whether reminders are given now: on a working day, from the morning on, before the quiet hours.

    Not earlier, even where the quiet hours end earlier: what was left over would go out then, and the
    morning's own message would be the second of the day.
    """
    is_morning = now >= office.rhythm.morning_of(local_day(now))
    return is_morning and office.rhythm.may_send(now, office.calendar)


# --- reminders ---


async def remind_due(session: Session, now: datetime, office: Office, limit: int = 500) -> int:
    """Queue the reminders that are due, and set each directive's next moment.

    Args:
        session: a write transaction.
        now: aware.
        office: whose calendar and rhythm count.
        limit: about so many directives at once.

    Returns:
        how many directives, or else left-over messages, were dealt with; 0 when there is nothing to do now.
    """
    if not is_open(now, office):
        return 0
    due = await queries.take_due(session, now, limit)
    if not due:
        return sum([await _carry_over(session, kind, now, limit) for kind in _FOLDED])
    plan = _Plan(now, office)
    people = await queries.hearers(session, {d.unit_id for d in due if d.unit_id is not None})
    plan.hear(due, people, await queries.clerks(session))
    for kind in _FOLDED:
        await _fold(session, kind, plan)
    await queries.set_next(session, (plan.next_of(d) for d in due))
    return len(due)


@dataclass
class _Plan:
    """Who is to hear of what; then what came of it."""

    now: datetime
    office: Office
    told: dict[str, dict[int, list[Due]]] = field(default_factory=lambda: {k: defaultdict(list) for k in _FOLDED})
    heard: set[int] = field(default_factory=set)  # directives that stand in somebody's message of today
    postponed: set[int] = field(default_factory=set)  # those that somebody's message of today went out without
    _next: dict[Course, datetime | None] = field(default_factory=dict)

    @property
    def today(self) -> date:
        return local_day(self.now)

    def hear(self, due: Iterable[Due], people: Iterable[Hearer], clerks: Sequence[int]) -> None:
        units: dict[int | None, list[Hearer]] = defaultdict(list)
        for person in people:
            units[person.unit_id].append(person)
        for directive in sorted(due, key=_urgency):
            if directive.state not in WITH_UNIT:
                continue
            hearers = self._hearers(directive, units[directive.unit_id])
            for who in hearers or clerks:
                self.told[REMINDER if hearers else UNHEARD][who].append(directive)

    def _hearers(self, directive: Due, unit: Sequence[Hearer]) -> list[int]:
        """Who acknowledged, else the officers, else the head; the head too where the ladder says so."""
        heads = [p.id for p in unit if p.role is Role.HEAD]
        contact = [p.id for p in unit if p.id == directive.contact_id]
        officers = [p.id for p in unit if p.role is not Role.HEAD]
        first = contact or officers or heads
        calendar, rhythm = self.office.calendar, self.office.rhythm
        wants_head = audience(self._course(directive), self.today, calendar, rhythm).head
        return list(dict.fromkeys([*first, *heads] if wants_head else first))

    def _course(self, directive: Due) -> Course:
        return _course(directive.state, directive.assigned_at or self.now, directive.last_day)

    def missed(self, due: Iterable[Due], sent: Iterable[Queued]) -> None:
        """Today's message of a person is gone: what it spoke of is said, the rest waits for the next one."""
        said = {i for row in sent for i in row.directives}
        ids = {directive.id for directive in due}
        self.heard |= ids & said
        self.postponed |= ids - said

    def next_of(self, directive: Due) -> Next:
        """A directive that today's message went out without has its turn on the next working morning."""
        rhythm, calendar = self.office.rhythm, self.office.calendar
        course = self._course(directive)
        if course not in self._next:
            self._next[course] = next_mention(course, self.now, calendar, rhythm)
        at = self._next[course]
        if directive.id in self.postponed:
            soon = rhythm.morning_of(calendar.next_working(self.today))
            at = soon if at is None else min(at, soon)
        return Next(directive.id, at, int(directive.id in self.heard))


def _urgency(directive: Due) -> tuple[bool, date, int]:
    return directive.last_day is None, directive.last_day or date.max, directive.id


async def _fold(session: Session, kind: str, plan: _Plan) -> None:
    """Put what is due into each person's message of today: a new one, or the one that still waits."""
    told = plan.told[kind]
    if not told:
        return
    there = by_person(await queries.with_keys(session, [key_of(kind, person, plan.today) for person in told]))
    older = by_person(await queries.left_over(session, kind, plan.today, list(told)))
    fresh = []
    for person, due in told.items():
        waiting = [*older[person], *there[person]]
        if any(row.state != "queued" for row in there[person]):
            plan.missed(due, there[person])
            continue
        plan.heard.update(d.id for d in due)
        message = merged(waiting, [d.id for d in due], min(d.at for d in due))
        if there[person]:
            await queries.rewrite(session, there[person][0].id, message.directives, message.payload)
        else:
            fresh.append(row_of(kind, person, message, plan.now))
    await queries.let_go(session, [row.id for person in older for row in older[person]])
    await insert_once(session, Outbox, fresh, "key")


async def _carry_over(session: Session, kind: str, now: datetime, limit: int) -> int:
    """Messages of earlier days that never went out become today's, for those who have none of today."""
    older = by_person(await queries.left_over(session, kind, local_day(now), limit=limit))
    rows = [row_of(kind, person, merged(waiting, [], now), now) for person, waiting in older.items()]
    await queries.let_go(session, [row.id for person in older for row in older[person]])
    await insert_once(session, Outbox, rows, "key")
    return len(rows)


async def hand_on(session: Session, row: Outbox, now: datetime) -> None:
    """A reminder could not be given to its person: its directives are due again, for whoever else is there.

    Args:
        session: a write transaction in which the person is known to be unreachable.
        row: the reminder.
        now: aware.
    """
    if row.kind == REMINDER:
        await queries.due_again(session, row.directives, now)
