"""What was found, as it is shown."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from domain.excerpts import Piece
from domain.finding import Query
from domain.views import DirectiveView

MOST = 100  # directives found; who gets more is asked for another word


@dataclass(frozen=True)
class Hit:
    """One directive found.

    Attributes:
        view: how it stands today.
        pieces: where the words stand; of a report's words where those were found.
        reported_at: when that was reported, aware; None where the words are the directive's own.
    """

    view: DirectiveView
    pieces: tuple[Piece, ...]
    reported_at: datetime | None = None


@dataclass(frozen=True)
class Found:
    """A page of what was found.

    Attributes:
        query: how the words were read.
        hits: of this page.
        number: which page, from 1.
        pages: how many there are.
        total: how many directives were found; ``MOST`` where there may be more.
        is_near: nothing has all of it; these have the most of it.
    """

    query: Query
    hits: tuple[Hit, ...]
    number: int = 1
    pages: int = 1
    total: int = 0
    is_near: bool = False

    @property
    def has_more(self) -> bool:
        """Whether there are more than were counted."""
        return self.total >= MOST
