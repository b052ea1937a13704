"""Text made comparable: one Unicode form, lower case, with or without diacritics, and the way back to the original."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

BLANKS = {"*": " ", "_": " ", "\u00a0": " ", "\u200b": " ", "\u202f": " ", "–": "-", "—": "-", "’": "'"}
EDGES = " \t\r\n\u00a0\u202f\u200b*_,;("  # what may stand around a phrase without belonging to it
_BLANK = re.compile("[" + "".join(map(re.escape, BLANKS)) + "]")
_LINE_END = re.compile(r"\r?\n")
_LISTED = re.compile(r"[a-zđ]\)")
# A phrase goes on in the next line after one of these words, whatever that line begins with.
_OPENERS = re.compile(
    r"\b(?:trước|ngày|tháng|năm|quý|quí|tuần|thứ|trong|đến|tới|hết|nhất|từ|và|vòng|hạn|không quá|đầu|giữa|cuối|tết|rằm|"
    r"vào|là|giờ|lúc)\s*$",
    re.IGNORECASE,
)
# Runs of blanks are read as one: patterns with several optional blanks in a row would try every way to share them.
_RUN = re.compile(r"\s{3,}")


def _joined_lines(text: str) -> str:
    """The text with a blank for every line end inside a sentence; no longer and no shorter than before."""
    if "\n" not in text:
        return text
    return _LINE_END.sub(lambda m: " " * len(m[0]) if _goes_on(text, m.start(), m.end()) else m[0], text)


def _goes_on(text: str, before: int, after: int) -> bool:
    line = text[after : after + 80].lstrip(" \t")
    if not line or line[0] in "\r\n-+*•":
        return False
    if line[0].islower() and not _LISTED.match(line):
        return text[max(0, before - 1) : before] not in ".;!?"
    opening = unicodedata.normalize("NFC", text[max(0, before - 24) : before])
    return _OPENERS.search(opening) is not None


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

    def trimmed(self, start: int, end: int) -> tuple[str, tuple[int, int]]:
        """The original's words for a span of the folded text, without the marks at their ends, and their span."""
        whole = self.words(start, end)
        words = whole.strip(EDGES)
        begin = self.span(start, end)[0] + whole.index(words)
        return words, (begin, begin + len(words))


@lru_cache(maxsize=64)
def fold(text: str, *, bare: bool = False) -> Folded:
    """Lower-case NFC text, with emphasis marks and line ends inside a sentence blanked, and runs of blanks made one.

    Args:
        text: what is to be read.
        bare: also take the diacritics away.
    """
    change = _bare_char if bare else _lower_char
    joined = _joined_lines(text)
    if unicodedata.is_normalized("NFC", joined) and not _RUN.search(joined):
        lowered = joined.lower()
        if not bare and len(lowered) == len(joined):
            return Folded(_blanked(lowered), text)
        return Folded(_blanked("".join(map(change, joined))), text)
    pieces, at = [], []
    for found in re.finditer(r"\s{3,}|[\s\S][\u0300-\u036f]*", joined):
        for char in _composed(found[0]):
            pieces.append(change(char))
            at.append(found.start())
    return Folded(_blanked("".join(pieces)), text, [*at, len(text)])


def _composed(piece: str) -> str:
    if piece.isspace():
        return "\n" if "\n" in piece else " "
    return unicodedata.normalize("NFC", piece)


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
