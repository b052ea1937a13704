"""A coordinating unit's own part of a directive: taken note of, reported on, answered, refused, asked for again.

Nothing of it changes the directive's own state, percent or figures. ``Report.coordination_id`` tells what a helping
unit says from what the lead unit says.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import select

from db import Session
from db.models import Coordination, Directive, Person, Report, Transition
from domain.calendar import OFFICE_ZONE
from domain.errors import AskedToday, MoveNotAllowed, NoSuchThing, NotAllowed
from domain.lifecycle import OPEN, WITH_UNIT
from domain.rights import Action, may
from services import audit, life, obstacles, people, posts, receipts, reporting, unit_table
from services.life import By
from services.outbox import tell
from services.reporting import Evidence, Said

ACKNOWLEDGED = "part_acknowledged"
REPORTED = "part_reported"
ANSWERED = "part_answered"
WITHDRAWN = "part_withdrawn"
DECLINED = "part_declined"
REMOVED = "part_removed"
KEPT = "part_kept"
NUDGED = "part_nudged"

TOLD = "part_told"  # an outbox row that speaks of one audit row about a part
NUDGE = "part_nudge"  # asks a unit that has not answered yet

ANSWER = "done"  # the kind of a report that is the unit's answer


def parts_of(directive: Directive) -> list[Coordination]:
    """The units that help, without one that has become the lead unit itself."""
    return [c for c in directive.coordinations if c.unit_id is None or c.unit_id != directive.lead_unit_id]


def awaited(directive: Directive) -> list[Coordination]:
    """The parts of known units that are not answered yet."""
    return [c for c in parts_of(directive) if c.unit_id is not None and c.answered_at is None]


async def own_part(session: Session, directive: Directive, person: Person) -> Coordination | None:
    """The part of the unit a person works for; None where none of their units helps."""
    mine = await posts.units_of(session, person)
    return next((c for c in parts_of(directive) if c.unit_id in mine), None)


async def by_code(session: Session, code: str) -> tuple[Directive, Coordination]:
    """The part of a button, with its directive, which is locked.

    Raises:
        NoSuchThing: the unit helps no more.
    """
    number = await session.scalar(select(Coordination.directive_id).where(Coordination.code == code))
    if number is None:
        raise NoSuchThing
    directive = await session.get_one(Directive, number, with_for_update={"of": Directive})
    part = next((c for c in parts_of(directive) if c.code == code), None)
    if part is None:
        raise NoSuchThing
    return directive, part


# --- the helping unit's side ---


async def acknowledge(session: Session, directive: Directive, part: Coordination, by: By) -> None:
    """The unit knows that it helps. Nobody need be told."""
    await _check(session, directive, part, by)
    if part.acknowledged_at is None:
        await _take(session, directive, part, by)
    await receipts.acknowledged(session, by.person, [directive.id], by.now, by.inbox_id)


async def report(
    session: Session, directive: Directive, part: Coordination, said: Said, by: By, evidence: Sequence[Evidence] = ()
) -> Report:
    """Keep what a unit says of its part. A difficulty is told to the lead unit and the office."""
    await _check(session, directive, part, by)
    row = await _keep(session, directive, part, said, by, evidence)
    _meet(part, by)
    moved = await _record(session, REPORTED, directive, part, by, report=row.code)
    item = await obstacles.from_report(session, directive, row, by, is_solved=said.is_solved)
    if item is not None:
        item.text = f"{_name(part)}: {item.text}"
        await _tell(session, moved, directive, await _both_sides(session, directive), by)
    return row


async def answer(
    session: Session, directive: Directive, part: Coordination, said: Said, by: By, evidence: Sequence[Evidence] = ()
) -> Report:
    """The unit has sent its opinion, or has done its part; the lead unit is told."""
    await _check(session, directive, part, by)
    row = await _keep(session, directive, part, Said(ANSWER, said.text), by, evidence)
    _meet(part, by)
    part.answered_at, part.answered_by = by.now, by.person.id
    moved = await _record(session, ANSWERED, directive, part, by, report=row.code)
    await _tell(session, moved, directive, await lead_side(session, directive), by)
    return row


async def note(
    session: Session, directive: Directive, part: Coordination, said: Said, by: By, evidence: Sequence[Evidence] = ()
) -> Report:
    """Keep words before it is confirmed how they were understood. Nothing moves yet."""
    await _check(session, directive, part, by)
    return await _keep(session, directive, part, said, by, evidence)


async def withdraw(session: Session, row: Report, by: By) -> None:
    """The author takes back what was said of a part. It is kept, marked; an answer that rested on it alone is none."""
    directive, part = await part_of_report(session, row)
    await _check(session, directive, part, by)
    row.withdrawn_at = by.now
    await obstacles.withdrawn(session, row, by)
    if not any(r.kind == ANSWER for r in await _said(session, part)):
        part.answered_at = part.answered_by = None
    await _record(session, WITHDRAWN, directive, part, by, report=row.code)


async def reinterpret(session: Session, old: Report, said: Said, by: By) -> Report:
    """The same words and files, understood another way: the old reading is kept, marked as taken back."""
    evidence = [Evidence(a.sha256, a.name, a.mime, a.size, a.channel, a.file_ref) for a in old.attachments]
    await withdraw(session, old, by)
    directive, part = await part_of_report(session, old)
    tell_it = answer if said.kind == ANSWER else report
    return await tell_it(session, directive, part, said, by, evidence)


async def decline(session: Session, directive: Directive, part: Coordination, row: Report, by: By) -> None:
    """The unit says that the part is not its business; the office decides, the lead unit knows."""
    await _check(session, directive, part, by)
    moved = await _record(session, DECLINED, directive, part, by, reason=row.text)
    await _tell(session, moved, directive, await _both_sides(session, directive), by)


async def part_of_report(session: Session, row: Report) -> tuple[Directive, Coordination]:
    """The part a report speaks of.

    Raises:
        NoSuchThing: it speaks of none, or of one that is no more.
    """
    part = await session.get(Coordination, row.coordination_id) if row.coordination_id else None
    if part is None:
        raise NoSuchThing
    return await by_code(session, part.code)


# --- the lead's and the office's side ---


async def remove(session: Session, directive: Directive, part: Coordination, by: By) -> None:
    """The unit helps no more; what it said stays."""
    await people.check(session, by, directive, Action.STEER)
    moved = await _record(session, REMOVED, directive, part, by)
    told = await _people_of(session, part)
    part.removed_at = by.now
    await session.flush()
    await session.refresh(directive, ["coordinations"])
    await _tell(session, moved, directive, told, by)


async def keep(session: Session, directive: Directive, part: Coordination, by: By) -> None:
    """The unit goes on helping, though it said that it is not its business."""
    await people.check(session, by, directive, Action.STEER)
    moved = await _record(session, KEPT, directive, part, by)
    await _tell(session, moved, directive, await _people_of(session, part), by)


async def put_helpers(session: Session, directive: Directive, helpers: Sequence[Coordination], by: By) -> None:
    """Give an issued directive other helping units: who stays keeps its part, who goes is kept where it said something.

    Args:
        session: a write transaction.
        directive: with its coordinations loaded.
        helpers: new rows, not yet of any directive.
        by: who acts.
    """
    wanted = {(c.unit_id, None if c.unit_id else c.written): c for c in helpers}
    for old in list(directive.coordinations):
        if wanted.pop((old.unit_id, None if old.unit_id else old.written), None) is not None:
            continue
        if await _has_history(session, old):
            old.removed_at = by.now
        else:
            directive.coordinations.remove(old)
    directive.coordinations.extend(wanted.values())
    await session.flush()
    await session.refresh(directive, ["coordinations"])


async def may_nudge(session: Session, directive: Directive, who: people.Who) -> bool:
    """Whether a person may ask the units that have not answered: the lead unit, the office, the leader in charge."""
    stands = await people.standing(session, who, directive)
    return may(Action.REPORT, stands) or may(Action.STEER, stands)


async def nudge(session: Session, directive: Directive, by: By) -> list[Coordination]:
    """Ask the units that have not answered, once a day.

    Returns:
        the parts that were asked for.

    Raises:
        NotAllowed: neither of the lead unit nor on the assigner's side.
        MoveNotAllowed: the lead unit does not have it in hand.
        AskedToday: they were asked today.
        NoSuchThing: nobody is awaited.
    """
    if not await may_nudge(session, directive, by):
        raise NotAllowed(Action.STEER)
    if directive.state not in WITH_UNIT:
        raise MoveNotAllowed(directive.state, NUDGED)
    asked = awaited(directive)
    if not asked:
        raise NoSuchThing
    if await _was_nudged_today(session, directive, by):
        raise AskedToday(directive.id)
    moved = await audit.record(
        session, NUDGED, now=by.now, directive=directive, actor=by.person,
        details={"units": [_name(c) for c in asked]}, inbox_id=by.inbox_id,
    )  # fmt: skip
    for part in asked:
        told = people.ids(await _people_of(session, part), but=by.person)
        payload = {"transition": moved.id, "part": part.code}
        await tell(session, told, NUDGE, now=by.now, directives=[directive.id], payload=payload)
    return asked


async def _was_nudged_today(session: Session, directive: Directive, by: By) -> bool:
    last = await session.scalar(
        select(Transition.at)
        .where(Transition.directive_id == directive.id, Transition.event == NUDGED)
        .order_by(Transition.id.desc())
        .limit(1)
    )
    return last is not None and last.astimezone(OFFICE_ZONE).date() == by.now.astimezone(OFFICE_ZONE).date()


async def lead_side(session: Session, directive: Directive) -> list[Person]:
    """Who hears of a part in the lead unit: the contact and the head, else everybody of it."""
    everybody = await life.lead_people(session, directive)
    heads = {p.id for p in await posts.heads_of(session, directive.lead_unit_id)} if directive.lead_unit_id else set()
    return [p for p in everybody if p.id == directive.contact_id or p.id in heads] or everybody


async def _both_sides(session: Session, directive: Directive) -> list[Person]:
    return [*await lead_side(session, directive), *await people.deciders(session, directive)]


async def unanswered_ids(session: Session, person: Person) -> list[int]:
    """What a person's units help with and have not answered, by id, the most urgent first."""
    return await unit_table.helped_by(session, await posts.units_of(session, person))


