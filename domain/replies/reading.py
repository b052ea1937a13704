"""An officer's message, read into acts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from domain.replies import reports
from domain.replies.acts import Act, Kind, Reading
from domain.replies.clauses import Part, parts_of
from domain.replies.mentions import find_mentions
from domain.replies.signs import signs_of
from domain.replies.weighing import weigh
from domain.replies.words import said

OFFICE_ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
CONFIRMED = frozenset({Kind.DONE, Kind.EXTENSION, Kind.DECLINE})
NAMELESS = frozenset({Kind.QUESTION, Kind.NONE})


def understand(
    text: str,
    *,
    now: datetime,
    open: Sequence[int] = (),
    reply_to: int | None = None,
    files: int = 0,
    last_days: Mapping[int, date] | None = None,
) -> Reading:
    """The acts of one message. Any text is read; what is not understood is ``Kind.NONE``.

    Args:
        text: what the officer wrote, possibly nothing.
        now: the moment of the message, aware; dates count from its day in the office's zone.
        open: the officer's open directives.
        reply_to: the directive of the message replied to.
        files: how many files came with it.
        last_days: the present last days of directives, from which "thêm 10 ngày" counts; without it from ``now``.

    Raises:
        ValueError: ``now`` has no zone.
    """
    if now.tzinfo is None:
        raise ValueError("now must be aware")
    this = reply_to if reply_to is not None else (open[0] if len(open) == 1 else None)
    on = said(text)
    parts = parts_of(on, find_mentions(on, open, this))
    today = now.astimezone(OFFICE_ZONE).date()
    acts: list[Act] = []
    sure = True
    for part in parts:
        read, certain = _acts_of(part, this, today, last_days or {}, text=on.text)
        acts += read
        sure &= certain
    if reply_to is not None and not sure and _worded(acts, on.text):
        return Reading((Act(this, Kind.PROGRESS, text=on.text.strip()),), doubt=True)
    return _whole(acts, sure, this, files, on.text, reply_to)


def _worded(acts: list[Act], text: str) -> bool:
    """Whether a reply says something, in words of no known kind: a report most likely, to be confirmed."""
    return all(a.kind is Kind.NONE for a in acts) and len(text.split()) > 1


def _only_asks(text: str) -> bool:
    """A mark of asking and nothing else."""
    return "?" in text and not text.strip(" ?!.\n")


def _whole(
    acts: list[Act], sure: bool, this: int | None, files: int, text: str, reply_to: int | None = None
) -> Reading:
    """The message's acts without what only accompanies them, and the doubt of the whole."""
    said_of_work = [a for a in acts if a.kind is not Kind.NONE]
    if not said_of_work and reply_to is not None and _only_asks(text):
        return Reading((Act(this, Kind.QUESTION, text=text.strip()),), doubt=False)
    if not said_of_work and files:
        return Reading((Act(this, Kind.PROGRESS, text=text.strip()),), doubt=True)
    if not said_of_work and reply_to is not None and reports.REMINDED.search(said(text)):
        return Reading((Act(this, Kind.ACKNOWLEDGE, text=text.strip()),), doubt=False)
    if not said_of_work:
        return Reading((Act(None, Kind.NONE, text=text.strip()),), doubt=not sure)
    named = {a.directive for a in said_of_work} - {None}
    if named and text:
        said_of_work = [a for a in said_of_work if a.directive is not None or a.kind is not Kind.ACKNOWLEDGE]
    doubt = not sure or any(_must_confirm(a) for a in said_of_work)
    return Reading(tuple(said_of_work), doubt)


def _must_confirm(act: Act) -> bool:
    return act.kind in CONFIRMED or (act.directive is None and act.kind not in NAMELESS)


def _acts_of(
    part: Part, this: int | None, today: date, last_days: Mapping[int, date], *, text: str
) -> tuple[list[Act], bool]:
    read = [(c, signs_of(c)) for c in part.clauses]
    words = text[part.clauses[0].start : part.clauses[-1].end] if part.clauses else ""
    numbers: tuple[int | None, ...] = (this,) if part.numbers is None else part.numbers or (None,)
    acts: list[Act] = []
    sure = part.sure and part.numbers != ()
    for number in numbers:
        found, certain = weigh(read, today, last_days.get(number) if number else None)
        acts += [replace(a, directive=number, text=words) for a in found]
        sure = sure and certain
    return acts, sure
