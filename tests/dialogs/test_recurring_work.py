"""Work that comes again: said on the card, corrected in words, opened in time, ended with a button."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import select, update

from db.models import Directive, Unit
from domain.calendar import OFFICE_ZONE
from tests.talk import Talk

NOTICE = """UBND HUYỆN TÙNG LĨNH
Số: {number}/TB-UBND
Tùng Lĩnh, ngày {day} năm 2024

THÔNG BÁO
Kết luận của Chủ tịch UBND huyện tại cuộc họp giao ban

1. Giao Phòng Nội vụ báo cáo tình hình biên chế trước ngày {due} hằng tháng.
2. Giao Phòng Tài nguyên và Môi trường báo cáo công tác thu gom rác thải định kỳ hằng quý.
{end}"""
FIRST = NOTICE.format(number=27, day="30 tháng 01", due=25, end="")


def moment(day: int, month: int, hour: int = 9) -> datetime:
    return datetime(2024, month, day, hour, 0, tzinfo=OFFICE_ZONE)


async def later(talk: Talk, to: datetime) -> None:
    """As if the program had rested: of a month's ticks only the last ones are needed here."""
    talk.clock.forward_to(to - timedelta(hours=1))
    await talk.until(to)


async def issued(talk: Talk) -> None:
    await talk.says("van", FIRST)
    await talk.presses("van", "Phát hành tất cả (2)")


async def edit_recurrence(talk: Talk) -> None:
    await talk.presses("van", "Sửa")
    await talk.presses("van", "Định kỳ")


async def test_the_card_says_when_the_next_one_is_due(talk: Talk) -> None:
    await talk.says("van", FIRST)
    await talk.presses("van", "Xem từng nhiệm vụ")
    talk.hears("van", "Thời hạn: 24/02/2024", "Định kỳ: ngày 25 hằng tháng; kỳ sau hạn 24/03/2024")
    await talk.presses("van", "Sau ›")
    talk.hears("van", "Định kỳ: hằng quý", "Chưa tự mở kỳ sau, vì chưa rõ hạn kỳ đầu")


async def test_the_unit_gets_the_next_one_on_its_morning(talk: Talk) -> None:
    await issued(talk)
    await later(talk, moment(26, 2, 7))
    assert not [m for m in talk.from_bot("nam") if "kỳ 2" in m.plain]
    await talk.until(moment(26, 2, 9))
    message = talk.has_heard("nam", "Nhiệm vụ định kỳ #3, kỳ 2", "Báo cáo tình hình biên chế", "24/03/2024")
    assert "Đã nhận" in message.labels
    await talk.says("van", "/status #3")
    talk.has_heard("van", "#3", "Định kỳ: ngày 25 hằng tháng, kỳ 2; kỳ sau mở 25/03")
    talk.hears("van", "Mở kỳ mới", "Hệ thống")
    await talk.says("van", "/vanban")
    talk.hears("van", "2 nhiệm vụ")


async def test_a_first_deadline_lets_the_clerk_say_that_it_comes_again(talk: Talk) -> None:
    await talk.says("van", FIRST)
    await talk.presses("van", "Xem từng nhiệm vụ")
    await talk.presses("van", "Sau ›")
    await talk.presses("van", "Sửa")
    await talk.presses("van", "Thời hạn")
    await talk.says("van", "20/3")
    talk.hears("van", "Thời hạn: 20/03/2024", "Định kỳ: hằng quý", "Chưa tự mở kỳ sau")
    await edit_recurrence(talk)
    await talk.presses("van", "Lặp lại định kỳ hằng quý")
    talk.hears("van", "Định kỳ: hằng quý; kỳ sau hạn 20/06/2024")


async def test_a_typed_task_is_made_to_come_again_and_not_to(talk: Talk) -> None:
    await talk.says("van", "/giaoviec Phòng Nội vụ: báo cáo biên chế trước 15/3")
    await edit_recurrence(talk)
    await talk.says("van", "hằng tuần ba lần")
    talk.hears("van", "Chưa rõ “hằng tuần ba lần” lặp lại vào ngày nào")
    await talk.says("van", "hằng tháng")
    talk.hears("van", "Định kỳ: hằng tháng; kỳ sau hạn 14/04/2024")
    await edit_recurrence(talk)
    await talk.presses("van", "Không định kỳ")
    assert "Định kỳ" not in talk.last("van").plain


