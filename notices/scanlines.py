"""From recognised words to the lines of a page, indented as they stand, with the words that are doubtful."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from statistics import median

from notices.ocr import Word
from notices.paragraphs import Line, clean

# Of 50,000 recognised words 185 were wrong: half of them are below the first limit, and one right word in 300.
DOUBT = 80.0
DOUBT_DIGITS = 90.0  # a wrong digit looks like a right one
NOISE = 40.0  # a speck or a rule that was taken for a sign
POINTS_PER_SPACE = 5.0
POINTS_PER_INCH = 72
COLUMN = 4.0  # widths of a letter between two columns
COLUMN_GAPS = 2.5  # and so many times the line's own spaces: a justified line has wide ones
LETTERS = re.compile(r"[^\W_]")
SIGNS_THAT_OPEN = frozenset("-–—+•●○▪◦*~¬=«»†‡")


@dataclass(frozen=True)
class Doubt:
    """A word that was hard to read, between its neighbours.

    Args:
        text: as recognised.
        before, after: the words beside it, "" at the ends of the page.
        page: counted from 1.
    """

    text: str
    before: str
    after: str
    page: int


@dataclass(frozen=True)
class ScannedPage:
    """What was recognised on a page.

    Args:
        lines: from top to bottom, with an empty one where there is a gap.
        doubts: the words that were hard to read.
        confidence: of all words, on average, 0-100; 0 without words.
    """

    lines: tuple[Line, ...]
    doubts: tuple[Doubt, ...]
    confidence: float


def scanned_page(words: Sequence[Word], page: int, dpi: int) -> ScannedPage:
    """The lines of a page.

    Args:
        words: in reading order.
        page: its number, counted from 1.
        dpi: of the picture.
    """
    rows = [list(row) for _, row in groupby(_without_noise(words), key=lambda word: word.line)]
    kept = [word for row in rows for word in row]
    if not kept:
        return ScannedPage((), (), 0.0)
    left = min(word.left for word in kept)
    step = median(max(w.height for w in row) for row in rows)
    letter = median(w.width / len(w.text) for w in kept)
    lines: list[Line] = []
    before: list[Word] = []
    for row in rows:
        if before and _is_apart(before, row, step):
            lines.append(Line("", page))
        indent = (row[0].left - left) * POINTS_PER_INCH / dpi / POINTS_PER_SPACE
        lines.append(Line(" " * round(indent) + _written(row, letter), page))
        before = row
    lines.append(Line("", page))
    return ScannedPage(tuple(lines), tuple(_doubts(kept, page)), _confidence(kept))


def _without_noise(words: Sequence[Word]) -> list[Word]:
    """Without what rules, frames and specks were taken for; a sign that opens a line may be its bullet."""
    kept: list[Word] = []
    for word in words:
        opens = not kept or kept[-1].line != word.line
        is_written = LETTERS.search(word.text) is not None
        bullet = opens and word.text in SIGNS_THAT_OPEN
        if bullet or (word.confidence >= NOISE / 2 if is_written else word.confidence >= NOISE and word.text != "|"):
            kept.append(word)
    return kept


def _is_apart(above: Sequence[Word], below: Sequence[Word], step: float) -> bool:
    """Whether there is more between two lines than their leading, or another column begins."""
    high = max(step, max(w.height for w in below))
    drop = max(w.bottom for w in below) - max(w.bottom for w in above)
    return drop > 2.2 * high or drop < -high


def _written(row: Sequence[Word], letter: float) -> str:
    """The words of a line; three spaces where another column begins."""
    gaps = [b.left - a.right for a, b in pairwise(row)]
    usual = sorted(gaps)[len(gaps) // 2] if len(gaps) > 2 else letter
    text = row[0].text
    for gap, word in zip(gaps, row[1:], strict=True):
        is_column = gap > COLUMN * letter and gap > COLUMN_GAPS * max(usual, 1)
        text += ("   " if is_column else " ") + word.text
    return clean(text)


def _doubts(words: Sequence[Word], page: int) -> list[Doubt]:
    texts = ["", *(clean(word.text) for word in words), ""]
    return [
        Doubt(texts[i], texts[i - 1], texts[i + 1], page)
        for i, word in enumerate(words, 1)
        if _is_doubtful(word) and LETTERS.search(word.text)
    ]


def _is_doubtful(word: Word) -> bool:
    return word.confidence < (DOUBT_DIGITS if re.search(r"\d", word.text) else DOUBT)


def _confidence(words: Sequence[Word]) -> float:
    letters = sum(len(word.text) for word in words)
    return sum(word.confidence * len(word.text) for word in words) / letters
