"""From the words of PDF pages to paragraphs: columns apart, page furniture out, lines together."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from notices.outline import marker_of
from notices.paragraphs import PAGE_NUMBER, Paragraph, laid_out
from notices.pdf_tables import Table, lines_of, tables_of, together
from notices.pdf_words import PageWords, Word

WIDE = 1.3  # of the letters' size: a gap that may part two columns
STANDS_OUT = 2.2  # times the other gaps of its line
SMALL = 0.88  # of the body's letters: those of a footnote
EDGE_ROWS = 2  # at the top and the foot of a page that may be repeated on others
SAME_PLACE = 6.0  # points
NOTE = re.compile(r"[\[(]?(?:\d{1,2}|\*{1,3})[\])]?(?:\s|[A-ZĐÀ-Ỹ])")
SIGNED = re.compile(r"(?i)^(?:(?:được )?ký (?:bởi|số bởi)|người ký|thời gian ký|ngày ký|email|cơ quan)\s*:")
BARE_MARKER = re.compile(r"\(?(?:[IVXLC]{1,6}|\d{1,2}(?:\.\d{1,2}){0,3}|[A-Za-zĐđ])[.)/:]?|[-–—+•●○▪*]")
SENTENCE_END = (".", ";", ":", "!", "?", "…")
NUMBERED_WORD = re.compile(
    r"(?i)(?:^|\s)(?:tháng|quý|ngày|số|điều|khoản|năm|mục|điểm|phần|chương|khóa|lần|đợt|tuần|cấp|hạng|nhóm|và|đến|từ)$"
)
NEVER_JOINED = re.compile(r"(?:Nơi nhận|Kính gửi|Số\s*:|KT\.|TM\.|TL\.|TUQ\.|Q\.)")


@dataclass(slots=True)
class Printed:
    """A line, or the part of one that stands in a column.

    Args:
        text: its words.
        x0: left edge in points.
        x1: right edge.
        y: where it stands; upwards.
        size: of its letters.
        first: the width of its first word.
        page: counted from 1.
        column: 0 for the text itself; each column of a header or closing has its own number.
    """

    text: str
    x0: float
    x1: float
    y: float
    size: float
    first: float
    page: int
    column: int = 0


@dataclass(slots=True)
class Page:
    """A page in its parts: rows of lines from the top, and its tables."""

    number: int
    width: float
    rows: list[list[Printed]]
    tables: list[Table]


def laid_page(found: PageWords) -> Page:
    """The lines and tables of a page."""
    tables = tables_of(found.across, found.down)
    words = [word for word in found.words if not any(table.take(word) for table in tables)]
    rows = [_parted(line, found.number) for line in lines_of(words)]
    return Page(found.number, found.width, _side_by_side(rows), tables)


def _parted(words: list[Word], page: int) -> list[Printed]:
    """A line where it has gaps that part columns."""
    gaps = [b.x0 - a.x1 for a, b in pairwise(words)]
    if not gaps or max(gaps) <= WIDE * min(word.size for word in words):
        return [_printed(words, page)]
    parts = [[words[0]]]
    for index, (word, gap) in enumerate(zip(words[1:], gaps, strict=True)):
        others = gaps[:index] + gaps[index + 1 :]
        usual = median(others) if others else 0.0
        begun = len(parts) > 1 or len(parts[0]) > 1 or not BARE_MARKER.fullmatch(words[0].text)
        if begun and gap > WIDE * word.size and gap > STANDS_OUT * usual:
            parts.append([word])
        else:
            parts[-1].append(word)
    return [_printed(part, page) for part in parts]


def _printed(words: list[Word], page: int) -> Printed:
    text = " ".join(word.text for word in words)
    size = median(word.size for word in words)
    first = words[0].x1 - words[0].x0
    return Printed(text, words[0].x0, max(w.x1 for w in words), words[0].y, size, first, page)


def _side_by_side(rows: list[list[Printed]]) -> list[list[Printed]]:
    """Rows that stand a part of a line apart, in two columns, are one row."""
    found: list[list[Printed]] = []
    for row in rows:
        above = found[-1] if found else None
        near = above is not None and above[0].y - row[0].y < 0.9 * min(above[0].size, row[0].size)
        if above is not None and near and all(a.x1 < b.x0 or b.x1 < a.x0 for a in above for b in row):
            found[-1] = sorted([*above, *row], key=lambda part: part.x0)
        else:
            found.append(row)
    return found


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


def flow(page: Page) -> Iterator[Printed | Table]:
    """The lines and tables of a page in reading order: of two columns the left one first."""
    rows = list(page.rows)
    for table in page.tables:
        above = [row for row in rows if row[0].y > table.top]
        yield from _in_order(above)
        yield table
        rows = rows[len(above) :]
    yield from _in_order(rows)


def _in_order(rows: list[list[Printed]]) -> Iterator[Printed]:
    at = 0
    while at < len(rows):
        end = _columns_end(rows, at)
        if end > at:
            yield from _columns(rows[at:end], _gutter(rows[at:end]))
            at = end
            continue
        row = rows[at]
        yield row[0] if len(row) == 1 else _one_line(row)
        at += 1


def _one_line(row: list[Printed]) -> Printed:
    """A stretched line whose gaps part no columns, for no other row has one there."""
    wide = max(b.x0 - a.x1 for a, b in pairwise(row)) > 3 * row[0].size
    text = ("   " if wide else " ").join(part.text for part in row)
    return Printed(text, row[0].x0, row[-1].x1, row[0].y, row[0].size, row[0].first, row[0].page)


def _columns_end(rows: list[list[Printed]], at: int) -> int:
    """Where a block of two columns ends that begins at a row; the same place where none begins."""
    if len(rows[at]) < 2:
        return at
    gutter = _gap(rows[at])
    end, pairs = at + 1, 1
    for index in range(at + 1, len(rows)):
        row = rows[index]
        free = _free(row, gutter)
        if free is None:
            break
        gutter = free
        if len(row) > 1 or _goes_on_in_column(rows[index - 1], row[0]):
            end, pairs = index + 1, pairs + 1
    return end if pairs > 1 or _stands_apart(rows[at]) else at


def _stands_apart(row: list[Printed]) -> bool:
    """A lone row with two halves far from each other, as the first of a closing."""
    return max(b.x0 - a.x1 for a, b in pairwise(row)) > 3 * row[0].size


def _gap(row: Sequence[Printed]) -> tuple[float, float]:
    return max(((a.x1, b.x0) for a, b in pairwise(row)), key=lambda gap: gap[1] - gap[0])


def _free(row: Sequence[Printed], gutter: tuple[float, float]) -> tuple[float, float] | None:
    """What a row leaves of a gutter; None where it stands across it."""
    low, high = gutter
    for part in row:
        if part.x0 < low and part.x1 > high:
            return None
        if (part.x0 + part.x1) / 2 < (low + high) / 2:
            low = max(low, part.x1)
        else:
            high = min(high, part.x0)
    return (low, high) if high - low > 0.4 * row[0].size else None


def _gutter(rows: Sequence[Sequence[Printed]]) -> float:
    gutter = _gap(next(row for row in rows if len(row) > 1))
    for row in rows:
        gutter = _free(row, gutter) or gutter
    return sum(gutter) / 2


def _goes_on_in_column(above: Sequence[Printed], part: Printed) -> bool:
    """Whether a line alone is the next one of a column: close under it, and in its middle or at its edge."""
    for other in above:
        close = other.y - part.y < 1.7 * other.size
        middle = abs((other.x0 + other.x1) - (part.x0 + part.x1)) < part.size
        if close and (middle or abs(other.x0 - part.x0) < 2) and len(above) > 1:
            return True
    return False


def _columns(rows: Sequence[Sequence[Printed]], gutter: float) -> Iterator[Printed]:
    parts = [part for row in rows for part in row]
    for side in (1, 2):
        for part in parts:
            if ((part.x0 + part.x1) / 2 < gutter) == (side == 1):
                part.column = round(parts[0].y) * 2 + side
                yield part


def paragraphs_of_pages(pages: Sequence[Page]) -> list[Paragraph]:
    """The paragraphs of all pages; a table's row is one, with its cells."""
    margins = _right_margins(pages)
    found: list[tuple[str, int, tuple[str, ...]]] = []
    before: Printed | None = None
    rows: _Rows | None = None
    for page in pages:
        step = _step(page)
        for thing in flow(page):
            if isinstance(thing, Table):
                rows = _Rows(page.number, thing, rows)
                found += rows.items(found)
                before = None
                continue
            rows = None
            if before is not None and _goes_on(before, thing, margins[round(page.width)], step):
                text, number, _ = found[-1]
                found[-1] = (together(text, thing.text), number, ())
            else:
                found.append((thing.text, page.number, ()))
            before = thing
    return [Paragraph(laid_out(t), n, i, cells) for i, (t, n, cells) in enumerate((f for f in found if f[0]), 1)]


