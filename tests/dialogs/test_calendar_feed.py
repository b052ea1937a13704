"""A unit's deadlines in its people's calendars: the link in the chat, and what calendars fetch under it."""

from __future__ import annotations

import asyncio
import logging
import re
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from icalendar import Calendar
from sqlalchemy import select

from bot.feeds import FETCHED_A_MINUTE, NOT_FOUND, WRONG_A_MINUTE, FeedPages, listen
from bot.http import Pages, Request
from bot.settings import FeedSettings
from channels.base import visible
from db.models import Feed, Outbox, Transition
from domain.office import Feeds
from handlers import feeds as links
from services import office
from tests import people
from tests.talk import Talk

ADDRESS = "https://dondoc.example.vn"


@pytest.fixture
async def open_feeds(talk: Talk, monkeypatch: pytest.MonkeyPatch) -> Talk:
    """The office has opened the links, and given Phòng Nội vụ two directives, one with an hour."""
    office = replace(talk.app.office, feeds=Feeds(ADDRESS))
    monkeypatch.setattr(talk.app.router._carrying, "_office", office)
    monkeypatch.setattr(talk.app.renderers, "_office", office)
    await talk.says("van", "/giaoviec Phòng Nội vụ: báo cáo biên chế trước ngày 15/3/2024")
    await talk.presses("van", "Phát hành")
    await talk.says("van", "/giaoviec Phòng Nội vụ: họp; bàn về nhân sự, biên chế trước 16h30 ngày 20/2/2024")
    await talk.presses("van", "Phát hành")
    return talk


async def _link(talk: Talk, who: str = "noi") -> str:
    """The path of a new link."""
    await talk.says(who, "/lichhan")
    text = visible((await talk.presses(who, "Tạo đường dẫn"))[-1].text)
    found = re.search(re.escape(ADDRESS) + r"(/lich/[A-Za-z0-9_-]{27}\.ics)", text)
    assert found is not None, text
    return found[1]


# --- in the chat ---


async def test_a_head_makes_a_link_and_takes_it_back(open_feeds: Talk) -> None:
    talk = open_feeds
    await talk.says("noi", "/lichhan")
    talk.hears("noi", "Lịch hạn của Phòng Nội vụ")
    talk.hears("noi", "Ai có đường dẫn cũng đọc được các hạn này mà không cần tài khoản")
    await talk.presses("noi", "Tạo đường dẫn")
    talk.hears("noi", "Đường dẫn chỉ hiện một lần này")
    await talk.says("noi", "/lichhan")
    talk.hears("noi", "1. Trần Văn Nội tạo 31/01/2024; chưa có lịch nào đọc")
    await talk.presses("noi", "Thu hồi 1")
    talk.hears("noi", "Đã thu hồi đường dẫn lịch hạn của Phòng Nội vụ")


async def test_only_the_hash_of_a_link_is_kept_anywhere(open_feeds: Talk, data_folder: Path) -> None:
    path = await _link(open_feeds)
    secret = path.removeprefix("/lich/").removesuffix(".ics")
    async with open_feeds.app.database.read() as session:
        kept = (await session.scalars(select(Feed.secret_hash))).one()
        events = list(await session.scalars(select(Transition.event).where(Transition.event.like("feed%"))))
        rows = list(await session.scalars(select(Outbox).where(Outbox.kind == links.LINK)))
    assert (len(kept), events, len(rows)) == (64, ["feed_made"], 1)
    assert secret.encode() not in _database(data_folder)


def _database(folder: Path) -> bytes:
    """Everything in its files, the log of writes with them."""
    read = b"".join(file.read_bytes() for file in folder.rglob("dondoc.sqlite*") if file.is_file())
    assert b"feed_made" in read
    return read


async def test_an_officer_may_and_another_unit_a_leader_an_administrator_may_not(open_feeds: Talk) -> None:
    talk = open_feeds
    await talk.says("nam", "/lichhan")
    talk.hears("nam", "Lịch hạn của Phòng Nội vụ")
    await talk.says("tai", "/lichhan phòng nội vụ")
    talk.hears("tai", "Lịch hạn do người của đơn vị đó hoặc Văn phòng lấy")
    for who in ("lam", "an"):
        await talk.says(who, "/lichhan phòng nội vụ")
        talk.hears(who, "Lịch hạn do người của đơn vị đó hoặc Văn phòng lấy")


async def test_the_office_names_the_unit(open_feeds: Talk) -> None:
    talk = open_feeds
    await talk.says("van", "/lichhan phòng nội vụ")
    talk.hears("van", "Lịch hạn của Phòng Nội vụ")
    await talk.says("van", "/lichhan trời mưa")
    talk.hears("van", "Cần lịch hạn của đơn vị nào?")


async def test_an_office_that_opens_no_links_gives_the_file(talk: Talk) -> None:
    await talk.says("van", "/giaoviec Phòng Nội vụ: báo cáo biên chế trước ngày 15/3/2024")
    await talk.presses("van", "Phát hành")
    await talk.says("noi", "/lichhan")
    talk.hears("noi", "Cơ quan chưa mở đường dẫn lịch.")
    (sent,) = await talk.presses("noi", "Tải tệp .ics")
    assert "1 hạn" in visible(sent.text)
    (file,) = sent.files
    assert file.name == "lich-han.ics"


