"""What is said of recurring tasks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from domain.views import DirectiveView
from texts.engine import render


@dataclass(frozen=True)
class OpenedLate:
    """One that was opened after others were left out, or that waits for a unit. ``is_draft``: its unit is no more."""

    view: DirectiveView
    skipped: int
    is_draft: bool


def ask_end(d: DirectiveView) -> str:
    """Whether a recurring task is to end."""
    return render("series_ask_end", d=d)


def ended(d: DirectiveView) -> str:
    """It has ended."""
    return render("series_ended", d=d)


def opened_late(lines: Sequence[OpenedLate]) -> str:
    """To the office: what it should know of those that were opened."""
    return render("series_opened_late", lines=lines)
