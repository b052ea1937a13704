"""What the office reads about people who cannot be written to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from domain.reaching import Silence, Unreached
from texts.engine import render

MANY = 60  # names in one message


@dataclass(frozen=True)
class NotReached:
    """People whom messages did not reach just now, by the names of their units."""

    refused: Mapping[str, Sequence[str]]
    uncertain: Mapping[str, Sequence[str]]


def not_reached(people: NotReached) -> str:
    """To the office: whom messages did not reach, why, and what to do."""
    groups = [_Group(people.refused), _Group(people.uncertain, is_uncertain=True)]
    return render("reaching_not_reached", groups=[g for g in groups if g.units])


class _Group:
    """People of one reason: the first so many of them, unit by unit."""

    def __init__(self, units: Mapping[str, Sequence[str]], *, is_uncertain: bool = False) -> None:
        self.is_uncertain = is_uncertain
        self.count = sum(len(names) for names in units.values())
        self.units: list[tuple[str, Sequence[str]]] = []
        room = MANY
        for unit, names in units.items():
            if room > 0:
                self.units.append((unit, names[:room]))
            room -= len(names)

    @property
    def others(self) -> int:
        """How many are not named."""
        return self.count - sum(len(names) for _, names in self.units)


def listing(
    today: date, silence: Silence, people: Sequence[Unreached], page: int, pages: int, *, may_invite: bool
) -> str:
    """Everybody who cannot be written to: silent units on the first page, and a page of people."""
    return render(
        "reaching_listing", today=today, silence=silence, people=people, page=page, pages=pages, may_invite=may_invite
    )


def not_for_you() -> str:
    """To who has no use for that list."""
    return render("reaching_not_for_you")
