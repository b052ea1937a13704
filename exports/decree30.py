"""The form of administrative documents of Decree 30/2020, Annex I, as blocks from which templates are built.

Words handed to a block may be variables and commands of a template ("{{ co_quan }}"). What depends on the words that
fill them, the length of the lines below headings, is set by ``finish`` after filling.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from docx.document import Document
    from docx.section import Section
    from docx.table import Table, _Cell
    from docx.text.paragraph import Paragraph

FONT = "Times New Roman"
BODY, SMALL, NAMES, CELL = 14.0, 13.0, 12.0, 11.0  # points
TOP_CM, BOTTOM_CM, LEFT_CM, RIGHT_CM = 2.0, 2.0, 3.0, 1.5
A4_CM = (21.0, 29.7)
WIDTH_CM = A4_CM[0] - LEFT_CM - RIGHT_CM
WIDE_CM = A4_CM[1] - LEFT_CM - RIGHT_CM  # of a sheet laid across
FIRST_LINE_CM = 1.27
BETWEEN = 6.0  # points between paragraphs
HEADING_CM = (6.6, 9.9)
SIGNATURE_CM = (7.5, 9.0)
STATE = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
MOTTO = "Độc lập - Tự do - Hạnh phúc"
RECIPIENTS = "Nơi nhận:"
FOR_THE_HAND = 64.0  # points between post and name
NARROW_SIDE_CM = 0.12  # left and right in a cell of a table with many columns
CELL_SIDES_CM = 0.38  # what Word keeps free left and right in a cell

SHORT_LINE, FULL_LINE = "Đường kẻ ngắn", "Đường kẻ đủ"
SHARES = {SHORT_LINE: 0.4, FULL_LINE: 1.0}
"""Styles of a line below a heading: how much of the heading's length it has (the decree: a third to a half; all)."""

_CM = 360_000  # units of the format
_PT = 12_700


@dataclass(frozen=True)
class Column:
    """One of a table.

    Attributes:
        title: over it.
        words: what a row has there.
        cm: how wide it is.
        align: "left", "center" or "right".
    """

    title: str
    words: str
    cm: float
    align: str = "left"


# --- the sheet ---


def sheet() -> Document:
    """An empty A4 sheet: margins, letters, and page numbers at the top from the second page on."""
    from docx import Document as new
    from docx.enum.style import WD_STYLE_TYPE
    from docx.shared import Pt

    document: Document = new()
    section = document.sections[0]
    _margins(section, *A4_CM)
    section.different_first_page_header_footer = True
    normal: Any = document.styles["Normal"]
    _letters(normal)
    normal.paragraph_format.space_after = Pt(0)
    for name in SHARES:
        style: Any = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style.base_style = normal
        style.paragraph_format.line_spacing = Pt(3)  # no higher than the line
        style.paragraph_format.space_after = Pt(4)
        _underlined(style)
    number = section.header.paragraphs[0]
    align(number, "center")
    _field(number, "PAGE")
    return document


def across(document: Document) -> Section:
    """From here on the sheets are laid across, for wide tables; ``WIDE_CM`` is the room."""
    from docx.enum.section import WD_ORIENT

    section: Section = document.add_section()
    section.orientation = WD_ORIENT.LANDSCAPE
    _margins(section, A4_CM[1], A4_CM[0])
    section.different_first_page_header_footer = False
    return section


def upright(document: Document) -> Section:
    """From here on the sheets stand again."""
    from docx.enum.section import WD_ORIENT

    section: Section = document.add_section()
    section.orientation = WD_ORIENT.PORTRAIT
    _margins(section, *A4_CM)
    section.different_first_page_header_footer = False
    return section


def _margins(section: Section, width: float, height: float) -> None:
    from docx.shared import Cm

    section.page_width, section.page_height = Cm(width), Cm(height)
    section.top_margin, section.bottom_margin = Cm(TOP_CM), Cm(BOTTOM_CM)
    section.left_margin, section.right_margin = Cm(LEFT_CM), Cm(RIGHT_CM)
    section.header_distance = Cm(1)


def _letters(style: Any) -> None:
    from docx.oxml.ns import qn
    from docx.shared import Pt

    style.font.name, style.font.size = FONT, Pt(BODY)
    # the letters of Vietnamese count as several scripts, each with a font of its own
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for script in ("w:ascii", "w:hAnsi", "w:cs", "w:eastAsia"):
        fonts.set(qn(script), FONT)


