"""A broadcast through the real Telegram channel and a double that refuses what Telegram refuses, ten times as fast."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest

from channels.base import OutgoingMessage
from channels.telegram import TelegramChannel
from channels.telegram.pace import CHAT_INTERVAL_S, OVERALL_PER_S, Pace
from db.models import Outbox
from db.queries.outbox import BULK, insert_once
from scheduler.delivery import Delivery
from services import outbox
from tests.botapi import TOKEN, BotApi
from tests.botapi.faults import Rates
from tests.flows.house import House

TIMES = 10
MESSAGES = 240
FIRST, ASKER = 50_001, 40_001


@pytest.fixture
async def api() -> AsyncIterator[BotApi]:
    async with BotApi(strict_rates=True) as double:
        rates = double._rates = Rates()
        rates.OVERALL = OVERALL_PER_S * TIMES
        rates.CHAT_INTERVAL_S = CHAT_INTERVAL_S / TIMES
        for user in (*range(FIRST, FIRST + MESSAGES), ASKER):
            double.world.started.add(double.person(user, f"Người {user}"))
        yield double


@pytest.fixture
async def delivery(house: House, api: BotApi) -> AsyncIterator[Delivery]:
    pace = Pace(overall_per_s=OVERALL_PER_S * TIMES, chat_interval_s=CHAT_INTERVAL_S / TIMES)
    channel = TelegramChannel(TOKEN, base_url=api.url, pace=pace)
    yield Delivery(house.database, {"telegram": channel}, house.words, house.office, lambda: house.now)
    await channel.stop()


async def _broadcast(house: House) -> None:
    rows = [
        {"kind": "answer", "channel": "telegram", "chat": str(chat), "priority": BULK, "created_at": house.now,
         "body": OutgoingMessage("Sáng nay có 3 việc.").to_json()}
        for chat in range(FIRST, FIRST + MESSAGES)
    ]  # fmt: skip
    async with house.database.write() as session:
        await insert_once(session, Outbox, rows, "key")


async def _answer(house: House) -> None:
    async with house.database.write() as session:
        body = OutgoingMessage("Đã ghi.").to_json()
        await outbox.answer(
            session, channel="telegram", chat=str(ASKER), message=body, directives=[], inbox_id=None, now=house.now
        )


async def test_a_broadcast_is_never_refused_and_every_answer_overtakes_it(
    house: House, api: BotApi, delivery: Delivery
) -> None:
    await _broadcast(house)
    running = asyncio.create_task(delivery.run())
    overtaken = []
    for number in range(1, 6):
        await api.wait_for(lambda n=number: len(api.world.sent) >= n * 30)  # type: ignore[misc]
        await _answer(house)
        before = len(api.world.sent)
        delivery.wake()
        await api.wait_sent(ASKER, number)
        places = [place for place, message in enumerate(api.world.sent) if message.chat == ASKER]
        overtaken.append(places[-1] - before)
    await api.wait_for(lambda: len(api.world.sent) == MESSAGES + 5)
    delivery.end()
    await running
    assert api.floods == 0
    assert len({message.chat for message in api.world.sent}) == MESSAGES + 1
    assert max(overtaken) <= 3, "messages of the broadcast that went out before an answer which was there"
