"""The database is locked, the disk full, the file damaged: what is not kept is not confirmed, and it goes on after."""

from __future__ import annotations

import resource
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager

import pytest

from tests.faults.scene import Scene, at
from tests.processes.running import START_S, Bot

OFFICERS = ("nam", "tai", "moi", "hoa")


@contextmanager
def _locked(scene: Scene, bot: Bot) -> Iterator[None]:
    """Another process holds the database."""
    with closing(sqlite3.connect(scene.there.database, isolation_level=None)) as other:
        other.execute("begin immediate")
        yield
        other.execute("rollback")


@contextmanager
def _full(scene: Scene, bot: Bot) -> Iterator[None]:
    """No file of the process can grow any more."""
    log = scene.there.database.with_name("dondoc.sqlite-wal").stat().st_size
    assert bot.log.stat().st_size < log, "what it says of this must still find room"
    _, hard = resource.prlimit(bot.process.pid, resource.RLIMIT_FSIZE)
    resource.prlimit(bot.process.pid, resource.RLIMIT_FSIZE, (log, hard))
    yield
    resource.prlimit(bot.process.pid, resource.RLIMIT_FSIZE, (hard, hard))


@pytest.mark.parametrize("trouble", [_locked, _full], ids=["locked", "full"])
async def test_what_cannot_be_kept_is_not_confirmed(scene: Scene, trouble: Callable[..., Iterator[None]]) -> None:
    for unit in ("noi-vu", "tai-chinh", "moi-truong", "an-hoa"):
        await scene.given(unit, at("02/02").date())
    other = await scene.given("noi-vu", at("29/02").date())  # whoever reports before the sweep is not reminded of that
    scene.there.levers.set(constants={"db.engine.BUSY_TIMEOUT_MS": 200})
    async with scene.running(at("31/01", "08:00")) as bot:
        await scene.settles()
        before = len(scene.api.world.sent)
        with trouble(scene, bot):  # type: ignore[attr-defined]
            update = await scene.says("nam", f"#{other} được 40%")
            await scene.until_said("keep_failed")
            scene.there.levers.move_to(at("01/02", "07:30"))
            await scene.until_said("sweep_failed")
            assert update not in scene.api.queue.confirmed
            assert scene.api.world.sent[before:] == []
        await scene.hears("nam", "đã ghi", "40%")
        await scene.until_said("keep_resumed")
        await scene.settles()
        new = scene.api.world.sent[before:]
    assert update in scene.api.queue.confirmed
    assert scene.ask("select percent, count(*) from reports group by 1") == [(40, 1)]
    mornings = {who: sum(m.chat == scene.people[who] and "đã ghi" not in m.text for m in new) for who in OFFICERS}
    assert mornings == dict.fromkeys(OFFICERS, 1)


async def test_a_damaged_file_is_not_written_to(scene: Scene) -> None:
    with closing(sqlite3.connect(scene.there.database)) as connection:
        connection.execute("pragma wal_checkpoint(truncate)")
    content = bytearray(scene.there.database.read_bytes())
    content[4096 * 3 : 4096 * 40] = b"\xa5" * (4096 * 37)
    scene.there.database.write_bytes(content)
    async with scene.there.spawned() as bot:
        assert await bot.ended(START_S) == 1
        assert "the database is damaged" in bot.said
        assert "restore BACKUP" in bot.said
    assert scene.there.database.read_bytes() == bytes(content)
    assert scene.api.calls == []
