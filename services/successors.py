"""A unit goes on as another: what is open is carried over, what is over stays under the old one, and old names.

Directives that are closed keep the unit that closed them, so that a figure once reported can be counted again. The
people of the unit that took over see them all the same.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select, update

from db import Session
from db.models import Alias, Coordination, Directive, Explanation, GroupChat, Membership, Person, Unit, UnitName
from domain.lessons import spelling_key
from domain.lifecycle import OPEN, State
from services import audit, scope

MERGED, SPLIT, RENAMED = "unit_merged", "unit_split", "unit_renamed"  # events of the audit
PART_SPLIT = "part_split"  # the same, of a part in another unit's directive
REORGANISED = "reorganised"  # an outbox row: what became of a unit
CARRIED = sorted({*OPEN, State.DRAFT})


@dataclass(frozen=True)
class Acted:
    """Who carries over, when, and from which message. ``person`` is None for the command line."""

    now: datetime
    person: Person | None = None
    inbox_id: int | None = None


# --- names ---


@dataclass(frozen=True)
class Names:
    """What units are called, and were called before."""

    current: Mapping[int, str]
    former: Mapping[int, Sequence[tuple[datetime, str]]]  # until when, the oldest first

    def at(self, unit_id: int, moment: datetime) -> str:
        """The name a unit had at a moment.

        Args:
            unit_id: one of those that were asked for.
            moment: aware.
        """
        before = (name for until, name in self.former.get(unit_id, ()) if moment < until)
        return next(before, self.current[unit_id])


async def names_of(session: Session, unit_ids: Collection[int]) -> Names:
    """The names of some units through time, in two questions however many they are."""
    rows = await session.execute(select(Unit.id, Unit.name).where(Unit.id.in_(unit_ids)))
    former: dict[int, list[tuple[datetime, str]]] = {}
    query = select(UnitName).where(UnitName.unit_id.in_(unit_ids)).order_by(UnitName.until, UnitName.id)
    for row in await session.scalars(query):
        former.setdefault(row.unit_id, []).append((row.until, row.name))
    return Names({row[0]: row[1] for row in rows}, former)


async def rename(session: Session, unit: Unit, name: str, by: Acted) -> None:
    """Give a unit another name: the old one is kept for the history, and understood in notices as before."""
    old, unit.name = unit.name, name
    session.add(UnitName(unit_id=unit.id, name=old, until=by.now))
    _also_called(unit, [old])
    await session.flush()
    await _note(session, RENAMED, by, None, old_unit=old, new_unit=name)


async def inherited(session: Session, unit: Unit) -> list[str]:
    """The names by which a unit is known from before: its own former ones, and those of units it took over."""
    own = await session.scalars(select(UnitName.name).where(UnitName.unit_id == unit.id).order_by(UnitName.id))
    ended = await session.scalars(select(Unit).where(Unit.merged_into_id == unit.id).order_by(Unit.id))
    found = [*own, *(name for old in ended for name in (old.name, *old.aliases))]
    return [name for name in dict.fromkeys(found) if name != unit.name]


async def now_of(session: Session, unit: Unit) -> Unit:
    """The unit itself, or the one that took over."""
    return unit if unit.merged_into_id is None else await session.get_one(Unit, unit.merged_into_id)


def _also_called(unit: Unit, names: Sequence[str]) -> None:
    known = {spelling_key(unit.name), *map(spelling_key, unit.aliases)}
    fresh = {spelling_key(name): name for name in names if spelling_key(name) not in known}
    unit.aliases = [*unit.aliases, *fresh.values()]


# --- merging ---


async def carry_over(session: Session, old: Unit, into: Unit, by: Acted) -> list[Directive]:
    """End a unit whose work another goes on with; gives the directives that went over."""
    await _let_stand_apart(session, old, into)
    moved = await _directives(session, old, into, by)
    await _coordinations(session, old, into, by)
    await _people(session, old, into, by)
    for table in (GroupChat, Alias):
        await session.execute(update(table).where(table.unit_id == old.id).values(unit_id=into.id))
    asked = update(Explanation).where(Explanation.unit_id == old.id, Explanation.closed_at.is_(None))
    await session.execute(asked.values(unit_id=into.id))
    await session.execute(update(Unit).where(Unit.merged_into_id == old.id).values(merged_into_id=into.id))
    children = update(Unit).where(Unit.parent_id == old.id, Unit.id != into.id)
    await session.execute(children.values(parent_id=into.id))
    _also_called(into, [old.name, *old.aliases])
    into.leader_id = into.leader_id or old.leader_id
    old.active, old.merged_into_id, old.parent_id, old.leader_id = False, into.id, into.id, None
    await session.flush()
    return moved


async def _let_stand_apart(session: Session, old: Unit, into: Unit) -> None:
    """The unit that goes on must not stand under the one that ends: the tree has no circle."""
    if old.id in (await scope.tree(session)).upwards(into.id):
        into.parent_id = old.parent_id
    await session.flush()


async def _directives(session: Session, old: Unit, into: Unit, by: Acted) -> list[Directive]:
    found = list(
        await session.scalars(
            select(Directive)
            .where(Directive.lead_unit_id == old.id, Directive.state.in_(CARRIED))
            .order_by(Directive.id)
        )
    )
    for directive in found:
        directive.lead_unit, directive.lead_unit_id = into, into.id
        await _note(session, MERGED, by, directive, old_unit=old.name, new_unit=into.name)
    return found


async def _coordinations(session: Session, old: Unit, into: Unit, by: Acted) -> None:
    """A part of the unit that ends is the other's; not twice, and not beside its own lead."""
    rows = await session.execute(
        select(Coordination, Directive)
        .join(Directive, Directive.id == Coordination.directive_id)
        .where(
            Coordination.unit_id.in_([old.id, into.id]),
            Coordination.removed_at.is_(None),
            Directive.state.in_(CARRIED),
        )
        .order_by(Coordination.unit_id != into.id, Coordination.answered_at.is_(None), Coordination.id)
    )
    there: set[int] = set()
    for part, directive in rows.unique():
        if directive.lead_unit_id == into.id or directive.id in there:
            part.removed_at = by.now
            await session.flush()
            await session.refresh(directive, ["coordinations"])
            continue
        there.add(directive.id)
        part.unit, part.unit_id = into, into.id
    await session.flush()


