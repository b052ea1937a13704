"""Papers: the report of a month, a letter that urges, what came of a notice; each a Word file in the chat."""

from __future__ import annotations

import io
from datetime import datetime

import pytest
from docx import Document

from domain.calendar import OFFICE_ZONE
from tests.decree30_checks import check
from tests.talk import Talk

NOTICE = """UBND HUYỆN TÙNG LĨNH
Số: 27/TB-UBND
Tùng Lĩnh, ngày 30 tháng 01 năm 2024

THÔNG BÁO
Kết luận của Chủ tịch UBND huyện tại cuộc họp giao ban tháng 01

1. Giao Phòng Nội vụ rà soát biên chế trước ngày 07/02/2024.
2. Phòng Tài nguyên và Môi trường kiểm tra các điểm khai thác cát; hoàn thành trong tháng 02/2024.
3. Yêu cầu UBND các xã, thị trấn tổ chức ra quân vệ sinh môi trường, hoàn thành trước ngày 05/02/2024.
"""


def file_of(talk: Talk, who: str, kind: str = ".docx") -> bytes:
    """The newest file of a kind that the bot sent a person."""
    kept = [f for message in talk.from_bot(who) for f in message.files if f.name.endswith(kind)]
    return talk.channel.content(kept[-1].id)[2]


def words_of(content: bytes) -> str:
    """Everything that is written in a paper, cells included."""
    document = Document(io.BytesIO(content))
    lines = [p.text for p in document.paragraphs]
    lines += [" | ".join(cell.text for cell in row.cells) for table in document.tables for row in table.rows]
    return "\n".join(lines)


async def given(talk: Talk) -> None:
    """A notice of three clauses, the third for all communes; on the ninth of February most of it is overdue."""
    await talk.says("van", NOTICE)
    await talk.presses("van", "Phát hành tất cả (3)")
    await talk.presses("nam", "Đã nhận")
    await talk.says("nam", "#1 được 40%, vướng vì thiếu số liệu của tỉnh")
    talk.clock.forward_to(datetime(2024, 2, 9, 9, tzinfo=OFFICE_ZONE))


# --- reports ---


async def test_the_office_asks_for_a_month_by_words_or_button(talk: Talk) -> None:
    await given(talk)
    await talk.says("van", "/baocao")
    assert talk.hears("van", "Anh/chị cần báo cáo kỳ nào?").labels == [
        "Tháng 02/2024",
        "Tháng 01/2024",
        "Quý IV/2023",
        "6 tháng cuối năm 2023",
        "Năm 2023",
        "Năm 2024",
    ]
    await talk.presses("van", "Tháng 02/2024")
    talk.hears(
        "van", "Báo cáo tháng 02 năm 2024 (toàn cơ quan)", "kỳ chưa kết thúc", "4 nhiệm vụ: 0 hoàn thành, 3 quá hạn"
    )
    content = file_of(talk, "van")
    check(content, title="BÁO CÁO", summary="Kết quả thực hiện nhiệm vụ tháng 02 năm 2024", signed=False)
    said = words_of(content)
    for words in (
        "kỳ trước chuyển sang 04 nhiệm vụ, giao trong kỳ 0 nhiệm vụ",
        "Phòng Nội vụ | 01 | 0 | 0 | 0 | 0 | 01 | 0 | 0,0 %",
        "#1. Rà soát biên chế",
        "| được 40%, vướng vì thiếu số liệu của tỉnh",
        "Phòng Nội vụ (khó khăn, nhiệm vụ #1, chờ trả lời 09 ngày)",
        "= đã hoàn thành ÷ (đã hoàn thành + chưa hoàn thành quá hạn) = 0 ÷ 3.",
    ):
        assert words in said, words


async def test_a_past_month_comes_out_the_same_whenever_it_is_asked(talk: Talk) -> None:
    await given(talk)
    await talk.says("van", "/baocao tháng 1")
    before = words_of(file_of(talk, "van"))
    await talk.says("nam", "#1 đã xong")
    await talk.presses("nam", "Đúng")
    await talk.presses("van", "Duyệt")
    await talk.says("van", "/baocao tháng 1")
    assert words_of(file_of(talk, "van")) == before
    await talk.says("van", "/baocao tháng 2")
    assert "đã hoàn thành 01 nhiệm vụ (quá hạn 01)" in words_of(file_of(talk, "van"))


