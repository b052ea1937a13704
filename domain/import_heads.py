"""Which column of a table of another program is what, told by its head; office tables agree on little else."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from domain.spelling import fold
from domain.tables import Line


class Field(StrEnum):
    """What a column can be."""

    ORDINAL = "ordinal"  # STT
    ID = "id"  # mã nhiệm vụ, in the program it comes from
    TEXT = "text"  # nội dung nhiệm vụ
    LEAD = "lead"  # đơn vị chủ trì
    COORDINATING = "coordinating"  # đơn vị phối hợp
    DEADLINE = "deadline"  # thời hạn hoàn thành
    ISSUED_ON = "issued_on"  # ngày giao
    STATUS = "status"  # trạng thái
    FINISHED_ON = "finished_on"  # ngày hoàn thành
    LEADER = "leader"  # lãnh đạo phụ trách
    ORIGIN = "origin"  # nguồn giao
    DOCUMENT = "document"  # số văn bản
    AREA = "area"  # lĩnh vực
    RESULT = "result"  # kết quả


_HEADS: dict[Field, tuple[str, ...]] = {
    Field.ORDINAL: ("stt", "tt", "so tt", "so thu tu", "no"),
    Field.ID: (
        "ma nhiem vu", "ma nv", "ma so nhiem vu", "ma cong viec", "ma viec", "ma so", "id", "id nhiem vu",
        "ma he thong", "ma dinh danh", "ma ho so", "ma",
    ),
    Field.TEXT: (
        "noi dung nhiem vu", "ten nhiem vu", "noi dung cong viec", "ten cong viec", "nhiem vu", "cong viec",
        "noi dung chi dao", "noi dung giao", "noi dung", "nhiem vu duoc giao", "nhiem vu giao", "trich yeu",
        "noi dung y kien chi dao", "y kien chi dao", "ten de an", "de an", "nhiem vu cu the", "noi dung thuc hien",
        "ten noi dung", "dau viec", "noi dung ket luan", "noi dung de an bao cao", "ten van ban de an",
    ),
    Field.LEAD: (
        "don vi chu tri", "co quan chu tri", "chu tri", "don vi thuc hien", "co quan thuc hien", "don vi duoc giao",
        "co quan tham muu", "don vi tham muu", "co quan trinh", "don vi trinh", "don vi xu ly", "co quan soan thao",
        "don vi chiu trach nhiem", "co quan don vi chu tri", "phong ban chu tri", "phong ban thuc hien", "don vi",
        "co quan", "don vi xu ly chinh", "don vi nhan", "xu ly chinh", "co quan chiu trach nhiem", "don vi dau moi",
    ),
    Field.COORDINATING: (
        "don vi phoi hop", "co quan phoi hop", "phoi hop", "co quan don vi phoi hop", "phoi hop thuc hien",
        "don vi cung thuc hien", "phoi hop xu ly",
    ),
    Field.DEADLINE: (
        "thoi han hoan thanh", "thoi han", "han hoan thanh", "han xu ly", "han", "thoi gian hoan thanh",
        "thoi gian thuc hien", "han thuc hien", "ngay het han", "han cuoi", "thoi han xu ly", "thoi gian trinh",
        "thoi han bao cao", "han bao cao", "thoi diem hoan thanh", "tien do hoan thanh", "thoi han thuc hien",
        "ngay den han", "thoi gian ban hanh", "thoi han trinh", "deadline", "due date", "thoi gian",
    ),
    Field.ISSUED_ON: (
        "ngay giao", "ngay giao viec", "ngay giao nhiem vu", "thoi diem giao", "ngay chi dao", "ngay bat dau",
        "ngay tao", "thoi gian giao", "ngay ban hanh", "ngay van ban",
    ),
    Field.STATUS: (
        "trang thai", "tinh trang", "trang thai xu ly", "tinh trang xu ly", "trang thai thuc hien",
        "tinh trang thuc hien", "tinh hinh thuc hien", "tinh hinh xu ly", "status",
        "trang thai nhiem vu", "tinh trang hoan thanh",
    ),
    Field.FINISHED_ON: (
        "ngay hoan thanh", "ngay hoan thanh thuc te", "thoi gian hoan thanh thuc te", "hoan thanh thuc te",
        "ngay ket thuc", "ngay ket thuc thuc te", "ngay xu ly xong", "thoi diem hoan thanh thuc te", "ngay bao cao",
    ),
    Field.LEADER: (
        "lanh dao phu trach", "lanh dao chi dao", "lanh dao theo doi", "nguoi chi dao", "lanh dao uy ban", "nguoi giao",
        "lanh dao giao", "lanh dao ubnd phu trach", "phu trach", "lanh dao", "lanh dao giao viec",
    ),
    Field.ORIGIN: ("nguon", "nguon goc", "nguon giao", "nguon nhiem vu", "loai nguon", "nguon goc nhiem vu"),
    Field.DOCUMENT: (
        "so van ban", "so ky hieu", "van ban giao", "van ban chi dao", "so hieu van ban", "van ban giao nhiem vu",
        "so ky hieu van ban", "can cu", "van ban", "van ban lien quan",
    ),
    Field.AREA: ("linh vuc", "nhom linh vuc", "linh vuc phu trach", "nganh linh vuc"),
    Field.RESULT: ("ket qua", "ket qua thuc hien", "ket qua xu ly", "san pham", "ket qua dat duoc", "noi dung bao cao"),
}  # fmt: skip
_EXACT = {words: field for field, heads in _HEADS.items() for words in heads}
_PHRASES = sorted((w for w in _EXACT if len(w) > 4), key=len, reverse=True)
"""Searched within longer heads, the longest first. Short ones ("ma", "han") are heads only when they stand alone."""

_ASIDE = re.compile(r"\([^)]*\)|\[[^\]]*\]|[*:.,;/\\|_–-]+")
_NUMBERED = re.compile(r"\(?\s*(?:\d{1,2}|[A-Za-z])\s*\)?(?:\s*=.*)?")
MOST_TITLES = 30  # lines above the head
MOST_LEVELS = 3  # lines a head may take


@dataclass(frozen=True)
class Heads:
    """The head of a table.

    Attributes:
        first: its first line, from 0.
        below: the first line of data, from 0.
        names: of each column as people read it; empty where there is none.
        fields: what each recognised column is, by its place from 0.
    """

    first: int
    below: int
    names: tuple[str, ...]
    fields: Mapping[int, Field]

    def column(self, field: Field) -> int | None:
        """The place of a field; None where the table has no such column."""
        return next((place for place, found in self.fields.items() if found is field), None)


def field_of(head: str) -> tuple[Field, int] | None:
    """What a head means, and how sure that is: more is surer; None for a head nobody has taught it."""
    words = " ".join(_ASIDE.sub(" ", fold(head)).split())
    if field := _EXACT.get(words):
        return field, 1000 + len(words)
    inside = f" {words} "
    phrase = next((p for p in _PHRASES if f" {p} " in inside), None)
    return (_EXACT[phrase], len(phrase)) if phrase else None


def find_heads(lines: Sequence[Line]) -> Heads | None:
    """The head of a table, wherever it begins and however many lines it takes; None where nothing looks like one.

    Args:
        lines: of a sheet, from the top.
    """
    best: tuple[tuple[int, int], Heads] | None = None
    for first in range(min(len(lines), MOST_TITLES)):
        for levels in range(1, MOST_LEVELS + 1):
            if first + levels > len(lines):
                break
            heads = _heads(lines, first, levels)
            kinds = set(heads.fields.values())
            if Field.TEXT not in kinds or len(kinds) < 2 or not _is_level(lines[first + levels - 1], levels):
                continue
            rank = (len(kinds), -levels)
            if best is None or rank > best[0]:
                best = rank, heads
    return best[1] if best else None


def _heads(lines: Sequence[Line], first: int, levels: int) -> Heads:
    names = tuple(_joined(column) for column in zip(*lines[first : first + levels], strict=True))
    below = first + levels
    while below < len(lines) and _counts_columns(lines[below]):
        below += 1
    return Heads(first, below, names, _assigned(names))


def _joined(cells: Sequence[object]) -> str:
    """The head of a column over several lines; what is merged downwards is said once."""
    words = [" ".join(str(cell).split()) for cell in cells if cell is not None]
    return " – ".join(dict.fromkeys(words))


def _assigned(names: Sequence[str]) -> dict[int, Field]:
    """Each field to the column that is surest of it."""
    taken: dict[Field, tuple[int, int]] = {}
    for place, name in enumerate(names):
        found = field_of(name) if name and len(name) <= 120 else None
        if found and found[1] > taken.get(found[0], (0, 0))[0]:
            taken[found[0]] = found[1], place
    return {place: field for field, (_, place) in sorted(taken.items(), key=lambda one: one[1][1])}


def _counts_columns(line: Line) -> bool:
    """Whether a line numbers the columns: "(1) (2) (3)", "A B 1 2"."""
    cells = [str(cell) for cell in line if cell is not None]
    return len(cells) > 2 and all(_NUMBERED.fullmatch(cell) for cell in cells)


def _is_level(line: Line, level: int) -> bool:
    """Whether a line can end a head: no numbers, days or long words; a further line names columns itself."""
    cells = [cell for cell in line if cell is not None]
    if any(not isinstance(cell, str) or len(cell) > 150 or cell.isdigit() for cell in cells):
        return False
    return level == 1 or any((field_of(str(cell)) or (None, 0))[1] > 1000 for cell in cells)
