"""A directive's life: each function is one intention of a person, checked, recorded and told to everyone concerned.

All take an open session and never commit. ``inbox_id`` is the message an act came from, for the audit.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select, update

from db import Session
from db.models import Attachment, Directive, Extension, Obstacle, Person, Report, Transition, Unit
from domain.errors import (
    AlreadyThere,
    MoveNotAllowed,
    NoSuchDirective,
    NoSuchThing,
    ReasonMissing,
)
from domain.lifecycle import NEEDS_REASON, WITH_UNIT, Event, State, after
from domain.office import Office
from domain.rights import Action, Role
from services import audit, explanations, people, receipts
from services.outbox import tell
from services.reminders import set_next_mention
from services.series import set_next_opening

UNCONFIRMED = ("done", "extension", "decline")  # words kept before their meaning was confirmed: they change no figure
NEWS = "news"  # an outbox row that speaks of one audit row
ISSUED = "issued"  # directives that were given to a unit
HELPING = "helping"  # directives a unit helps with


@dataclass(frozen=True)
class By:
    """Who acts, when, and from which message."""

    person: Person
    now: datetime
    office: Office
    inbox_id: int | None = None


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
    found = await session.get(Directive, number, with_for_update={"of": Directive})
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
    """
    reason = (reason or "").strip() or None
    if event in NEEDS_REASON and reason is None:
        raise ReasonMissing(event)
    before, directive.state = directive.state, after(State(directive.state), event)
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
    set_next_mention(directive, by.now, by.office)
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


# --- the unit's side ---


async def acknowledge(session: Session, directive: Directive, by: By) -> None:
    """The unit has it. Who says so becomes its contact, the one who is reminded first."""
    await people.check(session, by, directive, Action.ACKNOWLEDGE)
    directive.acknowledged_at, directive.contact_id = by.now, by.person.id
    await move(session, directive, Event.ACKNOWLEDGE, by)
    await receipts.acknowledged(session, by.person, [directive.id], by.now, by.inbox_id)


@dataclass(frozen=True)
class Said:
    """What a unit says of its directive. ``percent`` is 0 to 100."""

    kind: str
    text: str
    percent: int | None = None
    difficulty: str | None = None
    is_solved: bool = False  # the difficulty of before is over


@dataclass(frozen=True)
class Evidence:
    """A kept file."""

    sha256: str
    name: str
    mime: str
    size: int


async def report(
    session: Session, directive: Directive, said: Said, by: By, evidence: Sequence[Evidence] = ()
) -> Report:
    """Keep what a unit says of its directive, which is thereby acknowledged. A difficulty is told to the office."""
    await people.check(session, by, directive, Action.REPORT)
    row = await _keep_report(session, directive, said, by, evidence)
    if said.percent is not None:
        directive.percent = min(said.percent, 99) if said.kind != "done" else directive.percent
    _become_contact(directive, by)
    moved = await move(session, directive, Event.REPORT, by, report=row.code)
    if said.difficulty or said.is_solved:
        await _close_obstacles(session, directive, by)
    if said.difficulty:
        session.add(Obstacle(directive_id=directive.id, report_id=row.id, text=said.difficulty, opened_at=by.now))
        await tell_news(session, moved, directive, await people.clerks(session), by)
    return row


async def _keep_report(
    session: Session, directive: Directive, said: Said, by: By, evidence: Sequence[Evidence]
) -> Report:
    row = Report(
        directive_id=directive.id,
        person_id=by.person.id,
        unit_id=by.person.unit_id,
        at=by.now,
        kind=said.kind,
        percent=said.percent,
        text=said.text,
        difficulty=said.difficulty,
        inbox_id=by.inbox_id,
    )
    row.attachments = [Attachment(sha256=e.sha256, name=e.name, mime=e.mime, size=e.size) for e in evidence]
    session.add(row)
    await session.flush()
    return row


def _become_contact(directive: Directive, by: By) -> None:
    if directive.acknowledged_at is None:
        directive.acknowledged_at = by.now
    if directive.contact_id is None:
        directive.contact_id = by.person.id


async def note(session: Session, directive: Directive, said: Said, by: By, evidence: Sequence[Evidence] = ()) -> Report:
    """Keep words that would change something, before it is confirmed how they were understood. Nothing moves yet.

    Raises:
        NotAllowed: not their directive.
    """
    await people.check(session, by, directive, Action.REPORT)
    return await _keep_report(session, directive, said, by, evidence)


