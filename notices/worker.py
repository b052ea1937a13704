"""Reading documents in a warm child process with limits of memory and time.

A document from outside may be damaged, huge or made to do harm; what happens to the child happens to nobody
else. One child serves all documents,
one at a time, so that a short notice costs no start-up; it is ended and started anew after a timeout or its
death.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import pickle
import sys
from datetime import date
from pathlib import Path
from typing import Any

from domain.calendar import OfficeCalendar
from notices.child import LENGTH
from notices.documents import MAX_BYTES
from notices.errors import DocumentError, DocumentTooLarge, ReadingFailed, ReadingTookTooLong
from notices.limits import SECONDS
from notices.model import ReadNotice

ROOT = Path(__file__).resolve().parent.parent
START_SECONDS = 20.0
MAX_ANSWER = 64 * 1024 * 1024  # bytes


class NoticeReader:
    """Reads documents in a child process that is started at the first one and kept.

    Args:
        calendar: the office's working days.
        seconds: how long one document may take.
    """

    def __init__(self, calendar: OfficeCalendar | None = None, *, seconds: float = SECONDS) -> None:
        self._calendar = calendar or OfficeCalendar()
        self._seconds = seconds
        self._child: asyncio.subprocess.Process | None = None
        self._turn = asyncio.Lock()

    async def read(
        self, name: str, content: bytes, *, issued: date | None = None, reference: date | None = None
    ) -> ReadNotice:
        """The notice in a file.

        Args:
            name: the file's name, as the sender called it.
            content: its bytes; plain text is welcome too.
            issued: the document's date where a person has told it; its own header wins.
            reference: a day near the document's date, to add years with; see ``reading.read_notice``.

        Raises:
            DocumentError: one of its kinds; ``SecretDocument`` for one that carries a stamp of secrecy.
        """
        asked = {"task": "read", "name": name, "content": content, "issued": issued, "reference": reference}
        found = await self._ask({**asked, "calendar": self._calendar})
        if not isinstance(found, ReadNotice):
            raise ReadingFailed
        return found

    async def text_of(self, name: str, content: bytes) -> str:
        """The text of a file, a paragraph to a line.

        Raises:
            DocumentError: as ``read``.
        """
        return str(await self._ask({"task": "text", "name": name, "content": content}))

    async def warm_up(self) -> None:
        """Start the child before the first document comes."""
        await self._ask({"task": "ready"})

    async def close(self) -> None:
        """End the child."""
        async with self._turn:
            await self._end()

    async def _ask(self, request: dict[str, Any]) -> object:
        if len(request.get("content", b"")) > MAX_BYTES:
            raise DocumentTooLarge(MAX_BYTES)
        async with self._turn:
            answer = await self._answered(request)
        if isinstance(answer, DocumentError):
            raise answer
        return answer

    async def _answered(self, request: dict[str, Any]) -> object:
        child = await self._started()
        try:
            return await asyncio.wait_for(_exchange(child, request), self._seconds)
        except TimeoutError:
            await self._end()
            raise ReadingTookTooLong(self._seconds) from None
        except (
            asyncio.IncompleteReadError,
            BrokenPipeError,
            ConnectionResetError,
            pickle.UnpicklingError,
            EOFError,
        ) as error:
            await self._end()
            raise ReadingFailed from error
        except asyncio.CancelledError:
            # The answer to this request must not become the answer to the next one.
            await self._end()
            raise

    async def _started(self) -> asyncio.subprocess.Process:
        if self._child is not None and self._child.returncode is None:
            return self._child
        environment = {
            **os.environ,
            "PYTHONPATH": os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")]).rstrip(os.pathsep),
        }
        self._child = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "notices.child",
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.DEVNULL,
            cwd=ROOT,
            env=environment,
        )
        try:
            # Loading is not part of a document's time.
            await asyncio.wait_for(_exchange(self._child, {"task": "ready"}), START_SECONDS)
        except (
            TimeoutError,
            asyncio.IncompleteReadError,
            BrokenPipeError,
            ConnectionResetError,
            asyncio.CancelledError,
        ) as error:
            await self._end()
            if isinstance(error, asyncio.CancelledError):
                raise
            raise ReadingFailed from error
        return self._child

    async def _end(self) -> None:
        child, self._child = self._child, None
        if child is None:
            return
        if child.returncode is None:
            with contextlib.suppress(ProcessLookupError):
                child.kill()
        await child.wait()
        if child.stdin is not None:
            child.stdin.close()
        # The pipe's transport is closed by the loop a moment later; waiting here keeps it from
        # outliving the loop.
        await asyncio.sleep(0)


async def _exchange(child: asyncio.subprocess.Process, request: dict[str, Any]) -> object:
    if child.stdin is None or child.stdout is None:
        raise EOFError("no pipes")
    data = pickle.dumps(request)
    child.stdin.write(LENGTH.pack(len(data)) + data)
    await child.stdin.drain()
    (length,) = LENGTH.unpack(await child.stdout.readexactly(LENGTH.size))
    if length > MAX_ANSWER:
        raise EOFError("an answer beyond all measure")
    return pickle.loads(await child.stdout.readexactly(length))  # noqa: S301 - see ``child``
