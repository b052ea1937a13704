"""More time: asked by the unit with a reason, decided by the assigner's side, one request at a time.

The first deadline is kept for ever. What the assigner's side offers instead is in ``services.offers``.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime

from sqlalchemy import func, select

from db import Session
from db.models import Directive, Extension, Person, Transition
from domain.calendar import OFFICE_ZONE
from domain.errors import (
    DeadlineInPast,
    ExtensionNotLater,
    ExtensionPending,
    ExtensionsUsedUp,
    ExtensionTooFar,
    MoveNotAllowed,
    NoDeadlineToExtend,
    NoSuchThing,
    NotAllowed,
    ReasonMissing,
)
from domain.extensions import latest
from domain.lifecycle import WITH_UNIT, Event, State, after
from domain.rights import Action, Role
from services import audit, group_news, life, owing, people, scope
from services.life import NEWS, By
from services.outbox import tell

ASKED, GRANTED, REFUSED = "extension_asked", "extension_granted", "extension_refused"
OFFERED, ACCEPTED, DECLINED = "extension_offered", "extension_accepted", "extension_declined"
CLOSED, OBJECTIVE = "extension_closed", "extension_objective"
GIVEN = "extension_given"  # by the assigner's side, unasked
EVENTS = frozenset({ASKED, GRANTED, REFUSED, OFFERED, ACCEPTED, DECLINED, CLOSED, OBJECTIVE})

IS_GIVEN = (Extension.state == "granted") & (Extension.asked_by == Extension.decided_by)  # nobody had asked for it

WAITS = ("pending", "offered")  # states of a request that is open: the assigner's turn, the unit's


async def last_days(session: Session, numbers: Collection[int]) -> dict[int, date]:
    """The present last days of directives, by number, where there are any."""
    rows = await session.execute(select(Directive.id, Directive.last_day).where(Directive.id.in_(numbers)))
    return {number: day for number, day in rows if day is not None}


# --- the unit's side ---


async def may_ask(session: Session, directive: Directive, by: By) -> None:
    """Let pass or refuse a request before its date and reason are asked for.

    Raises:
        NotAllowed, MoveNotAllowed, NoDeadlineToExtend, ExtensionPending, ExtensionsUsedUp: why it cannot be asked.
    """
    await people.check(session, by, directive, Action.ASK_EXTENSION)
    if directive.state not in WITH_UNIT:
        raise MoveNotAllowed(directive.state, Event.EXTEND)
    if directive.last_day is None:
        raise NoDeadlineToExtend
    if waiting := await waiting_of(session, directive):
        raise ExtensionPending(directive.id, waiting.offered_until if waiting.state == "offered" else None)
    await _check_limits(session, directive, directive.last_day, by)


async def _check_limits(session: Session, directive: Directive, last_day: date, by: By) -> None:
    limits = by.office.extensions
    _, granted = await count(session, directive)
    is_used_up = granted >= limits.most_granted
    if is_used_up or latest(last_day, limits) < _today(by):
        leader = await scope.supervising_leader(session, directive.lead_unit_id) if directive.lead_unit_id else None
        name = leader.name if leader else None
        raise ExtensionsUsedUp(directive.id, granted if is_used_up else None, limits.most_days, name)


def check_until(directive: Directive, until: date, by: By) -> None:
    """Let pass or refuse the date asked for, or offered.

    Raises:
        DeadlineInPast, ExtensionNotLater, ExtensionTooFar: why it will not do.
    """
    if until < _today(by):
        raise DeadlineInPast(until, _today(by))
    if directive.last_day is None:
        return
    if until <= directive.last_day:
        raise ExtensionNotLater(until, directive.last_day)
    limits = by.office.extensions
    if until > latest(directive.last_day, limits):
        raise ExtensionTooFar(until, latest(directive.last_day, limits), limits.most_days)


def _today(by: By) -> date:
    return by.now.astimezone(OFFICE_ZONE).date()


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
        directive=directive,
        asked_by=by.person.id,
        asked_at=by.now,
        until=until,
        reason=reason.strip(),
        last_day_before=directive.last_day,
        state="pending",
    )
    session.add(row)
    await session.flush()
    turn_of(directive, by, deciders=True)
    await note(session, row, ASKED, by, await people.deciders(session, directive), reason=reason.strip())
    return row


# --- the assigner's side ---


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
    """Let pass or refuse an answer. What was offered may be reconsidered until the unit has answered.

    Raises:
        MoveNotAllowed: it is answered already, or the directive has moved on.
    """
    if request.state not in WAITS:
        raise MoveNotAllowed(request.state, Event.EXTEND)
    if request.directive.state not in WITH_UNIT:
        raise MoveNotAllowed(request.directive.state, Event.EXTEND)


async def check_decider(session: Session, request: Extension, by: By) -> None:
    """Let pass or refuse who would answer a request: the assigner's side, and never who asked, whatever else they are.

    Raises:
        NotAllowed: not theirs to decide.
        MoveNotAllowed: nothing to decide any more.
    """
    await people.check(session, by, request.directive, Action.DECIDE)
    if request.asked_by == by.person.id:
        raise NotAllowed(Action.DECIDE)
    check_pending(request)


async def waiting_for(session: Session, who: people.Acting) -> list[Extension]:
    """Pending requests on this person's side, the oldest first. What was offered is the unit's turn."""
    found = await session.scalars(
        select(Extension)
        .join(Directive, Extension.directive_id == Directive.id)
        .where(
            Extension.state == "pending", Directive.state.in_(WITH_UNIT), Extension.asked_by != who.person.id
        )
        .order_by(Extension.id)
    )  # fmt: skip
    waiting = list(found)
    stands = await people.standings(session, who, [e.directive for e in waiting])
    return [e for e, one in zip(waiting, stands, strict=True) if people.may_decide(one)]


async def grant(session: Session, request: Extension, by: By, *, objective: bool = False) -> Directive:
    """Agree: the last day moves, the first one is kept, the reminders follow.

    Args:
        session: a write transaction.
        request: one that waits.
        by: somebody of the assigner's side.
        objective: an objective reason is confirmed (Decree 335/2025: a late product then loses no points).
    """
    await check_decider(session, request, by)
    request.objective, request.offered_until = objective, None
    extend(request, request.until, by)
    _answered(request, "granted", by)
    await note(session, request, GRANTED, by, await life.lead_people(session, request.directive))
    return request.directive


async def refuse(session: Session, request: Extension, reason: str, by: By) -> Directive:
    """Refuse with a reason: the deadline stays.

    Raises:
        ReasonMissing: no reason in words.
    """
    if not reason.strip():
        raise ReasonMissing(REFUSED)
    await check_decider(session, request, by)
    _answered(request, "refused", by)
    request.answer = reason.strip()
    turn_of(request.directive, by)
    told = await life.lead_people(session, request.directive)
    await note(session, request, REFUSED, by, told, reason=reason.strip())
    return request.directive


def _answered(request: Extension, state: str, by: By) -> None:
    request.state, request.decided_by, request.decided_at = state, by.person.id, by.now


def extend(request: Extension, until: date, by: By) -> None:
    """Move the last day. To be called by who has checked that it may be moved."""
    directive = request.directive
    directive.state = after(State(directive.state), Event.EXTEND)
    directive.last_day = directive.deadline_date = until
    directive.deadline_inclusive, directive.deadline_time = True, None
    turn_of(directive, by)


def turn_of(directive: Directive, by: By, *, deciders: bool = False) -> None:
    """Whose turn it is: the assigner's side owes a decision from now on, or none any more."""
    if directive.state in WITH_UNIT:
        turn = owing.begin if deciders else owing.end
        turn(directive, by.now, by.office)


