"""Answers to questions: what was understood comes first."""

from __future__ import annotations

from collections.abc import Sequence

from domain.figures import Figures, Filter, Movement, Page, Period
from domain.questions import Measure, Question
from domain.questions.facts import Asked, Ranked, Side
from texts.engine import day, number, render, short_day
from texts.leaders import percent

LIST_OF_THEM = "Xem danh sách"
ALL_OF_THEM = "Tất cả nhiệm vụ"
BY_UNIT = "Xếp theo đơn vị"
PROGRESS = "Tình hình chung"
WHICH = {
    Filter.OVERDUE: "Việc quá hạn",
    Filter.DUE: "Việc đến hạn",
    Filter.SOON: "Việc sắp đến hạn",
    Filter.WAITING: "Việc chờ duyệt",
    Filter.UNACKNOWLEDGED: "Việc chưa nhận",
    Filter.DIFFICULTY: "Việc đang vướng mắc",
    Filter.DONE: "Việc đã hoàn thành",
    Filter.OPEN: "Việc chưa hoàn thành",
    Filter.ALL: "Nhiệm vụ",
}
_OF_DAYS = {Filter.UNACKNOWLEDGED: "giao ", Filter.ALL: "giao ", Filter.DONE: "", Filter.DUE: ""}
_KINDS = {"commune": "các xã, phường", "department": "các phòng, sở"}
MOST_RANKED = 5


def label(other: Question, read: Question) -> str:
    """Of a button with another reading."""
    if other.measure is Measure.RANK and read.measure is Measure.RANK:
        return f"Xếp theo {WHICH[other.filter or Filter.ALL].lower()}"
    if other.measure is Measure.RANK:
        return BY_UNIT
    if other.measure is Measure.PROGRESS:
        return PROGRESS
    if other.filter is read.filter and other.units == read.units:
        return LIST_OF_THEM
    of_unit = f": {other.units[0].name}" if other.units and other.units != read.units else ""
    which = other.filter or Filter.ALL
    return (ALL_OF_THEM if which is Filter.ALL else WHICH[which]) + of_unit


def subject(asked: Asked) -> str:
    """What was understood, in words: "Việc quá hạn của Phòng Nội vụ, đến 05/03/2024"."""
    read = asked.question
    first = "Tình hình thực hiện" if read.measure is Measure.PROGRESS else WHICH[read.filter or Filter.ALL]
    parts = [f"{first} {'có từ gần với' if asked.is_near else 'về'} “{read.words}”" if read.words else first]
    parts += [f"của {asked.person}"] if asked.person else []
    parts += [f"theo {asked.notice}"] if asked.notice else []
    whose = _whose(asked)
    said = " ".join(parts) + (f" {whose}" if whose else "")
    if read.period is None or read.measure is Measure.PROGRESS:
        return f"{said}, đến {day(asked.as_of)}"
    return f"{said}, {_OF_DAYS.get(read.filter or Filter.ALL, 'hạn ')}{days(read.period)}"


def _whose(asked: Asked) -> str:
    read = asked.question
    if read.units:
        return f"của {asked.whose}"
    if read.kind in _KINDS:
        return f"của {_KINDS[read.kind]}"
    return "" if asked.person or asked.notice else f"của {asked.whose[:1].lower()}{asked.whose[1:]}"


def days(period: Period) -> str:
    """``ngày 05/03/2024``, ``từ 04/03 đến 10/03/2024``."""
    if period.first == period.last:
        return f"ngày {day(period.first)}"
    first = short_day(period.first) if period.first.year == period.last.year else day(period.first)
    return f"từ {first} đến {day(period.last)}"


def listing(asked: Asked, page: Page) -> str:
    """A page of a list."""
    return render(
        "asking_listing", subject=subject(asked), asked=asked, page=page, wanted=asked.question.filter or Filter.OPEN
    )


def counted(asked: Asked, count: int, done: Movement | None) -> str:
    """A count; of what was done in some days, how much of it in time."""
    return render("asking_counted", subject=subject(asked), asked=asked, count=count, done=done)


def ranked(asked: Asked, rows: Sequence[Ranked]) -> str:
    """The first units with their counts."""
    return render(
        "asking_ranked",
        subject=subject(asked),
        asked=asked,
        rows=rows[:MOST_RANKED],
        others=max(0, len(rows) - MOST_RANKED),
        total=sum(row.count for row in rows),
    )


def compared(asked: Asked, sides: Sequence[Side]) -> str:
    """Units side by side, a line for each count."""
    lines = [
        ("Tổng số nhiệm vụ", [number(s.figures.total) for s in sides]),
        ("Đã hoàn thành", [number(s.figures.done) for s in sides]),
        ("Chưa hoàn thành", [number(s.figures.open) for s in sides]),
        ("Quá hạn", [number(s.figures.open_late) for s in sides]),
        ("Sắp đến hạn", [number(s.figures.soon) for s in sides]),
        ("Đang vướng mắc", [number(s.figures.blocked) for s in sides]),
        ("Tỷ lệ hoàn thành", [percent(s.figures.rate_of_all) for s in sides]),
    ]
    moved = [s.movement for s in sides if s.movement is not None]
    in_days = _in_days(moved)
    return render("asking_compared", asked=asked, sides=sides, lines=lines, in_days=in_days, days=_days_of(asked))


def _in_days(moved: Sequence[Movement]) -> list[tuple[str, list[str]]]:
    if not moved:
        return []
    return [
        ("Được giao", [number(m.given) for m in moved]),
        ("Hoàn thành", [number(m.done) for m in moved]),
        ("Hoàn thành quá hạn", [number(m.done_late) for m in moved]),
        ("Mới quá hạn", [number(m.newly_overdue) for m in moved]),
    ]


def _days_of(asked: Asked) -> str:
    return days(asked.question.period) if asked.question.period else ""


def progress(asked: Asked, figures: Figures, movement: Movement | None) -> str:
    """How it stands with a unit, a notice, a person or everything; with what happened in the days asked for."""
    rates = [(percent(r), r.formula) for r in (figures.rate_of_all, figures.rate_of_due) if r.value is not None]
    return render(
        "asking_progress", subject=subject(asked), asked=asked, f=figures, m=movement, rates=rates, days=_days_of(asked)
    )


def which_person(name: str) -> str:
    """Several are called so; buttons with their names follow."""
    return render("asking_which_person", name=name)


def nobody_called(name: str, *, is_elsewhere: bool) -> str:
    """Nobody the asker sees is called so."""
    return render("asking_nobody", name=name, is_elsewhere=is_elsewhere)


def outside(names: Sequence[str]) -> str:
    """Asked for units outside of what the person sees."""
    return render("asking_outside", names=names)


def no_notice(written: str) -> str:
    """No notice of that number."""
    return render("asking_no_notice", number=written)


def which_notice(written: str) -> str:
    """Several notices have the number; buttons with their kinds and dates follow."""
    return render("asking_which_notice", number=written)


def examples(role: str) -> str:
    """Three questions that fit the asker."""
    return render("asking_examples", role=role)
