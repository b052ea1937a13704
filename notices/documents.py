"""From the bytes of a file to its paragraphs, whatever its name says."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from notices.convert import as_docx, convertible
from notices.docx import docx_paragraphs
from notices.errors import DocumentTooLarge, NoTextLayer, UnreadableDocument, UnsupportedFormat
from notices.limits import MAX_BYTES
from notices.paragraphs import Paragraph, paragraphs_of

MAX_CHARS = 4_000_000  # more than any office writes: some 1,500 pages

MAGIC: tuple[tuple[bytes, str], ...] = (
    (b"MZ", "exe"), (b"\x7fELF", "exe"), (b"\xca\xfe\xba\xbe", "exe"), (b"#!", "script"),
    (b"Rar!", "archive"), (b"7z\xbc\xaf", "archive"),
    (b"\x1f\x8b", "archive"), (b"\xff\xd8\xff", "photo"), (b"\x89PNG", "photo"), (b"GIF8", "image"),
    (b"II*\x00", "photo"), (b"MM\x00*", "photo"),
)  # fmt: skip
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
TURNED = ("doc", "odt", "rtf")


@dataclass(frozen=True)
class Document:
    """A document's words.

    Args:
        paragraphs: in reading order.
        kind: "txt", "docx", "pdf", "doc", "odt" or "rtf".
        pages: how many, where the format knows.
        scanned: how many of them are pictures, and are not among the paragraphs.
    """

    paragraphs: tuple[Paragraph, ...]
    kind: str
    pages: int | None = None
    scanned: int = 0

    @property
    def text(self) -> str:
        """All paragraphs, a line each."""
        return "\n".join(p.text for p in self.paragraphs)


def document_text(name: str, content: bytes) -> Document:
    """The paragraphs of a file, its kind told by its content.

    Args:
        name: as the sender called it; used only to tell apart what the content does not.
        content: its bytes.

    Raises:
        DocumentError: one of its kinds; see ``notices.errors``. ``NoTextLayer`` for a scan or a photo: that takes
            ``recognition``, and a person who has said that it is no secret.
    """
    if len(content) > MAX_BYTES:
        raise DocumentTooLarge(MAX_BYTES)
    kind = kind_of(name, content)
    if kind == "photo":
        raise NoTextLayer(1)
    if kind == "pdf":
        from notices.pdf import pdf_paragraphs

        paragraphs, pages = pdf_paragraphs(content)
        return _limited(Document(tuple(paragraphs), kind, pages, _scanned(content, paragraphs, pages)))
    if kind in TURNED:
        content = as_docx(kind, content)
    if kind in ("docx", *TURNED):
        return _limited(Document(tuple(docx_paragraphs(content)), kind))
    return _limited(Document(tuple(paragraphs_of(_decoded(content))), kind))


def _limited(document: Document) -> Document:
    if sum(len(p.text) for p in document.paragraphs) > MAX_CHARS:
        raise DocumentTooLarge(MAX_CHARS)
    return document


def _scanned(content: bytes, paragraphs: Sequence[Paragraph], pages: int) -> int:
    """How many pages of a PDF file with letters are pictures all the same."""
    from notices.pictures import bare_pages, open_pdf, scanned_pages

    bare = bare_pages(paragraphs, pages)
    if not bare:
        return 0
    document = open_pdf(content)
    try:
        return len(scanned_pages(document, bare))
    finally:
        document.close()


def kind_of(name: str, content: bytes) -> str:
    """What a file is: "pdf", "docx", "txt", "photo" for a picture that can be recognised, or a kind that
    LibreOffice turns ("doc", "odt", "rtf").

    Raises:
        UnsupportedFormat: none of them.
        PasswordProtected: locked.
        UnreadableDocument: named as one of them, and is not.
    """
    if b"%PDF-" in content[:1024]:
        return "pdf"
    if turned := convertible(content):
        return turned
    if content[:4] == b"PK\x03\x04":
        return "docx"
    if content.startswith(OLE):
        raise UnsupportedFormat("ole")
    for magic, kind in MAGIC:
        if content.startswith(magic):
            if kind == "photo":
                return kind
            raise UnsupportedFormat(kind)
    if name.lower().endswith((".docx", ".pdf")):
        raise UnreadableDocument(f"{name[-5:]} without its signature")
    return "txt"


def _decoded(content: bytes) -> str:
    """The text of a plain file: UTF-8, or UTF-16 with its mark; binary data is no text."""
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return _strict(content, "utf-16")
    if b"\x00" in content[:4096]:
        raise UnsupportedFormat("unknown")
    if len(content) > MAX_CHARS * 3:
        raise DocumentTooLarge(MAX_CHARS)
    return _strict(content, "utf-8-sig")


def _strict(content: bytes, encoding: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        raise UnsupportedFormat("unknown") from error
