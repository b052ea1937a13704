"""A clause for many units: which units of the directory it reaches, and which are excepted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from domain.organisation import Directory, UnitEntry
from domain.spelling import fold, normal, tokens
from domain.unit_names import COMMITTEE, LEVEL_WORDS, head_length

NOUNS = {"all": "cơ quan, đơn vị", "departments": "phòng, ban"}
COMMUNES = "xã"


@dataclass(frozen=True)
class Spread:
    """A group of units as a clause addresses it.

    Attributes:
        units: those that each get a directive.
        excepted: those left out, in the order they are written.
        unknown: names of exceptions that mean no unit of the group for certain, as written.
        noun: what the units of the group are: "xã, thị trấn".
    """

    units: tuple[UnitEntry, ...]
    excepted: tuple[UnitEntry, ...] = ()
    unknown: tuple[str, ...] = ()
    noun: str = ""

    @property
    def total(self) -> int:
        """How many units the group has, the excepted among them."""
        return len(self.units) + len(self.excepted)


def spread(known: Directory, group: str, excepted: Sequence[str] = ()) -> Spread:
    """The units of a group without the excepted ones.

    Raises:
        ValueError: no such group.
    """
    everyone = known.group(group)
    found = {written: member(known, everyone, written) for written in excepted}
    out = tuple(dict.fromkeys(unit for unit in found.values() if unit))
    return Spread(
        tuple(unit for unit in everyone if unit not in out),
        out,
        tuple(written for written, unit in found.items() if unit is None),
        NOUNS.get(group) or _levels(everyone),
    )


def member(known: Directory, everyone: Sequence[UnitEntry], written: str) -> UnitEntry | None:
    """The unit of a group that a name means: beside "các xã" a place's own name is enough ("trừ An Lâm")."""
    match = known.match(written)
    if match.unit is not None and match.certain:
        return match.unit if match.unit in everyone else None
    named = [unit for unit in everyone if _is_called(unit, written)]
    return named[0] if len(named) == 1 else None


def _is_called(unit: UnitEntry, written: str) -> bool:
    """By its short name, or without "UBND"; what is typed without any diacritic may stand for any."""
    bare = normal(written)
    if not bare:
        return False
    names = {normal(short_name(unit.name, unit.kind)), _without_committee(unit)}
    return bare in names or (bare == fold(written) and bare in set(map(fold, names)))


def short_name(name: str, kind: str) -> str:
    """A place's name without the words that say what it is: "An Lâm" of "UBND xã An Lâm"; others in full."""
    read = tokens(name)
    head = head_length([t.syllable for t in read])
    return name[read[head].start :] if kind == "commune" and 0 < head < len(read) else name


def _without_committee(unit: UnitEntry) -> str:
    return normal(unit.name).removeprefix(f"{COMMITTEE} ")


def _levels(units: Sequence[UnitEntry]) -> str:
    """What the communes are, by their names: "xã", "xã, thị trấn"."""
    names = [_without_committee(unit) for unit in units]
    found = [level for level in LEVEL_WORDS if any(name.startswith(level + " ") for name in names)]
    return ", ".join(sorted(found, key=lambda level: (level != COMMUNES, LEVEL_WORDS.index(level)))) or COMMUNES
