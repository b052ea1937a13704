"""The weekly meeting: a clerk's Thursday, and what leaders get of it."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from datetime import date, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from openpyxl import load_workbook
from sqlalchemy import update

from bot.settings import MeetingSettings
from channels.base import OutgoingMessage, visible
from channels.web.store import Message
from db import Session
from db.models import Extension, Outbox
from domain.calendar import OFFICE_ZONE
from domain.errors import NotAllowed
from domain.office import Office, Papers
from domain.packs import Ground, PackFacts
from exports.charts import ChartRoom
from handlers import pack
from handlers.rendering import Moment
from services import figures, packs
from services.life import By
from tests import decree30_checks
from tests.dialogs.leaders import NOW, OFFICE, TODAY, extension
from tests.figures_office import Cast, at, block, days, give
from tests.talk import Talk, open_talk


def march(day: int, hour: int = 8, minute: int = 0) -> datetime:
    return datetime(2024, 3, day, hour, minute, tzinfo=OFFICE_ZONE)


async def _give(talk: Talk, words: str) -> None:
    await talk.says("van", f"/giaoviec {words}")
    await talk.presses("van", "Phát hành")


@pytest.fixture
async def talk(data_folder: Path) -> AsyncIterator[Talk]:
    there = await open_talk(data_folder, meeting=MeetingSettings())
    yield there
    await there.close()


@pytest.fixture
async def week(talk: Talk) -> Talk:
    """The week from Monday 4 March: one done, two overdue, one with a difficulty, one due next week."""
    talk.clock.forward_to(march(1))
    await _give(talk, "Phòng Nội vụ: báo cáo biên chế trước 5/3")
    await _give(talk, "Phòng Tài chính - Kế hoạch: quyết toán quý IV chậm nhất 5/3")
    await _give(talk, "Phòng Tài nguyên và Môi trường: rà soát quỹ đất chậm nhất 12/3")
    await _give(talk, "UBND xã An Hòa: kiểm kê tài sản chậm nhất 29/3")
    talk.clock.forward_to(march(4, 9))
    await talk.says("nam", "#1 vướng: chưa có số liệu của 3 xã")
    await talk.says("hoa", "#4 đã xong")
    await talk.presses("hoa", "Đúng")
    await talk.presses("van", "Duyệt")
    return talk


def _files(talk: Talk, who: str) -> list[str]:
    return [file.name for message in talk.from_bot(who) for file in message.files if "giao-ban" in file.name]


def _content(talk: Talk, who: str, ending: str) -> bytes:
    kept = [f for m in talk.from_bot(who) for f in m.files if f.name.endswith(ending)]
    return talk.channel.content(kept[-1].id)[2]


def _words(message: Message) -> list[str]:
    return visible(message.text).splitlines()


async def test_a_clerks_thursday(week: Talk) -> None:
    await week.until(march(7, 15, 59))
    assert not _files(week, "van")
    await week.until(march(7, 16))
    assert _words(week.has_heard("van", "Tài liệu giao ban")) == [
        "Tài liệu giao ban thứ Sáu, 08/03/2024",
        "Toàn cơ quan, tuần 04/03 – 07/03/2024",
        "",
        "Kết quả",
        "Giao mới 0 (tuần trước 4), hoàn thành 1 (tuần trước 0): đúng hạn 1, quá hạn 0.",
        "Chưa xong 3, trong đó quá hạn 2 (tuần trước 0); mới quá hạn 2, gia hạn 0.",
        "Tỷ lệ hoàn thành 25,0 % (đã hoàn thành ÷ tổng số nhiệm vụ); "
        "33,3 % (đã hoàn thành ÷ (đã hoàn thành + chưa hoàn thành quá hạn)).",
        "",
        "Quá hạn: 2",
        "#1 Phòng Nội vụ, trễ 3 ngày: Báo cáo biên chế",
        "#2 Phòng Tài chính - Kế hoạch, trễ 2 ngày: Quyết toán quý IV",
        "",
        "Khó khăn, đề xuất: 1",
        "#1 Phòng Nội vụ: vướng: chưa có số liệu của 3 xã, 3 ngày, chưa trả lời",
        "",
        "Đến hạn từ 08/03 đến 17/03: 1",
        "#3 Phòng Tài nguyên và Môi trường, 12/03: Rà soát quỹ đất",
        "",
        "Dự kiến kết luận",
        "1. Yêu cầu Phòng Nội vụ hoàn thành nhiệm vụ #1 trước ngày 15/03/2024 (đã quá hạn 3 ngày); "
        "báo cáo nguyên nhân chậm.",
        "2. Yêu cầu Phòng Tài chính - Kế hoạch hoàn thành nhiệm vụ #2 trước ngày 15/03/2024 (đã quá hạn 2 ngày); "
        "báo cáo nguyên nhân chậm.",
        "3. Giao Văn phòng trình lãnh đạo trả lời khó khăn, đề xuất của Phòng Nội vụ ở nhiệm vụ #1 "
        "trước ngày 15/03/2024 (đã chờ 3 ngày).",
        "4. Yêu cầu Phòng Tài chính - Kế hoạch nhận nhiệm vụ #2 trong ngày 08/03/2024 (đã giao 6 ngày).",
        "5. Yêu cầu Phòng Tài nguyên và Môi trường nhận nhiệm vụ #3 trong ngày 08/03/2024 (đã giao 6 ngày).",
        "6. Yêu cầu Phòng Tài nguyên và Môi trường tập trung hoàn thành nhiệm vụ #3 đúng hạn ngày 12/03/2024 "
        "(chưa báo cáo tiến độ).",
    ]
    assert _files(week, "van") == ["giao-ban-2024-03-08.docx", "giao-ban-2024-03-08.xlsx"]
    await _opens_both(week)
    week.has_heard("phuc", "Tài liệu giao ban", "Các đơn vị phụ trách", "Quá hạn: 1", "#1 Phòng Nội vụ")
    assert "Tài chính" not in visible(week.last("phuc").text)


async def _opens_both(talk: Talk) -> None:
    summary = "Tình hình thực hiện nhiệm vụ tuần từ ngày 04/03/2024 đến ngày 07/03/2024"
    paper = _content(talk, "van", ".docx")
    decree30_checks.check(paper, title="BÁO CÁO", summary=summary, signed=False)
    late = next(t for t in Document(BytesIO(paper)).tables if t.rows[0].cells[-1].text == "Nguyên nhân")
    assert [row.cells[-1].text for row in late.rows[1:]] == [
        "Vướng mắc ngày 04/03: vướng: chưa có số liệu của 3 xã",
        "Chưa báo cáo nguyên nhân",
    ]
    book = load_workbook(BytesIO(_content(talk, "van", ".xlsx")))
    cells = {str(cell.value) for row in book.worksheets[0].iter_rows() for cell in row if cell.value is not None}
    for words in ("Báo cáo biên chế", "Kiểm kê tài sản"):  # open, and done in the week
        assert any(words in cell for cell in cells)


async def test_a_week_that_is_over_is_told_as_it_was(week: Talk) -> None:
    week.clock.forward_to(march(13, 9))
    await week.says("moi", "#3 đã xong")
    await week.presses("moi", "Đúng")
    await week.presses("van", "Duyệt")
    await week.says("van", "/giaoban tuần trước")
    told = week.has_heard("van", "tuần 04/03 – 10/03/2024")
    assert "Chưa xong 3, trong đó quá hạn 2 (tuần trước 0); mới quá hạn 2, gia hạn 0." in _words(told)
    assert "Đến hạn từ 11/03 đến 17/03: 1" in _words(told)
    await week.says("van", "/giaoban")
    told = week.has_heard("van", "tuần 11/03 – 13/03/2024")
    assert "Chưa xong 2, trong đó quá hạn 2 (tuần trước 2); mới quá hạn 1, gia hạn 0." in _words(told)
    await week.says("van", "/giaoban 6/3")
    assert week.hears("van", "tuần 04/03 – 10/03/2024")


async def test_what_has_moved_since_stands_in_an_old_pack_with_the_unit_it_had(week: Talk) -> None:
    week.clock.forward_to(march(13, 9))
    await week.says("van", "/status #1")
    await week.presses("van", "Khác…")
    await week.presses("van", "Chuyển đơn vị")
    await week.says("van", "Phòng Tài nguyên và Môi trường")
    await week.says("van", "/giaoban tuần trước")
    told = _words(week.has_heard("van", "tuần 04/03 – 10/03/2024"))
    assert "Khó khăn, đề xuất: 1" in told
    assert "#1 Phòng Nội vụ: vướng: chưa có số liệu của 3 xã, 6 ngày, chưa trả lời" in told


async def test_what_is_no_week_and_who_gets_no_pack(talk: Talk) -> None:
    await talk.says("van", "/giaoban hôm nọ")
    talk.hears("van", "Chưa rõ anh/chị cần tài liệu của tuần nào", "/giaoban tuần trước")
    await talk.says("van", "/giaoban 12/12/2030")
    talk.hears("van", "Tuần đó chưa đến")
    await talk.says("nam", "/giaoban")
    talk.hears("nam", "Tài liệu giao ban dành cho lãnh đạo và Văn phòng")
    await talk.says("phuc", "/giaoban")
    talk.hears("phuc", "không có nhiệm vụ nào đang làm, tuần này không có gì mới.")
    assert not _files(talk, "phuc")


# --- what is gathered ---


class InlineRoom(ChartRoom):
    """Draws without a child."""

    async def draw(self, work: Callable[..., Any], *facts: object) -> Any:
        return work(*facts)


class NoRoom(ChartRoom):
    """Cannot draw."""

    def __init__(self, fault: Exception) -> None:
        super().__init__()
        self.fault = fault

    async def draw(self, work: Callable[..., Any], *facts: object) -> Any:
        raise self.fault


async def _gather(session: Session, cast: Cast, who: str = "mai", day: date = TODAY) -> PackFacts:
    return await packs.gather(session, cast.people[who], day, NOW, OFFICE)


async def _sent(session: Session, cast: Cast, who: str, room: ChartRoom, office: Office = OFFICE) -> OutgoingMessage:
    row = Outbox(kind=packs.ASKED, person_id=cast.people[who].id, payload={"day": TODAY.isoformat()}, created_at=NOW)
    message = await pack.send(session, row, cast.people[who], Moment(NOW, office, room))
    assert message is not None
    return message


async def test_every_list_is_as_long_as_its_count(session: Session, cast: Cast, busy: None) -> None:
    for who in ("mai", "hoa", "minh", "thu"):
        facts = await _gather(session, cast, who)
        assert len(facts.overdue) == facts.figures.open_late
        assert len(facts.approvals) == facts.figures.waiting_approval
        assert len(facts.untaken) == facts.figures.waiting_acknowledgement
        assert len({item.number for item in facts.raised if item.answer is None}) == facts.figures.blocked
        asking = await figures.asking_of(session, cast.people[who], TODAY, OFFICE)
        assert facts.figures == await figures.of_all(session, asking)


async def test_a_leader_gets_the_own_field_alone(session: Session, cast: Cast, busy: None) -> None:
    theirs = {line.unit for line in (await _gather(session, cast, "thu")).overdue}
    everything = {line.unit for line in (await _gather(session, cast, "hoa")).overdue}
    assert theirs == {"Phòng Quản lý đất đai"}
    assert theirs < everything


async def test_an_officer_gets_none(session: Session, cast: Cast) -> None:
    with pytest.raises(NotAllowed):
        await packs.ask(session, TODAY, By(cast.people["nam"], NOW, OFFICE))


async def test_the_longest_late_stands_first_with_what_was_said(session: Session, cast: Cast) -> None:
    long = await give(session, cast, "y tế", TODAY - days(9))
    short = await give(session, cast, "nội vụ", TODAY - days(2))
    await block(session, short, "thiếu phần mềm", TODAY - days(4))
    facts = await _gather(session, cast)
    assert [(line.number, line.days) for line in facts.overdue] == [(long.id, 9), (short.id, 2)]
    assert facts.overdue[0].reason is None
    reason = facts.overdue[1].reason
    assert reason is not None
    assert (reason.ground, reason.text, reason.on) == (Ground.DIFFICULTY, "thiếu phần mềm", TODAY - days(4))


async def test_a_request_that_waits_is_for_decision(session: Session, cast: Cast) -> None:
    asked = await give(session, cast, "y tế", TODAY + days(1))
    await extension(session, cast, asked)
    await session.execute(update(Extension).values(asked_at=at(TODAY - days(3))))
    facts = await _gather(session, cast)
    assert [(line.number, line.days) for line in facts.requests] == [(asked.id, 3)]
    assert facts.waiting == 1


@pytest.mark.parametrize("fault", [TimeoutError(), OSError("no further process")])
async def test_without_a_room_to_draw_in_the_summary_comes_alone(
    session: Session, cast: Cast, busy: None, fault: Exception
) -> None:
    message = await _sent(session, cast, "mai", NoRoom(fault))
    assert not message.files
    assert visible(message.text).endswith("Chưa lập được tệp Word và Excel; gõ /giaoban sau ít phút để lấy lại.")


async def test_a_broken_template_of_the_office_is_told_and_the_paper_comes(
    session: Session, cast: Cast, busy: None, tmp_path: Path
) -> None:
    (tmp_path / "giao_ban.docx").write_bytes(b"broken")
    office = Office(OFFICE.name, papers=Papers(templates=str(tmp_path)))
    message = await _sent(session, cast, "mai", InlineRoom(), office)
    assert "Mẫu giao_ban.docx của cơ quan có lỗi nên văn bản này dùng mẫu có sẵn." in visible(message.text)
    paper = message.files[0].content
    assert paper is not None
    decree30_checks.check(paper, title="BÁO CÁO", signed=False)


async def test_an_old_pack_of_a_meeting_that_is_over_is_not_sent(session: Session, cast: Cast, busy: None) -> None:
    payload = {"day": "2024-02-01", "meeting": "2024-02-02"}
    row = Outbox(kind=packs.PACK, person_id=cast.people["mai"].id, payload=payload, created_at=NOW)
    assert await pack.send(session, row, cast.people["mai"], Moment(NOW, OFFICE, NoRoom(TimeoutError()))) is None


async def test_many_directives_make_one_message(session: Session, cast: Cast) -> None:
    long = "Rà soát, lập danh mục, tổng hợp và báo cáo kết quả thực hiện kế hoạch " * 5
    for n in range(60):
        unit = ("nội vụ", "y tế", "tài chính", "đất đai", "an bình")[n % 5]
        await give(session, cast, unit, TODAY - days(20 - n % 15), text=f"{long} {n}")
    message = await _sent(session, cast, "mai", NoRoom(TimeoutError()))
    assert len(message.text) <= 3500
    facts = await _gather(session, cast)
    assert len(facts.overdue) == facts.figures.open_late == 60
