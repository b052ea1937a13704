"""What is known of a thing when it is shown: plain facts that services gather and texts put into words."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, time

from domain.lifecycle import State
from domain.urgency import Urgency

_PERIODICALLY = re.compile(r"^định kỳ\s+", re.IGNORECASE)


@dataclass(frozen=True)
class PartView:
    """What a unit that helps has done so far. Days are local; None where that has not happened."""

    unit: str
    acknowledged_on: date | None = None
    answered_on: date | None = None
    is_known: bool = True  # the directory has the unit: it was told


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
    difficulty: str | None  # the newest open one
    finished_on: date | None
    product: str | None = None  # what is to come of it, as written
    receiver: str | None = None  # who gets that, as written
    explain_by: date | None = None  # the last day to explain in writing, where that was asked and is not done
    urgency: Urgency | None = None
    occurrence: int = 1  # of a recurring task
    is_series: bool = False  # others of it were opened, or will be
    next_opening: date | None = None  # the local day on which the next one is opened
    proposal: str | None = None  # the newest open one
    parts: tuple[PartView, ...] = ()  # of the units that help, once it is issued
    important: bool = False  # decided on more strictly
    checked_on: date | None = None  # the local day on which the unit's head agreed that it is done
    excused_for: str | None = None  # the objective reason confirmed for its lateness

    @property
    def how_often(self) -> str | None:
        """The recurrence in its own words, to stand after "định kỳ"."""
        if self.recurring is None:
            return None
        words = _PERIODICALLY.sub("", self.recurring)
        return words[:1].lower() + words[1:]


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
    moment: datetime | None = None  # aware: when somebody wants to hear of it again
    row: int | None = None  # of the audit
    report: str | None = None  # its code
    mark: str | None = None  # why it does not count any more


@dataclass(frozen=True)
class Story:
    """Everything that happened to a directive, oldest first. ``reminded``: on how many days its people were."""

    lines: tuple[HistoryLine, ...]
    reminded: int = 0
    last_reminded: datetime | None = None  # aware
