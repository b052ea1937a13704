"""The form of Decree 30/2020: the pack of the weekly meeting at every size, and a checker that finds faults."""

from __future__ import annotations

import re
import shutil
import subprocess
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from datetime import date
from io import BytesIO
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Cm, Mm, Pt

from channels.base import visible
from domain.office import Office
from domain.packs import PackFacts
from domain.sheets import recipients, written_day
from exports import decree30, papers
from exports.decree30 import longest_line_cm
from tests import decree30_checks
from tests.pack_facts import OFFICE, pack
from tests.peak import peak_mb
from texts import packs as say

SUMMARY = "Tình hình thực hiện nhiệm vụ tuần từ ngày 29/01/2024 đến ngày 01/02/2024"


def drawn(facts: PackFacts, office: Office = OFFICE) -> bytes:
    return papers.draw("giao_ban", say.paper(facts, office))


def everything(content: bytes) -> str:
    document = Document(BytesIO(content))
    cells = [c.text for t in document.tables for r in t.rows for c in r.cells]
    return "\n".join([*(p.text for p in document.paragraphs), *cells])


@pytest.fixture(scope="module")
def thirty() -> bytes:
    return drawn(pack(30))


@pytest.mark.parametrize("size", [0, 1, 7])
def test_a_pack_has_the_form_of_the_decree_at_any_size(size: int) -> None:
    decree30_checks.check(drawn(pack(size)), title="BÁO CÁO", summary=SUMMARY)


def test_a_pack_of_thirty_has_it_too(thirty: bytes) -> None:
    decree30_checks.check(thirty, title="BÁO CÁO", summary=SUMMARY)


def test_what_the_settings_leave_empty_stays_open() -> None:
    content = drawn(pack(1), Office(name="UBND xã Mẫu"))
    decree30_checks.check(content, title="BÁO CÁO", summary=SUMMARY, signed=False)
    assert "………, ngày 01 tháng 02 năm 2024" in everything(content)


def test_a_very_long_office_keeps_the_form() -> None:
    name = "Ban Quản lý dự án đầu tư xây dựng, phát triển quỹ đất và cụm công nghiệp huyện Tùng Lĩnh"
    content = drawn(pack(1), replace(OFFICE, name=name))
    decree30_checks.check(content, title="BÁO CÁO", summary=SUMMARY)


def test_the_paper_says_everything(thirty: bytes) -> None:
    said = everything(thirty)
    for words in (
        "Số: ……/BC-UBND",
        "Tùng Lĩnh, ngày 01 tháng 02 năm 2024",
        "Phục vụ họp giao ban ngày 02/02/2024. Phạm vi: Toàn cơ quan. Số liệu đến 16:00 ngày 01/02/2024.",
        "I. Kết quả thực hiện trong tuần",
        "II. Nhiệm vụ quá hạn và nguyên nhân",
        "III. Khó khăn, vướng mắc và đề xuất",
        "IV. Nhiệm vụ đến hạn từ ngày 02/02/2024 đến ngày 11/02/2024",
        "V. Việc chờ quyết định và gia hạn trong tuần",
        "VI. Dự kiến kết luận",
        "đã hoàn thành ÷ tổng số nhiệm vụ",
        "Chưa báo cáo nguyên nhân",
        "Giải trình ngày 28/01: Còn 03 hộ",
        "hẹn họp lại tuần sau <3>",
        "- Các thành viên dự họp giao ban;",
        "- Lưu: VT, VP.",
        "TM. ỦY BAN NHÂN DÂN",
        "Hoàng Văn Lâm",
    ):
        assert words in said, words


def test_every_overdue_directive_is_in_it_once(thirty: bytes) -> None:
    table = next(t for t in Document(BytesIO(thirty)).tables if t.rows[0].cells[-1].text == "Nguyên nhân")
    named = [number for row in table.rows[1:] for number in re.findall(r"#(\d+)", row.cells[1].text)]
    assert sorted(map(int, named)) == list(range(1, 31))


def test_an_empty_section_says_so() -> None:
    said = everything(drawn(pack(0)))
    assert "Không có nhiệm vụ quá hạn." in said
    assert said.splitlines().count("Không có nội dung cần kết luận thêm./.") == 1


# --- the checker finds what is wrong ---


def _narrow(document: Any) -> None:
    document.sections[0].left_margin = Mm(20)


def _no_page_number(document: Any) -> None:
    number = document.sections[0].header.paragraphs[0]
    number._p.getparent().remove(number._p)
    document.sections[0].header.add_paragraph()


def _other_font(document: Any) -> None:
    document.paragraphs[-1].runs[0].font.name = "Calibri"


def _small(document: Any) -> None:
    body = next(p for p in document.paragraphs if p.alignment == WD_ALIGN_PARAGRAPH.JUSTIFY)
    body.runs[0].font.size = Pt(12)


def _no_indent(document: Any) -> None:
    body = next(p for p in document.paragraphs if p.alignment == WD_ALIGN_PARAGRAPH.JUSTIFY)
    body.paragraph_format.first_line_indent = Cm(0)


def _coloured(document: Any) -> None:
    from docx.shared import RGBColor

    document.paragraphs[0].runs[0].font.color.rgb = RGBColor(200, 0, 0)


def _plain_issuer(document: Any) -> None:
    cell = document.tables[0].rows[0].cells[0]
    next(p for p in cell.paragraphs if "HUYỆN" in p.text).runs[0].bold = False


