"""What stands in front of a message that comes again, or late."""

from __future__ import annotations

from datetime import datetime

from texts.engine import render


def resent(text: str, reference: str) -> str:
    """A message that may have arrived before.

    Args:
        text: its markup; may be empty.
        reference: the same short word each time the message is sent.
    """
    return _before(render("delivery_resent", reference=reference), text)


def late(text: str, meant_for: datetime) -> str:
    """A reminder that comes later than it was meant to.

    Args:
        text: its markup.
        meant_for: when it should have come; aware.
    """
    return _before(render("delivery_late", meant_for=meant_for), text)


def _before(mark: str, text: str) -> str:
    return f"{mark}\n{text}" if text else mark
