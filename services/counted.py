"""The figures of all units, remembered between two questions: counting a hundred thousand directives takes too long.

Whatever changes a figure writes an audit row in the same transaction. So what was counted up to a row still holds but
for the units of the directives that later rows speak of: these are counted anew. Where a row may have moved a directive
from one unit to another, or is of no directive, everything is. Remembered are tallies, from which the figures of any
day follow. Of a past moment the figures themselves are: they change no more.
"""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import cast

from sqlalchemy import select

from db import Session, phases
from db.memo import ANYTHING, remembered, shared, touched
from db.models import Directive, Obstacle, Transition
from db.queries import figures as queries
from db.queries import tallies
from db.queries.lens import last_moment
from domain.figures import Asking, Figures
from domain.tallies import Tally
from services import audit

_KEY, _THEN = "tallies", "figures then"
_MOST = 40  # past moments kept: a trend of twelve weeks asks for as many
_FEW_UNITS = 12  # asked of so few, counting is quicker than looking after what changed
_MOST_ROWS = 500  # of the audit since: with more, everything is counted anew
_COUNTED = frozenset({Directive.__tablename__, Obstacle.__tablename__, ANYTHING})
_MOVES = ("new_unit", "old_unit", "of", "row")  # facts of rows that may have taken a directive from one unit to another


@dataclass(frozen=True)
class _Counted:
    """What was counted when the audit ended with a row."""

    row: int
    hash: str
    units: dict[int, Tally]


@dataclass(frozen=True)
class _End:
    """Where the audit ends."""

    row: int
    hash: str
    at: datetime


async def moment(session: Session, asking: Asking) -> datetime | None:
    """The moment whose knowledge is asked for; None where nothing was recorded after it: the present has it all."""
    asked = asking.moment or last_moment(asking.as_of)
    end = await _end(session)
    if end is None or end.at <= asked:
        return None
    await phases.settle(session)
    return asked


async def _end(session: Session) -> _End | None:
    async def read() -> _End | None:
        newest = select(Transition.id, Transition.hash, Transition.at).order_by(Transition.id.desc()).limit(1)
        last = (await session.execute(newest)).first()
        return _End(*last) if last else None

    return await remembered(session, "end of the audit", read, of_work=True)


async def by_unit(session: Session, asking: Asking) -> dict[int, Figures]:
    """The figures of each lead unit that has any directive.

    Args:
        session: any transaction. In one that has changed something itself, everything is counted.
        asking: of which units, as of which day. Its leader and its kind of units have been looked up.
    """
    then = await moment(session, asking)
    if then is not None:
        return await _past(session, asking, then)
    if not await _is_remembered(session, asking):
        return await queries.by_unit(session, asking)
    units = await _tallies(session)
    return {
        unit: found.figures(asking.as_of, asking.soon_days, asking.against)
        for unit, found in units.items()
        if asking.units is None or unit in asking.units
    }


async def _is_remembered(session: Session, asking: Asking) -> bool:
    is_few = asking.units is not None and len(asking.units) <= _FEW_UNITS
    if is_few or _is_narrow(asking) or session.get_bind().dialect.name != "sqlite":
        return False
    return await _end(session) is not None and not await _has_changed(session)


def _is_narrow(asking: Asking) -> bool:
    """Asked of less than whole units: counted each time."""
    return any(part is not None for part in (asking.field, asking.notice, asking.source, asking.person))


async def _has_changed(session: Session) -> bool:
    """Whether this transaction has changed a figure: what it counts may be taken back with it."""
    is_touched = not touched(session).isdisjoint(_COUNTED)
    return is_touched or bool(audit.recorded(session)) or any(isinstance(row, Directive) for row in session.dirty)


# --- the present ---


async def _tallies(session: Session) -> dict[int, Tally]:
    end = await _end(session)
    assert end is not None  # noqa: S101  (looked at before)
    kept = cast(dict[Hashable, _Counted], shared(session, _KEY))
    units = await _up_to_date(session, kept.get(_KEY))
    kept[_KEY] = _Counted(end.row, end.hash, units)
    return units


async def _up_to_date(session: Session, before: _Counted | None) -> dict[int, Tally]:
    changed = None if before is None else await _changed_since(session, before)
    if before is None or changed is None:
        return await tallies.by_unit(session, None)
    if not changed:
        return before.units
    anew = await tallies.by_unit(session, changed)
    return {unit: found for unit, found in before.units.items() if unit not in changed} | anew


async def _changed_since(session: Session, before: _Counted) -> frozenset[int] | None:
    """The units of the directives that the audit has spoken of since; None where it may be any."""
    rows = select(Transition.hash, Transition.directive_id, Transition.details).where(Transition.id >= before.row)
    found = (await session.execute(rows.order_by(Transition.id).limit(_MOST_ROWS))).all()
    if not found or found[0].hash != before.hash or len(found) == _MOST_ROWS:
        return None
    later = found[1:]
    if any(row.directive_id is None or not row.details.keys().isdisjoint(_MOVES) for row in later):
        return None
    touched = {row.directive_id for row in later}
    units = await session.scalars(select(Directive.lead_unit_id).where(Directive.id.in_(touched)).distinct())
    return frozenset(unit for unit in units if unit is not None) if touched else frozenset()


# --- the past ---


@dataclass(frozen=True)
class _Then:
    """The figures of a past moment, as they were when the audit ended with a row."""

    row: int
    hash: str
    units: dict[int, Figures]


async def _past(session: Session, asking: Asking, then: datetime) -> dict[int, Figures]:
    question = replace(asking, in_place_of=(), pressing_until=None, leader=None, lead_kind=None, moment=then)
    kept = cast(dict[Hashable, _Then], shared(session, _THEN))
    found = kept.pop(question, None)
    if found is None or not await _still_holds(session, found, then):
        end = await _end(session)
        assert end is not None  # noqa: S101  (a past moment has something after it)
        found = _Then(end.row, end.hash, await _counted_back(session, asking, then))
    if not await _has_changed(session):
        kept[question] = found
    while len(kept) > _MOST:
        kept.pop(next(iter(kept)))
    return found.units


async def _counted_back(session: Session, asking: Asking, then: datetime) -> dict[int, Figures]:
    """From the present, by what has changed since: most has not."""
    if not await _is_remembered(session, replace(asking, units=None)):
        return await queries.by_unit(session, asking, then)
    was, is_ = await queries.changed_since(session, asking, then)
    units = await _tallies(session)
    now = {unit: units[unit].figures(asking.as_of, asking.soon_days, asking.against) for unit in units}
    nothing = Figures()
    counted = {
        unit: now.get(unit, nothing) - is_.get(unit, nothing) + was.get(unit, nothing)
        for unit in now.keys() | was.keys() | is_.keys()
        if asking.units is None or unit in asking.units
    }
    return {unit: figures for unit, figures in counted.items() if figures.total}


async def _still_holds(session: Session, found: _Then, then: datetime) -> bool:
    """Nothing was recorded since with a moment that lies before: a clock was put back, or a backup."""
    if await _has_changed(session):
        return False
    same = await session.scalar(select(Transition.hash).where(Transition.id == found.row))
    earlier = select(Transition.id).where(Transition.id > found.row, Transition.at <= then)
    return same == found.hash and await session.scalar(earlier.limit(1)) is None
