"""What is said of the units and their names: how the bot knows them, and what a correction has taught."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from texts.engine import render


@dataclass(frozen=True)
class LearnedName:
    """A name that a person's correction has taught."""

    code: str
    written: str
    by: str
    at: datetime


@dataclass(frozen=True)
class UnitLine:
    """A unit as the bot knows it.

    Attributes:
        id: of the unit.
        name: its name.
        linked: how many of its people can be written to.
        aliases: its other names in the organisation file.
        learned: those that corrections have taught.
    """

    id: int
    name: str
    linked: int
    aliases: list[str]
    learned: list[LearnedName]


def listing(units: Sequence[UnitLine], total: int, first: int, page: int, pages: int) -> str:
    """A page of units; ``first`` is the number of the first on it, from 1."""
    return render("units_list", units=units, total=total, first=first, page=page, pages=pages)


def one(unit: UnitLine) -> str:
    """One unit with all its names."""
    return render("units_one", u=unit)


def which(words: str, found: bool) -> str:
    """Several units may be meant, or none."""
    return render("units_which", words=words, found=found)


def ask_alias(unit: str) -> str:
    """Ask for another name of a unit."""
    return render("units_ask_alias", unit=unit)


def learned(written: str, unit: str, others: int) -> str:
    """A name is understood from now on. ``others`` counts further drafts of the notice that got their unit by it."""
    return render("units_learned", written=written, unit=unit, others=others)


def doubt(written: str, unit: str, other: str | None) -> str:
    """Ask whether a name shall be understood so; ``other`` is the unit it means today."""
    return render("units_doubt", written=written, unit=unit, other=other)


def undone(written: str, unit: str, reopened: int) -> str:
    """A name was taken back. ``reopened`` counts the drafts that are asked again."""
    return render("units_undone", written=written, unit=unit, reopened=reopened)
