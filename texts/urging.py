"""What is said around urging (đôn đốc): the message itself, shown before it goes, and its answer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, time

from domain.views import DirectiveView
from texts.engine import render

ALL = "Đôn đốc tất cả"
BY_UNIT = "Đôn đốc theo đơn vị"
MOST_LINES = 15  # directives named one by one


@dataclass(frozen=True)
class Letter:
    """What a unit reads.

    Attributes:
        unit: its name.
        by: who urges, with their position, and in whose place.
        directives: in order.
        words: what is said besides; may be empty.
    """

    unit: str
    by: str
    directives: Sequence[DirectiveView]
    words: str = ""


@dataclass(frozen=True)
class Way:
    """How a message is going to go out.

    Attributes:
        hearers: whom it reaches, by name.
        unreached: whom it does not reach now.
        opens_at: the local hour at which it goes out, where that is not at once.
        early: numbers that the same person has urged today.
        early_at: when last, aware.
    """

    hearers: Sequence[str]
    unreached: Sequence[str] = ()
    opens_at: time | None = None
    early: Sequence[int] = field(default=())
    early_at: datetime | None = None


def letter(said: Letter) -> str:
    """To the unit."""
    some = said.directives[:MOST_LINES]
    return render("urging_letter", said=said, some=some, more=len(said.directives) - len(some))


def preview(said: Letter, way: Way) -> str:
    """To who urges: exactly what goes out, to whom, and what to mind."""
    to, mind = render("urging_to", said=said, way=way), render("urging_mind", way=way)
    return f"{to}\n\n{letter(said)}\n\n{mind}"


def ask_words() -> str:
    """Other words."""
    return render("urging_ask_words")


def sent(unit: str, numbers: Sequence[int], left: Sequence[int], way: Way) -> str:
    """To who urged: it is on its way, and what was left out."""
    return render("urging_sent", unit=unit, numbers=numbers, left=left, way=way)


def nothing() -> str:
    """Nothing overdue to urge."""
    return render("urging_nothing")


def which_unit(units: Sequence[str]) -> str:
    """Directives of several units: which unit is meant?"""
    return render("urging_which_unit", units=units)


def overdue_units(total: int, page: int, pages: int) -> str:
    """Above the units with something overdue; ``page`` counts from 1."""
    return render("urging_overdue_units", total=total, page=page, pages=pages)


def answered(d: DirectiveView, said: str, percent: int | None, by: str, files: Sequence[str]) -> str:
    """To who urged: what the unit reports."""
    return render("urging_answered", d=d, said=said, percent=percent, by=by, files=files)
