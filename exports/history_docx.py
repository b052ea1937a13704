"""A directive's story as a Word document, in the form of Decree 30/2020, Annex I: margins, heading, body, signature.

What the office itself has to add stays open: the paper's number, the place, who signs, who gets it.
"""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from typing import TYPE_CHECKING, Any

from domain.extracts import Extract

if TYPE_CHECKING:
    from docx.document import Document
    from docx.table import Table
    from docx.text.paragraph import Paragraph

FONT = "Times New Roman"
BODY, SMALL, CELL = 14, 13, 11  # points
WIDTH_CM = 21.0 - 3.0 - 1.5
STORY_CM = (2.6, 3.7, 4.0, 6.2)
FACTS_CM = (4.5, 12.0)
FILES_CM = (5.0, 8.3, 3.2)
STATE = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
MOTTO = "Độc lập - Tự do - Hạnh phúc"
CHECK = (
    "Để đối chiếu, quản trị hệ thống chạy lệnh “python -m bot verify-audit --head {short}”: nếu mã này còn trong sổ và "
    "các dòng vẫn khớp nhau thì nội dung trên chưa bị sửa, xóa kể từ lúc lập."
)


def history_docx(extract: Extract) -> bytes:
    """Draw the document.

    Args:
        extract: what it says; all of it plain words.

    Returns:
        a .docx file.
    """
    from docx import Document as new

    document = new()
    _page(document)
    _heading(document, extract)
    _title(document, extract)
    _facts(document, extract)
    _story(document, extract)
    _files(document, extract)
    _check(document, extract)
    _signature(document, extract)
    document.core_properties.title = f"Trích lục nhiệm vụ #{extract.number}"
    document.core_properties.author = extract.office
    kept = BytesIO()
    document.save(kept)
    return kept.getvalue()


# --- the sheet ---


def _page(document: Document) -> None:
    """A4, 20 mm at the top and bottom, 30 at the left, 15 at the right; pages numbered at the top from the second."""
    from docx.shared import Cm, Pt

    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.top_margin = section.bottom_margin = Cm(2)
    section.left_margin, section.right_margin = Cm(3), Cm(1.5)
    section.header_distance = Cm(1)
    section.different_first_page_header_footer = True
    style: Any = document.styles["Normal"]
    _in_font(style.font, style.element, BODY)
    style.paragraph_format.space_after = Pt(0)
    number = section.header.paragraphs[0]
    _center(number)
    _field(number, "PAGE")


def _in_font(font: Any, element: Any, points: float) -> None:
    from docx.oxml.ns import qn
    from docx.shared import Pt

    font.name, font.size = FONT, Pt(points)
    # the letters of Vietnamese count as several scripts, each with a font of its own
    fonts = element.get_or_add_rPr().get_or_add_rFonts()
    for script in ("w:ascii", "w:hAnsi", "w:cs", "w:eastAsia"):
        fonts.set(qn(script), FONT)


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


def _center(paragraph: Paragraph) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH

    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER


def _say(
    paragraph: Paragraph, words: str, points: float = BODY, *, bold: bool = False, italic: bool = False
) -> Paragraph:
    from docx.shared import Pt

    run = paragraph.add_run(words)
    run.font.size, run.bold, run.italic = Pt(points), bold, italic
    return paragraph


def _rule(paragraph: Paragraph, share: float, room_cm: float) -> None:
    """A line below a paragraph, over a share of the room it has."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn
    from docx.shared import Cm

    border = OxmlElement("w:pBdr")
    line = OxmlElement("w:bottom")
    for name, value in (("val", "single"), ("sz", "6"), ("space", "1"), ("color", "000000")):
        line.set(qn(f"w:{name}"), value)
    border.append(line)
    paragraph._p.get_or_add_pPr().append(border)
    indent = Cm(room_cm * (1 - share) / 2)
    paragraph.paragraph_format.left_indent = paragraph.paragraph_format.right_indent = indent


def _thin(paragraph: Paragraph) -> Paragraph:
    """An empty paragraph that takes no more room than the line below it."""
    from docx.shared import Pt

    paragraph.paragraph_format.line_spacing = Pt(3)
    return paragraph


# --- the parts ---


def _heading(document: Document, extract: Extract) -> None:
    """The office on the left with the paper's number, the state on the right with the day."""
    left_cm, right_cm = 6.7, 9.8
    table = _table(document, 1, (left_cm, right_cm), grid=False)
    left, right = table.rows[0].cells
    _say(left.paragraphs[0], extract.office.upper(), SMALL, bold=True)
    _rule(_thin(_line(left)), 0.4, left_cm)
    _say(_line(left), "Số: ……/TL-……", SMALL)
    _say(right.paragraphs[0], STATE, 12, bold=True)
    _say(_line(right), MOTTO, SMALL, bold=True)
    _rule(right.paragraphs[-1], 0.62, right_cm)
    day = extract.made_at
    month = f"{day.month:02}" if day.month < 3 else f"{day.month}"
    _say(_line(right), f"………, ngày {day.day:02} tháng {month} năm {day.year}", SMALL, italic=True)
    for cell in (left, right):
        for paragraph in cell.paragraphs:
            _center(paragraph)


def _line(cell: Any) -> Paragraph:
    added: Paragraph = cell.add_paragraph()
    return added


