"""The unit's side of a directive: acknowledging, reporting, handing in, saying that it is not theirs."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from db import Session
from db.memo import remembered
from db.models import Attachment, Directive, Person, Report, Transition
from domain.errors import MoveNotAllowed, NoSuchThing
from domain.lifecycle import WITH_UNIT, Event
from domain.rights import Action
from services import additions, audit, extensions, levels, life, obstacles, people, posts, receipts, urging
from services.life import By
from services.replaced import merged_into

WITHDRAWN = "withdraw"  # the audit's word: a report was taken back by its author
UNCONFIRMED = ("done", "extension", "decline")  # words kept before their meaning was confirmed: they change no figure


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
    channel: str | None = None  # the platform it came by, with what that one calls it
    ref: str | None = None


async def acknowledge(session: Session, directive: Directive, by: By) -> None:
    """The unit has it. Who says so becomes its contact, reminded first, unless its head has named one."""
    await people.check(session, by, directive, Action.ACKNOWLEDGE)
    directive.acknowledged_at = by.now
    contact = await session.get(Person, directive.contact_id) if directive.contact_id else None
    if contact is None or not contact.active:
        directive.contact_id = by.person.id
    await life.move(session, directive, Event.ACKNOWLEDGE, by)
    await receipts.acknowledged(session, by.person, [directive.id], by.now, by.inbox_id)


async def report(
    session: Session, directive: Directive, said: Said, by: By, evidence: Sequence[Evidence] = ()
) -> Report:
    """Keep what a unit says of its directive, which is thereby acknowledged. A difficulty is told to who decides."""
    await people.check(session, by, directive, Action.REPORT)
    row = await _keep_report(session, directive, said, by, evidence)
    if said.percent is not None:
        directive.percent = min(said.percent, 99) if said.kind != "done" else directive.percent
    _become_contact(directive, by)
    moved = await life.move(session, directive, Event.REPORT, by, report=row.code)
    told: list[Person] = []
    if await obstacles.from_report(session, directive, row, by, is_solved=said.is_solved):
        told = await people.deciders(session, directive)
        await life.tell_news(session, moved, directive, told, by)
    else:
        await additions.told(session, directive, moved, by)
    await urging.answered(session, directive, row, by, told)
    return row


async def _keep_report(
    session: Session, directive: Directive, said: Said, by: By, evidence: Sequence[Evidence]
) -> Report:
    row = Report(
        directive_id=directive.id,
        person_id=by.person.id,
        unit_id=await posts.unit_spoken_for(session, by.person, directive),
        at=by.now,
        kind=said.kind,
        percent=said.percent,
        text=said.text,
        difficulty=said.difficulty,
        inbox_id=by.inbox_id,
    )
    row.attachments = [_attachment(e) for e in evidence]
    session.add(row)
    await session.flush()
    return row


def _attachment(e: Evidence) -> Attachment:
    return Attachment(sha256=e.sha256, name=e.name, mime=e.mime, size=e.size, channel=e.channel, file_ref=e.ref)


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
    moved = await life.move(session, directive, Event.SUBMIT, by, **details)
    await life.tell_news(session, moved, directive, await levels.first_told(session, directive, by), by)
    return await extensions.close_requests(session, directive, by) is not None


async def decline(session: Session, directive: Directive, by: By, reason: str, suggested: str | None = None) -> None:
    """The unit says it is not theirs; the office decides."""
    await people.check(session, by, directive, Action.DECLINE)
    row = await life.move(session, directive, Event.DECLINE, by, reason, **({"unit": suggested} if suggested else {}))
    await life.tell_news(session, row, directive, await people.deciders(session, directive), by)


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


async def last_report(session: Session, person: Person, since: datetime) -> Report | None:
    """What a person reported last, not taken back, from ``since`` on."""
    return await session.scalar(
        select(Report)
        .where(Report.person_id == person.id, Report.withdrawn_at.is_(None), Report.at >= since)
        .order_by(Report.id.desc())
        .limit(1)
    )


async def reinterpret(session: Session, old: Report, said: Said, by: By) -> Report:
    """The same words and files, understood another way: the old reading is kept, marked as taken back."""
    directive = await session.get_one(Directive, old.directive_id, with_for_update={"of": Directive})
    evidence = [Evidence(a.sha256, a.name, a.mime, a.size, a.channel, a.file_ref) for a in old.attachments]
    await make_way(session, old, by)
    return await report(session, directive, said, by, evidence)


async def withdraw(session: Session, report_row: Report, by: By) -> None:
    """The author takes a report back ("Sửa"). It is kept, marked; its difficulty is closed.

    What was added while the decision is awaited can be taken back until then; who has read of it is told.
    """
    row = await make_way(session, report_row, by)
    await additions.taken_back(session, await session.get_one(Directive, report_row.directive_id), row, by)


async def make_way(session: Session, report_row: Report, by: By) -> Transition:
    """The same, before a new version stands in its place: who is told of that one needs no word of the old one.

    Returns:
        its row of the audit.

    Raises:
        NoSuchThing: it is another person's, or was taken back before.
        MoveNotAllowed: it has been decided.
    """
    if report_row.person_id != by.person.id or report_row.withdrawn_at is not None:
        raise NoSuchThing
    directive = await session.get_one(Directive, report_row.directive_id)
    if directive.state not in WITH_UNIT and not await additions.is_addition(session, directive, report_row):
        raise MoveNotAllowed(directive.state, "withdraw")
    report_row.withdrawn_at = by.now
    await obstacles.withdrawn(session, report_row, by)
    directive.percent = await _percent_before(session, directive)
    return await audit.record(
        session, WITHDRAWN, now=by.now, directive=directive, actor=by.person,
        details={"report": report_row.code}, inbox_id=by.inbox_id,
    )  # fmt: skip


async def _percent_before(session: Session, directive: Directive) -> int | None:
    """The newest share that was reported and stands; none from before another unit got it, or it was opened again."""
    anew = select(func.max(Transition.at)).where(
        Transition.directive_id == directive.id, Transition.event.in_([Event.REASSIGN, Event.REOPEN])
    )
    begun = await session.scalar(anew)
    since = [Report.at >= begun] if begun else []
    return await session.scalar(
        select(Report.percent)
        .where(
            Report.directive_id == directive.id,
            Report.coordination_id.is_(None),
            Report.kind.not_in(UNCONFIRMED),
            Report.withdrawn_at.is_(None),
            Report.percent.is_not(None),
            *since,
        )
        .order_by(Report.id.desc())
        .limit(1)
    )


async def add_evidence(session: Session, report_row: Report, files: Sequence[Evidence]) -> None:
    """More files for a report."""
    for file in files:
        attachment = _attachment(file)
        attachment.report_id = report_row.id
        session.add(attachment)
    await session.flush()


async def join_files(session: Session, report_row: Report, files: Sequence[Evidence], by: By) -> None:
    """Further files for a report, by its author. Who is to decide on it is told.

    Raises:
        NoSuchThing: it is another person's, or was taken back.
    """
    if report_row.person_id != by.person.id or report_row.withdrawn_at is not None:
        raise NoSuchThing
    await add_evidence(session, report_row, files)
    directive = await session.get_one(Directive, report_row.directive_id)
    await additions.joined(session, directive, report_row, [file.name for file in files], by)


async def evidence_of(session: Session, directive: Directive) -> list[Attachment]:
    """The files handed in for a directive, and for those merged into it, without those of reports taken back."""
    numbers = [directive.id, *await merged_into(session, directive.id)]

    async def read() -> list[Attachment]:
        found = await session.scalars(
            select(Attachment)
            .join(Report)
            .where(Report.directive_id.in_(numbers), Report.withdrawn_at.is_(None))
            .order_by(Attachment.id)
        )
        return list(found)

    return await remembered(session, ("evidence", *numbers), read, of_work=True)


async def count_evidence(session: Session, ids: Collection[int]) -> dict[int, int]:
    """How many files were handed in for each of these directives that has any, without those taken back."""
    query = (
        select(Report.directive_id, func.count())
        .join(Attachment, Attachment.report_id == Report.id)
        .where(Report.directive_id.in_(ids), Report.withdrawn_at.is_(None))
        .group_by(Report.directive_id)
    )
    rows = await session.execute(query)
    return {row[0]: row[1] for row in rows}
