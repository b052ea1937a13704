"""Questions that name somebody or something: which of several is meant, and what the asker may not see."""

from __future__ import annotations

import pytest
from sqlalchemy import func, select

from channels.base import visible
from db.models import Transition
from domain.rights import Role
from services.office import PersonLine, import_org
from tests import people
from tests.talk import Talk


@pytest.fixture
async def small(talk: Talk) -> Talk:
    """Two directives of two units on 12 February, both overdue."""
    for task in (
        "Phòng Tài nguyên và Môi trường: giải phóng mặt bằng tuyến đường Bắc sông trước 5/2",  # 1
        "Phòng Nội vụ: xây dựng kế hoạch tuyển dụng viên chức trước 3/2",  # 2
    ):
        await talk.says("van", f"/giaoviec {task}")
        await talk.presses("van", "Phát hành")
    await talk.says("nam", "#2 đã nhận")
    talk.clock.forward_to(talk.now.replace(month=2, day=12, hour=9))  # nothing is sent on the way
    return talk


async def acts(talk: Talk) -> int:
    """How many rows the audit has."""
    async with talk.app.database.read() as session:
        return await session.scalar(select(func.count()).select_from(Transition)) or 0


NOTICE = """{body}
Số: 317/TB-UBND
Tùng Lĩnh, ngày {day} tháng 01 năm 2024

THÔNG BÁO
Kết luận của Chủ tịch tại cuộc họp giao ban

II. Nhiệm vụ
1. Giao {one} rà soát {what} trước ngày 20/3/2024.
2. Giao {other} kiểm tra {what} tại các xã trước ngày 25/3/2024.
"""
NOI_VU, TAI_CHINH, MOI_TRUONG = "Phòng Nội vụ", "Phòng Tài chính - Kế hoạch", "Phòng Tài nguyên và Môi trường"


async def issued(small: Talk, *, day: int, one: str, other: str, what: str, body: str = "UBND HUYỆN TÙNG LĨNH") -> None:
    await small.says("van", NOTICE.format(body=body, day=day, one=one, other=other, what=what))
    await small.presses("van", "Phát hành tất cả (2)")


async def test_a_notice_that_is_found_tells_how_it_stands(small: Talk) -> None:
    await issued(small, day=30, one=NOI_VU, other=TAI_CHINH, what="trụ sở")
    before = await acts(small)
    await small.says("lam", "kết luận 317 làm tới đâu rồi")
    small.hears("lam", "317/TB-UBND ngày 30/01/2024", "đến 12/02/2024: 2 nhiệm vụ", "Chưa hoàn thành: 2")
    await small.presses("lam", "Việc chưa hoàn thành")
    small.hears("lam", "#3 Phòng Nội vụ: Rà soát trụ sở", "#4 Phòng Tài chính - Kế hoạch")
    assert await acts(small) == before


async def test_of_several_notices_with_one_number_it_is_asked_which(small: Talk) -> None:
    await issued(small, day=30, one=NOI_VU, other=TAI_CHINH, what="trụ sở")
    await issued(small, day=25, one=MOI_TRUONG, other=NOI_VU, what="bãi cát", body="UBND TỈNH LAM KIỀU")
    await small.says("lam", "kết luận 317 tới đâu rồi")
    small.hears("lam", "Có nhiều văn bản số “317”. Anh/chị hỏi về văn bản nào?")
    labels = [button.label for row in small.last("lam").buttons for button in row]
    assert len(labels) == 2
    assert all("317/TB-UBND ngày" in label for label in labels)
    await small.presses("lam", next(label for label in labels if "25/01/2024" in label))
    small.hears("lam", "317/TB-UBND ngày 25/01/2024, đến 12/02/2024: 2 nhiệm vụ")
    await small.presses("lam", "Việc chưa hoàn thành")  # the notice that was chosen goes along
    small.hears("lam", "Rà soát bãi cát", "Kiểm tra bãi cát")
    assert "trụ sở" not in visible(small.last("lam").text)


async def test_a_notice_that_gave_the_own_unit_nothing_is_none_of_the_askers(small: Talk) -> None:
    await issued(small, day=30, one=NOI_VU, other=TAI_CHINH, what="trụ sở")
    await small.says("moi", "kết luận 317 làm tới đâu rồi")
    small.hears("moi", "Không có văn bản số “317” trong các việc anh/chị theo dõi.")
    await small.says("nam", "kết luận 317 làm tới đâu rồi")
    small.hears("nam", "317/TB-UBND ngày 30/01/2024", "1 nhiệm vụ")


