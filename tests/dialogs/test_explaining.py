"""An explanation in writing: asked with one press, answered by replying, pressing or naming the directive."""

from __future__ import annotations

from datetime import datetime

import pytest
from sqlalchemy import select

from channels.base import visible
from channels.web.store import Message
from db.models import Explanation, Outbox, Report, Transition
from domain.calendar import OFFICE_ZONE
from tests.talk import Talk

PDF = ("to-trinh.pdf", b"%PDF-1.4", "application/pdf")


def at(day: int, hour: int = 8, minute: int = 0, month: int = 3) -> datetime:
    return datetime(2024, month, day, hour, minute, tzinfo=OFFICE_ZONE)


@pytest.fixture
async def late(talk: Talk) -> Talk:
    """Since Tuesday 5 March directive #1 of the department of Nam and Nội is overdue. It is Wednesday, 8:00."""
    talk.clock.forward_to(at(1))
    await talk.says("van", "/giaoviec Phòng Nội vụ: báo cáo biên chế trước 5/3")
    await talk.presses("van", "Phát hành")
    await talk.presses("nam", "Đã nhận")
    await talk.until(at(6))
    return talk


async def _ask(talk: Talk, who: str = "phuc") -> Message:
    await talk.says(who, "/status #1")
    await talk.presses(who, "Yêu cầu giải trình")
    return talk.has_heard("nam", "Yêu cầu giải trình #1")


async def rows(talk: Talk, table: type[Explanation | Report | Transition]) -> list[Explanation | Report | Transition]:
    async with talk.app.database.read() as session:
        found = list(await session.scalars(select(table).order_by(table.id)))
        session.expunge_all()
        return found


async def test_the_unit_is_asked_and_replies_and_the_leader_reads_it(late: Talk) -> None:
    request = await _ask(late)
    late.hears("phuc", "Đã yêu cầu Phòng Nội vụ giải trình #1 bằng văn bản, chậm nhất hết thứ Năm 07/03/2024.")
    assert visible(request.text).splitlines() == [
        "Yêu cầu giải trình #1 · quá hạn 2 ngày",
        "",
        "Báo cáo biên chế",
        "",
        "Người yêu cầu: Phó Chủ tịch Lý Thị Phúc",
        "Trả lời chậm nhất: hết thứ Năm 07/03/2024",
        "",
        "Trả lời tin này, hoặc bấm nút, nêu lý do chậm và hướng xử lý; gửi kèm được tệp, ảnh.",
    ]
    late.has_heard("noi", "Yêu cầu giải trình #1")
    await late.says("nam", "Ba xã chưa gửi số liệu; thứ Sáu sẽ xong.", files=[PDF], reply_to=request)
    late.hears("nam", "Đã ghi giải trình #1, kèm 1 tệp và gửi Phó Chủ tịch Lý Thị Phúc.")
    said = late.hears("phuc", "Phòng Nội vụ giải trình #1", "“Ba xã chưa gửi số liệu; thứ Sáu sẽ xong.”", "to-trinh")
    assert [b.label for row in said.buttons for b in row] == ["#1", "Xem minh chứng"]


async def test_an_explanation_is_no_report_of_progress(late: Talk) -> None:
    request = await _ask(late)
    await late.says("nam", "đã xong từ tuần trước nhưng quên báo", reply_to=request)
    (kept,) = [r for r in await rows(late, Report) if isinstance(r, Report)]
    assert (kept.kind, kept.text) == ("explanation", "đã xong từ tuần trước nhưng quên báo")
    late.hears("nam", "Đã ghi giải trình #1")
    await late.says("phuc", "/status #1")
    assert "đang thực hiện" in visible(late.from_bot("phuc")[-2].text)
    late.hears("phuc", "Yêu cầu giải trình, đến 07/03/2024", "Giải trình", "“đã xong từ tuần trước nhưng quên báo”")


async def test_the_next_reply_is_a_report_again(late: Talk) -> None:
    request = await _ask(late)
    await late.says("nam", "chờ số liệu", reply_to=request)
    await late.says("nam", "được 80%", reply_to=request)
    late.hears("nam", "#1: đã ghi đang thực hiện, đạt 80%.")


async def test_a_reply_that_names_another_directive_is_about_that_one(late: Talk) -> None:
    request = await _ask(late)
    await late.says("van", "/giaoviec Phòng Nội vụ: lập danh sách trước 30/4")
    await late.presses("van", "Phát hành")
    await late.says("nam", "#2 được 30%", reply_to=request)
    late.hears("nam", "#2: đã ghi đang thực hiện, đạt 30%.")


async def test_the_button_asks_for_the_words(late: Talk) -> None:
    await _ask(late)
    await late.presses("noi", "Giải trình")
    late.hears("noi", "Nhắn nội dung giải trình #1", "chậm nhất 07/03/2024")
    await late.says("noi", "Thiếu người, đã phân công lại")
    late.hears("phuc", "“Thiếu người, đã phân công lại”", "Trưởng phòng Trần Văn Nội")


