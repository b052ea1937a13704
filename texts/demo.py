"""The words of the demo page that come from the office behind it."""

from __future__ import annotations

GROUPS = {
    "group": "Nhóm",
    "leader": "Lãnh đạo",
    "clerk": "Văn phòng",
    "department": "Phòng, ban",
    "sector": "Ngành dọc",
    "body": "Đơn vị sự nghiệp",
    "commune": "Xã, thị trấn",
    "other": "Khác",
}

STRANGER = "Người chưa kết nối"

SUGGESTIONS = {  # in the order of a directive's life
    "leader": (
        "/bantin",
        "/status",
        "phòng nào trễ nhiều nhất",
        "/duyet",
        "/status biểu đồ",
        "tuan nay co gi den han",
        "/giaoban",
    ),
    "clerk": (
        "/giaoviec Phòng Nội vụ: báo cáo biên chế trước 15/3",
        "/duyet",
        "/status",
        "/giaoban",
        "/ketluan",
        "/baocao tháng",
        "/congvan",
        "/xuat",
    ),
    "head": ("/viec đơn vị", "đã nhận", "được 80%, còn chờ thẩm định", "đã xong", "/duyet", "/status biểu đồ"),
    "officer": (
        "/viec",
        "đã nhận",
        "dang lam, duoc 50%",
        "vướng kinh phí",
        "xin gia hạn thêm 10 ngày vì chờ thẩm định",
        "đã xong",
        "tuần này có gì đến hạn",
    ),
    "admin": ("/nhansu", "/gioithieu", "/trogiup"),
    "stranger": ("Xin chào",),
    "group": ("/lich", "/viec"),
}


def group(role: str, unit_kind: str) -> str:
    """The heading somebody stands under in the list of people."""
    if role in {"leader", "clerk", "group"}:
        return GROUPS[role]
    if role in {"head", "officer"}:
        return GROUPS.get(unit_kind, GROUPS["other"])
    return GROUPS["other"]


def group_chat(unit: str) -> str:
    """The name of a unit's group."""
    return f"Nhóm {unit}"


def members(count: int) -> str:
    """How many are in it."""
    return f"{count} thành viên"


def report_on(number: str) -> str:
    """A report on what was posted in a group, as a member would write it."""
    return f"#{number} được 60%, còn chờ số liệu"


def kind_of_day(is_working: bool, holiday: str | None, *, is_weekend: bool) -> str:
    """``ngày làm việc``, ``cuối tuần``, or a holiday's name."""
    if holiday:
        return f"nghỉ: {holiday}"
    if is_working:
        return "ngày làm việc"
    return "cuối tuần" if is_weekend else "ngày nghỉ"
