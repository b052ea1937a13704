"""What is said of tables of other programs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from domain.import_heads import Field
from domain.sources import SOURCES, Source
from texts.engine import render, shorten

TAKE = "Nhập"
COLUMNS = "Sửa cột"
BACK = "Quay lại"
OPEN_ONLY = "Chỉ theo dõi việc chưa xong"
WITH_DONE = "Nhập cả việc đã xong"
SKIP_TWINS = "Bỏ qua dòng trùng"
TAKE_TWINS = "Vẫn nhập dòng trùng"
DROP = "Không nhập"
NO_FIELD = "Không dùng cột này"
SYSTEM = "Hệ thống"
FOLLOW = "Theo hệ thống"

FIELDS: dict[Field, str] = {
    Field.TEXT: "Nội dung",
    Field.LEAD: "Đơn vị chủ trì",
    Field.COORDINATING: "Đơn vị phối hợp",
    Field.DEADLINE: "Thời hạn",
    Field.ISSUED_ON: "Ngày giao",
    Field.STATUS: "Trạng thái",
    Field.FINISHED_ON: "Ngày hoàn thành",
    Field.ID: "Mã nhiệm vụ",
    Field.LEADER: "Lãnh đạo",
    Field.ORIGIN: "Nguồn",
    Field.DOCUMENT: "Văn bản",
    Field.AREA: "Lĩnh vực",
    Field.RESULT: "Kết quả",
    Field.ORDINAL: "Số thứ tự",
}
"""What a column can be, in the order in which it is offered."""


@dataclass(frozen=True)
class Column:
    """A column as it was taken: its letter, its head, and what it is (None: not used)."""

    letter: str
    head: str
    field: Field | None


@dataclass(frozen=True)
class Sample:
    """A row as it was read."""

    number: int
    text: str
    lead: str | None
    due: date | None
    due_text: str | None
    status: str | None


@dataclass(frozen=True)
class Preview:
    """What an import would do.

    Attributes:
        rows: how many tasks were read.
        new: how many become drafts.
        known: how many came before.
        status_changes: how many of them have another status.
        moved: directives whose deadline is changed there.
        reworded: directives whose words are others there.
        twins: directives that rows without an id repeat.
        finished: rows that are done there and not taken.
        unknown: names of units that nobody knows.
        warnings: what is wrong, with the numbers of the lines.
        hidden: sheets that were not read, and further ones.
    """

    file: str
    title: str
    system: str | None
    source: Source
    columns: Sequence[Column]
    samples: Sequence[Sample]
    rows: int
    new: int
    known: int = 0
    status_changes: int = 0
    moved: Sequence[int] = ()
    reworded: Sequence[int] = ()
    twins: Sequence[int] = ()
    takes_twins: bool = False
    finished: int = 0
    unknown: Sequence[str] = ()
    warnings: Mapping[str, Sequence[int]] | None = None
    hidden: Sequence[str] = ()


def preview(facts: Preview) -> str:
    """What was understood, before anything happens."""
    used = [(FIELDS[c.field], c) for c in facts.columns if c.field is not None]
    unused = [c for c in facts.columns if c.field is None and c.head]
    return render("importing_preview", p=facts, used=used, unused=unused, source=SOURCES[facts.source])


def no_table(file: str) -> str:
    """No line of the file looks like the head of a table of tasks."""
    return render("importing_no_table", file=file)


def which_column(columns: Sequence[Column]) -> str:
    """Which column is to be corrected."""
    return render("importing_columns", columns=[(c, FIELDS[c.field] if c.field else None) for c in columns])


def which_field(column: Column, samples: Sequence[str]) -> str:
    """What a column is."""
    return render("importing_field", column=column, samples=samples)


def column_label(column: Column) -> str:
    """On a button: "C: Hạn xử lý"."""
    return shorten(f"{column.letter}: {column.head or '(không có tiêu đề)'}", 40)


def ask_system() -> str:
    """Which program the table comes from."""
    return render("importing_ask_system")


def taken(new: int, known: int, status_changes: int, left_out: int) -> str:
    """What the import did."""
    return render("importing_taken", new=new, known=known, status_changes=status_changes, left_out=left_out)


def moved(lines: Sequence[tuple[int, date | None, date]], system: str) -> str:
    """Deadlines that are changed there: directive, the day here, the day there."""
    return render("importing_moved", lines=lines, system=system)


def followed(directive: int, until: date) -> str:
    """The deadline was taken over."""
    return render("importing_followed", directive=directive, until=until)


def deadline_told(directive: int, text: str, before: date | None, until: date, system: str) -> str:
    """To the unit: its deadline follows another program."""
    return render("importing_told", directive=directive, text=text, before=before, until=until, system=system)


def outside(system: str, status: str | None, external_id: str, seen: date) -> str:
    """A line of the card: what another program says."""
    return render("importing_outside", system=system, status=status, external_id=external_id, seen=seen)


def dropped() -> str:
    """Nothing of the table was taken."""
    return render("importing_dropped")
