"""What is said to a person of what is stored about them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from texts.engine import render
from texts.staff import ROLES, AccountLine


@dataclass(frozen=True)
class Stored:
    """What is stored, at a glance; ``units`` are (name, role), the person's own first."""

    name: str
    position: str
    units: Sequence[tuple[str, str]]
    accounts: Sequence[AccountLine]
    since: datetime | None
    reports: int
    heard: int
    said: int
    acts: int
    figures: int = 0  # reported of measures


def overview(stored: Stored) -> str:
    """What is stored, who sees it, how long it is kept."""
    return render("own_data_overview", s=stored, roles=ROLES)


def coming() -> str:
    """The file is being made."""
    return render("own_data_coming")


def file(name: str) -> str:
    """With the file."""
    return render("own_data_file", name=name)
