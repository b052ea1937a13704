"""Whom a group's name means: everyone, the communes, or the departments of the directory."""

from __future__ import annotations

from notices.model import Group
from notices.plain import compiled

GENERAL = compiled(
    r"(?:(?:thủ trưởng|người đứng đầu|lãnh đạo) )?(?:tất cả |toàn thể |toàn )?(?:các |mỗi )?(?:cơ quan|đơn vị|"
    r"địa phương)(?:(?:\s*,\s*| và )(?:các )?(?:cơ quan|đơn vị|địa phương|tổ chức|xã|thị trấn|phường|khu phố|thôn|"
    r"đoàn thể))*$|"
    r"(?:(?:thủ trưởng|lãnh đạo) )?các (?:bộ|sở|phòng|ban|khoa|ngành)(?:\s*,\s*(?:bộ|sở|phòng|ban|khoa|ngành|cơ "
    r"quan))*"
    r"(?:\s*,\s*| và )(?:đơn vị|địa phương)(?:(?:\s*,\s*| và )(?:đơn vị|địa phương))*$"
)
COMMUNES = compiled(
    r"(?:(?:thủ trưởng|lãnh đạo) )?(?:ubnd |ủy ban nhân dân |hđnd |chủ tịch ubnd |"
    r"chủ tịch ủy ban nhân dân |đảng ủy |công an |chính quyền )?(?:các |cấp )(?:xã|phường|thị trấn|đặc khu)"
)
DEPARTMENTS = compiled(
    r"(?:(?:thủ trưởng|giám đốc|trưởng|lãnh đạo) )?(?:các )?(?:sở|phòng|ban|ngành|cơ quan chuyên môn|"
    r"phòng chuyên môn)(?:(?:\s*,\s*| và )(?:các )?(?:sở|phòng|ban|ngành|đơn vị|đoàn thể|địa phương|"
    r"hội))*(?: (?:liên quan|có liên quan))?(?: (?:tỉnh|huyện|thuộc .*))?$"
)


OFFICES = compiled(
    r"(?:(?:thủ trưởng|giám đốc|trưởng|lãnh đạo|người đứng đầu) )?(?:các )?(?:sở|phòng|ban|ngành|bộ|"
    r"cơ quan|đơn vị)(?!\w)"
)


def is_everyone(groups: list[str]) -> bool:
    """Whether the groups together are everyone: all general, or the offices and the communes side by side.

    Args:
        groups: their names, as ``plain`` text.
    """
    if all(GENERAL.match(low) for low in groups):
        return True
    return len(groups) > 1 and any(OFFICES.match(g) for g in groups) and any(COMMUNES.match(g) for g in groups)


def group_of(low: str) -> Group | None:
    """The part of the directory a group's name addresses."""
    if GENERAL.match(low):
        return "all"
    if COMMUNES.match(low):
        return "communes"
    return "departments" if DEPARTMENTS.match(low) else None
