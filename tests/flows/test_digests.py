"""When digests come: a morning one, an evening one for who wants it, each once, none made up for by another."""

from __future__ import annotations

from datetime import datetime, time, timedelta

import pytest
from sqlalchemy import select, update

from db.models import Account, Explanation, Outbox, Person
from services import digests, explaining, life
from services.life import By
from tests.flows.house import House, at, day
from tests.flows.recording import unavailable


async def _choose(house: House, who: str, *, morning: time | None = None, evening: time | None = None) -> None:
    async with house.database.write() as session:
        person = await session.get_one(Person, house.people[who])
        person.digest_time, person.evening_time = morning, evening


async def _only_phuc(house: House) -> None:
    await house.link_leaders()
    async with house.database.write() as session:
        (await session.get_one(Person, house.people["lam"])).active = False


async def _pass(house: House, *moments: datetime) -> None:
    for moment in moments:
        house.now = moment
        await house.sweep_and_send()


async def _parts(house: House) -> list[tuple[str, str]]:
    return [(row.payload["part"], row.state) for row in await house.rows("digest")]


async def test_an_evening_digest_comes_besides_the_mornings(house: House) -> None:
    await _only_phuc(house)
    await _choose(house, "phuc", evening=time(16, 30))
    await _pass(house, *(at("04/03", clock) for clock in ("07:29", "07:30", "12:00", "16:29", "16:30", "18:00")))
    assert await _parts(house) == [("morning", "sent"), ("evening", "sent")]
    assert len(house.channel.texts("phuc")) == 2


async def test_after_a_day_without_power_the_evenings_is_enough(house: House) -> None:
    await _only_phuc(house)
    await _choose(house, "phuc", evening=time(16, 30))
    await _pass(house, at("04/03", "17:00"))
    assert await _parts(house) == [("evening", "sent")]


async def test_a_network_down_all_day_ends_in_one_digest(house: House) -> None:
    await _only_phuc(house)
    await _choose(house, "phuc", evening=time(16, 30))
    house.channel.then(*[unavailable()] * 40, chat="phuc")
    await _pass(house, at("04/03", "07:30"), at("04/03", "12:00"))
    house.channel.works_again()
    await _pass(house, at("04/03", "16:30"), at("04/03", "16:45"))
    assert await _parts(house) == [("morning", "moot"), ("evening", "sent")]
    assert len(house.channel.texts("phuc")) == 1


async def test_no_evening_digest_after_hours(house: House) -> None:
    await _only_phuc(house)
    await _choose(house, "phuc", evening=time(16, 30))
    await _pass(house, at("04/03", "20:30"), at("05/03", "07:30"))
    assert await _parts(house) == [("morning", "sent")]


async def test_each_leader_has_an_hour_of_their_own(house: House) -> None:
    await house.link_leaders()
    await _choose(house, "phuc", morning=time(7, 0))
    await _pass(house, at("04/03", "07:00"))
    assert house.channel.chats() == ["phuc"]
    await _pass(house, at("04/03", "07:30"))
    assert sorted(house.channel.chats()) == ["lam", "phuc"]


async def test_another_hour_on_the_same_day_brings_no_second_one(house: House) -> None:
    await _only_phuc(house)
    await _pass(house, at("04/03", "07:30"))
    await _choose(house, "phuc", morning=time(8, 0))
    await _pass(house, at("04/03", "08:00"))
    assert await _parts(house) == [("morning", "sent")]


async def test_a_late_one_knows_since_when_it_is_due(house: House) -> None:
    await _only_phuc(house)
    await _pass(house, at("04/03", "10:00"))
    (row,) = await house.rows("digest")
    assert datetime.fromisoformat(row.payload["meant_for"]) == at("04/03", "07:30")


async def test_who_was_linked_after_the_hour_has_no_late_one(house: House) -> None:
    house.now = at("04/03", "10:00")
    await _only_phuc(house)
    await _pass(house, at("04/03", "10:00"))
    (row,) = await house.rows("digest")
    assert datetime.fromisoformat(row.payload["meant_for"]) == at("04/03", "10:00")


