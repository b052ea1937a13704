"""The paper of a directive's story: the form of Decree 30/2020, and everything that happened in it."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import time
import zipfile
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest
from docx import Document
from docx.shared import Mm, Pt

from domain.calendar import OFFICE_ZONE
from domain.extracts import Extract, ExtractFile, ExtractLine
from domain.office import Office
from domain.sheets import heading
from exports.history_docx import history_docx
from tests import decree30_checks

HASH = "0123456789abcdef" * 4
LINES = (
    ExtractLine("08:00 31/01/2024", "Đỗ Thị Vân, Văn phòng", "Phát hành", "Rà soát kè bờ Bắc"),
    ExtractLine("10:00 31/01/2024", "Phạm Văn Nam, Phòng Nội vụ", "Báo cáo 40%", "vướng <mặt bằng> & nước\nhai dòng"),
)
EXTRACT = Extract(
    office="UBND huyện Tùng Lĩnh",
    number=12,
    text="Rà soát kè bờ Bắc sông Linh",
    quote="Giao Phòng Nội vụ rà soát kè bờ Bắc sông Linh trước ngày 06/02/2024.",
    facts=(("Đơn vị chủ trì", "Phòng Nội vụ"), ("Thời hạn ban đầu", "05/02/2024"), ("Thời hạn hiện nay", "20/02/2024")),
    lines=LINES,
    files=(ExtractFile("hien-trang.jpg", "ab" * 32, 120_000, "10:00 31/01/2024"),),
    made_at=datetime(2024, 2, 1, 9, 5, tzinfo=OFFICE_ZONE),
    made_by="Hoàng Văn Lâm, Chủ tịch",
    audit_rows=1234,
    audit_hash=HASH,
)


TOP = heading(Office(name=EXTRACT.office), "TL", EXTRACT.made_at.date())


def paper(extract: Extract) -> bytes:
    return history_docx(extract, TOP)


@pytest.fixture(scope="module")
def drawn() -> bytes:
    return paper(EXTRACT)


def everything(content: bytes) -> str:
    document = Document(io.BytesIO(content))
    cells = [c.text for t in document.tables for r in t.rows for c in r.cells]
    return "\n".join([*(p.text for p in document.paragraphs), *cells])


def test_the_sheet_is_that_of_the_decree(drawn: bytes) -> None:
    section = Document(io.BytesIO(drawn)).sections[0]
    assert section.page_width is not None
    assert abs(section.page_width - Mm(210)) < Mm(1)
    for side, wide in (("left", 30), ("right", 15), ("top", 20), ("bottom", 20)):
        assert abs(getattr(section, f"{side}_margin") - Mm(wide)) < Mm(0.1)
    assert section.different_first_page_header_footer
    assert "PAGE" in section.header.paragraphs[0]._p.xml
    assert "PAGE" not in section.first_page_header.paragraphs[0]._p.xml


def test_its_letters_are_those_of_the_decree(drawn: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(drawn)) as parts:
        styles = parts.read("word/styles.xml").decode()
        assert 'w:eastAsia="Times New Roman"' in styles
        assert set(re.findall(r'w:color w:val="(\w+)"', parts.read("word/document.xml").decode())) <= {"000000"}
    sizes = {run.font.size for p in Document(io.BytesIO(drawn)).paragraphs for run in p.runs}
    assert sizes - {None} <= {Pt(11), Pt(13), Pt(14)}


def test_it_says_everything(drawn: bytes) -> None:
    said = everything(drawn)
    for words in (
        "UBND HUYỆN TÙNG LĨNH",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "………, ngày 01 tháng 02 năm 2024",
        "TRÍCH LỤC",
        "nhiệm vụ số #12",
        "Nguyên văn: “Giao Phòng Nội vụ",
        "Thời hạn ban đầu",
        "20/02/2024",
        "vướng <mặt bằng> & nước\nhai dòng",
        "hien-trang.jpg",
        "ab" * 32,
        "117 KB",
        HASH,
        f"verify-audit --head {HASH[:16]}",
        "1.234 dòng",
        "NGƯỜI TRÍCH LỤC",
        "Nơi nhận:",
        "Hoàng Văn Lâm, Chủ tịch lập lúc 09:05 ngày 01/02/2024./.",
    ):
        assert words in said, words


def test_without_files_it_says_so() -> None:
    assert "Không có tệp nào." in everything(paper(replace(EXTRACT, files=())))


def test_a_long_story_is_drawn_within_a_second() -> None:
    long = replace(EXTRACT, lines=LINES * 60)
    paper(EXTRACT)
    took = []
    for _ in range(3):
        start = time.process_time()
        paper(long)
        took.append(time.process_time() - start)
    assert min(took) < 1


TOOLS = ("soffice", "pdftotext")


@pytest.mark.skipif(not all(map(shutil.which, TOOLS)), reason="LibreOffice or pdftotext is not here")
def test_a_word_processor_opens_it(tmp_path: Path) -> None:
    file = tmp_path / "a.docx"
    file.write_bytes(paper(replace(EXTRACT, lines=LINES * 12)))
    home = f"-env:UserInstallation=file://{tmp_path / 'home'}"
    convert = ["soffice", home, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path), str(file)]
    subprocess.run(convert, check=True, capture_output=True, timeout=100)
    told = subprocess.run(["pdftotext", "-layout", tmp_path / "a.pdf", "-"], check=True, capture_output=True, text=True)
    pages = told.stdout.split("\f")
    assert "NGƯỜI TRÍCH LỤC" in told.stdout
    assert pages[0].strip().startswith("UBND HUYỆN TÙNG LĨNH")
    assert pages[1].strip().startswith("2")


def test_its_form_is_that_of_the_decree(drawn: bytes) -> None:
    decree30_checks.check(drawn, title="TRÍCH LỤC", summary="Quá trình thực hiện nhiệm vụ số #12", signed=False)
