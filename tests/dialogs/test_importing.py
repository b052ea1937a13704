"""A clerk sends in tables of other programs: shown, corrected, taken in, and known again the next time."""

from __future__ import annotations

import io
import time
from typing import Any

from openpyxl import Workbook
from sqlalchemy import func, select

from channels.base import visible
from db.models import Directive, Import, OutsideRow
from domain.lifecycle import State
from tests.talk import Talk

TITLE = ("CHƯƠNG TRÌNH CÔNG TÁC NĂM 2024", None, None, None, None)
HEAD = ("STT", "Nội dung nhiệm vụ", "Đơn vị chủ trì", "Đơn vị phối hợp", "Thời hạn hoàn thành")
PROGRAMME = (
    TITLE,
    HEAD,
    (1, "Xây dựng kế hoạch biên chế", "Phòng Nội vụ", "Phòng Tài chính - Kế hoạch", "Quý II"),
    (2, "Lập dự toán bổ sung", "Phòng Tài chính - Kế hoạch", None, "31/03/2024"),
    (3, "Rà soát quỹ đất công", "Phòng TNMT huyện", None, "tháng 6"),
    ("Tổng cộng", "3 nhiệm vụ", None, None, None),
)
SYSTEM_HEAD = ("Mã nhiệm vụ", "Nội dung", "Đơn vị xử lý", "Hạn xử lý", "Trạng thái", "Ngày hoàn thành")
EXPORT = (
    SYSTEM_HEAD,
    ("NV-1", "Thống kê hộ nghèo", "UBND xã An Hòa", "15/03/2024", "Đang thực hiện", None),
    ("NV-2", "Báo cáo cải cách hành chính", "Phòng Nội vụ", "20/01/2024", "Đã hoàn thành", "18/01/2024"),
    ("NV-3", "Kiểm kê tài sản công...", "Phòng Tài chính - Kế hoạch", "01/01/1970", "Mới giao", None),
)


def book(*lines: tuple[Any, ...]) -> bytes:
    """A workbook of these lines."""
    made = Workbook()
    assert made.active is not None
    for line in lines:
        made.active.append(line)
    kept = io.BytesIO()
    made.save(kept)
    return kept.getvalue()


async def sends(talk: Talk, lines: tuple[tuple[Any, ...], ...], name: str = "Chuong trinh 2024.xlsx") -> str:
    """The clerk sends a workbook; gives what is answered."""
    await talk.says("van", "", files=[(name, book(*lines), "application/octet-stream")])
    return visible(talk.last("van").text)


async def count(talk: Talk, thing: Any, *where: Any) -> int:
    async with talk.app.database.read() as session:
        return await session.scalar(select(func.count()).select_from(thing).where(*where)) or 0


# --- a work programme ---


async def test_a_programme_is_shown_before_anything_happens(talk: Talk) -> None:
    said = await sends(talk, PROGRAMME)
    assert "3 việc" in said
    assert "Đơn vị chủ trì: cột C “Đơn vị chủ trì”" in said
    assert "Dòng 3: Xây dựng kế hoạch biên chế; chủ trì: Phòng Nội vụ; hạn: 30/06/2024 (“Quý II”)" in said
    assert "Nguồn: Chương trình công tác" in said
    assert await count(talk, Directive) == 0


async def test_a_programme_becomes_directives_through_the_usual_way(talk: Talk) -> None:
    await sends(talk, PROGRAMME)
    await talk.presses("van", "Nhập (3)")
    talk.has_heard("van", "Đã đọc bảng: 3 việc mới", "Chưa đơn vị nào nhận được gì")
    assert not talk.new("nam")
    await talk.presses("van", "Phát hành tất cả (3)")
    talk.has_heard("nam", "Xây dựng kế hoạch biên chế")
    talk.has_heard("tai", "Lập dự toán bổ sung")
    async with talk.app.database.read() as session:
        sources = set(await session.scalars(select(Directive.source)))
    assert sources == {"programme"}


