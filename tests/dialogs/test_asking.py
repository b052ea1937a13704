"""Questions in plain words: the chairman's ten of a morning, and what each answer leads to."""

from __future__ import annotations

import pytest
from sqlalchemy import func, select

from channels.base import visible
from db.models import Transition
from tests.talk import Talk


@pytest.fixture
async def office(talk: Talk) -> Talk:
    """Five directives of four units on 12 February: two overdue, one done, one with a difficulty, one not taken."""
    for task in (
        "Phòng Tài nguyên và Môi trường: giải phóng mặt bằng tuyến đường Bắc sông trước 5/2",  # 1
        "Phòng Nội vụ: xây dựng kế hoạch tuyển dụng viên chức trước 3/2",  # 2
        "Phòng Nội vụ: rà soát biên chế trước 15/2",  # 3
        "Phòng Tài chính - Kế hoạch: báo cáo giải ngân vốn đầu tư trước 6/2",  # 4
        "UBND xã An Hòa: nạo vét kênh Đồng Mua trước 10/3",  # 5
    ):
        await talk.says("van", f"/giaoviec {task}")
        await talk.presses("van", "Phát hành")
    await talk.says("nam", "#2 đã nhận")
    await talk.says("nam", "#3 đã nhận")
    await talk.says("tai", "#4 đã nhận")
    await talk.says("tai", "#4 đã xong")
    await talk.presses("tai", "Đúng")
    await talk.says("van", "/duyet")
    await talk.presses("van", "Duyệt")
    await talk.says("moi", "#1 đã nhận")
    await talk.says("moi", "#1 đang vướng mặt bằng của 3 hộ")
    talk.clock.forward_to(talk.now.replace(month=2, day=12, hour=9))  # nothing is sent on the way
    return talk


def first_line(talk: Talk, who: str) -> str:
    return visible(talk.last(who).text).splitlines()[0]


async def acts(talk: Talk) -> int:
    """How many rows the audit has."""
    async with talk.app.database.read() as session:
        return await session.scalar(select(func.count()).select_from(Transition)) or 0


MORNING = (
    ("phòng nào trễ nhiều nhất", "Việc quá hạn của các phòng, sở, đến 12/02/2024: 2 việc"),
    (
        "việc quá hạn của phòng tài nguyên",
        "Việc quá hạn của Phòng Tài nguyên và Môi trường, đến 12/02/2024: 1 việc",
    ),
    ("tuần này có gì đến hạn", "Việc đến hạn của toàn cơ quan, từ 12/02 đến 18/02/2024: 1 việc"),
    ("việc nào sắp trễ", "Việc sắp đến hạn của toàn cơ quan, đến 12/02/2024: 1 việc"),
    ("kết luận 317 làm tới đâu rồi", "Không có văn bản số “317” trong các việc anh/chị theo dõi."),
    ("ai chưa nhận việc", "Việc chưa nhận của toàn cơ quan, đến 12/02/2024: 1 việc"),
    (
        "so sánh phòng nội vụ với phòng tài chính",
        "So sánh Phòng Nội vụ – Phòng Tài chính - Kế hoạch, đến 12/02/2024",
    ),
    ("tháng trước xong bao nhiêu", "Việc đã hoàn thành của toàn cơ quan, từ 01/01 đến 31/01/2024: 1 việc"),
    (
        "vướng mắc gì về giải phóng mặt bằng",
        "Việc đang vướng mắc về “giải phóng mặt bằng” của toàn cơ quan, đến 12/02/2024: 1 việc",
    ),
    ("anh Nam đang làm gì", "Việc chưa hoàn thành của Phạm Văn Nam (Phòng Nội vụ), đến 12/02/2024: 2 việc"),
)


async def test_the_chairmans_ten_questions_are_answered_and_change_nothing(office: Talk) -> None:
    before = await acts(office)
    for question, understood in MORNING:
        await office.says("lam", question)
        assert first_line(office, "lam").startswith(understood), question
    assert await acts(office) == before


