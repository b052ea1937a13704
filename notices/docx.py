"""Word documents: what a reader sees of them, from the parts of the package (ECMA-376, also its strict form).

The XML is read directly: what is needed are the words that stand after all changes are accepted, the automatic
numbers and the page breaks; and a document from outside is unpacked only after its sizes are known.
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from dataclasses import dataclass, field
from xml.etree import ElementTree

from notices.docx_body import Body, Looks
from notices.errors import DocumentTooLarge, PasswordProtected, UnreadableDocument, UnsupportedFormat
from notices.numbering import Numbers, W
from notices.paragraphs import Paragraph
from notices.secrecy import secrecy_mark

Element = ElementTree.Element
MAX_UNPACKED = 64 * 1024 * 1024  # bytes of all parts that are read
MAX_MEMBERS = 5000
MAX_MARGINS = 60  # headers and footers; a document of many sections has three of each
MAIN = "word/document.xml"
PACKAGE = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
# Styles of tables and the list of styles Word has not yet used: most of the part, and nothing in them changes a word.
UNUSED = re.compile(rb'<w:style w:type="table".*?</w:style>|<w:latentStyles.*?</w:latentStyles>', re.DOTALL)
STRICT = (
    (b"http://purl.oclc.org/ooxml/wordprocessingml/main",
     b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"),
    (b"http://purl.oclc.org/ooxml/officeDocument/relationships",
     b"http://schemas.openxmlformats.org/officeDocument/2006/relationships"),
)  # fmt: skip


def docx_paragraphs(content: bytes) -> list[Paragraph]:
    """The paragraphs of a Word document in reading order; a table's row carries its cells.

    A stamp of secrecy that stands in a header, a footer or a drawing comes first, as a paragraph of its own.

    Raises:
        UnreadableDocument: damaged, or with a document type definition.
        DocumentTooLarge: its parts unpack to too much.
        UnsupportedFormat: a zip file of another kind.
        PasswordProtected: its parts are encrypted.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return _read(_Package(archive))
    except (zipfile.BadZipFile, zipfile.LargeZipFile, EOFError, OSError, NotImplementedError, ValueError) as error:
        raise UnreadableDocument(f"zip: {error}") from error
    except RecursionError as error:
        raise UnreadableDocument("nested beyond all measure") from error
    except RuntimeError as error:
        raise PasswordProtected from error
    except Exception as error:
        if type(error).__name__ in ("error", "LZMAError"):  # zlib.error, lzma.LZMAError: not worth an import each
            raise UnreadableDocument(f"zip: {error}") from error
        raise


@dataclass
class _Package:
    """The parts of a document, found by their relationships, whatever a producer calls them."""

    archive: zipfile.ZipFile
    names: dict[str, zipfile.ZipInfo] = field(default_factory=dict)
    left: int = MAX_UNPACKED

    def __post_init__(self) -> None:
        members = self.archive.infolist()
        if len(members) > MAX_MEMBERS:
            raise DocumentTooLarge(MAX_UNPACKED)
        self.names = {m.filename.replace("\\", "/").lstrip("/").lower(): m for m in members}

    def part(self, name: str) -> Element | None:
        """A part, read to no more than what is left of the limit whatever its header says."""
        member = self.names.get(name.lower())
        if member is None:
            return None
        if member.file_size > self.left:
            raise DocumentTooLarge(MAX_UNPACKED)
        with self.archive.open(member) as part:
            data = part.read(self.left + 1)
        self.left -= len(data)
        if self.left < 0:
            raise DocumentTooLarge(MAX_UNPACKED)
        return _parsed(name, data)

    def related(self, source: str, kinds: tuple[str, ...]) -> list[tuple[str, str]]:
        """The parts of some kinds that a part points to: (kind, name)."""
        folder, file = posixpath.split(source)
        relations = self.part(posixpath.join(folder, "_rels", f"{file}.rels"))
        found = []
        for relation in relations.iter(PACKAGE) if relations is not None else ():
            kind = relation.get("Type", "").rpartition("/")[2]
            if kind in kinds and relation.get("TargetMode") != "External":
                target = posixpath.normpath(posixpath.join("/", folder, relation.get("Target", "")))
                found.append((kind, target.lstrip("/")))
        return found


def _parsed(name: str, data: bytes) -> Element:
    if data[:2] in (b"\xff\xfe", b"\xfe\xff") or b"\x00" in data[:64] or b"<!DOCTYPE" in data or b"<!ENTITY" in data:
        raise UnreadableDocument(f"{name}: a DTD or an odd encoding")
    for strict, usual in STRICT:
        data = data.replace(strict, usual)
    if b":styles" in data[:400]:
        data = UNUSED.sub(b"", data)
    try:
        return ElementTree.fromstring(data)  # noqa: S314 - no DTD, so no entities
    except (ElementTree.ParseError, LookupError) as error:  # LookupError: an encoding nobody knows
        raise UnreadableDocument(f"{name}: {error}") from error


def _read(package: _Package) -> list[Paragraph]:
    targets = [name for _, name in package.related("", ("officeDocument",))]
    main = next((name for name in (*targets, MAIN) if name.lower() in package.names), None)
    document = package.part(main) if main else None
    if document is None or main is None or not document.tag.startswith(W):
        raise UnsupportedFormat("zip")
    related = package.related(main, ("styles", "numbering", "header", "footer"))
    styles, numbering = (_only(package, related, kind, main) for kind in ("styles", "numbering"))
    looks = Looks(styles)
    body = Body(Numbers(numbering, styles), looks)
    paragraphs = body.read(document)
    margins = [name for kind, name in related if kind in ("header", "footer")][:MAX_MARGINS]
    stamp = secrecy_mark(body.marks) or next(filter(None, (_stamp(package.part(n), looks) for n in margins)), None)
    return [Paragraph(stamp), *paragraphs] if stamp else paragraphs


def _only(package: _Package, related: list[tuple[str, str]], kind: str, main: str) -> Element | None:
    name = next((n for k, n in related if k == kind), posixpath.join(posixpath.dirname(main), f"{kind}.xml"))
    return package.part(name)


def _stamp(margin: Element | None, looks: Looks) -> str | None:
    """The stamp of secrecy in a header or footer, in one line or in several."""
    if margin is None:
        return None
    body = Body(Numbers(None, None), looks)
    texts = [item.text for item in body.items_of(margin)]
    return secrecy_mark([*texts, " ".join(texts), *body.marks])
