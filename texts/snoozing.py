"""What is said when somebody asks to be reminded again."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from texts.engine import render


def kept(until: datetime, today: date, numbers: Sequence[int], refused: Sequence[int] = ()) -> str:
    """When which directives will be said again.

    Args:
        until: the moment, aware.
        today: the local day.
        numbers: those that will be.
        refused: those whose deadline would have passed by then.
    """
    return render("snoozing_kept", until=until, today=today, numbers=numbers, refused=refused)
