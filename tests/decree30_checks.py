"""One check of every paper that the program draws, against Annex I of Decree 30/2020.

The numbers are written down here once more, from the decree: the blocks that draw are what is checked.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import BytesIO
from typing import Any

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Cm, Length, Mm, Pt

STATE = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
MOTTO = "Độc lập - Tự do - Hạnh phúc"
FONT = "Times New Roman"
DAY = re.compile(r"^\S.*, ngày \d\d tháng (0[12]|[3-9]|1[0-2]) năm \d{4}$")
TWIP = 635  # the format counts in twentieths of a point
SCRIPTS = ("w:ascii", "w:hAnsi", "w:cs", "w:eastAsia")


def check(content: bytes, *, title: str | None, summary: str | None = None, signed: bool = True) -> Any:
    """Hold a paper against the decree.

    Args:
        content: a .docx file.
        title: its kind in capitals; None for a letter, whose summary stands below its number.
        summary: the words expected as its summary (trích yếu, V/v), where they are known.
        signed: whether authority, post and name of who signs for the office are expected.

    Returns:
        the opened document.
    """
    document = Document(BytesIO(content))
    _sheets(document)
    _letters(document)
    _heading(document, is_letter=title is None, summary=summary)
    if title is not None:
        _title(document, title, summary)
    _text(document)
    _tables(document)
    _end(document, signed=signed)
    return document


def _near(value: Length | None, low: float, high: float) -> None:
    assert value is not None
    assert Mm(low) - TWIP <= value <= Mm(high) + TWIP, value.mm


def _sheets(document: Any) -> None:
    first, *others = document.sections
    assert first.orientation == WD_ORIENT.PORTRAIT
    for section in document.sections:
        sides = sorted((section.page_width.mm, section.page_height.mm))
        assert [round(side) for side in sides] == [210, 297]
        _near(section.top_margin, 20, 25)
        _near(section.bottom_margin, 20, 25)
        _near(section.left_margin, 30, 35)
        _near(section.right_margin, 15, 20)
    assert first.different_first_page_header_footer
    assert not any(section.different_first_page_header_footer for section in others)
    number = first.header.paragraphs[0]
    assert "PAGE" in number._p.xml
    assert number.alignment == WD_ALIGN_PARAGRAPH.CENTER
    assert "PAGE" not in first.first_page_header.paragraphs[0]._p.xml
    for section in others:
        assert section.header.is_linked_to_previous


def _letters(document: Any) -> None:
    normal = document.styles["Normal"]
    assert Pt(13) <= normal.font.size <= Pt(14)
    fonts = normal.element.rPr.rFonts
    assert {fonts.get(qn(script)) for script in SCRIPTS} == {FONT}
    for run in document.element.iter(qn("w:rFonts")):
        assert {run.get(qn(script)) for script in SCRIPTS} <= {FONT, None}
    for colour in document.element.iter(qn("w:color")):
        assert colour.get(qn("w:val")) in {"000000", "auto"}
    assert "{{" not in document.element.xml
    assert "{%" not in document.element.xml


def _shown(paragraph: Any, *, points: tuple[float, float], bold: bool, italic: bool = False) -> None:
    runs = [run for run in paragraph.runs if run.text.strip()]
    assert runs, paragraph.text
    for run in runs:
        assert Pt(points[0]) <= (run.font.size or Pt(14)) <= Pt(points[1]), paragraph.text
        assert bool(run.bold) is bold, paragraph.text
        assert bool(run.italic) is italic, paragraph.text


def _centred(paragraph: Any) -> None:
    assert paragraph.alignment == WD_ALIGN_PARAGRAPH.CENTER, paragraph.text


def _line_below(paragraph: Any, share: tuple[float, float], room: int) -> None:
    """The next paragraph draws a line over a share of this one's length."""
    from exports.decree30 import longest_line_cm  # how long words are: Word's own measure is not to be had

    line = type(paragraph)(paragraph._p.getnext(), paragraph._parent)
    assert not line.text
    assert line.style.element.find(qn("w:pPr")).find(qn("w:pBdr")).find(qn("w:bottom")) is not None
    shape = line.paragraph_format
    long = room - shape.left_indent - shape.right_indent
    words = longest_line_cm(paragraph.text, paragraph.runs[0].font.size.pt, Length(room).cm)
    assert share[0] - 0.02 <= Length(long).cm / words <= share[1] + 0.02, (paragraph.text, Length(long).cm, words)


