"""Documents as they come: Word, PDF, plain text, those made to do harm, and those that must not be read."""

import io
import unicodedata
import zipfile
from datetime import date
from pathlib import Path

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen import canvas
from reportlab.platypus import Paragraph as Flowable
from reportlab.platypus import SimpleDocTemplate, Spacer

from notices import errors
from notices.documents import document_text
from notices.healing import healed
from notices.limits import MAX_BYTES
from notices.reading import read_notice
from notices.secrecy import secrecy_in_name, secrecy_mark
from notices.worker import NoticeReader
from tests.scans import FONT

SOURCE = (Path(__file__).resolve().parents[1] / "corpus" / "notices" / "thong_bao_ket_luan.txt").read_text("utf-8")


def facts(notice):
    return [
        (d.ref, d.text, d.lead, d.coordinating, d.deadline and d.deadline.date, d.recurring) for d in notice.directives
    ]


def word(text):
    document = docx.Document()
    for line in text.split("\n"):
        document.add_paragraph(line)
    return saved(document)


def saved(document):
    kept = io.BytesIO()
    document.save(kept)
    return kept.getvalue()


def pdf(text):
    pdfmetrics.registerFont(TTFont("Body", str(FONT)))
    style = ParagraphStyle(
        "body", fontName="Body", fontSize=12, leading=16, alignment=4, spaceAfter=5, firstLineIndent=20
    )
    kept = io.BytesIO()

    def number(page, document):
        page.setFont("Body", 10)
        page.drawCentredString(300, 800, str(document.page))

    flow = [Flowable(x.replace("&", "&amp;"), style) if x.strip() else Spacer(1, 4) for x in text.split("\n")]
    SimpleDocTemplate(kept).build(flow, onLaterPages=number)
    return kept.getvalue()


def packed(**members):
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name.replace("__", "/").replace("_xml", ".xml"), data)
    return kept.getvalue()


@pytest.mark.parametrize(("name", "made"), [("a.docx", word), ("a.pdf", pdf)])
def test_the_same_notice_gives_the_same_directives(name, made):
    read = read_notice(document_text(name, made(SOURCE)).paragraphs)
    assert facts(read) == facts(read_notice(SOURCE))
    assert read.header.number == "118/TB-UBND"
    assert read.header.signer == "Đoàn Thế Vũ"


def test_a_pdf_tells_the_page_of_each_clause():
    long = SOURCE.replace(
        "2.1. Phòng", "\n".join(["1.3. Rà soát, cập nhật số liệu từng thôn theo quy định."] * 60) + "\n\n2.1. Phòng"
    )
    read = read_notice(document_text("a.pdf", pdf(long)).paragraphs)
    assert read.directives[0].quote.page == 1
    assert read.directives[-1].quote.page > 1


def test_the_name_of_a_file_does_not_matter():
    assert document_text("scan.exe", word("Giao Phòng Nội vụ")).kind == "docx"
    assert document_text("a.docx.txt", "Giao Phòng Nội vụ".encode()).kind == "txt"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_plain_text_in_its_encodings(encoding):
    assert document_text("a.txt", "Giao Phòng Nội vụ".encode(encoding)).text == "Giao Phòng Nội vụ"


def test_decomposed_letters_are_composed():
    assert document_text("a.txt", unicodedata.normalize("NFD", "Uỷ ban").encode()).text == "Uỷ ban"


LEVELS = "".join(
    f'<w:lvl w:ilvl="{i}"><w:start w:val="1"/><w:numFmt w:val="{fmt}"/><w:lvlText w:val="{text}"/></w:lvl>'
    for i, (fmt, text) in enumerate(
        [("upperRoman", "%1."), ("decimal", "%2."), ("decimal", "%2.%3."), ("lowerLetter", "%4)"), ("bullet", "-")]
    )
)


def numbered(document, text, level):
    paragraph = document.add_paragraph(text)
    numbers = f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{level}"/><w:numId w:val="77"/></w:numPr>'
    paragraph._p.get_or_add_pPr().append(parse_xml(numbers))


