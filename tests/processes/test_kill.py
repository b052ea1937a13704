"""``kill -9`` at any moment: every report is there once, every answer comes, and what is repeated says so.

At each named moment: ``tests/faults/test_01_kill.py``.
"""

from __future__ import annotations

import pytest

from scheduler.delivery import SIDE_BY_SIDE
from tests.processes.running import Premises
from tests.processes.storm import Storm


@pytest.mark.timeout(300)  # four starts, on a machine that may be busy
async def test_reports_while_it_is_killed_at_random_moments(there: Premises) -> None:
    storm = Storm(there)
    await storm.prepare()
    outcome = await storm.rage(reports=120, kills=3, seed=2024)
    assert (outcome.lost, outcome.doubled) == (0, 0)
    assert (outcome.unanswered, outcome.unmarked_doubles) == (0, 0)
    assert outcome.states.keys() == {"sent"}
    assert max(outcome.repeats.values(), default=0) <= 1, "one message is repeated once"
    assert sum(outcome.repeats.values()) == sum(outcome.under_way), "nothing is repeated that was not under way"
    assert max(outcome.under_way) <= SIDE_BY_SIDE
