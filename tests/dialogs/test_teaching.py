"""Correcting a unit teaches a way to write it: said in one line, applied at once, taken back as easily."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import select

from db.models import Alias, Directive, Transition, Unit
from services import office
from services.audit import first_broken
from tests import people
from tests.talk import Talk

NOTICE = """UBND HUYỆN TÙNG LĨNH
Số: {number}/TB-UBND
Tùng Lĩnh, ngày 30 tháng 01 năm 2024

THÔNG BÁO
Kết luận của Chủ tịch UBND huyện tại cuộc họp giao ban tháng 01

II. Nhiệm vụ
1. Giao Phòng TNMT H kiểm tra các điểm khai thác cát trên địa bàn trước ngày 20/02/2024.
2. Giao Phòng Nội vụ chủ trì, phối hợp với Phòng Tài chính - Kế hoạch rà soát biên chế trước ngày 07/02/2024.
3. Giao Phòng TNMT H lập danh sách các hộ cần di dời khỏi vùng sạt lở trước ngày 25/02/2024.
"""
LEARNED = "Từ nay hiểu “Phòng TNMT H” là Phòng Tài nguyên và Môi trường"
LAND = "Phòng Tài nguyên và Môi trường"


async def rows(talk: Talk, what: Any) -> list[Any]:
    async with talk.app.database.read() as session:
        return list(await session.scalars(select(what).order_by(what.id)))


async def leads(talk: Talk) -> list[str | None]:
    return [d.lead_unit.name if d.lead_unit else None for d in await rows(talk, Directive)]


async def correct(talk: Talk, unit: str = LAND) -> None:
    """The first unclear card is opened, and its unit typed."""
    await talk.presses("van", "Sửa")
    await talk.presses("van", "Đơn vị chủ trì")
    await talk.says("van", unit)


@pytest.fixture
async def taught(talk: Talk) -> Talk:
    """The clerk has said once what "Phòng TNMT H" is."""
    await talk.says("van", NOTICE.format(number=27))
    await talk.presses("van", "Thẻ chưa rõ đơn vị (2)")
    await correct(talk)
    return talk


async def test_a_correction_is_learned_and_applied_to_the_other_drafts(taught: Talk) -> None:
    line = taught.has_heard("van", LEARNED, "đã áp dụng cho 1 thẻ khác của văn bản này")
    assert line.labels == ["Hoàn tác"]
    taught.hears("van", "Thẻ 1/3", f"Chủ trì: {LAND}")
    assert await leads(taught) == [LAND, "Phòng Nội vụ", LAND]
    (alias,) = await rows(taught, Alias)
    assert (alias.written, alias.directive_id, alias.undone_at) == ("Phòng TNMT H", 1, None)
    events = [t.event for t in await rows(taught, Transition)]
    assert events[-3:] == ["edit", "alias_learned", "edit"]


async def test_the_next_notice_is_understood_at_once(taught: Talk) -> None:
    await taught.says("van", NOTICE.format(number=28))
    message = taught.hears("van", "3 nhiệm vụ")
    assert "chưa rõ đơn vị" not in message.plain
    assert (await leads(taught))[3:] == [LAND, "Phòng Nội vụ", LAND]


async def test_undo_takes_it_out_and_asks_the_drafts_again_that_had_it(taught: Talk) -> None:
    await taught.says("van", NOTICE.format(number=28))
    await taught.presses("van", "Hoàn tác")
    taught.has_heard("van", "Đã bỏ cách hiểu “Phòng TNMT H”", "3 thẻ chưa phát hành sẽ được hỏi lại")
    assert await leads(taught) == [LAND, "Phòng Nội vụ", None, None, "Phòng Nội vụ", None], "what was chosen stays"
    (alias,) = await rows(taught, Alias)
    assert alias.undone_at is not None
    assert alias.undone_by == alias.made_by
    assert "alias_undone" in [t.event for t in await rows(taught, Transition)]
    async with taught.app.database.read() as session:
        assert await first_broken(session) is None


async def test_what_is_issued_stays_when_it_is_undone(taught: Talk) -> None:
    await taught.presses("van", "Về bảng tổng hợp")
    await taught.presses("van", "Phát hành tất cả (3)")
    await taught.presses("van", "Hoàn tác")
    message = taught.has_heard("van", "Đã bỏ cách hiểu “Phòng TNMT H”")
    assert "hỏi lại" not in message.plain
    assert await leads(taught) == [LAND, "Phòng Nội vụ", LAND]


async def test_a_second_press_on_undo_changes_nothing(taught: Talk) -> None:
    line = taught.with_button("van", "Hoàn tác")
    button = line.buttons[0][0].data
    await taught.presses("van", "Hoàn tác")
    await taught.channel.press("van", line.id, button, at=taught.clock(), shown=False)
    await taught.app.settle()
    assert len([t for t in await rows(taught, Transition) if t.event == "alias_undone"]) == 1


async def test_a_change_of_mind_teaches_nothing(talk: Talk) -> None:
    await talk.says("van", NOTICE.format(number=27).replace("Phòng TNMT H", "Phòng Nội vụ"))
    await talk.presses("van", "Xem từng nhiệm vụ")
    await correct(talk, "phong tai chinh ke hoach")
    talk.hears("van", "Chủ trì: Phòng Tài chính - Kế hoạch")
    assert await rows(talk, Alias) == []
    assert not any("Từ nay hiểu" in m.plain for m in talk.from_bot("van"))


@pytest.mark.parametrize(
    "written",
    ["đồng chí Nguyễn Văn Bình", "Phó Chủ tịch phụ trách khối", "các đơn vị có liên quan", "chủ đầu tư", "Bùi Văn Môi"],
)
async def test_what_names_no_one_unit_is_not_learned(talk: Talk, written: str) -> None:
    await talk.says("van", NOTICE.format(number=27))
    async with talk.app.database.write() as session:
        (await session.get_one(Directive, 1)).lead_written = written
    await talk.presses("van", "Thẻ chưa rõ đơn vị (2)")
    await correct(talk)
    talk.hears("van", f"Chủ trì: {LAND}")
    assert await rows(talk, Alias) == []


async def test_an_alias_of_another_unit_is_asked_about(talk: Talk) -> None:
    await talk.says("van", NOTICE.format(number=27).replace("Phòng TNMT H", "Phòng TN&MT"))
    await talk.presses("van", "Xem từng nhiệm vụ")
    await correct(talk, "Phòng Nội vụ")
    question = talk.has_heard("van", f"“Phòng TN&MT” đang được hiểu là {LAND}. Từ nay hiểu là Phòng Nội vụ?")
    assert await rows(talk, Alias) == []
    await talk.presses("van", "Ghi nhớ tên gọi này", under=question)
    talk.has_heard("van", "Từ nay hiểu “Phòng TN&MT” là Phòng Nội vụ; đã áp dụng cho 1 thẻ khác")
    assert await leads(talk) == ["Phòng Nội vụ"] * 3


async def test_another_alias_of_the_same_words_takes_the_place_of_the_first(taught: Talk) -> None:
    await correct(taught, "Phòng Tài chính - Kế hoạch")
    await taught.presses("van", "Ghi nhớ tên gọi này")
    first, second = await rows(taught, Alias)
    assert (first.undone_at is not None, second.undone_at) == (True, None)
    assert await leads(taught) == ["Phòng Tài chính - Kế hoạch", "Phòng Nội vụ", "Phòng Tài chính - Kế hoạch"]


HELPED = (
    NOTICE.format(number=29)
    .replace("Phòng TNMT H", "Phòng Nội vụ")
    .replace("Phòng Tài chính - Kế hoạch", "Phòng TNMT H")
)


async def test_a_coordinating_unit_is_corrected_by_its_button(talk: Talk) -> None:
    await talk.says("van", HELPED)
    await talk.presses("van", "Xem từng nhiệm vụ")
    await talk.presses("van", "Sau ›")
    talk.hears("van", "Chưa có trong danh bạ: “Phòng TNMT H”")
    await talk.presses("van", "Sửa")
    await talk.presses("van", "Đơn vị phối hợp")
    await talk.presses("van", "“Phòng TNMT H” là…")
    talk.hears("van", "“Phòng TNMT H” phối hợp thực hiện #2 là đơn vị nào?")
    await talk.says("van", "phong tai nguyen va moi truong")
    talk.has_heard("van", LEARNED)
    message = talk.hears("van", f"Phối hợp: {LAND}")
    assert "Chưa có trong danh bạ" not in message.plain


async def test_a_coordinating_unit_typed_in_place_of_an_unknown_one_is_its_name(talk: Talk) -> None:
    await talk.says("van", HELPED)
    await talk.presses("van", "Xem từng nhiệm vụ")
    await talk.presses("van", "Sau ›")
    await talk.presses("van", "Sửa")
    await talk.presses("van", "Đơn vị phối hợp")
    await talk.says("van", LAND)
    talk.has_heard("van", LEARNED)
    talk.hears("van", f"Phối hợp: {LAND}")


# --- /donvi ---


async def test_the_units_are_listed_with_their_names_and_opened(taught: Talk) -> None:
    await taught.says("van", "/donvi")
    message = taught.hears("van", "Các đơn vị · 7 đơn vị", "3. Phòng Nội vụ · 2 người đã kết nối", "chưa ai kết nối")
    assert "Phòng TN&MT; Phòng TNMT H (học được)" in message.plain
    await taught.presses("van", "5")
    taught.hears("van", LAND, "theo danh bạ: Phòng TN&MT", "“Phòng TNMT H” · học được, Đỗ Thị Vân, 31/01/2024")
    await taught.presses("van", "Hoàn tác “Phòng TNMT H”")
    assert "Phòng TNMT H" not in taught.has_heard("van", LAND, "theo danh bạ").plain
    taught.hears("van", "1 thẻ chưa phát hành sẽ được hỏi lại")


async def test_many_units_are_paged_in_place(talk: Talk) -> None:
    async with talk.app.database.write() as session:
        session.add_all(Unit(key=f"xa-{n}", name=f"UBND xã Số {n}", kind="commune", place=10 + n) for n in range(12))
    await talk.says("van", "/donvi")
    first = talk.hears("van", "19 đơn vị · trang 1/3", "8. UBND xã Số 0")
    await talk.presses("van", "Sau ›")
    second = talk.hears("van", "trang 2/3", "9. UBND xã Số 1")
    assert second.id == first.id


async def test_one_unit_is_opened_by_a_part_of_its_name(talk: Talk) -> None:
    await talk.says("lam", "/donvi tài nguyên")
    message = talk.hears("lam", LAND, "1 người đã kết nối")
    assert message.labels == ["Danh sách đơn vị"], "a leader looks only"
    await talk.says("lam", "/donvi phòng")
    talk.hears("lam", "có thể là đơn vị nào")
    await talk.says("lam", "/donvi zzz")
    talk.hears("lam", "Không tìm thấy “zzz”")


async def test_units_are_not_for_officers(talk: Talk) -> None:
    await talk.says("nam", "/donvi")
    talk.hears("nam", "do Văn phòng quản lý")


async def test_a_name_is_added_by_hand(talk: Talk) -> None:
    await talk.says("an", "/donvi tài nguyên")
    await talk.presses("an", "Thêm tên gọi")
    await talk.says("an", "các đơn vị")
    talk.hears("an", "không phải tên riêng của một đơn vị")
    await talk.says("an", "Phòng Nội vụ")
    talk.hears("an", "đã là tên của Phòng Nội vụ")
    await talk.says("an", "Phòng TNMT H")
    talk.has_heard("an", LEARNED)
    talk.hears("an", LAND, "“Phòng TNMT H” · học được, Tạ Văn An")
    await talk.says("van", NOTICE.format(number=27))
    assert await leads(talk) == [LAND, "Phòng Nội vụ", LAND]


async def test_a_name_of_another_unit_added_by_hand_is_asked_about(talk: Talk) -> None:
    await talk.says("van", "/donvi nội vụ")
    await talk.presses("van", "Thêm tên gọi")
    await talk.says("van", "Phòng TN&MT")
    talk.hears("van", f"“Phòng TN&MT” đang được hiểu là {LAND}. Từ nay hiểu là Phòng Nội vụ?")
    await talk.presses("van", "Ghi nhớ tên gọi này")
    talk.hears("van", "Phòng Nội vụ", "“Phòng TN&MT” · học được")


# --- the organisation file again ---


async def import_again(talk: Talk, units: tuple[office.UnitLine, ...]) -> office.Imported:
    async with talk.app.database.write() as session:
        return await office.import_org(session, units, people.PEOPLE, talk.clock())


async def test_an_import_keeps_what_was_learned(taught: Talk) -> None:
    assert (await import_again(taught, people.UNITS)).gave_way == ()
    await taught.says("van", NOTICE.format(number=28))
    assert (await leads(taught))[3] == LAND


@pytest.mark.parametrize("name", ["name", "alias"])
async def test_an_alias_that_becomes_another_units_name_gives_way(taught: Talk, name: str) -> None:
    new = (
        office.UnitLine("tnmt-h", "Phòng TNMT H", "department", "huyen")
        if name == "name"
        else office.UnitLine("tnmt-h", "Phòng Thủy nông", "department", "huyen", None, ("Phòng TNMT H",))
    )
    done = await import_again(taught, (*people.UNITS, new))
    assert done.gave_way == (("Phòng TNMT H", new.name),)
    (alias,) = await rows(taught, Alias)
    assert alias.undone_at is not None
    assert alias.undone_by is None
    await taught.says("van", NOTICE.format(number=28))
    assert (await leads(taught))[3] == new.name
