"""Until when more time is asked for, and why."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from domain.deadlines import ImpossibleDate, read_later
from domain.replies import requests
from domain.replies.clauses import Clause
from domain.replies.words import Cue, Said, one_of


@dataclass(frozen=True)
class Until:
    """A date asked for.

    Args:
        date: the day; None where none was named or the words name none that exists.
        sure: whether the words were a date that exists.
    """

    date: date | None = None
    sure: bool = True


_TO = Cue(r"(?:đến|tới|sang|qua|vào|thành)")
# "Qua Tết", "sau ngày 15" name no day to work towards: the day is asked.
_AFTERWARDS = Cue(
    r"(?:qua|sau|ra) (?:tết|lễ|giêng|đợt|mùa|hè|đại hội|khi)|"
    r"sau (?:ngày )?\d+(?!\d* (?:ngày|hôm|tuần|tháng|bữa)|\d)|(?:tuần|tháng|ngày|năm) rưỡi"
)
_LUNAR = one_of(r"âm lịch|âl|âm")
_FROM_TODAY = Cue(r"(?:kể|tính) từ (?:hôm )?nay|(?:ngày|tuần|tháng) tới")
# "2-3 ngày nữa", "20/3 hoặc 25/3": which of them is asked.
_EITHER = Cue(
    r"\d+\s*(?:-|–|,|đến|tới|hoặc|hay)\s*\d+ (?:ngày|hôm|tuần|tháng|bữa)|\d+ (?:hoặc|hay) (?:ngày )?\d+"
    r"|(?:một hai|hai ba|ba bốn|bốn năm|năm bảy|năm sáu) (?:ngày|hôm|tuần|tháng|bữa)|(?:hai|ba|\d) (?:đến|tới|hoặc|hay)"
    r" (?:ba|bốn|\d) (?:ngày|hôm|tuần|tháng|bữa)"
)
_DATED = one_of(
    r"\d+|rằm|giỗ|lễ|quốc khánh|noel|"
    r"ngày|hôm|mai|mốt|mồng|kia|tuần|tháng|quý|năm|thứ|cuối|đầu|giữa|mùng|chủ nhật|cn|t[2-7]|tết|một|hai"
    r"|mười|nửa tháng"
)
_REST = one_of(
    r"để|vì|do|bởi|tại|lý do|lí do|nếu|rồi|với|giúp|cho|được|mới|thì|là|nhé|nhe|nha|nhá|nghen|nghe|nhen|hen|hén|nè|ạ"
    r"|anh|chị|em|mong"
    r"|kính|xin|hoàn thành|nộp|xong|báo cáo"
)
_DOTTED = re.compile(r"(?<![\d.])(\d{1,2})[.](\d{1,2})(?![\d.]*\d)")
_MUST = re.compile(
    r"^(?:(?:chắc|chac|có lẽ|co le|phải|phai|đến|den|tới|toi|cho em|cho phòng|cho phong|cho xã|cho xa)\s+)+"
)
_FIRST_DAYS = ("mùng ", "mung ", "mồng ", "mong ")
_MONG = re.compile(r"\bm[ồo]ng\b")
_THIS_ONE = re.compile(r"^((?:hết|het) (?:tuần|tuan|tháng|thang))$")
_COUNT = r"(?:\d{1,3}|một|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười(?: \w+)?|\w+ mươi)"
_TERM = Cue(
    rf"{_COUNT} (?:ngày làm việc|ngày|tuần|tháng(?! (?:\d|này|nay|sau|giêng|hai|ba|tư|bảy|tám|chín|mười"
    r"|chạp))|hôm|bữa)(?! nào)"
)


def until_of(clauses: Sequence[Clause], today: date, last_day: date | None = None) -> Until:
    """The date in the clause that asks for more time, or in one after it.

    Args:
        clauses: that clause and those after it, of the same directive.
        today: the sender's day.
        last_day: the present last day, where it is known; "thêm 10 ngày" counts from it unless it has passed, else
            from today.
    """
    for at, clause in enumerate(clauses):
        if _AFTERWARDS.search(clause.on) or _EITHER.search(clause.on):
            return Until()
        found = _until(clause.on, today, None if _FROM_TODAY.search(clause.on) else last_day)
        if found.date is not None and at + 1 < len(clauses):
            return _with_its_day(clause.on, clauses[at + 1].on, today) or found
        if found.date is not None or not found.sure:
            return found
    return Until()


# "Xin lùi sang tháng 12, khoảng ngày 10": the next clause names the day of the month.
_MONTH = re.compile(r"\b(?:tháng|thang) (?:\d{1,2}|sau|tới|toi|này|nay)$")
_ITS_DAY = re.compile(
    r"(?:(?:khoảng|khoang|tầm|tam|chừng|chung|cỡ|co|độ|do|vào|vao|đến|den) )*"
    r"(?:ngày|ngay|mùng|mung|hôm|hom) (\d{1,2})\b(?![/.-])"
)


def _with_its_day(on: Said, following: Said, today: date) -> Until | None:
    month, day = _MONTH.search(on.low.strip()), _ITS_DAY.match(following.low.strip())
    if month is None or day is None:
        return None
    try:
        read = read_later(f"{'ngay' if on.bare else 'ngày'} {day[1]} {month[0]}", today, None)
    except ImpossibleDate:
        return Until(None, sure=False)
    return Until(read.date) if read is not None and read.date is not None else None


def _until(on: Said, today: date, last_day: date | None) -> Until:
    for phrase in _phrases(on):
        try:
            read = read_later(phrase, today, last_day)
        except ImpossibleDate:
            return Until(None, sure=False)
        except (ValueError, OverflowError):
            continue
        if read is not None and read.date is not None:
            return Until(read.date)
    return Until()


def _phrases(on: Said) -> list[str]:
    """The stretches that may hold the date: after "đến" first, then a number of days, then what follows the request."""
    starts = [m.end() for m in _TO.all(on)]
    request = requests.EXTENSION.search(on)
    phrases = [_until_rest(on, s) for s in starts]
    phrases += [_more(on, m[0]) for m in _TERM.all(on) if not on.low.endswith(_FIRST_DAYS, 0, m.start())]
    phrases.append(_until_rest(on, request.end() if request else 0))
    if request:
        phrases.append(_until_rest(on, request.start()))
        phrases.append(_MUST.sub("", _until_rest(on, request.start())))
        phrases.append(request[0].removesuffix(" nộp").removesuffix(" gửi"))
    if _LUNAR.search(on):  # "20 âm lịch tháng này" is no twentieth of this month
        phrases = [p for p in phrases if _LUNAR.search(Said(p, p, on.bare))]
    return [_slashed(p) for p in phrases if p and _DATED.search(Said(p, p, on.bare))]


def _more(on: Said, term: str) -> str:
    """The term as a request, in the spelling of the rest: without marks where the message has none."""
    if term.isascii():
        return "them " + term.replace("hom", "ngay").replace("bua", "ngay")
    return "thêm " + term.replace("hôm", "ngày").replace("bữa", "ngày")


def _until_rest(on: Said, start: int) -> str:
    while on.low[start : start + 1].isspace():
        start += 1
    rest = _REST.search(on, start + 1)
    return on.low[start : rest.start() if rest else None].strip(" ,.:;!?()")


def _slashed(phrase: str) -> str:
    phrase = _MONG.sub("mùng", phrase)
    return _THIS_ONE.sub(r"\1 này", _DOTTED.sub(r"\1/\2", phrase))


_AFTER_REASON = one_of(
    r"(?:nên )?(?:em |phòng |xã |đơn vị |mình )?(?:xin|đề nghị|cho em|mong|kính|anh duyệt|nhờ)|nên|nhé|ạ"
    r"|anh ạ|mong (?:anh|chị|lãnh đạo)"
)


def reason_of(on: Said) -> str | None:
    """Why, in the words after "vì" or before "nên"; None where the clause gives no reason."""
    given = requests.REASON.search(on)
    if given is not None:
        stop = _AFTER_REASON.search(on, given.end())
        return _tidy(on.text[given.end() : stop.start() if stop else None])
    so, request = requests.SO.search(on), requests.EXTENSION.search(on)
    if so is not None and request is not None and so.start() <= request.start():
        return _tidy(on.text[: so.start()])
    return None


def _tidy(words: str) -> str | None:
    return words.strip(" ,.:;!?()-\n\t") or None