async def submit(session: Session, directive: Directive, by: By, report_row: Report | None = None) -> bool:
    """The unit says it is done. The moment of completion is when the evidence came, if it is approved.

    Returns:
        whether a request for more time was closed by it.
    """
    await people.check(session, by, directive, Action.SUBMIT)
    _become_contact(directive, by)
    directive.submitted_at = by.now
    details = {}
    if report_row is not None:
        report_row.kind, report_row.percent = "done", 100
        details["report"] = report_row.code
    moved = await move(session, directive, Event.SUBMIT, by, **details)
    await tell_news(session, moved, directive, await people.deciders(session, directive), by)
    return await close_requests(session, directive, by)


async def report_by_code(session: Session, code: str, person: Person) -> Report:
    """A report of this person's own, not taken back.

    Raises:
        NoSuchThing: there is none.
    """
    found = await session.scalar(select(Report).where(Report.code == code, Report.person_id == person.id))
    if found is None or found.withdrawn_at is not None:
        raise NoSuchThing
    return found


async def report_of_code(session: Session, code: str) -> Report | None:
    """A report, whoever made it: for the news about it."""
    return await session.scalar(select(Report).where(Report.code == code))


async def reinterpret(session: Session, old: Report, said: Said, by: By) -> Report:
    """The same words and files, understood another way: the old reading is kept, marked as taken back."""
    directive = await session.get_one(Directive, old.directive_id, with_for_update={"of": Directive})
    evidence = [Evidence(a.sha256, a.name, a.mime, a.size) for a in old.attachments]
    await withdraw(session, old, by)
    return await report(session, directive, said, by, evidence)


async def withdraw(session: Session, report_row: Report, by: By) -> None:
    """The author takes a report back ("Sửa"). It is kept, marked; its difficulty is closed."""
    if report_row.person_id != by.person.id or report_row.withdrawn_at is not None:
        raise NoSuchThing
    directive = await session.get_one(Directive, report_row.directive_id)
    if directive.state not in WITH_UNIT:
        raise MoveNotAllowed(directive.state, "withdraw")
    report_row.withdrawn_at = by.now
    await session.execute(
        update(Obstacle)
        .where(Obstacle.report_id == report_row.id, Obstacle.closed_at.is_(None))
        .values(closed_at=by.now)
    )
    before = await session.scalar(
        select(Report.percent)
        .where(
            Report.directive_id == directive.id,
            Report.kind.not_in(UNCONFIRMED),
            Report.withdrawn_at.is_(None),
            Report.percent.is_not(None),
        )
        .order_by(Report.id.desc())
        .limit(1)
    )
    directive.percent = before
    await audit.record(
        session, "withdraw", now=by.now, directive=directive, actor=by.person,
        details={"report": report_row.code}, inbox_id=by.inbox_id,
    )  # fmt: skip


async def decline(session: Session, directive: Directive, by: By, reason: str, suggested: str | None = None) -> None:
    """The unit says it is not theirs; the office decides."""
    await people.check(session, by, directive, Action.DECLINE)
    row = await move(session, directive, Event.DECLINE, by, reason, **({"unit": suggested} if suggested else {}))
    await tell_news(session, row, directive, await people.deciders(session, directive), by)


# --- the assigner's side ---


async def approve(session: Session, directive: Directive, by: By) -> None:
    """The assigner's side agrees that it is done, as of when the evidence was submitted."""
    await people.check(session, by, directive, Action.DECIDE)
    row = await move(session, directive, Event.APPROVE, by)
    directive.completed_at, directive.percent = directive.submitted_at, 100
    await close_open_ends(session, directive, by)
    await tell_news(session, row, directive, await concerned(session, directive), by)


async def send_back(session: Session, directive: Directive, by: By, reason: str) -> None:
    """Not done yet: back to the unit, with the reason."""
    await people.check(session, by, directive, Action.DECIDE)
    row = await move(session, directive, Event.RETURN, by, reason)
    directive.submitted_at = None
    await tell_news(session, row, directive, await lead_people(session, directive), by)


async def insist(session: Session, directive: Directive, by: By, reason: str | None = None) -> None:
    """The unit stays the accountable one."""
    await people.check(session, by, directive, Action.STEER)
    row = await move(session, directive, Event.INSIST, by, reason)
    await tell_news(session, row, directive, await lead_people(session, directive), by)


async def reassign(session: Session, directive: Directive, unit: Unit, by: By) -> None:
    """Another unit becomes the accountable one; pending requests are closed, and both are told."""
    old_people = await lead_people(session, directive)
    row = await hand_over(session, directive, unit, by)
    await tell_news(session, row, directive, [*old_people, *await helpers(session, directive)], by)
    await tell(
        session, people.ids(await lead_people(session, directive)), ISSUED, now=by.now, directives=[directive.id],
        urgent=directive.urgency is not None,
    )  # fmt: skip


