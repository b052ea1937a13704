"""Báo cáo kỳ: what was given and done in a month, a quarter, half a year or a year."""

from __future__ import annotations

from typing import TYPE_CHECKING

from exports import decree30
from exports.decree30 import Column
from exports.forms import HEADING, Field, Form

if TYPE_CHECKING:
    from docx.document import Document

COUNTS = (
    Field("tong", "tổng số nhiệm vụ"),
    Field("dung_han", "hoàn thành đúng hạn"),
    Field("xong_qua_han", "hoàn thành quá hạn"),
    Field("xong_khong_han", "hoàn thành, không đặt hạn"),
    Field("trong_han", "đang thực hiện, trong hạn"),
    Field("qua_han", "chưa hoàn thành, quá hạn"),
    Field("khong_han", "đang thực hiện, không đặt hạn"),
    Field("ty_le", "tỷ lệ hoàn thành"),
)
ROW = (Field("stt", "số thứ tự; trống ở dòng cộng"), Field("ten", "tên đơn vị, lĩnh vực hoặc nguồn giao"), *COUNTS)
LATE = (
    Field("stt", "số thứ tự"),
    Field("noi_dung", "nội dung nhiệm vụ và văn bản giao"),
    Field("don_vi", "đơn vị chủ trì"),
    Field("han", "thời hạn"),
    Field("cham", "số ngày chậm"),
    Field("bao_cao", "báo cáo gần nhất của đơn vị"),
)

MEASURED = (
    Field(
        "chi_tieu",
        "bảng chỉ tiêu",
        of=(
            Field("stt", "số thứ tự"),
            Field("ten", "tên chỉ tiêu"),
            Field("don_vi_tinh", "đơn vị tính"),
            Field("ke_hoach", "kế hoạch"),
            Field("thuc_hien", "thực hiện"),
            Field("ty_le", "tỷ lệ so với kế hoạch"),
            Field("danh_gia", "Đạt, Đạt (vượt), Không đạt"),
        ),
    ),
    Field(
        "thu_hoi",
        "bảng số tiền phải thu hồi",
        of=(
            Field("stt", "số thứ tự"),
            Field("ten", "nội dung"),
            Field("don_vi", "đơn vị thực hiện"),
            Field("phai_thu", "phải thu hồi, kèm đơn vị tính"),
            Field("da_thu", "đã thu hồi"),
            Field("con_lai", "còn lại"),
            Field("ty_le", "tỷ lệ"),
        ),
    ),
    Field(
        "khac_phuc",
        "bảng khắc phục tồn tại, hạn chế",
        of=(
            Field("stt", "số thứ tự"),
            Field("ten", "tồn tại, hạn chế"),
            Field("don_vi", "đơn vị thực hiện"),
            Field("muc_do", "mức độ khắc phục"),
            Field("ket_qua", "kết quả đã báo cáo"),
            Field("kho_khan", "khó khăn"),
        ),
    ),
)

FORM = Form(
    "bao_cao_ky",
    "Báo cáo tháng, quý, 6 tháng, năm",
    (
        *HEADING,
        Field("trich_yeu", "“Kết quả thực hiện nhiệm vụ năm 2023”", required=True),
        Field("mo_dau", "câu mở đầu: kỳ báo cáo, số liệu tính đến ngày nào"),
        Field("ket_qua", "các câu kết quả chung", required=True, many=True),
        Field("theo_nguon_loi", "mỗi nguồn giao một câu", many=True),
        Field("theo_nguon", "bảng theo nguồn giao, dòng cuối là tổng cộng", required=True, of=ROW),
        Field("cach_tinh", "hai tỷ lệ hoàn thành và cách tính bằng lời", required=True, many=True),
        Field("ten_ky", "tên kỳ này, đầu cột của bảng so sánh"),
        Field("ten_ky_truoc", "tên kỳ trước"),
        Field(
            "so_sanh",
            "bảng so với kỳ trước",
            of=(
                Field("ten", "chỉ tiêu"),
                Field("nay", "kỳ này"),
                Field("truoc", "kỳ trước"),
                Field("tang_giam", "tăng, giảm"),
            ),
        ),
        Field("dien_bien", "các câu về quá hạn mới, gia hạn, số lượt báo cáo", many=True),
        Field("theo_don_vi", "bảng theo đơn vị, dòng cuối là tổng cộng", required=True, of=ROW),
        Field("theo_linh_vuc", "bảng theo lĩnh vực, dòng cuối là tổng cộng", of=ROW),
        Field("qua_han", "danh sách nhiệm vụ quá hạn", required=True, of=LATE),
        Field("kho_khan", "khó khăn, đề xuất chưa được giải quyết, mỗi mục một dòng", required=True, many=True),
        *MEASURED,
        Field("ket", "câu kết, có “./.”", required=True),
    ),
)


