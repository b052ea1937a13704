"""What a question about directives means."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from domain.figures import Filter, Period
from domain.organisation import UnitEntry


class Measure(StrEnum):
    """What is wanted of the directives a question is about."""

    LIST = "list"
    COUNT = "count"
    RANK = "rank"  # of the units, by how many of them
    COMPARE = "compare"  # two or more units side by side
    PROGRESS = "progress"  # how it stands with one directive, one notice, one unit or everything


@dataclass(frozen=True)
class Question:
    """A question as it was understood.

    Attributes:
        measure: None for what is no question about directives.
        filter: which directives; None exactly where ``measure`` is.
        units: only theirs; for a comparison the ones to compare.
        person: only what is in the hands of whoever is called so, as typed, without "anh", "đồng chí".
        notice: only what the notice of this number gave.
        directive: only this one.
        words: only what has these words, as typed.
        period: local days: of the due day, of the finish, of the giving, as the filter has it.
        kind: only units of this kind ("xã nào"): commune, department.
        is_mine: the asker's own ("tôi có việc nào").
        of_this: about what the message it answers speaks of ("việc này tới đâu").
        unknown_unit: what reads like a unit's name and is none of the office's.
        doubt: another reading is about as likely.
    """

    measure: Measure | None = None
    filter: Filter | None = None
    units: tuple[UnitEntry, ...] = ()
    person: str | None = None
    notice: str | None = None
    directive: int | None = None
    words: str | None = None
    period: Period | None = None
    kind: str | None = None
    is_mine: bool = False
    of_this: bool = False
    unknown_unit: str | None = None
    doubt: bool = False


NONE = Question()
