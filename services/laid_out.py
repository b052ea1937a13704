"""Figures laid out by unit, field, supervising leader, notice, source or kind of lead, and their names."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import TypeVar

from sqlalchemy import select

from db import Session, phases
from db.models import Notice, Person
from db.queries import figures as queries
from db.queries import movements as moving
from db.queries.lens import Lens, last_moment
from domain.figures import NO_ID, NO_WORD, Asking, Dimension, Figures, Filter, Listing, Movement, Period
from domain.sources import SOURCES
from services import counted, scope

Key = int | str
Sum = TypeVar("Sum", Figures, Movement)

UNKNOWN: dict[Dimension, str] = {
    Dimension.UNIT: "Chưa rõ đơn vị",
    Dimension.FIELD: "Chưa phân lĩnh vực",
    Dimension.LEADER: "Chưa có lãnh đạo phụ trách",
    Dimension.NOTICE: "Giao trực tiếp",
    Dimension.SOURCE: "Chưa rõ nguồn",
}
"""What has none of it."""

KINDS: dict[Key, str] = {
    "office": "Cơ quan",
    "department": "Phòng, ban, sở",
    "sector": "Ngành",
    "commune": "Xã, phường, thị trấn",
    "body": "Đơn vị khác",
}
"""Kinds of units, as tables write them."""

OF_UNITS = frozenset({Dimension.UNIT, Dimension.LEADER, Dimension.KIND})


@dataclass(frozen=True)
class Organisation:
    """Who supervises each unit, and of which kind it is, at a moment."""

    leaders: Mapping[int, int | None]
    kinds: Mapping[int, str]

    def of(self, leader: int | None, kind: str | None) -> frozenset[int]:
        """The units that a leader supervises and that are of a kind; ``NO_ID``: those that nobody does."""
        return frozenset(
            unit
            for unit in self.kinds
            if (leader is None or (self.leaders[unit] or NO_ID) == leader) and kind in {None, self.kinds[unit]}
        )


async def organisation(session: Session, moment: datetime | None) -> Organisation:
    """As it was at a moment; None: as it is."""
    known = await scope.tree(session)
    kinds = {unit: kind for unit, _name, kind in await queries.names_of_units(session)}
    leaders = {unit: known.leader_of(unit) for unit in kinds}
    if moment is not None:
        for unit, kind, leader in await queries.supervision(session, moment):
            kinds[unit], leaders[unit] = kind, leader
    return Organisation(leaders, kinds)


async def looked_up(session: Session, asking: Asking) -> Asking:
    """The same question of the units that its leader supervises and that are of its kind, then."""
    if asking.leader is None and asking.lead_kind is None:
        return asking
    known = await organisation(session, await counted.moment(session, asking))
    theirs = known.of(asking.leader, asking.lead_kind)
    units = theirs if asking.units is None else theirs & asking.units
    return replace(asking, units=units, leader=None, lead_kind=None)


async def lens_of(session: Session, asking: Asking, listing: Listing | None = None) -> Lens:
    """Through which it is counted: the present, or the moment asked for.

    When something was approved is told by what is known of each moment, also of the present.
    """
    asking = await looked_up(session, asking)
    moment = await counted.moment(session, asking)
    if moment is None and listing is not None and listing.filter is Filter.DONE and listing.period is not None:
        await phases.settle(session)
        moment = asking.moment or last_moment(asking.as_of)
    return Lens.of(asking, moment)


async def figures(session: Session, asking: Asking, dimension: Dimension) -> dict[Key, Figures]:
    """The figures of each key."""
    asking = await looked_up(session, asking)
    found = await counted.by(session, asking, Dimension.UNIT if dimension in OF_UNITS else dimension)
    return _together(found, await _key_of(session, dimension, await counted.moment(session, asking)), Figures())


async def movements(session: Session, asking: Asking, period: Period, dimension: Dimension) -> dict[Key, Movement]:
    """What happened in a period, for each key."""
    return await moved(session, asking, moving.span_of(period), dimension)


async def moved(session: Session, asking: Asking, span: moving.Span, dimension: Dimension) -> dict[Key, Movement]:
    """What happened between two moments, for each key."""
    asking = await known_at_end(session, asking, span)
    found = await moving.by(session, asking, span, dimension)
    return _together(found, await _key_of(session, dimension, await counted.moment(session, asking)), Movement())


async def known_at_end(session: Session, asking: Asking, span: moving.Span) -> Asking:
    """The same question as was known when a stretch of time ended, looked up."""
    end = min(span[1], asking.moment or last_moment(asking.as_of))
    asking = await looked_up(session, replace(asking, moment=end))
    await phases.settle(session)
    return asking


async def due_by_day(session: Session, asking: Asking, period: Period) -> dict[date, int]:
    """How many fall due on each day."""
    return await moving.due_by_day(session, await lens_of(session, asking), period)


def _together(found: dict[Key | None, Sum], key_of: Callable[[Key | None], Key], nothing: Sum) -> dict[Key, Sum]:
    summed: dict[Key, Sum] = {}
    for value, one in found.items():
        key = key_of(value)
        summed[key] = summed.get(key, nothing) + one
    return summed


async def _key_of(session: Session, dimension: Dimension, moment: datetime | None) -> Callable[[Key | None], Key]:
    """The key for what was found by: a unit's leader and kind are told by the organisation as it was."""
    none: Key = NO_WORD if dimension in {Dimension.FIELD, Dimension.SOURCE, Dimension.KIND} else NO_ID
    if dimension not in {Dimension.LEADER, Dimension.KIND}:
        return lambda value: value or none
    known = await organisation(session, moment)
    of_unit: Mapping[int, Key | None] = known.leaders if dimension is Dimension.LEADER else known.kinds
    return lambda unit: (of_unit[int(unit)] if unit else None) or none


async def names(session: Session, dimension: Dimension, keys: Iterable[Key]) -> dict[Key, str]:
    """How people read the keys of a dimension."""
    wanted = list(keys)
    known = await _known_names(session, dimension, wanted)
    return {key: known.get(key) or UNKNOWN.get(dimension) or str(key) for key in wanted}


async def _known_names(session: Session, dimension: Dimension, keys: list[Key]) -> dict[Key, str]:
    if dimension is Dimension.UNIT:
        return {unit: name for unit, name, _kind in await queries.names_of_units(session)}
    if dimension is Dimension.LEADER:
        rows = await session.execute(select(Person.id, Person.name).where(Person.id.in_(keys)))
        return dict(rows.all())
    if dimension is Dimension.NOTICE:
        return await _notices(session, keys)
    if dimension is Dimension.SOURCE:
        return {source.value: name for source, name in SOURCES.items()}
    return KINDS if dimension is Dimension.KIND else {key: str(key) for key in keys}


async def _notices(session: Session, keys: list[Key]) -> dict[Key, str]:
    query = select(Notice.id, Notice.doc_type, Notice.number, Notice.title).where(Notice.id.in_(keys))
    found: dict[Key, str] = {}
    for number, kind, written, title in await session.execute(query):
        found[number] = " ".join(filter(None, (kind, written))) or title or f"Văn bản {number}"
    return found
