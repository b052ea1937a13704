"""Tables that list tasks: a row for each, with columns for the task, who leads, who helps and by when."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from notices.clauses import only_units
from notices.model import ALL_UNITS
from notices.outline import marker_of
from notices.paragraphs import Paragraph
from notices.plain import compiled, plain
from notices.units import read_units

# In this order, for "Thời gian hoàn thành nhiệm vụ" is about time and "Nhiệm vụ phải hoàn thành" about tasks.
COLUMNS = (
    ("other", compiled(r"(?:ghi chú|tình hình|tình trạng|kết quả|sản phẩm|mức độ|tỷ lệ|kinh phí|lãnh đạo|cấp |người "
                       r"(?:ký|duyệt|chỉ đạo)|số văn bản|căn cứ|tt$|stt|số tt|số thứ tự|cơ quan (?:trình|ban hành))")),
    ("task", compiled(r"(?:tên )?(?:các )?(?:nội dung|nhiệm vụ|công việc|đầu việc|ý kiến chỉ đạo|việc |hoạt động|"
                      r"danh mục (?:nhiệm vụ|công việc)|chỉ đạo)")),
    ("both", compiled(r".*(?:chủ trì|thực hiện)\s*[,/;(&-]?\s*(?:và |đơn vị |cơ quan )*phối hợp")),
    ("helps", compiled(r".*phối hợp")),
    ("due", compiled(r"(?:thời gian|thời hạn|hạn |hạn$|hoàn thành|tiến độ|.*(?:hoàn thành|thời hạn|thời gian))")),
    ("leads", compiled(r"(?:.*(?:chủ trì|thực hiện|phụ trách|chịu trách nhiệm|đầu mối|tham mưu|được giao)|trách nhiệm|"
                       r"(?:cơ quan|đơn vị|địa phương|phòng|ban|ngành|sở)(?:\s*[,/]\s*(?:cơ quan|đơn vị|địa phương|"
                       r"cá nhân|phòng|ban|ngành))*$)")),
)  # fmt: skip
A_TERM = compiled(r".*(?:hoàn thành|hạn|tiến độ)")
# The programme of a meeting; a list of what is overdue or due soon, with the terms that earlier documents gave.
NO_TASKS = compiled(
    r"(?:địa điểm|thành phần|chương trình|người trình bày|người dự|"
    r"(?:thời )?hạn (?:đã giao|đã được giao|được giao)|số ngày (?:quá hạn|chậm|trễ))(?!\w)"
)
MAX_HEAD = 60  # characters of a column's name
MAX_NOTE = 40  # characters of a line that may stand between two halves of a table
HELPED_BY = compiled(r"[\s.,;(/-]*(?:(?:cơ quan|đơn vị) )?phối hợp(?: (?:với|cùng))?\s*:?\s*")
LED_BY = compiled(r"^(?:(?:cơ quan|đơn vị) )?(?:chủ trì|thực hiện|tham mưu)\s*:\s*")
NUMBER = re.compile(r"\(?((?:[IVXLC]{1,6}|[A-ZĐ]|[a-zđ]|\d{1,3})(?:\.\d{1,2}){0,3})[.)]?")
ENDS = (".", ";", ":", "!", "?")


@dataclass(frozen=True)
class Row:
    """A task of a table.

    Args:
        paragraph: the row.
        number: its first cell, where that is a number; with the number of its section, where the table has any.
        task: what is to be done.
        leads: who leads, as written; all units where nobody is named.
        helps: who helps, as written.
        due: the words of the cell with the deadline.
    """

    paragraph: Paragraph
    number: str
    task: str
    leads: tuple[str, ...]
    helps: tuple[str, ...]
    due: str


def rows_of(paragraphs: Sequence[Paragraph]) -> list[Row]:
    """The tasks of all tables whose first rows name a task and who leads it, or by when."""
    rows: list[Row] = []
    table = _Table({})
    tables = 0
    for paragraph in paragraphs:
        if not paragraph.cells:
            table = table if len(paragraph.text) <= MAX_NOTE and marker_of(paragraph.text) is None else _Table({})
            continue
        columns = columns_of(paragraph.cells)
        if _makes_a_head(paragraph.cells, columns):
            if not table.columns:
                tables += 1
                table = _Table(columns, prefix=f"{tables}/" if tables > 1 else "")
            table.columns = columns
        elif table.columns and _is_second_head(paragraph.cells):
            table.columns |= columns
        elif table.columns:
            rows += table.rows_of(paragraph)
    return rows


def is_head(cells: Sequence[str]) -> bool:
    """Whether a row names the columns of a table of tasks."""
    return _makes_a_head(cells, columns_of(cells))


def _makes_a_head(cells: Sequence[str], columns: dict[str, int]) -> bool:
    """It names the task, and who leads or by when; the programme of a meeting names hours and places instead."""
    if "task" not in columns or any(NO_TASKS.match(plain(cell).strip()) for cell in cells):
        return False
    due = plain(cells[columns["due"]]) if "due" in columns else ""
    if due and not A_TERM.match(due) and columns["due"] < columns["task"]:
        return False
    return bool({"leads", "both"} & columns.keys()) or A_TERM.match(due) is not None


def _is_second_head(cells: Sequence[str]) -> bool:
    """The lower row of a head in two: "Chủ trì", "Phối hợp" under "Đơn vị thực hiện"."""
    named = [cell for cell in cells if cell.strip()]
    return len(named) > 1 and len(columns_of(named)) == len(named)


def columns_of(cells: Sequence[str]) -> dict[str, int]:
    """Which column holds what, by its name; the first fitting one each."""
    found: dict[str, int] = {}
    for index, cell in enumerate(cells):
        kind = _kind(" ".join(cell.split())) if cell and len(cell) < MAX_HEAD else None
        if kind:
            found.setdefault(kind, index)
    return found


@lru_cache(maxsize=256)
def _kind(name: str) -> str | None:
    low = plain(name).strip(" *.:")
    return next((kind for kind, words in COLUMNS if words.match(low)), None)


@dataclass
class _Table:
    """A table as its rows come: what holds for those that follow."""

    columns: dict[str, int]
    prefix: str = ""  # of the numbers in a second table
    section: str = ""
    leads: tuple[str, ...] = ()  # of a heading row that names a unit
    seen: set[str] = field(default_factory=set)

    def rows_of(self, paragraph: Paragraph) -> Iterator[Row]:
        """The tasks of one row; a heading row changes what follows."""
        task, due = self._cell(paragraph, "task"), self._cell(paragraph, "due")
        leads, helps = self._units(paragraph)
        first = NUMBER.fullmatch(paragraph.cells[0].strip())
        number = first[1] if first else ""
        if not leads and not due:
            self._heading(paragraph, number)
        if len(task.split()) < 2 or not (leads or due or (self.leads and number)):
            return
        parts = parts_of(task)
        dues = due.split("\n") if len(parts) > 1 and len(due.split("\n")) == len(parts) else [due] * len(parts)
        for index, (part, by) in enumerate(zip(parts, dues, strict=True), 1):
            name = self._name(f"{number}-{index}" if number and len(parts) > 1 else number)
            yield Row(paragraph, name, part, leads or self.leads or (ALL_UNITS,), helps, " ".join(by.split()))

    def _cell(self, paragraph: Paragraph, name: str) -> str:
        index = self.columns.get(name, -1)
        return paragraph.cells[index].strip() if 0 <= index < len(paragraph.cells) else ""

    def _units(self, paragraph: Paragraph) -> tuple[tuple[str, ...], tuple[str, ...]]:
        leads, helps = self._cell(paragraph, "leads"), self._cell(paragraph, "helps")
        both = self._cell(paragraph, "both") if "both" in self.columns else leads
        split = HELPED_BY.search(plain(both))
        if split and not helps:
            leads, helps = both[: split.start()], both[split.end() :]
        elif "both" in self.columns:
            leads = both
        return _names(leads), _names(helps)

    def _heading(self, paragraph: Paragraph, number: str) -> None:
        """A row across the table: "II | Phòng Nội vụ", "A. Nhiệm vụ chung"."""
        words = next((cell.strip() for cell in paragraph.cells if len(cell.split()) > 1), "")
        if not words:
            return
        marker = marker_of(words)
        self.section = number or (marker.name if marker else "")
        self.leads = tuple(unit.name for unit in only_units(words[marker.end :] if marker else words))

    def _name(self, number: str) -> str:
        """The row's number, told apart from the same one in another section or table."""
        if not number:
            return ""
        name = f"{self.prefix}{number}"
        if name in self.seen and self.section:
            name = f"{self.prefix}{self.section}.{number}"
        self.seen.add(name)
        return name


