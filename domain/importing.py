"""The rows of a table of another program: what each says, and what of it a person should look at.

Such tables hold days as text, as numbers and as 01/01/1970; words that were cut at 255 signs; lines that are titles,
sums and signatures. Nothing is guessed silently: what was left out or looks wrong is a warning.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from domain.calendar import OfficeCalendar
from domain.deadlines import Deadline, ImpossibleDate, read_deadline
from domain.import_heads import Field, Heads
from domain.sources import Source
from domain.spelling import fold
from domain.tables import Line, Value

EPOCH = date(1899, 12, 30)  # day 0 of spreadsheets
EARLIEST = date(2000, 1, 1)  # 01/01/1970 and its like stand for "none"
SERIALS = range(36_526, 73_051)  # 01/01/2000 to 31/12/2099, as spreadsheets number days
CUT_LENGTHS = frozenset({255, 256, 500, 1000, 4000})  # at which programs cut words
NO_DAY = frozenset({"", "khong", "khong han", "khong thoi han", "khong co", "null", "none", "n a", "chua co"})

CUT = "nội dung có thể bị cắt ở bảng gốc"
DAY_UNREAD = "chưa đọc được hạn"
NO_SUCH_DAY = "hạn ghi ngày không có thật"
DOUBLE = "mã trùng với dòng trên"

_FOOTER = re.compile(r"(tong cong|tong so|tong|cong)\b[\s:]*(\d.*)?")
_SIGNATURE = re.compile(r"(tm|kt|tl|tuq|q)\s|noi nhan|nguoi lap|thu truong|lap bang|\(ky")
_ROMAN = re.compile(r"(?:[IVXLC]+|[A-Z])[.)]?")
_BULLET = re.compile(r"^(?:[-–•*+]|\d{1,3}[.)])\s+")
_MONTH = re.compile(r"(?:t(?:háng)?\.?\s*)?(0?[1-9]|1[0-2])\s*[/.-]\s*(20\d\d)", re.IGNORECASE)
_HOUR = re.compile(r"[ T]\d{1,2}:\d{2}(?::\d{2})?(?:\.\d+)?$")
_PARTS = re.compile(r"\s*(?:;|\n|,(?=\s))\s*")
_DONE = ("da hoan thanh", "hoan thanh", "da xong", "da ket thuc", "ket thuc", "completed", "done", "closed")
_NOT_DONE = ("chua", "dang", "khong", "tre", "qua han chua")


@dataclass(frozen=True)
class Row:
    """One task of the table.

    Attributes:
        number: of its line, from 1, as people see it.
        external_id: its number in the program it comes from; None where the table has none.
        deadline: as read, None where there is none; its text is as written.
        is_done: that program says it is finished.
        finished_on: the day it says.
        cells: head -> words, as they came.
    """

    number: int
    text: str
    external_id: str | None = None
    lead: str | None = None
    coordinating: tuple[str, ...] = ()
    deadline: Deadline | None = None
    issued_on: date | None = None
    status: str | None = None
    is_done: bool = False
    finished_on: date | None = None
    leader: str | None = None
    document: str | None = None
    area: str | None = None
    source: Source | None = None
    cells: Mapping[str, str] = field(default_factory=dict)
    warnings: tuple[str, ...] = ()


def read_rows(
    lines: Sequence[Line], heads: Heads, reference: date | None, calendar: OfficeCalendar, *, limit: int | None = None
) -> list[Row]:
    """The tasks of a table, in its order.

    Args:
        lines: of the sheet, from the top.
        heads: its head, corrected by a person where need be.
        reference: a day near the table's own, to add years with ("Quý II").
        calendar: the office's working days.
        limit: how many, at most.
    """
    found: list[Row] = []
    seen: set[str] = set()
    for number, line in _tasks(lines, heads):
        row = _row(number, line, heads, reference, calendar)
        if row.external_id is not None and row.external_id in seen:
            row = replace(row, external_id=None, warnings=(*row.warnings, DOUBLE))
        seen |= {row.external_id} if row.external_id else set()
        found.append(row)
        if len(found) == limit:
            break
    return found


def _tasks(lines: Sequence[Line], heads: Heads) -> Iterator[tuple[int, Line]]:
    """The lines that are tasks: no titles of parts, no sums, and nothing below the sum."""
    text = heads.column(Field.TEXT)
    for place in range(heads.below, len(lines)):
        line = lines[place]
        first = next((fold(str(cell)) for cell in line if cell is not None), "")
        if _FOOTER.fullmatch(first) or _SIGNATURE.match(first):
            return
        if text is not None and line[text] is not None and not _is_title(line, heads):
            yield place + 1, line


def _is_title(line: Line, heads: Heads) -> bool:
    """Whether a line heads a part: words alone, numbered "I", "A", or merged over all columns."""
    filled = [cell for cell in line if cell is not None]
    if len(filled) > 2 and len(set(filled)) == 1:
        return True
    said = {kind for place, kind in heads.fields.items() if line[place] is not None}
    if said - {Field.ORDINAL, Field.TEXT}:
        return False
    ordinal = heads.column(Field.ORDINAL)
    number = line[ordinal] if ordinal is not None else None
    return isinstance(number, str) and _ROMAN.fullmatch(number.strip()) is not None


def _row(number: int, line: Line, heads: Heads, reference: date | None, calendar: OfficeCalendar) -> Row:
    said = {kind: line[place] for place, kind in heads.fields.items()}
    words = {kind: _words(value) for kind, value in said.items()}
    issued_on = read_day(said.get(Field.ISSUED_ON))
    deadline, trouble = _deadline(said.get(Field.DEADLINE), issued_on or reference, calendar)
    text = words.get(Field.TEXT) or ""
    status = words.get(Field.STATUS)
    finished_on = read_day(said.get(Field.FINISHED_ON))
    return Row(
        number=number,
        text=_BULLET.sub("", text),
        external_id=words.get(Field.ID),
        lead=words.get(Field.LEAD),
        coordinating=names_of(words.get(Field.COORDINATING)),
        deadline=deadline,
        issued_on=issued_on,
        status=status,
        is_done=says_done(status) if status else finished_on is not None,
        finished_on=finished_on,
        leader=words.get(Field.LEADER),
        document=words.get(Field.DOCUMENT),
        area=words.get(Field.AREA),
        source=source_of(words.get(Field.ORIGIN)),
        cells={name: _words(value) or "" for name, value in zip(heads.names, line, strict=True) if name and value},
        warnings=(*trouble, *((CUT,) if is_cut(text) else ())),
    )


def _words(value: Value) -> str | None:
    """A cell as words: whole numbers without a point, days as they are written here."""
    match value:
        case None:
            return None
        case date():
            return f"{value:%d/%m/%Y}"
        case float() if value.is_integer():
            return str(int(value))
        case _:
            return str(value).strip() or None


def names_of(words: str | None) -> tuple[str, ...]:
    """The units of one cell: "Phòng Nội vụ; Phòng Y tế", also on lines of their own."""
    return tuple(name for name in (part.strip(" -–•") for part in _PARTS.split(words or "")) if name)


def is_cut(text: str) -> bool:
    """Whether words were probably cut: they trail off, or are exactly as long as programs keep."""
    return text.rstrip().endswith(("...", "…")) or len(text) in CUT_LENGTHS


# --- days ---


def read_day(value: Value) -> date | None:
    """A day that has been: a day cell, a number of a day, or words; None for none, 01/01/1970 and what is no day."""
    match value:
        case date():
            return value if value >= EARLIEST else None
        case int() | float():
            return EPOCH + timedelta(days=int(value)) if int(value) in SERIALS else None
        case str():
            return _typed_day(value)
        case _:
            return None


def _typed_day(words: str) -> date | None:
    try:
        found = read_deadline(_HOUR.sub("", words.strip()), None)
    except ImpossibleDate:
        return None
    return found.date if found and found.date and found.date >= EARLIEST else None


def _deadline(
    value: Value, reference: date | None, calendar: OfficeCalendar
) -> tuple[Deadline | None, tuple[str, ...]]:
    """A deadline of a cell, with what a person should know of it."""
    day = read_day(value) if not isinstance(value, str) else None
    if day is not None:
        return Deadline(day, text=f"{day:%d/%m/%Y}", rule="theo bảng"), ()
    if not isinstance(value, str):
        return None, (DAY_UNREAD,) if isinstance(value, float | int) and value else ()
    words = _HOUR.sub("", value.strip())
    if fold(words).strip(" .-/") in NO_DAY:
        return None, ()
    try:
        found = _month(words) or read_deadline(words, reference, calendar)
    except ImpossibleDate:
        return None, (NO_SUCH_DAY,)
    if found is None or (found.date is None and not found.recurring):
        return None, (DAY_UNREAD,)
    if found.date is not None and found.date < EARLIEST:
        return None, ()
    return replace(found, text=value.strip(), warnings=()), ()


def _month(words: str) -> Deadline | None:
    """ "6/2024", "T6/2024": to the end of that month."""
    match = _MONTH.fullmatch(words)
    if match is None:
        return None
    month, year = int(match[1]), int(match[2])
    last = date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)
    return Deadline(last, text=words, rule=f"tháng {month}/{year} → {last:%d/%m/%Y}")


# --- words of other programs ---


def says_done(status: str) -> bool:
    """Whether a status says that a task is finished: "Hoàn thành đúng hạn", but not "Chưa hoàn thành"."""
    words = fold(status).strip()
    return not words.startswith(_NOT_DONE) and words.startswith(_DONE)


_SOURCES = (
    ("chuong trinh", Source.PROGRAMME), ("ke hoach cong tac", Source.PROGRAMME),
    ("tinh", Source.ABOVE), ("trung uong", Source.ABOVE), ("chinh phu", Source.ABOVE), ("cap tren", Source.ABOVE),
    ("huyen uy", Source.ABOVE), ("bo ", Source.ABOVE), ("so ", Source.ABOVE),
    ("thong bao", Source.OWN), ("ket luan", Source.OWN), ("co quan", Source.OWN), ("noi bo", Source.OWN),
)  # fmt: skip


def source_of(words: str | None) -> Source | None:
    """Where a task comes from, by the words of a cell or of a title; None where they do not say."""
    folded = f"{fold(words or '')} "
    return next((source for phrase, source in _SOURCES if re.search(rf"\b{phrase.strip()}\b", folded)), None)


_GENERIC = re.compile(
    r"\b(?:export|xuat|danh sach|bang|du lieu|data|bao cao|nhiem vu|theo doi|chuong trinh|cong tac|nam|thang|quy|"
    r"ngay|ket xuat|tong hop|cua|he thong|phan mem|copy|ban sao|sheet|xlsx|csv|[ivx]+|v?\d+)\b"
)


def system_in(file_name: str) -> str | None:
    """The program a file was made by, where its name says so: "VNPT-iOffice_xuat_2024.xlsx" -> "VNPT-iOffice"."""
    stem = re.sub(r"\.\w{2,4}$", "", file_name)
    for part in re.split(r"[_\s()\[\]]+", stem):
        bare = _GENERIC.sub("", fold(re.sub(r"[-.]", " ", part))).strip()
        if len(bare) >= 3 and re.search(r"[A-Z].*[A-Z]|[a-z][A-Z]", part):
            return part.strip("-.")[:60]
    return None
