"""Clauses for many units with exceptions, and clauses that name nobody: asked on the card, answered with one press."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import select

from db.models import Directive, Notice
from notices.model import ALL_UNITS, NO_UNIT, Header, Quote, ReadDirective, ReadNotice
from services import notices, office
from services.life import By
from services.office import UnitLine
from tests import people
from tests.talk import Talk

COMMUNES = tuple(
    UnitLine(f"xa-{n}", f"UBND {name}", "commune", "huyen")
    for n, name in enumerate(["xã An Lâm", "xã Bình Lâm", "thị trấn Khe Sậy", "xã An Lâm Tây"])
)


def clause(text: str, *lead: str, **more: Any) -> ReadDirective:
    return ReadDirective(more.pop("ref", "II.1"), text, Quote(text), lead=lead or (ALL_UNITS,), **more)


async def filed(talk: Talk, *directives: ReadDirective, **more: Any) -> None:
    """A notice that was read so is in the table, and the clerk has its figures before them."""
    async with talk.app.database.write() as session:
        await office.import_org(session, (*people.UNITS, *COMMUNES), people.PEOPLE, talk.clock())
        clerk = await office.person_by_key(session, "van")
        assert clerk
        read = ReadNotice(Header(number="27/TB-UBND"), directives, **more)
        await notices.file_notice(session, read, By(clerk, talk.clock(), talk.app.office))
    await talk.says("van", "/vanban")
    await talk.presses("van", "27/TB-UBND")


async def directives(talk: Talk) -> list[Directive]:
    async with talk.app.database.read() as session:
        return list(await session.scalars(select(Directive).order_by(Directive.id)))


FOREST = "Rà soát diện tích rừng trồng trên địa bàn"


async def test_exceptions_are_left_out_when_a_clause_is_issued(talk: Talk) -> None:
    await filed(talk, clause(FOREST, group="communes", excepted=("An Lâm", "xã Bình Lâm")))
    await talk.presses("van", "Xem từng nhiệm vụ")
    talk.hears("van", "UBND các xã, thị trấn (6 xã, thị trấn, trừ: An Lâm, Bình Lâm)", "Khi phát hành: 4 nhiệm vụ")
    await talk.presses("van", "Phát hành")
    talk.has_heard("van", "Đã phát hành 4 nhiệm vụ cho 4 đơn vị")
    given = [d.lead_unit.name for d in await directives(talk) if d.lead_unit]
    assert given == ["UBND xã An Hòa", "UBND xã Bình Minh", "UBND thị trấn Khe Sậy", "UBND xã An Lâm Tây"]


async def test_an_issued_clause_shows_all_its_units_and_who_has_acknowledged(talk: Talk) -> None:
    await filed(talk, clause(FOREST, group="communes", excepted=("An Lâm",)))
    await talk.presses("van", "Phát hành tất cả (1)")
    await talk.presses("hoa", "Đã nhận")
    await talk.presses("van", "Xem từng nhiệm vụ")
    units = "5 xã, thị trấn: An Hòa, Bình Minh, Bình Lâm, Khe Sậy, An Lâm Tây; 1/5 đã nhận"
    message = talk.has_heard("van", "Thẻ 1/1 · #1 · mục II.1 · đã phát hành", units)
    assert "UBND xã An Hòa" not in message.plain


async def test_an_exception_nobody_knows_is_asked_never_ignored(talk: Talk) -> None:
    await filed(
        talk, clause(FOREST, group="communes", excepted=("Bình Lam", "An Lâm")), clause("Báo cáo", "Phòng Nội vụ")
    )
    talk.hears("van", "Cần xem lại: 1 nhiệm vụ")
    await talk.presses("van", "Phát hành tất cả (1)")
    talk.has_heard("van", "Đã phát hành #2", "Còn 1 thẻ chưa rõ đơn vị")
    await talk.presses("van", "Thẻ chưa rõ đơn vị (1)")
    talk.has_heard("van", "Chưa rõ đơn vị được trừ: “Bình Lam”", "trừ: An Lâm")
    await talk.presses("van", "Phát hành")
    talk.hears("van", "Thẻ #1 trừ “Bình Lam”", "chọn đơn vị được trừ")
    await talk.presses("van", "Trừ UBND xã Bình Lâm")
    talk.has_heard("van", "(6 xã, thị trấn, trừ: Bình Lâm, An Lâm)", "Khi phát hành: 4 nhiệm vụ")
    await talk.presses("van", "Phát hành")
    talk.has_heard("van", "Đã phát hành 4 nhiệm vụ")


async def test_an_exception_may_be_lifted_with_one_press(talk: Talk) -> None:
    await filed(talk, clause(FOREST, group="communes", excepted=("Thôn Đông",)))
    await talk.presses("van", "Xem từng nhiệm vụ")
    await talk.presses("van", "Không trừ “Thôn Đông”")
    talk.hears("van", "(6 xã, thị trấn)", "Khi phát hành: 6 nhiệm vụ")


async def test_the_clerk_edits_the_exceptions(talk: Talk) -> None:
    await filed(talk, clause(FOREST, group="communes"))
    await talk.presses("van", "Xem từng nhiệm vụ")
    await talk.presses("van", "Sửa")
    await talk.presses("van", "Trừ đơn vị")
    await talk.says("van", "An Lâm, khe say; Phòng Nội vụ")
    talk.hears("van", "Chưa rõ “Phòng Nội vụ” là đơn vị nào trong nhóm")
    await talk.says("van", "An Lâm, thị trấn Khe Sậy và Bình Lâm")
    talk.hears("van", "trừ: An Lâm, Khe Sậy, Bình Lâm)", "Khi phát hành: 3 nhiệm vụ")
    await talk.presses("van", "Sửa")
    await talk.presses("van", "Trừ đơn vị")
    await talk.presses("van", "Không trừ đơn vị nào")
    talk.hears("van", "Khi phát hành: 6 nhiệm vụ")


async def test_nothing_is_issued_when_everyone_is_excepted(talk: Talk) -> None:
    await filed(talk, clause(FOREST, group="communes", excepted=("An Lâm",)))
    await talk.presses("van", "Xem từng nhiệm vụ")
    await talk.presses("van", "Sửa")
    await talk.presses("van", "Trừ đơn vị")
    await talk.says("van", "An Lâm; Bình Lâm; Khe Sậy; An Lâm Tây; An Hòa; Bình Minh")
    await talk.presses("van", "Phát hành")
    talk.hears("van", "chưa có đơn vị nào thuộc nhóm này")


@pytest.mark.parametrize(
    ("press", "lead"),
    [
        ("Phòng Nội vụ", "Chủ trì: Phòng Nội vụ"),
        ("Giao tất cả đơn vị", "tất cả cơ quan, đơn vị, địa phương (10 cơ quan"),
    ],
)
async def test_a_clause_for_nobody_is_asked_and_answered_with_one_press(talk: Talk, press: str, lead: str) -> None:
    await filed(
        talk,
        clause("Rà soát biên chế", "Phòng Nội vụ"),
        clause("Nâng cao kỷ luật, kỷ cương", group="all", warnings=(NO_UNIT,)),
        clause("Lập dự toán", "Phòng Tài chính - Kế hoạch"),
    )
    talk.hears("van", "Cần xem lại: 1 nhiệm vụ chưa rõ đơn vị chủ trì")
    await talk.presses("van", "Phát hành tất cả (2)")
    talk.has_heard("van", "Đã phát hành 2 nhiệm vụ", "Còn 1 thẻ chưa rõ đơn vị")
    await talk.presses("van", "Thẻ chưa rõ đơn vị (1)")
    card = talk.has_heard("van", "Chủ trì: văn bản không nêu đơn vị", "Ai chủ trì?")
    assert card.labels[:5] == [
        "Phòng Nội vụ", "Phòng Tài chính - Kế hoạch",
        "Giao tất cả đơn vị", "Giao các phòng, ban", "Giao các xã, thị trấn",
    ]  # fmt: skip
    await talk.presses("van", press)
    talk.has_heard("van", lead)
    await talk.presses("van", "Phát hành")
    talk.has_heard("nam", "kỷ luật, kỷ cương")


async def test_a_clause_for_nobody_is_not_issued_by_itself(talk: Talk) -> None:
    await filed(talk, clause("Nâng cao kỷ luật", group="all", warnings=(NO_UNIT,)))
    assert "Phát hành tất cả" not in str(talk.last("van").labels)
    await talk.presses("van", "Thẻ chưa rõ đơn vị (1)")
    await talk.presses("van", "Phát hành")
    talk.hears("van", "Thẻ #1 chưa rõ đơn vị chủ trì")
    assert [d.state for d in await directives(talk)] == ["draft"]


async def test_a_clause_for_all_in_words_is_not_asked(talk: Talk) -> None:
    await filed(talk, clause("Nâng cao kỷ luật", group="all"))
    talk.hears("van", "1 giao chung")
    await talk.presses("van", "Phát hành tất cả (1)")
    talk.has_heard("van", "Đã phát hành 10 nhiệm vụ cho 10 đơn vị")


async def test_product_and_receiver_stand_on_the_card_and_go_to_the_unit(talk: Talk) -> None:
    report = clause("Lập kế hoạch, báo cáo UBND tỉnh", "Phòng Nội vụ", product="Kế hoạch", receiver="UBND tỉnh")
    await filed(talk, report, clause(FOREST, group="communes", product="báo cáo"))
    await talk.presses("van", "Xem từng nhiệm vụ")
    talk.hears("van", "Sản phẩm: Kế hoạch", "Gửi: UBND tỉnh")
    await talk.presses("van", "Phát hành")
    talk.hears("nam", "Sản phẩm: Kế hoạch", "Gửi: UBND tỉnh")
    await talk.presses("van", "Phát hành")
    talk.hears("hoa", "Sản phẩm: Báo cáo")
    assert {d.product for d in (await directives(talk))[1:]} == {"báo cáo"}


# --- coverage ---

LEFT = ("Đề nghị các đồng chí quan tâm.", "Yêu cầu phối hợp chặt chẽ.")


async def test_coverage_in_full_is_said(talk: Talk) -> None:
    await filed(talk, clause("Báo cáo", "Phòng Nội vụ"), giving=18)
    talk.hears("van", "18/18 câu giao việc đã vào bảng.")


async def test_a_sentence_that_was_left_out_can_be_taken_in(talk: Talk) -> None:
    await filed(talk, clause("Báo cáo", "Phòng Nội vụ"), giving=18, left_out=LEFT)
    talk.hears("van", "16/18 câu giao việc đã vào bảng; 2 câu để lại.")
    await talk.presses("van", "Câu chưa vào bảng (2)")
    await talk.presses("van", "Thêm câu 2")
    talk.hears("van", "Thẻ 2/2", LEFT[1], "Ai chủ trì?")
    await talk.presses("van", "Phòng Nội vụ")
    await talk.presses("van", "Phát hành")
    talk.has_heard("nam", LEFT[1])
    async with talk.app.database.read() as session:
        assert (await session.scalars(select(Notice.left_out))).all() == [[LEFT[0]]]


async def test_the_same_sentence_is_not_taken_in_twice(talk: Talk) -> None:
    await filed(talk, clause("Báo cáo", "Phòng Nội vụ"), giving=2, left_out=LEFT[:1])
    listing = (await talk.presses("van", "Câu chưa vào bảng (1)"))[-1]
    button = listing.buttons[0][0].data
    await talk.presses("van", "Thêm câu 1")
    await talk.channel.press("van", listing.id, button, at=talk.clock(), shown=False)
    await talk.app.settle()
    assert len(await directives(talk)) == 2
