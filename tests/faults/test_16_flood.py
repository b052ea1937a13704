"""One person floods: the others are answered as before, and all that was said is kept."""

from __future__ import annotations

from tests.faults.scene import BEGINNING, Scene

FLOOD = 120
OTHERS = ("nam", "tai", "moi", "phuc")


async def test_others_are_answered_while_one_person_floods(scene: Scene) -> None:
    async with scene.running(BEGINNING):
        await scene.settles()
        for _ in range(FLOOD):
            await scene.says("hoa", "/trogiup")
        for who in OTHERS:
            before = len(scene.heard(who))
            await scene.says(who, "/trogiup")
            await scene.until(lambda who=who, before=before: len(scene.heard(who)) > before)  # type: ignore[misc]
        behind = FLOOD - len(scene.heard("hoa"))
        await scene.until(lambda: not scene.api.queue.pending)
        assert scene.api.floods == 0
    assert behind > 0, "nobody had to wait for the answers to the flood"
    assert scene.ask("select count(*) from inbox") == [(FLOOD + len(OTHERS),)]


async def test_a_flood_is_answered_in_the_end_or_waits_in_the_outbox(scene: Scene) -> None:
    async with scene.running(BEGINNING):
        await scene.settles()
        for _ in range(20):
            await scene.says("hoa", "/trogiup")
        await scene.says_the_database("select count(*) from inbox where state = 'done'", [(20,)])
    told = scene.ask("select count(*) from outbox where kind = 'answer' and state in ('sent', 'sending', 'queued')")
    assert told == [(20,)]
