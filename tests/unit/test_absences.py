"""Who stands in for whom: the table of roles, and chains of deputies that always come to an end."""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from db.queries.reminders import Hearer
from domain.deputies import Away, Member, circle, may_stand_in, stand_ins
from domain.rights import Role
from services.absences import there

LEADER, CLERK, HEAD, OFFICER, ADMIN = Role.LEADER, Role.CLERK, Role.HEAD, Role.OFFICER, Role.ADMIN
HERE, ELSEWHERE = 1, 2

# (who is away, who may stand in within the unit, who may from elsewhere)
TABLE = [
    (LEADER, {LEADER}, {LEADER}),
    (CLERK, {CLERK}, {CLERK}),
    (HEAD, {HEAD, OFFICER, CLERK}, set()),
    (OFFICER, {HEAD, OFFICER, CLERK}, set()),
    (ADMIN, set(), set()),
]


@pytest.mark.parametrize(("role", "beside", "elsewhere"), TABLE)
def test_the_table(role: Role, beside: set[Role], elsewhere: set[Role]) -> None:
    person = Member(1, HERE, role)
    assert {r for r in Role if may_stand_in(Member(2, HERE, r), person)} == beside
    assert {r for r in Role if may_stand_in(Member(2, ELSEWHERE, r), person)} == elsewhere


def test_who_works_for_two_units_is_stood_in_for_from_either() -> None:
    head = Member(1, HERE, HEAD, further=frozenset({ELSEWHERE}))
    assert may_stand_in(Member(2, HERE, OFFICER), head)
    assert may_stand_in(Member(3, ELSEWHERE, OFFICER), head)
    assert not may_stand_in(Member(4, 3, OFFICER), head)
    assert may_stand_in(Member(5, 3, OFFICER, further=frozenset({ELSEWHERE})), head)


def test_a_deputy_hears_for_the_units_they_work_for_alone() -> None:
    head_here, head_there, deputy, other = (
        Hearer(1, HERE, HEAD), Hearer(1, ELSEWHERE, HEAD), Hearer(2, HERE, OFFICER), Hearer(3, ELSEWHERE, OFFICER)
    )  # fmt: skip
    heard = there([head_here, head_there, deputy, other], {1: 2})
    assert heard == {HERE: [head_here, deputy], ELSEWHERE: [other]}


def test_nobody_stands_in_for_themselves_and_who_left_for_nobody() -> None:
    person = Member(1, HERE, OFFICER)
    assert not may_stand_in(person, person)
    assert not may_stand_in(Member(2, HERE, OFFICER, is_active=False), person)


def officers(*pairs: tuple[int, int | None]) -> list[Away]:
    return [
        Away(Member(a, HERE, OFFICER), None if b is None else Member(b, HERE, OFFICER, is_active=b < 90))
        for a, b in pairs
    ]


# (who is away and whom they named, who stands in for whom in the end); from 90 on they have left
CHAINS = {
    "nobody is away": ([], {}),
    "a deputy": ([(1, 2)], {1: 2}),
    "no deputy": ([(1, None)], {}),
    "one for two": ([(1, 3), (2, 3)], {1: 3, 2: 3}),
    "a chain": ([(1, 2), (2, 3)], {1: 3, 2: 3}),
    "a chain that ends at nobody": ([(1, 2), (2, None)], {}),
    "a chain that ends at one who left": ([(1, 2), (2, 90)], {}),
    "a circle of two": ([(1, 2), (2, 1)], {}),
    "a circle further on": ([(1, 2), (2, 3), (3, 2)], {}),
    "the later entry counts": ([(1, 2), (1, 3)], {1: 3}),
}


@pytest.mark.parametrize("case", CHAINS)
def test_chains(case: str) -> None:
    pairs, expected = CHAINS[case]
    assert {person: deputy.id for person, deputy in stand_ins(officers(*pairs)).items()} == expected


def test_a_chain_may_not_end_outside_the_unit() -> None:
    clerk_of_the_unit, clerk_elsewhere = Member(2, HERE, CLERK), Member(3, ELSEWHERE, CLERK)
    absent = [Away(Member(1, HERE, OFFICER), clerk_of_the_unit), Away(clerk_of_the_unit, clerk_elsewhere)]
    assert {person: deputy.id for person, deputy in stand_ins(absent).items()} == {2: 3}


PEOPLE = st.integers(1, 8)
NAMED = st.dictionaries(PEOPLE, st.none() | PEOPLE)


@given(NAMED)
def test_who_stands_in_is_never_away_nor_oneself(named: dict[int, int | None]) -> None:
    found = stand_ins(officers(*named.items()))
    assert found.keys() <= named.keys()
    assert all(deputy.id not in named and deputy.id != person for person, deputy in found.items())


@given(NAMED)
def test_who_names_somebody_present_has_that_deputy(named: dict[int, int | None]) -> None:
    found = stand_ins(officers(*named.items()))
    for person, deputy in named.items():
        if deputy is not None and deputy not in named:
            assert found[person].id == deputy


@given(NAMED)
def test_all_of_a_chain_have_the_same_deputy(named: dict[int, int | None]) -> None:
    found = stand_ins(officers(*named.items()))
    for person, deputy in named.items():
        if deputy in named:
            assert found.get(person) == found.get(deputy)


@given(NAMED, PEOPLE, PEOPLE)
def test_a_circle_is_seen_before_it_is_closed(named: dict[int, int | None], person: int, deputy: int) -> None:
    assume(person != deputy)
    before = {who: whom for who, whom in named.items() if who != person}
    chain = circle(person, deputy, before)
    assert bool(chain) == _closes(before | {person: deputy}, person)


def _closes(named: dict[int, int | None], person: int) -> bool:
    """Whether the walk from a person comes back to them, walked the plain way."""
    at: int | None = named[person]
    for _ in range(len(named) + 1):
        if at is None or at == person:
            break
        at = named.get(at)
    return at == person
