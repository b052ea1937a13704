"""A directive's story as a Word document, in the form of Decree 30/2020, Annex I.

What the office itself has to add stays open: the paper's number, who signs.
"""

from __future__ import annotations

from domain.extracts import Extract
from domain.sheets import Facts
from exports.papers import draw

CHECK = (
    "Để đối chiếu, quản trị hệ thống chạy lệnh “python -m bot verify-audit --head {short}”: nếu mã này còn trong sổ và "
    "các dòng vẫn khớp nhau thì nội dung trên chưa bị sửa, xóa kể từ lúc lập."
)


def history_docx(extract: Extract, heading: Facts, folder: str = "") -> bytes:
    """Draw the document.

    Args:
        extract: what it says; all of it plain words.
        heading: of ``domain.sheets.heading``.
        folder: where the office keeps its own templates; empty for none.

    Returns:
        a .docx file.
    """
    return draw("trich_luc", {**heading, **_facts(extract)}, folder)


def _facts(extract: Extract) -> Facts:
    return {
        "so_nhiem_vu": str(extract.number),
        "noi_dung": extract.text,
        "nguyen_van": extract.quote if extract.quote != extract.text else "",
        "thong_tin": [{"ten": name, "gia_tri": value} for name, value in extract.facts],
        "qua_trinh": [
            {"luc": line.when, "ai": line.who, "viec": line.what, "noi_dung": line.content} for line in extract.lines
        ],
        "tep": [
            {"ten": file.name, "ma": file.sha256, "dung_luong": f"{_size(file.size)}\n{file.came}"}
            for file in extract.files
        ],
        "so_dong": f"{extract.audit_rows:,}".replace(",", "."),
        "ma_niem_phong": extract.audit_hash,
        "cach_doi_chieu": CHECK.format(short=extract.audit_hash[:16]),
        "nguoi_lap": extract.made_by,
        "luc_lap": f"{extract.made_at:%H:%M ngày %d/%m/%Y}",
    }


def _size(size: int) -> str:
    return f"{max(1, round(size / 1024)):,} KB".replace(",", ".")
