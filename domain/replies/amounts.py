"""How much is done: percents, fractions, counts, halves."""

from __future__ import annotations

import re
from dataclasses import dataclass

from domain.replies.words import Cue, Said, before, stands_before


@dataclass(frozen=True)
class Amount:
    """A share of the work, in percent from 0 to 100.

    Args:
        percent: the share done.
        start: where its words begin in the clause.
        sure: whether the words can mean nothing else ("còn 40%" may be what is left, or what is reached).
    """

    percent: int
    start: int
    sure: bool = True


_PERCENT = re.compile(
    r"(?<![\d.,/])(\d{1,3})(?:[.,](\d{1,2}))?(?:\s*%?\s*[-–]\s*\d{1,3})?\s*(?:%|(?:phần trăm|phan tram"
    r"|pt)(?!\w))"
)
_NOT_WORK = before(
    r"(?:tăng|giảm|chậm|thấp hơn|cao hơn|lãi suất|thuế|phạt|trượt giá|vượt|kế hoạch|chỉ tiêu"
    r"|chỉ tiêu giao|kh)(?: thêm| khoảng| gần)?"
)
_TARGET = before(
    r"(?:phấn đấu|dự kiến|mục tiêu|kế hoạch là|yêu cầu|phải|sẽ|cần|cố gắng|chỉ tiêu|chưa|không|để|khi nào"
    r"|đến khi)(?: \w+){0,3}"
)
_FROM = before(r"(?:tăng |nâng )?từ")
_LEFT = before(r"(?:còn lại|còn thiếu|chỉ còn|còn|thiếu)(?: khoảng| chừng| tầm| độ| gần| hơn)?")
_LEFT_SURELY = Cue(r"(?:nữa|chưa|là xong|thôi)")
_ONLY_LEFT = Cue(r"chỉ|lại|thiếu")
_SHARE = Cue(
    r"(?<![\d/])(?P<part>\d{1,4})\s*(?:ha|km|m|tấn|hộ|xã|thôn)?\s*(?:/| trên "
    r"| trong (?:tổng số )?)\s*(?P<whole>\d{1,5})(?:ha|km|m|tấn)?(?![/\d]|-\d)"
)
_DATE_BEFORE = before(
    r"(?:ngày|mùng|hôm|sáng|chiều|tối|trước|từ|đến|tới|sang|hạn|lùi|dự kiến|thứ \w+|tuần|vào|cn|chủ nhật"
    r"|t\d|lúc|tháng|số|km|qđ|kh|cv|tb)"
)
_COUNTED_AFTER = Cue(
    r"\s*(?:hộ|người|xã|phường|thôn|bản|tổ|khu|trường|hồ sơ|hs|công trình|dự án|thửa|điểm|tuyến|ha|km|m"
    r"|m2|nội dung|mục|nhiệm vụ"
    r"|đơn vị|phòng|chỉ tiêu|hạng mục|gói|cơ sở|kiến nghị|trường hợp|văn bản|khối lượng|công việc|việc|số"
    r"|tổng|kế hoạch|vị trí|cầu|đoạn)"
)
_REACHED_BEFORE = before(
    r"(?:xong|được|đạt|hoàn thành|làm|mới|khoảng|tầm|hơn|gần|tiến độ|chừng|đã \w+)(?: được| khoảng| tầm"
    r"| gần| hơn)?"
)
_TENS = {
    **{"mười": 10, "hai": 20, "ba": 30, "bốn": 40, "năm": 50, "sáu": 60, "bảy": 70, "bẩy": 70, "tám": 80, "chín": 90},
    **{"muoi": 10, "bon": 40, "nam": 50, "sau": 60, "bay": 70, "tam": 80, "chin": 90},
}
_UNITS = {
    "mốt": 1,
    "mot": 1,
    "hai": 2,
    "ba": 3,
    "tư": 4,
    "tu": 4,
    "lăm": 5,
    "lam": 5,
    "sáu": 6,
    "bảy": 7,
    "tám": 8,
    "chín": 9,
}
_TENS_SPOKEN = Cue(
    r"(?:(?P<tens>hai|ba|bốn|năm|sáu|bảy|bẩy|tám|chín) mươi|(?P<ten>mười))(?: (?P<unit>mốt|hai|ba|tư|lăm|sáu|bảy"
    r"|tám|chín))?"
    r" (?:phần trăm|%)"
)
_MORE_OF_A_SPAN = before(r"ngày|tuần|tháng|hôm|bữa|buổi|lần|giờ|quý|năm|chút|tí")
_HALF = Cue(
    r"(?:một |1 |hơn |quá |gần |phân |được |mới )*nửa(?! tháng| ngày| năm| buổi| giờ| tiếng| còn lại"
    r"| chừng| vời)"
)
_SPOKEN = Cue(
    r"(?<![\d.,])(?P<part>một|hai|ba|bốn|năm|sáu|bảy|bẩy|tám|chín|\d) phần "
    r"(?P<whole>hai|ba|tư|bốn|năm|sáu|mười|\d{1,2})"
)
_NUMBERS = {
    **{
        "một": 1,
        "hai": 2,
        "ba": 3,
        "bốn": 4,
        "tư": 4,
        "năm": 5,
        "sáu": 6,
        "bảy": 7,
        "bẩy": 7,
        "tám": 8,
        "chín": 9,
        "mười": 10,
    },
    **{"mot": 1, "bon": 4, "tu": 4, "nam": 5, "sau": 6, "bay": 7, "tam": 8, "chin": 9, "muoi": 10},
}


