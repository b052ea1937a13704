"""``kill -9`` around the moment of storing: nothing lost, the same key when told twice."""

from __future__ import annotations

import asyncio
import sys
from asyncio.subprocess import PIPE, Process
from pathlib import Path

import pytest

from tests.botapi import BotApi
from tests.channels.conftest import NAM
from tests.patience import WITHIN_S


async def _listen(api: BotApi, file: Path, *stop_at: str) -> Process:
    return await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.channels.listener", api.url, str(file), *stop_at, stdout=PIPE
    )


async def _kill(process: Process) -> None:
    process.kill()
    await process.wait()


@pytest.mark.parametrize("moment", ["before", "after"])
async def test_killed_around_the_moment_of_storing(api: BotApi, tmp_path: Path, moment: str) -> None:
    kept = tmp_path / "kept"
    update = await api.user_says(NAM, "đã xong #12")
    first = await _listen(api, kept, moment)
    assert first.stdout is not None
    assert await asyncio.wait_for(first.stdout.readline(), WITHIN_S) == b"reached\n"
    await _kill(first)
    assert update not in api.queue.confirmed
    second = await _listen(api, kept)
    await api.wait_confirmed(update)
    await _kill(second)
    keys = kept.read_text().split()
    assert len(keys) == (1 if moment == "before" else 2)
    assert len(set(keys)) == 1