async def test_the_same_without_diacritics(office: Talk) -> None:
    for question, understood in (
        ("phong nao tre nhieu nhat", "Việc quá hạn của các phòng, sở, đến 12/02/2024: 2 việc"),
        ("viec qua han cua p tnmt", "Việc quá hạn của Phòng Tài nguyên và Môi trường, đến 12/02/2024: 1 việc"),
        ("thang truoc xong bao nhieu viec", "Việc đã hoàn thành của toàn cơ quan, từ 01/01 đến 31/01/2024: 1 việc"),
        ("anh nam dang lam gi", "Việc chưa hoàn thành của Phạm Văn Nam (Phòng Nội vụ), đến 12/02/2024: 2 việc"),
    ):
        await office.says("lam", question)
        assert first_line(office, "lam") == understood


async def test_of_as_many_overdue_the_longest_late_stands_first(talk: Talk) -> None:
    for unit, day in (("Phòng Nội vụ", "6/2"), ("UBND xã An Hòa", "3/2")):
        await talk.says("van", f"/giaoviec {unit}: báo cáo biên chế trước {day}")
        await talk.presses("van", "Phát hành")
    await talk.passes(days=12)
    await talk.says("lam", "đơn vị nào trễ nhiều nhất")
    talk.hears("lam", "1. UBND xã An Hòa: 1, lâu nhất 10 ngày\n2. Phòng Nội vụ: 1, lâu nhất 7 ngày")


async def test_a_rank_counts_each_unit_and_leads_to_its_list(office: Talk) -> None:
    await office.says("lam", "đơn vị nào trễ nhiều nhất")
    office.hears("lam", "1. Phòng Nội vụ: 1, lâu nhất 10 ngày\n2. Phòng Tài nguyên và Môi trường: 1, lâu nhất 8 ngày")
    await office.presses("lam", "Phòng Nội vụ (1)")
    office.hears("lam", "Việc quá hạn: 1", "#2", "Xây dựng kế hoạch tuyển dụng")


async def test_a_list_leads_to_the_directive(office: Talk) -> None:
    await office.says("lam", "việc quá hạn của phòng nội vụ")
    office.hears("lam", "#2 Phòng Nội vụ: Xây dựng kế hoạch tuyển dụng viên chức", "quá hạn 10 ngày")
    await office.presses("lam", "#2")
    office.hears("lam", "#2", "Chủ trì: Phòng Nội vụ", "Đầu mối: Phạm Văn Nam")


async def test_a_count_has_its_list_behind_a_button(office: Talk) -> None:
    await office.says("lam", "tháng trước xong bao nhiêu việc")
    office.hears("lam", "31/01/2024: 1 việc", "Đúng hạn: 1 · quá hạn: 0")
    await office.presses("lam", "Xem danh sách")
    office.hears("lam", "#4 Phòng Tài chính - Kế hoạch")
    await office.presses("lam", "Quay lại")
    office.hears("lam", "Đúng hạn: 1 · quá hạn: 0")


async def test_another_reading_is_one_press_away(office: Talk) -> None:
    await office.says("lam", "việc nào sắp trễ")
    await office.presses("lam", "Việc quá hạn")
    office.hears("lam", "Việc quá hạn của toàn cơ quan, đến 12/02/2024: 2 việc", "#1", "#2")


async def test_two_units_stand_side_by_side(office: Talk) -> None:
    await office.says("lam", "so sánh phòng nội vụ với phòng tài chính tháng trước")
    office.hears("lam", "Tổng số nhiệm vụ: 2 – 1", "Quá hạn: 1 – 0", "Tỷ lệ hoàn thành: 0,0 % – 100,0 %")
    office.hears("lam", "Trong kỳ từ 01/01 đến 31/01/2024", "Hoàn thành: 0 – 1")


