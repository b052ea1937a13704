"""From a document that was read to directives: filed as drafts, corrected by a clerk, issued or dropped."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select

from db import Session
from db.models import Coordination, Directive, Notice, Unit
from domain.deadlines import Deadline
from domain.errors import MoveNotAllowed, NoSuchThing
from domain.lifecycle import Event, State
from domain.organisation import Directory
from domain.rights import Action, Role, Standing, require
from domain.urgency import Urgency
from notices.model import ALL_UNITS, NO_UNIT, ReadDirective, ReadNotice
from services import audit, people
from services.life import By
from services.office import directory
from services.series import put_cycle


@dataclass(frozen=True)
class SentFile:
    """The file a notice came in."""

    sha256: str
    name: str


async def file_notice(session: Session, read: ReadNotice, by: By, sent: SentFile | None = None) -> Notice:
    """Keep a notice and its directives as drafts. Nobody outside the office hears of it.

    Whether it is here already, and what it changes in earlier ones, is the matter of ``services.filing``.

    Raises:
        NotAllowed: only the office sends notices in.
    """
    require(Action.READ_NOTICES, Standing(Role(by.person.role)))
    head = read.header
    notice = Notice(
        number=head.number,
        date=head.date,
        issuer=head.issuer,
        signer=head.signer,
        title=head.title,
        doc_type=head.doc_type,
        file_sha256=sent.sha256 if sent else None,
        file_name=sent.name if sent else None,
        text=read.text or None,
        urgency=read.urgency,
        left_out=list(read.left_out),
        giving=read.giving,
        doubtful=list(read.doubtful),
        attested_by=by.person.id if read.scanned else None,
        sent_by=by.person.id,
        received_at=by.now,
    )
    session.add(notice)
    await session.flush()
    session.add_all(await drafts_of(session, notice, read, by))
    await session.flush()
    await audit.record(
        session, "file_notice", now=by.now, actor=by.person, inbox_id=by.inbox_id,
        details={"notice": notice.code, "number": head.number, "directives": len(read.directives)},
    )  # fmt: skip
    return notice


async def drafts_of(session: Session, notice: Notice, read: ReadNotice, by: By) -> list[Directive]:
    """The drafts a reading gives, not yet added: one per lead unit named."""
    known = await directory(session)
    return [
        draft
        for number, one in enumerate(read.directives)
        for draft in _drafts(one, notice, known, by, number)
    ]  # fmt: skip


def _drafts(one: ReadDirective, notice: Notice, known: Directory, by: By, number: int) -> list[Directive]:
    """One draft per lead unit named; a group stays one draft until it is issued, nobody is asked."""
    drafts = []
    for written in one.lead or (ALL_UNITS,):
        draft = Directive(
            notice_id=notice.id,
            ref=one.ref,
            clause_id=f"{notice.code[:8]}-{number}",
            text=_own_words(one, written),
            quote=one.quote.text,
            quote_page=one.quote.page,
            recurring=one.recurring,
            product=one.product,
            receiver=one.receiver,
            excepted=list(one.excepted),
            urgency=notice.urgency,
            as_read=_as_read(one, written, number),
            warnings=[w for w in one.warnings if w != NO_UNIT],
            made_by=by.person.id,
            made_at=by.now,
            state=State.DRAFT,
        )
        put_deadline(draft, one.deadline, by)
        _put_lead(draft, one, written, known)
        draft.coordinations = [_coordination(name, known) for name in one.coordinating]
        drafts.append(draft)
    return drafts


def _put_lead(draft: Directive, one: ReadDirective, written: str, known: Directory) -> None:
    if written == ALL_UNITS and NO_UNIT in one.warnings:
        return
    group = one.group or "all" if written == ALL_UNITS else known.group_of(written)
    if group is not None:
        draft.lead_group = group
        return
    match = known.match(written)
    draft.lead_written = written
    draft.lead_unit_id = match.unit.id if match.unit and match.certain else None


def _as_read(one: ReadDirective, written: str, number: int) -> dict[str, Any]:
    """What the reader made of a clause, kept beside what becomes of it. ``clause`` counts the notice's from 0."""
    due = one.deadline
    return {
        "clause": number,
        "ref": one.ref,
        "text": one.text,
        "lead": written,
        "coordinating": list(one.coordinating),
        "deadline": due and {
            "text": due.text,
            "date": due.date.isoformat() if due.date else None,
            "inclusive": due.inclusive,
            "time": f"{due.time:%H:%M}" if due.time else None,
        },
        "recurring": one.recurring,
        "product": one.product,
        "receiver": one.receiver,
        "excepted": list(one.excepted),
    }  # fmt: skip


def _own_words(one: ReadDirective, written: str) -> str:
    """The task without "Giao <đơn vị>" before it: the unit stands beside it, and the quote keeps the clause."""
    match = re.match(rf"(?:Giao|Đề nghị|Yêu cầu|Phân công) {re.escape(written)}\s*[:,]?\s+(?=\w)", one.text)
    if match is None or len(one.lead) > 1:
        return one.text
    return one.text[match.end()].upper() + one.text[match.end() + 1 :]


def _coordination(written: str, known: Directory) -> Coordination:
    match = known.match(written)
    return Coordination(written=written, unit_id=match.unit.id if match.unit and match.certain else None)


