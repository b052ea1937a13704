"""What a clerk reads when a notice comes as a scan or a photo."""

from __future__ import annotations

from collections.abc import Sequence

from texts.engine import render


def ask(*, photo: bool) -> str:
    """Ask for the clerk's word that it is no secret. ``photo``: it came as pictures, not as a scanned file."""
    return render("scans_ask", photo=photo)


def begun() -> str:
    """The clerk has given it; recognition begins."""
    return render("scans_begun")


def progress(page: int, pages: int) -> str:
    """Which page is being recognised, from 1."""
    return render("scans_progress", page=page, pages=pages)


def ended(pages: int, *, is_read: bool) -> str:
    """Recognition is over; what came of it is said in a message of its own."""
    return render("scans_ended", pages=pages, is_read=is_read)


def dropped() -> str:
    """Nothing of it is kept."""
    return render("scans_dropped")


def stale() -> str:
    """A question that has been answered."""
    return render("scans_stale")


def quality(doubtful: Sequence[str]) -> str:
    """How well a scan could be read. ``doubtful`` are the words that were hard to read, with their pages."""
    return render("scans_quality", doubtful=doubtful)
