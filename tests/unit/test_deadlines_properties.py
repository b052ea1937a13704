"""What holds for every text: spans, spellings, and time that grows with the length only."""

import contextlib
import re
import time
import unicodedata
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.deadlines import ImpossibleDate, find_deadlines, find_recurrences, read_deadline
from domain.deadlines.words import without_diacritics

MONDAY = date(2027, 3, 1)
PIECES = [
    "trước", "ngày", "tháng", "năm", "quý", "tuần", "hết", "trong", "vòng", "chậm", "nhất", "muộn", "không", "quá",
    "đến", "từ", "kể", "ký", "nhận", "văn", "bản", "này", "hoàn", "thành", "báo", "cáo", "gửi", "xong", "hằng",
    "hàng", "định", "kỳ", "thứ", "Sáu", "Hai", "nhật", "Tết", "rằm", "Giêng", "Chạp", "mùng", "đầu", "giữa", "cuối",
    "nửa", "sáng", "chiều", "mai", "nay", "mốt", "kia", "tới", "sau", "nữa", "IV", "II", "Q2", "quý/2027", "31/02",
    "15/3", "15/3/2027", "12.4.2027", "5,", "10", "và", "15/3", "2027", "17h00", "16", "giờ", "rưỡi", "24", "làm",
    "việc", "âm", "lịch", "Quốc", "khánh", "dịp", "Thời", "hạn:", "Thời", "gian:", "UBND", "số", "12/QĐ-UBND", ";",
    ".", ",", "-", "(", ")", "**", "\n", ":", "1/4", "%", "đã", "được",
]  # fmt: skip
GLUED = st.lists(st.sampled_from(PIECES), max_size=30).map(" ".join)
TEXT = st.one_of(st.text(max_size=200), GLUED)
DAYS = st.dates(date(1990, 1, 1), date(2090, 12, 31))
BASIS = re.compile(
    r"\d|\b(nay|mai|mot|kia|hom|ngay|tuan|thang|quy|nam|thu|chu nhat|chua nhat|cn|tet|ram|giang sinh|noel|quoc|"
    r"trung thu|gio to|vu lan|doan ngo|nha giao|giai phong|cach mang|gio|tieng|bua)\b"
)
SENTENCES = (
    "Phòng Nội vụ hoàn thành việc rà soát, báo cáo UBND huyện trước 16 giờ 30 phút ngày 16/4/2027",
    "gửi hồ sơ về Uỷ ban trong thời hạn 05 ngày làm việc kể từ ngày ký văn bản này",
    "hoàn thành trong quý II năm 2027",
    "báo cáo trước ngày 20 hằng tháng",
    "hoàn thành trước Tết Nguyên đán",
    "Thời hạn hoàn thành: tháng 4 năm 2027",
    "hoàn thành việc kiểm kê từ ngày 05/4 đến ngày 16/4/2027",
    "chậm nhất các ngày 5, 10 và 15/4 gửi báo cáo",
    "hoàn thành trong 6 tháng đầu năm 2027",
)


def meaning(text, issued=MONDAY):
    return [(d.date, d.inclusive, d.time, d.start, d.warnings) for d in find_deadlines(text, issued)]


@settings(max_examples=100, deadline=None)
@given(TEXT, st.one_of(st.none(), DAYS))
def test_a_deadlines_text_stands_at_its_span(text, issued):
    for found in find_deadlines(text, issued):
        assert found.text
        assert text[slice(*found.span)] == found.text
    for words, span in find_recurrences(text):
        assert text[slice(*span)] == words


@settings(max_examples=100, deadline=None)
@given(GLUED, DAYS)
def test_a_date_has_its_reason_in_its_words(text, issued):
    for found in find_deadlines(text, issued):
        if found.date is not None:
            assert BASIS.search(without_diacritics(found.text))
            assert f"{found.date:%d/%m/%Y}" in found.rule or f"từ {found.date:%d/%m/%Y}" in found.rule
        else:
            assert found.warnings


@settings(max_examples=100, deadline=None)
@given(GLUED, DAYS)
def test_the_last_day_follows_from_the_words(text, issued):
    for found in find_deadlines(text, issued):
        if found.date is None:
            assert found.last_day() is None
            assert found.time is None
            continue
        assert found.last_day("same_day") == found.date
        assert found.date - found.last_day() == timedelta(days=0 if found.inclusive else 1)
        assert found.start is None or found.start <= found.date


@settings(max_examples=60, deadline=None)
@given(TEXT, DAYS)
def test_nothing_typed_raises_but_an_impossible_date(text, issued):
    with contextlib.suppress(ImpossibleDate):
        found = read_deadline(text, issued)
        assert found is None or text[slice(*found.span)] == found.text


@settings(max_examples=60, deadline=None)
@given(GLUED)
def test_decomposed_letters_change_nothing(text):
    assert meaning(unicodedata.normalize("NFD", text)) == meaning(unicodedata.normalize("NFC", text))


@pytest.mark.parametrize("sentence", SENTENCES)
def test_blanks_and_line_ends_inside_a_phrase_change_nothing(sentence):
    for blank in ("\u00a0", "\n", "  ", " \n", "\r\n", "\t"):
        assert meaning(sentence.replace(" ", blank)) == meaning(sentence), repr(blank)


@pytest.mark.parametrize("sentence", SENTENCES)
def test_a_sentence_without_diacritics_means_the_same(sentence):
    assert meaning(without_diacritics(sentence)) == meaning(sentence)


@pytest.mark.parametrize(("old", "new"), [("Uỷ ban", "Ủy ban"), ("quý II", "quí II"), ("luỹ kế", "lũy kế")])
def test_the_place_of_a_tone_mark_changes_nothing(old, new):
    sentence = "Uỷ ban hoàn thành trong quý II/2027, luỹ kế đến ngày 15/3/2027, gửi Uỷ ban trước ngày 16/4/2027"
    assert meaning(sentence.replace(old, new)) == meaning(sentence)
    assert len(meaning(sentence)) == 2


def test_a_new_item_of_a_list_is_no_part_of_the_phrase():
    found = find_deadlines("- Rà soát, hoàn thành trước\n- Ngày 16/4/2027 tổ chức hội nghị", MONDAY)
    assert found == []


@pytest.mark.parametrize(
    "soup", ["ngày 1/1 trước quý I trong vòng ", "từ ngày 1/1 ", "17h" + " " * 190 + "x ngày 1/1 ", "trước     \n "]
)
def test_time_grows_with_the_length_only(soup):
    def took(size):
        text = (soup * (size // len(soup) + 1))[:size]
        start = time.process_time()
        find_deadlines(text, MONDAY)
        return time.process_time() - start

    took(2_000)
    short, long = min(took(5_000) for _ in range(3)), min(took(40_000) for _ in range(2))
    assert long < short * 8 * 4 + 0.05  # eight times the text; squared it would be sixty-four times
