"""What is fetched and read before a transaction begins: neither the network nor parsing happens inside one."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Protocol

from channels.base import Channel, FileTooLarge, IncomingFile, IncomingMessage
from domain.errors import DocumentRefused, DocumentUnusable, Refusal
from handlers.turn import KeptFile
from notices import errors as reading
from notices.model import ReadNotice
from notices.secrecy import secrecy_in_name, secrecy_mark
from services.evidence import Store

MEGABYTE = 1024 * 1024
READABLE = {".docx", ".pdf", ".txt"}
PASTED = "nội dung dán.txt"


class Reader(Protocol):
    """Reads documents in a limited child process: ``notices.worker.NoticeReader``."""

    async def read(self, name: str, content: bytes, *, issued: date | None = None) -> ReadNotice:
        """A document as directives."""

    async def text_of(self, name: str, content: bytes) -> str:
        """A document's plain text."""


@dataclass(frozen=True)
class ReadFile:
    """A document that was read. ``sha256`` is of the file; of the words where they were pasted."""

    name: str
    notice: ReadNotice
    sha256: str | None = None


@dataclass(frozen=True)
class Intake:
    """What a message brought, ready for its handler."""

    files: tuple[KeptFile, ...] = ()
    notices: tuple[ReadFile, ...] = ()
    trouble: tuple[Refusal, ...] = field(default=())  # of one file among several


class Porter:
    """Fetches files, refuses secrets, reads notices, keeps evidence."""

    def __init__(self, reader: Reader, store: Store) -> None:
        self._reader = reader
        self._store = store

    async def receive(self, message: IncomingMessage, channel: Channel, *, as_notice: bool) -> Intake:
        """Everything a message brought.

        Raises:
            DocumentRefused: a secrecy mark, anywhere in it; then nothing is kept.
            DocumentUnusable: a file that cannot be read or is too large.
            ChannelError: a file could not be fetched just now.
        """
        refuse_secret(message.text, (f.name for f in message.files))
        contents = [await self._fetch(channel, file) for file in message.files]
        if as_notice and message.files:
            pairs = zip(message.files, contents, strict=True)
            return Intake(notices=tuple([await self._read(f.name, content) for f, content in pairs]))
        if as_notice:
            return Intake(notices=(await self._read_pasted(message.text),))
        pairs = zip(message.files, contents, strict=True)
        return Intake(files=tuple([await self._evidence(f, content) for f, content in pairs]))

    async def _fetch(self, channel: Channel, file: IncomingFile) -> bytes:
        limit = channel.capabilities.max_download
        if file.size is not None and file.size > limit:
            raise DocumentUnusable("too_large", limit // MEGABYTE)
        try:
            return await channel.fetch(file)
        except FileTooLarge as error:
            raise DocumentUnusable("too_large", error.limit // MEGABYTE) from error

    async def _read(self, name: str, content: bytes) -> ReadFile:
        notice = await _politely(lambda: self._reader.read(name, content))
        _refuse_marked(notice)
        return ReadFile(name, notice, await asyncio.to_thread(self._store.keep, content))

    async def _read_pasted(self, text: str) -> ReadFile:
        notice = await _politely(lambda: self._reader.read(PASTED, text.encode()))
        _refuse_marked(notice)
        words = " ".join(text.split()).casefold()
        return ReadFile(PASTED, notice, hashlib.sha256(words.encode()).hexdigest())

    async def _evidence(self, file: IncomingFile, content: bytes) -> KeptFile:
        """Any kind of file is evidence; one that can be read is looked through for a secrecy mark."""
        if Path(file.name).suffix.lower() in READABLE:
            try:
                refuse_secret(await self._reader.text_of(file.name, content))
            except reading.SecretDocument as error:
                raise DocumentRefused(error.mark) from error
            except reading.DocumentError:
                pass  # a scan or a damaged file is still evidence
        digest = await asyncio.to_thread(self._store.keep, content)
        return KeptFile(digest, file.name, file.mime or "application/octet-stream", len(content))


def refuse_secret(text: str, names: Iterable[str] = ()) -> None:
    """Let pass or refuse words and the names of files.

    Raises:
        DocumentRefused: one carries a secrecy mark.
    """
    marks = [secrecy_mark(text) if text else None, *(secrecy_in_name(name) for name in names)]
    for mark in filter(None, marks):
        raise DocumentRefused(mark)


def _refuse_marked(notice: ReadNotice) -> None:
    if notice.refused:
        raise DocumentRefused(notice.refused.removeprefix("secret: "))


async def _politely(read: Callable[[], Awaitable[ReadNotice]]) -> ReadNotice:
    try:
        return await read()
    except reading.SecretDocument as error:
        raise DocumentRefused(error.mark) from error
    except reading.PasswordProtected as error:
        raise DocumentUnusable("password") from error
    except reading.NoTextLayer as error:
        raise DocumentUnusable("no_text") from error
    except reading.UnsupportedFormat as error:
        raise DocumentUnusable("unsupported") from error
    except reading.DocumentTooLarge as error:
        raise DocumentUnusable("too_large", error.limit // MEGABYTE) from error
    except reading.TooManyPages as error:
        raise DocumentUnusable("too_many_pages", error.limit) from error
    except reading.ReadingTookTooLong as error:
        raise DocumentUnusable("too_slow") from error
    except reading.DocumentError as error:
        raise DocumentUnusable("unreadable") from error