async def test_a_signed_paper_is_an_explanation_too(late: Talk) -> None:
    await _ask(late)
    await late.presses("nam", "Giải trình")
    await late.says("nam", "", files=[PDF])
    late.hears("nam", "Đã ghi giải trình #1, kèm 1 tệp")
    late.hears("phuc", "Phòng Nội vụ giải trình #1", "kèm: to-trinh.pdf")


@pytest.mark.parametrize(
    "words", ["#1 giải trình: mưa lũ kéo dài", "1 giai trinh mưa lũ kéo dài", "#1: Xin giải trình - mưa lũ kéo dài"]
)
async def test_it_can_be_typed_with_the_number(late: Talk, words: str) -> None:
    await _ask(late)
    await late.says("nam", words)
    late.hears("phuc", "“mưa lũ kéo dài”")


async def test_a_number_without_words_is_asked_for_them(late: Talk) -> None:
    await _ask(late)
    await late.says("nam", "#1 giải trình")
    late.hears("nam", "Nhắn nội dung giải trình #1")


async def test_who_presses_again_is_told_who_asked_and_when(late: Talk) -> None:
    await _ask(late)
    await late.says("lam", "/status #1")
    assert not [b for row in late.from_bot("lam")[-2].buttons for b in row if b.label == "Yêu cầu giải trình"]
    late.has_heard("lam", "Giải trình: đã được yêu cầu, trả lời chậm nhất 07/03/2024")
    await late.presses("phuc", "Yêu cầu giải trình")
    late.hears("phuc", "Lý Thị Phúc đã yêu cầu giải trình #1 lúc 08:00 ngày 06/03/2024")
    assert len(await rows(late, Explanation)) == 1


async def test_a_clerk_asks_on_the_leaders_behalf_and_both_read_the_answer(late: Talk) -> None:
    await _ask(late, "van")
    await late.says("nam", "#1 giải trình: chờ số liệu")
    late.hears("van", "“chờ số liệu”")
    late.hears("phuc", "“chờ số liệu”")


@pytest.mark.parametrize("who", ["nam", "tai", "an"])
async def test_nobody_else_may_ask(late: Talk, who: str) -> None:
    await late.says("phuc", "/status #1")
    data = next(b.data for m in late.from_bot("phuc") for row in m.buttons for b in row if b.data.startswith("xa:"))
    await late.forges(who, data)
    assert await rows(late, Explanation) == []


async def test_what_is_not_late_needs_no_explanation(talk: Talk) -> None:
    await talk.says("van", "/giaoviec Phòng Nội vụ: báo cáo biên chế trước 15/3")
    await talk.presses("van", "Phát hành")
    await talk.says("phuc", "/status #1")
    labels = [b.label for m in talk.from_bot("phuc") for row in m.buttons for b in row]
    assert "Yêu cầu giải trình" not in labels


async def test_unanswered_it_is_mentioned_once_on_the_next_morning(late: Talk) -> None:
    await _ask(late)
    await late.until(at(8, 12))
    await late.until(at(12, 12))
    said = [visible(m.text) for m in late.from_bot("nam") if "Chưa có giải trình" in m.text]
    assert [text.splitlines()[0] for text in said] == ["Chưa có giải trình #1"]
    reminder = late.has_heard("nam", "Chưa có giải trình #1")
    await late.says("nam", "xin lỗi, chờ số liệu", reply_to=reminder)
    late.has_heard("phuc", "Phòng Nội vụ giải trình #1 · trả lời muộn", "“xin lỗi, chờ số liệu”")


async def test_several_unanswered_ones_are_one_message_and_a_reply_is_asked_which(late: Talk) -> None:
    await late.says("van", "/giaoviec Phòng Nội vụ: lập danh sách trước 6/3")
    await late.presses("van", "Phát hành")
    await late.presses("nam", "Đã nhận")
    for number in (1, 2):
        await late.until(at(6 + number, 9))
        await late.says("phuc", f"/status #{number}")
        await late.presses("phuc", "Yêu cầu giải trình")
    async with late.app.database.write() as session:
        for row in await session.scalars(select(Explanation)):
            row.due_day, row.reminded_at = at(8).date(), None
    late.catch_up("nam")
    await late.until(at(11, 12))
    said = [m for m in late.new("nam") if "chưa giải trình" in m.text]
    assert len(said) == 1
    await late.says("nam", "chờ số liệu của xã", reply_to=said[0])
    late.hears("nam", "Giải trình này của việc nào?")
    await late.presses("nam", "#2")
    late.hears("nam", "Đã ghi giải trình #2")
    late.has_heard("phuc", "Phòng Nội vụ giải trình #2", "“chờ số liệu của xã”")


