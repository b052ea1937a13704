"""What leaders are shown: totals, lists, units, one directive."""

from __future__ import annotations

import re
from datetime import date

import pytest
from sqlalchemy import select

from channels.base import Capabilities, OutgoingMessage, visible
from db import Session
from db.models import Outbox
from domain.errors import NoSuchDirective, NoSuchThing, NotAllowed
from domain.lifecycle import State
from handlers import status, status_scope
from handlers.rendering import Moment
from tests.dialogs.leaders import NOW, OFFICE, TODAY, PhoneOf, PlainRoom, extension
from tests.figures_office import Cast, at, days, give, record, retell

AT = Moment(NOW, OFFICE, PlainRoom())


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
            "Chờ anh/chị quyết định",
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
    assert phone.labels == ["#9", "#3", "#6", "Đôn đốc", "Tải bảng (Excel)", "CSV", "Tổng hợp"]


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
    assert "Chờ anh/chị" not in text


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
    assert (await phone_of("thu").says("/status")).endswith("Chờ anh/chị quyết định\nXin gia hạn: 1")
    assert "Đề nghị chuyển đơn vị: 1" in await phone_of("minh").says("/status")


async def test_moved_deadlines_do_not_hide_what_was_late_at_first(
    session: Session, cast: Cast, phone_of: PhoneOf
) -> None:
    moved = await give(session, cast, "nội vụ", TODAY + days(9))
    moved.first_last_day = TODAY - days(1)
    await retell(session, moved)
    await extension(session, cast, moved, "granted")
    await session.flush()
    text = await phone_of("hoa").says("/status")
    assert "Trong hạn: 1 (theo hạn ban đầu: 0; sắp đến hạn trong 3 ngày: " in text
    assert "Quá hạn: 0 (theo hạn ban đầu: 1)" in text


# --- the picture --------------------------------------------------------------------------------


async def test_a_chart_is_queued_and_drawn_when_it_is_sent(
    session: Session, cast: Cast, busy: None, phone_of: PhoneOf
) -> None:
    phone = phone_of("thu")
    await phone.says("/status")
    assert await phone.presses("Biểu đồ") == "Các đơn vị phụ trách: cần xem biểu đồ nào?"
    assert phone.labels == ["So sánh đơn vị", "Diễn biến 12 tuần", "Lịch đến hạn", "Tổng hợp"]
    await phone.presses("So sánh đơn vị")
    assert phone.toast == "Đang vẽ biểu đồ…"
    row = await session.scalar(select(Outbox))
    assert row is not None
    assert (row.kind, row.person_id, row.priority) == ("chart", cast.people["thu"].id, 0)
    room = PlainRoom()
    message = await status.chart(session, cast.people["thu"], row.payload, AT, room)
    assert message is not None
    assert message.files[0].is_photo
    assert room.asked == [("Các đơn vị phụ trách", 2)]


async def _picture(session: Session, cast: Cast, who: str, room: PlainRoom, **payload: object) -> OutgoingMessage:
    message = await status.chart(session, cast.people[who], payload, AT, room)
    assert message is not None
    return message


async def test_the_trend_is_of_the_twelve_weeks_up_to_today(
    session: Session, cast: Cast, busy: None, phone_of: PhoneOf
) -> None:
    room = PlainRoom()
    await _picture(session, cast, "hoa", room, scope="0", kind="trend", month="")
    ((weeks, whose, as_of),) = room.drawn
    assert (len(weeks), whose, as_of) == (12, "Toàn cơ quan", TODAY)  # type: ignore[arg-type]


async def test_the_month_shows_what_falls_due_and_leads_to_its_neighbours(
    session: Session, cast: Cast, busy: None, phone_of: PhoneOf
) -> None:
    room = PlainRoom()
    message = await _picture(session, cast, "lan", room, scope=str(cast.id("y tế")), kind="month", month="")
    ((due, month, off, whose, as_of),) = room.drawn
    assert due == {date(2024, 2, 2): 1, date(2024, 2, 20): 1}
    assert (month, whose, as_of) == (date(2024, 2, 1), "Phòng Y tế", TODAY)
    assert {date(2024, 2, 3), date(2024, 2, 12)} <= off  # type: ignore[operator]  # a Saturday, Tết
    assert [b.label for b in message.buttons[0]] == ["‹ Tháng trước", "Tháng sau ›"]
    assert message.buttons[0][1].data.endswith(":240301")


async def test_a_picture_queued_by_the_version_before_is_still_drawn(session: Session, cast: Cast, busy: None) -> None:
    room = PlainRoom()
    await _picture(session, cast, "hoa", room, unit=cast.id("kinh tế"))
    assert room.asked == [("Khối kinh tế", 2)]


