"""The office's own directory: units, people, roles, brought in from an organisation file."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from sqlalchemy import select

from db import Session
from db.memo import standing
from db.models import Alias, Person, Unit
from domain.errors import NoSuchThing
from domain.lessons import spelling_key
from domain.organisation import Directory, UnitEntry
from domain.rights import Role
from services import accounts, audit, chat_changes, posts, successors
from services.chat_changes import Changes, Kept
from services.handing_over import LEFT, hand_over
from services.outbox import tell

GONE_HERE = "left"  # of a person who left in the chat


@dataclass(frozen=True)
class UnitLine:
    """A unit as the organisation file has it. ``parent``, ``leader`` and ``merged_into`` are keys."""

    key: str
    name: str
    kind: str
    parent: str | None = None
    leader: str | None = None
    aliases: tuple[str, ...] = ()
    merged_into: str | None = None  # of one that is no more
    field: str | None = None  # lĩnh vực of what it leads; else the parent's


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
    gave_way: tuple[tuple[str, str], ...] = ()  # learned aliases that are another unit's now: as written, that unit
    left: tuple[tuple[str, tuple[int, ...]], ...] = ()  # of people who ended: the name, the directives handed over
    kept: tuple[Kept, ...] = ()  # what was changed in the chat since the file was written, and stays so


async def import_org(
    session: Session, units: Sequence[UnitLine], people: Sequence[PersonLine], now: datetime
) -> Imported:
    """Bring the directory in line with an organisation file: the new added, the known updated, people who left ended.

    Units are never removed: directives speak of them. One that has another name keeps the old one for the history; one
    that is merged hands over what is open. A merger made in the chat stands, whatever the file says; so does any other
    change made there, as long as the file says what was before it. Running it twice changes nothing.
    """
    chat = await chat_changes.read(session)
    unit_rows = {u.key: u for u in await session.scalars(select(Unit))}
    before = {u.id: set(map(spelling_key, u.aliases)) for u in unit_rows.values()}
    by = successors.Acted(now)
    for place, line in enumerate(units):
        row = unit_rows.setdefault(line.key, Unit(key=line.key))
        session.add(row)
        await _import_unit(session, row, line, place, by, chat)
    await session.flush()
    standing = [line for line in units if unit_rows[line.key].merged_into_id is None]
    for line in standing:
        await _set_parent(session, unit_rows[line.key], unit_rows[line.parent] if line.parent else None, chat)
    gone = await _import_people(session, unit_rows, people, now, chat)
    await session.flush()
    await _set_leaders(session, unit_rows, standing, chat)
    await _merge(session, unit_rows, standing, by)
    gave_way = await _give_way(session, list(unit_rows.values()), before, now)
    await audit.record(session, "import_org", now=now, details={"units": len(units), "people": len(people)})
    left = tuple(one for one in gone if one[1])
    return Imported(len(units), len(people), len(gone), gave_way, left, tuple(chat.kept))


async def _import_unit(
    session: Session, row: Unit, line: UnitLine, place: int, by: successors.Acted, chat: Changes
) -> None:
    """A line of the file. The names a unit had before, and those of units it took over, stay understood."""
    name = line.name
    if row.id is not None and row.name != line.name:
        if chat.wins(chat_changes.NAME, row.name, row.name, row.name, line.name):
            name = row.name
        else:
            await successors.rename(session, row, line.name, by)
    kept = await successors.inherited(session, row) if row.id is not None else []
    row.name, row.kind, row.place, row.field = name, line.kind, place, line.field
    row.aliases = [*line.aliases, *(one for one in kept if one not in {name, *line.aliases})]
    row.active = row.merged_into_id is None


async def _set_parent(session: Session, row: Unit, parent: Unit | None, chat: Changes) -> None:
    here = await session.get(Unit, row.parent_id) if row.parent_id else None
    names = (here.name if here else "", parent.name if parent else "")
    if not chat.wins(chat_changes.PARENT, row.name, row.name, *names, parent.aliases if parent else ()):
        row.parent_id = parent.id if parent else None


async def _merge(session: Session, units: dict[str, Unit], lines: Sequence[UnitLine], by: successors.Acted) -> None:
    became: dict[str, list[str]] = defaultdict(list)
    for line in lines:
        if line.merged_into is not None:
            await successors.carry_over(session, units[line.key], units[line.merged_into], by)
            became[line.merged_into].append(line.name)
    for key, names in became.items():
        people = await posts.of_unit(session, units[key].id)
        facts = {"what": successors.MERGED, "old": names, "new": units[key].name}
        await tell(session, [person.id for person in people], successors.REORGANISED, now=by.now, payload=facts)


async def _give_way(
    session: Session, units: Sequence[Unit], before: dict[int, set[str]], now: datetime
) -> tuple[tuple[str, str], ...]:
    """End the learned aliases that the file gives to another unit, as its name or as an alias it had not before."""
    named = Directory(_entry(u, ()) for u in units)
    gone = []
    for alias in await learned(session):
        key = spelling_key(alias.written)
        owners = {u.id: u.name for u in named.bearers(alias.written)}
        owners |= {u.id: u.name for u in units if key in set(map(spelling_key, u.aliases)) - before.get(u.id, set())}
        if owner := next((name for unit_id, name in owners.items() if unit_id != alias.unit_id), None):
            alias.undone_at = now
            details = {"alias": alias.code, "written": alias.written, "unit": owner}
            await audit.record(session, "alias_gave_way", now=now, details=details)
            gone.append((alias.written, owner))
    return tuple(gone)


async def _import_people(
    session: Session, units: dict[str, Unit], lines: Sequence[PersonLine], now: datetime, chat: Changes
) -> list[tuple[str, tuple[int, ...]]]:
    """Gives those who are in the file no more, with what their units' heads take over."""
    rows = {p.key: p for p in await session.scalars(select(Person))}
    for line in lines:
        row = rows.get(line.key) or Person(key=line.key, role=line.role, active=True)
        unit = await successors.now_of(session, units[line.unit])
        if row.id is not None and not row.active and chat.wins(chat_changes.GONE, row.key, row.name, GONE_HERE, ""):
            continue
        row.name, row.position, row.active = line.name, line.position, True
        if not chat.wins(chat_changes.ROLE, row.key, row.name, row.role, line.role):
            row.role = line.role
        if row.id is None or not chat.wins(
            chat_changes.UNIT, row.key, row.name, row.unit.name, unit.name, unit.aliases
        ):
            row.unit = unit
        session.add(row)
    gone = [row for key, row in rows.items() if key not in {line.key for line in lines} and row.active]
    await session.flush()
    return [(row.name, await _end(session, row, now)) for row in gone]


