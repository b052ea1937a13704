"""Patterns rewritten for speed match what they matched before, and every point begins where points are looked for."""

import re

import pytest

from domain.deadlines.kinds import DIGITS, KINDS, OPENERS, TYPED
from domain.deadlines.words import fold
from domain.patterns import alternatives, at_word_start, grouped
from notices import lexicon

TEXTS = (
    "trước ngày 15/3/2027; chiều mai, sáng hôm nay, 3 tháng đầu năm, hai quý cuối năm 2027, nửa đầu năm, q3/2027",
    "thứ Sáu tuần này, chủ nhật, cn, t6 tuần sau; 10 ngày đầu tháng 4, mười lăm ngày cuối tháng tới; tháng Năm/2027",
    "trung tuần tháng 3, đầu tuần sau, hết tuần, trong tháng, hết quý, trong ngày, cuối năm; tháng 3, 4 và 5/2027",
    "mùng 10 tháng giêng, rằm tháng bảy, 23/chạp, 10/3 âm lịch, lễ Quốc khánh 2/9, tết Trung thu, giỗ tổ, vu lan",
    "Tết Nguyên đán, 28 tết, noel, nhà giáo Việt Nam, cách mạng tháng tám, tuần trước, quý I năm ngoái, 2027-03-15",
    "quý IV, 30 tháng 4, ngày 5 tháng 3 năm 2027, 15.3.2027, ngày 20 hằng tháng, 15, mai, mốt, tuần đầu tháng 4",
)


@pytest.mark.parametrize(
    ("source", "written"),
    [
        ("giao|gia hạn|yêu cầu", "gia(?:o| hạn)|yêu cầu"),
        ("giao|giao cho", "giao(?:| cho)"),
        ("giao(?! ban)|xin|giao cho", "giao(?:(?! ban)| cho)|xin"),
        ("a?b|ac|ad", "a?b|a(?:c|d)"),
        (r"[|)]a|b\|c|(?P<n>x|xy)", r"[|)]a|b\|c|(?P<n>x(?:|y))"),
    ],
)
def test_alternatives_that_begin_alike_are_put_together(source, written):
    assert grouped(source) == written


@pytest.mark.parametrize("name", ["BODY", "NOT_BODY", "PERSON", "KIND", "VERB", "STOP", "GIVE", "PORTFOLIOS"])
def test_a_list_of_words_matches_the_same_words_in_the_same_order(name):
    source = getattr(lexicon, name)
    plainly, quickly = re.compile(source), re.compile(grouped(source))
    for text in (f"{one}{more}" for one in alternatives(source) for more in ("", "n", " ban", " và")):
        first, second = plainly.match(text), quickly.match(text)
        assert (first and first.span()) == (second and second.span())


def test_words_are_only_found_where_a_word_begins():
    found = re.compile(at_word_start("giao|gửi", r"được\s"))
    assert [m.start() for m in found.finditer("giao xgiao, được giao, gửi")] == [0, 23]


def test_words_that_begin_with_no_letter_are_refused():
    with pytest.raises(ValueError, match="not a letter"):
        at_word_start(r"\d+|giao")


@pytest.mark.parametrize("bare", [False, True])
def test_every_point_begins_where_points_are_looked_for(bare):
    found = 0
    for text in (fold(one, bare=bare).text for one in TEXTS):
        places = {m.start() for wanted in (DIGITS, OPENERS.pick(bare)) for m in wanted.finditer(text)}
        starts = [m.start() for kind in (*KINDS, *TYPED) for m in kind.pattern.pick(bare).finditer(text)]
        assert places.issuperset(starts)
        found += len(starts)
    assert found > 60
