"""A double of Telegram and a channel that talks to it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable

import pytest

from channels.base import IncomingMessage
from channels.telegram import TelegramChannel
from tests.botapi import TOKEN, BotApi
from tests.patience import WITHIN_S

NAM = 5_001
HUONG = 5_002


class Inbox:
    """A ``Keep`` that keeps by key, and can be told to fail or to hang first."""

    def __init__(self) -> None:
        self.kept: dict[str, IncomingMessage] = {}
        self.offered: list[str] = []
        self.failures = 0
        self.gate = asyncio.Event()
        self.gate.set()

    async def __call__(self, message: IncomingMessage) -> None:
        self.offered.append(message.external_id)
        await self.gate.wait()
        if self.failures > 0:
            self.failures -= 1
            raise OSError("database is locked")
        self.kept[message.external_id] = message

    @property
    def messages(self) -> list[IncomingMessage]:
        return list(self.kept.values())


MakeChannel = Callable[..., TelegramChannel]


@pytest.fixture
async def api() -> AsyncIterator[BotApi]:
    async with BotApi() as double:
        double.person(NAM, "Nguyễn Văn Nam")
        double.world.started.add(NAM)
        yield double


@pytest.fixture
def inbox() -> Inbox:
    return Inbox()


@pytest.fixture
async def make_channel(api: BotApi) -> AsyncIterator[MakeChannel]:
    made: list[TelegramChannel] = []

    def make(**given: object) -> TelegramChannel:
        options = {"base_url": api.url, "poll_timeout": 5, "keep_retry_s": 0.01, "read_timeout": WITHIN_S} | given
        channel = TelegramChannel(TOKEN, **options)  # type: ignore[arg-type]
        made.append(channel)
        return channel

    yield make
    for channel in made:
        await channel.stop()


@pytest.fixture
async def channel(make_channel: MakeChannel, inbox: Inbox) -> TelegramChannel:
    telegram = make_channel()
    await telegram.start(inbox)
    return telegram