def _right_margins(pages: Sequence[Page]) -> dict[int, float]:
    """The right edge of the text for each width of page."""
    edges: dict[int, list[float]] = {}
    for page in pages:
        lines = (part for row in page.rows if len(row) == 1 for part in row)
        edges.setdefault(round(page.width), []).extend(x.x1 for x in lines if x.x1 - x.x0 > 0.5 * page.width)
    return {w: sorted(found)[int(0.9 * len(found))] if found else 0.9 * w for w, found in edges.items()}


def _step(page: Page) -> float:
    """From one line of a paragraph to the next on a page, in sizes of its letters: the least that is usual."""
    pairs = [(a[0], b[0]) for a, b in pairwise(page.rows) if a[0].size > 0]
    steps = sorted((a.y - b.y) / a.size for a, b in pairs if 0.9 * a.size < a.y - b.y < 2 * a.size)
    return steps[len(steps) // 10] if steps else 0.0


def _goes_on(before: Printed, line: Printed, right: float, step: float) -> bool:
    """Whether a line goes on with the paragraph of the one before it."""
    if before.column != line.column or before.text.endswith("./.") or NEVER_JOINED.match(line.text):
        return False
    if "   " in before.text or "   " in line.text:
        return False
    if together(before.text, line.text) == before.text + line.text:
        return True  # the line's end cuts a word or a sign
    ended = before.text.endswith(SENTENCE_END)
    full = before.x1 + 0.2 * line.size + line.first > right if not line.column else True
    if marker_of(line.text) and not (full and not ended and _is_no_marker(before.text, line.text)):
        return False
    if before.text.isupper() and not line.text.isupper() and not full:
        return False  # a type of document above its title
    if line.text[:1].islower():
        return not (ended and before.text.endswith((".", ":", "!", "?")) and not full)
    if before.text.isupper() != line.text.isupper() and before.text.isupper():
        return False
    if line.column:
        return not ended and before.text.isupper() == line.text.isupper() and _is_cut(before.text)
    near = (1.2 if ended else 1.6) * step * line.size
    apart = before.page == line.page and step > 0 and before.y - line.y > near
    indented = ended and line.x0 > before.x0 + 0.6 * line.size and not marker_of(before.text)
    return full and not apart and not indented


def _is_no_marker(before: str, text: str) -> bool:
    """ "… kinh tế" "- xã hội", "… trong tháng" "3. Yêu cầu": what looks like a marker goes on with the sentence."""
    marker = marker_of(text)
    if marker is None or marker.kind == "dash":
        return marker is None or text[marker.end : marker.end + 1].islower()
    return marker.kind == "decimal" and NUMBERED_WORD.search(before) is not None


def _is_cut(text: str) -> bool:
    """Whether a line of a narrow column ends where no name or date does."""
    return text.endswith((",", "-")) or re.search(r"(?:^|\s)(?:ngày|tháng|năm|và|của|về|số)$", text) is not None


@dataclass
class _Rows:
    """A table's rows on their way out, and what they need of the page before."""

    page: int
    table: Table
    before: _Rows | None

    def items(self, found: list[tuple[str, int, tuple[str, ...]]]) -> list[tuple[str, int, tuple[str, ...]]]:
        """The rows as paragraphs; a row cut by the page's end is put together with its first half."""
        rows = [row for row in self.table.cells() if any(row)]
        last = found[-1][2] if found else ()
        if self._follows() and rows and len(last) == len(rows[0]):
            rows = self._continued(rows, found, last)
        return [(_shown(row), self.page, tuple(row)) for row in rows]

    def _follows(self) -> bool:
        if self.before is None or self.before.page >= self.page:
            return False
        there, here = self.before.table.columns, self.table.columns
        return len(there) == len(here) and all(abs(a - b) < SAME_PLACE for a, b in zip(there, here, strict=True))

    def _continued(
        self, rows: list[list[str]], found: list[tuple[str, int, tuple[str, ...]]], last: tuple[str, ...]
    ) -> list[list[str]]:
        head = 1 if any(item[2] == tuple(rows[0]) for item in found[-200:]) else 0
        if len(rows) == head:
            return rows
        first = rows[head]
        if not first[0] and last[0]:
            whole = [_halves(a, b) for a, b in zip(last, first, strict=True)]
            found[-1] = (_shown(whole), found[-1][1], tuple(whole))
            rows = rows[:head] + rows[head + 1 :]
        else:
            rows[head] = [x or self._from_above(last, head, c) for c, x in enumerate(first)]
        return rows[head:]

    def _from_above(self, last: tuple[str, ...], row: int, column: int) -> str:
        """A cell that spans rows of both pages has its words on the first."""
        if self.before is None:
            return ""
        bottom = len(self.before.table.region) - 1
        return last[column] if self.table.spans(row, column) or self.before.table.spans(bottom, column) else ""


def _halves(upper: str, lower: str) -> str:
    if not lower or not upper or lower == upper:
        return upper or lower
    return f"{upper}\n{lower}" if marker_of(lower) else together(upper, lower)


def _shown(cells: Iterable[str]) -> str:
    return " | ".join(" ".join(cell.split()) for cell in cells)