async def test_a_unit_nobody_knows_is_asked_once_for_its_name(talk: Talk) -> None:
    more = (4, "Đo đạc đất công", "Tổ xử lý đất đai liên ngành", None, "tháng 6")
    same = (5, "Lập bản đồ", "Tổ xử lý đất đai liên ngành", None, "tháng 9")
    said = await sends(talk, (*PROGRAMME[:4], more, same))
    assert "sẽ hỏi một lần cho mỗi tên: “Tổ xử lý đất đai liên ngành”" in said
    await talk.presses("van", "Nhập (4)")
    talk.has_heard("van", "2")
    await talk.presses("van", "Thẻ chưa rõ đơn vị (2)")
    await talk.presses("van", "Sửa")
    await talk.presses("van", "Đơn vị chủ trì")
    await talk.says("van", "Phòng Tài nguyên và Môi trường")
    async with talk.app.database.read() as session:
        units = list(await session.scalars(select(Directive.lead_unit_id).order_by(Directive.id)))
    assert units[2] == units[3] is not None


async def test_a_wrong_column_is_corrected_by_buttons(talk: Talk) -> None:
    lines = (("STT", "Nội dung", "Bộ phận lo việc", "Hạn"), (1, "Rà soát", "Phòng Nội vụ", "31/03/2024"))
    said = await sends(talk, lines)
    assert "Không dùng: C “Bộ phận lo việc”" in said
    assert "chủ trì: chưa rõ" in said
    await talk.presses("van", "Sửa cột")
    await talk.presses("van", "C: Bộ phận lo việc")
    talk.hears("van", "Cột C “Bộ phận lo việc” là gì?", "Ví dụ: Phòng Nội vụ")
    await talk.presses("van", "Đơn vị chủ trì")
    talk.hears("van", "Đơn vị chủ trì: cột C “Bộ phận lo việc”", "chủ trì: Phòng Nội vụ")


async def test_the_source_is_chosen(talk: Talk) -> None:
    await sends(talk, PROGRAMME)
    await talk.presses("van", "Nguồn: Chương trình công tác")
    talk.hears("van", "Nguồn: Cấp trên giao")


async def test_a_table_that_is_dropped_changes_nothing(talk: Talk) -> None:
    await sends(talk, PROGRAMME)
    await talk.presses("van", "Không nhập")
    talk.hears("van", "Không nhập bảng này")
    assert await count(talk, Directive) == 0


async def test_the_same_programme_again_is_known_by_its_words(talk: Talk) -> None:
    await sends(talk, PROGRAMME[:4])
    await talk.presses("van", "Nhập (2)")
    said = await sends(talk, PROGRAMME[:4])
    assert "Có vẻ trùng với việc đã có (#1, #2): bỏ qua" in said
    assert "Sẽ nhập 0 việc mới" in said
    await talk.presses("van", "Vẫn nhập dòng trùng")
    talk.hears("van", "Sẽ nhập 2 việc mới")


# --- an export of another program ---


async def test_the_program_is_asked_for_and_what_is_odd_is_told(talk: Talk) -> None:
    said = await sends(talk, EXPORT, "danh sach.xlsx")
    assert "Đã xong ở hệ thống, không nhập: 1" in said
    assert "⚠️ Nội dung có thể bị cắt ở bảng gốc: dòng 4" in said
    await talk.presses("van", "Nhập (2)")
    talk.hears("van", "Bảng này lấy từ hệ thống nào?")
    await talk.says("van", "iOffice")
    talk.hears("van", "Hệ thống: iOffice")
    await talk.presses("van", "Nhập (2)")
    assert await count(talk, OutsideRow, OutsideRow.system == "iOffice") == 2


async def taken(talk: Talk) -> None:
    """The export is taken in and issued; the system is told by the file's name."""
    await sends(talk, EXPORT, "VNPT-iOffice_2024.xlsx")
    await talk.presses("van", "Nhập (2)")
    await talk.presses("van", "Phát hành tất cả (2)")


async def test_the_card_shows_what_the_other_program_says_beside_what_is_said_here(talk: Talk) -> None:
    await taken(talk)
    await talk.presses("hoa", "Đã nhận")
    await talk.says("hoa", "#1 được 40%")
    await talk.says("van", "/status #1")
    talk.has_heard("van", "đang thực hiện", "Theo VNPT-iOffice (mã NV-1, 31/01/2024): Đang thực hiện")