async def hand_over(session: Session, directive: Directive, unit: Unit, by: By, **details: Any) -> Transition:
    """Make another unit the accountable one without saying so to anyone; pending requests are closed."""
    await people.check(session, by, directive, Action.STEER)
    if unit.id == directive.lead_unit_id:
        raise AlreadyThere(unit.name)
    old_unit = directive.lead_unit
    directive.lead_unit, directive.lead_unit_id = unit, unit.id
    await people.check(session, by, directive, Action.STEER)  # nor may it be given to another leader's field
    directive.acknowledged_at = directive.contact_id = directive.percent = None
    directive.reminders = 0
    directive.assigned_at = by.now
    names = {"old_unit": old_unit.name if old_unit else None, "new_unit": unit.name}
    row = await move(session, directive, Event.REASSIGN, by, **names, **details)
    await close_open_ends(session, directive, by)
    return row


async def steer(session: Session, directive: Directive, event: Event, by: By, reason: str | None = None) -> None:
    """Suspend, resume, cancel or reopen."""
    await people.check(session, by, directive, Action.STEER)
    row = await move(session, directive, event, by, reason)
    if event is Event.REOPEN:
        directive.completed_at = directive.submitted_at = None
    if event is Event.CANCEL:
        await close_open_ends(session, directive, by)
    await tell_news(session, row, directive, await concerned(session, directive), by)


async def close_open_ends(session: Session, directive: Directive, by: By) -> None:
    """Nothing keeps waiting on a directive that has ended or moved."""
    await _close_obstacles(session, directive, by)
    await close_requests(session, directive, by)
    await explanations.end_open(session, directive, by, by.inbox_id)


async def _close_obstacles(session: Session, directive: Directive, by: By) -> None:
    await session.execute(
        update(Obstacle)
        .where(Obstacle.directive_id == directive.id, Obstacle.closed_at.is_(None))
        .values(closed_at=by.now)
    )


async def close_requests(session: Session, directive: Directive, by: By) -> bool:
    """End a request for more time that waits; gives whether there was one."""
    closed = await session.scalars(
        update(Extension)
        .where(Extension.directive_id == directive.id, Extension.state == "pending")
        .values(state="closed", decided_at=by.now)
        .returning(Extension.id)
    )
    return bool(list(closed))


async def open_of_unit(session: Session, unit_id: int) -> list[Directive]:
    """What a unit has in hand, the most urgent first."""
    found = await session.scalars(
        select(Directive)
        .where(Directive.lead_unit_id == unit_id, Directive.state.in_([State.ISSUED, State.IN_PROGRESS]))
        .order_by(Directive.last_day.is_(None), Directive.last_day, Directive.id)
    )
    return list(found)


async def waiting_for(session: Session, who: people.Acting) -> list[Directive]:
    """What waits for a person's decision: submitted or declined directives on the assigner's side."""
    if who.person.role not in {Role.CLERK, Role.LEADER}:
        return []
    found = await session.scalars(
        select(Directive)
        .where(Directive.state.in_([State.SUBMITTED, State.DECLINED]))
        .order_by(Directive.submitted_at, Directive.id)
    )
    waiting = list(found)
    stands = await people.standings(session, who, waiting)
    return [d for d, one in zip(waiting, stands, strict=True) if people.may_decide(one)]


async def last_report(session: Session, person: Person, since: datetime) -> Report | None:
    """What a person reported last, not taken back, from ``since`` on."""
    return await session.scalar(
        select(Report)
        .where(Report.person_id == person.id, Report.withdrawn_at.is_(None), Report.at >= since)
        .order_by(Report.id.desc())
        .limit(1)
    )


async def add_evidence(session: Session, report_row: Report, files: Sequence[Evidence]) -> None:
    """More files for a report."""
    session.add_all(
        Attachment(report_id=report_row.id, sha256=f.sha256, name=f.name, mime=f.mime, size=f.size) for f in files
    )
    await session.flush()


async def evidence_of(session: Session, directive: Directive) -> list[Attachment]:
    """The files handed in for a directive, in order, without those of reports taken back."""
    found = await session.scalars(
        select(Attachment)
        .join(Report)
        .where(Report.directive_id == directive.id, Report.withdrawn_at.is_(None))
        .order_by(Attachment.id)
    )
    return list(found)


async def suggested_unit(session: Session, directive: Directive) -> str | None:
    """The unit that was named when the directive was declined last."""
    details = await session.scalar(
        select(Transition.details)
        .where(Transition.directive_id == directive.id, Transition.event == Event.DECLINE)
        .order_by(Transition.id.desc())
        .limit(1)
    )
    return (details or {}).get("unit")
