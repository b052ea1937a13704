"""What a unit's words say of its measure: a figure, an amount, a level; and whether it has to be asked.

"thu ngân sách 1.284,679 tỷ đến 30/6", "đã thu hồi 199.013.000 đồng", "đã cơ bản khắc phục, còn 2 trường hợp": with and
without diacritics. What can be meant in two ways is never guessed: it comes with the choices.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from domain.measures import Kind, Level, Plan
from domain.quantities import (
    ONE,
    Bound,
    Quantity,
    UnitOfMeasure,
    bare,
    candidates,
    find,
    unit_of_measure,
    without_others,
)


class Doubt(StrEnum):
    """Why a figure is asked about before it counts."""

    UNIT = "unit"  # no unit of measure written
    TEN_TIMES = "ten_times"  # ten times the last one, or the plan; or a tenth
    LESS = "less"  # less than what was recovered before
    ADDED = "added"  # what was recovered besides, or altogether
    MORE = "more"  # more than there is to recover
    LEFT = "left"  # only what is left was said
    SEVERAL = "several"  # more than one figure
    LEVEL = "level"  # how far it is put right


@dataclass(frozen=True)
class Followed:
    """What the words are about.

    Attributes:
        last: the newest figure that stands, in the measure's unit.
    """

    kind: Kind
    name: str
    measured_in: str
    plan: Plan
    last: Decimal | None = None


@dataclass(frozen=True)
class Heard:
    """What the words say.

    Attributes:
        value: in the measure's unit; None where a level is said, or nothing is sure.
        bound: of "trên 80%".
        level: of a shortcoming.
        doubt: why it must be asked; None where it is sure.
        choices: the figures that may be meant, the likeliest first.
    """

    value: Decimal | None = None
    bound: Bound = Bound.NONE
    level: Level | None = None
    doubt: Doubt | None = None
    choices: tuple[Decimal, ...] = ()


def hear(words: str, about: Followed) -> Heard | None:
    """What a unit's words say of its measure; None where they say nothing of it."""
    if about.kind is Kind.REMEDIATION:
        return _level(bare(words))
    return _figure(words, about)


# --- levels ---

_FIXED = r"(?:khac phuc|chan chinh|xu ly|thuc hien khac phuc)"
_UNSURE = re.compile(rf"\b(?:se|phan dau|du kien|de nghi|can|phai|yeu cau|ke hoach|khi nao)\b[^.;]{{0,25}}{_FIXED}")
_NOT_YET = re.compile(rf"\bchua (?:duoc )?(?:the )?{_FIXED}")
_NOT_ALL = re.compile(rf"\bchua (?:duoc )?{_FIXED} (?:xong|het|dut diem|hoan toan|triet de)|\bchua xong\b")
_ONGOING = re.compile(
    rf"\bda va dang (?:tiep tuc )?{_FIXED}|\bdang (?:tiep tuc |tap trung |to chuc )?{_FIXED}"
    rf"|{_FIXED}(?: duoc)? (?:mot phan|mot so)|\b(?:van )?tiep tuc {_FIXED}"
)
_MOSTLY = re.compile(
    rf"\b(?:da )?co ban (?:da )?(?:duoc )?(?:hoan thanh )?(?:viec )?{_FIXED}"
    rf"|\b{_FIXED} co ban\b|\bda {_FIXED} (?:co ban|phan lon)"
)
_PARTLY = re.compile(
    rf"{_FIXED}(?: duoc)?(?: xong)? \d+\s*(?:/|tren|trong)\s*\d+|{_FIXED}(?: duoc)? \d+(?:[.,]\d+)?\s*%"
)
_DONE = re.compile(
    rf"\b(?:da|duoc) (?:duoc )?(?:hoan thanh )?(?:viec )?{_FIXED}|\b{_FIXED} (?:xong|dut diem|hoan toan|triet de)"
)
_REMAINS = re.compile(r"\b(?:con|tuy nhien|nhung|ngoai tru|tru)\b")


def _level(plain: str) -> Heard | None:
    plain = " ".join(re.sub(r"[,:()\-–]", " ", plain.replace("\n", ". ")).split())
    if _NOT_ALL.search(plain) or _PARTLY.search(plain):
        return Heard(level=Level.ONGOING, doubt=Doubt.LEVEL)
    if _NOT_YET.search(plain) or _UNSURE.search(plain):
        return None
    if _MOSTLY.search(plain):
        return Heard(level=Level.MOSTLY)
    if _ONGOING.search(plain):
        return Heard(level=Level.ONGOING)
    if done := _DONE.search(plain):
        same_sentence = re.split(r"[.;]", plain[done.end() :])[0]
        doubt = Doubt.LEVEL if _REMAINS.search(same_sentence) else None
        return Heard(level=Level.DONE, doubt=doubt)
    return None


# --- figures ---