async def test_of_several_people_of_one_name_it_is_asked_who(small: Talk) -> None:
    async with small.app.database.write() as session:
        namesake = PersonLine("nam2", "Lê Hoài Nam", "Chuyên viên", "tai-chinh", Role.OFFICER)
        await import_org(session, people.UNITS, (*people.PEOPLE, namesake), small.now)
    await small.says("lam", "anh Nam đang làm gì")
    small.hears("lam", "Có nhiều người tên “Nam”. Anh/chị hỏi về ai?")
    assert [button.label for row in small.last("lam").buttons for button in row] == [
        "Lê Hoài Nam, Phòng Tài chính - Kế hoạch",
        "Phạm Văn Nam, Phòng Nội vụ",
    ]
    await small.presses("lam", "Phạm Văn Nam, Phòng Nội vụ")
    small.hears("lam", "Việc chưa hoàn thành của Phạm Văn Nam (Phòng Nội vụ), đến 12/02/2024: 1 việc", "#2")
    await small.presses("lam", "Việc quá hạn")  # who was chosen goes along
    small.hears("lam", "Việc quá hạn của Phạm Văn Nam (Phòng Nội vụ), đến 12/02/2024: 1 việc", "#2")
    await small.says("noi", "anh Nam đang làm gì")  # of the own unit there is but one
    small.hears("noi", "Việc chưa hoàn thành của Phạm Văn Nam (Phòng Nội vụ)")


async def test_a_long_list_is_paged_in_place(small: Talk) -> None:
    for number in range(1, 9):
        await small.says("van", f"/giaoviec Phòng Nội vụ: báo cáo chuyên đề số {number} trước 15/3")
        await small.presses("van", "Phát hành")
    await small.says("lam", "phòng nội vụ còn những việc gì chưa xong")
    first = small.hears("lam", "Việc chưa hoàn thành của Phòng Nội vụ, đến 12/02/2024: 9 việc")
    said = len(small.from_bot("lam"))
    await small.presses("lam", "Sau ›", under=first)
    second = small.hears("lam", "Việc chưa hoàn thành của Phòng Nội vụ, đến 12/02/2024: 9 việc", "chuyên đề số 8")
    assert (second.id, len(small.from_bot("lam"))) == (first.id, said)
    assert second.text != first.text
    await small.presses("lam", "‹ Trước", under=second)
    assert small.last("lam").text == first.text


async def test_others_units_are_refused_politely_to_heads_and_officers(small: Talk) -> None:
    before = await acts(small)
    for who in ("tai", "nam"):
        await small.says(who, "phòng tài nguyên có việc nào quá hạn không")
        small.hears(who, "Phòng Tài nguyên và Môi trường không thuộc các đơn vị anh/chị theo dõi nên không xem được")
        await small.says(who, "việc quá hạn của phòng tài nguyên")
        small.hears(who, "Phòng Tài nguyên và Môi trường không thuộc các đơn vị anh/chị theo dõi nên không xem được")
        await small.says(who, "anh Môi đang làm gì")
        small.hears(who, "Người tên “Môi” không thuộc các đơn vị anh/chị theo dõi")
        assert "giải phóng mặt bằng" not in small.transcript(who)
    assert await acts(small) == before


async def test_what_is_left_out_of_an_answer_is_said(small: Talk) -> None:
    before = await acts(small)
    await small.says("noi", "so sánh phòng nội vụ với phòng tài chính")
    small.hears("noi", "Tình hình thực hiện của Phòng Nội vụ, đến 12/02/2024: 1 nhiệm vụ")
    small.hears("noi", "Phòng Tài chính - Kế hoạch không thuộc các đơn vị anh/chị theo dõi nên không tính ở đây.")
    await small.says("phuc", "việc quá hạn của phòng nội vụ và phòng tài nguyên")
    small.hears("phuc", "Việc quá hạn của Phòng Nội vụ, đến 12/02/2024: 1 việc", "#2")
    small.hears("phuc", "Phòng Tài nguyên và Môi trường không thuộc các đơn vị anh/chị theo dõi nên không tính")
    assert await acts(small) == before


async def test_who_is_not_to_see_a_person_learns_nothing_by_a_forged_button(small: Talk) -> None:
    await small.says("nam", "việc nào quá hạn vậy")
    data = next(b.data for row in small.last("nam").buttons for b in row if b.data.startswith("hq:"))
    row = data.split(":")[1]
    small.catch_up("nam")
    await small.forges("nam", f"hq:{row}:0:1:6:0:0", f"hq:{row}:0:1:0:5:0", f"hq:{row}:0:1:0:0:1")
    assert all("mặt bằng" not in visible(message.text) for message in small.new("nam"))
