"""What is said of absences: entering one, whom it concerns, and its end."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from texts.engine import render

TODAY = "Hết hôm nay"
THIS_WEEK = "Hết tuần này"
NOBODY = "Không ai làm thay"
END_EARLY = "Kết thúc sớm"
CALL_OFF = "Không vắng nữa"
CHANGE = "Đổi"
NOT_ME = "Không nhận thay"


@dataclass(frozen=True)
class Absent:
    """An absence as it is spoken of.

    Attributes:
        name: who is away; None: the reader.
        role: a word of ``domain.rights.Role``.
        deputy: who stands in; None where nobody does.
        today: the local day on which it is spoken of.
    """

    name: str | None
    role: str
    first_day: date
    last_day: date
    deputy: str | None
    today: date
    where: str = ""  # position and unit
    deputy_away_until: date | None = None  # the deputy is away as well on some of these days

    @property
    def is_one_day(self) -> bool:
        """Whether it begins and ends on the same day."""
        return self.first_day == self.last_day


def which_person(words: str, found: int) -> str:
    """Several people of that name, or none."""
    return render("away_which_person", words=words, found=found)


def ask_until(name: str | None, for_others: bool = False) -> str:
    """Ask for the days. ``name`` None: the reader's own; ``for_others``: they may enter somebody else's, too."""
    return render("away_ask_until", name=name, for_others=for_others)


def ask_deputy(a: Absent, unknown: bool = False) -> str:
    """Ask who stands in; ``unknown`` where the name just typed fits nobody who may."""
    return render("away_ask_deputy", a=a, unknown=unknown)


def confirm(a: Absent) -> str:
    """An absence as understood; nothing has changed yet."""
    return render("away_confirm", a=a)


def entered(a: Absent) -> str:
    """It is kept, and the others have been told."""
    return render("away_entered", a=a)


def shown(a: Absent) -> str:
    """The absence that goes on or is to come."""
    return render("away_shown", a=a)


def ended(a: Absent) -> str:
    """To who ended it early, or called it off."""
    return render("away_ended", a=a)


def standing_in(names: Sequence[tuple[str, date]]) -> str:
    """For whom the reader stands in now, and until when."""
    return render("away_standing_in", names=names)


def overview(lines: Sequence[Absent], more: int) -> str:
    """To the office: who is away today."""
    return render("away_overview", lines=lines, more=more)


def to_deputy(a: Absent, by: str | None) -> str:
    """To who is to stand in. ``by``: who entered it, if not the person."""
    return render("away_to_deputy", a=a, by=by)


def to_others(a: Absent, by: str | None) -> str:
    """To the head, the office, or the person when somebody else entered it."""
    return render("away_to_others", a=a, by=by)


def over(a: Absent, what: str, is_deputy: bool) -> str:
    """It has ended early ("back"), was called off ("off"), or goes to another deputy ("changed")."""
    return render("away_over", a=a, what=what, is_deputy=is_deputy)


def nobody(a: Absent, who: str) -> str:
    """The deputy ``who`` has declined."""
    return render("away_nobody", a=a, who_declined=who)


def declined(name: str) -> str:
    """To who declined to stand in for ``name``."""
    return render("away_declined", name=name)


def in_place(name: str, last_day: date) -> str:
    """The line above what a deputy gets in somebody's place."""
    return render("away_in_place", name=name, last_day=last_day)


def of_both(names: Sequence[str]) -> str:
    """The line above a message that holds the reader's own part and that of whom they stand in for."""
    return render("away_of_both", names=names)
