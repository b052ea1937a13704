"""Units named by a part of their name: "trường Lê Lợi" for "Trường THCS Lê Lợi", "thị trấn" where there is but one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from domain.organisation import Directory, UnitEntry
from domain.questions.words import Rest
from domain.spelling import Token, tokens
from domain.unit_names import COMMITTEE

HEADS = (
    "truong", "ban", "tram", "trung tam", "hat", "doi", "hoi", "chi cuc", "phong", "so", "thi tran", "xa", "phuong",
    "huyen", "thon", "cong ty", "benh vien", "doan",
)  # fmt: skip
_HEAD = re.compile(rf"\b(?:{'|'.join(HEADS)})\b")
# What stands once in an office is meant without its name.
_ALONE = re.compile(r"\b(?:thi tran|ban quan ly)\b")
_NOT_ALONE = re.compile(r"(?:cac|nhung|tung|moi|\d+|may)\s+\Z")
LONGEST = 7  # words of a name as typed


@dataclass(frozen=True)
class Part:
    """A unit at ``text[start:end]``."""

    unit: UnitEntry
    start: int
    end: int


def named_in_part(rest: Rest, directory: Directory) -> list[Part]:
    """The units of which some words are named, the last first.

    A part names a unit if it begins with the head word of its name and ends with its last words, leaves only words
    out between them ("ban quản lý khu công nghiệp"), and fits no other unit. Nothing is taken where several fit.
    """
    found = [*_shortened(rest, directory), *_alone(rest, directory)]
    free = [one for i, one in enumerate(found) if all(one.end <= o.start or o.end <= one.start for o in found[:i])]
    return sorted(free, key=lambda one: -one.start)


def _shortened(rest: Rest, directory: Directory) -> Iterator[Part]:
    for head in _HEAD.finditer(rest.plain):
        if part := _longest_at(rest, head.start(), len(head[0].split()), directory):
            yield part


def _longest_at(rest: Rest, start: int, head: int, directory: Directory) -> Part | None:
    stretch = re.match(r"[^\n,;?.]*", rest.text[start:])
    read = tokens(stretch[0] if stretch else "")[:LONGEST]
    for size in range(len(read), head + 1, -1):
        fitting = [unit for unit in directory.units if _leaves_out(read[:size], head, unit)]
        if len(fitting) == 1:
            return Part(fitting[0], start, start + read[size - 1].end)
    return None


def _leaves_out(said: Sequence[Token], head: int, unit: UnitEntry) -> bool:
    """Whether the words said are the unit's name with some words left out after its head."""
    words = _words(unit.name)
    if len(said) < head + 2 or len(said) >= len(words) or not all(map(_is_said, said[:head], words)):
        return False
    tail = said[head:]
    if not all(map(_is_said, reversed(tail[-2:]), reversed(words))):
        return False
    left = iter(words[head:])
    return all(any(_is_said(typed, word) for word in left) for typed in tail)


def _is_said(typed: Token, word: Token) -> bool:
    return typed.syllable == word.syllable or (typed.syllable == typed.folded == word.folded)


def _alone(rest: Rest, directory: Directory) -> Iterator[Part]:
    for found in _ALONE.finditer(rest.plain):
        if _NOT_ALONE.search(rest.plain[: found.start()]) or re.match(r"\s+nao\b", rest.plain[found.end() :]):
            continue
        written = tokens(rest.text[found.start() : found.end()])
        bearers = [unit for unit in directory.units if _begins(written, unit)]
        if len(bearers) == 1:
            yield Part(bearers[0], *found.span())


@lru_cache(maxsize=4096)
def _words(name: str) -> tuple[Token, ...]:
    """A name without the committee before a place: "xã An Hòa" of "UBND xã An Hòa"."""
    words = tuple(tokens(name))
    is_place = [token.syllable for token in words[:4]] == COMMITTEE.split() and len(words) > 4
    return words[4:] if is_place else words


def _begins(said: Sequence[Token], unit: UnitEntry) -> bool:
    words = _words(unit.name)
    return len(words) >= len(said) and all(map(_is_said, said, words))
