"""What is asked about sources and fields, for the test of all messages."""

from __future__ import annotations

from collections.abc import Callable

from domain.sources import Source
from domain.views import DirectiveView
from texts import origins


def messages(d: DirectiveView) -> dict[str, Callable[[], str]]:
    """Each message with what it may look like."""
    return {
        "origins source": lambda: origins.ask_source("Thông báo <15>", 0),
        "origins source issued": lambda: origins.ask_source("Thông báo <15>", 12),
        "origins source button": lambda: origins.source_button(Source.ABOVE),
        "origins field": lambda: origins.ask_field(d, draft=False, known=True),
        "origins field draft": lambda: origins.ask_field(d, draft=True, known=True),
        "origins field none": lambda: origins.ask_field(d, draft=True, known=False),
        "origins field button": lambda: origins.field_button(None, draft=False),
    }