# --- what stands ---


async def count(session: Session, directive: Directive) -> tuple[int, int]:
    """How many were asked for, and how many granted or given; of a part with those of what it was split from."""
    line = await _line_of(session, directive)
    found = await session.execute(select(Extension.state, IS_GIVEN).where(Extension.directive_id.in_(line)))
    rows = [(state, bool(is_given)) for state, is_given in found]
    return sum(not is_given for _, is_given in rows), sum(state == "granted" for state, _ in rows)


async def _line_of(session: Session, directive: Directive) -> list[int]:
    """The directive, what it was split from, and what that was split from: splitting is no way to more time."""
    line, before = [directive.id], directive.split_from_id
    while before is not None:
        line.append(before)
        before = await session.scalar(select(Directive.split_from_id).where(Directive.id == before))
    return line


async def place_of(session: Session, request: Extension) -> int:
    """Which request of its directive it is, from 1; those of what this was split from count."""
    line = await _line_of(session, request.directive)
    earlier = select(func.count()).select_from(Extension)
    return (
        await session.scalar(earlier.where(Extension.directive_id.in_(line), Extension.id <= request.id, ~IS_GIVEN))
        or 1
    )


async def waiting_of(session: Session, directive: Directive) -> Extension | None:
    """The request of a directive that is open: the assigner's side or the unit is to answer it."""
    query = select(Extension).where(Extension.directive_id == directive.id, Extension.state.in_(WAITS))
    return await session.scalar(query.order_by(Extension.id.desc()).limit(1).with_for_update(of=Extension))


