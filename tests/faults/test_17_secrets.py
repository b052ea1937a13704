"""No token in any log, whatever goes wrong. Each other test of this folder is looked through as well, see conftest."""

from __future__ import annotations

import json
import sqlite3
import subprocess
from pathlib import Path

from tests.botapi import TOKEN
from tests.faults.scene import BEGINNING, Scene

SECRET = "TUYỆT MẬT\nUBND HUYỆN TÙNG LĨNH\nKẾ HOẠCH\n" + "1. Giao Phòng Nội vụ kiểm kê kho Gò Mây.\n" * 6


def _traces(scene: Scene) -> list[str]:
    """The files of the database in which words of the secret stand, looked for by another process.

    To open and close them here would let go of the locks that our own reader holds.
    """
    spellings = ["Gò Mây", json.dumps("Gò Mây")[1:-1]]
    files = sorted(scene.there.database.parent.glob("dondoc.sqlite*"))
    asked = ["grep", "-laF", *(f"-e{words}" for words in spellings), *map(str, files)]
    return [Path(line).name for line in subprocess.run(asked, capture_output=True, text=True).stdout.splitlines()]


def _backup_under_way(scene: Scene) -> sqlite3.Connection:
    """Somebody reads in the log, so that it cannot be emptied."""
    address = f"file:{scene.there.database}?mode=ro"
    reader = sqlite3.connect(address, uri=True, isolation_level=None)
    reader.execute("BEGIN")
    reader.execute("SELECT count(*) FROM inbox").fetchone()
    return reader


async def test_a_secret_refused_right_before_a_kill_leaves_no_trace_after_the_next_start(scene: Scene) -> None:
    scene.there.levers.set(constants={"db.engine.SCRUB_PATIENCE_S": 0.05})
    async with scene.running(BEGINNING) as bot:
        await scene.settles()
        backup = _backup_under_way(scene)
        await scene.says("van", SECRET)
        await scene.hears("van", "không nhận và không lưu lại gì")
        await bot.kill()
    assert _traces(scene) == ["dondoc.sqlite-wal"]
    async with scene.running():
        await scene.settles()
        assert _traces(scene) == ["dondoc.sqlite-wal"], "the backup still reads it"
        backup.close()
        await scene.settles()
        assert _traces(scene) == []
    assert scene.ask("select * from heartbeats where name = 'traces'") == []


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
