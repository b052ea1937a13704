"""Word documents: their paragraphs with the numbers that Word only shows, and their tables.

The XML is read directly: what is needed are the words, the automatic numbers (``numbering.xml``) and the page breaks,
and a document from outside
is unpacked only after its sizes are known.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.etree import ElementTree

from notices.errors import DocumentTooLarge, PasswordProtected, UnreadableDocument, UnsupportedFormat
from notices.paragraphs import Paragraph, clean

Element = ElementTree.Element
MAX_UNPACKED = 64 * 1024 * 1024  # bytes of all parts that are read
MAX_MEMBERS = 5000
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
MAIN, NUMBERING, STYLES = "word/document.xml", "word/numbering.xml", "word/styles.xml"


def docx_paragraphs(content: bytes) -> list[Paragraph]:
    """The paragraphs of a Word document in reading order; a table's row carries its cells.

    Raises:
        UnreadableDocument: damaged, or with a document type definition.
        DocumentTooLarge: its parts unpack to too much.
        UnsupportedFormat: a zip file of another kind.
        PasswordProtected: its parts are encrypted.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            _check(archive)
            main = _part(archive, MAIN)
            numbering = _part(archive, NUMBERING)
            styles = _part(archive, STYLES)
    except (zipfile.BadZipFile, EOFError, OSError, NotImplementedError, ValueError) as error:
        raise UnreadableDocument(f"zip: {error}") from error
    except RuntimeError as error:
        raise PasswordProtected from error
    if main is None:
        raise UnsupportedFormat("zip")
    return _Body(Numbers(numbering, styles)).read(main)


def _check(archive: zipfile.ZipFile) -> None:
    members = archive.infolist()
    wanted = [m for m in members if m.filename in (MAIN, NUMBERING, STYLES)]
    if len(members) > MAX_MEMBERS or sum(m.file_size for m in wanted) > MAX_UNPACKED:
        raise DocumentTooLarge(MAX_UNPACKED)


def _part(archive: zipfile.ZipFile, name: str) -> Element | None:
    """A part of the document, read to no more than the limit whatever its header says."""
    try:
        member = archive.getinfo(name)
    except KeyError:
        return None
    with archive.open(member) as part:
        data = part.read(MAX_UNPACKED + 1)
    if len(data) > MAX_UNPACKED:
        raise DocumentTooLarge(MAX_UNPACKED)
    if data[:2] in (b"\xff\xfe", b"\xfe\xff") or b"\x00" in data[:64] or b"<!DOCTYPE" in data or b"<!ENTITY" in data:
        raise UnreadableDocument(f"{name}: a DTD or an odd encoding")
    try:
        return ElementTree.fromstring(data)  # noqa: S314 - no DTD, so no entities
    except ElementTree.ParseError as error:
        raise UnreadableDocument(f"{name}: {error}") from error


@dataclass
class Level:
    """One level of a numbered list."""

    fmt: str = "decimal"
    text: str = ""
    start: int = 1