def _underlined(style: Any) -> None:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    border, line = OxmlElement("w:pBdr"), OxmlElement("w:bottom")
    for name, value in (("val", "single"), ("sz", "6"), ("space", "1"), ("color", "000000")):
        line.set(qn(f"w:{name}"), value)
    border.append(line)
    properties = style.element.get_or_add_pPr()
    properties.insert_element_before(border, "w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc")


def _field(paragraph: Paragraph, name: str) -> None:
    """A number that the word processor works out."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    run = paragraph.add_run()
    for kind, text in (("begin", ""), ("", name), ("end", "")):
        part = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            part.set(qn("w:fldCharType"), kind)
        else:
            part.text = text
        run._r.append(part)


# --- words ---


def align(paragraph: Paragraph, how: str) -> Paragraph:
    """``how``: "left", "center", "right" or "justify"."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH

    paragraph.alignment = getattr(WD_ALIGN_PARAGRAPH, how.upper())
    return paragraph


def say(
    paragraph: Paragraph, words: str, points: float = BODY, *, bold: bool = False, italic: bool = False
) -> Paragraph:
    """Add words to a paragraph, which is returned."""
    from docx.shared import Pt

    run = paragraph.add_run(words)
    run.font.size, run.bold, run.italic = Pt(points), bold, italic
    return paragraph


def command(place: Document | _Cell, words: str) -> None:
    """A command of the template ("for x in xs", "endfor", "if y"): its paragraph goes when the paper is drawn."""
    place.add_paragraph(f"{{%p {words} %}}")


def body(document: Document, words: str, *, bold: bool = False, italic: bool = False) -> Paragraph:
    """A paragraph of the text: justified, its first line set in, room after it."""
    from docx.shared import Cm, Pt

    paragraph: Paragraph = say(document.add_paragraph(), words, bold=bold, italic=italic)
    align(paragraph, "justify")
    paragraph.paragraph_format.first_line_indent = Cm(FIRST_LINE_CM)
    paragraph.paragraph_format.space_after = Pt(BETWEEN)
    return paragraph


def part(document: Document, words: str) -> Paragraph:
    """The heading of a part ("I. …"): it stays with what follows."""
    from docx.shared import Pt

    paragraph = body(document, words, bold=True)
    paragraph.paragraph_format.space_before = Pt(BETWEEN)  # a table may stand before it
    paragraph.paragraph_format.keep_with_next = True
    return paragraph


# --- the parts of a paper ---


def heading(document: Document, summary: str = "") -> None:
    """Issuer and number on the left, the state with place and date on the right.

    Args:
        document: a sheet.
        summary: of a letter: what it is about, below its number ("V/v …"); other papers have a ``title``.
    """
    left, right = _bare_table(document, HEADING_CM)
    first = left.paragraphs[0]
    first.add_run("{%p if co_quan_chu_quan %}")
    say(left.add_paragraph(), "{{ co_quan_chu_quan }}", NAMES)
    command(left, "endif")
    say(left.add_paragraph(), "{{ co_quan }}", NAMES, bold=True)
    left.add_paragraph(style=SHORT_LINE)
    say(left.add_paragraph(), "{{ so_ky_hieu }}", SMALL)
    if summary:
        say(left.add_paragraph(), summary, NAMES)
    say(right.paragraphs[0], STATE, NAMES, bold=True)
    say(right.add_paragraph(), MOTTO, SMALL, bold=True)
    right.add_paragraph(style=FULL_LINE)
    say(right.add_paragraph(), "{{ noi_va_ngay }}", SMALL, italic=True)
    for paragraph in (*left.paragraphs, *right.paragraphs):
        align(paragraph, "center")


def title(document: Document, kind: str, summary: str) -> None:
    """The kind of paper in capitals, what it is about, and a short line."""
    from docx.shared import Pt

    first = align(say(document.add_paragraph(), kind, BODY, bold=True), "center")
    first.paragraph_format.space_before = Pt(18)
    align(say(document.add_paragraph(), summary, BODY, bold=True), "center")
    document.add_paragraph(style=SHORT_LINE).paragraph_format.space_after = Pt(12)


