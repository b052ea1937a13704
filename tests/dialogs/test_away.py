"""Who is away, who stands in: said in a line or step by step, confirmed, told to those concerned, ended."""

from __future__ import annotations

import json
from datetime import datetime

import pytest
from sqlalchemy import select, update

from channels.base import visible
from db.models import Account, Transition
from domain.calendar import OFFICE_ZONE
from services import accounts, office
from tests.talk import Talk


def labels(message: object) -> list[str]:
    return [b.label for row in message.buttons for b in row]  # type: ignore[attr-defined]


async def set_off(talk: Talk, who: str, line: str) -> None:
    """Enter an absence in one line."""
    await talk.says(who, f"/vangmat {line}")
    await talk.presses(who, "Đúng")


# --- entering it ---


async def test_in_one_line(talk: Talk) -> None:
    await talk.says("nam", "/vangmat từ 5/2 đến 9/2 Trần Văn Nội thay")
    talk.hears("nam", "Anh/chị vắng mặt từ 05/02 (thứ Hai) đến hết 09/02/2024 (thứ Sáu); Trần Văn Nội làm thay.")
    assert talk.from_bot("noi") == [], "nothing has changed before it is confirmed"
    await talk.presses("nam", "Đúng")
    talk.hears("nam", "Đã ghi", "Trần Văn Nội làm thay và đã được báo")
    told = talk.hears("noi", "Nhờ làm thay Phạm Văn Nam", "tin nhắc việc của Phạm Văn Nam được gửi đến anh/chị")
    assert labels(told) == ["Không nhận thay"]


async def test_step_by_step(talk: Talk) -> None:
    asked = await talk.says("nam", "/vangmat")
    assert labels(asked[-1]) == ["Hết hôm nay", "Hết tuần này", "Thôi"]
    await talk.presses("nam", "Hết tuần này")
    assert "Ai làm thay" in talk.last("nam").text
    await talk.presses("nam", "Trần Văn Nội, Trưởng phòng")
    talk.hears("nam", "Anh/chị vắng mặt đến hết 04/02/2024 (chủ nhật); Trần Văn Nội làm thay. Đúng không?")
    await talk.presses("nam", "Đúng")
    talk.hears("noi", "Nhờ làm thay Phạm Văn Nam")


async def test_the_date_and_the_deputy_typed_when_asked(talk: Talk) -> None:
    await talk.says("nam", "/vangmat")
    await talk.says("nam", "15/2")
    talk.hears("nam", "Ai làm thay khi anh/chị vắng mặt đến hết 15/02/2024")
    await talk.says("nam", "Hùng")
    talk.hears("nam", "không làm thay được", "Ai làm thay")
    await talk.says("nam", "anh Nội")
    talk.hears("nam", "Ai làm thay")
    await talk.says("nam", "Nội")
    talk.hears("nam", "Trần Văn Nội làm thay. Đúng không?")


async def test_left_with_thoi_nothing_is_kept(talk: Talk) -> None:
    await talk.says("nam", "/vangmat đến 9/2 Nội thay")
    await talk.presses("nam", "Thôi")
    await talk.says("nam", "/vangmat")
    talk.hears("nam", "vắng mặt đến hết ngày nào?")


# (what is typed on Wednesday 31 January 2024, what is said back)
LINES = {
    "mai": "ngày 01/02/2024 (thứ Năm)",
    "hôm nay": "hôm nay (31/01/2024)",
    "hết hôm nay": "hôm nay (31/01/2024)",
    "đến 9/2": "đến hết 09/02/2024 (thứ Sáu)",
    "den het 9/2": "đến hết 09/02/2024 (thứ Sáu)",
    "từ mai": None,
    "hết tuần này": "đến hết 04/02/2024 (chủ nhật)",
    "đi công tác tuần sau": "từ 05/02 (thứ Hai) đến hết 11/02/2024 (chủ nhật)",
    "5/2-9/2": "từ 05/02 (thứ Hai) đến hết 09/02/2024 (thứ Sáu)",
    "nghỉ phép từ mai đến hết thứ 6": "từ 01/02 (thứ Năm) đến hết 02/02/2024 (thứ Sáu)",
    "từ thứ hai đến thứ sáu tuần sau": "từ 05/02 (thứ Hai) đến hết 09/02/2024 (thứ Sáu)",
    "từ 29/1 đến 9/2": "đến hết 09/02/2024 (thứ Sáu)",  # has begun: counts from today
    "trước 9/2": "ngày 08/02/2024 (thứ Năm)",
}


