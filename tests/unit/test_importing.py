"""Tables of other programs: heads are recognised however an office writes them, and rows are read with care."""

from __future__ import annotations

import io
import zipfile
from datetime import date, datetime
from typing import Any

import pytest
from openpyxl import Workbook

from domain.calendar import OfficeCalendar
from domain.import_heads import Field, Heads, field_of, find_heads
from domain.importing import (
    CUT,
    DAY_UNREAD,
    DOUBLE,
    NO_SUCH_DAY,
    Row,
    names_of,
    read_rows,
    says_done,
    source_of,
    system_in,
)
from domain.sources import Source
from domain.tables import Line
from notices import errors
from notices.grids import MOST_ROWS, is_table, read_table
from notices.worker import NoticeReader

CALENDAR = OfficeCalendar()
REFERENCE = date(2024, 1, 5)

F = Field
HEADS = [
    ("STT", F.ORDINAL), ("TT", F.ORDINAL), ("Số TT", F.ORDINAL), ("Số thứ tự", F.ORDINAL),
    ("Mã nhiệm vụ", F.ID), ("MÃ NV", F.ID), ("Ma nhiem vu", F.ID), ("ID", F.ID), ("Mã số", F.ID),
    ("Mã công việc", F.ID),
    ("Nội dung nhiệm vụ", F.TEXT), ("NỘI DUNG NHIỆM VỤ", F.TEXT), ("Noi dung nhiem vu", F.TEXT), ("Nội dung", F.TEXT),
    ("Tên nhiệm vụ", F.TEXT), ("Nội dung công việc", F.TEXT), ("Công việc", F.TEXT), ("Nhiệm vụ được giao", F.TEXT),
    ("Nội dung ý kiến chỉ đạo", F.TEXT), ("Trích yếu", F.TEXT), ("Tên đề án", F.TEXT), ("Nhiệm vụ cụ thể", F.TEXT),
    ("Nội dung đề án, báo cáo", F.TEXT), ("Nội dung nhiệm vụ UBND huyện giao", F.TEXT),
    ("Đơn vị chủ trì", F.LEAD), ("Cơ quan chủ trì", F.LEAD), ("Cơ quan, đơn vị chủ trì", F.LEAD), ("Chủ trì", F.LEAD),
    ("Don vi chu tri", F.LEAD), ("Đơn vị thực hiện", F.LEAD), ("Cơ quan trình", F.LEAD), ("Cơ quan tham mưu", F.LEAD),
    ("Phòng, ban thực hiện", F.LEAD), ("Đơn vị được giao", F.LEAD), ("Đơn vị xử lý chính", F.LEAD), ("Đơn vị", F.LEAD),
    ("Đơn vị phối hợp", F.COORDINATING), ("Cơ quan phối hợp", F.COORDINATING), ("Phối hợp", F.COORDINATING),
    ("Cơ quan, đơn vị phối hợp thực hiện", F.COORDINATING), ("Don vi phoi hop", F.COORDINATING),
    ("Thời hạn hoàn thành", F.DEADLINE), ("Hạn hoàn thành", F.DEADLINE), ("Hạn xử lý", F.DEADLINE),
    ("Thời gian hoàn thành", F.DEADLINE), ("Thời gian trình", F.DEADLINE), ("Hạn", F.DEADLINE),
    ("Thoi han", F.DEADLINE),
    ("Thời hạn hoàn thành (dự kiến)", F.DEADLINE), ("Thời gian thực hiện", F.DEADLINE),
    ("Thời hạn báo cáo", F.DEADLINE),
    ("Ngày giao", F.ISSUED_ON), ("Ngày giao việc", F.ISSUED_ON), ("Thời điểm giao", F.ISSUED_ON),
    ("Trạng thái", F.STATUS), ("Tình trạng xử lý", F.STATUS), ("Tình hình thực hiện", F.STATUS),
    ("Trang thai", F.STATUS),
    ("Ngày hoàn thành", F.FINISHED_ON), ("Ngày hoàn thành thực tế", F.FINISHED_ON),
    ("Thời gian hoàn thành thực tế", F.FINISHED_ON),
    ("Lãnh đạo phụ trách", F.LEADER), ("Lãnh đạo chỉ đạo", F.LEADER), ("Lãnh đạo UBND phụ trách", F.LEADER),
    ("Nguồn", F.ORIGIN), ("Nguồn giao", F.ORIGIN), ("Nguồn gốc nhiệm vụ", F.ORIGIN),
    ("Số, ký hiệu văn bản", F.DOCUMENT), ("Văn bản giao nhiệm vụ", F.DOCUMENT),
    ("Lĩnh vực", F.AREA), ("Kết quả thực hiện", F.RESULT),
]  # fmt: skip
NO_HEADS = ["Ghi chú", "Mức độ", "Điểm", "", "Người nhập", "Email", "x"]


