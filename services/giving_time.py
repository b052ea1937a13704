"""More time that nobody asked for: whoever decides moves a deadline of their own accord.

It counts among the extensions granted. The limits are limits of requests: they do not bind here, but are said.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from db import Session
from db.models import Directive, Extension
from domain.errors import ChangedMeanwhile, DeadlineInPast, ExtensionNotLater, MoveNotAllowed, NoDeadlineToExtend
from domain.extensions import latest
from domain.lifecycle import WITH_UNIT, Event
from domain.rights import Action
from services import extensions, life, people
from services.extensions import GIVEN
from services.life import By
from services.outbox import local_day
from services.scope import supervising_leader


@dataclass(frozen=True)
class Beyond:
    """What the limits of requests would have said.

    Attributes:
        days: the most that a request may move the deadline by, where this is more.
        granted: how many extensions there were, where a request would be one too many.
    """

    days: int | None = None
    granted: int | None = None


async def check(session: Session, directive: Directive, by: By) -> None:
    """Let pass or refuse before the day is asked for.

    Raises:
        NotAllowed: not theirs to decide.
        MoveNotAllowed: the unit does not have it in hand.
        NoDeadlineToExtend: there is none.
    """
    await people.check(session, by, directive, Action.DECIDE)
    if directive.state not in WITH_UNIT:
        raise MoveNotAllowed(directive.state, Event.EXTEND)
    if directive.last_day is None:
        raise NoDeadlineToExtend


def check_until(directive: Directive, until: date, by: By) -> None:
    """Let pass or refuse a day.

    Raises:
        DeadlineInPast: it has passed.
        ExtensionNotLater: it is no later than the present one.
    """
    today = local_day(by.now)
    if until < today:
        raise DeadlineInPast(until, today)
    if directive.last_day is not None and until <= directive.last_day:
        raise ExtensionNotLater(until, directive.last_day)


async def beyond(session: Session, directive: Directive, until: date, by: By) -> Beyond:
    """Which limits of requests a day goes beyond."""
    limits = by.office.extensions
    _, granted = await extensions.count(session, directive)
    too_far = directive.last_day is not None and until > latest(directive.last_day, limits)
    return Beyond(limits.most_days if too_far else None, granted if granted >= limits.most_granted else None)


async def give(
    session: Session, directive: Directive, until: date, reason: str, by: By, shown: date | None = None
) -> Extension:
    """Move the last day; the first one is kept, the reminders follow. A request that waits is closed.

    The unit is told, and the leader in charge where somebody else gives it.

    Args:
        session: a write transaction.
        directive: in its unit's hands, with a deadline.
        until: the new last day.
        reason: in words; may be empty.
        by: who gives it.
        shown: the last day that was shown as the present one.

    Raises:
        ChangedMeanwhile: the present one is another by now.
        NotAllowed, MoveNotAllowed, NoDeadlineToExtend, DeadlineInPast, ExtensionNotLater: why it is not given.
    """
    await check(session, directive, by)
    if shown is not None and shown != directive.last_day:
        raise ChangedMeanwhile((directive.id,))
    check_until(directive, until, by)
    assert directive.last_day is not None  # noqa: S101  (check has seen to it)
    leader = await supervising_leader(session, directive.lead_unit_id) if directive.lead_unit_id else None
    told = [*await life.lead_people(session, directive), *([leader] if leader else [])]
    await extensions.close_requests(session, directive, by, told)
    row = Extension(
        directive_id=directive.id, directive=directive, asked_by=by.person.id, asked_at=by.now, until=until,
        reason=reason.strip(), last_day_before=directive.last_day, state="granted", decided_by=by.person.id,
        decided_at=by.now,
    )  # fmt: skip
    session.add(row)
    await session.flush()
    extensions.extend(row, until, by)
    await extensions.note(session, row, GIVEN, by, told, reason=reason.strip() or None)
    return row
