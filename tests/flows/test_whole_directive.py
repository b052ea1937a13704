"""One directive's whole life with a moving clock: issued, reminded, late, escalated, in the digest, done."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select

from db.models import Directive, Transition
from domain.calendar import OFFICE_ZONE
from services import audit
from tests.talk import Talk


def _at(month: int, day: int, hour: int = 8) -> datetime:
    return datetime(2024, month, day, hour, 0, tzinfo=OFFICE_ZONE)


def _mornings(talk: Talk, who: str, words: str) -> list[str]:
    """The local days and times at which somebody read something."""
    return [f"{m.at.astimezone(OFFICE_ZONE):%d/%m %H:%M}" for m in talk.from_bot(who) if words in m.plain]


async def test_from_issue_through_reminders_and_escalation_to_approval(talk: Talk) -> None:
    # Wednesday 31 January: given, due on Friday 1 March
    await talk.says("van", "/giaoviec Phòng Nội vụ: báo cáo biên chế chậm nhất ngày 01/3/2024")
    await talk.presses("van", "Phát hành")
    await talk.until(_at(2, 1))
    talk.hears("nam", "Chưa xác nhận đã nhận (1)", "#1")
    await talk.presses("nam", "Đã nhận")

    # Tết 2024 is 8 to 14 February: nothing is said to anybody
    await talk.until(_at(3, 1, 18))
    days = ["23/02", "27/02", "29/02", "01/03"]  # the first reminder became the card when it was acknowledged
    assert _mornings(talk, "nam", "việc cần chú ý") == [f"{day} 07:30" for day in days]
    talk.hears("nam", "Đến hạn hôm nay (1)")

    # a weekend goes by; from Monday it is overdue, and the head hears of it
    await talk.until(_at(3, 4))
    assert _mornings(talk, "nam", "Quá hạn (1)") == ["04/03 07:30"]
    assert _mornings(talk, "noi", "Quá hạn (1)") == ["04/03 07:30"]
    talk.hears("lam", "Quá hạn")
    talk.hears("phuc", "Quá hạn")

    # five working days late: the leader in charge is to say a word
    await talk.until(_at(3, 8))
    assert _mornings(talk, "nam", "Quá hạn (1)") == [f"0{day}/03 07:30" for day in (4, 6, 8)]
    assert _mornings(talk, "van", "Quá hạn từ 3 ngày") == ["06/03 07:30", "08/03 07:30"]
    digest = talk.has_heard("phuc", "Quá hạn")
    assert digest.files, "the digest has its picture"

    # done, late, approved
    await talk.says("nam", "#1 đã xong")
    await talk.presses("nam", "Đúng")
    talk.has_heard("phuc", "Phòng Nội vụ báo hoàn thành #1", "quá hạn")
    await talk.presses("phuc", "Duyệt")
    talk.hears("nam", "#1 đã được duyệt hoàn thành", "quá hạn")
    await talk.until(_at(3, 15))
    assert len(_mornings(talk, "nam", "Quá hạn (1)")) == 3, "nothing is said of it any more"

    async with talk.app.database.read() as session:
        directive = await session.get_one(Directive, 1)
        assert directive.completed_at is not None
        assert f"{directive.completed_at.astimezone(OFFICE_ZONE):%d/%m}" == "08/03"
        assert directive.next_reminder_at is None
        events = list(await session.scalars(select(Transition.event).where(Transition.directive_id == 1)))
        assert events == ["draft", "issue", "acknowledge", "submit", "approve"]
        assert await audit.first_broken(session) is None


async def test_one_message_a_day_for_everything_due(talk: Talk) -> None:
    for task in ("báo cáo biên chế", "tuyển dụng viên chức", "rà soát thủ tục"):
        await talk.says("van", f"/giaoviec Phòng Nội vụ: {task} chậm nhất ngày 02/02/2024")
        await talk.presses("van", "Phát hành")
    await talk.until(_at(2, 2))
    mornings = _mornings(talk, "nam", "việc cần chú ý")
    assert mornings == ["01/02 07:30", "02/02 07:30"]
    message = talk.hears("nam", "3 việc cần chú ý", "Đến hạn hôm nay (3)")
    assert message.labels == ["#1", "#2", "#3", "Đã nhận tất cả", "Nhắc lại tất cả chiều nay"]
    await talk.presses("nam", "#2")
    talk.hears("nam", "Tuyển dụng viên chức", "hạn cuối hôm nay")


async def test_a_deadline_on_sunday_is_told_on_friday_that_it_cannot_wait(talk: Talk) -> None:
    await talk.says("van", "/giaoviec Phòng Nội vụ: báo cáo nhanh chậm nhất ngày 04/02/2024")
    await talk.presses("van", "Phát hành")
    await talk.presses("nam", "Đã nhận")
    await talk.until(_at(2, 5))
    friday = talk.has_heard("nam", "Hạn cuối rơi vào ngày nghỉ, cần xong hôm nay")
    assert f"{friday.at.astimezone(OFFICE_ZONE):%d/%m}" == "02/02"


async def test_what_was_reported_meanwhile_is_not_in_the_reminder(talk: Talk) -> None:
    await talk.says("van", "/giaoviec Phòng Nội vụ: báo cáo nhanh chậm nhất ngày 02/02/2024")
    await talk.presses("van", "Phát hành")
    await talk.presses("nam", "Đã nhận")
    await talk.presses("nam", "Hoàn thành")
    await talk.until(_at(2, 7))
    assert _mornings(talk, "nam", "việc cần chú ý") == []


async def test_an_extension_moves_the_reminders(talk: Talk) -> None:
    await talk.says("van", "/giaoviec Phòng Nội vụ: báo cáo nhanh chậm nhất ngày 02/02/2024")
    await talk.presses("van", "Phát hành")
    await talk.presses("nam", "Đã nhận")
    await talk.says("nam", "#1 xin gia hạn đến 07/02/2024 vì chờ số liệu")
    await talk.presses("nam", "Đúng")
    await talk.presses("phuc", "Đồng ý")
    await talk.until(_at(2, 7, 18))
    # of 7 February: three days before is a Sunday, so Friday; one day before; the day itself
    assert _mornings(talk, "nam", "việc cần chú ý") == ["02/02 07:30", "06/02 07:30", "07/02 07:30"]
