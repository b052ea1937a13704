"""Deadlines that name no day: an hour ("trước 16 giờ", "hằng ngày trước 16 giờ") or an event ("trước khi khai giảng").

They are shown so that a person fills in the day; only an hour of every day has a first day of its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

from domain.calendar import OfficeCalendar
from domain.deadlines import context as c
from domain.deadlines.hours import HOUR, hour_of
from domain.deadlines.model import EVENT, NO_DAY, NO_ISSUE_DATE, Deadline
from domain.deadlines.resolve import add_months, month_end
from domain.deadlines.words import Folded, pattern, without_diacritics

LOOK_BACK = 160  # characters
LIMIT = pattern(
    rf"\b(?:trước|chậm nhất|muộn nhất|trễ nhất|không muộn hơn)(?: là)?(?: lúc)? {HOUR}(?P<rest>\s*,?\s*(?:hằng|"
    rf"hàng|mỗi) ngày)?"
    r"(?!\w|\s*[/.:-]\s*\d| (?:làm|học|bay))"
)
DAILY_BEFORE = pattern(r"\b(?:định kỳ )?(?:hằng|hàng|mỗi) ngày\b[^.;:]{0,40}$")
HINT = pattern(r"\d\s*(?:giờ|h|g|:)")
EVENTS = pattern(
    r"\b(?P<marker>(?:chậm nhất |muộn nhất )?trước (?:khi|thời điểm|mùa|kỳ họp|kì họp|năm học|đại hội|thềm)\b|"
    r"ngay sau (?:khi)?)"
    r"(?P<event> (?:[^\s,;.:()\d]+ ?){1,12})"
)
TOLD = pattern(r"\b(?:đã|vừa|từng|đang)\b[^,;.]{0,60}$")


EACH = pattern(
    r"\b(?:(?<!tháng\s)(?<!tuần\s)(?:ngày )?cuối(?: cùng)?(?: của)? (?:mỗi|hằng|hàng) (?P<unit>tháng|qu[ýí])|"
    r"(?P<work>(?:vào )?ngày làm việc (?P<end>đầu tiên|cuối cùng)"
    r"(?: của)? (?:(?:mỗi|hằng|hàng) )?tháng(?=\s*(?:$|[.;,)]))))\b"
)


def find_each(
    text: Folded, issued: date | None, calendar: OfficeCalendar, *, bare: bool, certain: bool
) -> Iterator[Deadline]:
    """ "Gửi Giám đốc cuối mỗi tháng", "công khai vào ngày làm việc đầu tiên của tháng"."""
    if not any(word in text.text for word in EACH_WORDS[bare]):
        return
    for match in EACH.pick(bare).finditer(text.text):
        words, span = text.trimmed(match.start(), match.end())
        day = _next_of_each(match, issued, calendar) if issued else None
        doubts = () if day and certain else (NO_ISSUE_DATE,)
        rule = f"{' '.join(words.split())} → {day:%d/%m/%Y}" if day else ""
        yield Deadline(day, text=words, span=span, rule=rule, recurring=words, warnings=doubts)


_EACH_WORDS = ("cuối mỗi", "cuối hằng", "cuối hàng", "cuối cùng", "cuối của", "ngày làm việc")
EACH_WORDS = (_EACH_WORDS, tuple(without_diacritics(word) for word in _EACH_WORDS))


def _next_of_each(match: re.Match[str], issued: date, calendar: OfficeCalendar) -> date:
    """The first such day on or after the document's date."""
    month = issued.replace(day=1)
    if not match["work"]:
        ahead = (3 - issued.month) % 3 if match["unit"] != "tháng" and match["unit"] != "thang" else 0
        last = add_months(month, ahead)
        return month_end(last.year, last.month)
    at_start = without_diacritics(match["end"]) == "dau tien"
    for first in (month, add_months(month, 1)):
        day, step = (first, 1) if at_start else (month_end(first.year, first.month), -1)
        while not calendar.is_working(day):
            day += timedelta(days=step)
        if day >= issued:
            break
    return day


def find_hours(text: Folded, issued: date | None, *, bare: bool) -> Iterator[Deadline]:
    """Hours by which something is due, without a day; "hằng ngày" begins on the document's date."""
    if HINT.pick(bare).search(text.text) is None:
        return
    for match in LIMIT.pick(bare).finditer(text.text):
        left = _clause(text, match.start(), bare)
        daily = DAILY_BEFORE.pick(bare).search(left)
        hour = hour_of(match)
        if hour is None or not (daily or match["rest"] or c.DOING.pick(bare).search(left)):
            continue
        begin = match.start() - (len(left) - daily.start() if daily else 0)
        words, span = text.trimmed(begin, match.end())
        if not (daily or match["rest"]):
            yield Deadline(None, text=words, span=span, warnings=(NO_DAY,))
        elif issued is None:
            yield Deadline(None, text=words, span=span, recurring=words, warnings=(NO_ISSUE_DATE,))
        else:
            rule = f"{' '.join(words.split())} → từ {issued:%d/%m/%Y}"
            yield Deadline(issued, time=hour, text=words, span=span, rule=rule, recurring=words)


def find_events(text: Folded, *, bare: bool) -> Iterator[Deadline]:
    """ "Hoàn thành trước khi khai giảng": due by an event whose day the text does not tell."""
    for match in EVENTS.pick(bare).finditer(text.text):
        left = _clause(text, match.start(), bare)
        wanted = (
            c.FINISHING if match["marker"].startswith(("trước", "truoc", "chậm", "cham", "muộn", "muon")) else c.DOING
        )
        if wanted.pick(bare).search(left) is None or TOLD.pick(bare).search(left):
            continue
        words, span = text.trimmed(match.start(), match.end())
        yield Deadline(None, text=words, span=span, warnings=(EVENT,))


def _clause(text: Folded, end: int, bare: bool) -> str:
    """What stands before a place in the same sentence."""
    start = max(0, end - LOOK_BACK)
    ends = [m.end() for m in c.SENTENCE_END.pick(bare).finditer(text.text, start, end)]
    return re.split(r";", text.text[ends[-1] if ends else start : end])[-1]
