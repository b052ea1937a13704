"""The register: a list of ``/status`` with all that stands in the 25 columns, in a fixed number of statements."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import ColumnElement, func, or_, select

from db import Session
from db.models import Directive, Extension, Obstacle, Person, Phase, Report, Transition
from domain.calendar import OFFICE_ZONE
from domain.figures import Against, Asking, Figures, Listing, UnitFigures, worst_first
from domain.lifecycle import Event, State
from domain.obstacles import Kind
from domain.office import Office
from domain.register import Register, RegisterLine
from domain.sources import Source
from domain.timeliness import cell, days_late
from domain.views import DirectiveView
from services import audit, figures
from services.life import By
from services.outbox import tell
from services.show import local_day

EXPORT = "export_list"  # an outbox row, and the audit's word: the file is drawn when it is sent
FIRST = 0  # priority of an answer
MOST_LINES = 5_000  # of one sheet: beyond it nobody reads, and a phone cannot open it


@dataclass(frozen=True)
class _Known:
    """What is beside the directives themselves, by their numbers."""

    directives: Mapping[int, Directive]
    phases: Mapping[int, Phase]
    said: Mapping[int, str]
    percent: Mapping[int, int]
    obstacles: Mapping[tuple[int, str], tuple[str, ...]]
    updated: Mapping[int, datetime]
    extensions: Mapping[int, tuple[int, date]]
    approved_by: Mapping[int, str]
    issued_by: Mapping[int, str] = field(default_factory=dict)


async def register(
    session: Session, asking: Asking, listing: Listing, office: Office, now: datetime, *, whose: str, title: str
) -> Register:
    """A list as a register, each directive on a line of its own.

    Args:
        session: an open transaction.
        asking: of which directives, as of which moment.
        listing: which of them; clauses are never folded here.
        office: settings.
        now: aware.
        whose: whose directives these are, in words.
        title: which list, in words.
    """
    flat = Listing(listing.filter, listing.period, listing.approved_since, listing.clause, False, listing.pressing)
    page = await figures.page(session, asking, flat, office.calendar, 1, MOST_LINES)
    views = [item.view for item in page.items]
    known = await _known(session, [view.id for view in views], _moment(asking, now))
    units: Sequence[UnitFigures] = await figures.by_unit(session, asking)
    return Register(
        office=office.name,
        whose=whose,
        title=title,
        as_of=asking.as_of,
        made_at=now.astimezone(OFFICE_ZONE),
        lines=tuple(_line(view, known, asking) for view in views),
        left_out=max(0, page.lines - len(views)),
        units=tuple(unit for unit in worst_first(units) if unit.figures != Figures()),
        soon_days=asking.soon_days,
    )


def _moment(asking: Asking, now: datetime) -> datetime:
    """What was recorded later is not in the register."""
    if asking.moment is not None:
        return asking.moment
    return min(now, datetime.combine(asking.as_of + timedelta(days=1), time(), OFFICE_ZONE))


# --- one line ---


def _line(view: DirectiveView, known: _Known, asking: Asking) -> RegisterLine:
    number, directive, phase = view.id, known.directives[view.id], known.phases.get(view.id)
    state = State(phase.state if phase else directive.state)
    finished = local_day(phase.submitted_at if phase else directive.completed_at) if state is State.COMPLETED else None
    last_day = _counted(phase or directive, asking)
    evidence = local_day((phase or directive).submitted_at) if state is State.SUBMITTED else None
    granted, old_last_day = known.extensions.get(number, (0, None))
    day = finished or evidence or asking.as_of
    return RegisterLine(
        number=number,
        text=view.text,
        leader=view.leader,
        lead=view.lead,
        coordinating=view.coordinating,
        contact=view.contact,
        issued_on=local_day(directive.issued_at),
        last_day=last_day,
        recurring=view.how_often,
        urgency=view.urgency,
        important=view.important,
        source=Source(directive.source) if directive.source else None,
        paper=view.source,
        state=state,
        cell=cell(last_day, finished, evidence or asking.as_of),
        days_late=days_late(last_day, day) if last_day else 0,
        result=known.said.get(number, ""),
        percent=100 if finished else known.percent.get(number),
        difficulties=known.obstacles.get((number, Kind.DIFFICULTY), ()),
        proposals=known.obstacles.get((number, Kind.PROPOSAL), ()),
        assigner=(directive.notice.signer if directive.notice else None) or known.issued_by.get(number),
        roadmap=_roadmap(view, directive),
        updated_on=local_day(known.updated.get(number)),
        finished_on=finished,
        extensions=granted,
        old_last_day=old_last_day,
        approver=known.approved_by.get(number) if finished else None,
    )


def _counted(facts: Phase | Directive, asking: Asking) -> date | None:
    """The deadline that lateness is counted against."""
    return facts.last_day if asking.against is Against.PRESENT else facts.first_last_day


def _roadmap(view: DirectiveView, directive: Directive) -> str:
    done = sum(part.answered_on is not None for part in view.parts)
    helped = f"Phối hợp: {done}/{len(view.parts)} đơn vị đã gửi phần việc" if view.parts else ""
    again = f"Định kỳ {view.how_often}" if view.how_often else ""
    return "; ".join(filter(None, (directive.deadline_text, again, helped)))


# --- what is beside the directives ---


async def _known(session: Session, ids: Sequence[int], moment: datetime) -> _Known:
    directives = await session.scalars(select(Directive).where(Directive.id.in_(ids)))
    by_number = {d.id: d for d in directives}
    return _Known(
        directives=by_number,
        phases=await _phases(session, ids, moment),
        said=await _newest(session, Report.text, Report.text != "", ids, moment),
        percent=await _newest(session, Report.percent, Report.percent.is_not(None), ids, moment),
        obstacles=await _obstacles(session, ids, moment),
        updated=await _updated(session, ids, moment),
        extensions=await _extensions(session, ids, moment),
        approved_by=await _actors(session, Event.APPROVE, ids, moment),
        issued_by=await _actors(session, Event.ISSUE, ids, moment),
    )


async def _phases(session: Session, ids: Sequence[int], moment: datetime) -> dict[int, Phase]:
    """How it stood with each at the moment."""
    lasting = (Phase.since <= moment) & or_(Phase.until.is_(None), Phase.until > moment)
    found = await session.scalars(select(Phase).where(Phase.directive_id.in_(ids), lasting))
    return {phase.directive_id: phase for phase in found}


async def _newest(
    session: Session, wanted: Any, has: ColumnElement[bool], ids: Sequence[int], moment: datetime
) -> dict[int, Any]:
    """Of each directive a column of the newest report of its lead unit that has one, and stood at the moment."""
    stood = or_(Report.withdrawn_at.is_(None), Report.withdrawn_at > moment)
    newest = (
        select(func.max(Report.id))
        .where(Report.directive_id.in_(ids), Report.coordination_id.is_(None), Report.at <= moment, stood, has)
        .group_by(Report.directive_id)
    )
    rows = await session.execute(select(Report.directive_id, wanted).where(Report.id.in_(newest)))
    return dict(rows.all())


async def _obstacles(session: Session, ids: Sequence[int], moment: datetime) -> dict[tuple[int, str], tuple[str, ...]]:
    """The difficulties and the proposals that were open at the moment, oldest first."""
    still_open = (Obstacle.opened_at <= moment) & or_(Obstacle.closed_at.is_(None), Obstacle.closed_at > moment)
    query = select(Obstacle.directive_id, Obstacle.kind, Obstacle.text).where(Obstacle.directive_id.in_(ids))
    found: dict[tuple[int, str], tuple[str, ...]] = {}
    for number, kind, text in await session.execute(query.where(still_open).order_by(Obstacle.id)):
        found[number, kind] = (*found.get((number, kind), ()), text)
    return found


async def _updated(session: Session, ids: Sequence[int], moment: datetime) -> dict[int, datetime]:
    query = select(Transition.directive_id, func.max(Transition.at))
    query = query.where(Transition.directive_id.in_(ids), Transition.at <= moment).group_by(Transition.directive_id)
    return {number: at for number, at in await session.execute(query) if number is not None}


async def _extensions(session: Session, ids: Sequence[int], moment: datetime) -> dict[int, tuple[int, date]]:
    """Of each, how often more time was granted, and the deadline before the newest time."""
    granted = (Extension.state == "granted") & (Extension.decided_at <= moment)
    query = select(Extension.directive_id, Extension.last_day_before)
    found: dict[int, tuple[int, date]] = {}
    query = query.where(Extension.directive_id.in_(ids), granted).order_by(Extension.decided_at, Extension.id)
    for number, before in await session.execute(query):
        found[number] = (found.get(number, (0, before))[0] + 1, before)
    return found


async def _actors(session: Session, event: Event, ids: Sequence[int], moment: datetime) -> dict[int, str]:
    """Who did it the last time, by name."""
    newest = (
        select(func.max(Transition.id))
        .where(Transition.directive_id.in_(ids), Transition.event == event, Transition.at <= moment)
        .group_by(Transition.directive_id)
    )
    query = select(Transition.directive_id, Person.name).join(Person, Person.id == Transition.actor_id)
    return {n: name for n, name in await session.execute(query.where(Transition.id.in_(newest))) if n is not None}


# --- the act ---


async def ask(session: Session, wanted: Mapping[str, Any], by: By) -> None:
    """Queue the file for who asks; that a list leaves the system is recorded.

    Args:
        session: a write transaction.
        wanted: what the file is of, as its renderer reads it: words and numbers.
        by: who asks. What they may see decides what is in it, again when it is drawn.
    """
    details = {"list": dict(wanted)}
    await audit.record(session, EXPORT, now=by.now, actor=by.person, details=details, inbox_id=by.inbox_id)
    await tell(session, [by.person.id], EXPORT, now=by.now, payload=dict(wanted), priority=FIRST)
