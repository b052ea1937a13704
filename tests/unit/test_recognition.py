"""Scans and photos: recognised within limits, upright, with their doubts, and their stamp seen."""

import io
import os
import time
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from PIL import Image
from pypdfium2 import PdfDocument
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen import canvas

from domain.deadlines import Deadline
from notices import errors, recognition
from notices.documents import document_text
from notices.doubts import with_doubts
from notices.model import CHECK_DATE, Quote, ReadDirective, ReadNotice
from notices.ocr import Budget, Word, installed, words_of
from notices.pictures import page_picture, photo_pictures
from notices.reading import read_notice
from notices.recognition import Recognised, recognised
from notices.scanlines import Doubt, scanned_page
from notices.secrecy import secrecy_in_scan
from notices.worker import NoticeReader
from tests.patience import WITHIN_S
from tests.scans import FONT, NOTICE, SECOND, file_of, needs_tesseract, page, pdf_of, stamped


@pytest.fixture(autouse=True)
def _a_busy_machine_may_take_its_time(monkeypatch):
    """What is recognised is the point here, not how soon; a test of the limit names its own."""
    monkeypatch.setattr(Budget.__init__, "__defaults__", (WITHIN_S,))


def nothing(page, pages):
    """Nobody looks on."""


def drawn_pdf(*pages, size=(595, 842)):
    """A PDF file: of each page its text, or its picture."""
    pdfmetrics.registerFont(TTFont("Body", str(FONT)))
    kept = io.BytesIO()
    drawn = canvas.Canvas(kept, pagesize=size)
    for one in pages:
        if isinstance(one, str):
            drawn.setFont("Body", 12)
            for row, line in enumerate(one.split("\n")):
                drawn.drawString(60, 780 - 18 * row, line)
        else:
            drawn.drawImage(ImageReader(one), 0, 300, width=size[0], height=size[1] * 0.4)
        drawn.showPage()
    drawn.save()
    return kept.getvalue()


def program(folder: Path, script: str) -> str:
    """A folder with a program of the name of Tesseract."""
    path = folder / "tesseract"
    path.write_text(f'#!/bin/sh\nif [ "$1" = --list-langs ]; then echo vie; exit; fi\n{script}\n')
    path.chmod(0o755)
    return f"{folder}:{os.environ['PATH']}"


# --- real scans ---


@needs_tesseract
def test_a_scan_gives_the_same_directives_as_its_text():
    told = []
    scan = recognised([("a.pdf", pdf_of([page(NOTICE), page(SECOND, height=300)]))], lambda *at: told.append(at))
    read = with_doubts(read_notice(scan.paragraphs), scan)
    text = read_notice(f"{NOTICE}\n{SECOND}")
    assert [(d.lead, d.deadline.date, d.quote.page) for d in read.directives] == [
        (d.lead, d.deadline.date, place) for d, place in zip(text.directives, (1, 1, 2, 2), strict=True)
    ]
    assert (read.header.number, read.header.date, read.scanned) == ("27/TB-UBND", date(2024, 1, 30), True)
    assert told == [(1, 2), (2, 2)]


@needs_tesseract
def test_only_the_pages_without_letters_are_recognised():
    mixed = drawn_pdf(f"{NOTICE}\n", page(SECOND, height=520))
    assert document_text("a.pdf", mixed).scanned == 1
    told = []
    scan = recognised([("a.pdf", mixed)], lambda *at: told.append(at))
    assert told == [(1, 1)]
    assert len(read_notice(scan.paragraphs).directives) == 4


@needs_tesseract
def test_a_page_that_lies_on_its_side_is_turned():
    if "osd" not in installed():
        pytest.skip("tesseract-ocr-osd is not installed")
    lying = page(NOTICE, angle=0).rotate(90, expand=True)
    scan = recognised([("a.png", file_of(lying, "PNG"))], nothing)
    assert "Giao Phòng Nội vụ chủ trì" in " ".join(p.text for p in scan.paragraphs)


@needs_tesseract
@pytest.mark.parametrize("mark", ["TỐI MẬT", "TUYỆT MẬT"])
def test_a_framed_stamp_is_seen(mark):
    with pytest.raises(errors.SecretDocument) as error:
        recognised([("a.jpg", file_of(stamped(page(NOTICE, angle=0), mark)))], nothing)
    assert error.value.mark == mark


@needs_tesseract
def test_a_picture_without_words_is_named():
    with pytest.raises(errors.NothingRecognised):
        recognised([("a.png", file_of(Image.new("L", (600, 400), 200), "PNG"))], nothing)


