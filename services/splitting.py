"""A directive is split: its parts go on as directives of their own, with the days of the original, which ends.

Splitting gives nobody more time: a part keeps the first deadline of the original, and has none of its own that is
later than the present one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from db import Session
from db.models import Coordination, Directive, Unit
from domain.calendar import OFFICE_ZONE
from domain.deadlines import Deadline
from domain.errors import ComesAgain, DeadlineInPast, PartsOutOfRange, PartTooLate
from domain.lifecycle import Event, State, after
from domain.rights import Action
from services import ending, life, people
from services.ends import open_ends
from services.issuing import tell_issued
from services.life import By
from services.recurring import comes_again

FEWEST, MOST = 2, 20  # parts


@dataclass(frozen=True)
class Part:
    """One part to be. ``deadline`` None means the original's; ``unit`` None the original's lead unit."""

    text: str
    unit: Unit | None = None
    deadline: Deadline | None = None


async def check(session: Session, directive: Directive, by: By) -> None:
    """Let pass or refuse a split before its parts are asked for.

    Raises:
        NotAllowed, MoveNotAllowed: why it cannot be split.
        ComesAgain: its series would be left without the next one.
    """
    await people.check(session, by, directive, Action.STEER)
    after(State(directive.state), Event.SPLIT)
    if comes_again(directive):
        raise ComesAgain(directive.id)


def check_parts(directive: Directive, parts: Sequence[Part], by: By) -> None:
    """Let pass or refuse parts.

    Raises:
        PartsOutOfRange: too few to be a split, or too many to be looked through.
        DeadlineInPast: a part has a deadline of its own that has passed.
        PartTooLate: a part would have more time than the original.
    """
    if not FEWEST <= len(parts) <= MOST:
        raise PartsOutOfRange(len(parts), FEWEST, MOST)
    today = by.now.astimezone(OFFICE_ZONE).date()
    for part in parts:
        last_day = own_last_day(part, by)
        if last_day is not None and last_day < today:
            raise DeadlineInPast(last_day, today)
        if last_day is not None and directive.last_day is not None and last_day > directive.last_day:
            raise PartTooLate(last_day, directive.last_day)


def own_last_day(part: Part, by: By) -> date | None:
    """The last day of a part that has a deadline of its own."""
    return part.deadline.last_day(by.office.rhythm.before_means) if part.deadline else None


async def split(session: Session, directive: Directive, parts: Sequence[Part], by: By) -> list[Directive]:
    """Issue the parts, end the original, close what waits on it, and tell everybody it concerns.

    Returns:
        the parts, in order.

    Raises:
        NotAllowed: also where a part would go to another leader's field.
        MoveNotAllowed, ComesAgain, PartsOutOfRange, DeadlineInPast, PartTooLate: why it is not split.
    """
    await check(session, directive, by)
    check_parts(directive, parts, by)
    ends, told = await open_ends(session, directive), await life.concerned(session, directive)
    made = [await _issue(session, directive, part, by) for part in parts]
    numbers = [one.id for one in made]
    row = await life.move(
        session, directive, Event.SPLIT, by, f"Tách thành {', '.join(f'#{n}' for n in numbers)}",
        parts=numbers, **ends.details(),
    )  # fmt: skip
    await ending.close_open_ends(session, directive, by, [*told, *ends.askers])
    await life.tell_news(session, row, directive, [*told, *ends.askers], by)
    await tell_issued(session, made, by.now, by.person)
    return made


_SAME = (
    "notice_id", "ref", "quote", "quote_page", "lead_written", "urgency", "important", "product", "receiver", "field",
    "source",
)  # fmt: skip
_DUE = ("deadline_date", "deadline_inclusive", "deadline_time", "deadline_text", "deadline_rule", "last_day")


async def _issue(session: Session, original: Directive, part: Part, by: By) -> Directive:
    new = Directive(**{name: getattr(original, name) for name in (*_SAME, *_DUE)}, text=part.text, warnings=[])
    new.lead_unit_id = part.unit.id if part.unit else original.lead_unit_id
    new.split_from_id, new.made_by, new.made_at, new.state = original.id, by.person.id, by.now, State.DRAFT
    new.issued_by, new.issued_at, new.assigned_at = by.person.id, original.issued_at, by.now
    new.first_last_day = original.first_last_day
    if original.lead_group is not None:  # of a clause for many units, whose count goes on with its parts
        new.clause_id, new.lead_group = original.clause_id, original.lead_group
    _own_deadline(new, part, by)
    new.coordinations = [
        Coordination(unit_id=c.unit_id, written=c.written)
        for c in original.coordinations
        if c.unit_id is None or c.unit_id != new.lead_unit_id
    ]
    session.add(new)
    await session.flush()
    await session.refresh(new, ["lead_unit", "coordinations", "notice"])
    await people.check(session, by, new, Action.STEER)
    await life.move(session, new, Event.ISSUE, by, split_from=original.id)
    return new


def _own_deadline(new: Directive, part: Part, by: By) -> None:
    last_day = own_last_day(part, by)
    if part.deadline is None or last_day is None:
        return
    new.deadline_date, new.deadline_inclusive = part.deadline.date, part.deadline.inclusive
    new.deadline_time, new.deadline_text = part.deadline.time, part.deadline.text
    new.deadline_rule, new.last_day = part.deadline.rule, last_day
    new.first_last_day = min(new.first_last_day or last_day, last_day)
