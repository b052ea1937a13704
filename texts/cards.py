"""Directives as people see them: cards, lists, what is new, what is due."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from domain.views import DirectiveView
from texts.engine import render

EVENT_WORDS = {
    "issue": "Phát hành",
    "drop": "Bỏ",
    "acknowledge": "Đã nhận",
    "report": "Báo cáo",
    "files_joined": "Bổ sung minh chứng",
    "submit": "Báo hoàn thành",
    "check": "Thủ trưởng đơn vị đồng ý",
    "approve": "Duyệt hoàn thành",
    "return": "Trả lại",
    "decline": "Đề nghị chuyển đơn vị",
    "reassign": "Chuyển đơn vị",
    "insist": "Giữ nguyên đơn vị",
    "extend": "Gia hạn",
    "suspend": "Tạm dừng",
    "resume": "Tiếp tục",
    "cancel": "Huỷ",
    "reopen": "Mở lại",
    "split": "Tách việc",
    "merge": "Gộp việc",
    "include": "Gồm cả việc được gộp",
    "part_added": "Thêm đơn vị phối hợp",
    "withdraw": "Rút báo cáo",
    "revise": "Sửa báo cáo",
    "undo": "Hoàn tác",
    "important": "Đánh dấu việc quan trọng",
    "ordinary": "Bỏ đánh dấu quan trọng",
    "snooze": "Hẹn nhắc lại",
    "edit": "Sửa dự thảo",
    "draft": "Lập dự thảo",
    "field": "Sửa lĩnh vực",
    "source": "Sửa nguồn giao",
    "amend": "Điều chỉnh theo văn bản mới",
    "recur": "Mở kỳ mới",
    "end_series": "Dừng định kỳ",
    "extension_asked": "Xin gia hạn",
    "extension_granted": "Đồng ý gia hạn",
    "extension_refused": "Chưa đồng ý gia hạn",
    "extension_offered": "Đề nghị hạn khác",
    "extension_accepted": "Đồng ý hạn được đề nghị",
    "extension_declined": "Không đồng ý hạn được đề nghị",
    "extension_closed": "Khép đề nghị gia hạn",
    "extension_given": "Giao thêm hạn",
    "extension_objective": "Xác nhận lý do khách quan",
    "difficulty_answered": "Trả lời khó khăn, đề xuất",
    "difficulty_solved": "Đã tháo gỡ",
    "ask_explanation": "Yêu cầu giải trình",
    "explain": "Giải trình",
    "explanation_ended": "Khép yêu cầu giải trình",
    "part_acknowledged": "Nhận phối hợp",
    "part_reported": "Tiến độ phần phối hợp",
    "part_answered": "Gửi ý kiến phối hợp",
    "part_withdrawn": "Rút tin phối hợp",
    "part_declined": "Báo không phối hợp",
    "part_removed": "Thôi phối hợp",
    "part_kept": "Vẫn phối hợp",
    "part_nudged": "Nhắc đơn vị phối hợp",
    "delegate": "Giao chuyên viên",
    "measure_made": "Theo dõi số liệu",
    "measure_changed": "Sửa số liệu theo dõi",
    "measured": "Báo số liệu",
    "measure_assessed": "Đánh giá kết quả",
    "urge": "Đôn đốc",
    "instruct": "Ý kiến chỉ đạo",
    "excused": "Xác nhận trễ hạn do khách quan",
    "excuse_withdrawn": "Bỏ xác nhận lý do khách quan",
}


def directive(d: DirectiveView) -> str:
    """The card of an issued directive."""
    return render("cards_directive", d=d)


def issued(d: DirectiveView) -> str:
    """To a unit: one new directive."""
    return render("cards_issued", d=d)


def issued_many(directives: Sequence[DirectiveView], unit: str, source: str) -> str:
    """To a unit: several new directives in one message; ``source`` is empty where they have several."""
    return render("cards_issued_many", directives=directives, unit=unit, source=source)


def helping(directives: Sequence[DirectiveView], unit: str) -> str:
    """To a coordinating unit: what it helps with."""
    return render("cards_helping", directives=directives, unit=unit)


def listing(
    title: str, directives: Sequence[DirectiveView], page: int, pages: int, units: Mapping[str, int] | None = None
) -> str:
    """A page of directives; ``page`` counts from 1.

    Args:
        units: how many each unit has, by its name, where they stand unit by unit under its name.
    """
    return render("cards_list", title=title, directives=directives, page=page, pages=pages, units=units or {})
