"""Clocks that are moved while the program runs: no storm, no silence. People get what they would have got, when."""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from bot.steady import Steady
from scheduler.ticks import Ticks
from tests.flows.house import House, at, open_house
from tests.patience import WITHIN_S

YEAR = timedelta(days=366)
DAY = timedelta(days=1)
LOOKS = ("07:25", "07:35", "14:00")
WEEK = ("04/03", "05/03", "06/03", "07/03", "08/03")

Heard = list[tuple[datetime, str, str]]
"""When, by the true time, who heard what."""


class Machine:
    """The true time goes on; the clock shows what somebody has set; sleep counts, a stopped machine does not."""

    def __init__(self, house: House, *, platform: bool) -> None:
        self.house = house
        self.true = house.now
        self.shown = house.now
        self.passed = 0.0
        self.clock = Steady(lambda: self.shown, lambda: self.passed)
        self.platform = platform  # whether it says what time it is
        self.heard: Heard = []

    async def goes_on_to(self, moment: datetime, *, stopped: timedelta = timedelta()) -> None:
        """Until a true moment: then the platform answers a poll or two, and the program looks once."""
        self.passed += (moment - self.true - stopped).total_seconds()
        self.shown += moment - self.true
        self.true = moment
        for _ in range(2):
            self.clock.hear(self.true if self.platform else None)
        self.house.now = self.clock()
        before = len(self.house.channel.heard)
        await self.house.sweep_and_send()
        self.heard += [(self.true, heard.chat, heard.text) for heard in self.house.channel.heard[before:]]


async def _week(house: House, steps: dict[str, timedelta], *, platform: bool) -> Heard:
    """A week with five directives of two units; ``steps``: by how much the clock is moved, before which look."""
    house.now = at("01/03", "17:30")
    for day, unit in zip(WEEK, ("noi-vu", "an-hoa", "noi-vu", "tai-chinh", "an-hoa"), strict=True):
        await house.direct(unit, last_day=at(day).date(), issued=at("20/02"))
    machine = Machine(house, platform=platform)
    for day in WEEK:
        for look in LOOKS:
            machine.shown += steps.get(f"{day} {look}", timedelta())
            await machine.goes_on_to(at(day, look))
    return machine.heard


_as_ever: Heard = []  # the same for all tests: it is lived through once


@pytest.fixture
async def as_ever(data_folder: Path, tmp_path: Path) -> Heard:
    """The week as it is with a clock that nobody moves."""
    if _as_ever:
        return _as_ever
    other = tmp_path / "other"
    other.mkdir()
    (other / "dondoc.sqlite").write_bytes((data_folder / "dondoc.sqlite").read_bytes())
    house = await open_house(other)
    heard = await _week(house, {}, platform=False)
    await house.database.close()
    assert len(heard) > 8
    assert {when.strftime("%H:%M") for when, _, _ in heard} == {"07:35"}
    _as_ever.extend(heard)
    return heard


@pytest.mark.parametrize("platform", [False, True], ids=["no-time-from-outside", "time-from-outside"])
@pytest.mark.parametrize("step", [DAY, -DAY, YEAR, -YEAR], ids=["day-on", "day-back", "year-on", "year-back"])
async def test_a_step_that_is_put_right_a_day_later_changes_nothing(
    house: House, as_ever: Heard, step: timedelta, platform: bool
) -> None:
    heard = await _week(house, {"05/03 07:25": step, "06/03 07:35": -step}, platform=platform)
    assert heard == as_ever


@pytest.mark.parametrize("step", [YEAR, -DAY], ids=["year-on", "day-back"])
async def test_a_step_that_nobody_puts_right_changes_nothing(house: House, as_ever: Heard, step: timedelta) -> None:
    assert await _week(house, {"05/03 07:25": step}, platform=False) == as_ever


async def test_an_hour_asleep_across_the_morning_makes_it_late_once(house: House) -> None:
    house.now = at("03/03", "20:00")
    await house.direct(last_day=at("04/03").date(), issued=at("20/02"))
    machine = Machine(house, platform=False)
    await machine.goes_on_to(at("04/03", "07:20"))
    await machine.goes_on_to(at("04/03", "08:40"))  # asleep from 7:25 to 8:40
    await machine.goes_on_to(at("04/03", "08:41"))
    assert [(when, chat) for when, chat, _ in machine.heard if chat == "nam"] == [(at("04/03", "08:40"), "nam")]


async def test_a_stopped_machine_catches_up_when_the_platform_says_the_time(house: House) -> None:
    house.now = at("03/03", "20:00")
    await house.direct(last_day=at("04/03").date(), issued=at("20/02"))
    machine = Machine(house, platform=True)
    await machine.goes_on_to(at("04/03", "07:00"))
    await machine.goes_on_to(at("04/03", "10:00"), stopped=timedelta(hours=3))
    assert machine.clock() == at("04/03", "10:00")
    assert [chat for _, chat, _ in machine.heard if chat == "nam"] == ["nam"]


async def test_ticks_go_on_whatever_the_clock_says(house: House) -> None:
    """A scheduler that waits for a moment would now wait for a year, or count a million ticks it has missed."""
    looks: asyncio.Queue[datetime] = asyncio.Queue()

    def clock() -> datetime:
        looks.put_nowait(house.now)
        return house.now

    ticks = Ticks(house.database, house.office, clock, lambda: None, every_s=0.01)
    await ticks.start()
    for step in (-YEAR, 2 * YEAR, -YEAR):
        house.now += step
        async with asyncio.timeout(WITHIN_S):
            while await looks.get() != house.now:
                pass
    await ticks.stop()
    assert ticks.failure is None


async def test_nothing_is_swept_before_the_platform_was_reached(house: House) -> None:
    """With a wrong clock at the start, everything would be due, and be put off until long after."""
    house.now = at("29/02")
    number = await house.direct(last_day=at("01/03").date(), issued=at("20/02"))
    before = await house.directive(number)
    machine = Machine(house, platform=True)
    machine.shown += YEAR
    machine.clock = Steady(lambda: machine.shown, lambda: machine.passed)
    ticks = Ticks(house.database, house.office, machine.clock, lambda: None, may_sweep=lambda: machine.clock.is_settled)
    await ticks.tick()
    assert ticks.swept.count == 0
    assert (await house.directive(number)).next_reminder_at == before.next_reminder_at
    await machine.goes_on_to(at("01/03", "07:35"))
    await ticks.tick()
    assert ticks.swept.count == 1
    assert [chat for _, chat, _ in machine.heard if chat == "nam"] == ["nam"]