async def test_a_link_that_could_not_be_shown_before_a_restart_is_made_anew(
    open_feeds: Talk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(links, "MOST_UNSENT", 0)  # forgotten at once, as by a restart
    talk = open_feeds
    await talk.says("noi", "/lichhan")
    await talk.presses("noi", "Tạo đường dẫn")
    talk.hears("noi", "chưa kịp hiện")


async def test_a_unit_has_no_more_links_than_can_be_looked_after(open_feeds: Talk) -> None:
    for _ in range(10):
        await _link(open_feeds)
    await open_feeds.says("noi", "/lichhan")
    await open_feeds.presses("noi", "Tạo đường dẫn")
    open_feeds.hears("noi", "Đơn vị đã có 10 đường dẫn lịch")


# --- over HTTP ---


@pytest.fixture
async def served(open_feeds: Talk) -> AsyncIterator[Pages]:
    pages = await listen(open_feeds.app, replace(open_feeds.app.settings, feeds=FeedSettings("127.0.0.1:0", ADDRESS)))
    assert pages is not None
    yield pages
    await pages.stop()


async def _get(pages: Pages, path: str, **headers: str) -> tuple[int, dict[str, str], bytes]:
    reader, writer = await asyncio.open_connection("127.0.0.1", pages.port)
    lines = [
        f"GET {path} HTTP/1.1",
        "Host: x",
        *(f"{name.replace('_', '-')}: {value}" for name, value in headers.items()),
    ]
    writer.write("\r\n".join([*lines, "", ""]).encode())
    head, _, body = (await reader.read()).partition(b"\r\n\r\n")
    writer.close()
    await writer.wait_closed()
    first, *rest = head.decode().split("\r\n")
    return int(first.split()[1]), dict(line.split(": ", 1) for line in rest), body


async def test_a_calendar_fetches_the_open_deadlines_of_the_unit(open_feeds: Talk, served: Pages) -> None:
    status, headers, body = await _get(served, await _link(open_feeds))
    assert (status, headers["Content-Type"]) == (200, "text/calendar; charset=utf-8")
    assert headers["Cache-Control"] == "private, max-age=900"
    calendar = Calendar.from_ical(body)
    assert calendar["x-wr-calname"] == "Lịch hạn: Phòng Nội vụ"
    meeting, report = calendar.events
    assert meeting.start.isoformat() == "2024-02-20T16:30:00+07:00"
    assert str(meeting["summary"]).startswith("#2 ")
    assert "họp; bàn về nhân sự, biên chế" in str(meeting["summary"]).lower()
    assert report.start == date(2024, 3, 14)
    assert "Đơn vị chủ trì: Phòng Nội vụ" in str(report["description"])
    assert "Trạng thái: Đã giao, chưa nhận" in str(report["description"])


async def test_what_is_unchanged_is_not_sent_again_and_what_changed_is_newer(open_feeds: Talk, served: Pages) -> None:
    talk, path = open_feeds, await _link(open_feeds)
    _, headers, before = await _get(served, path)
    assert (await _get(served, path, If_None_Match=headers["ETag"]))[::2] == (304, b"")
    await talk.says("nam", "#1 đã nhận")
    status, _, after = await _get(served, path, If_None_Match=headers["ETag"])
    assert status == 200
    then, now = (Calendar.from_ical(each).events[1] for each in (before, after))
    assert then["uid"] == now["uid"]
    assert now["sequence"] > then["sequence"]


async def test_what_is_done_leaves_the_calendar(open_feeds: Talk, served: Pages) -> None:
    talk, path = open_feeds, await _link(open_feeds)
    await talk.says("nam", "#1 đã xong")
    await talk.presses("nam", "Đúng")
    _, _, body = await _get(served, path)
    assert "#1 (chờ duyệt)" in str(Calendar.from_ical(body).events[1]["summary"])
    await talk.presses("van", "Duyệt")
    _, _, body = await _get(served, path)
    assert len(Calendar.from_ical(body).events) == 1


async def test_a_link_ends_with_who_made_it_when_they_leave(open_feeds: Talk, served: Pages) -> None:
    talk, path = open_feeds, await _link(open_feeds, "nam")
    other = await _link(open_feeds, "noi")
    await talk.says("van", "/nhansu Nam")
    await talk.presses("van", "Nghỉ/chuyển công tác")
    await talk.presses("van", "Xác nhận")
    assert [(await _get(served, one))[0] for one in (path, other)] == [404, 200]
    assert await _ended(talk) == 1
    shown = await talk.says("noi", "/lichhan")
    assert "Phạm Văn Nam" not in shown[-1].plain


async def test_a_link_ends_when_who_made_it_moves_to_another_unit(open_feeds: Talk, served: Pages) -> None:
    talk, path = open_feeds, await _link(open_feeds, "nam")
    await talk.says("van", "/nhansu Nam")
    await talk.presses("van", "Chuyển đơn vị")
    await talk.says("van", "Phòng Tài chính - Kế hoạch")
    await talk.presses("van", "Xác nhận")
    assert (await _get(served, path))[0] == 404
    shown = await talk.says("noi", "/lichhan")
    assert "Thu hồi 1" not in shown[-1].labels


async def test_a_lost_phone_takes_the_links_made_with_it_along(open_feeds: Talk, served: Pages) -> None:
    talk, path = open_feeds, await _link(open_feeds, "nam")
    await talk.says("van", "/thuhoi Nam")
    await talk.presses("van", "Xác nhận")
    assert (await _get(served, path))[0] == 404
    assert await _ended(talk) == 1


async def test_a_link_ends_when_a_newer_file_of_the_office_moves_its_maker(open_feeds: Talk, served: Pages) -> None:
    talk, path = open_feeds, await _link(open_feeds, "nam")
    moved = tuple(replace(one, unit="tai-chinh") if one.key == "nam" else one for one in people.PEOPLE)
    async with talk.app.database.write() as session:
        await office.import_org(session, people.UNITS, moved, talk.now)
    assert (await _get(served, path))[0] == 404


async def _ended(talk: Talk) -> int:
    async with talk.app.database.read() as session:
        return len((await session.scalars(select(Transition).where(Transition.event == "feed_revoked"))).all())


async def test_the_office_sees_that_a_link_is_read(open_feeds: Talk, served: Pages) -> None:
    await _get(served, await _link(open_feeds))
    await open_feeds.says("van", "/lichhan phòng nội vụ")
    open_feeds.hears("van", "đọc lần cuối 08:00 31/01/2024")


async def test_a_link_that_was_taken_back_is_as_unknown_as_any_other(open_feeds: Talk, served: Pages) -> None:
    path = await _link(open_feeds)
    await open_feeds.presses("noi", "Thu hồi")
    revoked = await _get(served, path)
    assert revoked[0] == 404
    for other in (f"/lich/{'A' * 27}.ics", "/lich/.ics", "/lich/../dondoc.sqlite", "/", path.removesuffix(".ics")):
        assert await _get(served, other) == revoked


async def test_wrong_links_all_take_the_same_time(open_feeds: Talk) -> None:
    waited: list[float] = []
    ticks = iter(range(1000))

    async def sleep(seconds: float) -> None:
        waited.append(seconds)

    pages = FeedPages(open_feeds.app, monotonic=lambda: next(ticks) * 0.001, sleep=sleep)
    for path in (f"/lich/{'A' * 27}.ics", "/lich/x.ics", "/"):
        assert await pages.answer(Request(path, {})) is NOT_FOUND
    assert len(waited) == 3
    assert max(waited) - min(waited) < 0.0001


async def test_who_guesses_is_soon_not_answered_and_a_right_link_still_is(open_feeds: Talk) -> None:
    async def sleep(seconds: float) -> None: ...

    path = await _link(open_feeds)
    pages = FeedPages(open_feeds.app, monotonic=lambda: 0.0, sleep=sleep)
    wrong = [(await pages.answer(Request(f"/lich/{n:027}.ics", {}))).status for n in range(WRONG_A_MINUTE + 2)]
    assert wrong == [404] * WRONG_A_MINUTE + [429, 429]
    right = [(await pages.answer(Request(path, {}))).status for _ in range(FETCHED_A_MINUTE + 1)]
    assert right == [200] * FETCHED_A_MINUTE + [429]


async def test_no_secret_is_ever_logged(
    open_feeds: Talk, served: Pages, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    path = await _link(open_feeds)
    caplog.clear()
    with caplog.at_level(logging.DEBUG):
        assert (await _get(served, path))[0] == 200
        monkeypatch.setattr("bot.feeds.fetched", None)  # any failure while it is answered
        assert (await _get(served, path))[0] == 500
        await _get(served, path.replace("/lich/", "/lich/x"))
    assert "could not be answered" in caplog.text
    assert path.split("/")[-1].removesuffix(".ics") not in caplog.text


async def test_an_address_that_is_taken_is_a_warning_and_no_end(
    open_feeds: Talk, served: Pages, caplog: pytest.LogCaptureFixture
) -> None:
    taken = FeedSettings(f"127.0.0.1:{served.port}", ADDRESS)
    assert await listen(open_feeds.app, replace(open_feeds.app.settings, feeds=taken)) is None
    assert "going on without them" in caplog.text
    assert await listen(open_feeds.app, open_feeds.app.settings) is None


async def test_a_moved_deadline_moves_in_the_calendar_and_loses_its_hour(open_feeds: Talk, served: Pages) -> None:
    talk, path = open_feeds, await _link(open_feeds)
    await talk.says("nam", "#2 xin gia hạn đến 27/2/2024 vì chờ số liệu")
    await talk.presses("nam", "Đúng")
    await talk.presses("van", "Đồng ý")
    _, _, body = await _get(served, path)
    assert Calendar.from_ical(body).events[0].start == date(2024, 2, 27)
    assert Calendar.from_ical(body).events[0].end - Calendar.from_ical(body).events[0].start == timedelta(days=1)
