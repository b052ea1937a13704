"""What falls due, as a person reads it: the message of the morning, what was put off, what cannot wait."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from domain.views import DirectiveView
from texts.engine import render

OVERDUE = "Quá hạn"
LAST_DAY = "Đến hạn hôm nay"
LAST_DAY_AHEAD = "Hạn cuối rơi vào ngày nghỉ, cần xong hôm nay"
BEFORE = "Sắp đến hạn"
UNACKNOWLEDGED = "Chưa xác nhận đã nhận"
UNHEARD = "Không có người nhận"
WAITING = "Chờ duyệt"
SNOOZED = "Anh/chị hẹn nhắc lại"
HELPED = "Việc phối hợp, chưa gửi ý kiến"
RAISED = "Khó khăn, đề xuất chưa trả lời"

URGENT = {"urgent": "Việc khẩn", "very_urgent": "Việc thượng khẩn", "express": "Việc hoả tốc"}

_STEP = 5  # minutes: what is left is told no finer


@dataclass(frozen=True)
class Section:
    """What stands under one heading on a page.

    Attributes:
        heading: why it is said.
        items: those on this page.
        total: how many there are under this heading on all pages.
        is_continued: whether the page before has some of them.
        notes: what stands under a directive in place of its deadline, by its id.
    """

    heading: str
    items: Sequence[DirectiveView]
    total: int
    is_continued: bool = False
    notes: Mapping[int, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Pages:
    """Where a page stands; both count from 1."""

    page: int = 1
    pages: int = 1


def escalated(days: int) -> str:
    """The heading over what the office is told of after so many working days."""
    return f"{OVERDUE} từ {days} ngày làm việc, cần văn phòng can thiệp"


def hours_left(minutes: int) -> str:
    """The heading over a deadline with an hour: "Còn 2 giờ", "Còn 1 giờ 30 phút"."""
    near = round(minutes / _STEP) * _STEP
    if near <= 0:
        return "Đã đến giờ hạn"
    hours, rest = divmod(near, 60)
    return " ".join(["Còn", *([f"{hours} giờ"] if hours else []), *([f"{rest} phút"] if rest else [])])


def urgent(degree: str | None, why: str) -> str:
    """The heading over what is said at any hour: "Việc khẩn, đến hạn hôm nay"."""
    return f"{URGENT.get(degree or '', URGENT['urgent'])}, {why[:1].lower()}{why[1:]}"


def reminder(today: date, unit: str, sections: Sequence[Section], count: int, at: Pages, example: int | None) -> str:
    """One page of a person's morning message, the most urgent first.

    Args:
        today: the local day.
        unit: the person's.
        sections: what is on this page.
        count: directives on all pages.
        at: which page.
        example: one of the unit's own, to show how to report; None where there is none on the page.
    """
    nobody = any(section.heading == UNHEARD for section in sections)
    return render(
        "morning_reminder", today=today, unit=unit, sections=sections, count=count, at=at, example=example,
        nobody=nobody, raised=RAISED,
    )  # fmt: skip


def snoozed(unit: str, sections: Sequence[Section], count: int, at: Pages) -> str:
    """What a person asked to hear again."""
    return render("morning_snoozed", unit=unit, items=sections[0].items, heading=SNOOZED, count=count, at=at)


def pressing(unit: str, sections: Sequence[Section], at: Pages) -> str:
    """What cannot wait for the message of the day: short."""
    return render("morning_pressing", unit=unit, sections=sections, at=at)
