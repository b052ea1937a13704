"""Slips of recognition: what is mended, what is left alone, and that no digit becomes another."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notices.paragraphs import Paragraph
from notices.slips import is_known, mended, mended_paragraphs, parted


@pytest.mark.parametrize(
    ("seen", "meant"),
    [
        ("Sở Thông tin, buro chính viễn thông", "Sở Thông tin, bưu chính viễn thông"),
        ("UBND tinh giao Sở Tài chinh chủ tri", "UBND tỉnh giao Sở Tài chính chủ trì"),
        ("trung tâm Thẻ dực thể thao", "trung tâm Thể dục thể thao"),
        ("phôi hợp với các đơn vi kiêm tra", "phối hợp với các đơn vị kiểm tra"),
        ("UY BAN NHAN DAN HUYỆN", "ỦY BAN NHÂN DÂN HUYỆN"),
        ("giao SỞ Nội vụ CÓ văn bản", "giao Sở Nội vụ có văn bản"),
        ("| Giao Phòng Nội vụ | rà soát ......", "Giao Phòng Nội vụ rà soát"),
        ("~ Giao Phòng Nội vụ", "- Giao Phòng Nội vụ"),
        ("† Rà soát", "+ Rà soát"),
        ("5, Sở Xây dựng", "5. Sở Xây dựng"),
        ("b, Rà soát", "b) Rà soát"),
        ("quý IH/2026 và quý I năm 2027", "quý III/2026 và quý I năm 2027"),
    ],
)
def test_slips_are_mended(seen, meant):
    assert " ".join(mended(seen).text.split()) == meant


@pytest.mark.parametrize(
    ("seen", "meant", "changed"),
    [
        ("trước ngày l5/3/2027", "trước ngày 15/3/2027", "15/3/2027"),
        ("O5 ngày làm việc", "05 ngày làm việc", "05"),
        ("ngày lO tháng 3 năm 2O27", "ngày 10 tháng 3 năm 2027", "10"),
        ("trước 17h0O ngày 5/3", "trước 17h00 ngày 5/3", "17h00"),
        ("trong tháng l2/2026", "trong tháng 12/2026", "12/2026"),
    ],
)
def test_a_date_that_was_mended_is_told(seen, meant, changed):
    better = mended(seen)
    assert better.text == meant
    assert changed in better.changed


@pytest.mark.parametrize(
    "text",
    [
        "quý II/2026", "quý I năm 2026", "mục I, II và III", "khoản 2, 3 Điều 5",  # Roman numbers, plain numbers
        "tinh thần trách nhiệm, tinh giản biên chế, tinh gọn bộ máy",
        "ông Nguyễn Hoàn Thanh, bà Đoàn Thế Vân", "phần Công ty đã nộp",
        "tuyến đường liên xã", "cần đối chiếu số liệu", "bị thu hồi đất", "tại chính quyền cơ sở", "công ăn việc làm",
        "hàng năm, hằng năm", "cộng tác viên", "mỗi trường một máy tính",
        "Uỷ ban nhân dân", "xã hội hoá", "12/TB-UBND ngày 1/2/2026", "A4, khổ O, lô I", "Độc lập - Tự do - Hạnh phúc",
    ],
)  # fmt: skip
def test_what_is_right_stays(text):
    assert mended(text).text == text
    assert mended(text).changed == ()


@given(st.text(alphabet="0123456789lIO|/. ngàythánngăm", max_size=60))
def test_no_digit_becomes_another(text):
    before, after = (re.sub(r"[lI|Oo]", "", t) for t in (text, mended(text).text))
    kept = iter(re.findall(r"\d", after))
    assert all(digit in kept for digit in re.findall(r"\d", before))


@given(st.text(max_size=200))
def test_any_text_is_survived(text):
    mended(text)


def paragraphs(*texts):
    return [Paragraph(text, 1, i) for i, text in enumerate(texts, 1)]


def test_roman_numerals_follow_on_each_other():
    seen = paragraphs("IL. Đánh giá chung", "Đã làm tốt.", "HI. Nhiệm vụ", "IIL Tổ chức thực hiện", "IV. Kinh phí")
    kept, _ = mended_paragraphs(seen)
    assert [p.text for p in kept][::2] == ["I. Đánh giá chung", "II. Nhiệm vụ", "IV. Kinh phí"]
    assert kept[3].text == "III. Tổ chức thực hiện"


def test_a_lone_stroke_before_a_long_paragraph_is_a_one():
    kept, _ = mended_paragraphs(paragraphs("l. Giao Phòng Nội vụ " + "rà soát hồ sơ " * 10))
    assert kept[0].text.startswith("1. Giao")


def test_the_columns_of_a_letterhead_are_parted():
    seen = paragraphs("ỦY BAN NHÂN DÂN CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Số: 15/TB-UBND An Lâm, ngày 5 tháng 3")
    assert [p.text for p in parted(seen)] == [
        "ỦY BAN NHÂN DÂN   CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Số: 15/TB-UBND   An Lâm, ngày 5 tháng 3",
    ]


def test_words_of_a_known_phrase_are_no_doubt():
    assert is_known("Phòng", "chủ", "trì")
    assert not is_known("xã", "Tùng", "Lĩnh")