@pytest.mark.parametrize(("head", "field"), HEADS, ids=[head for head, _ in HEADS])
def test_a_head_is_recognised(head: str, field: Field) -> None:
    found = field_of(head)
    assert found is not None
    assert found[0] is field


@pytest.mark.parametrize("head", NO_HEADS)
def test_a_head_that_says_nothing_known_is_left_alone(head: str) -> None:
    assert field_of(head) is None


# --- where the head is ---

PLAIN: list[Line] = [
    ("STT", "Nội dung nhiệm vụ", "Đơn vị chủ trì", "Thời hạn hoàn thành"),
    (1, "Rà soát quy hoạch", "Phòng Nội vụ", "31/12/2024"),
]


def _fields(lines: list[Line]) -> dict[int, Field]:
    heads = find_heads(lines)
    assert heads is not None
    return dict(heads.fields)


def test_a_plain_head_is_found() -> None:
    assert _fields(PLAIN) == {0: F.ORDINAL, 1: F.TEXT, 2: F.LEAD, 3: F.DEADLINE}


def test_titles_above_the_head_are_passed_over() -> None:
    titles: list[Line] = [
        ("UBND HUYỆN TÙNG LĨNH", None, None, None),
        ("CHƯƠNG TRÌNH CÔNG TÁC NĂM 2024",) * 4,
        ("(Kèm theo Quyết định số 12/QĐ-UBND ngày 05/01/2024)",) * 4,
        (None, None, None, None),
    ]
    heads = find_heads([*titles, *PLAIN])
    assert heads is not None
    assert (heads.first, heads.below) == (4, 5)


def test_a_head_of_two_lines_with_merged_cells_is_read_as_one() -> None:
    lines: list[Line] = [
        ("TT", "Nội dung", "Phân công", "Phân công", "Thời hạn"),
        ("TT", "Nội dung", "Chủ trì", "Phối hợp", "Thời hạn"),
        ("(1)", "(2)", "(3)", "(4)", "(5)"),
        (1, "Rà soát", "Phòng Nội vụ", "Phòng Y tế", "Quý II"),
    ]
    heads = find_heads(lines)
    assert heads is not None
    assert heads.below == 3
    assert heads.fields == {0: F.ORDINAL, 1: F.TEXT, 2: F.LEAD, 3: F.COORDINATING, 4: F.DEADLINE}
    assert heads.names[2].endswith("Chủ trì")


def test_the_surer_of_two_columns_gets_the_field() -> None:
    assert _fields([("Đơn vị", "Đơn vị chủ trì", "Nội dung")])[1] is F.LEAD
    assert 0 not in _fields([("Đơn vị", "Đơn vị chủ trì", "Nội dung")])


def test_a_list_of_other_things_has_no_head() -> None:
    assert find_heads([("Họ và tên", "Chức vụ", "Đơn vị"), ("Phạm Văn Nam", "Chuyên viên", "Phòng Nội vụ")]) is None
    assert find_heads([]) is None


# --- rows ---

