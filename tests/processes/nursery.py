"""Real processes that are born at once: one that has loaded the whole program forks for each start.

Loading takes two seconds, and tests that kill start dozens. What is forked is a process like any other: it has its own
memory, files, signals and exit status, and ``kill -9`` ends it. ``python -m bot`` itself is started in ``test_start``.
"""

from __future__ import annotations

import asyncio
import atexit
import gc
import json
import os
import select
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]


@dataclass
class Child:
    """A process of the nursery, with the hands of ``asyncio.subprocess.Process`` that tests use."""

    pid: int
    returncode: int | None
    _ending: asyncio.Task[int]

    async def wait(self) -> int:
        """Its exit status, once it has ended; minus the number of the signal that ended it."""
        self.returncode = await asyncio.shield(self._ending)
        return self.returncode

    def send_signal(self, number: int) -> None:
        """Raises ``ProcessLookupError`` when it has ended."""
        if self._ending.done():
            raise ProcessLookupError
        os.kill(self.pid, number)

    def terminate(self) -> None:
        """Ask it to end."""
        self.send_signal(signal.SIGTERM)

    def kill(self) -> None:
        """``kill -9``."""
        self.send_signal(signal.SIGKILL)


class Nursery:
    """The process that forks. For a whole test session; closing it ends it, not its children."""

    def __init__(self) -> None:
        self._folder = tempfile.TemporaryDirectory(prefix="nursery-")
        self._address = f"{self._folder.name}/socket"
        command = [sys.executable, "-m", "tests.processes.nursery", self._address]
        self._process = subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        assert self._process.stdout is not None
        assert self._process.stdout.readline() == b"ready\n"

    def close(self) -> None:
        """Let it end."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.close()
        self._process.wait(10)
        self._process.stdout.close()
        self._folder.cleanup()

    async def start(self, arguments: Sequence[str], env: Mapping[str, str], out: Path) -> Child:
        """The program with these arguments and this environment; what it writes goes to a file."""
        reader, writer = await asyncio.open_unix_connection(self._address)
        writer.write(json.dumps({"arguments": [*arguments], "env": {**env}, "out": str(out)}).encode() + b"\n")
        pid = int(await reader.readline())
        return Child(pid, None, asyncio.create_task(_end(reader, writer)))


@cache
def shared() -> Nursery:
    """One for the whole run of the tests, started by the first that needs it."""
    nursery = Nursery()
    atexit.register(nursery.close)
    return nursery


async def _end(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> int:
    try:
        return int(await reader.readline())
    finally:
        writer.close()
        with suppress(ConnectionError):
            await writer.wait_closed()


# --- the other side ---


def serve(address: str) -> None:
    """Fork for each who connects, until standard input ends."""
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    listening = socket.socket(socket.AF_UNIX)
    listening.bind(address)
    listening.listen(64)
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    while True:
        ready, _, _ = select.select([listening, sys.stdin], [], [])
        if sys.stdin in ready:
            os._exit(0)
        connection, _ = listening.accept()
        if os.fork() == 0:
            listening.close()
            _keep(connection)
        connection.close()


def _keep(connection: socket.socket) -> None:
    """Fork the program, tell its number, wait for its end and tell its status."""
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    stream = connection.makefile("rw", encoding="utf-8")
    asked = json.loads(stream.readline())
    pid = os.fork()
    if pid == 0:
        _become(asked)
    stream.write(f"{pid}\n")
    stream.flush()
    _, status = os.waitpid(pid, 0)
    with suppress(OSError):  # the test is over
        stream.write(f"{os.waitstatus_to_exitcode(status)}\n")
        stream.flush()
    os._exit(0)


def _become(asked: dict[str, Any]) -> None:
    from tests.processes import failing

    out = os.open(asked["out"], os.O_WRONLY | os.O_APPEND)
    nothing = os.open(os.devnull, os.O_RDONLY)
    for source, target in ((nothing, 0), (out, 1), (out, 2)):
        os.dup2(source, target)
    os.environ.clear()
    os.environ.update(asked["env"])
    sys.exit(failing.run(asked["arguments"]))


def _load() -> None:
    """All that the program would load on its way to serving and in its first minute."""
    import texts.labels  # noqa: F401
    from domain.calendar import OfficeCalendar
    from domain.replies.words import warm_up
    from tests.processes import failing  # noqa: F401

    warm_up()
    OfficeCalendar().is_working(date(2024, 1, 31))
    gc.freeze()  # so that a child does not copy all pages at its first collection


if __name__ == "__main__":
    _load()
    serve(sys.argv[1])
