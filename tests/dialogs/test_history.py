"""A directive's whole story: who, when, what was said, both deadlines, files; and the same as a paper."""

from __future__ import annotations

import io
import re
from typing import Any

from docx import Document

from channels.base import visible
from tests.talk import Talk


async def carried_on(talk: Talk) -> None:
    """A directive that was given, reported on, extended and done."""
    await talk.says("van", "/giaoviec Phòng Nội vụ: rà soát kè bờ Bắc trước 6/2")
    await talk.presses("van", "Phát hành")
    await talk.passes(hours=2)
    await talk.presses("nam", "Đã nhận")
    await talk.says("nam", "#1 được 40%, vướng mặt bằng")
    await talk.passes(days=1)
    await talk.says("nam", "#1 xin gia hạn đến 20/2 vì chờ số liệu của tỉnh")
    await talk.presses("nam", "Đúng")
    await talk.presses("phuc", "Đồng ý")


async def story_of(talk: Talk, who: str) -> str:
    """All pages one after the other."""
    await talk.says(who, "/status #1")
    pages = [visible(talk.last(who).text)]
    while any(b.label == "Sau ›" for row in talk.last(who).buttons for b in row):
        await talk.presses(who, "Sau ›")
        pages.append(visible(talk.last(who).text))
    return "\n".join(pages)


async def test_the_story_is_told_in_order_by_days(talk: Talk) -> None:
    await carried_on(talk)
    story = await story_of(talk, "lam")
    places = [
        story.index(words)
        for words in (
            "Thứ Tư, 31/01/2024",
            "Phát hành · Đỗ Thị Vân, Văn phòng HĐND và UBND huyện",
            "Đã nhận · Phạm Văn Nam, Phòng Nội vụ",
            "Báo cáo 40% · Phạm Văn Nam",
            "được 40%, vướng mặt bằng”",
            "Thứ Năm, 01/02/2024",
            "Xin gia hạn, đến 20/02/2024 · Phạm Văn Nam",
            "Đồng ý gia hạn, đến 20/02/2024 · Lý Thị Phúc",
        )
    ]
    assert places == sorted(places)


async def test_both_deadlines_the_source_and_the_lead_stand_at_the_top(talk: Talk) -> None:
    await carried_on(talk)
    await talk.says("lam", "/status #1")
    talk.hears("lam", "Chủ trì: Phòng Nội vụ", "Thời hạn: 20/02/2024 (hạn đầu 05/02/2024)", "Nguồn: giao trực tiếp")


async def test_who_was_told_is_a_line(talk: Talk) -> None:
    await carried_on(talk)
    assert re.search("08:00 Đã gửi tới · Trần Văn Nội, Phạm Văn Nam, Phòng Nội vụ", await story_of(talk, "lam"))


async def test_reminders_are_summed_up(talk: Talk) -> None:
    await carried_on(talk)
    await talk.until(talk.now.replace(month=2, day=20, hour=12))
    await talk.says("lam", "/status #1")
    shown = visible(talk.hears("lam", "Nhắc việc: đã nhắc").text)
    count = re.search(r"đã nhắc (\d+) lần, lần cuối (?:19|20)/02/2024", shown)
    assert count
    assert int(count[1]) >= 2


async def test_a_report_taken_back_says_so(talk: Talk) -> None:
    await carried_on(talk)
    await talk.says("nam", "#1 được 60%")
    await talk.presses("nam", "Sửa")
    await talk.presses("nam", "Bỏ báo cáo này")
    story = await story_of(talk, "lam")
    assert "Báo cáo 60% (đã rút)" in story
    assert "Báo cáo 40% ·" in story


async def test_the_newest_page_is_one_press_away(talk: Talk) -> None:
    await carried_on(talk)
    for share in range(50, 62):
        await talk.says("nam", f"#1 được {share}%")
    await talk.says("lam", "/status #1")
    first = talk.hears("lam", "trang 1/3")
    (newest,) = await talk.presses("lam", "Mới nhất »")
    assert newest.id == first.id
    assert "Báo cáo 61%" in visible(newest.text)
    (again,) = await talk.presses("lam", "« Đầu")
    assert "trang 1/3" in visible(again.text)


async def test_a_units_former_name_stands_where_it_was_its_name(talk: Talk) -> None:
    await carried_on(talk)
    await rename(talk, "Phòng Nội vụ", "Phòng Nội vụ và Lao động")
    await talk.passes(hours=1)
    await talk.says("nam", "#1 được 70%")
    story = await story_of(talk, "lam")
    assert "Đã nhận · Phạm Văn Nam, Phòng Nội vụ\n" in story
    assert "Báo cáo 70% · Phạm Văn Nam, Phòng Nội vụ và Lao động" in story


async def rename(talk: Talk, old: str, new: str) -> None:
    from sqlalchemy import select

    from db.models import Unit, UnitName

    async with talk.app.database.write() as session:
        unit = await session.scalar(select(Unit).where(Unit.name == old))
        assert unit is not None
        session.add(UnitName(unit_id=unit.id, name=old, until=talk.clock()))
        unit.name = new


async def test_the_story_comes_as_a_paper_for_who_sees_it(talk: Talk) -> None:
    await carried_on(talk)
    await talk.says("lam", "/status #1")
    await talk.presses("lam", "Trích lục (.docx)")
    paper = talk.hears("lam", "#1: trích lục").files[0]
    assert paper.name == "trich-luc-1.docx"
    said = words_of(talk, paper)
    for words in ("vướng mặt bằng", "05/02/2024", "20/02/2024", "Lý Thị Phúc", "Lập trích lục", "Phòng Nội vụ"):
        assert words in said, words
    assert "Lập trích lục · Hoàng Văn Lâm" in await story_of(talk, "phuc")


async def test_nobody_else_gets_the_paper(talk: Talk) -> None:
    await carried_on(talk)
    await talk.says("lam", "/status #1")
    data = next(b.data for row in talk.last("lam").buttons for b in row if b.label == "Trích lục (.docx)")
    await talk.forges("hoa", data)
    assert not any(m.files for m in talk.from_bot("hoa"))
    assert "Lập trích lục" not in await story_of(talk, "phuc")


def words_of(talk: Talk, paper: Any) -> str:
    document = Document(io.BytesIO(talk.channel.content(paper.id)[2]))
    return "\n".join(cell.text for table in document.tables for row in table.rows for cell in row.cells)