@pytest.mark.parametrize("line", LINES)
async def test_lines(talk: Talk, line: str) -> None:
    await talk.says("nam", f"/vangmat {line}")
    expected = LINES[line]
    talk.hears("nam", f"vắng mặt {expected}" if expected else "Chưa rõ")


# what cannot be, and the sentence
REFUSED = {
    "từ 9/2 đến 5/2": "Ngày cuối 05/02/2024 đứng trước ngày đầu 09/02/2024",
    "đến 30/1/2024": "Ngày 30/01/2024 đã qua",
    "đến 1/5": "là quá 90 ngày",
    "đến 31/2": "Không có ngày “31/02”",
    "đến bao giờ khỏi": "Chưa rõ “bao giờ khỏi” là ngày nào",
}


@pytest.mark.parametrize("line", REFUSED)
async def test_what_cannot_be(talk: Talk, line: str) -> None:
    await talk.says("nam", f"/vangmat {line}")
    talk.hears("nam", REFUSED[line])
    await talk.says("nam", "/vangmat")
    talk.hears("nam", "vắng mặt đến hết ngày nào?")


async def test_ninety_days_are_possible(talk: Talk) -> None:
    await talk.says("nam", "/vangmat đến 29/4")
    talk.hears("nam", "Ai làm thay", "29/04/2024")


async def test_an_administrator_needs_no_deputy(talk: Talk) -> None:
    await talk.says("an", "/vangmat đến 9/2")
    talk.hears("an", "không cần báo vắng mặt")


# --- who may stand in ---


async def offered(talk: Talk, who: str) -> set[str]:
    await talk.says(who, "/vangmat đến 9/2")
    return {label.split(",")[0] for label in labels(talk.last(who))} - {"Thôi", "Không ai làm thay", "Đúng"}


async def test_of_a_unit_the_colleagues_of_leaders_the_leaders(talk: Talk) -> None:
    assert await offered(talk, "nam") == {"Trần Văn Nội"}
    assert await offered(talk, "noi") == {"Phạm Văn Nam"}
    assert await offered(talk, "lam") == {"Lý Thị Phúc"}
    assert await offered(talk, "van") == set(), "there is no other clerk"
    talk.hears("van", "không có người làm thay. Đúng không?")


async def test_who_cannot_be_written_to_is_not_offered(talk: Talk) -> None:
    async with talk.app.database.write() as session:
        await session.execute(
            update(Account).where(Account.external_id == "noi").values(unreachable_since=datetime.now(OFFICE_ZONE))
        )
    assert await offered(talk, "nam") == set()


async def test_who_is_away_on_these_days_is_not_offered(talk: Talk) -> None:
    await talk.says("noi", "/vangmat từ 9/2 đến 12/2")
    await talk.presses("noi", "Không ai làm thay")
    assert await offered(talk, "nam") == {"Trần Văn Nội"}, "he has not confirmed anything yet"
    await talk.presses("noi", "Đúng")
    assert await offered(talk, "nam") == set()


async def test_a_name_typed_of_somebody_who_is_away_is_taken_with_a_warning(talk: Talk) -> None:
    await talk.says("noi", "/vangmat đến 5/2")
    await talk.presses("noi", "Không ai làm thay")
    await talk.presses("noi", "Đúng")
    await talk.says("nam", "/vangmat đến 9/2 Nội thay")
    talk.hears("nam", "Trần Văn Nội làm thay. Đúng không?", "Trần Văn Nội cũng vắng mặt đến hết 05/02/2024")


