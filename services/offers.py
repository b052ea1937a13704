"""Another date than the one asked for: offered by the assigner's side, agreed to or not by the unit.

Also the confirmation of an objective reason afterwards, where a date was agreed on so.
"""

from __future__ import annotations

from datetime import date

from db import Session
from db.models import Directive, Extension, Person
from domain.errors import MoveNotAllowed, NotAllowed, OfferNotEarlier
from domain.lifecycle import Event
from domain.rights import Action
from services import extensions, life, people
from services.life import By


async def may_offer(session: Session, request: Extension, by: By) -> None:
    """Let pass or refuse an offer before its date is asked for.

    Raises:
        NotAllowed, MoveNotAllowed: why it cannot be made.
    """
    await extensions.check_decider(session, request, by)


def check_offer(request: Extension, until: date, by: By) -> None:
    """Let pass or refuse the date offered: later than the present last day, earlier than the one asked for.

    Raises:
        DeadlineInPast, ExtensionNotLater, ExtensionTooFar, OfferNotEarlier: why it will not do.
    """
    if until >= request.until:
        raise OfferNotEarlier(until, request.until)
    extensions.check_until(request.directive, until, by)


async def offer(session: Session, request: Extension, until: date, reason: str, by: By) -> Directive:
    """Offer another last day, with a reason or without. The unit is told; nothing moves before it agrees.

    An offer that was not answered yet is replaced by a newer one.
    """
    await may_offer(session, request, by)
    check_offer(request, until, by)
    request.state, request.offered_until = "offered", until
    request.offered_by, request.offered_at = by.person.id, by.now
    request.answer = reason.strip() or None
    extensions.turn_of(request.directive, by)
    told = await life.lead_people(session, request.directive)
    await extensions.note(session, request, extensions.OFFERED, by, told, reason=request.answer, until=until)
    return request.directive


async def _of_unit(session: Session, request: Extension, until: date, by: By) -> None:
    """Let pass or refuse the unit's answer to an offer of a date.

    Raises:
        NotAllowed: not of the unit, or the one who offered.
        MoveNotAllowed: another date is offered by now, or nothing is any more.
    """
    await people.check(session, by, request.directive, Action.ASK_EXTENSION)
    if request.offered_by == by.person.id:
        raise NotAllowed(Action.DECIDE)
    if request.state != "offered" or request.offered_until != until:
        raise MoveNotAllowed(request.state, Event.EXTEND)
    extensions.check_pending(request)


async def accept(session: Session, request: Extension, until: date, by: By) -> Directive:
    """The unit agrees to the date that was offered: it is granted. Who offered it is told."""
    await _of_unit(session, request, until, by)
    request.state, request.decided_by, request.decided_at = "granted", request.offered_by, by.now
    extensions.extend(request, until, by)
    await extensions.note(session, request, extensions.ACCEPTED, by, await _told(session, request), until=until)
    return request.directive


async def decline(session: Session, request: Extension, until: date, by: By) -> Directive:
    """The unit does not agree: the request is closed and the old deadline stands. Who offered is told."""
    await _of_unit(session, request, until, by)
    request.state, request.decided_by, request.decided_at = "closed", by.person.id, by.now
    extensions.turn_of(request.directive, by)
    await extensions.note(session, request, extensions.DECLINED, by, await _told(session, request), until=until)
    return request.directive


async def _told(session: Session, request: Extension) -> list[Person]:
    """Who offered, and the unit's own people besides the one who answers."""
    offerer = await session.get(Person, request.offered_by) if request.offered_by else None
    return [*([offerer] if offerer else []), *await life.lead_people(session, request.directive)]


async def confirm_objective(session: Session, request: Extension, by: By) -> Directive:
    """Confirm that the reason was objective (Decree 335/2025), where it was granted without saying so.

    Raises:
        NotAllowed: not theirs to decide.
        MoveNotAllowed: nothing was granted, or it is confirmed already.
    """
    await people.check(session, by, request.directive, Action.DECIDE)
    if request.asked_by == by.person.id:
        raise NotAllowed(Action.DECIDE)
    if request.state != "granted" or request.objective:
        raise MoveNotAllowed(request.state, Event.EXTEND)
    request.objective = True
    told = await life.lead_people(session, request.directive)
    await extensions.note(session, request, extensions.OBJECTIVE, by, told, until=request.offered_until)
    return request.directive
