"""Departments report in their own words; what is final is confirmed; what was misread is put right with one button."""

from __future__ import annotations

import pytest

from tests.talk import Talk


@pytest.fixture(autouse=True)
async def _given(talk: Talk) -> None:
    await talk.says("van", "/giaoviec Phòng Nội vụ: báo cáo biên chế trước 15/3")
    await talk.presses("van", "Phát hành")


async def test_a_press_acknowledges_and_names_the_contact(talk: Talk) -> None:
    await talk.presses("nam", "Đã nhận")
    message = talk.hears("nam", "#1 · đang thực hiện", "Đầu mối: Phạm Văn Nam")
    assert "Hoàn thành" in message.labels
    assert "Đã nhận" not in message.labels


async def test_progress_is_kept_and_said_back(talk: Talk) -> None:
    await talk.says("nam", "được 80%, còn vướng mặt bằng", reply_to=talk.last("nam"))
    talk.hears("nam", "#1", "đang thực hiện, đạt 80%, vướng mắc “còn vướng mặt bằng”, văn phòng đã được báo")
    talk.hears("van", "Phòng Nội vụ báo vướng mắc ở #1", "còn vướng mặt bằng")


async def test_words_that_may_mean_anything_are_asked_about_with_their_files(talk: Talk) -> None:
    await talk.says("nam", "xyz abc", files=[("ket-qua.txt", b"da lam", "text/plain")], reply_to=talk.last("nam"))
    talk.hears("nam", "#1: đã giữ lời nhắn và 1 tệp. Đây là báo cáo gì?")


async def test_without_diacritics_and_without_a_reply_the_only_open_one_is_meant(talk: Talk) -> None:
    await talk.says("nam", "dang lam, duoc 50%")
    talk.hears("nam", "#1", "đạt 50%")


async def test_done_is_confirmed_then_goes_to_the_deciders(talk: Talk) -> None:
    await talk.says("nam", "#1 đã xong", files=[("ket-qua.txt", b"da lam", "text/plain")])
    talk.hears("nam", "hiểu là đã hoàn thành", "kèm 1 tệp")
    assert talk.from_bot("phuc") == [], "nothing moves before it is confirmed"
    await talk.presses("nam", "Đúng")
    talk.hears("nam", "Đã gửi duyệt #1")
    for who in ("van", "phuc"):
        message = talk.hears(who, "Phòng Nội vụ báo hoàn thành #1", "đúng hạn", "ket-qua.txt")
        assert {"Duyệt", "Trả lại"} <= set(message.labels)
    assert talk.from_bot("lam") == [], "not this leader's field"


async def test_approval_is_told_to_the_unit(talk: Talk) -> None:
    await talk.presses("nam", "Đã nhận")
    await talk.presses("nam", "Hoàn thành")
    await talk.presses("phuc", "Duyệt")
    talk.hears("phuc", "Đã duyệt #1", "31/01/2024")
    for who in ("nam", "noi"):
        talk.hears(who, "#1 đã được duyệt hoàn thành", "đúng hạn", "Lý Thị Phúc")


async def test_a_second_decider_is_told_politely_that_it_is_done(talk: Talk) -> None:
    await talk.presses("nam", "Đã nhận")
    await talk.presses("nam", "Hoàn thành")
    await talk.presses("phuc", "Duyệt")
    await talk.presses("van", "Duyệt")
    talk.hears("van", "Không làm được vì việc này đã hoàn thành")


async def test_returned_with_a_reason_word_for_word(talk: Talk) -> None:
    await talk.presses("nam", "Đã nhận")
    await talk.presses("nam", "Hoàn thành")
    await talk.presses("van", "Trả lại")
    await talk.says("van", "Thiếu phụ lục <số 2>")
    talk.hears("nam", "#1 được trả lại", "Thiếu phụ lục <số 2>", "Đỗ Thị Vân")
    await talk.says("nam", "#1 đã bổ sung, xong rồi")
    await talk.presses("nam", "Đúng")
    await talk.presses("van", "Duyệt")
    talk.hears("nam", "đã được duyệt hoàn thành")


async def test_a_misreading_is_put_right_with_one_button(talk: Talk) -> None:
    await talk.says("nam", "#1 đã xong")
    await talk.presses("nam", "Sửa")
    await talk.presses("nam", "Đang thực hiện")
    talk.hears("nam", "#1: đã ghi đang thực hiện")
    await talk.presses("nam", "Sửa")
    await talk.presses("nam", "Bỏ báo cáo này")
    talk.hears("nam", "Đã bỏ báo cáo vừa rồi")
    assert talk.from_bot("phuc") == []


async def test_which_one_is_asked_when_it_is_not_clear_and_nothing_need_be_said_again(talk: Talk) -> None:
    await talk.says("van", "/giaoviec Phòng Nội vụ: tuyển dụng viên chức trước 20/3")
    await talk.presses("van", "Phát hành")
    await talk.says("nam", "được 60% rồi", files=[("anh.png", b"\x89PNG", "image/png")])
    talk.hears("nam", "Tin này nói về việc nào")
    await talk.presses("nam", "#2 Tuyển dụng viên chức")
    talk.hears("nam", "#2", "đạt 60%", "Kèm 1 tệp minh chứng")


async def test_several_reports_in_one_message(talk: Talk) -> None:
    await talk.says("van", "/giaoviec Phòng Nội vụ: tuyển dụng viên chức trước 20/3")
    await talk.presses("van", "Phát hành")
    said = await talk.says("nam", "#1 được 30%, #2 xong")
    assert len(said) == 1, "one answer for all of them"
    talk.hears("nam", "#1: đã ghi đang thực hiện, đạt 30%", "#2: hiểu là đã hoàn thành")
    assert said[0].labels == ["Đúng #1", "Sửa #1", "Đúng #2", "Sửa #2"]


