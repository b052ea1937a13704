from datetime import date, time

import pytest

from domain.calendar import OfficeCalendar
from domain.deadlines import (
    BEFORE_NOTICE,
    CITED,
    DAY_OFF,
    EVENT,
    NEEDS_CONFIRMATION,
    NEXT_YEAR,
    NO_DAY,
    NO_HOUR,
    NO_ISSUE_DATE,
    NO_MONTH,
    NO_YEAR,
    NOT_A_DATE,
    VAGUE,
    WEEKDAY_DIFFERS,
    ImpossibleDate,
    find_deadlines,
    find_recurrences,
    read_deadline,
)

MONDAY = date(2027, 3, 1)


def only(text, issued=MONDAY, **more):
    (found,) = find_deadlines(text, issued, **more)
    return found


def test_before_leaves_the_day_itself_out():
    found = only("gửi báo cáo trước ngày 16/4/2027.")
    assert (found.date, found.inclusive) == (date(2027, 4, 16), False)
    assert found.last_day() == date(2027, 4, 15)
    assert found.last_day("same_day") == date(2027, 4, 16)


def test_the_text_and_its_span_are_the_sources_own():
    source = "Rà soát; **hoàn thành trong tháng 5/2027.**"
    found = only(source)
    assert found.text == "hoàn thành trong tháng 5/2027"
    assert source[slice(*found.span)] == found.text


def test_the_span_holds_in_decomposed_unicode():
    import unicodedata

    source = unicodedata.normalize("NFD", "Báo cáo UBND huyện trước ngày 16/4/2027 để tổng hợp")
    found = only(source)
    assert found.date == date(2027, 4, 16)
    assert source[slice(*found.span)] == found.text


def test_the_rule_is_said_in_words():
    assert only("hoàn thành trong quý IV/2027").rule == "hoàn thành trong quý IV/2027 → 31/12/2027"
    assert "không kể ngày này" in only("xong trước ngày 16/4/2027").rule


def test_an_hour_makes_the_day_count():
    found = only("gửi trước 16 giờ 30 phút ngày 16/4/2027")
    assert (found.time, found.inclusive) == (time(16, 30), True)


def test_an_hour_after_the_day():
    assert only("nộp chậm nhất ngày 16/4/2027, trước 10h00").time == time(10)


@pytest.mark.parametrize(
    ("words", "hour"),
    [
        ("trước 5 giờ chiều ngày 16/4/2027", time(17)),
        ("trước 9 giờ rưỡi sáng ngày 16/4/2027", time(9, 30)),
        ("chậm nhất 24 giờ ngày 16/4/2027", time(23, 59)),
        ("trước 17h30' ngày 16/4/2027", time(17, 30)),
    ],
)
def test_hours_are_read_as_they_are_said(words, hour):
    found = only(f"gửi {words}")
    assert (found.date, found.time) == (date(2027, 4, 16), hour)


def test_days_in_a_row_are_each_a_deadline():
    found = find_deadlines("gửi báo cáo chậm nhất các ngày 5, 10 và 15/4", MONDAY)
    assert [(d.date.day, d.text) for d in found] == [(5, "chậm nhất các ngày 5"), (10, "10"), (15, "15/4")]


def test_what_comes_again_on_several_days_says_all_of_them():
    found = find_deadlines("báo cáo trước ngày 05 và 20 hằng tháng", MONDAY)
    assert [(d.date.day, d.inclusive) for d in found] == [(5, False), (20, False)]
    assert {d.recurring for d in found} == {"05 và 20 hằng tháng"}


def test_a_second_day_without_its_own_marker_is_an_event():
    found = only("xong trước ngày 16/4/2027 và ngày 20/4/2027 tổ chức hội nghị")
    assert found.date == date(2027, 4, 16)


def test_a_range_keeps_its_start():
    found = only("Thời gian thực hiện từ ngày 05/4 đến ngày 16/4/2027")
    assert (found.start, found.date) == (date(2027, 4, 5), date(2027, 4, 16))


def test_two_deadlines_in_one_sentence_are_both_found():
    found = find_deadlines("xong trước ngày 05/4/2027, báo cáo chậm nhất ngày 16/4/2027", MONDAY)
    assert [d.date for d in found] == [date(2027, 4, 5), date(2027, 4, 16)]


