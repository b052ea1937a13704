"""Công văn đôn đốc: what units have overdue or soon due, and until when they are to answer in writing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from exports import decree30
from exports.decree30 import Column
from exports.forms import HEADING, Field, Form
from exports.templates.bao_cao_ky import LATE, gap, late

if TYPE_CHECKING:
    from docx.document import Document

FORM = Form(
    "cong_van_don_doc",
    "Công văn đôn đốc",
    (
        *HEADING,
        Field("trich_yeu", "sau chữ V/v", required=True),
        Field("kinh_gui", "các đơn vị nhận, mỗi đơn vị một dòng; một đơn vị thì một dòng", required=True, many=True),
        Field("tinh_hinh", "các câu nêu tình hình", required=True, many=True),
        Field(
            "tong_hop",
            "bảng số việc của từng đơn vị; trống khi gửi một đơn vị",
            of=(
                Field("stt", "số thứ tự"),
                Field("don_vi", "đơn vị"),
                Field("qua_han", "số nhiệm vụ quá hạn"),
                Field("sap_han", "số nhiệm vụ sắp đến hạn"),
            ),
        ),
        Field("yeu_cau_mo_dau", "câu mở đầu phần yêu cầu"),
        Field("yeu_cau", "các yêu cầu, đã đánh số", required=True, many=True),
        Field("ket", "câu kết, có “./.”", required=True),
        Field("ten_phu_luc", "tên phụ lục", required=True),
        Field("kem_theo", "“(Kèm theo Công văn số …)”"),
        Field("qua_han", "nhiệm vụ quá hạn", required=True, of=LATE),
        Field("sap_han", "nhiệm vụ sắp đến hạn", of=LATE),
    ),
)


def build() -> Document:
    """The template."""
    document = decree30.sheet()
    decree30.heading(document, "V/v {{ trich_yeu }}")
    _to(document)
    _each(document, "tinh_hinh")
    _counts(document)
    decree30.body(document, "{{ yeu_cau_mo_dau }}")
    _each(document, "yeu_cau")
    decree30.body(document, "{{ ket }}").paragraph_format.keep_with_next = True  # no signature stands alone
    decree30.signature(document)
    _annex(document)
    return document


def _each(document: Document, name: str) -> None:
    decree30.command(document, f"for cau in {name}")
    decree30.body(document, "{{ cau }}")
    decree30.command(document, "endfor")


def _to(document: Document) -> None:
    """One unit beside "Kính gửi:", several below it, each with a dash."""
    from docx.shared import Cm, Pt

    decree30.command(document, "if kinh_gui|length == 1")
    one = decree30.align(decree30.say(document.add_paragraph(), "Kính gửi: {{ kinh_gui[0] }}."), "center")
    decree30.command(document, "else")
    head = decree30.say(document.add_paragraph(), "Kính gửi:")
    decree30.command(document, "for don_vi in kinh_gui")
    line = decree30.say(document.add_paragraph(), "- {{ don_vi }}{{ '.' if loop.last else ';' }}")
    decree30.command(document, "endfor")
    decree30.command(document, "endif")
    head.paragraph_format.left_indent, line.paragraph_format.left_indent = Cm(4), Cm(5)
    one.paragraph_format.space_before = head.paragraph_format.space_before = Pt(18)
    line.paragraph_format.space_after = Pt(2)
    gap(document)


def _counts(document: Document) -> None:
    decree30.command(document, "if tong_hop")
    columns = (
        Column("TT", "{{ d.stt }}", 1.5, "center"),
        Column("Đơn vị", "{{ d.don_vi }}", 8.0),
        Column("Quá hạn", "{{ d.qua_han }}", 3.5, "center"),
        Column("Sắp đến hạn", "{{ d.sap_han }}", 3.5, "center"),
    )
    decree30.table(document, columns, "d in tong_hop")
    gap(document)
    decree30.command(document, "endif")


def _annex(document: Document) -> None:
    """The lists, on sheets of their own."""
    head = decree30.say(document.add_paragraph(), "PHỤ LỤC", bold=True)
    head.paragraph_format.page_break_before = True
    name = decree30.say(document.add_paragraph(), "{{ ten_phu_luc }}", bold=True)
    to = decree30.say(document.add_paragraph(), "{{ kem_theo }}", italic=True)
    for line in (head, name, to):
        decree30.align(line, "center")
    decree30.part(document, "I. Nhiệm vụ quá hạn")
    _listing(document, "qua_han")
    decree30.part(document, "II. Nhiệm vụ sắp đến hạn")
    _listing(document, "sap_han")


def _listing(document: Document, rows: str) -> None:
    decree30.command(document, f"if {rows}")
    decree30.command(document, "if tong_hop")
    late(document, rows, with_unit=True)
    decree30.command(document, "else")
    late(document, rows, with_unit=False)
    decree30.command(document, "endif")
    decree30.command(document, "else")
    decree30.body(document, "Không có.")
    decree30.command(document, "endif")
