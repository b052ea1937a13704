"""The facts of a pack of any size, as ``services.packs`` would gather them: an invented office, a week of 2024."""

from __future__ import annotations

from datetime import date, datetime

from domain.calendar import OFFICE_ZONE
from domain.figures import Figures, Movement, Period, UnitFigures
from domain.obstacles import Kind, Raised
from domain.office import Office, Papers
from domain.packs import Ground, Line, PackFacts, Reason

OFFICE = Office(
    name="Ủy ban nhân dân huyện Tùng Lĩnh",
    papers=Papers(
        parent="UBND tỉnh Mẫu",
        place="Tùng Lĩnh",
        authority="TM. ỦY BAN NHÂN DÂN",
        post="Chủ tịch",
        signer="Hoàng Văn Lâm",
        recipients=("Thường trực Huyện ủy", "Lưu: VT, VP"),
    ),
)
UNITS = (
    "Phòng Nội vụ",
    "Phòng Tài nguyên và Môi trường",
    "Ban Quản lý dự án đầu tư xây dựng và phát triển quỹ đất huyện Tùng Lĩnh",
    "UBND xã An Hòa",
    "Phòng Giáo dục và Đào tạo",
)
TASKS = (
    "Rà soát kè bờ Bắc sông Linh",
    "Lập kế hoạch sửa chữa trường, trạm và đường liên thôn của 12 xã, nêu rõ nguồn vốn, thứ tự, thời gian, ai chịu "
    "trách nhiệm từng phần, cách kiểm tra và báo cáo hằng tháng, kèm biểu <mẫu 02> tổng hợp nhu cầu & dự toán của từng "
    "xã",
    "Báo cáo kết quả giải ngân vốn đầu tư công",
)
SAID = "Còn 03 hộ thôn Đông chưa nhận tiền bồi thường; đã cùng xã vận động nhiều lần, hẹn họp lại tuần sau"


def line(number: int, **more: object) -> Line:
    """A directive of the pack."""
    percent = (number * 7) % 101 if number % 4 else None
    return Line(
        number, f"c{number}", TASKS[number % 3], UNITS[number % 5], date(2024, 1, 20), 12 - number % 7, percent,
        "Phạm Văn Nam", **more,
    )  # type: ignore[arg-type]  # fmt: skip


def _reason(number: int) -> Reason | None:
    return Reason(list(Ground)[number // 3 % 3], SAID, date(2024, 1, 28)) if number % 3 else None


def _raised(number: int) -> Raised:
    answer = ("Đã giao Phòng Tài chính tham mưu", "Lý Thị Phúc") if number % 4 == 0 else (None, None)
    return Raised(
        f"r{number}", number, f"c{number}", UNITS[number % 5], list(Kind)[number % 2], f"{SAID} <{number}>",
        number % 14, *answer,
    )  # fmt: skip


def pack(size: int) -> PackFacts:
    """A pack with so many overdue directives, and about as many others."""
    figures = Figures(size * 2, size // 3, size // 4, size, size, size // 5, size // 8, 3, 2, 1)
    cells = Figures(size * 2 // 5, size // 15, 0, size // 5, size // 5, 0)
    new_days = {"until": date(2024, 3, 1), "before": date(2024, 1, 20)}
    return PackFacts(
        whose="Toàn cơ quan",
        period=Period(date(2024, 1, 29), date(2024, 2, 1)),
        made_at=datetime(2024, 2, 1, 16, 0, tzinfo=OFFICE_ZONE),
        meeting=date(2024, 2, 2),
        next_meeting=date(2024, 2, 7),
        figures=figures,
        before=figures,
        week=Movement(5, 4, 1, 1, 2, 1, 23, 7) if size else Movement(given=1),
        last_week=Movement(3, 2, 0, 0, 1, 0, 12),
        units=tuple(UnitFigures(i, name, "department", cells) for i, name in enumerate(UNITS)) if size else (),
        ahead=Period(date(2024, 2, 2), date(2024, 2, 11)),
        overdue=tuple(line(i, reason=_reason(i)) for i in range(1, size + 1)),
        raised=tuple(_raised(i) for i in range(1, size // 3 + 1)),
        due=tuple(line(i) for i in range(1, size // 2 + 1)),
        approvals=tuple(line(i) for i in range(1, size // 4 + 1)),
        requests=tuple(line(i, **new_days) for i in range(1, size // 6 + 1)),
        untaken=tuple(line(i) for i in range(1, size // 9 + 1)),
        extended=tuple(line(i, **new_days) for i in range(1, size // 7 + 1)),
    )