def test_a_stamp_written_over_a_scan_is_seen():
    kept = io.BytesIO()
    drawn = canvas.Canvas(kept)
    drawn.drawImage(ImageReader(page("x", height=60)), 0, 300, width=595, height=400)
    drawn.drawString(60, 780, "TOP")
    drawn.showPage()
    pdfmetrics.registerFont(TTFont("Body", str(FONT)))
    drawn.drawImage(ImageReader(page("x", height=60)), 0, 300, width=595, height=400)
    drawn.setFont("Body", 14)
    drawn.drawString(60, 780, "TỐI MẬT")
    drawn.save()
    with pytest.raises(errors.SecretDocument):
        recognised([("a.pdf", kept.getvalue())], nothing)


# --- limits ---


def test_no_tesseract(monkeypatch):
    monkeypatch.setenv("PATH", "/nonexistent")
    with pytest.raises(errors.RecognitionMissing) as error:
        recognised([("a.jpg", file_of(page("x", height=60)))], nothing)
    assert error.value.what == "tesseract"


def test_no_vietnamese(monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", program(tmp_path, ""))
    (tmp_path / "tesseract").write_text("#!/bin/sh\necho eng\n")
    with pytest.raises(errors.RecognitionMissing) as error:
        installed()
    assert error.value.what == "vie"


def test_a_page_that_takes_too_long_is_given_up(monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", program(tmp_path, "exec sleep 600"))
    begun = time.monotonic()
    with pytest.raises(errors.ReadingTookTooLong):
        words_of(page("x", height=60), 150, Budget(0.3))
    assert time.monotonic() - begun < WITHIN_S


def test_tesseract_may_write_no_file(monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", program(tmp_path, f"echo secret > {tmp_path}/left || exit 3"))
    with pytest.raises(errors.ReadingFailed):
        words_of(page("x", height=60), 150, Budget(10))
    assert not (tmp_path / "left").exists() or (tmp_path / "left").read_bytes() == b""


def running(path: Path) -> bool:
    """Whether a program of that folder runs."""
    for process in Path("/proc").glob("[0-9]*"):
        try:
            if str(path).encode() in (process / "cmdline").read_bytes():
                return True
        except OSError:
            continue
    return False


async def test_tesseract_ends_with_the_program(monkeypatch, tmp_path):
    import asyncio

    monkeypatch.setenv("PATH", program(tmp_path, "sleep 600; true"))
    reader = NoticeReader()
    begun = asyncio.Event()
    asked = asyncio.create_task(
        reader.recognise([("a.jpg", file_of(page("x", height=60)))], progress=lambda *at: begun.set())
    )
    await asyncio.wait_for(begun.wait(), WITHIN_S)
    async with asyncio.timeout(WITHIN_S):
        while not running(tmp_path):  # noqa: ASYNC110 - another process gives no event
            await asyncio.sleep(0.02)
        await reader.close()
        while running(tmp_path):  # noqa: ASYNC110
            await asyncio.sleep(0.02)
    with pytest.raises(errors.ReadingFailed):
        await asked


async def test_a_text_is_read_while_a_scan_is_recognised(monkeypatch, tmp_path):
    import asyncio

    monkeypatch.setenv("PATH", program(tmp_path, "exec sleep 600"))
    reader = NoticeReader()
    begun = asyncio.Event()
    scan = asyncio.create_task(
        reader.recognise([("a.jpg", file_of(page("x", height=60)))], progress=lambda *at: begun.set())
    )
    await asyncio.wait_for(begun.wait(), WITHIN_S)
    read = await asyncio.wait_for(reader.read("a.txt", NOTICE.encode()), WITHIN_S)
    assert len(read.directives) == 2
    assert not scan.done()
    scan.cancel()
    await asyncio.gather(scan, return_exceptions=True)
    await reader.close()


def test_more_pages_than_are_recognised(monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", program(tmp_path, "exit 1"))
    monkeypatch.setattr(recognition, "MAX_SCANNED_PAGES", 2)
    with pytest.raises(errors.TooManyScannedPages) as error:
        recognised([("a.pdf", pdf_of([page("x", height=60)] * 3))], nothing)
    assert (error.value.pages, error.value.limit) == (3, 2)


def test_a_page_bomb_is_refused():
    bomb = PdfDocument(drawn_pdf(page("x", height=60), size=(14400, 14400)))
    with pytest.raises(errors.PageTooLarge):
        page_picture(bomb, 0)
    bomb.close()


def test_a_photo_of_too_many_dots_is_refused_before_it_is_unpacked():
    kept = io.BytesIO()
    Image.new("1", (9000, 9000)).save(kept, "PNG")
    with pytest.raises(errors.PageTooLarge):
        next(photo_pictures(kept.getvalue()))


@pytest.mark.parametrize(
    "content", [b"\xff\xd8\xff\xe0" + bytes(50), b"\x89PNG\r\n\x1a\n" + bytes(50), b"II*\x00" + bytes(9)]
)
def test_a_damaged_photo_is_named(content, monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", program(tmp_path, "exit 1"))
    with pytest.raises(errors.UnreadableDocument):
        recognised([("a.jpg", content)], nothing)


def test_a_photo_is_turned_as_the_camera_was_held():
    kept = io.BytesIO()
    exif = Image.Exif()
    exif[0x0112] = 6  # the camera lay on its side
    Image.new("L", (1600, 1200), 255).save(kept, "JPEG", exif=exif)
    (picture,) = photo_pictures(kept.getvalue())
    assert picture.image.height > picture.image.width


def test_what_is_transparent_is_paper():
    kept = io.BytesIO()
    Image.new("RGBA", (1860, 1200), (0, 0, 0, 0)).save(kept, "PNG")
    (picture,) = photo_pictures(kept.getvalue())
    assert picture.image.getextrema() == (255, 255)


# --- doubts ---


def word(text, place, confidence=95.0, line=1):
    return Word(text, confidence, (1, 1, line), 100 + 200 * place, 100 * line, 150, 30)


def test_hard_words_are_doubts_and_the_numbers_of_items_are_not():
    words = [
        word("2.", 0, 50),
        word("Giao", 1),
        word("xã", 2),
        word("Tùnq", 3, 70),
        word("5/3", 4, 85),
        word("|", 5, 30),
    ]
    found = scanned_page(words, 1, 150, 1240)
    assert [d.text for d in found.doubts] == ["Tùnq", "5/3"]
    assert [w.text for w in found.found.words] == ["2.", "Giao", "xã", "Tùnq", "5/3"]


def test_a_crooked_page_is_put_straight():
    falling = [replace(word("chữ", i), top=100 + 8 * i) for i in range(6)]
    heights = {w.y for w in scanned_page(falling, 1, 150, 1240).found.words}
    assert len(heights) == 1


TEXT = "Giao Phòng Nội vụ rà soát trước ngày 15/3/2027 tại xã Tùng Lĩnh."
TASK = ReadDirective(
    "1", TEXT, Quote(TEXT, 2), deadline=Deadline(date(2027, 3, 15), text="trước ngày 15/3/2027", span=(26, 46))
)  # fmt: skip


def doubted(*doubts, changed=()):
    scan = Recognised((), tuple(doubts), changed, 2)
    return with_doubts(ReadNotice(directives=(TASK,)), scan)


def test_a_doubt_is_shown_on_the_directive_it_stands_in():
    read = doubted(Doubt("Tùng", "xã", "Lĩnh.", 2), Doubt("Tùng", "ông", "nói", 1))
    assert read.directives[0].warnings == ("chữ khó đọc trên bản chụp: “Tùng”",)
    assert read.directives[0].deadline.warnings == ()
    assert read.doubtful == ("Tùng (trang 2)", "Tùng (trang 1)")


def test_a_doubt_in_a_deadline_asks_for_the_original():
    assert doubted(Doubt("15/3/2027", "ngày", "tại", 2)).directives[0].deadline.warnings == (CHECK_DATE,)


def test_a_mended_date_asks_for_the_original():
    assert doubted(changed=("15/3/2027",)).directives[0].deadline.warnings == (CHECK_DATE,)


def test_a_known_phrase_is_no_doubt():
    assert doubted(Doubt("vụ", "Nội", "rà", 2)).doubtful == ()


@pytest.mark.parametrize(
    ("lines", "mark"),
    [
        (["MAT"], "MẬT"), (["M Â T"], "MẬT"), (["TÓI MẬT"], "TỐI MẬT"), (["TUYET MAT"], "TUYỆT MẬT"),
        (["UBND XÃ   [T0I MAT]   CỘNG HÒA"], "TỐI MẬT"), (["BẢO MẬT"], None), (["mật"], None), (["MẬT ĐỘ"], None),
        (["QUY CHẾ BẢO VỆ BÍ MẬT NHÀ NƯỚC"], None), (["TỐI"], None),
    ],
)  # fmt: skip
def test_a_badly_printed_stamp(lines, mark):
    assert secrecy_in_scan(lines) == mark
