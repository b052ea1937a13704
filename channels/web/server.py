"""The chat page and what it calls. ``page_app`` makes the application, ``stream.page_server`` serves it."""

from __future__ import annotations

import asyncio
from dataclasses import asdict
from pathlib import Path
from typing import Any
from urllib.parse import quote

from starlette.applications import Starlette
from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, Response, StreamingResponse
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from channels.web import show
from channels.web.channel import NoSuchButton, WebChannel
from channels.web.desk import MOVES, Desk
from channels.web.guard import Guard
from channels.web.stream import events

STATIC = Path(__file__).parent / "static"
PAGE = 60  # messages in one view of a chat
MAX_FILES = 10
MAX_UPLOAD = 20 * 1024 * 1024  # bytes of all files in one message
ENVELOPE = 64 * 1024  # bytes a form may need around its files
NO_STORE = {"Cache-Control": "no-store"}


def page_app(channel: WebChannel, desk: Desk) -> Starlette:
    """The page of an office.

    Args:
        channel: the platform the page shows.
        desk: the office behind it.

    Returns:
        An application to be bound to 127.0.0.1, best by ``stream.page_server``; ``state.closing`` is an event
        that ends the live streams.
    """
    page = Page(channel, desk)
    app = Starlette(
        routes=page.routes(),
        middleware=[Middleware(Guard, max_body=MAX_UPLOAD + ENVELOPE)],
        exception_handlers={HTTPException: _refusal},
    )
    app.state.closing = page.closing
    return app


