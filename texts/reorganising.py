"""What is said when units change: another name, merged, split, put under another unit or leader."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from texts.engine import render


@dataclass(frozen=True)
class Ahead:
    """What a change takes along: open directives led and helped with, people, heads, and directives given twice."""

    directives: int
    helping: int
    people: int
    heads: Sequence[str]
    twice: Sequence[Sequence[int]]


def choose(unit: str) -> str:
    """Ask what changes in a unit."""
    return render("reorganising_choose", unit=unit)


def ask(what: str, unit: str) -> str:
    """Ask for what is needed: ``what`` is rename, merge, name, split, place or lead."""
    return render("reorganising_ask", what=what, unit=unit)


def pick(unit: str, new: str, chosen: int, people: int) -> str:
    """Ask which directives and people a new unit takes; how many are chosen so far."""
    return render("reorganising_pick", unit=unit, new=new, chosen=chosen, people=people)


def confirm_rename(old: str, new: str) -> str:
    """Say what another name means."""
    return render("reorganising_confirm_rename", old=old, new=new)


def confirm_merge(units: Sequence[str], new: str, ahead: Ahead) -> str:
    """Say what merging brings together."""
    return render("reorganising_confirm_merge", units=units, new=new, ahead=ahead)


def confirm_place(unit: str, parent: str) -> str:
    """Say under which unit one is put."""
    return render("reorganising_confirm_place", unit=unit, parent=parent)


def confirm_lead(unit: str, leader: str | None) -> str:
    """Say which leader will be in charge; None: the one of the unit above."""
    return render("reorganising_confirm_lead", unit=unit, leader=leader)


def done(what: str, facts: dict[str, Any]) -> str:
    """It is done."""
    return render("reorganising_done", what=what, f=facts)


def told(what: str, old: Sequence[str], new: str, count: int) -> str:
    """To everybody of the units, once; ``count`` open directives went over."""
    return render("reorganising_told", what=what, old=old, new=new, count=count)
