"""What leaders read: the status screens, lists of directives."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from domain.figures import Filter, Page, Rate, StatusFacts, UnitFigures
from texts.engine import number, render

OVERDUE = "Quá hạn"
DUE = "Tuần này"
SOON = "Sắp đến hạn"
WAITING = "Chờ duyệt"
UNACKNOWLEDGED = "Chưa nhận"
DIFFICULTY = "Vướng mắc"
DONE = "Đã xong"
NEWLY_DONE = "Mới xong"
TITLE_NEWLY_DONE = "Việc mới hoàn thành"
OPEN = "Chưa xong"
ALL = "Tất cả"
BY_UNIT = "Theo đơn vị"
CHART = "Biểu đồ"
HOME = "Tổng hợp"
DRAWING = "Đang vẽ biểu đồ…"

LABELS = {
    Filter.OVERDUE: OVERDUE,
    Filter.DUE: DUE,
    Filter.SOON: SOON,
    Filter.WAITING: WAITING,
    Filter.UNACKNOWLEDGED: UNACKNOWLEDGED,
    Filter.DIFFICULTY: DIFFICULTY,
    Filter.DONE: DONE,
    Filter.OPEN: OPEN,
    Filter.ALL: ALL,
}
TITLES = {
    Filter.OVERDUE: "Việc quá hạn",
    Filter.DUE: "Việc đến hạn trong tuần này",
    Filter.SOON: "Việc sắp đến hạn",
    Filter.WAITING: "Việc chờ duyệt",
    Filter.UNACKNOWLEDGED: "Việc chưa có người nhận",
    Filter.DIFFICULTY: "Việc đang vướng mắc",
    Filter.DONE: "Việc đã hoàn thành",
    Filter.OPEN: "Việc chưa hoàn thành",
    Filter.ALL: "Tất cả nhiệm vụ",
}


@dataclass(frozen=True)
class ShownRate:
    """A rate as it is printed."""

    percent: str
    formula: str


def percent(rate: Rate) -> str:
    """``80,5 %``; a dash where there is nothing to divide by."""
    return "–" if rate.value is None else f"{number(rate.value * 100, 1)} %"


def _rates(facts: StatusFacts) -> list[ShownRate]:
    both = (facts.figures.rate_of_all, facts.figures.rate_of_due)
    return [ShownRate(percent(rate), rate.formula) for rate in both if rate.value is not None]


def status(facts: StatusFacts, worst: int = 3) -> str:
    """The first screen: totals in the official cells, rates, the worst units, what waits for a decision."""
    late = [u for u in facts.units if u.figures.open_late][:worst] if len(facts.units) > 1 else []
    return render("leaders_status", s=facts, f=facts.figures, rates=_rates(facts), worst=late)


def units(whose: str, some: Sequence[UnitFigures], page: int, pages: int) -> str:
    """A page of units, the worst first. ``page`` counts from 1."""
    return render("leaders_units", whose=whose, units=some, page=page, pages=pages)


def listing(wanted: Filter, whose: str, page: Page, title: str | None = None) -> str:
    """A page of a list, under its own title or another one."""
    return render("leaders_listing", title=title or TITLES[wanted], wanted=wanted, whose=whose, page=page)


def pressing(whose: str, page: Page, leader_after: int) -> str:
    """A page of what needs a leader's word."""
    title = f"Trễ từ {leader_after} ngày làm việc"
    return render("leaders_listing", title=title, wanted=Filter.OVERDUE, whose=whose, page=page)


def chart_caption(whose: str) -> str:
    """Under a chart that was asked for."""
    return render("leaders_chart", whose=whose)


def which_unit(words: str) -> str:
    """Several units may be meant; buttons with their names follow."""
    return render("leaders_which_unit", words=words)


def not_understood(words: str) -> str:
    """No unit or list of that name, with what can be asked."""
    return render("leaders_not_understood", words=words)


def no_units() -> str:
    """To a person who follows no unit's directives."""
    return render("leaders_no_units")
