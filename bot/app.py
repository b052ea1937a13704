"""The one place that builds the whole: each outside thing is an argument with a real default."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from importlib import import_module

from bot.clock import Clock, system
from bot.settings import Settings
from channels.base import Channel, IncomingMessage, OutgoingMessage
from db import Database, Session
from db.models import Outbox
from domain.office import Office
from domain.replies.words import warming
from exports.charts import ChartRoom
from handlers.intake import Porter
from handlers.outgoing import Renderers
from handlers.router import Router
from notices.worker import NoticeReader
from scheduler.delivery import Delivery
from scheduler.sending import reference
from scheduler.ticks import Ticks
from services import attachments
from services.evidence import Store
from services.restoring import Repeated
from texts.delivery import resent
from texts.sheets import wrong_template

log = logging.getLogger(__name__)

WARM_AFTER_S = 5.0
READ_LATER = ("domain.deadlines.typed", "notices.clauses")  # loaded by who needs them first, or then
STOP_S = 20.0  # for what is under way; whatever is cut off then is found again at the next start


@dataclass
class App:
    """The program, put together."""

    settings: Settings
    office: Office
    database: Database
    channels: dict[str, Channel]
    reader: NoticeReader
    renderers: Renderers
    store: Store
    router: Router
    delivery: Delivery
    ticks: Ticks
    clock: Clock

    async def start(self) -> None:
        """Take up what is left from before, then begin to hear."""
        await self.database.take_up_traces()
        await self.delivery.remember_silence()
        self._running = [
            asyncio.create_task(self.delivery.run(), name="delivery"),
            asyncio.create_task(self.router.run(), name="router"),
        ]
        for channel in self.channels.values():
            await channel.start(self.keep)
        await self.ticks.start()
        self._warming = asyncio.create_task(_warm_later(), name="warm-up")
        self._checking = asyncio.create_task(self.check_templates(), name="templates")

    async def check_templates(self) -> None:
        """Log what is wrong with the office's own templates; its papers are drawn from the program's meanwhile."""
        if not self.office.papers.templates:
            return
        for problem in await self.renderers.template_problems():
            log.error("%s", wrong_template(problem), extra={"action": "template_wrong"})

    async def keep(self, message: IncomingMessage) -> None:
        """A channel's ``Keep``; hearing from it is a sign of life."""
        await self.router.keep(message)
        await self.delivery.sign_of_life(message.channel)

    async def stop(self) -> None:
        """Stop hearing, then working, then speaking. Whatever is under way is found again at the next start."""
        for channel in self.channels.values():
            await channel.stop()
        await self.ticks.stop()
        self._warming.cancel()
        self._checking.cancel()
        self.router.end()
        self.delivery.end()
        _, hanging = await asyncio.wait(self._running, timeout=STOP_S)
        for task in hanging:
            task.cancel()
        await asyncio.gather(*self._running, return_exceptions=True)
        await self.close()

    async def close(self) -> None:
        """Let go of the database and the child processes."""
        await self.reader.close()
        self.renderers.close()
        await self.database.close()

    async def settle(self) -> None:
        """Work on all that waits and send all that may be sent, at the clock's moment. For the demo and for tests."""
        while await self.router.drain() + await self.delivery.drain():
            pass

    def has_died(self) -> BaseException | None:
        """The error of a part that should run for ever and does not."""
        for task in self._running:
            if task.done() and not task.cancelled():
                return task.exception() or RuntimeError(f"{task.get_name()} ended")
        return self.ticks.failure


async def _warm_later() -> None:
    """What makes the first message fast must not make the start slow."""
    await asyncio.sleep(WARM_AFTER_S)
    steps: list[Callable[[], object]] = [*warming(), *(partial(import_module, name) for name in READ_LATER)]
    for step in steps:
        await asyncio.to_thread(step)  # in steps: the program can end between any two


def build(
    settings: Settings,
    channels: Sequence[Channel],
    *,
    clock: Clock = system,
    charts: ChartRoom | None = None,
    may_sweep: Callable[[], bool] = lambda: True,
) -> App:
    """Put the program together; nothing is started.

    Args:
        channels: the platforms to be heard on.
        clock: the moment, aware.
        charts: where pictures are drawn; a child process of our own by default.
        may_sweep: whether the clock can be believed enough to decide by it what is due.
    """
    office = settings.rules
    database = Database(settings.database_url)
    by_name = {channel.name: channel for channel in channels}
    store = Store(settings.folder / "files")
    reader = NoticeReader(calendar=office.calendar)
    renderers = Renderers(office, charts or ChartRoom())
    repeated = Repeated()

    async def kept_bytes() -> int:
        async with database.read() as session:
            return await attachments.kept_bytes(session)

    porter = Porter(reader, store, office.files, kept_bytes)

    async def render(session: Session, row: Outbox, now: datetime) -> OutgoingMessage | None:
        message = await renderers.render(session, row, now)
        if message is None or not await repeated.is_one(session, row):
            return message
        return replace(message, text=resent(message.text, reference(row.id)))

    delivery = Delivery(database, by_name, render, office, clock)
    router = Router(database, office, by_name, porter, store, clock, delivery.wake)
    ticks = Ticks(database, office, clock, delivery.wake, every_s=settings.time.tick_seconds, may_sweep=may_sweep)
    return App(settings, office, database, by_name, reader, renderers, store, router, delivery, ticks, clock)
