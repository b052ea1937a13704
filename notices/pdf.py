"""PDF files with a text layer: words with their places, put together into paragraphs and tables."""

from __future__ import annotations

from typing import Any

from notices.errors import NoTextLayer, PasswordProtected, TooManyPages, UnreadableDocument
from notices.healing import healed
from notices.paragraphs import Paragraph
from notices.pdf_furniture import without_furniture
from notices.pdf_layout import laid_page
from notices.pdf_paragraphs import paragraphs_of_pages
from notices.pdf_words import page_words
from notices.secrecy import secrecy_mark

MAX_PAGES = 500
MIN_CHARS_PER_PAGE = 25  # fewer on most pages: a scan with a stamp or a page number on it


def pdf_paragraphs(content: bytes) -> tuple[list[Paragraph], int]:
    """The paragraphs of a PDF file with their pages, and how many pages it has.

    A stamp of secrecy that stands in a running head or askew on the page comes first, as a paragraph of its own.

    Raises:
        UnreadableDocument: damaged.
        PasswordProtected: locked.
        TooManyPages: more than ``MAX_PAGES``.
        NoTextLayer: a scan.
    """
    document = _open(content)
    try:
        pages = len(document)
        if pages > MAX_PAGES:
            raise TooManyPages(pages, MAX_PAGES)
        found = [page_words(document, number) for number in range(pages)]
    finally:
        document.close()
    if sum(len(word.text) + 1 for page in found for word in page.words) < MIN_CHARS_PER_PAGE * pages:
        raise NoTextLayer(pages)
    laid = [laid_page(page) for page in found]
    taken = without_furniture(laid)
    stamp = secrecy_mark([*taken, *(page.aside for page in found)])
    paragraphs = [Paragraph(healed(p.text), p.page, p.index, _healed_cells(p)) for p in paragraphs_of_pages(laid)]
    return ([Paragraph(stamp, 1), *paragraphs] if stamp else paragraphs), pages


def _healed_cells(paragraph: Paragraph) -> tuple[str, ...]:
    return tuple(healed(cell) for cell in paragraph.cells)


def _open(content: bytes) -> Any:
    import pypdfium2

    try:
        return pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        if "assword" in str(error):
            raise PasswordProtected from error
        raise UnreadableDocument(f"pdf: {error}") from error
