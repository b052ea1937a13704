"""What is said around difficulties and proposals, and around the dates offered instead of those asked for."""

from __future__ import annotations

from datetime import date

from domain.obstacles import Kind, Raised, RaisedPage
from texts.engine import render

ANSWER = "Trả lời"
SOLVED = "Đã tháo gỡ"
OTHER_DATE = "Đề nghị ngày khác"
AGREE_OBJECTIVE = "Đồng ý (khách quan)"
OBJECTIVE = "Lý do khách quan"
DISAGREE = "Không đồng ý"
REQUEST = "Xem đề nghị gia hạn"
ALL_RAISED = "Khó khăn, đề xuất"
UNANSWERED = "Khó khăn, đề xuất chưa trả lời"


def until_latest(day: date) -> str:
    """The button that asks for the latest possible day."""
    return f"Xin đến {day:%d/%m/%Y}"


def agree_until(day: date) -> str:
    """The button that agrees to an offered day, where several things stand under one message."""
    return f"Đồng ý hạn {day:%d/%m}"


def days_open(item: Raised) -> str:
    """How long it has been open: "hôm nay", "5 ngày"."""
    return f"{item.days} ngày" if item.days else "hôm nay"


def listing(page: RaisedPage, whose: str) -> str:
    """A page of open items."""
    return render("obstacles_list", page=page, whose=whose, days_open=days_open)


def ask_answer(item: Raised) -> str:
    """Ask for the words of an answer."""
    return render("obstacles_ask_answer", i=item, days_open=days_open)


def answered(number: int, unit: str) -> str:
    """To who answered: the unit has it."""
    return render("obstacles_answered", id=number, unit=unit)


def solved(number: int, kind: Kind) -> str:
    """To who said that it is solved."""
    return render("obstacles_solved", id=number, kind=kind)


def ask_offer(number: int, asked: date, last_day: date) -> str:
    """Which date is offered instead."""
    return render("offers_ask", id=number, asked=asked, last_day=last_day)


def offered(number: int, until: date, unit: str) -> str:
    """To who offered: the unit is to answer."""
    return render("offers_made", id=number, until=until, unit=unit)


def accepted(number: int, until: date) -> str:
    """To the unit that agreed."""
    return render("offers_accepted", id=number, until=until)


def declined(number: int, last_day: date | None) -> str:
    """To the unit that did not agree."""
    return render("offers_declined", id=number, last_day=last_day)


def objective(number: int) -> str:
    """To who confirmed an objective reason."""
    return render("offers_objective", id=number)


def kept_as_report(refused: str) -> str:
    """After the sentence of a refusal: what was said is kept all the same."""
    return refused + "\n" + render("offers_kept")
