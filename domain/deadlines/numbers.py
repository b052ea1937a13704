"""Small numbers, months and weekdays as they are written in words."""

from __future__ import annotations

import re

from domain.deadlines.words import without_diacritics

ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}
UNITS = {"mot": 1, "hai": 2, "ba": 3, "bon": 4, "tu": 4, "nam": 5, "lam": 5, "sau": 6, "bay": 7, "tam": 8, "chin": 9}
ONES = "một|mốt|hai|ba|bốn|tư|lăm|năm|sáu|bảy|tám|chín"
NAMED_MONTHS = {"gieng": 1, "chap": 12}
WEEKDAY = {
    "hai": 0, "ba": 1, "tu": 2, "nam": 3, "sau": 4, "bay": 5,
    "2": 0, "3": 1, "4": 2, "5": 3, "6": 4, "7": 5,
}  # fmt: skip

# "Mười ba ngày" must not be read as "ba ngày": the longest comes first.
COUNT_WORDS = (
    rf"(?:(?:hai|ba|bốn|năm|sáu|bảy|tám|chín) mươi|mười)(?: (?:{ONES}))?(?! mươi)|"
    r"(?<!mươi\s)(?<!mười\s)(?:một|hai|ba|bốn|năm|sáu|bảy|tám|chín)(?! mươi)"
)
# "tháng năm" is left out: with a number after it, it is a month and a year, or May, and nobody can tell.
MONTH_WORDS = "mười một|mười hai|giêng|chạp|hai|ba|tư|sáu|bảy|tám|chín|mười"
WEEKDAY_WORDS = "hai|ba|tư|năm|sáu|bảy"


def number(written: str) -> int:
    """The value of digits, a Roman numeral up to IV or a number word, with or without diacritics."""
    key = re.sub(r"\s+", " ", without_diacritics(written.strip()))
    if key.isdecimal():
        return int(key)
    return ROMAN.get(key) or NAMED_MONTHS.get(key) or _in_words(key.split())


def _in_words(words: list[str]) -> int:
    """From 1 to 99: "bay", "muoi hai", "hai muoi lam"."""
    ones = UNITS[words[-1]] if words[-1] != "muoi" else 0
    if "muoi" not in words:
        return ones
    return (UNITS[words[0]] if words[0] != "muoi" else 1) * 10 + ones


def weekday(written: str) -> int:
    """Monday is 0. ``written`` is what follows "thứ"."""
    return WEEKDAY[without_diacritics(written.strip())]
