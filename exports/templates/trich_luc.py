"""Trích lục: one directive's whole story, for an inspection."""

from __future__ import annotations

from typing import TYPE_CHECKING

from exports import decree30
from exports.decree30 import Column
from exports.forms import HEADING, Field, Form

if TYPE_CHECKING:
    from docx.document import Document

FORM = Form(
    "trich_luc",
    "Trích lục quá trình thực hiện nhiệm vụ",
    (
        *HEADING,
        Field("so_nhiem_vu", "số của nhiệm vụ, không có dấu #", required=True),
        Field("noi_dung", "nội dung nhiệm vụ", required=True),
        Field("nguyen_van", "câu giao việc trong văn bản; trống nếu trùng với nội dung"),
        Field(
            "thong_tin",
            "các dòng thông tin về nhiệm vụ",
            of=(Field("ten", "tên mục"), Field("gia_tri", "giá trị")),
        ),
        Field(
            "qua_trinh",
            "các việc đã diễn ra, cũ nhất trước",
            required=True,
            of=(
                Field("luc", "thời điểm"),
                Field("ai", "người thực hiện"),
                Field("viec", "việc gì"),
                Field("noi_dung", "nội dung"),
            ),
        ),
        Field(
            "tep",
            "các tệp minh chứng",
            of=(
                Field("ten", "tên tệp"),
                Field("ma", "mã SHA-256"),
                Field("dung_luong", "dung lượng và ngày gửi"),
            ),
        ),
        Field("so_dong", "số dòng trong sổ theo dõi khi lập"),
        Field("ma_niem_phong", "mã niêm phong của dòng cuối", required=True),
        Field("cach_doi_chieu", "câu hướng dẫn đối chiếu"),
        Field("nguoi_lap", "ai lập trích lục"),
        Field("luc_lap", "lập lúc nào"),
    ),
)


def build() -> Document:
    """The template."""
    document = decree30.sheet()
    decree30.heading(document)
    decree30.title(document, "TRÍCH LỤC", "Quá trình thực hiện nhiệm vụ số #{{ so_nhiem_vu }}")
    decree30.part(document, "I. Nhiệm vụ")
    decree30.body(document, "{{ noi_dung }}")
    decree30.command(document, "if nguyen_van")
    decree30.body(document, "Nguyên văn: “{{ nguyen_van }}”")
    decree30.command(document, "endif")
    decree30.pairs(document, "t in thong_tin", "{{ t.ten }}", "{{ t.gia_tri }}")
    _parts(document)
    decree30.signature(document, "NGƯỜI TRÍCH LỤC", "(Ký, ghi rõ họ tên)")
    return document


def _parts(document: Document) -> None:
    decree30.part(document, "II. Quá trình thực hiện")
    story = (
        Column("Thời điểm", "{{ v.luc }}", 2.6),
        Column("Ai", "{{ v.ai }}", 3.7),
        Column("Việc", "{{ v.viec }}", 4.0),
        Column("Nội dung", "{{ v.noi_dung }}", 6.2),
    )
    decree30.table(document, story, "v in qua_trinh")
    decree30.part(document, "III. Minh chứng")
    decree30.command(document, "if tep")
    files = (
        Column("Tệp", "{{ t.ten }}", 5.0),
        Column("Mã SHA-256", "{{ t.ma }}", 8.3),
        Column("Dung lượng, ngày gửi", "{{ t.dung_luong }}", 3.2),
    )
    decree30.table(document, files, "t in tep")
    decree30.command(document, "else")
    decree30.body(document, "Không có tệp nào.")
    decree30.command(document, "endif")
    decree30.part(document, "IV. Đối chiếu")
    opening = "Khi lập trích lục, sổ theo dõi của cơ quan có {{ so_dong }} dòng; mã niêm phong của dòng cuối là:"
    decree30.body(document, opening)
    seal = decree30.say(document.add_paragraph(), "{{ ma_niem_phong }}", decree30.CELL)
    decree30.align(seal, "center")
    decree30.body(document, "{{ cach_doi_chieu }}")
    decree30.body(document, "Trích lục do {{ nguoi_lap }} lập lúc {{ luc_lap }}./.")
