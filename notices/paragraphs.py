"""From the lines of a plain text to its paragraphs.

Some texts have a paragraph to a line; others, cut out of a page, have hard line ends, page numbers and
footnotes in the middle of sentences.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from notices.markdown import without_markup
from notices.outline import marker_of


@dataclass(frozen=True)
class Paragraph:
    """A paragraph in its place.

    Args:
        text: its words, in one Unicode form.
        page: counted from 1, where the format has pages.
        index: counted from 1.
        cells: the cells, where it is the row of a table.
    """

    text: str
    page: int | None = None
    index: int = 0
    cells: tuple[str, ...] = ()


@dataclass(frozen=True)
class Line:
    """A line of a page, as it was laid out."""

    text: str
    page: int | None = None


PAGE_NUMBER = re.compile(r"^\s*(?:[-–]\s*)?(?:trang\s+)?\d{1,3}(?:\s*/\s*\d{1,3})?(?:\s*[-–])?\s*$", re.IGNORECASE)
FOOTNOTE = re.compile(r"^\s{0,8}(?P<n>\d{1,2})\s+(?P<first>[A-ZĐÀ-Ỹ][^.]{3,})")
CONTROL = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f\u00ad\ufeff\u200b-\u200f\u202a-\u202e\u2060\ufff0-\uffff]")
SPACES = re.compile(r"[\u00a0\u2000-\u200a\u202f\u205f\u3000]")
# The bullets of symbol fonts have no letter of their own: they stand in the private area of Unicode.
PRIVATE_BULLET = re.compile(r"(?m)^[ \t]*[\ue000-\uf8ff]\s*")
PRIVATE = re.compile(r"[\ue000-\uf8ff]")
GAP = re.compile(r"[ ]*\t[ \t]*|[ ]{3,}")  # between two columns of a line
MAX_COLUMNS = 160  # characters; a longer line with gaps is a sentence that was stretched
MAX_PARAGRAPH = 8000  # characters; four pages without a line end are no paragraph
WRAPPED_MIN, WRAPPED_MAX = 45, 160  # characters of a full line in a text with hard line ends


def clean(text: str) -> str:
    """One Unicode form, plain line ends, no control characters, emphasis marks taken out."""
    if text.isascii() and text.isprintable():
        return text.replace("**", "").replace("__", "")
    text = unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\r", "\n")
    text = text.replace("\u2028", "\n").replace("\u2029", "\n").replace("\x0b", "\n").replace("\x85", "\n")
    text = SPACES.sub(" ", CONTROL.sub("", text)).replace("**", "").replace("__", "")
    return PRIVATE.sub(" ", PRIVATE_BULLET.sub("- ", text)) if PRIVATE.search(text) else text


def laid_out(line: str) -> str:
    """A line with single spaces; three where it has a gap between two columns, as headers and closings have."""
    line = line.strip()
    if "\t" not in line and "  " not in line:
        return line
    pieces = [" ".join(piece.split()) for piece in GAP.split(line)]
    one = " ".join(piece for piece in pieces if piece)
    if len(one) > MAX_COLUMNS or marker_of(one):
        return one
    shown = pieces[0]
    for piece in pieces[1:]:
        shown += (" " if piece[:1].islower() else "   ") + piece
    return shown.strip()


def rejoined(lines: Iterable[str]) -> list[str]:
    """Lines of one paragraph; those that go on in the middle of a sentence are put together."""
    found: list[str] = []
    for line in lines:
        if found and line[:1].islower() and not found[-1].endswith((".", ";", ":", "!", "?")) and not marker_of(line):
            found[-1] = f"{found[-1]} {line}"
        elif line:
            found.append(line)
    return found


def paragraphs_of(text: str) -> list[Paragraph]:
    """The paragraphs of a plain text; form feeds count the pages."""
    pages = without_markup(clean(text)).split("\f")
    lines = [
        Line(line, number if len(pages) > 1 else None)
        for number, page in enumerate(pages, 1)
        for line in page.split("\n")
    ]
    return joined(lines) if is_wrapped([line.text for line in lines]) else _numbered([(x.text, x.page) for x in lines])


def is_wrapped(lines: Sequence[str]) -> bool:
    """Whether sentences are cut at a line width: long lines of like length, many of which end in the middle of a
    sentence."""
    written = [line.strip() for line in lines if line.strip()]
    long = sum(1 for line in written if len(line) > WRAPPED_MAX)
    pairs = pairwise(written)
    cut = sum(1 for a, b in pairs if len(a) >= WRAPPED_MIN and not a.endswith((".", ";", ":", "/")) and b[:1].islower())
    return cut >= 2 and cut >= 3 * long


def joined(lines: Sequence[Line]) -> list[Paragraph]:
    """Paragraphs from lines with hard ends: page numbers and footnotes taken out, lines put together again."""
    kept = _without_footnotes(lines)
    width = _width(kept)
    margin = min((_indent(line) for line in kept if len(line.text.strip()) > WRAPPED_MIN), default=0)
    texts: list[tuple[str, int | None]] = []
    previous: Line | None = None
    blank = False
    for line in kept:
        if not line.text.strip():
            blank = True
            continue
        if previous and _continues(previous, line, width, blank, margin):
            text, page = texts[-1]
            texts[-1] = (f"{text} {line.text.strip()}", page)
        else:
            texts.append((line.text.strip(), line.page))
        previous, blank = line, False
    return _numbered(texts)


def _width(lines: Sequence[Line]) -> int:
    lengths = sorted(len(line.text.rstrip()) for line in lines if len(line.text.strip()) > 25)
    return lengths[int(len(lengths) * 0.8)] if lengths else WRAPPED_MIN


def _continues(previous: Line, line: Line, width: int, blank: bool, margin: int) -> bool:
    """Whether a line goes on with the sentence of the one before it."""
    before, text = previous.text.rstrip(), line.text.strip()
    if marker_of(text) or re.match(r"(?:Nơi nhận|Kính gửi|Số\s*:)", text):
        return False
    if "   " in before.strip() or "   " in text or before.endswith("./."):
        return False  # two columns of a header or a closing
    if text[:1].islower() or (text[:1].isdigit() and not blank):
        return True
    if blank and before.endswith((".", ";", ":", "!", "?")):
        return False
    if before.endswith((".", ":")) and _indent(line) > min(_indent(previous), margin) + 2:
        return False
    full = 0.92 if before.endswith((".", ";", ":")) else 0.8
    return len(before) >= full * width and not before.isupper()


def _indent(line: Line) -> int:
    return len(line.text) - len(line.text.lstrip())


def _without_footnotes(lines: Sequence[Line]) -> list[Line]:
    """Page numbers out, and the footnote block that ends at one; blank lines at a page's end do not end a sentence."""
    kept: list[Line] = []
    notes: set[str] = set()
    for index, line in enumerate(lines):
        if PAGE_NUMBER.match(line.text) and _is_page_end(lines, index):
            _drop_footnotes(kept, notes)
            while kept and not kept[-1].text.strip():
                kept.pop()
            continue
        if kept or line.text.strip():
            kept.append(line)
    return [Line(_without_marks(line.text, notes), line.page) for line in _close_gaps(kept)]


