"""Two schedulers on one database, by mistake: not a row more, not a message more.

That a second process on the same folder refuses within two seconds: ``tests/processes/test_start.py``.
"""

from __future__ import annotations

from pathlib import Path

from db import sqlite_url
from tests.botapi import TOKEN, BotApi
from tests.faults.scene import Scene, at
from tests.processes.running import Premises

OFFICERS = ("nam", "tai", "moi", "hoa")


async def test_two_schedulers_on_one_database_and_a_replayed_tick(scene: Scene, tmp_path: Path) -> None:
    for unit in ("noi-vu", "tai-chinh", "moi-truong", "an-hoa"):
        await scene.given(unit, at("02/02").date())
    async with BotApi(strict_rates=True) as other:
        other.world.started |= scene.api.world.started
        other.world.people |= scene.api.world.people
        second = _beside(scene.there, tmp_path / "second", other)
        async with scene.running(at("31/01", "08:00")):
            await scene.settles()
            before = len(scene.api.world.sent)
            second.levers.move_to(at("31/01", "08:10"))
            async with second.rigged() as bot:
                for clock in ("07:30", "07:31", "07:30"):
                    for levers in (scene.there.levers, second.levers):
                        levers.move_to(at("01/02", clock))
                    await bot.while_it_lives(second.levers.beats("tick", "_look"))
                    await scene.settles()
    said = [*scene.api.world.sent[before:], *other.world.sent]
    assert {who: sum(m.chat == scene.people[who] for m in said) for who in OFFICERS} == dict.fromkeys(OFFICERS, 1)
    mine = "from outbox where kind = 'reminder' and state != 'moot'"
    assert scene.ask(f"select distinct state, repeats {mine}") == [("sent", 0)]
    assert scene.ask(f"select max(n) from (select count(*) n {mine} group by person_id)") == [(1,)]
    assert scene.ask("select count(*) from directives where reminders != 1") == [(0,)]


def _beside(there: Premises, folder: Path, api: BotApi) -> Premises:
    """Another data folder, and so another lock, on the same database."""
    folder.mkdir()
    second = Premises(folder, api, nursery=there.nursery)
    lines = ["[office]", 'name = "UBND huyện Tùng Lĩnh"', "[storage]", f'database = "{sqlite_url(there.database)}"']
    lines += [
        "[telegram]",
        f'token = "{TOKEN}"',
        f'base_url = "{api.url}"',
        "poll_seconds = 1",
        "[health]",
        'listen = ""',
    ]
    second.config.write_text("\n".join([*lines, ""]), "utf-8")
    return second
