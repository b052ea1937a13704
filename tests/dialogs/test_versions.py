"""Messages that are edited, pictures sent together, voices and stickers, and what belongs to no directive."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from db.models import Report
from tests.talk import Talk


@pytest.fixture(autouse=True)
async def _given(talk: Talk) -> None:
    await talk.says("van", "/giaoviec Phòng Nội vụ: báo cáo biên chế trước 15/3")
    await talk.presses("van", "Phát hành")


async def _second(talk: Talk) -> None:
    await talk.says("van", "/giaoviec Phòng Nội vụ: tuyển dụng viên chức trước 20/3")
    await talk.presses("van", "Phát hành")


# --- said back ---


async def test_a_report_is_said_back_in_one_line_and_right_takes_the_buttons_away(talk: Talk) -> None:
    said = await talk.says("nam", "#1 được 80%, còn vướng mặt bằng")
    assert said[0].plain.strip() == (
        "#1: đã ghi đang thực hiện, đạt 80%, vướng mắc “còn vướng mặt bằng”, văn phòng đã được báo. Báo cáo biên chế"
    )
    assert said[0].labels == ["Đúng", "Sửa"]
    await talk.presses("nam", "Đúng")
    assert talk.hears("nam", "đạt 80%").labels == []


async def test_what_is_final_moves_nothing_before_it_is_confirmed(talk: Talk) -> None:
    for words in ("#1 xong r", "#1 xin lùi đến 20/3 vì chờ số liệu", "#1 việc này của bên TNMT"):
        said = await talk.says("nam", words)
        assert said[0].labels[0] == "Đúng"
    assert talk.from_bot("phuc") == []


async def test_a_doubtful_meaning_is_asked(talk: Talk) -> None:
    await talk.says("nam", "đã họp với các xã", reply_to=talk.last("nam"))
    talk.hears("nam", "#1: đã giữ lời nhắn. Đây là báo cáo gì?")
    await talk.presses("nam", "Đang thực hiện")
    talk.hears("nam", "#1: đã ghi đang thực hiện")


# --- several at once ---


async def test_three_reports_in_one_message_are_one_answer_with_buttons_for_each(talk: Talk) -> None:
    await _second(talk)
    await talk.says("van", "/giaoviec Phòng Nội vụ: quy chế văn hoá công sở trước 10/3")
    await talk.presses("van", "Phát hành")
    said = await talk.says("nam", "#1 xong, #2 còn 50%, #3 xin lùi đến 20/3 vì chờ góp ý")
    assert len(said) == 1
    talk.hears("nam", "#1: hiểu là đã hoàn thành", "#2: đã ghi đang thực hiện, đạt 50%", "#3", "20/03/2024")
    assert said[0].labels == ["Đúng #1", "Sửa #1", "Đúng #2", "Sửa #2", "Đúng #3", "Sửa #3"]


async def test_each_of_several_is_confirmed_in_its_place_and_the_others_stay(talk: Talk) -> None:
    await _second(talk)
    await talk.says("nam", "#1 xong, #2 đạt 30%")
    await talk.presses("nam", "Đúng #1")
    message = talk.hears("nam", "Đã gửi duyệt #1", "#2: đã ghi đang thực hiện, đạt 30%")
    assert message.labels[:2] == ["Đúng #2", "Sửa #2"]
    assert "Đúng #1" not in message.labels
    talk.hears("phuc", "Phòng Nội vụ báo hoàn thành #1")
    await talk.presses("nam", "Sửa #2")
    await talk.presses("nam", "Gặp vướng mắc #2")
    talk.hears("nam", "Đã gửi duyệt #1", "#2: đã ghi vướng mắc")


async def test_two_requests_without_reasons_are_asked_about_one_after_the_other(talk: Talk) -> None:
    await _second(talk)
    await talk.says("nam", "#1 xin lùi đến 20/3, #2 xin lùi đến 25/3")
    talk.hears("nam", "Lý do xin gia hạn #1 đến 20/03/2024", "#2: xin gia hạn đến 25/03/2024, còn thiếu lý do")
    await talk.says("nam", "chờ các xã gửi số liệu")
    talk.hears("nam", "#1", "Lý do: chờ các xã gửi số liệu")
    await talk.presses("nam", "Xin gia hạn #2")
    talk.hears("nam", "#2", "đến ngày nào")


# --- edited messages ---


async def test_an_edited_message_is_a_new_version_and_the_old_one_stays(talk: Talk) -> None:
    await talk.says("nam", "#1 được 50%")
    await talk.edits("nam", "#1 được 50%", "#1 được 60%")
    talk.hears("nam", "#1: đã ghi đang thực hiện, đạt 60%")
    talk.has_heard("nam", "#1: đã thay bằng bản sửa ở dưới")
    assert await _versions(talk) == [("được 50%", True, None), ("được 60%", False, 1)]


async def test_a_preview_that_was_loaded_is_no_new_version(talk: Talk) -> None:
    await talk.says("nam", "#1 được 50%")
    assert await talk.edits("nam", "#1 được 50%", "#1 được 50%") == []


async def test_a_difficulty_edited_away_is_told_to_who_had_heard_of_it(talk: Talk) -> None:
    await talk.says("nam", "#1 vướng mặt bằng")
    talk.hears("van", "báo vướng mắc ở #1")
    await talk.edits("nam", "#1 vướng mặt bằng", "#1 được 40%")
    talk.hears("van", "Phòng Nội vụ sửa báo cáo #1", "Vướng mắc đã báo trước không còn")


async def test_what_waits_for_approval_can_be_put_better_and_who_decides_is_told(talk: Talk) -> None:
    await talk.says("nam", "#1 đã xong", files=[("ket-qua.txt", b"da lam", "text/plain")])
    await talk.presses("nam", "Đúng")
    await talk.edits("nam", "#1 đã xong", "#1 đã xong, số 12/BC-NV")
    talk.hears("nam", "#1 đang chờ duyệt: đã ghi bản sửa và báo người duyệt")
    talk.hears("phuc", "Phòng Nội vụ sửa báo cáo #1", "số 12/BC-NV", "ket-qua.txt")
    await talk.presses("phuc", "Duyệt")
    talk.hears("nam", "đã được duyệt hoàn thành")


async def test_editing_what_was_approved_changes_nothing_and_says_so(talk: Talk) -> None:
    await talk.says("nam", "#1 đã xong")
    await talk.presses("nam", "Đúng")
    await talk.presses("phuc", "Duyệt")
    await talk.edits("nam", "#1 đã xong", "#1 chưa xong")
    talk.hears("nam", "#1: báo cáo trước đã được giải quyết, bản sửa không được ghi")


async def test_editing_before_done_is_confirmed_asks_anew(talk: Talk) -> None:
    await talk.says("nam", "#1 đã xong")
    await talk.edits("nam", "#1 đã xong", "#1 chưa xong, được 90%")
    talk.hears("nam", "#1: đã ghi đang thực hiện, đạt 90%")
    assert talk.from_bot("phuc") == []


async def test_a_message_edited_to_another_number_takes_the_first_report_back(talk: Talk) -> None:
    await _second(talk)
    await talk.says("nam", "#1 được 50%")
    await talk.edits("nam", "#1 được 50%", "#2 được 50%")
    talk.hears("nam", "Bản sửa không nói về #1 nữa: đã bỏ báo cáo trước")
    talk.has_heard("nam", "#2: đã ghi đang thực hiện, đạt 50%")


async def test_an_edit_while_it_is_asked_which_stands_in_the_place_of_the_first_words(talk: Talk) -> None:
    await _second(talk)
    await talk.says("nam", "được 50% rồi")
    assert await talk.edits("nam", "được 50% rồi", "được 70% rồi") == []
    await talk.presses("nam", "#2 Tuyển dụng viên chức")
    talk.hears("nam", "#2: đã ghi đang thực hiện, đạt 70%")
    await talk.edits("nam", "được 70% rồi", "được 75% rồi")
    talk.hears("nam", "#2: đã ghi đang thực hiện, đạt 75%")


async def test_an_edit_is_no_answer_to_what_is_asked_meanwhile(talk: Talk) -> None:
    await talk.says("nam", "#1 được 50%")
    await talk.presses("nam", "Không đúng đơn vị")
    await talk.edits("nam", "#1 được 50%", "#1 được 55%")
    talk.hears("nam", "đạt 55%")
    assert talk.from_bot("phuc") == [], "nothing was declined"


async def test_an_edited_word_of_receipt_is_understood_once_more(talk: Talk) -> None:
    await talk.says("nam", "đã nhânj", reply_to=talk.last("nam"))
    await talk.edits("nam", "đã nhânj", "đã nhận")
    talk.hears("nam", "#1", "đang thực hiện")


# --- pictures sent together ---


async def test_an_album_is_one_report_with_one_answer(talk: Talk) -> None:
    said = await talk.sends_album("nam", "#1 được 60%", "", "")
    assert len(said) == 1
    talk.hears("nam", "#1: đã ghi đang thực hiện, đạt 60%", "Kèm 3 tệp minh chứng")


async def test_the_words_of_an_album_may_come_with_its_last_picture(talk: Talk) -> None:
    said = await talk.sends_album("nam", "", "", "đã xong")
    assert len(said) == 1
    talk.hears("nam", "#1: hiểu là đã hoàn thành, kèm 3 tệp minh chứng")
    await talk.presses("nam", "Đúng")
    talk.hears("phuc", "anh-1.png, anh-2.png, anh-3.png")


async def test_pictures_of_an_album_without_words_are_asked_about_once(talk: Talk) -> None:
    said = await talk.sends_album("nam", "", "")
    assert [m.plain.strip() for m in said] == ["Đã giữ 2 tệp cho #1. Đây là báo cáo gì?"]


async def test_a_late_picture_of_an_album_still_joins_it(talk: Talk) -> None:
    await talk.sends_album("nam", "#1 được 60%", "")
    await talk.passes(minutes=30)
    await talk.sends_album("nam", "", begun=2)
    talk.has_heard("nam", "#1: đã ghi đang thực hiện, đạt 60%", "Kèm 3 tệp minh chứng")


async def test_a_late_picture_joins_what_was_handed_in_and_is_said_once(talk: Talk) -> None:
    await talk.sends_album("nam", "#1 đã xong", "")
    await talk.presses("nam", "Đúng")
    await talk.sends_album("nam", "", begun=2)
    talk.hears("nam", "Đã thêm 3 tệp vào báo cáo #1")
    talk.has_heard("nam", "Đã gửi duyệt #1")


async def test_an_album_waits_whole_while_it_is_asked_which(talk: Talk) -> None:
    await _second(talk)
    said = await talk.sends_album("nam", "", "được 60% rồi", "")
    assert len(said) == 1
    talk.hears("nam", "Tin này nói về việc nào", "nội dung và 3 tệp sẽ được ghi ngay")
    await talk.presses("nam", "#2 Tuyển dụng viên chức")
    talk.hears("nam", "#2: đã ghi đang thực hiện, đạt 60%", "Kèm 3 tệp minh chứng")
    await talk.sends_album("nam", "", begun=3)
    talk.has_heard("nam", "#2: đã ghi đang thực hiện, đạt 60%", "Kèm 4 tệp minh chứng")


async def test_an_album_right_after_words_belongs_to_them(talk: Talk) -> None:
    await talk.says("nam", "#1 được 60%")
    said = await talk.sends_album("nam", "", "", "")
    assert [m.plain.strip() for m in said] == ["Đã thêm 3 tệp vào báo cáo #1."]


# --- without words ---


async def test_a_voice_message_gets_a_polite_sentence(talk: Talk) -> None:
    await talk.sends("nam", "voice", reply_to=talk.last("nam"))
    talk.hears("nam", "Chưa đọc được tin nhắn thoại", "nhắn bằng chữ")


async def test_a_sticker_gets_a_polite_sentence(talk: Talk) -> None:
    await talk.sends("nam", "sticker")
    talk.hears("nam", "Chưa đọc được nhãn dán")


async def test_a_thumb_up_acknowledges(talk: Talk) -> None:
    await talk.says("nam", "👍", reply_to=talk.last("nam"))
    talk.hears("nam", "Đã nhận #1")


# --- nothing to do with it ---


async def test_help_is_given_once_then_a_short_line_and_to_small_talk_nothing(talk: Talk) -> None:
    await talk.says("nam", "chúc anh chị cuối tuần vui vẻ")
    talk.hears("nam", "Chưa rõ tin này", "/viec")
    assert await talk.says("nam", "cảm ơn mọi người") == []
    (short,) = await talk.says("nam", "abc xyz")
    assert short.plain.strip() == "Chưa rõ tin này. Hướng dẫn: /trogiup."
    await talk.passes(hours=5)
    await talk.says("nam", "chúc cả nhà ngủ ngon")
    talk.hears("nam", "Chưa rõ tin này", "/viec")


async def test_a_report_between_does_not_bring_the_help_back(talk: Talk) -> None:
    await talk.says("nam", "chúc anh chị cuối tuần vui vẻ")
    await talk.says("nam", "#1 được 50%")
    assert await talk.says("nam", "cảm ơn mọi người") == []


async def _versions(talk: Talk) -> list[tuple[str, bool, int | None]]:
    async with talk.app.database.read() as session:
        rows = (await session.scalars(select(Report).order_by(Report.id))).all()
        return [(r.text, r.withdrawn_at is not None, r.replaces_id) for r in rows]