def _is_page_end(lines: Sequence[Line], index: int) -> bool:
    """A number alone on its line, apart from the text: not the cell of a table."""
    around = [lines[i].text.strip() for i in (index - 1, index + 1) if 0 <= i < len(lines)]
    indented = len(lines[index].text) - len(lines[index].text.lstrip()) >= 4
    return indented or "" in around or len(around) < 2


def _close_gaps(kept: Sequence[Line]) -> list[Line]:
    """Drop the blank lines after a page break, so that a sentence may go on across it."""
    closed: list[Line] = []
    following = ""
    for line in reversed(kept):
        text = line.text.strip()
        if text or not following[:1].islower():
            closed.append(line)
        following = text or following
    return closed[::-1]


def _drop_footnotes(kept: list[Line], notes: set[str]) -> None:
    """Take out the block of notes at the foot of the page that ends here."""
    for index in range(len(kept) - 1, max(-1, len(kept) - 40), -1):
        note = FOOTNOTE.match(kept[index].text)
        before = kept[index - 1].text.strip() if index else ""
        if note and not before and _is_called(kept[:index], note["n"]):
            notes.add(note["n"])
            del kept[index:]
            return


def _is_called(lines: Sequence[Line], number: str) -> bool:
    return any(re.search(rf"[a-zà-ỹ]{number}(?=[\s.,;:]|$)", line.text) for line in lines[-60:])


def _without_marks(text: str, notes: set[str]) -> str:
    if not notes:
        return text
    return re.sub(rf"(?<=[a-zà-ỹ])(?:{'|'.join(sorted(notes))})(?=[\s.,;:]|$)", "", text)


def _short(text: str) -> list[str]:
    """A text without line ends in pieces of some pages, parted after sentences: what follows looks at a paragraph
    as a whole."""
    pieces = []
    start = 0
    while len(text) - start > MAX_PARAGRAPH:
        cut = text.rfind(". ", start, start + MAX_PARAGRAPH) + 1 or start + MAX_PARAGRAPH
        pieces.append(text[start:cut])
        start = cut
    return [*pieces, text[start:]]


def _numbered(texts: Sequence[tuple[str, int | None]]) -> list[Paragraph]:
    texts = [(piece, page) for text, page in texts for piece in _short(text)]
    written = [(laid_out(text), page) for text, page in texts]
    return [
        Paragraph(text, page, index, cells_of(text))
        for index, (text, page) in enumerate((w for w in written if w[0]), 1)
    ]


def cells_of(text: str) -> tuple[str, ...]:
    """The cells of a table's row that was written with bars; none for any other paragraph."""
    if text.count("|") < 2:
        return ()
    cells = tuple(cell.strip() for cell in text.strip().strip("|").split("|"))
    return cells if len(cells) >= 3 and not re.fullmatch(r"[\s:|+-]*", text) else ()
