"""No token in any log, whatever goes wrong. Each other test of this folder is looked through as well, see conftest."""

from __future__ import annotations

from tests.botapi import TOKEN
from tests.faults.scene import BEGINNING, Scene


async def test_every_way_to_fail_at_the_most_talkative_level(scene: Scene) -> None:
    settings = scene.there.config.read_text("utf-8")
    scene.there.config.write_text(settings + '[log]\nlevel = "DEBUG"\n', "utf-8")
    scene.there.levers.set(read_timeout=1.0)
    async with scene.running(BEGINNING) as bot:
        await scene.settles()
        kinds = ("500", "502", "reset", "timeout", "403", "400")
        for kind, who in zip(kinds, ("nam", "noi", "tai", "moi", "hoa", "phuc"), strict=True):
            scene.api.fault(kind, chat=scene.people[who])
            await scene.says(who, "/trogiup")
        await scene.until(lambda: sum(c.status != 200 for c in scene.api.called("sendMessage")) >= len(kinds))
        await scene.api.go_down()
        await scene.until_said("poll_failed")
        await scene.api.come_up()
        await scene.until_said("poll_resumed")
        scene.api.fault("401", methods=["getUpdates"])
        assert await bot.ended() == 1
        assert "rejects the bot token" in bot.said
    written = bot.said
    assert "DEBUG" in written
    assert TOKEN not in written
    assert TOKEN.partition(":")[2] not in written


async def test_the_name_of_a_file_leads_nowhere_and_is_no_command(scene: Scene) -> None:
    number = await scene.given("noi-vu", None)
    name = "../../../../tmp/x'; drop table reports;--.txt"
    async with scene.running(BEGINNING):
        await scene.settles()
        await scene.api.user_sends_document(scene.people["nam"], name, b"12 ho", f"#{number} được 40%")
        await scene.hears("nam", "đã ghi", "40%")
        await scene.settles()
    kept = [path for path in (scene.there.folder / "data" / "files").rglob("*") if path.is_file()]
    assert [path.read_bytes() for path in kept] == [b"12 ho"]
    assert all(len(path.name) == 64 and int(path.name, 16) for path in kept)
    assert scene.ask("select count(*) from reports") == [(1,)]
