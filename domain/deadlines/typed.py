"""A deadline that a person typed when one was asked for: "cuối tháng 3", "15/3", "thu 6 tuan sau", "xin thêm 10
ngày"."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta

from domain.calendar import OfficeCalendar
from domain.deadlines.context import END_OF_DAY, TIME_AFTER, TIME_BEFORE
from domain.deadlines.durations import find_terms
from domain.deadlines.grammar import OFFICE, build, find_deadlines, find_recurrences
from domain.deadlines.markers import Marked
from domain.deadlines.model import Deadline, ImpossibleDate
from domain.deadlines.points import Point, find_points
from domain.deadlines.recurrences import first_occurrence, recurrence
from domain.deadlines.sight import look
from domain.deadlines.spoken import spoken_deadline
from domain.deadlines.words import Folded, Pattern, fold, has_diacritics, pattern

# Everything that may stand around a date without changing it.
AROUND = (
    r"(?:\s|[,.:;!?()-]|\b(?:hạn|thời hạn|thời gian|hoàn thành|xong|thực hiện|triển khai|nộp|gửi|báo cáo|"
    r"trình|đến|tới|hết|trong|vào|ngày|lúc|là|cuối cùng|"
    r"chậm nhất|muộn nhất|trễ nhất|hạn chót|hạn cuối|không quá|trước|xin|phép|gia hạn|lùi|dời|hoãn|lại|kéo dài|"
    r"chuyển|sang|thêm|cho|để|em|anh|chị|cô|chú|bác|tôi|"
    r"mình|tớ|chúng tôi|bên em|bên mình|phòng|đơn vị|chắc|khoảng|tầm|chừng|độ|cỡ|nội nhật|nội|hôm|bữa|"
    r"dự kiến|sẽ|được|ok|vâng|dạ|vậy|thì|đi|"
    r"nhé|nha|ạ|à|nhá|thôi|nữa|này|ngay|giúp|với|"
    r"không|ko|sáng|trưa|chiều|tối|cuối giờ|đầu giờ|buổi)\b)*"
)
LEAD = pattern(AROUND + r"$")
TAIL = pattern(AROUND + r"$")
CONSTANTLY = pattern(r"\s*(thường xuyên(?:,? liên tục)?)[\s.;,]*")
TOLD = pattern(r"\bđã\b")  # without its mark it would be read as the polite "dạ"
GIVEN = pattern(r"\W*(?:giao|đề nghị|yêu cầu|phân công) [^\W\d]")  # a whole sentence that gives a task
EXCLUDES = pattern(r"\btrước\b")


def read_deadline(text: str, issued: date | None, calendar: OfficeCalendar = OFFICE) -> Deadline | None:
    """The deadline a person typed, with or without diacritics; None where the text is no date.

    Args:
        text: a phrase.
        issued: the day from which years that are not written, terms and relative words count: the
            document's date, or today in a chat.
        calendar: the office's working days.

    Raises:
        ImpossibleDate: a day that no calendar has ("31/02").
    """
    found = find_deadlines(text, issued, calendar, ordered=GIVEN.full.match(fold(text).text) is not None)
    dated = [d for d in found if d.date is not None]
    if dated:
        # Of what comes again in several ways the first to come.
        return min(dated, key=lambda d: d.date or date.max) if all(d.recurring for d in dated) else dated[0]
    if TOLD.full.search(fold(text).text):
        return found[0] if found else None
    marks = has_diacritics(text)
    whole = _whole_phrase(fold(text, bare=not marks), issued, calendar, not marks)
    if whole is None and marks:  # "thứ 6 tuan sau": some marks left out
        whole = _whole_phrase(fold(text, bare=True), issued, calendar, True, careful=True)
    if whole is not None:
        return whole
    return found[0] if found else _recurring(text) or spoken_deadline(text, issued, calendar)


def _recurring(text: str) -> Deadline | None:
    """ "Hằng quý", "thường xuyên": no day, but it comes again."""
    always = CONSTANTLY.full.fullmatch(fold(text).text)
    found = [(always[1], always.span(1))] if always else find_recurrences(text)
    if not found:
        return None
    words, span = found[0]
    return Deadline(None, text=text[span[0] : span[1]], span=span, recurring=words)


def _whole_phrase(
    text: Folded, issued: date | None, calendar: OfficeCalendar, bare: bool, *, careful: bool = False
) -> Deadline | None:
    """The deadline, where the whole text is one point with nothing but small words around it.

    Args:
        text: the folded text.
        issued: the day from which relative words count.
        calendar: the office's working days.
        bare: the text carries no diacritics.
        careful: they were taken away, so that "sau bữa" looks like "sáu bữa" and "một" like "mốt": words that only
            their marks tell apart are not read.
    """
    terms = [] if careful else find_terms(text, issued, calendar, bare=bare, typed=True)
    if len(terms) == 1 and _alone(text, text.text.find(fold(terms[0].text, bare=bare).text), len(terms[0].text), bare):
        return terms[0]
    points = find_points(text, issued, bare=bare, typed=not careful)
    points = _said_twice(_last_of_range(points, text, bare), text)
    if len(points) != 1 or not _alone(text, points[0].start, points[0].end - points[0].start, bare):
        return None
    return _of_point(points[0], text, issued, calendar, bare)


def _of_point(point: Point, text: Folded, issued: date | None, calendar: OfficeCalendar, bare: bool) -> Deadline:
    if point.impossible:
        raise ImpossibleDate(point.impossible)
    seen = look(point, text, bare)
    again = recurrence(seen, text)
    if again is not None:
        point = first_occurrence(point, again, issued)
        seen = look(point, text, bare)
    excludes = EXCLUDES.pick(bare).search(seen.left) is not None and seen.hour is None
    return build(seen, text, Marked(seen.left_at + len(seen.left), not excludes), again, issued, calendar)


def _last_of_range(points: list[Point], text: Folded, bare: bool) -> list[Point]:
    """Of "từ 15/2 đến 28/2" the end; the start is read again from its left side."""
    between: Pattern = RANGE
    if len(points) == 2 and between.pick(bare).fullmatch(text.text, points[0].end, points[1].start):
        return points[1:]
    return points


def _said_twice(points: list[Point], text: Folded) -> list[Point]:
    """One point for "12/3 thứ 6", "thứ 6 cuối tuần này", "tháng 12, khoảng ngày 10"; both where they do not fit."""
    if len(points) != 2 or re.search(r"\d", text.text[points[0].end : points[1].start]):
        return points
    one, other = points
    if one.last is None or other.last is None:
        return points
    day: date | None = None
    match (one.grain, other.grain):
        case ("day" | "loose", "weekday") if one.last.weekday() == other.last.weekday():
            day = one.last
        case ("weekday", "week"):
            day = other.last - timedelta(days=other.last.weekday()) + timedelta(days=one.last.weekday())
        case ("month", "day_of_month") if one.first and one.first.day == 1 and (one.last + timedelta(days=1)).day == 1:
            day = one.first + timedelta(days=other.last.day - 1)
    if day is None or (one.first and one.grain == "month" and day > one.last):
        return points
    return [replace(other, start=one.start, grain="day", first=day, last=day, warnings=one.warnings)]


RANGE = pattern(r"\s*(?:đến|tới|-)(?: hết)?(?: ngày)?\s*")
REST = pattern(r"(?:từ )?(?:ngày )?\d{1,2}(?:[/.-]\d{1,2}(?:[/.-]\d{4})?)?\s*(?:đến|tới|-)(?: hết)?(?: ngày)?\s*$")
RECURRING = pattern(r"\s*(?:của )?(?:hằng|hàng|mỗi|mọi) (?:năm|tháng|tuần|quý|ngày)\b")


def _alone(text: Folded, start: int, length: int, bare: bool) -> bool:
    left, right = text.text[:start], text.text[start + length :]
    left = REST.pick(bare).sub("", END_OF_DAY.pick(bare).sub("", TIME_BEFORE.pick(bare).sub("", left)))
    right = TIME_AFTER.pick(bare).sub("", RECURRING.pick(bare).sub("", right, count=1), count=1)
    return bool(LEAD.pick(bare).match(left)) and bool(TAIL.pick(bare).match(right))
