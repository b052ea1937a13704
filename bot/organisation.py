"""Reading an organisation file: units, people, roles. Every mistake in it names the entry and what was expected."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.organisation_sheets import SheetError, load_sheets
from domain.rights import Role
from services.office import PersonLine, UnitLine

KINDS = ("office", "department", "sector", "commune", "body")


class OrganisationError(Exception):
    """The file cannot be taken over; the message says which entry and why."""


@dataclass(frozen=True)
class Organisation:
    """An organisation file."""

    name: str
    units: tuple[UnitLine, ...]
    people: tuple[PersonLine, ...]


def load(path: Path) -> Organisation:
    """Read and check a file.

    Raises:
        OrganisationError: it cannot be read, or an entry is wrong.
    """
    if path.suffix.lower() == ".xlsx":
        return _from_sheets(path)
    try:
        data = tomllib.loads(path.read_text("utf-8"))
    except FileNotFoundError:
        raise OrganisationError(f"{path}: no such file") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise OrganisationError(f"{path}: not valid TOML: {error}") from None
    units = tuple(_unit(path, entry) for entry in data.get("units", []))
    people = tuple(_person(path, entry) for entry in data.get("people", []))
    _check(path, units, people)
    return Organisation(str(data.get("office", {}).get("name", "")), units, people)


def _from_sheets(path: Path) -> Organisation:
    """The same from a workbook."""
    try:
        units, people = load_sheets(path)
    except FileNotFoundError:
        raise OrganisationError(f"{path}: no such file") from None
    except SheetError as error:
        raise OrganisationError(f"{path}: {error}") from None
    _check(path, units, people)
    return Organisation(next((unit.name for unit in units if unit.kind == "office"), ""), units, people)


def _need(path: Path, entry: dict[str, Any], kind: str, *names: str) -> None:
    for name in names:
        if not isinstance(entry.get(name), str) or not entry[name].strip():
            which = entry.get("key") or entry.get("name") or "?"
            raise OrganisationError(f"{path}: {kind} {which!r}: {name} is missing; expected text in quotes")


def _unit(path: Path, entry: dict[str, Any]) -> UnitLine:
    _need(path, entry, "unit", "key", "name", "kind")
    if entry["kind"] not in KINDS:
        raise OrganisationError(
            f"{path}: unit {entry['key']!r}: kind {entry['kind']!r}; expected one of {', '.join(KINDS)}"
        )
    return UnitLine(
        entry["key"],
        entry["name"],
        entry["kind"],
        entry.get("parent"),
        entry.get("leader"),
        tuple(entry.get("aliases", [])),
        entry.get("merged_into"),
        _field(path, entry),
    )


def _field(path: Path, entry: dict[str, Any]) -> str | None:
    field = entry.get("field")
    if field is not None and not isinstance(field, str):
        raise OrganisationError(f"{path}: unit {entry['key']!r}: field {field!r}; expected text in quotes")
    return (field or "").strip() or None


def _person(path: Path, entry: dict[str, Any]) -> PersonLine:
    _need(path, entry, "person", "key", "name", "unit", "role")
    roles = [role.value for role in Role]
    if entry["role"] not in roles:
        raise OrganisationError(
            f"{path}: person {entry['key']!r}: role {entry['role']!r}; expected one of {', '.join(roles)}"
        )
    return PersonLine(entry["key"], entry["name"], entry.get("position", ""), entry["unit"], Role(entry["role"]))


def _check(path: Path, units: Sequence[UnitLine], people: Sequence[PersonLine]) -> None:
    unit_keys, person_keys = [u.key for u in units], [p.key for p in people]
    for kind, keys in (("unit", unit_keys), ("person", person_keys)):
        if double := {k for k in keys if keys.count(k) > 1}:
            raise OrganisationError(f"{path}: {kind} keys stand twice: {', '.join(sorted(double))}")
    for u in units:
        if u.parent is not None and u.parent not in unit_keys:
            raise OrganisationError(f"{path}: unit {u.key!r}: parent {u.parent!r} is no unit of the file")
        _check_merged(path, u, units)
        if u.leader is not None and u.leader not in person_keys:
            raise OrganisationError(f"{path}: unit {u.key!r}: leader {u.leader!r} is no person of the file")
    for p in people:
        if p.unit not in unit_keys:
            raise OrganisationError(f"{path}: person {p.key!r}: unit {p.unit!r} is no unit of the file")
    if not units:
        raise OrganisationError(f"{path}: no [[units]]")
    _check_tree(path, {u.key: u.parent for u in units})


def _check_merged(path: Path, unit: UnitLine, units: Sequence[UnitLine]) -> None:
    into = next((u for u in units if u.key == unit.merged_into), None)
    if unit.merged_into is None:
        return
    if into is None or into.key == unit.key:
        raise OrganisationError(
            f"{path}: unit {unit.key!r}: merged_into {unit.merged_into!r} is no other unit of the file"
        )
    if into.merged_into is not None:
        raise OrganisationError(f"{path}: unit {unit.key!r}: merged_into {into.key!r}, which is merged itself")


def _check_tree(path: Path, parents: Mapping[str, str | None]) -> None:
    """No unit stands under itself."""
    for key in parents:
        above = [key]
        while (parent := parents[above[-1]]) is not None:
            if parent in above:
                raise OrganisationError(f"{path}: unit {key!r} stands under itself: {' < '.join([*above, parent])}")
            above.append(parent)
