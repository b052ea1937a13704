"""What is urgent says so on every card, and is told at any hour; the clerk's word counts as much as the stamp."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select

from db.models import Directive, Notice, Transition
from domain.calendar import OFFICE_ZONE
from tests.talk import Talk

STAMPED = """UBND HUYỆN TÙNG LĨNH
Số: 27/TB-UBND
HỎA TỐC
Tùng Lĩnh, ngày 30 tháng 01 năm 2024

THÔNG BÁO
Kết luận của Chủ tịch UBND huyện tại cuộc họp phòng chống rét hại

1. Giao Phòng Nội vụ, phối hợp với UBND xã An Hòa rà soát hộ nghèo cần hỗ trợ trước ngày 12/02/2024.
2. Giao Phòng Tài nguyên và Môi trường kiểm tra các điểm sạt lở trước ngày 14/02/2024.
"""
SATURDAY_NIGHT = datetime(2024, 2, 3, 21, 0, tzinfo=OFFICE_ZONE)
SUNDAY_NIGHT = datetime(2024, 2, 4, 21, 0, tzinfo=OFFICE_ZONE)


async def _draft(talk: Talk, task: str = "Phòng Nội vụ: báo cáo biên chế trước 15/3") -> None:
    await talk.says("van", f"/giaoviec {task}")


async def test_the_stamp_of_a_document_marks_its_tasks(talk: Talk) -> None:
    await talk.says("van", STAMPED)
    talk.hears("van", "HỎA TỐC · Số 27/TB-UBND")
    await talk.presses("van", "Xem từng nhiệm vụ")
    talk.hears("van", "HỎA TỐC Phối hợp với UBND xã An Hòa")
    await talk.presses("van", "Phát hành")
    talk.has_heard("nam", "Nhiệm vụ mới #1", "HỎA TỐC Phối hợp với UBND xã An Hòa")
    talk.has_heard("hoa", "phối hợp thực hiện #1", "HỎA TỐC Phối hợp với UBND xã An Hòa")
    await talk.says("nam", "/viec")
    talk.hears("nam", "#1 HỎA TỐC Phối hợp với UBND xã An Hòa")
    async with talk.app.database.read() as session:
        assert [n.urgency for n in await session.scalars(select(Notice))] == ["express"]
        assert [d.urgency for d in await session.scalars(select(Directive))] == ["express", "express"]


async def test_the_clerk_sets_and_clears_the_degree(talk: Talk) -> None:
    await _draft(talk)
    await talk.presses("van", "Sửa")
    await talk.presses("van", "Độ khẩn")
    talk.hears("van", "Độ khẩn của thẻ #1?", "kể cả ngoài giờ")
    await talk.presses("van", "THƯỢNG KHẨN")
    talk.hears("van", "THƯỢNG KHẨN Báo cáo biên chế")
    await talk.presses("van", "Sửa")
    await talk.presses("van", "Độ khẩn")
    await talk.presses("van", "Không khẩn")
    assert "KHẨN" not in talk.last("van").plain
    async with talk.app.database.read() as session:
        edits = await session.scalars(select(Transition.details).where(Transition.event == "edit"))
        assert [(e["before"], e["after"]) for e in edits] == [(None, "very_urgent"), ("very_urgent", None)]


async def test_the_degree_is_typed_before_the_unit_or_before_the_task(talk: Talk) -> None:
    await _draft(talk, "khẩn: Phòng Nội vụ: báo cáo biên chế trước 15/3")
    talk.hears("van", "KHẨN Báo cáo biên chế", "Chủ trì: Phòng Nội vụ", "14/03/2024")
    await _draft(talk, "Phòng Nội vụ: hỏa tốc: báo cáo thiệt hại trước 15/3")
    talk.hears("van", "HỎA TỐC Báo cáo thiệt hại", "14/03/2024")
    await _draft(talk, "Phòng Nội vụ: khẩn trương rà soát: quỹ đất")
    assert "KHẨN " not in talk.last("van").plain


async def test_the_degree_is_kept_while_the_unit_is_asked(talk: Talk) -> None:
    await _draft(talk, "khẩn: Phòng Tài: lập dự toán")
    await talk.presses("van", "Phòng Tài chính - Kế hoạch")
    talk.hears("van", "KHẨN Lập dự toán")


async def test_what_is_urgent_is_told_on_a_saturday_night(talk: Talk) -> None:
    await talk.until(SATURDAY_NIGHT)
    await _draft(talk, "khẩn: Phòng Nội vụ: báo cáo biên chế trước 15/3")
    await talk.presses("van", "Phát hành")
    talk.hears("nam", "Nhiệm vụ mới #1", "KHẨN Báo cáo biên chế")


async def test_the_next_unit_is_told_on_a_saturday_night_too(talk: Talk) -> None:
    await _draft(talk, "khẩn: Phòng Nội vụ: báo cáo biên chế trước 15/3")
    await talk.presses("van", "Phát hành")
    await talk.until(SATURDAY_NIGHT)
    await talk.says("van", "/status #1")
    await talk.presses("van", "Khác…")
    await talk.presses("van", "Chuyển đơn vị")
    await talk.says("van", "Phòng Tài chính - Kế hoạch")
    talk.has_heard("tai", "Nhiệm vụ mới #1", "KHẨN Báo cáo biên chế")


async def test_reminders_say_that_it_is_urgent(talk: Talk) -> None:
    await _draft(talk, "khẩn: Phòng Nội vụ: báo cáo biên chế trước 15/3")
    await talk.presses("van", "Phát hành")
    await talk.until(datetime(2024, 2, 1, 8, 0, tzinfo=OFFICE_ZONE))
    talk.has_heard("nam", "việc cần chú ý", "#1 KHẨN Báo cáo biên chế")


async def test_what_is_not_urgent_waits_for_the_end_of_the_night(talk: Talk) -> None:
    await talk.until(SUNDAY_NIGHT)
    await _draft(talk)
    await talk.presses("van", "Phát hành")
    assert talk.from_bot("nam") == []
    await talk.until(datetime(2024, 2, 5, 6, 45, tzinfo=OFFICE_ZONE))
    talk.has_heard("nam", "Nhiệm vụ mới #1")


async def test_a_degree_that_no_button_has_is_refused(talk: Talk) -> None:
    await _draft(talk)
    async with talk.app.database.read() as session:
        code = await session.scalar(select(Directive.code))
    await talk.forges("van", f"dug:{code}:most_urgent")
    talk.hears("van", "Nút này đã cũ")
