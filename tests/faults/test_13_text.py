"""Long messages, markup in names, marks that turn the writing round, thousands of emoji: all arrive, as they are."""

from __future__ import annotations

import sqlite3
from contextlib import closing

from tests.faults.scene import BEGINNING, Scene

ODD = 'Rà soát <i>thủ tục</i> & "phí" </b> \u202egnurT\u200f'


async def test_names_and_tasks_full_of_markup(scene: Scene) -> None:
    with closing(sqlite3.connect(scene.there.database)) as connection:
        connection.execute("update people set name = '<b>Nam</b> & \u202eCộng' where key = 'nam'")
        connection.commit()
    number = await scene.given("noi-vu", None, task=ODD)
    async with scene.running(BEGINNING):
        await scene.hears("nam", "<i>thủ tục</i>", '& "phí" </b>')
        await scene.says("nam", f"#{number} được 40%, <script>vướng</script> &amp; chờ")
        await scene.hears("nam", "đã ghi", "40%")
        await scene.says("lam", f"/status #{number}")
        await scene.hears("lam", "<b>Nam</b> &")
        await scene.settles()
    assert scene.states().keys() <= {"sent", "moot"}
    assert "Telegram cannot read our markup" not in _log(scene)


async def test_ten_thousand_emoji_and_a_long_list(scene: Scene) -> None:
    numbers = [await scene.given("noi-vu", None, task=f"Việc {n} " + "nội dung dài " * 20) for n in range(3)]
    async with scene.running(BEGINNING):
        await scene.settles()
        for number in numbers:
            await scene.says("nam", f"#{number} được 40% " + "😀" * 3400)
        await scene.until(lambda: len(scene.heard("nam", "đã ghi")) == len(numbers))
        await scene.says("nam", "/viec")
        await scene.hears("nam", "Phòng Nội vụ: 3 việc")
        await scene.settles()
    kept = scene.ask("select length(text) from reports")
    assert len(kept) == 3
    assert all(length >= 3400 for (length,) in kept)
    assert scene.states().keys() <= {"sent", "moot"}


async def test_markup_that_telegram_cannot_read_goes_as_plain_text(scene: Scene) -> None:
    async with scene.running(BEGINNING):
        await scene.settles()
        scene.api.fault("400", chat=scene.people["nam"], text="Bad Request: can't parse entities: byte offset 7")
        await scene.says("nam", "/trogiup")
        said = await scene.hears("nam", "Đôn Đốc")
        await scene.settles()
    assert "<b>" not in said.html
    assert len(scene.heard("nam", "Đôn Đốc")) == 1
    assert scene.states("answer") == {"sent": 1}


def _log(scene: Scene) -> str:
    return "".join(bot.said for bot in scene.there.bots)