async def test_two_may_not_stand_in_for_each_other(talk: Talk) -> None:
    await set_off(talk, "nam", "đến 9/2 Nội thay")
    await talk.says("noi", "/vangmat từ 9/2 đến 12/2 Nam thay")
    talk.hears("noi", "Phạm Văn Nam cũng vắng mặt và đã nhờ lại chính người này làm thay")
    await talk.says("noi", "/vangmat từ 10/2 đến 12/2 Nam thay")
    talk.hears("noi", "Phạm Văn Nam làm thay. Đúng không?")


async def test_a_deputy_who_does_not_fit_cannot_be_forged(talk: Talk) -> None:
    async with talk.app.database.read() as session:
        keys = {p.key: p.id for p in await office.active_people(session)}
    await talk.forges("nam", f"aws:{keys['nam']}:20240131:20240209:{keys['tai']}")
    talk.hears("nam", "Vũ Thị Tài không làm thay được")
    await talk.forges("nam", f"aws:{keys['noi']}:20240131:20240209:0")
    talk.hears("nam", "Chỉ Văn phòng được ghi vắng mặt thay người khác")
    await talk.forges("nam", f"aws:{keys['nam']}:2024:20240209:0")
    talk.hears("nam", "Nút này đã cũ")
    assert talk.from_bot("tai") == []


# --- who is told ---


async def test_an_officers_head_is_told_even_when_not_the_deputy(talk: Talk) -> None:
    await talk.says("nam", "/vangmat đến 9/2")
    await talk.presses("nam", "Không ai làm thay")
    await talk.presses("nam", "Đúng")
    talk.hears("nam", "không có người làm thay.", "chuyển cho đầu mối khác của đơn vị")
    talk.hears("noi", "Phạm Văn Nam, Chuyên viên, Phòng Nội vụ, vắng mặt", "không có người làm thay")
    assert talk.from_bot("van") == []


async def test_of_heads_and_leaders_the_office_is_told(talk: Talk) -> None:
    await set_off(talk, "noi", "đến 9/2 Nam thay")
    talk.hears("van", "Trần Văn Nội, Trưởng phòng, Phòng Nội vụ, vắng mặt", "Phạm Văn Nam làm thay")
    await set_off(talk, "phuc", "đến 9/2 Lâm thay")
    talk.hears("van", "Lý Thị Phúc, Phó Chủ tịch")
    talk.hears("lam", "anh/chị xem và duyệt việc của các đơn vị Lý Thị Phúc phụ trách")


async def test_the_deputy_declines_with_one_press(talk: Talk) -> None:
    await set_off(talk, "nam", "đến 9/2 Nội thay")
    await talk.presses("noi", "Không nhận thay")
    talk.hears("noi", "Đã ghi: anh/chị không làm thay Phạm Văn Nam")
    talk.hears("nam", "Trần Văn Nội không nhận làm thay anh/chị", "chọn người khác: /vangmat")
    await talk.says("nam", "/vangmat")
    talk.hears("nam", "Anh/chị đang vắng mặt", "không có người làm thay")


async def test_only_the_deputy_declines_and_only_once(talk: Talk) -> None:
    await set_off(talk, "nam", "đến 9/2 Nội thay")
    (code,) = await codes(talk)
    await talk.forges("tai", f"awn:{code}")
    talk.hears("tai", "Nút này đã cũ")
    await talk.presses("noi", "Không nhận thay")
    await talk.forges("noi", f"awn:{code}")
    talk.hears("noi", "Nút này đã cũ")


async def codes(talk: Talk) -> list[str]:
    async with talk.app.database.read() as session:
        rows = await session.scalars(select(Transition.details).where(Transition.event == "away"))
        return [details["absence"] for details in rows]


# --- its end ---


