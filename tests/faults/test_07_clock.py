"""The clock is set wrong, or the machine sleeps: no storm of reminders, and no silence."""

from __future__ import annotations

import signal
from datetime import timedelta

from tests.faults.scene import Scene, at

OFFICERS = ("nam", "tai", "moi", "hoa")
DAY, YEAR = timedelta(days=1), timedelta(days=365)


async def _with_tasks(scene: Scene) -> None:
    for unit in ("noi-vu", "tai-chinh", "moi-truong", "an-hoa"):
        await scene.given(unit, at("02/02").date())


def _counts(scene: Scene, since: int) -> dict[str, int]:
    new = scene.api.world.sent[since:]
    return {who: sum(m.chat == scene.people[who] for m in new) for who in OFFICERS}


async def test_steps_of_a_day_and_a_year_while_it_runs(scene: Scene) -> None:
    await _with_tasks(scene)
    levers = scene.there.levers
    async with scene.running(at("31/01", "08:00")):
        await scene.settles()
        before = len(scene.api.world.sent)
        for step in (DAY, -DAY, YEAR, -YEAR):
            levers.step_clock(step)
            await levers.beats("tick", "_look", "beat")
        await scene.settles()
        assert _counts(scene, before) == dict.fromkeys(OFFICERS, 0), "no storm"
        assert len(scene.heard("van", "Đồng hồ máy chủ sai")) == 1
        await scene.moves_to(at("01/02", "07:30"))
        assert _counts(scene, before) == dict.fromkeys(OFFICERS, 1), "and no silence"
        levers.step_clock(timedelta())
        await scene.moves_to(at("02/02", "07:30"))
    assert _counts(scene, before) == dict.fromkeys(OFFICERS, 2)
    assert scene.states("reminder").keys() == {"sent"}


async def test_a_machine_that_slept_over_the_morning(scene: Scene) -> None:
    await _with_tasks(scene)
    async with scene.running(at("31/01", "08:00")) as bot:
        await scene.settles()
        await scene.moves_to(at("01/02", "07:25"))
        before = len(scene.api.world.sent)
        bot.process.send_signal(signal.SIGSTOP)
        scene.there.levers.move_to(at("01/02", "08:25"))
        bot.process.send_signal(signal.SIGCONT)
        await scene.settles()
        assert _counts(scene, before) == dict.fromkeys(OFFICERS, 1)
        await scene.moves_to(at("01/02", "11:00"))
    assert _counts(scene, before) == dict.fromkeys(OFFICERS, 1)


async def test_a_start_with_a_wrong_clock_is_put_right_by_the_platform(scene: Scene) -> None:
    await _with_tasks(scene)
    async with scene.running(at("31/01", "08:00")):
        await scene.settles()
        await scene.presses("nam", await scene.hears("nam", "#1"), "Đã nhận")  # an act on record
        await scene.settles()
    before = len(scene.api.world.sent)
    scene.api.clock = scene.there.levers.moment
    for wrong in (DAY, -DAY, YEAR, -YEAR):
        scene.there.levers.step_clock(wrong)
        async with scene.running(at("31/01", "10:00")):
            await scene.until_said("clock_put_right")
            await scene.settles()
            assert _counts(scene, before) == dict.fromkeys(OFFICERS, 0), "no storm"
            if wrong == -YEAR:
                await scene.moves_to(at("01/02", "07:31"))  # the platform tells the time by the second
    assert _counts(scene, before) == dict.fromkeys(OFFICERS, 1), "and no silence"


async def test_with_a_clock_before_the_record_people_are_answered_and_nothing_else_is_said(scene: Scene) -> None:
    await _with_tasks(scene)
    async with scene.running(at("31/01", "09:00")):
        await scene.settles()
        await scene.presses("nam", await scene.hears("nam", "#1"), "Đã nhận")
        await scene.settles()
    before = len(scene.api.world.sent)
    scene.there.levers.step_clock(-DAY)
    async with scene.running(at("01/02", "07:30")) as bot:
        await scene.says("hoa", "/viec")
        await scene.until(lambda: _counts(scene, before)["hoa"] == 1)
        await scene.there.levers.beats("tick", "_look")
        assert "clock_back" in bot.said
    assert _counts(scene, before) == {"nam": 0, "tai": 0, "moi": 0, "hoa": 1}
    assert scene.states("reminder") == {}
    scene.there.levers.step_clock(timedelta())
    async with scene.running():
        await scene.settles()
    assert _counts(scene, before) == {"nam": 1, "tai": 1, "moi": 1, "hoa": 2}
