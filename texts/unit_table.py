"""The table of a unit, and what a unit helps with."""

from __future__ import annotations

from collections.abc import Sequence

from domain.unit_table import Counts, HelpedLine, TableLine
from texts.engine import render


def table(
    unit: str, counts: Counts, lines: Sequence[TableLine], helped: Sequence[HelpedLine], helping: int, page: int,
    pages: int,
) -> str:  # fmt: skip
    """A page of a unit's table.

    Args:
        unit: its name.
        counts: of all pages.
        lines: its own directives on this page.
        helped: those it helps with on this page.
        helping: how many it helps with on all pages.
        page: from 1.
        pages: how many there are.
    """
    return render(
        "unit_table", unit=unit, counts=counts, lines=lines, helped=helped, helping=helping, page=page, pages=pages
    )


def helped(lines: Sequence[HelpedLine], total: int) -> str:
    """What a unit helps with, to stand below its own directives; empty without any."""
    return render("unit_helped", helped=lines, helping=total) if lines else ""