async def test_there_is_no_picture_of_nothing_and_none_of_what_one_may_not_see(session: Session, cast: Cast) -> None:
    assert await status.chart(session, cast.people["hoa"], {"scope": "0"}, AT, PlainRoom()) is None
    theirs = {"scope": str(cast.id("nội vụ"))}
    assert await status.chart(session, cast.people["thu"], theirs, AT, PlainRoom()) is None


# --- laid out ---


async def test_the_chairman_reads_the_fields_of_each_leader_and_opens_one(busy: None, phone_of: PhoneOf) -> None:
    phone = phone_of("hoa")
    await phone.says("/status")
    text = await phone.presses("Theo lãnh đạo")
    assert text.startswith("Toàn cơ quan, theo lãnh đạo\n\nLê Văn Minh: 8 nhiệm vụ\n3 quá hạn · 3 đang làm · 2 xong")
    assert phone.last[0].replaces == "77"
    text = await phone.presses("Lê Văn Minh")
    assert text.startswith("Lê Văn Minh · đến 05/02/2024\n8 nhiệm vụ")
    assert (await phone.presses("Quá hạn")).startswith("Việc quá hạn: 3\nLê Văn Minh")
    assert (await phone.presses("Tổng hợp")).startswith("Lê Văn Minh")


async def test_a_deputy_sees_of_another_leader_only_what_both_are_in_charge_of(busy: None, phone_of: PhoneOf) -> None:
    phone = phone_of("thu")
    await phone.says("/status lãnh đạo")
    assert "Lê Văn Minh" in phone.labels
    assert (await phone.presses("Lê Văn Minh")).startswith("Lê Văn Minh · đến 05/02/2024\n1 nhiệm vụ")


async def test_figures_by_field_open_the_field_with_its_lists(session: Session, cast: Cast, phone_of: PhoneOf) -> None:
    for unit, field in (("nội vụ", "Cải cách hành chính"), ("y tế", "Cải cách hành chính"), ("đất đai", None)):
        await give(session, cast, unit, TODAY - days(1), field=field)
    phone = phone_of("hoa")
    text = await phone.says("/status lĩnh vực")
    assert text.index("Cải cách hành chính: 2 nhiệm vụ") < text.index("Chưa phân lĩnh vực: 1 nhiệm vụ")
    await phone.presses("Cải cách hành chính")
    assert (await phone.presses("Quá hạn (2)")).startswith("Việc quá hạn: 2\nCải cách hành chính")
    await phone.says("/status lĩnh vực")
    assert (await phone.presses("Chưa phân")).startswith("Chưa phân lĩnh vực · đến 05/02/2024\n1 nhiệm vụ")


async def test_every_count_of_the_first_screen_has_a_button_to_its_list(busy: None, phone_of: PhoneOf) -> None:
    phone = phone_of("hoa")
    await phone.says("/status")
    counted = {b.label: b.data for b in phone.buttons if b.data.startswith("st:list:") and "(" in b.label}
    assert set(counted) == {
        "Quá hạn (3)", "Sắp đến hạn (1)", "Chờ duyệt (1)", "Vướng mắc (1)", "Chưa nhận (1)", "Chưa xong (8)",
        "Đã xong (2)",
    }  # fmt: skip
    for label, data in counted.items():
        shown = (await phone.sends(data)).partition("\n")[0]
        assert shown.endswith(": " + re.findall(r"\d+", label)[0])


async def test_what_waits_for_the_asker_opens_from_the_first_screen(busy: None, phone_of: PhoneOf) -> None:
    phone = phone_of("thu")
    await phone.says("/status")
    assert phone.buttons[0].data == "wt:1:new"
    assert phone.labels[0].endswith("(1)")


# --- past days and periods ---


@pytest.mark.parametrize(
    ("words", "first_line"),
    [
        ("1/2", "Toàn cơ quan · đến 01/02/2024"),
        ("ngày 25/1/2024", "Toàn cơ quan · đến 25/01/2024"),
        ("hôm qua", "Toàn cơ quan · đến 04/02/2024"),
        ("15/3", "Toàn cơ quan · đến 15/03/2023"),
        ("tháng 1", "Toàn cơ quan · 01/01–31/01/2024"),
        ("thang truoc", "Toàn cơ quan · 01/01–31/01/2024"),
        ("tuần trước", "Toàn cơ quan · 29/01–04/02/2024"),
        ("quý IV/2023", "Toàn cơ quan · 01/10–31/12/2023"),
        ("từ 1/1 đến 15/1", "Toàn cơ quan · 01/01–15/01/2024"),
        ("tháng 1 của phòng y tế", "Phòng Y tế · 01/01–31/01/2024"),
        ("phòng y tế tuần trước", "Phòng Y tế · 29/01–04/02/2024"),
        ("phong y te 1/2", "Phòng Y tế · đến 01/02/2024"),
        ("tháng sau", "Ngày 01/03/2024 chưa tới nên chưa có số liệu. Việc sắp tới xem ở /status tuần hoặc /lich."),
    ],
)
async def test_past_days_are_understood(busy: None, phone_of: PhoneOf, words: str, first_line: str) -> None:
    assert (await phone_of("hoa").says(f"/status {words}")).partition("\n")[0] == first_line


