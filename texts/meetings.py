"""What is said while a meeting's conclusions are written down."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from texts.engine import day, render

DONE = "Xong"
PAUSE = "Tạm dừng"
GO_ON = "Ghi tiếp"
LIST = "Danh sách"
ANEW = "Danh sách mới"
FILE = "Lập thông báo"
UP = "Lên"
OPEN_NOTICE = "Mở thông báo"


@dataclass(frozen=True)
class Shown:
    """A conclusion on the screen.

    Attributes:
        number: its place.
        text: as typed.
        read: how it is read so far: "Phòng Nội vụ · hạn 15/03/2024".
        writer: who typed it, where that is somebody else.
    """

    number: int
    text: str
    read: str
    writer: str | None = None


def reading(
    units: Sequence[str], last_day: date | None, recurring: str | None, *, gives: bool, is_unclear: bool = False
) -> str:
    """How a conclusion is read so far."""
    if not gives:
        return "chưa thấy giao việc cho đơn vị nào"
    who = ", ".join(units) or "chưa rõ đơn vị"
    when = f"hạn {day(last_day)}" if last_day else "chưa rõ hạn" if is_unclear else "không đặt hạn"
    return f"{who} · {recurring[:1].lower() + recurring[1:] if recurring and not last_day else when}"


def begun(title: str) -> str:
    """A list is open."""
    return render("meetings_begun", title=title)


def kept(lines: Sequence[Shown], others: Sequence[Shown], total: int) -> str:
    """What was written down just now, and what others have written since."""
    return render("meetings_kept", lines=lines, others=others, total=total)


def edit_not_found() -> str:
    """A message was edited of which the list does not have the earlier words any more, or never had them."""
    return render("meetings_edit_not_found")


def changed(line: Shown) -> str:
    """A conclusion with its new words."""
    return render("meetings_changed", line=line)


def listing(title: str, some: Sequence[Shown], total: int, page: int, pages: int, *, closed_at: datetime | None) -> str:
    """A page of the list; ``page`` counts from 1."""
    return render("meetings_list", title=title, some=some, total=total, page=page, pages=pages, closed_at=closed_at)


def ask_words(line: Shown) -> str:
    """Other words for a conclusion."""
    return render("meetings_ask_words", line=line)


def paused(title: str, total: int) -> str:
    """Words are no conclusions for a while."""
    return render("meetings_paused", title=title, total=total)


def found(title: str, total: int, opened_at: datetime) -> str:
    """An earlier list is there: go on, or begin another?"""
    return render("meetings_found", title=title, total=total, opened_at=opened_at)


def not_kept(words: str) -> str:
    """The list is a notice by now: what was typed is in neither."""
    return render("meetings_not_kept", words=words)
