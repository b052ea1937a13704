"""The demo, served to a real browser."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.demo import Demo, open_demo
from channels.web.server import page_app
from channels.web.stream import page_server
from tests.patience import WITHIN_S


@pytest.fixture
async def demo(tmp_path: Path) -> AsyncIterator[Demo]:
    """A fresh demo, running."""
    demo = await open_demo(tmp_path)
    await demo.app.start()
    yield demo
    await demo.app.stop()
    demo.channel.close()


@pytest.fixture
async def address(demo: Demo) -> AsyncIterator[str]:
    """Where it answers."""
    server = page_server(page_app(demo.channel, demo), port=0)
    serving = asyncio.create_task(server.serve())
    await asyncio.wait_for(server.ready.wait(), WITHIN_S)
    yield server.url
    server.should_exit = True
    await serving