async def test_a_period_stands_beside_the_one_before_it(busy: None, phone_of: PhoneOf) -> None:
    phone = phone_of("hoa")
    text = await phone.says("/status tháng 1")
    assert "Trong ngoặc là kỳ trước, 01/12–31/12/2023." in text
    assert phone.labels == [
        "Việc mới giao (10)", "Việc đã xong (2)", "Mới quá hạn (3)", "Đến hạn trong kỳ, nay quá hạn",
        "Số liệu đến 31/01/2024", "‹ Kỳ trước", "Kỳ sau ›", "Tổng hợp",
    ]  # fmt: skip
    assert (await phone.presses("Việc đã xong")).startswith("Việc xong 01/01–31/01/2024: 2\nToàn cơ quan")
    assert (await phone.presses("Số liệu trong kỳ")).startswith("Toàn cơ quan · 01/01–31/01/2024")
    assert (await phone.presses("Đến hạn trong kỳ")).startswith("Việc quá hạn, hạn rơi vào 01/01–31/01/2024: 2")
    await phone.presses("Số liệu trong kỳ")
    assert (await phone.presses("‹ Kỳ trước")).startswith("Toàn cơ quan · 01/12–31/12/2023")


async def test_the_month_under_way_is_a_press_away_from_the_totals(busy: None, phone_of: PhoneOf) -> None:
    phone = phone_of("hoa")
    await phone.says("/status")
    assert (await phone.presses("Trong tháng")).startswith("Toàn cơ quan · 01/02–29/02/2024")
    assert "Kỳ sau ›" not in phone.labels


async def test_of_a_past_day_nothing_waits_and_the_way_leads_back_to_today(busy: None, phone_of: PhoneOf) -> None:
    phone = phone_of("hoa")
    text = await phone.says("/status 1/2")
    assert "Chờ anh/chị" not in text
    listed = await phone.presses("Theo đơn vị")
    assert listed.startswith("Toàn cơ quan · đến 01/02/2024, theo đơn vị")
    assert (await phone.presses("Phòng Y tế")).startswith("Phòng Y tế · đến 01/02/2024")
    assert (await phone.presses("Tổng hợp")).startswith("Toàn cơ quan · đến 01/02/2024")
    assert (await phone.presses("Hôm nay")).startswith("Toàn cơ quan · đến 05/02/2024")


@pytest.mark.parametrize(
    "data",
    [
        "st:unit:0@240206",
        "st:unit:0@241399",
        "st:unit:l999",
        "st:unit:fabcdef",
        "st:by:x:0:1",
        "st:per:0:240201",
        "st:pl:z:0:240101-240131:1",
        "st:pic:units:0:99",
    ],
)
async def test_no_forged_scope_or_day_leads_anywhere(busy: None, phone_of: PhoneOf, data: str) -> None:
    with pytest.raises(NoSuchThing):
        await phone_of("hoa").sends(data)


async def test_buttons_of_the_version_before_still_work(busy: None, cast: Cast, phone_of: PhoneOf) -> None:
    phone = phone_of("hoa")
    assert (await phone.sends("st:units:1")).startswith("Toàn cơ quan, theo đơn vị")
    assert "cần xem biểu đồ nào?" in await phone.sends(f"st:chart:{cast.id('y tế')}")


async def test_no_button_is_too_long_for_the_platforms(session: Session, cast: Cast, phone_of: PhoneOf) -> None:
    for unit in ("nội vụ", "y tế"):
        await give(session, cast, unit, TODAY - days(9), state=State.ISSUED, clause_id="A" * 12, field="Cải cách")
    phone = phone_of("hoa")
    key = status_scope.field_key("Cải cách")
    await phone.sends(f"st:list:unacknowledged:{key}@240204:1")
    (folded,) = [b for b in phone.buttons if "+1" in b.label]
    assert len(folded.data) <= 62  # two digits more are left for the page