def _long_line(document: Any) -> None:
    cell = document.tables[0].rows[0].cells[0]
    line = next(p for p in cell.paragraphs if p.style.name == decree30.SHORT_LINE)
    line.paragraph_format.left_indent = line.paragraph_format.right_indent = 0


def _day_without_zero(document: Any) -> None:
    cell = document.tables[0].rows[0].cells[1]
    run = next(p for p in cell.paragraphs if "ngày" in p.text).runs[0]
    run.text = run.text.replace("ngày 01", "ngày 1")


def _split_row(document: Any) -> None:
    row = document.tables[1].rows[1]._tr
    row.trPr.remove(row.trPr.find(qn("w:cantSplit")))


def _no_repeated_head(document: Any) -> None:
    row = document.tables[1].rows[0]._tr
    row.trPr.remove(row.trPr.find(qn("w:tblHeader")))


def _no_end(document: Any) -> None:
    last = [p for p in document.paragraphs if p.text][-1]
    last.runs[-1].text = last.runs[-1].text.replace("./.", ".")


def _recipients(document: Any) -> None:
    cell = document.tables[-1].rows[0].cells[0]
    cell.paragraphs[-1].runs[0].text = "- Lưu: VT;"


def _unfilled(document: Any) -> None:
    document.add_paragraph("{{ noi_dung }}")


FAULTS = (
    _narrow, _no_page_number, _other_font, _small, _no_indent, _coloured, _plain_issuer, _long_line,
    _day_without_zero, _split_row, _no_repeated_head, _no_end, _recipients, _unfilled,
)  # fmt: skip


@pytest.fixture(scope="module")
def small() -> bytes:
    return drawn(pack(1))


@pytest.mark.parametrize("fault", FAULTS)
def test_the_check_finds_what_is_not_of_the_decree(fault: Callable[[Any], None], small: bytes) -> None:
    document = Document(BytesIO(small))
    fault(document)
    kept = BytesIO()
    document.save(kept)
    with pytest.raises(AssertionError):
        decree30_checks.check(kept.getvalue(), title="BÁO CÁO", summary=SUMMARY)


# --- the pieces ---


@pytest.mark.parametrize(
    ("day", "written"),
    [
        (date(2024, 2, 1), "ngày 01 tháng 02 năm 2024"),
        (date(2024, 3, 9), "ngày 09 tháng 3 năm 2024"),
        (date(2024, 12, 25), "ngày 25 tháng 12 năm 2024"),
    ],
)
def test_days_under_ten_and_the_first_two_months_have_a_zero(day: date, written: str) -> None:
    assert written_day(day) == written


def test_recipients_end_as_the_decree_says() -> None:
    assert recipients(["Lưu: VT, VP;", "Thường trực Huyện ủy."]) == ["- Thường trực Huyện ủy;", "- Lưu: VT, VP."]
    assert recipients([]) == ["- ………;", "- Lưu: VT."]


def test_a_line_is_measured_by_its_longest_words() -> None:
    assert longest_line_cm("UBND", 12, 6) == pytest.approx((722 + 667 + 722 + 722) / 1000 * 12 / 72 * 2.54)
    assert longest_line_cm("UBND XÃ MẪU", 12, 1.5) < 1.5
    assert longest_line_cm("", 12, 6) == 0


# --- size ---


def _drawn_in_child(size: int) -> tuple[int, float, float]:
    """Bytes of the paper, seconds, and the most memory the child ever had, in megabytes."""
    facts = say.paper(pack(size), OFFICE)
    started = time.process_time()
    content = papers.draw("giao_ban", facts)
    return len(content), time.process_time() - started, peak_mb()


def test_five_hundred_rows_in_five_seconds_and_300_mb() -> None:
    with ProcessPoolExecutor(1, get_context("spawn")) as child:
        drawn = [child.submit(_drawn_in_child, 500) for _ in range(3)]
        sizes, seconds, most_mb = zip(*(one.result(timeout=60) for one in drawn), strict=True)
    assert min(sizes) > 50_000
    assert min(seconds) <= 5  # the quickest: others may use the processor's caches
    assert max(most_mb) <= 300


@pytest.mark.parametrize("size", [0, 1, 30, 500])
def test_the_summary_fits_one_message_whatever_the_size(size: int) -> None:
    text = say.summary(pack(size))
    assert len(text) <= 3500
    assert "Tài liệu giao ban thứ Sáu, 02/02/2024" in visible(text)


@pytest.mark.skipif(not all(map(shutil.which, ("soffice", "pdftotext"))), reason="LibreOffice or pdftotext is not here")
def test_a_word_processor_opens_it(thirty: bytes, tmp_path: Path) -> None:
    file = tmp_path / "a.docx"
    file.write_bytes(thirty)
    home = f"-env:UserInstallation=file://{tmp_path / 'home'}"
    convert = ["soffice", home, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path), str(file)]
    subprocess.run(convert, check=True, capture_output=True, timeout=100)
    told = subprocess.run(["pdftotext", "-layout", tmp_path / "a.pdf", "-"], check=True, capture_output=True, text=True)
    pages = told.stdout.split("\f")
    assert pages[1].strip().startswith("2")
    assert "Hoàng Văn Lâm" in pages[-2]
    assert pages[3].count("Nguyên nhân") == 1  # the head of the table stands again