async def test_a_file_alone_is_evidence(talk: Talk) -> None:
    await talk.says("nam", "", files=[("anh.png", b"\x89PNG", "image/png")], reply_to=talk.last("nam"))
    talk.hears("nam", "Đã giữ 1 tệp cho #1")
    await talk.presses("nam", "Đã xong")
    await talk.presses("nam", "Đúng")
    await talk.presses("van", "Xem minh chứng")
    assert [f.name for f in talk.last("van").files] == ["anh.png"]


async def test_more_time_is_asked_decided_and_the_first_deadline_kept(talk: Talk) -> None:
    await talk.presses("nam", "Xin gia hạn")
    await talk.says("nam", "20/2")
    talk.hears("nam", "không muộn hơn hạn hiện nay 14/03/2024")
    await talk.says("nam", "thêm gì đó")
    talk.hears("nam", "Chưa rõ")
    await talk.says("nam", "25/3")
    talk.hears("nam", "Lý do xin gia hạn #1 đến 25/03/2024 (thứ Hai)?")
    await talk.says("nam", "chờ các xã gửi số liệu")
    talk.hears("nam", "từ 14/03/2024 đến 25/03/2024", "chờ các xã gửi số liệu")
    assert talk.from_bot("phuc") == []
    await talk.presses("nam", "Đúng")
    talk.hears("phuc", "Phòng Nội vụ xin gia hạn #1", "25/03/2024", "chờ các xã")
    await talk.says("nam", "#1 xin gia hạn đến 30/3 vì chưa đủ")
    talk.hears("nam", "đang có một đề nghị gia hạn chờ trả lời")
    await talk.presses("phuc", "Đồng ý")
    talk.hears("nam", "#1 được gia hạn đến 25/03/2024")
    await talk.says("nam", "/status #1")
    assert "hạn đầu 14/03/2024" in " ".join(m.plain for m in talk.from_bot("nam")[-2:])


async def test_free_words_ask_for_time_and_a_refusal_has_its_reason(talk: Talk) -> None:
    await talk.says("nam", "xin gia hạn đến 25/3 vì chờ thẩm định", reply_to=talk.last("nam"))
    await talk.presses("nam", "Đúng")
    await talk.presses("van", "Từ chối")
    await talk.says("van", "việc này không lùi được")
    talk.hears("nam", "#1 chưa được gia hạn", "việc này không lùi được", "14/03/2024")


async def test_not_ours_goes_to_the_office_which_moves_it(talk: Talk) -> None:
    await talk.presses("nam", "Không đúng đơn vị")
    await talk.says("nam", "việc này của phòng tài nguyên môi trường")
    talk.hears("nam", "đề nghị chuyển cho Phòng Tài nguyên và Môi trường")
    await talk.presses("nam", "Đúng")
    talk.hears("van", "Phòng Nội vụ đề nghị chuyển #1", "Đơn vị đề xuất: Phòng Tài nguyên và Môi trường")
    await talk.presses("van", "Chuyển đơn vị")
    await talk.presses("van", "Phòng Tài nguyên và Môi trường")
    talk.hears("moi", "Nhiệm vụ mới #1")
    talk.hears("nam", "#1 đã chuyển cho Phòng Tài nguyên và Môi trường")
    await talk.says("nam", "#1 xong")
    talk.hears("nam", "Đã chuyển: từ Phòng Nội vụ cho Phòng Tài nguyên và Môi trường")


async def test_not_ours_and_the_office_insists(talk: Talk) -> None:
    await talk.presses("nam", "Không đúng đơn vị")
    await talk.says("nam", "không phải việc của phòng")
    await talk.presses("nam", "Đúng")
    await talk.presses("phuc", "Giữ nguyên")
    await talk.presses("phuc", "Không nêu lý do")
    talk.hears("nam", "#1 giữ nguyên ở Phòng Nội vụ", "Lý Thị Phúc")


async def test_suspend_resume_cancel_and_their_reasons(talk: Talk) -> None:
    await talk.says("van", "/status #1")
    await talk.presses("van", "Khác…")
    await talk.presses("van", "Tạm dừng")
    await talk.says("van", "chờ nghị quyết mới")
    talk.hears("nam", "#1 tạm dừng", "chờ nghị quyết mới")
    await talk.presses("van", "#1")
    await talk.presses("van", "Khác…")
    await talk.presses("van", "Tiếp tục")
    await talk.says("van", "đã có nghị quyết")
    talk.hears("nam", "#1 tiếp tục thực hiện")
    await talk.presses("van", "#1")
    await talk.presses("van", "Khác…")
    await talk.presses("van", "Huỷ nhiệm vụ")
    await talk.says("van", "không còn cần thiết")
    talk.hears("nam", "#1 đã huỷ", "không còn cần thiết")


async def test_small_talk_gets_help_once_not_a_lecture(talk: Talk) -> None:
    said = await talk.says("nam", "chúc anh chị cuối tuần vui vẻ")
    assert len(said) == 1
    talk.hears("nam", "Chưa rõ tin này", "/viec")


async def test_a_question_about_it_opens_the_card(talk: Talk) -> None:
    await talk.says("nam", "hạn nộp là hôm nào vậy ạ?", reply_to=talk.last("nam"))
    talk.hears("nam", "#1", "Thời hạn: 14/03/2024")


async def test_a_refusal_says_the_number_once(talk: Talk) -> None:
    said = await talk.says("nam", "#99 đã xong")
    assert said[0].plain.strip() == "Không có việc #99 trong phạm vi của anh/chị; xem danh sách: /viec."
