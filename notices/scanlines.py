"""From recognised words to the words of a page as a PDF file has them: in points, upright, and which are doubtful."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from statistics import median

from notices.ocr import Word
from notices.paragraphs import clean
from notices.pdf_words import PageWords, Rule
from notices.pdf_words import Word as Placed
from notices.scanrules import Ruling

# Of 50,000 recognised words 185 were wrong: half of them are below the first limit, and one right word in 300.
DOUBT = 80.0
DOUBT_DIGITS = 90.0  # a wrong digit looks like a right one
NOISE = 40.0  # a speck or a rule that was taken for a sign
POINTS_PER_INCH = 72
SIZE_OF_HEIGHT = 1.2  # a font's size to the usual height of its words' boxes
SKEW_WORDS = 5  # a shorter line tells little of how the page lies
LETTERS = re.compile(r"[^\W_]")
ITEM = re.compile(r"[\dIVXl]{1,4}(?:\.\d{1,2}){0,3}[.)]?|[a-zđ]\)")
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
        found: its words where they stand.
        lines: as they were recognised, to look for a stamp in.
        doubts: the words that were hard to read.
    """

    found: PageWords
    lines: tuple[str, ...]
    doubts: tuple[Doubt, ...]


def scanned_page(words: Sequence[Word], page: int, dpi: int, width: int, ruling: Ruling | None = None) -> ScannedPage:
    """The words of a page.

    Args:
        words: in reading order.
        page: its number, counted from 1.
        dpi: of the picture.
        width: of the picture, in pixels.
        ruling: its tables, if it has any.
    """
    kept = _without_noise(words)
    rows = [list(row) for _, row in groupby(kept, key=lambda word: word.line)]
    scale = POINTS_PER_INCH / dpi
    size = SIZE_OF_HEIGHT * median(w.height for w in kept) * scale if kept else 0.0
    if ruling is None:
        placed = _placed(rows, _slope(rows), 0.0, scale, size)
        found = PageWords(page, placed, "", [], [], width * scale)
    else:
        cells = [part for row in rows for part in _in_cells(row, ruling, scale)]
        placed = _placed(cells, ruling.slope, ruling.slope, scale, size)
        found = PageWords(page, placed, "", list(ruling.across), list(ruling.down), width * scale)
    return ScannedPage(found, tuple(" ".join(w.text for w in row) for row in rows), tuple(_doubts(kept, page)))


def _placed(rows: Sequence[Sequence[Word]], slope: float, shear: float, scale: float, size: float) -> list[Placed]:
    """The words on the page put straight; ``shear``: how far its upright lines lean, pixels per pixel."""
    return [
        Placed(
            clean(word.text),
            (word.left + shear * word.bottom) * scale,
            (word.right + shear * word.bottom) * scale,
            -_height(row, slope) * scale,
            size,
        )
        for row in rows
        for word in row
    ]


def _in_cells(row: Sequence[Word], ruling: Ruling, scale: float) -> Iterator[list[Word]]:
    """A line where upright rules cross it: what stands in two cells seldom stands at one height."""
    part: list[Word] = []
    for word in row:
        if part and any(_is_between(rule, part[-1], word, ruling.slope, scale) for rule in ruling.down):
            yield part
            part = []
        part.append(word)
    if part:
        yield part


def _is_between(rule: Rule, before: Word, word: Word, slope: float, scale: float) -> bool:
    middles = [((w.left + w.right) / 2 + slope * w.bottom) * scale for w in (before, word)]
    height = -(word.bottom - slope * word.left) * scale
    return middles[0] < rule.at < middles[1] and rule.low <= height <= rule.high


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


def _slope(rows: Sequence[Sequence[Word]]) -> float:
    """How far the lines of a page fall, pixels per pixel: no page lies straight on the glass."""
    falls = [
        (row[-1].bottom - row[0].bottom) / (row[-1].left - row[0].left)
        for row in rows
        if len(row) >= SKEW_WORDS and row[-1].left > row[0].left
    ]
    slope = median(falls) if falls else 0.0
    return slope if math.isfinite(slope) and abs(slope) < 0.2 else 0.0


def _height(row: Sequence[Word], slope: float) -> float:
    """Where a line stands, from the top, on the page put straight."""
    return median(word.bottom - slope * word.left for word in row)


def _doubts(words: Sequence[Word], page: int) -> list[Doubt]:
    texts = ["", *(clean(word.text) for word in words), ""]
    return [
        Doubt(texts[i], texts[i - 1], texts[i + 1], page)
        for i, word in enumerate(words, 1)
        if _is_doubtful(word) and LETTERS.search(word.text) and not _is_number_of_item(words, i - 1)
    ]


def _is_number_of_item(words: Sequence[Word], place: int) -> bool:
    """ "2.1." at the beginning of a line: it says nothing of the task."""
    opens = place == 0 or words[place - 1].line != words[place].line
    return opens and ITEM.fullmatch(words[place].text) is not None


def _is_doubtful(word: Word) -> bool:
    return word.confidence < (DOUBT_DIGITS if re.search(r"\d", word.text) else DOUBT)
