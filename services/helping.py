"""Units that help with an issued directive are added by the assigner's side; ``coordinating.remove`` takes them out."""

from __future__ import annotations

from collections.abc import Sequence

from db import Session
from db.models import Coordination, Directive, Unit
from domain.errors import AlreadyThere, HelpsAlready, MoveNotAllowed
from domain.lifecycle import OPEN
from domain.rights import Action
from services import audit, coordinating, life, people
from services.life import By
from services.outbox import tell

ADDED = "part_added"  # the audit's word


async def check(session: Session, directive: Directive, by: By) -> None:
    """Let pass or refuse a change of who helps.

    Raises:
        NotAllowed, MoveNotAllowed: why it cannot be changed.
    """
    await people.check(session, by, directive, Action.STEER)
    if directive.state not in OPEN:
        raise MoveNotAllowed(directive.state, ADDED)


def check_unit(directive: Directive, unit: Unit) -> None:
    """Let pass or refuse a unit as one that helps.

    Raises:
        AlreadyThere: it is the lead unit.
        HelpsAlready: it does.
    """
    if unit.id == directive.lead_unit_id:
        raise AlreadyThere(unit.name)
    if any(c.unit_id == unit.id for c in directive.coordinations):
        raise HelpsAlready(unit.name)


async def add(session: Session, directive: Directive, units: Sequence[Unit], by: By) -> None:
    """Let further units help. They are told what they help with, and the lead unit who helps it.

    Raises:
        NotAllowed, MoveNotAllowed, AlreadyThere, HelpsAlready: why not; nothing is changed then.
    """
    await check(session, directive, by)
    for unit in units:
        check_unit(directive, unit)
    new = {unit.id: unit for unit in units}
    present = [Coordination(unit_id=c.unit_id, written=c.written) for c in directive.coordinations]
    added = [Coordination(unit_id=unit.id, written=unit.name) for unit in new.values()]
    await coordinating.put_helpers(session, directive, [*present, *added], by)
    row = await audit.record(
        session, ADDED, now=by.now, directive=directive, before=directive.state, after=directive.state,
        actor=by.person, inbox_id=by.inbox_id, details={"unit": "; ".join(u.name for u in new.values())},
    )  # fmt: skip
    told = [person for unit_id in new for person in await people.of_unit(session, unit_id)]
    await tell(
        session, people.ids(told, but=by.person), life.HELPING,
        now=by.now, directives=[directive.id], urgent=directive.urgency is not None,
    )  # fmt: skip
    await life.tell_news(session, row, directive, await life.lead_people(session, directive), by)
