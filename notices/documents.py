"""From the bytes of a file to its paragraphs, whatever its name says."""

from __future__ import annotations

from dataclasses import dataclass

from notices.docx import docx_paragraphs
from notices.errors import DocumentTooLarge, PasswordProtected, UnreadableDocument, UnsupportedFormat
from notices.paragraphs import Paragraph, paragraphs_of

MAX_BYTES = 20 * 1024 * 1024
MAX_CHARS = 4_000_000  # more than any office writes: some 1,500 pages

MAGIC: tuple[tuple[bytes, str], ...] = (
    (b"MZ", "exe"), (b"\x7fELF", "exe"), (b"\xca\xfe\xba\xbe", "exe"), (b"#!", "script"),
    (b"Rar!", "archive"), (b"7z\xbc\xaf", "archive"),
    (b"\x1f\x8b", "archive"), (b"\xff\xd8\xff", "image"), (b"\x89PNG", "image"), (b"GIF8", "image"),
    (b"II*\x00", "image"), (b"MM\x00*", "image"),
    (b"{\\rtf", "rtf"),
)  # fmt: skip
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")


@dataclass(frozen=True)
class Document:
    """A document's words.

    Args:
        paragraphs: in reading order.
        kind: "txt", "docx" or "pdf".
        pages: how many, where the format knows.
    """

    paragraphs: tuple[Paragraph, ...]
    kind: str
    pages: int | None = None

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
        DocumentError: one of its kinds; see ``notices.errors``.
    """
    if len(content) > MAX_BYTES:
        raise DocumentTooLarge(MAX_BYTES)
    kind = _kind(name, content)
    if kind == "pdf":
        from notices.pdf import pdf_paragraphs

        paragraphs, pages = pdf_paragraphs(content)
        return _limited(Document(tuple(paragraphs), kind, pages))
    if kind == "docx":
        return _limited(Document(tuple(docx_paragraphs(content)), kind))
    return _limited(Document(tuple(paragraphs_of(_decoded(content))), kind))


def _limited(document: Document) -> Document:
    if sum(len(p.text) for p in document.paragraphs) > MAX_CHARS:
        raise DocumentTooLarge(MAX_CHARS)
    return document


def _kind(name: str, content: bytes) -> str:
    if b"%PDF-" in content[:1024]:
        return "pdf"
    if content[:4] == b"PK\x03\x04":
        return "docx"
    if content.startswith(OLE):
        if ENCRYPTED in content:
            raise PasswordProtected
        raise UnsupportedFormat("doc")
    for magic, kind in MAGIC:
        if content.startswith(magic):
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
