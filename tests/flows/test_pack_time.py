"""When the pack of the weekly meeting comes: once a week, before the meeting, on a working day, restart or not."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timedelta

import pytest
from sqlalchemy import func, select

from db.models import Account, Outbox, Person
from domain.calendar import OfficeCalendar
from domain.ladder import Rhythm
from domain.office import Meeting, Office
from domain.packs import meeting_of, next_meeting, pack_day
from tests.flows.house import House, at

USUAL, PLAIN = Meeting(), OfficeCalendar()
READERS = ("lam", "phuc", "van")


@pytest.fixture(autouse=True)
def _with_meetings(house: House) -> None:
    house.office = Office()


async def _packs(house: House) -> list[tuple[str, str]]:
    """Who got one, and at which local moment it was put into the outbox."""
    names = {number: name for name, number in house.people.items()}
    rows = await house.rows("pack")
    return [(names[row.person_id or 0], f"{row.created_at:%d/%m}") for row in rows if row.state == "sent"]


async def _pass(house: House, *moments: datetime) -> None:
    for moment in moments:
        house.now = moment
        await house.sweep_and_send()


async def test_leaders_and_clerks_get_one_on_thursday_at_four(house: House) -> None:
    await house.link_leaders()
    await _pass(house, at("07/03", "15:59"))
    assert await _packs(house) == []
    await _pass(house, *(at("07/03", clock) for clock in ("16:00", "16:30", "19:00")), at("08/03", "08:00"))
    assert sorted(await _packs(house)) == [(who, "07/03") for who in READERS]


async def test_three_weeks_with_a_holiday_and_a_restart_bring_three(house: House) -> None:
    house.office = Office(calendar=OfficeCalendar(frozenset({date(2024, 3, 14)})))  # the second Thursday is off
    for text in ("06/03", "13/03", "20/03"):  # Wednesdays
        for n in range(3):
            for hour in (8, 16, 21):
                house.now = at(text) + timedelta(days=n)
                house.now = house.now.replace(hour=hour, minute=0)
                house.new_delivery()  # as after a restart: nothing of before is remembered
                await house.sweep_and_send()
    assert await _packs(house) == [("van", "07/03"), ("van", "13/03"), ("van", "21/03")]


async def test_a_meeting_moved_by_a_holiday_moves_its_pack(house: House) -> None:
    house.office = Office(calendar=OfficeCalendar(frozenset({date(2024, 3, 8)})))  # Friday off: the meeting is Thursday
    await _pass(house, at("06/03", "15:59"), at("06/03", "16:00"), at("07/03", "16:00"))
    assert await _packs(house) == [("van", "06/03")]


async def test_a_program_down_at_the_hour_makes_up_for_it_until_the_meeting(house: House) -> None:
    await _pass(house, at("07/03", "15:00"), at("07/03", "22:00"))  # not at night
    assert await _packs(house) == []
    await _pass(house, at("08/03", "05:00"), at("08/03", "07:30"))
    assert await _packs(house) == [("van", "08/03")]


async def test_after_the_meeting_nothing_is_made_up_for(house: House) -> None:
    await _pass(house, at("07/03", "15:00"), at("09/03", "09:00"), at("11/03", "09:00"))
    assert await _packs(house) == []


async def test_two_sweeps_at_once_queue_one(house: House) -> None:
    house.now = at("07/03", "16:00")
    await house.sweep()
    await house.sweep()
    async with house.looking() as session:
        assert await session.scalar(select(func.count()).where(Outbox.kind == "pack")) == 1


async def test_an_office_may_do_without(house: House) -> None:
    house.office = Office(meeting=replace(USUAL, is_sent=False))
    await _pass(house, at("07/03", "16:00"), at("08/03", "08:00"))
    assert await _packs(house) == []


async def test_an_hour_in_the_night_waits_for_the_morning(house: House) -> None:
    house.office = Office(meeting=replace(USUAL, pack_at=time(21, 0)), rhythm=Rhythm())
    await _pass(house, at("07/03", "21:00"), at("07/03", "23:00"))
    assert await _packs(house) == []
    await _pass(house, at("08/03", "07:30"))
    assert await _packs(house) == [("van", "08/03")]


async def test_who_cannot_be_written_to_or_has_left_gets_none(house: House) -> None:
    await house.link_leaders()
    async with house.database.write() as session:
        (await session.get_one(Person, house.people["lam"])).active = False
        phuc = await session.scalar(select(Account).where(Account.person_id == house.people["phuc"]))
        assert phuc is not None
        phuc.unreachable_since = house.now
    await _pass(house, at("07/03", "16:00"))
    assert await _packs(house) == [("van", "07/03")]


# --- the days themselves ---


@pytest.mark.parametrize(
    ("rules", "off", "meeting", "pack"),
    [
        (USUAL, (), "08/03", "07/03"),
        (USUAL, ("07/03",), "08/03", "06/03"),
        (USUAL, ("08/03",), "07/03", "06/03"),
        (USUAL, ("07/03", "08/03"), "06/03", "05/03"),
        (replace(USUAL, weekday=0, pack_weekday=4), (), "04/03", "01/03"),  # Monday's, handed out on Friday
        (replace(USUAL, weekday=0, pack_weekday=4), ("01/03",), "04/03", "29/02"),
        (replace(USUAL, pack_weekday=4), (), "08/03", "08/03"),  # on the morning of the meeting's own day
    ],
)
def test_the_pack_is_handed_out_on_a_working_day_before(
    rules: Meeting, off: tuple[str, ...], meeting: str, pack: str
) -> None:
    calendar = OfficeCalendar(frozenset(at(text).date() for text in off))
    held = meeting_of(at("05/03").date(), rules, calendar)
    assert held == at(meeting).date()
    assert pack_day(held, rules, calendar) == at(pack).date()


def test_a_week_without_working_days_has_no_meeting() -> None:
    tet = at("12/02").date()  # the week after the lunar new year's eve: off until Wednesday
    calendar = OfficeCalendar(frozenset(tet + timedelta(days=n) for n in range(7)))
    assert meeting_of(tet, USUAL, calendar) is None
    assert next_meeting(tet, USUAL, calendar) == at("23/02").date()


def test_the_next_meeting_is_today_or_later() -> None:
    assert next_meeting(at("08/03").date(), USUAL, PLAIN) == at("08/03").date()
    assert next_meeting(at("09/03").date(), USUAL, PLAIN) == at("15/03").date()
