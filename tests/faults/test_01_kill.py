"""``kill -9`` at every named point: on the way of a report and of its answer, in a sweep, on the way of a reminder."""

from __future__ import annotations

import sqlite3
from collections import Counter
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import date

from sqlalchemy import update

from db import Database, sqlite_url
from db.models import Outbox
from domain.deadlines import Deadline
from domain.office import Office
from services import issuing, office
from services.life import By
from services.notices import draft_directly
from tests.botapi import BotApi
from tests.faults.scene import at
from tests.processes.failing import POINTS
from tests.processes.levers import until
from tests.processes.running import START_S, Bot, Premises
from tests.processes.storm import BEGINNING, REPEAT, Said, Storm

# --- reports and their answers ----------------------------------------------------------------------------------------

PLAIN, MARKED = (1, 0), (0, 1)  # (answers as they are, answers marked as a repeat)
BOTH = (1, 1)

KILLED = {
    "before_inbox_commit": PLAIN,
    "after_inbox_commit": PLAIN,
    "inside_transaction": PLAIN,
    "before_commit": PLAIN,
    "after_transaction": PLAIN,
    "after_claim": MARKED,  # it was not sent, but nobody can know
    "before_wire": MARKED,  # the same
    "inside_send": MARKED,
    "inside_send_delivered": BOTH,
    "after_wire": BOTH,
    "inside_ledger": BOTH,
    "after_mark": PLAIN,
    "stopping": PLAIN,
    "closing": PLAIN,
}
HANGING = {"inside_send": "timeout", "inside_send_delivered": "timeout_delivered"}
AT_THE_END = {"stopping", "closing"}


async def test_a_report_and_its_answer(there: Premises) -> None:
    storm = Storm(there)
    await storm.prepare()
    there.levers.move_to(BEGINNING)
    told = {point: Said(storm.officers[n], n, 30 + n) for n, point in enumerate(KILLED)}
    before: str | None = None
    for point in [*KILLED, None]:
        async with there.rigged() as bot:
            await _has_nothing_under_way(there, bot, "issued")  # or a fault meant for an answer could meet a card
            if before is not None:
                await _catches_up(there, bot, told[before], KILLED[before])
            if point is not None:
                await _dies(there, bot, told[point], point)
        before = point
    assert {point: _answers(there.api, said) for point, said in told.items()} == KILLED
    kept = Counter(there.ask("select directive_id, percent, text from reports"))
    assert kept == {said.row: 1 for said in told.values()}
    assert there.ask("select distinct state from outbox where kind = 'answer'") == [("sent",)]


async def _catches_up(there: Premises, bot: Bot, said: Said, answers: tuple[int, int]) -> None:
    """The answer that is owed comes though nobody asks, and is written down."""
    await bot.while_it_lives(there.api.wait_for(lambda: _answers(there.api, said) == answers, START_S))
    await _has_nothing_under_way(there, bot, "answer")


async def _has_nothing_under_way(there: Premises, bot: Bot, kind: str) -> None:
    """All messages of a kind were taken, and that is written down."""
    owed = f"select count(*) from outbox where kind = '{kind}' and state != 'sent'"
    await bot.while_it_lives(until(lambda: there.ask(owed) == [(0,)]))


async def _dies(there: Premises, bot: Bot, said: Said, point: str) -> None:
    """Someone reports, and the program is killed on its way to the answer."""
    api = there.api
    if point in HANGING:
        api.fault(HANGING[point], chat=said.officer.user)
    else:
        there.levers.die_at(point, _words(point, said))
    calls = len(api.calls)
    await api.user_says(said.officer.user, f"#{said.officer.directive} {said.words}")
    if point in HANGING:
        await bot.while_it_lives(api.wait_for(lambda: _is_hanging(api, said, calls), START_S))
        await bot.kill()
    if point in AT_THE_END:
        await bot.while_it_lives(api.wait_for(lambda: _answers(api, said) == PLAIN, START_S))
        await _has_nothing_under_way(there, bot, "answer")  # before that is written down, it is a repeat
        await bot.while_it_lives(there.levers.beats("_look"))
        with suppress(ProcessLookupError):
            bot.process.send_signal(15)
    assert await bot.ended(START_S) == -9, bot.said
    there.levers.live()


def _words(point: str, said: Said) -> str:
    return "" if point in AT_THE_END else f"{said.percent}%"


def _is_hanging(api: BotApi, said: Said, since: int) -> bool:
    calls = (c for c in api.calls[since:] if c.method == "sendMessage" and c.status is None)
    return any(c.fields["chat_id"] == str(said.officer.user) for c in calls)


def _answers(api: BotApi, said: Said) -> tuple[int, int]:
    """(as they are, marked as a repeat)."""
    words = [m.text for m in api.sent_to(said.officer.user) if said.is_answered_by(m.text)]
    marked = sum(bool(REPEAT.match(text)) for text in words)
    return len(words) - marked, marked


def test_each_point_of_a_message_is_passed_through() -> None:
    assert POINTS.keys() - {"poller", *SWEPT} | HANGING.keys() == KILLED.keys()
    assert POINTS.keys() >= {*SWEPT, *SENT}