async def test_what_is_done_needs_no_explanation_any_more_and_who_asked_is_told(late: Talk) -> None:
    await _ask(late)
    await late.says("nam", "#1 đã xong")
    await late.presses("nam", "Đúng")
    await late.presses("van", "Duyệt")
    late.has_heard("phuc", "Không cần giải trình #1 nữa: việc đã được duyệt hoàn thành.")
    late.has_heard("nam", "#1 đã được duyệt hoàn thành", "Không phải giải trình việc này nữa.")
    (row,) = await rows(late, Explanation)
    assert isinstance(row, Explanation)
    assert row.closed_at is not None
    assert row.answered_at is None
    await late.until(at(11, 12))
    assert not [m for m in late.from_bot("nam") if "Chưa có giải trình" in m.text]


async def test_another_unit_owes_no_explanation_for_what_it_has_just_got(late: Talk) -> None:
    await _ask(late)
    await late.says("van", "/status #1")
    await late.presses("van", "Khác…")
    await late.presses("van", "Chuyển đơn vị")
    await late.says("van", "UBND xã An Hòa")
    late.has_heard("phuc", "việc đã chuyển từ Phòng Nội vụ sang UBND xã An Hòa; cần thì yêu cầu lại")
    late.has_heard("nam", "Không phải giải trình việc này nữa.")


async def test_a_unit_without_anybody_linked_is_named_to_who_asks(talk: Talk) -> None:
    talk.clock.forward_to(at(1))
    await talk.says("van", "/giaoviec UBND xã Bình Minh: báo cáo biên chế trước 5/3")
    await talk.presses("van", "Phát hành")
    await talk.until(at(6))
    await talk.says("lam", "/status #1")
    await talk.presses("lam", "Yêu cầu giải trình")
    talk.hears("lam", "Đơn vị này chưa có ai nhận được tin; Văn phòng cần báo trực tiếp.")


async def test_it_all_stands_in_the_audit(late: Talk) -> None:
    await _ask(late)
    await late.says("nam", "#1 giải trình: chờ số liệu")
    moves = [m for m in await rows(late, Transition) if isinstance(m, Transition) and "expla" in m.event]
    assert [m.event for m in moves] == ["ask_explanation", "explain"]
    assert moves[0].details["due"] == "2024-03-07"
    assert all(m.actor_id and m.inbox_id for m in moves)


async def test_nothing_said_of_it_is_bulk(late: Talk) -> None:
    await _ask(late)
    await late.until(at(11, 12))
    async with late.app.database.read() as session:
        found = await session.scalars(select(Outbox.priority).where(Outbox.kind.in_(("explain", "explain_late"))))
        assert set(found) == {1}


async def test_an_explanation_nobody_asked_for_is_no_report_unless_its_author_says_so(talk: Talk) -> None:
    await talk.says("van", "/giaoviec Phòng Nội vụ: báo cáo biên chế trước 15/3")
    await talk.presses("van", "Phát hành")
    await talk.says("nam", "#1 giải trình: chưa có vốn, mới được 40%")
    talk.hears("nam", "#1 hiện không có yêu cầu giải trình.", "Ghi nội dung này thành báo cáo?")
    assert [m for m in await rows(talk, Transition) if isinstance(m, Transition) and m.event == "report"] == []
    await talk.presses("nam", "Ghi thành báo cáo")
    talk.hears("nam", "#1: đã ghi đang thực hiện, đạt 40%", "vướng mắc “chưa có vốn”, văn phòng đã được báo")
    assert "report" in [m.event for m in await rows(talk, Transition) if isinstance(m, Transition)]


async def test_to_leave_it_leaves_nothing(talk: Talk) -> None:
    await talk.says("van", "/giaoviec Phòng Nội vụ: báo cáo biên chế trước 15/3")
    await talk.presses("van", "Phát hành")
    await talk.says("nam", "#1 giải trình: chờ số liệu của xã")
    await talk.presses("nam", "Thôi")
    assert [m for m in await rows(talk, Transition) if isinstance(m, Transition) and m.event == "report"] == []


async def test_a_report_that_speaks_of_an_explanation_is_a_report(talk: Talk) -> None:
    await talk.says("van", "/giaoviec Phòng Nội vụ: báo cáo biên chế trước 15/3")
    await talk.presses("van", "Phát hành")
    await talk.says("nam", "#1 giải trình với thanh tra xong phần đầu, đạt 50%")
    talk.hears("nam", "#1: đã ghi đang thực hiện, đạt 50%")


async def test_an_explanation_that_says_it_is_done_is_asked_about_as_any_report(talk: Talk) -> None:
    await talk.says("van", "/giaoviec Phòng Nội vụ: báo cáo biên chế trước 15/3")
    await talk.presses("van", "Phát hành")
    await talk.says("nam", "#1 giải trình: đã xong")
    await talk.presses("nam", "Ghi thành báo cáo")
    talk.hears("nam", "#1: hiểu là đã hoàn thành. Bấm Đúng để gửi duyệt.")
    await talk.presses("nam", "Ghi thành báo cáo")
    talk.hears("nam", "Nút này đã cũ")
