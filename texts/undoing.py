"""What is said when an act is taken back, and when it cannot be."""

from __future__ import annotations

from domain.errors import CannotUndo
from domain.lifecycle import Event
from domain.views import DirectiveView
from texts.engine import render

WHAT = {
    Event.ACKNOWLEDGE: "nhận việc",
    Event.SUBMIT: "báo hoàn thành",
    Event.CHECK: "đồng ý trình duyệt",
    Event.APPROVE: "duyệt hoàn thành",
    Event.RETURN: "trả lại",
    Event.DECLINE: "đề nghị chuyển đơn vị",
    Event.REASSIGN: "chuyển đơn vị",
    Event.INSIST: "giữ nguyên đơn vị",
    Event.SUSPEND: "tạm dừng",
    Event.RESUME: "cho tiếp tục",
    Event.CANCEL: "huỷ",
    Event.REOPEN: "mở lại",
    "important": "đánh dấu quan trọng",
    "ordinary": "bỏ đánh dấu quan trọng",
    "extension_asked": "xin gia hạn",
    "extension_granted": "đồng ý gia hạn",
    "extension_refused": "từ chối gia hạn",
    "extension_offered": "đề nghị ngày khác",
    "extension_accepted": "nhận ngày được đề nghị",
    "extension_declined": "không nhận ngày được đề nghị",
    "difficulty_answered": "trả lời khó khăn",
    "difficulty_solved": "ghi đã tháo gỡ",
    "delegate": "giao người làm",
    "part_acknowledged": "nhận phần phối hợp",
    "part_answered": "gửi ý kiến phối hợp",
    "ask_explanation": "yêu cầu giải trình",
    "instruct": "ghi ý kiến chỉ đạo",
    "extension_given": "giao thêm hạn",
    "excused": "xác nhận lý do khách quan",
    "excuse_withdrawn": "bỏ xác nhận lý do khách quan",
}
"""An act in words, to stand after "đã rút lại việc"."""

_INSTEAD = {
    Event.ACKNOWLEDGE: "Không phải việc của đơn vị thì bấm <b>Không đúng đơn vị</b>.",
    Event.SUBMIT: "Cần làm tiếp thì nhờ người duyệt bấm <b>Trả lại</b>.",
    Event.CHECK: "Cần làm tiếp thì nhờ người duyệt bấm <b>Trả lại</b>.",
    Event.APPROVE: "Cần làm tiếp thì mở việc, bấm <b>Khác…</b> rồi <b>Mở lại</b>.",
    Event.RETURN: "Đơn vị báo hoàn thành lại thì duyệt được ngay.",
    Event.DECLINE: "Vẫn nhận việc này thì nhờ Văn phòng bấm <b>Giữ nguyên</b>.",
    Event.REASSIGN: "Mở việc, bấm <b>Khác…</b> rồi <b>Chuyển đơn vị</b> để chuyển lại.",
    Event.SUSPEND: "Mở việc, bấm <b>Khác…</b> rồi <b>Tiếp tục</b>.",
    Event.RESUME: "Mở việc, bấm <b>Khác…</b> rồi <b>Tạm dừng</b>.",
    Event.CANCEL: "Cần làm thì giao lại thành việc mới bằng /giaoviec.",
    "extension_refused": "Đơn vị xin gia hạn lại thì trả lời được ngay.",
}
_OTHERWISE = "Mở việc để xử lý tiếp."


def _time(seconds: int) -> str:
    return f"{seconds // 60} phút" if seconds % 60 == 0 else f"{seconds} giây"


def refused(error: CannotUndo) -> str:
    """Why an act is not taken back, and what to do instead."""
    number = f"<b>#{error.number}</b>"
    if error.why == "others":
        return "Chỉ người vừa bấm mới hoàn tác được."
    if error.why == "used":
        return f"Thao tác này ở {number} đã được hoàn tác rồi."
    if error.why == "moved":
        return f"Việc {number} đã có thay đổi sau đó nên không hoàn tác được; mở việc để xem tình trạng mới nhất."
    instead = _INSTEAD.get(error.event, _OTHERWISE)
    return f"Đã quá {_time(error.seconds)} nên không hoàn tác được {number}. {instead}"


def undone(d: DirectiveView, event: str) -> str:
    """To who took an act back: how it stands again."""
    return render("undoing_undone", d=d, what=WHAT.get(event, ""))


def undone_many(numbers: list[int], event: str) -> str:
    """The same, of several directives."""
    return render("undoing_undone_many", numbers=numbers, what=WHAT.get(event, ""))


def taken_back(d: DirectiveView, event: str, actor: str) -> str:
    """To whoever had been told of an act: it does not hold any more."""
    return render("undoing_taken_back", d=d, what=WHAT.get(event, ""), actor=actor)