FULL = Heads(
    0, 1, ("STT", "Mã", "Nội dung", "Chủ trì", "Phối hợp", "Hạn", "Trạng thái", "Ngày xong", "Nguồn"),
    {0: F.ORDINAL, 1: F.ID, 2: F.TEXT, 3: F.LEAD, 4: F.COORDINATING, 5: F.DEADLINE, 6: F.STATUS, 7: F.FINISHED_ON,
     8: F.ORIGIN},
)  # fmt: skip


def _line(**cells: Any) -> Line:
    known: dict[str, Any] = {
        "stt": 1, "id": "NV-01", "text": "Rà soát quy hoạch", "lead": "Phòng Nội vụ", "helps": None, "due": None,
        "status": None, "done": None, "origin": None,
    }  # fmt: skip
    return tuple({**known, **cells}.values())


def _read(*lines: Line) -> list[Row]:
    return read_rows([FULL.names, *lines], FULL, REFERENCE, CALENDAR)


def _one(**cells: Any) -> Row:
    (row,) = _read(_line(**cells))
    return row


@pytest.mark.parametrize(
    ("written", "due"),
    [
        (date(2024, 12, 31), date(2024, 12, 31)),
        (45657, date(2024, 12, 31)),
        ("31/12/2024", date(2024, 12, 31)),
        ("31/12/2024 17:00", date(2024, 12, 31)),
        ("2024-12-31 00:00:00", date(2024, 12, 31)),
        ("30.6.2024", date(2024, 6, 30)),
        ("Quý II", date(2024, 6, 30)),
        ("Quý IV/2024", date(2024, 12, 31)),
        ("tháng 6", date(2024, 6, 30)),
        ("6/2024", date(2024, 6, 30)),
        ("T12/2024", date(2024, 12, 31)),
        ("Tháng 02/2024", date(2024, 2, 29)),
        ("Trong năm 2024", date(2024, 12, 31)),
        ("6 tháng đầu năm", date(2024, 6, 30)),
        ("Cuối năm", date(2024, 12, 31)),
        ("15/4", date(2024, 4, 15)),
    ],
)
def test_a_deadline_is_read_in_many_forms(written: Any, due: date) -> None:
    row = _one(due=written)
    assert row.deadline is not None
    assert row.deadline.date == due
    assert row.warnings == ()


def test_a_day_before_which_something_is_due_keeps_its_meaning() -> None:
    deadline = _one(due="Trước 15/3/2024").deadline
    assert deadline is not None
    assert deadline.last_day() == date(2024, 3, 14)


@pytest.mark.parametrize(
    "written", ["01/01/1970", date(1970, 1, 1), 0, None, "", "Không", "không thời hạn", "-", "NULL"]
)
def test_what_stands_for_none_is_none(written: Any) -> None:
    row = _one(due=written)
    assert (row.deadline, row.warnings) == (None, ())


@pytest.mark.parametrize(
    ("written", "warning"), [("theo tiến độ của tỉnh", DAY_UNREAD), ("31/02/2024", NO_SUCH_DAY), (7, DAY_UNREAD)]
)
def test_a_deadline_that_cannot_be_read_is_a_warning(written: Any, warning: str) -> None:
    row = _one(due=written)
    assert (row.deadline, row.warnings) == (None, (warning,))


def test_what_is_done_constantly_comes_again() -> None:
    deadline = _one(due="Hằng tháng").deadline
    assert deadline is not None
    assert (deadline.date, deadline.recurring) == (None, "Hằng tháng")


@pytest.mark.parametrize("text", ["Tham mưu ban hành kế hoạch...", "Tham mưu ban hành…", "a" * 255])
def test_cut_words_are_a_warning(text: str) -> None:
    assert _one(text=text).warnings == (CUT,)


def test_numbers_that_are_names_lose_their_point() -> None:
    assert _one(id=1024.0).external_id == "1024"


def test_the_same_number_twice_is_no_number_the_second_time() -> None:
    first, second = _read(_line(), _line())
    assert (first.external_id, second.external_id) == ("NV-01", None)
    assert second.warnings == (DOUBLE,)


