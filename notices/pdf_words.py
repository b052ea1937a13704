"""The words of a PDF page with their places, and the lines that are ruled on it."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterator
from ctypes import byref, c_double, c_float
from dataclasses import dataclass
from typing import Any

from notices.errors import UnreadableDocument
from notices.paragraphs import clean

MAX_RULES = 20_000  # on a page; a drawing, not a table
MIN_RULE = 8.0  # points
THICKNESS = 3.5  # points; a thicker bar is an area
TIGHT = 0.13  # of the letters' size: a smaller gap is none, whatever the font's tables say
RAISED = 0.82  # of the size of the letters beside it
MEASURES = frozenset(("m", "km", "cm", "dm", "mm", "ha", "dam", "hm"))
NOTE_MARK = re.compile(r"(?P<word>.*?[^\W\d_].*?|[^\d]*[.,;:)\"”])(?P<n>\d{1,2})(?P<end>[.,;:)]*)", re.DOTALL)
MARK_ENDS = frozenset("0123456789.,;:)")
HYPHENS = {"\ufffe": "-", "\x02": "-", "\u00ad": "-"}


@dataclass(slots=True)
class Word:
    """A word on the page, in points; y grows upwards.

    Args:
        text: its letters.
        x0: left edge.
        x1: right edge.
        y: the line it stands on.
        size: of its letters.
    """

    text: str
    x0: float
    x1: float
    y: float
    size: float


@dataclass(slots=True)
class Rule:
    """A straight ruled line: at ``at``, from ``low`` to ``high`` along the other axis."""

    at: float
    low: float
    high: float


@dataclass(slots=True)
class PageWords:
    """What stands on a page, turned upright.

    Args:
        number: of the page, counted from 1.
        words: those that run in the direction of most, in the order of the file.
        aside: the words that run otherwise (a watermark, a stamp at the edge).
        across: horizontal rules.
        down: vertical rules.
        width: of the upright page, in points.
    """

    number: int
    words: list[Word]
    aside: str
    across: list[Rule]
    down: list[Rule]
    width: float


def page_words(document: Any, number: int) -> PageWords:
    """The words and rules of a page.

    Args:
        document: a ``pypdfium2.PdfDocument``.
        number: of the page, counted from 0.

    Raises:
        UnreadableDocument: the page is damaged.
    """
    import pypdfium2

    try:
        page = document[number]
        text = page.get_textpage()
    except pypdfium2.PdfiumError as error:
        raise UnreadableDocument(f"pdf page {number + 1}: {error}") from error
    try:
        words, aside, turns = _upright(_Text(text))
        across, down = _rules(page)
        left, bottom, right, top = page.get_mediabox()
    finally:
        text.close()
        page.close()
    if turns:
        across, down = _turned_rules(across, down, turns)
    return PageWords(number + 1, words, aside, across, down, top - bottom if turns % 2 else right - left)


class _Text:
    """The characters of a page by their index.

    The text of a whole page leaves out some characters that have an index, so that the two agree only where their
    lengths do.
    """

    def __init__(self, page: Any) -> None:
        import pypdfium2.raw as raw

        self.raw = raw
        self.page = page
        count = page.count_chars()
        text = page.get_text_range() if count else ""
        if len(text) != count or any(c > "\uffff" for c in text):
            text = "".join(self._char(i) for i in range(count))
        self.text = "".join(HYPHENS.get(c, c) for c in text) if any(c in text for c in HYPHENS) else text
        written = self.text.replace("\r", "")
        self.is_clean = clean(written) == written
        self._box = raw.FS_RECTF()
        self._matrix = raw.FS_MATRIX()
        self._x, self._y = c_double(), c_double()

    def _char(self, index: int) -> str:
        code = self.raw.FPDFText_GetUnicode(self.page, index)
        return chr(code) if 0 < code <= 0x10FFFF and not 0xD800 <= code <= 0xDFFF else " "

    def box(self, index: int) -> tuple[float, float, float, float]:
        """Left, bottom, right, top of a character with the room its font gives it."""
        box = self._box
        if not self.raw.FPDFText_GetLooseCharBox(self.page, index, byref(box)):
            return (0.0, 0.0, 0.0, 0.0)
        return (box.left, box.bottom, box.right, box.top)

    def origin(self, index: int) -> tuple[float, float]:
        """Where a character begins on its line."""
        if not self.raw.FPDFText_GetCharOrigin(self.page, index, byref(self._x), byref(self._y)):
            return (0.0, 0.0)
        return (self._x.value, self._y.value)

    def size(self, index: int) -> float:
        """The size of a character before its line's scale."""
        return float(self.raw.FPDFText_GetFontSize(self.page, index))

    def scale(self, index: int) -> float:
        """How much larger than their font's size letters are drawn."""
        matrix = self._matrix
        if not self.raw.FPDFText_GetMatrix(self.page, index, byref(matrix)):
            return 1.0
        return math.hypot(matrix.c, matrix.d) or 1.0

    def turns(self, index: int) -> int | None:
        """How many right angles the writing is turned at a character, anticlockwise; None where it runs askew."""
        angle = self.raw.FPDFText_GetCharAngle(self.page, index)  # clockwise
        quarter = angle / (math.pi / 2)
        return -round(quarter) % 4 if abs(quarter - round(quarter)) < 0.1 else None

    def is_made_up(self, index: int) -> bool:
        """Whether a character is not in the file but put in by the library, for a gap."""
        return bool(self.raw.FPDFText_IsGenerated(self.page, index) == 1)


