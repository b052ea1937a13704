"""Two readings of one task are known for one, whatever became of its order, its number or its deadline."""

from __future__ import annotations

import random

import pytest

from domain.comparing import Clause, by_place, contained, is_place, likeness, pairs, same_words

OLD = [
    Clause("Rà soát biên chế của các cơ quan, đơn vị", "Phòng Nội vụ", "II.1"),
    Clause("Kiểm tra các điểm khai thác cát trên địa bàn huyện", "Phòng Tài nguyên và Môi trường", "II.2"),
    Clause("Sắp xếp lại các quầy hàng ở chợ trung tâm", "Ban Quản lý chợ", "II.3"),
    Clause("Nâng cao kỷ luật, kỷ cương hành chính", "all units", "II.4"),
]


def test_order_and_numbers_do_not_matter() -> None:
    news = [Clause(c.words, c.lead, f"I.{9 - i}") for i, c in enumerate(reversed(OLD))]
    assert pairs(OLD, news) == [(0, 3), (1, 2), (2, 1), (3, 0)]


def test_other_words_of_the_same_task_are_known() -> None:
    news = [
        Clause("Khẩn trương kiểm tra toàn bộ các điểm khai thác cát, sỏi trên địa bàn huyện", "UBND xã An Hòa"),
        Clause("Rà soát biên chế các đơn vị sự nghiệp", "Phòng Nội vụ"),
        Clause("Tổ chức Ngày hội trồng cây", "Phòng Nội vụ"),
    ]
    assert pairs(OLD, news) == [(0, 1), (1, 0)]


def test_of_two_like_tasks_each_finds_its_own_lead() -> None:
    olds = [Clause("Báo cáo kết quả thực hiện", "UBND xã An Hòa"), Clause("Báo cáo kết quả thực hiện", "Phòng Nội vụ")]
    news = [Clause("Báo cáo kết quả thực hiện", "Phòng Nội vụ"), Clause("Báo cáo kết quả thực hiện", "UBND xã An Hòa")]
    assert pairs(olds, news) == [(0, 1), (1, 0)]


def test_the_same_twice_gives_the_same_pairs_in_order() -> None:
    assert pairs(OLD + OLD, OLD + OLD) == [(i, i) for i in range(8)]


def test_nothing_is_like_nothing() -> None:
    assert pairs([], OLD) == []
    assert pairs([Clause("")], [Clause("")]) == []
    assert likeness(Clause(""), OLD[0]) == 0
    assert contained(Clause(""), OLD[0]) == 0


def test_likeness_is_symmetric_and_between_nothing_and_all() -> None:
    words = [word for clause in OLD for word in clause.words.split()]
    chance = random.Random(7)
    made = [Clause(" ".join(chance.choices(words, k=chance.randint(1, 9)))) for _ in range(40)]
    for a in made:
        assert likeness(a, a) == 1
        for b in made:
            assert 0 <= likeness(a, b) == likeness(b, a) <= 1


@pytest.mark.parametrize(
    ("a", "b", "same"),
    [
        ("Rà soát gi ải pháp.", "rà soát giải pháp", True),
        ("Uỷ ban rà soát; báo cáo", "Ủy ban rà soát, báo cáo", True),
        ("Xây 5 phòng học", "Xây 6 phòng học", False),
        ("Xây mới trường học", "Sửa chữa trường học", False),
    ],
)
def test_what_says_the_same(a: str, b: str, same: bool) -> None:
    assert same_words(Clause(a), Clause(b)) is same


@pytest.mark.parametrize(
    ("point", "ref", "yes"),
    [
        ("II.2", "II.2", True),
        ("2", "II.2", True),
        ("2.1", "II.2.1", True),
        ("II.2.1", "II.2.2.1", True),
        ("II.2", "II.2-1", True),
        ("II.2.a", "ii.2.a", True),
        ("1", "II.2", False),
        ("I.2", "II.2", False),
        ("II.2.1", "II.2", False),
    ],
)
def test_a_point_names_a_place(point: str, ref: str, yes: bool) -> None:
    assert is_place(point, ref) is yes


def test_a_point_that_may_be_several_is_none() -> None:
    assert by_place("2", ["I.2", "II.2"]) is None
    assert by_place("II.2", ["I.2", "II.2"]) == 1
    assert by_place("2", ["2", "I.2"]) == 0
    assert by_place("7", ["I.2"]) is None
