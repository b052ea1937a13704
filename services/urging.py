"""Urging (đôn đốc): somebody of the assigner's side reminds a unit in their own name, at once.

What goes out was shown word for word before. It cannot be taken back: whoever has read it has read it.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import cache
from typing import Any

from sqlalchemy import Select, bindparam, func, select

from db import Session, plain
from db.models import Directive, Person, Report, Transition
from db.queries import reach
from domain.calendar import OFFICE_ZONE
from domain.errors import ChangedMeanwhile, MoveNotAllowed, NotAllowed, UrgedToday
from domain.lifecycle import WITH_UNIT
from domain.rights import Action, may
from services import audit, people
from services.answerable import answerable
from services.life import By
from services.outbox import local_day, tell

URGE = "urge"  # the audit's word, and an outbox row to the unit
ANSWERED = "urge_answered"  # an outbox row to who urged


@dataclass(frozen=True)
class Shown:
    """What was shown of the directives before it goes out.

    Attributes:
        unit_id: the lead unit of all of them.
        last_days: by number; None of one without a deadline.
    """

    unit_id: int
    last_days: Mapping[int, date | None]


@dataclass(frozen=True)
class Urged:
    """What became of it.

    Attributes:
        sent: the directives the unit is urged to finish.
        left: those that have changed since they were shown.
        hearers: who is written to, and whether a platform reaches them.
    """

    sent: tuple[Directive, ...]
    left: tuple[Directive, ...]
    hearers: tuple[tuple[Person, bool], ...]


async def check(session: Session, directive: Directive, by: By) -> None:
    """Let pass or refuse before anything is shown.

    Raises:
        NotAllowed: not theirs to urge.
        MoveNotAllowed: the unit does not have it in hand.
    """
    await people.check(session, by, directive, Action.URGE)
    if directive.state not in WITH_UNIT:
        raise MoveNotAllowed(directive.state, URGE)


async def of_unit(session: Session, unit_id: int, by: By) -> list[Directive]:
    """Everything overdue that a unit has in hand and this person may urge, the longest overdue first."""
    query = (
        select(Directive)
        .where(
            Directive.lead_unit_id == unit_id,
            Directive.state.in_(sorted(WITH_UNIT)),
            Directive.last_day < local_day(by.now),
        )
        .order_by(Directive.last_day, Directive.id)
    )
    found = list(await session.scalars(query))
    stands = await people.standings(session, by, found)
    return [d for d, one in zip(found, stands, strict=True) if may(Action.URGE, one)]


async def hearers(session: Session, directives: Sequence[Directive]) -> tuple[tuple[Person, bool], ...]:
    """Who of the unit is written to about these, and whether a platform reaches them now."""
    ids = dict.fromkeys([i for d in directives for i in await answerable(session, d)])
    reachable = await reach.reachable_of(session, list(ids))
    return tuple([(await session.get_one(Person, i), i in reachable) for i in ids])


async def urged_today(session: Session, directives: Collection[int], by: By) -> dict[int, datetime]:
    """When this person last urged each of these directives today, of those they did."""
    begins = datetime.combine(local_day(by.now), time(), OFFICE_ZONE)
    query = (
        select(Transition.directive_id, func.max(Transition.at))
        .where(
            Transition.directive_id.in_(directives), Transition.event == URGE,
            Transition.actor_id == by.person.id, Transition.at >= begins,
        )
        .group_by(Transition.directive_id)
    )  # fmt: skip
    return {number: at for number, at in await session.execute(query) if number is not None}


async def urge(
    session: Session, directives: Sequence[Directive], words: str, by: By, shown: Shown, *, again: bool = False
) -> Urged:
    """Send the unit the reminder that was shown, and keep it in the history of each directive.

    Args:
        session: a write transaction.
        directives: of one unit.
        words: what is said besides the list; may be empty.
        by: who urges: it goes out in their name.
        shown: how the directives stood when the text was shown; what has changed since is left out.
        again: also what the same person has urged today.

    Raises:
        NotAllowed: none of them is theirs to urge.
        ChangedMeanwhile: none of them stands as it was shown.
        UrgedToday: a second time on one day, and ``again`` does not say that it is meant.
    """
    ready = await _as_shown(session, directives, by, shown)
    early = {} if again else await urged_today(session, [d.id for d in ready], by)
    if early:
        raise UrgedToday(tuple(sorted(early)), max(early.values()))
    moves = [await _keep(session, directive, words, by) for directive in ready]
    to = await hearers(session, ready)
    await tell(
        session, [person.id for person, _ in to], URGE, now=by.now, directives=[d.id for d in ready],
        payload={"moves": [row.id for row in moves]}, urgent=any(d.urgency is not None for d in ready),
    )  # fmt: skip
    return Urged(tuple(ready), tuple(d for d in directives if d not in ready), to)


async def _as_shown(session: Session, directives: Sequence[Directive], by: By, shown: Shown) -> list[Directive]:
    stands = await people.standings(session, by, directives)
    mine = [d for d, one in zip(directives, stands, strict=True) if may(Action.URGE, one)]
    if not mine:
        raise NotAllowed(Action.URGE)
    ready = [d for d in mine if _stands_as_shown(d, shown)]
    if not ready:
        raise ChangedMeanwhile(tuple(d.id for d in mine))
    return ready


def _stands_as_shown(directive: Directive, shown: Shown) -> bool:
    is_in_hand = directive.state in WITH_UNIT and directive.lead_unit_id == shown.unit_id
    return is_in_hand and shown.last_days.get(directive.id) == directive.last_day


async def _keep(session: Session, directive: Directive, words: str, by: By) -> Transition:
    return await audit.record(
        session, URGE, now=by.now, directive=directive, before=directive.state, after=directive.state,
        actor=by.person, reason=words.strip() or None, inbox_id=by.inbox_id,
    )  # fmt: skip


# --- the answer ---


async def answered(session: Session, directive: Directive, report: Report, by: By, told: Collection[Person]) -> None:
    """Hand the first report after an urging to who urged.

    Args:
        session: a write transaction.
        directive: what the report is of.
        report: just kept.
        by: who reported.
        told: people who hear of the report in another way.
    """
    urgers = await _waiting(session, directive, report)
    to = [i for i in urgers if i != by.person.id and i not in people.ids(told)]
    await tell(session, to, ANSWERED, now=by.now, directives=[directive.id], payload={"report": report.code})


async def _waiting(session: Session, directive: Directive, report: Report) -> list[int]:
    """Who has urged the present lead unit since it last reported."""
    facts: dict[str, Any] = {"directive": directive.id, "report": report.id}
    if directive.assigned_at is not None:
        facts["since"] = directive.assigned_at
    found = await plain.rows(session, _urgers(was_assigned=directive.assigned_at is not None), facts)
    return [row.actor_id for row in found if row.actor_id is not None]


@cache  # every report asks: putting it together takes longer than running it
def _urgers(*, was_assigned: bool) -> Select[int | None]:
    reports, acts = plain.table(Report).c, plain.table(Transition).c
    later = select(reports.id).where(
        reports.directive_id == bindparam("directive"), reports.id < bindparam("report"),
        reports.coordination_id.is_(None), reports.withdrawn_at.is_(None), reports.at >= acts.at,
    )  # fmt: skip
    query = select(acts.actor_id).where(
        acts.directive_id == bindparam("directive"), acts.event == URGE, ~later.exists()
    )
    if was_assigned:
        query = query.where(acts.at >= bindparam("since", type_=acts.at.type))
    return query.distinct()
