"""Polling has died while the process lives: it ends with an error, and the next one loses nothing."""

from __future__ import annotations

import pytest

from tests.faults.scene import BEGINNING, Scene
from tests.patience import WITHIN_S
from tests.processes.running import START_S


@pytest.mark.parametrize("how", ["the library's task has died", "the network swallows every poll"])
async def test_a_process_that_hears_nothing_ends_with_an_error(scene: Scene, how: str) -> None:
    scene.there.levers.set(deaf_after=WITHIN_S)
    async with scene.running(BEGINNING) as bot:
        await scene.settles()
        if how.startswith("the network"):
            await scene.api.swallow()
        else:
            scene.there.levers.fail_at("poller")
        update = await scene.says("nam", "/viec")
        scene.there.levers.set(deaf_after=2.0)
        assert await bot.ended(START_S) == 1
        assert "poll_died" in bot.said
    assert update not in scene.api.queue.confirmed
    scene.there.levers.live()
    scene.there.levers.set(deaf_after=WITHIN_S)
    await scene.api.answer_again()
    async with scene.running():
        await scene.hears("nam", "Phòng Nội vụ")
        await scene.settles()
    assert len(scene.heard("nam", "Phòng Nội vụ")) == 1
    assert scene.ask("select state, count(*) from inbox group by 1") == [("done", 1)]