async def _people(session: Session, old: Unit, into: Unit, by: Acted) -> None:
    for person in await session.scalars(select(Person).where(Person.unit_id == old.id)):
        person.unit, person.unit_id = into, into.id
    await session.flush()
    own = set(await session.scalars(select(Person.id).where(Person.unit_id == into.id)))
    open_ = (Membership.unit_id.in_([old.id, into.id]), Membership.ended_at.is_(None))
    for row in list(await session.scalars(select(Membership).where(*open_).order_by(Membership.unit_id != into.id))):
        if row.person_id in own:
            row.ended_at = by.now
        elif row.unit_id == old.id:
            row.ended_at = by.now
            await session.flush()
            session.add(Membership(person_id=row.person_id, unit_id=into.id, role=row.role, since=by.now))
        own.add(row.person_id)
    await session.flush()


async def follow(session: Session, directive: Directive, by: Acted) -> None:
    """Give a directive that is open again to the units that took over from its own, where those were merged."""
    unit = directive.lead_unit
    if unit is not None and unit.merged_into_id is not None:
        into = await session.get_one(Unit, unit.merged_into_id)
        directive.lead_unit, directive.lead_unit_id = into, into.id
        await _note(session, MERGED, by, directive, old_unit=unit.name, new_unit=into.name)
    await _parts_follow(session, directive, by)


async def _parts_follow(session: Session, directive: Directive, by: Acted) -> None:
    """So do the parts of units that helped and were merged meanwhile: not twice, and not beside their own lead."""
    there = {directive.lead_unit_id, *(part.unit_id for part in directive.coordinations)}
    for part in directive.coordinations:
        into = part.unit.merged_into_id if part.unit else None
        if into is None:
            continue
        if into in there:
            part.removed_at = by.now
        else:
            part.unit_id = into
            there.add(into)
    await session.flush()
    await session.refresh(directive, ["coordinations"])


# --- splitting ---


async def part_with(
    session: Session, old: Unit, new: Unit, directives: Sequence[Directive], people: Sequence[Person], by: Acted
) -> None:
    """Another unit takes some of a unit's open directives and people. A contact who stays behind is none any more."""
    for person in people:
        person.unit, person.unit_id = new, new.id
    going = {person.id for person in people}
    for directive in directives:
        directive.lead_unit, directive.lead_unit_id = new, new.id
        if directive.contact_id not in going:
            directive.contact_id = None
        await _note(session, SPLIT, by, directive, old_unit=old.name, new_unit=new.name)
    await session.flush()


async def take_parts(session: Session, old: Unit, new: Unit, directives: Sequence[Directive], by: Acted) -> None:
    """Another unit helps from now on in the old one's place: what was said and answered of the part goes along.

    Where it leads the directive, or helps with it already, the old unit's part ends.
    """
    for directive in directives:
        part = next(c for c in directive.coordinations if c.unit_id == old.id)
        if new.id in {directive.lead_unit_id, *(c.unit_id for c in directive.coordinations)}:
            part.removed_at = by.now
        else:
            part.unit, part.unit_id = new, new.id
        await _note(session, PART_SPLIT, by, directive, helped_by=old.name, helping=new.name)
        await session.refresh(directive, ["coordinations"])


async def _note(session: Session, event: str, by: Acted, directive: Directive | None, **details: str) -> None:
    state = directive.state if directive else None
    await audit.record(
        session, event, now=by.now, directive=directive, before=state, after=state, actor=by.person,
        details=details, inbox_id=by.inbox_id,
    )  # fmt: skip
