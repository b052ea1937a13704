"""429: until the moment that Telegram named nothing is called, and then people who asked come before the rest."""

from __future__ import annotations

import pytest

from tests.faults.scene import Scene, at

SILENCE_S = 3.0
GROUP = -77
CALLS = {
    "sendMessage",
    "sendPhoto",
    "sendDocument",
    "editMessageText",
    "sendChatAction",
    "answerCallbackQuery",
    "getFile",
}


@pytest.mark.parametrize("place", ["a chat", "a group"])
async def test_nothing_is_called_in_the_silence_and_answers_come_first(scene: Scene, place: str) -> None:
    for unit in ("noi-vu", "tai-chinh", "moi-truong", "an-hoa"):
        await scene.given(unit, at("01/02").date())
    chat = scene.api.group(GROUP, "Tổ đôn đốc") if place == "a group" else scene.people["nam"]
    async with scene.running(at("01/02", "07:29")):
        await scene.settles()
        first = await _told_to_be_silent(scene, chat)
        await scene.says("hoa", "/viec")
        hers = f"select count(*) from outbox where kind = 'answer' and chat = '{scene.people['hoa']}'"
        await scene.says_the_database(hers, [(1,)])
        scene.there.levers.move_to(at("01/02", "07:30"))
        await scene.says_the_database("select count(*) > 3 from outbox where kind = 'reminder'", [(1,)])
        await scene.says_the_database("select count(*) from outbox where state in ('queued', 'sending')", [(0,)])
    calls = [c for c in scene.api.calls[first + 1 :] if c.method in CALLS]
    assert scene.api.too_early == []
    assert min(c.at for c in calls) - scene.api.calls[first].at >= SILENCE_S
    claims = scene.ask("select max(claimed_at) from outbox where kind = 'answer' union all"
                       " select min(claimed_at) from outbox where kind in ('reminder', 'digest')")  # fmt: skip
    assert claims[0] <= claims[1]
    assert scene.states().keys() <= {"sent", "moot"}
    assert all(len(scene.heard(who, "#")) >= 1 for who in ("tai", "moi", "hoa"))


async def _told_to_be_silent(scene: Scene, chat: int) -> int:
    """Nam asks, and the answer is refused; gives the place of that call."""
    before = len(scene.api.calls)
    scene.api.fault("429", chat=chat, retry_after=SILENCE_S)
    await scene.says("nam", "/viec", chat=chat)
    await scene.until(lambda: any(c.status == 429 for c in scene.api.calls[before:]))
    return next(n for n, c in enumerate(scene.api.calls) if n >= before and c.status == 429)


async def test_a_restart_does_not_end_the_silence(scene: Scene) -> None:
    await scene.given("an-hoa", at("29/02").date())
    async with scene.running(at("31/01")) as bot:
        await scene.settles()
        await scene.says("hoa", "/viec")
        screen = await scene.hears("hoa", "1 việc")
        first = await _told_to_be_silent(scene, scene.people["nam"])
        await scene.says_the_database("select count(*) from outbox where state = 'queued' and kind = 'answer'", [(1,)])
        await bot.kill()
    await scene.presses("hoa", screen, screen.labels[0])  # whose toast has to wait, too
    async with scene.running():
        await scene.hears("nam", "Phòng Nội vụ")
    said = [c for c in scene.api.calls[first + 1 :] if c.method in CALLS]
    assert scene.api.too_early == []
    assert said[0].at - scene.api.calls[first].at >= SILENCE_S
    assert len(scene.heard("nam", "Phòng Nội vụ")) == 1
