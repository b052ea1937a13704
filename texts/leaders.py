"""What leaders read: the status screens, lists of directives."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from domain.figures import Dimension, Filter, Group, Happened, Movement, Page, Period, Rate, Standing, StatusFacts
from texts.engine import day, number, render, short_day

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
BY_LEADER = "Theo lãnh đạo"
BY_FIELD = "Theo lĩnh vực"
TITLES_BY = {Dimension.UNIT: "theo đơn vị", Dimension.LEADER: "theo lãnh đạo", Dimension.FIELD: "theo lĩnh vực"}
CHART = "Biểu đồ"
CHART_UNITS = "So sánh đơn vị"
CHART_TREND = "Diễn biến 12 tuần"
CHART_MONTH = "Lịch đến hạn"
MONTH_BEFORE = "‹ Tháng trước"
MONTH_AFTER = "Tháng sau ›"
TODAY = "Hôm nay"
OF_MONTH = "Trong tháng"
OF_PERIOD = "Số liệu trong kỳ"
PERIOD_BEFORE = "‹ Kỳ trước"
PERIOD_AFTER = "Kỳ sau ›"
HAPPENED = {
    Happened.GIVEN: "Việc mới giao",
    Happened.DONE: "Việc đã xong",
    Happened.NEWLY_OVERDUE: "Mới quá hạn",
    Happened.EXTENDED: "Được gia hạn",
    Happened.REPORTED: "Báo cáo đã gửi",
}
TITLES_HAPPENED = {
    Happened.GIVEN: "Việc giao",
    Happened.DONE: "Việc xong",
    Happened.NEWLY_OVERDUE: "Việc mới quá hạn",
    Happened.EXTENDED: "Lần gia hạn",
    Happened.REPORTED: "Báo cáo đã gửi",
}
LATE_THEN = "Đến hạn trong kỳ, nay quá hạn"
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


def status(found: Standing, worst: int = 3) -> str:
    """The first screen: totals in the official cells, rates, the worst units, what waits for a decision."""
    facts = found.facts
    late = [u for u in facts.units if u.figures.open_late][:worst] if len(facts.units) > 1 else []
    return render(
        "leaders_status", s=facts, f=facts.figures, first=found.first, rates=_rates(facts), worst=late,
        first_rates=_first_rates(found),
    )  # fmt: skip


def _first_rates(found: Standing) -> str:
    """The second rate against the first deadlines, where it differs."""
    if found.first is None:
        return ""
    rates = [percent(figures.rate_of_due) for figures in (found.facts.figures, found.first)]
    return rates[1] if rates[0] != rates[1] else ""


def as_of(whose: str, past: date | None) -> str:
    """Whose figures, and of which day where that is past."""
    return f"{whose} · đến {day(past)}" if past else whose


def groups(whose: str, by: str, some: Sequence[Group], page: int, pages: int) -> str:
    """A page of units, leaders or fields, the worst first. ``page`` counts from 1."""
    return render("leaders_units", whose=whose, by=by, units=some, page=page, pages=pages)


def days(period: Period) -> str:
    """``01/02–29/02/2024``; with both years where they differ."""
    first = short_day(period.first) if period.first.year == period.last.year else day(period.first)
    return f"{first}–{day(period.last)}"


def period(whose: str, now: Period, moved: Movement, earlier: Period, before: Movement) -> str:
    """What happened in a period, with the one before beside each count."""
    return render("leaders_period", whose=whose, now=days(now), m=moved, earlier=days(earlier), b=before)


def at_end(last: date) -> str:
    """A button to the totals at the end of a period."""
    return f"Số liệu đến {day(last)}"


def late_title(of: Period) -> str:
    """The title of the list of what fell due in a period and is overdue now."""
    return f"Việc quá hạn, hạn rơi vào {days(of)}"


def happened_button(what: Happened, count: int) -> str:
    """A count of a period as the button that opens it."""
    return f"{HAPPENED[what]} ({number(count)})"


def happened(what: Happened, whose: str, of: Period, page: Page) -> str:
    """A page of what is counted in a period, as it was known at its end."""
    title = f"{TITLES_HAPPENED[what]} {days(of)}"
    return render("leaders_listing", title=title, wanted=what, whose=whose, page=page)


def not_yet(first: date) -> str:
    """Days that are still to come have no figures."""
    return render("leaders_not_yet", first=first)


def which_chart(whose: str) -> str:
    """Which picture is to be drawn."""
    return render("leaders_which_chart", whose=whose)


def trend_caption(whose: str) -> str:
    """Under the picture of the weeks."""
    return render("leaders_trend", whose=whose)


def month_caption(whose: str, month: date) -> str:
    """Under the picture of a month."""
    return render("leaders_month", whose=whose, month=month)


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
