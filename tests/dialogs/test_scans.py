"""A clerk sends a scan or a photo: asked once, looked at only then, and of a secret nothing is kept."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from channels.base import IncomingFile, IncomingMessage, Sender
from db.models import Attachment, Inbox, Notice, Transition
from handlers import attesting
from notices.errors import RecognitionMissing
from notices.model import ReadNotice
from tests.patience import WITHIN_S
from tests.scans import NOTICE, SECOND, file_of, needs_tesseract, page, pdf_of, stamped
from tests.talk import Talk, open_talk

PDF = "application/pdf"


async def rows(talk: Talk, table: type[Any]) -> list[Any]:
    async with talk.app.database.read() as session:
        return list(await session.scalars(select(table)))


def kept_files(folder: Path) -> list[Path]:
    return [p for p in (folder / "files").rglob("*") if p.is_file()]


async def sends(talk: Talk, *files: tuple[str, bytes, str]) -> str:
    (said,) = await talk.says("van", "", files=files)
    assert said.labels == ["Không phải tài liệu mật", "Bỏ"]
    return said.plain


def photo(text: str, name: str = "anh.jpg") -> tuple[str, bytes, str]:
    return (name, file_of(page(text)), "image/jpeg")


async def arrives(talk: Talk, number: int, album: str | None, name: str, content: bytes) -> None:
    """A picture of an album: a message of its own, as Telegram delivers it."""
    message_id = await talk.channel.say("nobody", "", files=[(name, content, "image/jpeg")], at=talk.clock())
    ref = talk.channel.message(message_id).files[0].id
    file = IncomingFile(ref, name, len(content), "image/jpeg")
    came = IncomingMessage(
        "web", f"album-{number}", "van", Sender("van"), talk.clock(), files=(file,), message_id=message_id, album=album
    )
    await talk.app.keep(came)


@needs_tesseract
async def test_a_scan_becomes_a_notice_after_the_clerk_has_attested(talk: Talk, data_folder: Path) -> None:
    content = pdf_of([page(NOTICE), page(SECOND, height=300)])
    assert "bản chụp" in await sends(talk, ("quet.pdf", content, PDF))
    assert kept_files(data_folder) == []
    await talk.presses("van", "Không phải tài liệu mật")
    talk.has_heard("van", "Đang nhận dạng chữ")
    talk.hears("van", "Số 27/TB-UBND, ngày 30/01/2024", "4 nhiệm vụ, 4 có thời hạn", "đối chiếu với bản gốc")
    (notice,) = await rows(talk, Notice)
    assert notice.attested_by == notice.sent_by
    assert [p.read_bytes() for p in kept_files(data_folder)] == [content]
    (row,) = [t for t in await rows(talk, Transition) if t.event == "attested"]
    assert (row.actor_id, row.details) == (notice.sent_by, {"files": 1})


@needs_tesseract
async def test_several_photos_of_one_message_are_one_notice(talk: Talk, data_folder: Path) -> None:
    await sends(talk, photo(NOTICE, "1.jpg"), photo(SECOND, "2.jpg"))
    await talk.presses("van", "Không phải tài liệu mật")
    talk.hears("van", "Số 27/TB-UBND", "4 nhiệm vụ")
    await sends(talk, photo(NOTICE, "1.jpg"), photo(SECOND, "2.jpg"))
    await talk.presses("van", "Không phải tài liệu mật")
    assert len(kept_files(data_folder)) == 1, "the same photos are the same file, and so known again"


@needs_tesseract
@pytest.mark.parametrize("mark", ["MẬT", "TỐI MẬT"])
async def test_a_stamp_seen_in_a_scan_is_refused_and_nothing_kept(talk: Talk, data_folder: Path, mark: str) -> None:
    await sends(talk, ("quet.pdf", pdf_of([stamped(page(NOTICE), mark)]), PDF))
    await talk.presses("van", "Không phải tài liệu mật")
    talk.hears("van", "Trên bản chụp có chữ giống", f"dấu {mark}", "không nhận và không lưu lại gì")
    talk.hears("van", "Nếu đó là chữ khác (ví dụ “MẮT”), vui lòng gửi tệp Word hoặc dán nội dung văn bản vào đây.")
    await _holds_nothing(talk, data_folder, "rà soát hồ sơ", "quet.pdf")
    assert "secret_refused" in [t.event for t in await rows(talk, Transition)]


async def _holds_nothing(talk: Talk, folder: Path, *words: str) -> None:
    assert await rows(talk, Notice) == []
    assert not any(row.message["files"] for row in await rows(talk, Inbox))
    assert kept_files(folder) == []
    for part in ("dondoc.sqlite", "dondoc.sqlite-wal"):  # the web chat's own history is the platform's, not ours
        trace = await asyncio.to_thread((folder / part).read_bytes)
        for word in words:
            assert word.encode() not in trace
            assert json.dumps(word)[1:-1].encode() not in trace


async def test_a_photo_is_not_even_fetched_before(talk: Talk, monkeypatch: pytest.MonkeyPatch) -> None:
    async def fetch(file: IncomingFile) -> bytes:
        raise AssertionError("fetched before anyone has attested")

    monkeypatch.setattr(talk.app.reader, "check_recognition", _fine)
    monkeypatch.setattr(talk.channel, "fetch", fetch)
    assert "ảnh chụp" in await sends(talk, ("anh.jpg", b"\xff\xd8\xff", "image/jpeg"))


async def _fine() -> None:
    return


async def test_what_is_dropped_leaves_no_trace(talk: Talk, data_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(talk.app.reader, "check_recognition", _fine)
    await sends(talk, ("phuong-an-A2.jpg", b"\xff\xd8\xff", "image/jpeg"))
    await talk.presses("van", "Bỏ")
    talk.hears("van", "không lưu lại gì")
    await _holds_nothing(talk, data_folder, "phuong-an-A2")


async def test_where_scans_cannot_be_read_nobody_is_asked(talk: Talk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/nonexistent")
    for name, content in (("anh.jpg", b"\xff\xd8\xff"), ("quet.pdf", pdf_of([page("Giao Phòng Nội vụ", height=100)]))):
        (said,) = await talk.says("van", "", files=[(name, content, "")])
        assert "tesseract-ocr-vie" in said.plain
        assert ".docx" in said.plain
        assert said.labels == []


async def test_a_missing_model_is_named(talk: Talk, monkeypatch: pytest.MonkeyPatch) -> None:
    async def missing() -> None:
        raise RecognitionMissing("vie")

    monkeypatch.setattr(talk.app.reader, "check_recognition", missing)
    (said,) = await talk.says("van", "", files=[("anh.jpg", b"\xff\xd8\xff", "image/jpeg")])
    assert "chưa có tiếng Việt" in said.plain


class Slow:
    """Recognition that ends when it is told to."""

    def __init__(self) -> None:
        self.calls: list[list[str]] = []
        self.begun = asyncio.Event()
        self.end = asyncio.Event()

    async def __call__(self, files: Sequence[tuple[str, bytes]], *, progress: Any) -> ReadNotice:
        self.calls.append([name for name, _ in files])
        self.progress = progress
        self.begun.set()
        await self.end.wait()
        return ReadNotice(scanned=True)


@pytest.fixture
def slow(talk: Talk, monkeypatch: pytest.MonkeyPatch) -> Slow:
    recognise = Slow()
    monkeypatch.setattr(talk.app.reader, "check_recognition", _fine)
    monkeypatch.setattr(talk.app.reader, "recognise", recognise)
    monkeypatch.setattr(attesting, "EVERY_S", 0.02)
    return recognise


async def _started(talk: Talk, slow: Slow) -> asyncio.Task[None]:
    """A scan that is being recognised."""
    await sends(talk, ("anh.jpg", b"\xff\xd8\xff", "image/jpeg"))
    question = talk.with_button("van", "Không phải tài liệu mật")
    await talk.channel.press("van", question.id, "Không phải tài liệu mật", at=talk.clock())
    working = asyncio.create_task(talk.app.router.run())
    await asyncio.wait_for(slow.begun.wait(), WITHIN_S)
    await talk.app.delivery.drain()
    return working


async def _stopped(talk: Talk, working: asyncio.Task[None]) -> None:
    talk.app.router.end()
    await asyncio.wait_for(working, WITHIN_S)
    await talk.app.delivery.drain()


async def _until(condition: Any) -> None:
    async with asyncio.timeout(WITHIN_S):
        while not condition():  # noqa: ASYNC110 - what is waited for has no event
            await asyncio.sleep(0.01)


async def test_the_page_is_shown_in_the_message_with_the_question(talk: Talk, slow: Slow) -> None:
    working = await _started(talk, slow)
    slow.progress(3, 12)
    await _until(lambda: talk.last("van").plain == "Đang nhận dạng trang 3/12…")
    slow.end.set()
    await _until(lambda: talk.last("van").plain == "Đã nhận dạng xong 12 trang.")
    await _until(lambda: not talk.app.router._busy)
    await _stopped(talk, working)
    talk.hears("van", "không giao nhiệm vụ nào")


async def test_nobody_waits_behind_a_scan(talk: Talk, slow: Slow) -> None:
    working = await _started(talk, slow)
    before = len(talk.from_bot("van"))
    await talk.channel.say("van", "/giaoviec Phòng Nội vụ: báo cáo biên chế trước 15/3", at=talk.clock())
    await talk.channel.say("nam", "/viec", at=talk.clock())
    await _until(lambda: not [k for k in talk.app.router._busy if k != ("", "scan")])
    async with asyncio.timeout(WITHIN_S):
        while len(talk.from_bot("van")) == before or not talk.from_bot("nam"):
            await talk.app.delivery.drain()
            await asyncio.sleep(0.01)
    assert "Báo cáo biên chế" in talk.last("van").plain
    slow.end.set()
    await _until(lambda: not talk.app.router._busy)
    await _stopped(talk, working)


async def test_a_scan_under_way_is_taken_up_again_after_a_restart(
    talk: Talk, slow: Slow, data_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    working = await _started(talk, slow)
    await _stopped(talk, working)
    assert [r.state for r in await rows(talk, Inbox)] == ["scan", "done"]
    await talk.app.close()
    again = await open_talk(data_folder, fresh=False)
    slow.end.set()
    monkeypatch.setattr(again.app.reader, "recognise", slow)
    await again.app.settle()
    again.hears("van", "không giao nhiệm vụ nào")
    assert slow.calls == [["anh.jpg"], ["anh.jpg"]]
    await again.close()


async def test_the_question_outlives_a_restart_and_another_conversation(
    talk: Talk, slow: Slow, data_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    slow.end.set()
    await sends(talk, ("anh.jpg", b"\xff\xd8\xff", "image/jpeg"))
    await talk.says("van", "/giaoviec Phòng Nội vụ: báo cáo biên chế trước 15/3")
    await talk.app.close()
    again = await open_talk(data_folder, fresh=False)
    monkeypatch.setattr(again.app.reader, "recognise", slow)
    await again.presses("van", "Không phải tài liệu mật")
    again.hears("van", "không giao nhiệm vụ nào")
    await again.close()


async def test_a_stale_button_gets_a_polite_sentence(talk: Talk, slow: Slow) -> None:
    slow.end.set()
    await sends(talk, ("anh.jpg", b"\xff\xd8\xff", "image/jpeg"))
    old = talk.with_button("van", "Bỏ")
    data = [b.data for row in old.buttons for b in row]
    await talk.presses("van", "Bỏ")
    for one in data:
        await talk.channel.press("van", old.id, one, at=talk.clock(), shown=False)
        await talk.app.settle()
        talk.hears("van", "đã được trả lời rồi")
    assert slow.calls == []


@pytest.mark.parametrize("who", ["nam", "phuc", "an"])
async def test_another_persons_upload_is_nobody_elses_to_attest(talk: Talk, slow: Slow, who: str) -> None:
    slow.end.set()
    await sends(talk, ("anh.jpg", b"\xff\xd8\xff", "image/jpeg"))
    data = talk.last("van").buttons[0][0].data
    await talk.says(who, "/trogiup")
    await talk.channel.press(who, talk.last(who).id, data, at=talk.clock(), shown=False)
    await talk.app.settle()
    assert slow.calls == []
    await talk.presses("van", "Không phải tài liệu mật")
    assert slow.calls == [["anh.jpg"]]


async def test_an_album_in_several_messages_is_asked_about_once(talk: Talk, slow: Slow) -> None:
    slow.end.set()
    talk.catch_up("van")
    for number, name in enumerate(("1.jpg", "2.jpg", "3.jpg")):
        await arrives(talk, number, "album", name, b"\xff\xd8\xff" + name.encode())
        await talk.app.settle()
    assert len(talk.new("van")) == 1
    await talk.presses("van", "Không phải tài liệu mật")
    assert slow.calls == [["1.jpg", "2.jpg", "3.jpg"]]
    assert [r.state for r in await rows(talk, Inbox)].count("asked") == 0


async def test_two_uploads_are_two_questions(talk: Talk, slow: Slow) -> None:
    slow.end.set()
    for number, name in enumerate(("1.jpg", "2.jpg")):
        await arrives(talk, number, None, name, b"\xff\xd8\xff" + name.encode())
        await talk.app.settle()
    first, second = talk.from_bot("van")
    await talk.presses("van", "Bỏ", under=first)
    await talk.presses("van", "Không phải tài liệu mật", under=second)
    assert slow.calls == [["2.jpg"]]


async def test_on_a_channel_without_edits_the_pages_are_not_counted(talk: Talk, slow: Slow) -> None:
    talk.channel.capabilities = type(talk.channel.capabilities)(edits=False)
    working = await _started(talk, slow)
    assert "Đang nhận dạng chữ" in talk.last("van").plain
    slow.progress(3, 12)
    slow.end.set()
    await _until(lambda: not talk.app.router._busy)
    await _stopped(talk, working)
    assert not [m for m in talk.from_bot("van") if "12" in m.plain]
    talk.hears("van", "không giao nhiệm vụ nào")


async def test_an_officers_photo_is_evidence_as_before(talk: Talk) -> None:
    await talk.says("van", "/giaoviec Phòng Nội vụ: báo cáo biên chế trước 15/3")
    await talk.presses("van", "Phát hành")
    await talk.says("nam", "#1 được 60%", files=[("anh.jpg", b"\xff\xd8\xff", "image/jpeg")])
    talk.hears("nam", "đạt 60%")
    assert [a.name for a in await rows(talk, Attachment)] == ["anh.jpg"]


async def test_a_word_file_in_the_same_upload_waits_for_the_answer(talk: Talk, slow: Slow, data_folder: Path) -> None:
    slow.end.set()
    await sends(talk, ("a.txt", NOTICE.encode(), "text/plain"), ("anh.jpg", b"\xff\xd8\xff", "image/jpeg"))
    assert await rows(talk, Notice) == []
    assert kept_files(data_folder) == []
    await talk.presses("van", "Không phải tài liệu mật")
    assert [n.number for n in await rows(talk, Notice)] == ["27/TB-UBND", None]
