"""What is known of a thing when it is shown: plain facts that services gather and texts put into words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time

from domain.lifecycle import State


@dataclass(frozen=True)
class DirectiveView:
    """A directive as of a local day. ``days_left`` is negative when overdue, None without a deadline or when done."""

    id: int
    code: str
    text: str
    state: State
    lead: str  # the unit's name; as written while unmatched
    coordinating: tuple[str, ...]
    last_day: date | None
    first_last_day: date | None
    deadline_date: date | None
    deadline_inclusive: bool
    deadline_time: time | None
    deadline_rule: str | None
    recurring: str | None
    days_left: int | None
    working_days_late: int
    percent: int | None
    source: str  # "Thông báo 15/TB-UBND ngày 30/01/2024", "giao trực tiếp"
    ref: str
    quote: str | None
    quote_page: int | None
    contact: str | None
    leader: str | None  # supervising
    reminders: int
    difficulty: str | None  # the open one
    finished_on: date | None
    product: str | None = None  # what is to come of it, as written
    receiver: str | None = None  # who gets that, as written


@dataclass(frozen=True)
class HistoryLine:
    """One line of a directive's story. ``at`` is aware."""

    at: datetime
    event: str  # a word of domain.lifecycle.Event, or "report", "extension_asked", ...
    actor: str | None
    unit: str | None
    text: str | None  # reason or what was said
    percent: int | None = None
    until: date | None = None
    files: tuple[str, ...] = ()
