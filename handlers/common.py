"""What several conversations share."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from db.models import Directive
from domain.deadlines import Deadline, ImpossibleDate, read_later
from domain.deadlines.model import NO_MONTH, NO_YEAR
from domain.errors import DateDoesNotExist, DateNotUnderstood
from domain.organisation import UnitEntry
from domain.views import DirectiveView
from handlers.turn import KeptFile, Turn
from services import show
from services.life import By
from services.office import directory
from services.reporting import Evidence

PAGE = 8  # directives on a page


def evidence(files: Sequence[KeptFile]) -> list[Evidence]:
    """Kept files as the services take them."""
    return [Evidence(f.sha256, f.name, f.mime, f.size, f.channel, f.ref) for f in files]


def by(turn: Turn) -> By:
    """Who acts in this turn."""
    return By(turn.person, turn.now, turn.office, turn.inbox_id)


async def view(turn: Turn, directive: Directive) -> DirectiveView:
    """A directive as of today."""
    return await show.view(turn.session, directive, turn.today, turn.office.calendar)


async def views(turn: Turn, directives: list[Directive]) -> list[DirectiveView]:
    """Several, in the order given."""
    return await show.views(turn.session, directives, turn.today, turn.office.calendar)


def typed_deadline(turn: Turn, words: str) -> Deadline:
    """A deadline as a person typed it, counted from today.

    Raises:
        DateDoesNotExist: such as 31/02.
        DateNotUnderstood: no date in it that can be read without guessing.
    """
    return _read(turn, words, None)


def typed_later(turn: Turn, words: str, last_day: date | None) -> date:
    """The later last day a person typed: "10 ngày" counts from the present one, unless it has passed.

    Raises:
        DateDoesNotExist: such as 31/02.
        DateNotUnderstood: no date in it that can be read without guessing.
    """
    later = _read(turn, words, last_day).last_day(turn.office.rhythm.before_means)
    assert later is not None  # noqa: S101  (_read has seen to it)
    return later


def _read(turn: Turn, words: str, last_day: date | None) -> Deadline:
    try:
        found = read_later(words, turn.today, last_day, turn.office.calendar)
    except ImpossibleDate as error:
        raise DateDoesNotExist(error.given) from error
    if found is None or found.date is None:
        raise DateNotUnderstood(words.strip()[:60])
    return without_assumptions(found)


def without_assumptions(deadline: Deadline) -> Deadline:
    """Typed today, a missing year is no doubt: it is the next such day."""
    return replace(deadline, warnings=tuple(w for w in deadline.warnings if w not in {NO_YEAR, NO_MONTH}))


async def typed_unit(turn: Turn, words: str) -> tuple[UnitEntry | None, list[UnitEntry]]:
    """A unit as a person typed it: the one meant, or those to choose from."""
    known = await directory(turn.session)
    match = known.match(words)
    if match.unit and match.certain:
        return match.unit, []
    found = list(known.search(words, limit=6)) or list(match.candidates)
    return None, found


def page_of(total: int, page: int, size: int = PAGE) -> tuple[int, int]:
    """The page within its bounds, and how many there are; both from 1."""
    pages = max(1, -(-total // size))
    return min(max(1, page), pages), pages
