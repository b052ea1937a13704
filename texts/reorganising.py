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


def pick(unit: str, new: str, chosen: int, helped: int, people: int, *, has_parts: bool) -> str:
    """Ask which directives, parts in others' directives and people a new unit takes; how many are chosen so far.

    Args:
        unit: the one that is split.
        new: the one that takes.
        chosen: directives it leads.
        helped: parts.
        people: of them.
        has_parts: whether the unit helps with any.
    """
    return render(
        "reorganising_pick", unit=unit, new=new, chosen=chosen, helped=helped, people=people, has_parts=has_parts
    )  # fmt: skip


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


def told(what: str, old: Sequence[str], new: str, count: int, *, helped: int = 0, has_group: bool = False) -> str:
    """To everybody of the units, once.

    Args:
        what: the audit's word.
        old: the units' names before.
        new: the name of the one that goes on, or takes.
        count: how many open directives went over.
        helped: how many parts in others' directives.
        has_group: the unit that was split has a group, which stays its own.
    """
    return render("reorganising_told", what=what, old=old, new=new, count=count, helped=helped, has_group=has_group)