def signature(document: Document, post: str = "", note: str = "") -> None:
    """Who gets it on the left, who signs on the right.

    Args:
        document: after the text.
        post: of who signs, where that is not who signs for the office: no name, no authority.
        note: in italics below the post.
    """
    from docx.shared import Pt

    left, right = _bare_table(document, SIGNATURE_CM)
    say(left.paragraphs[0], RECIPIENTS, 12, bold=True, italic=True)
    command(left, "for noi in noi_nhan")
    say(left.add_paragraph(), "{{ noi }}", 11)
    command(left, "endfor")
    if post:
        say(right.paragraphs[0], post, BODY, bold=True)
        say(right.add_paragraph(), note, SMALL, italic=True)
    else:
        _signing_for_the_office(right)
    for cell in (left, right):
        cell.paragraphs[0].paragraph_format.space_before = Pt(12)
    for paragraph in right.paragraphs:
        align(paragraph, "center")


def _signing_for_the_office(cell: _Cell) -> None:
    from docx.shared import Pt

    cell.paragraphs[0].add_run("{%p if tham_quyen %}")
    say(cell.add_paragraph(), "{{ tham_quyen }}", BODY, bold=True)
    command(cell, "endif")
    say(cell.add_paragraph(), "{{ chuc_vu }}", BODY, bold=True)
    signed = say(cell.add_paragraph(), "{{ nguoi_ky }}", BODY, bold=True)
    signed.paragraph_format.space_before = Pt(FOR_THE_HAND)


# --- tables ---


def table(document: Document, columns: Sequence[Column], rows: str, points: float = CELL) -> Table:
    """A table with a row for each of a list; its titles stand again on every page, and no row is cut.

    Args:
        document: where it stands.
        columns: in order.
        rows: as after "for": "v in viec".
        points: size of its letters.
    """
    made = _grid(document, 4, [column.cm for column in columns])
    head, opening, row, closing = made.rows
    opening.cells[0].paragraphs[0].add_run(f"{{%tr for {rows} %}}")
    closing.cells[0].paragraphs[0].add_run("{%tr endfor %}")
    for cell, column in zip(head.cells, columns, strict=True):
        align(say(cell.paragraphs[0], column.title, points, bold=True), "center")
    for cell, column in zip(row.cells, columns, strict=True):
        align(say(cell.paragraphs[0], column.words, points), column.align)
    _airy(head, row)
    _tight(made)
    _mark(head, "w:cantSplit", "w:tblHeader")
    _mark(row, "w:cantSplit")
    return made


def listing(document: Document, columns: Sequence[Column], name: str, rows: str, nothing: str) -> None:
    """A table of a list, or a sentence where the list is empty.

    Args:
        document: where it stands.
        columns: in order; their words speak of ``name``.
        name: of one row ("d").
        rows: the list's variable.
        nothing: the sentence.
    """
    command(document, f"if {rows}")
    table(document, columns, f"{name} in {rows}")
    command(document, "else")
    body(document, nothing)
    command(document, "endif")


def note(document: Document, words: str) -> Paragraph:
    """A remark below a table."""
    from docx.shared import Pt

    paragraph = body(document, words, italic=True)
    paragraph.paragraph_format.space_before = Pt(BETWEEN)
    return paragraph


def pairs(document: Document, rows: str, name: str, value: str, widths: Sequence[float] = (4.5, 12.0)) -> Table:
    """A table of names and values without titles; ``rows`` as for ``table``."""
    made = _grid(document, 3, widths)
    opening, row, closing = made.rows
    opening.cells[0].paragraphs[0].add_run(f"{{%tr for {rows} %}}")
    closing.cells[0].paragraphs[0].add_run("{%tr endfor %}")
    say(row.cells[0].paragraphs[0], name, CELL, bold=True)
    say(row.cells[1].paragraphs[0], value, CELL)
    _airy(row)
    _mark(row, "w:cantSplit")
    return made


def _airy(*rows: Any) -> None:
    """Words do not stick to the lines of a table."""
    from docx.shared import Pt

    for row in rows:
        for cell in row.cells:
            written = cell.paragraphs[0].paragraph_format
            written.space_before = written.space_after = Pt(2)


