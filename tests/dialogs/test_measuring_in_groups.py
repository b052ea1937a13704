"""Figures said in a unit's group: a short line there, what must be asked goes to the person alone."""

from __future__ import annotations

from tests.talk import Talk

GROUP = "nhom-noi-vu"


async def prepared(talk: Talk) -> None:
    await talk.says_in(GROUP, "noi", "/nhom")
    await talk.says(
        "van",
        "/chitieu\nChỉ tiêu năm 2024\nThu ngân sách; tỷ đồng; 1.200; Phòng Nội vụ\nGiao quân; %; 100; Phòng Nội vụ",
    )
    await talk.presses("van", "Phát hành (2)")


async def test_a_figure_in_the_group_is_noted_there(talk: Talk) -> None:
    await prepared(talk)
    said = await talk.says_in(GROUP, "nam", "#1 thu ngân sách 1.284,679 tỷ")
    assert len(said) == 1
    talk.hears(GROUP, "#1")
    await talk.says("van", "/chitieu")
    talk.hears("van", "1.284,679 tỷ đồng, đạt 107,1 %")


async def test_a_doubt_is_put_to_the_person_alone(talk: Talk) -> None:
    await prepared(talk)
    await talk.says_in(GROUP, "nam", "#1 thu ngân sách 1.284,679")
    talk.hears("nam", "chưa ghi đơn vị tính")
    assert "1.284,679 tỷ đồng" not in talk.last(GROUP).labels
    await talk.presses("nam", "1.284,679 tỷ đồng")
    talk.hears("nam", "đạt 107,1 %")
