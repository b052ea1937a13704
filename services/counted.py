"""The figures of all units, remembered between two questions: counting a hundred thousand directives takes too long.

Whatever changes a figure writes an audit row in the same transaction. So what was counted up to a row still holds but
for the units of the directives that later rows speak of: these are counted anew. Where a row may have moved a directive
from one unit to another, or is of no directive, everything is.
"""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass, replace
from typing import cast

from sqlalchemy import select

from db import Session
from db.memo import shared
from db.models import Directive, Transition
from db.queries import figures as queries
from domain.figures import Asking, Figures
from services import audit

_KEY = "figures"
_MOST = 6  # kept: against the two deadlines, of a few days
_FEW_UNITS = 12  # asked of so few, counting is quicker than looking after what changed
_MOST_ROWS = 500  # of the audit since: with more, everything is counted anew
_MOVES = ("new_unit", "old_unit", "of", "row")  # facts of rows that may have taken a directive from one unit to another


@dataclass(frozen=True)
class _Counted:
    """Figures by unit as they were when the audit ended with a row."""

    row: int
    hash: str
    units: dict[int, Figures]


async def by_unit(session: Session, asking: Asking) -> dict[int, Figures]:
    """The figures of each lead unit that has any directive.

    Args:
        session: any transaction. In one that has changed something itself, everything is counted.
        asking: of which units, as of which day.
    """
    is_few = asking.units is not None and len(asking.units) <= _FEW_UNITS
    if is_few or _is_narrow(asking) or session.get_bind().dialect.name != "sqlite" or await _has_changed(session):
        return await queries.by_unit(session, asking)
    newest = select(Transition.id, Transition.hash).order_by(Transition.id.desc()).limit(1)
    last = (await session.execute(newest)).first()
    if last is None:
        return await queries.by_unit(session, asking)
    everything = replace(asking, units=None, in_place_of=(), pressing_until=None, leader=None)
    kept = cast(dict[Hashable, _Counted], shared(session, _KEY))
    units = await _up_to_date(session, everything, kept.pop(everything, None))
    kept[everything] = _Counted(last.id, last.hash, units)
    while len(kept) > _MOST:
        kept.pop(next(iter(kept)))
    return {unit: found for unit, found in units.items() if asking.units is None or unit in asking.units}


def _is_narrow(asking: Asking) -> bool:
    """Asked of less than whole units: counted each time."""
    return any(
        part is not None for part in (asking.field, asking.notice, asking.source, asking.lead_kind, asking.person)
    )


async def _has_changed(session: Session) -> bool:
    """Whether this transaction has changed a figure: what it counts may be taken back with it."""
    return bool(audit.recorded(session)) or any(isinstance(row, Directive) for row in session.dirty)


async def _up_to_date(session: Session, asking: Asking, before: _Counted | None) -> dict[int, Figures]:
    changed = None if before is None else await _changed_since(session, before)
    if before is None or changed is None:
        return await queries.by_unit(session, asking)
    if not changed:
        return before.units
    anew = await queries.by_unit(session, replace(asking, units=changed))
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