async def test_a_head_reports_of_the_own_unit_and_an_officer_is_told_who_does(talk: Talk) -> None:
    await given(talk)
    await talk.says("noi", "/baocao tháng 2")
    talk.hears("noi", "Báo cáo tháng 02 năm 2024 (Phòng Nội vụ)", "1 nhiệm vụ")
    said = words_of(file_of(talk, "noi"))
    assert "Kết quả thực hiện nhiệm vụ tháng 02 năm 2024 của Phòng Nội vụ" in said
    assert "UBND xã An Hòa" not in said
    await talk.says("nam", "/baocao tháng 2")
    talk.hears("nam", "Báo cáo kỳ do lãnh đạo, Văn phòng và trưởng đơn vị lập")


async def test_a_leader_reports_of_the_own_field(talk: Talk) -> None:
    await given(talk)
    await talk.says("phuc", "/baocao tháng 2")
    said = words_of(file_of(talk, "phuc"))
    assert "Phòng Nội vụ" in said
    assert "Phòng Tài nguyên và Môi trường" not in said


async def test_what_is_no_period_and_what_has_not_begun_is_said(talk: Talk) -> None:
    for words in ("tháng", "quý", "năm"):  # a kind of period, not a word of some notice
        await talk.says("van", f"/baocao {words}")
        talk.hears("van", "Anh/chị cần báo cáo kỳ nào?")
    await talk.says("van", "/baocao tuần trăng")
    talk.hears("van", "Chưa rõ “tuần trăng” là kỳ báo cáo hay văn bản nào", "/baocao quý I/2024")
    await talk.says("van", "/baocao quý II/2024")
    talk.hears("van", "Quý II năm 2024 chưa bắt đầu")


# --- letters ---


async def test_a_letter_urges_a_unit(talk: Talk) -> None:
    await given(talk)
    heard = len(talk.from_bot("hoa"))
    await talk.says("van", "/congvan")
    talk.hears("van", "Gửi công văn đôn đốc đơn vị nào?", "UBND xã An Hòa: 1 việc quá hạn")
    await talk.presses("van", "UBND xã An Hòa")
    talk.hears("van", "Công văn đôn đốc UBND xã An Hòa: 1 việc quá hạn", "chưa gửi cho đơn vị")
    content = file_of(talk, "van")
    check(content, title=None, summary="V/v đôn đốc thực hiện nhiệm vụ được giao", signed=False)
    said = words_of(content)
    assert "Kính gửi: UBND xã An Hòa." in said
    assert "chậm nhất ngày 19 tháng 02 năm 2024" in said, "three working days after, Tết between them"
    assert "#3. Tổ chức ra quân vệ sinh môi trường" in said
    assert len(talk.from_bot("hoa")) == heard


async def test_the_letter_hangs_below_a_units_figures(talk: Talk) -> None:
    await given(talk)
    await talk.says("van", "/status phòng nội vụ")
    await talk.presses("van", "Công văn đôn đốc")
    talk.hears("van", "Công văn đôn đốc Phòng Nội vụ: 1 việc quá hạn")
    await talk.says("noi", "/status")
    assert "Công văn đôn đốc" not in talk.last("noi").labels


async def test_one_letter_to_all_or_one_to_each(talk: Talk) -> None:
    await given(talk)
    await talk.says("van", "/congvan tất cả")
    said = words_of(file_of(talk, "van"))
    assert "- UBND xã An Hòa;" in said
    assert "1 | Phòng Nội vụ | 01 | 0" in said
    await talk.says("van", "/congvan từng đơn vị")
    assert sum(bool(message.files) for message in talk.new("van")) == 3