def test_automatic_numbers_are_counted_as_word_shows_them():
    document = docx.Document()
    numbering = document.part.numbering_part.element
    numbering.append(parse_xml(f'<w:abstractNum {nsdecls("w")} w:abstractNumId="77">{LEVELS}</w:abstractNum>'))
    numbering.append(parse_xml(f'<w:num {nsdecls("w")} w:numId="77"><w:abstractNumId w:val="77"/></w:num>'))
    for text, level in [
        ("Một", 0),
        ("Hai", 1),
        ("Ba", 1),
        ("Bốn", 2),
        ("Năm", 3),
        ("Sáu", 4),
        ("Bảy", 2),
        ("Tám", 0),
        ("Chín", 1),
    ]:
        numbered(document, text, level)
    shown = [p.text for p in document_text("a.docx", saved(document)).paragraphs]
    assert shown == ["I. Một", "1. Hai", "2. Ba", "2.1. Bốn", "a) Năm", "- Sáu", "2.2. Bảy", "II. Tám", "1. Chín"]


def test_a_table_of_tasks_is_read_row_by_row():
    document = docx.Document()
    document.add_paragraph("Số: 12/KH-UBND")
    document.add_paragraph("An Lâm, ngày 02 tháng 3 năm 2027")
    table = document.add_table(rows=0, cols=5)
    for row in [
        ("TT", "Nội dung công việc", "Đơn vị chủ trì", "Đơn vị phối hợp", "Thời gian hoàn thành"),
        ("1", "Lập danh sách hộ nghèo", "Phòng Nội vụ", "UBND các xã", "Trước ngày 15/4"),
        ("2", "Kiểm tra trường học", "Phòng Y tế, Công an huyện", "", "Quý II/2027"),
        ("3", "Tuyên truyền trên loa", "UBND các xã", "", "Thường xuyên"),
    ]:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text
    first, second, third = read_notice(document_text("a.docx", saved(document)).paragraphs).directives
    assert (first.lead, first.coordinating, first.deadline.date) == (
        ("Phòng Nội vụ",),
        ("UBND các xã",),
        date(2027, 4, 15),
    )
    assert (second.lead, second.deadline.date) == (("Phòng Y tế", "Công an huyện"), date(2027, 6, 30))
    assert (third.deadline, third.recurring, third.group) == (None, "thường xuyên", "communes")


def test_deleted_words_are_not_read():
    document = docx.Document()
    paragraph = document.add_paragraph("Giao Phòng Nội vụ ")
    paragraph._p.append(parse_xml(f"<w:del {nsdecls('w')}><w:r><w:delText>rà soát</w:delText></w:r></w:del>"))
    paragraph._p.append(parse_xml(f"<w:ins {nsdecls('w')}><w:r><w:t>kiểm tra</w:t></w:r></w:ins>"))
    assert document_text("a.docx", saved(document)).text == "Giao Phòng Nội vụ kiểm tra"


BODY = '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body/></w:document>'
LAUGHS = '<!DOCTYPE a [<!ENTITY b "bbbb"><!ENTITY c "&b;&b;">]>'
ENTITY = '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>'


@pytest.mark.parametrize(
    ("name", "content", "error"),
    [
        ("cut.docx", lambda: word(SOURCE)[:5000], errors.UnreadableDocument),
        ("cut.pdf", lambda: pdf(SOURCE)[:3000], errors.UnreadableDocument),
        ("laughs.docx", lambda: packed(word__document_xml=LAUGHS + BODY), errors.UnreadableDocument),
        ("entity.docx", lambda: packed(word__document_xml=ENTITY + BODY), errors.UnreadableDocument),
        ("utf16.docx", lambda: packed(word__document_xml=(LAUGHS + BODY).encode("utf-16")), errors.UnreadableDocument),
        ("notxml.docx", lambda: packed(word__document_xml="<a"), errors.UnreadableDocument),
        ("slip.docx", lambda: packed(**{"../../evil": "x"}), errors.UnsupportedFormat),
        ("fake.pdf", lambda: b"MZ" + bytes(200), errors.UnsupportedFormat),
        ("fake.docx", lambda: b"words", errors.UnreadableDocument),
        ("old.doc", lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), errors.UnsupportedFormat),
        (
            "locked.docx",
            lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
            errors.PasswordProtected,
        ),
        ("photo.jpg", lambda: b"\xff\xd8\xff\xe0" + bytes(100), errors.NoTextLayer),
        ("moving.gif", lambda: b"GIF89a" + bytes(100), errors.UnsupportedFormat),
        ("noise.txt", lambda: bytes(range(256)) * 20, errors.UnsupportedFormat),
        ("huge.txt", lambda: bytes(MAX_BYTES + 1), errors.DocumentTooLarge),
    ],
)
def test_what_cannot_be_read_is_refused_by_name(name, content, error):
    with pytest.raises(error):
        document_text(name, content())