@pytest.mark.parametrize(
    ("status", "done"),
    [
        ("Đã hoàn thành", True), ("Hoàn thành đúng hạn", True), ("HOÀN THÀNH QUÁ HẠN", True), ("Đã kết thúc", True),
        ("Chưa hoàn thành", False), ("Đang thực hiện", False), ("Không hoàn thành", False), ("Mới giao", False),
        ("Đang xử lý, đã hoàn thành 80%", False),
    ],
)  # fmt: skip
def test_what_another_program_calls_done(status: str, done: bool) -> None:
    assert says_done(status) is done


def test_a_finished_row_has_its_day_and_its_words() -> None:
    row = _one(status="Đã hoàn thành", done="20/03/2024")
    assert (row.is_done, row.finished_on, row.status) == (True, date(2024, 3, 20), "Đã hoàn thành")
    assert row.cells["Trạng thái"] == "Đã hoàn thành"


def test_parts_sums_and_signatures_are_no_tasks() -> None:
    rows = _read(
        _line(stt="I", id=None, text="LĨNH VỰC KINH TẾ", lead=None),
        ("B. VĂN HÓA - XÃ HỘI",) * 9,
        _line(stt=1),
        _line(stt=2, id="NV-02"),
        ("Tổng cộng", None, "2 nhiệm vụ", *(None,) * 6),
        _line(stt=None, id=None, text="TM. ỦY BAN NHÂN DÂN", lead=None),
    )
    assert [(row.number, row.external_id) for row in rows] == [(4, "NV-01"), (5, "NV-02")]


def test_a_task_without_unit_and_deadline_is_still_a_task() -> None:
    assert _one(id=None, lead=None).text == "Rà soát quy hoạch"


def test_helping_units_stand_each_for_itself() -> None:
    assert names_of("Phòng Nội vụ; Phòng Y tế, UBND xã An Hòa") == ("Phòng Nội vụ", "Phòng Y tế", "UBND xã An Hòa")
    assert names_of("Phòng Tài chính - Kế hoạch") == ("Phòng Tài chính - Kế hoạch",)


@pytest.mark.parametrize(
    ("words", "source"),
    [
        ("CHƯƠNG TRÌNH CÔNG TÁC NĂM 2024", Source.PROGRAMME), ("UBND tỉnh giao", Source.ABOVE),
        ("Thông báo kết luận", Source.OWN), ("Khác", None), (None, None),
    ],
)  # fmt: skip
def test_where_a_task_comes_from(words: str | None, source: Source | None) -> None:
    assert source_of(words) is source


@pytest.mark.parametrize(
    ("name", "system"),
    [
        ("VNPT-iOffice_xuat_2024.xlsx", "VNPT-iOffice"), ("eCabinet export 05-02-2024.xlsx", "eCabinet"),
        ("danh sach nhiem vu 2024.xlsx", None), ("Chương trình công tác 2024.xlsx", None), ("bang.csv", None),
    ],
)  # fmt: skip
def test_the_program_is_told_by_the_file_name_where_that_says_so(name: str, system: str | None) -> None:
    assert system_in(name) == system


# --- files ---


def _book(*lines: tuple[Any, ...], hidden: bool = False, merged: str | None = None) -> bytes:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for line in lines:
        sheet.append(line)
    if merged:
        sheet.merge_cells(merged)
    if hidden:
        secret = book.create_sheet("Nháp")
        secret.sheet_state = "hidden"
        secret["A1"] = "không cho xem"
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()


