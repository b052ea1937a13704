"""``run`` and ``demo``: the program itself."""

from __future__ import annotations

import argparse
import asyncio
import logging
import signal
import sys
from datetime import datetime
from pathlib import Path

from bot.cli.common import WRONG, add_config, add_now, with_settings
from bot.garbage import loading
from bot.integrity import AT_START_S, Damaged, check
from bot.lock import AlreadyRunning, only_one
from bot.logs import set_up
from bot.settings import TOKEN_VARIABLE, Settings

log = logging.getLogger(__name__)

CANNOT_GO_ON = 1
WATCH_S = 1.0


def main(arguments: list[str]) -> int:
    """Run ``run`` or ``demo``."""
    parser = argparse.ArgumentParser(prog="python -m bot")
    commands = parser.add_subparsers(dest="command", required=True)
    run = commands.add_parser("run", help="the bot itself")
    add_config(run)
    add_now(run)
    demo = commands.add_parser("demo", help="a chat page with a sample office and a movable clock")
    demo.add_argument("--port", type=int, default=8080)
    demo.add_argument("--keep", action="store_true", help="go on with the office of the last time")
    options = parser.parse_args(arguments)
    if options.command == "demo":
        from bot.demo import serve

        return serve(options.port, keep=options.keep)
    return with_settings(options.config, lambda settings: _run(settings, options.now, options.config))


def _run(settings: Settings, now: datetime | None, path: Path) -> int:
    if not settings.telegram.token:
        print(
            f"{path}: telegram.token: missing; expected the bot's token from @BotFather, or {TOKEN_VARIABLE}",
            file=sys.stderr,
        )
        return WRONG
    set_up(settings.log.level)
    try:
        with only_one(settings.folder):
            is_checked = settings.database_file is not None and check(settings.database_file, within_s=AT_START_S)
            return asyncio.run(_serve(settings, now, is_checked=is_checked))
    except (AlreadyRunning, Damaged) as error:
        print(error, file=sys.stderr)
        return CANNOT_GO_ON


async def _serve(settings: Settings, now: datetime | None, *, is_checked: bool) -> int:
    with loading():
        from bot.serving import Service
        from db.migrate import migrate

    migrate(settings.database_url)
    service = Service.of(settings, now)
    stopping = asyncio.Event()
    loop = asyncio.get_running_loop()
    for wish in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(wish, stopping.set)
    await service.start(is_checked=is_checked)
    log.info("Đôn Đốc serves %s", settings.office.name, extra={"action": "started"})
    try:
        while not stopping.is_set():
            if await service.has_died():
                return CANNOT_GO_ON
            await _pause(stopping)
    finally:
        await service.stop()
    return 0


async def _pause(stopping: asyncio.Event) -> None:
    try:
        await asyncio.wait_for(stopping.wait(), WATCH_S)
    except TimeoutError:
        return
