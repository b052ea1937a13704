"""Bảng điểm tháng: products and progress points of units and people (Decree 335/2025), for their own assessment."""

from __future__ import annotations

from typing import TYPE_CHECKING

from exports import decree30
from exports.decree30 import Column
from exports.forms import HEADING, Field, Form

if TYPE_CHECKING:
    from docx.document import Document

FORM = Form(
    "bang_diem",
    "Bảng điểm tháng theo Nghị định 335/2025/NĐ-CP",
    (
        *HEADING,
        Field("trich_yeu", "“Số lượng, tiến độ sản phẩm tháng …”", required=True),
        Field("cach_tinh", "cách tính bằng lời", required=True, many=True),
        Field(
            "diem",
            "một dòng cho mỗi đơn vị và mỗi người",
            required=True,
            of=(
                Field("stt", "số thứ tự; chữ La Mã cho đơn vị"),
                Field("ten", "tên đơn vị hoặc người thực hiện"),
                Field("giao", "số sản phẩm được giao"),
                Field("xong", "số sản phẩm hoàn thành"),
                Field("cham", "hoàn thành chậm, bị trừ điểm"),
                Field("khach_quan", "hoàn thành chậm, đã xác nhận lý do khách quan"),
                Field("chua", "đến hạn chưa hoàn thành"),
                Field("cho_duyet", "chờ duyệt, chưa tính"),
                Field("diem", "điểm tiến độ trên điểm tối đa"),
                Field("so_luong", "tỷ lệ số lượng"),
                Field("tien_do", "tỷ lệ tiến độ"),
            ),
        ),
        Field(
            "chi_tiet",
            "các sản phẩm không đúng tiến độ hoặc chưa tính",
            of=(
                Field("stt", "số thứ tự"),
                Field("noi_dung", "nội dung"),
                Field("nguoi", "đơn vị, người thực hiện"),
                Field("han", "thời hạn ban đầu"),
                Field("nop", "ngày gửi kết quả"),
                Field("ghi_chu", "vì sao tính như vậy"),
            ),
        ),
        Field("ket", "câu kết, có “./.”", required=True),
    ),
)


def build() -> Document:
    """The template."""
    document = decree30.sheet()
    decree30.heading(document)
    decree30.title(document, "BẢNG ĐIỂM (BẢN NHÁP)", "{{ trich_yeu }}")
    decree30.part(document, "I. Cách tính")
    decree30.command(document, "for cau in cach_tinh")
    decree30.body(document, "{{ cau }}")
    decree30.command(document, "endfor")
    decree30.part(document, "II. Điểm")
    _scores(document)
    decree30.part(document, "III. Sản phẩm chậm, chưa hoàn thành hoặc chờ duyệt")
    decree30.command(document, "if chi_tiet")
    _products(document)
    decree30.command(document, "else")
    decree30.body(document, "Không có.")
    decree30.command(document, "endif")
    closing = decree30.body(document, "{{ ket }}")
    closing.paragraph_format.space_before = closing.paragraph_format.space_after
    closing.paragraph_format.keep_with_next = True  # no signature stands alone
    decree30.signature(document, "NGƯỜI LẬP", "(Ký, ghi rõ họ tên)")
    return document


def _scores(document: Document) -> None:
    narrow = 1.3
    titles = (
        ("Được giao", "giao", narrow),
        ("Hoàn thành", "xong", narrow),
        ("Chậm", "cham", narrow),
        ("Chậm, khách quan", "khach_quan", narrow),
        ("Chưa xong", "chua", narrow),
        ("Chờ duyệt", "cho_duyet", narrow),
        ("Điểm tiến độ", "diem", 1.9),
        ("Số lượng", "so_luong", 1.55),
        ("Tiến độ", "tien_do", 1.55),
    )
    columns = (
        Column("TT", "{{ d.stt }}", 1.0, "center"),
        Column("Đơn vị, người thực hiện", "{{ d.ten }}", 16.5 - 1.0 - sum(cm for *_, cm in titles)),
        *(Column(name, f"{{{{ d.{field} }}}}", cm, "center") for name, field, cm in titles),
    )
    decree30.table(document, columns, "d in diem", 10.0)


def _products(document: Document) -> None:
    columns = (
        Column("TT", "{{ v.stt }}", 1.0, "center"),
        Column("Sản phẩm", "{{ v.noi_dung }}", 5.2),
        Column("Đơn vị, người thực hiện", "{{ v.nguoi }}", 3.2),
        Column("Hạn ban đầu", "{{ v.han }}", 2.15, "center"),
        Column("Gửi kết quả", "{{ v.nop }}", 2.15, "center"),
        Column("Cách tính", "{{ v.ghi_chu }}", 2.8),
    )
    decree30.table(document, columns, "v in chi_tiet", 10.0)
