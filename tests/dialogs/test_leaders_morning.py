"""A leader's morning: the digest, the overdue unit, a directive, an explanation asked for and answered."""

from __future__ import annotations

from datetime import datetime

from domain.calendar import OFFICE_ZONE
from tests.talk import Talk


def at(day: int, hour: int = 8, minute: int = 0) -> datetime:
    return datetime(2024, 3, day, hour, minute, tzinfo=OFFICE_ZONE)


async def test_from_the_digest_to_the_answer(talk: Talk) -> None:
    for line in ("Phòng Nội vụ: báo cáo biên chế trước 5/3", "UBND xã An Hòa: họp dân trước 20/3"):
        await talk.says("van", f"/giaoviec {line}")
        await talk.presses("van", "Phát hành")
    await talk.presses("nam", "Đã nhận")
    talk.clock.forward_to(at(6))

    await talk.says("phuc", "/bantin")
    talk.has_heard("phuc", "Quá hạn: 1", "Phòng Nội vụ: #1")
    await talk.presses("phuc", "Đôn đốc theo đơn vị")
    talk.hears("phuc", "Đơn vị có việc quá hạn")
    await talk.presses("phuc", "Phòng Nội vụ (1)")
    talk.hears("phuc", "#1", "Báo cáo biên chế", "quá hạn 2 ngày")
    await talk.presses("phuc", "#1")
    card = talk.hears("phuc", "#1 · đang thực hiện · quá hạn 2 ngày")
    assert ["Đôn đốc", "Ghi ý kiến"] in [[b.label for b in row] for row in card.buttons]
    await talk.presses("phuc", "Yêu cầu giải trình", under=card)
    talk.hears("phuc", "Đã yêu cầu Phòng Nội vụ giải trình #1 bằng văn bản")

    request = talk.hears("nam", "Yêu cầu giải trình #1", "Phó Chủ tịch Lý Thị Phúc")
    await talk.says("nam", "Ba xã chưa gửi số liệu; thứ Sáu xong.", reply_to=request)
    answer = talk.hears("phuc", "Phòng Nội vụ giải trình #1", "“Ba xã chưa gửi số liệu; thứ Sáu xong.”")

    await talk.presses("phuc", "#1", under=answer)
    await talk.presses("phuc", "Khác…")
    await talk.presses("phuc", "Giao thêm hạn")
    await talk.says("phuc", "thứ sáu")
    await talk.presses("phuc", "Đúng")
    talk.hears("nam", "#1 được giao thêm hạn đến 08/03/2024")


async def test_a_unit_is_urged_from_the_list_of_units(talk: Talk) -> None:
    await talk.says("van", "/giaoviec Phòng Nội vụ: báo cáo biên chế trước 5/3")
    await talk.presses("van", "Phát hành")
    talk.clock.forward_to(at(6))
    await talk.forges("phuc", "urgl:1")
    await talk.presses("phuc", "Đôn đốc")
    talk.hears("phuc", "Tin sẽ gửi", "Đôn đốc #1")
    await talk.presses("phuc", "Gửi")
    talk.hears("noi", "Đôn đốc #1")
