"""What is added while a decision is awaited: who decides hears of it once, and the history has it."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from db.models import Report, Transition
from tests.talk import Talk


@pytest.fixture(autouse=True)
async def _given(talk: Talk) -> None:
    await talk.says("van", "/giaoviec Phòng Nội vụ: báo cáo biên chế trước 15/3")
    await talk.presses("van", "Phát hành")
    await talk.says("nam", "#1 đã xong", files=[("bao-cao.pdf", b"%PDF-1.4 a", "application/pdf")])
    await talk.presses("nam", "Đúng")


def notes(talk: Talk, who: str) -> list[str]:
    return [m.plain for m in talk.from_bot(who) if "bổ sung báo cáo hoàn thành #1" in m.plain]


async def test_words_and_files_that_come_later_are_one_message_to_who_decides(talk: Talk) -> None:
    talk.has_heard("phuc", "Phòng Nội vụ báo hoàn thành #1")
    await talk.says("nam", "", files=[("phu-luc.pdf", b"%PDF-1.4 b", "application/pdf")])
    talk.hears("nam", "Đã thêm 1 tệp vào báo cáo #1")
    await talk.says("nam", "#1 đã ký thêm phụ lục 2")
    assert notes(talk, "phuc") == [], "what comes in the next two minutes goes along"
    await talk.passes(minutes=3)
    for who in ("phuc", "van"):
        assert len(notes(talk, who)) == 1
        note = talk.has_heard(who, "“đã ký thêm phụ lục 2”", "minh chứng thêm: phu-luc.pdf", "Phạm Văn Nam")
        assert {"Duyệt", "Trả lại"} <= set(note.labels)
    assert notes(talk, "nam") == []


async def test_what_is_decided_meanwhile_needs_no_note(talk: Talk) -> None:
    await talk.says("nam", "#1 đã ký thêm phụ lục 2")
    await talk.presses("phuc", "Duyệt")
    await talk.passes(minutes=3)
    assert notes(talk, "phuc") == notes(talk, "van") == []


async def test_files_that_join_a_report_have_a_row_of_their_own_in_the_history(talk: Talk) -> None:
    await talk.says("nam", "", files=[("phu-luc.pdf", b"%PDF-1.4 b", "application/pdf")])
    async with talk.app.database.read() as session:
        row = (await session.scalars(select(Transition).where(Transition.event == "files_joined"))).one()
    assert row.details["files"] == ["phu-luc.pdf"]
    await talk.says("van", "/status #1")
    await talk.presses("van", "Lịch sử")
    talk.hears("van", "Bổ sung minh chứng", "phu-luc.pdf")


async def test_a_request_that_still_waits_tells_all_of_it_itself(talk: Talk) -> None:
    await talk.presses("phuc", "Trả lại")
    await talk.says("phuc", "thiếu phụ lục")
    await talk.until(talk.now.replace(hour=22))
    await talk.says("nam", "#1 đã xong, đã thêm phụ lục")
    await talk.presses("nam", "Đúng")
    await talk.says("nam", "#1 đã ký thêm phụ lục 2")
    await talk.passes(hours=12)
    assert notes(talk, "phuc") == []
    talk.has_heard("phuc", "Phòng Nội vụ báo hoàn thành #1", "“đã xong, đã thêm phụ lục / đã ký thêm phụ lục 2”")


async def test_what_several_add_is_signed_by_each_of_them(talk: Talk) -> None:
    await talk.says("noi", "#1 bổ sung danh sách kèm theo")
    await talk.says("nam", "#1 đã ký thêm phụ lục 2")
    await talk.passes(minutes=3)
    talk.has_heard("phuc", "“bổ sung danh sách kèm theo / đã ký thêm phụ lục 2”", "Trần Văn Nội, Phạm Văn Nam")


async def test_a_difficulty_that_was_told_by_itself_is_not_told_again(talk: Talk) -> None:
    await talk.says("noi", "#1 bổ sung danh sách kèm theo")
    await talk.says("nam", "#1 chưa có vốn đợt 2")
    talk.hears("phuc", "Phòng Nội vụ báo vướng mắc ở #1", "Vướng mắc: chưa có vốn đợt 2")
    await talk.passes(minutes=3)
    note = talk.has_heard("phuc", "bổ sung báo cáo hoàn thành #1", "“bổ sung danh sách kèm theo”")
    assert "chưa có vốn" not in note.plain


async def test_what_was_taken_back_meanwhile_is_not_told(talk: Talk) -> None:
    await talk.says("nam", "#1 đã ký thêm phụ lục 2")
    await talk.presses("nam", "Bỏ báo cáo này")
    await talk.passes(minutes=3)
    assert notes(talk, "phuc") == []


async def test_what_was_told_already_is_taken_back_with_a_word(talk: Talk) -> None:
    await talk.says("nam", "#1 đã ký thêm phụ lục 2")
    await talk.passes(minutes=3)
    await talk.presses("nam", "Bỏ báo cáo này")
    for who in ("phuc", "van"):
        talk.hears(who, "Phòng Nội vụ rút lại nội dung bổ sung của #1", "“đã ký thêm phụ lục 2”")
    await talk.presses("phuc", "Duyệt")
    talk.hears("nam", "#1 đã được duyệt")


async def test_what_is_added_may_be_meant_as_a_difficulty(talk: Talk) -> None:
    await talk.says("nam", "#1 đã ký thêm phụ lục 2")
    await talk.presses("nam", "Gặp vướng mắc")
    talk.hears("phuc", "Phòng Nội vụ báo vướng mắc ở #1")
    await talk.passes(minutes=3)
    assert notes(talk, "phuc") == []


async def test_what_was_handed_in_is_not_taken_back_so(talk: Talk) -> None:
    await talk.says("nam", "", files=[("phu-luc.pdf", b"%PDF-1.4 b", "application/pdf")])
    async with talk.app.database.read() as session:
        code = (await session.scalars(select(Report.code))).one()
    await talk.forges("nam", f"as:x:{code}")
    talk.hears("nam", "đang chờ duyệt")