def put_deadline(draft: Directive, deadline: Deadline | None, by: By) -> None:
    """Give a draft its deadline, or none, and the days on which it comes again where the deadline itself does."""
    found = deadline if deadline and deadline.date else None
    draft.deadline_date = found.date if found else None
    draft.deadline_inclusive = found.inclusive if found else True
    draft.deadline_time = found.time if found else None
    draft.deadline_text = deadline.text if deadline else None
    draft.deadline_rule = deadline.rule if deadline else None
    draft.last_day = found.last_day(by.office.rhythm.before_means) if found else None
    if deadline and deadline.recurring:
        draft.recurring = deadline.recurring
        put_cycle(draft, found)
    elif draft.cycle is not None:
        put_cycle(draft, found)
    if deadline:
        draft.warnings = [*draft.warnings, *(w for w in deadline.warnings if w not in draft.warnings)]


async def draft_directly(
    session: Session,
    text: str,
    lead: Unit,
    deadline: Deadline | None,
    coordinating: Sequence[str],
    by: By,
    urgency: Urgency | None = None,
) -> Directive:
    """A directive that was typed, not read from a notice; a draft like any other.

    Raises:
        NotAllowed: neither the office nor the leader in charge of the unit.
    """
    draft = Directive(
        text=text,
        quote=None,
        lead_unit_id=lead.id,
        lead_written=lead.name,
        made_by=by.person.id,
        made_at=by.now,
        state=State.DRAFT,
        warnings=[],
        urgency=urgency,
    )
    put_deadline(draft, deadline, by)
    known = await directory(session)
    draft.coordinations = [_coordination(name, known) for name in coordinating]
    session.add(draft)
    await session.flush()
    await session.refresh(draft, ["lead_unit", "coordinations", "notice"])
    await check_draft(session, draft, by)
    await audit.record(session, "draft", now=by.now, directive=draft, actor=by.person, inbox_id=by.inbox_id)
    return draft


async def check_draft(session: Session, draft: Directive, by: By) -> None:
    """Let pass or refuse who corrects a draft: drafts are the office's, and a leader's own.

    Raises:
        MoveNotAllowed: it is no draft any more.
        NotAllowed: neither.
    """
    if draft.state != State.DRAFT:
        raise MoveNotAllowed(draft.state, Event.ISSUE)
    if draft.made_by == by.person.id and by.person.role == Role.LEADER:
        await people.check(session, by, draft, Action.ISSUE)
    else:
        require(Action.READ_NOTICES, Standing(Role(by.person.role)))


async def take_in(session: Session, notice: Notice, sentence: str, by: By) -> Directive:
    """Make a draft of a sentence that was left out; who leads is asked.

    Raises:
        NoSuchThing: it is in the table already.
        NotAllowed: only the office.
    """
    require(Action.READ_NOTICES, Standing(Role(by.person.role)))
    if sentence not in notice.left_out:
        raise NoSuchThing
    notice.left_out = [s for s in notice.left_out if s != sentence]
    return await _add(session, Directive(notice=notice, text=sentence, quote=sentence), None, by)


async def add_by_hand(
    session: Session,
    notice: Notice,
    text: str,
    lead: Unit | None,
    written: str | None,
    deadline: Deadline | None,
    by: By,
) -> Directive:
    """Make a draft that belongs to a notice of a task in a person's own words; without a lead unit, that is asked.

    Args:
        lead: the unit, where it is known for certain.
        written: its name as typed, or None.

    Raises:
        NotAllowed: only the office.
    """
    require(Action.READ_NOTICES, Standing(Role(by.person.role)))
    draft = Directive(notice=notice, text=text, lead_unit_id=lead.id if lead else None)
    draft.lead_written = written
    return await _add(session, draft, deadline, by)


async def _add(session: Session, draft: Directive, deadline: Deadline | None, by: By) -> Directive:
    draft.made_by, draft.made_at, draft.state, draft.warnings = by.person.id, by.now, State.DRAFT, []
    put_deadline(draft, deadline, by)
    session.add(draft)
    await session.flush()
    await session.refresh(draft, ["lead_unit", "coordinations", "notice"])
    await audit.record(session, "draft", now=by.now, directive=draft, actor=by.person, inbox_id=by.inbox_id)
    return draft


async def by_code(session: Session, code: str) -> Notice:
    """The notice of a button.

    Raises:
        NoSuchThing: there is none.
    """
    found = await session.scalar(select(Notice).where(Notice.code == code))
    if found is None:
        raise NoSuchThing
    return found


async def cards(session: Session, notice: Notice) -> list[Directive]:
    """The drafts of a notice as they were read, whatever became of them: an issued clause for many shows its first.

    Of a recurring task its first one.
    """
    found = await session.scalars(
        select(Directive).where(Directive.notice_id == notice.id, Directive.occurrence == 1).order_by(Directive.id)
    )
    rows = list(found)
    codes = {row.code for row in rows}
    return [row for row in rows if row.clause_id == row.code or row.clause_id not in codes]


async def recent(session: Session, offset: int, limit: int) -> tuple[list[Notice], int]:
    """Notices, the newest first, and how many there are."""
    total = await session.scalar(select(func.count()).select_from(Notice)) or 0
    rows = await session.scalars(select(Notice).order_by(Notice.id.desc()).offset(offset).limit(limit))
    return list(rows), total
