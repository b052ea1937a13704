"""No input raises anything but a ``DocumentError``, hangs, or yields a deadline that is not in it."""

import io
import random
import time
import zipfile
from datetime import date
from functools import cache
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen import canvas

from notices.documents import MAX_CHARS, document_text
from notices.errors import DocumentError, DocumentTooLarge, UnreadableDocument
from notices.healing import healed
from notices.paragraphs import clean
from notices.reading import read_notice
from tests.scans import FONT
from tests.wordmade import a_list, lists, number, office_word, para, row, run, table, word

SOURCE = (Path(__file__).resolve().parents[1] / "corpus" / "formats" / "thong_bao.txt").read_text("utf-8")
DAY = date(2027, 4, 12)
bounded = settings(max_examples=60, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
PHRASES = st.sampled_from(
    ["Giao ", "Sở Y tế ", "phối hợp với ", "trước ngày ", "31/02 ", "15/4/2027 ", "quý IV ", "; ", ": ", "\n", "\n- ",
     "1. ", "a) ", "I. ", "Kính gửi: ", "Nơi nhận: ", "các ", "UBND các xã: ", "hằng tháng ", "tháng 13 ",
     "ngày 29/02/2027 ", "trong vòng 999999999 ngày kể từ ngày ký ", "năm 0000 ", "25 giờ ", "Số: 1/TB ",
     "ngày 99 tháng 99 năm 9999 ", "\f", "| "]
)  # fmt: skip


def read(name, content):
    """What is read of a file; None where it is refused by name."""
    try:
        document = document_text(name, content)
    except DocumentError:
        return None
    return check(document.text, read_notice(document.paragraphs, DAY))


def check(text, notice):
    """Every deadline stands in the text it was read from."""
    words = " ".join(text.split())
    for directive in notice.directives:
        if directive.deadline is not None:
            assert " ".join(directive.deadline.text.split()) in words
    return notice


@bounded
@given(st.binary(max_size=3000), st.sampled_from(["a.txt", "a.docx", "a.pdf", "a.doc", "a"]))
def test_random_bytes(content, name):
    read(name, content)


@bounded
@given(st.text(max_size=1500))
def test_random_letters(text):
    check(clean(text), read_notice(clean(text), DAY))


@bounded
@given(st.lists(PHRASES | st.text(max_size=6), max_size=60).map("".join))
def test_phrases_of_the_trade_in_any_order(text):
    check(clean(text), read_notice(clean(text), DAY))


@cache
def printed():
    pdfmetrics.registerFont(TTFont("Hostile", str(FONT)))
    kept = io.BytesIO()
    drawn = canvas.Canvas(kept, pageCompression=0)
    for start in range(0, 60, 20):
        drawn.setFont("Hostile", 12)
        for index, line in enumerate(SOURCE.split("\n")[start : start + 20]):
            drawn.drawString(60, 780 - 20 * index, line[:80])
        drawn.grid([60, 200, 400], [100, 200, 300])
        drawn.showPage()
    drawn.save()
    return kept.getvalue()


MADE = {"a.docx": lambda: office_word(SOURCE), "a.pdf": printed}


@pytest.mark.parametrize("name", MADE)
@settings(bounded, max_examples=40)
@given(st.data())
def test_cut_and_flipped_files(name, data):
    content = bytearray(MADE[name]())
    for _ in range(data.draw(st.integers(0, 8))):
        content[data.draw(st.integers(0, len(content) - 1))] ^= 1 << data.draw(st.integers(0, 7))
    read(name, bytes(content[: data.draw(st.integers(0, len(content)))] if data.draw(st.booleans()) else content))


@settings(bounded, max_examples=60)
@given(st.data())
def test_word_documents_whose_xml_is_damaged(data):
    parts = _unpacked(office_word(SOURCE))
    name = data.draw(st.sampled_from([n for n in parts if n.endswith(".xml")]))
    text = parts[name].decode()
    at = data.draw(st.integers(0, len(text)))
    other = data.draw(
        st.sampled_from(["<w:p>", "</w:p>", "w:val", "-1", "99999999999", "<w:tbl>", "%", "", "\ud7ff", "<!--"])
    )
    parts[name] = (text[:at] + other + text[at + data.draw(st.integers(0, 40)) :]).encode()
    read("a.docx", _packed(parts))


def _unpacked(content):
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def _packed(parts):
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w") as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return kept.getvalue()


def test_word_documents_nested_beyond_measure():
    with pytest.raises(UnreadableDocument):
        document_text("a.docx", word("<w:sdt>" * 30_000 + "</w:sdt>" * 30_000))
    inside = para("x")
    for _ in range(400):
        inside = table(row("<w:tc>" + inside + "<w:p/></w:tc>"))
    read("a.docx", word(inside))


def test_numbers_out_of_all_bounds():
    made = lists(a_list((("upperRoman", "%1."), ("lowerLetter", "%1.%2)"))))
    for odd in ("-5", "0", "99999999999", "x", ""):
        shown = word(
            para("Việc", number(0)),
            para("Việc", number(1)),
            numbers=made.replace('w:start w:val="1"', f'w:start w:val="{odd}"'),
        )
        assert len(document_text("a.docx", shown).paragraphs) == 2
    assert document_text("a.docx", word(para("Việc", number("7", "no such list")), numbers=made)).text == "Việc"


def test_a_cell_that_spans_a_million_columns():
    wide = '<w:tc><w:tcPr><w:gridSpan w:val="999999999"/></w:tcPr><w:p/></w:tc>'
    assert read("a.docx", word(table(row("a", "b", "c"), f"<w:tr>{wide}</w:tr>"))) is not None


def test_too_much_text_is_refused_by_name():
    text = ("Giao Phòng Nội vụ rà soát trước ngày 15/4/2027.\n" * 200_000).encode()
    assert len(text) > 10_000_000
    with pytest.raises(DocumentTooLarge):
        document_text("a.txt", text)
    with pytest.raises(DocumentTooLarge):
        document_text("a.txt", b"a" * (MAX_CHARS + 1))


BAIT = {
    "words": "các các các ", "giving": "giao giao giao ", "given": "Giao Sở Y tế ", "spaces": "   ", "commas": ", ",
    "brackets": "((", "closing brackets": "()", "dates": "ngày 1 ngày 1 ", "slashes": "1/1/", "digits": "1",
    "units": "Các Sở: A, B, ", "groups": "UBND các xã, phường, ", "terms": "trong vòng 15 ngày kể từ ngày ",
    "ranges": "từ ngày 1/1 đến ngày 2/2 ", "capitals": "UBND HUYỆN ", "marks": "1 Theo\n\n2\n\n", "tabs": "\t",
    "pipes": "| ", "recurring": "ngày 25 hằng tháng ", "quotes": '"', "stops": ". ", "titles": "Chủ tịch ",
    "stamps": "độ mật: ", "dashes": "- \n", "sections": "1 Abc def\n\n", "addressees": "Kính gửi: Sở A;\n",
    "partners": "phối hợp với ", "orders": "giao ", "semicolons": "; ",
}  # fmt: skip


def _took(work):
    """Seconds of this process alone: the clock on the wall tells of whatever else the machine does."""
    start = time.process_time()
    work()
    return time.process_time() - start


@pytest.mark.parametrize("bait", BAIT)
def test_the_time_of_taking_a_text_apart_grows_with_its_length(bait):
    once = (BAIT[bait] * 20_000)[:20_000].encode()
    small = min(_took(lambda: document_text("a.txt", once)) for _ in range(3))
    large = min(_took(lambda: document_text("a.txt", once * 8)) for _ in range(3))
    assert large < max(0.2, 24 * small), "eight times the text may take eight times as long, not sixty-four"


@pytest.mark.parametrize("bait", BAIT)
def test_bait_for_patterns_is_read_in_time(bait):
    text = (BAIT[bait] * 12_000)[:12_000]
    assert _took(lambda: check(clean(text), read_notice(text, DAY))) < 5


@pytest.mark.parametrize("line", ["- Giao Phòng Nội vụ rà soát.", "1", "huyện1", "", "    x", "1 Theo báo cáo"])
def test_a_hundred_thousand_lines_are_taken_apart_in_time(line):
    assert _took(lambda: document_text("a.txt", f"{line}\n".encode() * 100_000)) < 10


def test_one_line_without_end():
    assert _took(lambda: document_text("a.txt", b"abc " * 999_999)) < 10


def test_healing_grows_with_the_text():
    text = "ngh i ệp đ ịnh c ư a a a a " * 2000
    assert _took(lambda: healed(text)) < 2


def test_a_word_document_of_twenty_thousand_numbered_bullets():
    made = word(
        *[para("Việc", number(1))] * 20_000, numbers=lists(a_list((("decimal", "%1."), ("lowerLetter", "%2)"))))
    )
    assert _took(lambda: document_text("a.docx", made)) < 8


def test_a_pdf_page_of_rules():
    kept = io.BytesIO()
    drawn = canvas.Canvas(kept)
    drawn.drawString(60, 800, "Giao Phong Noi vu ra soat ho so ton dong truoc ngay 15/4")
    for index in range(6000):
        x, y = random.Random(index).uniform(0, 500), random.Random(-index).uniform(0, 700)
        drawn.line(x, y, x + 40, y)
        drawn.line(x, y, x, y + 40)
    drawn.save()
    assert _took(lambda: document_text("a.pdf", kept.getvalue())) < 8


def test_runs_without_end():
    made = word(para("".join(run("a ") for _ in range(20_000))))
    assert _took(lambda: document_text("a.docx", made)) < 8
