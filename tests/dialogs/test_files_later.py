"""Files without words, minutes after a report that waits for approval: they go to it, or it is asked which one."""

from __future__ import annotations

import pytest

from tests.talk import Talk


@pytest.fixture(autouse=True)
async def _given(talk: Talk) -> None:
    """Nam has handed #1 in; half an hour has gone by since."""
    await _given_to_noi_vu(talk, "báo cáo biên chế trước 15/3")
    await talk.says("nam", "#1 đã xong")
    await talk.presses("nam", "Đúng")
    await talk.passes(minutes=30)


async def _given_to_noi_vu(talk: Talk, task: str) -> None:
    await talk.says("van", f"/giaoviec Phòng Nội vụ: {task}")
    await talk.presses("van", "Phát hành")


def _pdf(name: str) -> list[tuple[str, bytes, str]]:
    return [(name, b"%PDF-1.4 " + name.encode(), "application/pdf")]


async def test_a_file_goes_to_the_only_report_that_waits_and_who_decides_sees_it(talk: Talk) -> None:
    said = await talk.says("nam", "", files=_pdf("phu-luc.pdf"))
    assert [m.plain.strip() for m in said] == ["Đã thêm 1 tệp vào báo cáo #1 đang chờ duyệt."]
    await talk.passes(minutes=3)
    talk.has_heard("phuc", "bổ sung báo cáo hoàn thành #1", "minh chứng thêm: phu-luc.pdf", "Phạm Văn Nam")


async def test_a_file_that_was_not_meant_is_taken_back(talk: Talk) -> None:
    await talk.says("nam", "", files=_pdf("anh-gia-dinh.pdf"))
    await talk.presses("nam", "Sửa")
    await talk.presses("nam", "Bỏ báo cáo này")
    await talk.passes(minutes=3)
    assert not [m for m in talk.from_bot("phuc") if "anh-gia-dinh" in m.plain]


async def test_an_album_is_said_once(talk: Talk) -> None:
    said = await talk.sends_album("nam", "", "", "")
    assert [m.plain.strip() for m in said] == ["Đã thêm 3 tệp vào báo cáo #1 đang chờ duyệt."]
    await talk.passes(minutes=3)
    talk.has_heard("phuc", "minh chứng thêm: anh-1.png, anh-2.png, anh-3.png")


async def test_a_colleague_of_the_unit_may_add_the_file(talk: Talk) -> None:
    await talk.says("noi", "", files=_pdf("phu-luc.pdf"))
    talk.hears("noi", "Đã thêm 1 tệp vào báo cáo #1 đang chờ duyệt")
    await talk.passes(minutes=3)
    talk.has_heard("phuc", "minh chứng thêm: phu-luc.pdf", "Trần Văn Nội")


async def test_with_another_directive_in_hand_it_is_asked_which(talk: Talk) -> None:
    await _given_to_noi_vu(talk, "tuyển dụng viên chức trước 20/3")
    said = await talk.says("nam", "", files=_pdf("phu-luc.pdf"))
    assert said[0].labels == ["#1 Báo cáo biên chế", "#2 Tuyển dụng viên chức", "Thôi"]
    await talk.presses("nam", "#1 Báo cáo biên chế")
    talk.hears("nam", "Đã thêm 1 tệp vào báo cáo #1 đang chờ duyệt")


async def test_the_number_may_be_typed(talk: Talk) -> None:
    await _given_to_noi_vu(talk, "tuyển dụng viên chức trước 20/3")
    await talk.says("nam", "", files=_pdf("phu-luc.pdf"))
    await talk.says("nam", "số 1")
    talk.hears("nam", "Đã thêm 1 tệp vào báo cáo #1 đang chờ duyệt")


async def test_what_is_said_with_the_number_is_heard_too(talk: Talk) -> None:
    await _given_to_noi_vu(talk, "tuyển dụng viên chức trước 20/3")
    await talk.says("nam", "", files=_pdf("quyet-dinh.pdf"))
    await talk.says("nam", "#2 đã xong")
    talk.hears("nam", "#2: hiểu là đã hoàn thành")
    await talk.presses("nam", "Đúng")
    talk.has_heard("phuc", "báo hoàn thành #2", "quyet-dinh.pdf")


async def test_of_several_that_wait_it_is_asked_which(talk: Talk) -> None:
    await _given_to_noi_vu(talk, "tuyển dụng viên chức trước 20/3")
    await talk.says("nam", "#2 đã xong")
    await talk.presses("nam", "Đúng")
    await talk.passes(minutes=10)
    said = await talk.sends_album("nam", "", "")
    assert len(said) == 1
    assert said[0].labels == ["#2 Tuyển dụng viên chức", "#1 Báo cáo biên chế", "Thôi"], "the one handed in last first"
    await talk.presses("nam", "#1 Báo cáo biên chế")
    talk.hears("nam", "Đã thêm 2 tệp vào báo cáo #1 đang chờ duyệt")


async def test_what_was_handed_in_days_ago_does_not_come_between(talk: Talk) -> None:
    await _given_to_noi_vu(talk, "tuyển dụng viên chức trước 20/3")
    await talk.passes(days=2)
    await talk.says("nam", "", files=_pdf("ke-hoach.pdf"))
    talk.hears("nam", "Đã giữ 1 tệp cho #2. Đây là báo cáo gì?")


async def test_after_it_was_approved_the_way_is_shown(talk: Talk) -> None:
    await talk.presses("phuc", "Duyệt")
    said = await talk.says("nam", "", files=_pdf("phu-luc.pdf"))
    assert [m.plain.strip() for m in said] == [
        "#1 đã được duyệt hoàn thành nên tệp này chưa được ghi. Cần bổ sung thì nhờ Văn phòng mở lại việc."
    ]


async def test_an_album_after_it_was_approved_is_answered_once(talk: Talk) -> None:
    await talk.presses("phuc", "Duyệt")
    said = await talk.sends_album("nam", "", "")
    assert [m.plain.strip() for m in said] == [
        "#1 đã được duyệt hoàn thành nên 2 tệp này chưa được ghi. Cần bổ sung thì nhờ Văn phòng mở lại việc."
    ]


async def test_words_without_a_number_are_about_the_one_that_waits(talk: Talk) -> None:
    await talk.says("nam", "bổ sung phụ lục 2 của báo cáo", files=_pdf("phu-luc.pdf"))
    talk.hears("nam", "#1")
    await talk.passes(minutes=3)
    talk.has_heard("phuc", "bổ sung báo cáo hoàn thành #1", "phụ lục 2", "phu-luc.pdf")


async def test_a_helping_unit_adds_to_what_it_has_sent(talk: Talk) -> None:
    await talk.says("van", "/giaoviec Phòng Nội vụ: xây trụ sở trước 20/3")
    await talk.presses("van", "Sửa")
    await talk.presses("van", "Đơn vị phối hợp")
    await talk.says("van", "Phòng Tài chính - Kế hoạch")
    await talk.presses("van", "Phát hành")
    await talk.says("tai", "#2 đã gửi ý kiến bằng văn bản số 12")
    await talk.passes(minutes=30)
    await talk.says("tai", "", files=_pdf("y-kien.pdf"))
    talk.hears("tai", "Đã thêm 1 tệp vào báo cáo #2")
