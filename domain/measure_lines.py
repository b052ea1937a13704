"""Measures as a clerk types or pastes them, a line each: name, unit of measure, plan and lead unit.

"Thu ngân sách, kế hoạch 1.200 tỷ đồng", "Tỷ lệ hộ nghèo; %; 3,51; Phòng Nội vụ", a row copied out of a table. What is
not clear is left empty, and asked before anything is made of it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from domain.measures import Kind, Plan
from domain.quantities import ONE, Bound, Quantity, bare, find

_SEPARATED = re.compile(r"\t+|\s*[;|]\s*")
_PLANNED = re.compile(
    r"[,:;(–-]?\s*\b(?:kế hoạch|ke hoach|kh|chỉ tiêu giao|chi tieu giao|chỉ tiêu|chi tieu|dự toán|du toan"
    r"|mục tiêu|muc tieu|số tiền|so tien|phải thu|phai thu|giao)(?:\s+(?:năm|nam)\s+\d{4})?\s*(?:là|la)?\s*:?\s*"
    r"(?=\S*\d|[<>≥≤]|trên|dưới|giảm|tăng)",
    re.IGNORECASE,
)
_RANGE = re.compile(r"\s*(?P<a>\d[\d.,]*)\s*(?:%\s*)?[-–]\s*(?P<b>\d[\d.,]*)\s*(?P<unit>\D*)$")
_LESS = re.compile(
    r"\bho ngheo|\bngheo da chieu|\bcan ngheo|\bsuy dinh duong|\btang dan so|\bsinh con thu 3"
    r"|\btai nan|\bthat nghiep|\bno dong|\btu vong|\btoi pham|\bqua han|\btre han|\bgiam (?:con|xuong)"
    r"|\bphat sinh moi|\bton dong|\bbo hoc|\bvi pham|\bnguoi chet"
)
_REDUCTION = re.compile(r"^(?:muc |ty le |so )?giam\b(?!.*\b(?:con|xuong)\b)")
_NUMBERED = re.compile(r"^\s*(?:\(?\d{1,2}[.)]\s+|\d{1,2}\s*[\t;|]\s*)")
_PART = re.compile(r"^\s*(?:\d{0,2}\s*[\t;|]\s*)?[-+•–]\s*[\t;|]?\s*")
_HEADS = re.compile(r"^(?:tt|stt|so tt|chi tieu|ten chi tieu|noi dung|chi tieu chu yeu)$")
_AMOUNT = re.compile(r"\b(?:thu hoi|nop tra|nop ngan sach|hoan tra|giam tru|chi sai|xu ly tai chinh)\b")
_SHORTCOMING = re.compile(r"\b(?:khac phuc|han che|ton tai|khuyet diem|thieu sot|yeu kem)\b")
_UNITS = re.compile(
    r"^\s*(?P<unit>(?:nghìn tỷ|nghìn|triệu|tỷ|tỉ|nghin|trieu|ty)?\s*(?:đồng|dong)|%|phần trăm|hồ sơ|dự án|công trình"
    r"|tiêu chí|đơn vị|lao động|m2|m3|[^\W\d_]+)\s*(?P<rest>.*)$",
    re.IGNORECASE,
)
_MOST_PLAN_WORDS = 4  # "1.200 tỷ đồng", "12 công trình"; more are words that go on
_ASIDE = re.compile(r"\s*\((?:càng )?(?:thấp|it|ít|nhỏ)(?: hơn)?(?: càng)? (?:là )?tốt(?: hơn)?\)", re.IGNORECASE)


@dataclass(frozen=True)
class TypedMeasure:
    """A measure as it was typed.

    Attributes:
        unit_written: the lead unit, as typed; "" where none is.
        is_part: part of the one above it.
    """

    kind: Kind
    name: str
    measured_in: str = ""
    plan: Plan = field(default_factory=Plan)
    unit_written: str = ""
    is_part: bool = False

    @property
    def problem(self) -> str:
        """What is missing before it can be made: "name", "plan", "measured_in"; "" where nothing is."""
        if not self.name:
            return "name"
        if self.kind is Kind.REMEDIATION:
            return ""
        if not self.plan.written or (self.kind is Kind.AMOUNT and self.plan.number is None):
            return "plan"
        return "measured_in" if self.plan.number is not None and not self.measured_in else ""


@dataclass(frozen=True)
class TypedList:
    """Several measures with their heading: "Chỉ tiêu năm 2024"."""

    title: str
    kind: Kind
    lines: tuple[TypedMeasure, ...]


def kind_of(words: str) -> Kind:
    """What a heading or a name speaks of."""
    plain = bare(words)
    if _AMOUNT.search(plain):
        return Kind.AMOUNT
    return Kind.REMEDIATION if _SHORTCOMING.search(plain) else Kind.INDICATOR


def read_plan(written: str, name: str = "") -> tuple[Plan, str]:
    """A plan and the unit of measure that stands in it: "1.200 tỷ đồng", "7-8 %", ">48", "giảm 3 tiêu chí"."""
    less_said, written = bool(_ASIDE.search(written)), _ASIDE.sub("", written).strip(" .;,")
    less = less_said or (is_lower_better(name) and not _REDUCTION.search(bare(written)))
    if in_range := _RANGE.fullmatch(written):
        lower, upper = (find(in_range[part].strip(".,"))[0].number for part in "ab")
        if lower < upper:
            return Plan(written, lower, upper, less_is_better=less), in_range["unit"].strip()
    found = find(written)
    if len(found) != 1:
        return Plan(written, less_is_better=less), ""
    return _one_number(written, found[0], less=less)


def _one_number(written: str, one: Quantity, *, less: bool) -> tuple[Plan, str]:
    digits_end = re.match(r"[\d.,\s]*\d", written[one.start :])
    tail = written[one.start + (digits_end.end() if digits_end else 0) :].strip()
    unit, number = _unit_in(tail), one.number
    is_sum = one.scale != ONE and re.search(r"\d", tail) is not None
    if is_sum:
        number, unit = one.value, "đồng"
    less = less and one.bound not in {Bound.OVER, Bound.AT_LEAST}
    return Plan(written, number, bound=one.bound, less_is_better=less), unit


def _unit_in(tail: str) -> str:
    tail = re.sub(r"^(?:trở lên|trở xuống)\b", "", tail).strip()
    match = _UNITS.match(tail)
    if match is None:
        return ""
    unit = match["unit"].strip()
    known = bare(unit)
    return {"ty": "tỷ đồng", "ti": "tỷ đồng", "trieu": "triệu đồng", "d": "đồng"}.get(known, unit)


def is_lower_better(name: str) -> bool:
    """Whether a lower figure is the better one, by the indicator's name; "Giảm …" counts what it is brought down by."""
    plain = bare(name).strip()
    return bool(_LESS.search(plain)) and not _REDUCTION.search(plain)


