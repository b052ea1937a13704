"""Word documents made from nothing but their XML, so that a test says exactly what stands in them."""

import io
import re
import unicodedata
import zipfile
from xml.sax.saxutils import escape

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
STRICT_R = "http://purl.oclc.org/ooxml/officeDocument/relationships"
STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
SPACES = " ".join(
    [
        f'xmlns:w="{W}"',
        f'xmlns:r="{R}"',
        'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"',
        'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"',
        'xmlns:v="urn:schemas-microsoft-com:vml"',
    ]
)
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
LEVELS = (("upperRoman", "%1."), ("decimal", "%2."), ("lowerLetter", "%3)"), ("bullet", "-"))
TYPED = re.compile(r"^(?:(?P<roman>[IVX]+)\. |(?P<decimal>\d+)\. |(?P<letter>[a-z])\) |(?P<bullet>- ))")


def run(text, looks=""):
    properties = f"<w:rPr>{looks}</w:rPr>" if looks else ""
    return f'<w:r>{properties}<w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def inserted(text):
    return f'<w:ins w:id="1" w:author="a">{run(text)}</w:ins>'


def deleted(text):
    return f'<w:del w:id="2" w:author="a"><w:r><w:delText xml:space="preserve">{escape(text)}</w:delText></w:r></w:del>'


def number(level, name="1"):
    return f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{name}"/></w:numPr>'


def para(inside="", properties=""):
    inside = inside if inside.startswith("<") or not inside else run(inside)
    return f"<w:p><w:pPr>{properties}</w:pPr>{inside}</w:p>"


def cell(*paragraphs, properties=""):
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{''.join(p if p[:1] == '<' else para(p) for p in paragraphs)}</w:tc>"


def row(*cells, properties=""):
    return f"<w:tr><w:trPr>{properties}</w:trPr>{''.join(c if c[:1] == '<' else cell(c) for c in cells)}</w:tr>"


def table(*rows):
    columns = max(row.count("<w:tc>") for row in rows)
    grid = f'<w:gridCol w:w="{9600 // columns}"/>' * columns
    return f"<w:tbl><w:tblPr/><w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>"


def notes(*texts):
    made = "".join(f'<w:footnote w:id="{i}">{para(text)}</w:footnote>' for i, text in enumerate(texts, 2))
    return f'<w:footnote w:id="0" w:type="separator">{para()}</w:footnote>{made}'


def level(at, fmt, text, more=""):
    return (
        f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{fmt}"/>{more}<w:lvlText w:val="{text}"/></w:lvl>'
    )


def numbering(inside):
    return f"<w:numbering {SPACES}>{inside}</w:numbering>"


def a_list(levels=LEVELS, name="1", more=""):
    shapes = "".join(level(i, *shape) for i, shape in enumerate(levels))
    return (
        f'<w:abstractNum w:abstractNumId="{name}">{shapes}</w:abstractNum>',
        f'<w:num w:numId="{name}"><w:abstractNumId w:val="{name}"/>{more}</w:num>',
    )


def lists(*made):
    return numbering("".join(a for a, _ in made) + "".join(n for _, n in made))


def word(*blocks, numbers=None, styles=None, header=None, footnotes=None, main="word/document.xml", strict=False):
    """A document.

    Args:
        blocks: the XML of its paragraphs and tables.
        numbers: the part with the lists.
        styles: the XML of its styles.
        header: the XML of a page header.
        footnotes: the XML of its footnotes.
        main: what its main part is called.
        strict: in the names of the strict form.
    """
    parts = {main: f"<w:document {SPACES}><w:body>{''.join(blocks)}<w:sectPr/></w:body></w:document>"}
    folder, file = main.rsplit("/", 1)
    related = []
    for kind, inside in (("numbering", numbers), ("styles", styles), ("header", header), ("footnotes", footnotes)):
        if inside is not None:
            wrapped = inside if kind == "numbering" else f"<w:{_root(kind)} {SPACES}>{inside}</w:{_root(kind)}>"
            parts[f"{folder}/{kind}1.xml"] = wrapped
            related.append(f'<Relationship Id="r{kind}" Type="{R}/{kind}" Target="{kind}1.xml"/>')
    parts["_rels/.rels"] = _relations([f'<Relationship Id="r1" Type="{R}/officeDocument" Target="{main}"/>'])
    parts[f"{folder}/_rels/{file}.rels"] = _relations(related)
    kinds = "".join(
        f'<Override PartName="/{name}" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.'
        f'{"document.main" if name == main else name.rsplit("/", 1)[1].removesuffix("1.xml")}+xml"/>'
        for name in parts
        if not name.endswith(".rels")
    )
    rels = '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    parts["[Content_Types].xml"] = f'<Types xmlns="{PACKAGE}/content-types">{rels}{kinds}</Types>'
    if strict:
        parts = {name: text.replace(W, STRICT).replace(R, STRICT_R) for name, text in parts.items()}
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return kept.getvalue()