async def unanswered(session: Session, person: Person) -> list[Directive]:
    """What a person's units help with and have not answered, the most urgent first."""
    mine = await posts.units_of(session, person)
    found = await session.scalars(
        select(Directive)
        .join(Coordination, Coordination.directive_id == Directive.id)
        .where(
            Coordination.unit_id.in_(mine),
            Coordination.answered_at.is_(None),
            Coordination.removed_at.is_(None),
            Directive.state.in_(OPEN),
            Directive.lead_unit_id.is_distinct_from(Coordination.unit_id),
        )
        .order_by(Directive.last_day.is_(None), Directive.last_day, Directive.id)
    )
    return list(found.unique())


# --- shared ---


async def _check(session: Session, directive: Directive, part: Coordination, by: By) -> None:
    await people.check(session, by, directive, Action.HELP)
    if not await posts.is_of(session, by.person, part.unit_id):
        raise NotAllowed(Action.HELP)
    if directive.state not in OPEN:
        raise MoveNotAllowed(directive.state, ACKNOWLEDGED)


def _meet(part: Coordination, by: By) -> None:
    if part.acknowledged_at is None:
        part.acknowledged_at, part.acknowledged_by = by.now, by.person.id


async def _take(session: Session, directive: Directive, part: Coordination, by: By) -> None:
    _meet(part, by)
    await _record(session, ACKNOWLEDGED, directive, part, by)