async def _end(session: Session, person: Person, now: datetime) -> tuple[int, ...]:
    units = [await session.get_one(Unit, number) for number in await posts.units_of(session, person)]
    person.active = False
    await accounts.revoke(session, person, now)
    await session.flush()
    left = [directive for unit in units for directive in await hand_over(session, person, unit, LEFT, now)]
    return tuple(directive.id for directive in left)


async def _set_leaders(session: Session, units: dict[str, Unit], lines: Sequence[UnitLine], chat: Changes) -> None:
    people = {p.key: p for p in await session.scalars(select(Person))}
    names = {p.id: p.name for p in people.values()}
    for line in lines:
        unit, leader = units[line.key], people[line.leader] if line.leader else None
        here = names.get(unit.leader_id, "") if unit.leader_id else ""
        if not chat.wins(chat_changes.LEADER, unit.name, unit.name, here, leader.name if leader else ""):
            unit.leader_id = leader.id if leader else None


async def directory(session: Session) -> Directory:
    """The units that take part, for matching names as written; a learned alias wins over another unit's of the file."""
    return await standing(session, "directory", lambda: _directory(session))


async def _directory(session: Session) -> Directory:
    columns = (
        Unit.id,
        Unit.name,
        Unit.kind,
        Unit.aliases,
        Unit.parent_id,
    )  # of hundreds of units: rows would be slower
    rows = await session.execute(select(*columns).where(Unit.active).order_by(Unit.place, Unit.id))
    taught: dict[int, list[str]] = defaultdict(list)
    owner: dict[str, int] = {}
    for alias in await learned(session):
        taught[alias.unit_id].append(alias.written)
        owner[spelling_key(alias.written)] = alias.unit_id

    def names(number: int, own: Sequence[str]) -> tuple[str, ...]:
        untaken = [a for a in own if owner.get(spelling_key(a), number) == number] if owner else own
        return (*untaken, *taught.get(number, ()))

    return _directory_of(tuple(UnitEntry(i, name, kind, names(i, own), parent) for i, name, kind, own, parent in rows))


@lru_cache(maxsize=4)  # working out how names may be written takes longer than all else
def _directory_of(entries: tuple[UnitEntry, ...]) -> Directory:
    return Directory(entries)


def _entry(u: Unit, aliases: Sequence[str]) -> UnitEntry:
    return UnitEntry(id=u.id, name=u.name, kind=u.kind, aliases=tuple(aliases), parent_id=u.parent_id)


async def learned(session: Session) -> list[Alias]:
    """The aliases that corrections have taught and nobody has undone, in the order they were learned."""
    return list(await session.scalars(select(Alias).where(Alias.undone_at.is_(None)).order_by(Alias.id)))


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
