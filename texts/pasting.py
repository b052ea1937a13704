"""What is said when a document comes in several messages."""

from __future__ import annotations

from texts.engine import render


def ask_join(source: str) -> str:
    """Whether a text without a head of its own is the next page of what was pasted just before."""
    return render("pasting_ask_join", source=source)