def build() -> Document:
    """The template."""
    document = decree30.sheet()
    decree30.heading(document)
    decree30.title(document, "BÁO CÁO", "{{ trich_yeu }}")
    decree30.body(document, "{{ mo_dau }}")
    decree30.part(document, "I. KẾT QUẢ CHUNG")
    _each(document, "ket_qua")
    _each(document, "theo_nguon_loi", "- ")
    counts(document, "Nguồn giao", "theo_nguon")
    _each(document, "cach_tinh", "", first_after_table=True)
    _compared(document)
    _parts(document)
    decree30.part(document, "VI. PHƯƠNG HƯỚNG, NHIỆM VỤ KỲ TỚI")
    decree30.body(document, "………")
    decree30.body(document, "{{ ket }}").paragraph_format.keep_with_next = True  # no signature stands alone
    decree30.signature(document)
    return document


def _each(document: Document, name: str, before: str = "", *, first_after_table: bool = False) -> None:
    """A paragraph for each of some sentences."""
    if first_after_table:
        gap(document)
    decree30.command(document, f"for cau in {name}")
    decree30.body(document, before + "{{ cau }}")
    decree30.command(document, "endfor")


def gap(document: Document) -> None:
    """A little room between a table and what follows."""
    from docx.shared import Pt

    decree30.say(document.add_paragraph(), "").paragraph_format.line_spacing = Pt(decree30.BETWEEN)


def counts(document: Document, title: str, rows: str) -> None:
    """A table of counts in the official cells; its last row is the sum."""
    narrow, points = 1.36, 10.0
    titles = (
        ("Tổng số", "tong"),
        ("HT đúng hạn", "dung_han"),
        ("HT quá hạn", "xong_qua_han"),
        ("HT không hạn", "xong_khong_han"),
        ("Đang TH trong hạn", "trong_han"),
        ("Quá hạn", "qua_han"),
        ("Đang TH không hạn", "khong_han"),
    )
    rate = 1.75
    columns = (
        Column("TT", "{{ d.stt }}", 1.0, "center"),
        Column(title, "{{ d.ten }}", 16.5 - 1.0 - rate - narrow * len(titles)),
        *(Column(name, f"{{{{ d.{field} }}}}", narrow, "center") for name, field in titles),
        Column("Tỷ lệ HT", "{{ d.ty_le }}", rate, "center"),
    )
    decree30.table(document, columns, f"d in {rows}", points)


def _compared(document: Document) -> None:
    decree30.body(document, "So với kỳ trước:").paragraph_format.keep_with_next = True
    columns = (
        Column("Chỉ tiêu", "{{ d.ten }}", 6.9),
        Column("{{ ten_ky }}", "{{ d.nay }}", 3.2, "center"),
        Column("{{ ten_ky_truoc }}", "{{ d.truoc }}", 3.2, "center"),
        Column("Tăng, giảm", "{{ d.tang_giam }}", 3.2, "center"),
    )
    decree30.table(document, columns, "d in so_sanh")
    _each(document, "dien_bien", first_after_table=True)


