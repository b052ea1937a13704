"""PDF files with a text layer: lines with their places, put together into paragraphs."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median
from typing import Any

from notices.errors import NoTextLayer, PasswordProtected, TooManyPages, UnreadableDocument
from notices.paragraphs import Line, Paragraph, clean, joined

MAX_PAGES = 500
MIN_CHARS_PER_PAGE = 25  # fewer on most pages: a scan with a stamp or a page number on it
MIN_PICTURE = 0.2  # of a page's area: a smaller one is a stamp or a coat of arms
POINTS_PER_SPACE = 5.0
HEAL_VOWELS = "aàáảãạăằắẳẵặâầấẩẫậeèéẻẽẹêềếểễệiìíỉĩịoòóỏõọôồốổỗộơờớởỡợuùúủũụưừứửữựyỳýỷỹỵ"


@dataclass(frozen=True)
class Pages:
    """What a PDF file has in letters.

    Args:
        lines: of each page.
        scanned: the pages that are pictures, counted from 0.
    """

    lines: tuple[tuple[Line, ...], ...]
    scanned: tuple[int, ...] = ()

    @property
    def paragraphs(self) -> list[Paragraph]:
        """The paragraphs of the pages that have letters."""
        lines = [line for page in self.lines for line in page]
        return healed(joined(without_running_heads(lines, len(self.lines))))


def pdf_paragraphs(content: bytes) -> tuple[list[Paragraph], int]:
    """The paragraphs of a PDF file with their pages, and how many pages it has.

    Raises:
        UnreadableDocument: damaged.
        PasswordProtected: locked.
        TooManyPages: more than ``MAX_PAGES``.
        NoTextLayer: a scan.
    """
    pages = pdf_pages(content)
    if len(pages.scanned) == len(pages.lines):
        raise NoTextLayer(len(pages.scanned))
    return pages.paragraphs, len(pages.lines)


def pdf_pages(content: bytes) -> Pages:
    """The lines of each page of a PDF file, and the pages that are pictures.

    Raises:
        UnreadableDocument: damaged.
        PasswordProtected: locked.
        TooManyPages: more than ``MAX_PAGES``.
    """
    document = open_pdf(content)
    try:
        count = len(document)
        if count > MAX_PAGES:
            raise TooManyPages(count, MAX_PAGES)
        lines = [tuple(_page(document, number)) for number in range(count)]
        bare = [i for i, page in enumerate(lines) if sum(len(x.text.strip()) for x in page) < MIN_CHARS_PER_PAGE]
        scanned = [i for i in bare if _is_picture(document[i])]
    finally:
        document.close()
    if sum(len(x.text) for page in lines for x in page) < MIN_CHARS_PER_PAGE * count:
        scanned = scanned or bare  # letters may be drawn, too
    return Pages(tuple(lines), tuple(scanned))


def _is_picture(page: Any) -> bool:
    """Whether a good part of a page is a picture; an empty back page is none."""
    import pypdfium2.raw as pdfium

    width, height = page.get_size()
    try:
        for thing in page.get_objects(filter=(pdfium.FPDF_PAGEOBJ_IMAGE,), max_depth=3):
            left, low, right, high = thing.get_bounds()
            if (right - left) * (high - low) >= MIN_PICTURE * width * height:
                return True
    finally:
        page.close()
    return False


def open_pdf(content: bytes) -> Any:
    import pypdfium2

    try:
        return pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        if "assword" in str(error):
            raise PasswordProtected from error
        raise UnreadableDocument(f"pdf: {error}") from error


def _page(document: Any, number: int) -> list[Line]:
    """The lines of a page, indented as they stand, with an empty line where there is a gap."""
    import pypdfium2

    try:
        page = document[number]
        words = page.get_textpage()
    except pypdfium2.PdfiumError as error:
        raise UnreadableDocument(f"pdf page {number + 1}: {error}") from error
    text = words.get_text_range()
    places = _places(words, text)
    words.close()
    page.close()
    left = min((x for _, x, _, _ in places), default=0.0)
    step = median([h for _, _, _, h in places]) if places else 0.0
    lines: list[Line] = []
    last = None
    for line, x, y, height in places:
        if last is not None and (last - y > 2.2 * max(step, height) or y > last + step):
            lines.append(Line("", number + 1))
        lines.append(Line(" " * round((x - left) / POINTS_PER_SPACE) + line, number + 1))
        last = y
    return [*lines, Line("", number + 1)]


def _places(words: Any, text: str) -> list[tuple[str, float, float, float]]:
    """For each written line: its words, left edge, baseline and height in points."""
    places = []
    at = 0
    for raw in re.split(r"(?<=\n)", text):
        line = clean(raw.replace("\ufffe", "-").replace("\x02", "-")).strip()
        if line:
            first = at + len(raw) - len(raw.lstrip())
            x, low, _, high = words.get_charbox(min(first, words.count_chars() - 1))
            places.append((line, x, low, max(high - low, 6.0)))
        at += len(raw)
    return places


def without_running_heads(lines: Sequence[Line], pages: int) -> list[Line]:
    """Take out the lines that stand at the top or the foot of most pages."""
    if pages < 3:
        return list(lines)
    edges: dict[str, int] = {}
    by_page: dict[int, list[int]] = {}
    for index, line in enumerate(lines):
        if line.text.strip():
            by_page.setdefault(line.page or 0, []).append(index)
    spots = {i for indexes in by_page.values() for i in (*indexes[:1], *indexes[-1:])}
    for index in spots:
        edges[_pattern(lines[index].text)] = edges.get(_pattern(lines[index].text), 0) + 1
    often = {text for text, count in edges.items() if count >= max(3, 0.6 * pages)}
    return [line for i, line in enumerate(lines) if not (i in spots and _pattern(line.text) in often)]


def _pattern(text: str) -> str:
    return re.sub(r"\d+", "#", text.strip())


# A syllable of Vietnamese: consonants, a run of vowels, an ending. A split leaves a part that is none.
ONSET = r"(?:ngh|ng|nh|ch|gh|gi|kh|ph|qu|th|tr|[bcdđghklmnpqrstvx])"
CODA = r"(?:ng|nh|ch|[cmnpt])"
SPLIT_AFTER_ONSET = re.compile(rf"(?<!\w)({ONSET}) ([{HEAL_VOWELS}]{{1,3}}{CODA}?)(?!\w)", re.IGNORECASE)
SPLIT_BEFORE_CODA = re.compile(rf"(?<!\w)({ONSET}?[{HEAL_VOWELS}]{{1,3}}) (ng|nh|ch|c|m|n|p|t)(?!\w)", re.IGNORECASE)


# No word begins with these vowels, but many go on with them after a glide: "nhi ệm", "huy ện".
SPLIT_AFTER_GLIDE = re.compile(rf"(?<!\w)({ONSET}?[iuyo]{{1,2}}) ([ệềểễ](?:{CODA}|u))(?!\w)", re.IGNORECASE)


def healed(paragraphs: list[Paragraph]) -> list[Paragraph]:
    """Words that the font's spacing has split put together again: "gi ải pháp", "đ ịnh c ư"."""
    return [Paragraph(_heal(p.text), p.page, p.index, p.cells) for p in paragraphs]


def _heal(text: str) -> str:
    text = SPLIT_AFTER_GLIDE.sub(r"\1\2", SPLIT_AFTER_ONSET.sub(_joined, text))
    return SPLIT_BEFORE_CODA.sub(lambda m: m[1] + m[2], text)


def _joined(match: re.Match[str]) -> str:
    """A consonant alone is no word, except a single letter that names something ("khu B ở phía", "điểm c")."""
    onset, rest = match[1], match[2]
    lone_name = onset.isupper() and len(onset) == 1 and not rest.isupper()
    if onset.lower() in ("gi",) or not lone_name or len(rest) > 1:
        return onset + rest
    return match[0]
