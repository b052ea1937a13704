"""What leaders are shown: totals, lists, units, one directive."""

from __future__ import annotations

import re
from datetime import date

import pytest
from sqlalchemy import select

from channels.base import Capabilities, visible
from db import Session
from db.models import Outbox
from domain.errors import NoSuchDirective, NoSuchThing, NotAllowed
from domain.lifecycle import State
from handlers import status
from tests.dialogs.leaders import NOW, OFFICE, TODAY, PhoneOf, PlainRoom, extension
from tests.figures_office import Cast, at, days, give, record, retell


async def test_the_chairman_sees_everything_on_one_screen(busy: None, phone_of: PhoneOf) -> None:
    text = await phone_of("hoa").says("/status")
    assert text == "\n".join(
        [
            "Toàn cơ quan · đến 05/02/2024",
            "10 nhiệm vụ: 2 đã hoàn thành, 8 chưa hoàn thành",
            "",
            "Hoàn thành",
            "Đúng hạn: 1",
            "Quá hạn: 1",
            "",
            "Chưa hoàn thành",
            "Trong hạn: 4 (sắp đến hạn trong 3 ngày: 1)",
            "Quá hạn: 3",
            "Không hạn: 1",
            "Chưa xác nhận đã nhận: 1",
            "Đang vướng mắc: 1",
            "",
            "Tỷ lệ hoàn thành",
            "20,0 % = đã hoàn thành ÷ tổng số nhiệm vụ",
            "40,0 % = đã hoàn thành ÷ (đã hoàn thành + chưa hoàn thành quá hạn)",
            "",
            "Đơn vị cần đôn đốc",
            "1. Phòng Y tế: 1 quá hạn / 2 nhiệm vụ",
            "2. Phòng Quản lý đất đai: 1 quá hạn / 1 nhiệm vụ",
            "3. Phòng Nội vụ: 1 quá hạn / 5 nhiệm vụ",
            "",
            "Chờ quyết định (mở bằng /duyet)",
            "Báo hoàn thành, chờ duyệt: 1",
        ]
    )


# --- lists and the way down ---------------------------------------------------------------------


async def test_a_list_names_unit_text_deadline_and_state(busy: None, phone_of: PhoneOf) -> None:
    phone = phone_of("hoa")
    text = await phone.says("/status quá hạn")
    assert text == "\n".join(
        [
            "Việc quá hạn: 3",
            "Toàn cơ quan",
            "",
            "#9 Phòng Quản lý đất đai: Thu hồi đất",
            "hạn 15/01/2024, quá hạn 21 ngày · đang thực hiện",
            "",
            "#3 Phòng Nội vụ: Rà soát biên chế năm 2024",
            "hạn 26/01/2024, quá hạn 10 ngày · đang thực hiện",
            "",
            "#6 Phòng Y tế: Tổng hợp tiêm chủng",
            "hạn 02/02/2024, quá hạn 3 ngày · đang thực hiện",
            "Vướng: thiếu vắc xin",
        ]
    )
    assert phone.labels == ["#9", "#3", "#6", "Tổng hợp"]


@pytest.mark.parametrize(
    ("words", "first_line"),
    [
        ("qua han", "Việc quá hạn: 3"),
        ("TRỄ HẠN", "Việc quá hạn: 3"),
        ("tuần", "Việc đến hạn trong tuần này: 2"),
        ("tuan nay", "Việc đến hạn trong tuần này: 2"),
        ("sắp đến hạn", "Việc sắp đến hạn: 1"),
        ("cho duyet", "Việc chờ duyệt: 1"),
        ("chưa nhận", "Việc chưa có người nhận: 1"),
        ("vướng mắc", "Việc đang vướng mắc: 1"),
        ("đã xong", "Việc đã hoàn thành: 2"),
        ("chưa xong", "Việc chưa hoàn thành: 8"),
        ("tất cả", "Tất cả nhiệm vụ: 10 · trang 1/2"),
        ("đơn vị", "Toàn cơ quan, theo đơn vị"),
        ("phòng nội vụ", "Phòng Nội vụ · đến 05/02/2024"),
        ("p. y te", "Phòng Y tế · đến 05/02/2024"),
        ("khối kinh tế", "Khối kinh tế · đến 05/02/2024"),
        ("việc quá hạn của phòng y tế", "Việc quá hạn: 1"),
        ("qua han phong tai chinh ke hoach", "Việc quá hạn: 0"),
        ("phong", "Có nhiều đơn vị gần với “phong”; chọn đơn vị cần xem:"),
        ("trời mưa", "Chưa tìm thấy đơn vị hoặc danh sách nào tên “trời mưa”. Có thể gõ:"),
    ],
)
async def test_what_is_typed_is_understood(busy: None, phone_of: PhoneOf, words: str, first_line: str) -> None:
    assert (await phone_of("hoa").says(f"/status {words}")).partition("\n")[0] == first_line


