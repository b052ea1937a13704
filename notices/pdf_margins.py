"""How the paragraphs of a PDF file are set: where its lines begin and end, justified or ragged, indented, spaced.

All of it is told from lines that surely go on with the one before them, for they begin with a small letter in the
middle of a sentence, and from those that surely do not: numbered ones, and those after a short line.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median

from notices.outline import marker_of
from notices.pdf_layout import Page, Printed

SENTENCE_END = (".", ";", ":", "!", "?", "…")
NEXT_NUMBER = re.compile(r"[;:,.]\s+\d{1,2}[.)]$")
ENOUGH = 5  # lines that go on, to tell how a document is set
FEW = 4  # lines that begin a paragraph, to tell the same
JUSTIFIED = 0.7  # of them end at one edge
EDGE = 1.5  # points within which two lines begin or end at one place
SELDOM = 0.03  # of the lines that go on: fewer at a place are none
MOST = 0.8  # of the first lines stand in, or further from the line above
INDENT = 0.6  # of the letters' size


@dataclass
class Setting:
    """How the text of pages of one width is set.

    Args:
        right: the right edge of its lines.
        justified: whether full lines end at that edge.
        spaced: whether paragraphs stand further apart than lines.
        indents: whether first lines begin where no line goes on.
        starts: how many lines that go on begin at each place, in points.
    """

    right: float
    justified: bool = False
    spaced: bool = False
    indents: bool = False
    starts: Counter[int] = field(default_factory=Counter)

    @property
    def tells(self) -> bool:
        """Whether enough lines go on to say where such lines begin."""
        return self.starts.total() >= ENOUGH

    def may_go_on_at(self, x: float) -> bool:
        """Whether lines that go on with a paragraph begin at a place."""
        near = sum(self.starts[round(x) + d] for d in (-2, -1, 0, 1, 2))
        return near > SELDOM * self.starts.total()


def is_ended(text: str) -> bool:
    """Whether a sentence ends with a line; the number of a list's next item ("…; 2.") ends none."""
    return text.endswith(SENTENCE_END) and NEXT_NUMBER.search(text) is None


def settings(pages: Sequence[Page]) -> dict[int, Setting]:
    """The setting for each width of page, rounded to points."""
    by_width: dict[int, list[Page]] = {}
    for page in pages:
        by_width.setdefault(round(page.width), []).append(page)
    return {width: _setting(width, group) for width, group in by_width.items()}


def step_of(page: Page) -> float:
    """From one line of a paragraph to the next on a page, in sizes of its letters: the least that is usual."""
    pairs = [(a[0], b[0]) for a, b in pairwise(page.rows) if a[0].size > 0]
    steps = sorted((a.y - b.y) / a.size for a, b in pairs if 0.9 * a.size < a.y - b.y < 2.2 * a.size)
    return steps[len(steps) // 10] if steps else 0.0


def _setting(width: int, pages: Sequence[Page]) -> Setting:
    lines = [row[0] for page in pages for row in page.rows if len(row) == 1 and row[0].size > 0]
    edges = sorted(line.x1 for line in lines if line.x1 - line.x0 > 0.5 * width)
    right = edges[int(0.9 * len(edges))] if edges else 0.9 * width
    going = [(a, b) for page in pages for a, b in _alone(page) if _surely_goes_on(a, b)]
    setting = Setting(right, starts=Counter(round(b.x0) for _, b in going))
    if len(going) >= ENOUGH:
        ends = [a.x1 for a, _ in going]
        edge = sorted(ends)[int(0.9 * len(ends))]
        setting.justified = sum(abs(x - edge) <= EDGE for x in ends) >= JUSTIFIED * len(ends)
        setting.right = edge if setting.justified else max(right, edge)
    begun = [(a, b) for page in pages for a, b in _alone(page) if _surely_begins(a, b, setting.right)]
    if len(begun) < FEW or not setting.tells:
        return setting
    usual = median((a.y - b.y) / b.size for a, b in going)
    setting.spaced = sum((a.y - b.y) / b.size > 1.12 * usual for a, b in begun) >= MOST * len(begun)
    setting.indents = sum(not setting.may_go_on_at(b.x0) for _, b in begun) >= MOST * len(begun)
    return setting


def _alone(page: Page) -> Iterator[tuple[Printed, Printed]]:
    return ((a[0], b[0]) for a, b in pairwise(page.rows) if len(a) == len(b) == 1 and b[0].size > 0)


def _surely_goes_on(before: Printed, line: Printed) -> bool:
    return line.text[:1].islower() and not is_ended(before.text) and marker_of(line.text) is None


def _surely_begins(before: Printed, line: Printed, right: float) -> bool:
    """With a number after a sentence, or after a line that had room for its first words."""
    if not is_ended(before.text):
        return False
    return marker_of(line.text) is not None or before.x1 + 2 * line.first + 3 * line.size < right
