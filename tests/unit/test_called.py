"""Whom a name in a question means."""

import pytest

from services.questions import is_called


@pytest.mark.parametrize("name", ["Nam", "nam", "Văn Nam", "Phạm Văn Nam", "pham van nam"])
def test_a_person_is_called_by_the_end_of_the_name(name: str) -> None:
    assert is_called("Phạm Văn Nam", name)


@pytest.mark.parametrize("name", ["Phạm", "Văn", "Lê Văn Nam", "Nắm", "Trần Phạm Văn Nam"])
def test_a_person_is_not_called_by_another_part_or_another_name(name: str) -> None:
    assert not is_called("Phạm Văn Nam", name)


def test_without_diacritics_several_may_be_meant_and_with_them_one() -> None:
    names = ["Ngô Thị Hòa", "Đỗ Thị Hoa"]
    assert [full for full in names if is_called(full, "hoa")] == names
    assert [full for full in names if is_called(full, "Hoà")] == ["Ngô Thị Hòa"]
