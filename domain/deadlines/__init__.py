"""Deadlines as Vietnamese offices write and say them.

The grammar is loaded when something is read for the first time: its patterns take a quarter of a second.
"""

from __future__ import annotations

from datetime import date

from domain.calendar import OfficeCalendar
from domain.deadlines.model import (
    BEFORE_NOTICE,
    CITED,
    DAY_OFF,
    EVENT,
    NEEDS_CONFIRMATION,
    NEXT_YEAR,
    NO_DAY,
    NO_HOUR,
    NO_ISSUE_DATE,
    NO_MONTH,
    NO_YEAR,
    NOT_A_DATE,
    RECEIPT,
    VAGUE,
    WEEKDAY_DIFFERS,
    Deadline,
    ImpossibleDate,
)

OFFICE = OfficeCalendar()

__all__ = [
    "BEFORE_NOTICE",
    "CITED",
    "DAY_OFF",
    "EVENT",
    "NEEDS_CONFIRMATION",
    "NEXT_YEAR",
    "NOT_A_DATE",
    "NO_DAY",
    "NO_HOUR",
    "NO_ISSUE_DATE",
    "NO_MONTH",
    "NO_YEAR",
    "RECEIPT",
    "VAGUE",
    "WEEKDAY_DIFFERS",
    "Deadline",
    "ImpossibleDate",
    "find_deadlines",
    "find_recurrences",
    "read_deadline",
    "read_later",
]


def find_deadlines(
    text: str,
    issued: date | None,
    calendar: OfficeCalendar = OFFICE,
    *,
    term_start: bool = True,
    ordered: bool = False,
) -> list[Deadline]:
    """Every deadline of a sentence or clause, in order: see ``domain.deadlines.grammar``."""
    from domain.deadlines import grammar

    return grammar.find_deadlines(text, issued, calendar, term_start=term_start, ordered=ordered)


def find_recurrences(text: str) -> list[tuple[str, tuple[int, int]]]:
    """Every recurrence with its span, in order: see ``domain.deadlines.grammar``."""
    from domain.deadlines import grammar

    return grammar.find_recurrences(text)


def read_deadline(text: str, issued: date | None, calendar: OfficeCalendar = OFFICE) -> Deadline | None:
    """The deadline a person typed; None where the text is no date: see ``domain.deadlines.typed``.

    Raises:
        ImpossibleDate: a day that no calendar has ("31/02").
    """
    from domain.deadlines import typed

    return typed.read_deadline(text, issued, calendar)


def read_later(text: str, today: date, last_day: date | None, calendar: OfficeCalendar = OFFICE) -> Deadline | None:
    """The later deadline a person typed, spans counted from the present one: see ``domain.deadlines.later``.

    Raises:
        ImpossibleDate: a day that no calendar has ("31/02").
    """
    from domain.deadlines import later

    return later.read_later(text, today, last_day, calendar)
