"""An import is carried out: what is new becomes drafts, what is known is noted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select

from db import Session
from db.models import Coordination, Directive, Import, Notice, OutsideRow
from domain.errors import ChangedMeanwhile, MoveNotAllowed, NoSuchThing, NothingToIssue
from domain.importing import Row
from domain.lifecycle import OPEN, Event, State
from domain.organisation import Directory
from domain.rights import Action, Role, Standing, require
from services import audit, extensions, life, people
from services.import_plan import WORDS, Moved, lead_of, plan
from services.imported import FINISHED
from services.importing import DONE, forget
from services.life import By
from services.notices import put_deadline
from services.office import directory
from services.outbox import local_day, tell
from services.reminders import set_next_mention

AMENDED_BY = "amend"  # the audit's word for a deadline that another paper changed
DEADLINE_MOVED = "import_deadline"  # an outbox row: a unit's deadline follows another program


@dataclass(frozen=True)
class Taken:
    """What an import did. ``notice`` is None where nothing is new."""

    notice: Notice | None
    new: int
    known: int
    status_changes: int
    moved: tuple[Moved, ...]
    left_out: int


async def carry_out(session: Session, made: Import, by: By) -> Taken:
    """Make drafts of what is new, and note what the other program says now of what is known.

    Raises:
        NothingToIssue: there is nothing in it, new or known.
        NotAllowed: only the office.
    """
    require(Action.READ_NOTICES, Standing(Role(by.person.role)))
    planned = await plan(session, made, by)
    if not planned.new and not planned.known:
        raise NothingToIssue
    notice = await _notice(session, made, by) if planned.new else None
    if notice is not None:
        await _drafts(session, made, notice, planned.new, by)
    for place, outside in planned.known.items():
        _note(outside, planned.rows[place], made, by)
    left_out = len(planned.rows) - len(planned.new) - len(planned.known)
    counts = {"new": len(planned.new), "known": len(planned.known), "left_out": left_out}
    made.counts = {
        **counts,
        "moved": {str(one.directive_id): one.there.isoformat() for one in planned.moved},
        "here": {str(one.directive_id): _iso(one.here) for one in planned.moved},
    }
    made.state, made.finished_at, made.notice_id = DONE, by.now, notice.id if notice else None
    forget(made)
    await audit.record(
        session, "import_table", now=by.now, actor=by.person, inbox_id=by.inbox_id,
        details={"import": made.code, "file": made.file_name, "sha256": made.sha256, "system": made.system, **counts},
    )  # fmt: skip
    return Taken(notice, len(planned.new), len(planned.known), planned.status_changes, planned.moved, left_out)


async def _notice(session: Session, made: Import, by: By) -> Notice:
    notice = Notice(
        title=made.columns["title"],
        doc_type="Bảng",
        source=made.columns["source"],
        file_sha256=made.sha256,
        file_name=made.file_name,
        left_out=[],
        sent_by=by.person.id,
        received_at=by.now,
    )
    session.add(notice)
    await session.flush()
    return notice


async def _drafts(session: Session, made: Import, notice: Notice, rows: Sequence[Row], by: By) -> None:
    known = await directory(session)
    leads = {name: lead_of(name, known) for name in {row.lead for row in rows}}
    drafts = [_draft(row, notice, leads[row.lead], known, by) for row in rows]
    session.add_all(drafts)
    await session.flush()
    if made.system is None:
        return
    for row, draft in zip(rows, drafts, strict=True):
        if row.external_id is not None:
            outside = OutsideRow(system=made.system, external_id=row.external_id[:120], directive_id=draft.id)
            _note(outside, row, made, by)
            session.add(outside)
    await session.flush()


def _note(outside: OutsideRow, row: Row, made: Import, by: By) -> None:
    """What the other program says now."""
    outside.import_id, outside.seen_at = made.id, by.now
    outside.status = row.status[:300] if row.status else None
    outside.cells = {**row.cells, WORDS: row.text}


def _draft(
    row: Row, notice: Notice, lead: tuple[int | None, str | None, tuple[str, ...]], known: Directory, by: By
) -> Directive:
    unit_id, group, others = lead
    finished = _finished_on(row, by)
    helping = dict.fromkeys((*others, *row.coordinating))
    draft = Directive(
        notice_id=notice.id,
        ref=f"dòng {row.number}",
        text=row.text,
        lead_unit_id=unit_id,
        lead_group=group,
        lead_written=None if group else row.lead,
        field=row.area[:100] if row.area else None,
        source=str(row.source) if row.source else notice.source,
        as_read=_as_read(row) | ({FINISHED: finished.isoformat()} if finished else {}),
        warnings=list(row.warnings),
        excepted=[],
        made_by=by.person.id,
        made_at=by.now,
        state=State.DRAFT,
    )
    put_deadline(draft, row.deadline, by)
    draft.coordinations = [_helper(name, known) for name in helping]
    return draft


def _helper(name: str, known: Directory) -> Coordination:
    match = known.match(name)
    return Coordination(written=name[:300], unit_id=match.unit.id if match.unit and match.certain else None)


def _finished_on(row: Row, by: By) -> date | None:
    """The day another program calls it finished; without one, the last day of its deadline, and never after today."""
    if not row.is_done:
        return None
    due = row.deadline.last_day(by.office.rhythm.before_means) if row.deadline else None
    return min(row.finished_on or due or local_day(by.now), local_day(by.now))


def _as_read(row: Row) -> dict[str, Any]:
    """What the table says of a row, as of a clause that was read."""
    due = row.deadline
    return {
        "clause": row.number, "ref": f"dòng {row.number}", "text": row.text, "lead": row.lead or "",
        "coordinating": list(row.coordinating),
        "deadline": due and {
            "text": due.text, "date": due.date.isoformat() if due.date else None,
            "inclusive": due.inclusive, "time": None,
        },
        "recurring": due.recurring if due else None, "product": None, "receiver": None, "excepted": [],
    }  # fmt: skip


# --- a deadline that was changed there ---


async def follow(session: Session, code: str, directive_id: int, by: By) -> date:
    """Take over the deadline that another program has now; the first one is kept, a pending request is closed.

    Raises:
        NoSuchThing: nothing of the kind is open.
        NotAllowed: the person may not.
        MoveNotAllowed: it has ended since it was shown.
        ChangedMeanwhile: it has another deadline here than was shown.
    """
    made = await session.scalar(select(Import).where(Import.code == code))
    moved = made.counts.get("moved", {}) if made is not None else {}
    if made is None or str(directive_id) not in moved:
        raise NoSuchThing
    directive = await session.get_one(Directive, directive_id)
    await people.check(session, by, directive, Action.STEER)
    if directive.state not in OPEN | {State.DRAFT}:
        raise MoveNotAllowed(directive.state, Event.EXTEND)
    before, until = directive.last_day, date.fromisoformat(moved[str(directive_id)])
    shown = made.counts.get("here", {}).get(str(directive_id), _iso(before))
    if shown != _iso(before):
        raise ChangedMeanwhile((directive_id,))
    directive.deadline_date = directive.last_day = until
    directive.deadline_inclusive, directive.deadline_text = True, f"{until:%d/%m/%Y}"
    directive.deadline_rule = f"theo {made.system}"
    directive.first_last_day = directive.first_last_day or until
    await extensions.close_requests(session, directive, by, await life.lead_people(session, directive))
    await _record_moved(session, directive, before, until, made, by)
    made.counts = {**made.counts, "moved": {k: v for k, v in moved.items() if k != str(directive_id)}}
    return until


async def _record_moved(
    session: Session, directive: Directive, before: date | None, until: date, made: Import, by: By
) -> None:
    days = {"from": _iso(before), "until": until.isoformat()}
    await audit.record(
        session, AMENDED_BY, now=by.now, directive=directive, before=directive.state, after=directive.state,
        actor=by.person, inbox_id=by.inbox_id, details={**days, "source": f"hệ thống {made.system}"},
    )  # fmt: skip
    set_next_mention(directive, by.now, by.office)
    told = people.ids(await life.concerned(session, directive), but=by.person)
    await tell(
        session, told, DEADLINE_MOVED, now=by.now, directives=[directive.id], payload={**days, "system": made.system}
    )


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
