"""An organisation as a workbook: read like the TOML file, and every mistake says where it stands."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from bot.organisation import OrganisationError, load
from domain.rights import Role

UNITS: list[tuple[Any, ...]] = [
    ("DANH SÁCH ĐƠN VỊ", None, None, None, None, None),
    ("Mã", "Tên đơn vị", "Loại", "Trực thuộc", "Lãnh đạo phụ trách", "Tên gọi khác"),
    ("huyen", "UBND huyện Tùng Lĩnh", "Cơ quan", None, "Hoàng Văn Lâm", None),
    ("noi-vu", "Phòng Nội vụ", "Phòng", "huyen", "lam", "P. Nội vụ; PNV"),
    (None, "UBND xã An Hòa", "Xã", "UBND huyện Tùng Lĩnh", None, None),
]
PEOPLE: list[tuple[Any, ...]] = [
    ("Mã", "Họ và tên", "Chức vụ", "Đơn vị", "Vai trò"),
    ("lam", "Hoàng Văn Lâm", "Chủ tịch", "huyen", "Lãnh đạo"),
    (None, "Phạm Văn Nam", "Chuyên viên", "Phòng Nội vụ", "Chuyên viên"),
]


def _file(folder: Path, units: list[tuple[Any, ...]] = UNITS, people: list[tuple[Any, ...]] = PEOPLE) -> Path:
    book = Workbook()
    first = book.active
    assert first is not None
    first.title = "Đơn vị"
    second = book.create_sheet("Nhân sự")
    for sheet, lines in ((first, units), (second, people)):
        for line in lines:
            sheet.append(line)
    path = folder / "to-chuc.xlsx"
    book.save(path)
    return path


def test_units_and_people_are_read_by_key_or_by_name(tmp_path: Path) -> None:
    found = load(_file(tmp_path))
    assert found.name == "UBND huyện Tùng Lĩnh"
    assert [(u.key, u.kind, u.parent, u.leader) for u in found.units] == [
        ("huyen", "office", None, "lam"),
        ("noi-vu", "department", "huyen", "lam"),
        ("ubnd-xa-an-hoa", "commune", "huyen", None),
    ]
    assert found.units[1].aliases == ("P. Nội vụ", "PNV")
    assert [(p.key, p.unit, p.role) for p in found.people] == [
        ("lam", "huyen", Role.LEADER),
        ("pham-van-nam", "noi-vu", Role.OFFICER),
    ]


def _changed(lines: list[tuple[Any, ...]], row: int, column: int, value: Any) -> list[tuple[Any, ...]]:
    changed = [list(line) for line in lines]
    changed[row - 1][column] = value
    return [tuple(line) for line in changed]


@pytest.mark.parametrize(
    ("row", "column", "value", "told"),
    [
        (4, 1, None, "sheet 'Đơn vị', row 4, column B: the name is missing"),
        (4, 2, "Hội", "sheet 'Đơn vị', row 4, column C: kind 'Hội'; expected one of"),
        (4, 3, "tinh", "sheet 'Đơn vị', row 4, column D: 'tinh' is no unit of the file"),
        (4, 4, "Ai đó", "sheet 'Đơn vị', row 4, column E: 'Ai đó' is no person of the file"),
        (4, 0, "huyen", "sheet 'Đơn vị', row 4, column A: unit key 'huyen' stands twice"),
    ],
)
def test_a_mistake_among_the_units_says_where(tmp_path: Path, row: int, column: int, value: Any, told: str) -> None:
    with pytest.raises(OrganisationError, match=r"to-chuc\.xlsx") as raised:
        load(_file(tmp_path, units=_changed(UNITS, row, column, value)))
    assert told in str(raised.value)


@pytest.mark.parametrize(
    ("row", "column", "value", "told"),
    [
        (3, 4, "Sếp", "sheet 'Nhân sự', row 3, column E: role 'Sếp'; expected one of"),
        (3, 3, None, "sheet 'Nhân sự', row 3, column D: the unit is missing"),
        (3, 3, "Phòng Y tế", "sheet 'Nhân sự', row 3, column D: 'Phòng Y tế' is no unit of the file"),
    ],
)
def test_a_mistake_among_the_people_says_where(tmp_path: Path, row: int, column: int, value: Any, told: str) -> None:
    with pytest.raises(OrganisationError) as raised:
        load(_file(tmp_path, people=_changed(PEOPLE, row, column, value)))
    assert told in str(raised.value)


def test_a_workbook_without_units_or_damaged_or_missing_is_told(tmp_path: Path) -> None:
    with pytest.raises(OrganisationError, match="no sheet of units"):
        load(_file(tmp_path, units=[("a",)]))
    damaged = tmp_path / "hong.xlsx"
    damaged.write_bytes(b"PK\x03\x04 rubbish")
    with pytest.raises(OrganisationError, match="cannot be read"):
        load(damaged)
    with pytest.raises(OrganisationError, match="no such file"):
        load(tmp_path / "khong-co.xlsx")
