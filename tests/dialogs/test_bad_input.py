"""What cannot be done is said in one sentence, with what to do; nothing is lost, and of a secret nothing is kept."""

from __future__ import annotations

import asyncio
import io
import json
import logging
import sqlite3
import unicodedata
import zipfile
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select, text

from channels.base import ChannelError
from db.models import Attachment, Directive, Inbox, Notice, Outbox, Transition
from handlers import in_hand
from handlers.routing import BUTTONS
from tests.talk import Talk

SECRET = (
    "TUYỆT MẬT\nUBND HUYỆN TÙNG LĨNH\nKẾ HOẠCH\n" + "1. Giao Phòng Nội vụ rà soát hồ sơ trước ngày 07/02/2024.\n" * 6
)


async def _refused_file(talk: Talk, name: str, content: bytes) -> str:
    said = await talk.says("van", "", files=[(name, content, "application/octet-stream")])
    assert len(said) == 1
    return said[0].plain


async def test_a_damaged_word_file(talk: Talk) -> None:
    assert "bị hỏng" in await _refused_file(talk, "a.docx", b"PK\x03\x04 not really")


async def test_a_renamed_program(talk: Talk) -> None:
    said = await _refused_file(talk, "a.docx", b"MZ\x90\x00" + b"\x00" * 200)
    assert "Chỉ đọc được tệp .docx" in said


async def test_an_empty_pdf_and_a_moving_picture(talk: Talk) -> None:
    assert "vui lòng" in await _refused_file(talk, "a.pdf", b"%PDF-1.4\n%%EOF")
    assert "Chỉ đọc được" in await _refused_file(talk, "anh.gif", b"GIF89a" + b"\x00" * 64)


async def test_a_zip_bomb(talk: Talk) -> None:
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", b"0" * 300_000_000)
    said = await _refused_file(talk, "a.docx", bomb.getvalue())
    assert "lớn hơn" in said or "bị hỏng" in said


async def test_too_large_is_said_before_it_is_fetched(talk: Talk) -> None:
    talk.channel.capabilities = type(talk.channel.capabilities)(max_download=1024 * 1024)
    assert "lớn hơn 1 MB" in await _refused_file(talk, "a.pdf", b"%PDF" + b"0" * 2_000_000)


@pytest.mark.parametrize(
    "words",
    [SECRET, unicodedata.normalize("NFD", SECRET), SECRET.replace("TUYỆT MẬT", "M Ậ T"), "**TỐI MẬT**" + SECRET[9:]],
)
async def test_of_a_secret_nothing_is_kept(talk: Talk, words: str, data_folder: Path) -> None:
    said = await talk.says("van", words)
    assert "không nhận và không lưu lại gì" in said[0].plain
    await _holds_nothing(talk, data_folder, "rà soát hồ sơ")


async def test_of_a_secret_file_nothing_is_kept_either(talk: Talk, data_folder: Path) -> None:
    said = await talk.says("van", "", files=[("ke-hoach.txt", SECRET.encode(), "text/plain")])
    assert "TUYỆT MẬT" in said[0].plain
    await _holds_nothing(talk, data_folder, "rà soát hồ sơ")
    await talk.says("van", "/giaoviec Phòng Nội vụ: việc khác")
    await talk.presses("van", "Phát hành")
    await talk.says("nam", "#1 xong", files=[("minh-chung.txt", SECRET.encode(), "text/plain")])
    talk.hears("nam", "không nhận và không lưu lại gì")
    await _holds_nothing(talk, data_folder, "rà soát hồ sơ")


