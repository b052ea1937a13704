"""The link to a unit's deadlines, and what its calendar says."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from domain.views import DirectiveView
from texts.engine import day, render, shorten
from texts.history import STATES

MAKE = "Tạo đường dẫn"
REVOKE = "Thu hồi"
AS_FILE = "Tải tệp .ics"
CALENDAR = "Lịch hạn"


def overview(unit: str, links: Sequence[tuple[str, datetime, datetime | None]], *, is_open: bool) -> str:
    """What the calendar of a unit is, and the links that hold: who made each, when, and when it was last fetched."""
    return render("feeds_overview", unit=unit, links=links, is_open=is_open)


def made(unit: str, address: str) -> str:
    """A new link, shown once."""
    return render("feeds_made", unit=unit, address=address)


def not_shown(unit: str) -> str:
    """The program was started anew before a link could be shown: it is made again."""
    return render("feeds_not_shown", unit=unit)


def revoked(unit: str) -> str:
    """A link holds no longer."""
    return render("feeds_revoked", unit=unit)


def which_unit() -> str:
    """The office, or who works for several units, says which one."""
    return render("feeds_which_unit")


def file_caption(unit: str, entries: int) -> str:
    """With the deadlines as a file."""
    return render("feeds_file", unit=unit, entries=entries)


def calendar_name(unit: str) -> str:
    """How the calendar is called where it is shown. Plain text, as the two below."""
    return f"{CALENDAR}: {unit}"


def summary(d: DirectiveView) -> str:
    """The line of a deadline."""
    waits = " (chờ duyệt)" if d.state == "submitted" else ""
    return f"#{d.id}{waits} {shorten(d.text, 100)}"


def description(d: DirectiveView) -> str:
    """What is shown when a deadline is opened."""
    percent = f" {d.percent}%" if d.state == "in_progress" and d.percent else ""
    lines = [
        d.text,
        "",
        f"Nguồn giao: {d.source}",
        f"Đơn vị chủ trì: {d.lead}",
        *([f"Phối hợp: {'; '.join(d.coordinating)}"] if d.coordinating else []),
        f"Hạn: {day(d.last_day)}" if d.last_day else "Không đặt hạn",
        f"Trạng thái: {STATES[d.state]}{percent}",
    ]
    return "\n".join(lines)
