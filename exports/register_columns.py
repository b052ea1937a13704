"""The 25 columns of a unit's report, in the order in which offices ask for them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from domain.lifecycle import State
from domain.register import RegisterLine
from domain.sources import SOURCES
from domain.timeliness import Cell
from domain.urgency import Urgency

Value = str | int | float | date | None

OVERDUE = "QUÁ HẠN"
"""In capitals: what is overdue is told by words, and not by a colour alone."""

_STATES = {
    State.ISSUED: "Đã giao, chưa nhận",
    State.IN_PROGRESS: "Đang thực hiện",
    State.SUBMITTED: "Chờ duyệt",
    State.COMPLETED: "Hoàn thành",
    State.DECLINED: "Đề nghị chuyển đơn vị",
    State.SUSPENDED: "Tạm dừng",
    State.CANCELLED: "Đã hủy",
    State.DRAFT: "Dự thảo",
}
_URGENCY = {Urgency.URGENT: "Khẩn", Urgency.VERY_URGENT: "Thượng khẩn", Urgency.EXPRESS: "Hỏa tốc"}


class Look(StrEnum):
    """How a value stands in its cell."""

    TEXT = "@"
    DATE = "dd/mm/yyyy"
    NUMBER = "0"
    SHARE = "0%"
    MARK = '"#"0'


@dataclass(frozen=True)
class Column:
    """One column. ``width`` in characters, as spreadsheets count; ``value`` gives None for what stays empty."""

    head: str
    width: float
    value: Callable[[RegisterLine], Value]
    look: Look = Look.TEXT


def status_words(line: RegisterLine) -> str:
    """How it stands: "Đang thực hiện, QUÁ HẠN 5 ngày", "Hoàn thành đúng hạn"."""
    words = _STATES[line.state]
    match line.cell:
        case Cell.DONE_IN_TIME:
            return f"{words} đúng hạn"
        case Cell.DONE_LATE:
            return f"{words} quá hạn {line.days_late} ngày"
        case Cell.OPEN_LATE if line.state is State.SUBMITTED:
            return f"{words}, báo cáo {OVERDUE} {line.days_late} ngày"
        case Cell.OPEN_LATE:
            return f"{words}, {OVERDUE} {line.days_late} ngày"
        case Cell.OPEN_IN_TIME:
            return f"{words}, trong hạn"
        case _:
            return f"{words}, không hạn"


def _kind(line: RegisterLine) -> str:
    words = ["Định kỳ" if line.recurring else "Có thời hạn" if line.last_day else "Không thời hạn"]
    words += ["Quan trọng"] if line.important else []
    return ", ".join([*words, *([_URGENCY[line.urgency]] if line.urgency else [])])


def _origin(line: RegisterLine) -> str:
    paper = line.paper[:1].upper() + line.paper[1:]
    return f"{SOURCES[line.source]}: {paper}" if line.source else paper


def _nothing(line: RegisterLine) -> None:
    """An office's system asks for it; this program does not keep it."""


COLUMNS: tuple[Column, ...] = (
    Column("STT", 4.5, _nothing, Look.NUMBER),  # counted where it is drawn
    Column("Tên nhiệm vụ", 30, lambda line: line.text),
    Column("Lãnh đạo phụ trách", 9.5, lambda line: line.leader),
    Column("Đơn vị chủ trì", 11, lambda line: line.lead),
    Column("Đơn vị phối hợp", 10.5, lambda line: "; ".join(line.coordinating)),
    Column("Đầu mối", 9, lambda line: line.contact),
    Column("Ngày giao", 9.8, lambda line: line.issued_on, Look.DATE),
    Column("Hạn hoàn thành", 9.8, lambda line: line.last_day, Look.DATE),
    Column("Loại", 8.5, _kind),
    Column("Nguồn gốc", 12, _origin),
    Column("Trạng thái", 11, status_words),
    Column("Kết quả", 18, lambda line: line.result),
    Column("Mức độ hoàn thành", 7.5, lambda line: None if line.percent is None else line.percent / 100, Look.SHARE),
    Column("Khó khăn", 11, lambda line: "; ".join(line.difficulties)),
    Column("Đề xuất", 11, lambda line: "; ".join(line.proposals)),
    Column("ID", 5.5, lambda line: line.number, Look.MARK),
    Column("Người giao", 9, lambda line: line.assigner),
    Column("Lộ trình", 10, lambda line: line.roadmap),
    Column("Ngày cập nhật", 9.8, lambda line: line.updated_on, Look.DATE),
    Column("Ngày hoàn thành thực tế", 9.8, lambda line: line.finished_on, Look.DATE),
    Column("Số lần gia hạn", 6, lambda line: line.extensions, Look.NUMBER),
    Column("Hạn cũ", 9.8, lambda line: line.old_last_day, Look.DATE),
    Column("Người phê duyệt", 9, lambda line: line.approver),
    Column("Thư điện tử người phê duyệt", 8, _nothing),
    Column("Điện thoại người phê duyệt", 8, _nothing),
)


def values(line: RegisterLine, place: int) -> list[Value]:
    """What stands in the 25 cells of a line. ``place`` counts the lines from 1."""
    return [place, *(column.value(line) for column in COLUMNS[1:])]
