"""How much later: a number of days counts from the deadline there is, a date is a date."""

from __future__ import annotations

import re
from datetime import date

from domain.calendar import OfficeCalendar
from domain.deadlines.model import Deadline
from domain.deadlines.typed import read_deadline

_TERM = re.compile(r"\S+(?: \S+)? (?:ngày|ngay|tuần|tuan|tháng|thang|quý|quy|hôm|hom|bữa|bua)\b")
_FROM_TODAY = re.compile(r"hôm nay|hom nay|bây giờ|bay gio|(?:ngày|tuần|tháng|ngay|tuan|thang) (?:tới|toi)\b")
_COUNTED = "kể từ"  # how a rule says that days were counted from a first one


def read_later(text: str, today: date, last_day: date | None, calendar: OfficeCalendar) -> Deadline | None:
    """The later deadline a person typed: "10 ngày" counts from the deadline there is, not from the day of the asking.

    Args:
        text: a phrase.
        today: the day from which years that are not written and relative words ("tuần sau") count.
        last_day: the present last day; where there is none or it has passed, days count from today.
        calendar: the office's working days.

    Returns:
        the deadline; None where the text is no date.

    Raises:
        ImpossibleDate: a day that no calendar has ("31/02").
    """
    found = read_deadline(text, today, calendar)
    if found is None or last_day is None or last_day <= today or not _is_term(found, text):
        return found
    return read_deadline(found.text, last_day, calendar)


def _is_term(found: Deadline, text: str) -> bool:
    """Whether the words are a span without a first day of their own."""
    spanned = _COUNTED in found.rule and _TERM.search(found.text.lower())
    return bool(spanned) and not _FROM_TODAY.search(text.lower())
