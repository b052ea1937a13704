"""Tài liệu giao ban: the report of a week for the meeting, with proposed conclusions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from exports import decree30
from exports.decree30 import Column
from exports.forms import HEADING, Field, Form

if TYPE_CHECKING:
    from docx.document import Document

_LINE = (
    Field("stt", "số thứ tự"),
    Field("so", "số nhiệm vụ, “#12”"),
    Field("noi_dung", "nội dung"),
    Field("don_vi", "đơn vị chủ trì"),
    Field("han", "thời hạn"),
)
_CELLS = (
    Field("ten", "tên đơn vị; dòng cuối là “Cộng”"),
    Field("tong", "tổng số nhiệm vụ"),
    Field("dung_han", "hoàn thành đúng hạn"),
    Field("xong_qua_han", "hoàn thành quá hạn"),
    Field("trong_han", "chưa hoàn thành, trong hạn"),
    Field("qua_han", "chưa hoàn thành, quá hạn"),
    Field("khong_han", "không có thời hạn"),
    Field("ty_le", "tỷ lệ hoàn thành"),
)
_COMPARED = (
    Field("chi_tieu", "tên chỉ tiêu"),
    Field("tuan_nay", "số của tuần này"),
    Field("tuan_truoc", "số của tuần trước"),
)
_RAISED = (
    Field("stt", "số thứ tự"),
    Field("so", "số nhiệm vụ"),
    Field("don_vi", "đơn vị"),
    Field("loai", "“Khó khăn” hoặc “Đề xuất”"),
    Field("noi_dung", "nội dung"),
    Field("so_ngay", "đã bao nhiêu ngày"),
    Field("tra_loi", "ý kiến trả lời"),
)
FORM = Form(
    "giao_ban",
    "Báo cáo phục vụ họp giao ban tuần",
    (
        *HEADING,
        Field("tuan", "“từ ngày … đến ngày …”", required=True),
        Field("ngay_hop", "ngày họp giao ban", required=True),
        Field("pham_vi", "phạm vi: toàn cơ quan hoặc lĩnh vực phụ trách"),
        Field("luc_lap", "“đến 16:00 ngày …”, hoặc “đến hết ngày …” của tuần đã qua"),
        Field("tong_hop", "đoạn tổng hợp kết quả", required=True),
        Field("so_sanh", "bảng so sánh với tuần trước", many=True, of=_COMPARED),
        Field("don_vi", "bảng theo đơn vị", required=True, many=True, of=_CELLS),
        Field("cong_thuc", "cách tính tỷ lệ"),
        Field(
            "qua_han",
            "nhiệm vụ quá hạn, chậm lâu nhất trước",
            required=True,
            many=True,
            of=(*_LINE, Field("cham", "chậm bao nhiêu ngày"), Field("nguyen_nhan", "nguyên nhân đơn vị nêu")),
        ),
        Field("kho_khan", "khó khăn, đề xuất", required=True, many=True, of=_RAISED),
        Field("ky_toi", "“từ ngày … đến ngày …” của kỳ tới"),
        Field("den_han", "nhiệm vụ đến hạn trong kỳ tới", many=True, of=(*_LINE, Field("tien_do", "tiến độ"))),
        Field(
            "cho_quyet_dinh",
            "việc chờ quyết định",
            many=True,
            of=(*_LINE, Field("viec", "chờ quyết định gì"), Field("da_cho", "đã chờ bao nhiêu ngày")),
        ),
        Field(
            "gia_han",
            "các lượt gia hạn trong tuần",
            many=True,
            of=(*_LINE, Field("han_cu", "hạn cũ"), Field("han_moi", "hạn mới")),
        ),
        Field("ket_luan", "các câu dự kiến kết luận, chưa có dấu chấm", required=True, many=True),
    ),
)


def build() -> Document:
    """The template."""
    document = decree30.sheet()
    decree30.heading(document)
    decree30.title(document, "BÁO CÁO", "Tình hình thực hiện nhiệm vụ tuần {{ tuan }}")
    decree30.body(document, "Phục vụ họp giao ban ngày {{ ngay_hop }}. Phạm vi: {{ pham_vi }}. Số liệu {{ luc_lap }}.")
    _results(document)
    _overdue(document)
    _raised(document)
    _ahead(document)
    _decisions(document)
    _conclusions(document)
    decree30.signature(document)
    return document


def _results(document: Document) -> None:
    decree30.part(document, "I. Kết quả thực hiện trong tuần")
    decree30.body(document, "{{ tong_hop }}")
    compared = (
        Column("Chỉ tiêu", "{{ d.chi_tieu }}", 8.5),
        Column("Tuần này", "{{ d.tuan_nay }}", 4.0, "center"),
        Column("Tuần trước", "{{ d.tuan_truoc }}", 4.0, "center"),
    )
    decree30.table(document, compared, "d in so_sanh")
    decree30.command(document, "if don_vi")
    decree30.part(document, "Kết quả theo đơn vị")
    cells = (
        Column("Đơn vị", "{{ d.ten }}", 5.0),
        Column("Tổng số", "{{ d.tong }}", 1.5, "center"),
        Column("Xong đúng hạn", "{{ d.dung_han }}", 1.7, "center"),
        Column("Xong quá hạn", "{{ d.xong_qua_han }}", 1.7, "center"),
        Column("Đang làm, trong hạn", "{{ d.trong_han }}", 1.8, "center"),
        Column("Đang làm, quá hạn", "{{ d.qua_han }}", 1.7, "center"),
        Column("Không hạn", "{{ d.khong_han }}", 1.4, "center"),
        Column("Tỷ lệ", "{{ d.ty_le }}", 1.7, "center"),
    )
    decree30.table(document, cells, "d in don_vi")
    decree30.command(document, "endif")
    decree30.note(document, "{{ cong_thuc }}")


def _overdue(document: Document) -> None:
    decree30.part(document, "II. Nhiệm vụ quá hạn và nguyên nhân")
    columns = (
        Column("TT", "{{ d.stt }}", 1.0, "center"),
        Column("Nhiệm vụ", "{{ d.so }}. {{ d.noi_dung }}", 5.3),
        Column("Đơn vị", "{{ d.don_vi }}", 2.6),
        Column("Thời hạn", "{{ d.han }}", 2.2, "center"),
        Column("Chậm (ngày)", "{{ d.cham }}", 1.3, "center"),
        Column("Nguyên nhân", "{{ d.nguyen_nhan }}", 4.1),
    )
    decree30.listing(document, columns, "d", "qua_han", "Không có nhiệm vụ quá hạn.")


def _raised(document: Document) -> None:
    decree30.part(document, "III. Khó khăn, vướng mắc và đề xuất")
    columns = (
        Column("TT", "{{ d.stt }}", 1.0, "center"),
        Column("Đơn vị", "{{ d.don_vi }}", 2.8),
        Column("Loại", "{{ d.loai }}", 1.8, "center"),
        Column("Nội dung", "{{ d.so }}. {{ d.noi_dung }}", 5.8),
        Column("Số ngày", "{{ d.so_ngay }}", 1.3, "center"),
        Column("Trả lời", "{{ d.tra_loi }}", 3.8),
    )
    decree30.listing(document, columns, "d", "kho_khan", "Không có khó khăn, đề xuất chưa giải quyết.")


def _ahead(document: Document) -> None:
    decree30.part(document, "IV. Nhiệm vụ đến hạn {{ ky_toi }}")
    columns = (
        Column("TT", "{{ d.stt }}", 1.0, "center"),
        Column("Nhiệm vụ", "{{ d.so }}. {{ d.noi_dung }}", 7.8),
        Column("Đơn vị", "{{ d.don_vi }}", 3.5),
        Column("Thời hạn", "{{ d.han }}", 2.2, "center"),
        Column("Tiến độ", "{{ d.tien_do }}", 2.0, "center"),
    )
    decree30.listing(document, columns, "d", "den_han", "Không có nhiệm vụ đến hạn.")


def _decisions(document: Document) -> None:
    decree30.part(document, "V. Việc chờ quyết định và gia hạn trong tuần")
    waiting = (
        Column("TT", "{{ d.stt }}", 1.0, "center"),
        Column("Nhiệm vụ", "{{ d.so }}. {{ d.noi_dung }}", 7.0),
        Column("Đơn vị", "{{ d.don_vi }}", 3.2),
        Column("Chờ quyết định", "{{ d.viec }}", 3.6),
        Column("Đã chờ (ngày)", "{{ d.da_cho }}", 1.7, "center"),
    )
    decree30.listing(document, waiting, "d", "cho_quyet_dinh", "Không có việc chờ quyết định.")
    decree30.command(document, "if gia_han")
    decree30.part(document, "Gia hạn trong tuần")
    extended = (
        Column("TT", "{{ d.stt }}", 1.0, "center"),
        Column("Nhiệm vụ", "{{ d.so }}. {{ d.noi_dung }}", 7.8),
        Column("Đơn vị", "{{ d.don_vi }}", 3.1),
        Column("Hạn cũ", "{{ d.han_cu }}", 2.3, "center"),
        Column("Hạn mới", "{{ d.han_moi }}", 2.3, "center"),
    )
    decree30.table(document, extended, "d in gia_han")
    decree30.command(document, "endif")


def _conclusions(document: Document) -> None:
    decree30.part(document, "VI. Dự kiến kết luận")
    decree30.command(document, "if ket_luan")
    decree30.command(document, "for cau in ket_luan")
    decree30.body(document, "{{ loop.index }}. {{ cau }}{% if loop.last %}./.{% else %}.{% endif %}")
    decree30.command(document, "endfor")
    decree30.command(document, "else")
    decree30.body(document, "Không có nội dung cần kết luận thêm./.")
    decree30.command(document, "endif")
