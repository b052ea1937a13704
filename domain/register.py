"""The register (sổ theo dõi) of an office's directives: what stands in the 25 columns that units report in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from domain.figures import UnitFigures
from domain.lifecycle import State
from domain.sources import Source
from domain.timeliness import Cell
from domain.urgency import Urgency


@dataclass(frozen=True)
class RegisterLine:
    """One directive as of the register's day. What is not kept is None or empty, and its column stays empty.

    Attributes:
        number: "#12" without its sign.
        leader: who supervises the lead unit.
        contact: who in the lead unit has it in hand.
        issued_on: local day, as all days here.
        paper: the notice that gave it, in words.
        days_late: calendar days past the deadline: of the evidence where that came, else of the register's day.
        result: the newest words of the lead unit.
        percent: 0 to 100; None where nobody has said.
        assigner: who signed the paper, else who issued the directive.
        roadmap: the deadline as written, how often it comes again, how many helping units are done.
        updated_on: when anything last happened to it.
        finished_on: when the evidence came that was approved.
        extensions: how often more time was granted.
        old_last_day: the deadline before the newest extension.
        approver: whose approval made it finished.
    """

    number: int
    text: str
    leader: str | None
    lead: str
    coordinating: tuple[str, ...]
    contact: str | None
    issued_on: date | None
    last_day: date | None
    recurring: str | None
    urgency: Urgency | None
    important: bool
    source: Source | None
    paper: str
    state: State
    cell: Cell
    days_late: int
    result: str
    percent: int | None
    difficulties: tuple[str, ...]
    proposals: tuple[str, ...]
    assigner: str | None
    roadmap: str
    updated_on: date | None
    finished_on: date | None
    extensions: int
    old_last_day: date | None
    approver: str | None


@dataclass(frozen=True)
class Register:
    """A list of directives with the figures beside it, ready to be drawn.

    Attributes:
        office: the office's name.
        whose: whose directives these are, in words.
        title: which list, in words.
        as_of: the local day it is of.
        made_at: aware, in the office's zone.
        lines: in the list's order.
        left_out: how many of the list are not among the lines, because there are too many for one sheet.
        units: the figures of everything asked of, whichever list was asked for; most overdue first.
        soon_days: what counts as "sắp đến hạn".
    """

    office: str
    whose: str
    title: str
    as_of: date
    made_at: datetime
    lines: tuple[RegisterLine, ...]
    left_out: int
    units: tuple[UnitFigures, ...]
    soon_days: int
