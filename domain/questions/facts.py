"""What is told in answer to a question."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from domain.figures import Figures, Movement
from domain.questions.model import Question


@dataclass(frozen=True)
class Asked:
    """A question with what its names turned out to mean.

    Attributes:
        question: as it was understood.
        as_of: the local day it is answered for.
        whose: the units it is about, or "Toàn cơ quan".
        person: full name, position and unit.
        notice: "Thông báo 317/TB-UBND ngày 12/02/2024".
        is_near: nothing has all of the words; these have some.
        hidden: names of units asked about that the asker does not see; the answer is without them.
        unknown: what was written as a unit's name and is none, where the answer is about all units.
    """

    question: Question
    as_of: date
    whose: str
    person: str | None = None
    notice: str | None = None
    is_near: bool = False
    hidden: tuple[str, ...] = ()
    unknown: str | None = None


@dataclass(frozen=True)
class Ranked:
    """A unit's place: how many it has of what was asked; ``days``: how long its oldest is late, 0 where none is."""

    unit_id: int
    name: str
    count: int
    days: int = 0


@dataclass(frozen=True)
class Side:
    """One of the units that are compared; ``movement`` where a period was asked for."""

    name: str
    figures: Figures
    movement: Movement | None = None