_LIGHT = r"(?:\s*(?:la|thu|giao|chung|khoang|gan|hon|tren|duoi|dat|so tien|nam nay|ca nam|nam|dau nam|:|\())*\s*$"
_BESIDE = re.compile(
    r"(?:\bke hoach|\bkh|\bchi tieu(?: giao)?|\bdu toan|\bmuc tieu|\btong so(?: tien)? phai(?: thu| nop)?"
    r"|\btren tong so|\btrong tong so|\bso voi|\bcung ky|\bnam truoc|\bnam ngoai|\bphan dau|\bdu kien|\bse"
    r"|\bphai(?: thu)?(?: hoi)?|\bcan|\btheo ket luan|\bgiao)" + _LIGHT
)
_CHANGED = re.compile(r"\b(?:tang|giam|vuot|hut)(?:\s*(?:them|gan|khoang|hon|duoc|tren))*\s*$")
_AFTER = re.compile(r"\s*(?:so voi|cung ky|ke hoach|kh\b|chi tieu|du toan|muc tieu|so giao|nam truoc)")
_LEFT = re.compile(
    r"\b(?:con lai|con phai(?: thu| nop)?(?: hoi)?|con thieu|con ton|con no|con|chua (?:thu|nop)(?: hoi)?(?: duoc)?"
    r"|ton dong|so tien con lai)" + _LIGHT
)
_ADDED = re.compile(r"\b(?:thu|nop|thu hoi|tang|bo sung)\s*(?:hoi |duoc |nop )?them(?:\s*(?:duoc|khoang|la))*\s*$")
_ALL_IN_ALL = re.compile(
    r"\b(?:luy ke|cong don|tong cong|tong so da|tong da|tinh chung|tinh den nay|den nay da|ca nam"
    r"|tong so tien da)[^,;.]{0,40}$"
)
_WHOLE = re.compile(r"(?:\d|dong|ty|trieu|%)\s*(?:tren|trong)(?:\s*(?:tong|tong so|so))?\s*$")
_REACHED = re.compile(
    r"(?:\b(?:dat|la|duoc|con|uoc|ket qua|thuc hien|hien|den nay|thu hoi|thu|nop|co)|[:=])"
    r"(?:\s*(?:duoc|khoang|hon|tren|gan))*\s*$"
)
_COUNTED = re.compile(
    r"\s*(ha|km2|km|m2|m3|tan|ta|kg|nguoi|ho|xa|phuong|thon|truong|giay|luot|vu|ho so|du an|cong trinh|tieu chi|lan"
    r"|co so|don vi|phong|khach|chau|lop|hoc sinh|doanh nghiep|ban|nha|can|cay|con|truong hop|noi dung|kien nghi)\b"
)
_TEN = Decimal(10)


@dataclass(frozen=True)
class _Figure:
    """A quantity that may be meant, in the measure's unit."""

    one: Quantity
    values: tuple[Decimal, ...]
    is_named: bool  # its unit of measure is written, or the measure has but one


def _figure(words: str, about: Followed) -> Heard | None:
    plain, unit = without_others(bare(words)), unit_of_measure(about.measured_in)
    found = [f for q in find(words) if (f := _fits(plain, q, unit, about))]
    left = [f for f in found if about.kind is Kind.AMOUNT and _LEFT.search(plain, 0, f.one.start)]
    said = [f for f in found if f not in left and not _is_beside(plain, f.one, about)]
    if not said:
        return _from_left(left, about)
    chosen = _chosen(plain, said)
    if len(chosen) > 1:
        return Heard(doubt=Doubt.SEVERAL, choices=tuple(dict.fromkeys(f.values[0] for f in chosen))[:4])
    return _weighed(plain, chosen[0], about)


def _fits(plain: str, one: Quantity, unit: UnitOfMeasure, about: Followed) -> _Figure | None:
    """A quantity as a figure of the measure; None where it is of another kind."""
    after = _COUNTED.match(plain, one.end)
    if unit.is_money:
        if one.unit == "%" or (after and one.unit is None and one.scale == ONE):
            return None
        named = one.unit is not None or one.scale != ONE
        scale = unit.scale if named else ONE
        return _Figure(one, tuple(v / scale for v in candidates(one)), named)
    if (one.unit == "%") != (unit.base == "%") and one.unit is not None:
        return None
    if after and one.unit is None and not _same_unit(after[1], unit.base):
        return None
    named = unit.scale == ONE or one.scale != ONE
    scale = unit.scale if one.scale != ONE else ONE
    return _Figure(one, tuple(v / scale for v in candidates(one)), named)


def _same_unit(said: str, base: str) -> bool:
    return base.startswith(said) or said in base.split() or not base or base in said


def _is_beside(plain: str, one: Quantity, about: Followed) -> bool:
    """Whether a figure is the plan, another year's, or how much it has grown by."""
    before = plain[: one.start]
    if _BESIDE.search(before) or _WHOLE.search(before) or (one.unit == "%" and _AFTER.match(plain, one.end)):
        return True
    counts_change = "giam" in bare(about.plan.written) or re.match(r"(?:muc )?(?:tang|giam)\b", bare(about.name))
    return bool(_CHANGED.search(before)) and not counts_change and not _ADDED.search(before)


def _chosen(plain: str, said: Sequence[_Figure]) -> Sequence[_Figure]:
    """Of several figures the one that sums up, else the one said to be reached; all where that does not tell."""
    if len(said) == 1:
        return said
    for tells in (_ALL_IN_ALL, _REACHED):
        some = [f for f in said if tells.search(plain, 0, f.one.start)]
        if len(some) == 1:
            return some
    return said


