"""A clerk writes the conclusions of a meeting down line by line; they become a notice with its usual cards."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy import select

from channels.base import visible
from db.models import Conclusion, Directive, Meeting, Notice, Transition
from domain.calendar import OFFICE_ZONE
from domain.rights import Role
from services import accounts, office
from services.office import PersonLine
from tests import people
from tests.talk import Talk, open_talk

FRIDAY = datetime(2024, 2, 2, 8, 0, tzinfo=OFFICE_ZONE)


@pytest.fixture
async def meeting(talk: Talk) -> Talk:
    """Friday, 2 February 2024, 8:00: the meeting begins, and Vân opens a list."""
    talk.clock.forward_to(FRIDAY)
    await talk.says("van", "/ketluan")
    return talk


async def texts(talk: Talk) -> list[str]:
    async with talk.app.database.read() as session:
        rows = select(Conclusion).where(Conclusion.dropped_at.is_(None)).order_by(Conclusion.place)
        return [row.text for row in await session.scalars(rows)]


async def test_conclusions_become_a_notice_and_its_directives(meeting: Talk) -> None:
    meeting.hears("van", "Kết luận họp giao ban ngày 02/02/2024", "mỗi dòng một kết luận")
    await meeting.says("van", "Giao Phòng Nội vụ rà soát biên chế, hoàn thành trong ngày 15/3/2024")
    meeting.hears("van", "1. Phòng Nội vụ · hạn 15/03/2024", "Giao Phòng Nội vụ rà soát biên chế")
    await meeting.says("van", "2. P. Nội vụ lập danh sách cán bộ\n- UBND xã An Hòa giải phóng mặt bằng trong tháng 2")
    meeting.hears("van", "2. Phòng Nội vụ · không đặt hạn", "3. UBND xã An Hòa · hạn 29/02/2024", "Đã có 3 kết luận.")
    await meeting.says("van", "xong")
    meeting.hears("van", "Kết luận họp giao ban ngày 02/02/2024 · 3 kết luận · ghi xong 08:00 02/02/2024")
    await meeting.presses("van", "Lập thông báo")
    meeting.hears("van", "Kết luận họp giao ban ngày 02/02/2024")
    await meeting.presses("van", "Phát hành tất cả (3)")
    meeting.has_heard("nam", "Phòng Nội vụ có 2 nhiệm vụ mới", "Rà soát biên chế")
    meeting.has_heard("hoa", "giải phóng mặt bằng", "29/02/2024", "Thông báo kết luận")
    async with meeting.app.database.read() as session:
        notice = (await session.scalars(select(Notice))).one()
        assert (notice.number, notice.doc_type, notice.title) == (
            None, "Thông báo kết luận", "Kết luận họp giao ban ngày 02/02/2024",
        )  # fmt: skip
        assert [d.ref for d in await session.scalars(select(Directive).order_by(Directive.id))] == ["1", "2", "3"]
        events = list(await session.scalars(select(Transition.event)))
    assert events.count("issue") == 3


async def test_a_unit_in_small_letters_is_read_all_the_same(meeting: Talk) -> None:
    await meeting.says("van", "giao phòng nội vụ rà soát biên chế xong trong ngày 15/3")
    meeting.hears("van", "1. Phòng Nội vụ · hạn 15/03/2024")


async def test_a_remark_that_gives_no_task_is_said_and_kept_aside(meeting: Talk) -> None:
    await meeting.says("van", "Ghi nhận kết quả tháng 1 của các đơn vị\nPhòng Nội vụ báo cáo biên chế")
    meeting.hears("van", "1. chưa thấy giao việc cho đơn vị nào", "2. Phòng Nội vụ")
    await meeting.presses("van", "Danh sách (2)")
    await meeting.presses("van", "Lập thông báo")
    await meeting.presses("van", "Câu chưa vào bảng (1)")
    meeting.hears("van", "Ghi nhận kết quả tháng 1 của các đơn vị")


async def test_a_line_is_changed_dropped_and_moved(meeting: Talk) -> None:
    await meeting.says("van", "Phòng Nội vụ lập danh sách\nPhòng Nội vụ báo cáo\nPhòng Nội vụ họp xã")
    await meeting.says("van", "Sửa 3")
    meeting.hears("van", "Nhắn lời mới cho kết luận 3", "Phòng Nội vụ họp xã")
    await meeting.says("van", "UBND xã An Hòa báo cáo trước ngày 21/2/2024")
    meeting.hears("van", "Đã sửa", "3. UBND xã An Hòa · hạn 20/02/2024")
    await meeting.says("van", "sửa 2: Phòng Nội vụ báo cáo biên chế")
    await meeting.says("van", "bỏ 1")
    assert await texts(meeting) == ["Phòng Nội vụ báo cáo biên chế", "UBND xã An Hòa báo cáo trước ngày 21/2/2024"]
    await meeting.says("van", "đưa 2 lên 1")
    meeting.hears("van", "1. UBND xã An Hòa", "2. Phòng Nội vụ")
    await meeting.presses("van", "Lên 2")
    await meeting.presses("van", "Bỏ 2")
    assert await texts(meeting) == ["Phòng Nội vụ báo cáo biên chế"]


async def test_a_number_that_is_not_there_is_said(meeting: Talk) -> None:
    await meeting.says("van", "Phòng Nội vụ lập danh sách")
    await meeting.says("van", "bỏ 4")
    meeting.hears("van", "Không có kết luận số 4; danh sách có 1 kết luận.")
    assert await texts(meeting) == ["Phòng Nội vụ lập danh sách"]


async def test_a_task_that_begins_like_a_command_of_the_list_is_a_conclusion(meeting: Talk) -> None:
    await meeting.says("van", "Sửa 3 tuyến đường xã An Hòa trong tháng 2")
    meeting.hears("van", "1. ")
    assert await texts(meeting) == ["Sửa 3 tuyến đường xã An Hòa trong tháng 2"]


async def test_other_conversations_in_between_lose_nothing(meeting: Talk) -> None:
    await meeting.says("van", "Phòng Nội vụ lập danh sách")
    await meeting.says("van", "/giaoviec Phòng Nội vụ: báo cáo biên chế trước 5/3")
    await meeting.presses("van", "Phát hành")
    await meeting.says("van", "/status")
    await meeting.says("van", "/status #1")
    await meeting.presses("van", "Khác…")
    await meeting.presses("van", "Tạm dừng")  # of the directive: its reason is asked for
    await meeting.says("van", "chờ kinh phí")
    meeting.hears("van", "Đã tạm dừng #1")
    await meeting.says("van", "Phòng Nội vụ báo cáo biên chế")
    meeting.hears("van", "2. Phòng Nội vụ", "Đã có 2 kết luận.")
    assert len(await texts(meeting)) == 2


async def test_a_refusal_in_between_does_not_end_it(meeting: Talk) -> None:
    await meeting.says("van", "Phòng Nội vụ lập danh sách")
    await meeting.forges("van", "d:khong-co", "kls:khong-co")
    await meeting.says("van", "Phòng Nội vụ báo cáo biên chế")
    assert len(await texts(meeting)) == 2


async def test_a_pause_and_going_on(meeting: Talk) -> None:
    await meeting.says("van", "Phòng Nội vụ lập danh sách")
    await meeting.presses("van", "Tạm dừng")
    meeting.hears("van", "Tạm dừng ghi", "đã có 1 kết luận", "/ketluan")
    await meeting.says("van", "cảm ơn")
    assert len(await texts(meeting)) == 1
    await meeting.says("van", "/ketluan")
    meeting.hears("van", "1 kết luận", "Phòng Nội vụ lập danh sách")
    await meeting.says("van", "Phòng Nội vụ báo cáo biên chế")
    assert len(await texts(meeting)) == 2


async def test_a_restart_in_the_middle_of_a_meeting(meeting: Talk, data_folder: Path) -> None:
    await meeting.says("van", "Phòng Nội vụ lập danh sách")
    await meeting.close()
    again = await open_talk(data_folder, beginning=FRIDAY, fresh=False)
    await again.says("van", "Phòng Nội vụ báo cáo biên chế")
    again.hears("van", "2. Phòng Nội vụ", "Đã có 2 kết luận.")
    await again.close()


async def _second_clerk(talk: Talk) -> None:
    line = PersonLine("binh", "Mai Thị Bình", "Chuyên viên Văn phòng", "van-phong", Role.CLERK)
    async with talk.app.database.write() as session:
        await office.import_org(session, people.UNITS, (*people.PEOPLE, line), talk.now)
        binh = await office.person_by_key(session, "binh")
        assert binh is not None
        await accounts.link(session, binh, "web", "binh", "binh", talk.now)


async def test_two_clerks_write_one_list_and_see_each_other(meeting: Talk) -> None:
    await _second_clerk(meeting)
    await meeting.says("binh", "/ketluan")
    await meeting.says("van", "Phòng Nội vụ lập danh sách")
    await meeting.says("binh", "UBND xã An Hòa họp dân")
    said = visible(meeting.last("binh").text)
    assert said.index("1. Phòng Nội vụ · không đặt hạn · Đỗ Thị Vân ghi") < said.index("2. UBND xã An Hòa")
    await meeting.says("van", "Phòng Nội vụ báo cáo biên chế")
    meeting.hears("van", "2. UBND xã An Hòa · không đặt hạn · Mai Thị Bình ghi", "3. Phòng Nội vụ")


async def test_two_clerks_file_it_once_and_no_line_is_lost_silently(meeting: Talk) -> None:
    await _second_clerk(meeting)
    await meeting.says("binh", "/ketluan")
    await meeting.says("binh", "Phòng Nội vụ lập danh sách")
    await meeting.presses("binh", "Danh sách (1)")
    await meeting.says("van", "danh sách")
    await meeting.presses("van", "Lập thông báo")
    await meeting.presses("binh", "Lập thông báo")
    meeting.hears("binh", "Danh sách này đã lập thông báo")
    await meeting.says("binh", "Phòng Nội vụ báo cáo biên chế")
    meeting.hears("binh", "chưa ghi “Phòng Nội vụ báo cáo biên chế”", "Thêm nhiệm vụ")
    async with meeting.app.database.read() as session:
        assert len(list(await session.scalars(select(Notice)))) == 1


async def test_what_was_said_after_done_is_written_down_still(meeting: Talk) -> None:
    await meeting.says("van", "Phòng Nội vụ lập danh sách")
    await meeting.says("van", "xong")
    await meeting.presses("van", "Ghi tiếp")
    await meeting.says("van", "Phòng Nội vụ báo cáo biên chế")
    async with meeting.app.database.read() as session:
        assert (await session.scalars(select(Meeting))).one().closed_at is None


async def test_a_list_of_another_day_is_asked_about(meeting: Talk) -> None:
    await meeting.says("van", "Phòng Nội vụ lập danh sách")
    meeting.clock.forward_to(datetime(2024, 2, 16, 8, 0, tzinfo=OFFICE_ZONE))
    await meeting.says("van", "/ketluan")
    meeting.hears("van", "Còn danh sách Kết luận họp giao ban ngày 02/02/2024", "1 kết luận")
    await meeting.presses("van", "Danh sách mới")
    meeting.hears("van", "Kết luận họp giao ban ngày 16/02/2024")


async def test_a_list_nobody_has_ended_takes_no_words_of_the_next_day(meeting: Talk) -> None:
    await meeting.says("van", "Phòng Nội vụ rà soát biên chế trước 20/2")
    meeting.clock.forward_to(datetime(2024, 2, 3, 8, 0, tzinfo=OFFICE_ZONE))
    await meeting.says("van", "cảm ơn em")
    assert "kết luận" not in meeting.last("van").plain
    await meeting.says("van", "/ketluan")
    await meeting.presses("van", "Danh sách")
    assert "cảm ơn em" not in meeting.last("van").plain
    await meeting.presses("van", "Ghi tiếp", under=meeting.last("van"))
    await meeting.says("van", "Phòng Tài chính - Kế hoạch quyết toán trước 25/2")
    meeting.hears("van", "Đã có 2 kết luận")


async def test_a_day_that_no_calendar_has_is_said_to_be_unclear(meeting: Talk) -> None:
    await meeting.says("van", "Giao Phòng Nội vụ rà soát biên chế trước ngày 31/02/2024")
    meeting.hears("van", "1. Phòng Nội vụ · chưa rõ hạn")
    await meeting.says("van", "Giao Phòng Nội vụ tăng cường kiểm tra")
    meeting.hears("van", "2. Phòng Nội vụ · không đặt hạn")


async def test_an_empty_list_makes_no_notice(meeting: Talk) -> None:
    await meeting.forges("van", f"klf:{await _code(meeting)}")
    meeting.hears("van", "Danh sách chưa có kết luận nào")


async def _code(talk: Talk) -> str:
    async with talk.app.database.read() as session:
        return (await session.scalars(select(Meeting))).one().code


async def test_secret_words_are_refused_and_not_kept(meeting: Talk) -> None:
    await meeting.says("van", "MẬT\nPhòng Nội vụ lập danh sách")
    meeting.hears("van", "có dấu MẬT")
    assert await texts(meeting) == []


async def test_a_conclusion_as_long_as_a_document_is_refused(meeting: Talk) -> None:
    await meeting.says("van", "Phòng Nội vụ " + "rà soát " * 150)
    meeting.hears("van", "nhiều nhất 1000", "tách thành nhiều dòng")


async def test_only_the_office_opens_a_list(talk: Talk) -> None:
    for who in ("nam", "noi", "phuc"):
        await talk.says(who, "/ketluan")
        talk.hears(who, "Chỉ Văn phòng")


# --- a message that is edited ---


async def test_an_edited_message_changes_its_conclusion(meeting: Talk) -> None:
    await meeting.says("van", "Phòng Nội vụ báo cáo biên chế trước 15/3")
    await meeting.edits("van", "Phòng Nội vụ báo cáo biên chế trước 15/3", "Phòng Nội vụ báo cáo biên chế trước 20/3")
    shown = meeting.hears("van", "1 kết luận", "trước 20/3")
    assert "15/3" not in shown.plain


async def test_lines_that_are_added_or_taken_out_in_an_edit_are_so_in_the_list(meeting: Talk) -> None:
    before = "Phòng Nội vụ báo cáo biên chế\nPhòng Tài chính quyết toán\nVăn phòng theo dõi"
    await meeting.says("van", before)
    await meeting.edits("van", before, "Phòng Nội vụ báo cáo biên chế trước 15/3\nPhòng Tài chính quyết toán")
    shown = meeting.hears("van", "2 kết luận", "trước 15/3", "quyết toán")
    assert "theo dõi" not in shown.plain
    assert await _notices(meeting) == 0


async def test_an_edit_of_what_is_in_no_list_is_not_kept_and_says_so(meeting: Talk) -> None:
    await meeting.says("van", "Phòng Nội vụ báo cáo biên chế")
    await meeting.presses("van", "Bỏ 1")
    await meeting.edits("van", "Phòng Nội vụ báo cáo biên chế", "Phòng Nội vụ báo cáo biên chế trước 15/3")
    meeting.hears("van", "không còn khớp với kết luận nào", "sửa 3")


async def test_an_edited_report_from_before_the_list_was_opened_is_a_report_still(talk: Talk) -> None:
    await talk.says("van", "/giaoviec Văn phòng: theo dõi biên chế trước 15/3")
    await talk.presses("van", "Phát hành")
    await talk.says("van", "đã làm được 45% rồi")
    await talk.says("van", "/ketluan")
    await talk.edits("van", "đã làm được 45% rồi", "đã làm được 55% rồi")
    talk.hears("van", "#1: đã ghi đang thực hiện, đạt 55%")
    await talk.says("van", "Phòng Nội vụ báo cáo biên chế")
    talk.hears("van", "1. Phòng Nội vụ")


async def test_a_message_edited_into_the_command_opens_the_list(talk: Talk) -> None:
    await talk.says("van", "ket luan hop")
    await talk.edits("van", "ket luan hop", "/ketluan")
    talk.hears("van", "Kết luận họp giao ban")


async def _notices(talk: Talk) -> int:
    async with talk.app.database.read() as session:
        return len((await session.scalars(select(Notice))).all())