def _upright(text: _Text) -> tuple[list[Word], str, int]:
    """The words that run in the main direction, those that do not, and that direction."""
    lines = [(m.start(), m.end()) for m in re.finditer(r"[^\r\n]*[^\s][^\r\n]*", text.text)]
    turns = [text.turns(_first(text.text, start)) for start, _ in lines]
    weight: Counter[int] = Counter()
    for (start, end), turn in zip(lines, turns, strict=True):
        weight[turn if turn is not None else -1] += end - start
    straight = [turn for turn, _ in weight.most_common() if turn >= 0]
    main = straight[0] if straight else 0
    words: list[Word] = []
    aside: list[str] = []
    for (start, end), turn in zip(lines, turns, strict=True):
        if turn == main:
            words += _words(text, start, end, main)
        else:
            aside.append(clean(text.text[start:end]))
    return words, "\n".join(aside), main


def _first(text: str, start: int) -> int:
    while text[start].isspace():
        start += 1
    return start


def _words(text: _Text, start: int, end: int, turns: int) -> Iterator[Word]:
    """The words of a line; a gap that the library only supposed, and that is none, is closed."""
    last: Word | None = None
    scale = text.scale(_first(text.text, start))
    for match in re.finditer(r"\S+", text.text[start:end]):
        word = _word(text, start + match.start(), start + match.end(), turns, scale)
        if word is None:
            continue
        gap = start + match.start() - 1
        if last and word.x0 - last.x1 < TIGHT * last.size and gap >= start and text.is_made_up(gap):
            last = Word(last.text + word.text, last.x0, word.x1, last.y, last.size)
            continue
        if last:
            yield last
        last = word
    if last:
        yield last


def _word(text: _Text, start: int, end: int, turns: int, scale: float) -> Word | None:
    written = text.text[start:end]
    if written[-1] in MARK_ENDS and (marked := NOTE_MARK.fullmatch(written)):
        written = _without_mark(text, written, start, marked)
    if not text.is_clean:
        written = clean(written).strip()
    if not written:
        return None
    x, y = text.origin(start)
    right = text.box(end - 1)
    if turns:
        x, y, _, _ = _turned((x, y, x, y), turns)
        right = _turned(right, turns)
    return Word(written, x, max(x, right[2]), y, text.size(start) * scale)


def _without_mark(text: _Text, written: str, start: int, marked: re.Match[str]) -> str:
    """The word without the small raised number of a note."""
    if marked["word"].lower() in MEASURES:
        return written
    small = text.size(start + marked.start("n")) < RAISED * text.size(start)
    return marked["word"] + marked["end"] if small else written


