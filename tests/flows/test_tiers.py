"""Rungs that are not everybody's, hours of their own, and the office's one message of the morning."""

from __future__ import annotations

from datetime import time

from sqlalchemy import select

from db.models import Account, Directive
from domain.lifecycle import State
from services.reminders import set_next_mention
from tests.flows.house import House, at, day
from tests.flows.recording import blocked


async def moments(house: House, *clocks: str) -> None:
    """Let the program look at these local moments, ``"04/03 07:30"``."""
    for text in clocks:
        date, clock = text.split()
        house.now = at(date, clock)
        await house.sweep_and_send()


def reminders(house: House, who: str) -> list[str]:
    return [text for text in house.channel.texts(who) if text.startswith(("reminder", "pressing"))]


async def with_hour(house: House, number: int, clock: str, *, urgent: bool = False) -> None:
    async with house.database.write() as session:
        directive = await session.get_one(Directive, number)
        directive.deadline_time = time.fromisoformat(clock)
        directive.urgency = "express" if urgent else None
        set_next_mention(directive, house.now, house.office)


# --- the head ---


async def test_the_head_hears_after_a_working_day_without_an_acknowledgement(house: House) -> None:
    number = await house.direct(last_day=day("29/03"), state=State.ISSUED)  # on Friday at nine
    await moments(house, "04/03 07:30")
    assert (reminders(house, "nam"), reminders(house, "noi")) == ([f"reminder #{number}"], [])
    await moments(house, "04/03 09:00", "04/03 09:30", "04/03 10:00")
    assert reminders(house, "noi") == [f"reminder #{number}"]
    assert len(reminders(house, "nam")) == 1


async def test_a_head_who_has_had_the_message_of_the_day_hears_of_it_the_next_morning(house: House) -> None:
    late = await house.direct(last_day=day("01/03"), issued=at("20/02"), contact="nam")
    silent = await house.direct(last_day=day("29/03"), state=State.ISSUED)
    await moments(house, "04/03 07:30", "04/03 09:30", "04/03 15:00")
    assert reminders(house, "noi") == [f"reminder #{late}"]
    await moments(house, "05/03 07:30", "05/03 08:00")
    assert reminders(house, "noi") == [f"reminder #{late}", f"reminder #{silent}"]


async def test_acknowledged_in_time_the_head_hears_nothing(house: House) -> None:
    number = await house.direct(last_day=day("29/03"), state=State.ISSUED)
    await house.change(number, state=State.IN_PROGRESS, contact_id=house.people["nam"])
    await moments(house, "04/03 07:30", "04/03 09:30", "05/03 07:30")
    assert reminders(house, "noi") == []


# --- the office ---


async def test_the_office_hears_of_all_units_in_one_message_with_its_own_work(house: House) -> None:
    async with house.database.write() as session:
        (await session.scalars(select(Account).where(Account.chat == "hoa"))).one().revoked_at = house.now
    third_day = [
        await house.direct(unit, last_day=day("28/02"), issued=at("20/02")) for unit in ("noi-vu", "tai-chinh")
    ]
    nobody = await house.direct("an-hoa", last_day=day("04/03"))
    own = await house.direct("van-phong", last_day=day("04/03"))
    await moments(house, "04/03 07:30", "04/03 07:31", "04/03 08:00")
    (row,) = [r for r in await house.rows("reminder") if r.person_id == house.people["van"]]
    assert (row.state, row.payload["own"]) == ("sent", [own])
    assert (row.payload["escalated"], row.payload["unheard"]) == (third_day, [nobody])
    assert len(reminders(house, "van")) == 1


async def test_the_office_does_not_hear_of_the_first_overdue_day(house: House) -> None:
    await house.direct(last_day=day("01/03"), issued=at("20/02"))
    await moments(house, "04/03 07:30")
    assert reminders(house, "van") == []
    assert len(reminders(house, "noi")) == 1


async def test_new_work_that_reaches_nobody_of_its_unit_is_the_offices_matter(house: House) -> None:
    number = await house.direct("tai-chinh", last_day=day("29/03"), state=State.ISSUED)
    house.channel.then(blocked(), chat="tai")
    await house.tell("tai", "việc mới", kind="issued", directives=[number])
    await moments(house, "01/03 09:01", "01/03 09:02")
    (row,) = [r for r in await house.rows("reminder") if r.person_id == house.people["van"]]
    assert (row.state, row.payload["unheard"]) == ("sent", [number])


async def test_new_work_that_reaches_another_of_its_unit_is_not(house: House) -> None:
    number = await house.direct(last_day=day("29/03"), state=State.ISSUED)
    house.channel.then(blocked(), chat="nam")
    await house.tell(["nam", "hung"], "việc mới", kind="issued", directives=[number])
    await moments(house, "01/03 09:01", "01/03 09:02")
    assert await house.rows("reminder") == []


# --- hours ---


async def test_two_hours_before_its_hour_in_a_message_of_its_own(house: House) -> None:
    number = await house.direct(last_day=day("04/03"), contact="nam")
    await with_hour(house, number, "16:30")
    await moments(house, "04/03 07:30", "04/03 14:00", "04/03 14:30", "04/03 15:00", "04/03 17:00")
    assert reminders(house, "nam") == [f"reminder #{number}", f"pressing #{number}"]
    (row,) = await house.rows("pressing")
    assert (row.sent_at, row.payload["why"]) == (at("04/03", "14:30"), "hours")


async def test_an_hour_that_has_passed_is_not_counted_down(house: House) -> None:
    number = await house.direct(last_day=day("04/03"), contact="nam")
    await with_hour(house, number, "16:30")
    await moments(house, "04/03 07:30", "04/03 17:00")  # asleep from two to five
    assert reminders(house, "nam") == [f"reminder #{number}"]


async def test_finished_before_its_last_hours_it_is_left_in_peace(house: House) -> None:
    number = await house.direct(last_day=day("04/03"), contact="nam")
    await with_hour(house, number, "16:30")
    await moments(house, "04/03 07:30")
    await house.change(number, state=State.SUBMITTED)
    await moments(house, "04/03 14:30")
    assert await house.rows("pressing") == []


async def test_what_is_urgent_is_said_on_a_sunday(house: House) -> None:
    number = await house.direct(last_day=day("03/03"), contact="nam", issued=at("29/02"))
    await with_hour(house, number, "20:30", urgent=True)
    await moments(house, "02/03 07:30", "03/03 06:00", "03/03 07:30", "03/03 18:30", "03/03 21:00")
    assert [(r.sent_at, r.urgent) for r in await house.rows("pressing")] == [
        (at("03/03", "07:30"), True),
        (at("03/03", "18:30"), True),
    ]
    assert await house.rows("reminder") == []


async def test_what_is_not_urgent_waits_for_monday(house: House) -> None:
    await house.direct(last_day=day("03/03"), contact="nam", issued=at("20/02"))
    await moments(house, "02/03 09:00", "03/03 09:00", "03/03 18:30")
    assert house.channel.heard == []
