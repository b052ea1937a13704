"""What is said back of reports: new versions, pictures, several directives at once, and what was not understood."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from texts.engine import render


def unchanged(number: int, why: str) -> str:
    """An edited message that changes nothing any more. ``why`` is a word of ``services.revising.Standing``."""
    return render("replies_unchanged", id=number, why=why)


def handed_in_again(number: int) -> str:
    """Other words for what waits for approval were kept and passed on."""
    return render("replies_handed_in_again", id=number)


def added(number: int, files: int) -> str:
    """Said once more while it waits for approval: the words and files were kept besides."""
    return render("replies_added", id=number, files=files)


def approved_before(number: int, files: int) -> str:
    """Files came after their directive was approved."""
    return render("replies_approved_before", id=number, files=files)


def taken_back(numbers: Sequence[int]) -> str:
    """The edited message says nothing of these any more: what it said before was taken back."""
    return render("replies_taken_back", ids=numbers)


def replaced(numbers: Sequence[int]) -> str:
    """Stands in the place of the answer to the words before they were edited."""
    return render("replies_replaced", ids=numbers)


def more_time_later(number: int, until: date | None) -> str:
    """More time is asked for one of several; what is missing is asked after a press."""
    return render("replies_more_time_later", id=number, until=until)


def unsure(number: int, files: int = 0) -> str:
    """Words, and files with them, were kept that may mean this or that."""
    return render("replies_unsure", id=number, files=files)


def not_understood_again() -> str:
    """Not understood, soon after the help was shown."""
    return render("replies_not_understood_again")
