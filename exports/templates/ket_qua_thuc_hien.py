"""Báo cáo kết quả thực hiện: what came of a notice, clause by clause."""

from __future__ import annotations

from typing import TYPE_CHECKING

from exports import decree30
from exports.decree30 import Column
from exports.forms import HEADING, Field, Form

if TYPE_CHECKING:
    from docx.document import Document

FORM = Form(
    "ket_qua_thuc_hien",
    "Báo cáo kết quả thực hiện một văn bản",
    (
        *HEADING,
        Field("trich_yeu", "“Kết quả thực hiện Thông báo số …”", required=True),
        Field("ket_qua", "các câu kết quả chung", required=True, many=True),
        Field("cach_tinh", "hai tỷ lệ hoàn thành và cách tính bằng lời", many=True),
        Field("kho_khan", "khó khăn, vướng mắc, mỗi mục một dòng", many=True),
        Field("ket", "câu kết, có “./.”", required=True),
        Field("ten_phu_luc", "tên phụ lục"),
        Field("kem_theo", "“(Kèm theo Báo cáo số …)”"),
        Field(
            "nhiem_vu",
            "từng ý của văn bản",
            required=True,
            of=(
                Field("stt", "số thứ tự"),
                Field("noi_dung", "mục và nội dung"),
                Field("chu_tri", "đơn vị chủ trì; “17/22 đơn vị đã hoàn thành” khi giao nhiều đơn vị"),
                Field("han", "thời hạn"),
                Field("tinh_trang", "tình trạng"),
                Field("ket_qua", "kết quả và minh chứng"),
                Field("kho_khan", "khó khăn"),
            ),
        ),
    ),
)


def build() -> Document:
    """The template."""
    document = decree30.sheet()
    decree30.heading(document)
    decree30.title(document, "BÁO CÁO", "{{ trich_yeu }}")
    decree30.part(document, "I. KẾT QUẢ CHUNG")
    _each(document, "ket_qua")
    _each(document, "cach_tinh")
    decree30.part(document, "II. KHÓ KHĂN, VƯỚNG MẮC")
    decree30.command(document, "if kho_khan")
    _each(document, "kho_khan", "- ")
    decree30.command(document, "else")
    decree30.body(document, "Không có.")
    decree30.command(document, "endif")
    decree30.body(document, "{{ ket }}").paragraph_format.keep_with_next = True  # no signature stands alone
    decree30.signature(document)
    _annex(document)
    return document


def _each(document: Document, name: str, before: str = "") -> None:
    decree30.command(document, f"for cau in {name}")
    decree30.body(document, before + "{{ cau }}")
    decree30.command(document, "endfor")


def _annex(document: Document) -> None:
    """Every clause, on sheets laid across."""
    from docx.shared import Pt

    decree30.across(document)
    head = decree30.say(document.add_paragraph(), "PHỤ LỤC", bold=True)
    name = decree30.say(document.add_paragraph(), "{{ ten_phu_luc }}", bold=True)
    to = decree30.say(document.add_paragraph(), "{{ kem_theo }}", italic=True)
    for line in (head, name, to):
        decree30.align(line, "center")
    to.paragraph_format.space_after = Pt(decree30.BETWEEN)
    columns = (
        Column("TT", "{{ v.stt }}", 1.1, "center"),
        Column("Nội dung nhiệm vụ", "{{ v.noi_dung }}", 7.2),
        Column("Chủ trì", "{{ v.chu_tri }}", 3.6),
        Column("Thời hạn", "{{ v.han }}", 2.4, "center"),
        Column("Tình trạng", "{{ v.tinh_trang }}", 2.7),
        Column("Kết quả, minh chứng", "{{ v.ket_qua }}", 5.0),
        Column("Khó khăn", "{{ v.kho_khan }}", 3.2),
    )
    decree30.table(document, columns, "v in nhiem_vu")
