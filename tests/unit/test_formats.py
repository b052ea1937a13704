"""The same notice in every format gives the same directives."""

import io
import subprocess
import tempfile
import unicodedata
from functools import cache
from pathlib import Path

import pytest
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import Paragraph as Flowable
from reportlab.platypus import SimpleDocTemplate, Spacer, Table

from notices.convert import office
from notices.documents import document_text
from notices.reading import read_notice
from tests.scans import FONT
from tests.wordmade import office_word, set_word

SOURCE = (Path(__file__).resolve().parents[1] / "corpus" / "formats" / "thong_bao.txt").read_text("utf-8")

needs_office = pytest.mark.skipif(office() is None, reason="LibreOffice is not installed")


def facts(name, content):
    read = read_notice(document_text(name, content).paragraphs)
    tasks = [
        (d.ref, d.text, d.lead, d.coordinating, d.deadline and d.deadline.date, d.recurring) for d in read.directives
    ]
    head = read.header
    return tasks, (head.number, head.date, head.issuer, head.signer, head.title, head.doc_type)


WRITTEN = facts("a.txt", SOURCE.encode())


@cache
def turned(kind):
    """What LibreOffice makes of the Word document, as the office would save it."""
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "source.docx"
        source.write_bytes(office_word(SOURCE, changed=kind != "pdf"))  # which prints what was deleted
        command = ["soffice", f"-env:UserInstallation=file://{folder}/p", "--headless", "--convert-to", kind]
        subprocess.run(
            [*command, "--outdir", f"{folder}/out", str(source)],
            check=True,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            timeout=60,
        )
        return (Path(folder) / "out" / f"source.{kind}").read_bytes()


def printed(text):
    """A PDF file with the header in two columns on common lines, justified text and page numbers."""
    pdfmetrics.registerFont(TTFont("Body", str(FONT)))
    body = ParagraphStyle("b", fontName="Body", fontSize=13, leading=18, alignment=4, spaceAfter=6, firstLineIndent=28)
    middle = ParagraphStyle("m", fontName="Body", fontSize=11, leading=14, alignment=1)
    head, rest = text.split("\nTHÔNG BÁO\n", 1)
    issuer, number, nation, place = (part.replace("\n", "<br/>") for part in head.split("\n\n"))
    columns = [
        [Flowable(issuer, middle), Flowable(nation, middle)],
        [Flowable(number, middle), Flowable(place, middle)],
    ]
    title, *lines = rest.split("\n")
    flow = [Table(columns), Spacer(1, 10), Flowable("THÔNG BÁO", middle), Flowable(title, middle), Spacer(1, 10)]
    flow += [Flowable(line, body) if line.strip() else Spacer(1, 3) for line in lines]
    kept = io.BytesIO()
    SimpleDocTemplate(kept).build(flow, onLaterPages=_page_number)
    return kept.getvalue()


def _page_number(page, document):
    page.setFont("Body", 10)
    page.drawCentredString(300, 800, str(document.page))


def test_the_text_itself_has_seven_tasks():
    tasks, head = WRITTEN
    assert [task[0] for task in tasks] == ["II.1.a", "II.1.b", "II.1.c", "II.2", "II.3", "II.4", "II.5"]
    assert head[0] == "207/TB-UBND"


def test_word_with_automatic_numbers_and_tracked_changes():
    assert facts("a.docx", office_word(SOURCE)) == WRITTEN


@pytest.mark.parametrize("name", ["a.docm", "a.dotx", "noname"])
def test_words_other_endings(name):
    assert facts(name, office_word(SOURCE)) == WRITTEN


def test_pdf_from_a_report_writer():
    assert facts("a.pdf", printed(SOURCE)) == WRITTEN


SETTINGS = {
    "no indent, no space, ragged": {"font": "Liberation Serif", "size": 13, "justified": False},
    "no indent, no space, justified": {"font": "Liberation Serif", "size": 14, "justified": True},
    "other letters, justified": {"font": "DejaVu Sans", "size": 11, "justified": True, "after": 6},
    "an indent of half a word, ragged": {"font": "DejaVu Sans", "size": 12, "justified": False, "indent": 0.8},
}


@cache
def printed_by_libreoffice():
    """The text in several settings, each as a PDF file."""
    with tempfile.TemporaryDirectory() as folder:
        for place, looks in enumerate(SETTINGS.values()):
            (Path(folder) / f"{place}.docx").write_bytes(set_word(SOURCE, **looks))
        command = ["soffice", f"-env:UserInstallation=file://{folder}/p", "--headless", "--convert-to", "pdf"]
        subprocess.run(
            [*command, "--outdir", f"{folder}/out", *(f"{folder}/{i}.docx" for i in range(len(SETTINGS)))],
            check=True,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            timeout=90,
        )
        return {name: (Path(folder) / "out" / f"{i}.pdf").read_bytes() for i, name in enumerate(SETTINGS)}


@needs_office
@pytest.mark.parametrize("name", SETTINGS)
def test_pdf_by_libreoffice_however_it_is_set(name):
    assert facts("a.pdf", printed_by_libreoffice()[name])[0] == WRITTEN[0]


@needs_office
@pytest.mark.parametrize("kind", ["pdf", "doc", "odt", "rtf", "docx"])
def test_what_libreoffice_saves(kind):
    assert facts(f"a.{kind}", turned(kind)) == WRITTEN


def test_decomposed_letters_give_the_same():
    assert facts("a.txt", unicodedata.normalize("NFD", SOURCE).encode()) == WRITTEN
    assert facts("a.docx", office_word(SOURCE, form="NFD")) == WRITTEN


@pytest.mark.parametrize(("new", "old"), [("Thủy", "Thuỷ"), ("Ủy", "Uỷ"), ("hòa", "hoà")])
def test_the_place_of_the_tone_does_not_matter(new, old):
    tasks, _ = facts("a.txt", SOURCE.replace(new, old).encode())
    assert [(t[0], t[4]) for t in tasks] == [(t[0], t[4]) for t in WRITTEN[0]]
    assert [[n.replace(old, new) for n in t[2]] for t in tasks] == [list(t[2]) for t in WRITTEN[0]]