async def test_progress_of_a_unit_has_its_counts_and_formulas(office: Talk) -> None:
    await office.says("lam", "phòng nội vụ làm tới đâu rồi")
    office.hears(
        "lam",
        "Tình hình thực hiện của Phòng Nội vụ, đến 12/02/2024: 2 nhiệm vụ",
        "Chưa hoàn thành: 2 (quá hạn 1)",
        "0,0 % = đã hoàn thành ÷ tổng số nhiệm vụ",
    )


async def test_a_directive_is_shown_itself(office: Talk) -> None:
    await office.says("lam", "việc 3 sao rồi")
    office.hears("lam", "#3 · đang thực hiện", "Rà soát biên chế")


async def test_a_leader_sees_only_the_own_units(office: Talk) -> None:
    await office.says("phuc", "việc quá hạn")
    office.hears("phuc", "Việc quá hạn của các đơn vị phụ trách, đến 12/02/2024: 1 việc", "#2")
    await office.says("phuc", "việc quá hạn của phòng tài nguyên")
    office.hears("phuc", "Phòng Tài nguyên và Môi trường không thuộc các đơn vị anh/chị theo dõi")
    await office.says("phuc", "anh Môi đang làm gì")
    office.hears("phuc", "Người tên “Môi” không thuộc các đơn vị anh/chị theo dõi")


async def test_a_unit_nobody_knows_is_asked_about(office: Talk) -> None:
    await office.says("lam", "việc quá hạn của phòng tài nguyen moi trừơng nước")
    await office.says("lam", "việc quá hạn của phòng xây dựng")
    office.hears("lam", "“phòng xây dựng”")
    await office.presses("lam", "Phòng Tài nguyên và Môi trường")
    office.hears("lam", "Việc quá hạn của Phòng Tài nguyên và Môi trường, đến 12/02/2024: 1 việc")


async def test_who_is_called_so_by_nobody_is_said(office: Talk) -> None:
    await office.says("lam", "anh Tuấn đang làm gì")
    office.hears("lam", "Không tìm thấy ai tên “Tuấn” trong danh bạ")


async def test_an_officer_asks_of_the_own_unit_and_still_reports(office: Talk) -> None:
    before = await acts(office)
    await office.says("nam", "việc nào sắp đến hạn vậy")
    office.hears("nam", "Việc sắp đến hạn của phòng Nội vụ, đến 12/02/2024: 1 việc", "#3")
    assert await acts(office) == before
    await office.says("nam", "#3 đang làm được 60%, còn vướng số liệu")
    assert await acts(office) > before


async def test_what_is_no_question_gets_three_examples_that_fit(office: Talk) -> None:
    await office.says("lam", "thời tiết hôm nay đẹp quá, đi đâu chơi cho khuây khỏa")
    office.hears("lam", "Có thể hỏi, ví dụ:", "phòng nào trễ nhiều nhất")


async def test_a_question_pressed_by_somebody_else_shows_nothing(office: Talk) -> None:
    await office.says("lam", "việc quá hạn")
    data = next(b.data for row in office.last("lam").buttons for b in row if b.data.startswith("hq:"))
    office.catch_up("nam")
    await office.forges("nam", data, "hq:1", "hq:999999:0:1:0:0:0", data.rsplit(":", 5)[0] + ":9:1:0:0:0")
    assert all("Việc quá hạn" not in visible(message.text) for message in office.new("nam"))


async def test_in_a_group_the_answer_comes_privately(office: Talk) -> None:
    said = await office.says_in("nhom-la", "lam", "phòng nào trễ nhiều nhất")
    assert said == []  # among its members
    await office.says_in("nhom-la", "lam", "phòng nào trễ nhiều nhất", mentions=True)
    office.hears("lam", "Việc quá hạn của các phòng, sở")
    assert "Việc quá hạn" not in visible(office.last("nhom-la").text)


async def test_of_what_there_is_none_no_list_is_offered(office: Talk) -> None:
    await office.says("lam", "phòng tài chính có bao nhiêu việc chờ duyệt")
    none = office.hears("lam", ": 0 việc")
    assert "Xem danh sách" not in none.labels