def _turned(box: tuple[float, float, float, float], turns: int) -> tuple[float, float, float, float]:
    """A box after the page is turned back clockwise by so many right angles."""
    left, bottom, right, top = box
    if turns == 1:
        return (bottom, -right, top, -left)
    if turns == 2:
        return (-right, -top, -left, -bottom)
    if turns == 3:
        return (-top, left, -bottom, right)
    return box


def _turned_rules(across: list[Rule], down: list[Rule], turns: int) -> tuple[list[Rule], list[Rule]]:
    boxes = [(r.low, r.at, r.high, r.at) for r in across] + [(r.at, r.low, r.at, r.high) for r in down]
    edges = [_turned(box, turns) for box in boxes]
    return (
        [Rule(b, x0, x1) for x0, b, x1, t in edges if abs(t - b) < abs(x1 - x0)],
        [Rule(x0, b, t) for x0, b, x1, t in edges if abs(t - b) >= abs(x1 - x0)],
    )


def _rules(page: Any) -> tuple[list[Rule], list[Rule]]:
    """The straight lines among the drawings of a page, horizontal and vertical."""
    import pypdfium2.raw as raw

    across: list[Rule] = []
    down: list[Rule] = []
    left, bottom, right, top = c_float(), c_float(), c_float(), c_float()
    budget = MAX_RULES
    for index in range(raw.FPDFPage_CountObjects(page)):
        thing = raw.FPDFPage_GetObject(page, index)
        if raw.FPDFPageObj_GetType(thing) != raw.FPDF_PAGEOBJ_PATH:
            continue
        budget -= 1
        if budget < 0:
            return [], []
        if not raw.FPDFPageObj_GetBounds(thing, byref(left), byref(bottom), byref(right), byref(top)):
            continue
        box = (left.value, bottom.value, right.value, top.value)
        if min(box[2] - box[0], box[3] - box[1]) <= THICKNESS:
            _add(across, down, box)
            continue
        edges = _edges(raw, thing, budget)
        budget -= len(edges)
        for edge in edges:
            _add(across, down, edge)
    return across, down


def _add(across: list[Rule], down: list[Rule], box: tuple[float, float, float, float]) -> None:
    left, bottom, right, top = box
    if right - left >= MIN_RULE and top - bottom <= THICKNESS:
        across.append(Rule((bottom + top) / 2, left, right))
    elif top - bottom >= MIN_RULE and right - left <= THICKNESS:
        down.append(Rule((left + right) / 2, bottom, top))


def _edges(raw: Any, path: Any, limit: int) -> list[tuple[float, float, float, float]]:
    """The straight pieces of a drawing that is more than one line: a frame, or a whole table in one."""
    matrix = raw.FS_MATRIX()
    if not raw.FPDFPageObj_GetMatrix(path, byref(matrix)):
        return []
    x, y = c_float(), c_float()
    edges = []
    begin = before = None
    for index in range(min(raw.FPDFPath_CountSegments(path), limit)):
        segment = raw.FPDFPath_GetPathSegment(path, index)
        if not raw.FPDFPathSegment_GetPoint(segment, byref(x), byref(y)):
            continue
        here = (
            matrix.a * x.value + matrix.c * y.value + matrix.e,
            matrix.b * x.value + matrix.d * y.value + matrix.f,
        )
        kind = raw.FPDFPathSegment_GetType(segment)
        if kind == raw.FPDF_SEGMENT_MOVETO:
            begin = here
        elif kind == raw.FPDF_SEGMENT_LINETO and before is not None:
            edges.append(_edge(before, here))
        if begin is not None and raw.FPDFPathSegment_GetClose(segment):
            edges.append(_edge(here, begin))
        before = here
    return edges


def _edge(a: tuple[float, float], b: tuple[float, float]) -> tuple[float, float, float, float]:
    return (min(a[0], b[0]), min(a[1], b[1]), max(a[0], b[0]), max(a[1], b[1]))
