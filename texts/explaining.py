"""What is said around an explanation in writing: asked by a leader, given by a unit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from domain.views import DirectiveView
from texts.engine import render


@dataclass(frozen=True)
class Request:
    """An explanation that is asked for. ``asked_at`` is aware; ``due_day`` is the last day to answer."""

    asked_by: str
    asked_at: datetime
    due_day: date


@dataclass(frozen=True)
class Answer:
    """What a unit has explained. ``at`` is aware."""

    by: str
    at: datetime
    text: str
    files: tuple[str, ...]
    is_late: bool


def asked(number: int, unit: str, due_day: date, *, nobody_hears: bool = False) -> str:
    """To who asks: the unit is told, until when it answers."""
    return render("explaining_asked", id=number, unit=unit, due_day=due_day, nobody_hears=nobody_hears)


def request(d: DirectiveView, asked: Request) -> str:
    """To the unit: what is asked for, by whom, until when, and how it is answered."""
    return render("explaining_request", d=d, r=asked)


def reminded(lines: Sequence[tuple[DirectiveView, Request]]) -> str:
    """To the unit: the day has passed."""
    return render("explaining_reminded", lines=lines)


def ask_words(number: int, due_day: date) -> str:
    """Ask for the words."""
    return render("explaining_ask_words", id=number, due_day=due_day)


def unasked(number: int, *, has_words: bool) -> str:
    """Somebody explains what nobody has asked to be explained."""
    return render("explaining_unasked", id=number, has_words=has_words)


def which(numbers: Sequence[int]) -> str:
    """The message answered spoke of several: ask which one is explained."""
    return render("explaining_which", numbers=numbers)


def kept(number: int, to: str, files: int) -> str:
    """To the unit: it is kept and handed on."""
    return render("explaining_kept", id=number, to=to, files=files)


def answered(d: DirectiveView, answer: Answer) -> str:
    """To who asked: what the unit says."""
    return render("explaining_answered", d=d, a=answer)


def ended(d: DirectiveView, unit: str) -> str:
    """To who asked: nothing is left to explain. ``unit`` is the one that was asked."""
    return render("explaining_ended", d=d, unit=unit)