async def test_a_repeat_notes_the_new_status_and_changes_nothing_here(talk: Talk) -> None:
    await taken(talk)
    row = ("NV-1", "Thống kê hộ nghèo", "UBND xã An Hòa", "15/03/2024", "Đã hoàn thành", "30/01/2024")
    said = await sends(talk, (SYSTEM_HEAD, row, *EXPORT[2:]), "VNPT-iOffice_2024.xlsx")
    assert "Đã có theo mã: 2, đổi trạng thái ở hệ thống: 1" in said
    await talk.presses("van", "Nhập (0)")
    talk.has_heard("van", "2 việc đã có (1 việc đổi trạng thái ở hệ thống)")
    await talk.says("van", "/status #1")
    talk.has_heard("van", "đã giao, chưa nhận", "Theo VNPT-iOffice (mã NV-1, 31/01/2024): Đã hoàn thành")


async def test_a_deadline_that_is_changed_there_is_asked_about(talk: Talk) -> None:
    await taken(talk)
    row = ("NV-1", "Thống kê hộ nghèo", "UBND xã An Hòa", "30/04/2024", "Đang thực hiện", None)
    said = await sends(talk, (SYSTEM_HEAD, row), "VNPT-iOffice_2024.xlsx")
    assert "đổi hạn: 1 (sẽ hỏi từng việc)" in said
    await talk.presses("van", "Nhập (0)")
    talk.hears("van", "#1: ở đây 15/03/2024, ở hệ thống 30/04/2024")
    await talk.presses("van", "Theo hệ thống #1")
    talk.hears("van", "#1: hạn nay là 30/04/2024")
    talk.has_heard("hoa", "Hạn đổi theo VNPT-iOffice: 15/03/2024 → 30/04/2024")
    async with talk.app.database.read() as session:
        directive = await session.get_one(Directive, 1)
    assert (f"{directive.last_day}", f"{directive.first_last_day}") == ("2024-04-30", "2024-03-15")


async def test_what_was_finished_there_is_finished_here_as_of_its_day(talk: Talk) -> None:
    await sends(talk, EXPORT, "VNPT-iOffice_2024.xlsx")
    await talk.presses("van", "Nhập cả việc đã xong")
    await talk.presses("van", "Nhập (3)")
    await talk.presses("van", "Phát hành tất cả (3)")
    async with talk.app.database.read() as session:
        done = await session.scalar(select(Directive).where(Directive.state == State.COMPLETED))
    assert done is not None
    assert done.completed_at is not None
    assert (done.text, f"{done.completed_at:%d/%m/%Y}") == ("Báo cáo cải cách hành chính", "18/01/2024")
    assert not any("Báo cáo cải cách" in m.text for m in talk.from_bot("nam"))
    await talk.says("lam", "/status")
    talk.hears("lam", "3 nhiệm vụ: 1 đã hoàn thành, 2 chưa hoàn thành", "Đúng hạn: 1")
    await talk.says("lam", f"/status #{done.id}")
    talk.has_heard("lam", "Nhập từ bảng của hệ thống khác")


# --- as many as a year has ---

UNITS = ("Phòng Nội vụ", "Phòng Tài chính - Kế hoạch", "Phòng TN&MT", "UBND xã An Hòa", "UBND xã Bình Minh")


async def test_118_rows_are_taken_in_within_three_seconds(talk: Talk) -> None:
    rows = [
        (f"NV-{i}", f"Nhiệm vụ số {i} của năm", UNITS[i % 5], f"Quý {'I' * (1 + i % 3)}", "Đang thực hiện", None)
        for i in range(118)
    ]
    await sends(talk, (SYSTEM_HEAD, *rows), "eCabinet_2024.xlsx")
    begun = time.process_time()  # what the machine does besides is not counted
    await talk.presses("van", "Nhập (118)")
    seconds = time.process_time() - begun
    talk.has_heard("van", "118 việc mới")
    assert await count(talk, OutsideRow) == 118
    assert seconds < 3


