"""What a unit adds while a decision on its directive is awaited: recorded, and told to who decides, once for all."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, select

from db import Session
from db.models import Directive, Obstacle, Outbox, Report, Transition
from domain.lifecycle import Event, State
from services import audit, levels, people
from services.life import NEWS, By
from services.outbox import tell

JOINED = "files_joined"  # the audit's word: further files for a report
PATIENCE = timedelta(minutes=2)  # in which further pictures come
_REQUESTS = frozenset({Event.SUBMIT, Event.CHECK})  # whose messages, while they wait, tell of what was added too


@dataclass(frozen=True)
class Added:
    """What has come since it was handed in: the words, the names of the files, and the ids of those it came from."""

    words: tuple[str, ...] = ()
    files: tuple[str, ...] = ()
    people: tuple[int, ...] = ()


async def joined(session: Session, directive: Directive, report: Report, names: Collection[str], by: By) -> None:
    """Record files that have joined a report, and tell who is to decide on it.

    Args:
        session: a write transaction.
        directive: the one reported on.
        report: which the files belong to now.
        names: of the files.
        by: whose report it is.
    """
    row = await audit.record(
        session, JOINED, now=by.now, directive=directive, before=directive.state, after=directive.state,
        actor=by.person, details={"joins": report.code, "files": list(names)}, inbox_id=by.inbox_id,
    )  # fmt: skip
    if report.coordination_id is None:
        await told(session, directive, row, by)


async def told(session: Session, directive: Directive, row: Transition, by: By) -> None:
    """Tell who decides on what was handed in, unless a message that waits for them tells it anyway."""
    if directive.state != State.SUBMITTED:
        return
    deciders = people.ids(await levels.first_told(session, directive, by), but=by.person)
    knowing = await _will_read(session, directive, deciders)
    await tell(
        session, [one for one in deciders if one not in knowing], NEWS, now=by.now, directives=[directive.id],
        payload={"transition": row.id, "note": True}, not_before=by.now + PATIENCE,
    )  # fmt: skip


async def taken_back(session: Session, directive: Directive, row: Transition, by: By) -> None:
    """Tell who decides that something they have read of as added does not hold any more."""
    if directive.state != State.SUBMITTED:
        return
    deciders = people.ids(await levels.first_told(session, directive, by), but=by.person)
    unread = await _will_read(session, directive, deciders)
    await tell(
        session, [one for one in deciders if one not in unread], NEWS, now=by.now, directives=[directive.id],
        payload={"transition": row.id, "note": True},
    )  # fmt: skip


async def awaited(session: Session, units: Collection[int], since: datetime | None = None) -> list[int]:
    """What some units have handed in and is not decided, by id, the latest first. ``since``: aware; None for all."""
    query = select(Directive.id).where(Directive.lead_unit_id.in_(units), Directive.state == State.SUBMITTED)
    if since is not None:
        query = query.where(Directive.submitted_at >= since)
    return list(await session.scalars(query.order_by(Directive.submitted_at.desc(), Directive.id)))


async def is_addition(session: Session, directive: Directive, report: Report) -> bool:
    """Whether a report came after what now waits for a decision was handed in."""
    if directive.state != State.SUBMITTED:
        return False
    return any(row.event == Event.REPORT and _code(row) == report.code for row in await _rows(session, directive))


async def _will_read(session: Session, directive: Directive, deciders: Collection[int]) -> set[int]:
    waiting = list(
        await session.scalars(
            select(Outbox).where(Outbox.kind == NEWS, Outbox.state == "queued", Outbox.person_id.in_(deciders))
        )
    )
    mine = [row for row in waiting if directive.id in row.directives]
    moves = select(Transition).where(Transition.id.in_([row.payload["transition"] for row in mine]))
    telling = {move.id for move in await session.scalars(moves) if is_request(move) or is_note(move)} if mine else set()
    return {row.person_id for row in mine if row.payload["transition"] in telling and row.person_id is not None}


def is_request(move: Transition) -> bool:
    """Whether a row of the audit asks somebody to decide on what was handed in."""
    return move.event in _REQUESTS


def is_note(move: Transition) -> bool:
    """Whether it is about what was added while the decision was awaited."""
    return move.event == JOINED or (move.event == Event.REPORT and move.before == State.SUBMITTED)


async def since_handed_in(session: Session, directive: Directive) -> Added:
    """What was added since a directive was handed in, and stands; not the words of a difficulty, told at once."""
    rows = await _rows(session, directive)
    reports = await _standing(session, {_code(row) for row in rows})
    rows = [row for row in rows if _code(row) in reports]
    said = [reports[_code(row)] for row in rows if row.event == Event.REPORT]
    hindered = await _hindered(session, said)
    words = [r for r in said if r.text and r.id not in hindered]
    files = [*(a.name for r in said for a in r.attachments), *(n for row in rows for n in row.details.get("files", ()))]
    by_files = [r for r in said if r.attachments] + [reports[_code(row)] for row in rows if row.event == JOINED]
    people_ = (r.person_id for r in (*words, *by_files))
    return Added(tuple(r.text for r in words), tuple(dict.fromkeys(files)), tuple(dict.fromkeys(people_)))


async def _rows(session: Session, directive: Directive) -> list[Transition]:
    """Of the audit, since a directive was handed in: reports, and files that joined one."""
    handed_in = select(func.max(Transition.id)).where(
        Transition.directive_id == directive.id, Transition.event == Event.SUBMIT
    )
    return list(
        await session.scalars(
            select(Transition)
            .where(Transition.directive_id == directive.id, Transition.event.in_([Event.REPORT, JOINED]))
            .where(Transition.id > handed_in.scalar_subquery())
            .order_by(Transition.id)
        )
    )


def _code(row: Transition) -> str:
    """Of the report a row is about."""
    return str(row.details["report" if row.event == Event.REPORT else "joins"])


async def _standing(session: Session, codes: Collection[str]) -> dict[str, Report]:
    """Those of the lead unit that were not taken back, the oldest first."""
    query = select(Report).where(
        Report.code.in_(codes), Report.withdrawn_at.is_(None), Report.coordination_id.is_(None)
    )
    return {r.code: r for r in await session.scalars(query.order_by(Report.id))} if codes else {}


async def _hindered(session: Session, said: Collection[Report]) -> set[int]:
    """The reports whose difficulty is told in a message of its own."""
    ids = [r.id for r in said if r.difficulty]
    query = select(Obstacle.report_id).where(Obstacle.report_id.in_(ids))
    return {i for i in await session.scalars(query) if i is not None} if ids else set()