@dataclass
class Numbers:
    """The automatic numbers, counted as Word counts them.

    Args:
        numbering: the part that defines the lists; None where the document has none.
        styles: the part with the styles, some of which number their paragraphs.
    """

    numbering: Element | None
    styles: Element | None
    lists: dict[str, dict[int, Level]] = field(default_factory=dict)
    abstract: dict[str, str] = field(default_factory=dict)
    starts: dict[str, dict[int, int]] = field(default_factory=dict)
    by_style: dict[str, tuple[str, int]] = field(default_factory=dict)
    counters: dict[str, dict[int, int]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if self.numbering is not None:
            for definition in self.numbering.findall(f"{W}abstractNum"):
                self.lists[definition.get(f"{W}abstractNumId", "")] = _levels(definition)
            for number in self.numbering.findall(f"{W}num"):
                self._add_number(number)
        if self.styles is not None:
            self._add_styles(self.styles)

    def _add_number(self, number: Element) -> None:
        name = number.get(f"{W}numId", "")
        definition = number.find(f"{W}abstractNumId")
        self.abstract[name] = definition.get(f"{W}val", "") if definition is not None else ""
        for override in number.findall(f"{W}lvlOverride"):
            start = override.find(f"{W}startOverride")
            if start is not None:
                self.starts.setdefault(name, {})[_int(override.get(f"{W}ilvl"), 0)] = _int(start.get(f"{W}val"), 1)

    def _add_styles(self, styles: Element) -> None:
        based: dict[str, str] = {}
        for style in styles.findall(f"{W}style"):
            name = style.get(f"{W}styleId", "")
            parent = style.find(f"{W}basedOn")
            if parent is not None:
                based[name] = parent.get(f"{W}val", "")
            found = _number_of(style.find(f"{W}pPr"))
            if found:
                self.by_style[name] = found
        for name in based:
            chain, seen = based.get(name, ""), {name}
            while name not in self.by_style and chain and chain not in seen:
                if chain in self.by_style:
                    self.by_style[name] = self.by_style[chain]
                seen.add(chain)
                chain = based.get(chain, "")

    def label(self, properties: Element | None) -> str:
        """The number or bullet that Word shows before a paragraph; empty where it shows none."""
        found = _number_of(properties)
        if found is None and properties is not None:
            style = properties.find(f"{W}pStyle")
            found = self.by_style.get(style.get(f"{W}val", "")) if style is not None else None
        if found is None or found[0] not in self.abstract:
            return ""
        return self._next(*found)

    def _next(self, name: str, level: int) -> str:
        levels = self.lists.get(self.abstract[name], {})
        here = levels.get(level)
        if here is None:
            return ""
        if here.fmt in ("bullet", "none"):
            return "-" if here.fmt == "bullet" else ""
        key = name if name in self.starts else self.abstract[name]
        counters = self.counters.setdefault(key, {})
        start = self.starts.get(name, {}).get(level, here.start)
        counters[level] = counters.get(level, start - 1) + 1
        for deeper in [k for k in counters if k > level]:
            del counters[deeper]
        return re.sub(r"%(\d)", lambda m: self._shown(int(m[1]) - 1, levels, counters, level), here.text)

    def _shown(self, level: int, levels: dict[int, Level], counters: dict[int, int], here: int) -> str:
        shape = levels.get(level, Level())
        value = counters.get(level, shape.start)
        return _formatted(
            value, shape.fmt if level == here or shape.fmt != "upperRoman" else "decimal" if here else shape.fmt
        )


def _levels(definition: Element) -> dict[int, Level]:
    levels = {}
    for level in definition.findall(f"{W}lvl"):
        fmt, text, start = level.find(f"{W}numFmt"), level.find(f"{W}lvlText"), level.find(f"{W}start")
        levels[_int(level.get(f"{W}ilvl"), 0)] = Level(
            fmt.get(f"{W}val", "decimal") if fmt is not None else "decimal",
            text.get(f"{W}val", "") if text is not None else "",
            _int(start.get(f"{W}val"), 1) if start is not None else 1,
        )
    return levels


def _number_of(properties: Element | None) -> tuple[str, int] | None:
    numbered = properties.find(f"{W}numPr") if properties is not None else None
    name = numbered.find(f"{W}numId") if numbered is not None else None
    if numbered is None or name is None or name.get(f"{W}val") == "0":
        return None
    level = numbered.find(f"{W}ilvl")
    return name.get(f"{W}val", ""), _int(level.get(f"{W}val"), 0) if level is not None else 0


def _int(written: str | None, default: int) -> int:
    return int(written) if written is not None and re.fullmatch(r"-?\d{1,6}", written) else default


def _formatted(value: int, fmt: str) -> str:
    if fmt in ("lowerLetter", "upperLetter"):
        letter = chr(ord("a") + (value - 1) % 26) * ((value - 1) // 26 + 1)
        return letter.upper() if fmt == "upperLetter" else letter
    if fmt in ("lowerRoman", "upperRoman"):
        roman = _roman(value)
        return roman if fmt == "upperRoman" else roman.lower()
    return f"{value:02}" if fmt == "decimalZero" else str(value)


def _roman(value: int) -> str:
    written = ""
    for worth, sign in ((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")):
        written += sign * (value // worth)
        value %= worth
    return written


class _Body:
    """One pass over the body of a document."""

    def __init__(self, numbers: Numbers) -> None:
        self.numbers = numbers
        self.page = 1
        self.paged = False
        self.found: list[tuple[str, int, tuple[str, ...]]] = []

    def read(self, document: Element) -> list[Paragraph]:
        body = document.find(f"{W}body")
        if body is None:
            raise UnreadableDocument("no body")
        self._blocks(body)
        return [
            Paragraph(text, page if self.paged else None, i, cells)
            for i, (text, page, cells) in enumerate(self.found, 1)
        ]

    def _blocks(self, parent: Element) -> None:
        for block in parent:
            if block.tag == f"{W}p":
                self._add(self._paragraph(block))
            elif block.tag == f"{W}tbl":
                self._table(block)
            elif block.tag in (f"{W}sdt", f"{W}sdtContent", f"{W}ins", f"{W}customXml", f"{W}smartTag"):
                self._blocks(block)

    def _add(self, text: str, cells: tuple[str, ...] = ()) -> None:
        for line in [text] if cells else text.split("\n"):
            if line.strip():
                self.found.append((line.strip(), self.page, cells))

    def _paragraph(self, block: Element) -> str:
        text = clean("".join(self._words(block)))
        label = self.numbers.label(block.find(f"{W}pPr")) if text.strip() else ""
        return f"{label} {text.strip()}" if label else text

    def _words(self, element: Element) -> Iterator[str]:
        for child in element:
            if child.tag == f"{W}t":
                yield child.text or ""
            elif child.tag in (f"{W}tab", f"{W}ptab"):
                yield " "
            elif child.tag == f"{W}noBreakHyphen":
                yield "-"
            elif child.tag in (f"{W}br", f"{W}cr"):
                yield self._break(child)
            elif child.tag == f"{W}lastRenderedPageBreak":
                self._turn()
            elif child.tag not in (FALLBACK, f"{W}del", f"{W}moveFrom", f"{W}pPr", f"{W}rPr", f"{W}instrText"):
                yield from self._words(child)
                if child.tag == f"{W}p":
                    yield "\n"  # a paragraph of a text box

    def _break(self, element: Element) -> str:
        if element.get(f"{W}type") == "page":
            self._turn()
        return "\n"

    def _turn(self) -> None:
        self.page += 1
        self.paged = True

    def _table(self, table: Element) -> None:
        """A table of tasks row by row; any other (header, signatures) cell by cell, as lines."""
        rows = [[self._cell(cell) for cell in row.findall(f"{W}tc")] for row in table.findall(f"{W}tr")]
        width = max((len(row) for row in rows), default=0)
        grid = width >= 3 or (width == 2 and len(rows) > 3)
        for row in rows:
            if grid:
                cells = tuple(" ".join(cell.split()) for cell in row)
                self._add(" | ".join(cells), cells)
            else:
                for cell in row:
                    self._add(cell)

    def _cell(self, cell: Element) -> str:
        inner = _Body(self.numbers)
        inner._blocks(cell)
        return "\n".join(text for text, _, _ in inner.found)
