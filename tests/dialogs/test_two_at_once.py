"""What crosses: words after a decision, a press after a merger, a request beside a quarrel about whose work it is."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import select, text

from db.models import Coordination, Directive, Person, Unit
from services import reorganising
from services.life import By
from tests.talk import Talk

PAPER = [("bien-ban.pdf", b"%PDF-1.4\n%%EOF\n", "application/pdf")]
FINANCE = 4  # the unit's id in tests.people


@pytest.fixture(autouse=True)
async def _given(talk: Talk) -> None:
    await talk.says("van", "/giaoviec Phòng Nội vụ: báo cáo biên chế trước 15/3")
    await talk.presses("van", "Phát hành")


async def ask(talk: Talk, query: str) -> list[tuple[Any, ...]]:
    async with talk.app.database.read() as session:
        return [tuple(row) for row in await session.execute(text(query))]


async def code(talk: Talk) -> str:
    return str((await ask(talk, "SELECT code FROM directives WHERE id = 1"))[0][0])


async def merge(talk: Talk, old: str, into: str) -> None:
    async with talk.app.database.write() as session:
        found = await session.scalars(select(Unit).where(Unit.key.in_([old, into])))
        units = {unit.key: unit for unit in found}
        van = (await session.scalars(select(Person).where(Person.key == "van"))).one()
        by = By(van, talk.clock(), talk.app.office)
        await reorganising.merge(session, list(units.values()), units[into], by)


# --- nothing said is lost ---


async def test_a_forgotten_file_joins_what_waits_for_approval(talk: Talk) -> None:
    await talk.says("nam", "#1 đã xong")
    await talk.presses("nam", "Đúng")
    await talk.says("nam", "#1 xong rồi, gửi kèm biên bản", files=PAPER)
    talk.hears("nam", "#1 đang chờ duyệt: đã ghi thêm lời của anh/chị, kèm 1 tệp.")
    assert await ask(talk, "SELECT count(*) FROM attachments") == [(1,)]
    assert await ask(talk, "SELECT state FROM directives") == [("submitted",)]


async def test_what_cannot_be_asked_now_is_kept_with_its_file(talk: Talk) -> None:
    await talk.says("nam", "#1 xin lùi đến 20/3 vì chờ số liệu")
    await talk.presses("nam", "Đúng")
    await talk.says("nam", "#1 xin lùi đến 25/3 vì chờ thẩm định", files=PAPER)
    talk.hears("nam", "đang có một đề nghị gia hạn chờ trả lời", "Lời của anh/chị đã được ghi")
    assert await ask(talk, "SELECT count(*) FROM attachments") == [(1,)]


async def test_what_another_part_of_the_message_has_kept_is_not_kept_twice(talk: Talk) -> None:
    await talk.says("nam", "#1 xin lùi đến 20/3 vì chờ số liệu")
    await talk.presses("nam", "Đúng")
    await talk.says("nam", "#1 xin lùi đến 25/3 vì chờ thẩm định, đã làm 60%")
    assert await ask(talk, "SELECT percent FROM reports WHERE kind = 'progress'") == [(60,)]


async def test_a_picture_after_the_approval_changes_nothing_that_was_approved(talk: Talk) -> None:
    await talk.says("nam", "#1 đã xong")
    await talk.presses("nam", "Đúng")
    await talk.presses("van", "Duyệt")
    await talk.says("nam", "", files=PAPER)
    assert await ask(talk, "SELECT count(*) FROM attachments") == [(0,)]
    assert "Đã thêm" not in talk.last("nam").text


# --- figures ---


async def test_a_share_taken_back_does_not_bring_back_that_of_another_unit(talk: Talk) -> None:
    await talk.says("nam", "#1 đạt 70%")
    await talk.passes(minutes=2)
    await talk.forges("van", f"mvt:{await code(talk)}:{FINANCE}")
    await talk.says("tai", "#1 đạt 20%")
    await talk.presses("tai", "Sửa")
    await talk.presses("tai", "Bỏ báo cáo này")
    assert await ask(talk, "SELECT percent FROM directives") == [(None,)]


# --- whose turn it is ---


async def test_a_request_is_owed_again_when_the_unit_keeps_the_work(talk: Talk) -> None:
    await talk.says("nam", "#1 xin lùi đến 20/3 vì chờ số liệu")
    await talk.presses("nam", "Đúng")
    asked = await ask(talk, "SELECT waits_since FROM directives")
    await talk.passes(minutes=2)
    await talk.says("nam", "#1 không phải việc của phòng, của Phòng Tài chính")
    await talk.presses("nam", "Đúng")
    await talk.presses("van", "Giữ nguyên")
    await talk.presses("van", "Không nêu lý do")
    assert await ask(talk, "SELECT state FROM extensions") == [("pending",)]
    assert await ask(talk, "SELECT waits_since FROM directives") == asked


async def test_other_words_go_to_the_head_while_the_heads_word_is_awaited(talk: Talk) -> None:
    await talk.forges("van", f"imp:{await code(talk)}:1")
    await talk.says("nam", "#1 đã xong theo báo cáo 12")
    await talk.presses("nam", "Đúng")
    await talk.edits("nam", "#1 đã xong theo báo cáo 12", "#1 đã xong theo báo cáo 13")
    talk.hears("noi", "sửa báo cáo #1", "“đã xong theo báo cáo 13”")
    assert talk.from_bot("phuc") == []
    assert all("báo cáo 13" not in m.text for m in talk.from_bot("van"))


# --- units that were merged meanwhile ---


async def test_what_is_taken_back_after_a_merger_stands_with_the_unit_that_took_over(talk: Talk) -> None:
    await talk.says("nam", "#1 đã xong")
    await talk.presses("nam", "Đúng")
    await talk.presses("van", "Duyệt")
    await merge(talk, "noi-vu", "tai-chinh")
    await talk.presses("van", "Hoàn tác")
    talk.hears("van", "Đã hoàn tác duyệt hoàn thành #1")
    assert await ask(talk, "SELECT state, lead_unit_id FROM directives") == [("submitted", FINANCE)]


async def test_a_part_goes_on_where_its_unit_went_when_work_is_opened_again(talk: Talk) -> None:
    async with talk.app.database.write() as session:
        unit = (await session.scalars(select(Unit).where(Unit.key == "moi-truong"))).one()
        directive = await session.get_one(Directive, 1)
        directive.coordinations = [Coordination(unit_id=unit.id, written=unit.name)]
    await talk.says("nam", "#1 đã xong")
    await talk.presses("nam", "Đúng")
    await talk.presses("van", "Duyệt")
    await merge(talk, "moi-truong", "tai-chinh")
    await talk.forges("van", f"st8:reopen:{await code(talk)}")
    await talk.says("van", "Số liệu chưa khớp")
    talk.has_heard("van", "#1")
    assert await ask(talk, "SELECT state FROM directives") == [("in_progress",)]
    assert await ask(talk, "SELECT unit_id FROM coordinations WHERE removed_at IS NULL") == [(FINANCE,)]


async def test_who_loses_the_work_by_an_undoing_is_told_without_a_button(talk: Talk) -> None:
    await talk.forges("van", f"mvt:{await code(talk)}:{FINANCE}")
    await talk.presses("van", "Hoàn tác")
    assert talk.hears("tai", "đã rút lại chuyển đơn vị").buttons in ([], ())
