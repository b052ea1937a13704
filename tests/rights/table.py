"""The table of rights: who stands how to a directive, what they may do, and how that is drawn in ``docs/rights.md``.

Draw it again with ``python -m tests.rights.table`` after a rule has changed, and read the difference.
"""

from __future__ import annotations

import re
from pathlib import Path

from domain.rights import Action, Role, Standing, may

PAGE = Path(__file__).resolve().parents[2] / "docs" / "rights.md"
YES = "✓"

COLUMNS: dict[str, tuple[str, Standing | None]] = {
    "leader": ("Lãnh đạo phụ trách", Standing(Role.LEADER, in_charge=True)),
    "other_leader": ("Lãnh đạo khác", Standing(Role.LEADER)),
    "leading_head": (
        "Lãnh đạo kiêm trưởng đơn vị chủ trì",
        Standing(Role.LEADER, own_unit=True, in_charge=True, unit_role=Role.HEAD),
    ),
    "clerk": ("Văn phòng", Standing(Role.CLERK)),
    "own_clerk": ("Văn phòng, việc của chính Văn phòng", Standing(Role.CLERK, own_unit=True)),
    "head": ("Trưởng đơn vị chủ trì", Standing(Role.HEAD, own_unit=True)),
    "officer": ("Chuyên viên đơn vị chủ trì", Standing(Role.OFFICER, own_unit=True)),
    "shared": (
        "Trưởng đơn vị khác, kiêm chuyên viên đơn vị chủ trì",
        Standing(Role.OFFICER, own_unit=True, unit_role=Role.OFFICER),
    ),
    "helping_head": ("Trưởng đơn vị phối hợp", Standing(Role.HEAD, helps=True)),
    "helping_officer": ("Chuyên viên đơn vị phối hợp", Standing(Role.OFFICER, helps=True)),
    "former_head": ("Trưởng đơn vị đã chủ trì trước đây", Standing(Role.HEAD, led_before=True)),
    "other_head": ("Trưởng đơn vị khác", Standing(Role.HEAD)),
    "other_officer": ("Chuyên viên đơn vị khác", Standing(Role.OFFICER)),
    "admin": ("Quản trị", Standing(Role.ADMIN)),
    "ended": ("Người đã nghỉ, người lạ", None),
}

ROWS: dict[Action, str] = {
    Action.SEE: "Xem việc",
    Action.READ_NOTICES: "Gửi văn bản, xem và sửa thẻ nháp",
    Action.ISSUE: "Phát hành",
    Action.ACKNOWLEDGE: "Đã nhận",
    Action.REPORT: "Báo cáo",
    Action.SUBMIT: "Báo hoàn thành",
    Action.DECLINE: "Không đúng đơn vị",
    Action.ASK_EXTENSION: "Xin gia hạn, trả lời ngày được đề xuất",
    Action.HELP: "Gửi phần phối hợp",
    Action.DELEGATE: "Giao cho chuyên viên trong đơn vị",
    Action.CHECK: "Duyệt ở cấp đơn vị (khi duyệt hai cấp)",
    Action.DECIDE: "Duyệt, trả lại, trả lời gia hạn và khó khăn, giao thêm hạn, xác nhận lý do khách quan",
    Action.STEER: "Chuyển đơn vị, tạm dừng, huỷ, mở lại, tách, gộp",
    Action.ASK_EXPLANATION: "Yêu cầu giải trình",
    Action.URGE: "Đôn đốc",
    Action.INSTRUCT: "Ghi ý kiến chỉ đạo",
    Action.INVITE: "Mời người",
    Action.SEE_UNITS: "Xem danh sách đơn vị",
    Action.ENTER_ABSENCE: "Ghi vắng mặt thay người khác",
    Action.TEACH: "Sửa tên gọi của đơn vị",
    Action.MANAGE_PEOPLE: "Thay đổi nhân sự, thu hồi tài khoản",
    Action.MANAGE_UNITS: "Đổi tên, sáp nhập, tách đơn vị",
}


def by_the_rules() -> dict[tuple[Action, str], bool]:
    """What the rules say, for every action and everybody; who has left may nothing."""
    return {
        (action, who): standing is not None and may(action, standing)
        for action in Action
        for who, (_, standing) in COLUMNS.items()
    }


def drawn() -> str:
    """The table as the page shows it: a line per person, a column per action."""
    rules = by_the_rules()
    head = ["Ai", *(ROWS[action] for action in Action)]
    lines = [head, ["---", *(":-:" for _ in Action)]]
    for who, (label, _) in COLUMNS.items():
        lines.append([label, *(YES if rules[action, who] else "" for action in Action)])
    return "\n".join("| " + " | ".join(cell for cell in line) + " |" for line in lines)


def on_the_page() -> dict[tuple[Action, str], bool]:
    """What the page tells people, cell by cell."""
    lines = [[cell.strip() for cell in line.strip("|").split("|")] for line in _table().splitlines()]
    columns = [next(a for a, label in ROWS.items() if label == cell) for cell in lines[0][1:]]
    keys = {label: who for who, (label, _) in COLUMNS.items()}
    return {
        (action, keys[line[0]]): cell == YES
        for line in lines[2:]
        for action, cell in zip(columns, line[1:], strict=True)
    }


def _table() -> str:
    found = re.search(r"^\| Ai .*(?:\n\|.*)+", PAGE.read_text("utf-8"), re.MULTILINE)
    if found is None:
        raise AssertionError(f"{PAGE} has no table")
    return found[0]


if __name__ == "__main__":
    PAGE.write_text(PAGE.read_text("utf-8").replace(_table(), drawn()), "utf-8")
