"""``run`` and ``demo``: the program itself."""

from __future__ import annotations

import argparse
import asyncio
import logging
import signal
import sys
import time
from datetime import datetime
from pathlib import Path

from bot.cli.common import WRONG, add_config, with_settings
from bot.clock import Clock, started_at, system
from bot.lock import AlreadyRunning, only_one
from bot.logs import set_up
from bot.settings import TOKEN_VARIABLE, Settings

log = logging.getLogger(__name__)

CANNOT_GO_ON = 1
WATCH_S = 1.0
DEAF_S = 900.0  # outages of minutes are common, and a restart would not end them


def main(arguments: list[str]) -> int:
    """Run ``run`` or ``demo``."""
    parser = argparse.ArgumentParser(prog="python -m bot")
    commands = parser.add_subparsers(dest="command", required=True)
    run = commands.add_parser("run", help="the bot itself")
    add_config(run)
    run.add_argument(
        "--now", type=_moment, metavar="MOMENT", help="start at another moment, e.g. 2024-02-01T08:00+07:00"
    )
    demo = commands.add_parser("demo", help="a chat page with a sample office and a movable clock")
    demo.add_argument("--port", type=int, default=8080)
    demo.add_argument("--keep", action="store_true", help="go on with the office of the last time")
    options = parser.parse_args(arguments)
    if options.command == "demo":
        from bot.demo import serve

        return serve(options.port, keep=options.keep)
    clock = started_at(options.now) if options.now else system
    return with_settings(options.config, lambda settings: _run(settings, clock, options.config))


def _moment(text: str) -> datetime:
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise argparse.ArgumentTypeError("the moment needs its zone, e.g. +07:00")
    return moment


def _run(settings: Settings, clock: Clock, path: Path) -> int:
    if not settings.telegram.token:
        print(
            f"{path}: telegram.token: missing; expected the bot's token from @BotFather, or {TOKEN_VARIABLE}",
            file=sys.stderr,
        )
        return WRONG
    set_up(settings.log.level)
    try:
        with only_one(settings.folder):
            return asyncio.run(_serve(settings, clock))
    except AlreadyRunning as error:
        print(error, file=sys.stderr)
        return CANNOT_GO_ON


async def _serve(settings: Settings, clock: Clock) -> int:
    from bot.app import build
    from channels.telegram import TelegramChannel
    from db.migrate import migrate
    from texts.labels import COMMANDS

    migrate(settings.database_url)
    telegram = TelegramChannel(
        settings.telegram.token,
        base_url=settings.telegram.base_url,
        poll_timeout=settings.telegram.poll_seconds,
        commands=COMMANDS,
    )
    app = build(settings, [telegram], clock=clock)
    stopping = asyncio.Event()
    loop = asyncio.get_running_loop()
    for wish in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(wish, stopping.set)
    await app.start()
    started, heard = time.monotonic(), None
    log.info("Đôn Đốc serves %s", settings.office.name, extra={"action": "started"})
    try:
        while not stopping.is_set():
            if telegram.failed.is_set():
                log.error("Cannot go on: %s", telegram.failure, extra={"action": "channel_failed"})
                return CANNOT_GO_ON
            if telegram.last_good_poll not in {None, heard}:
                heard = telegram.last_good_poll
                await app.delivery.sign_of_life(telegram.name)
            if _is_deaf(telegram.last_good_poll, started, settings.telegram.poll_seconds):
                log.error("Cannot go on: Telegram has not answered a poll for long", extra={"action": "poll_died"})
                return CANNOT_GO_ON
            if error := app.has_died():
                log.error("Cannot go on: %r", error, exc_info=error, extra={"action": "part_died"})
                return CANNOT_GO_ON
            await _pause(stopping)
    finally:
        await app.stop()
    return 0


def _is_deaf(last_good_poll: float | None, started: float, poll_seconds: int) -> bool:
    """Polling can die while the library says it runs; the service manager then starts us again.

    Args:
        last_good_poll: on the monotonic clock, in seconds; None before the first.
        started: likewise.
        poll_seconds: how long one poll may take.
    """
    return time.monotonic() - (last_good_poll or started) > max(DEAF_S, 3 * poll_seconds + 60)


async def _pause(stopping: asyncio.Event) -> None:
    try:
        await asyncio.wait_for(stopping.wait(), WATCH_S)
    except TimeoutError:
        return
