"""What is fetched and read before a transaction begins: neither the network nor parsing happens inside one."""

from __future__ import annotations

import asyncio
import hashlib
import io
import zipfile
from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Protocol, TypeVar

from channels.base import Channel, FileTooLarge, IncomingFile, IncomingMessage
from domain.errors import DocumentRefused, DocumentUnusable, FileRefused
from domain.files import MEGABYTE, Checked, check, shown_name
from domain.office import FileLimits
from domain.tables import Table
from handlers.turn import KeptFile
from notices import errors as reading
from notices.grids import is_table
from notices.model import ReadNotice
from notices.secrecy import secrecy_in_name, secrecy_mark
from services.evidence import Store

READABLE = {".docx", ".docm", ".dotx", ".doc", ".odt", ".rtf", ".pdf", ".txt"}
PICTURES = {".jpg", ".jpeg", ".png", ".tif", ".tiff"}
PICTURE_TYPES = {"image/jpeg", "image/png", "image/tiff"}
ALBUM = "ảnh chụp văn bản.zip"
PROBLEMS: dict[type[reading.DocumentError], str] = {
    reading.PasswordProtected: "password",
    reading.UnsupportedFormat: "unsupported",
    reading.ConverterMissing: "no_converter",
    reading.ReadingTookTooLong: "too_slow",
    reading.PageTooLarge: "page_too_large",
    reading.NothingRecognised: "nothing_recognised",
}
PASTED = "nội dung dán.txt"
T = TypeVar("T")
KeptBytes = Callable[[], Awaitable[int]]

Progress = Callable[[int, int], None]
"""Told the page of a scan that is being recognised, from 1, and how many there are."""


class Reader(Protocol):
    """Reads documents in limited child processes: ``notices.worker.NoticeReader``."""

    async def read(self, name: str, content: bytes, *, issued: date | None = None) -> ReadNotice:
        """A document as directives."""

    async def recognise(self, files: Sequence[tuple[str, bytes]], *, progress: Progress) -> ReadNotice:
        """A scan, or photos of the pages of one document, as directives."""

    async def check_recognition(self) -> None:
        """Raises where this machine cannot recognise scans."""

    async def text_of(self, name: str, content: bytes) -> str:
        """A document's plain text."""

    async def table_of(self, name: str, content: bytes) -> Table:
        """The sheets of a spreadsheet or of a text table."""


@dataclass(frozen=True)
class ReadTable:
    """A table of another program that was read. ``sha256`` is of the kept file."""

    name: str
    table: Table
    sha256: str


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
    tables: tuple[ReadTable, ...] = ()
    trouble: tuple[FileRefused, ...] = ()  # of each file that was not kept
    asks: bool = False  # it is a scan: nothing was kept, and somebody has to say first that it is no secret

    @property
    def is_refused(self) -> bool:
        """Whether there was nothing in it but files that were not kept."""
        return bool(self.trouble) and not self.files