async def test_from_the_totals_down_to_a_directive_and_back_in_place(busy: None, phone_of: PhoneOf) -> None:
    phone = phone_of("hoa")
    await phone.says("/status")
    await phone.presses("Theo đơn vị")
    assert phone.last[0].replaces == "77"
    await phone.presses("Phòng Y tế")
    assert (await phone.presses("Chưa xong")).startswith("Việc chưa hoàn thành: 2\nPhòng Y tế")
    opens = next(b for b in phone.buttons if b.label == "#6")
    assert opens.data.startswith("d:")
    assert (await phone.presses("Tổng hợp")).startswith("Phòng Y tế")
    assert (await phone.presses("Tổng hợp")).startswith("Toàn cơ quan")


async def test_a_directive_comes_with_its_whole_story(session: Session, cast: Cast, phone_of: PhoneOf) -> None:
    directive = await give(session, cast, "nội vụ", TODAY)
    await record(session, directive, "issue", at(date(2024, 1, 2)), cast.people["mai"])
    await record(session, directive, "return", at(date(2024, 1, 9)), cast.people["minh"], reason="thiếu biểu số 2")
    text = await phone_of("hoa").says(f"/status #{directive.id}")
    card, story = text.split("\n---\n")
    assert "Báo cáo biên chế" in card
    assert story.index("Ngô Thị Mai") < story.index("Lê Văn Minh") < story.index("thiếu biểu số 2")


async def test_a_clause_for_many_units_is_one_line_with_a_count(
    session: Session, cast: Cast, phone_of: PhoneOf
) -> None:
    for unit, state in (("nội vụ", State.COMPLETED), ("y tế", State.IN_PROGRESS), ("an bình", State.ISSUED)):
        submitted = TODAY if state is State.COMPLETED else None
        await give(session, cast, unit, TODAY - days(3), state=state, submitted=submitted, clause_id="clause")
    phone = phone_of("hoa")
    text = await phone.says("/status quá hạn")
    assert text.startswith("Việc quá hạn: 2\n")
    assert "2 đơn vị: Báo cáo biên chế\nhạn 02/02/2024, quá hạn 3 ngày · giao chung, 1/3 đơn vị đã xong" in text
    opened = await phone.presses("#2 +1")
    assert ("Phòng Y tế" in opened, "UBND xã An Bình" in opened) == (True, True)
    assert phone.labels[:2] == ["#2", "#3"]


async def test_five_hundred_directives_are_all_reachable_in_small_pages(
    session: Session, cast: Cast, phone_of: PhoneOf
) -> None:
    long = "Khẩn trương rà soát, tổng hợp, báo cáo kết quả thực hiện nhiệm vụ được giao theo quy định. " * 6
    given = [await give(session, cast, "nội vụ", TODAY - days(n % 90 + 1), text=long) for n in range(500)]
    phone = phone_of("hoa")
    await phone.says("/status quá hạn")
    seen: list[str] = []
    while True:
        assert len(visible(phone.last[0].text)) <= Capabilities.max_chars
        seen += [b.data.split(":")[1] for b in phone.buttons if b.data.startswith("d:")]
        if "Sau ›" not in phone.labels:
            break
        await phone.presses("Sau ›")
    assert len(seen) == 500
    assert set(seen) == {d.code for d in given}


async def test_a_page_past_the_end_is_the_last_one(busy: None, phone_of: PhoneOf) -> None:
    assert "#9" in await phone_of("hoa").sends("st:list:overdue:0:99")


# --- who sees what ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("who", "units"),
    [
        ("hoa", {"nội vụ", "y tế", "tài chính", "đất đai", "an bình"}),
        ("mai", {"nội vụ", "y tế", "tài chính", "đất đai", "an bình"}),
        ("minh", {"nội vụ", "y tế", "đất đai"}),
        ("thu", {"tài chính", "đất đai"}),
        ("nam", {"nội vụ"}),
        ("lan", {"y tế"}),
    ],
)
async def test_each_sees_the_own_field_and_nothing_else(
    session: Session, cast: Cast, phone_of: PhoneOf, who: str, units: set[str]
) -> None:
    for unit in ("nội vụ", "y tế", "tài chính", "đất đai", "an bình"):
        await give(session, cast, unit, TODAY - days(1), text=f"Việc riêng của {unit}")
    text = await phone_of(who).says("/status tất cả")
    assert set(re.findall("Việc riêng của (.+)", text)) == units


