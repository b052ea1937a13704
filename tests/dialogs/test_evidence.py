"""Evidence: what is taken, what is refused and what is then said, and how it is seen again."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from channels.base import visible
from channels.web.store import Message
from db.models import Attachment
from domain.office import FileLimits
from handlers.intake import Porter
from tests.talk import Talk

GIVEN = "/giaoviec Phòng Nội vụ: báo cáo biên chế trước 15/3"
PDF = ("Biên bản.pdf", b"%PDF-1.7 bien ban", "application/pdf")
PHOTO = ("hien-truong.jpg", b"\xff\xd8\xff\xe0 anh", "image/jpeg")
PROGRAM = ("bao-cao.pdf.exe", b"MZ\x90\x00" + bytes(64), "application/octet-stream")
MACROS = ("Biểu 02.xlsm", b"PK\x03\x04", "application/vnd.ms-excel")


@pytest.fixture
async def given(talk: Talk) -> Talk:
    await talk.says("van", GIVEN)
    await talk.presses("van", "Phát hành")
    return talk


async def reports(talk: Talk, *files: tuple[str, bytes, str], words: str = "được 50%") -> list[Message]:
    return await talk.says("nam", words, files=files, reply_to=talk.has_heard("nam", "Nhiệm vụ mới #1"))


def sent(messages: list[Message]) -> list[str]:
    return [f.name for m in messages for f in m.files]


async def test_evidence_is_sent_again_to_who_asks_with_who_sent_it(given: Talk) -> None:
    await reports(given, PDF, PHOTO)
    await given.says("van", "/status #1")
    again = await given.presses("van", "Xem minh chứng")
    assert sent(again) == ["Biên bản.pdf", "hien-truong.jpg"]
    assert visible(again[0].text) == "#1 · Phòng Nội vụ · Phạm Văn Nam, 31/01/2024"
    assert again[1].files[0].mime == "image/jpeg"


async def test_what_the_platform_calls_a_file_is_kept(given: Talk) -> None:
    await reports(given, PDF)
    async with given.app.database.read() as session:
        (kept,) = await session.scalars(select(Attachment))
    assert (kept.channel, kept.name, kept.size) == ("web", "Biên bản.pdf", len(PDF[1]))
    assert kept.file_ref == given.all("nam")[-2].files[0].id


async def test_a_program_is_refused_and_the_rest_counts(given: Talk) -> None:
    said = await reports(given, PDF, PROGRAM)
    assert "Tệp bao-cao.pdf.exe có tên dễ nhầm" in visible(said[0].text)
    assert "Phần còn lại của tin này vẫn được ghi nhận." in said[0].text
    given.hears("nam", "50%")
    await given.says("van", "/status #1")
    assert sent(await given.presses("van", "Xem minh chứng")) == ["Biên bản.pdf"]


async def test_the_words_count_when_no_file_does(given: Talk) -> None:
    await reports(given, MACROS)
    given.has_heard("nam", "Biểu 02.xlsm", "có macro", ".xlsx hoặc .pdf")
    given.hears("nam", "50%")


async def test_a_refused_file_alone_changes_nothing(given: Talk) -> None:
    (said,) = await reports(given, PROGRAM, words="")
    assert "Phần còn lại" not in said.text
    await given.says("van", "/status #1")
    assert not _has(given.last("van"), "Xem minh chứng")


async def test_too_large_a_file_is_said_with_its_limit(given: Talk, monkeypatch: pytest.MonkeyPatch) -> None:
    _limit(given, monkeypatch, FileLimits(most_mb=1))
    await reports(given, ("Video.mp4", b"\x00\x00\x00\x18ftypisom" + bytes(2**20), "video/mp4"))
    given.has_heard("nam", "Tệp Video.mp4 lớn hơn 1 MB")
    given.hears("nam", "50%")


async def test_when_the_store_is_full_the_office_hears_it_once_a_day(
    given: Talk, monkeypatch: pytest.MonkeyPatch
) -> None:
    _limit(given, monkeypatch, FileLimits(quota_mb=0))
    for _ in range(2):
        await reports(given, PDF)
    given.has_heard("nam", "kho tệp của cơ quan đã đầy; Văn phòng đã được báo")
    for who in ("van", "an"):
        assert sum("Kho tệp minh chứng đã đầy" in m.text for m in given.from_bot(who)) == 1


def _limit(talk: Talk, monkeypatch: pytest.MonkeyPatch, limits: FileLimits) -> None:
    porter: Porter = talk.app.router._carrying._porter
    monkeypatch.setattr(porter, "_limits", limits)


async def test_ten_files_at_a_time(given: Talk) -> None:
    many = [(f"{n}.pdf", b"%PDF-" + bytes([n]), "application/pdf") for n in range(1, 13)]
    await reports(given, *many)
    await given.says("van", "/status #1")
    first = await given.presses("van", "Xem minh chứng")
    assert sent(first) == [f"{n}.pdf" for n in range(1, 11)]
    assert "đã gửi tệp 1–10 trong 12 tệp" in visible(first[-1].text)
    assert sent(await given.presses("van", "Sau ›")) == ["11.pdf", "12.pdf"]


def _has(message: Message, label: str) -> bool:
    return any(b.label == label for row in message.buttons for b in row)


async def test_a_file_that_is_nowhere_any_more_is_named(given: Talk) -> None:
    await reports(given, PDF)
    async with given.app.database.write() as session:
        (kept,) = await session.scalars(select(Attachment))
        kept.channel = "telegram"
    given.app.store.path(kept.sha256).unlink()
    await given.says("van", "/status #1")
    await given.presses("van", "Xem minh chứng")
    given.hears("van", "chưa gửi lại được Biên bản.pdf", "báo quản trị khôi phục")


async def test_a_file_lost_from_the_disk_comes_from_the_platform_that_has_it(given: Talk) -> None:
    await reports(given, PDF)
    async with given.app.database.read() as session:
        (kept,) = await session.scalars(select(Attachment))
    given.app.store.path(kept.sha256).unlink()
    await given.says("van", "/status #1")
    (again,) = await given.presses("van", "Xem minh chứng")
    assert given.channel.content(again.files[0].id)[2] == PDF[1]


async def test_who_may_not_see_the_work_does_not_see_its_evidence(given: Talk) -> None:
    await reports(given, PDF)
    await given.says("van", "/status #1")
    card = given.with_button("van", "Xem minh chứng")
    (data,) = [b.data for row in card.buttons for b in row if b.label == "Xem minh chứng"]
    await given.forges("tai", data)
    assert sent(given.from_bot("tai")) == []


async def test_evidence_of_a_report_taken_back_is_not_shown(given: Talk) -> None:
    await reports(given, PDF)
    await given.presses("nam", "Sửa")
    await given.presses("nam", "Bỏ báo cáo này")
    await given.says("van", "/status #1")
    assert not _has(given.last("van"), "Xem minh chứng")
