"""Deadlines as Vietnamese offices write and say them."""

from domain.deadlines.grammar import find_deadlines, find_recurrences
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
from domain.deadlines.typed import read_deadline

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
]