class Page:
    """The endpoints of one page."""

    def __init__(self, channel: WebChannel, desk: Desk) -> None:
        self.channel = channel
        self.desk = desk
        self.closing = asyncio.Event()
        self._moving = asyncio.Lock()

    def routes(self) -> list[Route | Mount]:
        """Where everything is."""
        return [
            Route("/", self.index),
            Route("/api/state", self.state),
            Route("/api/events", self.live),
            Route("/api/chat/{chat}", self.chat),
            Route("/api/suggestions/{chat}", self.suggestions),
            Route("/api/say", self.say, methods=["POST"]),
            Route("/api/press", self.press, methods=["POST"]),
            Route("/api/read", self.read, methods=["POST"]),
            Route("/api/clock", self.clock, methods=["POST"]),
            Route("/api/sample", self.sample, methods=["POST"]),
            Route("/files/{file}", self.file),
            Mount("/static", _Static(directory=STATIC)),
        ]

    async def index(self, request: Request) -> Response:
        """The page itself."""
        return FileResponse(STATIC / "index.html", headers={"Cache-Control": "no-cache"})

    async def state(self, request: Request) -> Response:
        """Who is there, what they have not read, what time it is."""
        return _json(
            {
                "clock": show.clock(self.desk),
                "people": [asdict(person) for person in self.desk.people()],
                "unread": self.channel.unread(),
                "max_upload": MAX_UPLOAD,
            }
        )

    async def live(self, request: Request) -> Response:
        """What happens from now on."""
        stream = events(self.channel, self.desk, self.closing)
        return StreamingResponse(stream, media_type="text/event-stream", headers=NO_STORE)

    async def chat(self, request: Request) -> Response:
        """The end of a chat, or what stands before a message (``?before=``)."""
        chat = self._known(request.path_params["chat"])
        shown = self.channel.messages(chat, before=request.query_params.get("before"), limit=PAGE + 1)
        return _json(
            {
                "messages": [show.message(self.channel, one) for one in shown[-PAGE:]],
                "more": len(shown) > PAGE,
            }
        )

    async def suggestions(self, request: Request) -> Response:
        """What this person could say now."""
        return _json({"suggestions": self.desk.suggestions(self._known(request.path_params["chat"]))})

    async def say(self, request: Request) -> Response:
        """A person writes: a form with ``chat``, ``text``, ``reply_to``, ``files`` and, in a group, ``by``."""
        async with request.form(max_files=MAX_FILES, max_fields=MAX_FILES) as form:
            chat = self._known(str(form.get("chat", "")))
            by = self._speaker(chat, form.get("by"))
            # A form writes every line break as CRLF, whatever the person typed.
            text = str(form.get("text", "")).replace("\r\n", "\n").strip()
            files = [await _received(file) for file in form.getlist("files") if isinstance(file, UploadFile)]
            reply_to = str(form.get("reply_to", "")) or None
        if not text and not files:
            raise HTTPException(400, "empty")
        if len(text) > self.channel.capabilities.max_chars:
            raise HTTPException(400, "too_long")
        said = await self.channel.say(chat, text, files=files, reply_to=reply_to, at=self.desk.now(), by=by)
        return _json({"id": said})

    async def press(self, request: Request) -> Response:
        """A person presses a button: ``chat``, ``message``, ``data`` and, in a group, ``by``."""
        asked = await _asked(request, "chat", "message", "data")
        chat = self._known(asked["chat"])
        by = self._speaker(chat, asked.get("by"))
        try:
            press = await self.channel.press(chat, asked["message"], asked["data"], at=self.desk.now(), by=by)
        except NoSuchButton as error:
            raise HTTPException(409, "button_gone") from error
        return _json({"press": press})

    async def read(self, request: Request) -> Response:
        """A person looks at their ``chat``."""
        self.channel.mark_read(self._known((await _asked(request, "chat"))["chat"]))
        return _json({"unread": self.channel.unread()})

    async def clock(self, request: Request) -> Response:
        """Move the clock ``to``; answers when everything that fell due has happened."""
        to = (await _asked(request, "to"))["to"]
        if to not in MOVES:
            raise HTTPException(400, "unknown_move")
        async with self._moving:
            await self.desk.move(to)
        return _json(show.clock(self.desk))

    async def sample(self, request: Request) -> Response:
        """A person sends the sample notice into their ``chat``."""
        asked = await _asked(request, "chat")
        chat = self._known(asked["chat"])
        by = self._speaker(chat, asked.get("by"))
        notice = self.desk.sample_notice()
        return _json({"id": await self.channel.say(chat, "", files=[notice], at=self.desk.now(), by=by)})

    async def file(self, request: Request) -> Response:
        """A file in a chat: pictures to be shown, everything else to be saved."""
        try:
            name, mime, content = self.channel.content(request.path_params["file"])
        except LookupError as error:
            raise HTTPException(404, "no_file") from error
        shown = mime in show.INLINE
        place = "inline" if shown else "attachment"
        headers = {
            "Content-Disposition": f"{place}; filename*=UTF-8''{quote(name, safe='')}",
            "Cache-Control": "private, max-age=31536000, immutable",
        }
        return Response(content, media_type=mime if shown else "application/octet-stream", headers=headers)

    def _known(self, chat: str) -> str:
        if all(person.chat != chat for person in self.desk.people()):
            raise HTTPException(404, "no_chat")
        return chat

    def _speaker(self, chat: str, by: object) -> str | None:
        """Who speaks: in a group one of its speakers, anywhere else whose chat it is (None)."""
        speakers = next(person.speakers for person in self.desk.people() if person.chat == chat)
        if not speakers and not by:
            return None
        if not isinstance(by, str) or by not in speakers:
            raise HTTPException(400, "no_speaker")
        return by


class _Static(StaticFiles):
    """Static files that are asked about again each time, so that a new version is seen at once."""

    def file_response(self, *args: Any, **kwargs: Any) -> Response:
        response = super().file_response(*args, **kwargs)
        response.headers["Cache-Control"] = "no-cache"
        return response


async def _received(file: UploadFile) -> tuple[str, bytes, str]:
    return file.filename or "tep", await file.read(), file.content_type or "application/octet-stream"


async def _asked(request: Request, *names: str) -> dict[str, str]:
    """The words of a JSON body; the named ones are all there.

    Raises:
        HTTPException: 400, when it is not such a body.
    """
    try:
        body = await request.json()
    except ValueError as error:
        raise HTTPException(400, "not_json") from error
    if not isinstance(body, dict) or not all(isinstance(body.get(name), str) for name in names):
        raise HTTPException(400, "incomplete")
    return {name: word for name, word in body.items() if isinstance(word, str)}


def _json(content: dict[str, Any], status: int = 200) -> JSONResponse:
    return JSONResponse(content, status_code=status, headers=NO_STORE)


async def _refusal(request: Request, error: Exception) -> Response:
    """A refusal as a word the page has a sentence for."""
    if not isinstance(error, HTTPException):
        raise error
    return _json({"error": error.detail}, error.status_code)
