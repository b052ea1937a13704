"""Why a document cannot be read: each a class with its data. The sentence a person gets is in ``texts``."""

from __future__ import annotations


class DocumentError(Exception):
    """A document that is not read. Expected, answered politely; nothing of the document is kept."""


class UnreadableDocument(DocumentError):
    """Cut off, damaged or not what it says. ``detail`` is for the log."""

    def __init__(self, detail: str = "") -> None:
        super().__init__(detail)
        self.detail = detail


class UnsupportedFormat(DocumentError):
    """A kind of file that is not read. ``kind`` is a short name: "exe", "doc", "image", "unknown"."""

    def __init__(self, kind: str) -> None:
        super().__init__(kind)
        self.kind = kind


class PasswordProtected(DocumentError):
    """The document is locked with a password."""


class NoTextLayer(DocumentError):
    """A photo, or a PDF with pages that are pictures: a scan. ``pages`` is how many of them."""

    def __init__(self, pages: int = 0) -> None:
        super().__init__(str(pages))
        self.pages = pages


class DocumentTooLarge(DocumentError):
    """More bytes, unpacked or not, than is read. ``limit`` is in bytes."""

    def __init__(self, limit: int) -> None:
        super().__init__(str(limit))
        self.limit = limit


class TooManyPages(DocumentError):
    """More pages than is read."""

    def __init__(self, pages: int, limit: int) -> None:
        super().__init__(f"{pages} > {limit}")
        self.pages = pages
        self.limit = limit


class TooManyScannedPages(TooManyPages):
    """More pages than are recognised: they take seconds each, a page of text a few milliseconds."""


class PageTooLarge(DocumentError):
    """A page or a photo of more dots than is looked at. ``limit`` is in millions of dots."""

    def __init__(self, limit: int) -> None:
        super().__init__(str(limit))
        self.limit = limit


class NothingRecognised(DocumentError):
    """A scan in which no words were found: too dark, too small, or a picture of something else."""


class RecognitionMissing(DocumentError):
    """Scans cannot be read on this machine. ``what`` is missing: "tesseract", or its model "vie"."""

    def __init__(self, what: str) -> None:
        super().__init__(what)
        self.what = what


class ConverterMissing(DocumentError):
    """A document that LibreOffice would have to turn, which is not installed. ``kind``: "doc", "odt" or "rtf"."""

    def __init__(self, kind: str) -> None:
        super().__init__(kind)
        self.kind = kind


class ReadingTookTooLong(DocumentError):
    """The reader was stopped at its limit. ``seconds`` is the limit."""

    def __init__(self, seconds: float) -> None:
        super().__init__(str(seconds))
        self.seconds = seconds


class ReadingFailed(DocumentError):
    """The reader died, usually at its memory limit. Reading the same file again will not help."""


class SecretDocument(DocumentError):
    """Marked as a state secret: it must not be read here, and nothing of it is kept. ``mark`` is as defined by
    law: "MẬT". ``seen``: in a picture, where another word may look like it."""

    def __init__(self, mark: str, seen: bool = False) -> None:
        super().__init__(mark, seen)
        self.mark = mark
        self.seen = seen
