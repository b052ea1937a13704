"""Just enough HTTP/1.1 on asyncio streams to hang up in the middle, which no server library lets one do."""

from __future__ import annotations

import asyncio
import contextlib
import socket
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from starlette.datastructures import UploadFile
from starlette.requests import Request as FormRequest


class HangUp(Exception):
    """Reset the connection instead of answering."""


class NeverAnswer(Exception):
    """Leave the request without an answer, the connection open."""


@dataclass(frozen=True)
class Upload:
    name: str
    content: bytes


@dataclass(frozen=True)
class Request:
    method: str
    path: str
    query: dict[str, str] = field(default_factory=dict)
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b""

    async def fields(self) -> tuple[dict[str, str], dict[str, Upload]]:
        """The fields of a form and its files, urlencoded or multipart."""
        headers = [(k.encode("latin-1"), v.encode("latin-1")) for k, v in self.headers.items()]

        async def receive() -> dict[str, Any]:
            return {"type": "http.request", "body": self.body, "more_body": False}

        form = await FormRequest({"type": "http", "method": "POST", "headers": headers}, receive).form()
        texts: dict[str, str] = dict(self.query)
        files: dict[str, Upload] = {}
        for key, value in form.multi_items():
            if isinstance(value, UploadFile):
                files[key] = Upload(value.filename or "", await value.read())
                await value.close()
            else:
                texts[key] = value
        return texts, files


@dataclass(frozen=True)
class Response:
    status: int
    body: bytes
    content_type: str = "application/json"
    date: str = ""  # of the header, where the server tells the time

    def to_bytes(self) -> bytes:
        told = f"Date: {self.date}\r\n" if self.date else ""
        kind = f"Content-Type: {self.content_type}\r\nContent-Length: {len(self.body)}\r\n"
        return f"HTTP/1.1 {self.status} X\r\n{told}{kind}\r\n".encode() + self.body


Handler = Callable[[Request], Awaitable[Response]]


class HttpServer:
    """Serves ``handler`` on 127.0.0.1."""

    def __init__(self, handler: Handler, port: int = 0) -> None:
        self._handler = handler
        self._port = port
        self._server: asyncio.Server | None = None
        self._address = socket.socket()
        self._connections: set[asyncio.Task[None]] = set()

    async def start(self) -> int:
        """Listen; returns the port."""
        if not self._address.getsockname()[1]:
            self._reserve()
        self._server = await asyncio.start_server(self._connected, "127.0.0.1", self._port)
        return self._port

    def _reserve(self) -> None:
        """A socket that never listens keeps the port, so that nobody else gets it while ours is away."""
        self._address.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        self._address.bind(("127.0.0.1", self._port))
        self._port = self._address.getsockname()[1]

    async def close(self) -> None:
        """Stop for good."""
        await self.stop()
        self._address.close()

    async def all_hung_up(self) -> None:
        """Wait until nobody is connected any more; what they had sent before is handled then."""
        reader, writer = await asyncio.open_connection("127.0.0.1", self._port)
        writer.write_eof()
        await reader.read()  # who had connected before was accepted before
        writer.close()
        await writer.wait_closed()
        while self._connections:
            await asyncio.wait(self._connections)

    async def stop(self) -> None:
        """Stop listening and drop every connection. ``start`` listens on the same port again."""
        if self._server is not None:
            self._server.close()
        for task in list(self._connections):
            task.cancel()
        await asyncio.gather(*self._connections, return_exceptions=True)

    async def _connected(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._connections.add(task)
        try:
            await self._serve(reader, writer)
        except (HangUp, ConnectionError, asyncio.IncompleteReadError, asyncio.CancelledError):
            writer.transport.abort()  # a task left cancelled would be logged as an error by asyncio's streams
        finally:
            self._connections.discard(task)
            writer.close()
            with contextlib.suppress(ConnectionError, asyncio.CancelledError):
                await writer.wait_closed()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while (request := await _read(reader)) is not None:
            try:
                response = await self._handler(request)
            except NeverAnswer:
                await reader.read()  # until the other side gives up
                raise HangUp from None
            writer.write(response.to_bytes())
            await writer.drain()


async def _read(reader: asyncio.StreamReader) -> Request | None:
    first = (await reader.readline()).decode("latin-1").split()
    if len(first) < 2:
        return None
    headers: dict[str, str] = {}
    while line := (await reader.readline()).decode("latin-1").strip():
        name, _, value = line.partition(":")
        headers[name.lower()] = value.strip()
    body = await reader.readexactly(int(headers.get("content-length", 0)))
    url = urlsplit(first[1])
    return Request(first[0], unquote(url.path), dict(parse_qsl(url.query)), headers, body)
