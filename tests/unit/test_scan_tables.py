"""The ruled tables of scans and photos: found in the picture, and read as those of a Word file."""

import pytest
from PIL import Image, ImageDraw

from notices.documents import document_text
from notices.ocr import Budget
from notices.pdf_tables import tables_of
from notices.reading import read_notice
from notices.recognition import recognised
from notices.scanrules import ruling_of
from tests.patience import WITHIN_S
from tests.scans import NOTICE, TABLE_HEAD, TASKS, file_of, needs_tesseract, page, pdf_of, tabled_page
from tests.wordmade import para, row, table, word


@pytest.fixture(autouse=True)
def _a_busy_machine_may_take_its_time(monkeypatch):
    """What is recognised is the point here, not how soon; a test of the limit names its own."""
    monkeypatch.setattr(Budget.__init__, "__defaults__", (WITHIN_S,))


def nothing(page, pages):
    """Nobody looks on."""


def shape(image, dpi=200):
    ruling = ruling_of(image, dpi)
    return [(len(found.rows) - 1, len(found.columns) - 1) for found in tables_of(ruling.across, ruling.down)]


@pytest.mark.parametrize("angle", [0, 0.5, 1, -1, 2, -2])
def test_a_table_is_found_however_the_page_lay_on_the_glass(angle):
    assert shape(tabled_page(angle=angle)) == [(5, 5)]


@pytest.mark.parametrize("dpi", [150, 225, 300])
def test_a_table_is_found_at_any_resolution(dpi):
    assert shape(tabled_page(dpi=dpi, angle=1), dpi) == [(5, 5)]


def test_a_page_without_rules_has_no_table():
    assert ruling_of(page(NOTICE), 150) is None
    assert ruling_of(tabled_page(ruled=False), 200) is None


def test_a_frame_and_an_underline_are_no_table():
    image = page(NOTICE, angle=1)
    draw = ImageDraw.Draw(image)
    draw.rectangle((20, 20, 1200, 600), outline=40, width=3)
    draw.line((100, 90, 500, 90), fill=40, width=3)
    assert ruling_of(image, 150) is None


def test_a_missing_rule_makes_one_cell_of_two():
    image = Image.new("L", (900, 600), 255)
    draw = ImageDraw.Draw(image)
    for y in (100, 300, 500):
        draw.line((100, y, 800, y), fill=40, width=2)
    for x, top in ((100, 100), (400, 300), (800, 100)):
        draw.line((x, top, x, 500), fill=40, width=2)
    ruling = ruling_of(image, 200)
    (found,) = tables_of(ruling.across, ruling.down)
    upper, lower = found.region
    assert len(set(upper)) == 1
    assert len(set(lower)) == 2


def test_the_rules_are_taken_out_of_the_picture_and_the_words_are_not():
    image = tabled_page(angle=1)
    cleaned = ruling_of(image, 200).image
    assert ruling_of(cleaned, 200) is None
    dark = [sum(picture.histogram()[:128]) for picture in (tabled_page(angle=1, ruled=False), cleaned)]
    assert dark[1] == pytest.approx(dark[0], rel=0.1)


def facts(paragraphs):
    found = read_notice(paragraphs).directives
    return [(d.ref, d.lead, d.coordinating, d.deadline.date, d.deadline.inclusive) for d in found]


def as_word():
    blocks = [para(line) for line in TABLE_HEAD.split("\n") if line]
    return word(*blocks, table(*(row(*cells) for cells in TASKS)))


@needs_tesseract
@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.jpg", lambda: file_of(tabled_page(angle=1), dpi=200)),
        ("a.pdf", lambda: pdf_of([tabled_page(angle=-2)], dpi=200)),
    ],
)
def test_a_scanned_table_gives_the_tasks_of_the_word_file(name, content):
    written = facts(document_text("a.docx", as_word()).paragraphs)
    assert len(written) == 4
    assert facts(recognised([(name, content())], nothing).paragraphs) == written
