"""What was looked for and found."""

from __future__ import annotations

from datetime import date

from domain.finding import Query, Wanted
from domain.finding_days import Period, Which
from domain.found import Found
from texts.engine import day, number, render, short_day

WANTED = {
    Wanted.OVERDUE: "quá hạn",
    Wanted.OPEN: "chưa xong",
    Wanted.UNACKNOWLEDGED: "chưa nhận",
    Wanted.IN_PROGRESS: "đang thực hiện",
    Wanted.WAITING: "chờ duyệt",
    Wanted.DONE: "đã hoàn thành",
    Wanted.DECLINED: "đề nghị chuyển đơn vị",
    Wanted.SUSPENDED: "tạm dừng",
    Wanted.CANCELLED: "đã huỷ",
    Wanted.DIFFICULTY: "đang vướng mắc",
    Wanted.DRAFT: "chưa phát hành",
}
WHICH = {
    Which.EITHER: "giao hoặc đến hạn",
    Which.GIVEN: "giao",
    Which.DUE: "đến hạn",
    Which.DONE: "hoàn thành",
}


def understood(query: Query) -> str:
    """What was understood, in a line: “kè Bắc sông”, quá hạn, của Phòng Nội vụ."""
    parts = [f"“{' '.join(query.words)}”"] if query.words else []
    parts += [f"văn bản số {query.written_number}"] if query.number else []
    parts += [WANTED[query.wanted]] if query.wanted else []
    parts += [f"của {' hoặc '.join(unit.name for unit in query.units)}"] if query.units else []
    parts += [_period(query.period)] if query.period else []
    return ", ".join(parts)


def _period(period: Period) -> str:
    return f"{WHICH[period.which]} {_days(period.first, period.last)}"


def _days(first: date, last: date) -> str:
    if first == last:
        return f"ngày {day(first)}"
    return f"từ {short_day(first) if first.year == last.year else day(first)} đến {day(last)}"


def found(page: Found) -> str:
    """A page of what was found, or of what comes nearest."""
    return render("finding_found", asked=understood(page.query), page=page, many=number(page.total))


def nothing(query: Query) -> str:
    """Nothing at all was found."""
    return render("finding_nothing", asked=understood(query))


def how() -> str:
    """What can be looked for."""
    return render("finding_how")