async def test_shown_again_and_ended_early(talk: Talk) -> None:
    await set_off(talk, "nam", "đến 9/2 Nội thay")
    shown = await talk.says("nam", "/vangmat")
    assert "Anh/chị đang vắng mặt đến hết 09/02/2024 (thứ Sáu); Trần Văn Nội làm thay." in visible(shown[-1].text)
    assert labels(shown[-1]) == ["Kết thúc sớm", "Đổi"]
    await talk.presses("nam", "Kết thúc sớm")
    talk.hears("nam", "Đã ghi: anh/chị đã trở lại làm việc")
    talk.hears("noi", "Phạm Văn Nam đã trở lại làm việc. Anh/chị không còn làm thay.")
    await talk.says("nam", "/vangmat")
    talk.hears("nam", "vắng mặt đến hết ngày nào?")


async def test_called_off_before_it_begins(talk: Talk) -> None:
    await set_off(talk, "nam", "từ 5/2 đến 9/2 Nội thay")
    await talk.says("nam", "/vangmat")
    talk.hears("nam", "Anh/chị sẽ vắng mặt từ 05/02")
    await talk.presses("nam", "Không vắng nữa")
    talk.hears("noi", "Phạm Văn Nam không vắng mặt từ 05/02", "Anh/chị không phải làm thay.")


async def test_changed_to_nobody_the_former_deputy_is_told(talk: Talk) -> None:
    await set_off(talk, "nam", "đến 9/2 Nội thay")
    await talk.says("nam", "/vangmat")
    await talk.presses("nam", "Đổi")
    await talk.says("nam", "đến 7/2")
    await talk.presses("nam", "Không ai làm thay")
    await talk.presses("nam", "Đúng")
    talk.has_heard("noi", "đã ghi lại thời gian vắng mặt hoặc người làm thay", "Anh/chị không còn làm thay.")
    await talk.says("nam", "/vangmat")
    talk.hears("nam", "đang vắng mặt đến hết 07/02/2024", "không có người làm thay")


async def test_it_is_over_after_the_last_day_by_itself(talk: Talk) -> None:
    await set_off(talk, "nam", "đến 1/2 Nội thay")
    await talk.until(datetime(2024, 2, 1, 23, 0, tzinfo=OFFICE_ZONE))
    await talk.says("nam", "/vangmat")
    talk.hears("nam", "đang vắng mặt")
    await talk.until(datetime(2024, 2, 2, 0, 1, tzinfo=OFFICE_ZONE))
    await talk.says("nam", "/vangmat")
    talk.hears("nam", "vắng mặt đến hết ngày nào?")
    await talk.forges("nam", f"awe:{(await codes(talk))[0]}")
    talk.hears("nam", "Nút này đã cũ")


# --- the office ---


async def test_a_clerk_enters_it_for_somebody_who_fell_ill(talk: Talk) -> None:
    await set_off(talk, "van", "Phạm Văn Nam đến 9/2 Nội thay")
    talk.hears("van", "Đã ghi: Phạm Văn Nam vắng mặt đến hết 09/02/2024")
    talk.hears("nam", "Anh/chị vắng mặt đến hết 09/02/2024", "Người ghi: Đỗ Thị Vân")
    talk.hears("noi", "Nhờ làm thay Phạm Văn Nam", "Người ghi: Đỗ Thị Vân")
    await talk.presses("van", "Kết thúc sớm")
    talk.hears("nam", "Anh/chị đã trở lại làm việc")


async def test_a_clerk_is_asked_for_days_and_deputy(talk: Talk) -> None:
    await talk.says("van", "/vangmat Phạm Văn Nam")
    talk.hears("van", "Phạm Văn Nam vắng mặt đến hết ngày nào?")
    await talk.says("van", "9/2")
    talk.hears("van", "Ai làm thay khi Phạm Văn Nam vắng mặt đến hết 09/02/2024")


