"""What people asked to hear again: each said once, whatever the sweeps do, or in the message of the morning."""

from __future__ import annotations

import asyncio
from datetime import datetime

from sqlalchemy import select

from db.models import Directive, Mention, Person, Snooze
from db.queries import snoozes as queries
from domain.lifecycle import State
from domain.snoozing import Later
from services import snoozes
from services.life import By
from tests.flows.house import House, at, day


async def ask(house: House, who: str, number: int, later: Later = Later.AFTERNOON) -> datetime:
    async with house.database.write() as session:
        person = await session.get_one(Person, house.people[who])
        directive = await session.get_one(Directive, number)
        return await snoozes.snooze(session, directive, later, By(person, house.now, house.office))


async def queue(house: House) -> int:
    async with house.database.write() as session:
        return await snoozes.queue_snoozed(session, house.now, house.office)


async def waiting(house: House) -> list[int]:
    async with house.looking() as session:
        return list(await session.scalars(select(Snooze.directive_id).where(Snooze.said_at.is_(None))))


async def test_two_sweeps_at_once_say_it_once(house: House) -> None:
    number = await house.direct(last_day=day("20/03"), contact="nam")
    await ask(house, "nam", number)
    house.now = at("01/03", "14:00")
    counts = await asyncio.gather(*(queue(house) for _ in range(4)))
    assert sorted(counts) == [0, 0, 0, 1]
    (row,) = await house.rows("snoozed")
    assert (row.key, row.priority) == (f"snoozed:{house.people['nam']}:2024-03-01T07:00+00:00", 1)


async def test_everything_of_one_person_and_moment_is_one_message(house: House) -> None:
    numbers = [await house.direct(last_day=day("20/03"), contact="nam") for _ in range(3)]
    for number in numbers:
        await ask(house, "nam", number)
    await ask(house, "noi", numbers[0])
    house.now = at("01/03", "14:00")
    assert await queue(house) == 4
    found = {row.person_id: row.directives for row in await house.rows("snoozed")}
    assert found == {house.people["nam"]: numbers, house.people["noi"]: numbers[:1]}


async def test_what_was_asked_for_in_the_last_second_is_not_lost_behind_the_others(house: House) -> None:
    first, last = [await house.direct(last_day=day("20/03"), contact="nam") for _ in range(2)]
    await ask(house, "nam", first)
    house.now = at("01/03", "14:00")
    await queue(house)
    house.now = at("01/03", "13:59")
    await ask(house, "nam", last)  # its transaction came in after the sweep's
    house.now = at("01/03", "14:01")
    assert await queue(house) == 1
    assert [row.directives for row in await house.rows("snoozed")] == [[first], [last]]


async def test_few_at_once_take_whole_people_and_leave_nobody(house: House) -> None:
    numbers = [await house.direct(last_day=day("20/03"), contact="nam") for _ in range(3)]
    for number in numbers:
        for who in ("nam", "noi", "hung"):
            await ask(house, who, number)
    house.now = at("01/03", "14:00")
    async with house.database.write() as session:
        while await snoozes.queue_snoozed(session, house.now, house.office, limit=1):
            pass
    assert [row.directives for row in await house.rows("snoozed")] == [numbers] * 3


async def test_a_program_that_was_down_says_it_when_it_is_back(house: House) -> None:
    number = await house.direct(last_day=day("20/03"), contact="nam")
    await ask(house, "nam", number)
    house.now = at("01/03", "17:45")
    assert await queue(house) == 1
    await house.delivery.drain()
    (text,) = house.channel.texts("nam")
    assert text.startswith("(nhắc trễ")
    assert text.endswith(f"snoozed #{number}")


async def test_in_quiet_hours_it_waits_for_the_morning_and_is_in_its_message(house: House) -> None:
    number = await house.direct(last_day=day("20/03"), contact="nam")
    await ask(house, "nam", number)
    house.now = at("01/03", "20:30")
    assert await queue(house) == 0
    house.now = at("04/03", "07:30")
    await house.sweep()
    assert await house.rows("snoozed") == []
    (row,) = await house.rows("reminder")
    assert row.directives == [number]
    assert await waiting(house) == []


async def test_tomorrow_is_not_said_by_itself(house: House) -> None:
    number = await house.direct(last_day=day("20/03"), contact="nam")
    assert await ask(house, "nam", number, Later.TOMORROW) == at("04/03", "07:30")
    house.now = at("04/03", "07:30")
    assert await queue(house) == 0
    async with house.database.write() as session:
        due = await snoozes.due_for_morning(session, house.now, house.office)
        assert [(one.person_id, one.directive_id) for one in due] == [(house.people["nam"], number)]
        assert await snoozes.due_for_morning(session, house.now, house.office) == []


async def test_before_the_morning_nothing_is_taken(house: House) -> None:
    number = await house.direct(last_day=day("20/03"), contact="nam")
    await ask(house, "nam", number, Later.TOMORROW)
    house.now = at("04/03", "07:29")
    async with house.database.write() as session:
        assert await snoozes.due_for_morning(session, house.now, house.office) == []
    assert await waiting(house) == [number]


async def test_who_has_left_and_what_has_moved_or_ended_fall_away(house: House) -> None:
    ended, moved, left = [await house.direct(last_day=day("20/03"), contact="nam") for _ in range(3)]
    await ask(house, "nam", ended)
    await ask(house, "nam", moved)
    await ask(house, "hung", left)
    await house.change(ended, state=State.COMPLETED)
    await house.change(moved, lead_unit_id=house.units["tai-chinh"])
    async with house.database.write() as session:
        (await session.get_one(Person, house.people["hung"])).active = False
    house.now = at("01/03", "14:00")
    assert await queue(house) == 0
    assert await waiting(house) == []
    assert await house.rows("snoozed") == []


async def test_the_same_moment_asked_for_twice_is_one(house: House) -> None:
    number = await house.direct(last_day=day("20/03"), contact="nam")
    first = await ask(house, "nam", number)
    house.now = at("01/03", "11:00")
    assert await ask(house, "nam", number) == first
    async with house.database.write() as session:
        assert not await queries.keep(session, number, house.people["nam"], first, house.now)
    assert await waiting(house) == [number]


async def test_what_a_message_speaks_of_is_written_down_when_it_leaves_the_queue(house: House) -> None:
    await house.tell(["nam", "hoa"], "Tin", directives=[5, 7, 5])
    assert await mentions(house) == []
    await house.delivery.drain()
    assert sorted(await mentions(house)) == [(5, 1), (5, 2), (7, 1), (7, 2)]


async def test_an_answer_and_what_was_never_tried_are_not_written_down(house: House) -> None:
    await house.answer("nam", "Đã ghi")
    await house.tell("nam", "Tin", directives=[5])
    async with house.database.write() as session:
        (await session.get_one(Person, house.people["hoa"])).active = False
    await house.tell("hoa", "Tin", directives=[6])
    await house.delivery.drain()
    assert [directive for directive, _ in await mentions(house)] == [5]


async def mentions(house: House) -> list[tuple[int, int]]:
    async with house.looking() as session:
        return [(m.directive_id, m.outbox_id) for m in await session.scalars(select(Mention))]
