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


# --- edited ---


async def test_an_edited_addition_is_a_new_version_and_the_old_one_stays(talk: Talk) -> None:
    await talk.says("nam", "#1 đã ký thêm phụ lục 2")
    await talk.edits("nam", "#1 đã ký thêm phụ lục 2", "#1 đã ký thêm phụ lục 3")
    assert all("không được ghi" not in m.plain for m in talk.new("nam"))
    await talk.passes(minutes=3)
    note = talk.has_heard("phuc", "bổ sung báo cáo hoàn thành #1", "“đã ký thêm phụ lục 3”")
    assert "phụ lục 2" not in note.plain
    async with talk.app.database.read() as session:
        rows = (await session.scalars(select(Report).order_by(Report.id))).all()
    assert [(r.text, r.withdrawn_at is not None, r.replaces_id) for r in rows[1:]] == [
        ("đã ký thêm phụ lục 2", True, None),
        ("đã ký thêm phụ lục 3", False, 2),
    ]


async def test_who_has_read_the_addition_is_told_that_it_was_changed(talk: Talk) -> None:
    await talk.says("nam", "#1 đã ký thêm phụ lục 2", files=[("phu-luc.pdf", b"%PDF-1.4 b", "application/pdf")])
    await talk.passes(minutes=3)
    await talk.edits("nam", "#1 đã ký thêm phụ lục 2", "#1 đã ký thêm phụ lục 3")
    await talk.passes(minutes=3)
    for who in ("phuc", "van"):
        note = talk.hears(who, "Phòng Nội vụ sửa nội dung bổ sung của #1", "“đã ký thêm phụ lục 3”", "phu-luc.pdf")
        assert "phụ lục 2”" not in note.plain
        assert {"Duyệt", "Trả lại"} <= set(note.labels)
        assert not [m for m in talk.from_bot(who) if "rút lại" in m.plain]


async def test_an_addition_edited_to_another_number_is_taken_back_here(talk: Talk) -> None:
    await talk.says("van", "/giaoviec Phòng Nội vụ: tuyển dụng viên chức trước 20/3")
    await talk.presses("van", "Phát hành")
    await talk.says("nam", "#1 đã họp với các xã")
    await talk.passes(minutes=3)
    await talk.edits("nam", "#1 đã họp với các xã", "#2 đã họp với các xã")
    talk.hears("nam", "Bản sửa không nói về #1 nữa")
    talk.hears("phuc", "Phòng Nội vụ rút lại nội dung bổ sung của #1", "“đã họp với các xã”")


async def test_an_addition_edited_after_the_approval_changes_nothing_and_says_so(talk: Talk) -> None:
    await talk.says("nam", "#1 đã ký thêm phụ lục 2")
    await talk.presses("phuc", "Duyệt")
    await talk.edits("nam", "#1 đã ký thêm phụ lục 2", "#1 đã ký thêm phụ lục 3")
    talk.hears("nam", "#1: báo cáo trước đã được giải quyết, bản sửa không được ghi")


async def test_a_difficulty_added_and_edited_away_is_told(talk: Talk) -> None:
    await talk.says("nam", "#1 chưa có vốn đợt 2")
    talk.hears("phuc", "Phòng Nội vụ báo vướng mắc ở #1")
    await talk.edits("nam", "#1 chưa có vốn đợt 2", "#1 đã có vốn đợt 2")
    talk.has_heard("phuc", "Phòng Nội vụ sửa báo cáo #1", "Vướng mắc đã báo trước không còn")


async def test_the_caption_of_added_pictures_may_come_last(talk: Talk) -> None:
    await talk.passes(minutes=10)
    await talk.sends_album("nam", "", "", "ảnh nghiệm thu đợt 2")
    await talk.passes(minutes=3)
    talk.has_heard("phuc", "bổ sung báo cáo hoàn thành #1", "“ảnh nghiệm thu đợt 2”", "anh-1.png, anh-2.png, anh-3.png")
