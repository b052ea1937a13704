"""A list leaves as a file: exactly what the person sees, as a workbook or a text table."""

from __future__ import annotations

import csv
import io
from typing import Any

import pytest
from openpyxl import load_workbook
from sqlalchemy import event, select

from db import Session
from db.models import Transition
from domain.figures import Filter, Listing
from domain.office import Office
from domain.timeliness import Cell
from services import figures
from services.register import register
from tests.dialogs.leaders import NOW, TODAY
from tests.figures_office import Cast, days, give
from tests.talk import Talk


@pytest.fixture
async def given(talk: Talk) -> Talk:
    """Three units have a directive each; that of Phòng Nội vụ is reported on, and overdue since yesterday."""
    for words in (
        "Phòng Nội vụ: rà soát kè bờ Bắc trước 2/2",
        "Phòng Tài chính - Kế hoạch: lập dự toán bổ sung trước 20/2",
        "UBND xã An Hòa: =1+1 thống kê hộ nghèo trước 20/2",
    ):
        await talk.says("van", f"/giaoviec {words}")
        await talk.presses("van", "Phát hành")
    await talk.presses("nam", "Đã nhận")
    await talk.says("nam", "#1 được 40%, vướng mặt bằng")
    await talk.passes(days=2)
    return talk


async def content(talk: Talk, who: str) -> bytes:
    """What the last file holds."""
    (file,) = talk.last(who).files
    return talk.channel.content(file.id)[2]


async def table(talk: Talk, who: str) -> list[dict[str, Any]]:
    """The lines of the workbook that came last, by their heads."""
    sheet = load_workbook(io.BytesIO(await content(talk, who)))["Nhiệm vụ"]
    heads, *lines = sheet.iter_rows(min_row=5, values_only=True)
    return [dict(zip(heads, line, strict=True)) for line in lines]


async def test_the_chairman_takes_the_list_of_the_whole_office_along(given: Talk) -> None:
    await given.says("lam", "/xuat chưa xong")
    given.hears("lam", "Việc chưa hoàn thành", "Toàn cơ quan", "3 nhiệm vụ")
    assert given.last("lam").files[0].name == "nhiem-vu-chua-xong-2024-02-02.xlsx"
    lines = await table(given, "lam")
    assert [line["Đơn vị chủ trì"] for line in lines] == [
        "Phòng Nội vụ",
        "Phòng Tài chính - Kế hoạch",
        "UBND xã An Hòa",
    ]


async def test_a_line_has_what_the_office_needs_to_know(given: Talk) -> None:
    await given.says("lam", "/xuat quá hạn")
    (line,) = await table(given, "lam")
    assert (line["ID"], line["Tên nhiệm vụ"]) == (1, "Rà soát kè bờ Bắc")
    assert line["Trạng thái"] == "Đang thực hiện, QUÁ HẠN 1 ngày"
    assert (line["Mức độ hoàn thành"], line["Khó khăn"]) == (0.4, "vướng mặt bằng")
    assert (line["Đầu mối"], line["Lãnh đạo phụ trách"], line["Người giao"]) == (
        "Phạm Văn Nam",
        "Lý Thị Phúc",
        "Đỗ Thị Vân",
    )


async def test_a_leader_gets_the_units_in_charge_and_a_head_the_own_one(given: Talk) -> None:
    await given.says("phuc", "/xuat tất cả")
    assert {line["Đơn vị chủ trì"] for line in await table(given, "phuc")} == {"Phòng Nội vụ", "UBND xã An Hòa"}
    await given.says("tai", "/xuat tất cả")
    assert [line["Đơn vị chủ trì"] for line in await table(given, "tai")] == ["Phòng Tài chính - Kế hoạch"]


async def test_nobody_takes_along_what_is_another_units(given: Talk) -> None:
    await given.says("tai", "/xuat tất cả phòng nội vụ")
    assert not given.last("tai").files
    await given.forges(
        "tai", "xu:xlsx:all:3", "xu:xlsx:all:999", "xu:exe:all:0", "xu:xlsx", "xu:csv:nothing:0", "xu:csv:all:x"
    )
    assert not [message for message in given.from_bot("tai") if message.files]


async def test_without_words_the_lists_are_offered(given: Talk) -> None:
    await given.says("lam", "/xuat")
    given.hears("lam", "Anh/chị cần bảng nào?", "Toàn cơ quan")
    await given.presses("lam", "Quá hạn")
    given.hears("lam", "Việc quá hạn", "1 nhiệm vụ")


async def test_a_unit_and_a_text_table_can_be_asked_for(given: Talk) -> None:
    await given.says("lam", "/xuat chưa xong của xã an hòa csv")
    assert given.last("lam").files[0].name.endswith(".csv")
    rows = list(csv.reader(io.StringIO((await content(given, "lam")).decode("utf-8-sig")), delimiter=";"))
    assert [row[1] for row in rows] == ["Tên nhiệm vụ", "'=1+1 thống kê hộ nghèo"]


async def test_words_that_name_nothing_are_asked_about(given: Talk) -> None:
    await given.says("lam", "/xuat cái gì đó")
    given.hears("lam", "chưa rõ", "cái gì đó")


async def test_the_list_on_the_screen_is_taken_along_by_its_button(given: Talk) -> None:
    await given.says("lam", "/status quá hạn phòng nội vụ")
    await given.presses("lam", "Tải bảng (Excel)")
    given.hears("lam", "Việc quá hạn", "Phòng Nội vụ", "1 nhiệm vụ")
    assert [line["ID"] for line in await table(given, "lam")] == [1]


async def test_that_a_list_left_the_system_is_recorded(given: Talk) -> None:
    await given.says("lam", "/xuat quá hạn")
    async with given.app.database.read() as session:
        row = await session.scalar(select(Transition).where(Transition.event == "export_list"))
    assert row is not None
    assert row.details["list"] == {"kind": "xlsx", "filter": "overdue", "scope": "0"}


# --- what the file is made of ---


async def _register(session: Session, cast: Cast, wanted: Filter, as_of: Any = TODAY) -> Any:
    asking = await figures.asking_of(session, cast.people["hoa"], as_of, Office("UBND huyện Mẫu"))
    listing = Listing(wanted, folded=False)
    return await register(session, asking, listing, Office(), NOW, whose="Toàn cơ quan", title="Tất cả")


async def test_each_line_stands_in_the_cell_it_is_counted_in(session: Session, cast: Cast, busy: None) -> None:
    made = await _register(session, cast, Filter.ALL)
    counted = await figures.of_all(session, await figures.asking_of(session, cast.people["hoa"], TODAY, Office()))
    for cell in Cell:
        assert sum(line.cell is cell for line in made.lines) == counted.count(cell), cell


async def test_a_hundred_lines_take_no_more_statements_than_five(session: Session, cast: Cast) -> None:
    statements: list[str] = []
    engine = session.get_bind()
    event.listen(engine, "before_cursor_execute", lambda *a: statements.append(a[2]))
    taken = []
    for many in (5, 95):
        for number in range(many):
            await give(session, cast, "nội vụ", TODAY + days(number % 30), text=f"Việc {number}")
        await session.flush()
        statements.clear()
        made = await _register(session, cast, Filter.ALL)
        taken.append(len(statements))
    assert len(made.lines) == 100
    assert taken[1] <= taken[0] + 2
    assert taken[1] < 40