def _title(document: Document, extract: Extract) -> None:
    from docx.shared import Pt

    kind = document.add_paragraph()
    kind.paragraph_format.space_before = Pt(18)
    _center(_say(kind, "TRÍCH LỤC", BODY, bold=True))
    _center(_say(document.add_paragraph(), f"Quá trình thực hiện nhiệm vụ số #{extract.number}", BODY, bold=True))
    end = _thin(document.add_paragraph())
    _rule(end, 0.2, WIDTH_CM)
    end.paragraph_format.space_after = Pt(6)


def _part(document: Document, words: str) -> None:
    """The heading of a part: it stays with what follows."""
    from docx.shared import Pt

    paragraph = _say(document.add_paragraph(), words, BODY, bold=True)
    paragraph.paragraph_format.space_before = paragraph.paragraph_format.space_after = Pt(6)
    paragraph.paragraph_format.keep_with_next = True


def _body(document: Document, words: str) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Cm, Pt

    paragraph = _say(document.add_paragraph(), words)
    paragraph.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
    paragraph.paragraph_format.first_line_indent = Cm(1)
    paragraph.paragraph_format.space_after = Pt(6)


def _facts(document: Document, extract: Extract) -> None:
    _part(document, "I. Nhiệm vụ")
    _body(document, extract.text)
    if extract.quote and extract.quote != extract.text:
        _body(document, f"Nguyên văn: “{extract.quote}”")
    table = _table(document, len(extract.facts), FACTS_CM)
    for row, (name, value) in zip(table.rows, extract.facts, strict=True):
        _fill(row.cells, (name, value), bold=(True, False))


def _story(document: Document, extract: Extract) -> None:
    _part(document, "II. Quá trình thực hiện")
    rows = [(line.when, line.who, line.what, line.content) for line in extract.lines]
    _listing(document, ("Thời điểm", "Ai", "Việc", "Nội dung"), rows, STORY_CM)


def _files(document: Document, extract: Extract) -> None:
    _part(document, "III. Minh chứng")
    if not extract.files:
        _body(document, "Không có tệp nào.")
        return
    rows = [(file.name, file.sha256, f"{_size(file.size)}\n{file.came}") for file in extract.files]
    _listing(document, ("Tệp", "Mã SHA-256", "Dung lượng, ngày gửi"), rows, FILES_CM)


def _size(size: int) -> str:
    return f"{max(1, round(size / 1024)):,} KB".replace(",", ".")


def _check(document: Document, extract: Extract) -> None:
    _part(document, "IV. Đối chiếu")
    rows = f"{extract.audit_rows:,}".replace(",", ".")
    _body(document, f"Khi lập trích lục, sổ theo dõi của cơ quan có {rows} dòng; mã niêm phong của dòng cuối là:")
    _center(_say(document.add_paragraph(), extract.audit_hash, SMALL - 2))
    _body(document, CHECK.format(short=extract.audit_hash[:16]))
    _body(document, f"Trích lục do {extract.made_by} lập lúc {extract.made_at:%H:%M ngày %d/%m/%Y}./.")


def _signature(document: Document, extract: Extract) -> None:
    """Who gets it on the left, who signs on the right; the names are the office's to write."""
    from docx.shared import Pt

    table = _table(document, 1, (7.5, 9.0), grid=False)
    left, right = table.rows[0].cells
    _say(left.paragraphs[0], "Nơi nhận:", 12, bold=True, italic=True)
    for line in ("- …………………;", "- Lưu: VT, ………"):
        _say(_line(left), line, 11)
    _center(_say(right.paragraphs[0], "NGƯỜI TRÍCH LỤC", BODY, bold=True))
    _center(_say(_line(right), "(Ký, ghi rõ họ tên)", SMALL, italic=True))
    for paragraph in (left.paragraphs[0], right.paragraphs[0]):
        paragraph.paragraph_format.space_before = Pt(12)


# --- tables ---


def _table(document: Document, rows: int, widths: Sequence[float], *, grid: bool = True) -> Table:
    from docx.enum.table import WD_TABLE_ALIGNMENT
    from docx.shared import Cm

    table: Table = document.add_table(rows, len(widths))
    table.alignment, table.autofit = WD_TABLE_ALIGNMENT.CENTER, False
    if grid:
        table.style = "Table Grid"
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Cm(width)
    for row in table.rows:  # a column finds its cells by reading the whole table
        for cell, width in zip(row.cells, widths, strict=True):
            cell.width = Cm(width)
    return table


def _listing(document: Document, titles: Sequence[str], rows: Sequence[Sequence[str]], widths: Sequence[float]) -> None:
    """A table whose titles stand again on every page."""
    from docx.oxml import OxmlElement

    table = _table(document, 1 + len(rows), widths)
    everything = [row.cells for row in table.rows]
    _fill(everything[0], titles, bold=(True,) * len(titles))
    table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    for cells, words in zip(everything[1:], rows, strict=True):
        _fill(cells, words)
    for row in table.rows:
        row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))


def _fill(cells: Sequence[Any], words: Sequence[str], bold: Sequence[bool] = ()) -> None:
    for i, (cell, said) in enumerate(zip(cells, words, strict=True)):
        _say(cell.paragraphs[0], said, CELL, bold=bool(bold) and bold[i])
