"""Small numbers, months and weekdays as they are written in words."""

from __future__ import annotations

import re

from domain.deadlines.words import without_diacritics

ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}
COUNT = {
    "mot": 1, "hai": 2, "ba": 3, "bon": 4, "tu": 4, "nam": 5, "sau": 6, "bay": 7, "tam": 8, "chin": 9, "muoi": 10,
    "muoi mot": 11, "muoi hai": 12, "muoi lam": 15, "hai muoi": 20, "ba muoi": 30,
}  # fmt: skip
MONTH = {**COUNT, "gieng": 1, "chap": 12}
WEEKDAY = {
    "hai": 0, "ba": 1, "tu": 2, "nam": 3, "sau": 4, "bay": 5,
    "2": 0, "3": 1, "4": 2, "5": 3, "6": 4, "7": 5,
}  # fmt: skip

COUNT_WORDS = "mười lăm|mười một|mười hai|hai mươi|ba mươi|một|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười"
# "tháng năm" is left out: with a number after it, it is a month and a year, or May, and nobody can tell.
MONTH_WORDS = "mười một|mười hai|giêng|chạp|hai|ba|tư|sáu|bảy|tám|chín|mười"
WEEKDAY_WORDS = "hai|ba|tư|năm|sáu|bảy"


def number(written: str) -> int:
    """The value of digits, a Roman numeral up to IV or a number word, with or without diacritics."""
    key = re.sub(r"\s+", " ", without_diacritics(written.strip()))
    if key.isdecimal():
        return int(key)
    return ROMAN.get(key) or MONTH[key]


def weekday(written: str) -> int:
    """Monday is 0. ``written`` is what follows "thứ"."""
    return WEEKDAY[without_diacritics(written.strip())]
