"""A scan, page by page, as paragraphs: its pictures recognised, its slips mended, its stamp looked for.

A page of a PDF file that has letters is read as it is; only those that are pictures are recognised.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from domain.urgency import Urgency
from notices.documents import kind_of
from notices.errors import (
    NothingRecognised,
    SecretDocument,
    TooManyScannedPages,
    UnsupportedFormat,
)
from notices.frame import HEADER_LINES
from notices.ocr import SPARSE, Budget, Word, installed, turned_by, words_of
from notices.paragraphs import Paragraph
from notices.pdf_furniture import without_furniture
from notices.pdf_layout import laid_page
from notices.pdf_paragraphs import paragraphs_of_pages
from notices.pdf_words import PageWords, page_words
from notices.pictures import (
    MIN_LETTERS,
    Picture,
    bare_pages,
    frames_in,
    open_pdf,
    page_picture,
    photo_pictures,
    scanned_pages,
)
from notices.scanlines import Doubt, ScannedPage, scanned_page
from notices.scanrules import Ruling, ruling_of
from notices.secrecy import secrecy_in_scan, secrecy_mark
from notices.slips import mended_paragraphs, parted
from notices.urgency import urgency_in_scan

MAX_SCANNED_PAGES = 60
POOR = 65.0  # mean confidence, below which a page may lie on its side
MIN_SURE_WORDS = 5
STAMP_PART = 0.45  # of the first page, from the top: where the stamp stands (Decree 26/2020/NĐ-CP, on its place)
STAMP_SECONDS = 2.0  # worth beginning with

Progress = Callable[[int, int], None]
"""Told the page that is being recognised, from 1, and how many there are."""


@dataclass(frozen=True)
class Recognised:
    """A scan as it was recognised.

    Args:
        paragraphs: in reading order.
        doubts: the words that were hard to read.
        changed: the words that were mended, as they now stand.
        pages: how many, those with letters of their own included.
        urgency: the stamp it carries.
    """

    paragraphs: tuple[Paragraph, ...]
    doubts: tuple[Doubt, ...]
    changed: tuple[str, ...]
    pages: int
    urgency: Urgency | None = None


def recognised(files: Sequence[tuple[str, bytes]], progress: Progress) -> Recognised:
    """A scan: one PDF file, or photos that are the pages of one document.

    Args:
        files: names and contents.
        progress: called before each page.

    Raises:
        DocumentError: one of its kinds; ``SecretDocument`` as soon as a stamp is seen.
    """
    kinds = {kind_of(name, content) for name, content in files}
    if len(files) == 1 and kinds == {"pdf"}:
        return recognised_pdf(files[0][1], progress)
    if kinds == {"photo"}:
        return recognised_photos([content for _, content in files], progress)
    raise UnsupportedFormat("mixed")


def recognised_pdf(content: bytes, progress: Progress) -> Recognised:
    """A PDF file, its scanned pages recognised.

    Raises:
        DocumentError: one of its kinds; ``SecretDocument`` as soon as a stamp is seen.
    """
    document = open_pdf(content)
    try:
        pages = [page_words(document, index) for index in range(len(document))]
        scanned = scanned_pages(document, _bare(pages))
        _refuse_many(len(scanned))
        found = _Found()
        for place, index in enumerate(scanned, 1):
            progress(place, len(scanned))
            found.add(page_picture(document, index), index + 1, looks_for_stamp=index == 0)
    finally:
        document.close()
    return found.put_together(pages)


def _bare(pages: Sequence[PageWords]) -> list[int]:
    """The pages without letters, when what stands on each of them is taken out.

    Raises:
        SecretDocument: the letters there are, perhaps written over the scan, are a stamp.
    """
    laid = [laid_page(page) for page in pages]
    taken = without_furniture(laid)
    paragraphs = paragraphs_of_pages(laid)
    _refuse_marked([*taken, *(page.aside for page in pages), *(paragraph.text for paragraph in paragraphs)])
    return bare_pages(paragraphs, len(pages))


def recognised_photos(contents: Sequence[bytes], progress: Progress) -> Recognised:
    """Photos, each a page of one document.

    Raises:
        DocumentError: one of its kinds; ``SecretDocument`` as soon as a stamp is seen.
    """
    total = sum(frames_in(content) for content in contents)
    _refuse_many(total)
    found = _Found()
    pictures = (picture for content in contents for picture in photo_pictures(content))
    for page, picture in enumerate(pictures, 1):
        progress(page, total)
        found.add(picture, page, looks_for_stamp=True)  # photos come in any order
    return found.put_together([read.found for read in found.pages.values()])


def _refuse_many(pages: int) -> None:
    installed()
    if pages > MAX_SCANNED_PAGES:
        raise TooManyScannedPages(pages, MAX_SCANNED_PAGES)


def _refuse_marked(texts: Iterable[str], *, seen: bool = False) -> None:
    if mark := secrecy_mark(texts):
        raise SecretDocument(mark, seen)


class _Found:
    """What has been recognised so far."""

    def __init__(self) -> None:
        self.pages: dict[int, ScannedPage] = {}
        self.urgency: Urgency | None = None

    def add(self, picture: Picture, page: int, *, looks_for_stamp: bool) -> None:
        """Recognise a page.

        Raises:
            SecretDocument: it carries a stamp.
        """
        budget = Budget()
        picture, words, ruling = _upright(picture, budget)
        read = scanned_page(words, page, picture.dpi, picture.image.width, ruling)
        mark = secrecy_mark(read.lines) or (secrecy_in_scan(read.lines) if looks_for_stamp else None)
        alone = _alone_on_top(picture, budget) if mark is None and looks_for_stamp else []
        if mark := mark or secrecy_in_scan(alone):
            raise SecretDocument(mark, seen=True)
        if looks_for_stamp and self.urgency is None:
            self.urgency = urgency_in_scan([*alone, *read.lines[:HEADER_LINES]])
        self.pages[page] = read

    def put_together(self, pages: Sequence[PageWords]) -> Recognised:
        """All pages as one document.

        Raises:
            NothingRecognised: there are no words in it.
            SecretDocument: it carries a stamp.
        """
        laid = [laid_page(self.pages[page.number].found if page.number in self.pages else page) for page in pages]
        taken = without_furniture(laid)
        kept, changed = mended_paragraphs(parted(paragraphs_of_pages(laid)))
        if sum(len(paragraph.text) for paragraph in kept) < MIN_LETTERS:
            raise NothingRecognised
        _refuse_marked([*taken, *(page.aside for page in pages), *(paragraph.text for paragraph in kept)], seen=True)
        doubts = tuple(doubt for number in sorted(self.pages) for doubt in self.pages[number].doubts)
        return Recognised(tuple(kept), doubts, changed, len(pages), self.urgency)


def _upright(picture: Picture, budget: Budget) -> tuple[Picture, list[Word], Ruling | None]:
    """The words and tables of a page; of the page turned, where they make no sense as it lies."""
    words, ruling = _read(picture, budget)
    if _sense(words) >= POOR:
        return picture, words, ruling
    angle = turned_by(picture.image, picture.dpi, budget)
    if not angle:
        return picture, words, ruling
    turned = Picture(picture.image.rotate(-angle, expand=True, fillcolor=255), picture.dpi, picture.is_photo)
    better, there = _read(turned, budget)
    return (turned, better, there) if _sense(better) > _sense(words) else (picture, words, ruling)


def _read(picture: Picture, budget: Budget) -> tuple[list[Word], Ruling | None]:
    """The words of a picture as it lies. The rules of its tables are taken out first: they are read as letters."""
    ruling = ruling_of(picture.image, picture.dpi)
    image = ruling.image if ruling else picture.image
    return words_of(image, picture.dpi, budget, uneven=picture.is_photo), ruling


def _sense(words: Sequence[Word]) -> float:
    """The mean confidence; 0 for hardly any words."""
    if len(words) < MIN_SURE_WORDS:
        return 0.0
    return sum(word.confidence for word in words) / len(words)


def _alone_on_top(picture: Picture, budget: Budget) -> list[str]:
    """What stands alone at the top of a page. Reading a page as text passes over words in a frame; this does not."""
    if budget.left < STAMP_SECONDS:
        return []
    width, height = picture.image.size
    top = picture.image.crop((0, 0, width, round(height * STAMP_PART)))
    return list(_standing_alone(words_of(top, picture.dpi, budget, layout=SPARSE, uneven=picture.is_photo)))


def _standing_alone(words: Sequence[Word]) -> Iterator[str]:
    """One or two words with nothing beside them within the height of their letters."""
    written = [word for word in words if any(c.isalpha() for c in word.text)]
    for word in written:
        beside = [other for other in written if other is not word and _is_beside(word, other)]
        if not beside:
            yield word.text
        elif len(beside) == 1 and not any(
            _is_beside(beside[0], other) for other in written if other is not word and other is not beside[0]
        ):
            yield " ".join(w.text for w in sorted((word, beside[0]), key=lambda w: w.left))


def _is_beside(word: Word, other: Word) -> bool:
    overlap = min(word.bottom, other.bottom) - max(word.top, other.top)
    gap = max(word.left - other.right, other.left - word.right)
    return overlap > 0.4 * min(word.height, other.height) and gap < 1.5 * max(word.height, other.height)