async def _keep(
    session: Session, directive: Directive, part: Coordination, said: Said, by: By, evidence: Sequence[Evidence]
) -> Report:
    assert part.unit_id is not None  # noqa: S101  (_check has seen to it)
    row = Report(
        directive_id=directive.id,
        coordination_id=part.id,
        person_id=by.person.id,
        unit_id=part.unit_id,
        at=by.now,
        kind=said.kind,
        percent=said.percent,
        text=said.text,
        difficulty=said.difficulty,
        inbox_id=by.inbox_id,
    )
    session.add(row)
    await session.flush()
    await reporting.add_evidence(session, row, evidence)
    await session.refresh(row, ["attachments"])
    return row


async def _said(session: Session, part: Coordination) -> list[Report]:
    still = (Report.coordination_id == part.id, Report.withdrawn_at.is_(None))
    return list(await session.scalars(select(Report).where(*still).order_by(Report.id)))


async def _has_history(session: Session, part: Coordination) -> bool:
    is_used = await session.scalar(select(Report.id).where(Report.coordination_id == part.id).limit(1))
    return part.acknowledged_at is not None or is_used is not None


async def _record(
    session: Session, event: str, directive: Directive, part: Coordination, by: By, reason: str | None = None,
    **details: Any,
) -> Transition:  # fmt: skip
    return await audit.record(
        session, event, now=by.now, directive=directive, actor=by.person, reason=reason,
        details={"unit": _name(part), "part": part.code, **details}, inbox_id=by.inbox_id,
    )  # fmt: skip


def _name(part: Coordination) -> str:
    return part.unit.name if part.unit else part.written


async def _people_of(session: Session, part: Coordination) -> list[Person]:
    """Who took it for the unit, else everybody of it."""
    everybody = await people.of_unit(session, part.unit_id) if part.unit_id else []
    return [p for p in everybody if p.id == part.acknowledged_by] or everybody


async def _tell(session: Session, moved: Transition, directive: Directive, to: Iterable[Person], by: By) -> None:
    told = people.ids(to, but=by.person)
    await tell(session, told, TOLD, now=by.now, directives=[directive.id], payload={"transition": moved.id})