async def owed_since(session: Session, directive: Directive) -> datetime | None:
    """When the request was made that waits for the assigner's side; None where none does."""
    waiting = await waiting_of(session, directive)
    return waiting.asked_at if waiting and waiting.state == "pending" else None


async def pending_until(session: Session, directive: Directive) -> date | None:
    """The last day asked for in the request that is open; None where none is."""
    waiting = await waiting_of(session, directive)
    return waiting.until if waiting else None


# --- nothing keeps waiting ---


async def close_requests(
    session: Session, directive: Directive, by: By, told: Collection[Person] = ()
) -> Extension | None:
    """End a request that is open, as its directive has ended, moved or been handed in. Who asked is told.

    Args:
        session: a write transaction.
        directive: whose request.
        by: who ended or moved it.
        told: people who hear of it by the news of what happened to the directive.

    Returns:
        the request, where there was one.
    """
    request = await waiting_of(session, directive)
    if request is None:
        return None
    request.state, request.decided_at = "closed", by.now
    turn_of(directive, by)
    asker = await session.get_one(Person, request.asked_by)
    hears = [] if asker.id in people.ids(told) else [asker]
    await note(session, request, CLOSED, by, hears)
    return request


async def closed_with(session: Session, move: Transition, person: Person) -> date | None:
    """The last day asked for in a request that a move has ended, for those whom it concerns: the unit, who decides."""
    if move.event in EVENTS:
        return None
    query = (
        select(Extension.until, Person.unit_id)
        .join(Person, Person.id == Extension.asked_by)
        .where(
            Extension.directive_id == move.directive_id, Extension.state == "closed", Extension.decided_at == move.at
        )
    )
    found = (await session.execute(query.limit(1))).first()
    if found is None:
        return None
    is_theirs = person.unit_id == found.unit_id or person.role in {Role.CLERK, Role.LEADER}
    return found.until if is_theirs else None


async def note(
    session: Session, request: Extension, event: str, by: By, to: Collection[Person], *, reason: str | None = None,
    until: date | None = None,
) -> None:  # fmt: skip
    """Record what happened to a request, and say it to people, but not to the one who acted.

    Args:
        session: a write transaction.
        request: which.
        event: a word of ``EVENTS``.
        by: who acted.
        to: whom it is said to.
        reason: in words.
        until: the last day it is about, where that is not the one asked for.
    """
    directive = request.directive
    details = {
        "extension": request.code,
        "until": (until or request.until).isoformat(),
        "from": request.last_day_before.isoformat(),
    }
    if until and until != request.until:
        details["asked"] = request.until.isoformat()
    if request.objective and event in {GRANTED, OBJECTIVE}:
        details["objective"] = "yes"
    row = await audit.record(
        session, event, now=by.now, directive=directive, before=directive.state, after=directive.state,
        actor=by.person, reason=reason, details=details, inbox_id=by.inbox_id,
    )  # fmt: skip
    await group_news.post(session, row, directive)
    await tell(
        session, people.ids(to, but=by.person), NEWS, now=by.now, directives=[directive.id],
        payload={"transition": row.id},
    )  # fmt: skip