# --- who, what not ---


async def test_only_the_office_sends_tables_in(talk: Talk) -> None:
    await talk.says("nam", "", files=[("a.xlsx", book(*PROGRAMME), "application/octet-stream")])
    assert await count(talk, Import) == 0
    await sends(talk, PROGRAMME)
    data = [b.data for row in talk.last("van").buttons for b in row]
    await talk.forges("nam", *data, "imgo", "imf:x:1", "imd:x:1")
    await talk.forges("van", "imgo:nothing", "imf:nothing:99999999999999999999", "imd:nothing:1")
    assert await count(talk, Directive) == 0


async def test_forged_columns_and_choices_are_things_that_are_gone(talk: Talk) -> None:
    await sends(talk, PROGRAMME)
    code = talk.last("van").buttons[0][0].data.split(":")[1]
    await talk.forges("van", f"ims:{code}:99:text", f"ims:{code}:1:nothing", f"imo:{code}:lines", f"imf:{code}:99")
    await talk.forges("van", f"imy:{code}:7")
    assert await count(talk, Import, Import.state == "asked") == 1


async def test_a_file_without_a_table_is_answered(talk: Talk) -> None:
    said = await sends(talk, (("Họ tên", "Chức vụ"), ("Phạm Văn Nam", "Chuyên viên")))
    assert "chưa thấy" in said
    assert "dòng tiêu đề" in said


async def test_a_damaged_workbook_is_refused_politely(talk: Talk) -> None:
    await talk.says("van", "", files=[("a.xlsx", b"PK\x03\x04 rubbish", "application/octet-stream")])
    assert talk.last("van").text
    assert await count(talk, Import) == 0


async def test_a_secret_table_is_refused_and_nothing_of_it_is_kept(talk: Talk) -> None:
    said = await sends(talk, (("TỐI MẬT",), *PROGRAMME))
    assert "mật" in said.lower()
    assert await count(talk, Import) == 0


async def test_a_text_table_is_taken_like_a_workbook(talk: Talk) -> None:
    content = "\ufeffSTT;Nội dung;Chủ trì;Hạn\r\n1;Rà soát;Phòng Nội vụ;31/03/2024\r\n".encode()
    await talk.says("van", "", files=[("bang.csv", content, "text/csv")])
    talk.hears("van", "1 việc", "Dòng 2: Rà soát; chủ trì: Phòng Nội vụ; hạn: 31/03/2024")


async def _told_of_another_deadline(talk: Talk) -> Any:
    """The other program has a later deadline; gives the message that asks about it."""
    await taken(talk)
    row = ("NV-1", "Thống kê hộ nghèo", "UBND xã An Hòa", "30/04/2024", "Đang thực hiện", None)
    await sends(talk, (SYSTEM_HEAD, row), "VNPT-iOffice_2024.xlsx")
    await talk.presses("van", "Nhập (0)")
    return talk.last("van")


async def _last_day(talk: Talk, number: int) -> str:
    async with talk.app.database.read() as session:
        return f"{(await session.get_one(Directive, number)).last_day}"


async def test_an_old_button_moves_no_deadline_of_what_is_finished(talk: Talk) -> None:
    asked = await _told_of_another_deadline(talk)
    await talk.says("hoa", "#1 đã xong")
    await talk.presses("hoa", "Đúng")
    await talk.presses("van", "Duyệt")
    await talk.presses("van", "Theo hệ thống #1", under=asked)
    talk.hears("van", "Không làm được vì việc này đã hoàn thành")
    assert await _last_day(talk, 1) == "2024-03-15"


async def test_an_old_button_takes_back_no_time_that_was_given_since(talk: Talk) -> None:
    asked = await _told_of_another_deadline(talk)
    await talk.says("hoa", "#1 xin gia hạn đến 14/4 vì chờ số liệu")
    await talk.presses("hoa", "Đúng")
    await talk.presses("van", "Đồng ý")
    await talk.presses("van", "Theo hệ thống #1", under=asked)
    talk.hears("van", "#1 vừa thay đổi", "nên chưa làm gì")
    assert await _last_day(talk, 1) == "2024-04-14"
