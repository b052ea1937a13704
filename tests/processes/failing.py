"""``python -m bot`` with levers: its clock can be moved and ``kill -9`` met at named points, see ``levers``.

    LEVERS=levers.json python -m tests.processes.failing run --config config.toml

The product has no fail points: here named functions of it are wrapped from outside, before it starts.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from functools import partial, wraps
from pathlib import Path
from typing import Any

import bot.app
import bot.cli.serving
import bot.serving
import channels.telegram.calls
import channels.telegram.channel
import handlers.router
import scheduler.delivery
import scheduler.pulse
import scheduler.sweeps
import scheduler.ticks
from bot.__main__ import main
from bot.app import App
from bot.steady import Steady
from bot.watchdog import Watchdog
from channels.telegram import TelegramChannel
from channels.telegram.polling import KeepingQueue
from db.queries import inbox, reminders
from handlers.carrying import Carrying
from handlers.router import Router
from scheduler.delivery import Delivery
from scheduler.pulse import Pulse
from scheduler.sending import Sending
from scheduler.ticks import Ticks
from services import outbox, reporting
from tests.processes.levers import AT_REST, LEVERS, Levers

EVERY_S = 0.05  # between two ticks, looks at the outbox without being woken, and signs of life


@dataclass(frozen=True)
class Point:
    """A function of the program, and whether it is done before the end."""

    owner: Any
    name: str
    is_done_first: bool = True
    needs_result: bool = False  # a passing that came to nothing does not count


POINTS = {
    # a message that came
    "before_inbox_commit": Point(inbox, "keep"),
    "after_inbox_commit": Point(Router, "keep"),
    "inside_transaction": Point(reporting, "report"),
    "before_commit": Point(Carrying, "carry_out"),
    "after_transaction": Point(Carrying, "close", is_done_first=False),
    # a sweep
    "sweep_taken": Point(reminders, "take_due", needs_result=True),
    "sweep_folded": Point(scheduler.sweeps, "remind_due", needs_result=True),
    "sweep_committed": Point(scheduler.ticks, "sweep", needs_result=True),
    # a message that goes out
    "after_claim": Point(Sending, "deliver", is_done_first=False),
    "before_wire": Point(channels.telegram.calls, "send", is_done_first=False),
    "after_wire": Point(TelegramChannel, "send"),
    "inside_ledger": Point(outbox, "mark_part_done"),
    "after_mark": Point(Sending, "deliver"),
    # what hears
    "poller": Point(KeepingQueue, "put", is_done_first=False),
    # the end
    "stopping": Point(App, "stop", is_done_first=False),
    "closing": Point(App, "close", is_done_first=False),
}


def rig(levers: Levers) -> None:
    """Put the levers to everything they move."""
    for name, point in POINTS.items():
        _wrap(name, point, levers)
    scheduler.sweeps.STEPS = tuple(getattr(scheduler.sweeps, step.__name__) for step in scheduler.sweeps.STEPS)
    _replace(bot.serving, "Steady", partial(Steady, levers.wall, levers.elapsed))
    _replace(bot.app, "Ticks", partial(_often, Ticks))
    for module in (scheduler.delivery, handlers.router):
        _replace(module, "IDLE_S", EVERY_S)
    _replace(scheduler.pulse, "BEAT_S", 10 * EVERY_S)
    _replace(bot.cli.serving, "WATCH_S", EVERY_S)
    for owner, name in ((Ticks, "tick"), (Delivery, "_look"), (Pulse, "beat")):
        _beat(owner, name, levers)
    _beat(Delivery, "_look", levers, AT_REST, if_none=True)
    if (seconds := levers.read().get("read_timeout")) is not None:
        _replace(bot.serving, "TelegramChannel", partial(TelegramChannel, read_timeout=seconds))
    if levers.read().get("deaf_after") is not None:
        _replace(Watchdog, "_deaf_after", lambda _: levers.read()["deaf_after"])
    for name, value in levers.read().get("constants", {}).items():
        module_name, _, constant = name.rpartition(".")
        _replace(sys.modules[module_name], constant, value)


def _replace(owner: Any, name: str, new: Any) -> None:
    assert hasattr(owner, name), f"{owner} has no {name} any more"
    setattr(owner, name, new)


def _often(ticks: Callable[..., Ticks], *args: Any, **kwargs: Any) -> Ticks:
    return ticks(*args, **{**kwargs, "every_s": EVERY_S})


def _wrap(name: str, point: Point, levers: Levers) -> None:
    """Whoever passes the point while it is armed, with its words in hand, is the last."""
    original: Callable[..., Awaitable[Any]] = getattr(point.owner, point.name)

    @wraps(original)
    async def deadly(*args: Any, **kwargs: Any) -> Any:
        asked = levers.read()
        found = asked.get("point") == name and asked["words"] in f"{args}{[_contents(a) for a in args]}"
        if found and asked["raises"]:
            raise RuntimeError(f"a test asked for this at {name}")
        if found and not point.is_done_first:
            os.kill(os.getpid(), signal.SIGKILL)
        result = await original(*args, **kwargs)
        if found and (result or not point.needs_result):
            os.kill(os.getpid(), signal.SIGKILL)
        return result

    setattr(point.owner, point.name, deadly)


def _contents(argument: Any) -> Any:
    """The message of a claim and its key, which its row does not show."""
    row = getattr(argument, "row", None)
    return getattr(row, "body", None), getattr(row, "key", None)


def _beat(owner: Any, name: str, levers: Levers, told_as: str = "", *, if_none: bool = False) -> None:
    original = getattr(owner, name)

    @wraps(original)
    async def counted(*args: Any, **kwargs: Any) -> Any:
        result: Any = None
        try:
            result = await original(*args, **kwargs)
            return result
        finally:
            if not if_none or result is None:
                levers.beat(told_as or name)

    setattr(owner, name, counted)


def run(arguments: list[str]) -> int:
    """The program, with levers where the environment names them."""
    if path := os.environ.get(LEVERS):
        rig(Levers(Path(path)))
    return main(arguments)


if __name__ == "__main__":
    sys.exit(run(sys.argv[1:]))
