"""Updates that come twice, with odd numbers, or that nothing can be done with: once each, in order, nobody held up."""

from __future__ import annotations

from datetime import timedelta

from handlers.not_done import PAUSES
from tests.faults.scene import BEGINNING, Scene


async def test_the_same_update_twice_and_numbers_that_start_anew(scene: Scene) -> None:
    number = await scene.given("noi-vu", None)
    api = scene.api
    async with scene.running(BEGINNING):
        await scene.settles()
        async with api.changed:
            api.queue.add({"message": api.world.message(5005, api.world.user(5005), {"text": f"#{number} được 10%"})})
            api.queue.pending.append(dict(api.queue.pending[-1]))
            api.changed.notify_all()
        await scene.hears("nam", "đã ghi", "10%")
        await scene.until(lambda: not api.queue.pending)
        api.queue.renumber(1000)  # an idle week
        await scene.says("nam", f"#{number} được 20%")
        await scene.hears("nam", "đã ghi", "20%")
        await scene.settles()
    assert scene.ask("select percent, count(*) from reports group by 1") == [(10, 1), (20, 1)]
    assert [len(scene.heard("nam", "đã ghi", f"{n}%")) for n in (10, 20)] == [1, 1]


async def test_one_chat_in_order_and_chats_side_by_side(scene: Scene) -> None:
    number = await scene.given("noi-vu", None)
    percents = list(range(10, 60, 10))
    async with scene.running(BEGINNING):
        await scene.settles()
        for percent in percents:
            await scene.says("nam", f"#{number} được {percent}%")
            await scene.says("hoa", "/viec")
        await scene.until(lambda: len(scene.heard("nam", "đã ghi")) == len(percents))
        await scene.settles()
    assert scene.ask("select percent from reports order by id") == [(p,) for p in percents]
    told = [m.text for m in scene.heard("nam", "đã ghi")]
    assert all(f"{p}%" in text for p, text in zip(percents, told, strict=True))


async def test_a_poisoned_update_ends_as_a_dead_letter(scene: Scene) -> None:
    async with scene.running(BEGINNING):
        await scene.settles()
        scene.there.levers.fail_at("before_commit", "thuốc độc")
        poisoned = await scene.says("nam", "thuốc độc")
        for tries, pause in enumerate((*PAUSES, 0), 1):
            await scene.says_the_database(f"select max(attempts) >= {tries} from inbox", [(1,)])
            scene.there.levers.move_to(scene.there.levers.moment() + timedelta(seconds=pause + 1))
        for who, words in (("hoa", "UBND xã An Hòa"), ("nam", "Phòng Nội vụ")):
            await scene.says(who, "/viec")
            await scene.hears(who, words)
        await scene.hears("nam", "vẫn chưa xử lý được", "mã")
        await scene.settles()
    assert scene.ask("select state, attempts from inbox where attempts > 0") == [("dead", 1 + len(PAUSES))]
    assert [len(scene.heard("nam", words)) for words in ("Xin lỗi", "vẫn chưa xử lý được")] == [1, 1]
    assert poisoned in scene.api.queue.confirmed
