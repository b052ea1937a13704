"""A draft becomes a directive of a unit, or of many; or it is left out."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select

from db import Session
from db.models import Change, Coordination, Directive, Person
from domain.errors import ExceptedUnknown, GroupEmpty, LeadMissing, NothingToIssue, StandsForChange
from domain.groups import Spread
from domain.lifecycle import Event, State
from domain.rights import Action
from services import fields, group_chats, imported, people
from services.groups import spread_of
from services.life import HELPING, ISSUED, By, helpers, lead_people, move
from services.outbox import tell


async def issue(session: Session, drafts: Sequence[Directive], by: By) -> list[Directive]:
    """Give drafts to their units: one directive per unit where a clause is for many. Each person is told once of all.

    Raises:
        NothingToIssue: no draft among them.
        StandsForChange: drafts of a newer notice that change directives which are there; nothing is issued then.
        LeadMissing: drafts without a lead unit; nothing is issued then.
        GroupEmpty: the directory has no unit of the group, or all are excepted.
        ExceptedUnknown: a clause excepts a unit that the directory does not know; nothing is issued then.
        NotAllowed: the person may not.
    """
    waiting = [d for d in drafts if d.state == State.DRAFT]
    if not waiting:
        raise NothingToIssue
    if held := await _held_back(session, waiting):
        raise StandsForChange(held)
    missing = tuple(d.id for d in waiting if d.lead_unit_id is None and d.lead_group is None)
    if missing:
        raise LeadMissing(missing)
    spreads = await spread_of(session, waiting)
    if unknown := {draft_id: one.unknown for draft_id, one in spreads.items() if one.unknown}:
        raise ExceptedUnknown(tuple(unknown), tuple(name for names in unknown.values() for name in names))
    issued: list[Directive] = []
    for draft in waiting:
        for directive in await _one_per_unit(session, draft, spreads.get(draft.id)):
            await people.check(session, by, directive, Action.ISSUE)
            directive.issued_by, directive.issued_at = by.person.id, by.now
            directive.assigned_at = by.now
            directive.first_last_day = directive.last_day
            await fields.settle(session, directive)
            await move(session, directive, Event.ISSUE, by)
            issued.append(directive)
    await tell_issued(session, await imported.finish(session, issued, by), by.now, by.person)
    return issued


async def _held_back(session: Session, drafts: Sequence[Directive]) -> tuple[int, ...]:
    open_ones = select(Change.draft_id).where(Change.state == "open", Change.draft_id.in_([d.id for d in drafts]))
    return tuple(i for i in await session.scalars(open_ones) if i is not None)


async def _one_per_unit(session: Session, draft: Directive, reached: Spread | None) -> list[Directive]:
    if reached is None:
        return [draft]
    units = reached.units
    if not units:
        raise GroupEmpty
    draft.clause_id = draft.code
    copies = [_copy(draft, unit.id) for unit in units[1:]]
    draft.lead_unit_id = units[0].id
    session.add_all(copies)
    await session.flush()
    for copy in (draft, *copies):
        await session.refresh(copy, ["lead_unit", "coordinations", "notice"])
    return [draft, *copies]


_SAME = (
    "notice_id",
    "clause_id",
    "ref",
    "text",
    "quote",
    "quote_page",
    "lead_written",
    "lead_group",
    "deadline_date",
    "deadline_inclusive",
    "deadline_time",
    "deadline_text",
    "deadline_rule",
    "last_day",
    "recurring",
    "cycle",
    "urgency",
    "important",
    "product",
    "receiver",
    "field",
    "source",
    "warnings",
    "made_by",
    "made_at",
)


def _copy(draft: Directive, unit_id: int) -> Directive:
    copy = Directive(**{name: getattr(draft, name) for name in _SAME}, lead_unit_id=unit_id, state=State.DRAFT)
    copy.coordinations = [Coordination(unit_id=c.unit_id, written=c.written) for c in draft.coordinations]
    return copy


async def tell_issued(
    session: Session, issued: Sequence[Directive], now: datetime, issuer: Person | None = None
) -> None:
    """Tell the units what is new for them, each person once of all; what is urgent at once, at any hour.

    Args:
        session: a write transaction.
        issued: directives that were just given to their units.
        now: aware.
        issuer: who gave them, and need not be told what their unit helps with; None for the program.
    """
    told: dict[tuple[str, bool, int], list[int]] = {}
    for directive in issued:
        urgent = directive.urgency is not None
        for person in await lead_people(session, directive):
            told.setdefault((ISSUED, urgent, person.id), []).append(directive.id)
        for person in await helpers(session, directive):
            told.setdefault((HELPING, urgent, person.id), []).append(directive.id)
    for (kind, urgent, person_id), numbers in sorted(told.items(), key=lambda one: one[0][0] == HELPING):
        if issuer is None or person_id != issuer.id or kind == ISSUED:
            await tell(session, [person_id], kind, now=now, directives=numbers, urgent=urgent)
    await group_chats.post(session, issued, now)


async def drop(session: Session, draft: Directive, by: By) -> None:
    """Leave a draft out. Soft: it stays in the history of the notice."""
    await people.check(session, by, draft, Action.ISSUE)
    await move(session, draft, Event.DROP, by)
