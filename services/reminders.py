"""The rules of the sweeps: which directives are mentioned now, to whom, and when next.

Everything due for one person is folded into one message a day, whose key says so. A sweep that comes late, by
hours or by days, says everything once. Nothing is queued at an hour at which it could not be sent: what is
due stays due. What falls due for somebody who has had the message of the day waits in one that the next working
morning takes up.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from db import Session
from db.models import Directive, Outbox
from db.queries import reminders as queries
from db.queries.outbox import insert_once
from db.queries.reminders import Due, Next
from domain.calendar import OFFICE_ZONE
from domain.ladder import Course, Mention, Rung, mentions, next_mention
from domain.lifecycle import State
from domain.office import Office
from services import levels
from services.folding import DECIDE, ESCALATED, HELPED, OWN, REMINDER, UNHEARD, Told, fold, take_up
from services.listeners import Listeners, Wanted
from services.outbox import NEWS, local_day

PRESSING = "pressing"  # what cannot wait for the message of the day

ISSUED = "issued"  # directives that were given to a unit


def set_next_mention(directive: Directive, now: datetime, office: Office) -> None:
    """Store when a directive is mentioned next. To be called on every change of its state, deadline or unit.

    Args:
        directive: with its new values.
        now: aware.
        office: whose calendar and rhythm count.
    """
    every = office.approval.remind_after_days
    directive.next_reminder_at = next_mention(course_of(directive, now), now, office.calendar, office.rhythm, every)


def course_of(directive: Directive | Due, now: datetime) -> Course:
    """What the ladder needs to know of a directive. ``now`` stands in where it was given to nobody yet."""
    given = directive.assigned_at or now
    state = State(directive.state)
    if state is not State.ISSUED:  # the hour matters no more: directives of one day share their course
        given = _midnight(given)
    waits = _midnight(directive.waits_since) if directive.waits_since else None
    return Course(state, given, directive.last_day, directive.deadline_time, directive.urgency is not None, waits)


def _midnight(moment: datetime) -> datetime:
    return moment.astimezone(OFFICE_ZONE).replace(hour=0, minute=0, second=0, microsecond=0)


def is_open(now: datetime, office: Office) -> bool:
    """Whether reminders are given now: on a working day, from the morning on, before the quiet hours.

    Not earlier, even where the quiet hours end earlier: what was left over would go out then, and the
    morning's own message would be the second of the day.
    """
    is_morning = now >= office.rhythm.morning_of(local_day(now))
    return is_morning and office.rhythm.may_send(now, office.calendar)


async def remind_due(session: Session, now: datetime, office: Office, limit: int = 500) -> int:
    """Queue the reminders that are due, and set each directive's next moment.

    Args:
        session: a write transaction.
        now: aware.
        office: whose calendar and rhythm count.
        limit: about so many directives at once.

    Returns:
        how many directives, or else waiting messages, were dealt with; 0 when there is nothing to do now.
    """
    is_at_work = is_open(now, office)
    if not is_at_work and not office.rhythm.urgent_ignores_quiet:
        return 0
    due = await queries.take_due(session, now, limit, urgent_only=not is_at_work)
    if not due:
        return await take_up(session, now, limit) if is_at_work else 0
    listeners = await Listeners.of(session, {d.unit_id for d in due}, local_day(now))
    plan = _Plan(now, office, listeners, is_at_work=is_at_work)
    plan.hear(due)
    await _hear_deciders(session, plan)
    await _press(session, plan)
    plan.said |= await fold(session, plan.told, now, later=plan.listeners.clerks)
    await queries.set_next(session, (plan.next_of(d) for d in due))
    return len(due)


@dataclass(frozen=True)
class _Saying:
    """What the ladder says of a directive since its moment: in the day's message, by itself, to who decides."""

    following: datetime | None
    folded: Wanted | None
    alone: Wanted | None
    is_owed: bool


