"""Units change: another name, merged, split, put under another unit or leader. Each with a look ahead.

What is open goes over with an audit row each, whoever is concerned is told once, and nothing of the past is rewritten.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select

from db import Session
from db.models import Coordination, Directive, GroupChat, Person, Unit, new_code
from domain.errors import AlreadyThere, NameTaken, NoSuchThing, UnitBelowItself
from domain.lifecycle import OPEN
from domain.organisation import fold
from domain.rights import Action, Role, Standing, require
from services import audit, group_chats, posts, scope, successors
from services.life import By
from services.outbox import tell
from services.successors import REORGANISED, Acted

MADE, PLACED, LED = "unit_made", "unit_placed", "unit_led"


def check(by: By) -> None:
    """Let pass or refuse a change of units.

    Raises:
        NotAllowed: neither a clerk nor an administrator.
    """
    require(Action.MANAGE_UNITS, Standing(Role(by.person.role)))


def _acted(by: By) -> Acted:
    return Acted(by.now, by.person, by.inbox_id)


@dataclass(frozen=True)
class Ahead:
    """What a change of units would take along.

    Attributes:
        directives: how many open ones.
        helping: how many open ones they help with.
        people: how many.
        heads: the names of those who would head the unit afterwards.
        twice: groups of open directives of one clause that would stand in the unit side by side.
    """

    directives: int
    helping: int
    people: int
    heads: tuple[str, ...]
    twice: tuple[tuple[int, ...], ...]


async def look_ahead(session: Session, units: Sequence[Unit]) -> Ahead:
    """What merging these units would bring together."""
    ids = [unit.id for unit in units]
    rows = (
        await session.execute(
            select(Directive.id, Directive.clause_id, Directive.lead_unit_id).where(
                Directive.lead_unit_id.in_(ids), Directive.state.in_(sorted(OPEN))
            )
        )
    ).all()
    helping = await session.scalar(
        select(func.count(Directive.id.distinct()))
        .join(Coordination, Coordination.directive_id == Directive.id)
        .where(
            Coordination.unit_id.in_(ids), Coordination.removed_at.is_(None), Directive.state.in_(sorted(OPEN)),
            Directive.lead_unit_id.not_in(ids),
        )
    )  # fmt: skip
    people = await session.scalar(
        select(func.count()).select_from(Person).where(Person.unit_id.in_(ids), Person.active)
    )
    heads = [p.name for unit in ids for p in await posts.heads_of(session, unit)]
    return Ahead(len(rows), helping or 0, people or 0, tuple(dict.fromkeys(heads)), _twice(rows))


def _twice(rows: Iterable[Any]) -> tuple[tuple[int, ...], ...]:
    """Of several units, that is: the parts one unit has of a clause stand side by side already."""
    known = [(number, clause, unit) for number, clause, unit in rows if clause is not None]
    units = Counter(clause for clause, _ in {(clause, unit) for _, clause, unit in known})
    often = [clause for clause, count in units.items() if count > 1]
    return tuple(tuple(sorted(number for number, of, _ in known if of == clause)) for clause in often)


async def open_of(session: Session, unit: Unit) -> list[Directive]:
    """The open directives of a unit, in whatever hands."""
    query = select(Directive).where(Directive.lead_unit_id == unit.id, Directive.state.in_(sorted(OPEN)))
    return list(await session.scalars(query.order_by(Directive.id)))


async def helped_by(session: Session, unit: Unit) -> list[Directive]:
    """The open directives of other units that a unit helps with."""
    query = (
        select(Directive)
        .join(Coordination, Coordination.directive_id == Directive.id)
        .where(
            Coordination.unit_id == unit.id, Coordination.removed_at.is_(None), Directive.state.in_(sorted(OPEN)),
            Directive.lead_unit_id != unit.id,
        )
        .order_by(Directive.id)
    )  # fmt: skip
    return list((await session.scalars(query)).unique())


async def people_of(session: Session, unit: Unit) -> list[Person]:
    """The people whose own unit it is."""
    return list(
        await session.scalars(select(Person).where(Person.unit_id == unit.id, Person.active).order_by(Person.id))
    )


# --- what is done ---


async def make(session: Session, name: str, like: Unit, by: By) -> Unit:
    """A new unit, of the kind and in the place of another, under the same leader: who was asked before still decides.

    Raises:
        NameTaken: a unit has this name.
    """
    check(by)
    name = await _free(session, name, ())
    row = Unit(
        key=f"unit-{new_code()}", name=name, kind=like.kind, parent_id=like.parent_id, leader_id=like.leader_id,
        place=like.place, aliases=[],
    )  # fmt: skip
    row.active = True
    session.add(row)
    await session.flush()
    await _note(session, MADE, by, unit=name)
    return row


async def rename(session: Session, unit: Unit, name: str, by: By) -> None:
    """Give a unit another name. Notices that use the old one are understood as before.

    Raises:
        NameTaken: another unit has it.
    """
    check(by)
    name = await _free(session, name, (unit.id,))
    old = unit.name
    await successors.rename(session, unit, name, _acted(by))
    await _tell(session, [unit], by, successors.RENAMED, old=[old], new=name)


async def merge(session: Session, units: Sequence[Unit], into: Unit, by: By) -> list[Directive]:
    """Units go on as one, which may be one of them or a new one; gives the directives that went over.

    Raises:
        NoSuchThing: nothing to merge, or one of them is no more.
    """
    check(by)
    ending = [unit for unit in units if unit.id != into.id]
    if not ending or not all(unit.active for unit in (*ending, into)):
        raise NoSuchThing
    moved = [d for unit in ending for d in await successors.carry_over(session, unit, into, _acted(by))]
    names = [unit.name for unit in ending]
    await _note(session, successors.MERGED, by, units=names, into=into.name, directives=[d.id for d in moved])
    await _tell(session, [into], by, successors.MERGED, old=names, new=into.name, count=len(moved))
    return moved


async def split(
    session: Session,
    unit: Unit,
    new: Unit,
    directives: Sequence[Directive],
    people: Sequence[Person],
    by: By,
    helped: Sequence[Directive] = (),
) -> list[GroupChat]:
    """Another unit takes some open directives, parts in others' directives, and people of a unit.

    Args:
        session: a write transaction.
        unit: the one that is split.
        new: the one that takes.
        directives: that the unit leads.
        people: of the unit.
        by: who splits.
        helped: directives of other units that it helps with.

    Returns:
        the groups of the unit, which stay its own.

    Raises:
        NoSuchThing: one of them is not the unit's.
    """
    check(by)
    if unit.id == new.id or any(d.lead_unit_id != unit.id or d.state not in OPEN for d in directives):
        raise NoSuchThing
    helping = {d.id for d in await helped_by(session, unit)}
    if any(d.id not in helping for d in helped):
        raise NoSuchThing
    if any(person.unit_id != unit.id for person in people):
        raise NoSuchThing
    await successors.part_with(session, unit, new, directives, people, _acted(by))
    await successors.take_parts(session, unit, new, helped, _acted(by))
    names = [person.key for person in people]
    await _note(session, successors.SPLIT, by, unit=unit.name, new=new.name, people=names)
    facts = {"old": [unit.name], "new": new.name, "count": len(directives), "helped": len(helped)}
    groups = await group_chats.of_units(session, [unit.id])
    await _tell(session, [unit, new], by, successors.SPLIT, **facts, has_group=bool(groups))
    return groups


async def place(session: Session, unit: Unit, parent: Unit, by: By) -> None:
    """Put a unit under another: who leads there answers for it from now on.

    Raises:
        UnitBelowItself: that one is the unit itself, or stands under it.
        AlreadyThere: it stands there.
    """
    check(by)
    if unit.id in (await scope.tree(session)).upwards(parent.id):
        raise UnitBelowItself(unit.name, parent.name)
    if unit.parent_id == parent.id:
        raise AlreadyThere(parent.name)
    old = await session.get(Unit, unit.parent_id) if unit.parent_id else None
    unit.parent_id = parent.id
    await session.flush()
    await _note(session, PLACED, by, unit=unit.name, parent=parent.name, before=old.name if old else "")
    await _tell(session, [unit], by, PLACED, old=[unit.name], new=parent.name)


async def put_in_charge(session: Session, unit: Unit, leader: Person | None, by: By) -> None:
    """Name the leader in charge of a unit; None: the one of the unit above. What is open follows at once.

    Raises:
        NoSuchThing: that is no leader who takes part.
    """
    check(by)
    if leader is not None and (leader.role != Role.LEADER or not leader.active):
        raise NoSuchThing
    old = await session.get(Person, unit.leader_id) if unit.leader_id else None
    unit.leader_id = leader.id if leader else None
    await session.flush()
    name = leader.name if leader else None
    await _note(session, LED, by, unit=unit.name, leader=name, before=old.name if old else "")
    await _tell(session, [unit], by, LED, old=[unit.name], new=name or "")


async def _free(session: Session, name: str, but: Sequence[int]) -> str:
    name = " ".join(name.split())
    rows = await session.execute(select(Unit.name).where(Unit.active, Unit.id.not_in(but)))
    if not name or any(fold(other) == fold(name) for (other,) in rows):
        raise NameTaken(name)
    return name


# --- said and recorded ---


async def _note(session: Session, event: str, by: By, **details: Any) -> None:
    await audit.record(session, event, now=by.now, actor=by.person, details=details, inbox_id=by.inbox_id)


async def _tell(session: Session, units: Sequence[Unit], by: By, what: str, **facts: Any) -> None:
    """To everybody of the units, and the leaders in charge; each once."""
    people = [person for unit in units for person in await posts.of_unit(session, unit.id)]
    people += [leader for unit in units if (leader := await scope.supervising_leader(session, unit.id))]
    ids = [person.id for person in people if person.id != by.person.id]
    await tell(session, ids, REORGANISED, now=by.now, payload={"what": what, **facts})