# --- a line ---


def read_line(line: str, kind: Kind | None = None) -> TypedMeasure:
    """One measure in a line.

    Args:
        line: cells apart by tabs, ";" or "|", or words.
        kind: where a heading has said it; else the words tell.
    """
    is_part = _PART.match(line) is not None
    line = _PART.sub("", line) if is_part else _NUMBERED.sub("", line)
    cells = [cell.strip() for cell in _SEPARATED.split(line.strip())]
    found = kind or kind_of(line)
    if found is Kind.REMEDIATION:
        return TypedMeasure(found, _name(cells[0]), unit_written=cells[-1] if len(cells) > 1 else "", is_part=is_part)
    read = _of_cells(found, cells) if len(cells) >= 3 else _of_words(found, cells)
    return replace(read, is_part=is_part)


def _of_cells(kind: Kind, cells: Sequence[str]) -> TypedMeasure:
    """Name, unit of measure, plan, lead unit."""
    name, measured_in, planned, *rest = cells
    plan, own = read_plan(planned, name)
    return TypedMeasure(kind, _name(name), measured_in or own, plan, rest[0] if rest else "")


def _of_words(kind: Kind, cells: Sequence[str]) -> TypedMeasure:
    words, unit_written = cells[0], cells[1] if len(cells) > 1 else ""
    planned = _PLANNED.search(words)
    if planned is None:
        return _without_word(kind, words, unit_written)
    name, tail = words[: planned.start()], words[planned.end() :]
    tail, _, after = tail.partition(", ")
    plan, measured_in = read_plan(tail.strip(" )"), name)
    return TypedMeasure(kind, _name(name), measured_in, plan, unit_written or after.strip(" ."))


def _without_word(kind: Kind, words: str, unit_written: str) -> TypedMeasure:
    """ "Thu ngân sách 1.200 tỷ đồng": the plan is the figure at the end; others belong to the name."""
    found = find(words)
    planned, _, after = words[found[-1].start :].partition(", ") if found else ("", "", "")
    if not found or len(planned.split()) > _MOST_PLAN_WORDS:
        return TypedMeasure(kind, _name(words), unit_written=unit_written)
    start = found[-1].start
    sign = re.search(r"(?:[<>≥≤]=?|\b(?:trên|dưới|giảm|tăng|từ|không quá|ít nhất))\s*$", words[:start])
    start = sign.start() if sign else start
    plan, measured_in = read_plan(words[start : found[-1].start] + planned, words[:start])
    return TypedMeasure(kind, _name(words[:start]), measured_in, plan, unit_written or after.strip(" ."))


def _name(words: str) -> str:
    words = words.strip(" .,;:–-(")
    return words[:1].upper() + words[1:]


# --- a list ---


def read_list(text: str) -> TypedList:
    """A heading and measures, a line each; the heads of a table are passed over.

    Args:
        text: as typed or pasted; a table's rows have tabs between their cells.
    """
    lines = [line for line in text.splitlines() if line.strip()]
    title, rows = "", lines
    if lines and not find(_without_years(lines[0])) and len(_SEPARATED.split(lines[0].strip())) < 3:
        title, rows = lines[0].strip(" :."), lines[1:]
    kind = kind_of(title) if title else None
    rows = [row for row in rows if not _is_head(row)]
    read = tuple(read_line(row, kind) for row in rows)
    return TypedList(title, kind or (read[0].kind if read else Kind.INDICATOR), read)


def _without_years(line: str) -> str:
    return re.sub(r"\b(?:19|20)\d\d\b", "", line)


def _is_head(row: str) -> bool:
    cells = [bare(cell).strip() for cell in _SEPARATED.split(row.strip())]
    return len(cells) >= 3 and any(_HEADS.match(cell) for cell in cells[:2]) and not find(row)
