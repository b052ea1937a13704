"""What a correction teaches, and whom a clause for many reaches."""

from __future__ import annotations

import pytest

from domain.groups import Spread, short_name, spread
from domain.lessons import Lesson, lesson, spelling
from domain.organisation import Directory, UnitEntry

KNOWN = Directory(
    [
        UnitEntry(1, "UBND huyện Tùng Lĩnh", "office"),
        UnitEntry(2, "Phòng Nội vụ", "department", ("P. Nội vụ",)),
        UnitEntry(3, "Phòng Tài nguyên và Môi trường", "department", ("Phòng TN&MT",)),
        UnitEntry(4, "Ban Quản lý dự án huyện", "body"),
        UnitEntry(5, "UBND xã An Lâm", "commune"),
        UnitEntry(6, "UBND xã An Lâm Tây", "commune"),
        UnitEntry(7, "UBND thị trấn Khe Sậy", "commune"),
        UnitEntry(8, "UBND phường An Lâm", "commune"),
    ]
)


@pytest.mark.parametrize(
    ("written", "learned"),
    [
        ("P. TNMT H", "P. TNMT H"),
        ("Trưởng P. TNMT H", "P. TNMT H"),
        ("- Đề nghị Phòng Tài nguyên & MTr", "Phòng Tài nguyên & MTr"),
        ("đồng chí Nguyễn Văn Bình, Trưởng phòng TNMT H", "phòng TNMT H"),
        ("Ban Quản lý chợ trung tâm", "Ban Quản lý chợ trung tâm"),
        ("Đội Quản lý thị trường số 3", "Đội Quản lý thị trường số 3"),
        ("BQL chợ", "BQL chợ"),
        ("", None),
        ("2.4.", None),
        ("các đơn vị", None),
        ("UBND các xã, thị trấn", None),
        ("các phòng, ban", None),
        ("các cơ quan liên quan", None),
        ("đơn vị được giao", None),
        ("cơ quan thường trực nêu trên", None),
        ("chủ đầu tư", None),
        ("đồng chí Nguyễn Văn Bình", None),
        ("Nguyễn Văn Bình", None),
        ("Lê Bình", None),
        ("Phó Chủ tịch phụ trách khối văn xã", None),
        ("UBND", None),
        ("Ban Quản lý", None),
        ("rà soát lại các quầy hàng", None),
        ("Phòng Nội vụ: rà soát", None),
        ("Phòng " + "rất dài " * 9, None),
    ],
)
def test_what_of_a_name_can_be_learned(written: str, learned: str | None) -> None:
    assert spelling(written, KNOWN) == learned


@pytest.mark.parametrize(
    ("written", "unit", "expected"),
    [
        ("P. TNMT H", 3, Lesson.LEARN),
        ("Phòng Tài", 3, Lesson.LEARN),
        ("Ban Quản lý chợ trung tâm", 2, Lesson.LEARN),
        ("Phòng Nội vụ", 2, Lesson.NOTHING),  # right as it was
        ("Phòng nội vụ huyện", 3, Lesson.NOTHING),  # a change of mind
        ("P. TNMT", 3, Lesson.NOTHING),  # understood already
        ("P. TNMT", 2, Lesson.ASK),  # understood as another by its initials
        ("Phòng Nội vu", 3, Lesson.ASK),  # by a slip
        ("Phòng TN&MT", 2, Lesson.ASK),  # by its alias
        ("UBND xã Bình Lâm", 5, Lesson.ASK),  # may well be another place
        ("Sở Tài chính", 2, Lesson.ASK),  # no unit here is called "sở"
        ("các đơn vị", 2, Lesson.NOTHING),
    ],
)
def test_what_a_correction_teaches(written: str, unit: int, expected: Lesson) -> None:
    assert lesson(KNOWN, written, unit) is expected


def ids(reached: Spread) -> tuple[list[int], list[int], tuple[str, ...]]:
    return [u.id for u in reached.units], [u.id for u in reached.excepted], reached.unknown


@pytest.mark.parametrize(
    ("group", "excepted", "expected"),
    [
        ("communes", (), ([5, 6, 7, 8], [], ())),
        ("communes", ("Khe Sậy",), ([5, 6, 8], [7], ())),
        ("communes", ("UBND TT Khe Sậy", "xã An Lâm"), ([6, 8], [7, 5], ())),
        ("communes", ("khe say",), ([5, 6, 8], [7], ())),
        ("communes", ("An Lâm",), ([5, 6, 7, 8], [], ("An Lâm",))),  # the xã or the phường?
        ("communes", ("Bình Lâm", "An Lâm Tây"), ([5, 7, 8], [6], ("Bình Lâm",))),
        ("communes", ("Phòng Nội vụ",), ([5, 6, 7, 8], [], ("Phòng Nội vụ",))),  # none of the group
        ("communes", ("Khe Sậy", "thị trấn Khe Sậy"), ([5, 6, 8], [7], ())),
        ("departments", ("P. TNMT",), ([2], [3], ())),
        ("all", ("Ban QLDA huyện", ""), ([2, 3, 5, 6, 7, 8], [4], ("",))),
    ],
)
def test_a_group_without_the_excepted(group: str, excepted: tuple[str, ...], expected: tuple[object, ...]) -> None:
    assert ids(spread(KNOWN, group, excepted)) == expected


def test_the_units_of_a_group_have_their_noun() -> None:
    assert spread(KNOWN, "communes").noun == "xã, thị trấn, phường"
    assert spread(KNOWN, "departments").noun == "phòng, ban"
    assert spread(KNOWN, "all", ["Khe Sậy"]).total == 7


@pytest.mark.parametrize(
    ("name", "kind", "short"),
    [
        ("UBND xã An Lâm", "commune", "An Lâm"),
        ("Phường An Hòa", "commune", "An Hòa"),
        ("Phòng Y tế", "department", "Phòng Y tế"),
    ],
)
def test_places_have_short_names(name: str, kind: str, short: str) -> None:
    assert short_name(name, kind) == short
