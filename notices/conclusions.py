"""Conclusions of a meeting, typed line by line: each is read as a clause, all together are a notice."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from domain.calendar import OfficeCalendar
from notices.model import NO_UNIT, Header, ReadNotice

DOC_TYPE = "Thông báo kết luận"
_MARKED = re.compile(r"^\s*(?:[-–+•*]|\(?\d{1,2}[.)/](?=\s)|\(?[a-zđ]\)(?=\s))\s*")


def lines_of(words: str) -> list[str]:
    """The conclusions in what was typed: one to a line, without the dash or number before it."""
    found = (" ".join(_MARKED.sub("", line).split()) for line in words.splitlines())
    return [line for line in found if line]


def read_conclusion(words: str, place: int, day: date, calendar: OfficeCalendar) -> ReadNotice:
    """One conclusion as the reader of notices takes it.

    Args:
        words: one line.
        place: its number in the list, from 1.
        day: of the meeting; terms count from it.
        calendar: the office's working days.
    """
    from notices.reading import read_notice  # its patterns take a second to compile: who never concludes never waits

    return read_notice(f"{place}. {words}", day, calendar)


def lacks_unit(read: ReadNotice) -> bool:
    """Whether nobody is named who would do what a conclusion asks for."""
    return not read.directives or all(NO_UNIT in one.warnings for one in read.directives)


def as_notice(title: str, issuer: str, day: date, read: Sequence[tuple[str, ReadNotice]]) -> ReadNotice:
    """The conclusions of a meeting as one notice; its number is still open.

    Args:
        title: of the notice.
        issuer: the office.
        day: of the meeting.
        read: each conclusion's words, with what was read in them, in order. One that gives no task is left out, so
            that a person sees it.
    """
    texts = [f"{place}. {words}" for place, (words, _) in enumerate(read, 1)]
    return ReadNotice(
        header=Header(date=day, issuer=issuer, title=title, doc_type=DOC_TYPE),
        directives=tuple(replace(d, ref=_ref(d.ref, n)) for n, (_, one) in enumerate(read, 1) for d in one.directives),
        left_out=tuple(_left_out(read)),
        giving=sum(max(one.giving, len(one.directives)) for _, one in read),
        text="\n".join([title, *texts]),
    )


def _ref(ref: str, place: int) -> str:
    """Its number in the list: what the line itself was read as may have parts of its own."""
    return ref if ref.split("-")[0].split(".")[0] == str(place) else str(place)


def _left_out(read: Iterable[tuple[str, ReadNotice]]) -> Iterable[str]:
    for words, one in read:
        yield from one.left_out if one.directives or one.left_out else (words,)