def _with(content: bytes, **parts: bytes) -> bytes:
    """A workbook with further parts."""
    packed = io.BytesIO(content)
    with zipfile.ZipFile(packed, "a", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(name.replace("__", "/"), part)
    return packed.getvalue()


def test_cells_are_values_and_never_worked_out() -> None:
    moment = datetime(2024, 2, 5, 9, 30)  # noqa: DTZ001  (cells have no zone)
    (sheet,) = read_table("a.xlsx", _book(("=1+1", moment, 3, None, "  a \n b "))).sheets
    assert sheet.lines == ((None, date(2024, 2, 5), 3, None, "a b"),)


@pytest.mark.parametrize("number", [b"1E400", b"-1E400", b"1e999"])
def test_a_number_without_end_is_no_value(number: bytes) -> None:
    content = _book((12345678,))
    changed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as book, zipfile.ZipFile(changed, "w") as other:
        for part in book.namelist():
            other.writestr(part, book.read(part).replace(b"12345678", number))
    assert read_table("a.xlsx", changed.getvalue()).sheets[0].lines == ((None,),)


def test_merged_cells_have_their_value_everywhere() -> None:
    (sheet,) = read_table("a.xlsx", _book(("Phân công", None), ("Chủ trì", "Phối hợp"), merged="A1:B1")).sheets
    assert sheet.lines[0] == ("Phân công", "Phân công")


def test_hidden_sheets_are_named_and_not_read() -> None:
    table = read_table("a.xlsx", _book(("a",), hidden=True))
    assert (len(table.sheets), table.hidden) == (1, ("Nháp",))


@pytest.mark.parametrize("separator", [";", ",", "\t"])
def test_text_tables_are_read_with_any_separator(separator: str) -> None:
    content = f"\ufeffSTT{separator}Nội dung\r\n1{separator}'=Rà soát\r\n".encode()
    (sheet,) = read_table("a.csv", content).sheets
    assert sheet.lines == (("STT", "Nội dung"), ("1", "=Rà soát"))


@pytest.mark.parametrize(
    ("name", "content", "problem"),
    [
        ("a.xlsx", b"no workbook at all", errors.UnreadableDocument),
        ("a.xlsx", b"PK\x03\x04" + b"\x00" * 50, errors.UnreadableDocument),
        ("a.xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 50, errors.PasswordProtected),
        ("a.xlsx", _with(_book(("a",)), xl__vbaProject=b"", **{"xl__vbaProject.bin": b"x"}), errors.UnsupportedFormat),
        ("a.xlsx", _with(_book(("a",)), bomb=b"\x00" * 70_000_000), errors.DocumentTooLarge),
        ("a.csv", b"\x00\x01\x02;", errors.UnsupportedFormat),
        ("a.csv", "chỉ có chữ".encode(), errors.UnsupportedFormat),
        ("a.csv", b"a;b\n" * (MOST_ROWS + 1), errors.DocumentTooLarge),
    ],
    ids=["words", "cut", "locked", "macros", "bomb", "binary", "no table", "too long"],
)
def test_bad_files_are_refused(name: str, content: bytes, problem: type[errors.DocumentError]) -> None:
    with pytest.raises(problem):
        read_table(name, content)


def test_a_lone_cell_far_away_does_not_hold_the_reader_up() -> None:
    book = Workbook()
    book.active["A1"] = "Nội dung"
    book.active["XFD4000"] = "xa"
    kept = io.BytesIO()
    book.save(kept)
    assert len(read_table("a.xlsx", kept.getvalue()).sheets[0].lines[0]) <= 60


@pytest.mark.parametrize(("name", "is_one"), [("a.XLSX", True), ("a.csv", True), ("a.docx", False), ("xlsx", False)])
def test_a_table_is_known_by_its_name(name: str, is_one: bool) -> None:
    assert is_table(name) is is_one


async def test_a_table_is_read_in_the_child_process_and_a_secret_one_is_not() -> None:
    reader = NoticeReader()
    try:
        table = await reader.table_of("a.xlsx", _book(*PLAIN))
        assert table.sheets[0].lines[1][1] == "Rà soát quy hoạch"
        with pytest.raises(errors.SecretDocument):
            await reader.table_of("a.xlsx", _book(("TỐI MẬT",), *PLAIN))
        with pytest.raises(errors.UnreadableDocument):
            await reader.table_of("a.xlsx", b"PK\x03\x04rubbish")
    finally:
        await reader.close()
