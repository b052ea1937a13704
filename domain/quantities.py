"""Numbers as Vietnamese officials write them, to their last digit: "1.284,679 tỷ", "199.013.000 đồng", "85,5%".

A dot between groups of three digits and a decimal comma are the rule; "1284.679" and "1,284.679" are read too. What
is a date, the number of a document or of a directive is no quantity. Nothing is rounded, nothing becomes binary.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum


class Bound(StrEnum):
    """On which side of a number something lies."""

    NONE = ""
    OVER = "over"  # >
    AT_LEAST = "at_least"  # ≥
    UNDER = "under"  # <
    AT_MOST = "at_most"  # ≤


ONE, THOUSAND, MILLION, BILLION = Decimal(1), Decimal(10) ** 3, Decimal(10) ** 6, Decimal(10) ** 9
MONEY, PERCENT = "đồng", "%"
_SCALES = {"nghin ty": THOUSAND * BILLION, "ngan ty": THOUSAND * BILLION}
_SCALES |= dict.fromkeys(("nghin", "ngan"), THOUSAND) | dict.fromkeys(("trieu", "trd", "tr"), MILLION)
_SCALES |= dict.fromkeys(("ty", "ti"), BILLION)


@dataclass(frozen=True)
class Quantity:
    """A number in a text.

    Attributes:
        number: the digits, as the rule reads them.
        scale: what a word after it multiplies it by ("triệu"): 1 where there is none.
        unit: "đồng", "%", or None where neither is written.
        start: where its digits begin.
        end: where its words end.
        other: the other way its digits can be read: "1.284" as 1,284.
        bound: of "trên 80", ">80".
    """

    number: Decimal
    scale: Decimal
    unit: str | None
    start: int
    end: int
    other: Decimal | None = None
    bound: Bound = Bound.NONE

    @property
    def value(self) -> Decimal:
        """The number with its scale."""
        return self.number * self.scale


def bare(text: str) -> str:
    """A text in lower case without diacritics, letter for letter at the same places."""
    return "".join(unicodedata.normalize("NFD", c.lower().replace("đ", "d"))[:1] or " " for c in text)


# --- digits ---

_DIGITS = (
    r"(?:\d{1,3}(?:\.\d{3})+(?:,\d+)?|\d{1,3}(?:,\d{3}){2,}(?:\.\d+)?|\d{1,3}(?:,\d{3})+\.\d+"
    r"|\d{1,3}(?: \d{3}){2,}(?:,\d+)?|\d+(?:[.,]\d+)?)"
)
_GROUPS = re.compile(r"\d{1,3}(?:([., ])\d{3})(?:\1\d{3})*")


def read_digits(written: str) -> tuple[Decimal, Decimal | None]:
    """The number some digits stand for, and the other reading of those that have two.

    Args:
        written: digits with dots, commas or spaces between them.

    Raises:
        decimal.InvalidOperation: there are no digits.
    """
    groups = _GROUPS.match(written)
    rest = written[groups.end() :] if groups else ""
    mark = groups[1] if groups else ""
    if groups is None or written.startswith("0") or (rest and not rest.startswith((",", "."))) or rest[:1] == mark:
        return Decimal(written.replace(",", ".")), None
    whole = Decimal(groups[0].replace(mark, "") + rest.replace(",", "."))
    if rest or groups[0].count(mark) > 1 or mark == " ":
        return whole, None
    part = Decimal(written.replace(",", "."))
    return (whole, part) if mark == "." else (part, whole)


# --- what is no quantity ---

_SLASHED = re.compile(rf"({_DIGITS})\s*/\s*({_DIGITS})(?:/\d{{2,4}})?")
_DATED_BEFORE = re.compile(r"\b(?:ngay|den|toi|het|truoc|tu|hom|han|lan|vao|sang|chieu|cuoi|dau|mung|ke)\s*$")
_OF_MANY_AFTER = re.compile(
    r"\s*(?:%|ty|trieu|dong|nghin|xa|phuong|thi tran|truong|ho|nguoi|vu|giay|tieu chi|ha|tan|du an|cong trinh"
    r"|ton tai|noi dung|han che|chi tieu|truong hop|don vi|thon|co so|kien nghi|ho so)\b"
)
_NO_QUANTITY = re.compile(
    r"#\s*\d+"
    r"|\bngay\s+\d{1,2}(?:\s+thang\s+\d{1,2})?(?:\s+nam\s+\d{4})?(?![.,]?\d)(?!\s*(?:ty|trieu|dong|nghin|%))"
    r"|\bthang\s+\d{1,2}(?:\s*/\s*\d{4}|\s+nam\s+\d{4})?(?![.,]?\d)"
    r"|\bquy\s+(?:\d|[iv]+)(?:\s*/\s*\d{4}|\s+nam\s+\d{4})?\b"
    r"|\b(?:nam|giai doan|nhiem ky|khoa)\s+(?:19|20)\d\d(?:\s*-\s*(?:19|20)?\d\d)?\b"
    r"|\b(?:19|20)\d\d\s*-\s*(?:19|20)\d\d\b"
    r"|\b\d{1,2}\s+(?:thang|tuan|ngay|quy)\b"
    r"|\b\d{1,2}[.-]\d{1,2}[.-]\d{4}\b"
    r"|\b\d{1,2}\s*(?:gio|h)(?:\s*\d{1,2})?\b|\b\d{1,2}:\d{2}\b"
    r"|\b\d+\s*/\s*(?:\d{4}\s*/\s*)?[a-z]{2,}[a-z0-9]*(?:-[a-z0-9]+)*"
    r"|\b(?:viec|nhiem vu|van ban|cong van|cv|quyet dinh|qd|thong bao|tb|ket luan|kl|nghi quyet|nq|bao cao|bc|ke hoach"
    r"|to trinh|chi thi|muc|khoan|dieu|phu luc|dong|stt|dot|ky hop thu|lan thu|lan|to|khu pho|thon)\s+so\s+\d+\S*"
    r"|\b(?:muc|khoan|dieu|phu luc|stt|dot|ky hop thu|lan thu)\s+\d+\b(?![.,]\d)"
    r"|\b0\d{9}\b"
)


def _blank(match: re.Match[str]) -> str:
    return " " * len(match[0])


def _slashed(match: re.Match[str]) -> str:
    """ "30/6" goes; of "1.284,679/1.200" and "2/2 trường" the first number stays."""
    first, text = match[1], match.string
    is_day = first.isdecimal() and match[2].isdecimal() and 1 <= int(first) <= 31 and 1 <= int(match[2]) <= 12
    named = _DATED_BEFORE.search(text, 0, match.start())
    counted = _OF_MANY_AFTER.match(text, match.end())
    has_year = match[0].count("/") > 1
    if has_year or (is_day and (named or not counted)):
        return _blank(match)
    return first + " " * (len(match[0]) - len(first))


def without_others(text: str) -> str:
    """A bare text in which what is no quantity (dates, numbers of documents) is blank, at the same places."""
    return _NO_QUANTITY.sub(_blank, _SLASHED.sub(_slashed, text))


# --- quantities ---

_SCALE = r"(?:nghin\s+ty|ngan\s+ty|nghin|ngan|trieu|trd|tr|ty|ti)"
_COMPOUND = r"(?:\s*(?P<more>\d{1,3}(?:,\d+)?)\s*(?P<smaller>trieu|tr|nghin|ngan)(?![a-z]))?"
_QUANTITY = re.compile(
    rf"(?<![\w.,/-])(?P<digits>{_DIGITS})(?![\d])"
    rf"(?:\s*(?P<percent>%|phan\s+tram\b)"
    rf"|\s*(?P<scale>{_SCALE})(?![a-z]){_COMPOUND}(?:\s*(?P<money>dong|vnd|d)(?![a-z]))?"
    rf"|\s*(?P<plain>dong|vnd|d)(?![a-z]))?"
)
_BOUNDS = (
    (re.compile(r"(?:>=|≥|\btu|\bit nhat(?: la)?|\btoi thieu(?: la)?|\bkhong duoi)\s*$"), Bound.AT_LEAST),
    (re.compile(r"(?:<=|≤|\bkhong qua|\btoi da(?: la)?|\bkhong vuot qua|\bnhieu nhat(?: la)?)\s*$"), Bound.AT_MOST),
    (re.compile(r"(?:>|\b(?:tren|hon)\b)\s*$"), Bound.OVER),
    (re.compile(r"(?:<|\b(?:duoi|chua den|chua toi)\b)\s*$"), Bound.UNDER),
)
_UPWARDS = re.compile(r"\s*(?:tro len)\b")
_DOWNWARDS = re.compile(r"\s*(?:tro xuong)\b")


def find(text: str) -> list[Quantity]:
    """The quantities of a text, in order."""
    plain = without_others(bare(text))
    return [_quantity(plain, match) for match in _QUANTITY.finditer(plain)]


def _quantity(plain: str, match: re.Match[str]) -> Quantity:
    number, other = read_digits(match["digits"])
    scale = _SCALES[" ".join(match["scale"].split())] if match["scale"] else ONE
    if match["more"]:
        number += read_digits(match["more"])[0] * _SCALES[match["smaller"]] / scale
    is_money = bool(match["money"] or match["plain"])
    unit = PERCENT if match["percent"] else MONEY if is_money else None
    found = Quantity(number, scale, unit, match.start(), match.end(), other)
    return replace(found, bound=_bound(plain, found))


def _bound(plain: str, one: Quantity) -> Bound:
    if _UPWARDS.match(plain, one.end):
        return Bound.AT_LEAST
    if _DOWNWARDS.match(plain, one.end):
        return Bound.AT_MOST
    before = plain[: one.start]
    return next((bound for pattern, bound in _BOUNDS if pattern.search(before)), Bound.NONE)


# --- units of measure ---


@dataclass(frozen=True)
class UnitOfMeasure:
    """What something is measured in: "tỷ đồng" is 10⁹ of "đồng"."""

    base: str
    scale: Decimal

    @property
    def is_money(self) -> bool:
        """Whether it is an amount of money."""
        return self.base == MONEY


_IN_UNITS = re.compile(rf"(?P<scale>{_SCALE})?\s*(?P<base>.*)")


def unit_of_measure(written: str) -> UnitOfMeasure:
    """What a unit's name stands for: "Triệu đồng" is 10⁶ đồng, "tỷ" is taken for money."""
    plain = bare(written).strip()
    match = _IN_UNITS.fullmatch(plain)
    scale = _SCALES[" ".join(match["scale"].split())] if match and match["scale"] and _ends(plain, match) else ONE
    base = match["base"].strip() if match and scale != ONE else plain
    if base in {"dong", "vnd", "d"} or (not base and scale >= MILLION):
        return UnitOfMeasure(MONEY, scale)
    if base in {"%", "phan tram"}:
        return UnitOfMeasure(PERCENT, scale)
    return UnitOfMeasure(base, scale)


def _ends(plain: str, match: re.Match[str]) -> bool:
    """Whether the scale is a word of its own: "tr" is not the beginning of "trường"."""
    return match.end("scale") == len(plain) or plain[match.end("scale")] == " "


def candidates(one: Quantity) -> Iterator[Decimal]:
    """The value of a quantity, then the other one its digits may stand for."""
    yield one.value
    if one.other is not None:
        yield one.other * one.scale
