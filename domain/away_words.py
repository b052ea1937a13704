"""What somebody says of an absence in one line: who, from when to when, who stands in. Words only, no dates yet."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import takewhile

from domain.spelling import fold

_LONGEST_NAME = 6  # words
_TIME = frozenset(
    [
        "mai", "mot", "kia", "nay", "hom", "ngay", "tuan", "thang", "thu", "sang", "chieu", "toi", "tu", "den", "het",
        "hai", "ba", "bay", "nam", "chu", "nhat", "dau", "cuoi", "nghi", "vang",
    ]
)  # fmt: skip
_AROUND_DATES = frozenset(
    [
        "toi", "em", "minh", "xin", "bao", "se", "nghi", "phep", "vang", "mat", "di", "cong", "tac", "hop", "hoc",
        "om", "benh", "viec", "rieng",
    ]
)  # fmt: skip
_NAMING = frozenset(["nho", "do", "giao", "cho", "uy", "quyen", "nguoi", "la", "va", "dong", "chi", "anh", "ba", "ong"])
_FROM, _INSTEAD = "tu", "thay"
_TO = frozenset({"đến", "den", "tới", "toi", "-", "–"})  # with its marks "tôi" is somebody
_DASHED = re.compile(r"(\d/\d+)\s*[-–]\s*(?=\d+/)")  # "20/3-25/3"


@dataclass(frozen=True)
class SaidAway:
    """The parts of the line, as they were typed; empty where they are missing.

    Attributes:
        first: the words of the first day.
        last: the words of the last day.
        is_one_day: there is one date, not said to be an end: it is the whole absence.
        deputies: places in the list of names that the deputy's name fits.
        names_deputy: somebody is said to stand in, whether or not the name is known.
    """

    first: str = ""
    last: str = ""
    is_one_day: bool = False
    deputies: tuple[int, ...] = ()
    names_deputy: bool = False


def name_first(words: str, names: Sequence[str]) -> tuple[tuple[int, ...], str]:
    """The people whose name a line begins with, and what follows; given names do, words of time only with a capital.

    Args:
        words: as typed.
        names: of everyone it may be.

    Returns:
        places in ``names``, and the rest of the line.
    """
    tokens = words.split()
    for count in range(min(_LONGEST_NAME, len(tokens)), 0, -1):
        said = fold(" ".join(tokens[:count]))
        found = () if said in _TIME and not tokens[0][0].isupper() else bearers(said, names)
        if found:
            return found, " ".join(tokens[count:])
    return (), words


def begins_with_name(words: str) -> bool:
    """Whether a line begins with what can only be a name: a capital, and no word of time or of going away."""
    return bool(name_of(words)) and fold(words.split()[0]) not in _TIME | _AROUND_DATES | _NAMING


def name_of(words: str) -> str:
    """The words at the beginning of a line that have a capital."""
    return " ".join(takewhile(lambda word: word.isalpha() and word[0].isupper(), words.split()))


def bearers(said: str, names: Sequence[str]) -> tuple[int, ...]:
    """The places of the names that are these words, or end with them: people are called by the end of their name."""
    said = fold(said)
    if not said:
        return ()
    whole = tuple(i for i, name in enumerate(names) if fold(name) == said)
    return whole or tuple(i for i, name in enumerate(names) if fold(name).endswith(f" {said}"))


def read_away(words: str, names: Sequence[str]) -> SaidAway:
    """The parts of "từ 20/3 đến 25/3 Nguyễn An thay".

    Args:
        words: as typed, without who is away.
        names: of everyone who may stand in.
    """
    tokens = _DASHED.sub(r"\1 - ", words).replace(",", " ").replace(";", " ").split()
    folded = [fold(token) for token in tokens]
    if _INSTEAD not in folded:
        return _days(tokens, folded)
    at = len(folded) - 1 - folded[::-1].index(_INSTEAD)
    deputies, end = _name_before(tokens, at, names)
    if not deputies and at + 1 < len(tokens):  # "người thay: Nguyễn An"
        deputies, end = bearers(" ".join(tokens[at + 1 :]).strip(": ").removeprefix("là "), names), at
    while end and folded[end - 1] in _NAMING:
        end -= 1
    days = _days(tokens[:end], folded[:end])
    return SaidAway(days.first, days.last, days.is_one_day, deputies, names_deputy=True)


def _name_before(tokens: Sequence[str], at: int, names: Sequence[str]) -> tuple[tuple[int, ...], int]:
    end = at - 1 if at and tokens[at - 1] in {"làm", "lam"} else at  # with a capital it is somebody
    for count in range(min(_LONGEST_NAME, end), 0, -1):
        if found := bearers(" ".join(tokens[end - count : end]), names):
            return found, end - count
    while end and tokens[end - 1].isalpha() and tokens[end - 1][0].isupper():  # a name that nobody here has
        end -= 1
    return (), end


def _days(tokens: Sequence[str], folded: Sequence[str]) -> SaidAway:
    start = 0
    while start < len(folded) and folded[start] in _AROUND_DATES:
        start += 1
    tokens, folded = tokens[start:], folded[start:]
    if not tokens:
        return SaidAway()
    begins = folded[0] == _FROM
    split = next((i for i, token in enumerate(tokens) if token.lower() in _TO), None)
    if split is not None:
        return SaidAway(" ".join(tokens[int(begins) : split]), " ".join(tokens[split + 1 :]))
    if begins:
        return SaidAway(first=" ".join(tokens[1:]))
    return SaidAway(last=" ".join(tokens), is_one_day=folded[0] != "het")