# --- twenty reminders -------------------------------------------------------------------------------------------------

SWEPT = ["sweep_taken", "sweep_folded", "sweep_committed"]
SENT = ["after_claim", "before_wire", "after_wire", "inside_ledger", "after_mark"]
REMINDED = 20  # at least so many people each morning
MORNINGS = [date(2024, 3, day) for day in (4, 5, 6, 7, 8, 11, 12, 13)]  # working days, no two alike


@dataclass(frozen=True)
class Found:
    """What a kill left behind."""

    sending: frozenset[str]  # chats of whose message nobody knows whether it went out
    heard: Counter[str]  # by chat


async def test_a_morning_of_twenty_reminders(there: Premises) -> None:
    storm = Storm(there)
    await storm.prepare()
    await _give_each_unit_a_task_for_each_morning(there)
    there.levers.move_to(BEGINNING)
    found: Found | None = None
    for point, morning in zip([*SWEPT, *SENT], MORNINGS, strict=True):
        async with there.rigged() as bot:
            await _everybody_has_theirs(there, bot, found)
            there.api.world.sent.clear()
            _finish_what_was_due_before(there, morning)
            there.levers.die_at(point, _of_the_fifth(there, point, morning) if point in SENT else "")
            there.levers.move_to(at(f"{morning:%d/%m}", "07:30"))
            assert await bot.ended(START_S) == -9, bot.said
        await there.api.all_hung_up()
        found = Found(frozenset(_chats(there, "sending")), _heard(there.api))
        assert found.sending or point in {*SWEPT, "after_mark"}, point
        there.levers.live()
    async with there.rigged() as bot:
        await _everybody_has_theirs(there, bot, found)


async def _give_each_unit_a_task_for_each_morning(there: Premises) -> None:
    database = Database(sqlite_url(there.database))
    async with database.write() as session:
        clerk = next(p for p in await office.active_people(session) if p.key == "van-thu-1")
        by = By(clerk, BEGINNING, Office())
        units = {p.unit_id: p.unit for p in await office.active_people(session) if p.unit.kind == "commune"}
        for morning in MORNINGS:
            drafts = [await draft_directly(session, "Rà soát", u, Deadline(morning), (), by) for u in units.values()]
            await issuing.issue(session, drafts, by)
        await session.execute(update(Outbox).values(state="moot"))  # the cards of two months ago
    await database.close()


def _finish_what_was_due_before(there: Premises, morning: date) -> None:
    """So that each morning is like the first: whoever is late has a head who hears of it too."""
    with closing(sqlite3.connect(there.database)) as connection:
        done = "update directives set state = 'completed', next_reminder_at = null where last_day < ?"
        connection.execute(done, (morning.isoformat(),))
        connection.commit()


def _of_the_fifth(there: Premises, point: str, morning: date) -> str:
    """What tells the reminder of somebody who is not the first to get one: its chat at the wire, else its key."""
    officers = there.ask(
        "select p.id, a.chat from people p join units u on u.id = p.unit_id join accounts a on a.person_id = p.id"
        " where u.kind = 'commune' and p.role = 'officer' order by p.id"
    )
    person, chat = officers[4]
    return f"'{chat}'" if point.endswith("_wire") else f"reminder:{person}:{morning.isoformat()}"


def _heard(api: BotApi) -> Counter[str]:
    return Counter(str(m.chat) for m in api.world.sent)


def _chats(there: Premises, state: str) -> list[str]:
    rows = there.ask(f"select chat from outbox where state = '{state}'")
    return [chat for (chat,) in rows]


async def _everybody_has_theirs(there: Premises, bot: Bot, found: Found | None) -> None:
    """Once as it is; of whom nobody knew, once more with a mark. At the beginning: the tasks themselves."""
    waiting = "select count(*) from outbox where state in ('queued', 'sending', 'uncertain')"
    await bot.while_it_lives(there.levers.beats("tick", "_look"))
    await bot.while_it_lives(until(lambda: there.ask(waiting) == [(0,)]))
    if found is None:
        return
    told = there.ask(
        "select a.chat, o.state from outbox o join accounts a on a.person_id = o.person_id"
        " join people p on p.id = o.person_id join units u on u.id = p.unit_id where u.kind = 'commune'"
        " and o.kind = 'reminder' and substr(o.key, -10) ="
        " (select max(substr(key, -10)) from outbox where kind = 'reminder')"
    )
    assert {state for _, state in told} == {"sent"}
    assert len(told) == len(dict(told)) >= REMINDED, "one row for each person and day"
    plain = Counter(str(m.chat) for m in there.api.world.sent if not REPEAT.match(m.text))
    marked = Counter(str(m.chat) for m in there.api.world.sent if REPEAT.match(m.text))
    for chat, _ in told:
        is_doubtful = chat in found.sending
        assert marked[chat] == int(is_doubtful), chat
        assert plain[chat] == (found.heard[chat] if is_doubtful else 1), chat
    assert marked.keys() == found.sending
