"""What the chat page's server answers, refuses and tells live."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import httpx
import pytest

from channels.base import Button, IncomingMessage, OutgoingFile, OutgoingMessage
from channels.web.channel import WebChannel
from channels.web.desk import Desk, Persona
from channels.web.server import MAX_UPLOAD, page_app
from channels.web.stream import page_server
from tests.patience import WITHIN_S

CLERK, HEAD = "van-thu", "truong-phong"
URL = "http://127.0.0.1:8080"
OWN = {"Origin": URL}


@dataclass
class SmallDesk:
    """Two people and a clock."""

    at: datetime = datetime(2024, 1, 30, 8, 15, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))
    moves: list[str] = field(default_factory=list)

    def people(self) -> list[Persona]:
        return [
            Persona(CLERK, "Nông Thuý Hạnh", "Chánh Văn phòng", "Văn phòng", "clerk", "Văn phòng"),
            Persona(HEAD, "Phàn Văn Quý", "Trưởng phòng", "Phòng Kinh tế", "head", "Phòng ban"),
        ]

    def now(self) -> datetime:
        return self.at

    async def move(self, to: str) -> None:
        self.moves.append(to)
        self.at += timedelta(hours=1)

    def sample_notice(self) -> tuple[str, bytes, str]:
        return "TB 21.docx", b"PK", "application/msword"

    def calendar_note(self) -> str:
        return "ngày làm việc"

    def suggestions(self, chat: str) -> list[str]:
        return [f"/viec {chat}"]


@dataclass
class Office:
    """A channel with its page and what the program heard."""

    web: WebChannel
    desk: SmallDesk
    http: httpx.AsyncClient
    heard: list[IncomingMessage]

    async def say(self, chat: str, text: str = "", **form: str) -> httpx.Response:
        return await self.http.post("/api/say", data={"chat": chat, "text": text, **form}, headers=OWN)


@pytest.fixture
async def office() -> AsyncIterator[Office]:
    desk, heard = SmallDesk(), list[IncomingMessage]()
    web = WebChannel(clock=desk.now)

    async def keep(came: IncomingMessage) -> None:
        heard.append(came)

    await web.start(keep)
    transport = httpx.ASGITransport(app=page_app(web, desk))
    async with httpx.AsyncClient(transport=transport, base_url=URL) as http:
        yield Office(web, desk, http, heard)
    await web.stop()
    web.close()


def test_the_small_desk_is_a_desk() -> None:
    desk: Desk = SmallDesk()
    assert desk.calendar_note()


# Showing


async def test_the_page_and_its_parts_are_there(office: Office) -> None:
    page = await office.http.get("/")
    assert "Đôn Đốc" in page.text
    for part in ("app.css", "app.js", "phone.js", "mark.svg", "fonts/fonts.css"):
        assert (await office.http.get(f"/static/{part}")).status_code == 200


async def test_the_page_asks_for_nothing_from_elsewhere(office: Office) -> None:
    page = await office.http.get("/")
    assert "script-src 'self'" in page.headers["content-security-policy"]
    assert "://" not in page.text
    assert "<script>" not in page.text


async def test_the_state_names_people_clock_and_unread(office: Office) -> None:
    await office.web.send(HEAD, OutgoingMessage("nhắc"))
    state = (await office.http.get("/api/state")).json()
    assert state["clock"] == {"now": "2024-01-30T08:15:00+07:00", "note": "ngày làm việc"}
    assert [person["name"] for person in state["people"]] == ["Nông Thuý Hạnh", "Phàn Văn Quý"]
    assert state["unread"] == {HEAD: 1}


async def test_a_chat_shows_its_messages_with_their_quotes(office: Office) -> None:
    sent = await office.web.send(HEAD, OutgoingMessage("<b>#12</b>\nđến hạn", ((Button("Đã nhận", "a"),),)))
    await office.say(HEAD, "xong", reply_to=sent.message_id)
    first, second = (await office.http.get(f"/api/chat/{HEAD}")).json()["messages"]
    assert (first["text"], first["bot"]) == ("<b>#12</b>\nđến hạn", True)
    assert first["buttons"] == [[{"label": "Đã nhận", "data": "a", "style": None}]]
    assert second["reply"] == {"id": sent.message_id, "bot": True, "author": None, "text": "#12 đến hạn"}


async def test_a_long_chat_comes_in_pages(office: Office) -> None:
    for n in range(70):
        await office.web.send(HEAD, OutgoingMessage(f"tin {n}"))
    last = (await office.http.get(f"/api/chat/{HEAD}")).json()
    assert (len(last["messages"]), last["more"]) == (60, True)
    rest = (await office.http.get(f"/api/chat/{HEAD}?before={last['messages'][0]['id']}")).json()
    assert ([m["text"] for m in rest["messages"]][-1], rest["more"]) == ("tin 9", False)


async def test_suggestions_are_the_persons_own(office: Office) -> None:
    answer = await office.http.get(f"/api/suggestions/{HEAD}")
    assert answer.json() == {"suggestions": [f"/viec {HEAD}"]}


# Doing


async def test_what_is_said_reaches_the_program(office: Office) -> None:
    form = {"chat": HEAD, "text": " ảnh\r\nhiện trường "}
    files = [("files", ("Ảnh 1.jpg", b"\xff\xd8", "image/jpeg"))]
    said = await office.http.post("/api/say", data=form, files=files, headers=OWN)
    [came] = office.heard
    assert (came.text, came.message_id, came.at) == ("ảnh\nhiện trường", said.json()["id"], office.desk.at)
    assert await office.web.fetch(came.files[0]) == b"\xff\xd8"


async def test_a_press_reaches_the_program(office: Office) -> None:
    sent = await office.web.send(HEAD, OutgoingMessage("#12", ((Button("Đã nhận", "ack:1"),),)))
    ask = {"chat": HEAD, "message": sent.message_id, "data": "ack:1"}
    press = (await office.http.post("/api/press", json=ask, headers=OWN)).json()["press"]
    assert (office.heard[0].button, office.heard[0].press) == ("ack:1", press)


async def test_a_button_that_is_gone_is_refused(office: Office) -> None:
    sent = await office.web.send(HEAD, OutgoingMessage("#12", ((Button("Đã nhận", "ack:1"),),)))
    await office.web.send(HEAD, OutgoingMessage("#12 đã nhận", replaces=sent.message_id))
    ask = {"chat": HEAD, "message": sent.message_id, "data": "ack:1"}
    answer = await office.http.post("/api/press", json=ask, headers=OWN)
    assert (answer.status_code, answer.json()) == (409, {"error": "button_gone"})
    assert office.heard == []


async def test_looking_at_a_chat_reads_it(office: Office) -> None:
    await office.web.send(HEAD, OutgoingMessage("nhắc"))
    answer = await office.http.post("/api/read", json={"chat": HEAD}, headers=OWN)
    assert answer.json() == {"unread": {}}


async def test_the_clock_moves_and_says_where_it_stands(office: Office) -> None:
    answer = await office.http.post("/api/clock", json={"to": "+1h"}, headers=OWN)
    assert answer.json()["now"] == "2024-01-30T09:15:00+07:00"
    assert office.desk.moves == ["+1h"]


async def test_the_sample_notice_is_sent_as_the_person(office: Office) -> None:
    await office.http.post("/api/sample", json={"chat": CLERK}, headers=OWN)
    assert (office.heard[0].chat, office.heard[0].files[0].name) == (CLERK, "TB 21.docx")


@pytest.mark.parametrize(
    ("path", "body", "status", "why"),
    [
        ("/api/clock", {"to": "-1d"}, 400, "unknown_move"),
        ("/api/clock", {"to": 1}, 400, "incomplete"),
        ("/api/clock", ["+1h"], 400, "incomplete"),
        ("/api/press", {"chat": HEAD}, 400, "incomplete"),
        ("/api/read", {"chat": "ai-do"}, 404, "no_chat"),
        ("/api/sample", {"chat": "ai-do"}, 404, "no_chat"),
    ],
)
async def test_odd_requests_are_refused(office: Office, path: str, body: Any, status: int, why: str) -> None:
    answer = await office.http.post(path, json=body, headers=OWN)
    assert (answer.status_code, answer.json()) == (status, {"error": why})
    assert (office.heard, office.desk.moves) == ([], [])


async def test_what_is_no_json_is_refused(office: Office) -> None:
    answer = await office.http.post("/api/clock", content=b"{", headers=OWN)
    assert answer.json() == {"error": "not_json"}


@pytest.mark.parametrize(
    ("chat", "text", "status", "why"),
    [
        (HEAD, "  ", 400, "empty"),
        (HEAD, "ô" * 4097, 400, "too_long"),
        ("ai-do", "chào", 404, "no_chat"),
    ],
)
async def test_odd_words_are_refused(office: Office, chat: str, text: str, status: int, why: str) -> None:
    answer = await office.say(chat, text)
    assert (answer.status_code, answer.json()) == (status, {"error": why})


async def test_an_unknown_chat_has_nothing_to_show(office: Office) -> None:
    for path in ("/api/chat/ai-do", "/api/suggestions/ai-do", "/files/khong-co"):
        assert (await office.http.get(path)).status_code == 404


# Files


async def fetched(office: Office, name: str, mime: str) -> httpx.Response:
    file = OutgoingFile(name, mime, content=b"<script>alert(1)</script>")
    sent = await office.web.send(HEAD, OutgoingMessage("", files=(file,)))
    return await office.http.get(f"/files/{office.web.message(sent.message_id).files[0].id}")


async def test_a_picture_is_shown(office: Office) -> None:
    answer = await fetched(office, "Biểu đồ.png", "image/png")
    assert answer.headers["content-type"] == "image/png"
    assert answer.headers["content-disposition"] == "inline; filename*=UTF-8''Bi%E1%BB%83u%20%C4%91%E1%BB%93.png"


@pytest.mark.parametrize("mime", ["text/html", "image/svg+xml", "application/pdf"])
async def test_anything_else_is_only_ever_saved(office: Office, mime: str) -> None:
    answer = await fetched(office, 'a"\r\nX: 1/../b.html', mime)
    assert answer.headers["content-type"] == "application/octet-stream"
    assert answer.headers["x-content-type-options"] == "nosniff"
    disposition = answer.headers["content-disposition"]
    assert disposition == "attachment; filename*=UTF-8''a%22%0D%0AX%3A%201%2F..%2Fb.html"


# Who may ask


@pytest.mark.parametrize("host", ["xa-muong-vai.example", "127.0.0.1.example:8080", "", "[::1]:8080"])
async def test_a_foreign_name_for_this_machine_is_refused(office: Office, host: str) -> None:
    answer = await office.http.get("/api/state", headers={"Host": host})
    assert (answer.status_code, answer.json()) == (421, {"error": "foreign_host"})


@pytest.mark.parametrize("origin", ["http://xa-muong-vai.example", "null", "http://127.0.0.1:9999", None])
async def test_another_site_cannot_act(office: Office, origin: str | None) -> None:
    headers = {"Origin": origin} if origin else {}
    answer = await office.http.post("/api/say", data={"chat": HEAD, "text": "giả"}, headers=headers)
    assert (answer.status_code, answer.json()) == (403, {"error": "foreign_origin"})
    assert office.heard == []


async def test_an_upload_over_the_limit_is_refused(office: Office) -> None:
    files = [("files", ("to.pdf", b"x" * (MAX_UPLOAD + 70_000), "application/pdf"))]
    answer = await office.http.post("/api/say", data={"chat": HEAD}, files=files, headers=OWN)
    assert (answer.status_code, answer.json()) == (413, {"error": "too_large"})
    assert office.heard == []


async def test_a_body_that_hides_its_length_is_counted(office: Office) -> None:
    async def body() -> AsyncIterator[bytes]:
        for _ in range(22):
            yield b"x" * 1024 * 1024

    answer = await office.http.post("/api/press", content=body(), headers=OWN)
    assert (answer.status_code, answer.json()) == (413, {"error": "too_large"})


# Live


@asynccontextmanager
async def served(web: WebChannel, desk: SmallDesk) -> AsyncIterator[str]:
    server = page_server(page_app(web, desk), port=0)
    running = asyncio.create_task(server.serve())
    await asyncio.wait_for(server.ready.wait(), WITHIN_S)
    try:
        yield server.url
    finally:
        server.should_exit = True
        await asyncio.wait_for(running, WITHIN_S)


class Stream:
    """The events of one visitor."""

    def __init__(self, response: httpx.Response) -> None:
        self.lines = response.aiter_lines()

    async def next(self) -> tuple[str, dict[str, Any]]:
        kind = (await anext(self.lines)).removeprefix("event: ")
        data = json.loads((await anext(self.lines)).removeprefix("data: "))
        await anext(self.lines)
        return kind, data


@pytest.fixture
async def alone() -> AsyncIterator[WebChannel]:
    web = WebChannel(clock=lambda: SmallDesk().at)
    yield web
    web.close()


async def test_a_visitor_hears_what_happens(alone: WebChannel) -> None:
    async with (
        served(alone, SmallDesk()) as url,
        httpx.AsyncClient(base_url=url) as http,
        http.stream("GET", "/api/events") as response,
    ):
        stream = Stream(response)
        assert (await stream.next())[0] == "hello"
        sent = await alone.send(HEAD, OutgoingMessage("#12", ((Button("Đã nhận", "a"),),)))
        kind, news = await stream.next()
        assert (kind, news["unread"], news["messages"][0]["text"]) == ("news", {HEAD: 1}, "#12")
        press = await alone.press(HEAD, sent.message_id, "a", at=SmallDesk().at)
        await alone.toast(press, "Đã ghi nhận")
        news = (await stream.next())[1]
        assert [(toast["press"], toast["text"]) for toast in news["toasts"]] == [(press, "Đã ghi nhận")]
        await alone.typing(HEAD)
        assert (await stream.next())[1]["typing"] == [HEAD]


async def test_the_server_stops_while_visitors_listen(alone: WebChannel) -> None:
    async with httpx.AsyncClient() as http:
        async with served(alone, SmallDesk()) as url:
            request = http.build_request("GET", f"{url}/api/events")
            response = await http.send(request, stream=True)
            stream = Stream(response)
            assert (await stream.next())[0] == "hello"
        assert [line async for line in stream.lines if line.startswith("event: news")] == []
        await response.aclose()
