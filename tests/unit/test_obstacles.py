"""Which words are a difficulty, which a proposal, and which speak of the same matter."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from domain.extensions import flagged, latest
from domain.obstacles import Kind, is_same, kind_of
from domain.office import ExtensionLimits


@pytest.mark.parametrize(
    "words",
    [
        "đề nghị UBND huyện bố trí kinh phí",
        "de nghi huyen bo tri kinh phi",
        "Phòng kiến nghị huyện chỉ đạo xã An Hòa phối hợp",
        "đơn vị đề xuất UBND tỉnh tháo gỡ",
        "xin ý kiến chỉ đạo của lãnh đạo về mức chi",
        "xin them kinh phi",
        "kính đề nghị lãnh đạo cho ý kiến",
        "cần bổ sung 02 biên chế",
        "xin hướng dẫn cách lập dự toán",
    ],
)
def test_what_asks_for_something_is_a_proposal(words: str) -> None:
    assert kind_of(words) is Kind.PROPOSAL


@pytest.mark.parametrize(
    "words",
    [
        "còn vướng mặt bằng",
        "thiếu kinh phí",
        "chưa có hướng dẫn của Sở",
        "vướng mặt bằng; kiến nghị huyện chỉ đạo xã An Hòa phối hợp",
        "theo đề nghị của xã thì chưa đủ hồ sơ",
        "đề nghị của các xã chưa thống nhất",
        "cần thêm thời gian",
        "xin lỗi vì còn vướng",
        "đề nghị gia hạn vì vướng mặt bằng",
        "",
    ],
)
def test_what_stands_in_the_way_is_a_difficulty(words: str) -> None:
    assert kind_of(words) is Kind.DIFFICULTY


@pytest.mark.parametrize(
    ("before", "now", "same"),
    [
        ("còn vướng mặt bằng", "vẫn vướng mặt bằng 2 hộ", True),
        ("còn vướng mặt bằng", "con vuong mat bang", True),
        ("chưa có mặt bằng", "chưa có kinh phí", False),
        ("vướng GPMB 3 hộ ở thôn 2", "2 hộ chưa chịu nhận tiền", False),
        ("vướng", "vướng", True),
        ("vướng", "khó khăn", False),
        ("chờ ý kiến của Sở Tài chính", "vẫn chờ Sở Tài chính trả lời", True),
    ],
)
def test_the_same_matter_is_known_by_its_words(before: str, now: str, same: bool) -> None:
    assert is_same(before, now) is same
    assert is_same(now, before) is same


def test_a_deadline_is_moved_by_so_many_days_at_most() -> None:
    assert latest(date(2024, 3, 14), ExtensionLimits(most_days=30)) == date(2024, 3, 14) + timedelta(days=30)


def test_requests_are_flagged_from_the_third_on() -> None:
    assert [flagged(n, ExtensionLimits(flagged_from=3)) for n in range(1, 5)] == [0, 0, 3, 4]
