"""Spoken dates on which the grammar is silent, read by ``dateparser`` and always to be confirmed.

``dateparser`` finds dates in almost anything, so it is asked only about texts in which every word belongs to
time, and only answers that lie
ahead are kept.
"""

from __future__ import annotations

import re
from datetime import date, datetime, time

from domain.calendar import OfficeCalendar
from domain.deadlines.model import DAY_OFF, NEEDS_CONFIRMATION, Deadline
from domain.deadlines.words import without_diacritics

MAX_CHARS = 40
TIME_WORDS = frozenset(
    [
        "ngay", "thang", "nam", "tuan", "gio", "phut", "hom", "mai", "mot", "kia", "nay", "sau", "toi", "nua",
        "dau", "cuoi", "thu", "hai", "ba", "tu", "bon", "bay", "tam", "chin", "muoi", "chu", "nhat", "gieng",
        "chap", "sang", "trua", "chieu", "dem", "vao", "luc", "den", "trong", "het", "la",
    ]
)  # fmt: skip


def spoken_deadline(text: str, today: date | None, calendar: OfficeCalendar) -> Deadline | None:
    """What ``dateparser`` makes of a short spoken date, marked as needing confirmation; None where it is no such thing.

    Args:
        text: what was said.
        today: the day from which relative words count; without it nothing is answered.
        calendar: the office's working days.
    """
    words = re.findall(r"\w+", without_diacritics(text))
    if today is None or not words or len(text) > MAX_CHARS:
        return None
    if not any(w.isalpha() for w in words) or not all(w in TIME_WORDS or re.fullmatch(r"\d{1,4}", w) for w in words):
        return None
    # "2-3 ngày" and "tháng 3 đến tháng 5" are answered with one of their numbers.
    if sum(w.isdecimal() for w in words) > 1 or re.search(r"[^\w\s.,!?]", text):
        return None
    day = _ask(text, today)
    if day is None or day < today:
        return None
    warnings = (NEEDS_CONFIRMATION,) if calendar.is_working(day) else (NEEDS_CONFIRMATION, DAY_OFF)
    said = text.strip()
    at = text.index(said)
    return Deadline(day, text=said, span=(at, at + len(said)), rule=f"{said} → {day:%d/%m/%Y}", warnings=warnings)


def _ask(text: str, today: date) -> date | None:
    # Imported here: it takes longer to load than everything else of this package together.
    import dateparser

    settings = {
        "RELATIVE_BASE": datetime.combine(today, time(8)),
        "PREFER_DATES_FROM": "future",
        "DATE_ORDER": "DMY",
    }
    try:
        found = dateparser.parse(text, languages=["vi"], settings=settings)
    except (ValueError, OverflowError, re.error):
        return None
    return found.date() if found else None
