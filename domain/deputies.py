"""Who may stand in for whom, and who does so in the end when a deputy is away too."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from domain.rights import Role

_OF_A_UNIT = frozenset({Role.HEAD, Role.OFFICER})
_FOR_A_UNIT = frozenset({Role.HEAD, Role.OFFICER, Role.CLERK})


@dataclass(frozen=True)
class Member:
    """Somebody, as far as standing in goes.

    ``can_be_told``: active and reachable on a platform. ``further``: the units they work for besides their own.
    """

    id: int
    unit_id: int
    role: Role
    is_active: bool = True
    can_be_told: bool = True
    further: frozenset[int] = frozenset()

    @property
    def units(self) -> frozenset[int]:
        """All units they work for."""
        return self.further | {self.unit_id}


@dataclass(frozen=True)
class Away:
    """Somebody who is away on the day in question, and whom they named; None where nobody stands in."""

    person: Member
    deputy: Member | None


def may_stand_in(deputy: Member, person: Member) -> bool:
    """Whether one may be named as the other's deputy.

    A unit is answered for by its own people, leaders by leaders, the office's clerks by clerks: nobody gets rights over
    a field through an absence that their own role does not have. An administrator needs no deputy. Who works for
    several units may name somebody of any of them, who stands in there alone: rights are asked unit by unit.
    """
    if deputy.id == person.id or not deputy.is_active:
        return False
    if person.role in _OF_A_UNIT:
        return bool(deputy.units & person.units) and deputy.role in _FOR_A_UNIT
    return person.role in {Role.LEADER, Role.CLERK} and deputy.role is person.role


def stand_ins(absent: Iterable[Away]) -> dict[int, Member]:
    """Who stands in for whom on a day, chains followed to their end.

    Nobody does where the chain ends at somebody who is away without a deputy, runs in a circle, or ends at somebody who
    may not stand in (any more): the ordinary order of the unit holds then.

    Args:
        absent: everyone who is away on the day; of two entries for one person the later counts.

    Returns:
        the deputy by the id of the person who is away.
    """
    named = {one.person.id: one for one in absent}
    found = {}
    for one in named.values():
        last = _end_of(one, named)
        if last is not None and may_stand_in(last, one.person):
            found[one.person.id] = last
    return found


def _end_of(first: Away, named: Mapping[int, Away]) -> Member | None:
    seen: set[int] = set()
    at = first
    while at.person.id not in seen:
        seen.add(at.person.id)
        if at.deputy is None or at.deputy.id not in named:
            return at.deputy
        at = named[at.deputy.id]
    return None


def circle(person: int, deputy: int, named: Mapping[int, int | None]) -> tuple[int, ...]:
    """The chain of deputies that would lead back to a person; empty where it does not.

    Args:
        person: who is going away.
        deputy: whom they would name; not themselves.
        named: whom the others named who are away on some day of the same time.

    Returns:
        the ids from the deputy to the one who named the person.
    """
    chain = [deputy]
    while chain[-1] != person:
        following = named.get(chain[-1])
        if following is None or following in chain:
            return ()
        chain.append(following)
    return tuple(chain[:-1])