def parts_of(task: str) -> list[str]:
    """The tasks of one cell: one for each marked paragraph where there are several, else all of it."""
    lines = task.split("\n")
    marked = [i for i, line in enumerate(lines) if marker_of(line)]
    if len(marked) < 2:
        return [" ".join(task.split())]
    parts: list[str] = []
    for index, line in enumerate(lines):
        if index in marked or not parts:
            marker = marker_of(line)
            parts.append(line[marker.end :].strip() if marker else line.strip())
        else:
            parts[-1] = f"{parts[-1]} {line.strip()}"
    opening = marked[0] > 0 and parts[0].endswith(ENDS[2])
    return [" ".join(part.split()) for part in (parts[1:] if opening else parts) if len(part.split()) > 1]


def _names(cell: str) -> tuple[str, ...]:
    """The units of a cell: by their form, else as they stand between line ends and semicolons."""
    cell = cell[len(match[0]) :] if (match := LED_BY.match(plain(cell))) else cell
    cell = "; ".join(line.strip(" \t-+•.;,") for line in _whole(cell) if line.strip(" \t-+•.;,"))
    units = read_units(cell, plain(cell), 0) if cell else None
    if units and units.end >= len(cell.rstrip(" .;,")):
        return tuple(dict.fromkeys(unit.name for unit in units.names))
    return tuple(dict.fromkeys(name.strip(" .-") for name in cell.split(";") if name.strip(" .-")))


def _whole(cell: str) -> list[str]:
    """The lines of a cell; one that goes on with a name in small letters, or after a comma, belongs to the one
    before."""
    lines: list[str] = []
    for line in cell.split("\n"):
        if lines and (line[:1].islower() or lines[-1].rstrip().endswith((",", " và"))):
            lines[-1] = f"{lines[-1].rstrip()} {line.strip()}"
        else:
            lines.append(line)
    return lines
