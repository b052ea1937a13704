"""A directive's story as people read it: by days, a line for each thing that happened."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from domain.views import DirectiveView, HistoryLine, Story
from texts.cards import EVENT_WORDS
from texts.engine import clock, day, number, render, shorten, weekday

TOLD_WORDS = {"told": "Đã gửi tới", "told_helpers": "Đã gửi đơn vị phối hợp"}
WORDS = {
    **EVENT_WORDS,
    **TOLD_WORDS,
    "extract": "Lập trích lục",
    "unit_merged": "Đơn vị được sáp nhập",
    "unit_split": "Đơn vị được tách",
    "part_split": "Phần phối hợp chuyển sang đơn vị mới tách",
    "unit_renamed": "Đơn vị đổi tên",
}
OTHERWISE = "Cập nhật"  # of an event of a newer version
MARKS = {"old_version": "bản trước", "taken_back": "đã rút", "undone": "đã hoàn tác"}
SYSTEM = "Hệ thống"

EXTRACT = "Trích lục (.docx)"
FIRST_PAGE = "« Đầu"
NEWEST = "Mới nhất »"
DRAWING = "Đang lập trích lục…"


def what(line: HistoryLine) -> str:
    """What happened: "Báo cáo 40% (bản trước)", "Xin gia hạn, đến 20/02/2024"."""
    words = WORDS.get(line.event, OTHERWISE)
    words += f" {line.percent}%" if line.percent is not None else ""
    words += f", đến {day(line.until)}" if line.until else ""
    if line.moment:
        words += f" {clock(line.moment)}"
        words += f" ngày {day(line.moment)}" if day(line.moment) != day(line.at) else ""
    return words + (f" ({MARKS[line.mark]})" if line.mark else "")


def who(line: HistoryLine) -> str:
    """Who did it, with their unit."""
    return ", ".join(filter(None, (line.actor, line.unit))) if line.actor else SYSTEM


def page(d: DirectiveView, story: Story, some: Sequence[HistoryLine], place: int, pages: int) -> str:
    """A page of the story; ``place`` counts from 1."""
    days = [(f"{weekday(lines[0].at)}, {day(lines[0].at)}", lines) for lines in _days(some)]
    facts = {"what": what, "who": _who_said, "reminded": reminded(story)}
    return render("history_page", d=d, days=days, page=place, pages=pages, **facts)


def _days(some: Sequence[HistoryLine]) -> list[list[HistoryLine]]:
    return [list(lines) for _, lines in groupby(some, key=lambda line: day(line.at))]


def _who_said(line: HistoryLine) -> str:
    return shorten(line.text or "", 200) if line.event in TOLD_WORDS else who(line)


def reminded(story: Story) -> str:
    """How often it was reminded of: "đã nhắc 4 ngày, lần cuối 05/03/2024"; empty where never."""
    if story.last_reminded is None:
        return ""
    return f"đã nhắc {number(story.reminded)} lần, lần cuối {day(story.last_reminded)}"


STATES = {
    "draft": "Dự thảo",
    "issued": "Đã giao, chưa nhận",
    "in_progress": "Đang thực hiện",
    "submitted": "Chờ duyệt",
    "completed": "Hoàn thành",
    "declined": "Đề nghị chuyển đơn vị",
    "suspended": "Tạm dừng",
    "cancelled": "Đã huỷ",
}


def extract_caption(directive: int) -> str:
    """With the paper."""
    return render("history_extract", directive=directive)


def extract_facts(d: DirectiveView, story: Story) -> list[tuple[str, str]]:
    """The table at the top of the paper."""
    none = "không đặt hạn"
    facts = [
        ("Số nhiệm vụ", f"#{d.id}"),
        ("Nguồn giao", d.source + (f", mục {d.ref}" if d.ref else "")),
        ("Đơn vị chủ trì", d.lead),
        ("Đơn vị phối hợp", "; ".join(d.coordinating) or "không có"),
        ("Đầu mối", d.contact or "chưa có"),
        ("Thời hạn ban đầu", day(d.first_last_day) if d.first_last_day else none),
        ("Thời hạn hiện nay", day(d.last_day) if d.last_day else none),
        ("Trạng thái", STATES[d.state] + (f" {d.percent}%" if d.state == "in_progress" and d.percent else "")),
        ("Tình trạng thời hạn", timeliness(d)),
        ("Nhắc việc", reminded(story) or "chưa nhắc lần nào"),
    ]
    return facts


def timeliness(d: DirectiveView) -> str:
    """How it stands with its present deadline, on the day of asking."""
    if d.last_day is None:
        return "không đặt hạn"
    if d.finished_on:
        late = (d.finished_on - d.last_day).days
        return f"hoàn thành ngày {day(d.finished_on)}, " + (f"quá hạn {late} ngày" if late > 0 else "đúng hạn")
    if d.days_left is None:
        return "nộp trong hạn, chờ duyệt" if d.state == "submitted" else "không tính"
    return f"quá hạn {-d.days_left} ngày" if d.days_left < 0 else f"trong hạn, còn {d.days_left} ngày"
