"""A server for a few small pages that are asked for with GET, on asyncio alone.

The web chat's server would do it too, but takes a quarter of a second and ten megabytes more at every start. Whoever
asks here is a monitor on the same machine: one request per connection, a few lines long, soon over.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from http import HTTPStatus

log = logging.getLogger(__name__)

HEAD_BYTES = 8 * 1024
ASKED_WITHIN_S = 5.0
AT_ONCE = 16
NO_REQUEST = (
    TimeoutError,
    ConnectionError,
    asyncio.IncompleteReadError,
    asyncio.LimitOverrunError,
    asyncio.CancelledError,
)


@dataclass(frozen=True)
class Reply:
    """What is answered."""

    status: int
    body: str
    content_type: str = "text/plain; charset=utf-8"
    headers: Mapping[str, str] = field(default_factory=lambda: {"Cache-Control": "no-store"})


@dataclass(frozen=True)
class Request:
    """What is asked for: the path, and the headers by their names in lower case."""

    path: str
    headers: Mapping[str, str]


Page = Callable[[], Awaitable[Reply]]
Search = Callable[[Request], Awaitable[Reply]]


class Pages:
    """Serves pages by their paths.

    Args:
        pages: what to answer at each path.
        search: answers at all other paths. These may be secrets: they are never logged.
    """

    def __init__(self, pages: Mapping[str, Page], search: Search | None = None) -> None:
        self._pages = pages
        self._search = search
        self._server: asyncio.Server | None = None
        self._open: set[asyncio.Task[None]] = set()

    @property
    def port(self) -> int:
        """Where it listens, once it does."""
        assert self._server is not None  # noqa: S101 - for mypy
        port: int = self._server.sockets[0].getsockname()[1]
        return port

    async def start(self, host: str, port: int) -> None:
        """Listen.

        Raises:
            OSError: it cannot: the port is busy, or no such address is here.
        """
        self._server = await asyncio.start_server(self._connected, host, port, limit=HEAD_BYTES)

    async def stop(self) -> None:
        """Listen no longer; requests under way are dropped."""
        if self._server is None:
            return
        self._server.close()
        for task in list(self._open):
            task.cancel()
        await asyncio.gather(*self._open, return_exceptions=True)
        await self._server.wait_closed()

    async def _connected(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None  # noqa: S101 - for mypy
        is_full = len(self._open) >= AT_ONCE
        self._open.add(task)
        try:
            if not is_full:
                await self._answer(reader, writer)
        except NO_REQUEST:
            pass  # who does not ask gets no answer; a cancelled connection is logged as an error by asyncio's streams
        finally:
            self._open.discard(task)
            writer.close()
            with suppress(ConnectionError, asyncio.CancelledError):
                await writer.wait_closed()

    async def _answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        async with asyncio.timeout(ASKED_WITHIN_S):
            head = await reader.readuntil(b"\r\n\r\n")
        method, request = _read(head.decode("latin-1"))
        reply = await self._reply(method, request)
        writer.write(_bytes(reply, is_head=method == "HEAD"))
        async with asyncio.timeout(ASKED_WITHIN_S):
            await writer.drain()

    async def _reply(self, method: str, request: Request) -> Reply:
        page = self._pages.get(request.path)
        if page is None and self._search is None:
            return Reply(404, f"there is {' and '.join(self._pages)}\n")
        if method not in {"GET", "HEAD"}:
            return Reply(405, "only GET\n")
        try:
            return await page() if page else await self._searched(request)
        except Exception:
            named = request.path if page else "What was asked for"
            log.exception("%s could not be answered", named, extra={"action": "page_failed"})
            return Reply(500, "see the log\n")

    async def _searched(self, request: Request) -> Reply:
        assert self._search is not None  # noqa: S101 - asked before
        return await self._search(request)


def _read(head: str) -> tuple[str, Request]:
    """The method, and what it is about; what stands after a question mark is left out."""
    first, *lines = head.split("\r\n")
    method, _, rest = first.partition(" ")
    headers = {name.strip().lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
    return method, Request(rest.partition(" ")[0].partition("?")[0], headers)


def _bytes(reply: Reply, *, is_head: bool) -> bytes:
    body = reply.body.encode()
    lines = [
        f"HTTP/1.1 {reply.status} {HTTPStatus(reply.status).phrase}",
        f"Content-Type: {reply.content_type}",
        f"Content-Length: {len(body)}",
        *(f"{name}: {value}" for name, value in reply.headers.items()),
        "X-Content-Type-Options: nosniff",
        *(["Allow: GET, HEAD"] if reply.status == 405 else []),
        "Connection: close",
    ]
    return "\r\n".join([*lines, "", ""]).encode() + (b"" if is_head else body)
