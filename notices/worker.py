"""Reading documents in warm child processes with limits of memory and time.

A document from outside may be damaged, huge or made to do harm; what happens to the child happens to nobody
else. One child serves all documents, one at a time, so that a short notice costs no start-up; it is ended and started
anew after a timeout or its death. Scans take seconds a page: they have a child of their own, so that nobody waits.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import pickle
import sys
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from domain.calendar import OfficeCalendar
from domain.tables import Table
from notices.convert import SECONDS as TURNING_SECONDS
from notices.convert import convertible
from notices.errors import DocumentError, DocumentTooLarge, ReadingFailed, ReadingTookTooLong
from notices.limits import MAX_BYTES, SECONDS
from notices.model import ReadNotice
from notices.protocol import LENGTH, Step

ROOT = Path(__file__).resolve().parent.parent
START_SECONDS = 20.0
STEP_SECONDS = 30.0  # between two signs of life while a scan is recognised: a page's 20, and its picture
MAX_ANSWER = 64 * 1024 * 1024  # bytes
BROKEN = (asyncio.IncompleteReadError, BrokenPipeError, ConnectionResetError, pickle.UnpicklingError, EOFError)

Progress = Callable[[int, int], None]
"""Told the page of a scan that is being recognised, from 1, and how many there are."""


class NoticeReader:
    """Reads documents in child processes that are started when first needed and kept.

    Args:
        calendar: the office's working days.
        seconds: how long one document may take; a scan may take ``step_seconds`` for each of its pages.
        step_seconds: see ``seconds``.
    """

    def __init__(
        self,
        calendar: OfficeCalendar | None = None,
        *,
        seconds: float = SECONDS,
        step_seconds: float = STEP_SECONDS,
    ) -> None:
        self._calendar = calendar or OfficeCalendar()
        self._child = _Child(seconds)
        self._scans = _Child(step_seconds)
        self._turned = _Child(seconds + TURNING_SECONDS)  # .doc and .odt, which take seconds: nobody waits for them

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
            DocumentError: one of its kinds; ``SecretDocument`` for one that carries a stamp of secrecy,
                ``NoTextLayer`` for one that ``recognise`` is for.
        """
        asked = {"task": "read", "name": name, "content": content, "issued": issued, "reference": reference}
        return _notice(await self._for(content).ask({**asked, "calendar": self._calendar}))

    async def recognise(
        self,
        files: Sequence[tuple[str, bytes]],
        *,
        issued: date | None = None,
        reference: date | None = None,
        progress: Progress = lambda page, pages: None,
    ) -> ReadNotice:
        """The notice in a scan. To be asked only after a person has said that it is no secret.

        Args:
            files: names and contents: one PDF file, or photos that are the pages of one document.
            issued: see ``read``.
            reference: see ``read``.
            progress: called before each page.

        Raises:
            DocumentError: as ``read``; ``RecognitionMissing`` where this machine cannot do it.
        """
        asked = {"task": "recognise", "files": list(files), "issued": issued, "reference": reference}
        return _notice(await self._scans.ask({**asked, "calendar": self._calendar}, progress))

    async def check_recognition(self) -> None:
        """Nothing, where scans can be recognised.

        Raises:
            RecognitionMissing: there is no Tesseract, or it has no Vietnamese.
        """
        await self._child.ask({"task": "can_recognise"})

    async def text_of(self, name: str, content: bytes) -> str:
        """The text of a file, a paragraph to a line.

        Raises:
            DocumentError: as ``read``.
        """
        return str(await self._for(content).ask({"task": "text", "name": name, "content": content}))

    async def table_of(self, name: str, content: bytes) -> Table:
        """The sheets of a spreadsheet or of a text table, as plain values.

        Raises:
            DocumentError: as ``read``.
        """
        found = await self._child.ask({"task": "table", "name": name, "content": content})
        if not isinstance(found, Table):
            raise ReadingFailed
        return found

    def _for(self, content: bytes) -> _Child:
        return self._turned if convertible(content) else self._child

    async def warm_up(self) -> None:
        """Start the child before the first document comes."""
        await self._child.ask({"task": "ready"})

    async def close(self) -> None:
        """End the children, also in the middle of a scan: it is taken up again at the next start."""
        await self._scans.close()
        await self._turned.close()
        await self._child.close()


def _notice(found: object) -> ReadNotice:
    if not isinstance(found, ReadNotice):
        raise ReadingFailed
    return found


class _Child:
    """One child process and the queue before it. ``seconds``: how long it may be silent."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._process: asyncio.subprocess.Process | None = None
        self._turn = asyncio.Lock()

    async def ask(self, request: dict[str, Any], progress: Progress = lambda page, pages: None) -> object:
        """The answer to a request.

        Raises:
            DocumentError: the answer was one.
        """
        contents = [request.get("content", b""), *(content for _, content in request.get("files", ()))]
        if max(map(len, contents)) > MAX_BYTES:
            raise DocumentTooLarge(MAX_BYTES)
        async with self._turn:
            answer = await self._answered(request, progress)
        if isinstance(answer, DocumentError):
            raise answer
        return answer

    async def close(self) -> None:
        """End the process; what it is asked just now fails."""
        await self._end()

    async def _answered(self, request: dict[str, Any], progress: Progress) -> object:
        process = await self._started()
        try:
            return await _exchange(process, request, self._seconds, progress)
        except TimeoutError:
            await self._end()
            raise ReadingTookTooLong(self._seconds) from None
        except BROKEN as error:
            await self._end()
            raise ReadingFailed from error
        except BaseException:
            # The answer to this request must not become the answer to the next one.
            await self._end()
            raise

    async def _started(self) -> asyncio.subprocess.Process:
        if self._process is not None and self._process.returncode is None:
            return self._process
        environment = {
            **os.environ,
            "PYTHONPATH": os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")]).rstrip(os.pathsep),
        }
        self._process = process = await asyncio.create_subprocess_exec(
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
            await _exchange(process, {"task": "ready"}, START_SECONDS)
        except (TimeoutError, *BROKEN, asyncio.CancelledError) as error:
            await self._end()
            if isinstance(error, asyncio.CancelledError):
                raise
            raise ReadingFailed from error
        return process

    async def _end(self) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        if process.returncode is None:
            with contextlib.suppress(ProcessLookupError):
                process.kill()
        await process.wait()
        if process.stdin is not None:
            process.stdin.close()
        # The pipe's transport is closed by the loop a moment later; waiting here keeps it from
        # outliving the loop.
        await asyncio.sleep(0)


async def _exchange(
    process: asyncio.subprocess.Process,
    request: dict[str, Any],
    seconds: float,
    progress: Progress = lambda page, pages: None,
) -> object:
    """Ask and hear; the time begins anew with each step that is told on the way."""
    if process.stdin is None or process.stdout is None:
        raise EOFError("no pipes")
    data = pickle.dumps(request)
    async with asyncio.timeout(seconds) as patience:
        process.stdin.write(LENGTH.pack(len(data)) + data)
        await process.stdin.drain()
        while isinstance(said := await _heard(process.stdout), Step):
            patience.reschedule(asyncio.get_running_loop().time() + seconds)
            progress(said.page, said.pages)
        return said


async def _heard(stream: asyncio.StreamReader) -> object:
    (length,) = LENGTH.unpack(await stream.readexactly(LENGTH.size))
    if length > MAX_ANSWER:
        raise EOFError("an answer beyond all measure")
    return pickle.loads(await stream.readexactly(length))  # noqa: S301 - see ``protocol``