def _parts(document: Document) -> None:
    decree30.part(document, "II. KẾT QUẢ THEO ĐƠN VỊ")
    counts(document, "Đơn vị", "theo_don_vi")
    decree30.part(document, "III. KẾT QUẢ THEO LĨNH VỰC")
    decree30.command(document, "if theo_linh_vuc")
    counts(document, "Lĩnh vực", "theo_linh_vuc")
    decree30.command(document, "else")
    decree30.body(document, "Chưa phân theo lĩnh vực.")
    decree30.command(document, "endif")
    decree30.part(document, "IV. NHIỆM VỤ QUÁ HẠN CHƯA HOÀN THÀNH")
    decree30.command(document, "if qua_han")
    late(document, "qua_han", with_unit=True)
    decree30.command(document, "else")
    decree30.body(document, "Không có.")
    decree30.command(document, "endif")
    decree30.part(document, "V. KHÓ KHĂN, ĐỀ XUẤT CHƯA ĐƯỢC GIẢI QUYẾT")
    decree30.command(document, "if kho_khan")
    _each(document, "kho_khan", "- ")
    decree30.command(document, "else")
    decree30.body(document, "Không có.")
    decree30.command(document, "endif")
    _measured(document)


def _measured(document: Document) -> None:
    """Indicators, amounts and remediation, each where there is any."""
    indicators = (
        Column("TT", "{{ d.stt }}", 1.1, "center"),
        Column("Chỉ tiêu", "{{ d.ten }}", 5.6),
        Column("Đơn vị tính", "{{ d.don_vi_tinh }}", 1.9, "center"),
        Column("Kế hoạch", "{{ d.ke_hoach }}", 2.1, "center"),
        Column("Thực hiện", "{{ d.thuc_hien }}", 2.1, "center"),
        Column("Tỷ lệ", "{{ d.ty_le }}", 1.7, "center"),
        Column("Đánh giá", "{{ d.danh_gia }}", 2.0, "center"),
    )
    amounts = (
        Column("TT", "{{ d.stt }}", 1.1, "center"),
        Column("Nội dung", "{{ d.ten }}", 4.2),
        Column("Đơn vị", "{{ d.don_vi }}", 2.8),
        Column("Phải thu hồi", "{{ d.phai_thu }}", 2.4, "right"),
        Column("Đã thu hồi", "{{ d.da_thu }}", 2.4, "right"),
        Column("Còn lại", "{{ d.con_lai }}", 2.1, "right"),
        Column("Tỷ lệ", "{{ d.ty_le }}", 1.5, "center"),
    )
    remediation = (
        Column("TT", "{{ d.stt }}", 1.1, "center"),
        Column("Tồn tại, hạn chế", "{{ d.ten }}", 4.6),
        Column("Đơn vị", "{{ d.don_vi }}", 2.6),
        Column("Mức độ", "{{ d.muc_do }}", 2.2, "center"),
        Column("Kết quả", "{{ d.ket_qua }}", 3.5),
        Column("Khó khăn", "{{ d.kho_khan }}", 2.5),
    )
    for rows, words, columns in (
        ("chi_tieu", "Kết quả thực hiện các chỉ tiêu:", indicators),
        ("thu_hoi", "Kết quả thu hồi theo kiến nghị:", amounts),
        ("khac_phuc", "Kết quả khắc phục tồn tại, hạn chế:", remediation),
    ):
        decree30.command(document, f"if {rows}")
        decree30.body(document, words, bold=True).paragraph_format.keep_with_next = True
        decree30.table(document, columns, f"d in {rows}")
        gap(document)
        decree30.command(document, "endif")


def late(document: Document, rows: str, *, with_unit: bool) -> None:
    """A list of directives with deadline, days late and what was reported last."""
    unit = (Column("Đơn vị chủ trì", "{{ v.don_vi }}", 2.9),) if with_unit else ()
    columns = (
        Column("TT", "{{ v.stt }}", 1.1, "center"),
        Column("Nhiệm vụ", "{{ v.noi_dung }}", 5.6 if with_unit else 7.2),
        *unit,
        Column("Thời hạn", "{{ v.han }}", 2.3, "center"),
        Column("Chậm (ngày)", "{{ v.cham }}", 1.5, "center"),
        Column("Báo cáo gần nhất", "{{ v.bao_cao }}", 3.1 if with_unit else 4.4),
    )
    decree30.table(document, columns, f"v in {rows}")
