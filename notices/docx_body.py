"""The body of a Word document: its paragraphs as they read once every tracked change is accepted."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from notices.docx_tables import Cell, frame_start, grid_rows, is_grid
from notices.errors import UnreadableDocument
from notices.numbering import Numbers, W
from notices.paragraphs import Paragraph, clean, laid_out, rejoined

COMPATIBLE = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
TEXTPATH = "{urn:schemas-microsoft-com:vml}textpath"  # the words of WordArt
MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"
OFF = ("0", "false", "off", "none")
SYMBOL_FONTS = ("Wingdings", "Symbol", "Webdings", "Marlett", "ZapfDingbats")
GONE = frozenset(
    f"{W}{name}"
    for name in (
        "del", "moveFrom", "pPr", "rPr", "instrText", "delText", "delInstrText", "rt", "ffData", "sdtPr", "sdtEndPr",
        "footnoteRef", "endnoteRef", "annotationRef", "softHyphen", "tblPr", "sectPr",
    )
)  # fmt: skip
BLOCKS = frozenset(f"{W}{name}" for name in ("sdt", "sdtContent", "ins", "moveTo", "customXml", "smartTag"))
MEASURE = re.compile(r"(?:\b(?:m|km|cm|dm|mm|ha|dam|hm)|\d)$")  # "m²" typed with a raised digit
RAISED_MARK = re.compile(r"[\[(]?(?:\d{1,2}|\*{1,3})[\])]?")


@dataclass(frozen=True)
class Item:
    """A paragraph or a table's row on its way out: its words, page and cells."""

    text: str
    page: int
    cells: tuple[str, ...] = ()


@dataclass(frozen=True)
class Look:
    """What of a run's looks changes its words; None where nothing is said."""

    hidden: bool | None = None
    capitals: bool | None = None


class Looks:
    """The looks that styles give.

    Args:
        styles: the part with the styles; None where there is none.
    """

    def __init__(self, styles: Element | None) -> None:
        self._own: dict[str, tuple[Look, str]] = {}
        for style in styles.findall(f"{W}style") if styles is not None else ():
            parent = style.find(f"{W}basedOn")
            based = parent.get(f"{W}val", "") if parent is not None else ""
            self._own[style.get(f"{W}styleId", "")] = (look_of(style.find(f"{W}rPr")), based)
        self.plain = all(look == Look() for look, _ in self._own.values())

    def of(self, style: str) -> Look:
        """The looks of a style, with those it is based on."""
        hidden: bool | None = None
        capitals: bool | None = None
        seen: set[str] = set()
        while style in self._own and style not in seen:
            seen.add(style)
            look, style = self._own[style]
            hidden = look.hidden if hidden is None else hidden
            capitals = look.capitals if capitals is None else capitals
        return Look(hidden, capitals)


def look_of(properties: Element | None) -> Look:
    """The looks that a run's own properties give."""
    if properties is None:
        return Look()
    return Look(_switch(properties, f"{W}vanish"), _switch(properties, f"{W}caps"))


def _switch(properties: Element, tag: str) -> bool | None:
    found = properties.find(tag)
    return None if found is None else found.get(f"{W}val", "1") not in OFF


@dataclass
class _Words:
    """The words of one paragraph as they are gathered."""

    parts: list[str] = field(default_factory=list)
    page: int | None = None
    look: Look = Look()  # of the paragraph's style
    boxes: list[Item] = field(default_factory=list)


