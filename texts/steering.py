"""What is said when a directive is split, merged, kept where it is, or gets other helpers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from domain.views import DirectiveView
from texts.engine import render


@dataclass(frozen=True)
class PartLine:
    """One part of a split, as it is going to be."""

    unit: str
    text: str
    last_day: date | None


@dataclass(frozen=True)
class Ties:
    """How a directive hangs together with others, by their numbers, and with the unit that had it before."""

    merged_into: int | None = None
    includes: tuple[int, ...] = ()
    split_into: tuple[int, ...] = ()
    split_from: int | None = None
    moved_from: str | None = None
    moved_to: str | None = None
    moved_on: date | None = None


def ask_insist(number: int, unit: str) -> str:
    """Why it stays with its unit."""
    return render("steering_ask_insist", id=number, unit=unit)


def ask_parts(d: DirectiveView) -> str:
    """Into which parts it is split."""
    return render("steering_ask_parts", d=d)


def confirm_split(d: DirectiveView, parts: Sequence[PartLine]) -> str:
    """The parts as understood; nothing has changed yet."""
    return render("steering_confirm_split", d=d, parts=parts)


def split(number: int, parts: Sequence[int]) -> str:
    """It was split."""
    return render("steering_split", id=number, parts=parts)


def ask_merge(number: int) -> str:
    """Into which one it is merged."""
    return render("steering_ask_merge", id=number)


def no_number() -> str:
    """An answer without the number of a directive."""
    return render("steering_no_number")


def confirm_merge(d: DirectiveView, into: DirectiveView) -> str:
    """Both, side by side; nothing has changed yet."""
    return render("steering_confirm_merge", d=d, into=into)


def merged(number: int, into: int, helper: str | None) -> str:
    """It was merged; ``helper`` is its unit, where that helps with the other one from now on."""
    return render("steering_merged", id=number, into=into, helper=helper)


def helpers(d: DirectiveView) -> str:
    """Who helps, and how that is changed."""
    return render("steering_helpers", d=d)


def confirm_helpers(number: int, units: Sequence[str], *, added: bool) -> str:
    """Units to be added or taken out; nothing has changed yet."""
    return render("steering_confirm_helpers", id=number, units=units, added=added)


def helpers_changed(d: DirectiveView) -> str:
    """Who helps now."""
    return render("steering_helpers_changed", d=d)


def ties(t: Ties) -> str:
    """Lines of a card; empty where it stands alone."""
    return render("steering_ties", t=t)
