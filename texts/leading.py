"""What is said when a leader acts on a directive: an instruction, more time, an objective reason, several approvals."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from domain.views import DirectiveView
from texts.engine import render
from texts.refusals import names

CHOOSE = "Duyệt nhiều việc"
CHOOSE_ALL = "Chọn tất cả"
CHOOSE_NONE = "Bỏ chọn"


def approve_some(count: int) -> str:
    """The button that approves what is chosen."""
    return f"Duyệt {count} việc"


def mark(number: int, *, is_chosen: bool) -> str:
    """The button of one directive in the list."""
    return f"{'☑' if is_chosen else '☐'} #{number}"


# --- an instruction ---


def ask_instruction(d: DirectiveView) -> str:
    """Its words."""
    return render("leading_ask_instruction", d=d)


def confirm_instruction(d: DirectiveView, words: str) -> str:
    """As it is to be read, and by whom; nothing has gone out yet."""
    return render("leading_confirm_instruction", d=d, words=words)


def instructed(d: DirectiveView, *, to_helpers: bool) -> str:
    """It is on its way."""
    return render("leading_instructed", d=d, to_helpers=to_helpers)


# --- more time ---


@dataclass(frozen=True)
class Given:
    """A later deadline before it is given.

    Attributes:
        number: the directive's.
        before: its present last day.
        until: the last day it gets.
        reason: in words; may be empty.
        most_days: the most days of a request, where this is more.
        granted: how often it was extended, where a request would be one too many.
        closes: the last day asked for in a request that waits.
    """

    number: int
    before: date
    until: date
    reason: str = ""
    most_days: int | None = None
    granted: int | None = None
    closes: date | None = None


def ask_time(d: DirectiveView) -> str:
    """Until when."""
    return render("leading_ask_time", d=d)


def confirm_time(given: Given) -> str:
    """The day as understood; nothing has changed yet."""
    return render("leading_confirm_time", g=given)


def time_given(d: DirectiveView, closes: date | None) -> str:
    """It has a later deadline; a request up to ``closes`` has ended with it."""
    return render("leading_time_given", d=d, closes=closes)


# --- an objective reason ---


def ask_excuse(d: DirectiveView) -> str:
    """Which one."""
    return render("leading_ask_excuse", d=d)


def excused(d: DirectiveView, reason: str) -> str:
    """It is confirmed."""
    return render("leading_excused", d=d, reason=reason)


def not_excused(number: int) -> str:
    """That was taken back."""
    return render("leading_not_excused", id=number)


# --- several approvals ---


@dataclass(frozen=True)
class Choice:
    """A line of the list to choose from."""

    view: DirectiveView
    is_chosen: bool
    days: int  # working days it has waited
    files: int = 0


def choosing(lines: Sequence[Choice]) -> str:
    """The list with its marks."""
    return render("leading_choosing", lines=lines)


def approved_some(done: Sequence[int], left: Sequence[tuple[int, str]]) -> str:
    """What was approved, and why not the others: (number, sentence)."""
    return render("leading_approved_some", done=done, left=left, names=names)


def nothing_to_choose() -> str:
    """None of them waits for this person any more."""
    return render("leading_nothing_to_choose")
