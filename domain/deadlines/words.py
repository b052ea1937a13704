"""Text made comparable: one Unicode form, lower case, with or without diacritics, and the way back to the original."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

BLANKS = {"*": " ", "_": " ", "\u00a0": " ", "\u200b": " ", "\u202f": " ", "–": "-", "—": "-", "’": "'"}
_BLANK = re.compile("[" + "".join(map(re.escape, BLANKS)) + "]")


def _blanked(text: str) -> str:
    return _BLANK.sub(lambda m: BLANKS[m[0]], text)


@dataclass(frozen=True)
class Folded:
    """Text ready for matching.

    Args:
        text: the folded text.
        original: what it was made from.
        at: for each folded character, where it begins in the original, plus the end; None when they
            are the same.
    """

    text: str
    original: str
    at: Sequence[int] | None = None

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The original's span for a span of the folded text."""
        return (start, end) if self.at is None else (self.at[start], self.at[end])

    def words(self, start: int, end: int) -> str:
        """The original's characters for a span of the folded text."""
        a, b = self.span(start, end)
        return self.original[a:b]


def fold(text: str, *, bare: bool = False) -> Folded:
    """Lower-case NFC text, with emphasis marks blanked; ``bare`` also takes the diacritics away."""
    change = _bare_char if bare else _lower_char
    if unicodedata.is_normalized("NFC", text):
        lowered = text.lower()
        if not bare and len(lowered) == len(text):
            return Folded(_blanked(lowered), text)
        return Folded(_blanked("".join(map(change, text))), text)
    pieces, at = [], []
    for found in re.finditer(r"[\s\S][\u0300-\u036f]*", text):
        for char in unicodedata.normalize("NFC", found[0]):
            pieces.append(change(char))
            at.append(found.start())
    return Folded(_blanked("".join(pieces)), text, [*at, len(text)])


@lru_cache(maxsize=4096)
def _lower_char(char: str) -> str:
    lowered = char.lower()
    return lowered if len(lowered) == 1 else char


@lru_cache(maxsize=4096)
def _bare_char(char: str) -> str:
    base = unicodedata.normalize("NFD", _lower_char(char))[0]
    return "d" if base == "đ" else base


def without_diacritics(text: str) -> str:
    """The letters as typed without diacritics, in lower case."""
    return fold(text, bare=True).text


def has_diacritics(text: str) -> bool:
    """Whether any Vietnamese letter of the text carries a diacritic."""
    return not text.isascii() and any(_bare_char(c) != _lower_char(c) or unicodedata.combining(c) for c in text)


@dataclass(frozen=True)
class Pattern:
    """One pattern in two spellings: with diacritics, and as people type without them."""

    full: re.Pattern[str]
    bare: re.Pattern[str]

    def pick(self, bare: bool) -> re.Pattern[str]:
        """The spelling wanted."""
        return self.bare if bare else self.full


def pattern(source: str) -> Pattern:
    """Compile a pattern written in lower-case NFC Vietnamese; a space in it stands for any white space."""
    source = source.replace(" ", r"\s+")
    return Pattern(re.compile(source), re.compile("".join(_strip(c) for c in source)))


def _strip(char: str) -> str:
    # Only letters: the escapes of the pattern language (\S, \D) must keep their case.
    return char if char.isascii() else _bare_char(char)
