"""Reminders and digests: who hears, in how many messages, and when."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, time, timedelta

import pytest
from sqlalchemy import select

from db.models import Account, Directive, Person
from domain.lifecycle import State
from scheduler.ticks import TICK, Every, Ticks
from services.digests import queue_digests
from services.reminders import remind_due
from tests.figures_office import retell
from tests.flows.house import House, at, day
from tests.flows.recording import blocked, timeout, unavailable
from tests.patience import WITHIN_S


async def morning(house: House, text: str, clock: str = "07:30") -> None:
    """What happens at one moment: a sweep and a delivery."""
    house.now = at(text, clock)
    await house.sweep_and_send()


# --- folding --------------------------------------------------------------------------------------------------


async def test_everything_due_for_one_person_is_one_message_the_most_urgent_first(house: House) -> None:
    late = await house.direct(last_day=day("01/03"), issued=at("20/02"), contact="nam")
    soon = await house.direct(last_day=day("05/03"), contact="nam")
    sooner = await house.direct(last_day=day("04/03"), contact="nam")
    await morning(house, "04/03")
    assert house.channel.texts("nam") == [f"reminder #{late} #{sooner} #{soon}"]


async def test_a_reply_to_the_reminder_can_mean_any_of_its_directives(house: House) -> None:
    numbers = [await house.direct(last_day=day("04/03"), contact="nam") for _ in range(3)]
    await morning(house, "04/03")
    (row,) = await house.rows("reminder")
    assert row.directives == numbers


async def test_a_second_sweep_at_the_same_moment_adds_nothing(house: House) -> None:
    number = await house.direct(last_day=day("04/03"), contact="nam")
    house.now = at("04/03", "07:30")
    assert await house.sweep() == 1
    assert await house.sweep() == 0
    assert len(await house.rows()) == 1
    assert (await house.directive(number)).reminders == 1


async def test_two_sweeps_at_once_add_one_message(house: House) -> None:
    number = await house.direct(last_day=day("04/03"), contact="nam")
    house.now = at("04/03", "07:30")
    await asyncio.gather(*(house.sweep() for _ in range(4)))
    assert len(await house.rows()) == 1
    assert (await house.directive(number)).reminders == 1


async def test_what_falls_due_while_todays_message_waits_is_added_to_it(house: House) -> None:
    first = await house.direct(last_day=day("04/03"), contact="nam")
    house.now = at("04/03", "07:30")
    await house.sweep()
    second = await house.direct(last_day=day("01/03"), issued=at("20/02"), contact="nam")
    await _is_due_now(house, second)
    await house.sweep_and_send()
    assert house.channel.texts("nam") == [f"reminder #{second} #{first}"]


async def test_what_falls_due_after_todays_message_waits_for_the_next_working_morning(house: House) -> None:
    first = await house.direct(last_day=day("08/03"), contact="nam")
    await morning(house, "08/03")  # a Friday
    second = await house.direct(last_day=day("11/03"), contact="nam", issued=at("05/03"))
    await _set_due(house, second, at("08/03", "07:30"))  # 3 days before
    await house.sweep_and_send()
    (text,) = house.channel.texts("nam")
    assert f"#{second}" not in text
    later = await house.directive(second)
    assert (later.next_reminder_at, later.reminders) == (at("11/03", "07:30"), 1)
    await morning(house, "11/03")
    assert house.channel.texts("nam")[1:] == [f"reminder #{first} #{second}"]
    assert await house.states("reminder") == ["sent", "sent", "sent"]  # one of them is the head's


async def test_a_moment_that_is_no_rung_any_more_says_nothing(house: House) -> None:
    number = await house.direct(last_day=day("29/03"), contact="nam")
    await _set_due(house, number, at("05/03", "07:30"))  # by the settings of yesterday
    await morning(house, "05/03")
    assert house.channel.heard == []
    there = await house.directive(number)
    assert (there.next_reminder_at, there.reminders) == (at("22/03", "07:30"), 0)


async def _is_due_now(house: House, number: int) -> None:
    await _set_due(house, number, house.now)


async def _set_due(house: House, number: int, moment: datetime) -> None:
    async with house.database.write() as session:
        (await session.get_one(Directive, number)).next_reminder_at = moment


# --- who hears ------------------------------------------------------------------------------------------------


async def test_without_a_contact_all_officers_of_the_unit_hear(house: House) -> None:
    await house.direct(last_day=day("04/03"))
    await morning(house, "04/03")
    assert sorted(house.channel.chats()) == ["hung", "nam"]


async def test_a_unit_without_officers_is_its_head(house: House) -> None:
    await house.direct("tai-chinh", last_day=day("04/03"))
    await morning(house, "04/03")
    assert house.channel.chats() == ["tai"]


async def test_the_clerks_of_a_unit_answer_for_its_own_directives(house: House) -> None:
    await house.direct("van-phong", last_day=day("04/03"))
    await morning(house, "04/03")
    assert house.channel.chats() == ["van"]


async def test_the_head_hears_after_one_overdue_working_day(house: House) -> None:
    await house.direct(last_day=day("01/03"), issued=at("20/02"), contact="nam")
    await morning(house, "04/03")
    assert sorted(house.channel.chats()) == ["nam", "noi"]


async def test_a_contact_who_has_left_is_replaced_by_the_officers(house: House) -> None:
    await house.direct(last_day=day("04/03"), contact="nam")
    async with house.database.write() as session:
        (await session.get_one(Person, house.people["nam"])).active = False
    await morning(house, "04/03")
    assert house.channel.chats() == ["hung"]


async def test_a_contact_who_went_to_another_unit_hears_no_more_of_it(house: House) -> None:
    await house.direct(last_day=day("04/03"), contact="nam")
    async with house.database.write() as session:
        (await session.get_one(Person, house.people["nam"])).unit_id = house.units["an-hoa"]
    await morning(house, "04/03")
    assert house.channel.chats() == ["hung"]


async def test_a_reassigned_directive_is_the_new_units_matter(house: House) -> None:
    number = await house.direct(last_day=day("04/03"), contact="nam")
    await house.change(number, lead_unit_id=house.units["an-hoa"], contact_id=None, state=State.ISSUED)
    await morning(house, "04/03")
    assert house.channel.chats() == ["hoa"]


async def test_who_blocks_us_at_the_reminder_passes_it_on_the_same_morning(house: House) -> None:
    number = await house.direct(last_day=day("04/03"), contact="nam")
    house.channel.then(blocked(), chat="nam")
    await morning(house, "04/03")
    await morning(house, "04/03", "07:31")
    assert house.channel.texts("hung") == [f"reminder #{number}"]
    found = await house.directive(number)
    assert (found.reminders, found.next_reminder_at) == (1, at("05/03", "07:30"))


async def test_passing_on_does_not_tell_anyone_twice(house: House) -> None:
    await house.direct(last_day=day("01/03"), issued=at("20/02"), contact="nam")
    house.channel.then(blocked(), chat="nam")
    for clock in ("07:30", "07:31", "07:32", "08:00"):
        await morning(house, "04/03", clock)
    assert sorted(house.channel.chats()) == ["hung", "noi", "van"]  # to van: that nam cannot be reached


async def test_what_nobody_of_the_unit_can_hear_is_told_to_the_office_in_one_message(house: House) -> None:
    async with house.database.write() as session:
        for chat in ("tai", "hoa"):
            (await session.scalars(select(Account).where(Account.chat == chat))).one().revoked_at = house.now
    first = await house.direct("tai-chinh", last_day=day("04/03"))
    second = await house.direct("an-hoa", last_day=day("04/03"))
    await morning(house, "04/03")
    assert set(house.channel.chats()) == {"van"}
    assert [t for t in house.channel.texts("van") if t.startswith("reminder")] == [f"reminder #{first} #{second}"]
    (row,) = await house.rows("reminder")
    assert row.payload["unheard"] == [first, second]
    assert (await house.directive(first)).next_reminder_at == at("05/03", "07:30")


# --- changes --------------------------------------------------------------------------------------------------


async def test_a_moved_deadline_moves_the_reminders(house: House) -> None:
    number = await house.direct(last_day=day("08/03"), contact="nam")
    assert (await house.directive(number)).next_reminder_at == at("05/03", "07:30")
    await house.change(number, last_day=day("29/03"))
    assert (await house.directive(number)).next_reminder_at == at("22/03", "07:30")
    for text in ("05/03", "07/03", "08/03", "11/03"):
        await morning(house, text)
    assert house.channel.heard == []


@pytest.mark.parametrize("state", [State.SUBMITTED, State.SUSPENDED, State.CANCELLED, State.COMPLETED])
async def test_what_is_no_longer_with_the_unit_is_not_mentioned(house: House, state: State) -> None:
    number = await house.direct(last_day=day("04/03"), contact="nam")
    await house.change(number, state=state)
    assert (await house.directive(number)).next_reminder_at is None
    await morning(house, "04/03")
    assert house.channel.heard == []


async def test_the_sweep_looks_at_the_facts_again(house: House) -> None:
    number = await house.direct(last_day=day("04/03"), contact="nam")
    async with house.database.write() as session:  # a state changed by hand, without its next mention
        directive = await session.get_one(Directive, number)
        directive.state = State.SUBMITTED
        await retell(session, directive)
    await morning(house, "04/03")
    assert house.channel.heard == []
    found = await house.directive(number)
    assert (found.next_reminder_at, found.reminders) == (None, 0)


# --- hours ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("moment", [("04/03", "06:45"), ("04/03", "20:00"), ("02/03", "09:00"), ("08/02", "07:30")])
async def test_nothing_is_queued_when_nothing_may_be_said(house: House, moment: tuple[str, str]) -> None:
    await house.direct(last_day=day("05/02"), issued=at("15/01"), contact="nam")
    await _set_due(house, 1, at("06/02", "07:30"))
    house.now = at(*moment)
    assert await house.sweep() == 0
    assert await house.rows() == []


async def test_a_night_without_power_ends_in_one_message_on_time(house: House) -> None:
    number = await house.direct(last_day=day("04/03"), contact="nam")
    await morning(house, "04/03", "08:29")
    assert house.channel.texts("nam") == [f"reminder #{number}"]


async def test_a_morning_missed_by_more_than_an_hour_is_made_up_for_and_says_so(house: House) -> None:
    number = await house.direct(last_day=day("04/03"), contact="nam")
    await morning(house, "04/03", "15:00")
    assert house.channel.texts("nam") == [f"(nhắc trễ, lẽ ra lúc 07:30 ngày 04/03/2024)\nreminder #{number}"]


async def test_a_network_down_over_the_morning_ends_in_one_late_message(house: House) -> None:
    await house.direct(last_day=day("04/03"), contact="nam")
    await house.direct(last_day=day("05/03"), contact="nam")
    house.channel.then(*[unavailable() for _ in range(1000)])
    house.now = at("04/03", "07:00")
    await house.pass_time(at("04/03", "16:00"))
    house.channel.works_again()
    await house.delivery.sign_of_life("test")
    await house.delivery.drain()
    (text,) = house.channel.texts("nam")
    assert text.startswith("(nhắc trễ, lẽ ra lúc 07:30 ngày 04/03/2024)")


async def test_a_reminder_that_missed_its_day_is_folded_into_the_next_working_days(house: House) -> None:
    friday = await house.direct(last_day=day("08/03"), contact="nam")
    monday = await house.direct(last_day=day("11/03"), issued=at("07/03"), contact="nam")
    house.channel.then(*[unavailable() for _ in range(1000)])
    house.now = at("08/03", "07:00")
    await house.pass_time(at("10/03", "20:00"))  # down until Sunday evening
    house.channel.works_again()
    await house.delivery.sign_of_life("test")
    await house.pass_time(at("11/03", "12:00"))
    (text,) = house.channel.texts("nam")
    assert text.endswith(f"reminder #{friday} #{monday}")
    assert sorted(await house.states("reminder")) == ["moot", "sent", "sent"]  # one of them is the head's


async def test_a_left_over_reminder_is_sent_next_day_although_nothing_new_is_due(house: House) -> None:
    number = await house.direct("tai-chinh", last_day=day("11/03"))  # next after 08/03: its last day
    house.now = at("04/03", "07:30")  # 7 days before
    await house.sweep()
    house.now = at("05/03", "06:45")
    await house.sweep_and_send()
    assert house.channel.heard == []
    await morning(house, "05/03")
    (text,) = house.channel.texts("tai")
    assert text == f"(nhắc trễ, lẽ ra lúc 07:30 ngày 04/03/2024)\nreminder #{number}"
    assert (await house.directive(number)).reminders == 1


async def test_days_of_silence_end_in_one_message_and_no_storm(house: House) -> None:
    numbers = [await house.direct(last_day=day(f"0{n}/03"), contact="nam", issued=at("20/02")) for n in range(4, 9)]
    await morning(house, "20/03", "10:00")
    await morning(house, "20/03", "10:30")
    (text,) = house.channel.texts("nam")
    assert all(f"#{number}" in text for number in numbers)
    assert house.channel.chats() == ["nam", "noi", "van"]
    assert {(await house.directive(n)).reminders for n in numbers} == {1}
    # every second working day from its own first one on: those of 4, 6 and 8 March, and those between
    assert [(await house.directive(n)).next_reminder_at for n in numbers] == [
        at(f"{d}/03", "07:30") for d in (21, 22, 21, 22, 21)
    ]


async def test_a_jump_of_the_clock_by_a_year_is_no_storm_either(house: House) -> None:
    await house.direct(last_day=day("04/03"), contact="nam")
    house.now = at("04/03", "09:00", year=2025)
    for _ in range(3):
        await house.sweep_and_send()
    assert house.channel.chats() == ["nam", "noi", "van"]


async def test_an_uncertain_reminder_is_repeated_on_its_own_day_only(house: House) -> None:
    number = await house.direct("tai-chinh", last_day=day("11/03"))
    house.channel.then(timeout())
    await morning(house, "04/03")
    assert await house.states() == ["uncertain"]
    await morning(house, "05/03")
    (text,) = house.channel.texts("tai")
    assert text.endswith(f"reminder #{number}")
    assert "gửi lại" not in text  # it is another day's message
    assert await house.states() == ["moot", "sent"]


# --- a month --------------------------------------------------------------------------------------------------

HOURS = ("06:00", "06:45", "07:30", "12:00", "19:30", "21:00")


async def test_five_weeks_around_tet_every_rung_once_per_person_and_working_day(house: House) -> None:
    house.now = at("22/01")
    await house.link_leaders()
    progress, issued = State.IN_PROGRESS, State.ISSUED
    a = await house.direct(last_day=day("07/02"), contact="nam", state=progress)
    b = await house.direct(last_day=day("10/02"), contact="nam", state=progress)
    c = await house.direct("tai-chinh", last_day=None, state=issued)
    d = await house.direct(last_day=day("16/02"), contact="hung", state=progress)
    ends = {("15/02", "12:00"): b, ("16/02", "12:00"): a}
    moment = at("22/01", "12:00")
    heard: dict[str, dict[str, str]] = {}
    while moment < at("24/02"):
        for clock in HOURS:
            house.now = datetime.combine(moment.date(), time.fromisoformat(clock), moment.tzinfo)
            seen = len(house.channel.heard)
            if (done := ends.get((f"{house.now:%d/%m}", clock))) is not None:
                await house.change(done, state=State.SUBMITTED)
            await house.sweep_and_send()
            for said in house.channel.heard[seen:]:
                if said.text.startswith("reminder"):
                    days = heard.setdefault(said.chat, {})
                    assert f"{house.now:%d/%m}" not in days, "two messages on one day"
                    assert clock == "07:30"
                    days[f"{house.now:%d/%m}"] = said.text.removeprefix("reminder ")
        moment += timedelta(days=1)
    both = f"#{a} #{b}"
    # 31/01: 7 days before a. 02/02, a Friday: 3 before a (Sunday), 7 before b (Saturday). 06/02: 1 before a.
    # 07/02, the day before Tết: last day of a; 3, 1 and 0 before b; 7 and 3 before d. 15/02: overdue day 1.
    assert heard == {
        "nam": {"31/01": f"#{a}", "02/02": both, "06/02": f"#{a}", "07/02": both, "15/02": both},
        "noi": {"15/02": both} | dict.fromkeys(("19/02", "21/02", "23/02"), f"#{d}"),
        "hung": dict.fromkeys(("07/02", "15/02", "16/02", "19/02", "21/02", "23/02"), f"#{d}"),
        "van": dict.fromkeys(("21/02", "23/02"), f"#{d}"),  # three and five working days late
        "tai": {"23/01": f"#{c}", "25/01": f"#{c}", "29/01": f"#{c}"},  # working days 1, 3, 5
    }
    counts = [(await house.directive(number)).reminders for number in (a, b, c, d)]
    assert counts == [5, 3, 3, 6]


# --- digests --------------------------------------------------------------------------------------------------


async def test_each_leader_gets_one_digest_on_a_working_morning(house: House) -> None:
    await house.link_leaders()
    for clock in ("07:29", "07:30", "07:31", "12:00"):
        await morning(house, "04/03", clock)
    assert sorted(house.channel.chats()) == ["lam", "phuc"]
    (key,) = {row.key.rsplit(":", 1)[1] for row in await house.rows("digest") if row.key}
    assert key == "2024-03-04"


async def test_a_leader_chooses_the_hour(house: House) -> None:
    await house.link_leaders()
    async with house.database.write() as session:
        (await session.get_one(Person, house.people["phuc"])).digest_time = time(17, 0)
    await morning(house, "04/03")
    assert house.channel.chats() == ["lam"]
    await morning(house, "04/03", "17:00")
    assert house.channel.chats() == ["lam", "phuc"]


@pytest.mark.parametrize("moment", [("02/03", "09:00"), ("08/02", "07:30"), ("04/03", "20:30"), ("04/03", "06:00")])
async def test_no_digest_on_days_off_nor_in_quiet_hours(house: House, moment: tuple[str, str]) -> None:
    await house.link_leaders()
    await morning(house, *moment)
    assert await house.rows("digest") == []


async def test_a_digest_that_missed_its_day_gives_way_to_the_next(house: House) -> None:
    await house.link_leaders()
    house.now = at("04/03", "07:30")
    await house.sweep()
    house.now = at("05/03", "06:45")
    assert await house.delivery.drain() == 0
    await morning(house, "05/03")
    assert sorted(house.channel.chats()) == ["lam", "phuc"]
    assert sorted(await house.states("digest")) == ["moot", "moot", "sent", "sent"]


async def test_a_leader_without_an_account_has_none(house: House) -> None:
    await house.link_leaders()
    async with house.database.write() as session:
        (await session.scalars(select(Account).where(Account.chat == "phuc"))).one().revoked_at = house.now
    async with house.database.write() as session:
        await queue_digests(session, at("04/03", "07:30"), house.office)
    assert [row.person_id for row in await house.rows("digest")] == [house.people["lam"]]


# --- ticks ----------------------------------------------------------------------------------------------------


async def test_a_tick_sweeps_and_wakes_the_delivery(house: House) -> None:
    await house.direct(last_day=day("04/03"), contact="nam")
    house.now = at("04/03", "07:30")
    woken: list[bool] = []
    ticks = Ticks(house.database, house.office, lambda: house.now, lambda: woken.append(True))
    await ticks.tick()
    await ticks.tick()
    assert len(await house.rows("reminder")) == 1
    assert woken == [True]


async def test_the_start_takes_up_what_came_due_before(house: House) -> None:
    await house.direct(last_day=day("04/03"), contact="nam")
    house.now = at("04/03", "15:00")
    ticks = Ticks(house.database, house.office, lambda: house.now, house.delivery.wake)
    await ticks.start()
    await ticks.stop()  # a sweep that has begun ends first
    assert len(await house.rows("reminder")) == 1


async def test_ticks_that_a_clock_set_forward_believes_missed_are_not_made_up_for() -> None:
    noon = at("01/03", "12:00")
    trigger = Every(lambda: 20.0)
    a_year_ago = noon - timedelta(days=365)
    assert trigger.get_next_fire_time(a_year_ago, noon) == noon + timedelta(seconds=20)


async def test_a_clock_set_back_does_not_stop_the_ticks(house: House) -> None:
    looked = asyncio.Event()

    def clock() -> datetime:
        looked.set()
        return house.now

    ticks = Ticks(house.database, house.office, clock, house.delivery.wake, every_s=0.05)
    await ticks.start()
    await looked.wait()
    ticks._scheduler.modify_job(TICK, next_run_time=datetime.now(UTC) + timedelta(days=365))
    looked.clear()
    await asyncio.wait_for(looked.wait(), WITHIN_S)
    await ticks.stop()


async def test_a_failing_sweep_is_told_in_full_once_and_tried_again(
    house: House, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    ticks = Ticks(house.database, house.office, lambda: house.now, house.delivery.wake)

    def away() -> None:
        raise OSError("database is locked")

    with monkeypatch.context() as locked:
        locked.setattr(house.database, "read", away)
        await ticks.tick()
        await ticks.tick()
    told = [r for r in caplog.records if getattr(r, "action", "") == "sweep_failed"]
    assert [bool(r.exc_info) for r in told] == [True, False]
    await ticks.tick()


async def test_a_tick_is_at_most_half_a_minute_away(house: House) -> None:
    with pytest.raises(ValueError, match="between 0 and 30"):
        Ticks(house.database, house.office, lambda: house.now, house.delivery.wake, every_s=31)


async def test_many_directives_are_dealt_with_in_small_transactions(house: House) -> None:
    for unit in ("noi-vu", "tai-chinh", "an-hoa"):
        for _ in range(4):
            await house.direct(unit, last_day=day("04/03"))
    house.now = at("04/03", "07:30")
    dealt = []
    while True:
        async with house.database.write() as session:
            done = await remind_due(session, house.now, house.office, limit=3)
        if not done:
            break
        dealt.append(done)
    assert dealt == [4, 4, 4]  # units are taken whole
    assert sorted(len(row.directives) for row in await house.rows("reminder")) == [4, 4, 4, 4]
