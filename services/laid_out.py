"""Figures laid out by unit, field, supervising leader, notice, source or kind of lead, and their names."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, select

from db import Session
from db.models import Directive, Notice, Person
from db.queries import figures as queries
from db.queries import movements as moving
from domain.figures import NO_ID, NO_WORD, Asking, Dimension, Figures, Movement, Period
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

COLUMNS: dict[Dimension, ColumnElement[Any]] = {
    Dimension.FIELD: Directive.field.expression,
    Dimension.NOTICE: Directive.notice_id.expression,
    Dimension.SOURCE: Directive.source.expression,
}


async def figures(session: Session, asking: Asking, dimension: Dimension) -> dict[Key, Figures]:
    """The figures of each key."""
    if dimension in COLUMNS:
        found = await queries.by_column(session, asking, COLUMNS[dimension])
    else:
        found = await counted.by_unit(session, asking)
    return _together(found, await _key_of(session, dimension), Figures())


async def movements(session: Session, asking: Asking, period: Period, dimension: Dimension) -> dict[Key, Movement]:
    """What happened in a period, for each key."""
    column = COLUMNS.get(dimension, Directive.lead_unit_id.expression)
    found = await moving.by_column(session, asking, period, column)
    return _together(found, await _key_of(session, dimension), Movement())


async def due_by_day(session: Session, asking: Asking, period: Period) -> dict[date, int]:
    """How many fall due on each day."""
    return await moving.due_by_day(session, asking, period)


def _together(found: dict[Key | None, Sum], key_of: Callable[[Key | None], Key], nothing: Sum) -> dict[Key, Sum]:
    summed: dict[Key, Sum] = {}
    for value, one in found.items():
        key = key_of(value)
        summed[key] = summed.get(key, nothing) + one
    return summed


async def _key_of(session: Session, dimension: Dimension) -> Callable[[Key | None], Key]:
    """The key for what was found by: a unit's leader and kind are told by the organisation as it is."""
    if dimension is Dimension.LEADER:
        known = await scope.tree(session)
        return lambda unit: known.leader_of(int(unit)) or NO_ID if unit else NO_ID
    if dimension is Dimension.KIND:
        kinds = {u.id: u.kind for u in await queries.units(session)}
        return lambda unit: kinds[int(unit)] if unit else NO_WORD
    none: Key = NO_WORD if dimension in {Dimension.FIELD, Dimension.SOURCE} else NO_ID
    return lambda value: value or none


async def names(session: Session, dimension: Dimension, keys: Iterable[Key]) -> dict[Key, str]:
    """How people read the keys of a dimension."""
    wanted = list(keys)
    known = await _known_names(session, dimension, wanted)
    return {key: known.get(key) or UNKNOWN.get(dimension) or str(key) for key in wanted}


async def _known_names(session: Session, dimension: Dimension, keys: list[Key]) -> dict[Key, str]:
    if dimension is Dimension.UNIT:
        return {u.id: u.name for u in await queries.units(session)}
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
