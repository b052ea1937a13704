"""``kill -9`` at any moment: every report is there once, every answer comes, and what is repeated says so."""

from __future__ import annotations

from collections import Counter

import pytest

from scheduler.delivery import SIDE_BY_SIDE
from tests.botapi import BotApi
from tests.processes.running import START_S, Bot, Premises
from tests.processes.storm import CLERK, REPEAT, Officer, Said, Storm


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


PLAIN, MARKED = (1, 0), (0, 1)  # (answers as they are, answers marked as a repeat)
BOTH = (1, 1)

KILLED = {
    "before_inbox_commit": PLAIN,
    "after_inbox_commit": PLAIN,
    "inside_transaction": PLAIN,
    "after_transaction": PLAIN,
    "after_claim": MARKED,  # it was not sent, but nobody can know
    "inside_send": MARKED,  # the same
    "inside_send_delivered": BOTH,
    "after_wire": BOTH,
    "after_mark": PLAIN,
}
HANGING = {"inside_send": "timeout", "inside_send_delivered": "timeout_delivered"}


@pytest.mark.timeout(300)  # ten starts, on a machine that may be busy
async def test_killed_at_each_named_moment(there: Premises) -> None:
    storm = Storm(there)
    await storm.prepare()
    told = {point: Said(storm.officers[n], n, 30 + n) for n, point in enumerate(KILLED)}
    before: str | None = None
    for point, said in [*told.items(), (None, None)]:
        arm = {} if point in HANGING or said is None else {"FAIL_AT": f"{point} {said.percent}%"}
        async with there.running(storm.now, module="tests.processes.failing", **arm) as bot:
            if before is not None:
                await _catches_up(there, bot, told[before], KILLED[before])
            if point is not None and said is not None:
                await _dies(there.api, bot, said, HANGING.get(point))
        before = point
    assert {point: _answers(there.api, said) for point, said in told.items()} == KILLED
    assert Counter(there.ask("select directive_id, percent, text from reports")) == {
        said.row: 1 for said in told.values()
    }


async def _catches_up(there: Premises, bot: Bot, said: Said, answers: tuple[int, int]) -> None:
    """The answer that is owed comes though nobody asks; then a word of somebody, so that it is also written down."""
    await bot.while_it_lives(there.api.wait_for(lambda: _answers(there.api, said) == answers, START_S))
    owed = f"select count(*) from outbox where kind = 'answer' and chat = '{said.officer.user}' and state != 'sent'"
    for _ in range(10):  # the platform has it; that it has is written down beside other people's answers
        before = len(there.api.sent_to(CLERK))
        await there.api.user_says(CLERK, "/trogiup")
        await bot.while_it_lives(there.api.wait_sent(CLERK, before + 1, START_S))
        if there.ask(owed) == [(0,)]:
            return
    raise AssertionError(f"the answer to {said.words!r} is with the person but not marked as sent")


async def _dies(api: BotApi, bot: Bot, said: Said, fault: str | None) -> None:
    """Someone reports, and the program is killed on its way to the answer."""
    if fault:
        api.fault(fault, chat=said.officer.user)
    calls = len(api.calls)
    await api.user_says(said.officer.user, f"#{said.officer.directive} {said.words}")
    if fault:
        await bot.while_it_lives(api.wait_for(lambda: _is_hanging(api, said.officer, calls), START_S))
        await bot.kill()
    assert await bot.ended(START_S) == -9, bot.said


def _is_hanging(api: BotApi, officer: Officer, since: int) -> bool:
    calls = api.calls[since:]
    return any(
        c.method == "sendMessage" and c.fields["chat_id"] == str(officer.user) and c.status is None for c in calls
    )


def _answers(api: BotApi, said: Said) -> tuple[int, int]:
    """(as they are, marked as a repeat)."""
    words = [m.text for m in api.sent_to(said.officer.user) if said.is_answered_by(m.text)]
    marked = sum(bool(REPEAT.match(text)) for text in words)
    return len(words) - marked, marked
