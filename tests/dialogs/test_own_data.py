"""A person sees, and takes along, what is stored about them; nobody else's."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

from sqlalchemy import select

from db.models import Transition
from tests.talk import Talk


async def worked(talk: Talk) -> None:
    await talk.says("van", "/giaoviec Phòng Nội vụ: báo cáo biên chế trước 15/3")
    await talk.presses("van", "Phát hành")
    await talk.says("nam", "#1 được 40%")
    await talk.says("noi", "#1 chậm vì thiếu số liệu riêng của tôi")


def taken(talk: Talk, who: str) -> dict[str, Any]:
    (file,) = talk.last(who).files
    return dict(json.loads(talk.channel.content(file.id)[2]))


async def test_what_is_stored_at_a_glance(talk: Talk) -> None:
    await worked(talk)
    await talk.says("nam", "/toi")
    shown = talk.hears("nam", "Phạm Văn Nam, Chuyên viên", "Phòng Nội vụ (chuyên viên)", "1 báo cáo", "kết nối từ")
    assert "Người xem được: Văn phòng, quản trị" in shown.text
    assert "dòng nhật ký không xoá được" in shown.text


async def test_all_of_it_as_a_file_and_nobody_elses(talk: Talk) -> None:
    await worked(talk)
    await talk.says("nam", "/toi")
    await talk.presses("nam", "Tải về")
    talk.hears("nam", "Dữ liệu đang lưu về Phạm Văn Nam")
    found = taken(talk, "nam")
    assert found["person"]["name"] == "Phạm Văn Nam"
    assert [row["text"] for row in found["reports"]] == ["được 40%"]
    assert "#1 được 40%" in [row["message"]["text"] for row in found["messages_from"]]
    assert found["acts"]
    assert "thiếu số liệu riêng của tôi" not in json.dumps(
        found["reports"] + found["messages_from"], ensure_ascii=False
    )


async def test_taking_it_is_in_the_audit(talk: Talk) -> None:
    await talk.says("nam", "/toi")
    await talk.presses("nam", "Tải về")
    async with talk.app.database.read() as session:
        rows = await session.scalars(select(Transition).where(Transition.event == "own_data_taken"))
        assert [row.details for row in rows] == [{"person": "nam"}]


async def test_who_was_ended_sees_nothing_of_it(talk: Talk) -> None:
    await talk.says("nam", "/toi")
    await talk.says("van", "/thuhoi nam")
    await talk.presses("van", "Xác nhận")
    talk.catch_up("nam")
    await talk.forges("nam", "tai")
    talk.hears("nam", "liên hệ Văn phòng để nhận mã mời")
    assert not talk.last("nam").files


async def test_reported_figures_are_counted_and_in_the_file(talk: Talk) -> None:
    await talk.says("van", "/giaoviec Phòng Nội vụ: tăng thu ngân sách trước 30/6")
    await talk.presses("van", "Phát hành")
    await talk.says("van", "/status #1")
    await talk.presses("van", "Khác…")
    await talk.presses("van", "Theo dõi số liệu")
    await talk.says("van", "Thu ngân sách, kế hoạch 1.200 tỷ đồng")
    await talk.says("nam", "#1 thu ngân sách 1.284,679 tỷ")
    await talk.says("nam", "/toi")
    talk.hears("nam", "1 báo cáo, 1 số liệu chỉ tiêu")
    await talk.presses("nam", "Tải về")
    (figure,) = taken(talk, "nam")["measurements"]
    assert Decimal(figure["value"]) == Decimal("1284.679")
