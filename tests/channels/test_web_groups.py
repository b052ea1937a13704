"""A group on the chat page: who speaks there, whose words are whose, and what is refused."""

from __future__ import annotations

import sqlite3
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest

from channels.base import Button, IncomingMessage, OutgoingMessage
from channels.web.channel import WebChannel
from channels.web.desk import Persona
from channels.web.store import SCHEMA, Store
from tests.channels.test_web_page import CLERK, HEAD, SmallDesk, served

GROUP = "nhom"
POST = OutgoingMessage("<b>#12</b> việc mới", ((Button("Đã nhận", "gack"),),))


class GroupDesk(SmallDesk):
    """The small desk with a group in which the head and a stranger speak; the clerk is not in it."""

    def people(self) -> list[Persona]:
        group = Persona(GROUP, "Nhóm Phòng Kinh tế", "2 thành viên", "", "group", "Nhóm", (HEAD, "nguoi-la"))
        stranger = Persona("nguoi-la", "Người lạ", "", "", "stranger", "Khác")
        return [group, *super().people(), stranger]


@dataclass
class Place:
    """A served page with a group, and what the program heard."""

    web: WebChannel
    http: httpx.AsyncClient
    heard: list[IncomingMessage]

    async def say(self, chat: str, text: str, **form: str) -> httpx.Response:
        return await self.http.post("/api/say", data={"chat": chat, "text": text, **form})

    async def shown(self) -> list[dict[str, object]]:
        found = (await self.http.get(f"/api/chat/{GROUP}")).json()["messages"]
        return list(found)


@pytest.fixture
async def place() -> AsyncIterator[Place]:
    desk, heard = GroupDesk(), list[IncomingMessage]()
    web = WebChannel(clock=desk.now)
    for person in desk.people():
        web.introduce(person.chat, person.name)

    async def keep(came: IncomingMessage) -> None:
        heard.append(came)

    await web.start(keep)
    async with (
        served(web, desk) as url,
        httpx.AsyncClient(base_url=url, headers={"Origin": url}) as http,
    ):
        yield Place(web, http, heard)
    await web.stop()
    web.close()


async def test_the_list_says_who_speaks_in_a_group(place: Place) -> None:
    people = (await place.http.get("/api/state")).json()["people"]
    assert [(one["chat"], one["speakers"]) for one in people[:2]] == [(GROUP, [HEAD, "nguoi-la"]), (CLERK, [])]


async def test_what_is_said_in_a_group_is_its_speakers(place: Place) -> None:
    post = (await place.web.send(GROUP, POST)).message_id
    await place.say(GROUP, "được 60%", by=HEAD, reply_to=post)
    await place.say(GROUP, "tôi cũng vậy", by="nguoi-la")
    first, second = place.heard
    assert (first.chat, first.sender.id, first.sender.name, first.private) == (GROUP, HEAD, "Phàn Văn Quý", False)
    assert (first.reply_to, second.sender.id) == (post, "nguoi-la")


async def test_each_message_of_a_group_names_its_author(place: Place) -> None:
    await place.web.send(GROUP, POST)
    said = (await place.say(GROUP, "được 60%", by=HEAD)).json()["id"]
    await place.say(GROUP, "của anh Quý à?", by="nguoi-la", reply_to=said)
    bot, head, stranger = await place.shown()
    quoted = {"chat": HEAD, "name": "Phàn Văn Quý"}
    assert (bot["author"], head["author"]) == (None, quoted)
    assert stranger["author"] == {"chat": "nguoi-la", "name": "Người lạ"}
    assert stranger["reply"] == {"id": said, "bot": False, "author": quoted, "text": "được 60%"}


async def test_a_button_in_a_group_is_pressed_by_its_speaker(place: Place) -> None:
    post = (await place.web.send(GROUP, POST)).message_id
    ask = {"chat": GROUP, "message": post, "data": "gack", "by": HEAD}
    press = (await place.http.post("/api/press", json=ask)).json()["press"]
    [came] = place.heard
    assert (came.button, came.sender.id, came.private, came.press) == ("gack", HEAD, False, press)


async def test_a_file_may_be_sent_into_a_group(place: Place) -> None:
    await place.http.post("/api/sample", json={"chat": GROUP, "by": HEAD})
    assert (place.heard[0].sender.id, place.heard[0].private) == (HEAD, False)


@pytest.mark.parametrize(
    ("chat", "by"),
    [(GROUP, ""), (GROUP, CLERK), (GROUP, "ai-do"), (HEAD, CLERK), (HEAD, HEAD)],
    ids=["nobody", "not-a-member", "unknown", "in-anothers-chat", "in-ones-own-chat"],
)
async def test_nobody_speaks_where_they_are_not(place: Place, chat: str, by: str) -> None:
    post = (await place.web.send(chat, POST)).message_id
    answers = [
        await place.say(chat, "chào", by=by),
        await place.http.post("/api/press", json={"chat": chat, "message": post, "data": "gack", "by": by}),
        await place.http.post("/api/sample", json={"chat": chat, "by": by}),
    ]
    assert [(a.status_code, a.json()) for a in answers] == [(400, {"error": "no_speaker"})] * 3
    assert place.heard == []


async def test_alone_nobody_has_to_say_who_they_are(place: Place) -> None:
    await place.say(HEAD, "xong", by="")
    assert (place.heard[0].sender.id, place.heard[0].private) == (HEAD, True)
    assert [one["author"] for one in (await place.http.get(f"/api/chat/{HEAD}")).json()["messages"]] == [None]


def test_a_history_of_an_older_version_is_gone_on_with(tmp_path: Path) -> None:
    older = SCHEMA.replace(",\n    author TEXT)", ")")
    assert older != SCHEMA
    with sqlite3.connect(tmp_path / "web.sqlite") as kept:
        kept.executescript(older)
        kept.execute("INSERT INTO chats VALUES (?, '')", (GROUP,))
        kept.execute(
            "INSERT INTO messages (chat, from_bot, text, at, read, version) VALUES (?, 1, 'cũ', ?, 1, 1)",
            (GROUP, SmallDesk().at.isoformat()),
        )
    kept.close()
    store = Store(tmp_path / "web.sqlite")
    store.add(GROUP, "mới", at=SmallDesk().at, from_bot=False, author=HEAD)
    assert [(m.text, m.author) for m in store.messages(GROUP)] == [("cũ", None), ("mới", HEAD)]
    store.close()
