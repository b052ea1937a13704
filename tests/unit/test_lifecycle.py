"""The table of a directive's life: every state can be reached, and what is not in the table is refused."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.errors import MoveNotAllowed
from domain.lifecycle import OPEN, TRANSITIONS, UNTAKEN, WITH_UNIT, Event, State, after, allowed


def test_every_state_is_reached_from_a_draft() -> None:
    reached = {State.DRAFT}
    while more := {to for (at, _), to in TRANSITIONS.items() if at in reached} - reached:
        reached |= more
    assert reached == set(State)


def test_every_event_is_used() -> None:
    assert {event for _, event in TRANSITIONS} == set(Event)


@pytest.mark.parametrize(("state", "event"), [pair for pair in product(State, Event) if pair not in TRANSITIONS])
def test_what_is_not_in_the_table_is_refused(state: State, event: Event) -> None:
    assert not allowed(state, event)
    with pytest.raises(MoveNotAllowed):
        after(state, event)


def test_what_nobody_took_leads_elsewhere_only_where_the_table_has_an_arrow() -> None:
    assert UNTAKEN.keys() <= TRANSITIONS.keys()
    for (state, event), to in TRANSITIONS.items():
        assert after(state, event, is_taken=False) is UNTAKEN.get((state, event), to)


@given(st.lists(st.sampled_from(list(Event)), max_size=30))
def test_any_sequence_of_events_stays_in_the_table(events: list[Event]) -> None:
    state = State.DRAFT
    for event in events:
        if allowed(state, event):
            state = after(state, event)
    assert state in State


def test_cancelled_is_the_end() -> None:
    assert not [pair for pair in TRANSITIONS if pair[0] is State.CANCELLED]


def test_who_has_it_in_hand_is_open() -> None:
    assert WITH_UNIT < OPEN
    assert State.COMPLETED not in OPEN
