"""More time: asked by the unit with a reason, decided by the assigner's side, one request at a time.

The first deadline is kept for ever.
"""

from __future__ import annotations

from datetime import date

from sqlalchemy import func, select

from db import Session
from db.models import Directive, Extension
from domain.calendar import OFFICE_ZONE
from domain.errors import (
    DeadlineInPast,
    ExtensionNotLater,
    ExtensionPending,
    MoveNotAllowed,
    NoDeadlineToExtend,
    NoSuchThing,
    ReasonMissing,
)
from domain.lifecycle import WITH_UNIT, Event, State, after
from domain.rights import Action
from services import audit, people
from services.life import NEWS, By
from services.outbox import tell
from services.reminders import set_next_mention

ASKED, GRANTED, REFUSED = "extension_asked", "extension_granted", "extension_refused"


async def may_ask(session: Session, directive: Directive, by: By) -> None:
    """Let pass or refuse a request before its date and reason are asked for.

    Raises:
        NotAllowed, MoveNotAllowed, NoDeadlineToExtend, ExtensionPending: why it cannot be asked.
    """
    await people.check(session, by, directive, Action.ASK_EXTENSION)
    if directive.state not in WITH_UNIT:
        raise MoveNotAllowed(directive.state, Event.EXTEND)
    if directive.last_day is None:
        raise NoDeadlineToExtend
    if await _pending(session, directive):
        raise ExtensionPending(directive.id)


def check_until(directive: Directive, until: date, by: By) -> None:
    """Let pass or refuse the date asked for.

    Raises:
        DeadlineInPast, ExtensionNotLater: why it will not do.
    """
    today = by.now.astimezone(OFFICE_ZONE).date()
    if until < today:
        raise DeadlineInPast(until, today)
    if directive.last_day is not None and until <= directive.last_day:
        raise ExtensionNotLater(until, directive.last_day)


async def ask(session: Session, directive: Directive, until: date, reason: str, by: By) -> Extension:
    """Ask for a later last day. The assigner's side is told.

    Raises:
        ReasonMissing: no reason in words.
    """
    await may_ask(session, directive, by)
    check_until(directive, until, by)
    if not reason.strip():
        raise ReasonMissing(Event.EXTEND)
    assert directive.last_day is not None  # noqa: S101  (may_ask has seen to it)
    row = Extension(
        directive_id=directive.id,
        asked_by=by.person.id,
        asked_at=by.now,
        until=until,
        reason=reason.strip(),
        last_day_before=directive.last_day,
    )
    session.add(row)
    await session.flush()
    await _note(session, directive, ASKED, by, row, reason.strip())
    return row


async def by_code(session: Session, code: str) -> Extension:
    """The request of a button.

    Raises:
        NoSuchThing: there is none.
    """
    found = await session.scalar(select(Extension).where(Extension.code == code).with_for_update(of=Extension))
    if found is None:
        raise NoSuchThing
    return found


def check_pending(request: Extension) -> None:
    """Let pass or refuse an answer.

    Raises:
        MoveNotAllowed: it is answered already, or the directive has moved on.
    """
    if request.state != "pending":
        raise MoveNotAllowed(request.state, Event.EXTEND)
    if request.directive.state not in WITH_UNIT:
        raise MoveNotAllowed(request.directive.state, Event.EXTEND)


async def waiting_for(session: Session, who: people.Acting) -> list[Extension]:
    """Pending requests on this person's side, the oldest first."""
    found = await session.scalars(
        select(Extension)
        .join(Directive, Extension.directive_id == Directive.id)
        .where(Extension.state == "pending", Directive.state.in_(WITH_UNIT))
        .order_by(Extension.id)
    )
    waiting = list(found)
    stands = await people.standings(session, who, [e.directive for e in waiting])
    return [e for e, one in zip(waiting, stands, strict=True) if people.may_decide(one)]


async def grant(session: Session, request: Extension, by: By) -> Directive:
    """Agree: the last day moves, the first one is kept, the reminders follow."""
    directive = await _decide(session, request, "granted", by)
    directive.state = after(State(directive.state), Event.EXTEND)
    directive.last_day = directive.deadline_date = request.until
    directive.deadline_inclusive, directive.deadline_time = True, None
    set_next_mention(directive, by.now, by.office)
    await _note(session, directive, GRANTED, by, request)
    return directive


async def refuse(session: Session, request: Extension, reason: str, by: By) -> Directive:
    """Refuse with a reason: the deadline stays.

    Raises:
        ReasonMissing: no reason in words.
    """
    if not reason.strip():
        raise ReasonMissing(REFUSED)
    directive = await _decide(session, request, "refused", by)
    request.answer = reason.strip()
    await _note(session, directive, REFUSED, by, request, reason.strip())
    return directive


async def count(session: Session, directive: Directive) -> tuple[int, int]:
    """How many were asked for and how many granted."""
    rows = await session.scalars(select(Extension.state).where(Extension.directive_id == directive.id))
    states = list(rows)
    return len(states), states.count("granted")


async def pending_until(session: Session, directive: Directive) -> date | None:
    """The last day asked for in the request that waits; None where none does."""
    return await session.scalar(
        select(Extension.until).where(Extension.directive_id == directive.id, Extension.state == "pending")
    )


async def _pending(session: Session, directive: Directive) -> bool:
    found = await session.scalar(
        select(func.count())
        .select_from(Extension)
        .where(Extension.directive_id == directive.id, Extension.state == "pending")
    )
    return bool(found)


async def _decide(session: Session, request: Extension, state: str, by: By) -> Directive:
    directive = request.directive
    await people.check(session, by, directive, Action.DECIDE)
    check_pending(request)
    request.state, request.decided_by, request.decided_at = state, by.person.id, by.now
    return directive


async def _note(
    session: Session, directive: Directive, event: str, by: By, request: Extension, reason: str | None = None
) -> None:
    row = await audit.record(
        session,
        event,
        now=by.now,
        directive=directive,
        before=directive.state,
        after=directive.state,
        actor=by.person,
        reason=reason,
        details={
            "extension": request.code,
            "until": request.until.isoformat(),
            "from": request.last_day_before.isoformat(),
        },
        inbox_id=by.inbox_id,
    )
    lead = await people.of_unit(session, directive.lead_unit_id) if directive.lead_unit_id else []
    to = await people.deciders(session, directive) if event == ASKED else lead
    await tell(
        session,
        people.ids(to, but=by.person),
        NEWS,
        now=by.now,
        directives=[directive.id],
        payload={"transition": row.id},
    )