def _from_left(left: Sequence[_Figure], about: Followed) -> Heard | None:
    whole = about.plan.number
    if len(left) != 1 or whole is None or not left[0].is_named or left[0].values[0] > whole:
        return None
    return Heard(doubt=Doubt.LEFT, choices=(whole - left[0].values[0],))


def _weighed(plain: str, figure: _Figure, about: Followed) -> Heard:
    """A figure that is sure, or the choices."""
    bound = figure.one.bound if about.kind is Kind.INDICATOR else Bound.NONE
    if not figure.is_named:
        return Heard(doubt=Doubt.UNIT, choices=_in_units(figure, about))
    value = _signed(plain, figure.values[0], figure.one, about)
    if about.kind is Kind.AMOUNT:
        return _amount(plain, figure, about)
    likely = _by_size(figure.values, about)
    if likely and likely[0] != figure.values[0]:
        return Heard(doubt=Doubt.TEN_TIMES, choices=tuple(dict.fromkeys((*likely, *figure.values))))
    if not likely:
        return Heard(doubt=Doubt.TEN_TIMES, choices=figure.values)
    return Heard(value=value, bound=bound)


def _signed(plain: str, value: Decimal, one: Quantity, about: Followed) -> Decimal:
    """A rise is a fall below nothing where the plan is to bring something down by a number."""
    falls = re.match(r"\s*giam\b", bare(about.plan.written)) is not None
    return -value if falls and re.search(r"\btang(?:\s*them)?\s*$", plain[: one.start]) else value


def _amount(plain: str, figure: _Figure, about: Followed) -> Heard:
    value, last, whole = figure.values[0], about.last, about.plan.number
    if last and _ADDED.search(plain, 0, figure.one.start):
        return Heard(doubt=Doubt.ADDED, choices=(last + value, value))
    if last is not None and value < last:
        both = (last + value, value) if whole is None or last + value <= whole else (value,)
        return Heard(doubt=Doubt.LESS, choices=both)
    if whole is not None and value > whole:
        return Heard(doubt=Doubt.MORE, choices=tuple(v for v in figure.values if v <= whole) or figure.values)
    if last and value >= last * _TEN:
        return Heard(doubt=Doubt.TEN_TIMES, choices=figure.values)
    return Heard(value=value)


def _by_size(values: Sequence[Decimal], about: Followed) -> tuple[Decimal, ...]:
    """Those of the readings that are no ten times, and no tenth, of what was there before, or else of the plan."""
    known = about.last if about.last else about.plan.number
    if not known:
        return tuple(values)
    return tuple(v for v in values if abs(known) / _TEN < abs(v) < abs(known) * _TEN or (about.last is None and v == 0))


def _in_units(figure: _Figure, about: Followed) -> tuple[Decimal, ...]:
    """The figure in the measure's own unit, then in smaller ones of money: what is like what is known comes first."""
    unit = unit_of_measure(about.measured_in)
    scales = [unit.scale, *(s for s in (Decimal(10) ** 9, Decimal(10) ** 6, Decimal(10) ** 3, ONE) if s < unit.scale)]
    scales = scales if unit.is_money else [unit.scale, ONE]
    readings = tuple(dict.fromkeys(v * s / unit.scale for s in scales for v in figure.values))
    likely = _by_size(readings, about)
    return likely[:3] if likely else readings[:3]


# --- which measure ---

_STOP = frozenset(
    re.findall(
        r"\w+",
        "tong so ty le muc toc do tren dia ban nam cua ca la dat duoc da den nay uoc thuc hien bao cao ket qua trong va"
        " cho luy ke tinh hien con khoang hon moi gia tri tien dong ty trieu em xin phong don vi huyen xa",
    )
)
_OF_KIND = {Kind.AMOUNT: re.compile(r"\b(?:thu hoi|nop tra|nop ngan sach|hoan tra|nop)\b")}
_OF_KIND[Kind.REMEDIATION] = re.compile(r"\bkhac phuc\b")


def named_in(words: str, names: Sequence[tuple[Kind, str]]) -> list[int]:
    """Which of some measures words speak of, by its name; several where that does not tell.

    Args:
        words: "thu ngân sách 1.284,679 tỷ".
        names: kinds and names.

    Returns:
        places in ``names``.
    """
    plain = bare(words)
    first = next(iter(find(words)), None)
    said = _telling(plain[: first.start] if first else plain)
    scores = [len(said & _telling(bare(name))) if said <= _telling(bare(name)) else 0 for _, name in names]
    best = max(scores, default=0)
    if best >= min(2, max(len(said), 1)) and best:
        return [i for i, score in enumerate(scores) if score == best]
    return [i for i, (kind, _) in enumerate(names) if kind in _OF_KIND and _OF_KIND[kind].search(plain)]


def _telling(plain: str) -> frozenset[str]:
    return frozenset(re.findall(r"[a-z]{2,}", re.sub(r"\bchi tieu\b", " ", plain))) - _STOP