@dataclass
class _Plan:
    """Who is to hear of what."""

    now: datetime
    office: Office
    listeners: Listeners
    is_at_work: bool
    told: dict[int, Told] = field(default_factory=lambda: defaultdict(Told))
    pressing: dict[tuple[int, datetime, Rung], list[Due]] = field(default_factory=lambda: defaultdict(list))
    owed: dict[int, datetime] = field(default_factory=dict)  # decisions to be asked for, with their moments
    said: set[int] = field(default_factory=set)
    counting: set[int] = field(default_factory=set)  # the officers' own: said above them it is no further "lần nhắc"
    _following: dict[int, datetime | None] = field(default_factory=dict)
    _by_course: dict[tuple[Course, datetime], _Saying] = field(default_factory=dict)
    _by_facts: dict[tuple[object, ...], _Saying] = field(default_factory=dict)

    def hear(self, due: Iterable[Due]) -> None:
        for directive in sorted(due, key=_urgency):
            saying = self._saying(directive)
            self._following[directive.id] = saying.following
            if saying.is_owed:
                self.owed[directive.id] = directive.at
            if saying.folded is not None:
                self._fold(directive, saying.folded)
            if saying.alone is not None:
                self._press(directive, saying.alone)

    def _saying(self, directive: Due) -> _Saying:
        """Thousands that are due on one morning have a handful of courses: each is looked at once."""
        facts = (
            directive.state, directive.assigned_at, directive.last_day, directive.deadline_time, directive.urgency,
            directive.waits_since, directive.at,
        )  # fmt: skip
        if (saying := self._by_facts.get(facts)) is None:
            saying = self._by_facts[facts] = self._alike(course_of(directive, self.now), directive.at)
        return saying

    def _alike(self, course: Course, since: datetime) -> _Saying:
        if (course, since) not in self._by_course:
            self._by_course[course, since] = self._said_of(course, since)
        return self._by_course[course, since]

    def _said_of(self, course: Course, since: datetime) -> _Saying:
        every = self.office.approval.remind_after_days
        following = next_mention(course, self.now, self.office.calendar, self.office.rhythm, every)
        wanted = self._rungs(course, since, every)
        alone = [m for m in wanted if m.is_pressing or not self.is_at_work]
        folded = Wanted.of([m for m in wanted if m not in alone and not m.decider])
        is_owed = any(m.decider for m in wanted)
        return _Saying(following, folded, Wanted.of([m for m in alone if not m.decider]), is_owed)

    def _rungs(self, course: Course, since: datetime, every: int) -> list[Mention]:
        """The rungs since its moment. An hour that has passed is not counted down any more."""
        found = mentions(course, since, self.now, self.office.calendar, self.office.rhythm, every)
        is_past = course.ends_at is not None and course.ends_at <= self.now
        return [m for m in found if not (m.rung is Rung.HOURS and is_past)]

    def _fold(self, directive: Due, wanted: Wanted) -> None:
        if wanted.officer:
            self.counting.add(directive.id)
        hearers = self.listeners.hearing(directive, wanted)
        for person in hearers:
            self.told[person].add(OWN, directive.id, directive.at)
        nobody = not self.listeners.units.get(directive.unit_id or 0)
        if nobody or wanted.office:
            for clerk in self.listeners.clerks:
                if clerk not in hearers:
                    self.told[clerk].add(UNHEARD if nobody else ESCALATED, directive.id, directive.at)

    def _press(self, directive: Due, wanted: Wanted) -> None:
        self.said.add(directive.id)
        if wanted.officer:
            self.counting.add(directive.id)
        strongest = max(wanted.mentions, key=lambda m: (list(Rung).index(m.rung), m.at))
        hearers = self.listeners.hearing(directive, wanted) or self.listeners.clerks
        for person in hearers:
            self.pressing[person, strongest.at, strongest.rung].append(directive)

    def next_of(self, directive: Due) -> Next:
        counts = directive.id in self.said and directive.id in self.counting
        return Next(directive.id, self._following[directive.id], int(counts))


def _urgency(directive: Due) -> tuple[bool, date, int]:
    return directive.last_day is None, directive.last_day or date.max, directive.id


async def _hear_deciders(session: Session, plan: _Plan) -> None:
    """Who owes a decision, the unit's head or the office, hears of it with the rest of the day."""
    if not plan.owed:
        return
    for number, hearers in (await levels.hearing(session, list(plan.owed), plan.now, plan.office)).items():
        for person in hearers:
            plan.told[person].add(DECIDE, number, plan.owed[number])


async def _press(session: Session, plan: _Plan) -> None:
    """What cannot wait: one message a person and moment."""
    rows = [_pressing_row(plan, *place, due) for place, due in plan.pressing.items()]
    await insert_once(session, Outbox, rows, "key")


def _pressing_row(plan: _Plan, person: int, at: datetime, why: Rung, due: Sequence[Due]) -> dict[str, Any]:
    ids = [directive.id for directive in due]
    return {
        "kind": PRESSING,
        "key": f"{PRESSING}:{person}:{why}:{at.isoformat()}:{ids[0]}",
        "person_id": person,
        "payload": {"why": str(why), "since": at.isoformat()},
        "directives": ids,
        "priority": NEWS,
        "urgent": not plan.is_at_work,
        "created_at": plan.now,
    }


async def hand_on(session: Session, row: Outbox, now: datetime) -> None:
    """A message could not be given to its person: what it asks for is due again, for whoever else is there.

    A new directive that nobody of its unit can be told of is told to the office.

    Args:
        session: a write transaction in which the person is known to be unreachable.
        row: the message that failed.
        now: aware.
    """
    if row.kind in {REMINDER, PRESSING}:
        since = row.payload.get("since") or row.payload.get("meant_for")
        ids = row.payload.get(OWN, [i for i in row.directives if i not in row.payload.get(HELPED, ())])
        await queries.due_again(session, ids, datetime.fromisoformat(since) if since else now)
    elif row.kind == ISSUED:
        told: dict[int, Told] = defaultdict(Told)
        for clerk in await queries.clerks(session):
            for directive_id in await queries.unheard(session, row.directives):
                told[clerk].add(UNHEARD, directive_id, now)
        await fold(session, told, now, later=list(told))