def amount_in(on: Said) -> Amount | None:
    """The share of the work a clause states as done, or None."""
    return _percent(on) or _share(on) or _spoken(on) or _half(on)


def _percent(on: Said) -> Amount | None:
    for m in _PERCENT.finditer(on.low):
        value = int(m[1]) + (1 if m[2] and int(m[2][0]) >= 5 else 0)
        if stands_before(_FROM, on, m.start()) and _PERCENT.search(on.low, m.end()):
            continue
        if value > 100 or stands_before(_NOT_WORK, on, m.start()) or stands_before(_TARGET, on, m.start()):
            continue
        if not stands_before(_LEFT, on, m.start()):
            return Amount(value, m.start())
        return Amount(100 - value, m.start(), sure=value == 50 or _left_surely(on, m))
    return None


def _left_surely(on: Said, m: re.Match[str]) -> bool:
    return bool(_LEFT_SURELY.search(on, m.end()) or _ONLY_LEFT.search(on, 0, m.start()))


def _share(on: Said) -> Amount | None:
    for m in _SHARE.all(on):
        part, whole = int(m["part"]), int(m["whole"])
        if part > whole or not whole or stands_before(_DATE_BEFORE, on, m.start()):
            continue
        counted = _COUNTED_AFTER.match(on, m.end()) or 12 < whole < 1990 or "/" not in m[0]
        if counted or stands_before(_REACHED_BEFORE, on, m.start()) or on.low.strip(" .") == m[0]:
            return _or_left(on, m.start(), _percent_of(part, whole))
    return None


def _or_left(on: Said, start: int, percent: int) -> Amount:
    """What is left, in "còn 2/10 hộ"."""
    return Amount(100 - percent if stands_before(_LEFT, on, start) else percent, start)


def _percent_of(part: int, whole: int) -> int:
    return (200 * part + whole) // (2 * whole)  # halves go up, as in the offices' tables


def _spoken(on: Said) -> Amount | None:
    tens = _TENS_SPOKEN.search(on)
    if tens is not None:
        value = _TENS.get(tens["tens"] or tens["ten"], 10) + _UNITS.get(tens["unit"] or "", 0)
        return _or_left(on, tens.start(), value)
    m = _SPOKEN.search(on)
    if m is None:
        return None
    part, whole = (_NUMBERS.get(w) or int(w) for w in (m["part"], m["whole"]))
    return _or_left(on, m.start(), _percent_of(part, whole)) if 0 < part <= whole else None


def _half(on: Said) -> Amount | None:
    m = _HALF.search(on)
    # "1 tuan nua" and "dung nhac nua" are "nữa"
    again = m is not None and on.bare and (m[0] == "nua" and not stands_before(_REACHED_BEFORE, on, m.start()))
    if m is None or again or (on.bare and stands_before(_MORE_OF_A_SPAN, on, m.start())):
        return None
    return Amount(50, m.start())
