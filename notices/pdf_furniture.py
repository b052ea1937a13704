"""What only frames the pages of a PDF file: page numbers, running heads, notes of signing, footnotes."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from notices.paragraphs import PAGE_NUMBER
from notices.pdf_layout import Page, Printed

SMALL = 0.88  # of the body's letters: those of a footnote
EDGE_ROWS = 2  # at the top and the foot of a page that may be repeated on others
SAME_PLACE = 6.0  # points
NOTE = re.compile(r"[\[(]?(?:\d{1,2}|\*{1,3})[\])]?(?:\s|[A-ZĐÀ-Ỹ])")
SIGNED = re.compile(r"(?i)^(?:(?:được )?ký (?:bởi|số bởi)|người ký|thời gian ký|ngày ký|email|cơ quan)\s*:")


def without_furniture(pages: Sequence[Page]) -> list[str]:
    """Take page numbers, running heads, signing notes and footnotes out of the pages.

    Returns:
        what was taken out, for a stamp of secrecy may stand there.
    """
    taken: list[str] = []
    repeated = _repeated(pages)
    sizes: Counter[float] = Counter()
    for part in (part for page in pages for row in page.rows for part in row):
        sizes[round(part.size, 1)] += len(part.text)
    body = sizes.most_common(1)[0][0] if sizes else 0.0
    for page in pages:
        page.rows = [row for row in (_without_notes_of_signing(row, taken) for row in page.rows) if row]
        _drop_edges(page, repeated, taken)
        _drop_footnotes(page, body, taken)
    return taken


def _without_notes_of_signing(row: list[Printed], taken: list[str]) -> list[Printed]:
    kept = [part for part in row if part.size > 10 or not SIGNED.match(part.text)]
    taken += [part.text for part in row if part not in kept] if len(kept) < len(row) else []
    return kept


def _pattern(row: Sequence[Printed]) -> str:
    return re.sub(r"\d+", "#", " ".join(part.text for part in row))


def _edges(page: Page) -> Iterator[list[Printed]]:
    """The rows at the top and the foot, outermost first, where no table stands further out."""
    top = max((table.top for table in page.tables), default=float("-inf"))
    bottom = min((table.bottom for table in page.tables), default=float("inf"))
    yield from (row for row in page.rows[:EDGE_ROWS] if row[0].y > top)
    yield from (row for row in page.rows[-EDGE_ROWS:][::-1] if row[0].y < bottom)


def _repeated(pages: Sequence[Page]) -> set[tuple[str, int]]:
    """What stands at one height on many pages."""
    counts: Counter[tuple[str, int]] = Counter()
    for page in pages:
        counts.update({(_pattern(row), round(row[0].y / SAME_PLACE) + d) for row in _edges(page) for d in (-1, 0, 1)})
    return {key for key, count in counts.items() if count >= max(3, 0.4 * len(pages))}


def _drop_edges(page: Page, repeated: set[tuple[str, int]], taken: list[str]) -> None:
    outer = {id(page.rows[0]), id(page.rows[-1])} if page.rows else set()
    gone = []
    for row in _edges(page):
        number = len(row) == 1 and id(row) in outer and PAGE_NUMBER.match(row[0].text)
        if number or (_pattern(row), round(row[0].y / SAME_PLACE)) in repeated:
            gone.append(id(row))
            taken += [part.text for part in row]
    page.rows = [row for row in page.rows if id(row) not in gone]


def _drop_footnotes(page: Page, body: float, taken: list[str]) -> None:
    """The small print at the foot of a page that begins with the mark of a note."""
    start = len(page.rows)
    while start and all(part.size < SMALL * body for part in page.rows[start - 1]):
        start -= 1
    marked = next((i for i in range(start, len(page.rows)) if NOTE.match(page.rows[i][0].text)), None)
    if marked is None or marked == 0:
        return
    taken += [part.text for row in page.rows[marked:] for part in row]
    del page.rows[marked:]
