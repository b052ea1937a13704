"""A document comes in: known already, a corrected copy, one that amends another, the next page of a paste, or new."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select

from db import Session
from db.models import Coordination, Directive, Inbox, Notice, Outbox, Transition
from domain.comparing import Clause, likeness, pairs, same_words
from domain.errors import AlreadyWorkedOn, SameNotice
from domain.lifecycle import State
from domain.organisation import fold
from domain.rights import Action, Role, Standing, require
from notices.amending import number_key
from notices.model import Header, ReadDirective, ReadNotice
from services import amending, audit, issuing
from services.life import By
from services.notices import SentFile, cards, drafts_of, file_notice

SCANNED_ALIKE = 0.85  # of 1: what is left of a clause after a scan's slips
WORDS_ALIKE = 0.97  # two files of one notice without a number: the header's order may differ
RECENT = 50  # notices without a number that are looked through


async def file(
    session: Session, read: ReadNotice, by: By, sent: SentFile | None = None, pasted: Sequence[int] = ()
) -> Notice:
    """Keep a notice with its drafts, and what it would change in an earlier one.

    The number, date and issuer of an earlier notice with other tasks are a corrected copy of it: kept, to be compared.

    Args:
        pasted: the inbox rows it was pasted in, in order.

    Raises:
        SameNotice: it is here already, in this or another format.
        NotAllowed: only the office sends notices in.
    """
    require(Action.READ_NOTICES, Standing(Role(by.person.role)))
    twins = await _twins(session, read, sent)
    notice = await file_notice(session, read, by, sent)
    notice.pasted = list(pasted)
    if twins:
        notice.amendment, notice.amends_id, notice.amends_number = amending.CORRECTS, twins[0].id, twins[0].number
    elif read.amendment:
        notice.amendment = read.amendment.kind
        named = amending.named_in(notice, read.amendment)
        here = [await amending.earlier(session, one, notice) for one in named]
        notice.amends_number = amending.SEVERAL.join(one.number for one in named)[: amending.MOST_NUMBERS]
        notice.amends_id = next((before.id for before in here if before), None)
    await session.flush()
    await amending.compare(session, notice, by)
    return notice


# --- known already ---


async def _twins(session: Session, read: ReadNotice, sent: SentFile | None) -> list[Notice]:
    """The notices of the same number, date and issuer, the original first; none of them says the same as this one.

    Raises:
        SameNotice: one does.
    """
    same = await session.scalar(select(Notice).where(Notice.file_sha256 == sent.sha256)) if sent else None
    head = read.header
    alike = await _of_number(session, head) if head.number and head.date else []
    for notice in reversed(alike):
        if same is None and await _says_the_same(session, notice, read):
            same = notice
    if same is None and not head.number:
        same = await _without_number(session, read)
    if same is not None:
        raise SameNotice(same.code, same.number)
    return alike


async def _of_number(session: Session, head: Header) -> list[Notice]:
    """Another body may have used the same number on the same day."""
    found = await session.scalars(
        select(Notice).where(Notice.date == head.date, Notice.number.is_not(None)).order_by(Notice.id)
    )
    key, issuer = number_key(head.number or ""), fold(head.issuer or "")
    return [n for n in found if number_key(n.number or "") == key and fold(n.issuer or "") == issuer]


@dataclass(frozen=True)
class _Task:
    clause: Clause
    due: tuple[str | None, bool | None]


async def _says_the_same(session: Session, notice: Notice, read: ReadNotice) -> bool:
    """Whether both give the same tasks to the same units by the same days."""
    drafts = await cards(session, notice)
    was = [_task_of(d) for d in drafts if d.as_read] or [_task_of(d) for d in drafts]
    now = [_task_read(one, lead) for one in read.directives for lead in one.lead]
    matched = pairs([t.clause for t in was], [t.clause for t in now])
    is_scan = bool(read.doubtful or notice.doubtful)
    return len(matched) == len(was) == len(now) and all(_same_task(was[i], now[j], is_scan=is_scan) for i, j in matched)


def _task_read(one: ReadDirective, lead: str) -> _Task:
    due = one.deadline
    clause = amending.said(one.text, lead, due.text if due else None, one.ref)
    return _Task(clause, _due(due.date.isoformat(), due.inclusive) if due and due.date else (None, None))


def _task_of(draft: Directive) -> _Task:
    read = draft.as_read
    if read is None:
        lead = draft.lead_written or (draft.lead_unit.name if draft.lead_unit else "")
        last = draft.deadline_date.isoformat() if draft.deadline_date else None
        clause = amending.said(draft.text, lead, draft.deadline_text, draft.ref)
        return _Task(clause, _due(last, draft.deadline_inclusive))
    due = read["deadline"] or {}
    clause = amending.said(read["text"], read["lead"], due.get("text"), read["ref"])
    return _Task(clause, _due(due.get("date"), due.get("inclusive")))


def _due(day: str | None, inclusive: bool | None) -> tuple[str | None, bool | None]:
    return (day, inclusive) if day else (None, None)


def _same_task(a: _Task, b: _Task, *, is_scan: bool) -> bool:
    alike = likeness(a.clause, b.clause) >= SCANNED_ALIKE if is_scan else same_words(a.clause, b.clause)
    leads = is_scan or a.clause.leader == b.clause.leader
    return alike and leads and a.due == b.due


async def _without_number(session: Session, read: ReadNotice) -> Notice | None:
    """A notice without a number is known again by its words."""
    found = await session.scalars(
        select(Notice).where(Notice.number.is_(None), Notice.text.is_not(None)).order_by(Notice.id.desc()).limit(RECENT)
    )
    words = Clause(read.text)
    for notice in found:
        if likeness(Clause(notice.text or ""), words) >= WORDS_ALIKE and await _says_the_same(session, notice, read):
            return notice
    return None


# --- the next page of a paste ---


async def may_go_on(session: Session, notice: Notice) -> bool:
    """Whether nobody has worked on a pasted notice yet, so that it can be read again as a whole."""
    drafts = await cards(session, notice)
    if not notice.pasted or any(d.state != State.DRAFT for d in drafts):
        return False
    touched = select(Transition.id).where(Transition.directive_id.in_([d.id for d in drafts])).limit(1)
    return await session.scalar(touched) is None


async def last_pasted(session: Session, person_id: int, since: datetime) -> Notice | None:
    """The notice a person pasted last, if that was at or after a moment and nothing else was sent in since."""
    last = await session.scalar(select(Notice).where(Notice.sent_by == person_id).order_by(Notice.id.desc()).limit(1))
    return last if last is not None and last.pasted and last.received_at >= since else None


async def is_filed(session: Session, inbox_id: int) -> bool:
    """Whether a pasted text is part of a notice."""
    found = await session.scalars(select(Notice.pasted).order_by(Notice.id.desc()).limit(RECENT))
    return any(inbox_id in pasted for pasted in found)


async def go_on(session: Session, notice: Notice, read: ReadNotice, pasted: Sequence[int], by: By) -> None:
    """Read a pasted notice again with the pages that came after it; its drafts keep their numbers.

    Raises:
        AlreadyWorkedOn: a draft of it was corrected, issued or dropped meanwhile.
        NotAllowed: only the office.
    """
    require(Action.READ_NOTICES, Standing(Role(by.person.role)))
    if not await may_go_on(session, notice):
        raise AlreadyWorkedOn(notice.code, notice.number)
    head = read.header
    notice.number, notice.date, notice.issuer = head.number, head.date, head.issuer
    notice.signer, notice.title, notice.doc_type = head.signer, head.title, head.doc_type
    notice.urgency = read.urgency
    notice.text, notice.left_out = read.text or None, list(read.left_out)
    notice.giving, notice.pasted = max(read.giving, len(read.left_out)), list(pasted)
    await _refill(session, notice, read, by)
    await audit.record(
        session, "notice_continued", now=by.now, actor=by.person, inbox_id=by.inbox_id,
        details={"notice": notice.code, "pieces": len(pasted), "directives": len(read.directives)},
    )  # fmt: skip


_READ = (
    "ref", "clause_id", "text", "quote", "quote_page", "lead_unit_id", "lead_written", "lead_group", "deadline_date",
    "deadline_inclusive", "deadline_time", "deadline_text", "deadline_rule", "last_day", "recurring", "cycle",
    "urgency", "product", "receiver", "excepted", "as_read", "warnings",
)  # fmt: skip


async def _refill(session: Session, notice: Notice, read: ReadNotice, by: By) -> None:
    olds, news = await cards(session, notice), await drafts_of(session, notice, read, by)
    for old, new in zip(olds, news, strict=False):
        for name in _READ:
            setattr(old, name, getattr(new, name))
        old.coordinations = [Coordination(unit_id=c.unit_id, written=c.written) for c in new.coordinations]
    session.add_all(news[len(olds) :])
    for surplus in olds[len(news) :]:
        await issuing.drop(session, surplus, by)
    await session.flush()
    for old in olds:
        await session.refresh(old, ["lead_unit", "coordinations"])


# --- a secret ---


async def refused_lately(session: Session, person_id: int, now: datetime, within: timedelta) -> str | None:
    """The stamp for which something of this person was refused just before."""
    row = await session.scalar(
        select(Transition)
        .where(Transition.event == "secret_refused", Transition.actor_id == person_id, Transition.at >= now - within)
        .order_by(Transition.id.desc())
        .limit(1)
    )
    return str(row.details.get("mark")) if row is not None else None


async def forget(session: Session, notice: Notice, by: By) -> None:
    """Keep nothing of what a notice said: one of its pages carries a stamp of secrecy. That it was here is kept."""
    drafts = await cards(session, notice)
    for draft in drafts:
        await issuing.drop(session, draft, by)
        draft.text, draft.ref, draft.warnings, draft.excepted, draft.coordinations = "", "", [], [], []
        for name in (
            "quote", "as_read", "lead_written", "product", "receiver", "deadline_text", "deadline_rule", "recurring",
            "cycle", "urgency",
        ):  # fmt: skip
            setattr(draft, name, None)
    for row in await session.scalars(select(Inbox).where(Inbox.id.in_(notice.pasted))):
        row.message = {**row.message, "text": "", "files": []}
    said = await session.scalars(select(Outbox).where(Outbox.inbox_id.in_(notice.pasted)))
    for answer in said:
        answer.body = {**(answer.body or {}), "text": "", "buttons": []}
    notice.number = notice.issuer = notice.signer = notice.title = notice.text = notice.file_sha256 = None
    notice.amends_number = notice.date = notice.urgency = None
    notice.left_out, notice.doubtful, notice.pasted = [], [], []
