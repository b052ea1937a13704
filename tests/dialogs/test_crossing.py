"""People do not answer in order: files in the middle of a question, replies to something else, two things at once."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from db.models import Attachment, Directive, Extension, Notice, Report
from tests.talk import Talk

PHOTO = ("anh.png", b"\x89PNG", "image/png")
SECOND = ("anh2.png", b"\x89PNG2", "image/png")
LONG = "Kính gửi các phòng, ban\n1. Giao Phòng Nội vụ rà soát biên chế trước ngày 07/02/2024.\n" * 5


async def _give(talk: Talk, *tasks: str, unit: str = "Phòng Nội vụ") -> None:
    for task in tasks:
        await talk.says("van", f"/giaoviec {unit}: {task}")
        await talk.presses("van", "Phát hành")


async def _files(talk: Talk, number: int) -> list[str]:
    async with talk.app.database.read() as session:
        found = await session.scalars(select(Attachment.name).join(Report).where(Report.directive_id == number))
        return sorted(found)


async def _directive(talk: Talk, number: int) -> Directive:
    async with talk.app.database.read() as session:
        return await session.get_one(Directive, number)


async def test_pictures_sent_one_by_one_while_it_is_asked_which_are_all_kept(talk: Talk) -> None:
    await _give(talk, "báo cáo biên chế trước 15/3", "tuyển dụng viên chức trước 20/3")
    await talk.says("nam", "được 60% rồi", files=[PHOTO])
    await talk.says("nam", "", files=[SECOND])
    talk.hears("nam", "Tin này nói về việc nào", "nội dung và 2 tệp sẽ được ghi ngay")
    await talk.says("nam", "việc số 2 nhé")
    talk.hears("nam", "#2", "đạt 60%", "Kèm 2 tệp")
    assert await _files(talk, 2) == ["anh.png", "anh2.png"]


async def test_a_picture_right_after_a_report_belongs_to_it(talk: Talk) -> None:
    await _give(talk, "báo cáo biên chế trước 15/3", "tuyển dụng viên chức trước 20/3")
    await talk.says("nam", "#1 đã xong", files=[PHOTO])
    await talk.says("nam", "", files=[SECOND])
    talk.hears("nam", "Đã thêm 1 tệp vào báo cáo #1")
    assert await _files(talk, 1) == ["anh.png", "anh2.png"]


async def test_two_reports_without_a_number_are_asked_about_once(talk: Talk) -> None:
    await _give(talk, "báo cáo biên chế trước 15/3", "tuyển dụng viên chức trước 20/3")
    assert len(await talk.says("nam", "đã xong, còn lại được 50%")) == 1


async def test_a_part_that_changes_nothing_does_not_take_the_others_with_it(talk: Talk) -> None:
    await _give(talk, "báo cáo biên chế trước 15/3", "tuyển dụng viên chức trước 20/3")
    await talk.says("nam", "#1 đã xong")
    await talk.presses("nam", "Đúng")
    said = await talk.says("nam", "#2 được 50%, #1 đã xong")
    (answer,) = said
    assert "#2: đã ghi đang thực hiện, đạt 50%" in answer.plain
    assert "#1 đang chờ duyệt: đã ghi thêm lời của anh/chị." in answer.plain
    assert (await _directive(talk, 2)).percent == 50


@pytest.mark.parametrize("part", ["Nội dung", "Đơn vị phối hợp", "Thời hạn", "Đơn vị chủ trì"])
async def test_a_document_is_never_the_answer_to_a_question(talk: Talk, part: str) -> None:
    await talk.says("van", "/giaoviec Phòng Nội vụ: báo cáo biên chế trước 15/3")
    await talk.presses("van", "Sửa")
    await talk.presses("van", part)
    await talk.says("van", "", files=[("kl.txt", LONG.encode(), "text/plain")])
    talk.has_heard("van", "nhiệm vụ", "có thời hạn")
    assert (await _directive(talk, 1)).text == "Báo cáo biên chế"


async def test_a_notice_pasted_while_a_reason_is_asked_goes_to_nobody(talk: Talk) -> None:
    await _give(talk, "báo cáo biên chế trước 15/3")
    await talk.presses("nam", "Đã nhận")
    await talk.presses("nam", "Hoàn thành")
    await talk.presses("van", "Trả lại")
    await talk.says("van", LONG)
    assert all("Kính gửi" not in m.plain for m in talk.from_bot("nam"))
    async with talk.app.database.read() as session:
        assert len((await session.scalars(select(Notice))).all()) == 1


async def test_a_reply_about_another_one_leaves_the_question(talk: Talk) -> None:
    await _give(talk, "báo cáo biên chế trước 15/3", "tuyển dụng viên chức trước 20/3")
    second = talk.last("nam")
    first = talk.has_heard("nam", "Nhiệm vụ mới #1")
    await talk.presses("nam", "Không đúng đơn vị", under=first)
    await talk.says("nam", "đã xong", reply_to=second)
    talk.hears("nam", "#2", "hiểu là đã hoàn thành")


async def test_a_reason_may_name_its_own_directive_and_bring_a_picture(talk: Talk) -> None:
    await _give(talk, "báo cáo biên chế trước 15/3")
    await talk.presses("nam", "Xin gia hạn")
    await talk.says("nam", "25/3")
    await talk.says("nam", "#1 chờ công văn của Sở", files=[PHOTO])
    await talk.presses("nam", "Đúng")
    talk.hears("phuc", "xin gia hạn #1", "chờ công văn của Sở")
    assert await _files(talk, 1) == ["anh.png"]


async def test_a_clerks_own_report_with_a_picture_is_no_notice(talk: Talk) -> None:
    await _give(talk, "sắp xếp lịch tiếp dân", unit="Văn phòng HĐND và UBND huyện")
    await talk.says("van", "#1 đã xong", files=[PHOTO])
    talk.hears("van", "#1", "hiểu là đã hoàn thành", "kèm 1 tệp")
    await talk.presses("van", "Đúng")
    message = talk.has_heard("lam", "báo hoàn thành #1")
    assert "Duyệt" in message.labels
    assert all("Duyệt" not in m.labels for m in talk.from_bot("van")), "nobody approves their own office's work"


async def test_what_is_approved_cannot_be_taken_back(talk: Talk) -> None:
    await _give(talk, "báo cáo biên chế trước 15/3")
    await talk.says("nam", "#1 được 80%")
    old = talk.last("nam")
    await talk.says("nam", "#1 đã xong")
    await talk.presses("nam", "Đúng")
    await talk.presses("phuc", "Duyệt")
    await talk.presses("nam", "Sửa", under=old)
    await talk.presses("nam", "Bỏ báo cáo này")
    talk.hears("nam", "Không làm được vì việc này đã hoàn thành")
    assert (await _directive(talk, 1)).percent == 100


async def test_a_question_that_has_no_answer_any_more_is_left(talk: Talk) -> None:
    await _give(talk, "báo cáo biên chế trước 15/3")
    await talk.presses("nam", "Đã nhận")
    await talk.presses("nam", "Hoàn thành")
    await talk.presses("phuc", "Trả lại")
    await talk.presses("van", "Duyệt")
    await talk.says("phuc", "thiếu phụ lục")
    talk.hears("phuc", "việc này đã hoàn thành")
    await talk.says("phuc", "cảm ơn")
    talk.hears("phuc", "Chưa rõ tin này")


async def test_handing_it_in_ends_the_request_for_time(talk: Talk) -> None:
    await _give(talk, "báo cáo biên chế trước 15/3")
    await talk.says("nam", "#1 xin gia hạn đến 25/3 vì chờ số liệu")
    await talk.presses("nam", "Đúng")
    await talk.says("nam", "#1 đã xong")
    await talk.presses("nam", "Đúng")
    talk.hears("nam", "Đã gửi duyệt #1", "Đề nghị gia hạn đang chờ của việc này đã đóng")
    await talk.says("van", "/duyet")
    talk.hears("van", "Chờ duyệt (1)")
    await talk.presses("phuc", "Đồng ý")
    talk.hears("phuc", "Đề nghị này đã được trả lời")


async def test_agreeing_in_the_list_keeps_the_list(talk: Talk) -> None:
    await _give(talk, "báo cáo biên chế trước 15/3", "tuyển dụng viên chức trước 20/3")
    for number in (1, 2):
        await talk.says("nam", f"#{number} xin gia hạn đến 30/3 vì chờ số liệu")
        await talk.presses("nam", "Đúng")
    await talk.says("phuc", "/duyet")
    said = await talk.presses("phuc", "Đồng ý #1")
    assert "Chờ duyệt (1)" in said[0].plain
    assert "Đồng ý #2" in said[0].labels
    assert "Đã đồng ý gia hạn #1" in said[1].plain
    async with talk.app.database.read() as session:
        assert sorted(await session.scalars(select(Extension.state))) == ["granted", "pending"]


async def test_a_leader_moves_work_within_the_own_field_only(talk: Talk) -> None:
    await _give(talk, "báo cáo biên chế trước 15/3")
    await talk.says("phuc", "/status #1")
    await talk.presses("phuc", "Khác…")
    await talk.presses("phuc", "Chuyển đơn vị")
    await talk.says("phuc", "Phòng Tài chính - Kế hoạch")
    talk.hears("phuc", "Chỉ Văn phòng hoặc lãnh đạo phụ trách")
    assert talk.from_bot("tai") == []


async def test_moving_it_to_where_it_is_changes_nothing(talk: Talk) -> None:
    await _give(talk, "báo cáo biên chế trước 15/3")
    await talk.says("van", "/status #1")
    await talk.presses("van", "Khác…")
    await talk.presses("van", "Chuyển đơn vị")
    await talk.says("van", "Phòng Nội vụ")
    talk.hears("van", "đang ở Phòng Nội vụ rồi")


async def test_what_a_helper_says_is_their_part_and_they_hear_of_the_end(talk: Talk) -> None:
    await talk.says("van", "/giaoviec Phòng Nội vụ: báo cáo biên chế trước 15/3")
    await talk.presses("van", "Sửa")
    await talk.presses("van", "Đơn vị phối hợp")
    await talk.says("van", "UBND xã An Hòa")
    await talk.presses("van", "Phát hành")
    await talk.says("hoa", "đã gửi số liệu", reply_to=talk.last("hoa"))
    talk.hears("hoa", "#1: đã ghi ý kiến của UBND xã An Hòa", "Phòng Nội vụ đã được báo")
    await talk.says("van", "/status #1")
    await talk.presses("van", "Khác…")
    await talk.presses("van", "Huỷ nhiệm vụ")
    await talk.says("van", "không còn cần thiết")
    talk.hears("hoa", "#1 đã huỷ", "không còn cần thiết")


async def test_a_deciders_words_under_a_report_open_the_decision(talk: Talk) -> None:
    await _give(talk, "báo cáo biên chế trước 15/3")
    await talk.presses("nam", "Đã nhận")
    await talk.presses("nam", "Hoàn thành")
    await talk.says("phuc", "thiếu phụ lục, làm lại", reply_to=talk.last("phuc"))
    assert {"Duyệt", "Trả lại"} <= set(talk.hears("phuc", "#1 · chờ duyệt").labels)
    await talk.presses("phuc", "Trả lại")
    await talk.says("phuc", "#1 thiếu phụ lục 2")
    talk.hears("nam", "#1 được trả lại", "thiếu phụ lục 2")


async def test_a_difficulty_ends_when_it_is_said_to_be_over(talk: Talk) -> None:
    await _give(talk, "báo cáo biên chế trước 15/3")
    await talk.says("nam", "#1 được 40%, còn vướng số liệu")
    await talk.says("van", "/status #1")
    assert "Vướng mắc: còn vướng số liệu" in " ".join(m.plain for m in talk.from_bot("van")[-2:])
    await talk.says("nam", "#1 đã hết vướng, được 90%")
    await talk.says("van", "/status #1")
    assert "Vướng mắc:" not in talk.has_heard("van", "#1 · đang thực hiện 90%").plain


async def test_a_second_press_of_received_shows_who_has_it(talk: Talk) -> None:
    await _give(talk, "báo cáo biên chế trước 15/3")
    await talk.presses("nam", "Đã nhận")
    await talk.presses("noi", "Đã nhận")
    talk.hears("noi", "đang thực hiện", "Đầu mối: Phạm Văn Nam")


async def test_a_video_with_words_is_read_and_the_video_declined(talk: Talk) -> None:
    await _give(talk, "báo cáo biên chế trước 15/3")
    await talk.channel.say("nam", "#1 được 80%", at=talk.clock(), unsupported="video")
    await talk.app.settle()
    talk.hears("nam", "Chưa đọc được video")
    talk.has_heard("nam", "#1", "đạt 80%")
