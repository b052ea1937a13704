"""The yearly figures of an office, entered the product's own way: 118 by the programme, 25 from above; its report."""

from __future__ import annotations

import io
import time
from collections.abc import AsyncIterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook
from sqlalchemy import select, update

from db.models import Directive, Outbox, Person
from domain.calendar import OFFICE_ZONE
from services import deciding, reporting
from services.life import By
from tests.dialogs.test_papers import file_of, words_of
from tests.talk import Talk, open_talk

HEAD = ("STT", "Nội dung nhiệm vụ", "Đơn vị chủ trì", "Thời hạn hoàn thành", "Nguồn gốc")
LEADS = {
    "Phòng Nội vụ": "nam",
    "Phòng Tài chính - Kế hoạch": "tai",
    "Phòng Tài nguyên và Môi trường": "moi",
    "UBND xã An Hòa": "hoa",
}
JANUARY = datetime(2023, 1, 16, 8, tzinfo=OFFICE_ZONE)
SUBMITTED = datetime(2023, 6, 20, 9, tzinfo=OFFICE_ZONE)
NEW_YEAR = datetime(2024, 1, 5, 9, tzinfo=OFFICE_ZONE)
LONGEST_S = 25  # of processor, for everything that is entered


@pytest.fixture
async def talk(data_folder: Path) -> AsyncIterator[Talk]:
    """The office on a Monday of January 2023."""
    there = await open_talk(data_folder, beginning=JANUARY)
    yield there
    await there.close()


def programme() -> bytes:
    """118 tasks of the work programme and 25 from above; nine and one of them are due in the next year."""
    book = Workbook()
    sheet: Any = book.active
    sheet.append(HEAD)
    leads = list(LEADS)
    for n in range(143):
        is_above = n >= 118
        is_next_year = 109 <= n < 118 or n == 142
        due = "31/03/2024" if is_next_year else "30/06/2023"
        origin = "UBND tỉnh giao" if is_above else "Chương trình công tác"
        sheet.append((n + 1, f"Nhiệm vụ số {n + 1} về phát triển vùng {n // 4 + 1}", leads[n % 4], due, origin))
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()


async def done(talk: Talk, *, due_in: int, at: datetime) -> None:
    """Everything due in a year is reported as done by its unit, and approved by the office."""
    talk.clock.forward_to(at)
    async with talk.app.database.write() as session:
        people = {person.key: person for person in await session.scalars(select(Person))}
        for one in list(await session.scalars(select(Directive).order_by(Directive.id))):
            assert one.lead_unit is not None
            assert one.last_day is not None
            if one.last_day.year != due_in:
                continue
            officer = people[LEADS[one.lead_unit.name]]
            await reporting.submit(session, one, By(officer, talk.clock(), talk.app.office))
            await deciding.approve(session, one, By(people["van"], talk.clock(), talk.app.office))
        # what people hear of each is told in other transcripts, and takes its time
        await session.execute(update(Outbox).where(Outbox.state == "queued").values(state="moot"))


async def report(talk: Talk) -> str:
    await talk.says("van", "/baocao năm 2023")
    return words_of(file_of(talk, "van"))


async def test_the_yearly_figures_come_out_as_in_the_document(talk: Talk) -> None:
    begun = time.process_time()
    await talk.says("van", "", files=[("Chuong trinh 2023.xlsx", programme(), "application/octet-stream")])
    await talk.presses("van", "Nhập (143)")
    await talk.presses("van", "Phát hành tất cả (143)")
    await done(talk, due_in=2023, at=SUBMITTED)
    assert time.process_time() - begun < LONGEST_S
    talk.clock.forward_to(NEW_YEAR)
    said = await report(talk)
    assert "Tổng số nhiệm vụ theo dõi trong kỳ: 143 nhiệm vụ; trong đó kỳ trước chuyển sang 0 nhiệm vụ" in said
    assert (
        "Chương trình công tác: tổng số nhiệm vụ giao 118 nhiệm vụ; đã hoàn thành 109 nhiệm vụ (đúng hạn 109),"
        " 09 nhiệm vụ đang thực hiện còn trong hạn."
    ) in said
    assert (
        "Cấp trên giao: tổng số nhiệm vụ giao 25 nhiệm vụ; đã hoàn thành 24 nhiệm vụ (đúng hạn 24),"
        " 01 nhiệm vụ đang thực hiện còn trong hạn."
    ) in said
    assert "1 | Chương trình công tác | 118 | 109 | 0 | 0 | 09 | 0 | 0 | 92,4 %" in said
    assert "2 | Cấp trên giao | 25 | 24 | 0 | 0 | 01 | 0 | 0 | 96,0 %" in said
    assert "Tỷ lệ hoàn thành: 93,0 % = đã hoàn thành ÷ tổng số nhiệm vụ = 133 ÷ 143." in said
    await done(talk, due_in=2024, at=datetime(2024, 5, 6, 9, tzinfo=OFFICE_ZONE))
    later = await report(talk)
    assert figures_of(later) == figures_of(said), "a past year comes out the same whenever it is asked"


def figures_of(paper: str) -> list[str]:
    """The paper without the day it is dated."""
    return [line for line in paper.split("\n") if ", ngày " not in line]