class Porter:
    """Fetches files, refuses secrets, reads notices, keeps evidence.

    Args:
        reader: of documents.
        store: where files are kept.
        limits: of evidence.
        kept_bytes: how much evidence is kept in all, in bytes.
    """

    def __init__(self, reader: Reader, store: Store, limits: FileLimits, kept_bytes: KeptBytes) -> None:
        self._reader = reader
        self._store = store
        self._limits = limits
        self._kept_bytes = kept_bytes

    async def receive(
        self,
        message: IncomingMessage,
        channel: Channel,
        *,
        as_notice: bool,
        attested: bool = False,
        progress: Progress = lambda page, pages: None,
    ) -> Intake:
        """Everything a message brought.

        Args:
            message: with its files.
            channel: from which they are fetched.
            as_notice: they are to be read as notices; else they are evidence.
            attested: a person has said that the scans among them are no secrets.
            progress: told the page of a scan that is being recognised, and how many there are.

        Raises:
            DocumentRefused: a secrecy mark, anywhere in it; then nothing is kept.
            DocumentUnusable: a notice that cannot be read or is too large.
            ChannelError: a file could not be fetched just now.
        """
        refuse_secret(message.text, (f.name for f in message.files))
        if as_notice and not message.files:
            return Intake(notices=(await self._read_pasted(message.text),))
        if as_notice and not attested and any(map(is_picture, message.files)):
            await self._check_recognition()
            return Intake(asks=True)
        if as_notice:
            named = [(file.name, await self._fetch(channel, file)) for file in message.files]
            return await self._notices(named, attested, progress)
        return await self._evidence(message.files, channel)

    async def _fetch(self, channel: Channel, file: IncomingFile) -> bytes:
        limit = channel.capabilities.max_download
        if file.size is not None and file.size > limit:
            raise DocumentUnusable("too_large", limit // MEGABYTE)
        try:
            return await channel.fetch(file)
        except FileTooLarge as error:
            raise DocumentUnusable("too_large", error.limit // MEGABYTE) from error

    async def _notices(self, files: Sequence[tuple[str, bytes]], attested: bool, progress: Progress) -> Intake:
        """Notices, none of them kept before all are read: one of them may be a secret, or a scan to be asked about."""
        found: list[tuple[ReadNotice, list[tuple[str, bytes]]]] = []
        photos: list[tuple[str, bytes]] = []
        tables: list[tuple[str, Table, bytes]] = []
        for name, content in files:
            if is_table(name):
                tables.append((name, await _politely(self._reader.table_of(name, content)), content))
                continue
            try:
                found.append((await _politely(self._reader.read(name, content)), [(name, content)]))
            except reading.NoTextLayer:
                if not attested:
                    await self._check_recognition()
                    return Intake(asks=True)
                if b"%PDF-" not in content[:1024]:
                    photos.append((name, content))
                    continue
                found.append((await self._recognised([(name, content)], progress), [(name, content)]))
        if photos:
            found.append((await self._recognised(photos, progress), photos))
        for notice, _ in found:
            _refuse_marked(notice)
        kept = [ReadTable(name, table, await asyncio.to_thread(self._store.keep, c)) for name, table, c in tables]
        return Intake(notices=tuple([await self._kept(notice, parts) for notice, parts in found]), tables=tuple(kept))

    async def _recognised(self, files: Sequence[tuple[str, bytes]], progress: Progress) -> ReadNotice:
        return await _politely(self._reader.recognise(files, progress=progress))

    async def _check_recognition(self) -> None:
        """Ask for nobody's word where it would be in vain.

        Raises:
            DocumentUnusable: this machine cannot recognise scans.
        """
        await _politely(self._reader.check_recognition())

    async def _kept(self, notice: ReadNotice, parts: Sequence[tuple[str, bytes]]) -> ReadFile:
        name, content = parts[0] if len(parts) == 1 else (ALBUM, await asyncio.to_thread(_packed, parts))
        return ReadFile(name, notice, await asyncio.to_thread(self._store.keep, content))

    async def _read_pasted(self, text: str) -> ReadFile:
        notice = await _politely(self._reader.read(PASTED, text.encode()))
        _refuse_marked(notice)
        words = " ".join(text.split()).casefold()
        return ReadFile(PASTED, notice, hashlib.sha256(words.encode()).hexdigest())

    async def _evidence(self, files: Sequence[IncomingFile], channel: Channel) -> Intake:
        """Keep what may be kept. None is written before all were looked at: one of them may be a secret."""
        passed: list[tuple[IncomingFile, Checked, bytes]] = []
        trouble: list[FileRefused] = []
        room = self._limits.quota_mb * MEGABYTE - await self._kept_bytes() if files else 0
        for file in files:
            try:
                checked, content = await self._checked(channel, file)
                if len(content) > room:
                    raise FileRefused(checked.name, "quota", self._limits.quota_mb)
            except FileRefused as refused:
                trouble.append(refused)
                continue
            room -= len(content)
            passed.append((file, checked, content))
        return Intake(files=tuple([await self._keep(channel, *one) for one in passed]), trouble=tuple(trouble))

    async def _checked(self, channel: Channel, file: IncomingFile) -> tuple[Checked, bytes]:
        most = self._limits.most_mb
        if file.size is not None and file.size > most * MEGABYTE:
            raise FileRefused(shown_name(file.name), "too_large", most)
        try:
            content = await self._fetch(channel, file)
        except DocumentUnusable as error:
            raise FileRefused(shown_name(file.name), error.problem, error.limit) from error
        checked = await asyncio.to_thread(check, file.name, content, most)
        await self._refuse_marked_secret(checked.name, content)
        return checked, content

    async def _refuse_marked_secret(self, name: str, content: bytes) -> None:
        """Any kind of file is evidence; one that can be read is looked through for a secrecy mark."""
        if Path(name).suffix.lower() not in READABLE:
            return
        try:
            refuse_secret(await self._reader.text_of(name, content))
        except reading.SecretDocument as error:
            raise DocumentRefused(error.mark) from error
        except reading.DocumentError:
            pass  # a scan or a damaged file is still evidence

    async def _keep(self, channel: Channel, file: IncomingFile, checked: Checked, content: bytes) -> KeptFile:
        digest = await asyncio.to_thread(self._store.keep, content)
        return KeptFile(digest, checked.name, checked.mime, len(content), channel.name, file.ref)


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


def is_picture(file: IncomingFile) -> bool:
    """Whether a file is a photo or a picture, by what is known before it is fetched."""
    return Path(file.name).suffix.lower() in PICTURES or file.mime in PICTURE_TYPES


def _packed(photos: Sequence[tuple[str, bytes]]) -> bytes:
    """The photos of one document as one file, the same bytes for the same photos."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for page, (name, content) in enumerate(photos, 1):
            archive.writestr(zipfile.ZipInfo(f"{page:02}{Path(name).suffix.lower()}"), content)
    return packed.getvalue()


async def _politely(answer: Awaitable[T]) -> T:
    """An answer of the reader, its refusals as those that people are told. ``NoTextLayer`` is the caller's matter."""
    try:
        return await answer
    except reading.NoTextLayer:
        raise
    except reading.SecretDocument as error:
        raise DocumentRefused(error.mark, error.seen) from error
    except reading.RecognitionMissing as error:
        raise DocumentUnusable(f"no_{error.what}") from error
    except reading.TooManyScannedPages as error:
        raise DocumentUnusable("too_many_scanned_pages", error.limit) from error
    except reading.TooManyPages as error:
        raise DocumentUnusable("too_many_pages", error.limit) from error
    except reading.DocumentTooLarge as error:
        raise DocumentUnusable("too_large", error.limit // MEGABYTE) from error
    except reading.DocumentError as error:
        raise DocumentUnusable(PROBLEMS.get(type(error), "unreadable")) from error
