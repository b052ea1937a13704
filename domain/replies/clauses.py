"""Cutting a message into clauses, and giving each clause its directives."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from domain.replies.mentions import Mention
from domain.replies.words import Cue, Said, before, one_of, stands_before

# A stop inside "20.3", "85,5" or "QLDA." before a letter is not an end.
_STOP = re.compile(
    r"[;\n]|[!?]+|,(?!\d|\s*(?:vướng mắc|vuong mac|khó khăn|kho khan|trở ngại)\s*(?:gì|gi|$|[.;,]))"
    r"|\.+(?=\s|$)|\s[-–•+]\s(?=#|\d|việc|viec)|\s\((?=\D)|(?<!\d)\)\s"
)
_TURN = one_of(
    r"(?:nhưng|tuy nhiên|tuy vậy|song|nhg)(?: mà)?(?: vẫn)?(?: còn)?",
    r"còn(?= vướng| thiếu| kẹt| mắc| gặp| khó| chờ| đợi| trình| lại| tồn| \d+ (?:hộ|xã|thôn|trường|thửa"
    r"|người|điểm)| #| việc| nhiệm vụ| phần)",
    r"trừ",
    r"mà(?= quên| chưa| còn)",
)


_NO_TURN = before(r"không|chưa|chẳng|chả|hiện|vẫn|hết")


@dataclass(frozen=True)
class Clause:
    """A stretch of a message between two stops.

    Args:
        on: its words.
        start: where it begins in the message.
        asked: whether a question mark ends it.
        after_turn: whether "nhưng" or "còn" opens it.
    """

    on: Said
    start: int
    asked: bool = False
    after_turn: bool = False

    @property
    def end(self) -> int:
        """Where it ends in the message."""
        return self.start + len(self.on.text)


@dataclass
class Part:
    """What a message says of the same directives.

    Args:
        numbers: the directives; None where the message names none.
        clauses: its clauses, in order.
        sure: whether the numbers are beyond doubt.
    """

    numbers: tuple[int, ...] | None
    clauses: list[Clause] = field(default_factory=list)
    sure: bool = True


def parts_of(on: Said, mentions: Sequence[Mention]) -> list[Part]:
    """The message by directive: clauses follow the name before them; a name alone takes the clause after it."""
    parts: list[Part] = []
    waiting: Mention | None = None
    for start, end in _spans(on, mentions):
        inside = [m for m in mentions if start <= m.start and m.end <= end]
        clause = _clause(on, start, end, inside)
        if inside and clause is None:
            waiting = _with(waiting, inside[0])
            continue
        name = inside[0] if inside else waiting
        waiting = None
        if clause is not None:
            _put(parts, name, clause)
    if waiting is not None:
        _name_last(parts, waiting)
    return parts


def _with(waiting: Mention | None, more: Mention) -> Mention:
    if waiting is None:
        return more
    return Mention(waiting.start, more.end, (*waiting.numbers, *more.numbers), waiting.sure and more.sure)


def _put(parts: list[Part], name: Mention | None, clause: Clause) -> None:
    if name is None:
        if not parts:
            parts.append(Part(None))
        parts[-1].clauses.append(clause)
        return
    same = next((p for p in parts if p.numbers == name.numbers), None)
    if same is None:
        same = Part(name.numbers, sure=name.sure)
        parts.append(same)
    same.clauses.append(clause)


def _name_last(parts: list[Part], name: Mention) -> None:
    """In "đã xong, #12 đấy ạ" the name comes after what is said of it."""
    if parts and parts[-1].numbers is None:
        parts[-1].numbers, parts[-1].sure = name.numbers, name.sure
    else:
        parts.append(Part(name.numbers, sure=name.sure))


def _spans(on: Said, mentions: Sequence[Mention]) -> Iterator[tuple[int, int]]:
    turns = {m.start() for m in _TURN.all(on) if not stands_before(_NO_TURN, on, m.start())}
    cuts = turns | {m.start() for m in _STOP.finditer(on.low)}
    cuts = {c for c in cuts if not any(m.start < c < m.end for m in mentions)}
    edges = sorted(cuts | {0, len(on.low)})
    for start, end in pairwise(edges):
        yield from _one_name_each(on, start, end, mentions)


def _one_name_each(on: Said, start: int, end: int, mentions: Sequence[Mention]) -> Iterator[tuple[int, int]]:
    """A clause with several names is cut before each, or after each where the first name closes it."""
    inside = [m for m in mentions if start <= m.start and m.end <= end]
    if len(inside) > 1:
        leading = not _LEAD_IN.sub("", on.low[start : inside[0].start])
        cuts = [m.start for m in inside[1:]] if leading else [m.end for m in inside[:-1]]
        for cut in cuts:
            yield start, cut
            start = cut
    yield start, end


_LEAD_IN = re.compile(r"\W+|\b(?:còn|con|và|va|dạ|da|thì|thi|việc|viec|anh|em|ạ|a|báo|bao|cáo|cao|chị|chi|rồi)\b")
_OPENER = re.compile(r"[\s,;.!?\n()–•+-]+")
_TRAIL = re.compile(r"[\s,;(–-]+$")
_AFTER_NAME = re.compile(r"\s*[:=–-]?\s*(?:(?:thì|thi)\s)?\s*")
_BARE_TURN = Cue(r"(?:nhưng|tuy nhiên|tuy vậy|song|nhg)(?: mà)?\s*|mà\s+|còn\s*$")


def _clause(on: Said, start: int, end: int, names: Sequence[Mention]) -> Clause | None:
    """The clause without its stops and names; None when nothing is left."""
    asked = end < len(on.low) and on.low[end] == "?"
    opener = _OPENER.match(on.low, start, end)
    start = opener.end() if opener else start
    turn = _TURN.match(on, start, end)
    for name in names:
        if not _LEAD_IN.sub("", on.low[start : name.start]):
            start = _after(name.end, on, end)
        elif not on.low[name.end : end].strip(" .,:"):
            end = name.start
    bare = _BARE_TURN.match(on, start, end)
    start = bare.end() if bare else start
    trail = _TRAIL.search(on.low, start, end)
    end = trail.start() if trail else end
    if not on.low[start:end].strip(" .,:;-"):
        return None
    return Clause(Said(on.text[start:end], on.low[start:end], on.bare), start, asked, bool(turn))


def _after(start: int, on: Said, end: int) -> int:
    m = _AFTER_NAME.match(on.low, start, end)
    return m.end() if m else start