async def test_units_beyond_those_that_are_drawn_one_by_one_are_told_of(
    talk: Talk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("handlers.papers.MOST_UNITS", 1)
    await given(talk)
    await talk.says("van", "/congvan")
    assert talk.hears("van", "Và 2 đơn vị khác có việc quá hạn", "gồm tất cả").labels[1:] == [
        "Một công văn, kèm bảng",
        "Mỗi đơn vị một công văn",
    ]
    talk.catch_up("van")
    await talk.presses("van", "Mỗi đơn vị một công văn")
    talk.has_heard("van", "nhiều nhất 1 công văn", "còn 2 đơn vị chưa có công văn")
    await talk.presses("van", "Một công văn, kèm bảng")
    assert "- UBND xã An Hòa;" in words_of(file_of(talk, "van"))


async def test_no_letter_where_nothing_is_late_and_none_by_an_officer(talk: Talk) -> None:
    await talk.says("van", "/congvan phòng nội vụ")
    talk.hears("van", "Phòng Nội vụ không có việc quá hạn hay sắp đến hạn")
    await talk.says("van", "/congvan")
    talk.hears("van", "Không đơn vị nào có việc quá hạn")
    await talk.says("noi", "/congvan phòng nội vụ")
    talk.hears("noi", "Công văn đôn đốc do lãnh đạo và Văn phòng lập")


# --- what came of a notice ---


async def test_the_result_of_a_notice_by_its_number_or_from_its_card(talk: Talk) -> None:
    await given(talk)
    await talk.says("van", "/baocao 27/TB-UBND")
    talk.hears("van", "Báo cáo kết quả thực hiện Thông báo kết luận 27/TB-UBND", "0/4 nhiệm vụ hoàn thành, 3 quá hạn")
    first = file_of(talk, "van")
    check(first, title="BÁO CÁO", signed=False)
    said = words_of(first)
    assert "02 đơn vị | 04/02/2024 | 0/2 đơn vị đã hoàn thành; 02 đơn vị quá hạn" in said
    assert "Văn bản có 03 nội dung giao việc, thành 04 nhiệm vụ" in said
    await talk.says("van", "/vanban")
    await talk.presses("van", "27/TB-UBND")
    await talk.presses("van", "Báo cáo kết quả (.docx)")
    assert words_of(file_of(talk, "van")) == said


async def test_a_head_does_not_report_on_a_notice(talk: Talk) -> None:
    await given(talk)
    await talk.says("noi", "/baocao 27/TB-UBND")
    talk.hears("noi", "Báo cáo kết quả một văn bản do lãnh đạo và Văn phòng lập")


# --- scores ---


async def test_an_officer_gets_the_own_line_a_head_the_unit_the_office_all(talk: Talk) -> None:
    await given(talk)
    await talk.says("nam", "/chamdiem tháng 2")
    talk.has_heard("nam", "Bảng điểm tháng 02 năm 2024 (cá nhân Phạm Văn Nam)", "tự đánh giá")
    own = words_of(file_of(talk, "nam"))
    assert "1 | Phạm Văn Nam | 01 | 0 | 0 | 0 | 01 | 0 | 0/1 | 0,0 % | 0,0 %" in own
    await talk.says("noi", "/chamdiem tháng 2")
    unit = words_of(file_of(talk, "noi"))
    assert "I | Phòng Nội vụ | 01" in unit
    assert "UBND xã An Hòa" not in unit
    await talk.says("van", "/chamdiem tháng 2")
    assert "II | UBND xã An Hòa | 01" in words_of(file_of(talk, "van"))
    assert file_of(talk, "van", ".xlsx").startswith(b"PK")


async def test_what_moves_later_takes_no_old_score_along(talk: Talk) -> None:
    await given(talk)
    talk.clock.forward_to(datetime(2024, 3, 5, 9, tzinfo=OFFICE_ZONE))
    await talk.says("van", "/chamdiem tháng 2")
    before = words_of(file_of(talk, "van"))
    assert "Phòng Nội vụ" in before
    await talk.says("van", "/status #1")
    await talk.presses("van", "Khác…")
    await talk.presses("van", "Chuyển đơn vị")
    await talk.says("van", "Phòng Tài nguyên và Môi trường")
    talk.hears("van", "Đã chuyển #1 cho Phòng Tài nguyên và Môi trường")
    await talk.says("van", "/chamdiem tháng 2")
    assert words_of(file_of(talk, "van")) == before


async def test_nothing_is_said_of_a_unit_outside_the_leaders_field(talk: Talk) -> None:
    await given(talk)
    await talk.says("phuc", "/congvan Phòng Tài nguyên và Môi trường")
    assert "không có việc quá hạn" not in talk.hears("phuc", "thuộc đơn vị khác").plain


async def test_a_forged_button_gives_nobody_anothers_paper(talk: Talk) -> None:
    await given(talk)
    await talk.forges("nam", "bck:2024-m2", "cvd:3", "cve", "bck:nothing", "cvd:x", "kqt:?", "dtm:2024-y1", "bck")
    assert not any(message.files for message in talk.from_bot("nam"))


async def test_a_group_sees_no_paper(talk: Talk) -> None:
    await given(talk)
    answers = await talk.says_in("nhom-noi-vu", "noi", "/baocao tháng 2")
    assert not any(message.files for message in answers)