@pytest.mark.parametrize(
    ("text", "warning"),
    [
        ("gửi trước ngày 16/4", NO_YEAR),
        ("gửi trước ngày 16/02/2027", BEFORE_NOTICE),
        ("gửi chậm nhất ngày 17/4/2027", DAY_OFF),
        ("gửi chậm nhất thứ Sáu, ngày 15/4/2027", WEEKDAY_DIFFERS),
        ("gửi chậm nhất ngày 31/02/2027", NOT_A_DATE),
        ("gửi trước ngày 25", NO_MONTH),
        ("hoàn thành trong 20 ngày kể từ ngày nhận đủ hồ sơ", EVENT),
        ("chậm nhất đầu năm 2028", VAGUE),
        ("gửi trước ngày 16/02", NEXT_YEAR),
        ("gửi báo cáo trước 16 giờ", NO_DAY),
        ("hoàn thành trong 24 giờ", NO_HOUR),
        ("UBND xã đã cam kết hoàn thành trước ngày 16/4/2027", CITED),
        ("hoàn thành trước khi khai giảng", EVENT),
        ("gửi trước ngày 16/4/2027 (thứ Hai)", WEEKDAY_DIFFERS),
        ("gửi tài liệu trước ngày 16/4/2027 ít nhất 5 ngày", VAGUE),
        ("nếu trước ngày 16/4/2027 chưa xong thì báo cáo", VAGUE),
    ],
)
def test_doubts_are_shown(text, warning):
    assert warning in only(text).warnings


@pytest.mark.parametrize(
    "text", ["gửi chậm nhất ngày 31/02/2027", "gửi trước ngày 25", "chậm nhất đầu năm 2028", "trước cuối tháng 5/2027"]
)
def test_what_is_in_doubt_has_no_date(text):
    assert only(text).date is None


def test_without_the_documents_date_nothing_is_guessed():
    assert only("hoàn thành trong vòng 15 ngày kể từ ngày ký", None).warnings == (NO_ISSUE_DATE,)
    assert only("gửi trước ngày 16/4", None).date is None
    assert only("gửi trước ngày 16/4/2027", None).date == date(2027, 4, 16)


def test_an_assumed_date_gives_years_but_no_terms():
    assert only("gửi trước ngày 16/4", term_start=False).date == date(2027, 4, 16)
    assert only("xong trong vòng 15 ngày kể từ ngày ký", term_start=False).date is None
    assert only("báo cáo trước thứ Sáu hằng tuần", term_start=False).date is None
    monthly = only("báo cáo trước ngày 25 hằng tháng", term_start=False)
    assert (monthly.date, NO_ISSUE_DATE in monthly.warnings) == (date(2027, 3, 25), True)


def test_a_term_over_a_day_off_of_the_office():
    office = OfficeCalendar(closed=frozenset({date(2027, 3, 3)}))
    assert only("xong trong thời hạn 05 ngày làm việc kể từ ngày ký", calendar=office).date == date(2027, 3, 9)


def test_a_recurrence_and_its_first_occurrence():
    found = only("báo cáo trước ngày 25 hằng tháng")
    assert (found.recurring, found.date) == ("ngày 25 hằng tháng", date(2027, 3, 25))


@pytest.mark.parametrize("words", ["hằng năm", "hàng tháng", "định kỳ 6 tháng một lần", "mỗi tuần", "hằng quý"])
def test_recurrences_are_found(words):
    text = f"tổng hợp, báo cáo {words} theo quy định"
    assert [found for found, _ in find_recurrences(text)] == [words]


def test_text_without_diacritics_is_read_too():
    assert only("gui bao cao truoc ngay 16/4/2027").date == date(2027, 4, 16)


def test_a_typed_impossible_day_is_refused():
    with pytest.raises(ImpossibleDate) as error:
        read_deadline("31/02", MONDAY)
    assert error.value.given == "31/02"


@pytest.mark.parametrize("text", ["", "   ", "chưa biết", "đang chờ sở", "ok anh", "phòng nội vụ", "12 hồ sơ"])
def test_what_is_no_date_gives_none(text):
    assert read_deadline(text, MONDAY) is None


def test_spoken_dates_are_left_to_a_person():
    from domain.deadlines.spoken import spoken_deadline

    assert spoken_deadline("giai đoạn 2026 - 2030", MONDAY, OfficeCalendar()) is None
    assert spoken_deadline("20 tháng 4 năm 2027", None, OfficeCalendar()) is None
    found = spoken_deadline("trong 3 ngày", date(2027, 3, 2), OfficeCalendar())
    assert found is not None
    assert (found.date, found.text, found.warnings) == (date(2027, 3, 5), "trong 3 ngày", (NEEDS_CONFIRMATION,))


def test_of_days_that_come_again_together_the_next_one_is_the_deadline():
    (found,) = find_deadlines("Báo cáo trước ngày 15/6 và 15/12 hằng năm.", date(2025, 8, 20))
    assert (found.date, found.recurring) == (date(2025, 12, 15), "15/6 và 15/12 hằng năm")