async def test_a_name_that_several_have_or_nobody(talk: Talk) -> None:
    async with talk.app.database.write() as session:
        other = await office.person_by_key(session, "hoa")
        assert other
        other.name = "Lê Văn Nam"
    await talk.says("van", "/vangmat Nam")
    assert labels(talk.last("van"))[:2] == ["Phạm Văn Nam, Phòng Nội vụ", "Lê Văn Nam, UBND xã An Hòa"]
    await talk.presses("van", "Lê Văn Nam, UBND xã An Hòa")
    talk.hears("van", "Lê Văn Nam vắng mặt đến hết ngày nào?")
    await talk.says("van", "/vangmat Nguyễn Quang đến 9/2")
    talk.hears("van", "Không có ai tên “Nguyễn Quang”")


async def test_the_office_sees_who_is_away(talk: Talk) -> None:
    await set_off(talk, "nam", "đến 9/2 Nội thay")
    await talk.says("van", "/vangmat")
    talk.has_heard("van", "Hôm nay vắng mặt", "Phạm Văn Nam, Chuyên viên, Phòng Nội vụ: đến hết 09/02, Trần Văn Nội")
    await talk.says("noi", "/vangmat")
    talk.has_heard("noi", "Anh/chị đang làm thay Phạm Văn Nam (đến hết 09/02).")


async def test_the_record_tells_it_by_names(talk: Talk) -> None:
    await set_off(talk, "nam", "đến 9/2 Nội thay")
    await talk.presses("noi", "Không nhận thay")
    await talk.presses("nam", "Kết thúc sớm")
    async with talk.app.database.read() as session:
        found = await session.scalars(
            select(Transition).where(Transition.event.in_(["away", "back", "deputy_declined"])).order_by(Transition.id)
        )
        rows = [(row.event, row.details["person"], row.details["deputy"]) for row in found]
    assert rows == [
        ("away", "Phạm Văn Nam", "Trần Văn Nội"),
        ("deputy_declined", "Phạm Văn Nam", "Trần Văn Nội"),
        ("back", "Phạm Văn Nam", None),
    ]


async def test_who_left_the_office_stands_in_no_longer(talk: Talk) -> None:
    await set_off(talk, "nam", "đến 9/2 Nội thay")
    async with talk.app.database.write() as session:
        person = await office.person_by_key(session, "noi")
        assert person
        person.active = False
        await accounts.revoke(session, person, talk.now)
    await talk.says("van", "/vangmat")
    talk.has_heard("van", "Phạm Văn Nam, Chuyên viên, Phòng Nội vụ: đến hết 09/02, không có người làm thay")


async def test_buttons_fit_where_platforms_are_narrow(talk: Talk) -> None:
    await talk.says("nam", "/vangmat đến 9/2")
    datas = [b.data for row in talk.last("nam").buttons for b in row]
    assert max(len(data.encode()) for data in datas) <= 64, json.dumps(datas)


# --- in free words ---


async def test_said_in_free_words_it_is_confirmed_like_any_other(talk: Talk) -> None:
    await talk.says("nam", "Em nghỉ phép từ 5/2 đến 9/2, anh Nội thay")
    talk.hears("nam", "Anh/chị vắng mặt từ 05/02 (thứ Hai) đến hết 09/02/2024 (thứ Sáu); Trần Văn Nội làm thay.")
    assert talk.from_bot("noi") == []
    await talk.presses("nam", "Đúng")
    talk.hears("noi", "Nhờ làm thay Phạm Văn Nam")


async def test_free_words_without_a_deputy_ask_for_one(talk: Talk) -> None:
    await talk.says("nam", "toi di cong tac tu mai den thu 6")
    talk.hears("nam", "Ai làm thay khi anh/chị vắng mặt")


async def test_an_absence_said_with_the_work_is_about_the_work(talk: Talk) -> None:
    await talk.says("van", "/giaoviec Phòng Nội vụ: báo cáo biên chế trước 15/3")
    await talk.presses("van", "Phát hành")
    await talk.says("nam", "em đi công tác đến thứ 6 nên xin lùi đến 20/3")
    talk.hears("nam", "Xin gia hạn #1 từ 14/03/2024 đến 20/03/2024")