def _heading(document: Any, *, is_letter: bool, summary: str | None) -> None:
    left, right = document.tables[0].rows[0].cells
    written = [p for p in left.paragraphs if p.text]
    place = next(i for i, p in enumerate(written) if p.text.startswith("Số: "))
    *parent, issuer = written[:place]
    number, *rest = written[place:]
    for paragraph in parent:
        _shown(paragraph, points=(12, 13), bold=False)
        assert paragraph.text.isupper()
    _shown(issuer, points=(12, 13), bold=True)
    assert issuer.text.isupper()
    _line_below(issuer, (1 / 3, 1 / 2), left.width - Cm(0.38))
    _shown(number, points=(13, 13), bold=False)
    assert re.fullmatch(r"Số: \S+/\S+", number.text), number.text
    assert bool(rest) is is_letter
    if is_letter:
        _shown(rest[0], points=(12, 13), bold=False)
        assert rest[0].text.startswith("V/v ")
        assert summary is None or rest[0].text == summary
    _right_heading(right)
    for paragraph in (*written, *(p for p in right.paragraphs if p.text)):
        _centred(paragraph)


def _right_heading(right: Any) -> None:
    state, motto, day = (p for p in right.paragraphs if p.text)
    assert state.text == STATE
    _shown(state, points=(12, 13), bold=True)
    assert motto.text == MOTTO
    _shown(motto, points=(13, 14), bold=True)
    _line_below(motto, (1, 1), right.width - Cm(0.38))
    _shown(day, points=(13, 14), bold=False, italic=True)
    assert DAY.match(day.text), day.text


def _title(document: Any, kind: str, summary: str | None) -> None:
    written = [p for p in document.paragraphs if p.text]
    first, second = written[:2]
    assert first.text == kind
    assert kind.isupper()
    assert summary is None or second.text == summary
    for paragraph in (first, second):
        _shown(paragraph, points=(13, 14), bold=True)
        _centred(paragraph)
    section = document.sections[0]
    _line_below(second, (1 / 3, 1 / 2), section.page_width - section.left_margin - section.right_margin)


def _text(document: Any) -> None:
    """Every justified paragraph: size, first line, room between, spacing."""
    text = [p for p in document.paragraphs if p.alignment == WD_ALIGN_PARAGRAPH.JUSTIFY and p.text]
    assert text
    for paragraph in text:
        shape = paragraph.paragraph_format
        assert any(abs(shape.first_line_indent - Cm(cm)) <= TWIP for cm in (1, 1.27)), paragraph.text
        assert shape.space_after >= Pt(6), paragraph.text
        assert shape.line_spacing is None or 1 <= shape.line_spacing <= 1.5
        for run in paragraph.runs:
            assert Pt(13) <= (run.font.size or Pt(14)) <= Pt(14), paragraph.text


def _listings(document: Any) -> Iterator[Any]:
    """The tables with lines: not those that only set heading and signature side by side."""
    for table in document.tables:
        if table.style is not None and table.style.name == "Table Grid":
            yield table


def _tables(document: Any) -> None:
    for table in _listings(document):
        for row in table._tbl.tr_lst:
            assert row.trPr is not None
            assert row.trPr.find(qn("w:cantSplit")) is not None
        first = table._tbl.tr_lst[0]
        cells = list(first.iter(qn("w:tc")))
        if len(cells) > 2:
            assert first.trPr.find(qn("w:tblHeader")) is not None


def _end(document: Any, *, signed: bool) -> None:
    signature = [t for t in document.tables if t.rows[0].cells[0].paragraphs[0].text == "Nơi nhận:"][-1]
    last = next(p for p in signature._tbl.itersiblings(qn("w:p"), preceding=True) if "".join(p.itertext()).strip())
    assert "".join(last.itertext()).endswith("./."), last.xml
    if last.getnext() is signature._tbl:  # it does not stand alone on its page
        assert last.pPr.find(qn("w:keepNext")) is not None
    left, right = signature.rows[0].cells
    head, *lines = (p for p in left.paragraphs if p.text)
    assert head.text == "Nơi nhận:"
    _shown(head, points=(12, 12), bold=True, italic=True)
    for paragraph in lines:
        _shown(paragraph, points=(11, 11), bold=False)
        assert paragraph.text.startswith("- ")
    assert all(p.text.endswith(";") for p in lines[:-1])
    assert re.fullmatch(r"- Lưu: VT.*\.", lines[-1].text)
    if signed:
        *posts, name = (p for p in right.paragraphs if p.text)
        assert posts
        for paragraph in posts:
            _shown(paragraph, points=(13, 14), bold=True)
            assert paragraph.text.isupper()
        _shown(name, points=(13, 14), bold=True)
        for paragraph in (*posts, name):
            _centred(paragraph)