def _root(kind):
    return {"header": "hdr"}.get(kind, kind)


def _relations(inside):
    return f'<Relationships xmlns="{PACKAGE}/relationships">{"".join(inside)}</Relationships>'


def office_word(text, *, changed=True, form="NFC"):
    """A notice as an office writes it: two-column tables above and below, automatic numbers, tracked changes.

    Args:
        text: its words, with its numbers typed.
        changed: with tracked changes, hidden words and footnotes.
        form: of Unicode, in which its body is written.
    """
    head, rest = text.split("\nTHÔNG BÁO\n", 1)
    body, closing = rest.split("\nNơi nhận:\n", 1)
    issuer, num, nation, place = (part.split("\n") for part in head.split("\n\n"))
    receivers, position, signer = (part.split("\n") for part in closing.strip().split("\n\n"))
    return word(
        table(row(cell(*issuer), cell(*nation)), row(cell(*num), cell(*place))),
        para("THÔNG BÁO"),
        *(
            _numbered(unicodedata.normalize(form, line), i if changed else None)
            for i, line in enumerate(body.split("\n"))
            if line.strip()
        ),
        table(row(cell("Nơi nhận:", *receivers), cell(*position, "", *signer))),
        numbers=lists(a_list()),
        footnotes=notes("Theo báo cáo của Phòng Nội vụ."),
    )


def _numbered(line, index):
    typed = TYPED.match(line)
    level = next((i for i, (kind, _) in enumerate(KINDS) if typed and typed[kind]), None)
    words = line[typed.end() :] if typed else line
    return para(_changed(words, index), number(level) if level is not None else "")


KINDS = (("roman", 0), ("decimal", 1), ("letter", 2), ("bullet", 3))


def _changed(words, index):
    """The words with tracked changes and runs in odd places; accepted, they are the same words."""
    if index is None:
        return run(words)
    cut = len(words) // 2
    first, last = words[:cut], words[cut:]
    if index % 3 == 0:
        return run(first) + deleted(" trước ngày 01/01/2020") + inserted(last)
    if index % 3 == 1:
        return run(first[:3], "<w:b/>") + run(first[3:]) + run(" [ẩn]", "<w:vanish/>") + run(last)
    return run(first) + '<w:r><w:footnoteReference w:id="2"/></w:r>' + run(last)


def set_word(text, *, font, size, justified, indent=0.0, after=0.0):
    """A text with a paragraph to each line, all set alike.

    Args:
        font: its name.
        size: of its letters, in points.
        justified: or ragged at the right.
        indent: of first lines, in centimetres.
        after: between paragraphs, in points.
    """
    looks = f'<w:rFonts w:ascii="{font}" w:hAnsi="{font}" w:cs="{font}"/><w:sz w:val="{round(2 * size)}"/>'
    shape = (
        f'<w:spacing w:before="0" w:after="{round(20 * after)}" w:line="240" w:lineRule="auto"/>'
        f'<w:ind w:firstLine="{round(567 * indent)}"/><w:jc w:val="{"both" if justified else "left"}"/>'
    )
    return word(*(para(run(line, looks), shape) for line in text.split("\n") if line.strip()))