async def test_without_a_deadline_the_words_have_to_tell_the_first_day(talk: Talk) -> None:
    await talk.says("van", "/giaoviec Phòng Nội vụ: báo cáo biên chế")
    await edit_recurrence(talk)
    await talk.says("van", "hằng tháng")
    talk.hears("van", "Chưa rõ “hằng tháng”", "ngày 25 hằng tháng")
    await talk.says("van", "ngày 25 hằng tháng")
    talk.hears("van", "Thời hạn: 25/02/2024", "kỳ sau hạn 25/03/2024")


async def test_a_sentence_that_says_so_comes_again_at_once(talk: Talk) -> None:
    await talk.says("van", "/giaoviec Phòng Nội vụ: báo cáo biên chế trước 16 giờ thứ Sáu hằng tuần")
    talk.hears("van", "02/02/2024", "Định kỳ: thứ Sáu hằng tuần; kỳ sau hạn 09/02/2024")


async def test_the_office_ends_a_series_after_it_was_asked_once_more(talk: Talk) -> None:
    await issued(talk)
    await talk.says("van", "/status #1")
    await talk.presses("van", "Khác…")
    await talk.presses("van", "Dừng định kỳ")
    talk.has_heard("van", "Dừng định kỳ #1?", "Kỳ này vẫn phải hoàn thành, hạn 24/02/2024")
    await talk.presses("van", "Dừng định kỳ")
    talk.has_heard("van", "Đã dừng định kỳ #1")
    await later(talk, moment(27, 2))
    async with talk.app.database.read() as session:
        assert len(list(await session.scalars(select(Directive)))) == 2
    await talk.says("van", "/status #1")
    assert not [m for m in talk.new("van") if "kỳ sau mở" in m.plain]


async def test_a_unit_cannot_end_its_series(talk: Talk) -> None:
    await issued(talk)
    async with talk.app.database.read() as session:
        code = await session.scalar(select(Directive.code).where(Directive.id == 1))
    await talk.forges("nam", f"sere:{code}")
    async with talk.app.database.read() as session:
        assert (await session.get_one(Directive, 1)).cycle is not None


async def test_the_office_hears_of_periods_that_went_by_and_of_units_that_are_no_more(talk: Talk) -> None:
    await issued(talk)
    await later(talk, moment(20, 2))
    async with talk.app.database.write() as session:
        await session.execute(update(Unit).where(Unit.key == "noi-vu").values(active=False))
    await later(talk, moment(6, 5, 10))
    message = talk.has_heard("van", "Việc định kỳ cần văn phòng xem lại", "Phòng Nội vụ không còn hoạt động")
    assert "2 kỳ trước đó đã qua nên không mở" in message.plain
    await talk.presses("van", "#3", under=message)
    talk.hears("van", "#3", "chưa có trong danh bạ")
    await talk.presses("van", "Sửa")
    await talk.presses("van", "Đơn vị chủ trì")
    await talk.says("van", "Phòng Tài chính - Kế hoạch")
    await talk.presses("van", "Phát hành")
    talk.has_heard("tai", "Nhiệm vụ định kỳ #3, kỳ 4", "24/05/2024")


async def test_a_newer_notice_changes_the_one_that_was_opened_last(talk: Talk) -> None:
    await issued(talk)
    await later(talk, moment(27, 2))
    newer = NOTICE.format(
        number=40, day="27 tháng 02", due=20, end="Thông báo này thay thế Thông báo số 27/TB-UBND ngày 30/01/2024."
    )
    await talk.says("van", newer)
    await talk.presses("van", "Áp dụng tất cả (1)")
    await talk.says("van", "/status #3")
    talk.has_heard("van", "19/03/2024", "Định kỳ: ngày 20 hằng tháng, kỳ 2")
    await later(talk, moment(26, 3))
    talk.has_heard("nam", "kỳ 3", "19/04/2024")


async def test_the_next_one_is_measured_by_the_same_and_its_figures_begin_anew(talk: Talk) -> None:
    await issued(talk)
    await talk.says("van", "/status #1")
    await talk.presses("van", "Khác…")
    await talk.presses("van", "Theo dõi số liệu")
    await talk.says("van", "Thu ngân sách, kế hoạch 1.200 tỷ đồng")
    await talk.says("nam", "#1 thu ngân sách 1.118 tỷ")
    await later(talk, moment(26, 2, 9))
    await talk.says("nam", "#3")
    card = talk.hears("nam", "kỳ 2", "Thu ngân sách", "1.200 tỷ đồng")
    assert "1.118" not in card.plain
    await talk.says("nam", "#3 thu ngân sách 1.219 tỷ")
    talk.hears("nam", "#3 Thu ngân sách: 1.219 tỷ đồng")
