"""Transcripts that show arrows of a directive's life: what they claim is looked up in the audit when they end.

    @arrows("H1", "J")
    async def test_the_office_insists(talk: Talk) -> None: ...

The letters are those of ``docs/states.md``. A transcript that claims an arrow and does not walk it fails.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Awaitable, Callable
from pathlib import Path

from sqlalchemy import select

from db.models import Transition
from domain.lifecycle import Event, State
from tests.talk import Talk

PAGE = Path(__file__).parents[1] / "docs" / "states.md"
SHOWN: dict[str, str] = {}
"""Each letter, and the transcript that shows it."""

_ROW = re.compile(r"^\| (\w+) \| `(\w+)` \| `(\w+)` \| `(\w+)` \|", re.M)
_IN_THE_AUDIT = {Event.EXTEND: ("extension_granted", "extension_accepted")}  # who agreed is kept, not only that

Arrow = tuple[State, Event, State]
Transcript = Callable[[Talk], Awaitable[None]]


def of_the_page() -> dict[str, Arrow]:
    """The arrows of the page by their letters."""
    rows = _ROW.findall(PAGE.read_text("utf-8"))
    return {letter: (State(before), Event(event), State(after)) for letter, before, event, after in rows}


def arrows(*letters: str) -> Callable[[Transcript], Transcript]:
    """Claim arrows for a transcript."""

    def claim(transcript: Transcript) -> Transcript:
        SHOWN.update(dict.fromkeys(letters, transcript.__name__))

        @functools.wraps(transcript)
        async def walked(talk: Talk) -> None:
            await transcript(talk)
            seen = await _seen(talk)
            for letter in letters:
                assert _is_among(seen, of_the_page()[letter]), f"{letter} was not walked; seen: {sorted(seen)}"

        return walked

    return claim


async def _seen(talk: Talk) -> set[tuple[str, str, str]]:
    async with talk.app.database.read() as session:
        rows = await session.execute(select(Transition.before, Transition.event, Transition.after))
        return {(before, event, after) for before, event, after in rows if before and after}


def _is_among(seen: set[tuple[str, str, str]], arrow: Arrow) -> bool:
    before, event, after = arrow
    return any((before, word, after) in seen for word in _IN_THE_AUDIT.get(event, (str(event),)))