async def test_sweeps_at_the_same_moment_queue_one(house: House) -> None:
    await _only_phuc(house)
    house.now = at("04/03", "07:30")
    for _ in range(3):
        await house.sweep()
    assert len(await house.rows("digest")) == 1


async def test_the_last_one_is_the_last_that_was_sent(house: House) -> None:
    await _only_phuc(house)
    await _pass(house, at("04/03", "07:30"))
    async with house.database.write() as session:
        person = await session.get_one(Person, house.people["phuc"])
        session.add(Outbox(kind="digest", person_id=person.id, created_at=house.now, state="moot"))
        await digests.ask(session, person, at("05/03", "15:00"))
    await _pass(house, at("05/03", "15:00"))
    async with house.looking() as session:
        person = await session.get_one(Person, house.people["phuc"])
        assert await digests.last_sent(session, person, at("05/03", "12:00")) == at("04/03", "07:30")
        assert await digests.last_sent(session, person, at("06/03")) == at("05/03", "15:00")


# --- explanations -------------------------------------------------------------------------------------


async def _asked(house: House, number: int) -> None:
    async with house.database.write() as session:
        clerk = await session.get_one(Person, house.people["van"])
        directive = await life.by_number(session, number, clerk)
        await explaining.ask(session, directive, By(clerk, house.now, house.office))


async def test_three_late_explanations_are_one_reminder_to_each_person_once(house: House) -> None:
    house.now = at("01/03")
    numbers = [await house.direct(last_day=day("28/02"), contact="nam", issued=at("01/02")) for _ in range(3)]
    for number in numbers:
        await _asked(house, number)
    for text in ("04/03", "05/03", "06/03", "07/03"):
        await _pass(house, at(text, "07:30"))
    late = await house.rows("explain_late")
    assert sorted((row.person_id, row.created_at, len(row.directives)) for row in late) == sorted(
        (house.people[who], at("05/03", "07:30"), 3) for who in ("noi", "nam")
    )
    assert {row.priority for row in late} == {1}


async def test_a_reminder_missed_by_days_is_made_up_for_once(house: House) -> None:
    house.now = at("01/03")
    await _asked(house, await house.direct(last_day=day("28/02"), issued=at("01/02")))
    await _pass(house, at("08/03", "09:00"), at("11/03", "07:30"))
    assert len(await house.rows("explain_late")) == 1  # the head's: nobody has acknowledged


async def test_what_is_suspended_is_not_reminded_of(house: House) -> None:
    house.now = at("01/03")
    number = await house.direct(last_day=day("28/02"), issued=at("01/02"))
    await _asked(house, number)
    await house.change(number, state="suspended")
    await _pass(house, at("05/03", "07:30"))
    assert await house.rows("explain_late") == []


async def test_where_the_head_cannot_be_told_everybody_of_the_unit_is(house: House) -> None:
    house.now = at("01/03")
    async with house.database.write() as session:
        await session.execute(update(Account).where(Account.chat == "noi").values(unreachable_since=house.now))
    await _asked(house, await house.direct(last_day=day("28/02"), issued=at("01/02")))
    assert {row.person_id for row in await house.rows("explain")} == {house.people["nam"], house.people["hung"]}
    async with house.looking() as session:
        (row,) = await session.scalars(select(Explanation))
    assert row.due_day == day("04/03")
    assert row.asked_at - house.now < timedelta(seconds=1)


@pytest.mark.parametrize("moment", [("02/03", "09:00"), ("05/03", "21:00"), ("05/03", "07:00")])
async def test_nobody_is_reminded_of_one_out_of_hours(house: House, moment: tuple[str, str]) -> None:
    house.now = at("29/02")
    await _asked(house, await house.direct(last_day=day("28/02"), issued=at("01/02")))
    await _pass(house, at(*moment))
    assert await house.rows("explain_late") == []
