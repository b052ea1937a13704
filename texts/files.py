"""Evidence: why a file was not taken, and the files sent again."""

from __future__ import annotations

from datetime import datetime
from html import escape

from domain.errors import FileRefused
from texts.engine import render

_WHY = {
    "empty": "không có nội dung; vui lòng kiểm tra rồi gửi lại.",
    "program": "chứa chương trình chạy được nên không nhận; vui lòng gửi văn bản hoặc ảnh.",
    "disguised": "có tên dễ nhầm với loại tệp khác nên không nhận; vui lòng đổi tên rồi gửi lại.",
    "macros": "có macro nên không nhận; vui lòng lưu lại thành .docx, .xlsx hoặc .pdf rồi gửi.",
    "mismatch": "có nội dung không đúng với đuôi tên; vui lòng mở tệp, lưu lại đúng loại rồi gửi.",
    "packed": "được nén theo cách không kiểm tra được; vui lòng gửi từng tệp, hoặc nén một lần thành .zip.",
    "broken": "bị hỏng; vui lòng mở thử trên máy rồi gửi lại bản khác.",
    "type": "thuộc loại không nhận; vui lòng gửi .pdf, .docx, .xlsx hoặc ảnh .jpg, .png.",
    "quota": "chưa lưu được vì kho tệp của cơ quan đã đầy; Văn phòng đã được báo.",
}


def refused(error: FileRefused) -> str:
    """Why one file was not kept, and what to do."""
    if error.problem == "too_large":
        return f"Tệp <b>{escape(error.name)}</b> lớn hơn {error.limit} MB nên không nhận; vui lòng gửi bản nhẹ hơn."
    return f"Tệp <b>{escape(error.name)}</b> {_WHY[error.problem]}"


def rest_kept() -> str:
    """The words and other files of the same message count all the same."""
    return render("files_rest_kept")


def caption(number: int, unit: str, person: str, at: datetime) -> str:
    """Beside a file that is sent again: of which directive, from whom, when."""
    return render("files_caption", number=number, unit=unit, person=person, at=at)


def more(number: int, first: int, last: int, total: int) -> str:
    """After a page of files: there are others."""
    return render("files_more", number=number, first=first, last=last, total=total)


def none(number: int) -> str:
    """No files were handed in."""
    return render("files_none", number=number)


def missing(number: int, names: list[str]) -> str:
    """Files that were handed in and are not there any more."""
    return render("files_missing", number=number, names=names)


def full(used_mb: int, quota_mb: int) -> str:
    """To the office: no more evidence can be kept."""
    return render("files_full", used=used_mb, quota=quota_mb)
