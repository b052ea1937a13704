"""An organisation as a workbook: a sheet of units and a sheet of people, with heads in Vietnamese or in English.

Units and people are named by their key, or simply by their name. Every mistake names sheet, row and column.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from domain.rights import Role
from domain.spelling import fold
from domain.tables import Sheet, Table
from notices.errors import DocumentError
from notices.worker import NoticeReader
from services.office import PersonLine, UnitLine

UNIT_HEADS = {
    "key": ("ma", "ma don vi", "key", "khoa"),
    "name": ("ten don vi", "ten", "don vi", "name"),
    "kind": ("loai", "loai don vi", "kind"),
    "parent": ("truc thuoc", "don vi cap tren", "cap tren", "parent"),
    "leader": ("lanh dao phu trach", "phu trach", "leader"),
    "aliases": ("ten goi khac", "ten khac", "viet tat", "aliases"),
    "merged_into": ("sap nhap vao", "nhap vao", "merged into", "merged_into"),
}
PERSON_HEADS = {
    "key": ("ma", "ma can bo", "key", "khoa"),
    "name": ("ho va ten", "ho ten", "name"),
    "position": ("chuc vu", "chuc danh", "position"),
    "unit": ("don vi", "don vi cong tac", "phong ban", "unit"),
    "role": ("vai tro", "role"),
}
KINDS = {
    "office": "office", "co quan": "office", "uy ban": "office", "ubnd": "office",
    "department": "department", "phong": "department", "phong ban": "department", "so": "department",
    "van phong": "department", "sector": "sector", "nganh": "sector",
    "commune": "commune", "xa": "commune", "phuong": "commune", "thi tran": "commune", "dia phuong": "commune",
    "body": "body", "to chuc": "body", "don vi su nghiep": "body", "doan the": "body", "khac": "body",
}  # fmt: skip
ROLES = {
    **{role.value: role for role in Role},
    "lanh dao": Role.LEADER, "van phong": Role.CLERK, "van thu": Role.CLERK, "thu truong": Role.HEAD,
    "truong don vi": Role.HEAD, "thu truong don vi": Role.HEAD, "chuyen vien": Role.OFFICER, "can bo": Role.OFFICER,
    "quan tri": Role.ADMIN,
}  # fmt: skip
MOST_TITLES = 10


class SheetError(Exception):
    """A mistake in a workbook; the message says where and what was expected."""


@dataclass(frozen=True)
class _Found:
    """A sheet that was recognised: its lines below the head, and which column is what."""

    sheet: Sheet
    below: int
    columns: Mapping[str, int]

    def where(self, row: int, name: str) -> str:
        """ "sheet 'Đơn vị', row 5, column C"."""
        column = self.columns.get(name)
        letter = f", column {chr(65 + column)}" if column is not None and column < 26 else ""
        return f"sheet {self.sheet.name!r}, row {row}{letter}"

    def lines(self) -> Iterator[tuple[int, dict[str, str]]]:
        """The number of each line that says something, from 1, and its words."""
        for place in range(self.below, len(self.sheet.lines)):
            line = self.sheet.lines[place]
            words = {name: _words(line[column]) for name, column in self.columns.items()}
            if any(words.values()):
                yield place + 1, words


def load_sheets(path: Path) -> tuple[tuple[UnitLine, ...], tuple[PersonLine, ...]]:
    """The units and the people of a workbook.

    Raises:
        SheetError: it cannot be read, or a cell of it is wrong.
        FileNotFoundError: there is none.
    """
    table = asyncio.run(_read(path.name, path.read_bytes()))
    people = _find(table, PERSON_HEADS, {"name", "unit", "role"})
    units = _find(table, UNIT_HEADS, {"name", "kind"})
    if units is None:
        raise SheetError("no sheet of units: expected a head with the columns 'Tên đơn vị' and 'Loại'")
    unit_rows = list(units.lines())
    person_rows = list(people.lines()) if people else []
    unit_keys = _keys(units, unit_rows, "unit")
    person_keys = _keys(people, person_rows, "person") if people else {}
    unit_lines = tuple(_unit(units, row, words, unit_keys, person_keys) for row, words in unit_rows)
    person_lines = (
        tuple(_person(people, row, words, unit_keys, person_keys) for row, words in person_rows) if people else ()
    )
    return unit_lines, person_lines


async def _read(name: str, content: bytes) -> Table:
    reader = NoticeReader()
    try:
        return await reader.table_of(name, content)
    except DocumentError as error:
        raise SheetError(f"cannot be read: {type(error).__name__} {error}".strip()) from error
    finally:
        await reader.close()


def _words(value: object) -> str:
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return "" if value is None else str(value).strip()


def _find(table: Table, heads: Mapping[str, Sequence[str]], needed: set[str]) -> _Found | None:
    for sheet in table.sheets:
        for place, line in enumerate(sheet.lines[:MOST_TITLES]):
            folded = [" ".join(fold(_words(cell)).split()) for cell in line]
            columns = {name: i for name, known in heads.items() for i, head in enumerate(folded) if head in known}
            if needed <= columns.keys():
                return _Found(sheet, place + 1, columns)
    return None


def _keys(found: _Found, rows: Sequence[tuple[int, dict[str, str]]], kind: str) -> dict[str, str]:
    """What a line can be named by, key or name, to its key. A name that two lines bear names neither."""
    keys: dict[str, str] = {}
    names: dict[str, list[str]] = {}
    for row, words in rows:
        if not words.get("name"):
            raise SheetError(f"{found.where(row, 'name')}: the name is missing")
        key = _key(words)
        if key in keys:
            raise SheetError(f"{found.where(row, 'key')}: {kind} key {key!r} stands twice")
        keys[key] = key
        names.setdefault(fold(words["name"]), []).append(key)
    return {**{name: own[0] for name, own in names.items() if len(own) == 1}, **keys}


def _key(words: Mapping[str, str]) -> str:
    return words.get("key") or re.sub(r"[^a-z0-9]+", "-", fold(words["name"])).strip("-")[:80]


def _named(found: _Found, row: int, name: str, written: str, keys: Mapping[str, str], kind: str) -> str | None:
    if not written:
        return None
    key = keys.get(written) or keys.get(fold(written))
    if key is None:
        raise SheetError(f"{found.where(row, name)}: {written!r} is no {kind} of the file, or several have that name")
    return key


def _unit(
    found: _Found, row: int, words: dict[str, str], units: Mapping[str, str], people: Mapping[str, str]
) -> UnitLine:
    kind = KINDS.get(fold(words["kind"]))
    if kind is None:
        raise SheetError(
            f"{found.where(row, 'kind')}: kind {words['kind']!r}; expected one of cơ quan, phòng, ngành, xã, tổ chức"
        )
    return UnitLine(
        _key(words),
        words["name"],
        kind,
        _named(found, row, "parent", words.get("parent", ""), units, "unit"),
        _named(found, row, "leader", words.get("leader", ""), people, "person"),
        tuple(part.strip() for part in words.get("aliases", "").split(";") if part.strip()),
        _named(found, row, "merged_into", words.get("merged_into", ""), units, "unit"),
    )


def _person(
    found: _Found, row: int, words: dict[str, str], units: Mapping[str, str], people: Mapping[str, str]
) -> PersonLine:
    role = ROLES.get(fold(words["role"]))
    if role is None:
        raise SheetError(
            f"{found.where(row, 'role')}: role {words['role']!r}; expected one of lãnh đạo, văn phòng, thủ trưởng, "
            "chuyên viên, quản trị"
        )
    unit = _named(found, row, "unit", words["unit"], units, "unit")
    if unit is None:
        raise SheetError(f"{found.where(row, 'unit')}: the unit is missing")
    return PersonLine(_key(words), words["name"], words.get("position", ""), unit, role)