async def test_of_a_secret_nothing_is_kept_once_a_backup_is_over_and_nobody_hears_of_trouble(
    talk: Talk, data_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("db.engine.SCRUB_PATIENCE_S", 0.01)
    with closing(sqlite3.connect(data_folder / "dondoc.sqlite", isolation_level=None)) as backup:
        backup.execute("BEGIN")
        backup.execute("SELECT count(*) FROM inbox").fetchone()
        said = await talk.says("van", SECRET)
        assert ["không nhận và không lưu lại gì" in message.plain for message in said] == [True]
    await talk.says("van", "/viec")
    await _holds_nothing(talk, data_folder, "rà soát hồ sơ")


def _nfd(words: str) -> str:
    return unicodedata.normalize("NFD", words)


async def _holds_nothing(talk: Talk, folder: Path, words: str) -> None:
    async with talk.app.database.read() as session:
        assert list(await session.scalars(select(Notice))) == []
        assert list(await session.scalars(select(Attachment))) == []
        kept = [row.message for row in await session.scalars(select(Inbox))]
        refused = list(await session.scalars(select(Transition).where(Transition.event == "secret_refused")))
    assert all(words not in str(message) for message in kept)
    assert not any(m["files"] for m in kept)
    assert refused
    assert not [p for p in (folder / "files").rglob("*") if p.is_file()]
    spellings = [words.encode(), *(json.dumps(form(words))[1:-1].encode() for form in (str, _nfd))]
    for part in ("dondoc.sqlite", "dondoc.sqlite-wal"):  # the web chat's own history is the platform's, not ours
        trace = await asyncio.to_thread((folder / part).read_bytes)
        assert not [s for s in spellings if s in trace], part


async def test_a_secret_in_a_command_is_refused_too(talk: Talk) -> None:
    await talk.says("van", "/giaoviec Phòng Nội vụ: TUYỆT MẬT\nrà soát hồ sơ")
    talk.hears("van", "không nhận và không lưu lại gì")
    await talk.says("van", "/giaoviec", files=[("TUYỆT MẬT.txt", b"x", "text/plain")])
    talk.hears("van", "không nhận và không lưu lại gì")
    async with talk.app.database.read() as session:
        kept = [row.message for row in await session.scalars(select(Inbox))]
    assert [(m["text"], m["files"]) for m in kept] == [("", []), ("", [])]


async def test_words_like_secret_are_no_mark(talk: Talk) -> None:
    await talk.says("van", "/giaoviec Phòng Nội vụ: tăng cường bảo mật thông tin, thống kê mật độ dân số")
    talk.hears("van", "Tăng cường bảo mật")


async def test_when_a_handler_fails_the_person_gets_a_reference_and_the_message_is_worked_on_later(
    talk: Talk, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    async def broken(turn: Any) -> None:
        raise RuntimeError("boom")

    from handlers import routing

    monkeypatch.setitem(routing.COMMANDS, "viec", broken)
    with caplog.at_level(logging.ERROR):
        await talk.says("nam", "/viec")
    message = talk.hears("nam", "gặp trục trặc", "không cần gửi lại")
    reference = message.plain.rsplit(" ", 1)[1]
    assert [r.reference for r in caplog.records if getattr(r, "action", "") == "inbox_failed"] == [reference]
    await talk.says("nam", "/trogiup")
    talk.hears("nam", "Việc cần làm")
    monkeypatch.setitem(routing.COMMANDS, "viec", in_hand.my_work)
    await talk.passes(minutes=1)
    talk.hears("nam", "Phòng Nội vụ: 0 việc")


async def test_what_goes_wrong_after_the_answer_takes_nothing_back(
    talk: Talk, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    async def broken(press: str, text: str) -> None:
        raise ChannelError("boom", permanent=True)

    await talk.says("van", "/giaoviec Phòng Nội vụ: việc khác")
    monkeypatch.setattr(talk.channel, "toast", broken)
    with caplog.at_level(logging.ERROR):
        await talk.presses("van", "Phát hành")
    assert [m.plain for m in talk.from_bot("van") if "trục trặc" in m.plain or "chưa xử lý" in m.plain] == []
    async with talk.app.database.read() as session:
        assert set(await session.scalars(select(Inbox.state))) == {"done"}
    assert [r.action for r in caplog.records if hasattr(r, "action")] == ["inbox_failed"]


async def test_a_poisoned_message_ends_as_a_dead_letter_and_others_go_on(
    talk: Talk, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def broken(turn: Any) -> None:
        raise RuntimeError("boom")

    from handlers import routing

    monkeypatch.setitem(routing.COMMANDS, "viec", broken)
    await talk.says("nam", "/viec")
    for _ in range(6):
        await talk.passes(minutes=10)
    talk.hears("nam", "vẫn chưa xử lý được")
    assert len(talk.from_bot("nam")) == 2
    async with talk.app.database.read() as session:
        (dead,) = await session.scalars(select(Inbox).where(Inbox.state == "dead"))
        assert dead.attempts == 5
    await talk.says("nam", "/trogiup")
    talk.hears("nam", "Việc cần làm")


async def test_a_button_of_another_persons_chat_is_refused(talk: Talk) -> None:
    await talk.says("van", "/giaoviec Phòng Nội vụ: báo cáo biên chế trước 15/3")
    await talk.presses("van", "Phát hành")
    data = next(b.data for row in talk.last("nam").buttons for b in row if b.label == "Đã nhận")
    mine = await _any_message(talk, "hoa")
    await talk.channel.press("hoa", mine, data, at=talk.clock(), shown=False)
    await talk.app.settle()
    talk.hears("hoa", "Việc này không còn")
    async with talk.app.database.read() as session:
        assert (await session.scalar(text("SELECT state FROM directives"))) == "issued"


async def test_a_forged_or_stale_button_changes_nothing(talk: Talk) -> None:
    mine = await _any_message(talk, "nam")
    for data in ("ok:xxxxxxxxxxxx", "nope:1", "ack:'; DROP TABLE directives;--", "d", "vl:x", "as:done"):
        await talk.channel.press("nam", mine, data, at=talk.clock(), shown=False)
        await talk.app.settle()
    async with talk.app.database.read() as session:
        rows = list(await session.scalars(select(Outbox)))
        left = [i.message["button"] for i in await session.scalars(select(Inbox).where(Inbox.state != "done"))]
    assert rows
    assert left == []


async def _any_message(talk: Talk, who: str) -> str:
    await talk.says(who, "/trogiup")
    return talk.last(who).id


async def test_nobody_finds_another_units_directive(talk: Talk) -> None:
    await talk.says("van", "/giaoviec Phòng Nội vụ: báo cáo biên chế trước 15/3")
    await talk.presses("van", "Phát hành")
    for who in ("hoa", "tai"):
        await talk.says(who, "#1 đã xong")
        talk.hears(who, "Không có việc #1 trong phạm vi")
        await talk.says(who, "/status #1")
        assert "Báo cáo biên chế" not in talk.last(who).plain


async def test_no_button_however_forged_makes_the_program_stumble(talk: Talk) -> None:
    await talk.says("van", "/giaoviec Phòng Nội vụ: rà soát biên chế trước 15/3")
    await talk.presses("van", "Phát hành")
    async with talk.app.database.read() as session:
        code = await session.scalar(select(Directive.code))
    huge = "9" * 20
    rests = (":x:y:z", f":{code}:{huge}", f":{huge}:{huge}")
    await talk.forges("nam", *(f"{action}{rest}" for action in sorted(BUTTONS) for rest in rests))
    async with talk.app.database.read() as session:
        failed = await session.scalars(select(Inbox.message).where(Inbox.error.is_not(None)))
        assert [message["button"] for message in failed] == []
