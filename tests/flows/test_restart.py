"""Stopped in the middle of anything and started again: conversations, answers and reminders go on."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from channels.base import IncomingMessage
from tests.patience import WITHIN_S
from tests.talk import Talk, open_talk


@asynccontextmanager
async def _again(talk: Talk, folder: Path) -> AsyncIterator[Talk]:
    moment = talk.now
    await talk.close()
    again = await open_talk(folder, beginning=moment, fresh=False)
    try:
        yield again
    finally:
        await again.close()


async def test_a_conversation_goes_on_where_it_stood(talk: Talk, data_folder: Path) -> None:
    await talk.says("van", "/giaoviec Phòng Nội vụ: báo cáo biên chế trước 15/3")
    await talk.presses("van", "Sửa")
    await talk.presses("van", "Thời hạn")
    async with _again(talk, data_folder) as again:
        await again.says("van", "cuối tháng 3")
        again.hears("van", "31/03/2024")


async def test_what_was_heard_but_not_worked_on_is_answered_after_the_start(talk: Talk, data_folder: Path) -> None:
    await talk.channel.say("nam", "/viec", at=talk.clock())  # kept and confirmed, then the power goes
    assert talk.from_bot("nam") == []
    async with _again(talk, data_folder) as again:
        await again.app.settle()
        again.hears("nam", "Phòng Nội vụ: 0 việc")


async def test_what_could_not_be_kept_is_handed_over_again(
    talk: Talk, data_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def full(message: IncomingMessage) -> None:
        raise OSError("disk full")

    await talk.channel.stop()
    await talk.channel.start(full)
    await talk.channel.say("nam", "/viec", at=talk.clock())
    async with _again(talk, data_folder) as again:
        await again.app.settle()
        again.hears("nam", "Phòng Nội vụ: 0 việc")


async def test_a_reminder_due_while_it_was_down_comes_after_the_start(talk: Talk, data_folder: Path) -> None:
    await talk.says("van", "/giaoviec Phòng Nội vụ: báo cáo nhanh chậm nhất ngày 02/02/2024")
    await talk.presses("van", "Phát hành")
    async with _again(talk, data_folder) as again:
        again.clock.forward_to(again.clock().replace(day=1, month=2, hour=10))  # Thursday
        await again.app.ticks.tick()
        await again.app.settle()
        again.hears("nam", "việc cần chú ý")


async def test_the_same_update_twice_is_worked_on_once(talk: Talk) -> None:
    kept: list[IncomingMessage] = []

    async def twice(message: IncomingMessage) -> None:
        kept.append(message)
        await talk.app.keep(message)
        await talk.app.keep(message)

    await talk.channel.stop()
    await talk.channel.start(twice)
    said = await talk.says("nam", "/viec")
    assert len(kept) == 1
    assert len(said) == 1


async def test_one_chat_is_answered_in_order(talk: Talk) -> None:
    for i in range(12):
        await talk.channel.say("nam", "/viec" if i % 2 else "/trogiup", at=talk.clock())
    await talk.app.settle()
    answers = ["Phòng Nội vụ: 0 việc" in m.plain for m in talk.from_bot("nam")]
    assert answers == [bool(i % 2) for i in range(12)]


async def test_chats_are_worked_on_side_by_side(talk: Talk, monkeypatch: pytest.MonkeyPatch) -> None:
    from handlers import in_hand, routing
    from handlers.turn import Turn

    free, entered = asyncio.Event(), asyncio.Event()

    async def slow_reading(*args: object, **kwargs: object) -> object:
        entered.set()
        await free.wait()
        raise RuntimeError("never mind")

    async def plain(turn: Turn) -> None:
        await in_hand.my_work(turn)

    monkeypatch.setitem(routing.COMMANDS, "viec", plain)
    monkeypatch.setattr(talk.app.reader, "read", slow_reading)
    await talk.channel.say("van", "Kính gửi các đơn vị\n" * 40, at=talk.clock())
    await talk.channel.say("nam", "/viec", at=talk.clock())
    working = asyncio.create_task(talk.app.router.run())
    sending = asyncio.create_task(talk.app.delivery.run())
    await asyncio.wait_for(entered.wait(), WITHIN_S)
    async with asyncio.timeout(WITHIN_S):
        version = talk.channel.watch.version
        while not talk.from_bot("nam"):
            version = await talk.channel.watch.wait(version)
    talk.hears("nam", "Phòng Nội vụ: 0 việc")
    free.set()
    for task in (working, sending):
        task.cancel()
    await asyncio.gather(working, sending, return_exceptions=True)


async def test_while_nothing_can_be_written_what_was_heard_waits(talk: Talk, monkeypatch: pytest.MonkeyPatch) -> None:
    await talk.channel.say("nam", "/viec", at=talk.clock())
    write = talk.app.database.write

    @asynccontextmanager
    async def full() -> AsyncIterator[None]:
        raise OSError("disk full")
        yield

    monkeypatch.setattr("handlers.router.IDLE_S", 0.01)
    monkeypatch.setattr(talk.app.database, "write", full)
    working = asyncio.create_task(talk.app.router.run())
    with pytest.raises(TimeoutError):
        await asyncio.wait_for(asyncio.shield(working), 0.2)
    assert not working.done()
    monkeypatch.setattr(talk.app.database, "write", write)
    async with asyncio.timeout(WITHIN_S):
        version = talk.channel.watch.version
        while not talk.from_bot("nam"):
            await talk.app.delivery.drain()
            if not talk.from_bot("nam"):
                version = await asyncio.wait_for(talk.channel.watch.wait(version - 1), 1)
                await asyncio.sleep(0)
    talk.hears("nam", "Phòng Nội vụ: 0 việc")
    working.cancel()
    await asyncio.gather(working, return_exceptions=True)
