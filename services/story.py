"""A directive's whole story: what was done and said, who was told, how often it was reminded of."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from db import Session
from db.models import Directive
from db.queries import story as queries
from db.queries.story import Told
from domain.lifecycle import Event
from domain.views import HistoryLine, Story
from services import life, show
from services.folding import REMINDER
from services.replaced import merged_into

TOLD, TOLD_HELPERS = "told", "told_helpers"
OLD_VERSION, TAKEN_BACK, UNDONE = "old_version", "taken_back", "undone"
_TELLING = {life.ISSUED: TOLD, life.HELPING: TOLD_HELPERS}


async def story(session: Session, directive: Directive) -> Story:
    """Everything that happened to a directive, oldest first, with what was taken back marked.

    Args:
        session: any transaction.
        directive: which.
    """
    messages = await queries.told(session, directive.id, [*_TELLING, REMINDER])
    mine = [directive.id, *await merged_into(session, directive.id)]
    marks = _Marks(await queries.withdrawn(session, mine), await queries.undone(session, directive.id))
    names = await queries.former_names(session)
    lines = [marks.on(_quoted(line, directive)) for line in await show.history(session, directive)]
    lines += _told([m for m in messages if m.kind in _TELLING])
    reminded = sorted(m.sent_at for m in messages if m.kind == REMINDER)
    return Story(
        lines=tuple(_named_then(line, names) for line in sorted(lines, key=lambda line: line.at)),
        reminded=len({show.local_day(moment) for moment in reminded}),
        last_reminded=reminded[-1] if reminded else None,
    )


class _Marks:
    """What of the lines does not count any more."""

    def __init__(self, withdrawn: Mapping[str, bool], undone: set[int]) -> None:
        self._withdrawn = withdrawn
        self._undone = undone

    def on(self, line: HistoryLine) -> HistoryLine:
        """The line with its mark."""
        if line.row in self._undone:
            return replace(line, mark=UNDONE)
        has_newer = self._withdrawn.get(line.report or "")
        if has_newer is None or line.event not in {Event.REPORT, Event.SUBMIT}:
            return line
        return replace(line, mark=OLD_VERSION if has_newer else TAKEN_BACK)


def _quoted(line: HistoryLine, directive: Directive) -> HistoryLine:
    """The line that gives it, with the words it was given in."""
    if line.event != Event.ISSUE or line.text:
        return line
    return replace(line, text=directive.quote or directive.text)


def _told(messages: Sequence[Told]) -> Iterator[HistoryLine]:
    """A line for each time a unit was told, with whom of it the message reached."""
    together: dict[tuple[str, datetime, str], list[Told]] = defaultdict(list)
    for message in messages:
        together[message.kind, message.queued_at, message.unit].append(message)
    for (kind, _, unit), some in together.items():
        names = ", ".join(dict.fromkeys(m.person for m in some))
        yield HistoryLine(min(m.sent_at for m in some), _TELLING[kind], None, None, f"{names}, {unit}")


def _named_then(line: HistoryLine, names: Mapping[str, Sequence[tuple[datetime, str]]]) -> HistoryLine:
    """With the name a unit had at that moment."""
    then = next((old for until, old in names.get(line.unit or "", ()) if line.at < until), None)
    return replace(line, unit=then) if then else line
