"""A group becomes a supergroup: what waits goes to its new address, once."""

from __future__ import annotations

from tests.faults.scene import BEGINNING, Scene

GROUP, SUPERGROUP = -77, -10077


async def test_what_waits_for_a_group_is_sent_once_to_its_new_address(scene: Scene) -> None:
    scene.api.group(GROUP, "Tổ đôn đốc")
    async with scene.running(BEGINNING):
        await scene.settles()
        scene.api.fault("429", chat=GROUP, retry_after=4)
        for who in ("nam", "hoa", "tai"):
            await scene.says(who, "/lich", chat=GROUP)
        await scene.says_the_database(f"select count(*) from outbox where chat = '{GROUP}'", [(3,)])
        await scene.api.becomes_supergroup(GROUP, SUPERGROUP)
        await scene.until(lambda: len(scene.heard(SUPERGROUP)) == 3)
        await scene.says("nam", "/lich", chat=SUPERGROUP)
        await scene.until(lambda: len(scene.heard(SUPERGROUP)) == 4)
        await scene.settles()
    assert scene.heard(GROUP) == []
    assert len(scene.heard(SUPERGROUP)) == 4
    assert scene.ask("select chat, state, count(*) from outbox where kind = 'answer' group by 1, 2") == [
        (str(SUPERGROUP), "sent", 4)
    ]
    assert scene.ask("select count(*) from inbox where state != 'done'") == [(0,)]
    moved = [c for c in scene.api.calls if c.method == "sendMessage" and c.fields["chat_id"] == str(GROUP)]
    assert 1 <= len(moved) <= 2, "one was told to wait, one the new address unless the group had told it before"
