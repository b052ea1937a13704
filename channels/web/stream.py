"""Live updates as Server-Sent Events (https://html.spec.whatwg.org/multipage/server-sent-events.html)."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from typing import Any

import uvicorn
from starlette.applications import Starlette

from channels.web import show
from channels.web.channel import WebChannel
from channels.web.desk import Desk

BEAT_S = 10.0  # between two looks at the clock when nothing happens; it also keeps the connection alive


async def events(channel: WebChannel, desk: Desk, closing: asyncio.Event) -> AsyncIterator[str]:
    """Tell one visitor what happens, until the page or the server goes.

    The first event is ``hello``: whatever happened before it, the page loads afresh, so that a broken
    connection loses nothing.
    """
    seen = channel.watch.version
    yield _event("hello", {"version": seen, "clock": show.clock(desk)})
    while not closing.is_set():
        if await _moved(channel, seen, closing):
            news = show.news(channel, desk, seen)
            seen = news["version"]
            yield _event("news", news)
        else:
            yield _event("clock", show.clock(desk))


async def _moved(channel: WebChannel, seen: int, closing: asyncio.Event) -> bool:
    """Wait for something new, the end, or one beat; says whether there is something new."""
    waits = {asyncio.ensure_future(channel.watch.wait(seen)), asyncio.ensure_future(closing.wait())}
    try:
        await asyncio.wait(waits, timeout=BEAT_S, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for wait in waits:
            wait.cancel()
    return channel.watch.version > seen


def _event(name: str, data: dict[str, Any]) -> str:
    return f"event: {name}\ndata: {json.dumps(data, ensure_ascii=False)}\n\n"


class PageServer(uvicorn.Server):
    """Uvicorn that ends the live streams when it stops.

    Uvicorn waits for open answers before it tells the application that it stops, and a stream is an answer
    that never ends by itself.
    """

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.ready = asyncio.Event()  # the page can be opened

    @property
    def url(self) -> str:
        """The page's address, once it is ready."""
        return f"http://127.0.0.1:{self.servers[0].sockets[0].getsockname()[1]}"

    async def startup(self, sockets: Any = None) -> None:
        """Start as usual, and say so."""
        await super().startup(sockets)
        self.ready.set()

    async def shutdown(self, sockets: Any = None) -> None:
        """End the streams, then stop as usual."""
        app = self.config.app
        if isinstance(app, Starlette):
            app.state.closing.set()
        await super().shutdown(sockets)


def page_server(app: Starlette, *, port: int) -> PageServer:
    """A server for ``page_app`` on 127.0.0.1; ``await serve()``, stop it with ``should_exit = True``.

    Args:
        app: what ``page_app`` made.
        port: 0 for any free one.
    """
    config = uvicorn.Config(app, host="127.0.0.1", port=port, log_level="warning", timeout_graceful_shutdown=5)
    return PageServer(config)
