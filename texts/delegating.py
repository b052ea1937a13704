"""What is said when a head gives a directive to an officer of the unit."""

from __future__ import annotations

from domain.views import DirectiveView
from texts.engine import render


def choice(name: str, count: int, *, is_away: bool) -> str:
    """Somebody's button: "Phạm Văn Nam (3 việc)", "Ngô Thị Hòa (đang vắng)"."""
    return f"{name} ({'đang vắng' if is_away else f'{count} việc'})"


def ask(number: int, unit: str) -> str:
    """Whom does it go to?"""
    return render("delegating_ask", id=number, unit=unit)


def nobody(number: int, unit: str) -> str:
    """The unit has nobody else."""
    return render("delegating_nobody", id=number, unit=unit)


def confirm(number: int, task: str, name: str) -> str:
    """Understood from free words; nothing has changed yet."""
    return render("delegating_confirm", id=number, task=task, name=name)


def done(number: int, name: str, *, is_away: bool) -> str:
    """To the head: who has it now."""
    return render("delegating_done", id=number, name=name, is_away=is_away)


def told(d: DirectiveView, actor: str) -> str:
    """To the officer."""
    return render("delegating_told", d=d, actor=actor)


def passed_on(d: DirectiveView, name: str) -> str:
    """To who had it before."""
    return render("delegating_passed_on", d=d, name=name)
