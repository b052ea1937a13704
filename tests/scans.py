"""Scans and photos for tests: our own words, drawn as a picture, so that nothing in them is a text to a program."""

from __future__ import annotations

import io
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

import matplotlib
import pytest
from PIL import Image, ImageDraw, ImageFont

FONT = Path(matplotlib.get_data_path()) / "fonts" / "ttf" / "DejaVuSerif.ttf"  # it has the letters of Vietnamese
DPI = 150
WIDTH, MARGIN, LEADING, SIZE = 1240, 90, 42, 27

NOTICE = """UBND HUYỆN TÙNG LĨNH
Số: 27/TB-UBND
Tùng Lĩnh, ngày 30 tháng 01 năm 2024

THÔNG BÁO
Kết luận của Chủ tịch UBND huyện tại cuộc họp giao ban tháng 01

1. Giao Phòng Nội vụ chủ trì, phối hợp với Phòng Tài chính - Kế hoạch
rà soát hồ sơ biên chế trước ngày 07/02/2024.
2. Giao Phòng Tài nguyên và Môi trường kiểm tra các điểm khai thác cát
trên địa bàn huyện; hoàn thành trong tháng 3 năm 2024."""
SECOND = """3. Giao UBND xã An Hòa sắp xếp lại các quầy hàng tại chợ trung tâm
trước ngày 20/02/2024.
4. Giao Phòng Nội vụ báo cáo kết quả thi đua trước ngày 25/02/2024."""


def _has_vietnamese() -> bool:
    program = shutil.which("tesseract")
    return program is not None and b"\nvie\n" in subprocess.run([program, "--list-langs"], capture_output=True).stdout


needs_tesseract = pytest.mark.skipif(not _has_vietnamese(), reason="tesseract-ocr-vie is not installed")


def page(text: str, *, angle: float = 0.4, height: int = 620) -> Image.Image:
    """A page in grey, not quite straight."""
    image = Image.new("L", (WIDTH, height), 255)
    draw = ImageDraw.Draw(image)
    font = ImageFont.truetype(str(FONT), SIZE)
    for row, line in enumerate(text.split("\n")):
        draw.text((MARGIN, 50 + row * LEADING), line, font=font, fill=30)
    return image.rotate(angle, fillcolor=255, resample=Image.Resampling.BICUBIC)


def stamped(image: Image.Image, mark: str) -> Image.Image:
    """With a framed stamp beside the head of the letter."""
    draw = ImageDraw.Draw(image)
    draw.rectangle((820, 30, 1160, 120), outline=60, width=4)
    draw.text((850, 45), mark, font=ImageFont.truetype(str(FONT), 44), fill=60)
    return image


def file_of(image: Image.Image, kind: str = "JPEG", dpi: int = DPI) -> bytes:
    """A photo as a file."""
    kept = io.BytesIO()
    image.save(kept, kind, quality=80, dpi=(dpi, dpi))
    return kept.getvalue()


def pdf_of(pages: Sequence[Image.Image], dpi: int = DPI) -> bytes:
    """A scanned PDF file."""
    kept = io.BytesIO()
    pages[0].save(kept, "PDF", resolution=dpi, save_all=True, append_images=list(pages[1:]))
    return kept.getvalue()


TABLE_HEAD = """UBND HUYỆN TÙNG LĨNH
Số: 28/KH-UBND
Tùng Lĩnh, ngày 30 tháng 01 năm 2024

KẾ HOẠCH
Về nhiệm vụ quý I năm 2024"""
TASKS = (
    ("TT", "Nội dung", "Chủ trì", "Phối hợp", "Thời gian hoàn thành"),
    ("1", "Rà soát hồ sơ biên chế của các đơn vị sự nghiệp công lập", "Phòng Nội vụ",
     "Phòng Tài chính - Kế hoạch", "Trước ngày 20/02/2024"),
    ("2", "Kiểm tra các điểm khai thác cát trên địa bàn huyện, báo cáo kết quả", "Phòng Tài nguyên và Môi trường",
     "Công an huyện", "Trong tháng 3/2024"),
    ("3", "Sắp xếp lại các quầy hàng tại chợ trung tâm", "UBND xã An Hòa", "Phòng Kinh tế và Hạ tầng",
     "Trước ngày 25/02/2024"),
    ("4", "Tổng hợp dự toán sửa chữa trụ sở các xã, thị trấn", "Phòng Tài chính - Kế hoạch", "UBND các xã, thị trấn",
     "Chậm nhất ngày 15/3/2024"),
)  # fmt: skip
WIDTHS = (0.06, 0.36, 0.2, 0.19, 0.19)  # of the table


def tabled_page(
    rows: Sequence[Sequence[str]] = TASKS, *, head: str = TABLE_HEAD, dpi: int = 200, angle: float = 0.0,
    ruled: bool = True,
) -> Image.Image:  # fmt: skip
    """The upper part of an A4 page in grey with a table of tasks, turned by some degrees."""
    width, height = round(8.27 * dpi), round(11.69 * dpi)
    image = Image.new("L", (width, height), 255)
    draw = ImageDraw.Draw(image)
    font = ImageFont.truetype(str(FONT), round(11.5 * dpi / 72))
    left, leading, room = round(0.8 * dpi), round(17 * dpi / 72), round(5 * dpi / 72)
    y = round(0.8 * dpi)
    for line in head.split("\n"):
        draw.text((left, y), line, font=font, fill=30)
        y += leading
    edges = [left]
    for part in WIDTHS:
        edges.append(edges[-1] + round(part * (width - 2 * left)))
    y += leading
    stroke = {"fill": 40, "width": max(2, dpi // 100)}
    top = y
    for row in rows:
        cells = [_wrapped(text, font, b - a - 2 * room) for text, a, b in zip(row, edges, edges[1:], strict=False)]
        if ruled:
            draw.line((edges[0], y, edges[-1], y), **stroke)
        for x, lines in zip(edges, cells, strict=False):
            for place, line in enumerate(lines):
                draw.text((x + room, y + room + place * leading), line, font=font, fill=30)
        y += max(map(len, cells)) * leading + 2 * room
    if ruled:
        draw.line((edges[0], y, edges[-1], y), **stroke)
        for x in edges:
            draw.line((x, top, x, y), **stroke)
    written = image.crop((0, 0, width, min(height, y + round(0.8 * dpi))))
    return written.rotate(angle, fillcolor=255, resample=Image.Resampling.BICUBIC)


def _wrapped(text: str, font: ImageFont.FreeTypeFont, width: float) -> list[str]:
    lines = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".strip()
        if font.getlength(longer) <= width or not lines[-1]:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines
