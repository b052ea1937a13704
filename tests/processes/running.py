"""A data folder with its settings, and ``python -m bot`` on it."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import sqlite3
import sys
from collections.abc import AsyncIterator, Awaitable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any, TypeVar

from tests.botapi import TOKEN, BotApi
from tests.patience import WITHIN_S
from tests.processes.levers import LEVERS, Levers
from tests.processes.nursery import Child, Nursery

ROOT = Path(__file__).parents[2]
OFFICE = ROOT / "examples" / "office.toml"
RIGGED = "tests.processes.failing"  # the program with levers to it
BORN = ("bot", RIGGED)  # modules for which a nursery has the program ready
START_S = WITHIN_S
STOP_S = WITHIN_S / 2

T = TypeVar("T")


_HASTE = ("[limits]", "messages_per_minute = 100000", "")  # a year of messages in a minute


class DiedError(AssertionError):
    """The process ended while something was expected of it. The message has what it wrote."""


@dataclass
class Bot:
    """One ``python -m bot``."""

    process: asyncio.subprocess.Process | Child
    log: Path

    @property
    def said(self) -> str:
        """All it wrote, to standard output and standard error."""
        return self.log.read_text("utf-8")

    async def while_it_lives(self, happens: Awaitable[T]) -> T:
        """Await something the process is to do; when it dies instead, say so at once.

        Raises:
            DiedError: it ended before.
        """
        wanted = asyncio.ensure_future(happens)
        death = asyncio.create_task(self.process.wait())
        try:
            await asyncio.wait({wanted, death}, return_when=asyncio.FIRST_COMPLETED)
            if not wanted.done():
                raise DiedError(f"exit status {self.process.returncode}:\n{self.said}")
            return wanted.result()
        finally:
            for task in (wanted, death):
                task.cancel()
            await asyncio.gather(wanted, death, return_exceptions=True)

    async def ended(self, within: float = STOP_S) -> int:
        """Its exit status, once it has ended by itself."""
        return await asyncio.wait_for(self.process.wait(), within)

    async def stop(self) -> int:
        """Ask it to end, as a service manager does; gives its exit status."""
        self.process.send_signal(signal.SIGTERM)
        return await self.ended()

    async def kill(self) -> None:
        """``kill -9``, unless it has ended already."""
        with contextlib.suppress(ProcessLookupError):
            self.process.kill()
        await self.ended()


@dataclass(frozen=True)
class Premises:
    """A folder with ``config.toml`` and ``data``, pointed at one double."""

    folder: Path
    api: BotApi
    bots: list[Bot] = field(default_factory=list)  # all that were ever started here
    nursery: Nursery | None = None  # where processes of the program are born; without one each loads it anew

    @property
    def config(self) -> Path:
        return self.folder / "config.toml"

    @property
    def database(self) -> Path:
        return self.folder / "data" / "dondoc.sqlite"

    @property
    def levers(self) -> Levers:
        """What moves the clock of ``rigged`` processes, and kills them."""
        return Levers(self.folder / "levers.json")

    @property
    def rig(self) -> dict[str, str]:
        """What tells a process of the module ``RIGGED`` where its levers are."""
        return {LEVERS: str(self.levers.path)}

    @property
    def polls(self) -> int:
        """How often the double was asked for updates."""
        return self.api.queue._poll

    def configure(self, *, token: str = TOKEN, office: str = "UBND huyện Tùng Lĩnh") -> None:
        """Write the settings."""
        lines = ["[office]", f'name = "{office}"', "[telegram]", f'token = "{token}"', f'base_url = "{self.api.url}"']
        self.config.write_text("\n".join([*lines, "poll_seconds = 1", "[health]", 'listen = ""', *_HASTE]), "utf-8")

    async def does(self, command: str, *words: str) -> str:
        """One command of the command line that is to succeed; gives what it printed."""
        status, printed = await self.tries(command, *words)
        assert status == 0, f"{command} ended with {status}:\n{printed}"
        return printed

    async def tries(self, command: str, *words: str) -> tuple[int, str]:
        """One command of the command line; gives its exit status and what it printed, errors included."""
        async with self._process("bot", command, *words) as bot:
            status = await bot.ended(START_S)
        return status, bot.said

    @asynccontextmanager
    async def spawned(self, now: datetime | None = None, *, module: str = "bot", **env: str) -> AsyncIterator[Bot]:
        """``python -m bot run``, ended at the end of the block whatever happens in it."""
        async with self._process(module, "run", *(["--now", now.isoformat()] if now else []), **env) as bot:
            yield bot

    @asynccontextmanager
    async def running(self, now: datetime | None = None, *, module: str = "bot", **env: str) -> AsyncIterator[Bot]:
        """The same, from the moment it polls."""
        before = self.polls
        async with self.spawned(now, module=module, **env) as bot:
            await bot.while_it_lives(self.api.wait_for(lambda: self.polls > before, START_S))
            yield bot

    @asynccontextmanager
    async def rigged(self) -> AsyncIterator[Bot]:
        """The same, with levers to it."""
        async with self.running(module=RIGGED, **self.rig) as bot:
            yield bot

    @asynccontextmanager
    async def program(self, module: str, *words: str, **env: str) -> AsyncIterator[Bot]:
        """Any module as a process, ended at the end of the block; the settings are its last argument."""
        async with self._process(module, *words, **env) as bot:
            yield bot

    @asynccontextmanager
    async def _process(self, module: str, *words: str, **env: str) -> AsyncIterator[Bot]:
        # Not a pipe: that stays open as long as any child of it lives.
        with NamedTemporaryFile(dir=self.folder, prefix="log-", delete=False) as out:
            process = await self._born(module, [*words, "--config", str(self.config)], _environment(**env), out)
        bot = Bot(process, Path(out.name))
        self.bots.append(bot)
        try:
            yield bot
        finally:
            await bot.kill()

    async def _born(
        self, module: str, words: list[str], env: dict[str, str], out: Any
    ) -> asyncio.subprocess.Process | Child:
        if self.nursery is not None and module in BORN:
            return await self.nursery.start(words, env, Path(out.name))
        return await asyncio.create_subprocess_exec(
            sys.executable, "-m", module, *words, cwd=ROOT, env=env, stdout=out, stderr=out
        )

    def ask(self, question: str) -> list[tuple[Any, ...]]:
        """Look into the database, without changing it."""
        with contextlib.closing(sqlite3.connect(f"file:{self.database}?mode=ro", uri=True)) as connection:
            return connection.execute(question).fetchall()


def _environment(**more: str) -> dict[str, str]:
    """This one, without the settings of whoever runs the tests."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("DONDOC_")}
    return {**kept, "PYTHONUNBUFFERED": "1", **more}
