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


def file_of(image: Image.Image, kind: str = "JPEG") -> bytes:
    """A photo as a file."""
    kept = io.BytesIO()
    image.save(kept, kind, quality=80, dpi=(DPI, DPI))
    return kept.getvalue()


def pdf_of(pages: Sequence[Image.Image]) -> bytes:
    """A scanned PDF file."""
    kept = io.BytesIO()
    pages[0].save(kept, "PDF", resolution=DPI, save_all=True, append_images=list(pages[1:]))
    return kept.getvalue()