class Body:
    """One pass over the body of a document, or over a header.

    Args:
        numbers: hands out the automatic numbers.
        looks: the looks that styles give.
    """

    def __init__(self, numbers: Numbers, looks: Looks) -> None:
        self.marks: list[str] = []  # words that stand in drawings, or in a cell among others: perhaps a stamp
        self._numbers = numbers
        self._looks = looks
        self._page = 1
        self._paged = False
        self._fields: list[bool] = []  # of each open field: whether its instruction is still going on
        self._runs_on: tuple[str, str, int] | None = None  # label, words and page of a paragraph whose end was deleted

    def read(self, document: Element) -> list[Paragraph]:
        """All paragraphs.

        Raises:
            UnreadableDocument: there is no body.
        """
        body = document.find(f"{W}body")
        if body is None:
            raise UnreadableDocument("no body")
        items = self.items_of(body)
        return [Paragraph(x.text, x.page if self._paged else None, i, x.cells) for i, x in enumerate(items, 1)]

    def items_of(self, parent: Element) -> list[Item]:
        """The paragraphs and rows under an element."""
        found: list[Item] = []
        self._blocks(parent, found)
        return found + self._ended()

    def _ended(self) -> list[Item]:
        """The paragraph that would have run on, where none follows it."""
        if self._runs_on is None:
            return []
        label, text, page = self._runs_on
        self._runs_on = None
        return _lines(label, text, page)

    def _blocks(self, parent: Element, found: list[Item]) -> None:
        for block in parent:
            if block.tag == f"{W}p":
                found += self._paragraph(block)
            elif block.tag == f"{W}tbl":
                found += self._ended()
                found += self._table(block)
            elif block.tag in BLOCKS:
                self._blocks(block, found)
            elif block.tag == f"{COMPATIBLE}AlternateContent":
                self._blocks(_chosen(block), found)

    def _paragraph(self, block: Element) -> list[Item]:
        properties = block.find(f"{W}pPr")
        words = _Words(look=self._styled(properties))
        self._gather(block, words, Look())
        while self._fields and self._fields[-1]:
            self._fields.pop()  # an instruction does not go over a paragraph's end; a damaged one must not swallow more
        text = "".join(words.parts)
        page = words.page or self._page
        mark = properties.find(f"{W}rPr") if properties is not None else None
        removed = mark is not None and _mark_is_gone(mark)
        label = "" if removed and not text.strip() else self._numbers.label(properties)
        if self._runs_on is not None:
            before, first, page = self._runs_on
            label, text = (before if first.strip() else label), first + text
            self._runs_on = None
        if removed:
            self._runs_on = (label, text, page)
            return words.boxes
        return [*_lines(label, text, page), *words.boxes]

    def _styled(self, properties: Element | None) -> Look:
        if self._looks.plain:
            return Look()
        style = properties.find(f"{W}pStyle") if properties is not None else None
        return self._looks.of(style.get(f"{W}val", "") if style is not None else self._numbers.default_style)

    def _gather(self, element: Element, words: _Words, look: Look) -> None:
        """The words under an element, in order."""
        for child in element:
            tag = child.tag
            if tag in GONE:
                continue
            if tag == f"{W}r":
                self._run(child, words)
            elif tag in (f"{W}t", MATH):
                self._say(child.text or "", words, look)
            elif tag in PLAIN:
                self._say(PLAIN[tag], words, look)
            elif tag == f"{W}sym":
                self._say(_symbol(child), words, look)
            elif tag == f"{W}lastRenderedPageBreak":
                self._page += 1
                self._paged = True
            elif tag == f"{W}fldChar":
                self._field(child.get(f"{W}fldCharType", ""))
            elif tag == f"{W}txbxContent":
                self._box(child, words)
            elif tag == f"{COMPATIBLE}AlternateContent":
                self._choice(child, words, look)
            else:
                self._drawn(child)
                self._gather(child, words, look)

    def _run(self, run: Element, words: _Words) -> None:
        properties = run.find(f"{W}rPr")
        look = self._look(properties, words.look)
        if look.hidden:
            return
        if properties is not None and _is_symbolic(properties):
            self._say(" \uf0b7 " if run.find(f"{W}t") is not None else "", words, look)
            return
        if properties is not None and self._is_note_mark(run, properties, words):
            return
        self._gather(run, words, look)

    def _look(self, properties: Element | None, styled: Look) -> Look:
        own = look_of(properties)
        named = properties.find(f"{W}rStyle") if properties is not None else None
        of_run = self._looks.of(named.get(f"{W}val", "")) if named is not None and not self._looks.plain else Look()
        hidden = next((x for x in (own.hidden, of_run.hidden, styled.hidden) if x is not None), None)
        capitals = next((x for x in (own.capitals, of_run.capitals, styled.capitals) if x is not None), None)
        return Look(hidden, capitals)

    def _is_note_mark(self, run: Element, properties: Element, words: _Words) -> bool:
        """The mark of a note that is typed: a raised number after a word, or a sign beside the reference."""
        reference = run.find(f"{W}footnoteReference")
        if reference is not None and reference.get(f"{W}customMarkFollows") not in (None, *OFF):
            return True
        raised = properties.find(f"{W}vertAlign")
        if raised is None or raised.get(f"{W}val") != "superscript":
            return False
        text = "".join(t.text or "" for t in run.iter(f"{W}t")).strip()
        before = "".join(words.parts[-3:]).rstrip()
        return bool(RAISED_MARK.fullmatch(text)) and bool(before) and not MEASURE.search(before)

    def _say(self, text: str, words: _Words, look: Look) -> None:
        if look.hidden or not text or (self._fields and any(self._fields)):
            return
        if words.page is None and text.strip():
            words.page = self._page
        words.parts.append(text.upper() if look.capitals else text)

    def _field(self, kind: str) -> None:
        if kind == "begin":
            self._fields.append(True)
        elif kind == "separate" and self._fields:
            self._fields[-1] = False
        elif kind == "end" and self._fields:
            self._fields.pop()

    def _choice(self, element: Element, words: _Words, look: Look) -> None:
        """One drawing is written in several ways: the first with words in it is read."""
        before = len(words.parts), len(words.boxes)
        for way in element:
            self._gather(way, words, look)
            if (len(words.parts), len(words.boxes)) != before:
                return

    def _box(self, content: Element, words: _Words) -> None:
        """A text box stands beside the sentence that it is anchored in."""
        fields, self._fields = self._fields, []
        runs_on, self._runs_on = self._runs_on, None
        found = self.items_of(content)
        self._fields, self._runs_on = fields, runs_on
        words.boxes += found
        self.marks.append(" ".join(item.text for item in found))

    def _drawn(self, element: Element) -> None:
        if element.tag == TEXTPATH and element.get("string"):
            self.marks.append(element.get("string", ""))

    def _table(self, table: Element) -> list[Item]:
        rows = grid_rows(table)
        inside = {id(cell): self._cell(cell) for row in rows for cell in row}
        texts = [[_cell_text(inside[id(cell)]) for cell in row] for row in rows]
        cut = frame_start(texts)
        found = self._laid(rows[:cut], texts[:cut], inside) if cut else []
        return [*found, *(x for column in _columns(rows[cut:]) for cell in column for x in inside[id(cell)])]

    def _laid(self, rows: list[list[Cell]], texts: list[list[str]], inside: dict[int, list[Item]]) -> list[Item]:
        if is_grid(texts):
            return self._grid(rows, inside)
        return [item for row in rows for cell in row for item in inside[id(cell)]]

    def _cell(self, cell: Cell) -> list[Item]:
        return self.items_of(cell.element) if cell.element is not None else []

    def _grid(self, rows: list[list[Cell]], inside: dict[int, list[Item]]) -> list[Item]:
        """A row for each; what spans rows stands in all of them, what spans columns in the first."""
        found: list[Item] = []
        above: dict[int, str] = {}
        width = max(cell.end for row in rows for cell in row)
        for row in rows:
            cells = [""] * width
            nested: list[Item] = []
            for cell in row:
                text = above.get(cell.column, "") if cell.goes_on else _cell_text(inside[id(cell)])
                above[cell.column] = text
                cells[cell.column] = text
                nested += [item for item in inside[id(cell)] if item.cells]
            self._marks_in(cells)
            page = min((item.page for cell in row for item in inside[id(cell)]), default=self._page)
            shown = " | ".join(" ".join(cell.split()) for cell in cells)
            if shown.strip(" |"):
                found.append(Item(shown, page, tuple(cells)))
            found += nested
        return found

    def _marks_in(self, cells: Iterable[str]) -> None:
        self.marks += [line for cell in cells if "\n" in cell for line in cell.split("\n")]


