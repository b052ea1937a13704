"""Where in a text the words stand that were looked for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from domain.spelling import WORD, folded_word, syllable


@dataclass(frozen=True)
class Piece:
    """A stretch of an excerpt."""

    text: str
    is_hit: bool


def has_diacritics(word: str) -> bool:
    """Whether a word is written with any, so that only its own spelling is meant."""
    return syllable(word) != folded_word(word)


def excerpt(text: str, words: Sequence[str], length: int = 140) -> tuple[Piece, ...]:
    """The stretch of a text with the most of the words, at most about ``length`` characters, the words marked."""
    places = [(m.start(), m.end()) for m in WORD.finditer(text) if _is_hit(m[0], words)]
    start, end = _window(text, places, length)
    pieces = [Piece("…", False)] if start else []
    at = start
    for first, last in places:
        if start <= first and last <= end:
            pieces += [Piece(text[at:first], False), Piece(text[first:last], True)]
            at = last
    pieces.append(Piece(text[at:end] + ("…" if end < len(text) else ""), False))
    return tuple(piece for piece in pieces if piece.text)


def _is_hit(word: str, words: Sequence[str]) -> bool:
    folded = folded_word(word)
    return any(syllable(word) == syllable(w) if has_diacritics(w) else folded == folded_word(w) for w in words)


def _window(text: str, places: Sequence[tuple[int, int]], length: int) -> tuple[int, int]:
    if len(text) <= length:
        return 0, len(text)
    begins = [first for first, _ in places] or [0]
    best = max(begins, key=lambda b: (sum(b <= first and last <= b + length for first, last in places), -b))
    start = max(0, min(best - length // 4, len(text) - length))
    start = text.rfind(" ", 0, start + 1) + 1 if start else 0
    end = min(len(text), start + length)
    return start, end if end == len(text) else max(text.rfind(" ", start, end), start + 1)
