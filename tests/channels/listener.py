"""A process that hears Telegram and writes each key to a file, for tests that kill it.

``python -m tests.channels.listener BASE_URL FILE [before|after]``: with the last word it stops for ever just
before or just after the first key is on disk.
"""

from __future__ import annotations

import asyncio
import os
import sys
from pathlib import Path

from channels.base import IncomingMessage
from channels.telegram import TelegramChannel
from tests.botapi import TOKEN


async def main(base_url: str, file: Path, stop_at: str = "") -> None:
    async def keep(message: IncomingMessage) -> None:
        if stop_at == "before":
            _reached()
            await asyncio.Event().wait()
        with file.open("a", encoding="utf-8") as kept:
            kept.write(message.external_id + "\n")
            kept.flush()
            os.fsync(kept.fileno())
        if stop_at == "after":
            _reached()
            await asyncio.Event().wait()

    channel = TelegramChannel(TOKEN, base_url=base_url, poll_timeout=5)
    await channel.start(keep)
    await channel.failed.wait()


def _reached() -> None:
    sys.stdout.write("reached\n")
    sys.stdout.flush()


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], Path(sys.argv[2]), *sys.argv[3:]))
