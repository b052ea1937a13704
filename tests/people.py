"""The cast of the tests: a small invented office, who is who, and who may do what to whom.

::

    UBND huyện Tùng Lĩnh   (Chủ tịch Lâm: sees and decides everything)
    ├── Văn phòng          (Chị Vân: the clerk)
    ├── Phòng Nội vụ       (Trưởng phòng Nội, chuyên viên Nam; led by Phó Chủ tịch Phúc)
    ├── Phòng Tài chính - Kế hoạch   (Trưởng phòng Tài; led by the chairman)
    ├── Phòng Tài nguyên và Môi trường   (Trưởng phòng Môi; led by the chairman)
    ├── UBND xã An Hòa     (chuyên viên Hòa; led by Phó Chủ tịch Phúc)
    └── UBND xã Bình Minh  (nobody linked)
"""

from __future__ import annotations

from domain.rights import Role
from services.office import PersonLine, UnitLine

OFFICE = "UBND huyện Tùng Lĩnh"

UNITS = (
    UnitLine("huyen", OFFICE, "office", None, "lam"),
    UnitLine("van-phong", "Văn phòng HĐND và UBND huyện", "department", "huyen", None, ("Văn phòng",)),
    UnitLine("noi-vu", "Phòng Nội vụ", "department", "huyen", "phuc", ("P. Nội vụ",)),
    UnitLine("tai-chinh", "Phòng Tài chính - Kế hoạch", "department", "huyen"),
    UnitLine("moi-truong", "Phòng Tài nguyên và Môi trường", "department", "huyen", None, ("Phòng TN&MT",)),
    UnitLine("an-hoa", "UBND xã An Hòa", "commune", "huyen", "phuc"),
    UnitLine("binh-minh", "UBND xã Bình Minh", "commune", "huyen"),
)

PEOPLE = (
    PersonLine("lam", "Hoàng Văn Lâm", "Chủ tịch", "huyen", Role.LEADER),
    PersonLine("phuc", "Lý Thị Phúc", "Phó Chủ tịch", "huyen", Role.LEADER),
    PersonLine("van", "Đỗ Thị Vân", "Chuyên viên Văn phòng", "van-phong", Role.CLERK),
    PersonLine("noi", "Trần Văn Nội", "Trưởng phòng", "noi-vu", Role.HEAD),
    PersonLine("nam", "Phạm Văn Nam", "Chuyên viên", "noi-vu", Role.OFFICER),
    PersonLine("tai", "Vũ Thị Tài", "Trưởng phòng", "tai-chinh", Role.HEAD),
    PersonLine("moi", "Bùi Văn Môi", "Trưởng phòng", "moi-truong", Role.HEAD),
    PersonLine("hoa", "Ngô Thị Hòa", "Công chức Văn phòng - Thống kê", "an-hoa", Role.OFFICER),
    PersonLine("minh", "Cao Văn Minh", "Chủ tịch UBND xã", "binh-minh", Role.HEAD),
    PersonLine("an", "Tạ Văn An", "Quản trị", "van-phong", Role.ADMIN),
)

UNLINKED = {"minh"}
STRANGER = "nguoi-la"