def _tight(made: Table) -> None:
    """Cells of many columns keep less free at their sides: short words in narrow columns are not broken."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    margins = OxmlElement("w:tblCellMar")
    for side in ("left", "right"):
        margin = OxmlElement(f"w:{side}")
        margin.set(qn("w:w"), str(round(NARROW_SIDE_CM * 567)))
        margin.set(qn("w:type"), "dxa")
        margins.append(margin)
    look = made._tbl.tblPr.find(qn("w:tblLook"))
    if look is None:
        made._tbl.tblPr.append(margins)
    else:
        look.addprevious(margins)


def _grid(document: Document, rows: int, widths: Sequence[float]) -> Table:
    from docx.enum.table import WD_TABLE_ALIGNMENT
    from docx.shared import Cm

    made: Table = document.add_table(rows, len(widths))
    made.alignment, made.autofit = WD_TABLE_ALIGNMENT.CENTER, False
    made.style = "Table Grid"
    for column, width in zip(made.columns, widths, strict=True):
        column.width = Cm(width)
    for row in made.rows:
        for cell, width in zip(row.cells, widths, strict=True):
            cell.width = Cm(width)
    return made


def _bare_table(document: Document, widths: Sequence[float]) -> tuple[_Cell, ...]:
    """The cells of one row without lines, which no page cuts."""
    made = _grid(document, 1, widths)
    made.style = None
    _mark(made.rows[0], "w:cantSplit")
    return made.rows[0].cells


def _mark(row: Any, *names: str) -> None:
    from docx.oxml import OxmlElement

    properties = row._tr.get_or_add_trPr()
    for name in names:
        properties.append(OxmlElement(name))


# --- what depends on the words that fill a template ---


def finish(document: Document) -> None:
    """Settle what depends on the words: how long lines are, and that no signature stands alone on its page."""
    fit_lines(document)
    for made in document.tables:
        if made.rows[0].cells[0].text.startswith(RECIPIENTS):
            _keep_with_last_words(document, made._tbl)


def _keep_with_last_words(document: Document, element: Any) -> None:
    from docx.text.paragraph import Paragraph as Text

    before = element.getprevious()
    if before is not None and before.tag == document.paragraphs[0]._p.tag:
        last = Text(before, document._body)
        last.paragraph_format.keep_with_next = last.paragraph_format.keep_together = True


def fit_lines(document: Document) -> None:
    """Give each line below a heading its share of the heading's length; without such lines nothing happens."""
    room = _room_cm(document)
    for paragraph in document.paragraphs:
        _fit(paragraph, room)
    for made in document.tables:
        for row in made.rows[:1]:
            for cell in row.cells:
                width = cell.width or 0
                for paragraph in cell.paragraphs:
                    _fit(paragraph, width / _CM - CELL_SIDES_CM)


def _room_cm(document: Document) -> float:
    section = document.sections[0]
    sides = (section.left_margin or 0) + (section.right_margin or 0)
    return ((section.page_width or 0) - sides) / _CM


def _fit(paragraph: Paragraph, room_cm: float) -> None:
    from docx.shared import Cm
    from docx.text.paragraph import Paragraph as Above

    style = paragraph.style.name if paragraph.style is not None else None
    before = paragraph._p.getprevious()
    if style not in SHARES or before is None:
        return
    above = Above(before, paragraph._parent)
    sizes = [run.font.size for run in above.runs if run.font.size]
    points = (sizes[0] if sizes else BODY * _PT) / _PT
    long = longest_line_cm(above.text, points, room_cm) * SHARES[style]
    side = Cm(max(0.0, (room_cm - long) / 2))
    paragraph.paragraph_format.left_indent = paragraph.paragraph_format.right_indent = side


def longest_line_cm(words: str, points: float, room_cm: float) -> float:
    """How long the longest line of bold words is where a line has so much room. Widths are those of Times Bold."""
    space = _WIDTHS[" "]
    room = room_cm / 2.54 * 72 / points * 1000
    longest = line = 0.0
    for written in words.split("\n"):
        line = 0.0
        for word in written.split():
            long = sum(_width(letter) for letter in word)
            line = line + space + long if line and line + space + long <= room else long
            longest = max(longest, line)
    return min(longest, room) / 1000 * points / 72 * 2.54


def _width(letter: str) -> float:
    plain = "D" if letter == "Đ" else "d" if letter == "đ" else unicodedata.normalize("NFD", letter)[0]
    return _WIDTHS.get(plain, 500)


def _widths() -> dict[str, float]:
    """Thousandths of the letters' size, from the metrics that Adobe published for Times Bold."""
    by_width = {
        250: " .,",
        278: "ijl/",
        333: "ft-()",
        389: "Is",
        444: "cerz",
        500: "Jagokvxy0123456789",
        556: "Sbdhnpqu",
        611: "FP",
        667: "BELTZ",
        722: "ACDNRUVXYw",
        778: "GHKOQ",
        833: "m",
        944: "M",
        1000: "W",
    }
    return {letter: float(width) for width, letters in by_width.items() for letter in letters}


_WIDTHS = _widths()
