"""What is said of lists that leave as a file."""

from __future__ import annotations

from datetime import date

from texts.engine import render

SHEET, TABLE = "Tải bảng (Excel)", "CSV"
DRAWING = "Đang lập bảng…"


def caption(title: str, whose: str, as_of: date, lines: int, left_out: int) -> str:
    """With the file."""
    return render("exporting_caption", title=title, whose=whose, as_of=as_of, lines=lines, left_out=left_out)


def choose(whose: str) -> str:
    """Which list is wanted."""
    return render("exporting_choose", whose=whose)


def not_understood(words: str) -> str:
    """What was typed names neither a list nor a unit."""
    return render("exporting_not_understood", words=words)
