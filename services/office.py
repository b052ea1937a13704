"""The office's own directory: units, people, roles, brought in from an organisation file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from db import Session
from db.models import Person, Unit
from domain.errors import NoSuchThing
from domain.organisation import Directory, UnitEntry
from domain.rights import Role
from services import accounts, audit


@dataclass(frozen=True)
class UnitLine:
    """A unit as the organisation file has it. ``parent`` and ``leader`` are keys."""

    key: str
    name: str
    kind: str
    parent: str | None = None
    leader: str | None = None
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True)
class PersonLine:
    """A person as the organisation file has them. ``unit`` is a key."""

    key: str
    name: str
    position: str
    unit: str
    role: Role


@dataclass(frozen=True)
class Imported:
    """What an import did."""

    units: int
    people: int
    ended: int  # people who are no longer in the file


async def import_org(
    session: Session, units: Sequence[UnitLine], people: Sequence[PersonLine], now: datetime
) -> Imported:
    """Bring the directory in line with an organisation file: the new added, the known updated, people who left ended.

    Units are never removed: directives speak of them. Running it twice changes nothing.
    """
    unit_rows = {u.key: u for u in await session.scalars(select(Unit))}
    for place, line in enumerate(units):
        row = unit_rows.setdefault(line.key, Unit(key=line.key))
        row.name, row.kind, row.aliases, row.place, row.active = line.name, line.kind, list(line.aliases), place, True
        session.add(row)
    await session.flush()
    for line in units:
        unit_rows[line.key].parent_id = unit_rows[line.parent].id if line.parent else None
    ended = await _import_people(session, unit_rows, people, now)
    await session.flush()
    await _set_leaders(session, unit_rows, units)
    await audit.record(session, "import_org", now=now, details={"units": len(units), "people": len(people)})
    return Imported(len(units), len(people), ended)


async def _import_people(session: Session, units: dict[str, Unit], lines: Sequence[PersonLine], now: datetime) -> int:
    rows = {p.key: p for p in await session.scalars(select(Person))}
    for line in lines:
        row = rows.get(line.key) or Person(key=line.key)
        row.name, row.position, row.role, row.active = line.name, line.position, line.role, True
        row.unit = units[line.unit]
        session.add(row)
    gone = [row for key, row in rows.items() if key not in {line.key for line in lines} and row.active]
    for row in gone:
        row.active = False
        await accounts.revoke(session, row, now)
    return len(gone)


async def _set_leaders(session: Session, units: dict[str, Unit], lines: Sequence[UnitLine]) -> None:
    people = {p.key: p.id for p in await session.scalars(select(Person))}
    for line in lines:
        units[line.key].leader_id = people[line.leader] if line.leader else None


async def directory(session: Session) -> Directory:
    """The units that take part, for matching names as written."""
    rows = await session.scalars(select(Unit).where(Unit.active).order_by(Unit.place, Unit.id))
    return Directory(
        [
            UnitEntry(id=u.id, name=u.name, kind=u.kind, aliases=tuple(u.aliases), parent_id=u.parent_id, short=None)
            for u in rows
        ]
    )


async def unit(session: Session, unit_id: int) -> Unit:
    """A unit that takes part.

    Raises:
        NoSuchThing: there is none of this id.
    """
    found = await session.get(Unit, unit_id)
    if found is None or not found.active:
        raise NoSuchThing
    return found


async def person_by_key(session: Session, key: str) -> Person | None:
    """A person by the key of the organisation file."""
    return await session.scalar(select(Person).where(Person.key == key))


async def active_people(session: Session) -> list[Person]:
    """Everyone who takes part, in the file's order."""
    return list(await session.scalars(select(Person).where(Person.active).order_by(Person.id)))
