"""The office's own rules of the house, as the settings give them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import time

from domain.calendar import OfficeCalendar
from domain.ladder import Rhythm


@dataclass(frozen=True)
class Approval:
    """Who agrees that something is done."""

    levels: int = 1  # 1: the office or the supervising leader; 2: the head of the unit before them
    important_levels: int = 2  # of a directive marked important
    important_by_leader: bool = True  # the last word on an important one is the leader's alone
    remind_after_days: int = 1  # working days a decision waits until who owes it is reminded, and between reminders


@dataclass(frozen=True)
class ExtensionLimits:
    """How often and how far a deadline may be moved at a unit's request."""

    most_granted: int = 2  # per directive
    most_days: int = 30  # calendar days after the deadline that is to be moved
    flagged_from: int = 3  # from this request on, who decides is told which one it is


@dataclass(frozen=True)
class FileLimits:
    """What is taken as evidence."""

    most_mb: int = 20  # of one file
    quota_mb: int = 20_000  # of all kept files together


@dataclass(frozen=True)
class Papers:
    """What stands on every paper that the office draws (Decree 30/2020, Annex I). What is empty is left open."""

    parent: str = ""  # cơ quan chủ quản, above the office's own name
    symbol: str = "UBND"  # in "Số: …/BC-UBND"
    place: str = ""  # where papers are dated
    authority: str = ""  # "TM. ỦY BAN NHÂN DÂN"
    post: str = ""  # "CHỦ TỊCH"
    signer: str = ""
    recipients: tuple[str, ...] = ()  # Nơi nhận, without dashes
    templates: str = ""  # a folder with the office's own templates; empty: those of the program


@dataclass(frozen=True)
class Meeting:
    """The weekly meeting and when its pack is handed out. Days of the week count from Monday = 0."""

    weekday: int = 4
    pack_weekday: int = 3
    pack_at: time = time(16, 0)
    is_sent: bool = True  # unasked; else only who asks gets it


@dataclass(frozen=True)
class Feeds:
    """Links under which deadlines can be fetched."""

    address: str = ""  # of this program as others reach it, "https://dondoc.example.vn"; empty: no links are given


@dataclass(frozen=True)
class Office:
    """What every layer may need to know of the office that runs this program."""

    name: str = "Cơ quan"
    calendar: OfficeCalendar = field(default_factory=OfficeCalendar)
    rhythm: Rhythm = field(default_factory=Rhythm)
    approval: Approval = field(default_factory=Approval)
    extensions: ExtensionLimits = field(default_factory=ExtensionLimits)
    files: FileLimits = field(default_factory=FileLimits)
    papers: Papers = field(default_factory=Papers)
    meeting: Meeting = field(default_factory=Meeting)
    feeds: Feeds = field(default_factory=Feeds)
    messages_per_minute: int = 30  # of one person; what is beyond waits its turn
    undo_seconds: int = 60  # within which whoever pressed a button may take it back
