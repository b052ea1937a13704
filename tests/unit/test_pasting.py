"""Pieces of a text are put together where they were cut, and a new document is known by its head."""

from __future__ import annotations

import pytest

from notices.pasting import begins_anew, joined


@pytest.mark.parametrize(
    ("before", "after", "whole"),
    [
        ("1. Giao Phòng Nội vụ rà", "soát biên chế.", "1. Giao Phòng Nội vụ rà soát biên chế."),
        ("16. Giao Phòng", "Nội vụ rà soát", "16. Giao Phòng Nội vụ rà soát"),
        ("II. Nhiệm vụ", "Giao Phòng Nội vụ rà soát", "II. Nhiệm vụ\nGiao Phòng Nội vụ rà soát"),
        ("rà soát biên chế.", "2. Giao UBND xã", "rà soát biên chế.\n2. Giao UBND xã"),
        ("rà soát biên chế của các đơn vị sự nghiệp thuộc huyện quản lý năm 2024", "2. Giao UBND xã",
         "rà soát biên chế của các đơn vị sự nghiệp thuộc huyện quản lý năm 2024\n2. Giao UBND xã"),
        ("1. Giao Phòng Nội vụ chủ trì, phối hợp với các phòng, ban liên quan và UBND huyện", "Tùng Lĩnh rà soát",
         "1. Giao Phòng Nội vụ chủ trì, phối hợp với các phòng, ban liên quan và UBND huyện Tùng Lĩnh rà soát"),
        ("II. NHIỆM VỤ", "Giao Phòng Nội vụ rà soát", "II. NHIỆM VỤ\nGiao Phòng Nội vụ rà soát"),
        ("rà soát;", "báo cáo kết quả", "rà soát;\nbáo cáo kết quả"),
        ("", "1. Giao", "1. Giao"),
    ],
)  # fmt: skip
def test_two_pieces(before: str, after: str, whole: str) -> None:
    assert joined([before, after]) == whole


def test_no_word_is_lost() -> None:
    words = [f"từ{n}" for n in range(500)]
    text = " ".join(words)
    for size in (7, 50, 333):
        pieces = [" ".join(words[i : i + size]) for i in range(0, 500, size)]
        assert joined(pieces).split() == text.split()


@pytest.mark.parametrize(
    "text",
    [
        "UBND HUYỆN TÙNG LĨNH\nSố: 12/TB-UBND\nTùng Lĩnh, ngày 5 tháng 3 năm 2024\n\nTHÔNG BÁO\nKết luận cuộc họp\n",
        "THÔNG BÁO\nKết luận của Chủ tịch UBND huyện",
        "Kính gửi: Các phòng, ban\n1. Giao Phòng Nội vụ rà soát biên chế trước ngày 7/2.",
        "V/v tăng cường phòng cháy\nKính gửi: UBND các xã",
    ],
)
def test_a_head_begins_anew(text: str) -> None:
    assert begins_anew(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "7. Giao Phòng Nội vụ rà soát biên chế trước ngày 5/3/2024.",
        "số 12/TB-UBND ngày 5/3/2024 của UBND huyện; hoàn thành trong tháng 4.",
        "theo đúng quy định.\n\nNơi nhận:\n- Như trên;\n- Lưu: VT.\n\nCHỦ TỊCH\n\nHoàng Văn Lâm",
        "III. TỔ CHỨC THỰC HIỆN\n1. Các cơ quan, đơn vị triển khai thực hiện.",
    ],
)
def test_a_next_page_does_not(text: str) -> None:
    assert not begins_anew(text)