def test_a_zip_bomb_is_not_unpacked():
    with pytest.raises(errors.DocumentTooLarge):
        document_text("bomb.docx", packed(word__document_xml=bytes(80 * 1024 * 1024)))


def blank_pages(count, **more):
    kept = io.BytesIO()
    drawn = canvas.Canvas(kept, **more)
    for _ in range(count):
        drawn.rect(100, 100, 50, 50)
        drawn.showPage()
    drawn.save()
    return kept.getvalue()


def test_a_scan_without_text_is_named():
    with pytest.raises(errors.NoTextLayer) as error:
        document_text("scan.pdf", blank_pages(2))
    assert error.value.pages == 2


def test_too_many_pages():
    with pytest.raises(errors.TooManyPages):
        document_text("long.pdf", blank_pages(501))


def test_a_locked_pdf():
    from reportlab.lib.pdfencrypt import StandardEncryption

    with pytest.raises(errors.PasswordProtected):
        document_text("locked.pdf", blank_pages(1, encrypt=StandardEncryption("secret")))


@pytest.mark.parametrize(
    ("split", "whole"),
    [
        ("gi ải pháp", "giải pháp"),
        ("đ ịnh c ư", "định cư"),
        ("huy ện", "huyện"),
        ("nhi ệm vụ", "nhiệm vụ"),
        ("điểm a khoản b", "điểm a khoản b"),
    ],
)
def test_words_that_the_font_has_split_are_put_together(split, whole):
    assert healed(split) == whole


@pytest.mark.parametrize(
    "text",
    [
        "MẬT",
        "TỐI MẬT",
        "**MẬT**",
        "M Ậ T",
        "Độ mật: Tối mật",
        "TUYỆT  MẬT",
        unicodedata.normalize("NFD", "MẬT"),
        "[MẬT]",
    ],
)
def test_stamps_of_secrecy(text):
    assert secrecy_mark(["UBND HUYỆN", text, "THÔNG BÁO"]) in {"MẬT", "TỐI MẬT", "TUYỆT MẬT"}


@pytest.mark.parametrize(
    "text", ["bảo mật thông tin", "mật độ dân cư", "bảo vệ bí mật nhà nước", "Mật", "AN TOÀN, BẢO MẬT", "mật ong"]
)
def test_words_that_are_no_stamp(text):
    assert secrecy_mark(text) is None


def test_stamps_in_a_files_name():
    assert secrecy_in_name("KH_TOI MAT_2027.docx") == "TỐI MẬT"
    assert secrecy_in_name("ke hoach bao mat.docx") is None


@pytest.fixture
async def reader():
    made = NoticeReader()
    yield made
    await made.close()


async def test_the_reader_reads_in_its_own_process(reader, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert facts(await reader.read("a.docx", word(SOURCE))) == facts(read_notice(SOURCE))
    assert (await reader.text_of("a.txt", "Giao Phòng Nội vụ".encode())) == "Giao Phòng Nội vụ"


async def test_errors_come_back_with_their_data(reader):
    with pytest.raises(errors.NoTextLayer) as error:
        await reader.read("scan.pdf", blank_pages(3))
    assert error.value.pages == 3
    with pytest.raises(errors.SecretDocument) as secret:
        await reader.text_of("a.txt", b"M\xe1\xba\xacT\nGiao")
    assert secret.value.mark == "MẬT"


async def test_a_dead_child_is_replaced(reader):
    assert (await reader.read("a.txt", SOURCE.encode())).directives
    first = reader._child._process
    first.kill()
    await first.wait()
    assert (await reader.read("a.txt", SOURCE.encode())).directives
    assert reader._child._process is not first


async def test_a_document_that_takes_too_long_is_given_up():
    reader = NoticeReader(seconds=0.05)
    try:
        with pytest.raises(errors.ReadingTookTooLong):
            await reader.read("a.txt", ("Giao Phòng Nội vụ rà soát trước ngày 15/3/2027. " * 40000).encode())
        reader._child._seconds = 20
        assert (await reader.read("a.txt", SOURCE.encode())).directives
    finally:
        await reader.close()
