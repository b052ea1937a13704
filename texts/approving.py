"""What is said around the levels of approval, and of decisions that wait."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from html import escape

from domain.errors import AwaitsHead, LeaderDecides
from domain.views import DirectiveView
from texts.engine import render

WAITING = "Chờ duyệt"
TO_DECIDE = "Chờ quyết định"


@dataclass(frozen=True)
class WaitingLine:
    """A decision that is owed.

    Attributes:
        view: the directive.
        days: working days it has waited.
        evidence: how many files were handed in.
        until: the last day asked for, where more time is asked.
        reason: why more time is asked, or why it is said to be another unit's.
        unit: whose it is said to be, where that was named.
        is_heads: the unit's head is awaited, not the assigner's side.
        times: which request for more time it is, where that is said.
    """

    view: DirectiveView
    days: int = 0
    evidence: int = 0
    until: date | None = None
    reason: str | None = None
    unit: str | None = None
    is_heads: bool = False
    times: int = 0


def waited(days: int) -> str:
    """How long a decision has waited: "mới gửi", "chờ 2 ngày làm việc"."""
    return f"chờ {days} ngày làm việc" if days > 0 else "mới gửi"


@dataclass(frozen=True)
class Owed:
    """A decision in the message of the morning. ``until``: the last day asked for, where more time is asked."""

    days: int
    until: date | None = None


def owed(d: DirectiveView, one: Owed) -> str:
    """What is owed, in a few words, as HTML: "Phòng Nội vụ báo hoàn thành · chờ 2 ngày làm việc"."""
    what = "đề nghị chuyển đơn vị" if d.state == "declined" else "báo hoàn thành"
    if one.until is not None:
        what = f"xin gia hạn đến {one.until:%d/%m/%Y}"
    return f"{escape(d.lead)} {what} · {waited(one.days)}"


def waiting(lines: Sequence[WaitingLine], total: int, page: int, pages: int) -> str:
    """What waits for a person's decision; pages count from 1."""
    return render("approving_waiting", lines=lines, total=total, page=page, pages=pages, waited=waited)


def submitted(number: int, at: datetime, names: str, *, closed_request: bool = False) -> str:
    """Handed in, and the unit's head comes first; a request for more time that waited has ended with it."""
    return render("approving_submitted", id=number, at=at, names=names, closed_request=closed_request)


def checked(d: DirectiveView) -> str:
    """To the head who agreed."""
    return render("approving_checked", d=d)


def marked(d: DirectiveView) -> str:
    """To who marked a directive important, or took the mark off."""
    return render("approving_marked", d=d)


def awaits_head(error: AwaitsHead) -> str:
    """The head of the unit comes first."""
    return f"<b>#{error.number}</b> còn chờ {escape(error.names)} đồng ý; khi được trình duyệt sẽ báo ngay."


def leader_decides(error: LeaderDecides) -> str:
    """The last word is the leader's."""
    return f"<b>#{error.number}</b> là việc quan trọng, do {escape(error.names)} duyệt."
