"""A table that came as a file, as plain values: what is read from it is decided elsewhere."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

Value = str | int | float | date | None
Line = tuple[Value, ...]


@dataclass(frozen=True)
class Sheet:
    """One sheet. All lines are equally long; merged cells have their value in each of their places.

    Attributes:
        name: of the sheet; empty for a text file.
        lines: from the top; empty ones are kept, so that numbers are those that people see.
    """

    name: str
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Table:
    """A file of sheets. ``hidden`` names the sheets that were not looked at."""

    sheets: tuple[Sheet, ...]
    hidden: tuple[str, ...] = ()
