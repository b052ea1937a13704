"""Whose directives a person sees, and which leader answers for a unit.

A unit's supervising leader is inherited down the tree: the nearest unit upwards, itself included, that names
an active one. The leader of a unit sees its whole subtree, also the parts that have a leader of their own;
the leader of the root sees everything. Who stands in for a leader sees and decides what that leader does, on the days
of the absence alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from db import Session
from db.memo import standing
from db.models import Person, Unit
from domain.rights import Role
from services import absences, posts

NONE_AT_ALL: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Node:
    """A unit as far as supervision goes. ``leader_id`` is None where none is named or that one has left."""

    parent_id: int | None
    leader_id: int | None


@dataclass(frozen=True)
class Tree:
    """The organisation's units by id. A few hundred at most, so they are read whole."""

    nodes: Mapping[int, Node]

    def upwards(self, unit_id: int) -> Iterator[int]:
        """The unit, its parent, and so on to the root. A loop in the data ends the walk."""
        seen: set[int] = set()
        at: int | None = unit_id
        while at is not None and at in self.nodes and at not in seen:
            seen.add(at)
            yield at
            at = self.nodes[at].parent_id

    def leader_of(self, unit_id: int) -> int | None:
        """The id of the person who supervises a unit."""
        leaders = (self.nodes[at].leader_id for at in self.upwards(unit_id))
        return next((leader for leader in leaders if leader is not None), None)

    def subtree(self, unit_id: int) -> frozenset[int]:
        """The unit and all units under it."""
        return frozenset(each for each in self.nodes if unit_id in self.upwards(each))

    def led_by(self, person_id: int) -> frozenset[int]:
        """All units at or under one that names this leader."""
        own = {unit for unit, node in self.nodes.items() if node.leader_id == person_id}
        return frozenset(each for each in self.nodes if not own.isdisjoint(self.upwards(each)))

    def leads_root(self, person_id: int) -> bool:
        """Whether the person leads a unit that stands under no other."""
        return any(node.parent_id is None and node.leader_id == person_id for node in self.nodes.values())

    def field_of(self, person_id: int) -> frozenset[int] | None:
        """The units a leader answers for; None for all."""
        return None if self.leads_root(person_id) else self.led_by(person_id)


async def tree(session: Session) -> Tree:
    """Read the organisation's tree."""
    query = (
        select(Unit.id, Unit.parent_id, Person.id)
        .outerjoin(Person, (Person.id == Unit.leader_id) & Person.active)
        .order_by(Unit.id)
    )

    async def read() -> Tree:
        return Tree({unit: Node(parent, leader) for unit, parent, leader in await session.execute(query)})

    return await standing(session, "tree", read)


async def units_in_charge(session: Session, person: Person, day: date | None = None) -> frozenset[int] | None:
    """The units whose directives a person may count and list.

    Args:
        session: any transaction.
        person: whose.
        day: the local day, for the fields of leaders the person stands in for; without it, their own alone.

    Returns:
        unit ids; None for all of them (clerks, and the leader of the root unit); empty for who sees none.
    """
    if person.role == Role.CLERK:
        return None
    own, *further = await posts.of_person(session, person)
    mine = frozenset(post.unit_id for post in (own, *further) if post.role in {Role.HEAD, Role.OFFICER})
    if person.role != Role.LEADER:
        return mine
    field = await field_of(session, person, day)
    return None if field is None else field | mine


async def field_of(session: Session, person: Person, day: date | None = None) -> frozenset[int] | None:
    """The units a leader is in charge of; None for all.

    Args:
        session: any transaction.
        person: a leader.
        day: the local day, for the fields of leaders they stand in for; without it, their own alone.
    """
    others = await absences.acts_for(session, person.id, day) if day else []
    known = await tree(session)
    fields = [known.field_of(leader) for leader in (person.id, *others)]
    return None if None in fields else NONE_AT_ALL.union(*(f for f in fields if f is not None))


async def in_place_of(session: Session, person: Person, unit_id: int | None, day: date) -> int | None:
    """The leader in whose place a person decides on a unit on a local day; None where it is in their own field."""
    if person.role != Role.LEADER or unit_id is None:
        return None
    others = await absences.acts_for(session, person.id, day)
    if not others:
        return None
    known = await tree(session)

    def answers(leader: int) -> bool:
        field = known.field_of(leader)
        return field is None or unit_id in field

    if answers(person.id):
        return None
    nearest = known.leader_of(unit_id)
    return nearest if nearest in others else next(filter(answers, others), None)


async def supervising_leader(session: Session, unit_id: int) -> Person | None:
    """The leader who answers for a unit; None where no unit upwards names an active one."""
    leader = (await tree(session)).leader_of(unit_id)
    return None if leader is None else await session.get(Person, leader)
