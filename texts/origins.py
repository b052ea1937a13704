"""What is asked about where a notice's directives come from, and of which field a directive is."""

from __future__ import annotations

from domain.sources import SOURCES, Source
from domain.views import DirectiveView
from texts.engine import render

NO_FIELD = "Chưa phân lĩnh vực"
AS_ITS_UNIT = "Theo đơn vị chủ trì"
CHOSEN = "✓ "


def source_button(source: Source) -> str:
    """On a notice's summary: where it comes from, and the way to say otherwise."""
    return f"Nguồn: {SOURCES[source]}"


def field_button(field: str | None, *, draft: bool) -> str:
    """Among what can be corrected of a directive: its field."""
    return f"Lĩnh vực: {field or (AS_ITS_UNIT.lower() if draft else 'chưa phân')}"


def ask_source(notice: str, issued: int) -> str:
    """Where a notice's directives come from, and what that changes in reports.

    Args:
        notice: as people call it.
        issued: how many of its directives were issued already.
    """
    return render("origins_ask_source", notice=notice, issued=issued)


def ask_field(d: DirectiveView, *, draft: bool, known: bool) -> str:
    """Of which field a directive is, and what that changes in the figures.

    Args:
        d: the directive.
        draft: it is not issued yet.
        known: the office has any fields to choose from.
    """
    return render("origins_ask_field", d=d, draft=draft, known=known)
