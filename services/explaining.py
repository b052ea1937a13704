"""A leader asks a unit to explain in writing why a directive is late; the unit answers within a working day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select

from db import Session
from db.models import Directive, Explanation, Person, Report, Unit
from domain.calendar import OFFICE_ZONE
from domain.errors import ExplanationAsked, NoSuchThing, NotOverdue, ReasonMissing
from domain.lifecycle import OPEN, State
from domain.office import Office
from domain.rights import Action, Role
from services import audit, explanations, people, reporting, scope
from services.answerable import answerable
from services.explanations import REMINDED, REQUEST
from services.life import By
from services.outbox import local_day, tell
from services.reporting import Evidence, Said

ASKED = "ask_explanation"  # the audit's words
EXPLAINED = "explain"
ANSWERED = "explained"  # an outbox row to who asked
KIND = "explanation"  # of the report that holds the answer
WORKING_DAYS = 1  # to answer


async def ask(session: Session, directive: Directive, by: By) -> Explanation:
    """Ask the lead unit to explain in writing, by the end of the next working day.

    The leader in charge asks, or a clerk on their behalf; the history names who did.

    Raises:
        NotAllowed: neither of them.
        NotOverdue: there is nothing to explain.
        ExplanationAsked: another request waits for its answer.
    """
    await people.check(session, by, directive, Action.ASK_EXPLANATION)
    today = local_day(by.now)
    if not explanations.is_askable(directive, today) or directive.lead_unit_id is None:
        raise NotOverdue(directive.id)
    if there := (await explanations.open_of(session, [directive.id])).get(directive.id):
        asker = await session.get_one(Person, there.asked_by)
        raise ExplanationAsked(directive.id, asker.name, there.asked_at, there.due_day)
    row = Explanation(
        directive_id=directive.id, unit_id=directive.lead_unit_id, asked_by=by.person.id, asked_at=by.now,
        due_day=by.office.calendar.add_working_days(today, WORKING_DAYS),
    )  # fmt: skip
    session.add(row)
    await session.flush()
    details = {"explanation": row.code, "due": row.due_day.isoformat()}
    await audit.record(
        session, ASKED, now=by.now, directive=directive, actor=by.person, details=details, inbox_id=by.inbox_id
    )
    payload = {"explanations": [row.code]}
    hearers = await answerable(session, directive)
    await tell(session, hearers, REQUEST, now=by.now, directives=[directive.id], payload=payload)
    return row


async def may_answer(session: Session, row: Explanation, by: people.Acting) -> Directive:
    """The directive to be explained, if this person may, and the answer still waits.

    Raises:
        NotAllowed: not their unit's.
        NoSuchThing: it is answered, or no longer needed.
    """
    directive = await session.get_one(Directive, row.directive_id, with_for_update={"of": Directive})
    await people.check(session, by, directive, Action.REPORT)
    if row.closed_at is not None:
        raise NoSuchThing
    return directive


async def answer(session: Session, row: Explanation, text: str, by: By, evidence: Sequence[Evidence] = ()) -> Report:
    """Keep the unit's explanation and hand it to who asked. It is no report of progress: nothing moves.

    Raises:
        ReasonMissing: neither words nor a file.
    """
    directive = await may_answer(session, row, by)
    if not text.strip() and not evidence:
        raise ReasonMissing(EXPLAINED)
    report = await reporting.note(session, directive, Said(KIND, text.strip()), by, evidence)
    row.answered_by, row.answered_at, row.closed_at, row.report_id = by.person.id, by.now, by.now, report.id
    details = {"explanation": row.code, "report": report.code}
    await audit.record(
        session, EXPLAINED, now=by.now, directive=directive, actor=by.person, details=details, inbox_id=by.inbox_id
    )
    asked = {"explanation": row.code}
    to = await _askers(session, row, directive)
    await tell(session, to, ANSWERED, now=by.now, directives=[directive.id], payload=asked)
    return report


async def _askers(session: Session, row: Explanation, directive: Directive) -> list[int]:
    """Who asked; the supervising leader too where that was a clerk, or somebody who has left."""
    asker = await session.get_one(Person, row.asked_by)
    found = [asker] if asker.active else []
    if (asker.role != Role.LEADER or not asker.active) and directive.lead_unit_id is not None:
        leader = await scope.supervising_leader(session, directive.lead_unit_id)
        found += [leader] if leader else []
    return people.ids(found)


async def remind(session: Session, now: datetime, office: Office) -> int:
    """Remind units once of what they have not explained in time, on the working morning after: one message a person.

    Args:
        session: a write transaction.
        now: aware.
        office: whose calendar and rhythm count.

    Returns:
        how many messages were queued.
    """
    today = local_day(now)
    if now < office.rhythm.morning_of(today) or not office.rhythm.may_send(now, office.calendar):
        return 0
    told: dict[int, list[Explanation]] = defaultdict(list)
    for row, directive in await _late(session, now):
        row.reminded_at = now
        for person in await answerable(session, directive):
            told[person].append(row)
    for person, rows in told.items():
        await tell(
            session, [person], REMINDED, now=now, directives=[r.directive_id for r in rows],
            payload={"explanations": [r.code for r in rows]}, key=f"{REMINDED}:{today.isoformat()}",
        )  # fmt: skip
    return len(told)


async def _late(session: Session, now: datetime) -> list[tuple[Explanation, Directive]]:
    """Open requests whose day has passed and whose unit has not been reminded; what is suspended waits."""
    query = (
        select(Explanation, Directive)
        .join(Directive, Directive.id == Explanation.directive_id)
        .where(
            Explanation.closed_at.is_(None),
            Explanation.reminded_at.is_(None),
            Explanation.due_day < now.astimezone(OFFICE_ZONE).date(),
            Directive.state.in_(sorted(OPEN - {State.SUSPENDED})),
        )
        .order_by(Explanation.id)
        .with_for_update(of=Explanation)
    )
    return [(row[0], row[1]) for row in await session.execute(query)]


async def report_of(session: Session, row: Explanation) -> Report | None:
    """The report that holds an answer, with its files."""
    return await session.get(Report, row.report_id) if row.report_id else None


async def unit_name(session: Session, row: Explanation) -> str:
    """The unit that was asked."""
    return (await session.get_one(Unit, row.unit_id)).name