PLAIN = {
    f"{W}tab": "\t",
    f"{W}ptab": "\t",
    f"{W}noBreakHyphen": "-",
    f"{W}br": "\n",
    f"{W}cr": "\n",
}


def _chosen(alternatives: Element) -> Element:
    return next(iter(alternatives), alternatives)


def _mark_is_gone(mark: Element) -> bool:
    """Whether a paragraph's end is deleted, moved away or hidden: it runs on into the next paragraph."""
    if mark.find(f"{W}del") is not None or mark.find(f"{W}moveFrom") is not None:
        return True
    return look_of(mark).hidden is True


def _is_symbolic(properties: Element) -> bool:
    fonts = properties.find(f"{W}rFonts")
    return fonts is not None and fonts.get(f"{W}ascii", "").startswith(SYMBOL_FONTS)


def _symbol(element: Element) -> str:
    """A sign of a symbol font is a bullet to us; one of a text font is itself."""
    code = element.get(f"{W}char", "")
    if not re.fullmatch(r"[0-9A-Fa-f]{1,5}", code) or element.get(f"{W}font", "").startswith(SYMBOL_FONTS):
        return " \uf0b7 "
    return chr(int(code, 16)) if not 0xD800 <= int(code, 16) <= 0xDFFF else ""


def _lines(label: str, text: str, page: int) -> list[Item]:
    """A paragraph, or several where it has line ends of its own that part sentences."""
    lines = rejoined(laid_out(line) for line in clean(text).split("\n"))
    if not lines:
        return []
    first = f"{label}{lines[0]}" if label else lines[0]
    return [Item(first, page), *(Item(line, page) for line in lines[1:])]


def _cell_text(items: list[Item]) -> str:
    return "\n".join(item.text for item in items if not item.cells)


def _columns(rows: list[list[Cell]]) -> list[list[Cell]]:
    """The cells column by column: the left half of a header, then the right one."""
    starts = sorted({cell.column for row in rows for cell in row})
    return [[cell for row in rows for cell in row if cell.column == start] for start in starts]