async def test_an_officer_sees_the_own_units_figures_without_what_waits_for_leaders(
    busy: None, phone_of: PhoneOf
) -> None:
    text = await phone_of("lan").says("/status")
    assert text.startswith("Phòng Y tế · đến 05/02/2024\n2 nhiệm vụ")
    assert "Chờ quyết định" not in text


async def test_who_follows_nothing_is_told_so(busy: None, phone_of: PhoneOf) -> None:
    assert (await phone_of("quản trị").says("/status")).startswith("Chưa có đơn vị nào được phân công")


@pytest.mark.parametrize("data", ["st:unit:{}", "st:list:overdue:{}:1", "st:chart:{}", "st:unit:999"])
async def test_a_button_for_another_field_is_refused(busy: None, cast: Cast, phone_of: PhoneOf, data: str) -> None:
    with pytest.raises(NotAllowed):
        await phone_of("thu").sends(data.format(cast.id("nội vụ")))


async def test_a_unit_of_another_field_is_refused_by_name(busy: None, phone_of: PhoneOf) -> None:
    with pytest.raises(NotAllowed):
        await phone_of("thu").says("/status phòng nội vụ")


async def test_a_directive_of_another_field_is_not_there(busy: None, phone_of: PhoneOf) -> None:
    with pytest.raises(NoSuchDirective):
        await phone_of("thu").says("/status #3")


@pytest.mark.parametrize("data", ["st:nowhere", "st:list:secret:0:1", "st:unit:x", "st:units", "st:"])
async def test_a_forged_button_leads_nowhere(busy: None, phone_of: PhoneOf, data: str) -> None:
    with pytest.raises(NoSuchThing):
        await phone_of("mai").sends(data)


async def test_of_a_clause_a_leader_counts_only_the_own_field(session: Session, cast: Cast, phone_of: PhoneOf) -> None:
    for unit in ("nội vụ", "tài chính", "đất đai"):
        await give(session, cast, unit, TODAY - days(1), clause_id="clause")
    assert "giao chung, 0/2 đơn vị đã xong" in await phone_of("thu").says("/status quá hạn")


async def test_what_waits_for_a_decision_is_counted_in_the_own_field(
    session: Session, cast: Cast, phone_of: PhoneOf
) -> None:
    await give(session, cast, "nội vụ", TODAY, state=State.DECLINED)
    asked = await give(session, cast, "đất đai", TODAY)
    await extension(session, cast, asked)
    await session.flush()
    assert (await phone_of("thu").says("/status")).endswith("Chờ quyết định (mở bằng /duyet)\nXin gia hạn: 1")
    assert "Đề nghị chuyển đơn vị: 1" in await phone_of("minh").says("/status")


async def test_moved_deadlines_do_not_hide_what_was_late_at_first(
    session: Session, cast: Cast, phone_of: PhoneOf
) -> None:
    moved = await give(session, cast, "nội vụ", TODAY + days(9))
    moved.first_last_day = TODAY - days(1)
    await retell(session, moved)
    await extension(session, cast, moved, "granted")
    await session.flush()
    assert "Quá hạn: 0 (tính theo hạn đầu: 1)" in await phone_of("hoa").says("/status")


# --- the picture --------------------------------------------------------------------------------


async def test_a_chart_is_queued_and_drawn_when_it_is_sent(
    session: Session, cast: Cast, busy: None, phone_of: PhoneOf
) -> None:
    phone = phone_of("thu")
    await phone.says("/status")
    await phone.presses("Biểu đồ")
    assert phone.toast == "Đang vẽ biểu đồ…"
    row = await session.scalar(select(Outbox))
    assert row is not None
    assert (row.kind, row.person_id, row.payload, row.priority) == ("chart", cast.people["thu"].id, {"unit": 0}, 0)
    room = PlainRoom()
    message = await status.chart(session, cast.people["thu"], row.payload["unit"], NOW, OFFICE, room)
    assert message is not None
    assert message.files[0].is_photo
    assert room.asked == [("Các đơn vị phụ trách", 2)]


async def test_there_is_no_picture_of_nothing(session: Session, cast: Cast) -> None:
    assert await status.chart(session, cast.people["hoa"], 0, NOW, OFFICE, PlainRoom()) is None
