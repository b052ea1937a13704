"""What figures are counted by is put right with a button: where a notice comes from, of which field a task is."""

from __future__ import annotations

import pytest
from sqlalchemy import select, update

from db.models import Directive, Notice, Transition, Unit
from tests.talk import Talk

NOTICE = """UBND TỈNH HÒA SƠN
Số: 31/TB-UBND
Hòa Sơn, ngày 30 tháng 01 năm 2024

THÔNG BÁO
Kết luận của Chủ tịch UBND tỉnh tại cuộc họp giao ban tháng 01

1. Giao Phòng Nội vụ rà soát biên chế các đơn vị trước ngày 12/02/2024.
2. Giao Phòng Tài nguyên và Môi trường kiểm tra các điểm sạt lở trước ngày 14/02/2024.
"""
FIELDS = {"noi-vu": "Nội vụ", "moi-truong": "Tài nguyên và môi trường"}


@pytest.fixture(autouse=True)
async def _fields(talk: Talk) -> None:
    async with talk.app.database.write() as session:
        for key, field in FIELDS.items():
            await session.execute(update(Unit).where(Unit.key == key).values(field=field))


def labels(talk: Talk, who: str) -> list[str]:
    return [button.label for row in talk.last(who).buttons for button in row]


async def sources(talk: Talk) -> list[str | None]:
    async with talk.app.database.read() as session:
        return list(await session.scalars(select(Directive.source).order_by(Directive.id)))


async def test_the_source_is_said_before_issue(talk: Talk) -> None:
    await talk.says("van", NOTICE)
    assert "Nguồn: Cấp trên giao" in labels(talk, "van"), "another office issued it"
    await talk.presses("van", "Nguồn: Cấp trên giao")
    talk.hears("van", "31/TB-UBND", "nhiệm vụ từ nguồn nào?", "đếm nhiệm vụ theo ba nguồn này")
    assert "đã phát hành" not in talk.last("van").plain, "nothing was issued yet"
    assert "✓ Cấp trên giao" in labels(talk, "van")
    await talk.presses("van", "Chương trình công tác")
    assert "Nguồn: Chương trình công tác" in labels(talk, "van")
    await talk.presses("van", "Phát hành tất cả (2)")
    assert await sources(talk) == ["programme", "programme"]


async def test_the_source_of_an_issued_notice_takes_its_directives_along(talk: Talk) -> None:
    await talk.says("van", NOTICE)
    await talk.presses("van", "Phát hành tất cả (2)")
    assert await sources(talk) == ["above", "above"]
    await talk.says("van", "/vanban")
    await talk.presses("van", "31/TB-UBND")
    await talk.presses("van", "Nguồn: Cấp trên giao")
    talk.hears("van", "2 nhiệm vụ đã phát hành đổi theo, kể từ hôm nay; số liệu các ngày trước giữ nguyên")
    await talk.presses("van", "Cơ quan giao")
    assert await sources(talk) == ["own", "own"]
    await talk.says("van", "/status #1")
    talk.has_heard("van", "Sửa nguồn giao")
    async with talk.app.database.read() as session:
        assert await session.scalar(select(Notice.source)) == "own"


async def test_a_draft_is_given_its_field_and_keeps_it(talk: Talk) -> None:
    await talk.says("van", "/giaoviec Phòng Nội vụ: lập hồ sơ đất trụ sở trước 15/3")
    await talk.presses("van", "Sửa")
    await talk.presses("van", "Lĩnh vực: theo đơn vị chủ trì")
    talk.hears("van", "#1 thuộc lĩnh vực nào?", "Không chọn thì lấy lĩnh vực của đơn vị chủ trì khi phát hành")
    await talk.presses("van", "Tài nguyên và môi trường")
    await talk.presses("van", "Phát hành")
    await talk.says("lam", "/status lĩnh vực")
    talk.hears("lam", "Tài nguyên và môi trường")
    assert "Nội vụ" not in talk.last("lam").plain, "its unit's own field counts nothing"


async def test_a_clause_for_many_takes_its_field_to_each_unit(talk: Talk) -> None:
    await talk.says("van", f"{NOTICE}3. Yêu cầu các cơ quan, đơn vị, địa phương rà soát đất trụ sở trước 15/3/2024.")
    await talk.presses("van", "Xem từng nhiệm vụ")
    await talk.presses("van", "Sau ›")
    await talk.presses("van", "Sau ›")
    await talk.presses("van", "Sửa")
    await talk.presses("van", "Lĩnh vực: theo đơn vị chủ trì")
    await talk.presses("van", "Tài nguyên và môi trường")
    await talk.presses("van", "Phát hành")
    async with talk.app.database.read() as session:
        given = select(Directive.field).where(Directive.clause_id.is_not(None), Directive.issued_at.is_not(None))
        found = list(await session.scalars(given))
    assert len(found) > 2
    assert set(found) == {"Tài nguyên và môi trường"}


async def test_the_field_of_an_issued_directive_is_corrected(talk: Talk) -> None:
    await talk.says("van", "/giaoviec Phòng Nội vụ: lập hồ sơ đất trụ sở trước 15/3")
    await talk.presses("van", "Phát hành")
    await talk.says("van", "/status #1")
    await talk.presses("van", "Khác…")
    await talk.presses("van", "Lĩnh vực: Nội vụ")
    talk.has_heard("van", "từ hôm nay /status và báo cáo đếm nhiệm vụ vào lĩnh vực mới", "các ngày trước giữ nguyên")
    talk.with_button("van", "✓ Nội vụ")
    await talk.presses("van", "Tài nguyên và môi trường")
    async with talk.app.database.read() as session:
        row = await session.scalar(select(Transition.details).where(Transition.event == "field"))
    assert row == {"before": "Nội vụ", "after": "Tài nguyên và môi trường"}
    await talk.presses("van", "Lĩnh vực: Tài nguyên và môi trường")
    await talk.presses("van", "Chưa phân lĩnh vực")
    talk.with_button("van", "Lĩnh vực: chưa phân")


async def test_a_leader_corrects_neither(talk: Talk) -> None:
    await talk.says("van", "/giaoviec Phòng Nội vụ: lập hồ sơ đất trụ sở trước 15/3")
    await talk.presses("van", "Phát hành")
    await talk.says("lam", "/status #1")
    await talk.presses("lam", "Khác…")
    assert not any(label.startswith("Lĩnh vực") for label in labels(talk, "lam"))
    async with talk.app.database.read() as session:
        code = await session.scalar(select(Directive.code))
    await talk.forges("lam", f"fld:{code}", f"flds:{code}:none")
    async with talk.app.database.read() as session:
        assert await session.scalar(select(Directive.field)) == "Nội vụ"
