"""How long a notice takes to read, as a ratio to ``dateparser.search.search_dates`` on the same text in the same run.

Usage: python -m bench.reading
"""

from __future__ import annotations

import asyncio
import io
import time
import warnings
from collections.abc import Callable
from datetime import date
from pathlib import Path

import matplotlib

from domain.deadlines.words import fold
from notices.clauses import sentences
from notices.convert import as_docx as turn
from notices.convert import office
from notices.documents import document_text
from notices.plain import plain
from notices.reading import read_notice
from notices.worker import NoticeReader

SAMPLE = Path(__file__).resolve().parent.parent / "tests" / "corpus" / "notices" / "thong_bao_ket_luan.txt"
SIZE = 12_800  # bytes: a conclusion notice of four pages
FONT = Path(matplotlib.get_data_path()) / "fonts" / "ttf" / "DejaVuSerif.ttf"  # it has the letters of Vietnamese
TASK = (
    "- Tiếp tục rà soát, tham mưu UBND huyện chỉ đạo các cơ quan, đơn vị thực hiện Quyết định số {n}/QĐ-UBND "
    "ngày {d:02}/01/2027 của UBND tỉnh; chủ động tháo gỡ khó khăn, vướng mắc; hoàn thành trước ngày {d:02}/5/2027."
)


def sample_text(size: int) -> str:
    """A notice of about ``size`` bytes: the sample with more tasks in the middle."""
    head, tail = SAMPLE.read_text("utf-8").split("- Định kỳ hằng quý", 1)
    count = max(0, (size - SAMPLE.stat().st_size) // len(TASK.encode()))
    more = "\n\n".join(TASK.format(n=100 + i, d=i % 28 + 1) for i in range(count))
    return f"{head}{more}\n\n- Định kỳ hằng quý{tail}"


def forget() -> None:
    """Clear what is remembered of a text: a notice is read once."""
    for kept in (plain, fold, sentences):
        if clear := getattr(kept, "cache_clear", None):
            clear()


def best(work: Callable[[], object], rounds: int = 7) -> float:
    """The shortest of some runs, in milliseconds."""
    work()
    times = []
    for _ in range(rounds):
        forget()
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return min(times) * 1000


def as_docx(text: str) -> bytes:
    import docx

    document = docx.Document()
    for line in text.split("\n"):
        document.add_paragraph(line)
    kept = io.BytesIO()
    document.save(kept)
    return kept.getvalue()


def as_pdf(text: str) -> bytes:
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont
    from reportlab.platypus import Paragraph, SimpleDocTemplate, Spacer

    pdfmetrics.registerFont(TTFont("Body", str(FONT)))
    style = ParagraphStyle("body", fontName="Body", fontSize=12, leading=16, spaceAfter=5)
    flow = [Paragraph(x.replace("&", "&amp;"), style) if x.strip() else Spacer(1, 4) for x in text.split("\n")]
    kept = io.BytesIO()
    SimpleDocTemplate(kept).build(flow)
    return kept.getvalue()


def search(text: str) -> float:
    """What one pass of ``search_dates`` takes, in milliseconds."""
    from dateparser.search import search_dates

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return best(lambda: search_dates(text, languages=["vi"]), 3)


async def child(name: str, content: bytes) -> tuple[float, float]:
    """The first answer of a new child and a later one, in milliseconds."""
    reader = NoticeReader()
    try:
        times = []
        for _ in range(6):
            start = time.perf_counter()
            await reader.read(name, content)
            times.append((time.perf_counter() - start) * 1000)
        return times[0], min(times[1:])
    finally:
        await reader.close()


PAGES = (5, 50, 150, 500)  # wanted; what comes of it is printed
BYTES_A_PAGE = 2_430  # of the sample's text on a printed page


def growth() -> list[str]:
    """What a PDF file takes by its pages: reading its pages, and finding its tasks."""
    lines = []
    for wanted in PAGES:
        printed = as_pdf(sample_text(wanted * BYTES_A_PAGE))
        rounds = 3 if wanted < 100 else 1
        document = document_text("a.pdf", printed)
        pages = document.pages or 1
        text = best(lambda p=printed: document_text("a.pdf", p), rounds)
        tasks = best(lambda d=document: read_notice(d.paragraphs, date(2027, 3, 8)), rounds)
        lines.append(
            f"{pages:5} pages: words {text:6.0f} ms, {text / pages:4.1f} a page; "
            f"tasks {tasks:6.0f} ms, {tasks / pages:4.1f} a page"
        )
    return lines


def turned(word: bytes) -> float | None:
    """What LibreOffice takes to open and save a document, where it is installed, in milliseconds."""
    program = office()
    if program is None:
        return None
    return best(lambda: turn("docx", word, program=program), 1)


def main() -> None:
    text = sample_text(SIZE)
    day = date(2027, 3, 8)
    yard = search(text)
    word = as_docx(text)
    rows = [
        ("text (target 15 ms)", best(lambda: read_notice(text, day))),
        (".docx, its words", best(lambda: document_text("a.docx", word))),
        (".docx (target 60 ms)", best(lambda: read_notice(document_text("a.docx", word).paragraphs, day))),
    ]
    for name, pages in (("pdf", text), ("30-page pdf (target 1500 ms)", sample_text(30 * BYTES_A_PAGE))):
        printed = as_pdf(pages)
        count = document_text("a.pdf", printed).pages
        took = best(lambda p=printed: read_notice(document_text("a.pdf", p).paragraphs, day), 3)
        rows.append((f"{name}, {count} pages", took))
    first, warm = asyncio.run(child("a.txt", text.encode()))
    rows += [("child, first answer", first), ("child, warm", warm)]
    if (took_office := turned(word)) is not None:
        rows.append(("LibreOffice, one document", took_office))
    print(f"{len(text.encode())} bytes; search_dates takes {yard:.1f} ms")
    for name, took in rows:
        print(f"{name:40} {took:8.1f} ms   {took / yard:6.2f} x search_dates")
    for line in growth():
        print(line)


if __name__ == "__main__":
    main()
