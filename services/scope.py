"""Whose directives a person sees, and which leader answers for a unit.

A unit's supervising leader is inherited down the tree: the nearest unit upwards, itself included, that names
an active one. The leader of a unit sees its whole subtree, also the parts that have a leader of their own;
the leader of the root sees everything.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from sqlalchemy import select

from db import Session
from db.models import Person, Unit
from domain.rights import Role

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


async def tree(session: Session) -> Tree:
    """Read the organisation's tree."""
    query = (
        select(Unit.id, Unit.parent_id, Person.id)
        .outerjoin(Person, (Person.id == Unit.leader_id) & Person.active)
        .order_by(Unit.id)
    )
    rows = await session.execute(query)
    return Tree({unit: Node(parent, leader) for unit, parent, leader in rows})


async def units_in_charge(session: Session, person: Person) -> frozenset[int] | None:
    """The units whose directives a person may count and list.

    Returns:
        unit ids; None for all of them (clerks, and the leader of the root unit); empty for who sees none.
    """
    if person.role == Role.CLERK:
        return None
    if person.role in {Role.HEAD, Role.OFFICER}:
        return frozenset({person.unit_id})
    if person.role != Role.LEADER:
        return NONE_AT_ALL
    known = await tree(session)
    return None if known.leads_root(person.id) else known.led_by(person.id)


async def supervising_leader(session: Session, unit_id: int) -> Person | None:
    """The leader who answers for a unit; None where no unit upwards names an active one."""
    leader = (await tree(session)).leader_of(unit_id)
    return None if leader is None else await session.get(Person, leader)
