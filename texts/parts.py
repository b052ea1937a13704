"""What is said of a coordinating unit's own part: to the unit itself, to the lead unit, to the office."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from domain.views import DirectiveView
from texts.engine import render

ANSWER = "Gửi ý kiến"
ANSWERED = "Đã gửi ý kiến"
NUDGE = "Nhắc đơn vị phối hợp"
REMOVE = "Cho thôi phối hợp"
KEEP = "Vẫn phối hợp"
FEW = 4  # units whose parts stand on the card; more are counted


def parts(answered: int, known: int) -> str:
    """The button that opens the list: "Đơn vị phối hợp (2/7)"."""
    return f"Đơn vị phối hợp ({answered}/{known})"


def acknowledged(number: int, unit: str) -> str:
    """The unit knows that it helps."""
    return render("parts_acknowledged", id=number, unit=unit)


def acknowledged_all(count: int) -> str:
    """It knows of several at once."""
    return render("parts_acknowledged_all", count=count)


def ask_answer(number: int, unit: str) -> str:
    """Ask for the unit's opinion."""
    return render("parts_ask_answer", id=number, unit=unit)


def said_back(number: int, unit: str, kind: str, lead: str, difficulty: str | None, files: int) -> str:
    """What was understood and kept of a part. ``kind``: done, progress, difficulty."""
    return render("parts_said_back", id=number, unit=unit, kind=kind, lead=lead, difficulty=difficulty, files=files)


def correct(number: int) -> str:
    """Ask how it was meant."""
    return render("parts_correct", id=number)


def withdrawn(number: int) -> str:
    """What was said is taken back."""
    return render("parts_withdrawn", id=number)


def no_extension(number: int, lead: str, contact: str | None, last_day: date | None) -> str:
    """More time is the lead unit's to ask for."""
    return render("parts_no_extension", id=number, lead=lead, contact=contact, last_day=last_day)


def ask_decline(number: int) -> str:
    """Why the unit need not help."""
    return render("parts_ask_decline", id=number)


def confirm_decline(number: int, unit: str, reason: str) -> str:
    """Understood as not the unit's business; nothing has been sent yet."""
    return render("parts_confirm_decline", id=number, unit=unit, reason=reason)


def declined(number: int) -> str:
    """The office will decide."""
    return render("parts_declined", id=number)


def listing(d: DirectiveView) -> str:
    """Which of the units that help have answered."""
    return render("parts_list", d=d, parts=d.parts)


def nudged(number: int, units: Sequence[str]) -> str:
    """To who asked: these units were reminded."""
    return render("parts_nudged", id=number, units=units)


def nudge(d: DirectiveView, unit: str, actor: str) -> str:
    """To a unit that has not answered."""
    return render("parts_nudge", d=d, unit=unit, actor=actor)


@dataclass(frozen=True)
class PartNews:
    """One audit row about a part, told to those concerned."""

    event: str
    unit: str
    actor: str
    said: str | None = None
    files: tuple[str, ...] = ()


def told(d: DirectiveView, n: PartNews) -> str:
    """What a unit that helps has done, or what was decided of it."""
    return render("parts_told", d=d, n=n)


def decided(number: int, unit: str, *, is_removed: bool) -> str:
    """To who decided on a unit that says it need not help."""
    return render("parts_decided", id=number, unit=unit, is_removed=is_removed)


def missing(units: Sequence[str]) -> str:
    """Before the lead unit hands in: who has not answered. Empty where nobody is awaited."""
    return render("parts_missing", units=units) if units else ""
